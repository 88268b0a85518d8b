import type { Sandbox } from '../sandbox.js';
import { answered, cast, found, type Page, shared, starts, type Thread, team } from './walk.cast.js';

/** From the client's request to the date that both sides agreed. */
export function agreeing(sandbox: Sandbox, thread: Thread): Page[] {
  const { seen, bo, kim, ana } = cast(sandbox);
  return [
    {
      tells: 'Ana, of the client, writes what is wrong in the shared channel',
      happens: () => ana.types('Hi, the invoice total is wrong when there is a discount', { in: shared }),
    },
    {
      tells: 'Bo makes an incident of her message, by the shortcut',
      happens: async () => {
        await bo.usesShortcut('Make this an incident', { in: shared, message: /invoice total is wrong/ });
        const before = sandbox.workspace.messages(team).length;
        await answered(
          bo.submits({
            Title: 'The invoice total is wrong',
            Requirements: 'Totals include discounts\nOld invoices stay as they are',
            'Impact on users': 'Invoices from tomorrow show the new total.',
          }),
        );
        const card = await sandbox.workspace.waitFor(
          () =>
            sandbox.workspace
              .messages(team)
              .slice(before)
              .find(({ text }) => /^ACME-\d+ · The invoice total/.test(text)),
          { what: 'the incident card' },
        );
        thread.incident = found(card.text, /^ACME-\d+/);
      },
    },
    {
      tells: 'Bo gives Kim a task',
      happens: async () => {
        await answered(bo.types(`/incident task ${thread.incident} @kim sum with discounts`, { in: team }));
        await seen(team, starts(`${thread.incident} · .* · analysed`));
      },
    },
    {
      tells: 'Resolving too early is refused, and says what is missing',
      happens: async () => {
        const text = await answered(kim.types(`/incident resolve ${thread.incident}`, { in: team }));
        found(text, /there is no test document/);
      },
    },
    {
      tells: 'Kim finishes the task, checks the requirements, files the test document, resolves',
      happens: async () => {
        await answered(kim.types(`/incident done ${thread.incident}`, { in: team }));
        await seen(team, starts(`${thread.incident} · .* · in progress`));
        await kim.clicks('Work on it', { in: team, message: starts(`${thread.incident} · `) });
        await answered(
          kim.submits({
            'Requirements that are met': ['Totals include discounts', 'Old invoices stay as they are'],
            'Test document': 'https://docs.example.com/invoice-total-tests',
          }),
        );
      },
    },
    {
      tells: 'Ana authorises it by a button',
      happens: async () => {
        await seen(shared, starts(`May ${thread.incident} go live`));
        await answered(
          ana.clicks('Authorise', { in: shared, message: starts(`May ${thread.incident} go live`) }),
        );
        await seen(team, starts(`${thread.incident} · .* · authorised`));
      },
    },
    {
      tells: 'Bo makes a release of it',
      happens: async () => {
        const text = await answered(bo.types(`/release new acme ${thread.incident}`, { in: team }));
        thread.release = found(text, /ACME-R\d+/);
        await seen(team, starts(`${thread.release} · draft`));
      },
    },
    {
      tells: 'Bo proposes a date, in twenty seconds, because nobody wants to wait until Tuesday here',
      happens: async () => {
        await answered(bo.types(`/release propose ${thread.release} in 20 seconds`, { in: team }));
        await seen(shared, starts(`Release ${thread.release}: is`));
      },
    },
    {
      tells: 'Ana accepts',
      happens: async () => {
        await answered(
          ana.clicks('Accept', { in: shared, message: starts(`Release ${thread.release}: is`) }),
        );
        await seen(team, starts(`${thread.release} · agreed`));
      },
    },
  ];
}
