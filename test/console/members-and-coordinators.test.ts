/** What made a member and a coordinator hesitate. It is which button answers, what to sign, when to meet, and what to do first. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import type { Desk } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { startConfirmed } from './confirmed.ts';
import { formIn, hidden, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  await putOnBoard();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
}, 60_000);
afterAll(() => desk.stop());

const putOnBoard = async () => {
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
};

const as = (who: string) => signedInAs(careline, who);
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
const invitation = async () =>
  Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'mdt-invited')?.id ?? '';

test('an invitation is answered by accepting or declining, and by nothing that looks like it', async () => {
  const { html } = await (await as('seat:mental-health')).get(`/alerts/${await invitation()}`);
  expect(html).toContain('Accept the seat: mental health');
  expect(html).not.toContain('name="alertId"');
});

test('the form of the signature shows the notice that it signs', async () => {
  const { html } = await (await as('seat:mental-health')).get(`/referrals/${id}/do/sign-confidentiality`);
  expect(textOf(html)).toContain('What you learn of this referral stays within its team');
  expect(formIn(html, 'sign-confidentiality')).not.toBe('');
  expect(textOf(html)).not.toContain('With this you settle');
});

test('a no without a reason leads to the field of the reason, and what was chosen stays', async () => {
  const browser = await as('seat:mental-health');
  await browser.get(`/referrals/${id}/do/answer-seat`);
  const answer = await browser.post(`/referrals/${id}/do/answer-seat`, {
    key: 'no-1',
    discipline: 'mental-health',
    answer: 'declined',
  });
  expect(answer.status).toBe(409);
  const summary = answer.html.split('role="alert"')[1]?.split('</ul>')[0] ?? '';
  expect(summary).toContain('href="#answer-seat-reasonCode"');
  expect(textOf(summary)).toContain('Say why the seat is declined.');
  expect(textOf(answer.html)).not.toMatch(/reasonCode|on-leave/);
  expect(formIn(answer.html, 'answer-seat')).toMatch(/value="declined"[^>]*checked|checked[^>]*value="declined"/);
});

test('a member reads on the first page when the team meets, and may propose another time', async () => {
  const member = await as('seat:medical');
  const { html } = await member.get(`/referrals/${id}`);
  const meeting = html.split('id="own-meeting"')[1]?.split('</section>')[0] ?? '';
  expect(textOf(meeting)).toContain('Join the team meeting');
  expect(meeting).toContain(`/referrals/${id}/do/answer-seat`);
  expect(meeting).toContain(`href="/referrals/${id}/team"`);
});

test('members read that they join what the leaders of the team convene', async () => {
  const member = textOf((await (await as('seat:medical')).get('/')).html);
  expect(member).toContain('Join the team meeting');
  expect(member).not.toContain('Convene the team');
  const coordinator = textOf((await (await as('mdt-coordinator')).get('/')).html);
  expect(coordinator).toContain('Convene the team');
});

test('a coordinator reads how many have not answered, at home and on the page of the team', async () => {
  const coordinator = await as('mdt-coordinator');
  for (const path of ['/', `/referrals/${id}/team`]) {
    expect(textOf((await coordinator.get(path)).html)).toContain('6 of 7 members have not answered.');
  }
});

test('the form of a meeting folds the services without a need, and unfolds one that was chosen', async () => {
  const coordinator = await as('mdt-coordinator');
  const path = `/referrals/${id}/do/record-meeting`;
  const folds = (html: string) => formIn(html, 'record-meeting').match(/<details[^>]*>/g) ?? [];
  const { html } = await coordinator.get(`${path}?part=services`);
  expect(folds(html)).toEqual(['<details class="fold">', '<details class="fold">']);
  expect(html.split('<details class="fold">')[0]).toContain('Victim advocacy');
  const chosen = { key: 'meet-1', attended: 'medical', 'linkages.prevention': 'caseworker' };
  const answer = await coordinator.post(path, { ...chosen, action: 'part-services' });
  expect(folds(answer.html)).toContain('<details class="fold" open="">');
});

test('a provider reads the offer first, and is asked when it accepted', async () => {
  const provider = await as('contact:PV-1');
  const home = textOf((await provider.get('/')).html);
  expect(home).toContain('Answer the referral to you: victim advocacy');
  // One line for one offer: the duty that follows stands in it.
  expect(home).toMatch(/Answer the referral to you: victim advocacy Then: Attempt the advocate's contact/);
  expect(home.split(id).length - 1).toBe(1);
  const { html } = await provider.get(`/referrals/${id}/do/accept-linkage`);
  expect(textOf(formIn(html, 'accept-linkage'))).toContain('When you accepted');
});

test('a provider that accepts is asked once for the first day, and staff read it', async () => {
  const provider = await as('contact:PV-1');
  const path = `/referrals/${id}/do/accept-linkage`;
  const { html } = await provider.get(path);
  expect(textOf(formIn(html, 'accept-linkage'))).toContain('First day the service can start');
  const sent = (startsOn: string) =>
    provider.post(path, { key: `start ${startsOn}`, service: 'victim-advocacy', startsOn });
  const wrong = await sent('2026-11-10');
  expect(wrong.status).toBe(409);
  expect(wrong.html.split('role="alert"')[1]).toContain('href="#accept-linkage-startsOn"');
  const { location } = await sent('2026-11-16');
  expect(textOf((await provider.get(location)).html)).toContain(
    'You accepted the referral: victim advocacy. It can start on Mon Nov 16, 2026.',
  );
  // The other tab says that it is accepted, and offers to accept nothing else in its place.
  const again = await provider.post(path, {
    key: 'tab',
    seq: hidden(html, 'seq'),
    service: 'victim-advocacy',
    startsOn: '2026-11-16',
  });
  expect(textOf(again.html)).toContain('This was recorded already, at ');
  expect(formIn(again.html, 'accept-linkage')).toBe('');
  const caseworker = await as('caseworker');
  const services = textOf((await caseworker.get(`/referrals/${id}/services`)).html);
  expect(services).toContain('Victim advocacy Accepted, can start on Mon Nov 16, 2026');
});

test('a coordinator sets the time first, where no meeting is ahead', async () => {
  const coordinator = await as('mdt-coordinator');
  const steps = async () =>
    textOf(
      (await coordinator.get(`/referrals/${id}`)).html.split('aria-labelledby="asked"')[1]?.split('</section>')[0] ??
        '',
    );
  expect(await steps()).not.toContain('Set the time of the team meeting');
  await desk.do(id, 'cancel-meeting', { because: 'no-quorum' }, 'mdt-coordinator');
  expect(await steps()).toContain('Set the time of the team meeting');
  const member = await as('seat:medical');
  expect((await member.get(`/referrals/${id}`)).html).not.toContain('own-meeting');
});

test('a person who proposed something reads at home that it waits for another', async () => {
  await desk.do(id, 'assess-danger', { danger: 'no', reason: 'Seen safe at home.' }, 'careline-supervisor');
  await putOnBoard();
  const words = 'Approve or decline the lower danger level';
  for (const path of ['/', '/deadlines']) {
    expect(textOf((await (await as('careline-supervisor')).get(path)).html)).toContain(
      `Waits for a second person: ${words}`,
    );
    const other = textOf((await (await as('careline-supervisor/2')).get(path)).html);
    expect(other).toContain(words);
    expect(other).not.toContain('Waits for a second person');
  }
});
