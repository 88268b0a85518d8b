import { describe, expect, test } from '@jest/globals';
import {
  mayBeImportedBy,
  mayImport,
  order,
  partOf,
  pureLibraries,
  roleOf,
  ruleFiles,
  stepOf,
} from './house.js';
import { type Import, importsOf, nodesOf, sourceFiles, treeOf } from './imports-of.js';

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const ours = imports.filter(({ from }) => partOf(from) !== 'sandbox');
const shown = ({ from, to, library }: Import): string => `${from} imports ${to ?? library}`;
const but = (found: readonly Import[], allowed: (one: Import) => boolean): string[] =>
  found.filter((one) => !allowed(one)).map(shown);

describe('the house', () => {
  test('was really looked at', () => {
    expect(files.length).toBeGreaterThan(90);
    expect(ours.length).toBeGreaterThan(450);
    expect(ours.filter(({ typeOnly }) => typeOnly).length).toBeGreaterThan(100);
    expect(ruleFiles().length).toBeGreaterThanOrEqual(18);
  });

  test('imports only files that are there', () => {
    expect(but(imports, ({ to }) => to === undefined || files.includes(to))).toEqual([]);
  });

  test('parts import only what the design lets them', () => {
    const allowed = ({ from, to }: Import): boolean =>
      to === undefined || partOf(from) === partOf(to) || (mayImport[partOf(from)] ?? []).includes(partOf(to));
    expect(but(ours, allowed)).toEqual([]);
    expect(
      [...new Set(ours.map(({ from }) => partOf(from)))].filter((part) => mayImport[part] === undefined),
    ).toEqual([]);
  });

  test('nothing imports the sandbox', () => {
    expect(but(ours, ({ to }) => to === undefined || partOf(to) !== 'sandbox')).toEqual([]);
  });

  test('goes in no circle, not even by its types', () => {
    expect(circlesIn(ours)).toEqual([]);
    // The page draws blocks that hold elements that hold blocks; the rest of the sandbox runs in no circle either.
    const running = imports.filter(
      ({ from, typeOnly }) => !typeOnly && !from.startsWith('sandbox/slack/page/'),
    );
    expect(circlesIn(running)).toEqual([]);
  });

  test('imports libraries that reach outside only where the place or the suffix says so', () => {
    const reaching = ours.filter(({ library }) => library !== undefined && library in mayBeImportedBy);
    expect(but(reaching, (one) => mayBeImportedBy[one.library ?? '']?.(one) ?? false)).toEqual([]);
    expect(new Set(reaching.map(({ library }) => library)).size).toBe(Object.keys(mayBeImportedBy).length);
  });
});

describe('the process', () => {
  const across = ours.filter(
    ({ from, to }) => to !== undefined && stepOf(to) !== undefined && stepOf(from) !== stepOf(to),
  );

  test('has a step for every folder, and a folder for every step', () => {
    const folders = new Set(files.flatMap((file) => stepOf(file) ?? []));
    expect([...folders].sort()).toEqual([...order].sort());
  });

  test('is entered only by the front doors of its steps', () => {
    expect(across.length).toBeGreaterThan(40);
    // The command line comes in by a step's pure parts: the front door would load Slack and MongoDB.
    const byTheDoor = across.filter(({ from }) => partOf(from) !== 'cli');
    expect(but(byTheDoor, ({ to }) => roleOf(to ?? '') === 'index')).toEqual([]);
    const cli = across.filter(({ from }) => partOf(from) === 'cli');
    expect(
      but(
        cli,
        ({ to }) =>
          stepOf(to ?? '') === 'comparison' && !['store', 'commands', 'slots'].includes(roleOf(to ?? '')),
      ),
    ).toEqual([]);
  });

  test('is imported in its own order: a step knows earlier steps, never later ones, nor what is made of them all', () => {
    const earlier = ({ from, to }: Import): boolean => {
      const [mine, theirs] = [stepOf(from), stepOf(to ?? '')];
      return mine === undefined || theirs === undefined || order.indexOf(theirs) < order.indexOf(mine);
    };
    expect(but(across, earlier)).toEqual([]);
    const upwards = ours.filter(
      ({ from, to }) => stepOf(from) !== undefined && to !== undefined && /^process\/[^/]+\.ts$/u.test(to),
    );
    expect(upwards.map(shown)).toEqual([]);
  });

  test('no step uses its own front door', () => {
    expect(
      but(ours, ({ from, to }) => stepOf(from) === undefined || to !== `process/${stepOf(from)}/index.ts`),
    ).toEqual([]);
  });
});

describe('the roles of files', () => {
  const inSteps = ours.filter(({ from }) => stepOf(from) !== undefined);
  const rules = ruleFiles();

  test('views know rules, words and blocks: nothing of stores, people or use cases but their types', () => {
    const views = inSteps.filter(({ from }) => roleOf(from) === 'views');
    const allowed = ({ to, typeOnly }: Import): boolean =>
      typeOnly ||
      to === undefined ||
      partOf(to) === 'kernel' ||
      to === 'platform/slack/blocks.ts' ||
      rules.includes(to) ||
      ['index', 'views'].includes(roleOf(to));
    expect(views.length).toBeGreaterThan(30);
    expect(but(views, allowed)).toEqual([]);
  });

  test('commands speak to use cases and views, and never to a store or the platform behind it', () => {
    const commands = inSteps.filter(({ from }) => roleOf(from) === 'commands');
    const allowed = ({ to, typeOnly }: Import): boolean =>
      typeOnly || to === undefined || (roleOf(to) !== 'store' && !/^platform\/(store|jobs|http)\//u.test(to));
    expect(commands.length).toBeGreaterThan(40);
    expect(but(commands, allowed)).toEqual([]);
  });

  test('stores know the types of their rules and the store of the platform', () => {
    const stores = ours.filter(({ from }) => roleOf(from) === 'store');
    const allowed = ({ from, to, typeOnly }: Import): boolean =>
      typeOnly || to === undefined || to.startsWith('platform/store/') || stepOf(to) === stepOf(from);
    expect(stores.length).toBeGreaterThan(8);
    expect(but(stores, allowed)).toEqual([]);
  });
});

describe('the rules', () => {
  const rules = ruleFiles();

  test('are there', () => {
    expect(rules.filter((file) => !files.includes(file))).toEqual([]);
    expect(order.filter((step) => !rules.some((file) => stepOf(file) === step))).toEqual([]);
  });

  test('import the kernel, other rules and what only computes: no store, no Slack, no clock', () => {
    const found = rules
      .filter((file) => stepOf(file) !== undefined || file === 'process/next.ts')
      .flatMap(importsOf);
    const allowed = ({ from, to, library, typeOnly }: Import): boolean => {
      if (library !== undefined) return pureLibraries.includes(library);
      if (to === undefined || to === 'kernel/clock.ts') return false;
      const neighbour =
        stepOf(to) !== undefined &&
        (rules.includes(to) || (roleOf(to) === 'index' && stepOf(to) !== stepOf(from)));
      return partOf(to) === 'kernel' || neighbour || (typeOnly && to === 'people/people.ts');
    };
    expect(found.length).toBeGreaterThan(50);
    expect(but(found, allowed)).toEqual([]);
  });

  test('never ask what time it is, and never throw dice', () => {
    const impure = [
      'Date.now',
      'Math.random',
      'DateTime.now',
      'DateTime.local',
      'DateTime.utc',
      'process.env',
      'performance.now',
    ];
    const source = rules.filter((file) => !['kernel/clock.ts', 'kernel/ids.ts'].includes(file));
    const asked = source.flatMap((file) =>
      reachesOf(file)
        .filter((one) => impure.includes(one) || one === 'new Date()')
        .map((one) => `${file}: ${one}`),
    );
    expect(asked).toEqual([]);
    expect(reachesOf('kernel/clock.ts')).toContain('DateTime.utc');
  });
});

/** What a file reads of global things: `Date.now`, `new Date()`. */
function reachesOf(file: string): string[] {
  type Named = { readonly value?: string; readonly type?: string };
  return [...nodesOf(treeOf(file))].flatMap((node) => {
    if (node.type === 'NewExpression' && (node['callee'] as Named).value === 'Date') {
      const given = node['arguments'];
      return Array.isArray(given) && given.length > 0 ? [] : ['new Date()'];
    }
    if (node.type !== 'MemberExpression') return [];
    return [`${(node['object'] as Named).value}.${(node['property'] as Named).value}`];
  });
}

/** Every circle of imports, by the files in it. */
function circlesIn(found: readonly Import[]): string[] {
  const next = new Map<string, Import[]>();
  for (const one of found) next.set(one.from, [...(next.get(one.from) ?? []), one]);
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) if (to !== undefined) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return circles;
}
