/** What a person filled in, by the name of the input; an empty input is absent. */
export interface Inputs {
  text(name: string): string | undefined;
  /** Values of ticked boxes or chosen options. */
  chosen(name: string): string[];
}

type Values = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Reads a submitted view's state, whatever kinds of input it held. */
export function inputsOf(values: Values): Inputs {
  const held = new Map<string, string[]>();
  for (const block of Object.values(values)) {
    for (const [name, element] of Object.entries(block)) held.set(name, valuesOf(element));
  }
  return {
    text: (name) => held.get(name)?.[0],
    chosen: (name) => held.get(name) ?? [],
  };
}

const single = [
  'value',
  'selected_date',
  'selected_time',
  'selected_user',
  'selected_conversation',
  'selected_channel',
];

function valuesOf(element: object): string[] {
  const given = element as Record<string, unknown>;
  for (const key of single) {
    const value = given[key];
    if (typeof value === 'string' && value !== '') return [value];
  }
  if (typeof given['selected_date_time'] === 'number') return [String(given['selected_date_time'])];
  const files = Array.isArray(given['files']) ? given['files'] : [];
  const links = files.map((file: { permalink?: unknown; id?: unknown }) => file.permalink ?? file.id);
  const options = [given['selected_option'] ?? [], given['selected_options'] ?? []].flat();
  const values = options.map((option) => (option as { value?: unknown }).value);
  const users = Array.isArray(given['selected_users']) ? given['selected_users'] : [];
  return [...values, ...users, ...links].filter((value) => typeof value === 'string');
}

/** What a modal kept for its submission; anything unreadable counts as nothing. */
export function keptOf(metadata: string): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(metadata);
    if (kept === null || typeof kept !== 'object') return {};
    return Object.fromEntries(
      Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  } catch {
    return {};
  }
}
