import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';

// The walk's heart as a newcomer does it: the sandbox's own command, and everything else in the browser.
const shots = 'test/browser/shots';
let sandbox: ChildProcess;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  sandbox = spawn(process.execPath, ['dist/sandbox/main.js', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressIn(sandbox);
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(url);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  sandbox.kill('SIGTERM');
  if (sandbox.exitCode === null) await once(sandbox, 'exit');
}, 300_000);

async function addressIn(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    const url = /sandbox is open:\s+(http:\S+)/u.exec(said)?.[1];
    if (url !== undefined) {
      // What it says later must not fill the pipe.
      child.stdout?.resume();
      return url;
    }
  }
  throw new Error(`The sandbox did not open:\n${said}`);
}

const become = (name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
const goTo = (channel: string) => page.getByRole('link', { name: new RegExp(`^${channel}`) }).click();
const shot = (name: string) => page.screenshot({ path: `${shots}/${name}.png` });
const message = (text: RegExp) => page.getByRole('article').filter({ hasText: text });

async function type(channel: string, text: string): Promise<void> {
  const field = page.getByRole('combobox', { name: `Message to #${channel}` });
  await field.fill(text);
  await field.press('Escape');
  await field.press('Enter');
}

async function press(text: RegExp, button: string): Promise<void> {
  await message(text).last().getByRole('button', { name: button, exact: true }).click();
}

test('a request is registered by the form, and stands in both channels', async () => {
  await goTo('acme-team');
  await type('acme-team', '/incident');
  const form = page.getByRole('dialog', { name: 'New incident' });
  await form.getByLabel('Title').fill('The invoice total is wrong');
  await form.getByLabel('Requirements').fill('Totals include discounts\nOld invoices stay as they are');
  await form.getByLabel('Impact on users').fill('Invoices from tomorrow show the new total.');
  await shot('walk-1-form');
  await form.getByRole('button', { name: 'Register' }).click();
  await message(/ACME-1 · The invoice total is wrong · registered/).waitFor();
  await goTo('acme-shared');
  await message(/ACME-1: The invoice total is wrong is registered/).waitFor();
}, 300_000);

test('a developer works it through, and the client authorises it by a button', async () => {
  await become('Kim');
  await goTo('acme-team');
  await press(/ACME-1 · The invoice total/, 'Work on it');
  const form = page.getByRole('dialog', { name: 'Work on ACME-1' });
  await form.getByLabel('Totals include discounts').check();
  await form.getByLabel('Old invoices stay as they are').check();
  await form.getByLabel('Test document').fill('https://docs.example.com/tests');
  await shot('walk-2-work');
  await form.getByRole('button', { name: 'Record' }).click();
  await message(/ACME-1 · The invoice total is wrong · resolved/).waitFor();

  await become('Ana');
  await goTo('acme-shared');
  await message(/May ACME-1 go live/).waitFor();
  await shot('walk-3-go-ahead');
  await press(/May ACME-1 go live/, 'Authorise');
  await message(/Authorised by Ana/).waitFor();
  expect(await page.getByRole('button', { name: 'Authorise', exact: true }).count()).toBe(0);
}, 300_000);

test('a release is made, its date proposed in words and accepted by the client', async () => {
  await become('Bo');
  await goTo('acme-team');
  await type('acme-team', '/release new acme ACME-1');
  await message(/ACME-R1 · draft/).waitFor();
  await type('acme-team', '/release propose ACME-R1 in 45 minutes');
  await message(/ACME-R1 · negotiating/).waitFor();
  await become('Ana');
  await goTo('acme-shared');
  await message(/Release ACME-R1: is/).waitFor();
  await shot('walk-4-date');
  await press(/Release ACME-R1: is/, 'Accept');
  await message(/ACME-R1: agreed for/).waitFor();
}, 300_000);

test('staging and production are compared, and each difference is explained or given to the incident', async () => {
  await become('Kim');
  await goTo('acme-team');
  await type('acme-team', '/release compare ACME-R1');
  await message(/ACME-R1 · agreed/)
    .last()
    .getByRole('button', { name: /repl/ })
    .click();
  await message(/0 of 8 differences answered, 4 expected/)
    .last()
    .waitFor({ timeout: 180_000 });
  await message(/0 of 8 differences answered/)
    .last()
    .scrollIntoViewIfNeeded();
  await shot('walk-5-comparison');
  const form = page.getByRole('dialog', { name: 'Many differences' });
  await press(/0 of 8 differences answered/, 'Answer many…');
  await form.getByLabel('Which').fill('*SessionMinutes');
  await form.getByLabel('Belongs to').selectOption('None: it is explained below');
  await form.getByLabel('Or why it differs').fill('Testers get long sessions');
  await form.getByRole('button', { name: 'Answer' }).click();
  await press(/1 of 8 differences answered/, 'Answer many…');
  await shot('walk-6-answers');
  await form.getByLabel('Belongs to').selectOption('ACME-1 The invoice total is wrong');
  await form.getByRole('button', { name: 'Answer' }).click();
  await message(/8 of 8 differences answered/)
    .last()
    .waitFor();
}, 300_000);

test('the checklist is walked in the thread of the board, and staging is frozen', async () => {
  await become('Bo');
  await goTo('acme-team');
  await press(/ACME-R1 · agreed/, 'Answer checklist');
  await message(/ACME-R1 · preparing/).waitFor();
  await message(/ACME-R1 · preparing/)
    .last()
    .getByRole('button', { name: /repl/ })
    .click();
  await press(/staging and production compared/, 'Yes');
  const evidence = page.getByRole('dialog', { name: 'Checklist' });
  await evidence.getByLabel('Evidence').fill('One parameter stays, all else belongs to the incident');
  await evidence.getByRole('button', { name: 'Answer' }).click();
  await press(/know the date/, 'Yes');
  await press(/rolled back, and was that tried/, 'Yes');
  await message(/Checklist 3\/3/)
    .first()
    .waitFor();
  await shot('walk-7-board');
  await press(/Next: staging to be frozen/, 'Freeze staging');
  await message(/ACME-R1 · frozen/)
    .first()
    .waitFor();
}, 300_000);

test('when the clock is moved past the agreed time it is deployed, verified, handed over and closed', async () => {
  await page.getByRole('button', { name: /The bot's clock/ }).click();
  await page.getByRole('menuitem', { name: '1 hour on' }).click();
  await message(/attempt 1 \(deploy\) succeeded/)
    .first()
    .waitFor({ timeout: 40_000 });
  await message(/ACME-R1 · live/)
    .first()
    .waitFor({ timeout: 180_000 });
  await message(/production is what staging was when it was frozen/)
    .first()
    .waitFor();
  await shot('walk-8-live');

  await type('acme-team', '/incident component ACME-1 index.html 4.1 to 4.2');
  await message(/Components/)
    .first()
    .waitFor();
  await type('acme-team', '/release notes ACME-R1');
  const notes = page.getByRole('dialog', { name: 'Notes of ACME-R1' });
  await notes.waitFor();
  await shot('walk-9-notes');
  await notes.getByRole('button', { name: 'Send to client' }).click();
  await message(/ACME-R1 · closed/)
    .first()
    .waitFor();
  await become('Ana');
  await goTo('acme-shared');
  await message(/Release notes of ACME-R1/)
    .last()
    .waitFor();
  await shot('walk-10-client');
  expect(faults).toEqual([]);
}, 300_000);

test('App Home shows a developer what waits for them', async () => {
  await become('Bo');
  await goTo('acme-team');
  await type('acme-team', '/incident acme Exports carry the VAT rate');
  await message(/ACME-2 · Exports carry the VAT rate · registered/).waitFor();
  await type('acme-team', '/incident task ACME-2 @kim add the column');
  await message(/ACME-2 · Exports carry the VAT rate · analysed/)
    .first()
    .waitFor();
  await become('Kim');
  await goTo('Slipway');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByText(/ACME-2 · Exports carry the VAT rate · analysed/).waitFor();
  await shot('walk-11-home');
}, 300_000);
