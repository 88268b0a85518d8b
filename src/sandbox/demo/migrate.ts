import { parseArgs } from 'node:util';
import pg from 'pg';
import { discounts } from './shop.js';

// A step of Acme's scripts, as a program: `migrate.js bring|take-back ADDRESS`. It can be run again at any time: a migration comes
// once, and is taken back only from the release that brought it.
const { positionals } = parseArgs({ allowPositionals: true });
const [way, connectionString] = positionals;
const { name, bring, takeBack } = discounts;
const release = process.env['SLIPWAY_RELEASE'] ?? 'nobody';

async function bringIt(client: pg.Client): Promise<string> {
  const there = await client.query('select 1 from applied_migration where name = $1', [name]);
  if (there.rowCount !== 0) return `the database has ${name} already`;
  await client.query(bring);
  await client.query('insert into applied_migration (name, release) values ($1, $2)', [name, release]);
  return `the database has ${name} now`;
}

async function takeItBack(client: pg.Client): Promise<string> {
  const own = 'delete from applied_migration where name = $1 and release = $2';
  const taken = await client.query(own, [name, release]);
  if (taken.rowCount === 0) return `${release} did not bring ${name}, so the database stays as it is`;
  await client.query(takeBack);
  return `the database is without ${name} again`;
}

const client = new pg.Client({ connectionString });
await client.connect();
try {
  await client.query('begin');
  const said = way === 'bring' ? await bringIt(client) : await takeItBack(client);
  await client.query('commit');
  console.log(said);
} finally {
  await client.end();
}
