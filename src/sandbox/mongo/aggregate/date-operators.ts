import { Context, ProcessingMode } from 'mingo/core';
import * as mingo from 'mingo/operators/expression/date';
import type { Options } from 'mingo/types';
import { CommandError, unsupported } from '../errors.js';
import { isDoc, isNumeric, plainNumber } from '../values.js';
import type { Operator } from './expression.js';

/**
 * Operators on dates come from mingo, which gets them right. It is handed finished values only: paths, variables, comparison, texts
 * and numbers' types, where it differs from MongoDB, stay ours. A name is listed here once the parity suite has an answer for it.
 */
const proven = (
  '$year $month $dayOfMonth $dayOfWeek $dayOfYear $hour $minute $second $millisecond ' +
  '$dateToString $dateAdd $dateSubtract $dateDiff $dateTrunc'
).split(' ');

type MingoOperator = (document: unknown, expression: unknown, options: Options) => unknown;
const known: Readonly<Record<string, unknown>> = { ...mingo };
const options: Options = {
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context: Context.init(),
};

function leaf(name: string): Operator {
  const apply = known[name] as MingoOperator | undefined;
  if (apply === undefined) throw unsupported(`The aggregation expression ${name}`);
  return (operand, compile) => {
    const evaluate = compile(operand);
    return (scope) => {
      try {
        return apply(null, constant(evaluate(scope)), options);
      } catch (error) {
        if (error instanceof CommandError) throw error;
        throw new CommandError(16702, `${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
  };
}

/** Hands a finished value to mingo, which takes what is no path for a constant. */
function constant(value: unknown): unknown {
  if (isDoc(value))
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, constant(field)]));
  if (Array.isArray(value)) return value.map(constant);
  if (isNumeric(value)) return plainNumber(value);
  if (typeof value === 'string' && value.startsWith('$'))
    throw unsupported('A text that begins with $ in a date operator');
  return value ?? null;
}

export const dateOperators: Readonly<Record<string, Operator>> = Object.fromEntries(
  proven.map((name) => [name, leaf(name)]),
);
