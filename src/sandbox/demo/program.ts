import { existsSync } from 'node:fs';

/**
 * The program that `npm run build` makes of a file of this folder: beside this one or, where Slipway runs from its sources (in
 * tests), in `dist`.
 */
export function builtProgram(name: string): URL {
  const places = [`./${name}`, `../../../dist/sandbox/demo/${name}`];
  const found = places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} is not built: run \`npm run build\` first.`);
  return found;
}
