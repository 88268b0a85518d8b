import { CommandError, unsupported } from '../errors.js';
import { asDoc, type Doc, isDoc, setField } from '../values.js';
import { arrayOperators } from './array-operators.js';
import { dateOperators } from './date-operators.js';
import { type Expression, type Operator, type Scope, truthy } from './expression.js';
import { logicOperators } from './logic-operators.js';
import { numberOperators } from './number-operators.js';
import { textOperators } from './text-operators.js';
import { typeOperators } from './type-operators.js';

const operators: Readonly<Record<string, Operator>> = {
  ...logicOperators,
  ...numberOperators,
  ...arrayOperators,
  ...typeOperators,
  ...textOperators,
  ...dateOperators,
};

/** Compiles an aggregation expression. Refuses by name every operator it does not know, before any document is seen. */
export function compileExpression(expression: unknown): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return pathExpression(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const keys = Object.keys(expression);
  const [first = ''] = keys;
  if (!first.startsWith('$')) return objectExpression(expression);
  if (keys.length > 1) {
    throw new CommandError(
      15983,
      `An object representing an expression must have exactly one field: ${JSON.stringify(expression)}`,
    );
  }
  const operator = operators[first];
  if (operator === undefined) throw unsupported(`The aggregation expression ${first}`);
  return operator(expression[first], compileExpression, first);
}

function objectExpression(expression: Doc): Expression {
  const fields = Object.entries(expression).map(([key, value]) => [key, compileExpression(value)] as const);
  return (scope) => {
    const result: Doc = {};
    for (const [key, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) setField(result, key, value);
    }
    return result;
  };
}

function pathExpression(text: string): Expression {
  const isVariable = text.startsWith('$$');
  const [name = '', ...parts] = text.slice(isVariable ? 2 : 1).split('.');
  if (!isVariable) return ({ root }) => valueAt(root, [name, ...parts]);
  if (name === '') throw new CommandError(9, "'' is not a valid variable name");
  return (scope) => valueAt(variable(name, scope), parts);
}

function variable(name: string, { root, variables }: Scope): unknown {
  if (Object.hasOwn(variables, name)) return variables[name];
  if (name === 'ROOT' || name === 'CURRENT') return root;
  if (name === 'REMOVE') return undefined;
  if (name === 'NOW') return new Date();
  throw new CommandError(17276, `Use of undefined variable: ${name}`);
}

/** Follows a path as expressions do: an array gives the list of what its documents have. */
function valueAt(value: unknown, parts: readonly string[]): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(value))
    return value.map((item) => valueAt(item, parts)).filter((item) => item !== undefined);
  return isDoc(value) && Object.hasOwn(value, part) ? valueAt(value[part], rest) : undefined;
}

/** Gives `let` variables and a document to expressions. */
export function scopeOf(root: unknown, variables: Readonly<Record<string, unknown>> = {}): Scope {
  return { root, variables };
}

/** `$expr` for the matcher, with the variables of the command. */
export const expressionTest =
  (variables: Doc) =>
  (expression: unknown): ((document: Doc) => boolean) => {
    const evaluate = compileExpression(expression);
    const values = evaluateVariables(variables);
    return (document) => truthy(evaluate(scopeOf(document, values)));
  };

/** The values of a `let`, which may be expressions over nothing or over an outer scope. */
export function evaluateVariables(variables: Doc, outer: Scope = scopeOf({})): Doc {
  return asDoc(compileExpression(Object.keys(variables).length > 0 ? variables : { $literal: {} })(outer));
}
