import { z } from 'zod';
import { connectionFields, reachable, referenceFields } from '../databases/source.js';

/** A MariaDB or MySQL database in slipway.yaml. */
export const mariadbSource = z
  .strictObject({
    ...connectionFields,
    /** Tables whose rows are part of what is released. */
    reference: z.array(z.strictObject({ table: z.string().min(1), ...referenceFields })).default([]),
  })
  .refine(...reachable);
export type MariadbSource = z.infer<typeof mariadbSource>;
