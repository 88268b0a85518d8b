import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the bot sends to MongoDB, as far as a test wants to recognise it. */
export interface Write {
  readonly command: 'insert' | 'update';
  readonly collection: string;
  /** A text that stands in it as a whole value. */
  readonly value?: string;
}

/** A line to MongoDB on which a test can catch one write at the very moment it passes. */
export interface Wiretap {
  /** The same database through the tap. */
  readonly uri: string;
  /**
   * Catches the next such write: "before" it reaches MongoDB, which then never gets it, or "after" it took effect, when
   * its answer is about to reach the bot and never does. `act` is called once.
   */
  catchNext(write: Write, when: 'before' | 'after', act: () => void): void;
  close(): Promise<void>;
}

interface Catch {
  readonly marks: readonly Buffer[];
  readonly when: 'before' | 'after';
  readonly act: () => void;
}

/** Puts a tap on the line to this MongoDB, on loopback. */
export async function aWiretap(uri: string): Promise<Wiretap> {
  const address = new URL(uri);
  let wanted: Catch | undefined;
  const lines = new Set<Socket>();

  const server = createServer((bot) => {
    const mongo = connect(Number(address.port), address.hostname);
    let caught: Catch | undefined;
    bot.on('data', (sent: Buffer) => {
      if (caught !== undefined) return;
      if (wanted?.marks.every((mark) => sent.includes(mark))) {
        caught = wanted;
        wanted = undefined;
        if (caught.when === 'before') return caught.act();
      }
      mongo.write(sent);
    });
    mongo.on('data', (answer: Buffer) => {
      if (caught === undefined) bot.write(answer);
      else if (caught.when === 'after') caught.act();
    });
    for (const [one, other] of [
      [bot, mongo],
      [mongo, bot],
    ] as const) {
      lines.add(one);
      one.on('error', () => undefined); // a killed bot leaves its lines without a word
      one.on('close', () => {
        lines.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tapped = new URL(uri);
  tapped.port = String((server.address() as AddressInfo).port);

  return {
    uri: tapped.href,
    catchNext: (write, when, act) => {
      wanted = { marks: marksOf(write), when, act };
    },
    close: async () => {
      for (const line of lines) line.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How BSON writes it: a text is its length in four bytes, its letters and a zero. https://bsonspec.org/spec.html */
function marksOf({ command, collection, value }: Write): Buffer[] {
  const named = Buffer.concat([Buffer.from(`\u0002${command}\0`), text(collection)]);
  return value === undefined ? [named] : [named, text(value)];
}

function text(words: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(words.length + 1);
  return Buffer.concat([length, Buffer.from(`${words}\0`)]);
}
