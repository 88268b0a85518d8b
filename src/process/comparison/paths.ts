type Named = { readonly kind: string; readonly name: readonly string[] };

// What a terminal or a browser would act upon, or show as nothing: controls, marks that turn or hide text, lone surrogates.
const unseen = /[\p{Cc}\p{Cs}\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/** One line of a foreign text, in which everything can be seen: a line end as `\n`, other unseen characters by their number. */
export function visible(text: string): string {
  return text.replace(unseen, (one) => {
    if (one === '\n') return '\\n';
    if (one === '\t') return '\\t';
    return `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const files = new Set(['file', 'folder', 'symlink', 'fifo', 'socket', 'device']);

/** A name as people write it: `public.invoice.total`, `bin/billing.dll`, `web.config: appSettings.Timeout`. */
export function nameText({ kind, name }: Named): string {
  if (name.length === 0) return 'everything';
  if (files.has(kind)) return visible(name.join('/'));
  if (kind === 'parameter') return parameterText(name);
  if (kind === 'grant' && name.length > 2) return grantText(name);
  return name.map(dotted).join('.');
}

function parameterText([file = '', ...keys]: readonly string[]): string {
  return keys.length === 0 ? visible(file) : `${visible(file)}: ${keys.map(dotted).join('.')}`;
}

/** A grant says first what kind of thing it is on, and last to whom. */
function grantText(name: readonly string[]): string {
  const [kind = '', ...on] = name.slice(0, -1);
  return `${visible(kind)} ${on.map(dotted).join('.')} to ${visible(name.at(-1) ?? '')}`;
}

/** A part of a dotted name, in quotes where it would read as another one. Types in a function's name have dots of their own. */
function dotted(part: string): string {
  const isClear =
    part !== '' && part.trim() === part && !/"/u.test(part) && (!part.includes('.') || part.includes('('));
  return visible(isClear ? part : `"${part.replaceAll('"', '""')}"`);
}

/** Where a difference is: `shop › public.invoice.total`. */
export function pathOf(source: string, thing: Named): string {
  return `${visible(source)} › ${nameText(thing)}`;
}
