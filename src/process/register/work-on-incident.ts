import type { By } from '../../kernel/by.js';
import { Refusal } from '../../kernel/refusal.js';
import { cut, line, optionalProse } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import {
  addRequirements,
  allot,
  checkRequirements,
  fileTestDocument,
  finishTasks,
  type Incident,
  recordComponent,
  resolve,
} from './incident.js';
import type { RegisterNeeds } from './needs.js';
import { requirementsIn } from './register-incident.js';

/** What one sitting over an incident comes to; everything of it is recorded, or nothing. */
export interface Work {
  /** Positions of the tasks that are done. */
  readonly done: readonly number[];
  /** Positions of the requirements that are met. */
  readonly checked: readonly number[];
  /** Positions of those that were shown as met and are not; what somebody else ticked in the meantime stays. */
  readonly unchecked: readonly number[];
  /** Further requirements, one a line; whoever writes them here says that they are met. */
  readonly requirements: string | undefined;
  readonly testDocument: string | undefined;
  readonly resolve: boolean;
}

type Step = (incident: Incident, by: By, now: string) => Incident;

/** The use cases by which developers bring an incident from registered to resolved. */
export const workOnIncident = ({ incidents, permissions, people, clock }: RegisterNeeds) => {
  const step = async (by: By, id: string, did: string, move: Step): Promise<Stored<Incident>> => {
    const actor = await permissions.may(by, 'work on an incident');
    const now = clock.now();
    return incidents.change(id, { by: actor.by, now }, (incident) => ({
      next: move(incident, actor.by, now),
      did,
    }));
  };

  return {
    /** Allots a task to somebody of ours. */
    allotTask: (by: By, id: string, who: string, what: string) => {
      const words = line(what, 'What is to be done', 300, 'what');
      if (!people.house.people.some(({ user }) => user === who)) {
        throw new Refusal(
          'unknown-person',
          `${people.nameOf(who)} is not one of the team as Slipway knows it; tasks go to the team.`,
        );
      }
      const name = people.nameOf(who);
      return step(by, id, `gave ${name} the task "${cut(words, 100)}"`, (incident) =>
        allot(incident, { what: words, who, name }),
      );
    },

    /** Marks one's own open tasks done, or the one of that number (from 1). */
    finishTask: (by: By, id: string, number: number | undefined) =>
      step(
        by,
        id,
        number === undefined ? 'finished their tasks' : `finished task ${number}`,
        (incident, actor, now) => {
          const open = incident.tasks.flatMap(({ done, who }, at) =>
            done || (number === undefined && who !== actor.user) ? [] : [at],
          );
          const chosen = number === undefined ? open : open.filter((at) => at === number - 1);
          if (chosen.length === 0) {
            const sentence =
              number === undefined ? `You have no open task in ${id}.` : `${id} has no open task ${number}.`;
            throw new Refusal('not-found', `${sentence} /incident show ${id} lists them.`);
          }
          return finishTasks(incident, chosen, actor, now);
        },
      ),

    /** Records a whole sitting at once: ticks, a test document, and the resolution where asked. */
    recordWork: (by: By, id: string, work: Work) => {
      const texts = requirementsIn(work.requirements);
      const document = optionalProse(work.testDocument, 'The test document', 1_000, 'testDocument');
      return step(by, id, work.resolve ? 'resolved it' : 'recorded work on it', (before, actor, now) => {
        let incident = addRequirements(before, texts);
        const met = incident.requirements.flatMap(({ text, checked }, at) => {
          const stays = checked !== undefined && !work.unchecked.includes(at);
          return stays || work.checked.includes(at) || texts.includes(text) ? [at] : [];
        });
        incident = checkRequirements(incident, met, actor, now);
        if (work.done.length > 0) incident = finishTasks(incident, work.done, actor, now);
        if (document !== '') incident = fileTestDocument(incident, document, actor, now);
        return work.resolve ? resolve(incident, now) : incident;
      });
    },

    /** Resolves what misses nothing; else refuses with the list. */
    resolveIncident: (by: By, id: string) =>
      step(by, id, 'resolved it', (incident, _, now) => resolve(incident, now)),

    /** Records what was changed in production for this incident. */
    recordComponent: (by: By, id: string, name: string, change: string) => {
      const component = {
        name: line(name, 'The component', 200, 'components'),
        change: change.trim() === '' ? '' : line(change, 'What changed', 300, 'change'),
      };
      return step(by, id, `recorded the component ${component.name}`, (incident, actor, now) =>
        recordComponent(incident, { ...component, by: actor, at: now }),
      );
    },
  };
};
