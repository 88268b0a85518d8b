import type { Sandbox } from '../sandbox.js';
import { answered, cast, type Page, shared, type Thread, team } from './walk.cast.js';

/** Everything is well: verified, compared, handed over, closed. */
export function succeeding(sandbox: Sandbox, thread: Thread): Page[] {
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
      tells: 'Production is compared with what was frozen: everything has arrived',
      happens: () =>
        seen(
          team,
          new RegExp(`^${thread.release}: [^]*production is what staging was when it was frozen`),
          20_000,
        ),
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

/** Production misbehaves: alerted, rolled back, learnt from. */
export function failing(sandbox: Sandbox, thread: Thread): Page[] {
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
