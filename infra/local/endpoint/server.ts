/** What the HTTP servers of this machine have in common: they listen on the loopback interface, read bodies and close. */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on 127.0.0.1; `port` 0 takes a free one. Rejects with a sentence that names the option `flag` where the port is taken. */
export function listen(server: Server, port: number, flag: string) {
  return new Promise<{ readonly url: string; readonly port: number; stop(): Promise<void> }>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `Port ${port} is already in use: choose another with ${flag}.`;
      reject(error.code === 'EADDRINUSE' ? new Error(sentence, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${taken}`, port: taken, stop: () => close(server) });
    });
  });
}

/** Closes the server and every connection to it. */
const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

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

/** A URL as it was sent: its path, still encoded, and its query. */
export function splitUrl(url = '/'): readonly [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
