/**
 * The viewer of sent mail: aws-ses-v2-local, kept to this machine. It takes each mail apart when it gets it, which is
 * most of the cost of sending one. Its code takes longer to load than all else of a start. Both wait until a person
 * looks.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { listen } from '../endpoint/server.ts';

// A CommonJS module with a default export, which Node and the test runner would import differently.
const require = createRequire(import.meta.url);

/** Loads the viewer's code: what answers its requests, and the store of its mails. Its store belongs to the process, and begins empty. */
async function loadViewer() {
  const { default: startServer } = require('aws-ses-v2-local') as typeof import('aws-ses-v2-local');
  const store = require('aws-ses-v2-local/dist/store.js') as typeof import('aws-ses-v2-local/dist/store.js');
  // It comes with a server of its own, whose handler is all that is used of it.
  const server = await startServer({ host: '127.0.0.1', port: 0 });
  const [serve] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  await new Promise((resolve) => server.close(resolve));
  store.clearStore();
  return { serve, store };
}

interface ShownMail {
  readonly messageId: string;
  readonly at: number;
  readonly source: string;
  readonly raw: Buffer;
}

/**
 * Starts the viewer on 127.0.0.1. Port 0 takes any. Its store belongs to the process, so a process has one viewer at a
 * time. Throws a sentence where the port is taken.
 */
export async function startViewer(port: number) {
  if (process.env.SMTP_TRANSPORT?.trim()) {
    throw new Error(
      'SMTP_TRANSPORT is set, which would send sample mail to a real mail server: unset it and start again.',
    );
  }
  const server = createServer();
  const { url, stop } = await listen(server, port, '--mail-port');
  const hosts = [new URL(url).host, new URL(url).host.replace('127.0.0.1', 'localhost')];
  let loading: ReturnType<typeof loadViewer> | undefined;
  const load = () => {
    loading ??= loadViewer();
    return loading;
  };

  const ours = randomUUID();
  const waiting: ShownMail[] = [];
  const give = async ({ messageId, at, source, raw }: ShownMail) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 local', 'x-ours': ours },
      body: new URLSearchParams({
        Action: 'SendRawEmail',
        Source: source,
        'RawMessage.Data': raw.toString('base64'),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The mail viewer did not take the message: ${text}`);
    const given = /<MessageId>([^<]+)</.exec(text)?.[1];
    const { store } = await load();
    const email = store.getStoreReadonly().emails.findLast((each) => each.messageId === given);
    if (email) Object.assign(email, { messageId, at: Math.floor(at / 1000) });
  };
  let giving: Promise<void> = Promise.resolve();
  const giveAll = () => {
    const before = giving.catch(() => undefined);
    giving = before.then(async () => {
      for (let mail = waiting.shift(); mail; mail = waiting.shift()) await give(mail);
    });
    return giving;
  };

  // A web page elsewhere must not read or clear this mail. It could try by a name that points here, or by a form of its
  // own.
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host, origin } = request.headers;
    const isOwn = hosts.includes(host ?? '') && (origin === undefined || origin === `http://${host}`);
    const say = (status: number, sentence: string) =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end(sentence);
    if (!isOwn) say(403, `Open the mail viewer at ${url}.`);
    else
      (request.headers['x-ours'] === ours ? load() : giveAll().then(load)).then(
        ({ serve }) => serve?.(request, response),
        (error: Error) => say(500, error.message),
      );
  });

  return {
    url,
    /** Keeps a mail for showing, under our message id and the movable clock's instant (epoch ms). */
    show: (mail: ShownMail) => void waiting.push(mail),
    async stop() {
      waiting.length = 0;
      await stop();
    },
  };
}
