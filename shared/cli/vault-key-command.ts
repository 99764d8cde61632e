/**
 * `npm run -s vault-key`: gives the blind index a new key, or removes the former ones. Without a folder it reads the secret from
 * stdin and writes the new one to stdout, for Secrets Manager. With a folder it changes the secret in it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { withNewIndexKey, withoutFormerKeys } from '../application/matching/secret.ts';
import { type Act, answerTo, CannotAnswer, type Command, print } from './command-line.ts';

const stored = z.record(z.string(), z.object({ versionId: z.string(), secretString: z.string().min(1) }));

/** The secrets of the file; undefined where the file holds something else. */
function read(file: string): z.infer<typeof stored> | undefined {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * The process that holds a data folder of `npm start` (infra/local/data-folder/folder-lock.ts), which the product may not import.
 * Undefined where none does.
 */
function holderOf(folder: string): string | undefined {
  const [lockFile, nameFile] = [join(folder, 'lock'), join(folder, 'process')];
  if (!existsSync(lockFile)) return undefined;
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return undefined;
  } catch {
    return existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'of another start';
  } finally {
    lock.close();
  }
}

type Change = (secret: string) => string;

/** Changes the secret of a data folder whose server is stopped. Gives what to say. */
function changeIn(folder: string, change: Change): string {
  const file = join(folder, 'secrets', 'secrets.json');
  if (!existsSync(file))
    throw new CannotAnswer(`${folder} holds no secret (${file}): give the data folder of a server that has run.`);
  const holder = holderOf(folder);
  if (holder !== undefined) throw new CannotAnswer(`${folder} is in use by process ${holder}: stop that server first.`);
  const kept = read(file);
  const vault = kept?.VaultSecret;
  if (!vault) throw new CannotAnswer(`${file} is damaged: it does not hold the secrets of a server.`);
  // Written aside and renamed, so that a kill leaves the old or the new file whole.
  const changed = { ...kept, VaultSecret: { ...vault, secretString: change(vault.secretString) } };
  writeFileSync(`${file}.new`, JSON.stringify(changed), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return `The secret in ${file} has changed. Start the server again.`;
}

/** The changed secret of stdin. */
function changeGiven(change: Change): string {
  const secret = readFileSync(0, 'utf8').trim();
  if (secret === '') throw new CannotAnswer('Give the secret on stdin, or a data folder with --data DIR.');
  return change(secret);
}

const flags = {
  data: { value: 'DIR', says: 'The data folder of a stopped server. Otherwise the secret is read from stdin.' },
} as const;

const changing = (change: Change): Act<typeof flags, undefined> => ({
  usage: '[--data DIR]',
  takes: ['data'],
  answer: ({ flags: { data } }) => (data === undefined ? changeGiven(change) : changeIn(data, change)),
});

const command: Command<typeof flags, undefined> = {
  run: 'npm run -s vault-key --',
  flags,
  acts: {
    rotate: changing((secret) => withNewIndexKey(secret, randomBytes(48).toString('base64url'))),
    retire: changing(withoutFormerKeys),
  },
};

await print(answerTo(command, process.argv.slice(2), undefined));
