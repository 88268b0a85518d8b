/** One step of the process, in its place. */
export interface ProcessStep {
  /** The folder that holds it. */
  readonly folder: string;
  readonly name: string;
  readonly does: string;
  readonly typed: string;
}

/** The steps in the order of the process; a step imports earlier ones, never later ones. Help and the architecture test read this. */
export const steps: readonly ProcessStep[] = [
  {
    folder: 'register',
    name: 'Register, resolve, authorise',
    does: 'a request becomes an incident, is worked on, and the client gives the go-ahead',
    typed: '/incident',
  },
  {
    folder: 'release',
    name: 'Group',
    does: 'authorised incidents become a release with a Release ID',
    typed: '/release new',
  },
  {
    folder: 'negotiation',
    name: 'Agree a date',
    does: 'a date is proposed, and the client accepts, counters or declines',
    typed: '/release propose',
  },
  {
    folder: 'checklist',
    name: 'Prepare',
    does: 'the checklist is walked, item by item',
    typed: '/checklist',
  },
  {
    folder: 'comparison',
    name: 'Compare',
    does: 'staging and production are compared; every difference belongs to an incident or is explained',
    typed: '/release compare',
  },
  {
    folder: 'freeze',
    name: 'Freeze',
    does: 'staging takes no further updates; the gate answers CI',
    typed: '/freeze',
  },
  {
    folder: 'deployment',
    name: 'Deploy',
    does: 'at the agreed time, once; it can be stopped and rolled back',
    typed: '/release deploy',
  },
  {
    folder: 'verification',
    name: 'Verify',
    does: 'production is probed; on-call is alerted',
    typed: '/release show',
  },
  {
    folder: 'handover',
    name: 'Hand over',
    does: 'components are recorded, the client gets release notes, staging thaws',
    typed: '/release notes',
  },
];

/** The whole process in a few lines, for `/slipway`. */
export function helpOfAll(): string {
  const lines = steps.map(({ name, does, typed }, at) => `${at + 1}. ${name}: ${does} (${typed})`);
  return ['Slipway runs the release process:', ...lines, 'Each command answers help with its verbs.'].join(
    '\n',
  );
}
