/** Who did something: a person as Slack knows them, or Slipway itself. */
export interface By {
  readonly team: string;
  readonly user: string;
  readonly name: string;
}

/** Who is acting: the ids from a verified request. The name is for display and proves nothing. */
export type Identity = By;

/** Slipway itself, where time or a rule moved something and no person did. */
export const slipway: By = { team: '', user: '', name: 'Slipway' };
