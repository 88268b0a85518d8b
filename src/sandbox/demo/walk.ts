import type { Sandbox } from '../sandbox.js';
import type { MessageCard } from '../slack/contract.js';
import type { Person } from '../slack/workspace.js';

interface Telling {
  readonly failVerification: boolean;
  readonly say: (line: string) => void;
}

/** One page of the story: what somebody does, and what must be seen afterwards. */
interface Page {
  readonly tells: string;
  readonly happens: () => Promise<unknown>;
}

/** How long a page is shown before the next, in milliseconds: a person is watching. */
const breath = 350;

/** Plays one release from request to handover, with the people of the sandbox. Says each step; gives whether all held. */
export async function walk(sandbox: Sandbox, telling: Telling): Promise<boolean> {
  const began = Date.now();
  const thread: Thread = { incident: '', release: '' };
  const end = telling.failVerification ? failing : succeeding;
  const pages = [...preparing(sandbox, thread), ...end(sandbox, thread)];
  for (const [at, page] of pages.entries()) {
    try {
      await page.happens();
      telling.say(`  ${String(at + 1).padStart(2)}. ${page.tells}`);
    } catch (error) {
      telling.say(
        `  ${String(at + 1).padStart(2)}. did not hold: ${page.tells}\n      ${error instanceof Error ? error.message : error}`,
      );
      return false;
    }
    await new Promise((wake) => setTimeout(wake, breath));
  }
  telling.say(`\n  Every step held, in ${Math.round((Date.now() - began) / 1000)} s.`);
  return true;
}

const team = 'acme-team';
const shared = 'acme-shared';

function cast({ workspace }: Sandbox) {
  const seen = (channel: string, pattern: RegExp, within = 10_000): Promise<MessageCard> =>
    workspace.waitFor(() => workspace.messages(channel).findLast(({ text }) => pattern.test(text)), {
      what: `${pattern} in #${channel}`,
      within,
    });
  const person = (key: string): Person => workspace.person(key);
  return {
    seen,
    bo: person('bo'),
    kim: person('kim'),
    sam: person('sam'),
    ola: person('ola'),
    ana: person('ana'),
  };
}

/** The ids that the story's incident and release get on the way; others may have been there before. */
interface Thread {
  incident: string;
  release: string;
}

async function answered(
  promise: Promise<{ ok: boolean; text?: string; notice?: string; errors?: unknown }>,
): Promise<string> {
  const answer = await promise;
  if (!answer.ok) throw new Error(answer.notice ?? JSON.stringify(answer.errors) ?? 'it was not taken');
  return answer.text ?? '';
}

function found(text: string, pattern: RegExp): string {
  const id = pattern.exec(text)?.[0];
  if (id === undefined) throw new Error(`no ${pattern} in "${text}"`);
  return id;
}

function preparing(sandbox: Sandbox, thread: Thread): Page[] {
  const { seen, bo, kim, ana } = cast(sandbox);
  const starts = (text: string): RegExp => new RegExp(`^${text}`, 'u');
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
    {
      tells: 'The checklist is walked, item by item',
      happens: async () => {
        await answered(bo.types(`/checklist ${thread.release}`, { in: team }));
        await kim.clicks('Yes', { in: team, message: /compared/ });
        await answered(kim.submits({ Evidence: 'One page differs, as planned' }));
        await answered(bo.clicks('Yes', { in: team, message: /know the date/ }));
        await bo.clicks('Not applicable…', { in: team, message: /rolled back/ });
        await answered(bo.submits({ Why: 'Tried last week' }));
        await seen(team, /Next: staging to be frozen/);
      },
    },
    {
      tells: 'Staging is frozen, and the gate answers closed',
      happens: async () => {
        await answered(bo.types(`/freeze ${thread.release}`, { in: team }));
        const gate = await fetch(`${sandbox.bot().url}/gate/acme/staging`, {
          headers: { authorization: `Bearer ${sandbox.gateToken}` },
        });
        const answer = (await gate.json()) as { open: boolean; heldBy?: string };
        if (answer.open || answer.heldBy !== thread.release)
          throw new Error(`the gate says ${JSON.stringify(answer)}`);
      },
    },
    {
      tells: 'At the agreed time it is deployed, and its output runs along in the thread',
      happens: () => seen(team, starts(`${thread.release}, attempt 1 \\(deploy\\) succeeded`), 40_000),
    },
  ];
}

function succeeding(sandbox: Sandbox, thread: Thread): Page[] {
  const { seen, bo, kim } = cast(sandbox);
  return [
    {
      tells: 'Production is probed at once',
      happens: () => seen(team, new RegExp(`${thread.release} checked at once: the probe passes`)),
    },
    {
      tells: 'and after the bake; the client reads that it is live',
      happens: () => seen(shared, new RegExp(`^${thread.release}: live since .*checked until`), 20_000),
    },
    {
      tells: 'Kim records the component',
      happens: () =>
        answered(kim.types(`/incident component ${thread.incident} index.html 4.1 to 4.2`, { in: team })),
    },
    {
      tells: 'Bo reads the release notes and sends them',
      happens: async () => {
        await bo.types(`/release notes ${thread.release}`, { in: team });
        await answered(bo.submits({ 'What you need to do': 'Nothing.' }));
        await seen(shared, new RegExp(`^Release notes of ${thread.release}`));
      },
    },
    {
      tells: 'The release is closed, and staging takes updates again',
      happens: async () => {
        await seen(team, new RegExp(`^${thread.release} · closed`));
        await seen(team, new RegExp(`^${thread.incident} · .* · closed`));
      },
    },
  ];
}

function failing(sandbox: Sandbox, thread: Thread): Page[] {
  const { seen, bo, kim, ola } = cast(sandbox);
  const alert = (): RegExp => new RegExp(`^Alert. ${thread.release}`);
  return [
    { tells: 'Production answers 500: on-call is alerted', happens: () => seen('on-call', alert(), 20_000) },
    {
      tells: 'Ola does not answer, so it escalates to Kim',
      happens: () => seen('on-call', /Called: Ola, then Kim/, 20_000),
    },
    {
      tells: 'Kim acknowledges',
      happens: () => answered(kim.clicks('Acknowledge', { in: 'on-call', message: alert() })),
    },
    {
      tells: 'Ola has it checked again: still broken, so it is rolled back',
      happens: async () => {
        await answered(ola.clicks('Check again', { in: 'on-call', message: alert() }));
        await seen(team, new RegExp(`${thread.release} checked again`), 10_000);
        await ola.clicks('Roll back…', { in: 'on-call', message: alert() });
        await answered(ola.submits({ Why: 'The home page answers 500' }));
        await seen(team, new RegExp(`^${thread.release} · rolled back`), 20_000);
      },
    },
    {
      tells: 'The client reads that nothing of it is live',
      happens: () => seen(shared, new RegExp(`^${thread.release}: taken back`)),
    },
    {
      tells: 'Kim writes down what it taught',
      happens: async () => {
        await kim.clicks('Record a lesson…', { in: team });
        await answered(
          kim.submits({
            'What should the checklist ask next time?': 'Was the home page opened on staging?',
            [`What went wrong in ${thread.release}`]: 'nobody had opened the home page',
          }),
        );
        await seen(team, /-L\d+, from/);
      },
    },
    {
      tells: 'Bo takes it into the checklist: the next release is asked',
      happens: async () => {
        await answered(bo.clicks('Into the checklist', { in: team }));
        await seen(team, /accepted into the checklist/);
      },
    },
  ];
}
