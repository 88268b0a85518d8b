import type { KnownBlock, View } from '@slack/types';
import { type Instant, shortTime } from '../../kernel/instants.js';
import { counted, cut, listed } from '../../kernel/text.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  input,
  modal,
  option,
  section,
  select,
  textInput,
} from '../../platform/slack/blocks.js';
import type { Incident } from '../register/index.js';
import type { Release } from '../release/index.js';
import {
  comparisonOf,
  type DifferenceAnswer,
  type Listed,
  openDifferences,
  type Weight,
} from './comparison.js';
import { suggestIncident } from './suggest.js';

const signs: Readonly<Record<Listed['what'], string>> = {
  added: '+',
  removed: '−',
  changed: '≠',
  renamed: '→',
  blind: '?',
};
const weights: readonly Weight[] = ['breaking', 'notable', 'cosmetic'];

/** `+ column public.invoice.discount (notable: …)`. */
export function differenceLine({ what, kind, path, weight, reason }: Listed): string {
  return `${signs[what]} ${kind} ${cut(path, 120)} (${weight}: ${reason})`;
}

/** `3 breaking, 12 notable; 9 columns, 4 files, 2 parameters`. */
export function summary(differences: readonly Listed[]): string {
  const byWeight = weights.flatMap((weight) => {
    const many = differences.filter((one) => one.weight === weight).length;
    return many === 0 ? [] : [`${many} ${weight}`];
  });
  const kinds = new Map<string, number>();
  for (const { kind } of differences) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const byKind = [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 6)
    .map(([kind, many]) => `${many} × ${kind}`);
  return `${listed(byWeight)}; ${byKind.join(', ')}`;
}

/** A comparison that is running: how far it is. */
export function comparisonProgress(release: Release, words: string): Content {
  const text = `${release.id}: comparing staging with production · ${words}`;
  return { text, blocks: [section(`:large_blue_circle: ${escaped(text)}`)] };
}

/** The result: a summary, the first open differences with what can be done, and how many are answered. */
export function comparisonMessage(
  release: Release,
  incidents: readonly Incident[],
  zone: string,
  now: Instant,
): Content | undefined {
  const { run, differences } = comparisonOf(release);
  if (run === undefined) return undefined;
  const again = button({ label: 'Compare again', action: 'comparison.start', value: release.id });
  if (run.status === 'under way') return comparisonProgress(release, 'starting');
  if (run.status === 'failed') {
    const text = `${release.id}: staging and production could not be compared: ${run.why}`;
    return { text, blocks: [section(`:x: ${escaped(text)}`), actions('comparison', [again])] };
  }
  const open = openDifferences(release);
  const when = `compared ${shortTime(run.at, now, zone)} by ${run.by.name}`;
  const expected = run.expected === 0 ? '' : `, ${run.expected} expected`;
  if (differences.length === 0) {
    const text = `${release.id}: staging and production are equal${expected} (${when})`;
    return { text, blocks: [section(`:white_check_mark: ${escaped(text)}`), actions('comparison', [again])] };
  }
  const answered = `${differences.length - open.length} of ${counted(differences.length, 'difference')} answered${expected}`;
  const first = `${release.id}: ${answered} (${when}). ${summary(differences)}`;
  const blocks: KnownBlock[] = [
    section(`${open.length === 0 ? ':white_check_mark:' : ':hourglass_flowing_sand:'} ${escaped(first)}`),
  ];
  for (const one of open.slice(0, 5)) {
    const suggestion = suggestIncident(one, incidents);
    const line = `${differenceLine(one)}${suggestion === undefined ? '' : `\nPerhaps ${suggestion}`}`;
    blocks.push(
      section(
        escaped(line),
        button({ label: 'Answer…', action: 'comparison.answer', value: `${release.id}|${one.id}` }),
      ),
    );
  }
  if (open.length > 5)
    blocks.push(
      context(`and ${open.length - 5} more; the whole report stands in the thread as a page and as JSON`),
    );
  const many = button({
    label: 'Answer many…',
    action: 'comparison.answer-many',
    value: release.id,
    ...(open.length > 0 ? { style: 'primary' } : {}),
  });
  if (['draft', 'negotiating', 'agreed', 'preparing'].includes(release.status))
    blocks.push(actions('comparison', open.length > 0 ? [many, again] : [again]));
  return { text: [first, ...open.slice(0, 5).map(differenceLine)].join('\n'), blocks };
}

function howBlocks(incidents: readonly Incident[], suggested: string | undefined): KnownBlock[] {
  const options = [
    ...incidents.map(({ id, title }) => option(cut(`${id} ${title}`, 75), id)),
    option('None: it is explained below', 'none'),
  ];
  return [
    input('incident', 'Belongs to', select('incident', options, suggested ?? 'none')),
    textInput('words', 'Or why it differs', {
      multiline: true,
      optional: true,
      most: 500,
      hint: 'Wanted when it belongs to no incident.',
    }),
  ];
}

/** The modal that answers one difference. */
export function answerModal(
  release: Release,
  one: Listed,
  incidents: readonly Incident[],
  given: DifferenceAnswer | undefined,
): View {
  const suggested = given?.kind === 'assigned' ? given.incident : suggestIncident(one, incidents);
  return modal(
    'comparison.answer',
    'A difference',
    [section(escaped(differenceLine(one))), ...howBlocks(incidents, suggested)],
    { submit: 'Answer', keeps: { id: release.id, difference: one.id } },
  );
}

/** The modal that answers many at once, chosen by a pattern. */
export function answerManyModal(release: Release, incidents: readonly Incident[]): View {
  const open = openDifferences(release);
  const shown = open.slice(0, 15).map(differenceLine).join('\n');
  const more = open.length > 15 ? `\nand ${open.length - 15} more` : '';
  return modal(
    'comparison.answer-many',
    'Many differences',
    [
      section(escaped(cut(`${shown}${more}`, 2_900))),
      textInput('pattern', 'Which', {
        most: 200,
        initial: '*',
        hint: 'Matched against kind and path of those not answered yet; * stands for anything: "column *", "*.dll", "*invoice*".',
      }),
      ...howBlocks(incidents, incidents.length === 1 ? incidents[0]?.id : undefined),
    ],
    { submit: 'Answer', keeps: { id: release.id } },
  );
}

/** What was seen of the environments after the freeze and after verification; undefined while nothing was. */
export function watchMessage(release: Release): Content | undefined {
  const { watch } = comparisonOf(release);
  const lines: string[] = [];
  if (watch.before?.blind !== undefined)
    lines.push(
      `:rotating_light: staging could not be looked at before the deployment: ${watch.before.blind}`,
    );
  if (watch.before !== undefined && watch.before.moved.length > 0) {
    lines.push(
      `:rotating_light: staging moved since the freeze, so the deployment waits: ${watch.before.moved.slice(0, 10).join('; ')}`,
    );
  } else if (watch.before !== undefined && watch.before.blind === undefined) {
    lines.push(':white_check_mark: staging is what it was when it was frozen');
  }
  if (watch.after !== undefined) {
    lines.push(
      watch.after.count === 0
        ? ':white_check_mark: production is what staging was when it was frozen'
        : `:hourglass_flowing_sand: ${counted(watch.after.count, 'difference')} left between production and what was frozen: ${watch.after.left.slice(0, 10).join('; ')}`,
    );
  }
  if (lines.length === 0) return undefined;
  const text = lines.map((line) => line.replace(/^:[a-z_]+: /u, '')).join('\n');
  return { text: `${release.id}: ${text}`, blocks: [section(escaped(lines.join('\n')))] };
}
