import { z } from 'zod';

const answerSchema = z.discriminatedUnion('open', [
  z.object({ open: z.literal(true), environment: z.string() }),
  z.object({
    open: z.literal(false),
    environment: z.string(),
    heldBy: z.string(),
    since: z.string(),
    by: z.string(),
  }),
]);

export interface GateQuestion {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly client: string;
  readonly environment: string;
}

/** 0 open, 1 frozen, 2 nobody can tell: whoever deploys goes on only after 0. */
export interface GateVerdict {
  readonly code: 0 | 1 | 2;
  readonly sentence: string;
  readonly body?: unknown;
}

const timeLimit = 10_000;

/** Asks a running Slipway over HTTP. Never throws: what cannot be asked is a verdict too, and a closed one. */
export async function askGateOverHttp({
  url,
  token,
  client,
  environment,
}: GateQuestion): Promise<GateVerdict> {
  if (url === undefined || url === '')
    return untold('Say where Slipway listens: set SLIPWAY_URL, or give --url.');
  if (token === undefined || token === '')
    return untold('Set SLIPWAY_GATE_TOKEN to the token that Slipway was started with.');
  const path = `gate/${encodeURIComponent(client)}/${encodeURIComponent(environment)}`;
  try {
    const response = await fetch(new URL(path, url.endsWith('/') ? url : `${url}/`), {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimit),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) return untold(refusal(response.status, body));
    return verdict(answerSchema.parse(body), body);
  } catch (error) {
    return untold(`The gate could not be asked: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function verdict(answer: z.infer<typeof answerSchema>, body: unknown): GateVerdict {
  if (answer.open) return { code: 0, sentence: `${answer.environment} is open`, body };
  const { environment, heldBy, by, since } = answer;
  return { code: 1, sentence: `${environment} is frozen for ${heldBy} (${by}, since ${since})`, body };
}

function refusal(status: number, body: unknown): string {
  const said = z.object({ error: z.string() }).safeParse(body);
  return `The gate answers ${status}${said.success ? `: ${said.data.error}` : ''}`;
}

function untold(sentence: string): GateVerdict {
  return { code: 2, sentence: `${sentence} Treat it as closed.` };
}
