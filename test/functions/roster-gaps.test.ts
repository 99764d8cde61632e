/** A gap in a roster, from the sweep that finds it to the people who are told. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendNotices } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { teamWords } from '../../shared/alerts/compose/wording.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { teamGaps } from '../../shared/application/read/team-gaps.ts';
import { type Desk, personOf, startDesk, team, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { arrive, deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let mails: Mail[];
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
});
afterEach(() => desk.stop());

const person = (as: string, more: object) => {
  const { id } = personOf(as);
  return { pk: `person#${id}`, sk: 'profile', sub: `sub-${id}`, ...personOf(as), ...more };
};
const parts = () => sweepParts(desk);
/** As many sweeps as it takes until each team was looked at. */
async function sweepAll() {
  for (const _ of connecticutPolicy.geography.teams) {
    desk.at(new Date(Date.parse(desk.now) + 60 * 60_000).toISOString());
    await sweep(parts());
  }
}
const mailer = {
  async send(mail: Mail) {
    if (mail.to === '') return undefined;
    mails.push(mail);
    return `m-${mails.length}`;
  },
};
async function tell() {
  await sendNotices(deskSendParts(desk, mailer), 'roster', team, desk.now);
  await arrive(desk, mails);
}
const gapsOfTeam = async () => (await desk.ledger.roster(team)).map(({ discipline, gap }) => `${discipline} ${gap}`);

describe('a gap in a roster', () => {
  test('does not exist while every required seat is held twice', async () => {
    await sweepAll();
    expect(await gapsOfTeam()).toEqual([]);
    await tell();
    expect(mails).toEqual([]);
  });

  test('is a holder whose access an administrator ended', async () => {
    const frame = { actor: { kind: 'person', id: 'P-ADMINISTRATOR' }, cause: { kind: 'delivery' } } as const;
    await desk.ledger.changeShifts('SCHEDULE', { now: desk.now, ...frame }, () => [
      { type: 'access-ended', v: 1, personId: personOf('seat:medical').id, reason: 'left-work' },
    ]);
    await sweepAll();
    expect(await gapsOfTeam()).toEqual(['medical unknown-person']);
    await tell();
    expect(mails.map(({ text }) => text).join()).toContain('or their access has ended');
  });

  test('is told to the coordinator and an administrator once, and again if it is filled and comes back', async () => {
    await desk.enter([person('seat:medical/2', { email: '' })]);
    await sweepAll();
    expect(await gapsOfTeam()).toEqual(['medical no-email']);
    await tell();
    await sweepAll();
    await tell();
    expect(mails.map(({ to }) => to)).toEqual([personOf('mdt-coordinator').email, personOf('administrator').email]);
    expect(mails[0]?.subject).toBe(`Fill the seats of the ${teamWords(team)} team`);
    expect(mails[0]?.text).toContain('The medical seat: its holder or deputy has no e-mail address.');
    expect(mails[0]?.text).toContain('https://careline.example/teams');

    await desk.enter([person('seat:medical/2', {})]);
    await sweepAll();
    expect(await gapsOfTeam()).toEqual([]);
    await desk.enter([person('seat:medical/2', { email: '' })]);
    await sweepAll();
    await tell();
    expect(mails).toHaveLength(4);
  });

  test('is told to the next in order where the first is away or cannot get mail', async () => {
    await desk.enter([
      person('seat:medical/2', { email: '' }),
      person('mdt-coordinator', { absentUntil: '2027-01-01T00:00:00Z' }),
      person('administrator', { email: '' }),
    ]);
    await sweepAll();
    await tell();
    expect(mails.map(({ to }) => to)).toEqual([personOf('mdt-coordinator/2').email, personOf('administrator/2').email]);
  });

  test('is seen by administrators and leaders of the team, and by no one else', async () => {
    await desk.enter([person('seat:medical/2', { email: '' })]);
    await sweepAll();
    const seen = async (as: string) => (await teamGaps(desk.ledger, connecticutPolicy, visitor(as)))?.gaps;
    const own = (await seen('mdt-chair')) ?? [];
    expect(own).toMatchObject([{ team, discipline: 'medical', gap: 'no-email', told: [] }]);
    // The desk's directory has one team, so all seats of every other team are vacant.
    expect((await seen('administrator'))?.length).toBeGreaterThan(own.length);
    for (const as of ['caseworker', 'seat:medical', 'contact:PV-1']) expect(await seen(as)).toBeUndefined();
  });
});

test('an open referral gets a newly named member with the next sweep, and the member is asked', async () => {
  const id = await desk.opened();
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
  for (const as of ['seat:medical', 'seat:medical/2'])
    await desk.do(id, 'sign-confidentiality', { conflict: 'yes' }, as);
  expect((await desk.state(id)).team.vacant).toEqual(['medical']);
  await desk.enter([
    { pk: `team#${team}`, sk: 'seat#medical#1', discipline: 'medical', personId: personOf('hart-lead/2').id, order: 1 },
  ]);
  const { seq } = await desk.state(id);
  await desk.followedTo(id, seq);
  await sweep(parts());
  const state = await desk.state(id);
  expect(state.team.vacant).toEqual([]);
  expect(state.team.seats.find(({ discipline }) => discipline === 'medical')?.personId).toBe(
    personOf('hart-lead/2').id,
  );
  expect(Object.values(state.alerts).at(-1)).toMatchObject({ kind: 'mdt-invited', to: ['seat:medical'] });
});
