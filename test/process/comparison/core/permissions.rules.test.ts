import { expect, test } from '@jest/globals';
import { compare } from '../../../../src/process/comparison/compare.js';
import { inRights } from '../../../../src/process/comparison/permissions.js';
import { reportHtml } from '../../../../src/process/comparison/report.html.js';
import { reportText } from '../../../../src/process/comparison/report.text.js';
import type { Thing } from '../../../../src/process/comparison/snapshot.js';
import { file, production, section, staging } from './given.js';

const grant = (to: string, privileges: string): Thing => ({
  ...{ kind: 'grant', name: ['table', 'public', 'invoice', to], props: { privileges } },
});
const web = { source: 'web', collector: 'files' };
const run = (sha256: string, mode: string): Thing => file('run.sh', sha256, { mode, owner: 'acme' });

const comparison = compare(
  production(
    section([grant('reporting', 'SELECT')]),
    section([file('a', 'x'), file('gone', 'u'), run('1', '0644')], web),
  ),
  staging(
    section([grant('reporting', 'SELECT, UPDATE'), grant('app', 'SELECT')]),
    section([file('a', 'y'), run('2', '0777')], web),
  ),
);
const chapter = reportText(comparison, { colours: false }).split('PERMISSIONS')[1] ?? '';

test('modes of files stand beside the grants of databases, a grant also when one side has none', () => {
  expect(inRights(comparison.differences).map(({ what, path }) => `${what} ${path}`)).toEqual([
    'added shop › table public.invoice to app',
    'changed shop › table public.invoice to reporting',
    'changed web › run.sh',
  ]);
});

test('a report tells them together, and of a file with other content only its rights', () => {
  expect(chapter).toContain(
    '≠ grant shop › table public.invoice to reporting  privileges: SELECT → SELECT, UPDATE',
  );
  expect(chapter).toContain('≠ file web › run.sh  mode: 0644 → 0777');
  expect(chapter).not.toContain('and 1 more');
  expect(reportHtml(comparison)).toContain('<h2>Permissions</h2>');
});

test('content that differs, and a file that only one side has, are no differences in rights', () => {
  expect(comparison.differences.filter(({ rights }) => !rights).map(({ path }) => path)).toEqual([
    'web › gone',
    'web › a',
  ]);
  expect(chapter).not.toMatch(/› (?:a|gone)\b/u);
});
