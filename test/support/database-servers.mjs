// Real database servers on loopback, with data folders of their own: for the tests and for the benchmark alike.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** These servers refuse to run as root: they get their own user then, and this process's otherwise. */
function accountOf(user) {
  if (process.getuid?.() !== 0) return {};
  try {
    const ask = (flag) =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

/** A program of a server's package; Debian keeps PostgreSQL's beside the PATH, a folder a version. */
export function programOf(name) {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/sbin',
    ...versions.map((version) => join(base, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

async function folderOf(account, prefix) {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** A port of the loopback interface that nobody listens on at the moment. */
export async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts a server and resolves when it says that it is ready; ends it when it does not within its time. */
async function started(program, args, account, ready) {
  const child = spawn(program, args, { ...account, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    const fail = (why) => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      reject(new Error(`${program} ${why}: ${said}`));
    };
    const limit = setTimeout(() => fail('is not ready after 90 s'), 90_000);
    const listen = (part) => {
      said = (said + part).slice(-5_000);
      if (!ready.test(said)) return;
      clearTimeout(limit);
      resolve(undefined);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
  child.removeAllListeners('exit');
  return child;
}

async function stopped(child, signal, folder) {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}

const taken = /address already in use|bind on tcp/i;

/** Starts a server on a free port; on another one when somebody took it meanwhile. Its folder goes when it cannot start. */
async function onFreePort(folder, start) {
  for (let left = 5; ; left -= 1) {
    const port = await freePort();
    try {
      return { port, child: await start(port) };
    } catch (error) {
      if (left > 0 && taken.test(error.message)) continue;
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }
}

/** PostgreSQL whose superuser `postgres` needs no password; undefined when it is not installed. */
export async function startPostgresServer() {
  const [account, initdb] = [accountOf('postgres'), programOf('initdb')];
  if (account === undefined || initdb === undefined) return undefined;
  const folder = await folderOf(account, 'slipway-postgres-');
  const init = [
    '-D',
    join(folder, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  execFileSync(initdb, init, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=20',
    'max_locks_per_transaction=2048',
  ];
  const { port, child } = await onFreePort(folder, (free) => {
    const further = settings.flatMap((setting) => ['-c', setting]);
    const args = ['-D', join(folder, 'data'), '-p', String(free), ...further];
    return started(initdb.replace(/initdb$/u, 'postgres'), args, account, /ready to accept connections/u);
  });
  const url = (database, user = 'postgres') =>
    `postgresql://${user}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return { port, url, stop: () => stopped(child, 'SIGINT', folder) };
}

/** MariaDB (or MySQL) whose superuser `root` has the password that is given; undefined when it is not installed. */
export async function startMariadbServer(password) {
  const [account, install, daemon] = [
    accountOf('mysql'),
    programOf('mariadb-install-db'),
    programOf('mariadbd'),
  ];
  if (account === undefined || install === undefined || daemon === undefined) return undefined;
  const folder = await folderOf(account, 'slipway-mariadb-');
  const common = ['--no-defaults', `--datadir=${join(folder, 'data')}`];
  const init = [
    ...common,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    `--user=${execFileSync('id', ['-un', String(account.uid ?? process.getuid())], { encoding: 'utf8' }).trim()}`,
  ];
  execFileSync(install, init, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = [
    ...common,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    // One that starts sweeps away every server's temporary tables that lie in the same folder.
    `--tmpdir=${folder}`,
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--innodb-flush-method=nosync',
    '--sync-frm=0',
    // Whoever waits for a lock longer than this waits for ever.
    '--lock-wait-timeout=60',
    '--event-scheduler=OFF',
  ];
  const { port, child } = await onFreePort(folder, (free) =>
    started(daemon, [...settings, `--port=${free}`], account, /ready for connections/u),
  );
  const client = programOf('mariadb') ?? 'mariadb';
  const run = (sql, database = '', secret = password) =>
    execFileSync(
      client,
      ['--no-defaults', '-h127.0.0.1', `-P${port}`, '-uroot', ...(database === '' ? [] : [database])],
      {
        input: sql,
        env: { ...process.env, MYSQL_PWD: secret },
        stdio: ['pipe', 'ignore', 'pipe'],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
  const stop = () => stopped(child, 'SIGTERM', folder);
  try {
    const host = "'127.0.0.1'";
    run(
      `CREATE OR REPLACE USER root@${host} IDENTIFIED BY '${password}';
      GRANT ALL ON *.* TO root@${host} WITH GRANT OPTION;`,
      '',
      '',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, run, stop };
}
