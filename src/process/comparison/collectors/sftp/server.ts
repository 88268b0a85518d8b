import { z } from 'zod';
import { secretReference } from '../databases/source.js';

/** A server that is reached over SSH, in slipway.yaml. */
export const sftpServer = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(22),
    user: z.string().min(1),
    /** The fingerprint of the server's key, as `ssh-keygen -lf` prints it: nobody else is believed to be the server. */
    hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/u, 'is not a fingerprint like SHA256:…'),
    password: secretReference.optional(),
    privateKey: secretReference.optional(),
    passphrase: secretReference.optional(),
  })
  .refine(({ password, privateKey }) => password !== undefined || privateKey !== undefined, {
    message: 'needs a password or a privateKey',
  });
export type SftpServer = z.output<typeof sftpServer>;
