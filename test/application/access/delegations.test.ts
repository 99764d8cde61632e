/** A person on leave names a delegate. What the delegate may do, until when, and in whose name it is recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listDelegations } from '../../../functions/react/list-delegations.ts';
import { decideFor, sidesOf, visitorAt } from '../../../shared/application/access/on-behalf.ts';
import {
  mayRead,
  mayReadChild,
  mayReadPart2,
  mayTakeEmergencyAccess,
  type Visitor,
  visitorOf,
} from '../../../shared/application/access/visitor.ts';
import { saveDraft } from '../../../shared/application/use-cases/report-drafts.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { type Role, roles } from '../../../shared/domain/core/vocabulary.ts';
import type { Event } from '../../../shared/domain/events.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, personOf, reportOf, startDesk } from '../../support/desk.ts';
import { findGroups } from '../../support/find-groups.ts';
import { referral } from '../../support/referral-builder.ts';
import { offer, signed } from '../../support/scenes.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let id: string;
const away = 'P-CASEWORKER';
const standIn = 'P-CASEWORKER.OFFICE-DANBURY';
const begins = '2026-11-10T13:00:00.000Z';
const ends = '2026-11-12T13:00:00.000Z';

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
  id = await desk.opened({ name: 'Nadia Invented' });
});
afterAll(() => desk.stop());

const name = async (by: string, body: object) => {
  const answer = await api.ask('/delegations', { as: by, body });
  if (answer.status === 201) expect(answer.headers.get('location')).toBe('delegations');
  await listDelegations(desk, by);
  return answer;
};
const work = ['caseworker'];

describe('a caseworker on leave with a delegate of another office', () => {
  test('names the delegate for a period', async () => {
    desk.at('2026-11-09T15:00:00Z');
    const answer = await name(away, { delegateId: standIn, work, from: begins, until: ends });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      delegations: [{ id: 'DG-1', personId: away, delegateId: standIn, work, from: begins, until: ends }],
    });
    expect((await name(away, { delegateId: standIn, work, from: begins, until: ends })).body.delegations).toHaveLength(
      1,
    );
  });

  test.each([
    ['before it begins', '2026-11-10T12:59:59.999Z', 404],
    ['from its first instant', begins, 200],
    ['until its last', '2026-11-12T12:59:59.999Z', 200],
    ['and no longer', ends, 404],
  ])('the delegate reads the referral %s', async (_, at, status) => {
    desk.at(at);
    expect((await api.ask(`/referrals/${id}`, { as: standIn })).status).toBe(status);
    expect((await api.ask(`/referrals/${id}/identities?purpose=work-on-referral`, { as: standIn })).status).toBe(
      status,
    );
    const rows = (await api.ask('/queue', { as: standIn })).body.rows;
    expect(rows).toEqual([]);
  });

  test('both names are in the audit, for acts and for reads', async () => {
    desk.at('2026-11-11T15:00:00Z');
    const done = await api.ask(`/referrals/${id}/commands/record-safety-plan`, {
      as: standIn,
      body: { placement: 'placed', plan: 'Words.' },
    });
    expect(done.status, done.text).toBe(200);
    const { commits, accesses } = (await api.ask(`/referrals/${id}/audit`, { as: 'P-ADMINISTRATOR' })).body;
    expect((commits as readonly object[]).at(-1)).toMatchObject({ actor: { id: standIn }, onBehalfOf: away });
    expect((accesses as readonly object[])[0]).toMatchObject({ personId: standIn, onBehalfOf: away });
  });

  test('an act that the delegate may do in their own right is in their name alone', async () => {
    const own = await desk.opened({ residenceTown: 'Danbury' });
    await api.ask(`/referrals/${own}/commands/record-safety-plan`, {
      as: standIn,
      body: { placement: 'placed', plan: 'Words.' },
    });
    const { commits } = (await desk.ledger.referral(own)) ?? { commits: [] };
    expect(commits.at(-1)?.actor.id).toBe(standIn);
    expect(commits.at(-1)).not.toHaveProperty('onBehalfOf');
  });

  test('the delegate gets mail before the person on leave, and none after the period', async () => {
    const state = await desk.state(id);
    const asked: Alert = {
      id: `${id}.A9`,
      kind: 'referral-opened',
      to: ['caseworker'],
      people: [away],
      deputies: false,
      requestedAt: begins,
      unreachable: false,
    };
    const order = async (at: string) =>
      (await findGroups(asked, state, desk.directory, at)).map(({ people }) => people.map(({ personId }) => personId));
    // The referral has no known duty at its office, so the mail by name goes to the person on leave.
    expect((await order('2026-11-11T15:00:00Z')).at(-1)).toEqual([standIn, away]);
    expect((await order(ends)).at(-1)).toEqual([away]);
  });

  test('an administrator sees the delegation and ends it, and it is over with that commit', async () => {
    desk.at('2026-11-11T16:00:00Z');
    const seen = await api.ask('/delegations', { as: 'P-ADMINISTRATOR' });
    expect(seen.body.everybody).toMatchObject([{ personId: away, delegateId: standIn }]);
    expect((await api.ask('/delegations', { as: standIn })).body).toMatchObject({ received: [{ personId: away }] });
    expect((await api.ask('/delegations', { as: 'P-LEGAL' })).body).toEqual({ given: [], received: [] });
    expect((await api.ask(`/delegations/${away}/DG-1/end`, { as: 'P-LEGAL', body: {} })).status).toBe(404);
    expect((await api.ask(`/referrals/${id}`, { as: standIn })).status).toBe(200);
    expect((await api.ask(`/delegations/${away}/DG-1/end`, { as: 'P-ADMINISTRATOR', body: {} })).status).toBe(200);
    // The directory does not know yet.
    expect(await desk.directory.delegationsTo(standIn, desk.now)).toMatchObject([{ id: 'DG-1' }]);
    expect((await api.ask(`/referrals/${id}`, { as: standIn })).status).toBe(404);
    await listDelegations(desk, away);
    expect((await api.ask('/delegations', { as: 'P-ADMINISTRATOR' })).body.everybody).toEqual([]);
  });
});

describe('naming a delegate is refused', () => {
  const until = '2026-12-01T13:00:00Z';
  test.each([
    ['for work that is not their own', away, { delegateId: standIn, work: ['hart-lead'], until }, 'not-your-work'],
    ['to no one', away, { delegateId: 'P-NO-ONE', work, until }, 'no-such-person'],
    ['to themselves', away, { delegateId: away, work, until }, 'not-oneself'],
    ['to a provider', away, { delegateId: 'PV-1.CONTACT', work, until }, 'not-a-colleague'],
    ['to a chair of a team, of staff work', away, { delegateId: 'P-MDT-CHAIR', work, until }, 'not-a-colleague'],
    ['for a period that is over', away, { delegateId: standIn, work, until: '2026-11-01T13:00:00Z' }, 'no-period'],
    ['for ninety-one days', away, { delegateId: standIn, work, until: '2027-02-11T16:00:00Z' }, 'too-long'],
  ])('%s', async (_, as, body, code) => {
    desk.at('2026-11-11T16:00:00Z');
    const answer = await api.ask('/delegations', { as, body });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 409, code });
  });

  test('for work that was handed on to them', async () => {
    await name(away, { delegateId: 'P-LEGAL', work, until });
    const answer = await api.ask('/delegations', { as: 'P-LEGAL', body: { delegateId: standIn, work, until } });
    expect(answer.body.code).toBe('not-your-work');
  });

  test('by an administrator, a member of a team, a provider', async () => {
    for (const as of ['P-ADMINISTRATOR', 'P-AUDITOR', 'P-MDT-MEMBER', 'PV-1.CONTACT']) {
      expect((await api.ask('/delegations', { as, body: { delegateId: standIn, work, until } })).status).toBe(403);
    }
  });

  test('with each wrong field named', async () => {
    const answer = await api.ask('/delegations', { as: away, body: { work: ['provider'], until: 'soon' } });
    expect(answer.status).toBe(400);
    expect((answer.body.problems as { path: string }[]).map(({ path }) => path)).toEqual([
      'delegateId',
      'work[0]',
      'until',
    ]);
  });
});

test('each act of a delegate on a draft of a report is under both names, their own under one', async () => {
  desk.at('2026-11-11T16:00:00Z');
  const colleague = 'P-CARELINE-WORKER.2';
  const until = '2026-12-01T13:00:00Z';
  const boss = 'P-CARELINE-SUPERVISOR';
  for (const delegateId of ['P-LEGAL', colleague]) {
    expect((await name(boss, { delegateId, work: ['careline-supervisor'], until })).status).toBe(201);
  }
  const keep = async (as: string, key: string) => {
    const body = { revision: 1, content: { narrative: 'Words.' } };
    return String((await api.ask('/drafts', { as, body, headers: { 'Idempotency-Key': key } })).body.id);
  };
  const written = async (chain: string) =>
    (await desk.ledger.readAfresh(chain)).map(({ text }) => {
      const { actor, cause, onBehalfOf } = JSON.parse(text);
      return [actor.id, cause.name, onBehalfOf];
    });

  const begun = await keep('P-LEGAL', 'of a delegate');
  const sent = await api.ask('/reports', {
    as: 'P-LEGAL',
    body: reportOf(),
    headers: { 'Idempotency-Key': 'of a delegate' },
  });
  expect(sent.status).toBe(201);
  expect(await written(`draft#${begun}`)).toEqual([
    ['P-LEGAL', 'save-draft', boss],
    ['P-LEGAL', 'submit-draft', boss],
  ]);

  const other = await keep('P-CARELINE-WORKER', 'of a worker');
  expect((await api.ask(`/drafts/${other}`, { as: colleague })).status).toBe(200);
  desk.at('2026-11-11T16:02:00Z');
  const asDelegate = await visitorAt(desk, colleague, desk.now);
  if (!asDelegate) throw new Error('The directory has no one of this id.');
  const more = { revision: 2, content: { narrative: 'More words.' } };
  expect((await saveDraft(desk.parts(), asDelegate, other, more)).kind).toBe('done');
  await api.ask(`/drafts/${other}/discard`, { as: colleague, body: { because: 'no-report' } });
  expect(await written(`access#${other}`)).toEqual([[colleague, 'read-draft', boss]]);
  expect(await written(`draft#${other}`)).toEqual([
    ['P-CARELINE-WORKER', 'save-draft', undefined],
    [colleague, 'save-draft', boss],
    [colleague, 'discard-draft', boss],
  ]);

  expect(await written(`draft#${await keep(colleague, 'their own')}`)).toEqual([[colleague, 'save-draft', undefined]]);
});

test('a person who proposed a withdrawal does not approve it through a delegate', async () => {
  desk.at('2026-11-16T15:00:00Z');
  const proposed = await desk.opened();
  const reason = 'Entered twice by mistake.';
  await desk.do(proposed, 'propose-withdrawal', { because: 'made-in-error', reason }, 'careline-supervisor');
  const until = '2026-11-20T13:00:00Z';
  await name('P-CARELINE-SUPERVISOR', { delegateId: 'P-CARELINE-WORKER', work: ['careline-supervisor'], until });
  const seen = { 'If-Match': `"${(await desk.state(proposed)).seq}"` };
  const agree = (as: string) =>
    api.ask(`/referrals/${proposed}/commands/agree-withdrawal`, { as, body: {}, headers: seen });
  const refused = await agree('P-CARELINE-WORKER');
  expect(refused.status, refused.text).toBe(409);
  // The delegate of two people is no pair with one of them either.
  await name('P-CARELINE-SUPERVISOR.2', { delegateId: 'P-CARELINE-WORKER', work: ['careline-supervisor'], until });
  expect((await agree('P-CARELINE-WORKER')).body.code).toBe('second-person');
  await name('P-CARELINE-SUPERVISOR.2', { delegateId: 'P-HART-DIRECTOR', work: ['careline-supervisor'], until });
  const agreed = await agree('P-HART-DIRECTOR');
  expect(agreed.status, agreed.text).toBe(200);
  const { commits } = (await desk.ledger.referral(proposed)) ?? { commits: [] };
  expect(commits.at(-1)).toMatchObject({ actor: { id: 'P-HART-DIRECTOR' }, onBehalfOf: 'P-CARELINE-SUPERVISOR.2' });
});

test('two delegates of one person make no pair, nor do a delegate and the person on leave', async () => {
  desk.at('2026-11-16T16:00:00Z');
  const proposed = await desk.opened();
  const boss = 'P-CARELINE-SUPERVISOR';
  const delegates = ['P-LEGAL', 'P-CARELINE-WORKER.2'] as const;
  for (const delegateId of delegates) {
    await name(boss, { delegateId, work: ['careline-supervisor'], until: '2026-12-01T13:00:00Z' });
  }
  const command = async (as: string, which: string, body: object) => {
    const headers = { 'If-Match': `"${(await desk.state(proposed)).seq}"` };
    return api.ask(`/referrals/${proposed}/commands/${which}`, { as, body, headers });
  };
  const proposal = { because: 'made-in-error', reason: 'Entered twice by mistake.' };
  const made = await command(delegates[0], 'propose-withdrawal', proposal);
  expect(made.body).toMatchObject({ withdrawal: { proposedBy: delegates[0], onBehalfOf: boss } });
  for (const as of [...delegates, boss]) {
    const refused = await command(as, 'agree-withdrawal', {});
    expect(refused.body.code, refused.text).toBe('second-person');
  }
  expect((await command(`${boss}.2`, 'agree-withdrawal', {})).status).toBe(200);
});

test('a command that the person on leave is refused is refused to the delegate', () => {
  const no = { refused: 'no', sentence: 'No.' };
  const yes: readonly Event[] = [];
  const person = { id: 'P-ME', roles: [], onBehalfOf: 'P-AWAY' };
  expect(decideFor(person, ({ id: by }) => (by === 'P-AWAY' ? no : yes))).toBe(no);
  expect(decideFor(person, ({ id: by }) => (by === 'P-ME' ? no : yes))).toBe(no);
  expect(decideFor(person, () => yes)).toBe(yes);
});

test('a role that the person on leave has lost is lost to the delegate', async () => {
  desk.at('2026-11-16T15:00:00Z');
  const lead = personOf('hart-lead');
  await name(lead.id, { delegateId: standIn, work: ['hart-lead'], until: '2026-11-20T13:00:00Z' });
  const roleNames = async () => (await visitorAt(desk, personOf('caseworker@office-DANBURY').id, desk.now))?.roles;
  expect(await roleNames()).toContain('hart-lead');
  await desk.enter([{ pk: `person#${lead.id}`, sk: 'profile', ...lead, roles: [] }]);
  expect(await roleNames()).not.toContain('hart-lead');
});

test('a disabled delegate opens nothing at the next request', async () => {
  desk.at('2026-11-16T15:00:00Z');
  const delegate = personOf('caseworker@office-DANBURY');
  const referralId = await desk.opened();
  await name(away, { delegateId: delegate.id, work, from: desk.now, until: '2026-11-20T13:00:00Z' });
  const opened = () =>
    Promise.all(
      [
        `/referrals/${referralId}`,
        `/referrals/${referralId}/identities?purpose=work-on-referral`,
        '/queue',
        '/delegations',
      ].map(async (path) => (await api.ask(path, { as: delegate.id })).status),
    );
  expect(await opened()).toEqual([200, 200, 200, 200]);
  // What `npm run people -- disable` does to the directory. The delegation itself stands in the ledger.
  await desk.enter([{ pk: `person#${delegate.id}`, sk: 'profile', ...delegate, roles: [] }]);
  expect(await opened()).toEqual([401, 401, 401, 401]);
});

/** Handed-on work counts where the role counts, and never opens what is closed to either of the two. */
describe.each(
  roles.filter(
    (role) =>
      !['mdt-member', 'provider', 'administrator', 'auditor', 'evaluator', 'trainer', 'forum-member'].includes(role),
  ),
)('the work of %s, handed on', (role: Role) => {
  const base: Referral = signed(offer(referral().run().screen('high-risk'), 'education')).state;
  const leads = role === 'mdt-coordinator' || role === 'mdt-chair';
  const here = leads ? `team-${base.team.id}` : 'state';
  const elsewhere = leads ? 'team-MDT-DANBURY' : 'office-DANBURY';
  const delegate = (scope: string): Visitor => ({
    ...visitorOf({ ...personOf('legal'), id: 'P-ME', roles: [] }, '2026-11-20T15:00:00.000Z'),
    roles: [role],
    scopes: [{ role, scope, onBehalfOf: 'P-AWAY' }],
  });
  const conflict = { notice: '1', conflict: 'yes', at: '2026-11-20T15:00:00.000Z' } as const;
  const sealed = (...people: string[]): Referral => ({
    ...base,
    access: { ...base.access, seal: { because: 'workers-family', people, at: '2026-11-20T15:00:00.000Z' } },
  });
  test.each<[string, Referral, string, boolean]>([
    ['opens what the role covers', base, here, true],
    ['opens nothing elsewhere', base, elsewhere, false],
    [
      'not where the person on leave has a conflict',
      {
        ...base,
        team: { ...base.team, confidentialityAgreements: { 'P-AWAY': conflict } },
      },
      here,
      false,
    ],
    [
      'not where the delegate has one',
      {
        ...base,
        team: { ...base.team, confidentialityAgreements: { 'P-ME': conflict } },
      },
      here,
      false,
    ],
    ['not where it is sealed for others', sealed('P-OTHER'), here, false],
    ['not where the seal names the person on leave alone', sealed('P-AWAY'), here, false],
    ['not where the seal names the delegate alone', sealed('P-ME'), here, false],
    ['opens what is sealed for both', sealed('P-ME', 'P-AWAY'), here, true],
  ])('%s', (_, state, scope, opens) => {
    const person = delegate(scope);
    // People that a seal names may read the referral, even without a role there.
    expect(mayRead(state, person)).toBe(opens);
    expect(mayReadChild(state, person)).toBe(opens);
  });
  test('takes no emergency access, and opens no record of substance use', () => {
    const {
      services: { consents },
    } = base;
    const given = {
      service: 'substance-use',
      kind: 'written-part-2',
      answer: 'given',
      at: '2026-11-20T15:00:00.000Z',
    };
    expect(mayTakeEmergencyAccess(base, delegate(here))).toBe(false);
    expect(
      mayReadPart2(
        {
          ...base,
          services: { ...base.services, consents: [...consents, given as never] },
        },
        delegate(here),
      ),
    ).toBe(false);
  });
  test('stands beside the delegate’s own work', () => {
    const sides = sidesOf({
      ...delegate(here),
      roles: ['legal', role],
      scopes: [{ role: 'legal', scope: 'state' }, ...delegate(here).scopes],
    });
    expect(sides.map(({ onBehalfOf, roles: held }) => [onBehalfOf, held])).toEqual([
      [undefined, ['legal']],
      ['P-AWAY', ['legal', role]],
    ]);
  });
});
