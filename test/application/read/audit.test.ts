import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { peopleOf } from '../../../shared/application/read/people-of-referral.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { alertChain, referralChain } from '../../../shared/store/chains.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const audit = async (id: string) => {
  const found = await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' });
  if (!found) throw new Error('There is no audit.');
  return found;
};
/** A referral with running clocks, a screening, a team and a sent mail. */
async function underWay(): Promise<string> {
  desk.at('2026-11-09T15:00:00Z');
  const id = await desk.opened({ name: 'Aspen Example' });
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'A rationale.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
    await desk.step(id, step);
  return id;
}
const token = 'a token that resumes a run';

describe('an audit', () => {
  test('is closed to an administrator with a conflict of interest, as if there were no such referral', async () => {
    const id = await underWay();
    const { ask } = openApi(desk);
    const { id: personId } = personOf('seat:medical');
    const roles = [...personOf('administrator').roles, ...personOf('seat:medical').roles];
    const both = { ...personOf('seat:medical'), roles };
    await desk.enter([{ pk: `person#${personId}`, sk: 'profile', sub: `sub-${personId}`, ...both }]);
    const asked = (of: string) => ask(`/referrals/${of}/audit`, { as: personId });
    expect((await asked(id)).status).toBe(200);
    await desk.do(id, 'sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    const [closed, unknown] = [await asked(id), await asked('CR-00000-000000')];
    expect(closed.status).toBe(404);
    expect(closed.text).toBe(unknown.text);
    expect((await ask(`/referrals/${id}/audit`, { as: 'P-ADMINISTRATOR' })).status).toBe(200);
    await desk.enter([
      { pk: `person#${personId}`, sk: 'profile', sub: `sub-${personId}`, ...personOf('seat:medical') },
    ]);
  });

  test('of another report of the child does not name the referral that a conflict of interest closes', async () => {
    const child = { name: 'Wren Example', birthDate: '2011-03-04' };
    desk.at('2026-11-09T15:00:00Z');
    const id = await desk.opened(child);
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'A rationale.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
    await desk.do(id, 'sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    const again = await desk.opened(child);
    const seen = async (as: string) =>
      JSON.stringify(await auditReferral(desk.parts(), again, { id: personOf(as).id }));
    expect(await seen('administrator')).toContain(id);
    expect(await seen('seat:medical')).not.toContain(id);
  });

  test('tells who did what, when and why, commit by commit', async () => {
    const id = await underWay();
    const { commits, policy, stage } = await audit(id);
    expect([policy, stage]).toEqual(['connecticut-2026.1', 'open']);
    expect(commits[0]).toMatchObject({
      seq: 1,
      who: 'Title of careline-worker',
      cause: { kind: 'command', name: 'open-referral' },
      says: expect.arrayContaining([
        expect.stringMatching(/^Referral opened from report RP-/),
        expect.stringMatching(/^Clock started: .* \(rule D1\)/),
      ]),
    });
    const step = commits.find(({ who }) => who === 'invite-mdt');
    expect(step).toMatchObject({ cause: { kind: 'task', run: `${id}-g1` } });
    expect(commits.map(({ seq }) => seq)).toEqual(commits.map((_, index) => index + 1));
    for (const { says, events } of commits) expect(says).toHaveLength(events.length);
  });

  test('lists each run, what it waits for and its next checkpoint, and no token', async () => {
    const id = await underWay();
    const common = { referralId: id, token, generation: 1, enteredAt: desk.now, retryCount: 0, startedAt: desk.now };
    await desk.waits.save({ run: 'referral', waitsFor: 'resolution', runId: id, ...common });
    await desk.waits.save({ run: 'deadline', checkpointAt: desk.now, runId: `${id}.G1`, ...common });
    const found = await audit(id);
    expect(found.waits).toMatchObject([
      { run: id, generation: 1, on: ['resolution'] },
      { run: `${id}.G1`, on: ['careline-worker', 'hart-liaison'], next: { kind: 'remind' } },
    ]);
    expect(found.runs).toContainEqual({
      run: `${id}.G1`,
      execution: `${id}.G1-g1`,
      waitsFor: 'people',
      group: 'police-notice',
      deadlineIds: [`${id}.D3.1`, `${id}.D4.1`],
    });
    expect(found.runs).toContainEqual({ run: `${id}.D9.1`, execution: `${id}.D9.1-g1`, waitsFor: 'nothing' });
    expect(JSON.stringify(found)).not.toContain(token);
    for (const secret of ['Aspen', 'narrative.', 'A rationale.']) expect(JSON.stringify(found)).not.toContain(secret);
  });

  test('shows the deliveries of each alert', async () => {
    const id = await underWay();
    const frame = {
      now: desk.now,
      actor: { kind: 'function', id: 'send-alerts' },
      cause: { kind: 'delivery' },
    } as const;
    const sent = {
      type: 'alert-sent',
      v: 1,
      personId: 'P-LEGAL',
      addressedAs: 'legal',
      order: 1,
      messageId: 'M',
    } as const;
    await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [sent]);
    const { alerts, alertChainsIntact } = await audit(id);
    expect(alerts[0]).toMatchObject({
      id: await desk.alertId(id),
      deliveries: [{ personId: 'P-LEGAL', status: 'sent' }],
    });
    expect(alerts[1]?.deliveries).toEqual([]);
    expect(alertChainsIntact).toBe(true);
  });

  test('finds a commit that was altered after it had been read, and still tells what was committed', async () => {
    const id = await underWay();
    const intact = await audit(id);
    expect(intact.chain).toMatchObject({ intact: true, head: intact.commits.at(-1)?.hash });
    const row = (await desk.items('Ledger')).find(({ pk, seq }) => pk === referralChain(id) && seq === 3);
    await desk.put('Ledger', [{ ...row, body: String(row?.body).replace('high-risk', 'at-risk') }]);
    const { chain, commits } = await audit(id);
    expect(chain).toMatchObject({
      intact: false,
      brokenAt: 3,
      sentence: expect.stringContaining('not what was sealed'),
    });
    expect(JSON.stringify(commits[2]?.events)).toContain('high-risk');
  });

  test('finds an alert whose chain was altered', async () => {
    const id = await underWay();
    const frame = {
      now: desk.now,
      actor: { kind: 'function', id: 'send-alerts' },
      cause: { kind: 'delivery' },
    } as const;
    await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [
      { type: 'alert-delivered', v: 1, personId: 'P-LEGAL' },
    ]);
    const chain = alertChain(await desk.alertId(id));
    const row = (await desk.items('Ledger')).find(({ pk }) => pk === chain);
    await desk.put('Ledger', [{ ...row, body: String(row?.body).replace('P-LEGAL', 'P-OTHER') }]);
    expect((await audit(id)).alertChainsIntact).toBe(false);
  });

  test('of a referral that is not there is none', async () => {
    expect(await auditReferral(desk.parts(), 'CR-00000-000000', { id: 'P-ADMINISTRATOR' })).toBeUndefined();
  });
});

describe('the people of a referral', () => {
  test('have first those on duty in its scope, then its seats with their deputies, and its providers', async () => {
    const id = await underWay();
    await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
    const people = await peopleOf(desk.directory, await desk.state(id), policy, visitor('caseworker'), desk.now);
    const worker = people.roles.find(({ role }) => role === 'careline-worker');
    expect(worker?.scope).toBe('state');
    expect(worker?.people.map((person) => person.id)).toEqual(['P-CARELINE-WORKER', 'P-CARELINE-WORKER.2']);
    expect(worker?.people[0]).toEqual({
      id: 'P-CARELINE-WORKER',
      name: 'Invented P-CARELINE-WORKER',
      title: 'Title of careline-worker',
      email: 'p-careline-worker@dcf.example',
      phone: '203-555-0100',
      by: 'directory',
      says: 'no shift entered: first in the directory',
    });
    expect(people.seats[0]).toMatchObject({
      discipline: 'states-attorney',
      holder: { id: 'P-SEAT-STATES-ATTORNEY' },
      deputy: { id: 'P-SEAT-STATES-ATTORNEY.2' },
    });
    expect(people.providers).toContainEqual(
      expect.objectContaining({ service: 'education', contact: expect.objectContaining({ id: 'PV-1.CONTACT' }) }),
    );
  });

  test('of a town that is unknown are those of the whole state alone', async () => {
    const id = await desk.opened({ residenceTown: 'unknown' });
    const { roles } = await peopleOf(desk.directory, await desk.state(id), policy, visitor('caseworker'), desk.now);
    expect(new Set(roles.map(({ scope }) => scope))).toEqual(new Set(['state']));
  });

  test('for a provider are the people who answer to it, and its own person', async () => {
    const id = await underWay();
    await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
    await desk.do(id, 'offer-linkage', { service: 'basic-needs', providerId: 'PV-2' }, 'caseworker');
    const people = await peopleOf(desk.directory, await desk.state(id), policy, visitor('contact:PV-1'), desk.now);
    expect(people.roles.map(({ role }) => role)).toEqual(['caseworker', 'hart-liaison']);
    expect(people.seats).toEqual([]);
    expect(people.providers).toMatchObject([{ service: 'education', contact: { id: 'PV-1.CONTACT' } }]);
  });
});
