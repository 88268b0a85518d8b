import { parseDotenv } from './dotenv.js';
import { parseIni } from './ini.js';
import { parseJson } from './json.js';
import type { Parameter } from './parameter.js';
import { parseProperties } from './properties.js';
import { parseToml } from './toml.js';
import { parseXml } from './xml.js';
import { parseYaml } from './yaml.js';

export const formats = ['env', 'json', 'yaml', 'toml', 'ini', 'xml', 'properties'] as const;
export type Format = (typeof formats)[number];

const parsers: Readonly<Record<Format, (text: string) => Parameter[]>> = {
  env: parseDotenv,
  json: parseJson,
  yaml: parseYaml,
  toml: parseToml,
  ini: parseIni,
  xml: parseXml,
  properties: parseProperties,
};

const endings: readonly (readonly [RegExp, Format])[] = [
  [/(?:^|\/)\.env(?:\.[^/]*)?$|\.env$/iu, 'env'],
  [/\.(?:json|jsonc|json5)$/iu, 'json'],
  [/\.ya?ml$/iu, 'yaml'],
  [/\.toml$/iu, 'toml'],
  [/\.(?:ini|cfg|cnf)$/iu, 'ini'],
  [/\.(?:xml|config)$/iu, 'xml'],
  [/\.properties$/iu, 'properties'],
];

/** What a file of this name holds; undefined when the name does not tell. */
export function formatOf(path: string): Format | undefined {
  return endings.find(([ending]) => ending.test(path))?.[1];
}

/** Every value in a file, in its order; keys that are given twice come twice. Throws `Unparsable`. */
export function parseParameters(format: Format, text: string): Parameter[] {
  return parsers[format](text);
}
