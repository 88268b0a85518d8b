import type { Sandbox } from '../sandbox.js';
import { answered, cast, type Page, starts, type Thread, team } from './walk.cast.js';

/** From the comparison to the deployment. */
export function preparing(sandbox: Sandbox, thread: Thread): Page[] {
  const { seen, bo, kim } = cast(sandbox);
  return [
    {
      tells: 'Kim has staging and production compared: databases, files, parameters',
      happens: async () => {
        await answered(kim.types(`/release compare ${thread.release}`, { in: team }));
        await seen(team, starts(`${thread.release}: 0 of \\d+ differences? answered, 4 expected`), 20_000);
      },
    },
    {
      tells: 'Kim says why one of the differences stays, and gives the others to the incident',
      happens: async () => {
        await kim.clicks('Answer many…', { in: team });
        const none = 'None: it is explained below';
        const why = 'Testers get long sessions; production keeps its own length';
        const stays = { Which: '*SessionMinutes', 'Belongs to': none, 'Or why it differs': why };
        await answered(kim.submits(stays));
        const { text } = await seen(team, starts(`${thread.release}: 1 of \\d+ differences? answered`));
        // Where an earlier walk has brought everything else, nothing is left to be given.
        if (/: 1 of 1 /.test(text)) return;
        await kim.clicks('Answer many…', { in: team });
        const incident = `${thread.incident} The invoice total is wrong`;
        await answered(kim.submits({ Which: '*', 'Belongs to': incident }));
        await seen(team, starts(`${thread.release}: (\\d+) of \\1 differences answered`));
      },
    },
    {
      tells: 'The checklist is walked, item by item',
      happens: async () => {
        await answered(bo.types(`/checklist ${thread.release}`, { in: team }));
        await kim.clicks('Yes', { in: team, message: /compared/ });
        await answered(kim.submits({ Evidence: 'One parameter stays, all else belongs to the incident' }));
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
