import { parentPort, workerData } from 'node:worker_threads';
import { type Look, type Looked, type LookSettings, looker } from './look.js';

/** Looks asked for, whose answers come back together under the same number. */
export interface Asked {
  readonly id: number;
  readonly looks: readonly Look[];
}

const looking = looker(workerData as LookSettings);
parentPort?.on('message', async ({ id, looks }: Asked) => {
  const lookAt = await looking;
  const looked: Looked[] = [];
  for (const look of looks) looked.push(await lookAt(look));
  // Records are handed over rather than copied.
  const handedOver = looked.flatMap(({ record }) =>
    record === undefined ? [] : [record.lines.buffer as ArrayBuffer, record.hashes.buffer as ArrayBuffer],
  );
  parentPort?.postMessage({ id, looked }, handedOver);
});
