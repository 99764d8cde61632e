/** Where a meeting and an interview are. The pages of the people who come say it, and no ledger, mail or calendar does. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import type { Desk } from '../support/desk.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { startConfirmed } from './confirmed.ts';
import { formIn, openConsole, signedInAs, type Window } from './window.ts';

const link = 'https://meet.example/CANARY-room';
const number = '203-555-0142';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);
const sectionOf = (html: string, heading: string) => html.split(`<h2>${heading}</h2>`)[1]?.split('</dl>')[0] ?? '';
const alertOf = async (kind: string) =>
  Object.values((await desk.state(id)).alerts).findLast((alert) => alert.kind === kind)?.id ?? '';

test('a meeting that moves starts at what was set, and its link is read by those who signed alone', async () => {
  const coordinator = await as('mdt-coordinator');
  const { html } = await coordinator.get(`/referrals/${id}/do/schedule-meeting`);
  const form = formIn(html, 'schedule-meeting');
  expect(form).toMatch(/name="startsAt"[^>]*value="2026-11-12T10:00"|value="2026-11-12T10:00"[^>]*name="startsAt"/);
  expect(form).not.toContain('name="place"');
  const missing = await coordinator.post(`/referrals/${id}/do/schedule-meeting`, {
    key: 'm1',
    startsAt: '2026-11-13T10:00',
  });
  expect(missing.status).toBe(400);
  expect(missing.html).toContain('href="#schedule-meeting-way"');
  const answer = await coordinator.post(`/referrals/${id}/do/schedule-meeting`, {
    key: 'm2',
    startsAt: '2026-11-13T10:00',
    minutes: '60',
    way: 'by-video',
    directions: `${link}, or dial ${number}`,
  });
  expect(answer.status).toBe(303);

  const member = await as('seat:medical');
  const read = sectionOf((await member.get(`/referrals/${id}/team`)).html, 'Next meeting');
  expect(read).toContain('By video');
  expect(read).toContain(`<a href="${link}">${link}</a>`);
  expect(read).toContain('href="tel:');
  expect(JSON.stringify(await desk.ledger.accessRecords(id))).toContain('meetingDirections');

  const moved = await alertOf('meeting-moved');
  expect(sectionOf((await member.get(`/alerts/${moved}`)).html, 'Next meeting')).toContain(link);
  const invited = await as('seat:mental-health');
  const before = sectionOf((await invited.get(`/alerts/${moved}`)).html, 'Next meeting');
  expect(before).toContain('Fri Nov 13, 2026, 10:00 AM');
  expect(before).toContain('Only people who signed the notice of confidentiality read it.');
  expect(before).not.toMatch(/CANARY|Asked to come/);
});

test('an interview is shown with its place to the team', async () => {
  const caseworker = await as('caseworker');
  await caseworker.get(`/referrals/${id}/do/settle-interview`);
  const answer = await caseworker.post(`/referrals/${id}/do/settle-interview`, {
    key: 'i1',
    answer: 'scheduled',
    scheduledFor: '2026-11-16T09:00',
    way: 'in-person',
    directions: 'CANARY center, second floor',
  });
  expect(answer.status).toBe(303);
  const shown = sectionOf((await (await as('seat:medical')).get(`/referrals/${id}/team`)).html, 'Forensic interview');
  expect(shown).toContain('Mon Nov 16, 2026, 9:00 AM');
  expect(shown).toContain('In person');
  expect(shown).toContain('CANARY center, second floor');
});

test('no commit, mail or calendar has the words', async () => {
  const mails: unknown[] = [];
  const mailer = {
    send: async (mail: unknown) => {
      mails.push(mail);
      return `mail ${mails.length}`;
    },
  };
  await sendAlerts(deskSendParts(desk, mailer), id, desk.now);
  expect(JSON.stringify(mails)).toContain('by video');
  const commits = await desk.ledger.readAfresh(`referral#${id}`);
  for (const kept of [JSON.stringify(mails), JSON.stringify(commits)]) {
    expect(kept).not.toContain('CANARY');
    expect(kept).not.toContain(number);
  }
});

test('a link or an address that is lost is told as such, on the page and above the form that replaces it', async () => {
  const {
    team: { meeting },
    response: { interview },
  } = await desk.state(id);
  for (const text of [meeting?.directions, interview?.directions])
    await desk.client.send(
      new DeleteItemCommand({ TableName: 'Identities', Key: { pk: { S: `text#${id}#${text}` } } }),
    );
  const member = await as('seat:medical');
  const { html } = await member.get(`/referrals/${id}/team`);
  for (const heading of ['Next meeting', 'Forensic interview'])
    expect(sectionOf(html, heading)).toContain('This cannot be read. Tell an administrator.');
  expect(html).not.toContain('Only people who signed');
  for (const [who, act] of [
    ['mdt-coordinator', 'schedule-meeting'],
    ['caseworker', 'settle-interview'],
  ] as const)
    expect((await (await as(who)).get(`/referrals/${id}/do/${act}`)).html).toContain(
      'What was written before cannot be read',
    );
});
