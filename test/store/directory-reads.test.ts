import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleDirectory } from '../../infra/local/samples/directory.ts';
import { disciplines, roles, services } from '../../shared/domain/core/vocabulary.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
  await tables.seedDirectory();
});
afterAll(() => tables.stop());

const isPerson = (item: ReturnType<typeof sampleDirectory>[number]) => item.sk === 'profile';

describe('the directory, filled with the samples', () => {
  test('gives each person by id and by what the sign-in names them', async () => {
    const { directory } = tables;
    const worker = await directory.person('P-CARELINE-WORKER-1');
    expect(worker).toMatchObject({
      id: 'P-CARELINE-WORKER-1',
      email: 'careline.worker@dcf.example',
      roles: [{ role: 'careline-worker', scope: 'state' }],
    });
    expect(await directory.personBySub('sample-p-careline-worker-1')).toEqual(worker);
    expect(await directory.person('P-NO-ONE')).toBeUndefined();
    expect(await directory.personBySub('nobody')).toBeUndefined();
  });

  test('holds only people that the store can read', async () => {
    const people = sampleDirectory().filter(isPerson);
    const read = await Promise.all(people.map(({ pk }) => tables.directory.person(pk.slice('person#'.length))));
    expect(read.filter((person) => person === undefined)).toEqual([]);
    expect(read.length).toBeGreaterThan(200);
  });

  test('gives many people at once, each once, and leaves out unknown ids', async () => {
    const ids = sampleDirectory()
      .filter(isPerson)
      .map(({ pk }) => pk.slice('person#'.length));
    const found = await tables.directory.people([...ids, ...ids, 'P-NO-ONE']);
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(await tables.directory.people([])).toEqual([]);
  });

  test('says who is on duty first and who is the deputy, in one scope alone', async () => {
    const duty = await tables.directory.onDuty('hart-lead', 'region-1');
    expect(duty.map(({ order }) => order)).toEqual([1, 2]);
    expect(duty[0]?.personId).toBe('P-HART-LEAD-SOUTHWEST-1');
    expect(await tables.directory.onDuty('hart-lead', 'region')).toEqual([]);
    expect(await tables.directory.onDuty('hart-lead', 'region-12')).toEqual([]);
  });

  test('orders by number, not by text', async () => {
    const rows = [10, 9, 2].map((order) => ({
      pk: 'duty#legal',
      sk: `test#${order}#P`,
      personId: `P-${order}`,
      order,
    }));
    await tables.enter(rows);
    expect((await tables.directory.onDuty('legal', 'test')).map(({ order }) => order)).toEqual([2, 9, 10]);
  });

  test.each(roles)('has a person who holds %s', async (role) => {
    expect(await tables.directory.isHeld(role)).toBe(true);
  });

  test('has a holder and a deputy for every seat of a team', async () => {
    const seats = await tables.directory.seats('MDT-NEW-HAVEN');
    expect(seats).toHaveLength(2 * disciplines.length);
    for (const discipline of disciplines) {
      const holders = await tables.directory.seat('MDT-NEW-HAVEN', discipline);
      expect(holders.map(({ order }) => order)).toEqual([1, 2]);
      expect(holders.every((holder) => holder.discipline === discipline)).toBe(true);
    }
    expect(await tables.directory.seats('MDT-NOWHERE')).toEqual([]);
  });

  test.each(services)('has providers of %s', async (service) => {
    const providers = await tables.directory.providers(service);
    expect(providers.length).toBeGreaterThan(0);
    expect(providers.every((provider) => provider.service === service)).toBe(true);
  });

  test('finds the police of a town however it is written', async () => {
    for (const town of ['New Haven', 'new haven', 'NEW HAVEN']) {
      expect(await tables.directory.agencies(town)).toMatchObject([{ id: 'A-NEW-HAVEN' }]);
    }
    expect(await tables.directory.agencies('Atlantis')).toEqual([]);
  });

  test('knows an agency by its id in any of the towns given', async () => {
    const { hasAgency } = tables.directory;
    expect(await hasAgency('A-NEW-HAVEN', ['Atlantis', ' new haven '])).toBe(true);
    expect(await hasAgency('A-NEW-HAVEN', ['Hartford'])).toBe(false);
    expect(await hasAgency('A-NOWHERE', ['New Haven'])).toBe(false);
    expect(await hasAgency('A-NEW-HAVEN', [])).toBe(false);
  });

  test('marks a person whose mail fails, from the first failure until a later mail arrives', async () => {
    const { markMail, person } = tables.directory;
    await markMail('P-CARELINE-WORKER-2', 'failed', '2026-11-09T15:00:00.000Z');
    await markMail('P-CARELINE-WORKER-2', 'failed', '2026-11-10T15:00:00.000Z');
    expect(await person('P-CARELINE-WORKER-2')).toMatchObject({ mailFailsSince: '2026-11-09T15:00:00.000Z' });
    await markMail('P-CARELINE-WORKER-2', 'delivered', '2026-11-09T14:59:59.000Z');
    expect(await person('P-CARELINE-WORKER-2')).toMatchObject({ mailFailsSince: '2026-11-09T15:00:00.000Z' });
    await markMail('P-CARELINE-WORKER-2', 'delivered', '2026-11-09T15:00:01.000Z');
    await markMail('P-CARELINE-WORKER-2', 'delivered', '2026-11-09T15:00:01.000Z');
    expect(await person('P-CARELINE-WORKER-2')).not.toHaveProperty('mailFailsSince');
    await markMail('P-NO-ONE', 'failed', '2026-11-09T15:00:00.000Z');
    expect(await person('P-NO-ONE')).toBeUndefined();
  });

  test('reads a profile field by field: what is wrong costs that field alone, and is said', async () => {
    const good = { id: 'P-ODD', name: 'Invented Odd', email: 'odd@dcf.example', phone: '203-555-0100', title: 'Odd' };
    const profile = { pk: 'person#P-ODD', sk: 'profile', roles: [{ role: 'legal', scope: 'state' }] };
    const read = async (fields: object) => {
      await tables.enter([{ ...profile, ...good, ...fields }]);
      return tables.directory.person('P-ODD');
    };
    const held = { roles: [{ role: 'legal', scope: 'state' }] };
    expect(await read({})).toEqual({ ...good, ...held });
    expect(await read({ email: 'odd' })).toEqual({ ...good, ...held, email: 'odd', flaws: ['no-mailbox'] });
    expect(await read({ phone: 911 })).toEqual({ ...good, ...held, phone: '', flaws: ['no-telephone'] });
    expect(await read({ textPhone: '+12035550188' })).toEqual({ ...good, ...held, textPhone: '+12035550188' });
    for (const textPhone of [
      '203-555-0188',
      '12035550188',
      '+1 203 555 0188',
      '+02035550188',
      'ask the desk',
      '',
      12,
    ]) {
      expect(await read({ textPhone }), `${textPhone}`).toEqual({ ...good, ...held, flaws: ['no-text-phone'] });
    }
    expect(await read({ language: 'fr' })).toEqual({ ...good, ...held, flaws: ['unknown-language'] });
    expect(await read({ absentUntil: 'soon' })).toEqual({ ...good, ...held, flaws: ['unknown-absence'] });
    const king = { role: 'king', scope: '' };
    expect(await read({ roles: [king, ...held.roles] })).toEqual({ ...good, ...held, flaws: ['unknown-role'] });
  });

  test('leaves out a row of a list that it cannot read, and gives the others', async () => {
    const row = { pk: 'duty#auditor', personId: 'P-1', order: 1 };
    await tables.enter([
      { ...row, sk: 'odd#1#P-1' },
      { ...row, sk: 'odd#2#P-2', order: 'second' },
    ]);
    expect(await tables.directory.onDuty('auditor', 'odd')).toEqual([{ personId: 'P-1', order: 1 }]);
  });
});
