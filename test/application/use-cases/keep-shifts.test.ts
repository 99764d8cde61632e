/** On-call shifts at the API: who may keep and read them, what a file stores, and the record of changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../../support/api-client.ts';
import { type Desk, startDesk } from '../../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
const [supervisor, worker, office] = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-WORKER', 'P-AREA-SUPERVISOR.DANBURY'];
const now = '2026-11-09T15:00:00.000Z';

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
  const own = { name: 'Invented', email: 'office@dcf.example', phone: '203-555-0100', title: 'Area supervisor' };
  await desk.enter([
    {
      pk: `person#${office}`,
      sk: 'profile',
      sub: 'sub-office',
      ...own,
      roles: [{ role: 'area-supervisor', scope: 'office-DANBURY' }],
    },
  ]);
});
afterAll(() => desk.stop());

const header = 'role,office,person,from,to,phone,order';
const night = 'area-oncall,Hartford,P-AREA-ONCALL,2026-11-09 20:00,2026-11-10 08:00,203-555-0177,1';
const day = 'area-oncall,Hartford,p-area-oncall.2@dcf.example,2026-11-10 08:00,2026-11-10 20:00,,1';
const post = (name: string, body: object, as = supervisor, key?: string) =>
  api.ask(`/shifts/${name}`, { as, body, ...(key !== undefined && { headers: { 'Idempotency-Key': key } }) });
const importing = (lines: readonly string[], as?: string, key?: string) =>
  post('import', { csv: [header, ...lines].join('\r\n') }, as, key);
const entered = async () => (await desk.ledger.shifts()).schedule.shifts.filter(({ removed }) => removed !== true);
const commits = async () => (await desk.ledger.shifts()).commits.length;

describe('a file', () => {
  test('with a wrong line stores no line, and names the line, the field and the problem', async () => {
    const answer = await importing([night, day.replace('Hartford', 'Atlantis').replace('20:00', '07:00')]);
    expect(answer.status).toBe(400);
    expect(answer.body.problems).toEqual([
      { path: 'lines[3].office', sentence: expect.stringMatching(/^No office has this name/) },
      { path: 'lines[3].to', sentence: 'The shift ends before it begins.' },
    ]);
    expect(answer.text).not.toContain('Atlantis');
    expect(await commits()).toBe(0);
  });

  test.each([
    ['no file', {}],
    ['an empty one', { csv: '' }],
    ['a header alone', { csv: header }],
    ['control characters', { csv: `${header}\n${night}\u0007` }],
    ['an unknown field', { csv: header, office: 'HARTFORD' }],
  ])('that is %s is refused with a sentence', async (_, body) => {
    const answer = await post('import', body);
    expect(answer.status).toBe(400);
    expect((answer.body.problems as readonly unknown[]).length).toBeGreaterThan(0);
  });

  test('is stored by one commit, and adds none when sent again', async () => {
    const answer = await importing([night, day], supervisor, 'key one');
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ imported: 2, shifts: 2 });
    expect(await entered()).toMatchObject([
      { id: 'SH-1-1', role: 'area-oncall', scope: 'office-HARTFORD', personId: 'P-AREA-ONCALL', phone: '203-555-0177' },
      { id: 'SH-1-2', personId: 'P-AREA-ONCALL.2', from: '2026-11-10T13:00:00.000Z', to: '2026-11-11T01:00:00.000Z' },
    ]);
    await importing([night, day], supervisor, 'key one');
    await importing([night, day], supervisor, 'key two');
    expect(await commits()).toBe(1);
    expect((await importing([night], supervisor, 'key one')).status).toBe(422);
    expect(await commits()).toBe(1);
  });

  test('is only for keepers of shifts, and for an office only from its own supervisor', async () => {
    for (const as of [worker, 'P-CASEWORKER', 'P-AUDITOR', 'P-MDT-COORDINATOR', 'PV-1.CONTACT']) {
      expect((await importing([night], as)).status).toBe(403);
    }
    const foreign = await importing([night], office);
    expect(foreign.body.problems).toEqual([
      { path: 'lines[2].office', sentence: 'You do not keep the shifts of this office.' },
    ]);
    expect((await post('swap', { shiftId: 'SH-1-1', withId: 'SH-1-2' }, office)).status).toBe(403);
    expect((await post('hand-over', { shiftId: 'SH-1-1', person: 'P-AREA-ONCALL.2' }, office)).status).toBe(403);
    expect((await post('remove', { shiftId: 'SH-1-1' }, office)).status).toBe(403);
    const own = await importing([night.replace('Hartford', 'Danbury')], office);
    expect(own.status, own.text).toBe(200);
  });
});

test('two people swap shifts in one act, and a refusal names the reason', async () => {
  const answer = await post('swap', { shiftId: 'SH-1-1', withId: 'SH-1-2' });
  expect(answer.status, answer.text).toBe(200);
  expect((await entered()).slice(0, 2).map(({ personId, phone }) => [personId, phone])).toEqual([
    ['P-AREA-ONCALL.2', undefined],
    ['P-AREA-ONCALL', '203-555-0177'],
  ]);
  expect((await post('swap', { shiftId: 'SH-1-1', withId: 'SH-9-9' })).status).toBe(404);
  const same = await post('swap', { shiftId: 'SH-1-1', withId: 'SH-1-1' });
  expect([same.status, same.body.code]).toEqual([409, 'same-person']);
});

test('a shift is handed over with the number of the new person', async () => {
  const wrong = await post('hand-over', { shiftId: 'SH-1-1', person: 'P-AREA-ONCALL', phone: 'ask' });
  expect(wrong.body.problems).toEqual([
    { path: 'phone', sentence: 'This is no telephone number. Write it as 203-555-0100.' },
  ]);
  const unknown = await post('hand-over', { shiftId: 'SH-1-1', person: 'unknown@dcf.example' });
  expect([unknown.status, unknown.body.code]).toEqual([409, 'no-such-person']);
  const lacking = await post('hand-over', { shiftId: 'SH-1-1', person: worker });
  expect([lacking.status, lacking.body.code]).toEqual([409, 'lacks-role']);
  const done = await post('hand-over', { shiftId: 'SH-1-1', person: 'p-area-oncall', phone: '203-555-0199' });
  expect(done.status, done.text).toBe(200);
  expect((await entered())[0]).toMatchObject({ personId: 'P-AREA-ONCALL', phone: '203-555-0199' });
});

describe('the person on call', () => {
  const view = async (as: string, query = '') => api.ask(`/on-call${query}`, { as });

  test('is shown to all staff and auditors, with the number and the reason for the choice', async () => {
    desk.at('2026-11-10T02:00:00.000Z');
    for (const as of [worker, 'P-LEGAL', 'P-AUDITOR', 'P-ADMINISTRATOR']) expect((await view(as)).status).toBe(200);
    for (const as of ['PV-1.CONTACT', 'P-MDT-CHAIR', 'P-SEAT-MEDICAL']) expect((await view(as)).status).toBe(403);
    const { places } = (await view(worker)).body as {
      places: readonly { role: string; scope: string; now: readonly object[]; shifts: readonly object[] }[];
    };
    const of = (role: string, scope: string) => places.find((each) => each.role === role && each.scope === scope);
    expect(of('area-oncall', 'office-HARTFORD')).toMatchObject({
      now: [
        { personId: 'P-AREA-ONCALL', phone: '203-555-0199', by: 'shift', says: 'on call until Tue, Nov 10, 8:00 AM' },
      ],
      shifts: [
        { id: 'SH-1-1', onDuty: true },
        { id: 'SH-1-2', onDuty: false },
      ],
    });
    expect(of('careline-supervisor', 'state')).toMatchObject({
      now: [
        { personId: supervisor, by: 'directory', says: 'no shift entered: first in the directory' },
        { personId: `${supervisor}.2`, by: 'directory', says: 'next in the directory' },
      ],
      shifts: [],
    });
    desk.at(now);
  });

  test("is shown with the faults of the next day's shifts", async () => {
    const { faults } = (await view(worker)).body as { faults: readonly { says: string; scope: string }[] };
    expect(faults).toContainEqual({
      role: 'careline-supervisor',
      scope: 'state',
      says: 'No shift was ever entered. The order in the directory is used.',
    });
    expect(faults.find(({ scope }) => scope === 'office-BRIDGEPORT')?.says).toBe('No one is on shift from now on.');
  });

  test.each(['0', '337', 'a'])('is refused for %s hours', async (hours) => {
    expect((await view(worker, `?hours=${hours}`)).status).toBe(400);
  });
});

test('the keepers of shifts and the auditors read who entered, swapped and handed over, and when', async () => {
  expect((await api.ask('/shifts/history', { as: worker })).status).toBe(403);
  const { changes } = (await api.ask('/shifts/history', { as: 'P-AUDITOR' })).body as {
    changes: readonly { by: string; at: string; events: readonly { type: string }[] }[];
  };
  expect(changes.map(({ by, at, events }) => [by, at, events[0]?.type])).toEqual([
    [supervisor, now, 'shift-handed-over'],
    [supervisor, now, 'shifts-swapped'],
    [office, now, 'shifts-imported'],
    [supervisor, now, 'shifts-imported'],
  ]);
  expect((await post('remove', { shiftId: 'SH-1-2' })).status).toBe(200);
  expect((await post('remove', { shiftId: 'SH-1-2' })).status).toBe(404);
  expect((await entered()).map(({ id }) => id)).not.toContain('SH-1-2');
});
