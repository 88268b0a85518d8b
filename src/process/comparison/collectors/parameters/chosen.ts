import picomatch from 'picomatch';

const options = { dot: true, flags: 's' }; // names may hold line ends

/** Which files a source's patterns mean, and which folders may hold some of them. */
export interface Chosen {
  matches(path: string): boolean;
  mayHold(folder: string): boolean;
}

/** Whether a pattern can match something inside this folder; in doubt it can. */
function reaches(pattern: string, folder: readonly string[]): boolean {
  if (/[{(]/u.test(pattern)) return true;
  const parts = pattern.split('/');
  for (const [depth, name] of folder.entries()) {
    const part = parts[depth];
    if (part?.includes('**')) return true;
    if (part === undefined || depth >= parts.length - 1 || !picomatch.isMatch(name, part, options))
      return false;
  }
  return true;
}

/** Patterns are paths from the folder: `.env`, `config/*.json`, `**` for any depth. */
export function chosenBy(patterns: readonly string[]): Chosen {
  const matches = picomatch([...patterns], options);
  return {
    matches: (path) => matches(path),
    mayHold: (folder) => patterns.some((pattern) => reaches(pattern, folder.split('/'))),
  };
}
