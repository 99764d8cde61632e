/** An advocate finds a bed for tonight without a name, and records the warm handoff. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listProvider } from '../../functions/react/list-provider.ts';
import { keepProvider } from '../../shared/application/use-cases/keep-providers.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { type Desk, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, openedBy, plain, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:victim-advocate');
  const listing = {
    name: 'Juniper House (invented)',
    regions: ['4'],
    ageFrom: 12,
    ageTo: 17,
    languages: ['english', 'spanish'],
    phone: '203-555-0155',
    contactId: 'PV-1.CONTACT',
    revision: 0,
    place: { kind: 'other-place', town: 'Hartford', openings: 1, openUntil: '2026-12-31' },
  };
  const key = { service: 'safe-placement', id: 'PR-JUNIPER' } as const;
  expect((await keepProvider(desk.parts(), visitor('careline-supervisor'), key, listing)).kind).toBe('done');
  await listProvider(desk, 'PR-JUNIPER');
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => openedBy(careline, who, id);
const act = (browser: Browser, name: string, key: string, input: object) =>
  browser.post(`/referrals/${id}/do/${name}`, { key, ...input });
const numberOf = async () => (await desk.state(id)).needs?.places.at(-1)?.ask ?? '';

test('an advocate notes that the child needs a bed, and it is a task', async () => {
  const advocate = await as('seat:victim-advocate');
  const answer = await act(advocate, 'ask-need', 'n1', { practicalNeed: 'bed', neededBy: '2026-11-11T21:00' });
  expect(answer.status).toBe(303);
  const tasks = plain((await advocate.get(`/referrals/${id}/tasks`)).html);
  expect(tasks).toContain('Meet a need of the child: bed');
  expect(tasks).toContain('Ask a provider for a place');
});

test('it stands among the next steps of the advocate, on home and in their list, with its time', async () => {
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
  const advocate = await as('seat:victim-advocate');
  for (const path of ['/', '/deadlines']) {
    const { html } = await advocate.get(path);
    expect(plain(html)).toContain('Meet a need of the child: bed');
    expect(html).toContain(`/referrals/${id}/tasks`);
    expect(plain(html)).not.toContain('Nothing waits for you.');
  }
  const prosecutor = await as('seat:states-attorney');
  expect(plain((await prosecutor.get('/deadlines')).html)).not.toContain('Meet a need');
});

test('a member who has not signed the notice yet reads of no need', async () => {
  const need = { practicalNeed: 'ride', neededBy: '2026-11-12T15:00:00Z', owner: 'mental-health' };
  await desk.do(id, 'ask-need', need, 'caseworker');
  const invited = await as('seat:mental-health');
  const text = plain((await invited.get(`/referrals/${id}`)).html);
  expect([text.includes('Accept or decline'), text.includes('Meet a need')]).toEqual([true, false]);
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:mental-health');
  expect(plain((await invited.get(`/referrals/${id}/tasks`)).html)).toContain('Meet a need');
});

test('the form puts the house with a bed first, and says to name no child', async () => {
  const advocate = await as('seat:victim-advocate');
  const { html } = await advocate.get(`/referrals/${id}/do/ask-place`);
  expect(plain(html)).toContain('Never say who the child is');
  const form = plain(formIn(html, 'ask-place'));
  const house = form.indexOf('Juniper House');
  expect(house).toBeGreaterThan(0);
  expect(form.slice(house, house + 120)).toMatch(/203-555-0155.*1 open until/);
  expect(form.slice(house, house + 120)).not.toContain('protocol');
  expect(house).toBeLessThan(form.indexOf('House of safe-placement'));
});

test('the question has a number of its own, by which no search finds the referral', async () => {
  const advocate = await as('seat:victim-advocate');
  const input = { providerId: 'safe-placement PR-JUNIPER', placeFrom: '2026-11-11', bedNeeds: 'speaks-the-language' };
  const answer = await act(advocate, 'ask-place', 'p1', input);
  expect(answer.status).toBe(303);
  const ask = await numberOf();
  expect(ask).toMatch(/^PQ-[0-9A-Z]{5}-[0-9A-Z]{6}$/);
  expect(ask).not.toContain(id.slice(3));
  const page = plain((await advocate.get(`/referrals/${id}/services`)).html);
  expect(page).toMatch(/Juniper House \(invented\) age.*speaks the language of the child no answer yet/);
  expect((await (await as('careline-supervisor')).get(`/find?q=${ask}`)).html).not.toContain(id);
  // The contact of the house learns nothing before a referral.
  const contact = await signedInAs(careline, 'contact:PV-2');
  expect((await contact.get(`/referrals/${id}`)).status).toBe(404);
});

test('a yes leads the department to the referral, and no mail tells of the question', async () => {
  const advocate = await as('seat:victim-advocate');
  const answer = await act(advocate, 'answer-place', 'p2', { ask: await numberOf(), placeAnswer: 'can-take' });
  expect(answer.status).toBe(303);
  const caseworker = await as('caseworker');
  const { html } = await caseworker.get(`/referrals/${id}/tasks`);
  expect(plain(html)).toContain('Refer the child to the provider');
  expect(JSON.stringify((await desk.state(id)).alerts)).not.toContain('PQ-');
});

test('the form of the referral opens with the provider that said yes', async () => {
  const caseworker = await as('caseworker');
  const { html } = await caseworker.get(`/referrals/${id}/tasks`);
  const links = [...html.matchAll(/href="([^"]*\/do\/offer-linkage[^"]*)"[^>]*>([^<]*)/g)];
  const [, path] = links.find(([, href]) => href?.includes('of=safe-placement')) ?? [];
  const chosenAt = async (at: string) => {
    const form = formIn((await caseworker.get(at.replaceAll('&amp;', '&'))).html, 'offer-linkage');
    return [...form.matchAll(/value="([^"]*)"[^>]* (?:checked|selected)=/g)].map(([, value]) => value);
  };
  expect(path).toContain('of=safe-placement');
  expect(await chosenAt(path ?? '')).toEqual(['safe-placement PR-JUNIPER']);
  // The form of a service that no one asked for a place has no provider chosen.
  for (const { id: dutyId, subject } of Object.values((await desk.state(id)).deadlines)) {
    if (subject === undefined || subject === 'safe-placement') continue;
    const chosen = await chosenAt(`/referrals/${id}/do/offer-linkage?for=${dutyId}`);
    expect([subject, chosen.filter((each) => each?.includes('JUNIPER'))]).toEqual([subject, []]);
  }
});

test('after the provider accepted, the advocate introduces the child and records it', async () => {
  await desk.do(id, 'offer-linkage', { service: 'safe-placement', providerId: 'PR-JUNIPER' }, 'caseworker');
  await desk.do(id, 'accept-linkage', { service: 'safe-placement' }, 'contact:PV-1');
  const advocate = await as('seat:victim-advocate');
  expect(plain((await advocate.get(`/referrals/${id}/tasks`)).html)).toContain(
    'Introduce the child to the new person: safe placement',
  );
  const handoff = { service: 'safe-placement', handedBy: 'victim-advocate', handoffWay: 'met-in-person' };
  expect((await act(advocate, 'record-handoff', 'h1', handoff)).status).toBe(303);
  const tasks = plain((await advocate.get(`/referrals/${id}/tasks`)).html);
  expect(tasks).not.toContain('Introduce the child to the new person: safe placement');
  const met = 'Safe placement Victim advocate Juniper House (invented) The child met the person';
  expect(plain((await advocate.get(`/referrals/${id}/services`)).html)).toContain(met);
  const contact = await signedInAs(careline, 'contact:PV-1');
  expect(plain((await contact.get(`/referrals/${id}`)).html)).toContain(met);
});

test('an auditor reads neither needs nor places', async () => {
  const { html } = await (await as('auditor')).get(`/referrals/${id}/audit`);
  expect(html).not.toMatch(/PQ-|Juniper|speaks the language|the child met/i);
});
