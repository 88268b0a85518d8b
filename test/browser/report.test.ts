import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { compare } from '../../src/process/comparison/compare.js';
import { reportHtml } from '../../src/process/comparison/report.html.js';
import { statements } from '../../src/process/comparison/suggestions.js';
import {
  file,
  index,
  parameter,
  production,
  section,
  staging,
  table,
} from '../process/comparison/core/given.js';
import { faintTexts, type Look, looks, SECONDS, setStage } from '../support/page-browser.js';

const { open, shot } = setStage();
const web = { source: 'site', collector: 'files', subject: 'folder /srv/acme' };
const long = `${'a-very-long-name-without-any-place-to-break-it'.repeat(4)}.config`;
const comparison = compare(
  production(
    section([
      ...table('invoice', { id: 'integer', total: 'numeric(10,2)' }),
      ...table('old', { id: 'integer' }),
    ]),
    section(
      [
        file('run.sh', 'aa', { mode: '0755' }),
        parameter([long, 'Timeout'], '30'),
        parameter(['.env', 'HOST'], 'a'),
      ],
      web,
    ),
  ),
  staging(
    section(
      [...table('invoice', { id: 'integer', total: 'numeric(12,2)' }), index('invoice', 'by_total', 'total')],
      { blind: [{ kind: 'role', name: [], why: 'permission denied for pg_authid' }] },
    ),
    section(
      [
        file('run.sh', 'bb', { mode: '0777' }),
        parameter([long, 'Timeout'], '60'),
        parameter(['.env', 'HOST'], 'b'),
      ],
      web,
    ),
  ),
  [{ match: '*HOST', reason: 'each environment has its own' }],
  statements,
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-report-'));
  await writeFile(join(folder, 'report.html'), reportHtml(comparison));
});
afterAll(() => rm(folder, { recursive: true }));

async function report(look?: Look): Promise<Page> {
  const page = await open('', look);
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  return page;
}

test.each(looks)(
  'the report is shown whole and legible, and nothing of it sticks out: %s',
  async (name, look) => {
    const page = await report(look);
    await page.getByText('numeric(12,2)').first().waitFor();
    const folded = page.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    await shot(page, `report-${name}`);
    expect(await faintTexts(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  },
  60 * SECONDS,
);

test(
  'the report is filtered by words, weight and kind, and says how much is left',
  async () => {
    const page = await report();
    const shown = page.locator('.difference:not(.expected):visible');
    const all = await shown.count();
    expect(all).toBe(comparison.differences.length);

    await page.getByLabel('Find by name, value or reason').fill('invoice total');
    await page.getByText(`of ${all} shown`).waitFor();
    expect(await page.getByRole('status').textContent()).toBe(`2 of ${all} shown`);
    await page.getByLabel('Find by name, value or reason').fill('');
    await page.getByRole('button', { name: 'notable' }).click();
    expect(await shown.count()).toBe(
      comparison.differences.filter(({ weight }) => weight !== 'notable').length,
    );
    await page.getByLabel('Every kind').selectOption('table');
    expect(await shown.count()).toBe(1);
    await page.getByLabel('Find by name, value or reason').fill('nothing has this');
    await page.getByText('No difference fits the filter.').waitFor();
  },
  60 * SECONDS,
);
