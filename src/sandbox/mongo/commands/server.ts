import { plainNumber } from '../values.js';
import { type Command, checkFields, documentsField } from './command.js';

const mostBytes = 16 * 1024 * 1024;

/** Says what this server is: a single one, of MongoDB 7.0's wire version, with sessions but without transactions. */
const hello: Command = ({ name, connection }) => ({
  ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true, helloOk: true }),
  maxBsonObjectSize: mostBytes,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: connection,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
});

const buildInfo: Command = (_request, { version }) => ({
  version,
  gitVersion: 'slipway',
  modules: ['slipway in-process engine'],
  versionArray: [...version.split('.').map(Number), 0],
  bits: 64,
  debug: false,
  maxBsonObjectSize: mostBytes,
  storageEngines: ['wiredTiger'],
});

const serverStatus: Command = (_request, { version, started }) => ({
  host: 'localhost',
  version,
  process: 'mongod',
  pid: process.pid,
  uptime: (Date.now() - started.getTime()) / 1000,
  localTime: new Date(),
  storageEngine: { name: 'wiredTiger', persistent: true },
});

const connectionStatus: Command = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
});

const getParameter: Command = (request) => {
  const { getParameter: _name, featureCompatibilityVersion } = request.fields;
  if (featureCompatibilityVersion !== undefined) return { featureCompatibilityVersion: { version: '7.0' } };
  checkFields(request, []);
  return {};
};

const endSessions: Command = (request) => {
  documentsField(request, 'endSessions');
  return {};
};

const whatsMyUri: Command = ({ connection }) => ({ you: `127.0.0.1:${plainNumber(connection) ?? 0}` });
const done: Command = () => ({});

export const serverCommands: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: done,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  connectionStatus,
  getParameter,
  endSessions,
  refreshSessions: done,
  whatsmyuri: whatsMyUri,
  logout: done,
};
