import type { CollectorTools } from '../../../../src/process/comparison/collectors/collector.js';

/** What a collector is given in tests. Whatever is called a password or token is a secret. */
export function someTools(more: Partial<CollectorTools> = {}): CollectorTools {
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    secretKey: 'key of the tests',
    isSecret: (name) => /password|token/iu.test(name),
    ...more,
  };
}
