import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Job, Runner } from '../../../src/process/deployment/runners/runner.js';
import { scriptRunner } from '../../../src/process/deployment/runners/script.runner.js';
import { eventually, isThere } from '../../support/processes.js';

// The contract of runner.ts, on the runner that starts scripts on this machine.
let folder: string;
let runner: Runner;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-runner-'));
  runner = await scriptRunner(join(folder, 'attempts'), { gracePeriod: 300 });
});
afterEach(async () => {
  for (const key of started.splice(0)) await killed(key);
  await rm(folder, { recursive: true, force: true });
});

const started: string[] = [];

/** A script of these lines, as a job. */
async function aJob(lines: string, key = 'ACME-R1-1'): Promise<Job> {
  await writeFile(join(folder, 'run.sh'), `#!/bin/sh\n${lines}\n`);
  await chmod(join(folder, 'run.sh'), 0o755);
  started.push(key);
  return { key, command: ['./run.sh'], folder, variables: { PATH: process.env.PATH ?? '' } };
}

const written = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
const ended = (key = 'ACME-R1-1') =>
  eventually(`${key} has ended`, async () => {
    const evidence = await runner.lookUp(key);
    return evidence.is === 'ended' ? evidence.code : undefined;
  });
const wrapperOf = async (key = 'ACME-R1-1'): Promise<number> =>
  eventually('the wrapper has noted its process', async () => {
    const note = await written(`attempts/${key}/process`);
    return note === '' ? undefined : Number(note.split(' ')[0]);
  });

/** What is dead may be there until somebody has fetched its exit code. */
const gone = (number: number): Promise<true> =>
  eventually(`process ${number} is gone`, async () => (isThere(number) ? undefined : true));

/** Ends whatever is left of an attempt, as a test that failed may leave it. */
async function killed(key: string): Promise<void> {
  const [number = ''] = (await written(`attempts/${key}/process`)).split(' ');
  if (number === '' || !isThere(-Number(number))) return;
  process.kill(-Number(number), 'SIGKILL');
}

describe('a script', () => {
  test('is never started before it is', async () => {
    expect(await runner.lookUp('ACME-R1-1')).toEqual({ is: 'never started' });
    expect(await runner.output('ACME-R1-1', 0)).toEqual({ text: '', next: 0 });
  });

  test('runs to its end, and its code and output can be looked up by its key', async () => {
    expect(await runner.start(await aJob('echo one; echo two >&2; exit 3'))).toBe(true);

    expect(await ended()).toBe(3);
    expect(await runner.output('ACME-R1-1', 0)).toEqual({ text: 'one\ntwo\n', next: 8 });
    expect(await runner.output('ACME-R1-1', 4)).toEqual({ text: 'two\n', next: 8 });
    expect(await runner.output('ACME-R1-1', 8)).toEqual({ text: '', next: 8 });
  });

  test('is running in the meantime, and so says a runner that comes later', async () => {
    await runner.start(await aJob('mkfifo fifo; read line < fifo; exit 0'));
    await wrapperOf();
    const later = await scriptRunner(join(folder, 'attempts'));

    expect(later.host).toBe(runner.host);
    expect(await later.lookUp('ACME-R1-1')).toEqual({ is: 'running' });
    await eventually('the script waits', async () => ((await isFifo()) ? true : undefined));
    await writeFile(join(folder, 'fifo'), 'go\n');
    expect(await ended()).toBe(0);
    expect(await later.lookUp('ACME-R1-1')).toEqual({ is: 'ended', code: 0 });
  });

  test('starts once for a key, however often it is asked for', async () => {
    const job = await aJob('echo started >> starts.log');
    const answers = await Promise.all([1, 2, 3, 4].map(() => runner.start(job)));

    expect(answers.filter(Boolean)).toHaveLength(1);
    await ended();
    expect(await runner.start(job)).toBe(false);
    expect(await written('starts.log')).toBe('started\n');
  });

  test('starts once for a key when two processes want it at once', async () => {
    const job = await aJob('echo started >> starts.log');
    const answers = await Promise.all([startedElsewhere(job), startedElsewhere(job)]);

    expect(answers.map(({ answer }) => answer).toSorted()).toEqual([false, true]);
    expect(new Set(answers.map(({ host }) => host)).size).toBe(1);
    expect(await ended()).toBe(0);
    expect(await written('starts.log')).toBe('started\n');
  });

  test('outlives the process that started it, and is looked up by another', async () => {
    await startedElsewhere(await aJob('mkfifo fifo; read line < fifo; echo "$line"; exit 4'));

    expect(await runner.lookUp('ACME-R1-1')).toEqual({ is: 'running' });
    await eventually('the script waits', async () => ((await isFifo()) ? true : undefined));
    await writeFile(join(folder, 'fifo'), 'done\n');
    expect(await ended()).toBe(4);
    expect((await runner.output('ACME-R1-1', 0)).text).toBe('done\n');
  });

  test('sees of the environment what the job names and nothing else', async () => {
    process.env.SLACK_BOT_TOKEN = 'xoxb-secret';
    try {
      const job = await aJob('env > seen.txt');
      await runner.start({ ...job, variables: { ...job.variables, SLIPWAY_RELEASE: 'ACME-R1' } });
      await ended();
    } finally {
      delete process.env.SLACK_BOT_TOKEN;
    }

    const seen = await written('seen.txt');
    expect(seen).toContain('SLIPWAY_RELEASE=ACME-R1');
    expect(seen).not.toContain('secret');
    const names = seen.match(/^\w+(?==)/gmu) ?? [];
    expect(names.filter((name) => !['_', 'PWD', 'OLDPWD', 'SHLVL'].includes(name)).toSorted()).toEqual([
      'PATH',
      'SLIPWAY_RELEASE',
    ]);
  });

  test('gets its arguments as they are: no shell reads them', async () => {
    const job = await aJob('printf "%s|" "$@" > arguments.txt');
    await runner.start({ ...job, command: ['./run.sh', '$(touch hacked)', 'a b', "it's; exit 9"] });

    expect(await ended()).toBe(0);
    expect(await written('arguments.txt')).toBe("$(touch hacked)|a b|it's; exit 9|");
  });
});

describe('a script that cannot start', () => {
  test('for a missing program ends with 127 and says so', async () => {
    await runner.start({ ...(await aJob('')), command: ['./nowhere.sh'] });

    expect(await ended()).toBe(127);
    expect((await runner.output('ACME-R1-1', 0)).text).toContain('nowhere.sh');
  });

  test('for a missing folder ends with 127 and says so', async () => {
    await runner.start({ ...(await aJob('')), folder: join(folder, 'nowhere') });

    expect(await ended()).toBe(127);
    expect((await runner.output('ACME-R1-1', 0)).text).toContain('could not be started');
  });
});

describe('a stop', () => {
  test('ends the whole process group, and the code tells of it', async () => {
    await runner.start(await aJob('sleep 60 & echo $! > child.txt; wait'));
    const child = Number(
      await eventually('the child runs', async () => (await written('child.txt')) || undefined),
    );
    const wrapper = await wrapperOf();
    await runner.stop('ACME-R1-1');

    expect(await ended()).toBe(143);
    await gone(-wrapper);
    await gone(child);
  });

  test('lets a script tidy up and end with a code of its own', async () => {
    await runner.start(
      await aJob('trap "echo tidied; exit 5" TERM\ntouch ready\nwhile :; do sleep 0.05; done'),
    );
    await eventually('the script is ready', async () => (await isFile('ready')) || undefined);
    await runner.stop('ACME-R1-1');

    expect(await ended()).toBe(5);
    expect((await runner.output('ACME-R1-1', 0)).text).toContain('tidied');
  });

  test('kills what does not end when it is asked to', async () => {
    await runner.start(await aJob('trap "" TERM\ntouch ready\nwhile :; do sleep 0.05; done'));
    await eventually('the script is ready', async () => (await isFile('ready')) || undefined);
    const wrapper = await wrapperOf();
    await runner.stop('ACME-R1-1');

    expect(await ended()).toBe(137);
    await gone(-wrapper);
  });

  test('of what has ended, or was never started, changes nothing', async () => {
    await runner.start(await aJob('exit 0'));
    await ended();
    await runner.stop('ACME-R1-1');
    await runner.stop('ACME-R1-2');

    expect(await runner.lookUp('ACME-R1-1')).toEqual({ is: 'ended', code: 0 });
    expect(await runner.lookUp('ACME-R1-2')).toEqual({ is: 'never started' });
  });
});

describe('what nobody can tell', () => {
  test('a wrapper that was killed left no result: unknown', async () => {
    await runner.start(await aJob('touch ready; while :; do sleep 0.05; done'));
    await eventually('the script is ready', async () => (await isFile('ready')) || undefined);
    process.kill(await wrapperOf(), 'SIGKILL');

    const evidence = await eventually('it is seen', async () => {
      const found = await runner.lookUp('ACME-R1-1');
      return found.is === 'running' ? undefined : found;
    });
    expect(evidence).toEqual({ is: 'unknown', why: 'the process is gone and left no result' });
  });

  test('a process of the same number that started at another time is not taken for it', async () => {
    await runner.start(await aJob('touch ready; while :; do sleep 0.05; done'));
    const wrapper = await wrapperOf();
    const note = join(folder, 'attempts', 'ACME-R1-1', 'process');
    await writeFile(note, `${wrapper} Mon Mar  2 12:00:00 2020`);

    expect(await runner.lookUp('ACME-R1-1')).toMatchObject({ is: 'unknown' });
    await writeFile(note, String(wrapper));
  });

  test('an attempt that was about to start when its process died is unknown after a while, and is not started again', async () => {
    const job = await aJob('exit 0');
    await runner.start({ ...job, key: 'ACME-R9-1' });
    await ended('ACME-R9-1');
    const claimed = join(folder, 'attempts', 'ACME-R9-1');
    await rm(join(claimed, 'code'));
    await rm(join(claimed, 'process'));

    expect(await runner.lookUp('ACME-R9-1')).toEqual({ is: 'running' });
    await utimes(join(claimed, 'begun'), 1_000, 1_000);
    expect(await runner.lookUp('ACME-R9-1')).toMatchObject({ is: 'unknown' });
    expect(await runner.start({ ...job, key: 'ACME-R9-1' })).toBe(false);
  });
});

const isFile = async (name: string): Promise<boolean> =>
  readFile(join(folder, name)).then(
    () => true,
    () => false,
  );
const isFifo = (): Promise<boolean> =>
  stat(join(folder, 'fifo')).then(
    (found) => found.isFIFO(),
    () => false,
  );

/** Starts a job from a process of its own, which ends at once. */
async function startedElsewhere(job: Job): Promise<{ answer: boolean; host: string }> {
  const built = fileURLToPath(
    new URL('../../../dist/process/deployment/runners/script.runner.js', import.meta.url),
  );
  const program = `
    const { scriptRunner } = await import(${JSON.stringify(built)});
    const runner = await scriptRunner(${JSON.stringify(join(folder, 'attempts'))});
    const answer = await runner.start(${JSON.stringify(job)});
    console.log(JSON.stringify({ answer, host: runner.host }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout) as { answer: boolean; host: string };
}
