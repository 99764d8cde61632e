/** The reason of what stands is on Overview, with its person and its time, until it stands no more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

async function reasonsFor(who: string, id: string): Promise<string> {
  const { html } = await (await signedInAs(careline, who)).get(`/referrals/${id}`);
  const [, fold = ''] = /<summary>Reasons for what stands now<\/summary>(.*?)<\/details>/s.exec(html) ?? [];
  return fold.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

test('the reason of lowered danger stands on Overview once a second person agreed, with the person who gave it', async () => {
  const id = await desk.opened({ danger: 'yes' });
  await desk.do(id, 'assess-danger', { danger: 'no', reason: 'Seen safe with her aunt.' }, 'caseworker');
  expect(await reasonsFor('caseworker', id)).toBe('');
  await desk.do(id, 'agree-lowering', {}, 'area-supervisor');
  expect(await reasonsFor('area-supervisor', id)).toMatch(/AM, Invented P-CASEWORKER.*Seen safe with her aunt\./);
  await desk.do(id, 'assess-danger', { danger: 'yes' }, 'caseworker');
  expect(await reasonsFor('caseworker', id)).toBe('');
});

test('the reason of a pause stands on Overview until the pause is lifted', async () => {
  const id = await desk.opened({ danger: 'no' });
  const until = new Date(Date.parse(desk.now) + 86_400_000).toISOString();
  const pause = { agencyId: 'PD-1', personReached: 'Sergeant Example', until, reason: 'A search is under way.' };
  await desk.do(id, 'pause-outreach', pause, 'caseworker');
  expect(await reasonsFor('caseworker', id)).toMatch(
    /Invented P-CASEWORKER.*Sergeant Example.*A search is under way\./,
  );
  // A provider reads no reason.
  expect(await reasonsFor('contact:PV-1', id)).toBe('');
  await desk.do(id, 'lift-outreach-pause', { reason: 'The search of the police ended.' }, 'caseworker');
  expect(await reasonsFor('caseworker', id)).toBe('');
});
