import { connect, createServer } from 'node:net';

/** Stands before a server of this machine, lets `bytes` of its answers through and then breaks both ends. */
export async function breaking(port: number, bytes: number): Promise<{ port: number; stop(): void }> {
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let left = bytes;
    near.on('error', () => far.destroy()).pipe(far);
    far
      .on('error', () => near.destroy())
      .on('data', (part) => {
        left -= part.length;
        if (left > 0) near.write(part);
        else for (const end of [near, far]) end.destroy();
      });
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { port: address.port, stop: () => void proxy.close() };
}
