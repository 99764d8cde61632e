/** A coordinator prepares a case review from the agenda, holds it, and a seat ends its task. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchAgenda } from '../../functions/sweep/watch-agenda.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, reportOf, team } from '../support/desk.ts';
import { byFunction } from '../support/ledger-lives.ts';
import { startConfirmed } from './confirmed.ts';
import { formFor, openConsole, plain, signedInAs, type Window } from './window.ts';

const minutes = 'CANARY-minutes';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);
const agenda = async (who: string) => plain((await (await as(who)).get(`/referrals/${id}/agenda`)).html);

test('before it is frozen it says when, and has what is due, services and questions', async () => {
  const page = await agenda('mdt-coordinator');
  expect(page).toContain('The agenda still changes. It is frozen within six hours.');
  expect(page).toContain('Convene the team');
  expect(page).toContain('Victim advocacy');
  expect(page).toContain('What is new in the investigation?');
  expect(page).toContain('Record the meeting of the team');
  expect(page).toContain('No exam or interview is booked.');
});

test('a member sees the questions of the own seat first', async () => {
  const page = await agenda('seat:medical');
  const [, own = '', others = ''] = page.split(/What your seat is asked|What the other seats are asked/);
  expect(own).toContain('Is any exam or follow-up still open?');
  expect(others).toContain('What is new in the investigation?');
  expect(others).not.toContain('Is any exam');
});

test.each(['auditor', 'administrator', 'seat:mental-health', 'contact:PV-1'])('is not for %s', async (who) => {
  const answer = await (await as(who)).get(`/referrals/${id}/agenda`);
  expect([302, 404]).toContain(answer.status);
});

test('the watchdog freezes it, and later changes are marked', async () => {
  await watchAgenda(desk.ledger, await desk.state(id), byFunction(desk, 'sweep', { kind: 'sweep' }));
  await desk.do(id, 'report-missing', {}, 'caseworker');
  const page = await agenda('mdt-coordinator');
  expect(page).toContain('The agenda was frozen');
  expect(page).toMatch(/Report the missing child to police, for NCIC [^D]*new/);
});

const reviews = async (who: string, query = '') => {
  const { status, html } = await (await as(who)).get(`/reviews${query}`);
  return { status, html, text: plain(html) };
};
/** The rows as the reader of the stream writes them. */
const settleBoard = async () => {
  const state = await desk.state(id);
  for (const row of boardRows(state, connecticut20261)) if (row.kind === 'review') await desk.board.put(row);
};

test('the list of the team has the coming review, and leads to its agenda', async () => {
  await settleBoard();
  const { html, text } = await reviews('mdt-coordinator');
  expect(text).toContain('Case reviews: Hartford MDT');
  expect(html).toContain(`href="/referrals/${id}/agenda"`);
  expect(text).toContain('Frozen');
});

test('a supervisor chooses a team first, and a member, an auditor and another team are refused', async () => {
  const { text } = await reviews('hart-director');
  expect(text).toContain('Choose a team');
  expect(text).not.toContain(id);
  expect((await reviews('hart-director', `?team=${team}`)).text).toContain(id);
  expect((await reviews('mdt-coordinator', '?team=MDT-DANBURY')).status).toBe(404);
  expect((await reviews('hart-director', '?team=MDT-NOWHERE')).status).toBe(404);
  for (const who of ['seat:medical', 'auditor']) expect((await reviews(who)).status).toBe(403);
});

test('the API gives the same list, to the same people', async () => {
  const ask = (who: string, team: string) => openApi(desk).ask(`/reviews?team=${team}`, { as: personOf(who).id });
  const { body } = await ask('mdt-chair', team);
  expect(body).toMatchObject({ reviews: [{ referralId: id, frozen: true, isOver: false }] });
  expect((await ask('mdt-chair', 'MDT-DANBURY')).status).toBe(403);
  expect((await ask('seat:medical', team)).status).toBe(403);
  expect((await ask('mdt-chair', 'nowhere')).status).toBe(400);
});

test('one form records attendance, decision, minutes and tasks', async () => {
  const coordinator = await as('mdt-coordinator');
  const form = plain(await formFor(coordinator, id, 'record-meeting'));
  for (const asked of ['What the team decided', 'Tasks agreed on', 'Do these tasks by', 'Minutes of the meeting'])
    expect(form).toContain(asked);
  desk.at('2026-11-12T16:00:00Z');
  await desk.do(
    id,
    'record-meeting',
    {
      attended: (await desk.state(id)).team.seats.map(({ discipline }) => discipline),
      reviewDecision: 'change-the-plan',
      meetingNotes: minutes,
      tasks: [{ task: 'contact-school', owner: 'medical', by: '2026-11-20' }],
    },
    'mdt-coordinator',
  );
  const page = await agenda('mdt-coordinator');
  expect(page).toContain('No meeting is set.');
  expect(page).toContain('Change the plan');
  expect(page).toContain(minutes);
  expect(page).toMatch(/Contact the school Medical Fri Nov 20, 2026 Open/);
  expect(JSON.stringify(await desk.ledger.accessRecords(id))).toContain('reviewMinutes');
});

test('the seat has the task among its next steps, and ends it', async () => {
  const before = await as('seat:medical');
  expect(plain((await before.get(`/referrals/${id}/tasks`)).html)).toContain('Do what the team agreed on');
  desk.at('2026-11-21T16:00:00Z');
  expect(await agenda('seat:medical')).toMatch(/Contact the school Medical .* Overdue/);
  const medical = await as('seat:medical');
  await medical.get(`/referrals/${id}/do/end-task`);
  const answer = await medical.post(`/referrals/${id}/do/end-task`, {
    key: 't1',
    task: 'contact-school',
    end: 'task-done',
  });
  expect(answer.status).toBe(303);
  expect(await agenda('seat:medical')).toContain('No agreed task is open.');
});

test('nothing of the minutes is in the ledger or on the board', async () => {
  for (const table of ['Ledger', 'Board', 'Waits', 'Cursors'] as const)
    expect(JSON.stringify(await desk.items(table)), table).not.toContain(minutes);
});

test('children of one report meet together, from the agenda of the second', async () => {
  const child = (name: string) => ({ name, danger: 'yes', residenceTown: 'Hartford', lastAssaultAt: 'none-known' });
  const answer = await desk.report({ ...reportOf(), children: [child('Ash Example'), child('Birch Example')] });
  if (answer.kind !== 'taken') throw new Error('It was not taken.');
  const [one = '', other = ''] = answer.referralIds;
  for (const each of [one, other]) {
    await desk.do(each, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(each, step);
  }
  await desk.do(one, 'schedule-meeting', { startsAt: '2026-12-03T15:00:00Z', place: 'virtual' }, 'mdt-coordinator');
  const coordinator = await as('mdt-coordinator');
  const page = async () => plain((await coordinator.get(`/referrals/${other}/agenda`)).html);
  expect(await page()).toContain(`${one} : meets at another time: Thu Dec 3, 2026, 10:00 AM EST`);
  const shared = await coordinator.post(`/referrals/${other}/do/share-meeting`, { key: 's1', of: one });
  expect(shared.status).toBe(303);
  expect(await page()).toContain('meets together with this child');
});
