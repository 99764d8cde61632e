/** What `npm run audit` prints of a data folder: runs, the log of operations, and one referral's history. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditParts, auditCommand } from '../../shared/cli/audit-command.ts';
import { CannotAnswer } from '../../shared/cli/command-line.ts';
import { decodeCommit } from '../../shared/store/commit.ts';
import { startConfirmed } from '../console/confirmed.ts';
import { type Desk, personOf } from '../support/desk.ts';

let desk: Desk;
let id: string;
let folder: Awaited<ReturnType<AuditParts['read']>>;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  const actor = { kind: 'person', id: personOf('caseworker').id } as const;
  const cause = {
    kind: 'command',
    name: 'read-identities',
    id: 'READ-1',
    purpose: 'referral-work',
    requestId: 'RQ-7',
  } as const;
  await desk.ledger.recordAccess(id, { now: desk.now, actor, cause }, ['childName']);
  const referral = await desk.ledger.referral(id);
  const records = await desk.ledger.accessRecords(id);
  folder = {
    now: desk.now,
    referrals: [{ id, commits: referral?.commits ?? [] }],
    reads: records.map(({ commits }) => ({ id, commits: commits.map((each) => decodeCommit(each, (event) => event)) })),
  };
});
afterAll(() => desk.stop());

const never = () => {
  throw new Error('Nothing is to be read or written here.');
};
const parts = { read: async () => folder, readChains: never, write: never };
const asked = (...args: readonly string[]) => auditCommand(args, parts);
const linesOf = async (...args: readonly string[]) => {
  const { status, out, err } = await asked(...args);
  expect([status, err]).toEqual([0, '']);
  return out.trimEnd().split('\n');
};

describe('npm run audit', () => {
  test('prints runs, the least healthy first, each with what it waits for', async () => {
    const lines = await linesOf('runs');
    expect(lines[0]).toContain('; failed; ');
    expect(lines.find((line) => line.startsWith(`${id};`))).toMatch(/waiting; The pathway of the referral; Waits for/);
    expect((await linesOf('runs', '--state', 'ended')).every((line) => line.includes('; ended; '))).toBe(true);
    const { out } = await asked('runs', '--json');
    expect(JSON.parse(out)).toHaveLength(lines.length);
  });

  test('prints what people did and read, by person, day, kind and request', async () => {
    const all = await linesOf('log');
    expect(all[0]).toContain('; read; ');
    expect(all[0]).toContain('fields childName; for referral-work');
    expect(all.some((line) => line.includes('raise-checkpoint'))).toBe(false);
    expect(await linesOf('log', '--request', 'RQ-7')).toHaveLength(1);
    const liaison = await linesOf('log', '--person', personOf('hart-liaison').id);
    expect(liaison.length).toBeGreaterThan(1);
    expect(liaison.every((line) => line.includes(personOf('hart-liaison').id))).toBe(true);
    expect((await linesOf('log', '--kind', 'screen')).length).toBe(1);
    expect((await linesOf('log', '--day', '2026-11-09')).length).toBeLessThan(all.length);
    expect((await linesOf('log', '--functions')).length).toBeGreaterThan(all.length);
    expect((await asked('log', '--day', '2026-12-24')).out).toBe('');
  });

  test('prints the history of one referral in sentences', async () => {
    const lines = await linesOf('referral', id);
    expect(lines[0]).toContain(`${id} commit 1`);
    expect(lines.some((line) => /^ {4}Screening 1, .+: confirmed;/.test(line))).toBe(true);
  });

  test('names nothing of the vault', async () => {
    for (const command of [['runs'], ['log', '--functions'], ['referral', id]])
      expect((await asked(...command)).out).not.toMatch(/Wren|Teal|203-555-0199|Only by text/);
  });

  test.each([
    [['referral', 'CR-NOPE'], /has no referral "CR-NOPE"/],
    [['log', '--day', 'today'], /Give the day as 2026-11-28/],
    [['runs', '--state', 'odd'], /There is no state "odd"/],
    [['runs', '--nonsense'], /nonsense/],
    [['proof', 'CR-NOPE'], /Name the file with --out/],
    [['proof', '--out', 'proof.zip'], /This is not understood; write npm run audit -- proof CR-/],
    [[], /^Say what to do: runs, log, referral, proof\. See npm run audit -- help\.$/m],
  ])('answers %j with one sentence and status 2', async (args, says) => {
    const { status, out, err } = await asked(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(says);
  });

  test('says why a folder cannot be read', async () => {
    const read = async () => {
      throw new CannotAnswer('There is no ledger here.');
    };
    const answer = await auditCommand(['runs'], { ...parts, read });
    expect(answer).toEqual({ status: 2, out: '', err: 'There is no ledger here.\n' });
  });
});
