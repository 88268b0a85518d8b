import { startBot } from '../app.js';
import { readEnvironment } from '../config/environment.js';
import { readHouse } from '../config/read-house.js';
import { shiftedClock } from '../kernel/clock.js';

const milliseconds = (setting: string, otherwise: number): number =>
  Number(process.env[setting] ?? otherwise);

/** The bot as the sandbox runs it: a process of its own like any other, but with a clock that its parent can put ahead, and less patient. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const house = await readHouse(environment.configPath);
  const clock = shiftedClock(Number(process.env['SLIPWAY_CLOCK_AHEAD'] ?? 0));
  const bot = await startBot(environment, house, {
    clock,
    sweepEvery: milliseconds('SLIPWAY_SWEEP_EVERY', 1_000),
    leaseFor: milliseconds('SLIPWAY_LEASE_FOR', 4_000),
    hostPatience: milliseconds('SLIPWAY_HOST_PATIENCE', 120_000),
    storePatience: milliseconds('SLIPWAY_STORE_PATIENCE', 1_900),
  });
  process.send?.({ url: bot.url });
  process.on('message', (message: { ahead?: unknown }) => {
    if (typeof message.ahead !== 'number') return;
    clock.ahead = message.ahead;
    void bot.settle().then(() => process.send?.({ moved: message.ahead }));
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void bot.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  // Ctrl-C reaches the whole group; the parent decides when this one ends.
  process.on('SIGINT', () => undefined);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
