// Compares two databases of many tables by Slipway and by what people use, in one run on one machine, and prints a table.
// node scripts/bench/databases.mjs [postgresql] [mariadb] [--tables 2000] [--runs 5]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { programOf, startMariadbServer, startPostgresServer } from '../../test/support/database-servers.mjs';
import { mariadbChanges, mariadbSchema, postgresqlChanges, postgresqlSchema } from './databases.schema.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: 'string', default: '2000' }, runs: { type: 'string', default: '5' } },
});
const [tables, runs] = [Number(values.tables), Number(values.runs)];
const chosen = positionals.length === 0 ? ['postgresql', 'mariadb'] : positionals;
const looker = fileURLToPath(new URL('databases.looker.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const timer = programOf('time');

/** Wall seconds and peak memory of one program with all that it started; memory needs GNU time. */
function measured(command, env = {}) {
  const memory = join(folder, 'memory');
  const [program, ...args] = timer ? [timer, '-f', '%M', '-o', memory, ...command] : command;
  const from = performance.now();
  const { stdout, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - from) / 1000;
  if (error) throw error;
  const megabytes = timer
    ? Number(readFileSync(memory, 'utf8').trim().split('\n').at(-1)) / 1024
    : Number.NaN;
  return { seconds, megabytes, stdout, stderr };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Every contestant once, then again: what disturbs the machine disturbs all of them. */
function race(contestants) {
  const seen = new Map(contestants.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const { name, command, env } of contestants) seen.get(name).push(measured(command, env));
  return contestants.map(({ name, found }) => {
    const results = seen.get(name);
    const [seconds, megabytes] = ['seconds', 'megabytes'].map((key) =>
      median(results.map((one) => one[key])),
    );
    return { name, seconds, megabytes, found: found?.(results[0]) ?? '' };
  });
}

function show(title, rows, reference) {
  const base = rows.find(({ name }) => name === reference)?.seconds ?? Number.NaN;
  console.log(`\n${title}`);
  console.log('| | wall s | ratio | MB | found |\n|---|---|---|---|---|');
  for (const { name, seconds, megabytes, found } of rows)
    console.log(
      `| ${name} | ${seconds.toFixed(2)} | ${(seconds / base).toFixed(3)} | ${megabytes.toFixed(0)} | ${found} |`,
    );
}

/** What Slipway found against what was changed: all of it and nothing else, or what is wrong. */
const judged = (changes) => (result) => {
  const found = JSON.parse(result.stdout || '[]');
  const wanted = changes.map(([, difference]) => difference);
  const [missed, more] = [
    wanted.filter((one) => !found.includes(one)),
    found.filter((one) => !wanted.includes(one)),
  ];
  if (missed.length + more.length > 0) {
    process.exitCode = 1;
    console.error(`missed: ${missed.join('; ')}\nmore: ${more.join('; ')}\n${result.stderr}`);
  }
  return `${wanted.length - missed.length} of ${wanted.length}, ${more.length} more`;
};

const statements = ({ stdout }) =>
  `${stdout.split('\n').filter((line) => /;\s*$/.test(line)).length} statements`;
const versionOf = (program) =>
  execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0];
const slipway = (engine, sources, changes, env) => ({
  name: 'slipway',
  command: [process.execPath, looker, engine, ...sources],
  env,
  found: judged(changes),
});
const missing = [];

async function postgresql() {
  const server = await startPostgresServer();
  if (server === undefined) return missing.push('PostgreSQL (apt-get install postgresql)');
  try {
    const urls = ['production', 'staging'].map((name) => server.url(name));
    const psql = (url, sql) =>
      execFileSync(programOf('psql'), ['-qX', '-v', 'ON_ERROR_STOP=1', url], {
        input: sql,
        stdio: ['pipe', 'ignore', 'inherit'],
      });
    const changes = postgresqlChanges(tables);
    psql(server.url('postgres'), 'CREATE DATABASE production; CREATE DATABASE staging;');
    for (const url of urls) psql(url, postgresqlSchema(tables));
    psql(urls[1], changes.map(([statement]) => `${statement};`).join('\n'));
    for (const url of urls) psql(url, 'VACUUM ANALYZE');
    const dump = (url, name) =>
      `${programOf('pg_dump')} -s --restrict-key=a '${url}' > ${join(folder, name)}`;
    const bothDumps = `${dump(urls[0], 'a.sql')} & ${dump(urls[1], 'b.sql')}; wait`;
    const lines = ({ stdout }) => `${stdout.split('\n').filter((line) => /^[<>]/.test(line)).length} lines`;
    const contestants = [
      slipway('postgresql', urls, changes),
      {
        name: 'pg_dump twice, diff',
        command: ['sh', '-c', `${bothDumps}; diff ${folder}/a.sql ${folder}/b.sql`],
        found: lines,
      },
    ];
    if (programOf('apgdiff'))
      contestants.push({
        name: 'pg_dump twice, apgdiff',
        command: ['sh', '-c', `${bothDumps}; apgdiff ${folder}/a.sql ${folder}/b.sql`],
        found: statements,
      });
    else missing.push('apgdiff (apt-get install apgdiff)');
    if (programOf('migra'))
      contestants.push({
        name: '@pgkit/migra',
        command: [programOf('migra'), 'run', '--unsafe', 'true', '--with-privileges', 'true', ...urls],
        found: statements,
      });
    else missing.push('@pgkit/migra (npm install -g @pgkit/migra)');
    show(
      `${versionOf(programOf('postgres'))}: ${tables} tables of 10 columns`,
      race(contestants),
      'pg_dump twice, diff',
    );
  } finally {
    await server.stop();
  }
}

async function mariadb() {
  const password = 'bench-of-slipway';
  const server = await startMariadbServer(password);
  if (server === undefined) return missing.push('MariaDB (apt-get install mariadb-server)');
  try {
    const changes = mariadbChanges(tables);
    server.run(
      'CREATE DATABASE production; CREATE DATABASE staging; CREATE USER bench_reader@localhost; CREATE USER bench_writer@localhost;',
    );
    for (const name of ['production', 'staging']) server.run(mariadbSchema(tables), name);
    server.run(changes.map(([statement]) => `${statement};`).join('\n'), 'staging');
    const urls = ['production', 'staging'].map(
      (name) => `mysql://root:\${BENCH_PASSWORD}@127.0.0.1:${server.port}/${name}`,
    );
    const env = { BENCH_PASSWORD: password, MYSQL_PWD: password };
    const dump = (name) =>
      `${programOf('mariadb-dump')} --no-defaults --no-data -R -E -h127.0.0.1 -P${server.port} -uroot ${name} > ${join(folder, name)}`;
    const both = `${dump('production')} & ${dump('staging')}; wait; diff ${folder}/production ${folder}/staging`;
    const contestants = [
      slipway('mariadb', urls, changes, env),
      {
        name: 'mariadb-dump twice, diff',
        command: ['sh', '-c', both],
        env,
        found: ({ stdout }) => `${stdout.split('\n').filter((line) => /^[<>]/.test(line)).length} lines`,
      },
    ];
    show(
      `${versionOf(programOf('mariadbd'))}: ${tables} tables of 10 columns`,
      race(contestants),
      'mariadb-dump twice, diff',
    );
  } finally {
    await server.stop();
  }
}

try {
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, ${memory} GiB, Node.js ${process.version}; medians of ${runs}`,
  );
  if (chosen.includes('postgresql')) await postgresql();
  if (chosen.includes('mariadb')) await mariadb();
  for (const name of missing) console.log(`missing: ${name}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
