import { parentPort } from 'node:worker_threads';
import { type Look, lookAt } from './look.js';

/** Looks asked for, one or two at the same folder together, whose answers come back together under the same number. */
export interface Asked {
  readonly id: number;
  readonly looks: readonly (readonly Look[])[];
}

parentPort?.on('message', async ({ id, looks }: Asked) => {
  const looked = [];
  for (const together of looks) looked.push(await lookAt(together));
  // Records are handed over rather than copied.
  const handedOver = looked
    .flat()
    .flatMap(({ record }) =>
      record === undefined ? [] : [record.lines.buffer as ArrayBuffer, record.hashes.buffer as ArrayBuffer],
    );
  parentPort?.postMessage({ id, looked }, handedOver);
});
parentPort?.postMessage('ready');
