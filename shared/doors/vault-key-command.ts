/**
 * `npm run -s vault-key -- rotate|retire [--data DIR]`: gives the blind index a new key, or takes the former ones away. Without a
 * folder it reads the secret from stdin and writes the new one to stdout, for Secrets Manager; with one it changes the secret there.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { withNewIndexKey, withoutFormerKeys } from './secret.ts';

const usage =
  'Say "rotate" to give the blind index a new key, or "retire" to take the former keys away once everything is indexed anew; the secret comes from stdin, or with --data DIR from a data folder whose server is stopped.';
const stored = z.record(z.string(), z.object({ versionId: z.string(), secretString: z.string().min(1) }));

/** The secret after what was asked, or undefined where nothing that is known was. */
function changed(act: string | undefined, secret: string): string | undefined {
  if (act === 'rotate') return withNewIndexKey(secret, randomBytes(48).toString('base64url'));
  return act === 'retire' ? withoutFormerKeys(secret) : undefined;
}

function run([act, option, folder]: readonly string[]): string | undefined {
  if (option === undefined) {
    const secret = readFileSync(0, 'utf8').trim();
    return secret === '' ? undefined : changed(act, secret);
  }
  if (option !== '--data' || folder === undefined) return undefined;
  const file = join(folder, 'secrets.json');
  const kept = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  const vault = kept.VaultSecret;
  const secretString = vault && changed(act, vault.secretString);
  if (!vault || secretString === undefined) return undefined;
  // Aside and renamed: a kill leaves the old or the new.
  writeFileSync(`${file}.new`, JSON.stringify({ ...kept, VaultSecret: { ...vault, secretString } }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return `The secret in ${file} has changed. Start the server again.`;
}

const said = run(process.argv.slice(2));
if (said === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  console.log(said);
}
