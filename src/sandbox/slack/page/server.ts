import type { Act, MessageCard, Outcome, State } from '../contract.js';

const query = (values: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

async function get<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
  return response.json() as Promise<Answer>;
}

/** The workspace as a person sees it; of the sandbox's own choice of person when none is named. */
export const fetchState = (as: string | undefined): Promise<State> => get(`/sandbox/state${query({ as })}`);

export const fetchMessages = (as: string, channel: string): Promise<readonly MessageCard[]> =>
  get(`/sandbox/messages${query({ as, channel })}`);

/** Sends what a person does. Never rejects: a sandbox that is away is a problem like any other. */
export async function sendAct(as: string, act: Act): Promise<Outcome> {
  try {
    const response = await fetch(`/sandbox/act${query({ as })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
    if (response.ok) return (await response.json()) as Outcome;
    return {
      ok: false,
      problem: `The sandbox answered ${response.status}. Look at the terminal it runs in.`,
    };
  } catch {
    return { ok: false, problem: 'The sandbox does not answer. Is it still running in your terminal?' };
  }
}
