/** A proof file as a court would get it: what it proves, what it does not say, and each way of changing it. */
import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyScript } from '../../infra/constructs/verify-script.ts';
import { proveReferral } from '../../shared/application/read/proof.ts';
import { verifyCommand } from '../../shared/cli/verify-command.ts';
import { coverPage } from '../../shared/proof/cover-page.ts';
import { checkProofFile, proofFile } from '../../shared/proof/proof-file.ts';
import { fingerprintOf, type Proof } from '../../shared/proof/verify-proof.ts';
import { accessChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit } from '../../shared/store/commit.ts';
import { type AnchorStage, signedByStranger, startAnchors } from '../support/anchor-stage.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
/** Words that are in the vault alone. */
const canaries = ['Wren Canary', '2011-03-04', 'The narrative of a canary.', '203-555-0143', 'Call her canary aunt.'];

let desk: Desk;
let stage: AnchorStage;
let id: string;
let other: string;
let script: string;
beforeAll(async () => {
  script = verifyScript(projectFolder);
});
beforeEach(async () => {
  desk = await startDesk();
  stage = await startAnchors(desk);
  id = await desk.opened(
    { name: 'Wren Canary', birthDate: '2011-03-04', phone: '203-555-0143' },
    { narrative: 'The narrative of a canary.' },
  );
  other = await desk.opened({ name: 'Jay Other' });
  await desk.do(id, 'note-safe-contact', { safeContact: 'Call her canary aunt.' }, 'careline-worker');
  await desk.ledger.recordAccess(
    id,
    { now: desk.now, actor: { kind: 'person', id: 'P-CASEWORKER' }, cause: { kind: 'delivery' } },
    ['name'],
  );
  await stage.hour();
  await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  await stage.hour();
});
afterEach(async () => {
  await stage.stop();
  await desk.stop();
});

async function proofOf(referralId = id): Promise<Proof> {
  const proof = await proveReferral({ ...desk.parts(), archive: stage.archive }, referralId, { id: 'P-AUDITOR' });
  if (!proof) throw new Error('There is no such referral.');
  return proof;
}
const checked = async (zip: Uint8Array, ...more: string[]) => {
  const { status, out, err } = await verifyCommand(['FILE.zip', ...more], { read: () => zip });
  return { status, lines: `${out}${err}`.trimEnd().split('\n') };
};
/** The file with another proof in it, as someone would write it who can write zips. */
const withProof = (proof: unknown): Uint8Array => {
  const files = unzipSync(proofFile(proof as Proof, script));
  return zipSync(files);
};
const changed = async (change: (proof: Proof) => Proof): Promise<Uint8Array> => withProof(change(await proofOf()));
const inChain = (
  proof: Proof,
  chain: string,
  change: (of: Proof['chains'][number]) => Proof['chains'][number],
): Proof => ({
  ...proof,
  chains: proof.chains.map((each) => (each.chain === chain ? change(each) : each)),
});

describe('a proof file', () => {
  test('proves each chain of the referral, with every commit anchored', async () => {
    const proof = await proofOf();
    const { lines, status } = await checked(proofFile(proof, script));
    expect(lines.at(-1)).toBe('All of it is proved.');
    expect(status).toBe(0);
    const kinds = proof.chains.map(({ chain }) => chain.split('#')[0]);
    expect(new Set(kinds)).toEqual(new Set(['referral', 'access']));
    for (const { chain, commits, heads } of proof.chains) {
      expect(heads.length, chain).toBeGreaterThan(0);
      expect(lines.join('\n')).toContain(`${chain}: ${commits.length} commits, ${commits.length} of them anchored`);
    }
    expect(proof.chains[0]?.heads).toHaveLength(2);
  });

  test('is checked by its own script with Node alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-proof-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const files = unzipSync(proofFile(await proofOf(), script));
    expect(Object.keys(files).toSorted()).toEqual(
      ['SHA256SUMS', 'cover.html', 'proof.json', 'public-key.pem', 'verify.mjs'].toSorted(),
    );
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['verify.mjs'], { cwd: folder });
    expect(stdout.trim().split('\n').at(-1)).toBe('All of it is proved.');
    const text = strFromU8(files['proof.json'] ?? new Uint8Array());
    writeFileSync(
      join(folder, 'proof.json'),
      text.replace('investigation', 'assessment').replace(/"hash": "../, '"hash": "00'),
    );
    await expect(run(process.execPath, ['verify.mjs'], { cwd: folder })).rejects.toMatchObject({ code: 1 });
    writeFileSync(join(folder, 'proof.json'), text);
    writeFileSync(join(folder, 'cover.html'), 'Another page');
    await expect(run(process.execPath, ['verify.mjs'], { cwd: folder })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('cover.html is not the one'),
    });
    expect(script).not.toMatch(/from "(?!node:)/);
  });

  test('says nothing of the vault, names no other referral, and withholds what the audit does not show', async () => {
    const files = Object.values(unzipSync(proofFile(await proofOf(), script))).map((bytes) => strFromU8(bytes));
    for (const text of files) {
      for (const canary of canaries) expect(text).not.toContain(canary);
      expect(text).not.toContain(other);
    }
    const proof = await proofOf();
    const contents = (chain: string) =>
      proof.chains.find((each) => each.chain === chain)?.commits.map(({ text }) => text);
    expect(contents(referralChain(id))).toContain(undefined);
    expect(contents(accessChain(id))).toEqual([expect.stringContaining('"read":["name"]')]);
    // The track is a fact about the child.
    expect(JSON.stringify(proof)).not.toContain('investigation');
  });

  test('has a cover page that says what is proved and what is not', async () => {
    const page = coverPage(await proofOf());
    expect(page).toContain('What is not proved');
    expect(page).toContain(fingerprintOf(await stage.signer.publicKey()));
    expect(page).not.toContain('<script');
  });

  test('is none for a person without an audit, and for an unknown referral', async () => {
    const parts = { ...desk.parts(), archive: stage.archive };
    expect(await proveReferral(parts, 'CR-00000-000000', { id: 'P-AUDITOR' })).toBeUndefined();
  });

  test('says that nothing is proved where no anchor was made', async () => {
    const archive = { names: async () => [], read: stage.archive.read };
    const proof = await proveReferral({ ...desk.parts(), archive }, id, { id: 'P-AUDITOR' });
    expect((await checked(withProof(proof))).lines[0]).toContain('nothing is proved');
  });

  test('says how many commits no anchor has yet', async () => {
    await desk.do(id, 'note-safe-contact', { safeContact: 'Call her aunt again.' }, 'careline-worker');
    const { lines, status } = await checked(proofFile(await proofOf(), script));
    expect(lines.at(-1)).toMatch(/^It is proved, but for commits that no anchor has yet: \d+\./);
    expect(status).toBe(0);
  });

  test('tells of a cut that the anchors saw, and proves it', async () => {
    await stage.remove(referralChain(id), (await desk.openLedger().readAfresh(referralChain(id))).length);
    await stage.hour();
    const { lines, status } = await checked(withProof(await proofOf()));
    expect(status).toBe(0);
    expect(lines.join('\n')).toContain(`says of ${referralChain(id)}: shorter.`);
  });
});

describe('what is wrong is a sentence, and status 1', () => {
  const first = (proof: Proof) => proof.anchors[0] as Proof['anchors'][number];
  const cases: readonly (readonly [
    what: string,
    make: () => Promise<Uint8Array>,
    says: RegExp,
    more?: () => Promise<string[]>,
  ])[] = [
    ['a zip that is cut off', async () => proofFile(await proofOf(), script).slice(0, 2000), /no zip, or is cut off/],
    ['a file that is no zip', async () => strToU8('Not a zip.'), /no zip/],
    ['a zip of something else', async () => zipSync({ 'a.txt': strToU8('a') }), /no proof\.json/],
    ['a proof that is no JSON', async () => zipSync({ 'proof.json': strToU8('{') }), /cannot be read/],
    [
      'a proof of another form',
      async () => zipSync({ 'proof.json': strToU8('{"format":1,"referral":"x","anchors":[1],"chains":[2]}') }),
      /does not have the form/,
    ],
    [
      'a changed commit',
      () =>
        changed((proof) =>
          inChain(proof, accessChain(id), (chain) => ({
            ...chain,
            commits: chain.commits.map((commit) =>
              commit.text === undefined ? commit : { ...commit, text: commit.text.replace('"at":"2026', '"at":"2025') },
            ),
          })),
        ),
      /Commit 1 of access#\S+ was changed/,
    ],
    [
      'a commit written anew with hashes that fit',
      () =>
        changed((proof) =>
          inChain(proof, referralChain(id), (chain) => {
            const last = chain.commits.at(-1);
            if (!last) return chain;
            const made = encodeCommit(
              {
                chain: chain.chain,
                seq: last.seq,
                at: '2026-11-09T15:00:00.000Z',
                actor: { kind: 'person', id: 'P-1' },
                cause: { kind: 'delivery' },
                policy: '',
                events: [],
              },
              last.prev,
            );
            return {
              ...chain,
              commits: [
                ...chain.commits.slice(0, -1),
                { seq: last.seq, prev: made.prev, hash: made.hash, text: made.text },
              ],
            };
          }),
        ),
      /is not the one that was anchored/,
    ],
    [
      'a commit left out at the end',
      () =>
        changed((proof) =>
          inChain(proof, referralChain(id), (chain) => ({ ...chain, commits: chain.commits.slice(0, -1) })),
        ),
      /is missing: it was anchored at/,
    ],
    [
      'a commit left out in between',
      () =>
        changed((proof) =>
          inChain(proof, referralChain(id), (chain) => ({ ...chain, commits: chain.commits.toSpliced(0, 1) })),
        ),
      /Commit 1 of \S+ is missing/,
    ],
    [
      'a changed root',
      () =>
        changed((proof) => ({
          ...proof,
          anchors: proof.anchors.map((anchor, index) =>
            index === 0 ? { ...anchor, statement: anchor.statement.replace(/root [0-9a-f]{4}/, 'root 0000') } : anchor,
          ),
        })),
      /its signature does not fit its text/,
    ],
    [
      'an anchor signed under a foreign key',
      () =>
        changed((proof) => ({
          ...proof,
          anchors: proof.anchors.map((anchor, index) =>
            index === 1 ? { ...anchor, ...signedByStranger(anchor.statement) } : anchor,
          ),
        })),
      /signed under a foreign key/,
    ],
    [
      'all anchors signed under a foreign key, where the reader knows the right one',
      () =>
        changed((proof) => {
          const { publicKey, keyId, signature } = signedByStranger(first(proof).statement);
          return { ...proof, anchors: [{ ...first(proof), publicKey, keyId, signature }] };
        }),
      /signed under another key than the one that you gave/,
      async () => ['--key', fingerprintOf(await stage.signer.publicKey())],
    ],
    [
      "another referral's file",
      async () => proofFile(await proofOf(other), script),
      /is about CR-\S+, and not about CR-/,
      async () => ['--referral', id],
    ],
    [
      'a chain of another referral put in',
      async () => {
        const [proof, foreign] = [await proofOf(), await proofOf(other)];
        return withProof({
          ...proof,
          chains: [...proof.chains, ...foreign.chains.map((chain) => ({ ...chain, heads: [] }))],
        });
      },
      /is of another record than/,
    ],
    [
      'another referral named on the same chains',
      () => changed((proof) => ({ ...proof, referral: other })),
      /is of another record than/,
    ],
    [
      'a cover page that says something else',
      async () => {
        const files = unzipSync(proofFile(await proofOf(), script));
        return zipSync({ ...files, 'cover.html': strToU8('<h1>Another page</h1>') });
      },
      /cover\.html is not the one/,
    ],
    [
      'a cover page and a key that say something else, with sums made anew',
      () => withFiles({ 'cover.html': '<h1>Another page</h1>', 'public-key.pem': 'Another key' }),
      /cover\.html is not the one[\s\S]*public-key\.pem is not the one/,
    ],
    [
      'a file that no proof file has, with sums made anew',
      () => withFiles({ 'more.html': 'More' }),
      /more\.html does not belong/,
    ],
    [
      'a file that is missing, with sums made anew',
      () => withFiles({ 'cover.html': undefined }),
      /cover\.html is not the one/,
    ],
    [
      'a script that is missing, with sums made anew',
      () => withFiles({ 'verify.mjs': undefined }),
      /verify\.mjs is missing/,
    ],
    [
      'another script, where the reader knows the right one',
      () => withFiles({ 'verify.mjs': 'console.log("All of it is proved.")' }),
      /verify\.mjs is another script/,
      async () => ['--script', hash('sha256', script)],
    ],
  ];
  /** The file with these files in place of its own, as someone would write it who makes the sums anew. */
  async function withFiles(change: Readonly<Record<string, string | undefined>>): Promise<Uint8Array> {
    const { SHA256SUMS: _, ...own } = unzipSync(proofFile(await proofOf(), script));
    const texts = Object.entries({
      ...Object.fromEntries(Object.entries(own).map(([name, bytes]) => [name, strFromU8(bytes)])),
      ...change,
    });
    const files = texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])).toSorted();
    const sums = files.map(([name, text]) => `${hash('sha256', text)}  ${name}\n`).join('');
    return zipSync(
      Object.fromEntries([...files, ['SHA256SUMS', sums] as const].map(([name, text]) => [name, strToU8(text)])),
    );
  }
  const all = cases.map(([what, make, says, more = async () => []]) => [what, make, says, more] as const);
  test.each(all)('%s', async (_, make, says, more) => {
    const { lines, status } = await checked(await make(), ...(await more()));
    expect(lines.join('\n')).toMatch(says);
    expect(lines.at(-1)).toBe('This file does not prove what it claims.');
    expect(status).toBe(1);
  });

  test('no change of a single character of a proof goes unseen, but of what it does not claim to prove', async () => {
    const text = JSON.stringify(await proofOf());
    const at = [...text.matchAll(/"(?:hash|prev|root|leaf|path|signature|statement)":/g)].map(
      ({ index }) => index + 14,
    );
    for (const place of at.filter((_, index) => index % 7 === 0)) {
      const character = text[place] === '0' ? '1' : '0';
      if (!/[0-9a-f]/.test(text[place] ?? '')) continue;
      const forged = `${text.slice(0, place)}${character}${text.slice(place + 1)}`;
      expect(checkProofFile(zipSync({ 'proof.json': strToU8(forged) })).problems, `at ${place}`).not.toEqual([]);
    }
  });
});
