import { hash } from 'node:crypto';
import { inZone } from '../../kernel/instants.js';
import { counted } from '../../kernel/text.js';
import { type Comparison, type Side, type Weight, type What, weights } from './differences.js';
import { type Html, html } from './html.js';
import { visible } from './paths.js';
import { inRights, rightsIn } from './permissions.js';
import { differenceHtml } from './report.difference.js';
import { expectedCount, signs, tellingText, weightsText } from './report.js';
import { script, style } from './report.page.js';

/** More than these make a page that no phone opens; the JSON report holds them all. */
const mostShown = 3_000;
/** From here on the browser lays out what is seen only. */
const manyDifferences = 200;
const mostExpected = 200;
const whats: readonly What[] = ['added', 'removed', 'changed', 'renamed', 'blind'];

const raw = (markup: string): Html => ({ markup });
const allowed = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;
const policy = `default-src 'none'; style-src ${allowed(style)}; script-src ${allowed(script)}; base-uri 'none'; form-action 'none'`;

/** The comparison as one HTML page that needs nothing else; every foreign text in it is escaped, and only its own script runs. */
export function reportHtml(comparison: Comparison): string {
  const { client, production, staging, differences } = comparison;
  const title = `${visible(client)}: from ${visible(production.environment)} to ${visible(staging.environment)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}: ${weightsText(differences)}</title>
<style>${raw(style)}</style>
</head>
<body${differences.length > manyDifferences ? html` class="many"` : undefined}>
<header>
<h1>${title}</h1>
<div class="ends">${endHtml(production, 'What there is')}${endHtml(staging, 'What is to come')}</div>
${tallyHtml(comparison)}
</header>
${differences.length === 0 ? undefined : barHtml(comparison)}
<main>
${differences.length === 0 ? equalHtml(comparison) : weights.map((weight) => groupHtml(weight, comparison))}
${differences.length > mostShown ? html`<p class="note">${differences.length - mostShown} more, the lightest, are not shown here; the JSON report holds them all.</p>` : undefined}
<p class="empty" data-none hidden>No difference fits the filter.</p>
${rightsHtml(comparison)}
${expectedHtml(comparison)}
<footer>Fingerprints: ${visible(production.environment)} <code>${production.fingerprint.slice(0, 16)}</code>, ${visible(staging.environment)} <code>${staging.fingerprint.slice(0, 16)}</code></footer>
</main>
${differences.length === 0 ? undefined : html`<script>${raw(script)}</script>`}
</body>
</html>
`.markup;
}

function endHtml({ environment, takenAt, sources }: Side, role: string): Html {
  const seen = sources.map(
    ({ source, subject, things }) =>
      html`<li>${visible(source)}: ${visible(subject)}, ${counted(things, 'thing')}</li>`,
  );
  return html`<div class="end"><b>${visible(environment)}</b><p>${role}, as of ${inZone(takenAt, 'UTC')}</p><ul>${seen}</ul></div>`;
}

function tallyHtml(comparison: Comparison): Html {
  const items = weights.map((weight) => {
    const many = comparison.differences.filter((one) => one.weight === weight).length;
    return html`<li class="${weight}"><b>${many}</b>${weight}</li>`;
  });
  const rights = inRights(comparison.differences).length;
  return html`<ul class="tally">${items}${rights === 0 ? undefined : html`<li><b>${rights}</b>of permissions</li>`}<li><b>${expectedCount(comparison)}</b>expected</li></ul>`;
}

function barHtml({ differences }: Comparison): Html {
  const toggle = (name: 'weight' | 'what', value: Weight | What): Html =>
    html`<button type="button" name="${name}" value="${value}" aria-pressed="true">${value}</button>`;
  const there = <Value>(
    values: readonly Value[],
    has: (one: (typeof differences)[number]) => Value,
  ): Value[] => values.filter((value) => differences.some((one) => has(one) === value));
  return html`<div class="bar" hidden><div>
<input type="search" placeholder="Find by name, value or reason" aria-label="Find by name, value or reason">
${choice(
  'kind',
  'Every kind',
  differences.map(({ kind }) => kind),
)}
${choice(
  'source',
  'Every source',
  differences.map(({ source }) => source),
)}
<fieldset><legend>Weight</legend>${there(weights, ({ weight }) => weight).map((weight) => toggle('weight', weight))}</fieldset>
<fieldset><legend>What happened</legend>${there(whats, ({ what }) => what).map((what) => toggle('what', what))}</fieldset>
<output role="status"></output>
</div></div>`;
}

function choice(name: string, every: string, values: readonly string[]): Html {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const options = [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([value, many]) => html`<option value="${value}">${visible(value)} (${many})</option>`);
  return html`<select name="${name}" aria-label="${every}"><option value="">${every}</option>${options}</select>`;
}

function groupHtml(weight: Weight, { differences }: Comparison): Html | undefined {
  const shown = differences.slice(0, mostShown).filter((one) => one.weight === weight);
  if (shown.length === 0) return undefined;
  return html`<section data-group><h2>${weight}</h2>${shown.map(differenceHtml)}</section>`;
}

function equalHtml(comparison: Comparison): Html {
  const expected = expectedCount(comparison);
  const but = expected === 0 ? '' : ` but for ${counted(expected, 'expected difference')}`;
  return html`<p class="empty">Staging and production are the same${but}.</p>`;
}

/** Who may do what, once more and together: files and databases. */
function rightsHtml({ differences }: Comparison): Html | undefined {
  const found = inRights(differences).slice(0, mostExpected);
  if (found.length === 0) return undefined;
  const entries = found.map((one) => {
    const telling = tellingText({ ...one, changed: rightsIn(one) });
    return html`<li><a href="#d-${one.id}"><span class="sign" role="img" aria-label="${one.what}">${signs[one.what]}</span> ${visible(one.kind)} ${one.path}</a> <code>${telling}</code></li>`;
  });
  return html`<h2>Permissions</h2><p class="note">Who may do what, of files and databases together; each is told above as well.</p><ul class="rights">${entries}</ul>`;
}

function expectedHtml({ expected }: Comparison): Html | undefined {
  if (expected.length === 0) return undefined;
  const entries = expected.map(({ expectation, differences }) => {
    const shown = differences
      .slice(0, mostExpected)
      .map(({ kind, path }) => html`<li>${visible(kind)} ${path}</li>`);
    const more = differences.length - shown.length;
    const fits =
      differences.length === 0 ? 'fits nothing any more' : counted(differences.length, 'difference');
    return html`<details class="difference cosmetic expected"><summary><span class="sign">·</span><span class="path">${visible(expectation.match)}</span><span class="pill">${fits}</span><span class="why">${visible(expectation.reason)}</span></summary><div class="inside"><ul>${shown}</ul>${more > 0 ? html`<p class="note">and ${more} more</p>` : undefined}</div></details>`;
  });
  return html`<h2>Expected</h2>${entries}`;
}
