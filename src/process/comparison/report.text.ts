import { styleText } from 'node:util';
import { inZone } from '../../kernel/instants.js';
import { counted, cut } from '../../kernel/text.js';
import {
  type Change,
  type Comparison,
  type Difference,
  type Side,
  type Weight,
  weights,
} from './differences.js';
import { nameText, visible } from './paths.js';
import { inRights, rightsIn } from './permissions.js';
import {
  alongText,
  areSecrets,
  briefText,
  expectedCount,
  lineText,
  readable,
  signs,
  tellingText,
  weightsText,
} from './report.js';
import { sideBySide } from './report.lines.js';

type Colour = Parameters<typeof styleText>[0];
type Paint = (colour: Colour, text: string) => string;

const weightColours: Readonly<Record<Weight, Colour>> = {
  breaking: 'red',
  notable: 'yellow',
  cosmetic: 'gray',
};
const longestValue = 160;
const mostLines = 40;

/** The comparison for a terminal, in colours when asked. */
export function reportText(comparison: Comparison, { colours }: { readonly colours: boolean }): string {
  const paint: Paint = (colour, text) =>
    colours ? styleText(colour, text, { validateStream: false }) : text;
  const { client, production, staging, differences } = comparison;
  const lines = [paint('bold', `${visible(client)}: from ${sideText(production)} to ${sideText(staging)}`)];
  const expected = expectedCount(comparison);
  lines.push(`${weightsText(differences)}${expected === 0 ? '' : `, ${expected} expected`}`);
  for (const weight of weights) {
    const found = differences.filter((one) => one.weight === weight);
    if (found.length === 0) continue;
    lines.push(
      '',
      paint(['bold', weightColours[weight]].flat() as Colour, `${weight.toUpperCase()} (${found.length})`),
    );
    for (const one of found) lines.push(...differenceLines(one, paint));
  }
  lines.push(...rightsLines(differences, paint), ...expectedLines(comparison, paint));
  return `${lines.join('\n')}\n`;
}

function sideText({ environment, takenAt }: Side): string {
  return `${visible(environment)} (${inZone(takenAt, 'UTC')})`;
}

function differenceLines(one: Difference, paint: Paint): string[] {
  const { what, kind, path, formerly, reason, along, changed, blind, statement } = one;
  const colour: Colour = what === 'added' ? 'green' : what === 'removed' ? 'red' : 'cyan';
  const former = formerly === undefined ? '' : `, formerly ${nameText({ kind, name: formerly })}`;
  const brief = briefText(one);
  const more = [alongText(along), reason].filter(Boolean).join('; ');
  const lines = [
    `${paint(colour, signs[what])} ${visible(kind)} ${paint('bold', path)}${former}${brief === '' ? '' : `  ${brief}`}  ${paint('gray', more)}`,
  ];
  for (const change of changed) lines.push(...changeLines(change, paint));
  for (const side of ['production', 'staging'] as const) {
    const why = blind?.[side];
    if (why !== undefined) lines.push(`    ${side}: ${visible(why)}`);
  }
  if (statement !== undefined) lines.push(...statementLines(statement, paint));
  return lines;
}

function changeLines(change: Change, paint: Paint): string[] {
  const [prop, from, to] = readable(change);
  const name = `    ${visible(prop)}: `;
  if (areSecrets(from, to)) return [`${name}a secret that differs`];
  const isLong = [from, to].every((value) => typeof value === 'string') && `${from}${to}`.includes('\n');
  if (!isLong) {
    const [before, after] = [from, to].map((value) => cut(lineText(value), longestValue));
    return [`${name}${paint('red', before ?? '')} → ${paint('green', after ?? '')}`];
  }
  return [name.trimEnd(), ...unified(String(from), String(to), paint)];
}

function unified(from: string, to: string, paint: Paint): string[] {
  const lines = sideBySide(from, to).flatMap((row) => {
    if (row.kind === 'skipped') return [paint('gray', `      … ${counted(row.lines, 'line')} the same`)];
    if (row.kind === 'same') return [`        ${visible(row.text)}`];
    const whole = (pieces: typeof row.from): string =>
      visible((pieces ?? []).map(({ text }) => text).join(''));
    return [
      ...(row.from === undefined ? [] : [paint('red', `      − ${whole(row.from)}`)]),
      ...(row.to === undefined ? [] : [paint('green', `      + ${whole(row.to)}`)]),
    ];
  });
  return lines.length <= mostLines
    ? lines
    : [
        ...lines.slice(0, mostLines),
        paint('gray', `      … ${counted(lines.length - mostLines, 'line')} more`),
      ];
}

function statementLines(statement: string, paint: Paint): string[] {
  const lines = statement.split('\n').map((line) => paint('gray', `    | ${visible(line)}`));
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), paint('gray', '    | …')];
}

/** Who may do what, once more and together: files and databases. */
function rightsLines(differences: readonly Difference[], paint: Paint): string[] {
  const found = inRights(differences);
  if (found.length === 0) return [];
  const lines = found.map((one) => {
    const telling = tellingText({ ...one, changed: rightsIn(one) });
    return `  ${signs[one.what]} ${visible(one.kind)} ${one.path}  ${paint('gray', telling)}`;
  });
  return ['', paint('bold', `PERMISSIONS (${found.length}, told above as well)`), ...lines];
}

function expectedLines({ expected }: Comparison, paint: Paint): string[] {
  if (expected.length === 0) return [];
  const lines = expected.map(({ expectation: { match, reason }, differences }) => {
    const many = String(differences.length).padStart(5);
    return `${many}  ${visible(match)}  ${paint('gray', visible(reason))}${differences.length === 0 ? paint('gray', ' (fits nothing any more)') : ''}`;
  });
  return ['', paint('bold', 'EXPECTED'), ...lines];
}
