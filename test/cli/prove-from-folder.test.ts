/** The proof file of a referral from the chains and anchors of a data folder. */
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditCommand } from '../../shared/cli/audit-command.ts';
import { proveFromFolder } from '../../shared/cli/prove-from-folder.ts';
import type { ChainsRead } from '../../shared/cli/read-chains.ts';
import { checkProofFile } from '../../shared/proof/proof-file.ts';
import type { StoredCommit } from '../../shared/store/commit.ts';
import { type AnchorStage, startAnchors } from '../support/anchor-stage.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let stage: AnchorStage;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  stage = await startAnchors(desk);
  id = await desk.opened({ name: 'Wren Canary' });
  await desk.opened({ name: 'Jay Canary' });
  await desk.ledger.recordAccess(
    id,
    { now: desk.now, actor: { kind: 'person', id: 'P-CASEWORKER' }, cause: { kind: 'delivery' } },
    ['name'],
  );
  await stage.hour();
});
afterEach(async () => {
  await stage.stop();
  await desk.stop();
});

/** What the commands of the embedded cloud print of a folder. */
async function folder(): Promise<ChainsRead> {
  const chains = new Map<string, StoredCommit[]>();
  const rows = await desk.items('Ledger');
  for (const { pk, body, prev, hash } of rows.toSorted((one, other) => Number(one.seq) - Number(other.seq))) {
    const known = chains.get(String(pk)) ?? [];
    known.push({ text: String(body), prev: String(prev), hash: String(hash) });
    chains.set(String(pk), known);
  }
  const names = await stage.archive.names('anchors/');
  const anchors = new Map(
    await Promise.all(names.map(async (name) => [name, await stage.archive.read(name)] as const)),
  );
  return { now: desk.now, chains, anchors };
}

test('is a file that proves all it claims, with every chain of the referral and of no other', async () => {
  const { file, lines } = await proveFromFolder(await folder(), id, 'The script.');
  expect(lines.at(-1)).toBe('All of it is proved.');
  expect(checkProofFile(file, { referral: id }).problems).toEqual([]);
  const text = strFromU8(unzipSync(file)['proof.json'] ?? new Uint8Array());
  const chains = JSON.parse(text).chains.map(({ chain }: { readonly chain: string }) => chain);
  expect(chains.toSorted()).toEqual([`access#${id}`, `referral#${id}`]);
  expect(text).not.toContain('Canary');
});

test('is written by the command where it was asked for, and not for a referral that is not there', async () => {
  const written = new Map<string, string | Uint8Array>();
  const parts = {
    read: () => Promise.reject(new Error('Chains alone are read.')),
    readChains: folder,
    write: (path: string, content: string | Uint8Array) => void written.set(path, content),
  };
  const { status, out } = await auditCommand(['proof', id, '--out', 'march.zip'], parts);
  expect([status, out.trimEnd().split('\n').slice(-2)]).toEqual([0, ['All of it is proved.', 'Written to march.zip.']]);
  expect(
    checkProofFile(Uint8Array.from(Buffer.from(written.get('march.zip') ?? '')), { referral: id }).problems,
  ).toEqual([]);
  const refused = await auditCommand(['proof', 'CR-00000-000000', '--out', 'none.zip'], parts);
  expect([refused.status, refused.err]).toEqual([2, 'There is no referral CR-00000-000000 in the folder.\n']);
  expect([...written.keys()]).toEqual(['march.zip']);
});

test('is none of an unknown referral, and none of a chain that is damaged: each is a sentence', async () => {
  const read = await folder();
  await expect(proveFromFolder(read, 'CR-00000-000000', '')).rejects.toThrow('There is no referral CR-00000-000000');
  const own = read.chains.get(`referral#${id}`) ?? [];
  const damaged = own.map((commit, index) => (index === 0 ? { ...commit, text: `${commit.text} ` } : commit));
  const chains = new Map([...read.chains, [`referral#${id}`, damaged]]);
  await expect(proveFromFolder({ ...read, chains }, id, '')).rejects.toThrow('is damaged: The content of commit 1');
});
