import { expect, test } from '@jest/globals';
import { createCatalog } from '../../../src/sandbox/mongo/catalog.js';
import { deleteExpired } from '../../../src/sandbox/mongo/ttl.js';

const noon = Date.UTC(2026, 2, 1, 12);
const ago = (seconds: number): Date => new Date(noon - seconds * 1000);

test('a TTL index removes documents whose date is old enough, by any date of an array, and no others', () => {
  const removed: unknown[] = [];
  const catalog = createCatalog((change) => change.kind === 'remove' && removed.push(change.id));
  catalog.addIndex('slipway', 'prompts', { v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 });
  const prompts = catalog.ensure('slipway', 'prompts');
  const ats = {
    old: ago(61),
    young: ago(59),
    'just now': ago(60),
    text: 'yesterday',
    missing: undefined,
    both: [ago(0), ago(99)],
  };
  for (const [_id, at] of Object.entries(ats)) prompts.insert({ _id, at });

  deleteExpired(catalog, noon);

  expect([...prompts.records()].map(([, { _id }]) => _id)).toEqual(['young', 'text', 'missing']);
  expect(removed.toSorted()).toEqual(['both', 'just now', 'old']);
});
