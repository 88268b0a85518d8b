import { Readable } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';

/** What a command of the far side gave: its output as bytes, what it complained of, and how it ended. */
export interface Ran {
  readonly output: Buffer;
  readonly complaints: string;
  /** Undefined when the connection was lost or the command killed. */
  readonly code: number | undefined;
}

function follow(channel: ClientChannel, input: Iterable<Buffer>, done: (ran: Ran) => void): void {
  const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
  let code: number | undefined;
  const source = Readable.from(input);
  // Writing to a command that has ended is an error that nobody else hears; how it ended is told by its code.
  for (const stream of [channel, channel.stderr]) stream.on('error', () => undefined);
  channel.on('data', (part: Buffer) => output.push(part));
  channel.stderr.on('data', (part: Buffer) => complaints.push(part));
  channel.on('exit', (given: number | null) => {
    code = given ?? undefined;
  });
  channel.on('close', () => {
    source.destroy();
    const words = Buffer.concat(complaints).toString('utf8');
    done({ output: Buffer.concat(output), complaints: words, code });
  });
  source.pipe(channel);
}

/** Runs a command that reads `input`; rejects where no commands are allowed. It may end before it has read all of it. */
export function runCommand(client: Client, command: string, input: Iterable<Buffer>): Promise<Ran> {
  return new Promise((done, failed) => {
    // Listened to at once: a short command's answer and its end may have come in the same packet.
    client.exec(command, (error, channel) => (error ? failed(error) : follow(channel, input, done)));
  });
}
