import { stripVTControlCharacters } from 'node:util';

/** How far a deployment's output says it has come. */
export interface Progress {
  /** `step 3 of 5: migrate database`, when the script says such things. */
  readonly step: string | undefined;
  /** 0 to 100. */
  readonly percent: number | undefined;
  /** The last lines, colours and cursor movements removed. */
  readonly tail: readonly string[];
}

const stepLine = /^\[(\d+)\/(\d+)\]\s*(.*)$/u;
// What is left of terminal control once its sequences are gone.
const control = /(?!\t)\p{Cc}/gu;

/**
 * Reads the output of a deployment. A line `[3/5] migrate database` says that step 3 of 5 begins; everything else is
 * shown as it is.
 */
export function progressOf(output: string): Progress {
  const lines = output
    .split(/\r?\n|\r/u)
    .map((line) => stripVTControlCharacters(line).replace(control, ''))
    .filter((line) => line.trim() !== '');
  const steps = lines.map((line) => stepLine.exec(line)).filter((match) => match !== null);
  const tail = lines.slice(-5).map((line) => (line.length > 200 ? `${line.slice(0, 199)}…` : line));
  const last = steps.at(-1);
  const [, at = '0', of = '0', what = ''] = last ?? [];
  if (last === undefined || Number(of) === 0) return { step: undefined, percent: undefined, tail };
  const percent = Math.min(100, Math.max(0, Math.round(((Number(at) - 1) / Number(of)) * 100)));
  return { step: `step ${at} of ${of}${what === '' ? '' : `: ${what}`}`, percent, tail };
}
