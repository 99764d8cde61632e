/** The store and viewer of sent mail: aws-ses-v2-local, kept to this machine. */
// @ts-nocheck

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

// A CommonJS module with a default export, which Node and the test runner would import differently.
const require = createRequire(import.meta.url);
const { default: startServer } = require('aws-ses-v2-local') as typeof import('aws-ses-v2-local');
const store = require('aws-ses-v2-local/dist/store.js') as typeof import('aws-ses-v2-local/dist/store.js');

export interface Viewer {
  readonly url: string;
  /** Stores a mail for showing, under our message id and the movable clock's instant (epoch ms). */
  show(mail: {
    readonly messageId: string;
    readonly at: number;
    readonly source: string;
    readonly raw: Buffer;
  }): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the viewer on 127.0.0.1. Port 0 takes any. Its store belongs to the process, so a process has one viewer at a
 * time. Throws a sentence where the port is taken.
 */
export async function startViewer(port: number): Promise<Viewer> {
  if (process.env.SMTP_TRANSPORT?.trim()) {
    throw new Error(
      'SMTP_TRANSPORT is set, which would send sample mail to a real mail server: unset it and start again.',
    );
  }
  const server = await startServer({ host: '127.0.0.1', port });
  // Express calls back on a failed listen as well, so success has to be looked at.
  if (!server.listening) throw new Error(`Port ${port} is already in use: choose another with --mail-port.`);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hosts = [new URL(url).host, new URL(url).host.replace('127.0.0.1', 'localhost')];
  store.clearStore();

  // A web page elsewhere must not read or clear this mail through a name that points here, or by a form of its own.
  const [serve] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host, origin } = request.headers;
    const isOwn = hosts.includes(host ?? '') && (origin === undefined || origin === `http://${host}`);
    if (isOwn) serve?.(request, response);
    else response.writeHead(403, { 'content-type': 'text/plain' }).end(`Open the mail viewer at ${url}.`);
  });

  return {
    url,
    async show({ messageId, at, source, raw }) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: 'AWS4-HMAC-SHA256 local' },
        body: new URLSearchParams({
          Action: 'SendRawEmail',
          Source: source,
          'RawMessage.Data': raw.toString('base64'),
        }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`The mail viewer did not take the message: ${text}`);
      const given = /<MessageId>([^<]+)</.exec(text)?.[1];
      const email = store.getStoreReadonly().emails.findLast((each) => each.messageId === given);
      if (email) Object.assign(email, { messageId, at: Math.floor(at / 1000) });
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
