import type { Thing, Value } from '../../snapshot.js';
import type { CollectorTools } from '../collector.js';
import { masked } from '../databases/notes.js';
import type { Format } from './formats.js';
import { openPart } from './open-part.js';
import type { Parameter } from './parameter.js';

type Masking = Pick<CollectorTools, 'secretKey' | 'isSecret'>;

/** What is told of a value: all of it, or of a secret its hash and what may be told beside it. */
function told(name: string, value: Parameter['value'], masking: Masking): { value: Value; open?: string } {
  const text = String(value);
  if (!masking.isSecret(name, text)) return { value };
  const open = openPart(name, text, masking.isSecret);
  const hidden = { value: masked(masking.secretKey, text) };
  return open === undefined ? hidden : { ...hidden, open };
}

/** A key is told as it is, unless it looks like a secret itself, or a word of it does: `user kJ8sd9FhQ2mZx71LpWqRt5Yb`. */
function shownKey(key: string, { secretKey, isSecret }: Masking): string {
  const looksSecret = [key, ...key.split(' ')].some((word) => isSecret('', word));
  return looksSecret ? `(secret ${masked(secretKey, key).secret.slice(0, 16)})` : key;
}

/** `value` for the first that a key is given, `value 2` for the next: which of them counts differs between programs. */
function propsOf(file: string, given: readonly Parameter[], masking: Masking): Thing['props'] {
  const props: Record<string, Value> = {};
  for (const [index, one] of given.entries()) {
    const nth = index === 0 ? '' : ` ${index + 1}`;
    if (one.empty) {
      props[`empty${nth}`] = one.value;
      continue;
    }
    const { value, open } = told([file, ...one.path].join('.'), one.value, masking);
    props[`value${nth}`] = value;
    if (open !== undefined) props[`open part${nth}`] = open;
  }
  return props;
}

/** What the file's own name says of all that is in it: `secrets.yaml`. Its folders say nothing. */
const ownName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

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
    return { kind: 'parameter', name, parent, props: propsOf(ownName(file), given, masking) };
  });
  return [{ ...parent, props: { format } }, ...things];
}
