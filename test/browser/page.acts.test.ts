import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SECONDS, setStage } from '../support/page-browser.js';
import { NOW, written } from '../support/page-messages.js';

const { open, shot, server } = setStage();

const acts = (kind: string) => server().acts.filter(({ act }) => act.kind === kind);
const composer = (page: Page) => page.getByRole('combobox', { name: /^Message to #/ });
const news = (text: string, at = 0) => ({
  type: 'message' as const,
  message: written({ channel: 'C1', ts: `${NOW / 1000 + 60 + at}.000300`, user: 'U2', text }),
});

test(
  'being somebody else shows their channels, their unread marks and their own words',
  async () => {
    const page = await open('?as=U1&channel=C1');
    await page.getByRole('link', { name: /^acme-shared.* 1 unread/ }).waitFor();
    await page.getByRole('link', { name: /^Ana/ }).click();

    await page.getByText('You read along from Acme').waitFor();
    expect(page.url()).toContain('as=U5');
    expect(await page.getByRole('link', { name: 'on-call' }).count()).toBe(0);
    await page.getByRole('separator', { name: 'New messages' }).waitFor();
    await page.waitForFunction(`document.querySelectorAll('.channel-link .count').length === 0`);
    expect(acts('read')).toContainEqual({ as: 'U5', act: { kind: 'read', channel: 'C2' } });

    await page.goBack();
    await page.getByRole('link', { name: 'on-call' }).waitFor();
  },
  30 * SECONDS,
);

test(
  'a command completes by keys, shows how it goes on, and is sent as typed',
  async () => {
    const page = await open('?as=U1&channel=C1');
    const field = composer(page);
    await field.pressSequentially('/');
    expect(await page.getByRole('option').count()).toBe(4);
    await field.press('ArrowDown');
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('/release');
    await field.press('Tab');
    expect(await field.inputValue()).toBe('/release ');
    await page.getByText('/release new | show | list').waitFor();
    await field.pressSequentially('sh');
    await field.press('Tab');
    await field.pressSequentially('ACME-R7 @ki');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('/release show ACME-R7 @Kim Osei ');
    await field.press('Enter');

    await page.getByRole('alert').getByText('/release failed because Slipway did not respond.').waitFor();
    expect(acts('type')).toEqual([
      { as: 'U1', act: { kind: 'type', channel: 'C1', text: '/release show ACME-R7 @Kim Osei' } },
    ]);
    expect(await field.inputValue()).toBe('/release show ACME-R7 @Kim Osei');
    expect(await page.locator('.notice').count()).toBe(0);
  },
  30 * SECONDS,
);

test(
  'what was sent comes back by arrow up, and each channel keeps its own draft',
  async () => {
    const page = await open('?as=U1&channel=C1');
    await composer(page).fill('first');
    await composer(page).press('Enter');
    await page.getByRole('article').getByText('first', { exact: true }).waitFor();
    await composer(page).press('ArrowUp');
    expect(await composer(page).inputValue()).toBe('first');
    await composer(page).press('ArrowDown');
    expect(await composer(page).inputValue()).toBe('');

    await composer(page).fill('half a thought');
    await page.getByRole('link', { name: 'lunch' }).click();
    await page.getByRole('combobox', { name: 'Message to #lunch' }).waitFor();
    expect(await composer(page).inputValue()).toBe('');
    await page.getByRole('link', { name: 'acme-team' }).click();
    await page.getByRole('combobox', { name: 'Message to #acme-team' }).waitFor();
    expect(await composer(page).inputValue()).toBe('half a thought');
  },
  30 * SECONDS,
);

test(
  'a press shows that it is under way, a refusal stands beneath it, and a decision replaces the buttons',
  async () => {
    const mara = await open('?as=U1&channel=C2');
    const ana = await open('?as=U5&channel=C2');
    const release = server().hold();
    const accept = mara.getByRole('button', { name: 'Accept' });
    await accept.click();
    expect(await accept.getAttribute('aria-busy')).toBe('true');
    await accept.click();
    await shot(mara, 'wide-light-working');
    release();
    await mara.getByRole('alert').getByText('Only Ana can accept for Acme.').waitFor();
    await shot(mara, 'wide-light-refused');
    expect(acts('act-in-message')).toHaveLength(1);

    await ana.getByRole('button', { name: 'Accept' }).click();
    await mara.getByText('Accepted by Ana (Acme)').waitFor();
    expect(await mara.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    expect(acts('act-in-message')[1]).toMatchObject({
      as: 'U5',
      act: {
        channel: 'C2',
        blockId: 'date',
        actionId: 'accept',
        element: { type: 'button', value: 'accept:1' },
        state: {},
      },
    });
  },
  30 * SECONDS,
);

test(
  'what cannot be undone asks first, and Escape means no',
  async () => {
    const page = await open(`?as=U1&channel=C1&thread=${server().ts('C1', 3)}`);
    const stop = page.getByRole('button', { name: 'Stop…' });
    await stop.click();
    await page.getByRole('alertdialog', { name: 'Stop this deployment?' }).waitFor();
    await shot(page, 'wide-light-confirm');
    await page.keyboard.press('Escape');
    expect(acts('act-in-message')).toHaveLength(0);
    await stop.click();
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.waitForFunction(`document.querySelector('[role=alertdialog]') === null`);
    expect(acts('act-in-message')).toHaveLength(1);
  },
  30 * SECONDS,
);

test(
  'a modal keeps what was entered beneath another one, checks, shows what the bot finds, and sends Slack-shaped values',
  async () => {
    const page = await open('?as=U1&channel=C1');
    await composer(page).fill('/incident');
    await composer(page).press('Enter');
    const modal = page.getByRole('dialog', { name: 'Register an incident' });
    await modal.getByLabel('What is asked').fill('wrong');
    await modal.getByRole('button', { name: 'Show similar incidents' }).click();
    await page.getByRole('dialog', { name: 'Similar incidents' }).waitFor();
    await shot(page, 'wide-light-modal-stacked');
    await page.keyboard.press('Escape');
    await modal.getByRole('button', { name: 'Register' }).click();
    expect(await modal.getByText('Please complete this required field.').count()).toBe(1);
    expect(acts('submit')).toHaveLength(0);

    await modal.getByLabel('Client').selectOption('Acme');
    await modal.getByLabel('Parts concerned').click();
    await modal.getByLabel('Exports').check();
    await modal.getByLabel('Login').check();
    await modal.getByLabel('Developer').selectOption('Bo Tran');
    await modal.getByLabel(/^High/).check();
    await modal.getByLabel('Accounting').check();
    await modal.getByLabel('Wanted by').fill('2026-03-09');
    await modal.getByLabel('Not before').fill('18:00');
    await modal.getByLabel('Time').fill('19:30');
    await modal.getByRole('button', { name: 'Register' }).click();
    await modal.getByText('ACME-41 already says this.').waitFor();
    expect(await modal.getByLabel('What is asked').getAttribute('aria-invalid')).toBe('true');

    await modal.getByLabel('What is asked').fill('Totals <b>differ</b> & *stay*');
    await modal.getByLabel('What is asked').press('Enter');
    await page.getByRole('article').getByText('ACME-48 is registered').waitFor();
    expect(acts('submit')[1]).toHaveProperty('act.viewId', 'V1');
    expect(acts('submit')[1]).toMatchObject({
      act: {
        state: {
          title: { v: { type: 'plain_text_input', value: 'Totals <b>differ</b> & *stay*' } },
          description: { v: { type: 'plain_text_input', value: null } },
          client: { v: { type: 'static_select', selected_option: { value: 'acme' } } },
          parts: {
            v: { type: 'multi_static_select', selected_options: [{ value: 'exports' }, { value: 'login' }] },
          },
          developer: { v: { type: 'users_select', selected_user: 'U2' } },
          testers: { v: { type: 'multi_users_select', selected_users: ['U3'] } },
          where: { v: { type: 'conversations_select', selected_conversation: 'C1' } },
          priority: { v: { type: 'radio_buttons', selected_option: { value: 'high' } } },
          impact: { v: { type: 'checkboxes', selected_options: [{ value: 'accounting' }] } },
          day: { v: { type: 'datepicker', selected_date: '2026-03-09' } },
          hour: { v: { type: 'timepicker', selected_time: '18:00', timezone: 'Europe/London' } },
          instant: { v: { type: 'datetimepicker', selected_date_time: Date.UTC(2026, 2, 3, 8, 30) / 1000 } },
          ticket: { v: { type: 'external_select', selected_option: null } },
        },
      },
    });
    expect(await page.locator('.message b').count()).toBe(0);
  },
  45 * SECONDS,
);

test(
  'news arrives by itself, also after the connection was lost, and leaves whoever reads above in peace',
  async () => {
    const page = await open('?as=U1&channel=C1');
    const list = page.getByRole('region', { name: 'Messages' });
    await page.getByText('ACME-R7 · preparing').waitFor();
    server().happen(news('just now'));
    await page.getByRole('article').getByText('just now').waitFor();
    await page.getByRole('log').getByText('Bo Tran in #acme-team: just now').waitFor();

    await list.evaluate((element) => element.scrollTo({ top: 0 }));
    server().happen(news('while reading above', 1));
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await list.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByRole('button', { name: '1 new' }).click();
    expect(
      await list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2),
    ).toBe(true);

    const stream = page.waitForResponse((response) => response.url().includes('/sandbox/events'));
    server().cut();
    await page.getByText('Reconnecting…').waitFor();
    await stream;
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    server().happen(news('after the gap', 2));
    await page.getByRole('article').getByText('after the gap').waitFor();
  },
  30 * SECONDS,
);

test(
  'a message leads to its thread, its link and an incident; the pinned one is found; an ephemeral one goes',
  async () => {
    const page = await open('?as=U1&channel=C1');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByText('Only visible to you').count()).toBe(0);

    await page.getByRole('button', { name: '1 pinned' }).click();
    await page.getByRole('menuitem', { name: /^ACME-R7: preparing/ }).click();
    expect(page.url()).toContain(`message=${server().ts('C1', 3)}`);

    await page.getByRole('button', { name: '3 replies' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('combobox').fill('I answer two of them');
    await thread.getByRole('combobox').press('Enter');
    await thread.getByRole('article').getByText('I answer two of them').waitFor();
    await page.getByRole('button', { name: '4 replies' }).waitFor();
    expect(acts('type')[0]?.act).toMatchObject({ threadTs: server().ts('C1', 3) });
    await thread.getByRole('combobox').press('Escape');
    expect(await thread.count()).toBe(0);

    const message = page.getByRole('article', { name: /^Bo Tran/ }).first();
    await message.hover();
    await message.getByRole('button', { name: 'More about this message' }).click();
    await shot(page, 'wide-light-message-menu');
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    await page.locator('.notice').getByText(/link/).waitFor();
    await message.getByRole('button', { name: 'More about this message' }).click();
    await page.getByRole('menuitem', { name: 'Make this an incident' }).click();
    await page.getByRole('dialog', { name: 'Register an incident' }).waitFor();
    expect(acts('message-shortcut')[0]?.act).toMatchObject({ callbackId: 'make_incident', channel: 'C1' });
  },
  30 * SECONDS,
);

test(
  'the keyboard alone jumps, steps and writes; the clock moves and the colours turn',
  async () => {
    const page = await open('?as=U1&channel=C1');
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Channel or person' }).fill('be sam');
    await shot(page, 'wide-light-jump');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /^Sam Reyes/ }).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('main', { name: '#acme-shared' }).waitFor();
    await page.keyboard.press('/');
    expect(await composer(page).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );

    await page.getByRole('button', { name: /^The bot's clock/ }).click();
    await page.getByRole('menuitem', { name: '1 day on' }).click();
    await page.getByText('+1 day').waitFor();
    expect(await page.getByRole('button', { name: /^The bot's clock: Tue 16:02/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Switch to light' }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.body).colorScheme')).toBe('dark');
  },
  30 * SECONDS,
);
