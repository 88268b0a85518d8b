import type { Sandbox } from '../sandbox.js';
import { agreeing } from './walk.agreeing.js';
import type { Thread } from './walk.cast.js';
import { failing, succeeding } from './walk.endings.js';
import { preparing } from './walk.preparing.js';

interface Telling {
  readonly failVerification: boolean;
  readonly say: (line: string) => void;
}

/** How long a page is shown before the next, in milliseconds: a person is watching. */
const breath = 350;

/** Plays one release from request to handover, with the people of the sandbox. Says each step; gives whether all held. */
export async function walk(sandbox: Sandbox, telling: Telling): Promise<boolean> {
  const began = Date.now();
  const thread: Thread = { incident: '', release: '' };
  const end = telling.failVerification ? failing : succeeding;
  const pages = [...agreeing(sandbox, thread), ...preparing(sandbox, thread), ...end(sandbox, thread)];
  for (const [at, page] of pages.entries()) {
    try {
      await page.happens();
      telling.say(`  ${String(at + 1).padStart(2)}. ${page.tells}`);
    } catch (error) {
      telling.say(
        `  ${String(at + 1).padStart(2)}. did not hold: ${page.tells}\n      ${error instanceof Error ? error.message : error}`,
      );
      return false;
    }
    await new Promise((wake) => setTimeout(wake, breath));
  }
  telling.say(`\n  Every step held, in ${Math.round((Date.now() - began) / 1000)} s.`);
  return true;
}
