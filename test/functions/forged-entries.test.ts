/** What a person with the table of the directory writes, copies, puts back or deletes. None of it counts, and each is told. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listDelegations } from '../../functions/react/list-delegations.ts';
import { listProvider } from '../../functions/react/list-provider.ts';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { nothingSeen } from '../../functions/sweep/watch-entries.ts';
import { DependencyUnavailable } from '../../shared/contracts/faults.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { digestOf, entryCodesInProcess, type Item } from '../../shared/store/entries.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, reportOf, startDesk, team } from '../support/desk.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';
import { entered } from '../support/tables.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened({ name: 'Wren Example', birthDate: '2011-05-05' });
});
afterEach(() => desk.stop());

type Row = Readonly<Record<string, unknown>>;
const rowOf = async (pk: string, sk = 'profile'): Promise<Row> => {
  const found = (await desk.items('Directory')).find((item) => item.pk === pk && item.sk === sk);
  if (!found) throw new Error(`There is no ${pk} ${sk}.`);
  return found;
};
const remove = ({ pk, sk }: Row) =>
  desk.client.send(
    new DeleteItemCommand({ TableName: 'Directory', Key: { pk: { S: String(pk) }, sk: { S: String(sk) } } }),
  );
const provider = personOf('provider');
const worker = personOf('careline-worker');
const supervisorOfState = { role: 'careline-supervisor', scope: 'state' } as const;

/** What the people are called by who get mail about the referral. */
async function mailed(directory = desk.directory): Promise<readonly (string | undefined)[]> {
  const people: (string | undefined)[] = [];
  const send = async ({ tags, to }: { readonly to: string; readonly tags: { readonly personId?: string } }) => {
    people.push(tags.personId, to);
    return `M-${people.length}`;
  };
  await sendAlerts({ ...deskSendParts(desk, { send } as never), directory }, id, desk.now);
  return people;
}

describe('a role that was written into the row of a person', () => {
  const grant = async () =>
    desk.put('Directory', [{ ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState] }]);

  test('opens nothing at the API, which does not know the person any more', async () => {
    const api = openApi(desk);
    const path = `/referrals/${id}?purpose=work-on-referral`;
    expect((await api.ask(path, { as: provider.id })).status).toBe(404);
    await grant();
    expect((await api.ask(path, { as: provider.id })).status).toBe(401);
    expect((await api.ask('/queue', { as: provider.id })).status).toBe(401);
    expect((await api.ask('/reports', { as: provider.id, body: reportOf() })).status).toBe(401);
    expect(await desk.directory.personBySub(`sub-${provider.id}`)).toBeUndefined();
  });
});

describe('a row that was written by hand', () => {
  const stranger = { ...personOf('provider'), id: 'P-STRANGER', email: 'stranger@mail.example', phone: '203-555-0199' };
  const profile = (more: object = {}) => ({
    pk: `person#${stranger.id}`,
    sk: 'profile',
    sub: 'sub-stranger',
    ...stranger,
    ...more,
  });

  test('makes no person, by id, address, account or list', async () => {
    await desk.put('Directory', [profile({ roles: [supervisorOfState] })]);
    expect(await desk.directory.person(stranger.id)).toBeUndefined();
    expect(await desk.directory.personByEmail(stranger.email)).toBeUndefined();
    expect(await desk.directory.personBySub('sub-stranger')).toBeUndefined();
    expect(await desk.directory.people([stranger.id, worker.id])).toMatchObject([{ id: worker.id }]);
  });

  test('hides no person who has the same account or address', async () => {
    await desk.put('Directory', [profile({ email: worker.email, sub: `sub-${worker.id}` })]);
    expect((await desk.directory.personByEmail(worker.email))?.id).toBe(worker.id);
    expect((await desk.directory.personBySub(`sub-${worker.id}`))?.id).toBe(worker.id);
  });

  test('gives no duty: mail, calls and shifts go on as before', async () => {
    const before = await mailed();
    await desk.enter([profile()]);
    for (const pk of ['duty#careline-worker', 'duty#careline-supervisor', 'duty#area-oncall'])
      await desk.put('Directory', [{ pk, sk: `state#0#${stranger.id}`, personId: stranger.id, order: 0 }]);
    expect(await desk.directory.onDuty('careline-supervisor', 'state')).not.toContainEqual(
      expect.objectContaining({ personId: stranger.id }),
    );
    id = await desk.opened({ name: 'Lark Example' });
    expect(await mailed()).toEqual(before);
  });

  test('gives no seat: no roster is drawn from it', async () => {
    await desk.put('Directory', [
      { pk: `team#${team}`, sk: 'seat#medical#0', discipline: 'medical', personId: stranger.id, order: 0 },
    ]);
    for (const seats of [await desk.directory.seats(team), await desk.directory.seat(team, 'medical')])
      expect(seats.map(({ personId }) => personId)).not.toContain(stranger.id);
  });

  test('names no police agency, and no provider', async () => {
    const agency = { id: 'PD-X', town: 'Hartford', name: 'Police (invented)', phone24h: '203-555-0199' };
    await desk.put('Directory', [{ pk: 'agency#HARTFORD', sk: 'PD-X', ...agency }]);
    expect((await desk.directory.agencies('Hartford')).map(({ id: each }) => each)).toEqual(['PD-1']);
    expect(await desk.directory.hasAgency('PD-X', ['Hartford'])).toBe(false);
    const house = { id: 'PV-X', name: 'House', service: 'education', regions: ['4'], phone: '', personId: stranger.id };
    for (const revision of [0, 3]) {
      await desk.put('Directory', [{ pk: 'provider#education', sk: 'PV-X', ...house, revision }]);
      expect(await desk.directory.provider('education', 'PV-X')).toBeUndefined();
      expect((await desk.directory.providers('education')).map(({ id: each }) => each)).toEqual(['PV-1', 'PV-2']);
    }
  });
});

test('an address or a number that was changed turns no mail and no call', async () => {
  await desk.put('Directory', [
    { ...(await rowOf(`person#${worker.id}`)), email: 'other@mail.example', phone: '203-555-0199' },
  ]);
  expect(await mailed()).not.toContain('other@mail.example');
  const called = await desk.directory.onCall('careline-worker', 'state', desk.now);
  expect(called.map(({ phone }) => phone)).not.toContain('203-555-0199');
});

test('an entry does not count under another key, nor with the code of another', async () => {
  const seat = await rowOf(`team#${team}`, 'seat#medical#1');
  await desk.put('Directory', [
    { ...seat, sk: 'seat#dcf#0' },
    { ...seat, pk: 'team#MDT-DANBURY' },
  ]);
  expect((await desk.directory.seats(team)).length).toBe(16);
  expect(await desk.directory.seats('MDT-DANBURY')).toEqual([]);
  const { signature, signedBy } = await rowOf(`person#${personOf('careline-supervisor').id}`);
  await desk.put('Directory', [
    { ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState], signature, signedBy },
  ]);
  expect(await desk.directory.person(provider.id)).toBeUndefined();
});

test.each<[string, (item: Item) => object]>([
  ['no code', ({ signature: _signature, signedBy: _signedBy, ...rest }) => rest],
  ['a code that is no text', (item) => ({ ...item, signature: { N: '1' } })],
  ['an empty code', (item) => ({ ...item, signature: { S: '' } })],
  ['the name of no key', (item) => ({ ...item, signedBy: { S: 'other' } })],
  ['no instant', ({ writtenAt: _at, ...rest }) => rest],
  ['another writer', (item) => ({ ...item, writtenBy: { S: 'me' } })],
  ['one more attribute', (item) => ({ ...item, absentUntil: { S: '2030-01-01' } })],
])('a person whose row has %s is as if not there, and all others stay', async (_, change) => {
  const { pk } = await rowOf(`person#${worker.id}`);
  const item = await entered(marshall({ ...(await rowOf(String(pk))) }));
  await desk.put('Directory', [unmarshall(change(item) as Item)]);
  expect(await desk.directory.person(worker.id)).toBeUndefined();
  expect(await desk.directory.people([worker.id, provider.id])).toMatchObject([{ id: provider.id }]);
  expect(await mailed()).toContain(personOf('careline-worker/2').id);
});

test('a key of a process counts for entries of its day alone', async () => {
  const { signature: _signature, signedBy: _signedBy, ...rest } = await rowOf(`person#${provider.id}`);
  const given = { ...rest, roles: [supervisorOfState] };
  const { codeOf } = entryCodesInProcess();
  const codes = ['2026-10-01T15:00:00.000Z', String(rest.writtenAt)].map((day) =>
    codeOf(digestOf(marshall(given)), day),
  );
  const granted = [];
  for (const code of await Promise.all(codes)) {
    await desk.put('Directory', [{ ...given, ...code }]);
    granted.push((await desk.openDirectory().person(provider.id)) !== undefined);
  }
  expect(granted).toEqual([false, true]);
});

test('the mark of failing mail needs no code, and changes nothing else', async () => {
  await desk.directory.markMail(worker.id, 'failed', desk.now);
  expect(await desk.directory.person(worker.id)).toMatchObject({ id: worker.id, mailFailsSince: desk.now });
});

test('a code of a function, or of a door, is no code of an entry', async () => {
  const { signature: _signature, signedBy: _signedBy, ...rest } = await rowOf(`person#${provider.id}`);
  const item = marshall({ ...rest, roles: [supervisorOfState] });
  for (const holder of ['task', 'door'] as const) {
    const code = await codesInProcess(holder).codeOf(digestOf(item));
    await desk.put('Directory', [{ ...rest, roles: [supervisorOfState], ...code }]);
    expect(await desk.directory.person(provider.id)).toBeUndefined();
  }
});

describe('while the key service is silent,', () => {
  const silent = { isRight: () => Promise.reject(new DependencyUnavailable('The key service did not answer.')) };

  test('a person hears to try again, and no mail is taken for sent', async () => {
    const directory = { ...desk.directory, ...desk.openDirectory(silent) };
    const answer = await openApi({ ...desk, directory, now: desk.now } as never).ask('/queue', { as: worker.id });
    expect(answer.status).toBe(500);
    await expect(mailed(directory)).rejects.toThrow('did not answer');
    expect(await mailed()).toContain(worker.id);
  });

  test('a row without a code needs no answer', async () => {
    const { signature: _signature, ...rest } = await rowOf(`person#${worker.id}`);
    await desk.put('Directory', [rest]);
    expect(await desk.openDirectory(silent).person(worker.id)).toBeUndefined();
  });
});

test('the same bytes are asked about once, and each row is read anew', async () => {
  let asked = 0;
  const { isRight } = entryCodesInProcess();
  const directory = desk.openDirectory({
    isRight(digest, code) {
      asked += 1;
      return isRight(digest, code);
    },
  });
  for (let time = 0; time < 3; time += 1) expect((await directory.person(worker.id))?.phone).toBe(worker.phone);
  expect(asked).toBe(1);
  await desk.enter([{ ...(await rowOf(`person#${worker.id}`)), phone: '203-555-0177' }]);
  expect((await directory.person(worker.id))?.phone).toBe('203-555-0177');
  expect(asked).toBe(2);
});

describe('the watchdog tells within one round', () => {
  const memory = { entries: nothingSeen() };
  beforeEach(() => {
    memory.entries = nothingSeen();
  });
  /** One round. `cold`: of a process that knows nothing. */
  const round = async (cold = false) => {
    desk.at(new Date(Date.parse(desk.now) + 5 * 60_000).toISOString());
    if (cold) memory.entries = nothingSeen();
    await sweep({ ...sweepParts(desk), ledger: desk.openLedger(), ...memory });
  };
  const told = async () =>
    (await desk.openLedger().findings(desk.now.slice(0, 10)))
      .filter(({ what }) => what === 'chain-broken')
      .map(({ about }) => about)
      .toSorted();

  test('nothing where nothing was changed, nor of entries that the command writes or removes', async () => {
    await round();
    await desk.enter([
      { ...(await rowOf(`person#${worker.id}`)), phone: '203-555-0177' },
      { ...(await rowOf(`team#${team}`, 'seat#medical#2')), removed: true },
      { pk: 'person#P-NEW', sk: 'profile', ...personOf('legal') },
    ]);
    await round();
    await round(true);
    expect(await told()).toEqual([]);
  });

  test.each([false, true])('of a changed, a new and a deleted row (a new process: %s)', async (cold) => {
    await round();
    await desk.put('Directory', [
      { ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState] },
      { pk: 'duty#legal', sk: 'state#0#P-STRANGER', personId: 'P-STRANGER', order: 0 },
    ]);
    await remove(await rowOf('agency#UNION', 'PD-UNION'));
    await round(cold);
    expect(await told()).toEqual(['agency.UNION.PD-UNION', 'duty.legal.state.0.P-STRANGER', `person.${provider.id}`]);
  });

  test.each([false, true])('of an older entry with its right code (a new process: %s)', async (cold) => {
    await desk.enter([{ ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState] }]);
    const old = await rowOf(`person#${provider.id}`);
    await desk.enter([{ ...old, roles: [] }]);
    await round();
    await desk.put('Directory', [old]);
    await round(cold);
    expect(await told()).toEqual([`person.${provider.id}`]);
    // The command writes a later one, and the next day is quiet.
    await desk.enter([{ ...old, roles: [] }]);
    desk.at('2026-11-10T15:00:00.000Z');
    await round();
    expect(await told()).toEqual([]);
  });

  const codeOf = async (pk: string, sk?: string) => (await rowOf(pk, sk)).signature;
  const administrator = personOf('administrator');
  /** Old rows of these entries, each of which the command has written again since. */
  const rewritten = async (rows: readonly Row[]): Promise<readonly Row[]> => {
    await desk.enter(rows);
    const old = await Promise.all(rows.map(({ pk, sk }) => rowOf(String(pk), String(sk))));
    await desk.enter(old.map((row) => ({ ...row, name: 'Later Example', removed: row.pk === 'duty#administrator' })));
    return old;
  };

  test.each([false, true])('of an older entry, and takes its code off (a new process: %s)', async (cold) => {
    const pk = `person#${provider.id}`;
    const [old] = await rewritten([{ ...(await rowOf(pk)), roles: [supervisorOfState] }]);
    await round();
    await desk.put('Directory', [old as Row]);
    expect((await desk.directory.person(provider.id))?.roles).toEqual([supervisorOfState]);
    await round(cold);
    expect(await desk.directory.person(provider.id)).toBeUndefined();
    const { signature: _signature, ...rest } = old as Row;
    expect(await rowOf(pk)).toEqual(rest);
    await round();
    await round(true);
    expect((await told())[0]).toBe(`person.${provider.id}`);
    expect((await told()).length).toBeLessThan(3);
    await desk.enter([{ ...old, roles: [] }]);
    await round();
    expect((await desk.directory.person(provider.id))?.roles).toEqual([]);
  });

  test('of an older entry that the command writes at the same moment, and leaves the new one', async () => {
    const pk = `person#${provider.id}`;
    const [old] = await rewritten([await rowOf(pk)]);
    await round();
    await desk.put('Directory', [old as Row]);
    const parts = sweepParts(desk);
    const takeCode: typeof parts.directory.takeCode = async (row) => {
      await desk.enter([{ ...old, phone: '203-555-0177' }]);
      return parts.directory.takeCode(row);
    };
    await sweep({ ...parts, directory: { ...parts.directory, takeCode }, ledger: desk.openLedger(), ...memory });
    expect((await desk.directory.person(provider.id))?.phone).toBe('203-555-0177');
  });

  test('of an older entry whose code cannot be taken off now, and the next round does it', async () => {
    const pk = `person#${provider.id}`;
    const [old] = await rewritten([await rowOf(pk)]);
    await round();
    await desk.put('Directory', [old as Row]);
    const parts = sweepParts(desk);
    const takeCode = () => Promise.reject(new Error('Refused.'));
    const { faults } = await sweep({
      ...parts,
      directory: { ...parts.directory, takeCode },
      ledger: desk.openLedger(),
      ...memory,
    });
    expect(faults).toEqual([new Error('Refused.')]);
    expect(await told()).toEqual([`person.${provider.id}`]);
    await round();
    expect(await codeOf(pk)).toBeUndefined();
  });

  test.each([
    [5, false],
    [6, true],
  ])('of %i older entries at once, as after a restore: they count: %s', async (many, counts) => {
    const seats = (await desk.items('Directory')).filter(({ pk }) => pk === `team#${team}`).slice(0, many);
    const old = await rewritten(seats);
    await round();
    await desk.put('Directory', old);
    await round();
    await round();
    expect((await told()).length).toBeGreaterThanOrEqual(many);
    for (const { sk } of old) expect((await codeOf(`team#${team}`, String(sk))) !== undefined).toBe(counts);
  });

  test.each(['person', 'duty'])('of an older %s of the last administrator, which goes on to count', async (kind) => {
    const row = (await desk.items('Directory')).find(
      ({ pk, personId }) =>
        pk === (kind === 'person' ? `person#${administrator.id}` : 'duty#administrator') &&
        (kind === 'person' || personId === administrator.id),
    ) as Row;
    const [pk, sk] = [String(row.pk), String(row.sk)];
    const [old] = await rewritten([row]);
    const others = (await desk.items('Directory')).filter(
      (each) =>
        (each.pk !== pk || each.sk !== sk) &&
        (kind === 'person' ? JSON.stringify(each).includes('"administrator"') : each.pk === pk),
    );
    await desk.enter(others.map((other) => ({ ...other, removed: true })));
    await round();
    await desk.put('Directory', [old as Row]);
    await round();
    expect(await codeOf(pk, sk)).toBe(old?.signature);
    expect((await told()).some((about) => about.startsWith(pk.replace('#', '.')))).toBe(true);
    // With another one, it is no longer the last.
    const second =
      kind === 'person'
        ? { pk: 'person#P-SECOND', sk: 'profile', ...administrator }
        : { ...row, sk: 'state#2#P-SECOND' };
    await desk.enter([{ ...second, id: 'P-SECOND', removed: false }]);
    await round();
    expect(await codeOf(pk, sk)).toBeUndefined();
  });

  test('where its own notes are deleted, forged or older', async () => {
    await round();
    const notes = (await desk.items('Cursors')).filter(({ pk }) => pk === 'entries');
    expect(notes).toHaveLength(16);
    await desk.put('Cursors', [{ ...notes[3], seen: '[]' }]);
    await round(true);
    expect(await told()).toEqual(['directory']);
    desk.at('2026-11-10T15:00:00.000Z');
    await round();
    expect(await told()).toEqual([]);
    for (const { pk, sk } of notes)
      await desk.client.send(
        new DeleteItemCommand({ TableName: 'Cursors', Key: { pk: { S: String(pk) }, sk: { S: String(sk) } } }),
      );
    await remove(await rowOf('agency#UNION', 'PD-UNION'));
    await round();
    expect(await told()).toEqual(['agency.UNION.PD-UNION', 'directory']);
  });

  test('of one row behind a flood of others, and names twenty of them', async () => {
    await round();
    const { signature, signedBy } = await rowOf(`person#${worker.id}`);
    await desk.put(
      'Directory',
      Array.from({ length: 600 }, (_, at) => ({
        pk: `duty#legal`,
        sk: `state#${at}#P-X`,
        personId: 'P-X',
        signature,
        signedBy,
      })),
    );
    await desk.put('Directory', [{ ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState] }]);
    await round();
    expect(await told()).toContain(`person.${provider.id}`);
    expect(await told()).toContain('directory');
    expect((await told()).length).toBe(21);
  });

  test.each([false, true])(
    'of a change behind twenty others that were told before (a new process: %s)',
    async (cold) => {
      await round();
      const { signature, signedBy } = await rowOf(`person#${worker.id}`);
      const others = Array.from({ length: 25 }, (_, at) => ({
        pk: 'duty#legal',
        sk: `state#${at}#P-X`,
        signature,
        signedBy,
      }));
      await desk.put('Directory', others);
      await round();
      await round();
      expect((await told()).length).toBe(21);
      await desk.put('Directory', [{ ...(await rowOf(`person#${provider.id}`)), roles: [supervisorOfState] }]);
      await round(cold);
      expect(await told()).toContain(`person.${provider.id}`);
    },
  );

  test('of a row beside that of a person under another name', async () => {
    await round();
    await desk.put('Directory', [{ pk: `person#${worker.id}`, sk: 'other' }]);
    await round();
    await desk.put('Directory', [{ ...(await rowOf(`person#${worker.id}`)), phone: '203-555-0199' }]);
    await round();
    expect(await told()).toEqual([`person.${worker.id}`, `person.${worker.id}.other`]);
  });

  test('again of an entry that was mended and changed once more on the same day, and once of each change', async () => {
    await round();
    const right = await rowOf(`person#${worker.id}`);
    for (const phone of ['203-555-0198', '203-555-0199']) {
      await desk.put('Directory', [{ ...right, phone }]);
      await round();
      await round();
    }
    await desk.put('Directory', [right]);
    await round();
    await desk.put('Directory', [{ ...right, phone: '203-555-0199' }]);
    await round();
    await round();
    const [first, ...again] = await told();
    expect(first).toBe(`person.${worker.id}`);
    expect(again).toHaveLength(2);
    for (const each of again) expect(each).toMatch(/^person[.]P-CARELINE-WORKER[.][0-9]{4}$/);
  });

  test('is not told of a hospital that said its openings', async () => {
    const listing = { name: 'House', regions: ['4'], ageFrom: 0, ageTo: 24, languages: ['english'], retired: false };
    const whole = { ...listing, phone: '203-555-0101', contactId: 'P-1' };
    const place = { kind: 'hospital' as const, town: 'Hartford', openings: 2, openUntil: '2026-12-01' };
    const cause = { kind: 'command', name: 'c', id: 'C-1' } as const;
    const by = { now: desk.now, actor: { kind: 'person', id: worker.id }, cause } as const;
    await desk.ledger.changeProvider('PV-9', by, () => [
      { type: 'provider-place-said', v: 1, service: 'medical-nonacute', listing: whole, place },
    ]);
    await listProvider(desk, 'PV-9');
    desk.at(new Date(Date.parse(desk.now) + 20 * 60_000).toISOString());
    await round();
    expect(await told()).toEqual([]);
  });

  test.each<[string, (row: Row) => Promise<unknown>]>([
    ['gone', remove],
    ['cannot be read', ({ pk, sk }) => desk.put('Directory', [{ pk, sk, revision: 1e9 }])],
    ['says something else', (row) => desk.put('Directory', [{ ...row, retired: true, revision: 1e9 }])],
  ])('of a provider or a delegation of a chain whose row is %s, and the next commit mends it', async (_, change) => {
    const byWorker = (id: string) =>
      ({ now: desk.now, actor: { kind: 'person', id: worker.id }, cause: { kind: 'command', name: 'c', id } }) as const;
    const listing = { name: 'House', regions: ['4'], ageFrom: 0, ageTo: 24, languages: ['english'], retired: false };
    const whole = { ...listing, phone: '203-555-0101', contactId: 'P-1' };
    const until = '2026-12-01T00:00:00.000Z';
    const given = { id: 'DG-1', delegateId: provider.id, work: ['careline-worker' as const], from: desk.now, until };
    await desk.ledger.changeProvider('PV-9', byWorker('C-1'), () => [
      { type: 'provider-listed', v: 1, service: 'education', listing: whole },
    ]);
    await desk.ledger.changeDelegations(worker.id, byWorker('C-2'), () => [
      { type: 'delegation-given', v: 1, ...given },
    ]);
    const list = async () => {
      await listProvider(desk, 'PV-9');
      await listDelegations(desk, worker.id);
    };
    await list();
    await round();
    expect(await told()).toEqual([]);
    desk.at(new Date(Date.parse(desk.now) + 20 * 60_000).toISOString());
    const rows = [
      await rowOf('provider#education', 'PV-9'),
      await rowOf('delegations', `${until}#${worker.id}#DG-1`),
      await rowOf(`delegate#${provider.id}`, `${until}#${worker.id}#DG-1`),
    ];
    for (const row of rows) await change(row);
    await round();
    expect(await told()).toEqual([
      expect.stringMatching(/^delegate[.]/),
      expect.stringMatching(/^delegations[.]/),
      'provider.education.PV-9',
    ]);
    await list();
    expect((await desk.directory.providers('education')).map(({ id: each }) => each)).toContain('PV-9');
    expect(await desk.directory.delegations(desk.now)).toMatchObject([{ id: 'DG-1' }]);
    desk.at('2026-11-10T15:00:00.000Z');
    await round();
    expect(await told()).toEqual([]);
  });

  test('nothing of a provider whose chain goes on with an entry', async () => {
    await round();
    const listing = { name: 'House', regions: ['4'], ageFrom: 0, ageTo: 24, languages: ['english'], retired: false };
    await desk.ledger.changeProvider(
      'PV-1',
      { now: desk.now, actor: { kind: 'person', id: worker.id }, cause: { kind: 'command', name: 'c', id: 'C-1' } },
      () => [
        {
          type: 'provider-listed',
          v: 1,
          service: 'education',
          listing: { ...listing, phone: '203-555-0101', contactId: 'P-1' },
        },
      ],
    );
    await listProvider(desk, 'PV-1');
    await round();
    expect(await told()).toEqual([]);
    await desk.put('Directory', [
      { ...(await rowOf('provider#legal', 'PV-2')), revision: 4, signature: '', signedBy: '' },
    ]);
    await round();
    expect(await told()).toEqual(['provider.legal.PV-2']);
  });
});
