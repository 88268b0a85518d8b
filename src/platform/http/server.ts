import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Application, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

/** What the gate is asked for, and what it says. Undefined: no such environment. */
export type Gate = (client: string, environment: string) => Promise<{ readonly open: boolean } | undefined>;

interface Routes {
  readonly gate: Gate;
  /** Without it the gate refuses everybody. */
  readonly gateToken: string | undefined;
  /** Whether the bot can do its work: throws or resolves to false when not. */
  readonly isHealthy: () => Promise<boolean>;
  readonly metrics: Registry;
  readonly log: Logger;
}

/** An Express app without Slack's route: the gate, health and metrics. */
export function httpRoutes({ gate, gateToken, isHealthy, metrics, log }: Routes): Application {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', async (_request, response) => {
    const healthy = await isHealthy().catch(() => false);
    response.status(healthy ? 200 : 503).json({ healthy });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  app.get('/gate/:client/:environment', async (request: Request, response: Response) => {
    response.set('cache-control', 'no-store');
    if (!isToken(request.get('authorization'), gateToken)) {
      response
        .status(401)
        .set('www-authenticate', 'Bearer')
        .json({ error: 'Show the gate token: Authorization: Bearer …' });
      return;
    }
    const { client, environment } = request.params as { client: string; environment: string };
    try {
      const answer = await gate(client, environment);
      if (answer === undefined) {
        response.status(404).json({ error: `There is no ${environment} of ${client} in slipway.yaml.` });
        return;
      }
      response.json(answer);
    } catch (error) {
      log.warn({ err: error }, 'the gate could not be asked');
      // Neither open nor closed: whoever asks must not go on.
      response
        .status(503)
        .json({ error: 'Slipway cannot reach its records just now; treat the gate as closed.' });
    }
  });
  return app;
}

function isToken(header: string | undefined, token: string | undefined): boolean {
  const shown = /^Bearer (.+)$/u.exec(header ?? '')?.[1];
  if (shown === undefined || token === undefined) return false;
  const [a, b] = [Buffer.from(shown), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Listens; gives the address in use and the way to stop. */
export async function listen(
  app: Application,
  host: string,
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer(app);
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, host, ready);
  });
  const address = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    url: `http://${shown}:${address.port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}
