/** Rows of the directory that no commit bears out: no mail, no call and no offer goes where they say. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { delegationsFor } from '../../shared/application/use-cases/keep-delegations.ts';
import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import { providerChain, shiftChain } from '../../shared/store/chains.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk, visitor } from '../support/desk.ts';
import { deskSendParts } from '../support/send-parts.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened({ name: 'Wren Example', birthDate: '2011-05-05' });
});
afterEach(() => desk.stop());

const other = 'P-PROVIDER';
const supervisor = personOf('careline-supervisor').id;
const later = (hours: number) => new Date(Date.parse(desk.now) + hours * 3_600_000).toISOString();
const frame = () =>
  ({
    now: desk.now,
    actor: { kind: 'person', id: supervisor },
    cause: { kind: 'command', name: 'c', id: 'C-1' },
  }) as const;

/** Puts a row that is no commit into this chain. */
const damage = (pk: string, seq: number) =>
  desk.put('Ledger', [{ pk, seq, at: desk.now, body: '{', prev: '', hash: 'x', signature: '', signedBy: 'door' }]);

/** The people who get the first mails of the referral. */
async function mailed(): Promise<readonly (string | undefined)[]> {
  const people: (string | undefined)[] = [];
  const send = async ({ tags }: { readonly tags: { readonly personId?: string } }) => {
    people.push(tags.personId);
    return `M-${people.length}`;
  };
  await sendAlerts(deskSendParts(desk, { send } as never), id, desk.now);
  return people;
}

describe('a row of a delegation', () => {
  const terms = () => ({
    delegateId: other,
    work: ['careline-supervisor' as const],
    from: later(-1),
    until: later(48),
  });
  const write = (personId = supervisor) =>
    desk.directory.putDelegation({ id: 'DG-9', personId, ...terms(), givenAt: later(-1) }, 9);

  test('without a commit hands no mail on, and is on no list', async () => {
    await write();
    await desk.enter([{ pk: `person#${other}`, sk: 'profile', ...personOf('provider'), id: other }]);
    expect(await desk.directory.delegations(desk.now)).toEqual([]);
    const people = await mailed();
    expect(people).toContain(supervisor);
    expect(people).not.toContain(other);
    expect(await delegationsFor({ ...desk.parts(), now: desk.now }, visitor('auditor'))).toMatchObject({
      everybody: [],
    });
    expect((await delegationsFor({ ...desk.parts(), now: desk.now }, visitor(other))).received).toEqual([]);
  });

  test('with its commit counts by the commit, once, whatever else the row says', async () => {
    await desk.ledger.changeDelegations(supervisor, frame(), () => [
      { type: 'delegation-given', v: 1, id: 'DG-1', ...terms(), delegateId: 'P-CARELINE-WORKER' },
    ]);
    await write();
    await desk.directory.putDelegation({ id: 'DG-1', personId: supervisor, ...terms(), givenAt: later(-1) }, 1);
    expect(await desk.directory.delegations(desk.now)).toMatchObject([{ id: 'DG-1', delegateId: 'P-CARELINE-WORKER' }]);
  });
});

describe('a row of a shift', () => {
  const called = () => desk.directory.onCall('careline-supervisor', 'state', desk.now);
  const write = () =>
    desk.put('Directory', [
      {
        ...{ pk: 'shift#careline-supervisor#state', sk: `${later(8)}#SH-X`, id: 'SH-X', revision: 1e9, order: 0 },
        ...{ role: 'careline-supervisor', scope: 'state', from: desk.now, to: later(8), phone: '203-555-0199' },
        personId: personOf('caseworker').id,
      },
    ]);

  test('without a commit is called by no one and gets no mail', async () => {
    const before = await called();
    await write();
    expect(await called()).toEqual(before);
    expect(await mailed()).not.toContain(personOf('caseworker').id);
    const api = openApi(desk);
    for (const path of [
      '/on-call',
      `/referrals/${id}/calls`,
      `/referrals/${id}/people`,
      '/directory?role=careline-supervisor',
    ]) {
      const { status, text } = await api.ask(path, { as: 'P-CARELINE-WORKER' });
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain('203-555-0199');
    }
  });

  test('is not needed: the commit is called at once', async () => {
    const place = { role: 'careline-supervisor', scope: 'state', order: 1 } as const;
    const entered = { ...place, id: 'SH-1', personId: supervisor, from: desk.now, to: later(8), phone: '203-555-0177' };
    await desk.ledger.changeShifts(allShifts, frame(), () => [
      { type: 'shifts-imported', v: 1, shifts: [entered], replaced: [] },
    ]);
    expect((await called())[0]).toMatchObject({ personId: supervisor, phone: '203-555-0177', by: 'shift' });
  });

  test('counts no more where the chain is damaged: the order of the directory stands', async () => {
    const before = await called();
    await write();
    await damage(shiftChain(allShifts), 1);
    expect(await called()).toEqual(before);
    expect(await mailed()).toContain(supervisor);
  });
});

describe('a row of a provider', () => {
  const listing = {
    ...{ name: 'House (invented)', regions: ['4'], ageFrom: 0, ageTo: 24, languages: ['english'], retired: false },
    ...{ phone: '203-555-0101', contactId: 'PV-1.CONTACT' },
  };
  const write = (more: object) =>
    desk.put('Directory', [
      {
        ...listing,
        pk: 'provider#education',
        sk: 'PV-1',
        id: 'PV-1',
        service: 'education',
        personId: other,
        revision: 9,
        ...more,
      },
    ]);
  beforeEach(() =>
    desk.ledger.changeProvider('PV-1', frame(), () => [
      { type: 'provider-listed', v: 1, service: 'education', listing },
    ]),
  );

  test.each([
    ['another contact and number', { phone: '203-555-0199' }],
    ['the revision of a row written by hand', { revision: 0, phone: '203-555-0199' }],
    ['the id of another provider', { revision: 0, id: 'PV-9' }],
    ['another service', { revision: 0, service: 'legal' }],
    ['that it is not retired', { retired: false }],
  ])('that says %s gives the offer to no other contact', async (_, more) => {
    await write(more);
    await desk
      .do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker')
      .catch(() => undefined);
    const linkage = (await desk.ledger.referral(id))?.state.services.linkages.education;
    expect([undefined, 'PV-1.CONTACT']).toContain(linkage?.contactId);
    expect((await desk.directory.provider('education', 'PV-1'))?.phone).not.toBe('203-555-0199');
    const listed = await desk.directory.providers('education');
    expect(listed.filter(({ id: of }) => of === 'PV-1').map(({ personId }) => personId)).not.toContain(other);
  });

  test('goes on being offered, as its chain has it', async () => {
    await write({});
    await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
    const { state } = (await desk.ledger.referral(id)) ?? {};
    expect(state?.services.linkages.education?.contactId).toBe('PV-1.CONTACT');
  });

  test('is no provider while its chain is damaged, and the others are', async () => {
    await damage(providerChain('PV-1'), 2);
    expect((await desk.directory.providers('education')).map(({ id: of }) => of)).toEqual(['PV-2']);
  });
});
