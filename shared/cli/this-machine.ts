/** What commands do outside themselves: files that a person named, and the API at an address. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CannotAnswer } from './command-line.ts';

/** Handed to each command, so that tests hand it another. */
export interface Machine {
  /** The text of a file. Throws `CannotAnswer` where it cannot be read. */
  readonly readFile: (path: string) => string;
  /** Writes a file, and the folders above it. */
  readonly write: (path: string, content: string | Uint8Array) => void;
  /** Asks the API at an address, and sends a body as POST. Throws `CannotAnswer` where the API is not there. */
  readonly ask: (
    api: string,
    path: string,
    body?: object,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
}

export const thisMachine: Machine = {
  readFile(path) {
    try {
      return readFileSync(resolve(path), 'utf8');
    } catch {
      throw new CannotAnswer(`The file ${path} cannot be read.`);
    }
  },
  write(path, content) {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(resolve(path), content);
  },
  async ask(api, path, body) {
    if (!URL.canParse(path, api)) throw new CannotAnswer('Give the address of the API, such as http://127.0.0.1:3000.');
    const authorization = `Bearer ${process.env.CARELINE_TOKEN ?? ''}`;
    const answered = await fetch(
      new URL(path, api),
      body === undefined
        ? { headers: { authorization } }
        : {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
    ).catch(() => undefined);
    if (!answered) throw new CannotAnswer('The API could not be reached. Check its address, and whether it runs.');
    return { status: answered.status, body: await answered.json().catch(() => ({})) };
  },
};
