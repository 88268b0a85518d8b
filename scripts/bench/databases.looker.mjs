// Looks at two databases and prints the differences as a list: the program that the benchmark measures.
const [engine, production, staging] = process.argv.slice(2);
const root = new URL('../../dist/process/comparison/', import.meta.url);
const { [`${engine}Collector`]: collector } = await import(new URL(`collectors/${engine}.js`, root));

const tools = {
  signal: new AbortController().signal,
  progress: () => undefined,
  secretKey: 'bench',
  isSecret: () => false,
};
const [before, after, { compare }] = await Promise.all([
  ...[production, staging].map((url) =>
    collector.collect('database', { url, timeLimit: 60_000, reference: [] }, tools),
  ),
  import(new URL('compare.js', root)),
]);
const snapshotOf = (environment, section) => ({
  format: 1,
  client: 'bench',
  environment,
  takenAt: '2026-01-01T00:00:00.000Z',
  sections: [section],
  fingerprint: '',
});
const { differences } = compare(snapshotOf('production', before), snapshotOf('staging', after));
console.log(JSON.stringify(differences.map(({ what, kind, name }) => `${what} ${kind} ${name.join('.')}`)));
