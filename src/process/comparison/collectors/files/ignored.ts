import { type ByteName, shownPath } from './names.js';

type Matcher = (path: ByteName) => boolean;

async function matcherOf(patterns: readonly string[]): Promise<Matcher> {
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

/** As many as there are lists in slipway.yaml; each folder asks again. */
const matchers = new Map<string, Promise<Matcher>>();

/**
 * Whether a path below the root is left out: `*.log` and `node_modules` at any depth, `cache/*` and `/web.config` from
 * the root. What lies in a folder that is left out is never looked at.
 */
export function ignoring(patterns: readonly string[]): Promise<Matcher> {
  const key = JSON.stringify(patterns);
  const matcher = matchers.get(key) ?? matcherOf(patterns);
  matchers.set(key, matcher);
  return matcher;
}
