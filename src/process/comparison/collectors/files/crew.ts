import { aThread, canHaveThreads, type Hand, thisThread } from './hands.js';
import type { Look, Looked } from './look.js';
import type { ByteName } from './names.js';
import { type Ask, type Waiting, waitingList } from './waiting.js';

/** Those who look at folders, several at once. */
export interface Crew {
  /** Begins to look for a source of an environment. */
  join(source: string): Lookout;
}

/** What a crew does for one source. */
export interface Lookout {
  /** `look` is called when its turn comes. */
  look(folder: ByteName, look: () => Look): Promise<Looked>;
  /** Ends what is still under way. The last one to leave sends the crew home. */
  leave(): Promise<void>;
}

/** Somebody who is hired, and the requests that are with them. */
interface Post {
  readonly hand: Hand;
  isReady: boolean;
  readonly requests: Set<readonly Ask[]>;
}

/** One that is being done, and one so that nobody waits. */
const requestsAtOnce = 2;
/** Mostly eight folders of each environment. */
const mostInARequest = 16;
/** One more thread has to start first, which takes a processor as long as reading so many bytes does. */
const worthAThread = 192 * 2 ** 20;
/** What a look at some hundred names is worth beside what it reads. */
const bytesALook = 256 * 2 ** 10;

const readingEnded = (source: string): Error => new Error(`${source}: reading was ended.`);

/** What looks bring in, in bytes, to tell how much there is still to do. */
function yields() {
  let [looks, bytes] = [0, 0];
  return {
    note: (looked: readonly Looked[]): void => {
      looks += looked.length;
      for (const { read } of looked) bytes += read + bytesALook;
    },
    expectedOf: (waiting: number): number => (looks === 0 ? 0 : (bytes / looks) * waiting),
  };
}

function freest(posts: ReadonlySet<Post>): Post | undefined {
  return [...posts]
    .filter(({ isReady, requests }) => isReady && requests.size < requestsAtOnce)
    .sort((one, other) => one.requests.size - other.requests.size)[0];
}

/** A fair share of what waits, so that one of so many does not carry what several could. */
function takeShare(waiting: Waiting, of: number): (readonly Ask[])[] {
  const share = Math.min(Math.ceil(waiting.size() / (of * requestsAtOnce)), mostInARequest);
  const taken: (readonly Ask[])[] = [];
  while (taken.flat().length < share) taken.push(waiting.take());
  return taken;
}

/**
 * A crew of up to so many threads, hired as there is something to do: one for each source, and more while there is much. Where
 * there can be none, or none are wanted, this thread does it. Looks of both environments at the same folder are done together.
 */
export function crewOf(threads: number): Crew {
  const hire = threads > 0 && canHaveThreads() ? aThread : thisThread;
  const most = Math.max(threads, 1);
  const [waiting, yielded] = [waitingList(), yields()];
  const members = new Set<object>();
  const posts = new Set<Post>();
  let isBooked = false;

  /** After whoever has just got an answer had their turn to ask again. */
  const schedule = (): void => {
    if (!isBooked) setImmediate(give);
    isBooked = true;
  };
  const add = (): void => {
    const post: Post = { hand: hire(), isReady: false, requests: new Set() };
    posts.add(post);
    void post.hand.ready.then(() => {
      post.isReady = true;
      schedule();
    });
  };
  const isShort = (): boolean =>
    waiting.size() > posts.size &&
    posts.size < most &&
    (posts.size < members.size || yielded.expectedOf(waiting.size()) > worthAThread);
  const carry = async (post: Post, groups: readonly (readonly Ask[])[]): Promise<void> => {
    const asks = groups.flat();
    post.requests.add(asks);
    try {
      const answers = await post.hand.ask(groups.map((group) => group.map(({ look }) => look())));
      const looked = answers.flat();
      yielded.note(looked);
      for (const [at, { done }] of asks.entries()) {
        const answer = looked[at];
        if (answer !== undefined) done(answer);
      }
    } catch (cause) {
      const endedByItself = posts.delete(post);
      if (endedByItself) void post.hand.end();
      for (const ask of asks) {
        const ended = new Error(`${ask.source}: a thread that was reading files has ended.`, { cause });
        if (endedByItself || !members.has(ask.of)) ask.failed(ended);
        else waiting.add(ask);
      }
    } finally {
      post.requests.delete(asks);
      schedule();
    }
  };
  function give(): void {
    isBooked = false;
    while (isShort()) add();
    for (let post = freest(posts); post !== undefined && waiting.size() > 0; post = freest(posts)) {
      void carry(post, takeShare(waiting, most));
    }
  }

  return {
    join: (source) => {
      const of = {};
      members.add(of);
      return {
        look: (folder, look) =>
          new Promise((done, failed) => {
            if (!members.has(of)) return failed(readingEnded(source));
            waiting.add({ of, source, folder, look, done, failed });
            schedule();
          }),
        leave: async () => {
          members.delete(of);
          for (const { failed } of waiting.withdraw(of)) failed(readingEnded(source));
          // A thread that reads a large file does not listen; ending it is the only way to stop it at once.
          const ended = [...posts].filter(
            ({ requests }) => members.size === 0 || [...requests].flat().some((ask) => ask.of === of),
          );
          for (const post of ended) posts.delete(post);
          await Promise.all(ended.map(({ hand }) => hand.end()));
        },
      };
    },
  };
}
