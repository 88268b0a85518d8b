/** What an expression sees: the document and the variables (`$$ROOT`, those of `let`, `$$this` …). */
export interface Scope {
  readonly root: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A compiled expression; `undefined` is missing. */
export type Expression = (scope: Scope) => unknown;
export type Compile = (expression: unknown) => Expression;
/** Builds an operator's expression from its operand. */
export type Operator = (operand: unknown, compile: Compile, name: string) => Expression;

/** What `$and`, `$cond` and `$match` take for true: everything but false, null, missing and zero. */
export function truthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return typeof value === 'object' && '_bsontype' in value ? Number(String(value)) !== 0 : value !== 0;
}
