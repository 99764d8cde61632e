/**
 * `npm run -s vault-key -- rotate|retire [--data DIR]`: gives the blind index a new key, or removes the former ones. Without a
 * folder it reads the secret from stdin and writes the new one to stdout, for Secrets Manager. With a folder it changes the
 * secret in it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { withNewIndexKey, withoutFormerKeys } from './secret.ts';

const usage =
  'Say "rotate" to give the blind index a new key, or "retire" to take the former keys away once everything is indexed anew; the secret comes from stdin, or with --data DIR from a data folder whose server is stopped.';
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
 * The process that holds a data folder of `npm start` (infra/local/data-folder/folder-lock.ts), which this room may not import.
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

/** The changed secret; undefined for an unknown act. */
function changed(act: string | undefined, secret: string): string | undefined {
  if (act === 'rotate') return withNewIndexKey(secret, randomBytes(48).toString('base64url'));
  return act === 'retire' ? withoutFormerKeys(secret) : undefined;
}

/** The words to print, and whether the act was done. */
interface Said {
  readonly done: boolean;
  readonly words: string;
}

const misused: Said = { done: false, words: usage };
const done = (words: string | undefined): Said => (words === undefined ? misused : { done: true, words });

function run([act, option, folder]: readonly string[]): Said {
  if (option === undefined) {
    const secret = readFileSync(0, 'utf8').trim();
    return done(secret === '' ? undefined : changed(act, secret));
  }
  if (option !== '--data' || folder === undefined) return misused;
  const file = join(folder, 'secrets', 'secrets.json');
  if (!existsSync(file)) {
    return {
      done: false,
      words: `${folder} holds no secret (${file}): give the data folder of a server that has run.`,
    };
  }
  const holder = holderOf(folder);
  if (holder !== undefined) {
    return { done: false, words: `${folder} is in use by process ${holder}: stop that server first.` };
  }
  const kept = read(file);
  if (!kept) return { done: false, words: `${file} is damaged: it does not hold the secrets of a server.` };
  const vault = kept.VaultSecret;
  const secretString = vault && changed(act, vault.secretString);
  if (!vault || secretString === undefined) return misused;
  // Written aside and renamed, so that a kill leaves the old or the new file whole.
  writeFileSync(`${file}.new`, JSON.stringify({ ...kept, VaultSecret: { ...vault, secretString } }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return done(`The secret in ${file} has changed. Start the server again.`);
}

const said = run(process.argv.slice(2));
if (said.done) {
  console.log(said.words);
} else {
  console.error(said.words);
  process.exitCode = 2;
}
