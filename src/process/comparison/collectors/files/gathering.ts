import type { Blind, Thing } from '../../snapshot.js';
import type { Told } from './entry.js';
import type { ByteName } from './names.js';
import type { Owners } from './owners.js';
import type { RecordView } from './record-view.js';
import { filesInOrder, nameIn, placeOf, propsOf, RecordedThing, sharing } from './things.js';
import { type Recorded, unlikeEntries } from './unlike.js';

/** Gathers what is found. A name that could not be looked at becomes a blind spot, and no thing. */
export interface Gathering {
  readonly blind: Blind[];
  add(folder: ByteName, entry: Told): void;
  /**
   * All that a record tells of, but for folders, whose places it gives. It is kept, and made into things when somebody asks for
   * them.
   */
  addRecord(record: RecordView): readonly number[];
  count(): number;
  /** All things in their order. */
  things(): Thing[];
  /** The things of this gathering and of another, in their order, without those that are the same in both. */
  unlike(other: Gathering): readonly [Thing[], Thing[]];
  /** What of these entries is a thing, beside what was added by itself; in order. */
  made(entries: Iterable<Recorded>): Thing[];
  readonly records: readonly RecordView[];
}

const isThing = ({ record, at }: Recorded): boolean =>
  record.kind(at) !== 'folder' && record.trouble(at) === undefined;

function* inOrder(records: readonly RecordView[]): Generator<Recorded> {
  for (const record of records) {
    // Things that come in the order of their names are sorted in a fraction of the time.
    for (const at of record.inOrder()) yield { record, at };
  }
}

export function gathering(owners: Owners): Gathering {
  const [added, blind]: [Thing[], Blind[]] = [[], []];
  const records: RecordView[] = [];
  const shared = sharing(owners);
  let place = placeOf('', shared);
  const enter = (folder: ByteName): typeof place => {
    if (place.folder !== folder) place = placeOf(folder, shared);
    return place;
  };
  let count = 0;
  const made: Gathering['made'] = (entries) => {
    const things = [...added];
    for (const one of entries)
      if (isThing(one)) things.push(new RecordedThing(enter(one.record.folder), one.record, one.at));
    return things.sort(filesInOrder);
  };
  return {
    ...{ blind, records, made },
    add: (folder, entry) => {
      const { parent } = enter(folder);
      const name = nameIn(place, entry.name);
      if (entry.trouble !== undefined) return void blind.push({ name, why: entry.trouble });
      const [kind, props] = [entry.kind, propsOf(entry, shared)];
      added.push(parent === undefined ? { kind, name, props } : { kind, name, parent, props });
    },
    addRecord: (record) => {
      records.push(record);
      const folders: number[] = [];
      for (let at = 0; at < record.count; at += 1) {
        const why = record.trouble(at);
        if (why !== undefined) blind.push({ name: nameIn(enter(record.folder), record.name(at)), why });
        else if (record.kind(at) === 'folder') folders.push(at);
        else count += 1;
      }
      return folders;
    },
    count: () => added.length + count,
    things: () => made(inOrder(records)),
    unlike: (other) => {
      const { here, there } = unlikeEntries(records, other.records);
      return [made(here), other.made(there)];
    },
  };
}
