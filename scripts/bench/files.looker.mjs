// Looks at two folders and compares them, in a process of its own so that its time and memory can be measured. Prints how
// many differences it found and how much memory it holds in the end.
import { filesCollector } from '../../dist/process/comparison/collectors/files/collect.js';

const collector = filesCollector();
const [production, staging, cacheFolder] = process.argv.slice(2);
const tools = {
  run: {},
  signal: new AbortController().signal,
  progress: () => undefined,
  secretKey: 'none is needed for files',
  isSecret: () => false,
  cacheFolder,
};

async function snapshot(environment, folder) {
  const source = { folder, ignore: [], versions: true };
  const section = await collector.collect('web', source, tools);
  const takenAt = '2026-03-03T00:00:00.000Z';
  return { format: 1, client: 'acme', environment, takenAt, sections: [section], fingerprint: environment };
}

const [here, there, { compare }] = await Promise.all([
  snapshot('production', production),
  snapshot('staging', staging),
  import('../../dist/process/comparison/compare.js'),
]);
const { differences } = compare(here, there);
console.log(
  JSON.stringify({
    found: differences.length,
    heap: process.memoryUsage().rss,
  }),
);
