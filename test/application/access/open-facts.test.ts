/** Facts about a child need a purpose, and each read is recorded. Administrators and auditors see the pathway alone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFacts } from '../../../shared/application/access/open-facts.ts';
import { fieldClasses } from '../../../shared/application/read/field-classes.ts';
import { event } from '../../../shared/domain/events.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, reportOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  api = openApi(desk);
  desk.at('2026-11-09T15:00:00Z');
  const child = {
    name: 'Wren Example',
    approximateAge: { from: 15, to: 15 },
    gender: 'girl',
    race: ['black', 'hispanic'],
    homeless: 'yes',
    tribalMember: 'yes',
    exploitation: ['survival-sex'],
    danger: 'yes',
  };
  const { status, body } = await api.ask('/reports', { as: 'P-CARELINE-WORKER', body: reportOf(child) });
  expect([status, body.problems]).toEqual([201, undefined]);
  id = (body.referralIds as string[])[0] ?? '';
});
afterEach(() => desk.stop());

const facts = /girl|black|survival-sex|homeless|tribalMember|hispanic|Hartford/;
const read = (as: string, purpose?: string) =>
  api.ask(`/referrals/${id}${purpose === undefined ? '' : `?purpose=${purpose}`}`, { as });
const reads = async () =>
  ((await api.ask(`/referrals/${id}/audit`, { as: 'P-AUDITOR' })).body.accesses as Record<string, unknown>[])
    .filter((access) => (access.read as string[]).includes('facts'))
    .map(({ personId, purpose, at }) => [personId, purpose, at]);

describe('administrators and auditors', () => {
  test.each(['P-ADMINISTRATOR', 'P-AUDITOR'])('see the codes of the pathway alone: %s', async (as) => {
    for (const purpose of [undefined, 'quality-review', 'work-on-referral']) {
      const { status, body, text } = await read(as, purpose);
      expect(status).toBe(200);
      expect(body.shows).toBe('pathway');
      const unfit = Object.keys(body).filter(
        (field) => field !== 'shows' && fieldClasses[field as keyof typeof fieldClasses] !== 'pathway',
      );
      expect(unfit).toEqual([]);
      expect(text).not.toMatch(facts);
      expect(text).not.toContain('"danger"');
    }
    expect(await reads()).toEqual([]);
  });

  test('read no fact in the audit, in lists, and in what leads to people', async () => {
    await desk.do(id, 'report-missing', {}, 'caseworker');
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const path of [`/referrals/${id}/audit`, `/referrals/${id}/people`, `/referrals/${id}/calls`, '/queue']) {
      const { status, text } = await api.ask(path, { as: 'P-ADMINISTRATOR' });
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toMatch(facts);
      expect(text).not.toMatch(/"danger"|"missing":|high-risk|child-missing|report-missing/);
    }
    const found = await api.ask(`/referrals?reference=${id}`, { as: 'P-ADMINISTRATOR' });
    expect(found.body.referrals).toMatchObject([{ referralId: id, stage: 'open' }]);
    expect(found.text).not.toMatch(/"danger"|"missing":|high-risk/);
    expect((await api.ask('/returns', { as: 'P-ADMINISTRATOR' })).status).toBe(403);
    const { commits } = (await api.ask(`/referrals/${id}/audit`, { as: 'P-AUDITOR' })).body as {
      commits: { events: { type: string }[]; cause: { name?: string }; says: string[] }[];
    };
    const types = commits.flatMap(({ events }) => events.map(({ type }) => type));
    expect(types).toEqual(expect.arrayContaining(['referral-opened', 'deadline-opened', 'screened', 'facts-recorded']));
  });
});

describe('people who work the referral', () => {
  test.each([
    ['the worker who took the report', 'P-CARELINE-WORKER', 'work-on-referral'],
    ['another Careline supervisor, at any hour', 'P-CARELINE-SUPERVISOR.2', 'work-on-referral'],
    ['the caseworker with a duty', 'P-CASEWORKER', 'work-on-referral'],
  ])('read the facts at once, and are recorded once a day: %s', async (_, as, purpose) => {
    for (const _again of [1, 2, 3])
      expect((await read(as)).body).toMatchObject({ shows: 'facts', child: { gender: 'girl' } });
    expect(await reads()).toEqual([[as, purpose, '2026-11-09T15:00:00.000Z']]);
    desk.at('2026-11-10T15:00:00Z');
    await read(as);
    expect(await reads()).toHaveLength(2);
  });
});

describe('people without a part in it', () => {
  const other = 'P-PROGRAM-MANAGER';

  test('are asked nothing once a call about an open duty has reached people of their role', async () => {
    expect((await read(other)).body.shows).toBe('working');
    await desk.ledger.changeReferral(
      id,
      { now: desk.now, actor: { kind: 'function', id: 'raise-checkpoint' }, cause: { kind: 'delivery' } },
      (state) => {
        const deadlineId = Object.keys(state?.deadlines ?? {})[0] ?? '';
        const to = 'program-manager' as const;
        return [
          event('alert-requested', {
            alertId: `${id}.A90`,
            kind: 'checkpoint',
            checkpoint: 'ring',
            deadlineId,
            to: [to],
            people: [],
            deputies: false,
            calls: [{ to, turn: 'first', deadlineIds: [deadlineId] }],
          }),
        ];
      },
    );
    expect((await read(other)).body).toMatchObject({ shows: 'facts', child: { gender: 'girl' } });
  });

  test('see danger, missing and the age band, and read the facts after they say what for', async () => {
    const first = await read(other);
    expect(first.body).toMatchObject({
      shows: 'working',
      suggestedPurpose: 'quality-review',
      danger: 'yes',
      missing: false,
      missingNow: 'unknown',
      ageBand: '15-to-17',
    });
    expect(first.text).not.toMatch(facts);
    expect(await reads()).toEqual([]);
    expect((await read(other, 'quality-review')).body).toMatchObject({ shows: 'facts', child: { gender: 'girl' } });
    // The purpose holds for the day, and is recorded once.
    expect((await read(other)).body).toMatchObject({ shows: 'facts' });
    expect(await reads()).toEqual([[other, 'quality-review', '2026-11-09T15:00:00.000Z']]);
    // Another purpose is another record.
    await read(other, 'work-on-referral');
    expect(await reads()).toHaveLength(2);
    desk.at('2026-11-10T15:00:00Z');
    expect((await read(other)).body).toMatchObject({ shows: 'working' });
    expect((await read(other, 'curiosity')).status).toBe(400);
  });

  test.each([
    ['P-PROGRAM-MANAGER', 'team-review', 'work-on-referral, contact-family, quality-review'],
    ['P-LEGAL', 'work-on-referral', 'legal-advice'],
    ['P-CASEWORKER', 'legal-advice', 'work-on-referral'],
    ['P-CARELINE-WORKER', 'provide-service', 'work-on-referral'],
  ])(
    'who say a purpose that is not for their role read nothing, and leave no record: %s, %s',
    async (as, said, fit) => {
      for (const path of [`/referrals/${id}`, `/referrals/${id}/identities`]) {
        const { status, text, body } = await api.ask(`${path}?purpose=${said}`, { as });
        expect([path, status]).toEqual([path, 403]);
        expect(body.detail).toContain(
          `The purpose "${said}" does not fit your role in this referral, so nothing was shown.`,
        );
        expect(body.detail).toContain(fit);
        expect(text).not.toMatch(facts);
      }
      expect(await reads()).toEqual([]);
    },
  );

  test('counsel has a part by a step that counsel can take, and it is recorded as legal advice', async () => {
    const asked = id;
    id = await desk.opened({ name: 'Aspen Example' });
    expect((await read('P-LEGAL')).body).toMatchObject({ shows: 'working', suggestedPurpose: 'legal-advice' });
    expect(await reads()).toEqual([]);
    // A proceeding began, and the tribe is owed its notice by counsel.
    id = asked;
    await desk.do(id, 'record-ex-parte-order', {}, 'area-supervisor');
    expect((await read('P-LEGAL')).body).toMatchObject({ shows: 'facts' });
    expect(await reads()).toEqual([['P-LEGAL', 'legal-advice', desk.now]]);
  });

  test('see nothing where the record cannot be written', async () => {
    const referral = await desk.ledger.referral(id);
    if (!referral) throw new Error('There is no referral.');
    const ledger = {
      ...desk.ledger,
      recordFactRead: async () => {
        throw new Error('The table is away.');
      },
    };
    const opened = openFacts(
      { ledger, now: desk.now, session: 'S' },
      { ...referral, policy: policyOf(referral.policy) },
      visitor('caseworker'),
    );
    await expect(opened).rejects.toThrow('away');
  });

  test('cannot tell a sealed referral from an unknown one, with a purpose or without', async () => {
    const people = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
    await desk.do(
      id,
      'seal-referral',
      { because: 'workers-family', forPeople: people, reason: 'Words.' },
      'careline-manager',
    );
    for (const purpose of [undefined, 'quality-review']) {
      const sealed = await read(other, purpose);
      const asked = id;
      id = 'CR-00000-000000';
      const unknown = await read(other, purpose);
      id = asked;
      expect([sealed.status, sealed.text]).toEqual([404, unknown.text]);
    }
    expect((await desk.ledger.factReads(id)).length).toBe(0);
  });
});
