/** The list of providers: who keeps it, that no change is lost, and that each change is recorded. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listProvider } from '../../../functions/react/list-provider.ts';
import { historyOf, keepProvider, listProviders } from '../../../shared/application/use-cases/keep-providers.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { listingKeepers, misfits } from '../../../shared/domain/services/providers.ts';
import { providerChain } from '../../../shared/store/chains.ts';
import { verifyChain } from '../../../shared/store/commit.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { referral } from '../../support/referral-builder.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

let id = '';
let number = 0;
beforeEach(() => {
  number += 1;
  id = `PR-TEST-${number}`;
});

const supervisor = 'careline-supervisor';
const house = {
  name: 'Willow House (invented)',
  regions: ['4', '6'],
  ageFrom: 12,
  ageTo: 17,
  languages: ['english', 'spanish'],
  phone: '203-555-0111',
  contactId: 'PV-1.CONTACT',
};
const keep = (revision: number, more: object = {}, as = supervisor) =>
  keepProvider(desk.parts(), visitor(as), { service: 'education', id }, { ...house, revision, ...more });
const follow = () => listProvider(desk, id);
const listed = async () => (await desk.directory.providers('education')).find((provider) => provider.id === id);

describe('a provider', () => {
  test('is listed by a supervisor, and a moment later every filter finds it', async () => {
    expect(await keep(0)).toMatchObject({ kind: 'done', revision: 1 });
    await follow();
    expect(await listed()).toMatchObject({ name: house.name, personId: 'PV-1.CONTACT', revision: 1, retired: false });
    const found = async (filters: object) =>
      (await listProviders(desk.directory, filters)).some((provider) => provider.id === id);
    for (const filters of [
      {},
      { service: 'education' },
      { region: '4' },
      { age: 12 },
      { age: 17 },
      { language: 'spanish' },
    ])
      expect(await found(filters), JSON.stringify(filters)).toBe(true);
    for (const filters of [{ service: 'legal' }, { region: '1' }, { age: 11 }, { age: 18 }, { language: 'polish' }])
      expect(await found(filters), JSON.stringify(filters)).toBe(false);
  });

  test('stays as it is where a colleague changed it and this person has not seen that', async () => {
    await keep(0);
    expect(await keep(1, { phone: '203-555-0112' })).toMatchObject({ kind: 'done', revision: 2 });
    expect(await keep(1, { phone: '203-555-0113' }, 'program-manager')).toEqual({
      kind: 'changed-meanwhile',
      revision: 2,
    });
    await follow();
    expect((await listed())?.phone).toBe('203-555-0112');
  });

  test('records a change that is sent twice once', async () => {
    await keep(0);
    expect(await keep(0)).toMatchObject({ kind: 'done', revision: 1 });
    expect((await desk.ledger.provider(id)).commits).toHaveLength(1);
  });

  test('is verified by the same listing a day later, once, and by none before', async () => {
    const monday = desk.now;
    await keep(0);
    desk.at('2026-11-10T14:59:59.999Z');
    expect(await keep(1)).toMatchObject({ kind: 'done', revision: 1 });
    desk.at('2026-11-10T15:00:00.000Z');
    expect(await keep(1)).toMatchObject({ kind: 'done', revision: 2 });
    expect(await keep(1)).toMatchObject({ kind: 'done', revision: 2 });
    await follow();
    expect((await listed())?.saidAt).toBe('2026-11-10T15:00:00.000Z');
    desk.at(monday);
  });

  test('takes one of two changes at the same time', async () => {
    await keep(0);
    const answers = await Promise.all([keep(1, { phone: '1' }), keep(1, { phone: '2' }, 'program-manager')]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['changed-meanwhile', 'done']);
  });

  test('that is a hospital or center says where it is, its openings and its protocol, and keeps them', async () => {
    const place = {
      kind: 'advocacy-center',
      town: 'Hartford',
      openings: 3,
      openUntil: '2026-11-30',
      protocolUntil: '2027-06-30',
    };
    expect(await keep(0, { place })).toMatchObject({ kind: 'done', revision: 1 });
    expect(await keep(0, { place })).toMatchObject({ kind: 'done', revision: 1 });
    await follow();
    expect((await listed())?.place).toEqual(place);
    await keep(1, { phone: '203-555-0119' });
    await follow();
    expect(await listed()).toMatchObject({ phone: '203-555-0119', place });
    await keep(2, { phone: '203-555-0119', place: { ...place, openings: 0 } });
    await follow();
    expect((await listed())?.place?.openings).toBe(0);
  });

  test.each([
    ['a town that is none', { town: 'Atlantis' }, 'place.town'],
    ['openings below none', { openings: -1 }, 'place.openings'],
    ['a day that is none', { openUntil: '2026-13-01' }, 'place.openUntil'],
  ])('with %s in its place is refused by its field, and nothing is stored', async (_, wrong, path) => {
    const place = { kind: 'hospital', town: 'Hartford', openings: 1, openUntil: '2026-11-30', ...wrong };
    expect(await keep(0, { place })).toMatchObject({ kind: 'invalid', problems: [{ path }] });
    expect((await desk.ledger.provider(id)).commits).toEqual([]);
  });

  test('that is retired gets no more referrals, and its history stays', async () => {
    await keep(0);
    await keep(1, { retired: true });
    await follow();
    expect(await listed()).toBeUndefined();
    const referralId = await desk.opened();
    const answer = await desk.command(
      referralId,
      'offer-linkage',
      { service: 'education', providerId: id },
      { as: 'caseworker' },
    );
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'no-such-provider' } });
    expect(await historyOf(desk.ledger, visitor('auditor'), id)).toMatchObject([
      { revision: 1, by: 'P-CARELINE-SUPERVISOR', events: [{ type: 'provider-listed' }] },
      { revision: 2, by: 'P-CARELINE-SUPERVISOR', events: [{ type: 'provider-retired' }] },
    ]);
  });

  test('of the former directory is changed from revision 0', async () => {
    const answer = await keepProvider(
      desk.parts(),
      visitor(supervisor),
      { service: 'legal', id: 'PV-2' },
      { ...house, contactId: 'PV-2.CONTACT', revision: 0 },
    );
    expect(answer.kind).toBe('done');
    await listProvider(desk, 'PV-2');
    expect(await desk.directory.provider('legal', 'PV-2')).toMatchObject({ name: house.name, revision: 1 });
    expect(await historyOf(desk.ledger, visitor(supervisor), 'PV-2')).toMatchObject([
      { events: [{ type: 'provider-changed' }] },
    ]);
  });

  test('has an intact chain, and an older row never replaces a newer one', async () => {
    await keep(0);
    await keep(1, { phone: '203-555-0119' });
    await follow();
    expect(verifyChain(providerChain(id), await desk.ledger.readAfresh(providerChain(id)))).toMatchObject({
      intact: true,
      length: 2,
    });
    const { state } = await desk.ledger.provider(id);
    if (state) {
      const older = { ...state, revision: 1, listing: { ...state.listing, phone: 'old' } };
      await desk.directory.putProvider(id, older);
    }
    expect((await listed())?.phone).toBe('203-555-0119');
  });
});

describe('a refused change of a provider', () => {
  test.each(roles.filter((role) => !listingKeepers.includes(role)))('is made by %s', async (role) => {
    expect((await keep(0, {}, role)).kind).toBe('forbidden');
  });

  test.each([
    [{ ageFrom: 18, ageTo: 12 }, 'ageTo'],
    [{ regions: [] }, 'regions'],
    [{ languages: ['xx'] }, 'languages[0]'],
    [{ languages: ['Aspen Example'] }, 'languages[0]'],
    [{ contactId: 'P-CASEWORKER' }, 'contactId'],
    [{ contactId: 'NO-ONE' }, 'contactId'],
  ])('with %j names the field', async (more, path) => {
    expect(await keep(0, more)).toMatchObject({ kind: 'invalid', problems: [{ path }] });
    expect((await desk.ledger.provider(id)).commits).toEqual([]);
  });

  test('is not told to a person who neither keeps nor audits the list', async () => {
    expect(await historyOf(desk.ledger, visitor('caseworker'), id)).toBeUndefined();
  });
});

describe('an unsuitable provider', () => {
  const of = (age: number | undefined) => referral(age === undefined ? {} : { age }).state;

  test.each([
    [{ ...house }, 15, []],
    [{ ...house, regions: ['1', '2'] }, 15, ['serves region 1, 2 and not region 4']],
    [{ ...house }, 18, ['serves ages 12 to 17']],
    [{ ...house, regions: ['1'] }, 11, ['serves region 1 and not region 4', 'serves ages 12 to 17']],
    [{ ...house }, undefined, []],
  ])('says why it does not fit the child: %#', (provider, age, reasons) => {
    expect(misfits(provider, of(age))).toEqual(reasons);
  });
});
