/**
 * What a person with full write access to every table does to chains that are anchored. The stream is off, and there is no
 * watchdog. Each way is named within the hour. A change inside a chain is named within a day.
 */
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hoursSince } from '../../functions/anchor-heads/anchor-heads.ts';
import { tellWitnesses, witnessMail } from '../../functions/anchor-heads/tell-witnesses.ts';
import type { PlainMail } from '../../shared/alerts/send/plain-mailer.ts';
import { event } from '../../shared/domain/events.ts';
import { leafOf, readAnchor, statementOf, treeOf } from '../../shared/proof/anchor.ts';
import { isSignedBy } from '../../shared/proof/check-signature.ts';
import { rootOf } from '../../shared/proof/merkle.ts';
import { isConsistent } from '../../shared/proof/tree-hash.ts';
import { accessChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash, type StoredCommit } from '../../shared/store/commit.ts';
import { type AnchorStage, signedByStranger, startAnchors } from '../support/anchor-stage.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let stage: AnchorStage;
let id: string;
let other: string;
beforeEach(async () => {
  desk = await startDesk();
  stage = await startAnchors(desk);
  id = await desk.opened();
  other = await desk.opened({ residenceTown: 'New Haven' });
  await assessed(id, 'no');
  await assessed(id, 'yes');
  for (const reader of ['P-1', 'P-2', 'P-1'])
    await desk.ledger.recordAccess(
      id,
      { now: desk.now, actor: { kind: 'person', id: reader }, cause: { kind: 'delivery' } },
      ['name'],
    );
});
afterEach(async () => {
  await stage.stop();
  await desk.stop();
});

/** One commit more. */
const assessed = (referralId: string, danger: 'yes' | 'no') =>
  desk.ledger.changeReferral(
    referralId,
    { now: desk.now, actor: { kind: 'person', id: 'P-1' }, cause: { kind: 'delivery' } },
    () => [event('danger-assessed', { danger, knownAt: '2026-11-09T15:00:00Z' })],
  );
const rowsOf = (chain: string) => desk.openLedger().readAfresh(chain);
async function commitAt(chain: string, seq: number): Promise<StoredCommit> {
  const commit = (await rowsOf(chain))[seq - 1];
  if (!commit) throw new Error('There is no such commit.');
  return commit;
}
const anchors = async () =>
  Promise.all(
    (await stage.archive.names('anchors/hours/')).map(async (name) => readAnchor(await stage.archive.read(name))),
  );
const isOpen = async (record: string) => (await desk.openLedger().doubt(record)).open.length > 0;

describe('anchors', () => {
  test('have every chain that changed, signed, each consistent with the one before', async () => {
    expect(await stage.hour()).toMatchObject({ doubts: 0 });
    await assessed(other, 'no');
    expect(await stage.hour()).toMatchObject({ doubts: 0, leaves: 1 });
    const [first, second] = await anchors();
    if (!first || !second) throw new Error('There are not two anchors.');
    const chains = first.leaves.map((leaf) => leafOf(leaf).chain);
    expect(chains).toEqual(expect.arrayContaining([referralChain(id), referralChain(other), accessChain(id)]));
    const head = (await rowsOf(referralChain(other))).at(-1)?.hash;
    expect(second.leaves.map(leafOf)).toEqual([
      { chain: referralChain(other), seq: expect.any(Number), head, as: 'grown' },
    ]);
    const publicKey = await stage.signer.publicKey();
    for (const anchor of [first, second]) {
      expect(isSignedBy(anchor, publicKey)).toBe(true);
      const { size, root } = statementOf(anchor.statement);
      expect(rootOf(treeOf(anchor))).toEqual({ size, root });
    }
    const { size, root, earlier } = statementOf(second.statement);
    expect(earlier).toEqual({ size: first.leaves.length, root: statementOf(first.statement).root });
    expect(isConsistent(earlier, { size, root }, second.consistency)).toBe(true);
  });

  test('are written in an hour with a change, and once in a day without', async () => {
    await stage.hour();
    await stage.day();
    const names = await stage.archive.names('anchors/hours/');
    expect(names).toEqual(['anchors/hours/2026-11-09T16.json', 'anchors/hours/2026-11-10T00.json']);
    expect(stage.told.map(({ statement }) => statementOf(statement).at.slice(0, 13))).toEqual([
      '2026-11-09T16',
      '2026-11-10T00',
    ]);
  });

  test('cannot be changed or removed, not even by who may do all else', async () => {
    await stage.hour();
    const { Versions = [] } = await stage.s3.send(new ListObjectVersionsCommand({ Bucket: 'anchors' }));
    expect(Versions.length).toBe(2);
    for (const { Key, VersionId } of Versions)
      await expect(stage.s3.send(new DeleteObjectCommand({ Bucket: 'anchors', Key, VersionId }))).rejects.toThrow(
        'does not offer DELETE',
      );
  });

  test('are not followed where one has no signature of our key', async () => {
    await stage.hour();
    const [name = ''] = await stage.archive.names('anchors/hours/');
    const anchor = readAnchor(await stage.archive.read(name));
    const forged = JSON.stringify({ ...anchor, ...signedByStranger(anchor.statement) });
    await stage.s3.send(new PutObjectCommand({ Bucket: 'anchors', Key: name, Body: forged }));
    await expect(stage.hour()).rejects.toThrow('An anchor is not as it was signed');
  });

  test('name a second round of the same hour in the next one', async () => {
    await stage.hour();
    await assessed(other, 'no');
    await stage.stream();
    await stage.round();
    expect(await anchors()).toHaveLength(1);
    await stage.hour();
    expect((await anchors()).at(-1)?.leaves.map((leaf) => leafOf(leaf).chain)).toEqual([referralChain(other)]);
  });

  test('take up what a round missed, as long as notes are kept', async () => {
    await stage.stream();
    desk.at(new Date(Date.parse(desk.now) + 6 * 24 * 3_600_000).toISOString());
    await stage.round();
    expect((await anchors()).flatMap(({ leaves }) => leaves.map((leaf) => leafOf(leaf).chain))).toContain(
      referralChain(id),
    );
  });

  test('find a chain whose note was deleted within a day, once it is anchored', async () => {
    await stage.hour();
    await assessed(other, 'no');
    for (let each = 0; each < 24; each += 1) {
      desk.at(new Date(Date.parse(desk.now) + 3_600_000).toISOString());
      await stage.round();
    }
    const named = (await anchors()).slice(1).flatMap(({ leaves }) => leaves.map(leafOf));
    expect(named).toMatchObject([{ chain: referralChain(other), as: 'grown' }]);
  });
});

/** Each way within the hour, on a chain of three commits, and how the anchor names it. */
const ways: Readonly<
  Record<string, readonly [as: string, chain: (id: string) => string, does: (chain: string) => Promise<unknown>]>
> = {
  'the last commit deleted': ['shorter', referralChain, (chain) => stage.remove(chain, 3)],
  'the chain cut after its first commit': [
    'shorter',
    referralChain,
    async (chain) => {
      for (const seq of [3, 2]) await stage.remove(chain, seq);
    },
  ],
  'the whole chain deleted': [
    'gone',
    referralChain,
    async (chain) => {
      for (const seq of [3, 2, 1]) await stage.remove(chain, seq);
    },
  ],
  'the last record of a read deleted': ['shorter', accessChain, (chain) => stage.remove(chain, 3)],
  'the head replaced, with hashes that fit': [
    'changed',
    referralChain,
    async (chain) => {
      const last = await commitAt(chain, 3);
      const { format: _, ...content } = JSON.parse(last.text.replace('"danger":"yes"', '"danger":"no"'));
      await stage.write(chain, 3, { ...last, ...encodeCommit(content, last.prev) });
    },
  ],
  'the whole chain written anew': [
    'changed',
    referralChain,
    async (chain) => {
      let prev = noHash;
      for (const [index, commit] of (await rowsOf(chain)).entries()) {
        const { format: _, ...content } = JSON.parse(commit.text);
        const made = encodeCommit({ ...content, policy: 'another' }, prev);
        await stage.write(chain, index + 1, { ...commit, ...made });
        prev = made.hash;
      }
    },
  ],
};

describe('a person with every table, with the stream off', () => {
  test.each(Object.entries(ways))('%s: it is named within the hour, once', async (_, [as, chainOf, does]) => {
    await stage.hour();
    const chain = chainOf(id);
    await does(chain);
    expect(await stage.hour()).toMatchObject({ doubts: 1 });
    expect(stage.doubts).toMatchObject([{ chain, as }]);
    expect(await stage.findings()).toEqual([`chain-broken ${id}`]);
    expect(await isOpen(id)).toBe(true);
    expect((await anchors()).at(-1)?.leaves.map(leafOf)).toContainEqual(expect.objectContaining({ chain, as }));
    await stage.day();
    expect(stage.doubts).toHaveLength(1);
  });

  const inside: Readonly<Record<string, (chain: string) => Promise<unknown>>> = {
    'a commit inside changed under its old hash': async (chain) => {
      const commit = await commitAt(chain, 2);
      await stage.write(chain, 2, { ...commit, text: commit.text.replace('"danger":"no"', '"danger":"yes"') });
    },
    'a commit inside deleted': (chain) => stage.remove(chain, 2),
  };
  test.each(Object.entries(inside))('%s: it is named within a day, once', async (_, does) => {
    await stage.hour();
    const chain = referralChain(id);
    await does(chain);
    await stage.day();
    expect(stage.doubts).toMatchObject([{ chain, as: 'changed' }]);
    expect(await isOpen(id)).toBe(true);
    await stage.day();
    expect(stage.doubts).toHaveLength(1);
  });

  test('puts back an older copy of every table: each chain that lost something is named within the hour', async () => {
    await stage.hour();
    const before = await desk.items('Ledger');
    await assessed(id, 'no');
    await assessed(other, 'yes');
    await stage.hour();
    const kept = new Set(before.map(({ pk, seq }) => `${pk} ${seq}`));
    for (const { pk, seq } of await desk.items('Ledger'))
      if (!kept.has(`${pk} ${seq}`)) await stage.remove(String(pk), Number(seq));
    await stage.hour();
    expect(stage.doubts.map(({ chain, as }) => `${chain} ${as}`)).toEqual(
      [id, other].map((each) => `${referralChain(each)} shorter`).toSorted(),
    );
    expect(await stage.findings()).toEqual(expect.arrayContaining([id, other].map((each) => `chain-broken ${each}`)));
  });

  test('removes a commit before it was anchored: the note with its code names it', async () => {
    await stage.hour();
    await assessed(id, 'no');
    await stage.stream();
    await stage.remove(referralChain(id), 4);
    await stage.hour();
    expect(stage.doubts).toMatchObject([{ chain: referralChain(id), as: 'shorter', place: 4 }]);
  });

  test('writes notes of commits that never were: no record comes into doubt', async () => {
    await stage.hour();
    await desk.put('Cursors', [
      {
        pk: `heads#${desk.now.slice(0, 13)}`,
        sk: referralChain(id),
        seq: 9,
        head: 'f'.repeat(64),
        signature: 'x',
        signedBy: 'door',
      },
      { pk: `heads#${desk.now.slice(0, 13)}`, sk: 'referral#CR-NEVER', seq: 1, head: 'f'.repeat(64) },
    ]);
    expect(await stage.hour()).toMatchObject({ doubts: 0 });
    expect(await isOpen(id)).toBe(false);
  });

  test('restores what was gone: it is anchored again, and the gap stays on record', async () => {
    await stage.hour();
    const chain = accessChain(id);
    const third = await commitAt(chain, 3);
    await stage.remove(chain, 3);
    await stage.hour();
    await stage.write(chain, 3, third);
    await stage.hour();
    const named = (await anchors()).flatMap(({ leaves }) => leaves.map(leafOf)).filter((leaf) => leaf.chain === chain);
    expect(named.map(({ seq }) => seq)).toEqual([3, 2, 3]);
    expect(named[1]?.as).toBe('shorter');
    // It is mended where this was the hour in which the chain is read whole.
    expect(['grown', 'mended']).toContain(named[2]?.as);
  });
});

test('nothing of the vault is in an anchor, in the list of heads, in a note, in a mail or in what is logged', async () => {
  const canaries = ['Wren Canary', '2011-03-04', '203-555-0143', 'The narrative of a canary.', 'Call her canary aunt.'];
  const child = { name: 'Wren Canary', birthDate: '2011-03-04', phone: '203-555-0143' };
  const told = await desk.opened(child, { narrative: 'The narrative of a canary.' });
  await desk.do(told, 'note-safe-contact', { safeContact: 'Call her canary aunt.' }, 'careline-worker');
  await stage.hour();
  await stage.remove(referralChain(told), 2);
  await stage.day();
  const objects = await Promise.all((await stage.archive.names('anchors/')).map((name) => stage.archive.read(name)));
  const mails = stage.told.map((anchor) => JSON.stringify(witnessMail(anchor, 'records@court.example', digest)));
  const notes = JSON.stringify(await desk.items('Cursors'));
  const logged = JSON.stringify(stage.doubts);
  expect(stage.doubts.map(({ chain }) => chain)).toContain(referralChain(told));
  expect([...(await desk.vaultTexts()).values()].join()).toContain('Wren Canary');
  for (const canary of canaries)
    for (const text of [...objects, ...mails, notes, logged]) expect(text).not.toContain(canary);
});

/** Of a script. */
const digest = 'd'.repeat(64);

describe('the mail to the witnesses', () => {
  test('has the signed words, the signature and the key, and no reference', async () => {
    await stage.hour();
    const [anchor] = stage.told;
    if (!anchor) throw new Error('There is no anchor.');
    const mail = witnessMail(anchor, 'records@court.example', digest);
    expect(mail.text).toContain(anchor.statement);
    for (const part of [anchor.signature, anchor.publicKey, `script ${digest}`]) expect(mail.text).toContain(part);
    for (const each of [id, other, 'CR-', 'referral#']) expect(JSON.stringify(mail)).not.toContain(each);
  });

  test('goes to each of them, also where one address fails, and says so afterwards', async () => {
    await stage.hour();
    const sent: string[] = [];
    const mailer = {
      send: async ({ to }: PlainMail) => {
        if (to.startsWith('away')) throw new Error('The mail service did not take it.');
        sent.push(to);
      },
    };
    const [anchor] = stage.told;
    if (!anchor) throw new Error('There is no anchor.');
    const tell = tellWitnesses(mailer, ['away@court.example', 'inspector@state.example'], digest);
    await expect(tell(anchor)).rejects.toThrow('did not take it');
    expect(sent).toEqual(['inspector@state.example']);
  });
});

test('the hours of a round begin with that of the last anchor, and go back a week at most', () => {
  expect(hoursSince('2026-11-28T21:05:00.000Z', '2026-11-28T23:06:00.000Z')).toEqual([
    '2026-11-28T21',
    '2026-11-28T22',
    '2026-11-28T23',
  ]);
  expect(hoursSince(undefined, '2026-11-28T23:06:00.000Z')).toHaveLength(169);
  expect(hoursSince('2026-01-01T00:00:00.000Z', '2026-11-28T23:06:00.000Z')).toHaveLength(169);
});
