import { expect, test } from '@jest/globals';
import type { Listed } from '../../../src/process/comparison/comparison.js';
import { suggestIncident } from '../../../src/process/comparison/suggest.js';
import { register } from '../../../src/process/register/incident.js';

const by = { team: 'T1', user: 'U1', name: 'Kim' };
const now = '2026-03-02T01:00:00.000Z';
const incident = (id: string, title: string, requirements: readonly string[] = []) =>
  register(
    id,
    'acme',
    { title, description: '', impact: '', priority: 'normal', requirements, askedBy: 'Ana' },
    by,
    now,
  );
const difference = (kind: string, path: string): Listed => ({
  id: 'x',
  digest: '1',
  what: 'changed',
  kind,
  path,
  brief: '',
  weight: 'notable',
  reason: '',
});

const invoice = incident('ACME-1', 'The invoice total is wrong', ['Totals include discounts']);
const vat = incident('ACME-2', 'Exports carry the VAT rate');

test('an incident whose recorded component is in the path is suggested', () => {
  const withComponent = { ...vat, components: [{ name: 'billing.dll', change: '', by, at: now }] };
  expect(suggestIncident(difference('file', 'bin/Billing.dll'), [invoice, withComponent])).toBe('ACME-2');
});

test('else the one whose words fit the path best', () => {
  expect(suggestIncident(difference('column', 'public.invoices.discount'), [invoice, vat])).toBe('ACME-1');
  expect(suggestIncident(difference('column', 'public.exportRows.vat_rate'), [invoice, vat])).toBe('ACME-2');
});

test('nothing is suggested where nothing fits, or two fit equally', () => {
  expect(suggestIncident(difference('file', 'robots.txt'), [invoice, vat])).toBeUndefined();
  expect(suggestIncident(difference('column', 'invoice.vat'), [invoice, vat])).toBeUndefined();
});
