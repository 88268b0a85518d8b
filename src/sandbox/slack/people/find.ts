import { elementsOf, type Placed } from '../inputs.js';
import { isRecord, type Json, listOf, recordOf, recordsOf, textOf } from '../json.js';

/** Something with a label that can be pressed, and what pressing it sends. */
export interface Pressable {
  readonly placed: Placed;
  readonly label: string;
  /** The value part of the payload. */
  readonly chosen: Json;
}

const words = (value: unknown): string => textOf(recordOf(value).text);

/** Buttons, and the options of overflow menus. */
export function pressables(blocks: unknown): readonly Pressable[] {
  return elementsOf(blocks).flatMap((placed) => {
    const { element } = placed;
    if (element.type === 'button')
      return [{ placed, label: words(element.text), chosen: { type: 'button' } }];
    if (element.type !== 'overflow') return [];
    return recordsOf(element.options).map((option) => ({
      placed,
      label: words(option.text),
      chosen: { type: 'overflow', selected_option: option },
    }));
  });
}

/** A label as people say it: "Stop" also means "Stop…", and case is no matter. */
const spoken = (label: string): string =>
  label
    .trim()
    .replace(/\s*(…|\.\.\.)$/, '')
    .toLowerCase();

export function pressable(blocks: unknown, label: string, item?: string): Pressable | undefined {
  const all = pressables(blocks).filter(
    ({ placed }) => item === undefined || belongsTo(blocks, placed, item),
  );
  return (
    all.find((one) => one.label === label) ??
    all.find((one) => spoken(one.label) === spoken(label)) ??
    all.find((one) => one.placed.actionId === label)
  );
}

/** An element belongs to an item when its block speaks of it, or the nearest speaking block above. */
function belongsTo(blocks: unknown, { block }: Placed, item: string): boolean {
  const all = recordsOf(blocks);
  const silent = ({ type }: Json) => type === 'actions' || type === 'divider';
  const above = all.slice(0, all.indexOf(block) + 1).findLast((one) => !silent(one));
  return flatText([block, above]).includes(item);
}

/** Every text in blocks, in reading order. */
export function flatText(value: unknown): string {
  if (Array.isArray(value)) return value.map(flatText).filter(Boolean).join(' ');
  if (!isRecord(value)) return '';
  return Object.entries(value)
    .map(([name, part]) => (typeof part === 'string' ? (name === 'text' ? part : '') : flatText(part)))
    .filter(Boolean)
    .join(' ');
}

/** An element that holds a value, by its label, the text beside it, its placeholder, its action_id or block_id. */
export function fillable(blocks: unknown, name: string): Placed | undefined {
  const all = elementsOf(blocks).filter(
    ({ element }) => element.type !== 'button' && element.type !== 'overflow',
  );
  const called = ({ block, element, actionId, blockId }: Placed) =>
    [words(block.label), words(block.text), words(element.placeholder), actionId, blockId].map(spoken);
  return (
    all.find((placed) => called(placed).includes(spoken(name))) ??
    all.find((placed) => called(placed)[0]?.startsWith(spoken(name)))
  );
}

/** The labels of everything that holds a value, for saying what there is. */
export const fillableNames = (blocks: unknown): readonly string[] =>
  elementsOf(blocks)
    .filter(({ element }) => element.type !== 'button' && element.type !== 'overflow')
    .map(({ block, actionId }) => words(block.label) || words(block.text) || actionId);

/** An element's options, those of its groups included. */
const optionsOf = (element: Json): readonly Json[] => [
  ...recordsOf(element.options),
  ...recordsOf(element.option_groups).flatMap((group) => recordsOf(listOf(group.options))),
];

export function optionNamed(element: Json, name: string): Json {
  const options = optionsOf(element);
  const found =
    options.find(({ text, value }) => words(text) === name || value === name) ??
    options.find(({ text }) => spoken(words(text)) === spoken(name)) ??
    options.find(({ text }) => words(text).startsWith(name));
  if (found !== undefined) return found;
  throw new Error(
    `There is no option "${name}"; there are: ${options.map(({ text }) => words(text)).join(', ')}.`,
  );
}
