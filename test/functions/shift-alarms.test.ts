/** A time without a shift, from the sweep that finds it to the mails. And a file, up to the row of the directory. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendNotices, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import type { Shift } from '../../shared/domain/directory/shift.ts';
import { offices } from '../../shared/policy/places/geography.ts';
import { at, shift } from '../domain/directory/shift-builder.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';

import { arrive, deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let mails: Mail[];
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
});
afterEach(() => desk.stop());

/** Every covered role and office is on call for two days, except these roles. */
const covered = (...without: readonly string[]): readonly Shift[] =>
  [
    ...offices.map(({ id }) => shift('P-AREA-ONCALL', 0, 48, { scope: `office-${id}` })),
    shift('P-DIRECTOR-ONCALL', 0, 48, { role: 'director-oncall', scope: 'state' }),
    shift('P-CARELINE-SUPERVISOR', 0, 48, { role: 'careline-supervisor', scope: 'state' }),
  ].filter(({ role, scope }) => !without.includes(role) && !without.includes(scope));

const enter = (shifts: readonly Shift[]) =>
  desk.ledger.changeShifts(
    allShifts,
    { now: at(0), actor: { kind: 'person', id: 'P-K' }, cause: { kind: 'sweep' } },
    () => [{ type: 'shifts-imported', v: 1, shifts: [...shifts], replaced: [] }],
  );
const mailer = {
  async send(mail: Mail) {
    mails.push(mail);
    return `m-${mails.length}`;
  },
};
const tell = () => sendNotices(deskSendParts(desk, mailer), 'shift', 'SCHEDULE', desk.now);
/** The watchdog looks, and the mails go out. */
async function look(hours: number) {
  desk.at(at(hours));
  await sweep(sweepParts(desk));
  await tell();
  await arrive(desk, mails);
}
const told = () => mails.map(({ to }) => to).toSorted();
const [supervisor, manager] = [personOf('careline-supervisor').email, personOf('careline-manager').email];

describe('a time without a shift', () => {
  test('is told a day ahead and again four hours ahead, once each, however often the watchdog looks', async () => {
    await enter([...covered(), shift('P-DIRECTOR-ONCALL', 60, 400, { role: 'director-oncall', scope: 'state' })]);
    await enter(
      covered('director-oncall').map((each) => ({ ...each, id: `${each.id}-2`, from: each.to, to: at(400) })),
    );
    await look(23);
    expect(mails).toEqual([]);
    for (const hours of [24, 24.1, 30, 43]) await look(hours);
    expect(told()).toEqual([manager, supervisor].toSorted());
    expect(mails[0]?.text).toContain(
      'Director on call, statewide: no one is on shift from Fri, Nov 27, 8:00 AM until Fri, Nov 27, 8:00 PM.',
    );
    expect(mails[0]?.text).toContain('https://careline.example/on-call');
    for (const hours of [44, 44.1, 50, 59, 61]) await look(hours);
    expect(mails).toHaveLength(4);
    expect((await desk.ledger.shifts()).schedule.alarms).toEqual([]);
  });

  test('in several offices at once is one mail to the Careline', async () => {
    await enter(covered('director-oncall', 'careline-supervisor'));
    await look(30);
    expect(mails.filter(({ to }) => to === supervisor)).toHaveLength(1);
    const text = mails.find(({ to }) => to === supervisor)?.text ?? '';
    for (const { name } of offices) expect(text).toContain(`Area on call, ${name} office: no one`);
  });

  test('is told to the next person where the mail comes back', async () => {
    await enter(covered('director-oncall'));
    await enter([shift('P-DIRECTOR-ONCALL', 0, 40, { role: 'director-oncall', scope: 'state' })]);
    await look(20);
    const first = mails.find(({ to }) => to === supervisor);
    if (!first) throw new Error('The supervisor got no mail.');
    const alertId = 'SCHEDULE.SHIFTS.3.CARELINE-SUPERVISOR';
    expect(first.tags).toMatchObject({ referralId: 'SCHEDULE', alertId });
    await recordDelivery(desk.parts(), { ...first.tags, news: 'failed', because: 'bounce' }, desk.now);
    await sendToNext(deskSendParts(desk, mailer), alertId, desk.now);
    expect(mails.at(-1)?.to).toBe(personOf('careline-supervisor/2').email);
    await tell();
    expect(mails).toHaveLength(3);
  });
});

test('one notice in all says that the directory’s order is used, where a role never had a shift', async () => {
  for (const hours of [0, 1, 24, 48]) await look(hours);
  expect(told()).toEqual([manager]);
  expect(mails[0]?.text).toContain('Area on call: no shifts are entered. We call in directory order.');
  await enter(covered('careline-supervisor'));
  await look(49);
  expect((await desk.ledger.shifts()).schedule.alarms.some(({ fault }) => fault === 'none-entered')).toBe(true);
  expect(mails.filter(({ text }) => text.includes('no shifts are entered'))).toHaveLength(1);
});

test('a shift, and what becomes of it, is called at once', async () => {
  const [night, day] = [
    shift('P-AREA-ONCALL', 0, 12, { scope: 'office-HARTFORD', phone: '203-555-0177' }),
    shift('P-AREA-ONCALL.2', 12, 24, { scope: 'office-HARTFORD' }),
  ];
  await enter([night, day]);
  const first = async (hours: number) => (await desk.directory.onCall('area-oncall', 'office-HARTFORD', at(hours)))[0];
  expect(await first(1)).toMatchObject({
    personId: 'P-AREA-ONCALL',
    phone: '203-555-0177',
    by: 'shift',
    until: at(12),
  });
  const frame = { now: at(1), actor: { kind: 'person', id: 'P-K' }, cause: { kind: 'sweep' } } as const;
  await desk.ledger.changeShifts(allShifts, frame, () => [
    { type: 'shifts-swapped', v: 1, one: night.id, other: day.id },
  ]);
  await desk.ledger.changeShifts(allShifts, frame, () => [{ type: 'shift-removed', v: 1, id: day.id }]);
  expect(await first(1)).toMatchObject({ personId: 'P-AREA-ONCALL.2', phone: '203-555-0100', by: 'shift' });
  expect(await first(13)).toBeUndefined();
});
