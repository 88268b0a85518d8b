import { BSONRegExp } from 'bson';
import { badValue, CommandError, unsupported } from './errors.js';
import { operatorPredicate } from './match-operators.js';
import { equalTo } from './match-values.js';
import { type Path, type Position, pathOf, someValue } from './paths.js';
import { asDoc, type Doc, isDoc } from './values.js';

/** Tells whether a document matches; `position` receives the array index that a positional update means. */
export type Matcher = (document: Doc, position?: Position) => boolean;
/** Tells whether a document satisfies an aggregation expression. Injected, because expressions know filters too. */
export type ExpressionTest = (expression: unknown) => (document: Doc) => boolean;

const noExpressions: ExpressionTest = () => {
  throw new CommandError(224, '$expr is not allowed in this context');
};

/** Compiles a filter once for many documents. Refuses by name every operator it does not know. */
export function compileFilter(filter: Doc, expressions: ExpressionTest = noExpressions): Matcher {
  return every(Object.entries(filter).map(([key, condition]) => clause(key, condition, expressions)));
}

const every =
  (matchers: readonly Matcher[]): Matcher =>
  (document, position) =>
    matchers.every((matches) => matches(document, position));

function clause(key: string, condition: unknown, expressions: ExpressionTest): Matcher {
  if (!key.startsWith('$') || referenceFields.includes(key))
    return fieldClause(pathOf(key), condition, expressions);
  switch (key) {
    case '$and':
      return every(branches(key, condition, expressions));
    case '$or':
      return any(branches(key, condition, expressions));
    case '$nor':
      return not(any(branches(key, condition, expressions)));
    case '$expr':
      return expressions(condition);
    case '$comment':
      return () => true;
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw unsupported(`The query operator ${key}`);
    default:
      throw badValue(
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function branches(key: string, condition: unknown, expressions: ExpressionTest): Matcher[] {
  if (!Array.isArray(condition)) throw badValue(`${key} must be an array`);
  if (condition.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return condition.map((branch) => {
    if (!isDoc(branch)) throw badValue('$or/$and/$nor entries need to be full objects');
    return compileFilter(branch, expressions);
  });
}

const any =
  (matchers: readonly Matcher[]): Matcher =>
  (document, position) =>
    matchers.some((matches) => matches(document, position));
const not =
  (matches: Matcher): Matcher =>
  (document) =>
    !matches(document);

/** The fields of a reference to another document, the only ones whose names start with a dollar. */
const referenceFields = ['$ref', '$id', '$db'];

/** True for `{ $gt: 1 }`, false for a plain value, also for a document such as `{ $ref, $id }`. */
export function isOperators(condition: unknown): condition is Doc {
  if (!isDoc(condition)) return false;
  const [first] = Object.keys(condition);
  return first?.startsWith('$') === true && !referenceFields.includes(first);
}

function fieldClause(path: Path, condition: unknown, expressions: ExpressionTest): Matcher {
  if (condition instanceof BSONRegExp || !isOperators(condition)) return positive(path, equalTo(condition));
  const { $options, ...operators } = condition;
  if ($options !== undefined && operators.$regex === undefined) throw badValue('$options needs a $regex');
  return every(
    Object.entries(operators).map(([name, operand]) => {
      if (name === '$not') return not(negated(path, operand, expressions));
      if (name === '$ne') return not(positive(path, equalTo(operand)));
      if (name === '$nin') return not(fieldClause(path, { $in: operand }, expressions));
      if (name === '$exists') return exists(path, operand);
      if (name === '$elemMatch') return elemMatch(path, operand, expressions);
      if (name === '$all') return all(path, operand, expressions);
      const { test, whole } = operatorPredicate(name, operand, $options);
      return (document, position) => someValue(document, path, test, whole, position);
    }),
  );
}

const positive =
  (path: Path, test: (value: unknown) => boolean): Matcher =>
  (document, position) =>
    someValue(document, path, test, false, position);

function negated(path: Path, operand: unknown, expressions: ExpressionTest): Matcher {
  if (operand instanceof BSONRegExp) return fieldClause(path, operand, expressions);
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  if (!isOperators(operand)) throw badValue(`unknown operator: ${Object.keys(operand)[0] ?? ''}`);
  return fieldClause(path, operand, expressions);
}

function exists(path: Path, operand: unknown): Matcher {
  const present: Matcher = (document, position) =>
    someValue(document, path, (value) => value !== undefined, true, position);
  const wanted = operand !== false && operand !== 0 && operand !== null;
  return wanted ? present : not(present);
}

/** Compiles what `$elemMatch` and `$pull` ask of one array element: a filter on a document, or operators on a value. */
export function elementMatcher(
  condition: Doc,
  expressions: ExpressionTest = noExpressions,
): (item: unknown) => boolean {
  const logical = ['$and', '$or', '$nor', '$expr', '$where'];
  if (isOperators(condition) && !logical.includes(Object.keys(condition)[0] ?? '')) {
    // The empty path asks the value itself, so it need not be a document.
    const matches = fieldClause([], condition, expressions);
    return (item) => matches(item as Doc);
  }
  const matches = compileFilter(condition, expressions);
  return (item) => (isDoc(item) ? matches(item) : Array.isArray(item) && matches(asDoc({ ...item })));
}

function elemMatch(path: Path, operand: unknown, expressions: ExpressionTest): Matcher {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const matches = elementMatcher(operand, expressions);
  return (document, position) =>
    someValue(
      document,
      path,
      (value) => {
        const index = Array.isArray(value) ? value.findIndex(matches) : -1;
        if (index >= 0 && position !== undefined) position.index = index;
        return index >= 0;
      },
      true,
      position,
    );
}

function all(path: Path, operand: unknown, expressions: ExpressionTest): Matcher {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return () => false;
  return every(
    operand.map((item: unknown) =>
      isDoc(item) && '$elemMatch' in item
        ? elemMatch(path, item.$elemMatch, expressions)
        : positive(path, equalTo(item)),
    ),
  );
}
