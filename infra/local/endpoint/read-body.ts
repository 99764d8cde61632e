import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or undefined where it is larger than `largest` bytes. The rest is then read and dropped, so that the
 * answer arrives.
 */
export async function readBody(incoming: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  return size > largest ? undefined : Buffer.concat(chunks, size);
}
