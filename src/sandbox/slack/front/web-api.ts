import { type Request, type Response, Router } from 'express';
import type { ApiCall, Refusal } from '../calls.js';
import { type Json, recordOf, textOf } from '../json.js';
import type { Slack } from '../slack.js';
import { ApiError } from './api-error.js';
import { appMethods } from './apps.js';
import { chatMethods } from './chat.js';
import { conversationMethods } from './conversations.js';
import { fileMethods } from './files.js';
import type { Method, MethodFamily } from './method.js';
import { pinMethods } from './pins.js';
import { userGroupMethods } from './usergroups.js';
import { userMethods } from './users.js';
import { viewMethods } from './views.js';

const botMethods: MethodFamily = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...pinMethods,
  ...userGroupMethods,
  ...userMethods,
  ...viewMethods,
};

/** The Web API: `POST /api/<method>`, arguments as form fields or JSON. */
export function webApi(slack: Slack): Router {
  const router = Router();
  router.all('/:method', async (request, response) => {
    const { token, args } = argumentsOf(request);
    const method = textOf(request.params.method);
    const call = slack.calls.record({ method, arguments: readable(args), at: Date.now(), ok: false });
    const drop = slack.calls.dropFor(method);
    if (drop !== undefined && drop.afterDoing !== true) return void request.socket.destroy();
    const refusal = slack.calls.refusalFor(method);
    if (refusal !== undefined) return refuse(response, refusal);
    const answer = await answerTo(slack, call, token, args);
    if (drop !== undefined) return void request.socket.destroy();
    response.set('x-oauth-scopes', slack.manifest.scopes.join(',')).json(answer);
  });
  return router;
}

async function answerTo(slack: Slack, call: ApiCall, token: string, args: Json): Promise<Json> {
  try {
    const answer = await permitted(slack, call.method, token).run({ slack, args });
    call.ok = true;
    return { ok: true, ...answer };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.code, ...error.more };
    throw error;
  }
}

/** The method, when this token may call it. The order of the refusals is Slack's. */
function permitted(slack: Slack, name: string, token: string): Method {
  const { botToken, appToken } = slack.records.secrets;
  const method = Object.hasOwn(botMethods, name) ? botMethods[name] : undefined;
  const appMethod = Object.hasOwn(appMethods, name) ? appMethods[name] : undefined;
  if (method === undefined && appMethod === undefined)
    throw new ApiError('unknown_method', { req_method: name });
  if (token === '') throw new ApiError('not_authed');
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if (appMethod !== undefined && token === appToken) return appMethod;
  if (method === undefined || token === appToken) throw new ApiError('not_allowed_token_type');
  const { scopes } = slack.manifest;
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
    throw new ApiError('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
  }
  return method;
}

function argumentsOf(request: Request): { readonly token: string; readonly args: Json } {
  const { token: inBody, ...args } = { ...recordOf(request.query), ...recordOf(request.body) };
  const [, bearer] = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '') ?? [];
  return { token: bearer ?? textOf(inBody), args };
}

/** Arguments as tests like to read them: JSON text becomes what it says. */
function readable(args: Json): Json {
  const read = (value: unknown) => {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, read(value)]));
}

function refuse(
  response: Response,
  { error, status = error === undefined ? 500 : 200, retryAfter }: Refusal,
): void {
  if (status === 429 || retryAfter !== undefined) {
    response
      .status(429)
      .set('retry-after', String(retryAfter ?? 1))
      .json({ ok: false, error: 'ratelimited' });
    return;
  }
  response.status(status).json({ ok: false, error: error ?? 'internal_error' });
}
