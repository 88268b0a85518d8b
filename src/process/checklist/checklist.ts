import type { By } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { type Missing, mayMove, type Part, partOf, type Release, withPart } from '../release/index.js';

export type Evidence = 'none' | 'text' | 'link' | 'file';
export type Answerer = 'release manager' | 'developer' | 'on-call' | 'client';

export interface Answer {
  readonly kind: 'yes' | 'no' | 'not applicable';
  readonly reason: string;
  /** Words, a link, or the permalink of a file. */
  readonly evidence: string;
  readonly by: By;
  readonly at: Instant;
}

export interface Item {
  readonly id: string;
  readonly ask: string;
  readonly why: string;
  readonly evidence: Evidence;
  readonly answeredBy?: Answerer;
  /** The lesson that it came from. */
  readonly lesson?: string;
  /** The answers so far, the one that counts last. */
  readonly answers: readonly Answer[];
}

export type ItemTemplate = Omit<Item, 'answers' | 'id'>;

export interface Checklist {
  readonly items: readonly Item[];
}

export const checklistPart: Part<Checklist | undefined> = { name: 'checklist', empty: undefined };

export function itemsOf(release: Release): readonly Item[] {
  return partOf(release, checklistPart)?.items ?? [];
}

/** The answer that counts, if there is one. */
export function answerOf({ answers }: Item): Answer | undefined {
  return answers.at(-1);
}

/** Begins the checklist of an agreed release, with the items as they are now. Undefined when it has begun. */
export function begin(release: Release, templates: readonly ItemTemplate[]): Release | undefined {
  const before = partOf(release, checklistPart);
  if (release.status === 'preparing') return before === undefined ? withItems(release, templates) : undefined;
  mayMove(release, 'preparing', 'walking the checklist');
  if (release.status !== 'agreed')
    throw new Refusal('wrong-state', `${release.id} is ${release.status}; its date is agreed first.`);
  // A release that comes back here (its scope was changed) keeps the answers it has.
  const preparing: Release = { ...release, status: 'preparing' };
  return before === undefined ? withItems(preparing, templates) : preparing;
}

function withItems(release: Release, templates: readonly ItemTemplate[]): Release {
  const items = templates.map((template, at): Item => ({ ...template, id: String(at + 1), answers: [] }));
  return withPart(release, checklistPart, { items });
}

/** An answer on its way: who and when are known by the rules. */
export type AnswerRequest = Pick<Answer, 'kind' | 'reason' | 'evidence'>;

/** Answers an item; one's own answer can be changed until the release is frozen. */
export function answer(release: Release, id: string, request: AnswerRequest, by: By, now: Instant): Release {
  if (release.status !== 'preparing') {
    throw new Refusal(
      'outdated',
      `${release.id} is ${release.status}; its checklist can be answered only while it is being prepared.`,
    );
  }
  const item = itemsOf(release).find((one) => one.id === id);
  if (item === undefined) throw new Refusal('not-found', `${release.id} has no checklist item ${id}.`);
  const before = answerOf(item);
  if (before !== undefined && before.by.user !== by.user) {
    throw new Refusal(
      'already-decided',
      `${before.by.name} answered this already: ${before.kind}. Ask ${before.by.name} to change it.`,
    );
  }
  mustBeWhole(item, request);
  const answered: Item = { ...item, answers: [...item.answers, { ...request, by, at: now }] };
  const items = itemsOf(release).map((one) => (one.id === id ? answered : one));
  return withPart(release, checklistPart, { items });
}

function mustBeWhole({ evidence: wanted }: Item, { kind, reason, evidence }: AnswerRequest): void {
  if (kind !== 'yes' && reason === '')
    throw new Refusal('incomplete', 'Please say why; the next release will want to know.', {
      field: 'reason',
    });
  if (kind !== 'yes' || wanted === 'none') return;
  if (evidence === '')
    throw new Refusal('incomplete', `This item wants evidence: ${evidenceWords[wanted]}.`, {
      field: 'evidence',
    });
  if (wanted === 'link' && !/^https?:\/\/\S+$/iu.test(evidence)) {
    throw new Refusal('unreadable', 'That is not a link; it starts with https:// and has no spaces.', {
      field: 'evidence',
    });
  }
}

export const evidenceWords: Readonly<Record<Exclude<Evidence, 'none'>, string>> = {
  text: 'a few words on what was seen',
  link: 'a link',
  file: 'a file, or a link to one',
};

const answererWords: Readonly<Record<Answerer, string>> = {
  'release manager': 'a release manager',
  developer: 'a developer',
  'on-call': 'whoever is on call',
  client: 'the client',
};

/** Whom an item waits for, in words. */
export function waitsFor({ answeredBy }: Item): string {
  return answeredBy === undefined ? 'anybody of the team' : answererWords[answeredBy];
}

/** What the checklist leaves open: unanswered items, and the ones answered no. */
export function whatChecklistMisses(release: Release): Missing[] {
  const press = { label: 'Answer checklist', action: 'checklist.begin', value: release.id };
  if (partOf(release, checklistPart) === undefined) {
    return [{ what: 'the checklist has not been started', who: 'anybody of the team', press }];
  }
  return itemsOf(release).flatMap((item): Missing[] => {
    const given = answerOf(item);
    if (given === undefined) return [{ what: `checklist: ${item.ask}`, who: waitsFor(item), press }];
    if (given.kind !== 'no') return [];
    return [{ what: `checklist: ${item.ask} was answered no: ${given.reason}`, who: given.by.name, press }];
  });
}
