import ms from 'ms';
import { z } from 'zod';

const variable = z.string().regex(/^[A-Za-z_]\w*$/u, 'is not the name of an environment variable');

const named = `is a secret: name the environment variable that holds it, as { env: NAME } or "\${NAME}"`;

/** A secret by the name of the environment variable that holds it: `{ env: NAME }` or `"${NAME}"`. */
export const secretReference = z.union(
  [z.strictObject({ env: variable }), z.string().regex(/^\$\{[A-Za-z_]\w*\}$/u, named)],
  named,
);
export type SecretReference = z.infer<typeof secretReference>;

/** An address whose secrets are named and never written: `postgresql://slipway:${PASSWORD}@db/acme`, or all of it as `{ env: NAME }`. */
export const addressReference = z
  .union([z.strictObject({ env: variable }), z.string().min(1)])
  .refine(
    (address) => typeof address !== 'string' || !/:\/\/[^/?#]*:(?!\$\{\w+\}@)[^/?#@]*@/u.test(address),
    `holds a password: write \${NAME} in its place and set that environment variable`,
  );
export type AddressReference = z.infer<typeof addressReference>;

/** How a database server is reached: by an address, or by its parts. */
export const connectionFields = {
  url: addressReference.optional(),
  host: z.string().min(1).optional(),
  port: z.int().min(1).max(65_535).optional(),
  database: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  password: secretReference.optional(),
  /** `verified` unless the server is on this machine: its certificate must be good. `unverified` encrypts only. */
  tls: z.enum(['off', 'unverified', 'verified']).optional(),
  /** How long one statement may take on the server. */
  timeLimit: z
    .string()
    .regex(/^\d+(\.\d+)? ?(s|m|min|minutes?|seconds?)$/u, 'is not a length of time like "60s" or "2 minutes"')
    .transform((text): number => ms(text as ms.StringValue) as number)
    .default(60_000),
};

/** Refuses a source that says neither address nor host. */
export const reachable = [
  ({ url, host }: { url?: unknown; host?: unknown }): boolean => (url === undefined) !== (host === undefined),
  'needs either `url` or `host`',
] as const;

const names = z.array(z.string().min(1));

/** Rows that are part of what is released: compared one by one on their key. */
export const referenceFields = {
  /** The columns that tell rows apart; the primary key when absent. */
  key: names.min(1).optional(),
  /** Columns that are not looked at. */
  leaveOut: names.default([]),
  /** Columns that may differ but must not be read: kept as hashes. */
  mask: names.default([]),
  /** With more rows than this the table is no reference data, and the comparison is blind there. */
  most: z.int().min(1).max(1_000_000).default(50_000),
};
