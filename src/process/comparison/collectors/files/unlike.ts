import type { ByteName } from './names.js';
import type { RecordView } from './record-view.js';

/** One entry of a record. */
export interface Recorded {
  readonly record: RecordView;
  readonly at: number;
}

/** Entries of two sides. */
export interface Sides {
  readonly here: Recorded[];
  readonly there: Recorded[];
}

function addAll(entries: Recorded[], records: readonly RecordView[]): void {
  for (const record of records) for (let at = 0; at < record.count; at += 1) entries.push({ record, at });
}

function byFolder(records: readonly RecordView[]): Map<ByteName, RecordView[]> {
  const folders = new Map<ByteName, RecordView[]>();
  for (const record of records) {
    const there = folders.get(record.folder);
    if (there === undefined) folders.set(record.folder, [record]);
    else there.push(record);
  }
  return folders;
}

function addUnlike(sides: Sides, one: Recorded, other: Recorded): void {
  if (one.record.isLike(one.at, other.record, other.at)) return;
  sides.here.push(one);
  sides.there.push(other);
}

function addByName(sides: Sides, here: RecordView, there: RecordView, from: number): void {
  const places = there.places();
  const alone = new Set<number>();
  for (let at = from; at < there.count; at += 1) alone.add(at);
  for (let at = from; at < here.count; at += 1) {
    const one = { record: here, at };
    const place = places.get(here.name(at));
    if (place === undefined) sides.here.push(one);
    else addUnlike(sides, one, { record: there, at: place });
    if (place !== undefined) alone.delete(place);
  }
  for (const at of alone) sides.there.push({ record: there, at });
}

function addFolder(sides: Sides, here: RecordView, there: RecordView): void {
  const most = Math.min(here.count, there.count);
  let at = 0;
  // Two folders that were made alike mostly tell their names in the same order.
  for (; at < most && here.hasSameName(at, there, at); at += 1) {
    if (here.isLike(at, there, at)) continue;
    sides.here.push({ record: here, at });
    sides.there.push({ record: there, at });
  }
  if (at < here.count || at < there.count) addByName(sides, here, there, at);
}

/** The entries of two sides without those that are the same in both; all entries of folders that several records tell of. */
export function unlikeEntries(here: readonly RecordView[], there: readonly RecordView[]): Sides {
  const sides: Sides = { here: [], there: [] };
  const others = byFolder(there);
  for (const [folder, ours] of byFolder(here)) {
    const theirs = others.get(folder) ?? [];
    others.delete(folder);
    const [[one], [other]] = [ours, theirs];
    if (one !== undefined && other !== undefined && ours.length + theirs.length === 2)
      addFolder(sides, one, other);
    else {
      addAll(sides.here, ours);
      addAll(sides.there, theirs);
    }
  }
  for (const theirs of others.values()) addAll(sides.there, theirs);
  return sides;
}
