import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { NewsDesk } from '../happenings.js';
import { type Json, textOf } from '../json.js';
import type { Ack, DeliveryKind } from './ack.js';
import { bodyOf, type Envelope, envelope, hello, parsed } from './envelopes.js';

/** Socket Mode. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Sockets {
  /** A path that opens one connection, once; undefined when ten are open already. */
  ticket(): string | undefined;
  /** Takes an HTTP upgrade; false when its address is not one of ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  send(
    kind: DeliveryKind,
    payload: Json,
    within: number,
    retry?: { num: number; reason: string },
  ): Promise<Ack>;
  count(): number;
  /** Asks every client to connect anew, as Slack does every few hours. */
  refresh(): void;
  /** Breaks every connection without a word. */
  breakOff(): void;
  /** Says goodbye to every client; whoever does not answer soon is cut off. */
  close(): Promise<void>;
}

const pingEvery = 5000;

export function noSockets(appId: string, desk: NewsDesk): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting: Waiting = new Map();
  const ping = setInterval(() => open.forEach((socket) => void socket.ping()), pingEvery).unref();

  const gone = (socket: WebSocket) => {
    const at = open.indexOf(socket);
    if (at >= 0) open.splice(at, 1);
    // Nobody will ack what went over it; Slack finds out when the time is up, the sandbox at once.
    for (const one of [...waiting.values()]) if (one.socket === socket) one.settle(late);
    desk.tell({ type: 'sockets' });
  };
  const welcome = (socket: WebSocket) => {
    open.push(socket);
    socket.on('close', () => gone(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (message) => answer(String(message)));
    socket.send(JSON.stringify(hello(appId, open.length)));
    desk.tell({ type: 'sockets' });
  };
  const answer = (message: string) => {
    const ack = parsed(message);
    const id = textOf(ack.envelope_id);
    waiting.get(id)?.settle({ status: 200, body: bodyOf(ack.payload) });
  };

  return {
    ticket: () => {
      if (open.length >= 10) return undefined;
      const ticket = randomBytes(12).toString('hex');
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'ws://slack').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) return false;
      server.handleUpgrade(request, socket, head, welcome);
      return true;
    },
    send: (kind, payload, within, retry) => {
      const socket = open.shift();
      if (socket === undefined)
        return Promise.resolve({ status: 0, body: undefined, problem: 'dispatch_failed' });
      // Each payload reaches any one connection; going round shows a bot that counts on one.
      open.push(socket);
      return acked(socket, envelope(kind, payload, retry), waiting, within);
    },
    count: () => open.length,
    refresh: () => {
      const goodbye = JSON.stringify({
        type: 'disconnect',
        reason: 'refresh_requested',
        debug_info: { host: 'sandbox' },
      });
      for (const socket of open.splice(0)) socket.send(goodbye);
      desk.tell({ type: 'sockets' });
    },
    breakOff: () => {
      for (const socket of open.splice(0)) socket.terminate();
    },
    close: () => {
      clearInterval(ping);
      for (const socket of server.clients) socket.close(1001);
      const impatience = setTimeout(() => server.clients.forEach((socket) => void socket.terminate()), 300);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
      });
    },
  };
}

type Waiting = Map<string, { readonly socket: WebSocket; readonly settle: (ack: Ack) => void }>;

const late: Ack = { status: 0, body: undefined, problem: 'operation_timeout' };

function acked(socket: WebSocket, sent: Envelope, waiting: Waiting, within: number): Promise<Ack> {
  return new Promise((resolve) => {
    const settle = (ack: Ack) => {
      clearTimeout(deadline);
      waiting.delete(sent.envelope_id);
      resolve(ack);
    };
    const deadline = setTimeout(() => settle(late), within);
    waiting.set(sent.envelope_id, { socket, settle });
    socket.send(JSON.stringify(sent));
  });
}
