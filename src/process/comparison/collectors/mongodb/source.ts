import { z } from 'zod';
import { connectionFields, reachable, referenceFields } from '../databases/source.js';

/** A MongoDB database in slipway.yaml. */
export const mongodbSource = z
  .strictObject({
    url: connectionFields.url,
    host: connectionFields.host,
    database: connectionFields.database,
    user: connectionFields.user,
    password: connectionFields.password,
    timeLimit: connectionFields.timeLimit,
    /** How many documents of each collection tell which fields it has; none are read when absent. */
    sample: z.int().min(1).max(10_000).optional(),
    /** Collections whose documents are part of what is released. */
    reference: z.array(z.strictObject({ collection: z.string().min(1), ...referenceFields })).default([]),
  })
  .refine(...reachable);
export type MongodbSource = z.infer<typeof mongodbSource>;
