import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, doorTo, openDatabase } from './database.js';
import { discounts, shop } from './shop.js';

type Both<One> = Readonly<Record<'staging' | 'production', One>>;

/** The addresses of Acme's two databases. Staging's is one migration ahead. */
export interface Databases extends Both<string> {
  /** Resolves when nobody has to wait for them any more; throws when they cannot be opened. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts both, and makes them in this folder when they are missing. Their addresses are known at once, so that everything else
 * can start meanwhile.
 */
export async function startDatabases(folder: string): Promise<Databases> {
  const ending = new AbortController();
  const opening = openBoth(folder, ending.signal);
  let open: readonly Database[] = [];
  opening.then(
    (both) => {
      open = Object.values(both);
    },
    () => ending.abort(),
  );
  const doorOf = (name: keyof Both<unknown>) => doorTo(opening.then((both) => both[name].port));
  const [staging, production] = await Promise.all([doorOf('staging'), doorOf('production')]);
  return {
    staging: staging.url,
    production: production.url,
    ready: () => opening.then(() => undefined),
    stop: async () => {
      await Promise.all([staging.close(), production.close()]);
      await Promise.all(open.map((one) => one.close()));
      ending.abort();
      await opening.catch(() => undefined);
    },
  };
}

async function openBoth(folder: string, signal: AbortSignal): Promise<Both<Database>> {
  const [staging, production] = [join(folder, 'staging'), join(folder, 'production')];
  // Noted when both are whole: what was left half made cannot be opened.
  const note = join(folder, 'made');
  const isNew = !existsSync(note);
  if (isNew) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const made = await openDatabase({ folder: production, statements: shop }, signal);
    // The thread that made it ends, and with it goes all the memory that this took: several times what a copy needs.
    await made.close();
    await cp(production, staging, { recursive: true });
  }
  const ahead = `${discounts.bring} insert into applied_migration values ('${discounts.name}', 'staging')`;
  const [one, other] = await Promise.all([
    openDatabase({ folder: staging, statements: isNew ? ahead : '' }, signal),
    openDatabase({ folder: production, statements: '' }, signal),
  ]);
  if (isNew) await writeFile(note, '');
  return { staging: one, production: other };
}
