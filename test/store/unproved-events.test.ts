/**
 * What a commit does that no right code proves. A person with every right to the tables adds it, or a function whose key may
 * not write it. What it would open or end does not count, before it is found and while it is in doubt. What protects a
 * child counts.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { purposeByPart } from '../../shared/application/access/open-facts.ts';
import { tellOfTribe } from '../../shared/domain/alerts/alert-requests.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { indicatorChecklist } from '../../shared/domain/core/vocabulary.ts';
import { holdsAt } from '../../shared/domain/directory/delegations.ts';
import { caregiverTopic } from '../../shared/domain/eligibility/caregiver-topic.ts';
import { type Effect, effectOf, eventRules, isOfFunctions } from '../../shared/domain/event-rules.ts';
import { type Event, event, eventSchemas } from '../../shared/domain/events.ts';
import { accessChain, alertChain, delegationChain, draftChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash, type StoredCommit } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  await desk.seedDirectory();
  id = await desk.opened({ name: 'Wren Example' }, { narrative: 'Told by a teacher.' });
});
afterEach(() => desk.stop());

const legal = { kind: 'person', id: 'P-LEGAL' } as const;
const byFunction = (actor: string): CommitContext => ({
  now: desk.now,
  actor: { kind: 'function', id: actor },
  cause: { kind: 'sweep' },
});

/** Adds a commit as a person with the table would. `code` is made of its hash; without it, the code is junk. */
async function forge(
  chain: string,
  events: readonly object[],
  {
    actor = legal,
    cause = { kind: 'delivery' },
    code,
  }: {
    readonly actor?: CommitContext['actor'];
    readonly cause?: CommitContext['cause'];
    readonly code?: 'door' | 'task';
  } = {},
): Promise<void> {
  const before = await desk.openLedger().readAfresh(chain);
  const policy = JSON.parse(before[0]?.text ?? '{"policy":""}').policy;
  const seq = before.length + 1;
  const content = { chain, seq, at: desk.now, actor, cause, policy, events: [...events] };
  const { text, prev, hash } = encodeCommit(content, before.at(-1)?.hash ?? noHash);
  const { signature, signedBy } = code
    ? await codesInProcess(code).codeOf(hash)
    : { signature: 'AAAA', signedBy: 'door' };
  await desk.put('Ledger', [{ pk: chain, seq, at: desk.now, body: text, prev, hash, signature, signedBy }]);
}
const note = (chain: string, record = id) =>
  desk.openLedger().noteDoubts(record, byFunction('react'), [{ chain, cause: 'not-as-written' }]);
const state = async () => {
  const read = await desk.openLedger().referral(id);
  if (!read) throw new Error('There is no referral.');
  return read.state;
};
const api = () => openApi({ ...desk, ledger: desk.openLedger() });
const identities = async (as: string) =>
  (await api().ask(`/referrals/${id}/identities?purpose=work-on-referral`, { as })).status;
const named = ['careline-supervisor', 'careline-supervisor/2', 'caseworker'].map((as) => personOf(as).id);
const seal = (people = named) =>
  desk.do(id, 'seal-referral', { because: 'workers-family', forPeople: people, reason: 'x' }, 'careline-manager');
const calls = async () => boardRows(await state(), connecticutPolicy).filter(({ queue }) => queue === 'calls').length;

/** A commit without a right code: before anyone has looked at it, and once its record is in doubt. */
const moments = [
  ['before it is found', async () => undefined],
  ['while it is in doubt', async (chain: string, record?: string) => note(chain, record)],
] as const;

describe.each(moments)('a forged commit %s', (_, found) => {
  test('lifts no seal', async () => {
    await seal();
    await forge(referralChain(id), [event('seal-lifted', { reason: 'X.REASON' })]);
    await found(referralChain(id));
    expect(await identities('P-CASEWORKER.2')).toBe(404);
    expect((await state()).access.seal?.people).toEqual(named);
  });

  test('names no other people in a seal', async () => {
    await seal();
    const other = event('referral-sealed', { because: 'known-to-staff', people: ['P-CASEWORKER.2'], reason: 'X.R' });
    await forge(referralChain(id), [other]);
    await found(referralChain(id));
    expect(await identities('P-CASEWORKER.2')).toBe(404);
    expect(await identities('P-CASEWORKER')).toBe(200);
  });

  test('that seals gives the people that it names nothing', async () => {
    expect(await identities('P-PROVIDER')).toBe(404);
    await forge(referralChain(id), [
      event('referral-sealed', { because: 'known-to-staff', people: ['P-PROVIDER'], reason: 'X.R' }),
    ]);
    await found(referralChain(id));
    expect(await identities('P-PROVIDER')).toBe(404);
  });

  test.each([false, true])('that seals takes no row off the lists (after an earlier seal: %s)', async (wasSealed) => {
    if (wasSealed) {
      await seal([...named, 'P-CARELINE-MANAGER']);
      await desk.do(id, 'unseal-referral', { reason: 'x' }, 'careline-manager');
    }
    const listed = async () => boardRows(await state(), connecticutPolicy).map(({ kind, queue }) => [kind, queue]);
    const before = await listed();
    expect(before.some(([kind, queue]) => kind === 'referral' && queue !== undefined)).toBe(true);
    await forge(referralChain(id), [
      event('referral-sealed', { because: 'known-to-staff', people: ['P-PROVIDER'], reason: 'X.R' }),
    ]);
    expect((await state()).access.seal?.isUnproved).toBe(true);
    expect((await listed()).filter(([kind]) => kind === 'referral')).toEqual(
      before.filter(([kind]) => kind === 'referral'),
    );
  });

  test('gives no emergency access, no liaison and no other office', async () => {
    const before = await state();
    const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
    await forge(referralChain(id), [
      {
        type: 'emergency-access-taken',
        v: 1,
        personId: 'P-X',
        because: 'danger-now',
        until,
        reason: 'X.R',
        duties: [],
      },
      event('liaison-assigned', { personId: 'P-X' }),
    ]);
    await found(referralChain(id));
    const after = await state();
    expect([after.access, after.response.liaison]).toEqual([before.access, before.response.liaison]);
  });

  test('that grants a role by a delegation grants none', async () => {
    const given = {
      type: 'delegation-given',
      v: 1,
      id: 'DG-1',
      delegateId: 'P-PROVIDER',
      work: ['careline-supervisor'],
      from: '2026-11-09T15:00:00Z',
      until: '2026-12-09T15:00:00Z',
    } as const;
    const giver = 'P-CARELINE-SUPERVISOR';
    await forge(delegationChain(giver), [given], { actor: { kind: 'person', id: giver } });
    const { type: __, v: ___, ...terms } = given;
    await desk.directory.putDelegation({ ...terms, personId: giver, givenAt: desk.now }, 1);
    await found(delegationChain(giver), `delegation.${giver}`);
    expect((await desk.openLedger().delegations(giver)).given).toEqual([]);
    expect(await identities('P-PROVIDER')).toBe(404);
  });

  test('ends no call and no clock', async () => {
    const before = await state();
    const ringing = await calls();
    const deadlines = Object.values(before.deadlines).filter(({ status }) => status === 'open');
    expect(ringing).toBeGreaterThan(0);
    await forge(referralChain(id), [
      ...deadlines.flatMap(({ id: deadlineId }): Event[] => [
        event('alarm-answered', { deadlineId, personId: 'P-X' }),
        event('alarm-stopped', { deadlineId }),
        event('deadline-kept', { deadlineId, at: desk.now, late: false }),
        event('deadline-ended', { deadlineId, because: 'closed' }),
      ]),
      ...Object.keys(before.alerts).map((alertId) => event('alert-acknowledged', { alertId, groups: ['seats'] })),
      event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' }),
    ]);
    await found(referralChain(id));
    expect(await calls()).toBe(ringing);
    expect(await state()).toEqual({ ...before, seq: before.seq + 1 });
  });

  test('replaces no clock and no alert by an opening of the same id', async () => {
    const before = await state();
    const [deadline] = Object.values(before.deadlines);
    const [alert] = Object.values(before.alerts);
    if (!deadline || !alert) throw new Error('A report opens both.');
    await forge(referralChain(id), [
      event('deadline-opened', {
        deadlineId: deadline.id,
        rule: deadline.rule,
        start: desk.now,
        due: '2099-01-01T00:00:00Z',
        duration: deadline.duration,
        skipped: [],
      }),
      event('alert-requested', { alertId: alert.id, kind: alert.kind, to: [], people: [], deputies: false }),
    ]);
    await found(referralChain(id));
    expect(await state()).toEqual({ ...before, seq: before.seq + 1 });
  });

  test('keeps no proved clock from opening by one of the same rule', async () => {
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    const [known] = Object.values((await state()).deadlines);
    if (!known) throw new Error('A report opens clocks.');
    const opening = { start: desk.now, due: '2099-01-01T00:00:00.000Z', duration: known.duration, skipped: [] };
    await forge(
      referralChain(id),
      ['D20', 'D45'].map((rule) => event('deadline-opened', { deadlineId: `${id}.${rule}.1`, rule, ...opening })),
    );
    await found(referralChain(id));
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(id, step);
    const proved = Object.values((await state()).deadlines).filter(({ isUnproved }) => !isUnproved);
    expect(proved.map(({ rule }) => rule)).toContain('D20');
  });

  test.each([
    [
      'a second opening',
      async () => JSON.parse((await desk.openLedger().readAfresh(referralChain(id)))[0]?.text ?? '').events[0],
    ],
  ])('with %s is left out, and what protects beside it counts', async (__, unfoldable) => {
    const before = await state();
    await forge(referralChain(id), [await unfoldable(), event('child-missing', { informedAt: desk.now })]);
    await found(referralChain(id));
    const { missing, ...after } = await state();
    expect(missing.absences).toHaveLength(1);
    expect({ ...after, missing: before.missing }).toEqual({ ...before, seq: before.seq + 1 });
  });

  test('swallows no act of a known command', async () => {
    const other = 'CR-NEW11-111111';
    const cause = { kind: 'command', name: 'tell-of-match', id: `MATCH-${other}` } as const;
    await forge(referralChain(id), [], { actor: { kind: 'function', id: 'compare' }, cause });
    await found(referralChain(id));
    await desk
      .openLedger()
      .changeReferral(id, { ...byFunction('compare'), cause }, () => [event('match-found', { of: other, score: 0.9 })]);
    expect((await state()).sameChild.matches).toHaveLength(1);
  });

  test.each([
    ['of none', []],
    [
      'that inform',
      [event('discipline-consulted', { discipline: 'victim-advocate', at: '2026-11-09T15:00:00Z' } as never)],
    ],
  ])("of events %s, in a person's name, gives that person no purpose", async (__, events) => {
    const lawyer = visitor('legal');
    await forge(referralChain(id), events, { actor: legal, cause: { kind: 'command', name: 'x', id: 'y' } });
    await found(referralChain(id));
    const read = await desk.openLedger().referral(id);
    if (!read) throw new Error('There is no referral.');
    expect(purposeByPart({ ...read, policy: connecticutPolicy }, lawyer)).toBeUndefined();
  });

  test('that asks for alerts swallows no other word', async () => {
    const forged = (alertId: string, kind: 'do-not-alert-caregiver' | 'tribal-membership') =>
      event('alert-requested', { alertId, kind, to: [], people: [], deputies: false });
    await forge(referralChain(id), [
      forged(`${id}.A98`, 'do-not-alert-caregiver'),
      forged(`${id}.A99`, 'tribal-membership'),
    ]);
    await found(referralChain(id));
    const { alerts, ...rest } = await state();
    const before = { ...rest, alerts, child: { ...rest.child, tribalMember: 'unknown' as const } };
    const decision = beginDecision(before, { now: desk.now, actor: legal, policy: connecticutPolicy });
    tellOfTribe(decision);
    expect(decision.events()).toMatchObject([{ type: 'alert-requested', kind: 'tribal-membership', to: ['legal'] }]);
  });

  test('moves no clock of a missing child, and replaces no legal hold', async () => {
    await desk.do(id, 'report-missing', { at: desk.now }, 'caseworker');
    await desk.do(id, 'set-legal-hold', { reason: 'Counsel asks for it.' }, 'legal');
    const before = await state();
    await forge(referralChain(id), [
      event('child-missing', { informedAt: '2026-11-01T00:00:00.000Z' }),
      event('legal-hold-set', { reason: 'X.R' }),
    ]);
    await found(referralChain(id));
    expect(await state()).toEqual({ ...before, seq: before.seq + 1 });
  });

  test('says of no mail that it is late, and settles no lease', async () => {
    const [alert] = Object.keys((await state()).alerts);
    const chain = alertChain(String(alert));
    const before = (await desk.openLedger().alert(String(alert))).life;
    await forge(
      chain,
      ['alert-late', 'alert-delayed', 'alert-text-due'].map((type) => ({ type, v: 1, personId: 'P-X' })),
      { actor: { kind: 'function', id: 'send-alerts' } },
    );
    await found(chain);
    expect((await desk.openLedger().alert(String(alert))).life).toEqual(before);
  });

  test('ends no delegation', async () => {
    const giver = personOf('careline-supervisor').id;
    const until = new Date(Date.parse(desk.now) + 86_400_000).toISOString();
    await desk
      .openLedger()
      .changeDelegations(giver, { ...byFunction('door'), actor: { kind: 'person', id: giver } }, () => [
        {
          type: 'delegation-given',
          v: 1,
          id: 'DG-1',
          delegateId: personOf('careline-supervisor/2').id,
          work: ['careline-supervisor'],
          from: desk.now,
          until,
        },
      ]);
    await forge(delegationChain(giver), [{ type: 'delegation-ended', v: 1, id: 'DG-1' }]);
    await found(delegationChain(giver), `delegation.${giver}`);
    const { given } = await desk.openLedger().delegations(giver);
    expect(given.map((each) => holdsAt(each, desk.now))).toEqual([true]);
  });

  test('makes no writer of a draft', async () => {
    const asked = { as: 'P-CARELINE-WORKER', body: { revision: 1, content: { narrative: 'CANARY' } } };
    const { body } = await api().ask('/drafts', { ...asked, headers: { 'Idempotency-Key': 'k' } });
    const draft = String(body.id);
    await forge(draftChain(draft), [{ type: 'draft-touched', v: 1 }], {
      actor: { kind: 'person', id: 'P-CARELINE-WORKER.2' },
    });
    await found(draftChain(draft), `draft.${draft}`);
    expect((await desk.openLedger().draft(draft))?.writers).toEqual(['P-CARELINE-WORKER']);
    expect((await api().ask(`/drafts/${draft}`, { as: 'P-CARELINE-WORKER.2' })).text).not.toContain('CANARY');
  });

  test('opens no service, so that the step of its run stays to be taken', async () => {
    const before = await state();
    await forge(referralChain(id), [event('services-opened', { services: ['victim-advocacy'] })]);
    await found(referralChain(id));
    expect((await state()).services).toEqual(before.services);
  });

  test('rules no caregiver out, and names one', async () => {
    const checklist = {
      checklist: indicatorChecklist,
      answers: { [caregiverTopic]: 'no' as const },
      proposed: 'at-risk' as const,
      at: '2026-11-09T15:00:00Z',
    };
    await forge(referralChain(id), [event('checklist-answered', checklist)]);
    await found(referralChain(id));
    expect((await state()).eligibility.caregiverHadPart).toBe('unknown');
    expect((await state()).screening.checklist).toBeUndefined();
    await forge(referralChain(id), [
      event('checklist-answered', { ...checklist, answers: { [caregiverTopic]: 'yes' } }),
    ]);
    expect((await state()).eligibility.caregiverHadPart).toBe('yes');
  });

  test('touches no draft, so that a supervisor hears in time that it was left', async () => {
    const draft = 'DR-7F3KD-9QXMTQ';
    const writer = { now: desk.now, actor: { kind: 'person', id: 'P-X' }, cause: { kind: 'delivery' } } as const;
    await desk.openLedger().changeDraft(draft, writer, () => [{ type: 'draft-begun', v: 1, ownerId: 'P-X' }]);
    const before = await desk.openLedger().draft(draft);
    desk.at(new Date(Date.parse(desk.now) + 86_400_000).toISOString());
    await forge(draftChain(draft), [{ type: 'draft-touched', v: 1 }]);
    await found(draftChain(draft), `draft.${draft}`);
    expect(await desk.openLedger().draft(draft)).toEqual(before);
  });

  test('that says danger, or a missing child, is believed', async () => {
    await desk.do(id, 'assess-danger', { danger: 'unknown' }, 'careline-worker').catch(() => undefined);
    await forge(referralChain(id), [
      event('danger-assessed', { danger: 'yes', knownAt: '2026-11-09T15:00:00Z' }),
      event('child-missing', { informedAt: desk.now }),
    ]);
    await found(referralChain(id));
    const { response, missing } = await state();
    expect(response.danger).toBe('yes');
    expect(missing.absences).toHaveLength(1);
  });

  test('records no read of facts that a person did not make', async () => {
    const session = `FACTS.${desk.now.slice(0, 10)}`;
    await forge(accessChain(id), [{ read: ['facts'] }], {
      cause: { kind: 'command', name: 'read-facts', id: session, purpose: 'legal-advice' },
    });
    await found(accessChain(id));
    expect(await desk.openLedger().factReads(id)).toEqual([]);
    expect((await api().ask(`/referrals/${id}`, { as: legal.id })).body).toMatchObject({ shows: 'working' });
  });

  test('says of no mail that it was sent', async () => {
    const [alert] = Object.keys((await state()).alerts);
    const chain = alertChain(String(alert));
    const sent = { type: 'alert-sent', v: 1, personId: 'P-X', addressedAs: 'caseworker', order: 1, messageId: 'm' };
    const before = (await desk.openLedger().alert(String(alert))).life;
    await forge(chain, [sent, { type: 'alert-delivered', v: 1, personId: 'P-X' }], {
      actor: { kind: 'function', id: 'send-alerts' },
    });
    await found(chain);
    expect((await desk.openLedger().alert(String(alert))).life).toEqual(before);
  });
});

test('a first commit with a garbled code opens the child to no place, and the reporter to no person', async () => {
  const [first] = await desk.openLedger().readAfresh(referralChain(id));
  const stored = first as StoredCommit;
  await desk.put('Ledger', [
    {
      pk: referralChain(id),
      seq: 1,
      at: desk.now,
      body: stored.text,
      prev: stored.prev,
      hash: stored.hash,
      signature: 'A',
    },
  ]);
  const { places, report } = await state();
  expect([places.routing, report.takenBy]).toEqual([undefined, undefined]);
});

test('a seal with a garbled code keeps people out all the same', async () => {
  await seal();
  const commits = await desk.openLedger().readAfresh(referralChain(id));
  const at = commits.findIndex(({ text }) => text.includes('referral-sealed'));
  const { text, prev, hash } = commits[at] as StoredCommit;
  await desk.put('Ledger', [
    { pk: referralChain(id), seq: at + 1, at: desk.now, body: text, prev, hash, signature: 'A' },
  ]);
  expect(await identities('P-CASEWORKER.2')).toBe(404);
});

test('what a supervisor accepts counts from then on, also for a process that knew it as unproved', async () => {
  await seal();
  await forge(referralChain(id), [event('seal-lifted', { reason: 'X.REASON' })]);
  await note(referralChain(id));
  const warm = desk.openLedger();
  expect((await warm.referral(id))?.state.access.seal).toBeDefined();
  const { seen } = await warm.lookAtDoubt(id);
  const word = { ...byFunction('door'), actor: { kind: 'person', id: 'P-CARELINE-SUPERVISOR' } } as const;
  await desk.openLedger().confirmRecord(id, word, { seen, ground: 'compared' });
  expect((await warm.referral(id))?.state.access.seal).toBeUndefined();
  expect((await state()).access.seal).toBeUndefined();
});

describe('the table of events', () => {
  const kinds = Object.entries(eventRules).flatMap(([kind, rules]) =>
    Object.keys(rules).map((type) => [`${kind}#X`, { type, v: 1 }] as const),
  );

  test('has a line for each event of a referral', () => {
    expect(Object.keys(eventRules.referral ?? {}).toSorted()).toEqual(Object.keys(eventSchemas).toSorted());
  });

  test.each(kinds.filter(([chain, of]) => !isOfFunctions(chain, of)))(
    'the key of the tasks writes no %s %o: neither by the ledger, nor believed',
    async (chain, of) => {
      const task = desk.openLedger({ codes: codesInProcess('task') });
      const refused = /must not write/;
      if (chain === 'referral#X')
        await expect(task.changeReferral(id, byFunction('take-step'), () => [of as never])).rejects.toThrow(refused);
      if (chain === 'alert#X')
        await expect(task.changeAlert(`${id}.A1`, byFunction('take-step'), () => [of as never])).rejects.toThrow(
          refused,
        );
      const forged = `${chain.split('#')[0]}#NEW`;
      await forge(forged, [of], { actor: { kind: 'function', id: 'take-step' }, code: 'task' });
      expect((await desk.openLedger().readChecked(forged)).check).toMatchObject({ intact: false, brokenAt: 1 });
    },
  );

  test('a commit by the tasks is a doubt where the event is of the doors, and lifts no seal', async () => {
    await seal();
    await forge(referralChain(id), [event('seal-lifted', { reason: 'X.R' })], {
      actor: { kind: 'function', id: 'take-step' },
      code: 'task',
    });
    const ledger = desk.openLedger();
    expect((await ledger.referral(id))?.state.access.seal).toBeDefined();
    expect(await ledger.firstInDoubt(referralChain(id))).toMatchObject({ cause: 'not-as-written' });
  });

  test.each([
    ...['alert-late', 'alert-delayed', 'alert-released', 'alert-lapsed', 'alert-text-due', 'alert-text-released'].map(
      (type) => [type, 'alert#X', 'ends'] as const,
    ),
    ...['identity-corrected', 'reporter-corrected', 'eligibility-proposed'].map(
      (type) => [type, 'referral#X', 'ends'] as const,
    ),
    ...['services-opened', 'deadline-missed', 'care-entered', 'instrument-recorded'].map(
      (type) => [type, 'referral#X', 'ends'] as const,
    ),
    ['recommended', 'referral#X', 'opens'],
    ['part-2-recorded', 'referral#X', 'opens'],
    ['drafts-told', 'drafts#2026-11-09', 'ends'],
    ['draft-left', 'draft#X', 'ends'],
    ['draft-touched', 'draft#X', 'opens'],
    ['gap-found', 'roster#X', 'ends'],
    ['shift-alarm-raised', 'shift#X', 'ends'],
    ['attendance-imported', 'training#X', 'ends'],
    ['delegation-ended', 'delegation#X', 'ends'],
    ['delegation-given', 'delegation#X', 'opens'],
    ['seal-lifted', 'referral#X', 'opens'],
    ['alarm-stopped', 'referral#X', 'ends'],
    ['deadline-opened', 'referral#X', 'protects'],
  ] as const)('says that %s %s %s', (type, chain, effect: Effect) => {
    expect(effectOf(chain, { type })).toBe(effect);
  });
});
