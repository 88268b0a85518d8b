import { z } from 'zod';
import { sftpServer } from '../sftp/server.js';

/** A folder whose files are compared, in slipway.yaml. */
export const filesSource = z.strictObject({
  folder: z.string().min(1),
  /** Where the folder is; this machine when absent. */
  sftp: sftpServer.optional(),
  /** Left out: `*.log` and `node_modules` at any depth; with a slash, such as `cache/*`, from the folder. */
  ignore: z.array(z.string().min(1)).default([]),
  /** Whether libraries (dll, exe, jar) are asked which version they are. */
  versions: z.boolean().default(true),
});
export type FilesSource = z.output<typeof filesSource>;
