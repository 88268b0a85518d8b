import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Tests of the rules and of the house need nothing but Node. */
const alone = /\.rules\.test\.ts$|(?:^|[\\/])architecture[\\/]/u;

/** Starts one MongoDB for the whole run, when a chosen test may need it; each test file takes a database of its own on it. */
export default async function setUp({ rootDir, testPathPatterns }) {
  const chosen = testPathPatterns.toExecutor({ rootDir });
  const tests = readdirSync(join(rootDir, 'test'), { recursive: true }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  if (tests.every((file) => alone.test(file) || !chosen.isMatch(join(rootDir, 'test', file)))) return;
  const { startMongo } = await import('../../dist/sandbox/mongo/engine.js');
  const mongo = await startMongo();
  globalThis.slipwayTestMongo = mongo;
  process.env.SLIPWAY_TEST_MONGO = mongo.uri;
  process.env.SLIPWAY_TEST_ENGINE = mongo.engine;
}
