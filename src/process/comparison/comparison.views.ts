import type { Button, KnownBlock, View } from '@slack/types';
import { type Instant, shortTime } from '../../kernel/instants.js';
import { counted, cut, few, listed } from '../../kernel/text.js';
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
  type Arrival,
  beforeFreeze,
  comparisonOf,
  type DifferenceAnswer,
  type Listed,
  openDifferences,
  type Weight,
} from './comparison.js';
import { suggestIncident } from './suggest.js';
import { heldBack } from './watch.js';

const signs: Readonly<Record<Listed['what'], string>> = {
  added: '+',
  removed: '−',
  changed: '≠',
  renamed: '→',
  blind: '?',
};
const weights: readonly Weight[] = ['breaking', 'notable', 'cosmetic'];

/** `+ column shop › public.invoice.discount, numeric(12,2) (notable: …)`. */
export function differenceLine({ what, kind, path, brief, weight, reason }: Listed): string {
  const telling = brief === '' ? '' : `, ${cut(brief, 120)}`;
  return `${signs[what]} ${kind} ${cut(path, 120)}${telling} (${weight}: ${reason})`;
}

/** `3 breaking and 12 notable; 9 × column, 4 × file; 2 of permissions`. */
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
  const rights = differences.filter((one) => one.rights).length;
  const ofRights = rights === 0 ? '' : `; ${rights} of permissions`;
  return `${listed(byWeight)}; ${byKind.join(', ')}${ofRights}`;
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
  const answers = answersText(release);
  if (answers !== '') blocks.push(context(escaped(answers)));
  if (beforeFreeze.includes(release.status))
    blocks.push(actions('comparison', [manyButton(release, open.length), again]));
  return {
    text: [first, ...open.slice(0, 5).map(differenceLine), answers].filter(Boolean).join('\n'),
    blocks,
  };
}

function manyButton({ id }: Release, open: number): Button {
  const opens = { action: 'comparison.answer-many', value: id } as const;
  return open > 0
    ? button({ label: 'Answer many…', ...opens, style: 'primary' })
    : button({ label: 'Change answers…', ...opens });
}

/** `3 to ACME-42; 2 explained: each has its own (Kim)`: what was answered, alike answers together. */
function answersText(release: Release): string {
  const open = new Set(openDifferences(release).map(({ id }) => id));
  const { answers } = comparisonOf(release);
  const alike = new Map<string, number>();
  for (const [id, answer] of Object.entries(answers)) {
    if (open.has(id)) continue;
    const told =
      answer.kind === 'assigned'
        ? `to ${answer.incident}`
        : `explained: ${cut(answer.words, 80)} (${answer.by.name})`;
    alike.set(told, (alike.get(told) ?? 0) + 1);
  }
  return few(
    [...alike].map(([words, many]) => `${many} ${words}`),
    6,
  );
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

const among = [option('those without an answer', 'open'), option('all, also those that have one', 'all')];

/** The modal that answers many at once, chosen by a pattern; answers can be changed by it too. */
export function answerManyModal(release: Release, incidents: readonly Incident[]): View {
  const open = openDifferences(release);
  const isOpen = open.length > 0;
  const listed = isOpen ? open : comparisonOf(release).differences;
  const shown = listed.slice(0, 15).map(differenceLine).join('\n');
  const more = listed.length > 15 ? `\nand ${listed.length - 15} more` : '';
  return modal(
    'comparison.answer-many',
    'Many differences',
    [
      section(escaped(cut(`${shown}${more}`, 2_900))),
      textInput('pattern', 'Which', {
        most: 200,
        initial: '*',
        hint: 'Matched against kind and path; * stands for anything: "column *", "*.dll", "*invoice*", "permission *".',
      }),
      input('among', 'Of', select('among', among, isOpen ? 'open' : 'all')),
      ...howBlocks(incidents, incidents.length === 1 ? incidents[0]?.id : undefined),
    ],
    { submit: 'Answer', keeps: { id: release.id } },
  );
}

/** What was seen of the environments after the freeze and after verification; undefined while nothing was. */
export function watchMessage(release: Release): Content | undefined {
  const { before, after } = comparisonOf(release).watch;
  const held = heldBack(release);
  const lines = [
    ...(held === undefined ? [] : [heldLine(release, held)]),
    ...(held === undefined && before !== undefined
      ? [':white_check_mark: staging is what it was when it was frozen']
      : []),
    ...(after === undefined ? [] : arrivalLines(after)),
  ];
  if (lines.length === 0) return undefined;
  const text = lines.map((line) => line.replace(/^:[a-z_]+: /u, '')).join('\n');
  return { text: `${release.id}: ${text}`, blocks: [section(escaped(lines.join('\n')))] };
}

const heldLine = ({ status }: Release, held: string): string =>
  status === 'frozen'
    ? `:rotating_light: ${held}. The deployment waits`
    : `:large_blue_circle: it was deployed although ${held}`;

function arrivalLines(after: Arrival): string[] {
  if (after.status === 'blind')
    return [`:x: production could not be looked at after the deployment: ${after.why}`];
  const { counts, missing, overwritten, unexpected } = after;
  const told = (sign: string, words: string, many: number, first: readonly string[]): string[] =>
    many === 0 ? [] : [`${sign} ${words}: ${few(first, 10, many)}`];
  const arrived = counted(counts.arrived, 'difference');
  const explained = counts.explained === 0 ? '' : `; ${counts.explained} differ as explained`;
  const wrong = counts.missing + counts.overwritten + counts.unexpected;
  const sign = wrong === 0 ? ':white_check_mark:' : ':hourglass_flowing_sand:';
  const first =
    wrong === 0
      ? `production is what staging was when it was frozen: ${arrived} arrived${explained}`
      : `production is not quite what staging was when it was frozen: ${arrived} arrived${explained}`;
  return [
    `${sign} ${first}`,
    ...told(':x:', 'meant to arrive and not there', counts.missing, missing),
    ...told(':x:', 'explained as different and overwritten', counts.overwritten, overwritten),
    ...told(':x:', 'different, and nobody knows why', counts.unexpected, unexpected),
  ];
}
