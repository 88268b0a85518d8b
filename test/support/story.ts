import type { World } from './world.js';

const team = { in: 'acme-team' };
const shared = { in: 'acme-shared' };

/** Registers an incident by command and gives its number. */
export async function registered(world: World, title: string): Promise<string> {
  const { text = '' } = await world.lead.types(`/incident acme ${title}`, team);
  await world.settles();
  const [id] = /^ACME-\d+/.exec(text) ?? [];
  if (id === undefined) throw new Error(`not registered: ${text}`);
  return id;
}

/** An incident that waits for the client's go-ahead. */
export async function resolved(world: World, title: string): Promise<string> {
  const id = await registered(world, title);
  await world.dev.clicks('Work on it', { ...team, message: new RegExp(`^${id} · `) });
  await world.dev.submits({
    'Further requirements that are met': 'It works',
    'Test document': 'Tried by hand',
  });
  await world.settles();
  return id;
}

/** An incident that the client has authorised. */
export async function authorised(world: World, title: string): Promise<string> {
  const id = await resolved(world, title);
  await world.client.clicks('Authorise', { ...shared, message: new RegExp(`^May ${id} `) });
  await world.settles();
  return id;
}

/** A release of these incidents, as a draft. */
export async function drafted(world: World, ...incidents: readonly string[]): Promise<string> {
  const { text = '' } = await world.lead.types(`/release new acme ${incidents.join(' ')}`, team);
  await world.settles();
  const [id] = /^ACME-R\d+/.exec(text) ?? [];
  if (id === undefined) throw new Error(`not created: ${text}`);
  return id;
}

/** A release whose date the client is asked about; Wednesday 20:00 in Melbourne unless given. */
export async function proposed(world: World, incident: string, date = '4 March 8pm'): Promise<string> {
  const id = await drafted(world, incident);
  const { text = '' } = await world.lead.types(`/release propose ${id} ${date}`, team);
  if (!text.includes('is proposed to')) throw new Error(`not proposed: ${text}`);
  await world.settles();
  return id;
}

/** A release whose date is agreed. */
export async function agreed(world: World, incident: string, date?: string): Promise<string> {
  const id = await proposed(world, incident, date);
  await world.client.clicks('Accept', { ...shared, message: new RegExp(`^Release ${id}:`) });
  await world.settles();
  return id;
}

/** A release whose checklist is answered: nothing is missing for its freeze. */
export async function prepared(world: World, incident: string, date?: string): Promise<string> {
  const id = await agreed(world, incident, date);
  await world.lead.types(`/checklist ${id}`, team);
  await world.settles();
  await world.dev.clicks('Yes', { ...team, message: new RegExp(`^Checklist of ${id}: Are staging`) });
  await world.dev.submits({ Evidence: 'Compared, nothing differs' });
  await world.settles();
  for (const item of ['Does everybody', 'Can it be']) {
    await world.lead.clicks('Yes', { ...team, message: new RegExp(`^Checklist of ${id}: ${item}`) });
    await world.settles();
  }
  return id;
}
