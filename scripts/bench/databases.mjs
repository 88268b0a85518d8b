// Compares two databases of many tables by Slipway and by what people use, in one run on one machine, and prints a table.
// node scripts/bench/databases.mjs [postgresql] [mariadb] [--tables 2000] [--runs 5]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { programOf, startMariadbServer, startPostgresServer } from '../../test/support/database-servers.mjs';
import { mariadbChanges, mariadbSchema, postgresqlChanges, postgresqlSchema } from './databases.schema.mjs';
import { bound, exactly, machine, race, show } from './measuring.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: 'string', default: '2000' }, runs: { type: 'string', default: '5' } },
});
const [tables, runs] = [Number(values.tables), Number(values.runs)];
const chosen = positionals.length === 0 ? ['postgresql', 'mariadb'] : positionals;
const looker = fileURLToPath(new URL('databases.looker.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const linesOf = ({ stdout }) => `${stdout.split('\n').filter((line) => /^[<>]/.test(line)).length} lines`;
const statementsOf = ({ stdout }) =>
  `${stdout.split('\n').filter((line) => /;\s*$/.test(line)).length} statements`;
const versionOf = (program) =>
  execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0];
const missing = [];

/** Measures Slipway beside the others, and holds it to its bounds. */
function judge(title, engine, { sources, changes, env }, others, mostRatio) {
  let found = [];
  const slipway = {
    name: 'Slipway',
    command: [process.execPath, looker, engine, ...sources],
    env,
    found: ({ stdout }) => {
      found = JSON.parse(stdout);
      return `${found.length} differences`;
    },
  };
  const [reference] = others;
  const rows = race([slipway, ...others], runs, reference.name);
  show(title, rows, reference.name);
  exactly(
    'differences found',
    found,
    changes.map(([, difference]) => difference),
  );
  bound(`wall time to that of ${reference.name}`, rows[0].ratio, mostRatio);
  if (engine === 'postgresql') bound('memory', rows[0].megabytes, 150, ' MB');
}

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
    const others = [
      {
        name: 'pg_dump twice, diff',
        command: ['sh', '-c', `${bothDumps}; diff ${folder}/a.sql ${folder}/b.sql`],
        fails: true,
        found: linesOf,
      },
    ];
    if (programOf('apgdiff'))
      others.push({
        name: 'pg_dump twice, apgdiff',
        // It cannot read the psql commands that pg_dump writes since 2025.
        command: [
          'sh',
          '-c',
          `${bothDumps}; sed -i '/^[\\]/d' ${folder}/a.sql ${folder}/b.sql; apgdiff ${folder}/a.sql ${folder}/b.sql`,
        ],
        found: statementsOf,
      });
    else missing.push('apgdiff (apt-get install apgdiff)');
    if (programOf('migra'))
      others.push({
        name: '@pgkit/migra',
        command: [programOf('migra'), 'run', '--unsafe', 'true', '--with-privileges', 'true', ...urls],
        fails: true,
        found: statementsOf,
      });
    else missing.push('@pgkit/migra (npm install -g @pgkit/migra)');
    const title = `${versionOf(programOf('postgres'))}: ${tables} tables of 10 columns`;
    judge(title, 'postgresql', { sources: urls, changes }, others, 0.8);
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
    const others = [
      { name: 'mariadb-dump twice, diff', command: ['sh', '-c', both], env, fails: true, found: linesOf },
    ];
    const title = `${versionOf(programOf('mariadbd'))}: ${tables} tables of 10 columns`;
    judge(title, 'mariadb', { sources: urls, changes, env }, others, 0.1);
  } finally {
    await server.stop();
  }
}

try {
  console.log(`${machine()}; medians of ${runs}`);
  if (chosen.includes('postgresql')) await postgresql();
  if (chosen.includes('mariadb')) await mariadb();
  for (const name of missing) console.log(`missing: ${name}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
