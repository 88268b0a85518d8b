import { startMongo } from '../../dist/sandbox/mongo/engine.js';

/** Starts one MongoDB for the whole run; each test file takes a database of its own on it. */
export default async function setUp() {
  const mongo = await startMongo();
  globalThis.slipwayTestMongo = mongo;
  process.env.SLIPWAY_TEST_MONGO = mongo.uri;
  process.env.SLIPWAY_TEST_ENGINE = mongo.engine;
}
