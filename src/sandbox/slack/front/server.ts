import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Slack } from '../slack.js';
import { content } from './content.js';
import { hooks } from './hooks.js';
import { pageApi } from './page-api.js';
import { pageFiles } from './page-files.js';
import { webApi } from './web-api.js';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

function application(slack: Slack): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(onlyFromHere);
  app.use(content(slack));
  app.use(express.urlencoded({ extended: false, limit: '10mb' }), express.json({ limit: '10mb' }));
  app.use('/api', webApi(slack));
  app.use('/hooks', hooks(slack));
  app.use('/sandbox', pageApi(slack));
  app.use(pageFiles());
  return app;
}

/** Only names of this machine: another page's host name made to point here (DNS rebinding) gets nothing. */
function onlyFromHere(request: Request, response: Response, next: NextFunction): void {
  if (request.hostname === '127.0.0.1' || request.hostname === 'localhost') next();
  else response.status(403).type('text').send('The sandbox answers to 127.0.0.1 and localhost only.');
}

/** Serves the workspace on loopback. Port 0 takes a free one. */
export async function serve(slack: Slack, port: number): Promise<RunningServer> {
  const server = createServer(application(slack));
  server.on('upgrade', (request, socket, head) => {
    if (!slack.sockets.upgrade(request, socket, head)) socket.destroy();
  });
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
