import { Context, ProcessingMode } from 'mingo/core';
import * as mingo from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { CommandError, unsupported } from '../errors.js';
import { isDoc, isNumeric, plainNumber } from '../values.js';
import type { Expression, Operator } from './expression.js';

/**
 * Operators on texts and dates come from mingo, which gets them right. It is handed finished values only: paths, variables,
 * comparison and numbers' types, where it differs from MongoDB, stay ours. A name is listed here once the parity suite has an answer for it.
 */
const proven = [
  '$concat',
  '$toLower',
  '$toUpper',
  '$split',
  '$trim',
  '$ltrim',
  '$rtrim',
  '$strLenCP',
  '$strLenBytes',
  '$substrCP',
  '$substr',
  '$replaceOne',
  '$replaceAll',
  '$strcasecmp',
  '$range',
  '$year',
  '$month',
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$hour',
  '$minute',
  '$second',
  '$millisecond',
  '$dateToString',
  '$dateAdd',
  '$dateSubtract',
  '$dateDiff',
  '$dateTrunc',
] as const;

type MingoOperator = (document: unknown, expression: unknown, options: Options) => unknown;
const known: Readonly<Record<string, unknown>> = { ...mingo };
const options: Options = {
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context: Context.init({ expression: { $literal: mingo.$literal } }),
};

function leaf(name: string): Operator {
  const apply = known[name] as MingoOperator | undefined;
  if (apply === undefined) throw unsupported(`The aggregation expression ${name}`);
  return (operand, compile) => {
    const evaluate = argumentsOf(operand, compile);
    return (scope) => {
      try {
        return apply(null, quoted(evaluate(scope)), options);
      } catch (error) {
        throw new CommandError(16702, `${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
  };
}

const argumentsOf = (operand: unknown, compile: (expression: unknown) => Expression): Expression =>
  compile(operand);

/** Hands a finished value to mingo as a constant. */
function quoted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(quoted);
  if (isDoc(value))
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, quoted(field)]));
  if (isNumeric(value)) return plainNumber(value);
  return typeof value === 'string' ? { $literal: value } : (value ?? null);
}

export const leafOperators: Readonly<Record<string, Operator>> = Object.fromEntries(
  proven.map((name) => [name, leaf(name)]),
);
