import type { Act, MessageCard, Outcome, State } from '../contract.js';

const query = (values: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

async function get(path: string): Promise<Response> {
  return fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${response.url}.`);
  return response.json() as Promise<Answer>;
}

/** The workspace as a person sees it; as somebody of the sandbox's choice when nobody, or nobody known, is named. */
export async function fetchState(as: string | undefined): Promise<State> {
  const response = await get(`/sandbox/state${query({ as })}`);
  return response.status === 404 && as !== undefined ? fetchState(undefined) : answerOf(response);
}

export const fetchMessages = async (as: string, channel: string): Promise<readonly MessageCard[]> =>
  answerOf(await get(`/sandbox/messages${query({ as, channel })}`));

/** Uploads a file as this person, and gives what Slack would know of it. Rejects with a sentence. */
export async function sendFile(as: string, file: File): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`/sandbox/upload${query({ as, name: file.name })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!response.ok)
    throw new Error(`${file.name} could not be attached: the sandbox answered ${response.status}.`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

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
