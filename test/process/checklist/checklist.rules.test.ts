import { describe, expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import {
  answer,
  answerOf,
  begin,
  itemsOf,
  waitsFor,
  whatChecklistMisses,
} from '../../../src/process/checklist/checklist.js';
import { propose } from '../../../src/process/negotiation/negotiation.js';
import { changeScope, type Release } from '../../../src/process/release/release.js';
import { aRelease, bo, hour, kim, start, templates, wallIn } from '../given.js';
import { frozen, refused } from '../refused.js';

const preparing = aRelease('preparing');
const yes = { kind: 'yes', reason: '', evidence: 'seen' } as const;
const no = { kind: 'no', reason: 'No backup since Sunday', evidence: '' } as const;

describe('beginning a checklist', () => {
  test('of an agreed release takes the items as they are now', () => {
    const begun = begin(aRelease('agreed'), templates);
    expect(begun?.status).toBe('preparing');
    expect(begun && itemsOf(begun).map(({ id, ask }) => `${id} ${ask}`)).toEqual([
      '1 Is the backup fresh?',
      '2 Who watches production?',
    ]);
  });

  test('again changes nothing', () => {
    expect(begin(preparing, [])).toBeUndefined();
  });

  test.each(['draft', 'negotiating', 'frozen', 'deploying', 'live', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(refused(() => begin(aRelease(status), templates)).message).toContain(`ACME-R1 is ${status}`);
    },
  );

  test('after the date was agreed anew keeps the answers that are there', () => {
    const answered = answer(preparing, '1', yes, kim, start);
    const moved = propose(
      answered,
      { wall: wallIn(30 * hour), side: 'us', by: bo, words: '', answerBy: later(start, hour) },
      start,
    );
    expect(itemsOf(moved)[0]?.answers.at(-1)).toMatchObject({ kind: 'yes', by: kim });
    expect(itemsOf(changeScope(answered, ['ACME-1']))).toEqual(itemsOf(answered));
  });
});

describe('answering an item', () => {
  test('keeps who, when and the earlier answers; the last one counts', () => {
    const twice = answer(answer(preparing, '1', no, kim, start), '1', yes, kim, later(start, hour));
    const [item] = itemsOf(twice);
    expect(item?.answers.map(({ kind }) => kind)).toEqual(['no', 'yes']);
    expect(item && answerOf(item)).toMatchObject({ kind: 'yes', by: kim, at: later(start, hour) });
  });

  test('that somebody else answered is refused, and names whom to ask', () => {
    const answered = answer(preparing, '1', no, kim, start);
    expect(refused(() => answer(answered, '1', yes, bo, start))).toMatchObject({
      code: 'already-decided',
      message: expect.stringContaining('Ask Kim to change it'),
    });
  });

  test.each(['no', 'not applicable'] as const)('with %s wants a reason', (kind) => {
    expect(
      refused(() => answer(preparing, '1', { kind, reason: '', evidence: '' }, kim, start)),
    ).toMatchObject({ code: 'incomplete', field: 'reason' });
  });

  test('with yes wants the evidence that the item asks for', () => {
    expect(refused(() => answer(preparing, '2', { ...yes, evidence: '' }, kim, start))).toMatchObject({
      code: 'incomplete',
      field: 'evidence',
    });
    expect(() => answer(preparing, '1', { ...yes, evidence: '' }, kim, start)).not.toThrow();
    expect(() => answer(preparing, '2', no, kim, start)).not.toThrow();
  });

  test.each(['seen', 'ftp://x', 'https://two words', 'javascript:alert(1)'])(
    'takes no "%s" for a link',
    (evidence) => {
      const linked =
        begin(aRelease('agreed'), [{ ask: 'Where is the test?', why: '', evidence: 'link' }]) ?? preparing;
      expect(refused(() => answer(frozen(linked), '1', { ...yes, evidence }, kim, start))).toMatchObject({
        code: 'unreadable',
        field: 'evidence',
      });
      expect(() =>
        answer(linked, '1', { ...yes, evidence: 'https://tests.example/7' }, kim, start),
      ).not.toThrow();
    },
  );

  test('that is not there is refused', () => {
    expect(refused(() => answer(preparing, '9', yes, kim, start)).code).toBe('not-found');
  });

  test.each(['agreed', 'frozen', 'deploying', 'live', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(refused(() => answer(aRelease(status), '1', yes, kim, start)).code).toBe('outdated');
    },
  );
});

describe('what a checklist leaves open', () => {
  const misses = (release: Release): string[] => whatChecklistMisses(release).map(({ what }) => what);

  test('is all of it before it began', () => {
    expect(misses(aRelease('agreed'))).toEqual(['the checklist has not been started']);
  });

  test('are unanswered items, with whom they wait for, and the ones answered no', () => {
    expect(misses(preparing)).toEqual([
      'checklist: Is the backup fresh?',
      'checklist: Who watches production?',
    ]);
    expect(whatChecklistMisses(preparing).map(({ who }) => who)).toEqual([
      'anybody of the team',
      'whoever is on call',
    ]);
    const refusedOnce = answer(preparing, '1', no, kim, start);
    expect(misses(refusedOnce)[0]).toBe(
      'checklist: Is the backup fresh? was answered no: No backup since Sunday',
    );
  });

  test('is nothing when every item is answered yes or not applicable', () => {
    const one = answer(preparing, '1', yes, kim, start);
    expect(
      misses(answer(one, '2', { kind: 'not applicable', reason: 'Nobody must', evidence: '' }, kim, start)),
    ).toEqual([]);
  });

  test('every way to it is a button that begins the checklist', () => {
    for (const { press } of whatChecklistMisses(preparing))
      expect(press).toMatchObject({ action: 'checklist.begin', value: 'ACME-R1' });
  });
});

test('an item says in words whom it waits for', () => {
  const [item] = itemsOf(preparing);
  const whom = (['release manager', 'developer', 'on-call', 'client'] as const).map(
    (answeredBy) => item && waitsFor({ ...item, answeredBy }),
  );
  expect(whom).toEqual(['a release manager', 'a developer', 'whoever is on call', 'the client']);
});
