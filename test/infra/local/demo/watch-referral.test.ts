import { expect, test } from 'vitest';
import type { PeopleView, ReferralView } from '../../../../infra/local/demo/api-client.ts';
import { createReferralWatch, watcher } from '../../../../infra/local/demo/watch-referral.ts';

const routing = { town: 'New Haven', region: 2, office: 'NEW-HAVEN', judicialDistrict: 'NEW-HAVEN', team: 'MDT-NH' };
const caseworker = { id: 'P-CASEWORKER', title: 'Caseworker', email: 'caseworker.new-haven@dcf.example' };
const seat = { discipline: 'medical', personId: 'P-MEDICAL', required: true };

/** The API of one referral that changes between two reads; notes each request. */
function staged() {
  const requests: string[] = [];
  let view = { seats: [], linkages: {} } as unknown as ReferralView;
  const read = createReferralWatch({
    referral: async (person) => {
      requests.push(`referral as ${person}`);
      return view;
    },
    people: async (person) => {
      requests.push(`people as ${person}`);
      return {
        roles: view.routing ? [{ role: 'caseworker', people: [caseworker] }] : [],
        seats: view.seats.map(({ discipline }) => ({ discipline })),
        providers: Object.values(view.linkages).map(({ service }) => ({ service })),
      } satisfies PeopleView;
    },
  });
  const readAgain = async () => {
    requests.length = 0;
    const { people } = await read('CR-1');
    return { people, requests: [...requests] };
  };
  const change = (part: Partial<ReferralView>) => {
    view = { ...view, ...part };
  };
  return { readAgain, change };
}

test('the player asks for the people again only after the referral names others', async () => {
  const { readAgain, change } = staged();
  await readAgain();
  expect((await readAgain()).requests).toEqual([`referral as ${watcher}`]);

  change({ seq: 7, seats: [seat] });
  const seated = await readAgain();
  expect(seated.people.seats).toEqual([{ discipline: 'medical' }]);
  expect(seated.requests).toContain(`people as ${watcher}`);

  change({ seats: [{ ...seat, answer: 'accepted' }] });
  expect((await readAgain()).requests).toEqual([`referral as ${watcher}`]);

  change({ linkages: { education: { service: 'education', status: 'offered', contactId: 'P-SCHOOL' } } });
  expect((await readAgain()).people.providers).toEqual([{ service: 'education' }]);
});

test('the player reads as the caseworker from the moment that the referral has a place', async () => {
  const { readAgain, change } = staged();
  await readAgain();
  change({ routing });
  expect((await readAgain()).requests).toEqual([
    `referral as ${watcher}`,
    `people as ${watcher}`,
    `referral as ${caseworker.email}`,
    `people as ${caseworker.email}`,
  ]);
  expect((await readAgain()).requests).toEqual([`referral as ${caseworker.email}`]);

  change({ seats: [seat] });
  expect((await readAgain()).requests).toEqual([`referral as ${caseworker.email}`, `people as ${caseworker.email}`]);
});
