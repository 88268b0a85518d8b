import { CommandError } from '../errors.js';
import { compare } from '../order.js';
import { asDoc, asDocs, isAbsent } from '../values.js';
import { type Compile, type Expression, type Operator, truthy } from './expression.js';

/** The operand as a list of expressions: `[a, b]`, or one alone. */
const operandList = (operand: unknown, compile: Compile): Expression[] =>
  (Array.isArray(operand) ? operand : [operand]).map(compile);

/** As many operands as one likes. */
export const anyNumber = [0, Number.POSITIVE_INFINITY] as const;

/** An operator over values, all of which are worked out first. */
export const eager =
  (arity: number | readonly [number, number], apply: (...values: unknown[]) => unknown): Operator =>
  (operand, compile, name) => {
    const values = operandList(operand, compile);
    const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
    if (values.length < least || values.length > most) {
      throw new CommandError(
        16020,
        `Expression ${name} takes exactly ${least} arguments. ${values.length} were passed in.`,
      );
    }
    return (scope) => apply(...values.map((evaluate) => evaluate(scope)));
  };

const comparison = (accepts: (order: number) => boolean): Operator =>
  eager(2, (a, b) => accepts(compare(a, b)));

export const logicOperators: Readonly<Record<string, Operator>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: eager(2, (a, b) => Math.sign(compare(a, b))),
  $and: (operand, compile) => {
    const tests = operandList(operand, compile);
    return (scope) => tests.every((evaluate) => truthy(evaluate(scope)));
  },
  $or: (operand, compile) => {
    const tests = operandList(operand, compile);
    return (scope) => tests.some((evaluate) => truthy(evaluate(scope)));
  },
  $not: eager(1, (value) => !truthy(value)),
  $cond: (operand, compile) => {
    const [test, yes, no] = condParts(operand).map(compile);
    if (test === undefined || yes === undefined || no === undefined) {
      throw new CommandError(16020, 'Expression $cond takes exactly 3 arguments.');
    }
    return (scope) => (truthy(test(scope)) ? yes(scope) : no(scope));
  },
  $ifNull: (operand, compile) => {
    const values = operandList(operand, compile);
    const last = values.at(-1);
    return (scope) => {
      for (const evaluate of values) {
        const value = evaluate(scope);
        if (!isAbsent(value)) return value;
      }
      return last?.(scope);
    };
  },
  $switch: (operand, compile) => {
    const { branches, default: otherwise } = asDoc(operand);
    const cases = asDocs(branches).map((branch) => ({
      test: compile(branch.case),
      result: compile(branch.then),
    }));
    const fallback = otherwise === undefined ? undefined : compile(otherwise);
    return (scope) => {
      const chosen = cases.find(({ test }) => truthy(test(scope)));
      if (chosen !== undefined) return chosen.result(scope);
      if (fallback !== undefined) return fallback(scope);
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    };
  },
  $let: (operand, compile) => {
    const { vars, in: inner } = asDoc(operand);
    const values = Object.entries(asDoc(vars)).map(([name, value]) => [name, compile(value)] as const);
    const evaluate = compile(inner);
    return (scope) => {
      const added = Object.fromEntries(values.map(([name, value]) => [name, value(scope)]));
      return evaluate({ ...scope, variables: { ...scope.variables, ...added } });
    };
  },
  $literal: (operand) => () => operand,
};

function condParts(operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) return operand;
  const { if: condition, then, else: otherwise } = asDoc(operand);
  return [condition, then, otherwise];
}
