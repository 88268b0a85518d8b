import type { By } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { few } from '../../kernel/text.js';
import { whatChecklistMisses } from '../checklist/index.js';
import { whatComparisonMisses } from '../comparison/index.js';
import type { Incident } from '../register/index.js';
import { type Missing, mayMove, type Release } from '../release/index.js';

/** What stands between a release and its freeze; `comparable` where both environments say what is compared. The board's next line and the refusal both come from here. */
export function whatFreezeMisses(
  release: Release,
  incidents: readonly Incident[],
  comparable = false,
): Missing[] {
  const unfit = incidents
    .filter(({ status }) => status !== 'scheduled' && status !== 'authorised')
    .map(
      ({ id, status }): Missing => ({
        what: `${id} is ${status}, not authorised`,
        who: 'the team',
        press: { label: `Show ${id}`, action: 'incident.show', value: id },
      }),
    );
  return [...unfit, ...whatChecklistMisses(release), ...(comparable ? whatComparisonMisses(release) : [])];
}

export interface FreezeRequest {
  readonly environment: string;
  /** Whether staging and production can be compared, so that their differences have to be answered. */
  readonly comparable?: boolean;
  /** Why it is frozen although something is missing. */
  readonly override?: string | undefined;
}

/** Freezes staging for a release. Refuses while something is missing, unless a reason overrides it. */
export function freeze(
  release: Release,
  incidents: readonly Incident[],
  request: FreezeRequest,
  by: By,
  now: Instant,
): Release {
  if (release.status === 'frozen') {
    throw new Refusal(
      'already-decided',
      `Staging is frozen for ${release.id} already, since ${release.frozen.by.name} froze it.`,
    );
  }
  mayMove(release, 'frozen', 'freezing staging for it');
  if (release.status !== 'preparing') throw new Refusal('wrong-state', `${release.id} is ${release.status}.`);
  const { environment, override, comparable } = request;
  const missing = whatFreezeMisses(release, incidents, comparable);
  if (missing.length > 0 && override === undefined) throw blocked(release, missing);
  const reason = missing.length > 0 && override !== undefined ? { override } : {};
  return { ...release, status: 'frozen', frozen: { environment, by, since: now, ...reason } };
}

function blocked(release: Release, missing: readonly Missing[]): Refusal {
  const [first] = missing;
  const list = few(
    missing.map(({ what, who }) => `${what} (${who})`),
    5,
  );
  const sentence = `${release.id} cannot be frozen yet: ${list}. If it must be, say why: /freeze ${release.id} because …`;
  return new Refusal('incomplete', sentence, first?.press === undefined ? {} : { wayOut: first.press });
}

/** Lets staging move again before the deployment; the release is being prepared again. */
export function thaw(release: Release): Release {
  mayMove(release, 'preparing', 'thawing staging');
  if (release.status !== 'frozen')
    throw new Refusal('wrong-state', `${release.id} is ${release.status}, so staging is not frozen for it.`);
  const { frozen: _, ...rest } = release;
  return { ...rest, status: 'preparing' };
}
