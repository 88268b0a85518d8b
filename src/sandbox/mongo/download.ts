import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DryMongoBinary } from 'mongodb-memory-server';

const reachableWithin = 2_000;
const downloadedWithin = 90_000;
const defaultMirror = 'https://fastdl.mongodb.org';

/**
 * The mongod that mongodb-memory-server has cached, or else can download. Gives up within two seconds where the download host
 * cannot be reached; where it can, the download runs in a process of its own that is ended when it takes too long.
 */
export async function findDownload(log: (line: string) => void): Promise<string | undefined> {
  const cached = await DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions()).catch(() => undefined);
  if (cached !== undefined) return cached;
  if (/^(0|false|no)$/i.test(process.env.MONGOMS_RUNTIME_DOWNLOAD ?? '') || !(await hostAnswers()))
    return undefined;
  log('Downloading MongoDB once (mongodb-memory-server) …');
  const program =
    "import('mongodb-memory-server').then(async (m) => console.log(await m.MongoBinary.getPath()))";
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      timeout: downloadedWithin,
      killSignal: 'SIGKILL',
      cwd: import.meta.dirname,
    });
    return stdout.trim().split('\n').at(-1) || undefined;
  } catch (error) {
    log(
      `MongoDB could not be downloaded: ${error instanceof Error ? error.message.split('\n', 1).join() : String(error)}`,
    );
    return undefined;
  }
}

async function hostAnswers(): Promise<boolean> {
  const mirror = process.env.MONGOMS_DOWNLOAD_MIRROR ?? defaultMirror;
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(reachableWithin) });
    return true;
  } catch {
    return false;
  }
}
