import {
  comparisonOf,
  type Found,
  type Listed,
  recordComparison,
  wantComparison,
} from '../../../src/process/comparison/comparison.js';
import type { Release } from '../../../src/process/release/release.js';

export const bo = { team: 'T1', user: 'U1', name: 'Bo' };
export const now = '2026-03-02T01:00:00.000Z';
export const later = '2026-03-02T01:10:00.000Z';

export const release: Release = {
  id: 'ACME-R1',
  client: 'acme',
  status: 'draft',
  createdBy: bo,
  createdAt: now,
  scope: ['ACME-1', 'ACME-2'],
  notice: '',
  parts: {},
};
export const frozen: Release = {
  ...release,
  status: 'frozen',
  date: {
    wall: { local: '2026-03-03T18:00', zone: 'UTC' },
    instant: now,
    proposal: 1,
    by: bo,
    at: now,
    covers: '',
  },
  frozen: { environment: 'acme/staging', by: bo, since: now },
};
export const ref = (id: string) => ({ id, fingerprint: `of ${id}`, takenAt: now });
export const column: Listed = {
  id: 'a',
  digest: '1',
  what: 'added',
  kind: 'column',
  path: 'public.invoice.discount',
  brief: 'numeric(12,2)',
  weight: 'notable',
  reason: 'new',
};
export const file: Listed = {
  id: 'b',
  digest: '1',
  what: 'changed',
  kind: 'file',
  path: 'bin/billing.dll',
  brief: '',
  weight: 'notable',
  reason: 'content',
};
export const found = (...differences: Listed[]): Found => ({
  staging: ref('s'),
  production: ref('p'),
  differences,
  expected: 0,
});
export const compared = (from: Release, result: Found): Release => {
  const wanted = wantComparison(from, bo, now);
  return recordComparison(wanted, comparisonOf(wanted).run?.number ?? 0, result) ?? wanted;
};
