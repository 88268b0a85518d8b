import { expect } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { Person } from '../../src/sandbox/slack/workspace.js';
import type { World } from './world.js';

const collections = ['incidents', 'releases', 'lessons', 'members', 'counters'];

/** Everything that was recorded and posted, a line each: equal before and after means that nothing was. */
export async function standing(world: World): Promise<string[]> {
  const client = await new MongoClient(world.database).connect();
  try {
    const db = client.db();
    const recorded = await Promise.all(
      collections.map(async (name) =>
        (await db.collection(name).find().sort({ _id: 1 }).toArray()).map(
          ({ _id, version, value, state }) => `${name} ${_id} ${version ?? value} ${state?.status ?? ''}`,
        ),
      ),
    );
    const posted = world.channels.flatMap((key) =>
      world.workspace.messages(key).map(({ ts, text }) => `${key} ${ts} ${text}`),
    );
    return [...recorded.flat(), ...posted];
  } finally {
    await client.close();
  }
}

/** Does something that must come to nothing, and sees that nothing was recorded and nothing posted; gives what it gave. */
export async function changesNothing<T>(world: World, act: () => Promise<T>): Promise<T> {
  await world.settles();
  const before = await standing(world);
  const answer = await act();
  await world.settles();
  expect(await standing(world)).toEqual(before);
  return answer;
}

/** How often the history of an incident or release tells of this. */
export async function told(world: World, id: string, did: RegExp): Promise<number> {
  const client = await new MongoClient(world.database).connect();
  try {
    const collection = /-R\d+$/.test(id) ? 'releases' : 'incidents';
    const found = await client
      .db()
      .collection<{ _id: string; history: { did: string }[] }>(collection)
      .findOne({ _id: id });
    return (found?.history ?? []).filter((entry) => did.test(entry.did)).length;
  } finally {
    await client.close();
  }
}

/** Does something, and gives the words that the person alone is told for it in that channel. */
export async function hears(
  world: World,
  person: Person,
  channel: string,
  act: () => Promise<unknown>,
): Promise<string> {
  const whispers = () => person.sees(channel).filter(({ ephemeral }) => ephemeral);
  const before = whispers().length;
  await act();
  return world.workspace.waitFor(() => (whispers().length > before ? whispers().at(-1)?.text : undefined), {
    what: `an answer to ${person.name}`,
  });
}
