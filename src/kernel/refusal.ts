/** Every reason for which Slipway says no to a person. */
export type RefusalCode =
  | 'not-permitted'
  | 'unknown-person'
  | 'not-found'
  | 'unreadable'
  | 'too-long'
  | 'wrong-state'
  | 'outdated'
  | 'already-decided'
  | 'incomplete'
  | 'held-elsewhere'
  | 'in-another-release'
  | 'date-unusable'
  | 'not-configured'
  | 'busy';

/** Leads the person to what is missing: a button beside the refusal. */
export interface WayOut {
  readonly label: string;
  readonly action: string;
  readonly value: string;
}

/**
 * A "no" that a person can act on: what is so, why, and what to do or whom to ask, in one or two sentences.
 * `field` names the input it belongs to, when it came from a modal.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly wayOut: WayOut | undefined;
  readonly field: string | undefined;

  constructor(code: RefusalCode, sentence: string, more: { wayOut?: WayOut; field?: string } = {}) {
    super(sentence);
    this.code = code;
    this.wayOut = more.wayOut;
    this.field = more.field;
  }
}
