import { BSONRegExp } from 'bson';
import { CommandError, unsupported } from './errors.js';
import { compare, equal, rankOf } from './order.js';
import { typeName } from './values.js';

export type Test = (value: unknown) => boolean;

/** Equality as a filter means it: null also matches missing, a regular expression matches texts. */
export function equalTo(operand: unknown): Test {
  if (operand instanceof BSONRegExp) {
    const matches = regexTest(operand.pattern, operand.options);
    return (value) => matches(value) || (value instanceof BSONRegExp && equal(value, operand));
  }
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  return (value) => equal(value, operand);
}

/** `$lt` and its kin: only values of the operand's own type compare, save for MinKey and MaxKey. */
export function ordered(operand: unknown, accepts: (order: number) => boolean): Test {
  const wanted = operand ?? null;
  const acrossTypes = ['minKey', 'maxKey'].includes(typeName(operand));
  if (Number.isNaN(operand)) return (value) => accepts(1) === accepts(-1) && equal(value, operand);
  return (given) => {
    const value = given ?? null;
    if (rankOf(value) !== rankOf(wanted)) return acrossTypes && accepts(compare(value, wanted));
    return !Number.isNaN(value) && accepts(compare(value, wanted));
  };
}

const flags = /^[imsux]*$/;

/** A Perl-style pattern as a test of texts. What JavaScript cannot express is refused. */
export function regexTest(pattern: string, options: string): Test {
  const expression = toRegExp(pattern, options);
  return (value) => typeof value === 'string' && expression.test(value);
}

function toRegExp(pattern: string, options: string): RegExp {
  if (!flags.test(options)) throw new CommandError(51108, `invalid flag in regex options: ${options}`);
  const [, inline = '', rest = pattern] = /^\(\?([imsx]+)\)(.*)$/s.exec(pattern) ?? [];
  const given = new Set([...options, ...inline]);
  given.delete('u');
  if (given.has('x')) throw unsupported('The regular expression option x');
  const written = [...given].join('');
  try {
    return new RegExp(rest, `${written}u`);
  } catch {
    return withoutUnicode(rest, written);
  }
}

function withoutUnicode(pattern: string, options: string): RegExp {
  try {
    return new RegExp(pattern, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(51091, `Regular expression is invalid: ${reason}`);
  }
}
