import { z } from 'zod';
import { sftpServer } from '../sftp/server.js';
import { formats } from './formats.js';

/** Files whose values are compared key by key, in slipway.yaml. */
export const parametersSource = z.strictObject({
  folder: z.string().min(1),
  /** Where the folder is; this machine when absent. */
  sftp: sftpServer.optional(),
  /** Paths from the folder, with `*` and `**`: `.env`, `config/*.json`. */
  files: z.array(z.string().min(1)).min(1),
  /** What files hold whose names do not tell: `{ 'settings.conf': ini }`. */
  formats: z.record(z.string(), z.enum(formats)).default({}),
});
export type ParametersSource = z.output<typeof parametersSource>;
