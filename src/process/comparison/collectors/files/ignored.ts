import { type ByteName, shownPath } from './names.js';

/**
 * Whether a path below the root is left out: `*.log` and `node_modules` at any depth, `cache/*` and `/web.config` from
 * the root. What lies in a folder that is left out is never looked at.
 */
export async function ignoring(patterns: readonly string[]): Promise<(path: ByteName) => boolean> {
  if (patterns.length === 0) return () => false;
  const { default: picomatch } = await import('picomatch'); // every thread would load it, mostly for nothing
  const whole = patterns.map((pattern) => {
    const bare = pattern.replace(/\/$/u, '');
    if (bare.startsWith('/')) return bare.slice(1);
    return bare.includes('/') ? bare : `**/${bare}`;
  });
  const matches = picomatch(whole, { dot: true, flags: 's' }); // names may hold line ends
  return (path) => matches(shownPath(path).join('/'));
}
