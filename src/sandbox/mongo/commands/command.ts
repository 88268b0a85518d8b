import type { Catalog } from '../catalog.js';
import type { Collection } from '../collection.js';
import type { Cursors } from '../cursors.js';
import { badValue, CommandError, unsupported, wrongType } from '../errors.js';
import { asDoc, asDocs, type Doc, isDoc, plainNumber, typeName } from '../values.js';

/** What commands work with. */
export interface Engine {
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly version: string;
  readonly started: Date;
}

/** Answers one command; a thrown `CommandError` becomes an answer of `ok: 0`. */
export type Command = (request: Request, engine: Engine) => Doc;

/** A command as it came: its name, its database and its fields. */
export interface Request {
  readonly name: string;
  readonly db: string;
  readonly fields: Doc;
  readonly connection: number;
}

/** Fields that any command may carry and that change nothing on a single server. */
const everywhere = new Set([
  ...[
    'lsid',
    '$db',
    '$readPreference',
    '$clusterTime',
    'comment',
    'maxTimeMS',
    'readConcern',
    'writeConcern',
  ],
  ...[
    'apiVersion',
    'apiStrict',
    'apiDeprecationErrors',
    'allowDiskUse',
    'noCursorTimeout',
    'bypassDocumentValidation',
  ],
  ...['$query', 'client', 'hint', 'collation', 'ordered', 'batchSize', 'singleBatch', 'allowPartialResults'],
]);

/** Refuses fields a command does not have, and by name those that this engine does not do. */
export function checkFields(
  { name, fields }: Request,
  known: readonly string[],
  refused: readonly string[] = [],
): void {
  for (const key of Object.keys(fields)) {
    if (key === name || everywhere.has(key) || known.includes(key)) continue;
    if (refused.includes(key)) {
      if (fields[key] === false || fields[key] === undefined) continue;
      throw unsupported(`The option ${key} of ${name}`);
    }
    throw new CommandError(40415, `BSON field '${name}.${key}' is an unknown field.`);
  }
  refuseCollation(fields.collation);
  checkWriteConcern(asDoc(fields.writeConcern));
}

/** Texts compare by their bytes here; any other collation would need another order. */
export function refuseCollation(collation: unknown): void {
  if (isDoc(collation) && Object.keys(collation).length > 0 && collation.locale !== 'simple')
    throw unsupported('A collation');
}

function checkWriteConcern({ w }: Doc): void {
  const acknowledgements = plainNumber(w);
  if (acknowledgements !== undefined && acknowledgements > 1) {
    throw badValue("cannot use 'w' > 1 when a host is not replicated");
  }
}

/** The collection's name, which is the value of the command's own field. */
export function collectionName({ name, db, fields }: Request): string {
  const collection = fields[name];
  if (typeof collection !== 'string') {
    throw new CommandError(73, `collection name has invalid type ${typeName(collection)}`);
  }
  if (collection === '') throw new CommandError(73, `Invalid namespace specified '${db}.'`);
  return collection;
}

export const collectionOf = (request: Request, { catalog }: Engine): Collection | undefined =>
  catalog.find(request.db, collectionName(request));

export function docField({ name, fields }: Request, key: string): Doc {
  const value = fields[key];
  if (value === undefined || value === null) return {};
  if (!isDoc(value))
    throw wrongType(
      `BSON field '${name}.${key}' is the wrong type '${typeName(value)}', expected type 'object'`,
    );
  return value;
}

export function countField({ name, fields }: Request, key: string): number | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  const number = plainNumber(value);
  if (number === undefined) {
    throw wrongType(
      `BSON field '${name}.${key}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  if (number < 0)
    throw new CommandError(51024, `BSON field '${key}' value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

export const documentsField = ({ fields }: Request, key: string): Doc[] => asDocs(fields[key]);
