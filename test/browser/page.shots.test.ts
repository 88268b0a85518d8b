import { expect, test } from '@jest/globals';
import { faintTexts, looks, PHONE, SECONDS, setStage } from '../support/page-browser.js';

const { open, shot, server } = setStage();

/** What is worth looking at: a name, where it is, and the words by which one sees that it is there. */
const scenes = [
  ['team', '?as=U1&channel=C1', 'ACME-R7 · preparing'],
  ['date', '?as=U5&channel=C2', 'Decline…'],
  ['notes', '?as=U5&channel=C2&message=MESSAGE', 'Known not to work'],
  ['accessories', '?as=U1&channel=C4', 'Freeze from'],
  ['alert', '?as=U4&channel=C3', 'Roll back…'],
  ['thread', '?as=U1&channel=C1&thread=BOARD', 'is being deployed'],
  ['home', '?as=U1&channel=DU1&tab=home', 'Frozen now'],
  ['empty', '?as=U2&channel=DU2', 'something waits for you alone'],
] as const;

test.each(looks)(
  'every screen is shown whole and legible: %s',
  async (name, look) => {
    const page = await open('?as=U1', look);
    for (const [scene, search, words] of scenes) {
      await page.goto(
        server().url + search.replace('MESSAGE', server().ts('C2')).replace('BOARD', server().ts('C1', 3)),
      );
      await page.getByText(words).last().waitFor();
      await shot(page, `${name}-${scene}`);
      expect({ scene, faint: await faintTexts(page) }).toEqual({ scene, faint: [] });
      expect(await page.getByText(/does not show blocks|cannot be shown here/).count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
  },
  90 * SECONDS,
);

test.each(looks)(
  'a modal with every input is shown whole and legible: %s',
  async (name, look) => {
    const page = await open('?as=U1&channel=C1', look);
    const field = page.getByRole('combobox', { name: 'Message to #acme-team' });
    await field.fill('/');
    await page.getByRole('option', { name: '/incident' }).waitFor();
    await shot(page, `${name}-completion`);
    await field.fill('/incident');
    await field.press('Enter');
    await page.getByRole('dialog').waitFor();
    await shot(page, `${name}-modal`);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Please complete this required field.').first().waitFor();
    await shot(page, `${name}-modal-faults`);
    expect(await faintTexts(page)).toEqual([]);
    await page.getByLabel('Their ticket').scrollIntoViewIfNeeded();
    await shot(page, `${name}-modal-end`);
  },
  60 * SECONDS,
);

test(
  'the narrow page shows one pane at a time and leads back',
  async () => {
    const page = await open('?as=U1', { viewport: PHONE });
    await page.getByRole('link', { name: 'acme-team' }).waitFor();
    await shot(page, 'phone-light-list');
    expect(await page.getByRole('main').isVisible()).toBe(false);

    await page.getByRole('link', { name: 'acme-team' }).click();
    await page.getByRole('button', { name: '3 replies' }).click();
    expect(await page.getByRole('main').isVisible()).toBe(false);

    await page.getByRole('button', { name: 'Close the thread' }).click();
    await page.getByRole('button', { name: 'Back to the channels' }).click();
    expect(await page.getByRole('link', { name: 'acme-team' }).isVisible()).toBe(true);
  },
  30 * SECONDS,
);
