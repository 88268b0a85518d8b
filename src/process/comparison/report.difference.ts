import { counted, cut } from '../../kernel/text.js';
import type { Along, Change, Difference, Props } from './differences.js';
import { type Html, html } from './html.js';
import { nameText, visible } from './paths.js';
import { alongText, areSecrets, briefText, lineText, readable, signs } from './report.js';
import { type Piece, type Row, sideBySide } from './report.lines.js';
import type { Value } from './snapshot.js';

const mostAlong = 60;
const longestText = 20_000;
/** Longer ones are folded: who wants to see them opens them. */
const shortText = 1_500;

/** One difference: what, where and why it matters; both sides when it is opened. */
export function differenceHtml(one: Difference): Html {
  const { id, what, kind, source, weight, reason, along, formerly } = one;
  const open = isShort(one) ? html` open` : undefined;
  const former =
    formerly === undefined
      ? undefined
      : html` <span class="from">formerly ${nameText({ kind, name: formerly })}</span>`;
  const brief = briefText(one);
  const why = [alongText(along), reason].filter(Boolean).join('; ');
  return html`<details class="difference ${what} ${weight}" id="d-${id}" data-weight="${weight}" data-what="${what}" data-kind="${kind}" data-source="${source}"${open}>
<summary><span class="sign" role="img" aria-label="${what}">${signs[what]}</span><span class="path"><span class="kind">${visible(kind)}</span>${pathHtml(one)}${former}${brief === '' ? undefined : html` <code>${brief}</code>`}</span><span class="pill">${weight}</span><span class="why">${why}</span></summary>
<div class="inside">${one.changed.map(changeHtml)}${blindHtml(one)}${propsHtml(one)}${nothingElse(one)}${alongHtml(along)}${statementHtml(one)}</div>
</details>
`;
}

/** Where it is; the name weighs more than the source. */
function pathHtml({ source, path }: Difference): Html {
  const from = `${visible(source)} › `;
  return html`<span class="source">${from}</span>${path.slice(from.length)}`;
}

/** What is read at once is shown at once: a few short changes. */
function isShort({ what, changed }: Difference): boolean {
  if (what !== 'blind' && changed.length === 0) return false;
  const length = changed.reduce((sum, [, from, to]) => sum + lineText(from).length + lineText(to).length, 0);
  return length < shortText;
}

function changeHtml(change: Change): Html {
  const [prop, from, to] = readable(change);
  const rows = areSecrets(from, to)
    ? html`<div class="row"><div class="gone not">a secret</div><div class="come not">another secret</div></div>`
    : rowsOf(from, to);
  return html`<h3>${visible(prop)}</h3><div class="sides">${rows}</div>`;
}

function rowsOf(from: Value | undefined, to: Value | undefined): readonly Html[] {
  if (typeof from !== 'string' || typeof to !== 'string')
    return [html`<div class="row">${cell('gone', from)}${cell('come', to)}</div>`];
  return sideBySide(cut(from, longestText), cut(to, longestText)).map(rowHtml);
}

function cell(side: 'gone' | 'come', value: Value | undefined): Html {
  if (value === undefined) return html`<div class="not">not there</div>`;
  const told = typeof value === 'string' ? lines(cut(value, longestText)) : lineText(value);
  return html`<div class="${side}${typeof value === 'object' ? ' not' : ''}">${told}</div>`;
}

/** Several lines, in each of which everything can be seen. */
const lines = (text: string): string => (text === '' ? '(empty)' : text.split('\n').map(visible).join('\n'));

function rowHtml(row: Row): Html {
  if (row.kind === 'skipped') return html`<div class="skipped">${counted(row.lines, 'line')} the same</div>`;
  if (row.kind === 'same')
    return html`<div class="row"><div>${visible(row.text)}</div><div class="again">${visible(row.text)}</div></div>`;
  return html`<div class="row">${half('gone', row.from)}${half('come', row.to)}</div>`;
}

function half(side: 'gone' | 'come', pieces: readonly Piece[] | undefined): Html {
  if (pieces === undefined) return html`<div class="void"></div>`;
  const told = pieces.map(({ text, marked }) =>
    marked ? html`<mark>${visible(text)}</mark>` : visible(text),
  );
  return html`<div class="${side}">${told}</div>`;
}

function blindHtml({ blind }: Difference): Html | undefined {
  if (blind === undefined) return undefined;
  const whys = (['production', 'staging'] as const).flatMap((side) => {
    const why = blind[side];
    return why === undefined ? [] : [html`<dt>${side}</dt><dd>${visible(why)}</dd>`];
  });
  return html`<dl class="props">${whys}</dl>`;
}

const nothingElse = ({ what, changed }: Difference): Html | undefined =>
  what === 'renamed' && changed.length === 0
    ? html`<p class="note">Nothing but its name differs.</p>`
    : undefined;

/** What something has that only one side has. */
function propsHtml({ what, production, staging }: Difference): Html | undefined {
  const props: Props | undefined = what === 'added' ? staging : what === 'removed' ? production : undefined;
  if (props === undefined) return undefined;
  const told = Object.entries(props).map(
    ([prop, value]) =>
      html`<dt>${visible(prop)}</dt><dd>${typeof value === 'string' ? lines(cut(value, longestText)) : lineText(value)}</dd>`,
  );
  return told.length === 0
    ? html`<p class="note">Nothing more is known of it.</p>`
    : html`<dl class="props">${told}</dl>`;
}

function alongHtml(along: readonly Along[]): Html | undefined {
  if (along.length === 0) return undefined;
  const shown = along
    .slice(0, mostAlong)
    .map(({ kind, name }) => html`<li>${visible(kind)} ${nameText({ kind, name })}</li>`);
  const more = along.length - shown.length;
  return html`<h3>Along with it</h3><ul>${shown}</ul>${more > 0 ? html`<p class="note">and ${more} more</p>` : undefined}`;
}

function statementHtml({ statement }: Difference): Html | undefined {
  if (statement === undefined) return undefined;
  return html`<h3>Would bring production there (a suggestion; Slipway never runs it)</h3><pre>${lines(cut(statement, longestText))}</pre>`;
}
