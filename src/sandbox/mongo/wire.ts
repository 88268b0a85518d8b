import { type Doc, decode, encode } from './values.js';

/** One message of a client: the command, and how to answer it. */
export interface Message {
  readonly id: number;
  readonly command: Doc;
  /** False when the client asked for no answer (`moreToCome`). */
  readonly wantsAnswer: boolean;
  readonly legacy: boolean;
}

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerLength = 16;
const mostBytes = 48_000_000;

/** A malformed message; the connection cannot go on after it. */
class WireError extends Error {}

/** Collects what arrives on a connection and hands over whole messages. */
export function createReader(): (chunk: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    const whole: Buffer[] = [];
    while (size >= 4) {
      const length = lengthOf(chunks);
      if (length < headerLength || length > mostBytes) throw new WireError(`a message of ${length} bytes`);
      if (size < length) break;
      const [first] = chunks;
      const joined = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
      whole.push(joined.subarray(0, length));
      chunks = [joined.subarray(length)];
      size -= length;
    }
    return whole;
  };
}

/** The length a message begins with, without joining all of a large one each time a piece of it comes. */
const lengthOf = ([first = Buffer.alloc(0), ...others]: readonly Buffer[]): number =>
  (first.length >= 4 ? first : Buffer.concat([first, ...others])).readInt32LE(0);

export function readMessage(bytes: Buffer): Message {
  const [id, code] = [bytes.readInt32LE(4), bytes.readInt32LE(12)];
  if (code === opMsg) return readMsg(bytes, id);
  if (code === opQuery) return readQuery(bytes, id);
  throw new WireError(`an unknown message of kind ${code}`);
}

/** OP_MSG: one section of kind 0 with the command, and lists of documents in sections of kind 1. */
function readMsg(bytes: Buffer, id: number): Message {
  const flags = bytes.readUInt32LE(headerLength);
  const end = (flags & 1) === 1 ? bytes.length - 4 : bytes.length;
  let command: Doc = {};
  const lists: Doc = {};
  for (let at = headerLength + 4; at < end; ) {
    const kind = bytes[at];
    const length = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + length);
    if (kind === 0) command = decode(section);
    else if (kind === 1) Object.assign(lists, readList(section));
    else throw new WireError(`a section of kind ${kind}`);
    at += 1 + length;
  }
  return { id, command: { ...command, ...lists }, wantsAnswer: (flags & 2) === 0, legacy: false };
}

function readList(section: Buffer): Doc {
  const nameEnd = section.indexOf(0, 4);
  const documents: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const length = section.readInt32LE(at);
    documents.push(decode(section.subarray(at, at + length)));
    at += length;
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

/** OP_QUERY is left only for the first `isMaster` of a connection. */
function readQuery(bytes: Buffer, id: number): Message {
  const nameEnd = bytes.indexOf(0, headerLength + 4);
  return { id, command: decode(bytes.subarray(nameEnd + 9)), wantsAnswer: true, legacy: true };
}

export function writeAnswer({ id, legacy }: Message, answer: Doc, answerId: number): Buffer {
  const document = encode(answer);
  const prefix = Buffer.alloc(legacy ? headerLength + 20 : headerLength + 5);
  prefix.writeInt32LE(prefix.length + document.length, 0);
  prefix.writeInt32LE(answerId, 4);
  prefix.writeInt32LE(id, 8);
  prefix.writeInt32LE(legacy ? opReply : opMsg, 12);
  if (legacy) {
    prefix.writeInt32LE(8, headerLength);
    prefix.writeInt32LE(1, headerLength + 16);
  }
  return Buffer.concat([prefix, document]);
}
