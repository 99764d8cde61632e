/**
 * What a person with every right to the tables, and no key, can do to the ledger. Each way is tried. Each shows in the
 * stream at once, to the watchdog in its turn, and in the audit. No person acts on the record until a supervisor has
 * confirmed it. Calls and clocks go on meanwhile.
 */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkChain, noteDoubt, tellOfDoubt } from '../../functions/react/note-doubt.ts';
import { react } from '../../functions/react/react.ts';
import { sendAlerts, sendNotices } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { isTurnOf } from '../../functions/sweep/turns.ts';
import { watchReferral } from '../../functions/sweep/watch-chains.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { auditReferral } from '../../shared/application/read/audit.ts';
import type { Seen } from '../../shared/application/read/concurrent-change.ts';
import { confirmRecord, readRecord } from '../../shared/application/use-cases/confirm-record.ts';
import { performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { aboutChain, aboutReferral } from '../../shared/domain/audit/findings.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { roundAt, turnsOfDay } from '../../shared/domain/board/watchdog-turns.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { noProgress } from '../../shared/domain/core/progress.ts';
import type { Delegation } from '../../shared/domain/directory/delegations.ts';
import { event } from '../../shared/domain/events.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { accessChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash, type StoredCommit } from '../../shared/store/commit.ts';
import { codesInProcess, createCommitCodes, someKeys } from '../../shared/store/commit-codes.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { createProcessKeys, type KeyService, serviceInProcess } from '../../shared/store/process-keys.ts';
import { type Desk, reportOf, startDesk, team, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened();
  await desk.ledger.changeReferral(id, byPerson('P-1'), () => [
    event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' }),
  ]);
  await desk.ledger.changeReferral(id, byPerson('P-2'), () => [
    event('danger-assessed', { danger: 'yes', knownAt: '2026-11-09T15:00:00Z' }),
  ]);
  for (const reader of ['P-1', 'P-2', 'P-1']) await desk.ledger.recordAccess(id, byPerson(reader), ['name']);
  await desk.followedTo(id, 3);
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
});
afterEach(() => desk.stop());

const byPerson = (personId: string): CommitContext => ({
  now: desk.now,
  actor: { kind: 'person', id: personId },
  cause: { kind: 'delivery' },
});
const day = () => desk.now.slice(0, 10);
const stored = () => desk.ledger.readAfresh(referralChain(id));
const commitAt = async (seq: number): Promise<StoredCommit> => {
  const commit = (await stored())[seq - 1];
  if (!commit) throw new Error('There is no such commit.');
  return commit;
};

const write = (chain: string, seq: number, { text, prev, hash, signature, signedBy, vouches }: StoredCommit) =>
  desk.put('Ledger', [
    { pk: chain, seq, at: desk.now, body: text, prev, hash, signature, signedBy, ...(vouches && { vouches }) },
  ]);
const remove = (chain: string, seq: number) =>
  desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: chain }, seq: { N: String(seq) } } }));
/** The content of a commit with other words, and with hashes that fit. */
const reworded = ({ text }: StoredCommit, prev: string): StoredCommit => {
  const { format: _, ...content } = JSON.parse(text.replace('"danger":"yes"', '"danger":"no"'));
  return encodeCommit(content, prev);
};

/** What the stream tells of such a write. */
const told = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', chain: string, seq: number): DynamoDBRecord => ({
  eventName,
  dynamodb: { Keys: { pk: { S: chain }, seq: { N: String(seq) } }, SequenceNumber: String(seq) },
});
let counted: string[];
let unlogged: unknown[];
let stopped: string[];
/** Lets the consumer of the stream work on these records, and gives what it could not work on. */
async function consume(...Records: DynamoDBRecord[]) {
  const ledger = desk.openLedger();
  counted = [];
  unlogged = [];
  stopped = [];
  const parts = {
    ledger,
    onDoubt: (chain: string) => void counted.push(chain),
    onRecord: (record: string) => void stopped.push(record),
    onFault: (fault: unknown) => void unlogged.push(fault),
  };
  const handler = ledgerStream(
    async ({ kind, id: of }) => {
      if (kind === 'referral') await ledger.referral(of).finally(() => checkChain(parts, `referral#${of}`, desk.now));
      if (kind === 'delegation')
        await ledger.delegations(of).finally(() => checkChain(parts, `delegation#${of}`, desk.now));
      if (kind === 'doubt') await tellOfDoubt(parts, of, desk.now, async () => undefined);
    },
    { onTampering: (chain) => noteDoubt(parts, { chain, cause: 'touched' }, desk.now) },
  );
  return handler({ Records }, {} as never);
}
const findings = async () => (await desk.openLedger().findings(day())).map(({ what, about }) => `${what} ${about}`);
/** Acts of people, by a process that has read nothing yet. */
const tries = (ledger = desk.openLedger()) => {
  const parts = { ...desk.parts(), ledger };
  const command = async (name: CommandName, input: object, as: string, seen?: Seen) => {
    keys += 1;
    const answer = await performCommand(parts, visitor(as), { referralId: id, name, input, key: `try ${keys}`, seen });
    return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
  };
  return {
    command,
    /** An act that a doubt refuses. */
    classify: () => command('classify-report', { track: 'assessment' }, 'careline-worker'),
    /** An act that protects the child now. */
    protect: (seen?: Seen) =>
      command('note-safe-contact', { safeContact: 'Call her aunt first.' }, 'careline-worker', seen),
    read: (as = 'careline-supervisor') => readRecord(parts, visitor(as), id),
    async confirm(as = 'careline-supervisor') {
      const look = await readRecord(parts, visitor(as), id);
      const answer = await confirmRecord(parts, visitor(as), id, { seen: look?.seen, ground: 'compared' });
      return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
    },
  };
};
/** A mail service that keeps the text of each mail. */
const mailerInto = (sent: string[]) => ({
  async send({ text }: Mail) {
    sent.push(text);
    return `m-${sent.length}`;
  },
});
let keys = 0;
/** The look of the watchdog at this referral in the round before. */
const watched = () =>
  watchReferral(
    { ...desk.parts(), ledger: desk.openLedger() },
    id,
    undefined,
    { verifies: true, isShorter: false },
    (fault) => expect(fault).toBeUndefined(),
  );
const isBroken = async () => (await findings()).includes(`chain-broken ${id}`);
/** A day of sweeps, without those that have no turn of this referral and are not at the full hour. */
async function round(until: () => Promise<boolean> = async () => false) {
  for (let sweeps = 0; sweeps < turnsOfDay && !(await until()); sweeps += 1) {
    if (isTurnOf(id, desk.now, turnsOfDay) || roundAt(desk.now) % 12 === 0)
      await sweep({ ...sweepParts(desk), ledger: desk.openLedger() }).catch(() => undefined);
    desk.at(new Date(Date.parse(desk.now) + 5 * 60_000).toISOString());
  }
}
const audit = async () => {
  const { waits, directory, policyOf } = desk;
  const ledger = desk.openLedger();
  return auditReferral({ ledger, waits, directory, policyOf }, id, { id: 'P-ADMINISTRATOR' });
};

test('a ledger that no one touched is intact, with a code of each commit, and takes the next act', async () => {
  for (const commit of await stored())
    expect(commit).toMatchObject({ signature: expect.any(String), signedBy: expect.stringMatching(/ door \S{44}$/) });
  expect(await audit()).toMatchObject({
    chain: { intact: true, length: 3 },
    alertChainsIntact: true,
    accessChainIntact: true,
  });
  expect(await consume(told('INSERT', referralChain(id), 3))).toEqual({ batchItemFailures: [] });
  expect(await findings()).toEqual([]);
  expect(await tries().classify()).toBe('done');
});

/** Each way, what it does, and the record that the stream has of it. */
const ways: Readonly<Record<string, () => Promise<DynamoDBRecord>>> = {
  'a commit rewritten under its old hash': async () => {
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, text: last.text.replace('"danger":"yes"', '"danger":"no"') });
    return told('MODIFY', referralChain(id), 3);
  },
  'the last commit rewritten with its hash, under its old code': async () => {
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, ...reworded(last, last.prev) });
    return told('MODIFY', referralChain(id), 3);
  },
  'the last commit deleted': async () => {
    await remove(referralChain(id), 3);
    return told('REMOVE', referralChain(id), 3);
  },
  'the chain cut after its first commit': async () => {
    for (const seq of [3, 2]) await remove(referralChain(id), seq);
    return told('REMOVE', referralChain(id), 3);
  },
  'the whole chain rewritten, each commit after the other': async () => {
    let prev = noHash;
    for (const [index, commit] of (await stored()).entries()) {
      const other = reworded(commit, prev);
      await write(referralChain(id), index + 1, { ...commit, ...other });
      prev = other.hash;
    }
    return told('MODIFY', referralChain(id), 1);
  },
  "a commit added in a lawyer's name": async () => {
    const last = await commitAt(3);
    const { format: _, ...content } = JSON.parse(last.text);
    const forged = encodeCommit({ ...content, seq: 4, actor: { kind: 'person', id: 'P-LEGAL' } }, last.hash);
    await write(referralChain(id), 4, { ...forged, signature: last.signature ?? '', signedBy: 'door' });
    return told('INSERT', referralChain(id), 4);
  },
  'the whole chain deleted': async () => {
    for (const seq of [3, 2, 1]) await remove(referralChain(id), seq);
    return told('REMOVE', referralChain(id), 1);
  },
  'the record of a read deleted': async () => {
    await remove(accessChain(id), 2);
    return told('REMOVE', accessChain(id), 2);
  },
  'the last record of a read deleted': async () => {
    await remove(accessChain(id), 3);
    return told('REMOVE', accessChain(id), 3);
  },
};
const ofReads = (way: string) => way.includes('record of a read');

describe.each(Object.keys(ways))('%s', (way) => {
  test('is a finding of the stream at once, and holds up no other chain', async () => {
    const record = await ways[way]?.();
    const other = await desk.opened();
    if (record)
      expect(await consume(record, told('INSERT', referralChain(other), 1))).toEqual({ batchItemFailures: [] });
    expect(await findings()).toEqual([`chain-broken ${id}`]);
    expect(await isShown()).toBe(true);
  });

  test('is a finding of the watchdog within one round, without the stream', async () => {
    expect(await watched()).toBe(false);
    await ways[way]?.();
    await round(isBroken);
    expect(await isBroken()).toBe(true);
    expect(await isShown()).toBe(true);
  });

  test('is mailed to an administrator', async () => {
    const record = await ways[way]?.();
    if (record) await consume(record);
    const sent: string[] = [];
    const parts = deskSendParts(desk, mailerInto(sent));
    await sendNotices(parts, 'finding', day(), desk.now);
    expect(sent.join()).toContain(`${id}: a stored record, directory entry or list row was changed or is damaged.`);
  });

  test.skipIf(way === wholeDeleted)('lets no person act, but for the child now, until the word', async () => {
    const record = await ways[way]?.();
    if (record) await consume(record);
    const cold = tries();
    expect(await cold.classify()).toBe('record-in-doubt');
    expect(await cold.classify()).toBe('record-in-doubt');
    expect(await cold.protect()).toBe('done');
    expect(await tries().confirm()).toBe('done');
    expect(await tries().classify()).toBe('done');
    // A second note replaces the first, so its sender has read that.
    expect(await cold.protect()).toBe('read-first');
    expect(await cold.protect({ exactly: [(await desk.state(id)).seq] })).toBe('done');
  });

  test.skipIf(way === wholeDeleted)('is not found again after the word, and what comes later is', async () => {
    await watched();
    await ways[way]?.();
    await round(isBroken);
    expect(await tries().confirm()).toBe('done');
    desk.at(`${new Date(Date.parse(desk.now) + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`);
    await round();
    expect(await isBroken()).toBe(false);
    expect(await tries().classify()).toBe('done');
    await round();
    expect(await isBroken()).toBe(false);
    expect(await watched()).toBe(false);
    await remove(referralChain(id), (await stored()).length);
    await round(isBroken);
    expect(await isBroken()).toBe(true);
    expect(await tries().classify()).toBe('record-in-doubt');
  });
});

/** Whether the page of the referral and its audit have the doubt. */
async function isShown(): Promise<boolean> {
  const { open } = await desk.openLedger().doubt(id);
  return open.length > 0;
}
const wholeDeleted = 'the whole chain deleted';

describe.each(Object.keys(ways).filter((way) => !ofReads(way)))('%s: a warm process', (way) => {
  test('that remembers another chain accepts no act, also not on the second try', async () => {
    const warm = tries(desk.ledger);
    await desk.ledger.referral(id);
    await ways[way]?.();
    const answers = [await warm.classify(), await warm.classify()];
    const refused = way === wholeDeleted ? 'unknown' : 'record-in-doubt';
    expect(answers).toEqual([refused, refused]);
  });
});

test('a whole chain that was deleted takes no act, and all acts again when it is restored and confirmed', async () => {
  const before = await stored();
  const record = await ways[wholeDeleted]?.();
  if (record) await consume(record);
  expect(await tries().classify()).toBe('unknown');
  for (const [index, commit] of before.entries()) await write(referralChain(id), index + 1, commit);
  expect(await tries().classify()).toBe('record-in-doubt');
  expect(await tries().confirm()).toBe('done');
  expect(await tries().classify()).toBe('done');
  expect((await audit())?.chain).toMatchObject({ intact: true });
});

describe('a record of a read that is cut off together with what the watchdog noted of it', () => {
  const noted = async () =>
    (await desk.items('Cursors')).filter(({ pk, sk }) => pk === accessChain(id) && sk === 'watchdog');
  const forget = () =>
    desk.client.send(
      new DeleteItemCommand({ TableName: 'Cursors', Key: { pk: { S: accessChain(id) }, sk: { S: 'watchdog' } } }),
    );

  test.each(['deleted', 'put back as it was'])('is found by the process that saw it: the note is %s', async (how) => {
    await watched();
    const before = await noted();
    await desk.ledger.recordAccess(id, byPerson('P-3'), ['name']);
    desk.at(new Date(Date.parse(desk.now) + 60_000).toISOString());
    expect(await watched()).toBe(false);
    expect(await noted()).not.toEqual(before);
    await remove(accessChain(id), 4);
    await (how === 'deleted' ? forget() : desk.put('Cursors', before));
    expect(await watched()).toBe(true);
  });
});

/** What is left is a chain as it once was. Only the stream and the watchdog know that there was more. */
const leavesWhole = ['the last commit deleted', 'the chain cut after its first commit', 'the whole chain deleted'];

test.each(Object.keys(ways).filter((way) => !leavesWhole.includes(way) && !ofReads(way)))(
  'the audit names the place of %s',
  async (way) => {
    await ways[way]?.();
    const { chain } = (await audit()) ?? {};
    expect(chain).toMatchObject({ intact: false, sentence: expect.any(String) });
  },
);

const damage = (chain: string) =>
  desk.put('Ledger', [{ pk: chain, seq: 1, at: desk.now, body: '{}', prev: noHash, hash: noHash }]);

test('a doubt that a door noted is counted and mailed by the stream', async () => {
  await desk.ledger.referral(id);
  await ways['the last commit deleted']?.();
  expect(await tries(desk.ledger).classify()).toBe('record-in-doubt');
  await consume(told('INSERT', `doubt#${id}`, 1));
  expect(stopped).toEqual([id]);
  expect(await findings()).toEqual([`chain-broken ${id}`]);
});

test('findings and doubts that cannot be noted are counted for the alarm, and hold up no work', async () => {
  await ways["a commit added in a lawyer's name"]?.();
  for (const number of ['', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9']) await damage(`finding#${day()}${number}`);
  await damage(`doubt#${id}`);
  const other = await desk.opened();
  const records = [told('INSERT', referralChain(id), 4), told('INSERT', referralChain(other), 1)];
  expect(await consume(...records)).toEqual({ batchItemFailures: [] });
  expect(counted).toEqual([referralChain(id)]);
  expect(unlogged.length).toBeGreaterThan(0);
  await expect(sweep({ ...sweepParts(desk), ledger: desk.openLedger() }).then(({ looked }) => looked)).resolves.toBe(2);
});

test('a forged chain of findings swallows none: the next one of the day has them, and is mailed', async () => {
  const finding = { type: 'finding-made', v: 1, what: 'chain-broken', about: id };
  const forged = encodeCommit(
    {
      chain: `finding#${day()}`,
      seq: 1,
      at: desk.now,
      actor: { kind: 'function', id: 'react' },
      cause: { kind: 'delivery' },
      policy: '',
      events: [finding],
    },
    noHash,
  );
  await write(`finding#${day()}`, 1, { ...forged, signature: '', signedBy: 'task' });
  await ways['the last commit deleted']?.();
  await consume(told('REMOVE', referralChain(id), 3));
  const noted = (await desk.openLedger().findings(`${day()}.2`)).map(({ what, about }) => `${what} ${about}`);
  expect(noted).toEqual([`chain-broken ${id}`, 'chain-broken findings']);
  const sent: string[] = [];
  const parts = deskSendParts(desk, mailerInto(sent));
  await sendNotices(parts, 'finding', `${day()}.2`, desk.now);
  expect(sent.join()).toContain(`${id}: a stored record, directory entry or list row was changed or is damaged.`);
  expect(sent.join()).toContain('Findings: a stored record');
});

test('a process asks the key service once a day for a code of its key, and once about each other key', async () => {
  const asked: string[] = [];
  const { macOf, holderOf } = serviceInProcess(someKeys);
  const service: KeyService<keyof typeof someKeys> = {
    macOf: (...args) => macOf(...args).finally(() => asked.push('code')),
    holderOf: (...args) => holderOf(...args).finally(() => asked.push('right?')),
  };
  let now = Date.parse(desk.now);
  const ledger = desk.openLedger({
    codes: createCommitCodes('door', createProcessKeys({ holder: 'door', service }), () => now),
  });
  for (let act = 0; act < 3; act += 1) expect(await tries(ledger).classify()).toBe('done');
  expect(asked).toEqual(['right?', 'code']);
  now += 24 * 3_600_000;
  for (let act = 0; act < 3; act += 1) expect(await tries(ledger).classify()).toBe('done');
  expect(asked).toEqual(['right?', 'code', 'code']);
});

describe('the mark of a doubt', () => {
  const doubtOf = () => desk.ledger.readAfresh(`doubt#${id}`);

  test('that is deleted is a doubt anew, by the stream and by a process that remembers it', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    const warm = tries(desk.ledger);
    expect(await warm.classify()).toBe('record-in-doubt');
    await remove(`doubt#${id}`, 1);
    expect(await warm.classify()).toBe('record-in-doubt');
    await remove(`doubt#${id}`, 1);
    await consume(told('REMOVE', `doubt#${id}`, 1));
    expect(await tries().classify()).toBe('record-in-doubt');
    expect((await doubtOf()).length).toBeGreaterThan(0);
  });

  test('is not answered by a word that no supervisor gave', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    const chain = `doubt#${id}`;
    const [noted] = await doubtOf();
    if (!noted) throw new Error('Nothing was noted.');
    const { format: _, ...content } = JSON.parse(noted.text);
    const { seen } = await desk.openLedger().lookAtDoubt(id);
    const [count, digest] = seen.split('~').at(-1)?.split('.') ?? [];
    const word = {
      type: 'doubt-answered',
      v: 1,
      ground: 'restored',
      accepted: [{ chain, count: Number(count), last: 1, digest }],
    };
    const forged = encodeCommit(
      { ...content, seq: 2, actor: { kind: 'person', id: 'P-CAREGIVER' }, events: [word] },
      noted.hash,
    );
    await write(chain, 2, { ...forged, signature: noted.signature ?? '', signedBy: 'door' });
    expect(await tries().classify()).toBe('record-in-doubt');
    // Nor does a function other than a door give it, with its own key.
    await write(chain, 2, { ...forged, ...(await codesInProcess('task').codeOf(forged.hash)) });
    expect(await tries().classify()).toBe('record-in-doubt');
    expect(await tries().confirm()).toBe('done');
    expect(await tries().classify()).toBe('done');
  });

  test('covers what the supervisor saw: a change between the look and the word is refused', async () => {
    await consume((await ways['a commit rewritten under its old hash']?.()) as DynamoDBRecord);
    const look = await tries().read();
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, text: last.text.replace('"danger":"no"', '"danger":"unknown"') });
    const parts = { ...desk.parts(), ledger: desk.openLedger() };
    expect(
      await confirmRecord(parts, visitor('careline-supervisor'), id, { seen: look?.seen, ground: 'compared' }),
    ).toMatchObject({ kind: 'refused', refusal: { refused: 'record-moved' } });
  });

  test('a change after the word is in doubt anew at once, without stream and watchdog', async () => {
    await consume((await ways['a commit rewritten under its old hash']?.()) as DynamoDBRecord);
    await tries().confirm();
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, text: last.text.replace('"danger":"no"', '"danger":"unknown"') });
    expect(await tries().classify()).toBe('record-in-doubt');
  });

  test('a cut below what was confirmed is in doubt anew, for a process that has read nothing', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    await tries().confirm();
    await remove(referralChain(id), 2);
    expect(await tries().classify()).toBe('record-in-doubt');
  });

  test('is not answered by a supervisor of another office, who has emergency access for an hour', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    const as = 'area-director@office-DANBURY';
    expect(await tries().read(as)).toBeUndefined();
    const why = { because: 'danger-now', reason: 'The child is here.' };
    expect(await tries().command('take-emergency-access', why, as)).toBe('done');
    expect(await tries().read(as)).toMatchObject({ inDoubt: true, mayConfirm: false, seen: '' });
    expect(await tries().confirm(as)).toBe('forbidden');
  });

  test('is answered once: the same word sent again changes nothing', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    expect(await tries().confirm()).toBe('done');
    expect(await tries().confirm()).toBe('invalid');
    expect((await doubtOf()).length).toBe(2);
  });

  test('is shown to people who may read the referral, and answered by supervisors alone', async () => {
    await consume((await ways['the last commit deleted']?.()) as DynamoDBRecord);
    expect(await tries().read('caseworker')).toMatchObject({ inDoubt: true, mayConfirm: false });
    expect(await tries().confirm('caseworker')).toBe('forbidden');
    expect(await tries().read('mdt-member')).toBeUndefined();
    expect(await tries().confirm('director-oncall')).toBe('done');
    expect(await tries().read()).toMatchObject({ inDoubt: false, words: [{ by: 'P-DIRECTOR-ONCALL' }] });
    expect(await audit()).toMatchObject({ doubt: { open: [], words: [{ ground: 'compared' }] } });
  });
});

describe('a cut chain silences no alarm', () => {
  const runs = { start: async () => undefined, resume: async () => undefined };
  const machines = { referral: 'arn:referral', deadline: 'arn:deadline' };
  /** What both consumers of the stream do. Gives the mail that was sent. */
  async function follow(...Records: DynamoDBRecord[]) {
    const sent: string[] = [];
    const ledger = desk.openLedger();
    const parts = { ...desk, ledger, runs, machines, onUncompared: () => undefined };
    const mail = { ...deskSendParts(desk, mailerInto(sent)), ledger };
    for (const work of [async () => void (await react(parts, id)), () => sendAlerts(mail, id, desk.now)]) {
      await ledgerStream(work)({ Records }, {} as never);
    }
    return sent;
  }
  beforeEach(async () => {
    // Both have followed all that there is, with its mail.
    await desk.cursors.advance(id, 'send-alerts', noProgress, { ...noProgress, replaces: true });
    await follow(told('INSERT', referralChain(id), 3));
  });
  const cut = async () => {
    for (const seq of [3, 2]) await remove(referralChain(id), seq);
    return [told('REMOVE', referralChain(id), 3), told('REMOVE', referralChain(id), 2)];
  };
  const alarm = () =>
    desk.openLedger().changeReferral(id, byPerson('P-2'), () => [
      event('danger-assessed', { danger: 'yes', knownAt: '2026-11-09T15:00:00Z' }),
      event('alert-requested', {
        alertId: `${id}.A99`,
        kind: 'danger-raised',
        to: ['hart-liaison'],
        people: [],
        deputies: true,
      }),
    ]);
  const onBoard = async () =>
    (await desk.board.queue('open', { limit: 10 })).rows.find(({ referralId }) => referralId === id);

  test.each(['first the cut', 'both at once'])('that comes after it, where the stream tells %s', async (order) => {
    const removed = await cut();
    const first = order === 'first the cut' ? await follow(...removed) : [];
    expect(first).toEqual([]);
    await alarm();
    const added = told('INSERT', referralChain(id), 2);
    const sent = await follow(...(order === 'first the cut' ? [added] : [...removed, added]));
    expect(sent).not.toEqual([]);
    // The row of the commits that are there replaced the row of place 3.
    expect(await onBoard()).toMatchObject({ danger: 'yes' });
    expect((await onBoard())?.seq).toBeLessThan(3);
    expect(await follow(added)).toEqual([]);
    // Also the commit after it, which takes the last place that was there before.
    await desk
      .openLedger()
      .changeReferral(id, byPerson('P-2'), () => [
        event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' }),
      ]);
    await follow(told('INSERT', referralChain(id), 3));
    expect(await onBoard()).toMatchObject({ seq: 3, danger: 'no' });
  });

  test('that comes after it, where the stream was off: the watchdog nudges at once', async () => {
    await cut();
    await alarm();
    desk.at(new Date(Date.parse(desk.now) + 3_600_000).toISOString());
    await sweep({ ...sweepParts(desk), ledger: desk.openLedger() });
    expect(await isShown()).toBe(true);
    expect((await stored()).length).toBeGreaterThan(2);
    expect(await follow(told('INSERT', referralChain(id), 3))).not.toEqual([]);
    expect(await onBoard()).toMatchObject({ danger: 'yes' });
  });
});

test('a doubt does not tell that a sealed referral exists', async () => {
  const named = ['P-CAREGIVER', 'P-CAREGIVER.2'];
  await desk.ledger.changeReferral(id, byPerson('P-1'), () => [
    event('referral-sealed', { because: 'known-to-staff', people: named, reason: 'C-1.REASON' }),
  ]);
  await consume((await ways['the record of a read deleted']?.()) as DynamoDBRecord);
  expect(await tries().classify()).toBe('unknown');
  expect(await tries().read()).toBeUndefined();
  expect(await tries().confirm()).toBe('unknown');
  expect(await findings()).toEqual(['chain-broken sealed']);
});

test('a doubt holds up no list, no other referral, no step of the workflow and no report', async () => {
  await consume((await ways["a commit added in a lawyer's name"]?.()) as DynamoDBRecord);
  const page = await desk.board.queue('open', { limit: 10 });
  expect(page.rows.map(({ referralId }) => referralId)).toContain(id);
  const context = { ...byPerson(''), actor: { kind: 'function', id: 'sweep' } } as const;
  expect(
    await desk.openLedger().changeReferral(id, context, () => [event('swept', { found: 'lost-run' })]),
  ).toMatchObject({ repeated: false });
  expect(await desk.report(reportOf())).toMatchObject({ kind: 'taken' });
});

describe('the watchdog finds a forged commit', () => {
  const forge = async (chain: string, events: readonly object[]) => {
    const before = await desk.ledger.readAfresh(chain);
    const content = {
      chain,
      seq: before.length + 1,
      at: desk.now,
      actor: { kind: 'person', id: 'P-CASEWORKER' } as const,
      cause: { kind: 'delivery' } as const,
      policy: '',
      events: [...events],
    };
    const forged = encodeCommit(content, before.at(-1)?.hash ?? noHash);
    await write(chain, before.length + 1, { ...forged, signature: before[0]?.signature ?? '', signedBy: 'door' });
  };
  const found = async () => (await desk.openLedger().findings(day())).map(({ about }) => about);
  const given = {
    type: 'delegation-given',
    v: 1,
    id: 'DG-1',
    delegateId: 'P-PROVIDER',
    work: ['caseworker'],
    from: '2026-11-09T15:00:00Z',
    until: '2026-12-09T15:00:00Z',
  };

  test('of a delegation that grants roles, and the stream does at once', async () => {
    await forge('delegation#P-CASEWORKER', [given]);
    await consume(told('INSERT', 'delegation#P-CASEWORKER', 1));
    expect(await found()).toEqual(['delegation.P-CASEWORKER']);
  });

  test('of a delegation, within one round, without the stream', async () => {
    await forge('delegation#P-CASEWORKER', [given]);
    const { type: _, v: __, ...terms } = given;
    await desk.directory.putDelegation({ ...terms, personId: 'P-CASEWORKER', givenAt: desk.now } as Delegation, 1);
    await round(async () => (await found()).includes('delegation.P-CASEWORKER'));
    expect(await found()).toContain('delegation.P-CASEWORKER');
  });

  test.each([
    ['a roster', () => `roster#${team}`],
    ['an alert', () => `alert#${id}.A1`],
    ['reads', () => accessChain(id)],
    ['shifts', () => 'shift#SCHEDULE'],
    ['training', () => 'training#COVERAGE'],
    [
      'the findings of yesterday',
      () => `finding#${new Date(Date.parse(desk.now) - 86_400_000).toISOString().slice(0, 10)}`,
    ],
  ])(
    'of %s',
    async (_, chainOf) => {
      const chain = chainOf();
      const about = aboutReferral(aboutChain(chain), undefined);
      await forge(chain, [{ read: ['name'] }]);
      await round(async () => (await found()).includes(about));
      expect(await found()).toContain(about);
    },
    60_000,
  );
});

test('a deleted record of a read shows in the audit, where records came after it', async () => {
  await ways['the record of a read deleted']?.();
  expect(await audit()).toMatchObject({ chain: { intact: true }, accessChainIntact: false });
});

test('a function other than a door, with its own key, cannot write what a person did unseen', async () => {
  const last = await commitAt(3);
  const { format: _, ...content } = JSON.parse(last.text);
  const forged = encodeCommit({ ...content, seq: 4, actor: { kind: 'person', id: 'P-LEGAL' } }, last.hash);
  await write(referralChain(id), 4, { ...forged, ...(await codesInProcess('task').codeOf(forged.hash)) });
  expect((await audit())?.chain).toMatchObject({ intact: false, brokenAt: 4 });
  await consume(told('INSERT', referralChain(id), 4));
  expect(await findings()).toEqual([`chain-broken ${id}`]);
});

test('a function with its own key writes what functions do', async () => {
  const task = desk.openLedger({ codes: codesInProcess('task') });
  const context = { ...byPerson(''), actor: { kind: 'function', id: 'sweep' } } as const;
  await task.changeReferral(id, context, () => [event('swept', { found: 'lost-run' })]);
  expect(await tries().classify()).toBe('done');
  expect((await audit())?.chain).toMatchObject({ intact: true, length: 5 });
});
