import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { ConfigurationFaults, type Fault } from './environment.js';
import { type House, houseSchema } from './house.js';

/** Reads slipway.yaml. Throws ConfigurationFaults that name every fault by its place. Folders in it are relative to the file. */
export async function readHouse(path: string): Promise<House> {
  const text = await readFile(path, 'utf8').catch(() => {
    const sentence = `cannot be read at ${path}. Start from the example in README.md, or name another with SLIPWAY_CONFIG.`;
    throw new ConfigurationFaults([{ setting: 'slipway.yaml', sentence }]);
  });
  return parseHouse(text, dirname(resolve(path)));
}

/** Reads the text of slipway.yaml; `folder` is what its relative folders start from. */
export function parseHouse(text: string, folder: string): House {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new ConfigurationFaults(
      document.errors.map(({ message }): Fault => ({ setting: 'slipway.yaml', sentence: message })),
    );
  }
  const result = houseSchema.safeParse(valuesOf(document), {
    error: ({ code, input }) => (code === 'invalid_type' && input === undefined ? 'is missing' : undefined),
  });
  if (!result.success) {
    throw new ConfigurationFaults(
      result.error.issues.map(
        ({ path, message }): Fault => ({
          setting: ['slipway.yaml', path.join('.')].filter(Boolean).join(' '),
          sentence: message,
        }),
      ),
    );
  }
  for (const client of Object.values(result.data.clients)) {
    client.deployment.folder = resolve(folder, client.deployment.folder);
  }
  return result.data;
}

function valuesOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias of nothing, or so many that they would fill the memory.
    const sentence = error instanceof Error ? error.message : String(error);
    throw new ConfigurationFaults([{ setting: 'slipway.yaml', sentence }]);
  }
}
