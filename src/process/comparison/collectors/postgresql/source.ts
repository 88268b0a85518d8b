import { z } from 'zod';
import { connectionFields, reachable, referenceFields } from '../databases/source.js';

// A table by its schema and name.
const qualified = z.union([
  z.tuple([z.string().min(1), z.string().min(1)]),
  z
    .string()
    .regex(/^[^.]+\.[^.]+$/u, 'is not schema.table; write [schema, table] where a name has a dot')
    .transform((text): [string, string] => {
      const [schema = '', table = ''] = text.split('.');
      return [schema, table];
    }),
]);

/** A PostgreSQL database in slipway.yaml. */
export const postgresqlSource = z
  .strictObject({
    ...connectionFields,
    /** Only these schemas; all that are not the server's own when absent. */
    schemas: z.array(z.string().min(1)).min(1).optional(),
    /** Tables whose rows are part of what is released: `public.vat_rate`, or `[schema, table]`. */
    reference: z.array(z.strictObject({ table: qualified, ...referenceFields })).default([]),
  })
  .refine(...reachable);
export type PostgresqlSource = z.infer<typeof postgresqlSource>;
