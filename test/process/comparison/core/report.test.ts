import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare } from '../../../../src/process/comparison/compare.js';
import type { Comparison } from '../../../../src/process/comparison/differences.js';
import { reportHtml } from '../../../../src/process/comparison/report.html.js';
import { reportJson } from '../../../../src/process/comparison/report.js';
import { sideBySide } from '../../../../src/process/comparison/report.lines.js';
import { reportText } from '../../../../src/process/comparison/report.text.js';
import { file, parameter, production, section, staging, table } from './given.js';

const reports = (comparison: Comparison): Record<'html' | 'json' | 'text', string> => ({
  html: reportHtml(comparison),
  json: reportJson(comparison),
  text: reportText(comparison, { colours: false }),
});

test('a secret is told as differing in every report, and neither it nor its hash is in any', () => {
  const hashes = ['5ec2e7aa', '5ec2e7bb', '5ec2e7cc', '5ec2e7dd'];
  const [one, two, three, four] = hashes.map((secret) => ({ secret }));
  const here = section([parameter(['.env', 'KEY'], one ?? null), parameter(['.env', 'OLD'], three ?? null)]);
  const there = section([parameter(['.env', 'KEY'], two ?? null), parameter(['.env', 'NEW'], four ?? null)]);

  const told = reports(compare(production(here), staging(there), [{ match: '*NEW', reason: 'new' }]));

  for (const report of Object.values(told)) for (const hash of hashes) expect(report).not.toContain(hash);
  expect(told.text).toContain('a secret that differs');
  expect(told.html).toContain('another secret');
});

const foreign = fc
  .string({
    minLength: 1,
    unit: fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '/',
      'a',
      ' ',
      '\n',
      '\u001b',
      '\u202e',
      '</script>',
      '<script>',
      '-->',
      '${',
    ),
  })
  .filter((text) => text.trim() !== '');

const tags = (page: string): string[] =>
  [...page.matchAll(/<[^>]*>/gu)].map(([tag]) => tag.replace(/="[^"]*"/gu, '=""'));

function told(text: string): string {
  const things = [{ kind: text, name: [text, text], props: { [text]: text } }];
  const here = section([], { source: text, subject: text, blind: [{ kind: text, name: [text], why: text }] });
  const there = section(things, { source: text, subject: text });
  const comparison = compare({ ...production(here), client: text }, { ...staging(there), client: text }, [
    { match: `${text}*`, reason: text },
    { match: 'nothing', reason: text },
  ]);
  return reportHtml(comparison);
}

test('no text that was looked at becomes markup in the page', () => {
  // The blind spot would cover the thing; with another name for it both are there.
  const plain = tags(told('a'));
  fc.assert(
    fc.property(foreign, (text) => expect(tags(told(text))).toEqual(plain)),
    { numRuns: 200 },
  );
});

test('no text that was looked at can steer a terminal or turn what follows it round', () => {
  fc.assert(
    fc.property(foreign, foreign, (name, text) => {
      const here = section([parameter([name, 'k'], name), ...table(name, { [text]: text })], {
        source: text,
      });
      const there = section([parameter([name, 'k'], `${text}\n${name}`)], { source: text, subject: name });
      const report = reportText(compare(production(here), staging(there)), { colours: false });
      expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    }),
    { numRuns: 200 },
  );
});

test('the page asks nothing of anybody: no address, no picture, and a policy that lets only its own script and style in', () => {
  const page = reportHtml(
    compare(production(section([file('a', 'aa')])), staging(section([file('a', 'bb')]))),
  );

  expect(page).not.toMatch(/(?:src|href|action)=|url\(|@import|https?:/u);
  expect(page).toMatch(
    /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[^ ]+&#39;; script-src &#39;sha256-/u,
  );
  expect(page).not.toMatch(/ (?:style|on\w+)="/u);
});

test('the JSON report says whether all is equal, and gives both sides of each difference', () => {
  const comparison = compare(production(section([file('a', 'aa')])), staging(section([file('a', 'bb')])));

  expect(JSON.parse(reportJson(comparison))).toMatchObject({
    equal: false,
    client: 'acme',
    differences: [
      { what: 'changed', path: 'shop › a', changed: [['sha256', 'aa', 'bb']], production: { sha256: 'aa' } },
    ],
  });
});

test('equal environments are told so in every report, with what was expected', () => {
  const comparison = compare(production(section([])), staging(section([file('a', 'aa')])), [
    { match: '* a', reason: 'made there' },
  ]);

  const { html, text } = reports(comparison);

  expect(html).toContain('Staging and production are the same but for 1 expected difference.');
  expect(text).toContain('no differences, 1 expected');
  expect(text).toContain('made there');
});

test('long texts stand side by side with the words that differ marked, and far equal lines left out', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const rows = sideBySide(lines.join('\n'), lines.with(10, 'line ten').join('\n'));

  expect(rows[0]).toEqual({ kind: 'skipped', lines: 7 });
  expect(rows).toContainEqual({
    kind: 'differs',
    from: [
      { text: 'line ', marked: false },
      { text: '10', marked: true },
    ],
    to: [
      { text: 'line ', marked: false },
      { text: 'ten', marked: true },
    ],
  });
  expect(rows.at(-1)).toEqual({ kind: 'skipped', lines: 6 });
});

test('two sides, put together from their rows, are the two texts again', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'a b', '', 'x y z'), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, (from, to) => {
      const rows = sideBySide(from.join('\n'), to.join('\n'));
      const ends = [from, to].map((lines) => lines.join('\n').replace(/\n$/u, ''));
      if (ends[0] === ends[1] || rows.some(({ kind }) => kind === 'skipped')) return;
      const side = (pick: 'from' | 'to'): string =>
        rows
          .flatMap((row) => {
            if (row.kind !== 'differs') return row.kind === 'same' ? [row.text] : [];
            const pieces = row[pick];
            return pieces === undefined ? [] : [pieces.map((piece) => piece.text).join('')];
          })
          .join('\n');
      expect(side('from')).toBe(from.join('\n').replace(/\n$/u, ''));
      expect(side('to')).toBe(to.join('\n').replace(/\n$/u, ''));
    }),
    { numRuns: 200 },
  );
});

test('whatever differs of two texts is seen, be it the end of the last line', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r'), maxLength: 6 });
  fc.assert(
    fc.property(text, text, (from, to) => {
      expect(sideBySide(from, to).some(({ kind }) => kind === 'differs')).toBe(from !== to);
    }),
    { numRuns: 300 },
  );
});
