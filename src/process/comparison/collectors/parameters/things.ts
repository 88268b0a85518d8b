import type { Thing, Value } from '../../snapshot.js';
import type { CollectorTools } from '../collector.js';
import { masked } from '../databases/notes.js';
import type { Format } from './formats.js';
import type { Parameter } from './parameter.js';

type Masking = Pick<CollectorTools, 'secretKey' | 'isSecret'>;

function shownValue({ path, value }: Parameter, { secretKey, isSecret }: Masking): Value {
  const text = String(value);
  return isSecret(path.join('.'), text) ? masked(secretKey, text) : value;
}

/** A key is told as it is, unless the key itself looks like a secret. */
function shownKey(key: string, { secretKey, isSecret }: Masking): string {
  return isSecret('', key) ? `(secret ${masked(secretKey, key).secret.slice(0, 16)})` : key;
}

/** `value` for the first that a key is given, `value 2` for the next: which of them counts differs between programs. */
function propsOf(given: readonly Parameter[], masking: Masking): Thing['props'] {
  const props: Record<string, Value> = {};
  for (const [index, one] of given.entries()) {
    const name = one.empty ? 'empty' : 'value';
    props[index === 0 ? name : `${name} ${index + 1}`] = one.empty ? one.value : shownValue(one, masking);
  }
  return props;
}

/** A parameter file and what is in it. */
export function parameterThings(
  file: string,
  format: Format,
  parameters: readonly Parameter[],
  masking: Masking,
): Thing[] {
  const parent = { kind: 'parameter', name: [file] };
  const byPath = new Map<string, Parameter[]>();
  for (const parameter of parameters) {
    const path = parameter.path.map((key) => shownKey(key, masking));
    const key = JSON.stringify(path);
    const same = byPath.get(key);
    if (same === undefined) byPath.set(key, [parameter]);
    else same.push(parameter);
  }
  const things = [...byPath].map(([key, given]): Thing => {
    const name = [file, ...(JSON.parse(key) as string[])];
    return { kind: 'parameter', name, parent, props: propsOf(given, masking) };
  });
  return [{ ...parent, props: { format } }, ...things];
}
