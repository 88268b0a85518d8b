import { existsSync } from 'node:fs';
import { startBot } from './app.js';
import { ConfigurationFaults, readEnvironment } from './config/environment.js';
import { readHouse } from './config/read-house.js';

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = readEnvironment(process.env);
  const house = await readHouse(environment.configPath);
  const bot = await startBot(environment, house);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void bot.stop().then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationFaults) {
    console.error(`Slipway cannot start. Please mend these settings, all of them:\n${error.message}`);
  } else {
    console.error(`Slipway cannot start: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.exit(1);
});
