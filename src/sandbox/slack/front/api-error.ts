import type { Json } from '../json.js';

/** A Web API method's "no": `ok: false` with this error code and whatever else Slack tells. */
export class ApiError extends Error {
  readonly code: string;
  readonly more: Json;

  constructor(code: string, more: Json = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}
