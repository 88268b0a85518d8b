import { spawn } from 'node:child_process';

/** Whether that very process lives, as a note of its number and start tells (`ps -o lstart=` in UTC): the same number, started at the same time. */
export async function isAlive(note: string): Promise<boolean> {
  const [number = '', ...started] = note.split(' ');
  const began = started.join(' ').trim();
  if (!signal(Number(number), 0)) return false;
  if (began === '') return true; // there was no ps to ask
  const said = await asked('-o', 'stat=', '-o', 'lstart=', '-p', number);
  if (said === undefined) return true;
  const [state = '', ...since] = said.trim().split(/\s+/u);
  if (isDead(state)) return false;
  // ps computes the start from the time since boot; a clock that was set a little moves it by a second.
  return Math.abs(Date.parse(`${since.join(' ')} UTC`) - Date.parse(`${began} UTC`)) <= 2_000;
}

/** Whether anything of a process group, given by its negative number, lives. */
export async function isGroupAlive(group: number): Promise<boolean> {
  if (!signal(group, 0)) return false;
  const said = await asked('-A', '-o', 'pgid=', '-o', 'stat=');
  if (said === undefined) return true;
  const members = said.split('\n').map((line) => line.trim().split(/\s+/u));
  return members.some(([leader, state = '']) => Number(leader) === -group && !isDead(state));
}

/** Gone, or dead without anybody having fetched its exit code: such a one still takes signals. */
const isDead = (state: string): boolean => state === '' || state.startsWith('Z');

/** What ps says, in UTC; undefined when it did not run. */
async function asked(...what: readonly string[]): Promise<string | undefined> {
  return new Promise((tell) => {
    const child = spawn('ps', [...what], {
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
    });
    child.once('error', () => tell(undefined));
    child.once('close', () => tell(text));
  });
}

/** Sends a signal to a process, or to a group by its negative number; 0 only asks. False when nobody is there. */
export function signal(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
}
