type Named = { readonly kind: string; readonly name: readonly string[] };

function partText(part: string): string {
  return part.includes('\0') || part.includes('\u0001')
    ? part.replaceAll('\u0001', '\u00011').replaceAll('\0', '\u00010')
    : part;
}

/** One text for a kind and a name, different for different ones whatever characters they hold. */
export function keyOf(kind: string, name: readonly string[]): string {
  let key = partText(kind);
  for (const part of name) key += `\0${partText(part)}`;
  return key;
}

/**
 * A name below another one. Written out for the usual depths: there are a hundred thousand of them, `concat` takes ten times as
 * long, and a spread leaves room for sixteen more parts in each.
 */
export function below(path: readonly string[], name: string): readonly string[] {
  const [first = '', second = '', third = ''] = path;
  if (path.length === 0) return [name];
  if (path.length === 1) return [first, name];
  if (path.length === 2) return [first, second, name];
  if (path.length === 3) return [first, second, third, name];
  return path.concat(name);
}

/** The name by which definitions speak of a thing: its innermost, of a routine without the types of what it takes. */
export function ownName({ kind, name }: Named): string {
  const last = name.at(-1) ?? '';
  return /^(?:function|procedure|aggregate)$/u.test(kind) ? last.replace(/\(.*$/su, '') : last;
}

/**
 * The name that a thing would have if what it belongs to were called otherwise; undefined when that is no part of its name.
 * Grants say the kind of what they are on first.
 */
export function relocated(child: Named, from: Named, to: Named): readonly string[] | undefined {
  for (const at of [0, 1]) {
    const rest = child.name.slice(at);
    if (rest.length <= from.name.length || from.name.some((part, depth) => rest[depth] !== part)) continue;
    return [...child.name.slice(0, at), ...to.name, ...rest.slice(from.name.length)];
  }
  return undefined;
}

const wordBefore = /[\p{L}\p{N}_$]$/u;
const wordAfter = /^[\p{L}\p{N}_$]/u;

/** The text with a word replaced wherever it stands alone: not the `id` in `paid`. */
export function withWord(text: string, from: string, to: string): string {
  if (from === '' || from === to || !text.includes(from)) return text;
  const [first = '', ...others] = text.split(from);
  let told = first;
  let before = first;
  for (const after of others) {
    const isPart = wordBefore.test(before.slice(-2)) || wordAfter.test(after.slice(0, 2));
    told += `${isPart ? from : to}${after}`;
    before = after;
  }
  return told;
}
