import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './sandbox.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds anew at each change of the code and starts the bot anew, while the workspace stays; the page asks for a reload itself. */
export function developing(sandbox: Sandbox): void {
  let waiting: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const again = (): void => {
    clearTimeout(waiting);
    // An editor saves in several writes; one build is enough.
    waiting = setTimeout(() => {
      working = working.then(() => rebuild(sandbox));
    }, 200);
  };
  watch(`${root}src`, { recursive: true }, again);
  console.log('  Watching src: the bot starts anew at each change.\n');
}

async function rebuild(sandbox: Sandbox): Promise<void> {
  const began = Date.now();
  const code = await new Promise<number>((done) => {
    const build = spawn(process.execPath, [`${root}scripts/run.mjs`, 'build'], { stdio: 'inherit' });
    build.once('exit', (status) => done(status ?? 1));
  });
  if (code !== 0) return console.log('  The build failed; the bot runs on as it was.');
  await sandbox
    .restartBot()
    .catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  return console.log(`  The bot runs with the change after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}
