import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { CollectorTools } from '../../../../src/process/comparison/collectors/collector.js';
import { isSecret } from '../../../../src/process/comparison/secrets.js';
import type { Section, Thing } from '../../../../src/process/comparison/snapshot.js';

const made: string[] = [];

/** A new folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-files-'));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function someTools(more: Partial<CollectorTools> = {}): CollectorTools {
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    secretKey: 'a key that stands for secrets',
    isSecret,
    ...more,
  };
}

/** The thing of this name, whatever its kind. */
export function thingIn({ things }: Section, ...name: readonly string[]): Thing | undefined {
  return things.find((thing) => JSON.stringify(thing.name) === JSON.stringify(name));
}
