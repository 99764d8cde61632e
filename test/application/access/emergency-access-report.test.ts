/**
 * Fault 7: the supervisor who is told sees an emergency access, and another person reviews it within two business days.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessReport, judgesAccess } from '../../../shared/application/access/emergency-access-report.ts';
import { mayRead, type Visitor } from '../../../shared/application/access/visitor.ts';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { availableCommands } from '../../../shared/application/read/available-commands.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { type CommandAnswer, performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { commands, decide } from '../../../shared/domain/commands.ts';
import { dutyOwner, personOwner } from '../../../shared/domain/deadlines/deadline-rows.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';
import { findGroups } from '../../support/find-groups.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const opener = 'caseworker@office-DANBURY';
const supervisor = 'area-supervisor@office-DANBURY';
const why = { because: 'danger-now', reason: 'She is here with me.' };
const finding = { use: 1, finding: 'not-justified', reason: 'He only looked his neighbor up.' } as const;

let desk: Desk;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  const { id: personId, ...person } = personOf(supervisor);
  await desk.enter([
    { pk: `person#${personId}`, sk: 'profile', sub: `sub-${personId}`, id: personId, ...person },
    { pk: 'duty#area-supervisor', sk: `office-DANBURY#1#${personId}`, personId, order: 1 },
  ]);
});
afterAll(() => desk.stop());
beforeEach(async () => {
  // A Tuesday, 10:00 in New York.
  desk.at('2026-11-10T15:00:00Z');
  id = await desk.opened({ name: 'Willow Example' });
  await desk.do(id, 'take-emergency-access', why, opener);
});

const now = (as: string): Visitor => ({ ...visitor(as), at: desk.now });
const reviewOf = async () => {
  const state = await desk.state(id);
  const review = Object.values(state.deadlines).find(({ rule }) => rule === 'D37i');
  if (!review) throw new Error('There is no review.');
  return review;
};
const answer = (as: string, input: object = finding): Promise<CommandAnswer> =>
  desk.command(id, 'review-emergency-access', input, { as });
const report = async (as: string) => {
  const referral = await desk.ledger.referral(id);
  if (!referral) throw new Error('There is no referral.');
  return accessReport(desk.parts(), referral, now(as));
};

describe('an emergency access', () => {
  test('taken by two requests at the same time is recorded once, with one review and one mail', async () => {
    const other = 'caseworker/2@office-DANBURY';
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((key) => desk.command(id, 'take-emergency-access', why, { as: other, key })),
    );
    const state = await desk.state(id);
    const uses = (state.access.emergencyAccesses ?? []).filter(({ personId }) => personId === personOf(other).id);
    expect(uses).toHaveLength(1);
    expect(Object.values(state.deadlines).filter(({ rule }) => rule === 'D37i')).toHaveLength(2);
    expect(Object.values(state.alerts).filter(({ kind }) => kind === 'emergency-access-taken')).toHaveLength(2);
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(answers).toContainEqual({ kind: 'refused', refusal: expect.objectContaining({ refused: 'has-access' }) });
  });

  test('opens a clock of two business days, and the supervisor is told of the clock and the access together', async () => {
    const review = await reviewOf();
    expect(review).toMatchObject({ status: 'open', start: desk.now, subject: 'use-1' });
    // Veterans Day is between them.
    expect(review.due).toBe('2026-11-13T22:00:00Z');
    const told = Object.values((await desk.state(id)).alerts).filter(({ deadlineId }) => deadlineId === review.id);
    expect(told).toMatchObject([
      { kind: 'emergency-access-taken', people: [personOf(supervisor).id], to: ['administrator'] },
    ]);
  });

  test('is shown to that supervisor, who has no access to the referral, with all that the review needs', async () => {
    const state = await desk.state(id);
    desk.at('2026-11-10T15:20:00Z');
    await readIdentities(desk.parts(), now(opener), state, 'work-on-referral', []);
    desk.at('2026-11-10T15:25:00Z');
    await desk.do(id, 'note-safe-contact', { safeContact: 'Call her aunt first.' }, opener);
    desk.at('2026-11-10T17:00:00Z');
    // Reads of others in that hour, and later acts, are not this person's use of the access.
    await readIdentities(desk.parts(), now('caseworker'), state, 'work-on-referral', []);
    expect(mayRead(await desk.state(id), now(supervisor))).toBe(false);
    const shown = await report(supervisor);
    expect(shown).toMatchObject({ referralId: id, stage: 'open', office: 'HARTFORD', region: 4, danger: 'yes' });
    expect(shown?.uses).toEqual([
      {
        use: 1,
        personId: personOf(opener).id,
        duties: [{ role: 'caseworker', scope: 'office-DANBURY' }],
        because: 'danger-now',
        reason: why.reason,
        at: '2026-11-10T15:00:00.000Z',
        until: '2026-11-10T16:00:00.000Z',
        read: [{ at: '2026-11-10T15:20:00.000Z', fields: expect.arrayContaining(['childName', 'narrative']) }],
        did: [{ at: '2026-11-10T15:25:00.000Z', command: 'note-safe-contact' }],
        reviewDue: (await reviewOf()).due,
        isYours: true,
      },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/Willow|An invented narrative/);
  });

  test('records that its reason is read, like every read of the vault', async () => {
    await report(supervisor);
    const audit = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
    expect(audit?.accesses[0]).toMatchObject({
      personId: personOf(supervisor).id,
      read: ['emergencyAccessReason'],
      purpose: 'quality-review',
    });
  });

  test.each([
    [supervisor, true],
    ['area-director@office-DANBURY', true],
    ['program-manager', true],
    ['careline-manager', true],
    ['administrator', true],
    ['auditor', true],
    [opener, false],
    ['area-supervisor@office-NORWICH', false],
    ['careline-supervisor', false],
    ['hart-lead@region-5', false],
    ['caseworker', false],
    ['provider', false],
  ])('is shown to %s: %s', async (as, isShown) => {
    expect(judgesAccess(await desk.state(id), now(as))).toBe(isShown);
    expect((await report(as)) !== undefined).toBe(isShown);
  });

  test('is in the deadlines of that supervisor by name, without any fact of the case', async () => {
    const rows = boardRows(await desk.state(id), connecticutPolicy).filter(
      ({ rule, kind }) => rule === 'D37i' && kind === 'deadline',
    );
    expect(rows.map(({ owner }) => owner)).toEqual([
      dutyOwner('careline-manager', 'state'),
      personOwner(personOf(supervisor).id),
    ]);
    const [own] = rows.filter(({ owner }) => owner === personOwner(personOf(supervisor).id));
    expect(own).not.toHaveProperty('danger');
    expect(own).not.toHaveProperty('office');
  });

  test('reminds the supervisor by name, and last of all the person who used it', async () => {
    desk.at('2026-11-13T22:00:00Z');
    await desk.step(id, 'RaiseCheckpoint', (await reviewOf()).id);
    const reminder = Object.values((await desk.state(id)).alerts).at(-1);
    expect(reminder).toMatchObject({ kind: 'checkpoint', people: [personOf(supervisor).id], to: ['careline-manager'] });
    if (!reminder) throw new Error('There is no reminder.');
    const manager = 'careline-manager';
    const state = await desk.state(id);
    const used = { ...state.access.emergencyAccesses?.[0], personId: personOf(manager).id } as never;
    const lines = await findGroups(
      reminder,
      {
        ...state,
        access: { ...state.access, emergencyAccesses: [used] },
      },
      desk.directory,
      desk.now,
    );
    const managers = lines.find(({ addressedAs }) => addressedAs === manager)?.people.map(({ personId }) => personId);
    expect(managers).toEqual([personOf(`${manager}/2`).id, personOf(manager).id]);
  });
});

describe('the acts that a person may do by emergency access', () => {
  const outsider = 'area-supervisor@office-NORWICH';
  const insider = 'area-supervisor@office-HARTFORD';
  const offered = async (as: string): Promise<readonly string[]> =>
    availableCommands(await desk.state(id), now(as)).map(({ name }) => name);

  test.each([
    ['agree-lowering', {}],
    ['close-referral', { review: 'All is settled, as it seems.' }],
    ['approve-parents-notice', {}],
    ['disclose-reporter', { to: 'police', agencyId: 'PD-HARTFORD', reason: 'They asked for the name.' }],
    ['correct-identity', { childName: 'Fern Example', reason: 'Spelled wrong before.' }],
    ['withhold-parents-notice', { ground: 'endangers-a-person', reason: 'They had a part in it.' }],
    ['propose-withdrawal', { because: 'made-in-error', reason: 'It was made in error.' }],
  ] as const)('never include %s, which is not offered either', async (name, input) => {
    await desk.do(id, 'assess-danger', { danger: 'no', reason: 'She is with her aunt.' }, 'careline-worker');
    await desk.do(id, 'take-emergency-access', why, outsider);
    const before = await desk.state(id);
    expect(await offered(outsider)).not.toContain(name);
    const refused = await desk.command(id, name, input, { as: outsider });
    // Its schema refuses the input before.
    expect(refused.kind).not.toBe('done');
    const coded = decide(before, name, input, { now: desk.now, policy: connecticutPolicy, person: now(outsider) });
    expect(coded).toMatchObject({ refused: 'emergency-access-only', sentence: expect.stringMatching(/Ask a person/) });
    expect(await desk.state(id)).toEqual(before);
  });

  test('include to raise danger, to call and to record a safety plan, but not to deny danger', async () => {
    await desk.do(id, 'take-emergency-access', why, outsider);
    expect(await offered(outsider)).toEqual(expect.arrayContaining(['assess-danger', 'record-call', 'notify-police']));
    const lowering = { danger: 'no', reason: 'She is with her aunt.' };
    await desk.do(id, 'assess-danger', lowering, 'careline-worker');
    await desk.do(id, 'assess-danger', { danger: 'yes' }, outsider);
    expect((await desk.state(id)).proposals.lowering).toBeUndefined();
    expect(await desk.command(id, 'assess-danger', lowering, { as: outsider })).toMatchObject({
      refusal: { refused: 'emergency-access-only' },
    });
    expect((await desk.command(id, 'assess-danger', lowering, { as: insider })).kind).toBe('done');
  });

  test("include nothing that needs a second person's approval or gives access, in the whole table", () => {
    const forbidden = Object.entries(commands).filter(([name]) =>
      /^(agree|approve|seal|unseal|close|lift|invite|assign|confirm|correct|disclose|find|countersign|undo)-/.test(
        name,
      ),
    );
    expect(forbidden.length).toBeGreaterThan(15);
    expect(forbidden.filter(([, { inEmergency }]) => inEmergency !== 'refused')).toEqual([]);
  });

  test('end at once where the supervisor finds the access not justified', async () => {
    expect(mayRead(await desk.state(id), now(opener))).toBe(true);
    await desk.do(id, 'review-emergency-access', finding, supervisor);
    expect(mayRead(await desk.state(id), now(opener))).toBe(false);
    const call = { deadlineId: `${id}.D6.1`, personId: personOf('area-oncall').id, result: 'calling' };
    expect((await desk.command(id, 'record-call', call, { as: opener })).kind).toBe('unknown');
  });

  test('last for the hour where the supervisor finds the access justified', async () => {
    await desk.do(id, 'review-emergency-access', { ...finding, finding: 'justified' }, supervisor);
    expect(mayRead(await desk.state(id), now(opener))).toBe(true);
  });
});

describe('the review of an emergency access', () => {
  test('is recorded by that supervisor, keeps the deadline, and is in the audit with its finding', async () => {
    desk.at('2026-11-11T15:00:00Z');
    expect((await answer(supervisor)).kind).toBe('done');
    expect(await reviewOf()).toMatchObject({ status: 'kept', keptAt: desk.now, late: false });
    expect((await desk.state(id)).access.emergencyAccesses?.[0]?.review).toMatchObject({
      finding: 'not-justified',
      by: personOf(supervisor).id,
      at: desk.now,
    });
    expect(JSON.stringify(await desk.ledger.referral(id))).not.toContain(finding.reason);
    const audit = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
    expect(audit?.commits.at(-1)?.says).toContain('Emergency access 1 was reviewed: not justified');
    expect((await report(supervisor))?.uses).toMatchObject([{ isYours: false, review: { finding: 'not-justified' } }]);
  });

  test.each([
    ['the person who used it', opener, 'unknown'],
    ['a supervisor of another office', 'area-supervisor@office-NORWICH', 'unknown'],
    ['a supervisor of this referral who is not above that person', 'area-supervisor@office-HARTFORD', 'refused'],
    ['an administrator', 'administrator', 'forbidden'],
  ])('is not for %s', async (_, as, kind) => {
    // The hour of the access is over.
    desk.at('2026-11-11T15:00:00Z');
    expect((await answer(as)).kind).toBe(kind);
    expect((await reviewOf()).status).toBe('open');
  });

  test('is never for the person who used it, whatever duty they hold, also for a colleague on leave', async () => {
    const own = personOf(opener).id;
    const scopes = [
      { role: 'caseworker', scope: 'office-DANBURY' },
      { role: 'area-supervisor', scope: 'office-DANBURY' },
      { role: 'area-director', scope: 'office-DANBURY', onBehalfOf: 'P-AREA-DIRECTOR' },
    ] as const;
    const both: Visitor = { ...now(opener), id: own, scopes, roles: scopes.map(({ role }) => role) };
    const order = { referralId: id, name: 'review-emergency-access', input: finding, key: 'own' } as const;
    const parts = desk.parts();
    expect(await performCommand(parts, both, order)).toMatchObject({ kind: 'refused' });
    desk.at('2026-11-11T15:00:00Z');
    expect((await performCommand(desk.parts(), both, order)).kind).toBe('unknown');
    expect((await reviewOf()).status).toBe('open');
  });

  test('is for the delegate of a supervisor on leave, with both names', async () => {
    const scopes = [{ role: 'area-supervisor', scope: 'office-DANBURY', onBehalfOf: personOf(supervisor).id }] as const;
    const delegate: Visitor = { ...now('caseworker@office-NORWICH'), scopes, roles: ['area-supervisor'] };
    const order = { referralId: id, name: 'review-emergency-access', input: finding, key: 'delegate' } as const;
    expect((await performCommand(desk.parts(), delegate, order)).kind).toBe('done');
    expect((await desk.ledger.referral(id))?.commits.at(-1)?.onBehalfOf).toBe(personOf(supervisor).id);
  });

  test('is for each use by itself, once', async () => {
    desk.at('2026-11-10T18:00:00Z');
    await desk.do(id, 'take-emergency-access', { because: 'child-found-elsewhere', reason: 'Again.' }, opener);
    await desk.do(id, 'review-emergency-access', { ...finding, use: 2, finding: 'justified' }, supervisor);
    const reviews = Object.values((await desk.state(id)).deadlines).filter(({ rule }) => rule === 'D37i');
    expect(reviews.map(({ subject, status }) => `${subject} ${status}`)).toEqual(['use-1 open', 'use-2 kept']);
    expect(await answer(supervisor, { ...finding, use: 2 })).toMatchObject({ refusal: { refused: 'reviewed-before' } });
    expect(await answer(supervisor, { ...finding, use: 3 })).toMatchObject({ refusal: { refused: 'no-such-access' } });
    expect(await answer(supervisor, { ...finding, reason: 'short' })).toMatchObject({ kind: 'invalid' });
    expect(await answer(supervisor)).toMatchObject({ kind: 'done' });
  });

  test('is due also after the referral was withdrawn', async () => {
    await desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    expect((await reviewOf()).status).toBe('open');
    expect((await answer(supervisor)).kind).toBe('done');
  });

  test('is for a Careline supervisor where the directory has no supervisor of that person', async () => {
    const far = 'caseworker@office-NORWICH';
    desk.at('2026-11-10T18:00:00Z');
    await desk.enter([{ pk: `person#${personOf(far).id}`, sk: 'profile', ...personOf(far) }]);
    await desk.do(id, 'take-emergency-access', why, far);
    expect(await answer('careline-supervisor', { ...finding, use: 2 })).toMatchObject({ kind: 'done' });
    expect(await answer('careline-supervisor')).toMatchObject({ refusal: { refused: 'not-yours-to-review' } });
  });

  test('is only for the people a seal names, where the referral was sealed since', async () => {
    const people = ['careline-supervisor', 'careline-supervisor/2', 'caseworker'].map((as) => personOf(as).id);
    await desk.do(
      id,
      'seal-referral',
      { because: 'known-to-staff', forPeople: people, reason: 'x' },
      'careline-manager',
    );
    expect(await report(supervisor)).toBeUndefined();
    expect((await answer(supervisor)).kind).toBe('unknown');
    expect((await answer('careline-supervisor')).kind).toBe('done');
  });
});
