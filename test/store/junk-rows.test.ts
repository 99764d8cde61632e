/**
 * Rows that are no commits, and forged ones, in chains that must never stop: alerts, records of reads, and doubts. Each costs a
 * doubt. It costs no mail, closes no child to the people who work for it, and makes no word impossible.
 */
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { watchReferral } from '../../functions/sweep/watch-chains.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { openFacts } from '../../shared/application/access/open-facts.ts';
import { auditReferral } from '../../shared/application/read/audit.ts';
import { confirmRecord, readRecord } from '../../shared/application/use-cases/confirm-record.ts';
import { performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { foldDoubts } from '../../shared/domain/doubts/doubts.ts';
import { accessChain, alertChain, doubtChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { createDoubts } from '../../shared/store/stored-doubts.ts';
import { type Desk, startDesk, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { startDynamoTables } from '../support/tables.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk(undefined, startDynamoTables as never);
  id = await desk.opened();
});
afterEach(() => desk.stop());

const byPerson = (personId: string): CommitContext => ({
  now: desk.now,
  actor: { kind: 'person', id: personId },
  cause: { kind: 'delivery' },
});
const byReact = (): CommitContext => ({
  now: desk.now,
  actor: { kind: 'function', id: 'react' },
  cause: { kind: 'delivery' },
});
const junk = (pk: string, seq: string) =>
  desk.client.send(
    new PutItemCommand({
      TableName: 'Ledger',
      Item: {
        pk: { S: pk },
        seq: { N: seq },
        at: { S: desk.now },
        body: { S: '{}' },
        hash: { S: 'x' },
        prev: { S: 'x' },
      },
    }),
  );
const remove = (pk: string, seq: string) =>
  desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: pk }, seq: { N: seq } } }));
/** A commit that follows, without the code of a function. */
async function forge(chain: string, ...events: object[]) {
  const before = await desk.openLedger().readAfresh(chain);
  const seq = before.length + 1;
  const frame = { at: desk.now, actor: byReact().actor, cause: byReact().cause, policy: '' };
  const { text, prev, hash } = encodeCommit({ chain, seq, ...frame, events }, before.at(-1)?.hash ?? noHash);
  await desk.put('Ledger', [
    { pk: chain, seq, at: desk.now, body: text, prev, hash, signature: 'AAAA', signedBy: 'task' },
  ]);
}
const noted = (chain: string) => desk.openLedger().noteDoubts(id, byReact(), [{ chain, cause: 'not-as-written' }]);
const parts = () => ({ ...desk.parts(), ledger: desk.openLedger() });
const look = () => readRecord(parts(), visitor('careline-supervisor'), id);
const confirm = async (seen: string | undefined) => {
  const answer = await confirmRecord(parts(), visitor('careline-supervisor'), id, { seen, ground: 'compared' });
  return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
};
const classify = async () => {
  const asked = { referralId: id, name: 'classify-report', input: { track: 'assessment' }, key: 'one' } as const;
  const answer = await performCommand(parts(), visitor('careline-worker'), asked);
  return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
};

const places = [
  ['at the first place', '1'],
  ['at a later place', '99'],
  ['at a place that no chain reaches', '90000000000000000'],
  ['between two places', '1.5'],
] as const;

describe.each(places)('a junk row %s', (_, place) => {
  test('in the chain of an alert swallows no mail, and sends none twice', async () => {
    const before: Mail[] = [];
    const sends = async (sent: Mail[]) => {
      const mailer = { send: async (mail: Mail) => `m-${sent.push(mail)}` };
      await sendAlerts(deskSendParts({ ...desk, ledger: desk.openLedger() }, mailer), id, desk.now);
    };
    for (const alertId of Object.keys((await desk.state(id)).alerts)) await junk(alertChain(alertId), place);
    await sends(before);
    expect(before.length).toBeGreaterThan(0);
    const after: Mail[] = [];
    await sends(after);
    expect(after).toEqual([]);
  });

  test('among the records of reads closes no child, and every read is on record', async () => {
    for (const reader of ['P-1', 'P-2']) await desk.openLedger().recordAccess(id, byPerson(reader), ['name']);
    await junk(accessChain(id), place === '1' ? '3' : place);
    for (const reader of ['P-3', 'P-4']) await desk.openLedger().recordAccess(id, byPerson(reader), ['name']);
    const audit = await auditReferral(parts(), id, visitor('auditor'));
    expect(audit?.accesses.map(({ personId }) => personId).toSorted()).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
    expect(audit?.accessChainIntact).toBe(false);
  });

  test('among the doubts is a doubt itself, and the word about it is possible', async () => {
    await noted(referralChain(id));
    await junk(doubtChain(id), place === '1' ? '2' : place);
    expect(await classify()).toBe('record-in-doubt');
    const found = await look();
    expect(found?.found.map(({ chain }) => chain)).toContain(doubtChain(id));
    expect(await confirm(found?.seen)).toBe('done');
    expect((await look())?.inDoubt).toBe(false);
    expect(await classify()).toBe('done');
    // What is changed there later is in doubt anew.
    await junk(doubtChain(id), '500');
    expect((await look())?.inDoubt).toBe(true);
    expect(await confirm(found?.seen)).toBe('record-moved');
  });
});

/** Each puts one row, or swaps two, so that a row is no commit of its place. `next`: the first free place. */
const rowsOf = async (chain: string) =>
  (await desk.items('Ledger')).filter(({ pk }) => pk === chain).toSorted((a, b) => Number(a.seq) - Number(b.seq));
const spoiled: readonly (readonly [string, (chain: string, next: number) => Promise<unknown>])[] = [
  ['junk at the next place', (chain, next) => junk(chain, String(next))],
  ['junk at a far place', (chain, next) => junk(chain, String(next + 7))],
  ['junk at a place that no chain reaches', (chain) => junk(chain, '90000000000000000')],
  ['junk between two places', (chain) => junk(chain, '1.5')],
  [
    'a commit of another chain with a right code',
    async (chain, next) => {
      const other = await desk.opened();
      await desk.put('Ledger', [{ ...(await rowsOf(referralChain(other)))[0], pk: chain, seq: next }]);
    },
  ],
  [
    'an own commit at a later place',
    async (chain, next) => desk.put('Ledger', [{ ...(await rowsOf(chain))[1], seq: next }]),
  ],
  [
    'two own commits that were swapped',
    async (chain) => {
      const [, two, three] = await rowsOf(chain);
      await desk.put('Ledger', [
        { ...three, seq: 2 },
        { ...two, seq: 3 },
      ]);
    },
  ],
  [
    'a commit of a function that was taken over, at a place that no chain reaches',
    async (chain) => {
      const seq = 9_000_000_000_000;
      const frame = { at: desk.now, actor: byReact().actor, cause: byReact().cause, policy: '' };
      const { text, prev, hash } = encodeCommit({ chain, seq, ...frame, events: [] }, noHash);
      const code = await codesInProcess('task').codeOf(hash);
      await desk.put('Ledger', [{ pk: chain, seq, at: desk.now, body: text, prev, hash, ...code }]);
    },
  ],
  ['an event of a bad shape', (chain) => forge(chain, { type: 'danger-assessed', v: 1, danger: 7 })],
  ['an event that cannot follow', async (chain) => forge(chain, await openingOf(chain))],
];
const openingOf = async (chain: string): Promise<object> =>
  JSON.parse(String((await rowsOf(chain))[0]?.body)).events[0];

describe.each(spoiled)('in the chain of a referral, %s', (_, spoil) => {
  const chain = () => referralChain(id);
  const protect = async () => {
    const input = { safeContact: 'Call her aunt.' };
    const asked = { referralId: id, name: 'note-safe-contact', input, key: 'two' } as const;
    const answer = await performCommand(parts(), visitor('caseworker'), asked);
    return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
  };
  beforeEach(async () => {
    for (const found of ['cursor-behind', 'lost-run'] as const)
      await desk.openLedger().changeReferral(id, byReact(), () => [{ type: 'swept', v: 1, found }]);
  });

  test('stops no mail, no step and no act that protects the child', async () => {
    const before = await desk.state(id);
    await spoil(chain(), (await rowsOf(chain())).length + 1);
    const mails: Mail[] = [];
    const mailer = { send: async (mail: Mail) => `m-${mails.push(mail)}` };
    await sendAlerts(deskSendParts({ ...desk, ledger: desk.openLedger() }, mailer), id, desk.now);
    expect(mails.length).toBeGreaterThan(0);
    const read = (await desk.openLedger().referral(id))?.state;
    expect(read && { ...read, seq: before.seq }).toEqual(before);
    expect(await classify()).toBe('record-in-doubt');
    expect(await protect()).toBe('done');
    await desk.openLedger().changeReferral(id, byReact(), () => [{ type: 'swept', v: 1, found: 'cursor-behind' }]);
    const after = (await desk.openLedger().referral(id))?.state;
    const types = (await desk.openLedger().referral(id))?.commits.flatMap(({ events }) =>
      events.map(({ type }) => type),
    );
    expect(types?.slice(-2)).toEqual(['safe-contact-noted', 'swept']);
    expect(after?.seq).toBeGreaterThan(before.seq);
  });

  test('ends with its removal and a word', async () => {
    const whole = await rowsOf(chain());
    await spoil(chain(), whole.length + 1);
    await desk.openLedger().changeReferral(id, byReact(), () => [{ type: 'swept', v: 1, found: 'lost-run' }]);
    expect(await classify()).toBe('record-in-doubt');
    const read = await desk.openLedger().referral(id);
    const counted = new Set(read?.commits.flatMap((each) => (each.isUnproved ? [] : [each.stored.text])));
    for (const [at, { seq, body }] of (await rowsOf(chain())).entries()) {
      if (at >= whole.length && JSON.parse(String(body)).seq !== seq) await remove(chain(), String(seq));
      if (!counted.has(String(body))) await remove(chain(), String(seq));
    }
    await desk.put('Ledger', whole);
    const found = await look();
    expect(await confirm(found?.seen)).toBe('done');
    expect(await classify()).toBe('done');
    expect((await look())?.inDoubt).toBe(false);
  });
});

test('a row below the first place is none of a chain: it hides no record, and is told by the stream alone', async () => {
  for (const chain of [accessChain(id), doubtChain(id)]) await junk(chain, '-1');
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  expect((await auditReferral(parts(), id, visitor('auditor')))?.accesses).toHaveLength(1);
  expect(await classify()).toBe('done');
});

test('the watchdog looks at each chain that goes on with a damaged one', async () => {
  await junk(accessChain(id), '7');
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  const watch = () =>
    watchReferral(parts(), id, undefined, { verifies: true, isShorter: false }, (fault) => {
      throw fault;
    });
  expect(await watch()).toBe(true);
  expect((await desk.openLedger().doubt(id)).open.map(({ chain }) => chain)).toEqual([accessChain(id)]);
  expect(await confirm((await look())?.seen)).toBe('done');
  expect(await watch()).toBe(false);
  await forge(`${accessChain(id)}~2`, { read: ['name'] });
  expect(await watch()).toBe(true);
  expect((await desk.openLedger().doubt(id)).open.map(({ chain }) => chain)).toEqual([`${accessChain(id)}~2`]);
});

test('the watchdog looks at a next chain also where the junk before it was removed', async () => {
  await junk(accessChain(id), '7');
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  await remove(accessChain(id), '7');
  const watch = () =>
    watchReferral(parts(), id, undefined, { verifies: true, isShorter: false }, (fault) => {
      throw fault;
    });
  expect(await watch()).toBe(false);
  await remove(`${accessChain(id)}~2`, '1');
  expect(await watch()).toBe(true);
});

describe('a doubt that was noted beside a junk row', () => {
  beforeEach(async () => {
    await junk(doubtChain(id), '7');
    await noted(referralChain(id));
  });

  test('is one also where the junk was removed, until a word', async () => {
    await remove(doubtChain(id), '7');
    expect((await desk.openLedger().doubt(id)).open.map(({ chain }) => chain)).toEqual([referralChain(id)]);
    expect(await classify()).toBe('record-in-doubt');
    expect(await confirm((await look())?.seen)).toBe('done');
    expect(await classify()).toBe('done');
    // The same doubt of a later time is noted again, and answered again.
    desk.at(new Date(Date.parse(desk.now) + 60_000).toISOString());
    await noted(referralChain(id));
    expect((await look())?.inDoubt).toBe(true);
    expect(await confirm((await look())?.seen)).toBe('done');
    expect((await look())?.inDoubt).toBe(false);
  });

  test('stays answered where the junk is removed after the word', async () => {
    expect(await confirm((await look())?.seen)).toBe('done');
    await remove(doubtChain(id), '7');
    expect((await look())?.inDoubt).toBe(false);
    expect(await classify()).toBe('done');
  });

  test('is one, where a mark without a code stands in the first chain too', async () => {
    await remove(doubtChain(id), '7');
    await forge(doubtChain(id), { type: 'doubt-noted', v: 1, chain: referralChain(id), cause: 'touched' });
    const chains = (await desk.openLedger().doubt(id)).open.map(({ chain }) => chain);
    expect(chains.toSorted()).toEqual([doubtChain(id), referralChain(id)]);
    expect(await confirm((await look())?.seen)).toBe('done');
    expect((await look())?.inDoubt).toBe(false);
  });
});

test('a junk row in the next chain of the doubts is a doubt, and its removal takes back no word', async () => {
  await noted(referralChain(id));
  await junk(`${doubtChain(id)}~2`, '7');
  expect(await confirm((await look())?.seen)).toBe('done');
  expect((await look())?.inDoubt).toBe(false);
  await remove(`${doubtChain(id)}~2`, '7');
  expect((await look())?.inDoubt).toBe(false);
});

test('a purpose that was said beside a junk row counts also once the row is gone', async () => {
  await junk(accessChain(id), '7');
  const cause = { kind: 'command', name: 'read-facts', id: 'FACTS.S', purpose: 'legal-advice' } as const;
  const frame = { ...byPerson('P-1'), cause };
  await desk.openLedger().recordFactRead(id, frame, ['facts'], () => true);
  await remove(accessChain(id), '7');
  expect(await desk.openLedger().factReads(id)).toHaveLength(1);
  await desk.openLedger().recordFactRead(id, frame, ['facts'], () => true);
  expect((await desk.openLedger().accessRecords(id)).flatMap(({ commits }) => commits)).toHaveLength(1);
});

test('records of reads behind a chain that was deleted stay on record', async () => {
  await junk(accessChain(id), '7');
  await junk(`${accessChain(id)}~2`, '7');
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  await remove(`${accessChain(id)}~2`, '7');
  const audit = await auditReferral(parts(), id, visitor('auditor'));
  expect(audit?.accesses.map(({ personId }) => personId)).toEqual(['P-1']);
});

test('a function that was taken over records no read in the name of a person', async () => {
  const person = visitor('legal').id;
  const ledger = desk.openLedger({ codes: codesInProcess('task') });
  const cause = { kind: 'command', name: 'read-facts', id: 'FACTS.S', purpose: 'legal-advice' } as const;
  const actor = { kind: 'function', id: person } as const;
  await ledger.recordAccess(id, { now: desk.now, actor, cause }, ['facts']);
  expect(await desk.openLedger().factReads(id)).toEqual([]);
  const audit = await auditReferral(parts(), id, visitor('auditor'));
  expect(audit?.accesses.map(({ personId, who }) => [personId, who])).toEqual([
    [`function.${person}`, `function.${person}`],
  ]);
  expect(audit?.accessChainIntact).toBe(false);
});

test('a function records the reads that it makes by itself, also those that follow from a command', async () => {
  const ledger = desk.openLedger({ codes: codesInProcess('task') });
  const cause = { kind: 'command', name: 'compare-again', id: 'C-1' } as const;
  await ledger.recordAccess(id, { ...byReact(), cause }, ['childName']);
  const audit = await auditReferral(parts(), id, visitor('auditor'));
  expect(audit?.accesses.map(({ personId }) => personId)).toEqual(['function.react']);
  expect(audit?.accessChainIntact).toBe(true);
});

test('a forged record of reads is followed by none: the next chain has them', async () => {
  await forge(accessChain(id), { read: ['name'] });
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  const records = await desk.openLedger().accessRecords(id);
  expect(records.map(({ commits, check }) => [commits.length, check.intact])).toEqual([
    [1, false],
    [1, true],
  ]);
});

test('reads that were recorded beside a junk row stay on record once that row is gone', async () => {
  await junk(accessChain(id), '7');
  await desk.openLedger().recordAccess(id, byPerson('P-1'), ['name']);
  const Key = { pk: { S: accessChain(id) }, seq: { N: '7' } };
  await desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key }));
  await desk.openLedger().recordAccess(id, byPerson('P-2'), ['name']);
  const audit = await auditReferral(parts(), id, visitor('auditor'));
  expect(audit?.accesses.map(({ personId }) => personId).toSorted()).toEqual(['P-1', 'P-2']);
});

describe('marks', () => {
  const mark = (chain: string) => ({ type: 'doubt-noted', v: 1, chain, cause: 'touched' });

  test.each([
    ['by the hundred', () => Array.from({ length: 400 }, (_, at) => mark(`alert#${id}.A${at}`))],
    ['of a foreign chain', () => [mark('nothing#x')]],
  ])('that no function wrote, %s, are one doubt, and the word about it is possible', async (_, marks) => {
    await forge(doubtChain(id), ...marks());
    expect(await classify()).toBe('record-in-doubt');
    const found = await look();
    expect(found?.found).toMatchObject([{ chain: doubtChain(id), cause: 'not-as-written' }]);
    expect(await confirm(found?.seen)).toBe('done');
    expect(await classify()).toBe('done');
  });

  test('of a foreign chain by a function that was taken over are a doubt of the marks', async () => {
    for (const chain of ['nothing#x', 'referral#CR-00000-000000']) {
      await desk.openLedger().noteDoubts(id, byReact(), [{ chain, cause: 'touched' }]);
    }
    const found = await look();
    expect(found?.found.map(({ chain }) => chain)).toEqual([doubtChain(id)]);
    expect(await confirm(found?.seen)).toBe('done');
  });

  test('by the thousand by functions stay few enough for a word, which names what was seen shortly', async () => {
    const all = Array.from({ length: 1000 }, (_, at) => `alert#${id}.A${at}`);
    await desk.openLedger().noteDoubts(
      id,
      byReact(),
      all.map((chain) => ({ chain, cause: 'not-as-written' })),
    );
    const found = await look();
    expect(found?.seen.length).toBeLessThan(2000);
    expect(await confirm(found?.seen)).toBe('done');
    // The watchdog finds the rest in its turn.
    await desk.openLedger().noteDoubts(id, byReact(), [{ chain: `alert#${id}.A999`, cause: 'not-as-written' }]);
    expect((await look())?.inDoubt).toBe(true);
  });

  test('that are forged words cost work in step with their number', async () => {
    const chain = doubtChain(id);
    const costOf = async (count: number) => {
      let looks = 0;
      let prev = noHash;
      const commits = Array.from({ length: count }, (_each, index) => {
        const digest = 'a'.repeat(64);
        const accepted = [{ chain, count: index, last: index, digest }];
        const events = [{ type: 'doubt-answered', v: 1, ground: 'compared', accepted } as const];
        const frame = { ...byPerson('P-X'), at: desk.now, policy: '', events };
        const stored = {
          ...encodeCommit({ chain, seq: index + 1, ...frame }, prev),
          signature: 'AAAA',
          signedBy: 'door',
        };
        prev = stored.hash;
        const commit = { chain, seq: index + 1, ...frame };
        return {
          ...commit,
          get stored() {
            looks += 1;
            return stored;
          },
        };
      });
      const doubts = createDoubts({
        readDoubts: async () => ({
          readable: [{ chain, commits, state: foldDoubts(commits) }],
          unreadable: [],
        }),
        readAfresh: async () => [],
        codes: codesInProcess('door'),
      });
      expect((await doubts.read(id)).words).toEqual([]);
      return looks;
    };
    expect(await costOf(1000)).toBeLessThan(5 * (await costOf(250)));
  });

  test('the word stays bound to the bytes that were seen, and later commits of functions do not matter', async () => {
    await noted(referralChain(id));
    const found = await look();
    await desk.openLedger().changeReferral(id, byReact(), () => [{ type: 'swept', v: 1, found: 'cursor-behind' }]);
    expect(await confirm(found?.seen.replace('~', '.1~'))).toBe('record-moved');
    const [row] = (await desk.items('Ledger')).filter(({ pk, seq }) => pk === referralChain(id) && seq === 1);
    await desk.put('Ledger', [{ ...row, signature: 'AAAA' }]);
    expect(await confirm(found?.seen)).toBe('record-moved');
    await desk.put('Ledger', [row ?? {}]);
    expect(await confirm(found?.seen)).toBe('done');
  });
});

test('of parallel first reads of a child by one person in one session, one is recorded', async () => {
  const state = await desk.state(id);
  const read = { state, commits: [], policy: connecticutPolicy };
  const opened = await Promise.all(
    Array.from({ length: 12 }, (_, index) => {
      const ledger = index % 2 === 0 ? desk.ledger : desk.openLedger();
      return openFacts({ ledger, now: desk.now, session: 'S' }, read, visitor('legal'), { said: 'legal-advice' });
    }),
  );
  expect(opened.every(({ depth }) => depth === 'facts')).toBe(true);
  expect(await desk.openLedger().factReads(id)).toMatchObject([{ personId: 'P-LEGAL', purpose: 'legal-advice' }]);
  // Another purpose, another session and another person are records of their own.
  for (const [session, as, said] of [
    ['S2', 'legal', 'legal-advice'],
    ['S', 'area-director', 'quality-review'],
    ['S', 'area-director', 'work-on-referral'],
  ] as const) {
    await openFacts({ ledger: desk.openLedger(), now: desk.now, session }, read, visitor(as), { said });
  }
  expect(await desk.openLedger().factReads(id)).toHaveLength(4);
});

test('a forged record of a read opens no facts', async () => {
  const state = await desk.state(id);
  const frame = { at: desk.now, actor: { kind: 'person', id: 'P-LEGAL' } as const, policy: '' };
  const cause = { kind: 'command', name: 'read-facts', id: 'FACTS.S', purpose: 'legal-advice' } as const;
  const chain = accessChain(id);
  const { text, prev, hash } = encodeCommit({ chain, seq: 1, ...frame, cause, events: [{ read: ['facts'] }] }, noHash);
  await desk.put('Ledger', [
    { pk: chain, seq: 1, at: desk.now, body: text, prev, hash, signature: 'AAAA', signedBy: 'door' },
  ]);
  const door = { ledger: desk.openLedger(), now: desk.now, session: 'S' };
  const opened = await openFacts(door, { state, commits: [], policy: connecticutPolicy }, visitor('legal'));
  expect(opened.depth).toBe('working');
});

test.each(['not json', '{}', 'null'])('an entry of the index with the note %s hides no counted mail', async (note) => {
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => `m-${sent.push(mail)}` };
  await sendAlerts(deskSendParts({ ...desk, ledger: desk.openLedger() }, mailer), id, desk.now);
  await desk.put('Ledger', [{ pk: 'alert#JUNK', seq: 7, foundAs: 'mail', foundAt: desk.now, note }]);
  const span = { from: desk.now, before: new Date(Date.parse(desk.now) + 60_000).toISOString() };
  expect(await desk.openLedger().mailsIn(span)).toHaveLength(sent.length);
});
