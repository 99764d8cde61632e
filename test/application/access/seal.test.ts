import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepVault } from '../../../functions/keep-vault/keep-vault.ts';
import { redactContent, redactUnreadable } from '../../../shared/application/access/redact-sealed.ts';
import {
  mayRead,
  mayReadChild,
  mayTakeEmergencyAccess,
  seesWhole,
  type Visitor,
} from '../../../shared/application/access/visitor.ts';
import { compareAgain } from '../../../shared/application/matching/compare-again.ts';
import { underBoth } from '../../../shared/application/matching/reindex.ts';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { viewFor } from '../../../shared/application/read/view.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { boardRows, sealedQueue } from '../../../shared/domain/board/board-rows.ts';
import { watchQueue } from '../../../shared/domain/board/watch-row.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { type Role, roles } from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { event } from '../../../shared/domain/events.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const named = ['careline-supervisor', 'careline-supervisor/2', 'caseworker', 'hart-liaison', 'seat:medical'];
const people = named.map((as) => personOf(as).id);
const sealing = { because: 'workers-family', forPeople: people, reason: 'Her mother works here.' };

/** A referral with a team and an offer, which a person seals without naming themselves. */
async function sealed(): Promise<string> {
  const id = await desk.opened();
  await desk.step(id, 'AskSameChild');
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
    await desk.step(id, step);
  await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
  await desk.do(id, 'seal-referral', sealing, 'careline-manager');
  return id;
}

/** The parts of a referral that cannot name another one. */
const noOthers = {
  id: 'none',
  seq: 'none',
  stage: 'none',
  endedAt: 'none',
  policy: 'none',
  generation: 'none',
  child: 'none',
  profile: 'none',
  card: 'none',
  hearings: 'none',
  review: 'none',
  bookings: 'none',
  needs: 'none',
  shiftNotes: 'none',
  handoffs: 'none',
  recovery: 'none',
  visits: 'none',
  whereabouts: 'none',
  deadlines: 'none',
  runs: 'none',
  runEnds: 'none',
  alerts: 'none',
  calls: 'none',
  places: { routing: 'none', routingSaid: 'none', suggestedRouting: 'none', nearestTowns: 'none' },
  response: {
    danger: 'none',
    liaison: 'none',
    liaisonAcceptedAt: 'none',
    hold: 'none',
    childSeen: 'none',
    interview: 'none',
    interviewHeld: 'none',
    tribeNotices: 'none',
    caseNumbers: 'none',
    exParteOrderAt: 'none',
    preliminaryHearingAt: 'none',
    licensingNotices: 'none',
    educationNotices: 'none',
    institutionNotifiedAt: 'none',
    petitionFiled: 'none',
    outreachPause: 'none',
    parentsNotice: 'none',
    parentsNoticeApproved: 'none',
    substantiationNotice: 'none',
    substantiationNoticeApproved: 'none',
    findingNotice: 'none',
    findingSafety: 'none',
    disposition: 'none',
    reasonableCause: 'none',
    enteredCare: 'none',
    charged: 'none',
  },
  missing: { absences: 'none', missingAskedAt: 'none' },
  screening: { list: 'none', checklist: 'none', instruments: 'none' },
  eligibility: {
    proposal: 'none',
    proposedOn: 'none',
    decision: 'none',
    caregiverHadPart: 'none',
    clearedAt: 'none',
  },
  team: {
    id: 'none',
    invited: 'none',
    seats: 'none',
    vacant: 'none',
    formerSeats: 'none',
    confidentialityAgreements: 'none',
    meetings: 'none',
    meeting: 'none',
    pastMeetings: 'none',
  },
  services: {
    recommended: 'none',
    owners: 'none',
    linkages: 'none',
    consents: 'none',
    part2Records: 'none',
    unmetNeeds: 'none',
  },
  identity: {
    given: 'none',
    blindIndex: 'none',
    birthCorrectedBy: 'none',
    corrections: 'none',
    legalHold: 'none',
    erased: 'none',
  },
  access: { seal: 'none', everNamed: 'none', emergencyAccesses: 'none' },
  pathway: { screening: 'none', clocksMissing: 'none' },
  closure: { opened: 'none' },
} as const;

type Whole =
  | 'id'
  | 'seq'
  | 'stage'
  | 'endedAt'
  | 'policy'
  | 'generation'
  | 'child'
  | 'deadlines'
  | 'runs'
  | 'alerts'
  | 'calls';

/** By part and field, whether the field can name another referral. */
type Naming = Readonly<Record<Whole, 'none'>> & {
  readonly [Part in Exclude<keyof Referral, Whole>]: Readonly<Record<keyof Referral[Part], 'none' | object | string>>;
};

const unknownId = 'CR-00000-000000';
const everybody = [...roles, 'caseworker/2', 'seat:dcf', 'seat:medical', 'seat:medical/2', 'contact:PV-1'];

describe('a sealed referral', () => {
  test('is there for the named people, and for no other role, seat or service', async () => {
    const state = await desk.state(await sealed());
    const readers = everybody.filter((as) => mayRead(state, visitor(as)));
    expect(readers).toEqual(['careline-supervisor', 'caseworker', 'hart-liaison', 'seat:medical']);
    for (const as of everybody.filter((each) => !readers.includes(each))) {
      const who = visitor(as);
      expect([mayReadChild(state, who), seesWhole(state, who), mayTakeEmergencyAccess(state, who)], as).toEqual([
        false,
        false,
        false,
      ]);
    }
  });

  test('answers an unnamed person as an unknown reference does, whatever the command', async () => {
    const id = await sealed();
    for (const as of everybody.filter((each) => !people.includes(personOf(each).id))) {
      for (const name of ['take-emergency-access', 'unseal-referral', 'acknowledge-alert', 'screen'] as CommandName[]) {
        const answers = [await desk.command(id, name, {}, { as }), await desk.command(unknownId, name, {}, { as })];
        expect(answers, `${as} ${name}`).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
      }
    }
  });

  test('is in the lists and counts of the named people alone', async () => {
    const state = await desk.state(await sealed());
    const rows = boardRows(state, policyOf('connecticut-2026.1'));
    expect(rows.flatMap(({ queue }) => queue ?? [])).toEqual([sealedQueue, watchQueue]);
    const owners = rows.flatMap(({ owner }) => owner?.replace(/^(deadlines|calls)#/, '') ?? []);
    expect([...new Set(owners)].toSorted()).toEqual([...people].toSorted());
  });

  test('is in the ordinary lists again once the seal is lifted, and in no one’s own list', async () => {
    const id = await sealed();
    await desk.do(id, 'unseal-referral', { reason: 'She left.' }, 'careline-supervisor');
    const state = await desk.state(id);
    const rows = boardRows(state, policyOf('connecticut-2026.1'));
    expect(rows.filter(({ kind }) => kind === 'referral').map(({ queue }) => queue)).toEqual(['open']);
    expect(rows.filter(({ kind }) => kind === 'sealed').map(({ owner }) => owner)).toEqual(people.map(() => undefined));
    expect(mayRead(state, visitor('careline-worker'))).toBe(true);
  });

  test('leaves the lists of a person that a second seal leaves out', async () => {
    const id = await sealed();
    const others = people.filter((person) => person !== personOf('caseworker').id);
    await desk.do(id, 'seal-referral', { ...sealing, forPeople: others }, 'careline-supervisor');
    const state = await desk.state(id);
    expect(mayRead(state, visitor('caseworker'))).toBe(false);
    const rows = boardRows(state, policyOf('connecticut-2026.1'));
    expect(rows.filter(({ id: row }) => row.endsWith('#P-CASEWORKER')).map(({ owner }) => owner)).toEqual([undefined]);
  });

  test('is not named by another referral to a reader the seal does not name', async () => {
    const id = await sealed();
    const matches = [{ of: id, score: 1, at: desk.now }];
    const own = await desk.state(await desk.opened());
    const said = { because: 'duplicate', of: id, proposedBy: 'P-1', reason: 'T-1' } as const;
    const withdrawal = { ...event('withdrawal-proposed', said), at: desk.now };
    const other = {
      ...own,
      sameChild: { ...own.sameChild, candidates: [id], mergedInto: id, matches },
      report: { ...own.report, siblings: [id] },
      proposals: { withdrawal },
    };
    const seen = async (as: string) => {
      const shown = await redactUnreadable(desk.ledger, other, visitor(as));
      return [
        shown.sameChild.candidates,
        shown.report.siblings,
        shown.sameChild.mergedInto,
        shown.sameChild.matches,
        shown.proposals.withdrawal?.of,
      ];
    };
    expect(await seen('careline-worker')).toEqual([[], [], undefined, [], undefined]);
    expect(await seen('careline-supervisor')).toEqual([[id], [id], id, matches, id]);
  });

  /**
   * A referral whose fields name the other one. A new field does not compile before it says whether it can name one.
   */
  const namesOthers = (id: string): Naming => {
    const said = { because: 'duplicate', of: id, proposedBy: 'P-1', reason: 'T-1' } as const;
    return {
      report: {
        id: 'none',
        siblings: [id],
        receivedAt: 'none',
        recordedAt: 'none',
        lateReason: 'none',
        takenBy: 'none',
        facts: 'none',
        child: 'none',
        texts: 'none',
        call: 'none',
        scene: 'none',
        notes: 'none',
      },
      sameChild: {
        candidates: [id],
        answered: [id],
        scores: { [id]: 1 },
        mergedInto: id,
        merges: [{ from: id, at: desk.now }],
        matches: [{ of: id, score: 1, at: desk.now }],
        uncomparedSince: 'none',
      },
      proposals: {
        withdrawal: { ...event('withdrawal-proposed', said), at: desk.now },
        downgrade: 'none',
        clearance: 'none',
        lowering: 'none',
        erasure: 'none',
      },
      ...noOthers,
    };
  };

  test('is in no field of another referral for a reader the seal does not name', async () => {
    const id = await sealed();
    const own = await desk.state(await desk.opened());
    const naming = Object.entries(namesOthers(id)).flatMap(([part, fields]) =>
      typeof fields === 'string'
        ? []
        : Object.entries(fields).flatMap(([field, value]) => (value === 'none' ? [] : [{ part, field, value }])),
    );
    expect(naming.length).toBeGreaterThan(5);
    const withNaming: Record<string, object> = {
      report: own.report,
      sameChild: own.sameChild,
      proposals: own.proposals,
    };
    for (const { part, field, value } of naming) withNaming[part] = { ...withNaming[part], [field]: value };
    const other: Referral = { ...own, ...withNaming };
    for (const { field, value } of naming) expect(JSON.stringify(value), field).toContain(id);
    const seen = async (as: string) => {
      const shown = await redactUnreadable(desk.ledger, other, visitor(as));
      return JSON.stringify(viewFor(shown, policyOf('connecticut-2026.1'), visitor(as), []));
    };
    expect(await seen('careline-worker')).not.toContain(id);
    expect(await seen('careline-supervisor')).toContain(`"answered":["${id}"]`);
  });

  test('is not changed through a merged one by a person the seal does not name', async () => {
    const child = { name: 'Yarrow Example', birthDate: '2012-06-07' };
    const [to, from] = [await desk.opened(child), await desk.opened(child)];
    for (const each of [to, from]) await desk.step(each, 'AskSameChild');
    await desk.do(from, 'answer-duplicate', { answer: 'same-child-open', of: to, reason: 'Words.' }, 'careline-worker');
    await desk.do(to, 'seal-referral', sealing, 'careline-manager');
    const before = [await desk.state(to), await desk.state(from)];
    const undo = (as: string) => desk.command(from, 'undo-merge', { reason: 'Words.' }, { as });
    const refused = await undo('careline-manager');
    expect(refused).toMatchObject({ kind: 'refused', refusal: { refused: 'no-such-merge' } });
    expect(JSON.stringify(refused)).not.toMatch(new RegExp(`${to}|seal`));
    expect([await desk.state(to), await desk.state(from)]).toEqual(before);
    expect((await undo('careline-supervisor')).kind).toBe('done');
  });

  test('is not named to a person who may not see it, and neither is one of another office', async () => {
    const id = await desk.opened();
    const own = await desk.state(id);
    const other = { ...own, sameChild: { ...own.sameChild, candidates: [id], mergedInto: id } };
    const seen = async (as: string) => (await redactUnreadable(desk.ledger, other, visitor(as))).sameChild.candidates;
    expect(await seen('caseworker@office-DANBURY')).toEqual([]);
    expect(await seen('careline-worker')).toEqual([id]);
  });

  test("that is merged into another is not named where the merge stops the other's withdrawal", async () => {
    const child = { name: 'Sorrel Example', birthDate: '2011-04-05' };
    const [to, from] = [await desk.opened(child), await desk.opened(child)];
    await desk.do(to, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor');
    await desk.do(from, 'answer-duplicate', { answer: 'same-child-open', of: to, reason: 'Words.' }, 'careline-worker');
    await desk.do(from, 'seal-referral', sealing, 'careline-manager');
    const answers = await Promise.all(
      ['careline-manager', 'careline-supervisor/2'].map((as) => desk.command(to, 'agree-withdrawal', {}, { as })),
    );
    expect(answers[0]).toMatchObject({ kind: 'refused', refusal: { refused: 'others-merged-into-it' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(JSON.stringify(answers)).not.toContain(from);
  });

  test('is no candidate of a later report of the same child', async () => {
    const child = { name: 'Elder Example', birthDate: '2011-03-04' };
    const first = await desk.opened(child);
    await desk.do(first, 'seal-referral', sealing, 'careline-manager');
    const second = await desk.opened(child);
    await desk.step(first, 'AskSameChild');
    await desk.step(second, 'AskSameChild');
    expect((await desk.state(second)).sameChild.candidates).toEqual([]);
  });

  test('shows administrators that its chain is intact, and none of its events', async () => {
    const id = await sealed();
    const audit = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
    if (!audit) throw new Error('There is an audit.');
    const shown = redactContent(audit);
    expect(shown).toMatchObject({ referralId: id, sealed: true, chain: { intact: true } });
    expect(shown.commits.length).toBeGreaterThan(0);
    expect(JSON.stringify(shown)).not.toMatch(
      /high-risk|Hartford|education|\.D\d|workers-family|\.A\d|screen|open-services/,
    );
  });

  test('still shows administrators who read which fields, for what purpose and by which request', async () => {
    const id = await desk.opened({ name: 'Sage Example' });
    const read = async (who: Visitor, requestId: string) =>
      readIdentities({ ...desk.parts(), requestId }, who, await desk.state(id), 'team-review', []);
    const scopes = [{ role: 'caseworker', scope: 'state', onBehalfOf: 'P-CASEWORKER' }] as const;
    await read({ ...visitor('caseworker/2'), scopes }, 'REQUEST-1');
    const input = { tribalMember: 'no' };
    const order = { referralId: id, name: 'record-facts', input, key: 'a fact' } as const;
    const standIn = { ...visitor('caseworker/2'), scopes };
    await performCommand({ ...desk.parts(), requestId: 'REQUEST-2' }, standIn, order);
    await desk.do(id, 'seal-referral', sealing, 'careline-manager');
    desk.at('2026-11-09T15:30:00Z');
    await read(visitor('hart-liaison'), 'REQUEST-3');
    const audit = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
    if (!audit) throw new Error('There is an audit.');
    const { accesses, commits } = redactContent(audit);
    const fields = expect.arrayContaining(['childName', 'safeContact']);
    // The seal compares the child again, and no person asked for that.
    expect(accesses.filter(({ requestId }) => requestId !== undefined)).toMatchObject([
      { personId: 'P-HART-LIAISON', purpose: 'team-review', requestId: 'REQUEST-3', read: fields },
      {
        personId: 'P-CASEWORKER.2',
        onBehalfOf: 'P-CASEWORKER',
        purpose: 'team-review',
        requestId: 'REQUEST-1',
        read: fields,
      },
    ]);
    expect(commits).toContainEqual(
      expect.objectContaining({
        onBehalfOf: 'P-CASEWORKER',
        cause: { kind: 'command', requestId: 'REQUEST-2' },
        events: [],
      }),
    );
    expect(JSON.stringify([accesses, commits])).not.toMatch(/Sage|tribal|record-facts/);
  });
});

describe('the question of the same child, where one of two is sealed before an answer', () => {
  const [withoutName, withName] = ['careline-worker', 'careline-supervisor'];
  const shownTo = async (id: string, as: string) => {
    const state = await redactUnreadable(desk.ledger, await desk.state(id), visitor(as));
    const question = Object.values(state.deadlines).find(({ rule }) => rule === 'D31');
    return { candidates: state.sameChild.candidates, status: question?.status };
  };
  let families = 0;
  /**
   * Referrals with the same child, of which the last is asked about the others. `meanwhile` runs after the first is
   * opened.
   */
  const alike = async (count: number, meanwhile?: (first: string) => Promise<unknown>) => {
    families += 1;
    const [given, family] =
      [
        ['Tansy', 'Aldana'],
        ['Juniper', 'Brockmeyer'],
        ['Linden', 'Okonkwo'],
        ['Rowan', 'Grzybowski'],
        ['Hazel', 'Moriarty'],
        ['Sorrel', 'Castellanos'],
        ['Laurel', 'Dimitrov'],
        ['Myrtle', 'Eriksson'],
      ][families - 1] ?? [];
    const child = { name: `${given} ${family}`, birthDate: `2012-0${families}-2${families}` };
    const ids: string[] = [];
    for (let number = 0; number < count; number += 1) {
      ids.push(await desk.opened(child));
      if (number === 0) await meanwhile?.(ids[0] ?? '');
    }
    await desk.step(ids.at(-1) ?? '', 'AskSameChild');
    return ids as [string, string, string];
  };
  const no = (of?: string) => ({ answer: 'not-a-duplicate', ...whereKnown({ of }), reason: 'Words.' });
  const seal = (id: string) => desk.do(id, 'seal-referral', sealing, 'careline-manager');

  test('is for the people the seal names, and looks to all others as if it had never come up', async () => {
    const [first, second] = await alike(2);
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [first], status: 'open' });
    await seal(first);
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [], status: undefined });
    expect(await shownTo(first, withName)).toEqual({ candidates: [second], status: 'open' });
    const told = Object.values((await desk.state(first)).alerts).filter(({ deadlineId }) =>
      deadlineId?.includes('.D31.'),
    );
    expect(told).toHaveLength(1);
    const audit = JSON.stringify(await auditReferral(desk.parts(), second, { id: 'P-ADMINISTRATOR' }));
    expect(audit).not.toContain(first);
    await desk.do(first, 'answer-duplicate', no(second), withName);
    expect(await shownTo(first, withName)).toMatchObject({ status: 'kept' });
    // Sealed for others, the question does not come up again.
    await desk.do(first, 'seal-referral', sealing, withName);
    expect(await shownTo(first, withName)).toMatchObject({ status: 'kept' });
  });

  test('remains for the candidates that are not sealed, and their last answer keeps it', async () => {
    const [first, second, third] = await alike(3);
    await seal(first);
    expect(await shownTo(third, withoutName)).toEqual({ candidates: [second], status: 'open' });
    await desk.do(third, 'answer-duplicate', no(second), withoutName);
    expect(await shownTo(third, withoutName)).toEqual({ candidates: [second], status: 'kept' });
  });

  test('is kept by the earlier answers, where only the sealed one was left', async () => {
    const [first, second, third] = await alike(3);
    await desk.do(third, 'answer-duplicate', no(second), withoutName);
    await seal(first);
    expect(await shownTo(third, withoutName)).toEqual({ candidates: [second], status: 'kept' });
  });

  test('is opened by the keeper of the vault where the application stopped after the seal', async () => {
    const [first, second] = await alike(2);
    const faults: unknown[] = [];
    const identities = { ...desk.identities, indexed: () => Promise.reject(new Error('The process ended.')) };
    const order = { referralId: first, name: 'seal-referral', input: sealing, key: 'stopped' } as const;
    const parts = { ...desk.parts(), identities, onFault: (error: unknown) => faults.push(error) };
    expect(await performCommand(parts, visitor('careline-manager'), order)).toMatchObject({ kind: 'done' });
    expect([faults.length, (await shownTo(second, withoutName)).status]).toEqual([1, 'open']);
    await keepVault({ ...desk.parts(), application: { compareAgain, underBoth }, most: 500 });
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [], status: undefined });
    expect(await shownTo(first, withName)).toEqual({ candidates: [second], status: 'open' });
  });

  test('is for the people the seal names where the other report came later, and no one else learns of it', async () => {
    const [first, second] = await alike(2, seal);
    expect(await shownTo(first, withName)).toEqual({ candidates: [second], status: 'open' });
    expect(await shownTo(second, withName)).toEqual({ candidates: [], status: undefined });
    const question = Object.values((await desk.state(first)).deadlines).find(({ rule }) => rule === 'D31');
    expect(Date.parse(question?.due ?? '') - Date.parse(question?.start ?? '')).toBe(30 * 60_000);
    expect(JSON.stringify((await desk.ledger.referral(second))?.commits)).not.toContain(first);
    await desk.do(first, 'answer-duplicate', no(second), withName);
    expect(await shownTo(first, withName)).toMatchObject({ status: 'kept' });
    const unsealing = { reason: 'She has left the agency.' };
    await desk.do(first, 'unseal-referral', unsealing, withName);
    expect(await shownTo(first, withoutName)).toMatchObject({ status: 'kept' });
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [], status: undefined });
  });

  test('is the ordinary question once the seal is lifted', async () => {
    const [first, second] = await alike(2, seal);
    await desk.do(first, 'unseal-referral', { reason: 'She has left the agency.' }, withName);
    expect(await shownTo(first, withoutName)).toEqual({ candidates: [second], status: 'open' });
    await desk.do(first, 'answer-duplicate', no(second), withoutName);
    expect(await shownTo(first, withoutName)).toMatchObject({ status: 'kept' });
  });

  test('is on the other referral where the sealed one has ended', async () => {
    const [first, second] = await alike(2, async (id) => {
      const withdrawing = { because: 'made-in-error', reason: 'Words.' };
      await desk.do(id, 'propose-withdrawal', withdrawing, 'careline-supervisor');
      await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
      await seal(id);
    });
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [], status: undefined });
    await desk.do(first, 'unseal-referral', { reason: 'She has left the agency.' }, withName);
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [first], status: 'open' });
  });

  test('does not come up again where it was answered before the seal', async () => {
    const [first, second] = await alike(2);
    await desk.do(second, 'answer-duplicate', no(), withoutName);
    await seal(first);
    expect(await shownTo(first, withName)).toEqual({ candidates: [], status: undefined });
    expect(await shownTo(second, withoutName)).toEqual({ candidates: [], status: 'kept' });
  });
});

describe('a seal', () => {
  test.each<[string, readonly string[], string]>([
    ['a person who is not in the directory', [...people, 'P-NO-ONE'], 'no-such-person'],
    ['one Careline supervisor alone', ['P-CARELINE-SUPERVISOR', 'P-CASEWORKER'], 'stand-in-missing'],
    ['two managers and no supervisor', ['P-CARELINE-MANAGER', 'P-CARELINE-MANAGER.2'], 'stand-in-missing'],
  ])('is refused for %s', async (_, given, code) => {
    const id = await desk.opened();
    const answer = await desk.command(id, 'seal-referral', { ...sealing, forPeople: given }, { as: 'program-manager' });
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: code } });
  });

  test('names one Careline supervisor and a manager where the access of the other supervisor has ended', async () => {
    const here = await startDesk();
    const id = await here.opened();
    const frame = {
      now: here.now,
      actor: { kind: 'person', id: 'P-ADMINISTRATOR' },
      cause: { kind: 'command', name: 'end-access', id: 'END' },
    } as const;
    await here.ledger.changeShifts('SCHEDULE', frame, () => [
      { type: 'access-ended', v: 1, personId: 'P-CARELINE-SUPERVISOR.2', reason: 'left-work' },
    ]);
    const as = 'program-manager';
    const forPeople = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2', 'P-CASEWORKER'];
    const refused = await here.command(id, 'seal-referral', { ...sealing, forPeople }, { as });
    expect(refused).toMatchObject({
      refusal: { sentence: expect.stringMatching(/^Name two Careline supervisors, or one and a Careline manager\./) },
    });
    await here.do(id, 'seal-referral', { ...sealing, forPeople: [...forPeople, 'P-CARELINE-MANAGER'] }, as);
    here.stop();
  });

  test('lets the people it names work wherever they belong', async () => {
    const id = await desk.opened();
    const far = 'caseworker@office-DANBURY';
    expect((await desk.command(id, 'record-facts', {}, { as: far })).kind).toBe('unknown');
    await desk.do(id, 'seal-referral', { ...sealing, forPeople: [...people, personOf(far).id] }, 'careline-manager');
    expect((await desk.command(id, 'record-facts', { tribalMember: 'no' }, { as: far })).kind).toBe('done');
  });

  test('cannot be lifted where there is none', async () => {
    const answer = await desk.command(
      await desk.opened(),
      'unseal-referral',
      { reason: 'x' },
      { as: 'careline-manager' },
    );
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'not-sealed' } });
  });
});

describe('emergency access', () => {
  const far = 'caseworker@office-DANBURY';
  const given = { because: 'danger-now', reason: 'She is here with me.' };
  const reads = async (id: string, as: string) => mayRead(await desk.state(id), { ...visitor(as), at: desk.now });

  test('opens a referral of another office for an hour by the clock, and no longer', async () => {
    desk.at('2026-11-10T15:00:00Z');
    const id = await desk.opened();
    expect(await reads(id, far)).toBe(false);
    await desk.do(id, 'take-emergency-access', given, far);
    expect(await reads(id, far)).toBe(true);
    expect(mayReadChild(await desk.state(id), { ...visitor(far), at: desk.now })).toBe(true);
    desk.at('2026-11-10T15:59:59Z');
    await desk.do(id, 'note-safe-contact', { safeContact: 'Call her aunt first.' }, far);
    desk.at('2026-11-10T16:00:00Z');
    expect(await reads(id, far)).toBe(false);
    expect((await desk.command(id, 'assess-danger', { danger: 'yes' }, { as: far })).kind).toBe('unknown');
    expect(mayRead(await desk.state(id), visitor(far))).toBe(false);
  });

  test('allows no change of who may see the referral, because that would last longer than an hour', async () => {
    const id = await desk.opened();
    const director = 'area-director@region-5';
    await desk.do(id, 'take-emergency-access', given, director);
    const before = await desk.state(id);
    const named = [personOf(director).id, personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
    for (const [name, input] of [
      ['seal-referral', { because: 'known-to-staff', forPeople: named, reason: 'Words.' }],
      ['confirm-routing', { office: 'DANBURY', team: 'MDT-DANBURY', responseOffice: 'DANBURY' }],
    ] as const) {
      const answer = await desk.command(id, name, input, { as: director });
      expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'emergency-access-only' } });
    }
    expect(await desk.state(id)).toEqual(before);
  });

  test('is told at once to their supervisor and the administrators, and is in the ledger', async () => {
    const id = await desk.opened();
    await desk.do(id, 'take-emergency-access', given, far);
    const state = await desk.state(id);
    expect(state.access.emergencyAccesses).toMatchObject([{ personId: personOf(far).id }]);
    expect(Object.values(state.alerts).filter(({ kind }) => kind === 'emergency-access-taken')).toMatchObject([
      { kind: 'emergency-access-taken', to: ['administrator', 'careline-supervisor'] },
    ]);
    expect(JSON.stringify(await desk.ledger.referral(id))).not.toContain(given.reason);
  });

  test('is not for people with access, and not for people outside the department', async () => {
    const id = await desk.opened();
    const answer = (as: string) => desk.command(id, 'take-emergency-access', given, { as });
    expect(await answer('caseworker')).toMatchObject({ kind: 'refused', refusal: { refused: 'has-access' } });
    const outside: readonly Role[] = ['mdt-member', 'mdt-chair', 'provider'];
    for (const role of outside) expect((await answer(role)).kind).toBe('unknown');
    expect((await answer('administrator')).kind).toBe('forbidden');
  });
});

test('the note on safe contact replaces the earlier one, in the vault', async () => {
  const id = await desk.opened({ safeContact: 'Not at home.' });
  await desk.do(id, 'note-safe-contact', { safeContact: 'Only the aunt’s telephone.' }, 'hart-liaison');
  const {
    report: { texts },
  } = await desk.state(id);
  expect(await desk.identities.text(id, texts.safeContact ?? '')).toBe('Only the aunt’s telephone.');
  expect(JSON.stringify(await desk.ledger.referral(id))).not.toContain('aunt');
});
