import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { birthPart, childPart, reporterPart, textPart } from '../../shared/store/identities.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const early = '2026-11-09T13:00:00.000Z';
const now = '2026-11-09T15:00:00.000Z';
const owner = (referralId: string, at = now) => ({
  referralId,
  commandId: `OPEN-${referralId}`,
  digest: 'one report',
  now: at,
});
const part = (referralId: string, content = 'Aspen Example') => ({ key: childPart(referralId), content });
const pendingKeys = async (since = '2099-01-01T00:00:00.000Z') =>
  (await tables.identities.pendingSince(since)).map(({ key }) => key);

describe('a part of the vault', () => {
  test('is pending until its commit is there, and confirmed after', async () => {
    const { identities } = tables;
    await identities.putPending([part('CR-A')], owner('CR-A'));
    expect(await identities.pendingSince('2026-11-09T15:00:00.001Z')).toContainEqual({
      key: 'child#CR-A',
      referralId: 'CR-A',
      commandId: 'OPEN-CR-A',
      half: expect.any(String),
    });
    await identities.confirmAll([part('CR-A')]);
    expect(await pendingKeys()).not.toContain('child#CR-A');
    expect(await identities.childName('CR-A')).toBe('Aspen Example');
  });

  test('that stays pending is removed; one confirmed meanwhile stays', async () => {
    const { identities } = tables;
    for (const id of ['CR-B', 'CR-C']) await identities.putPending([part(id)], owner(id, early));
    expect(await pendingKeys('2026-11-09T14:00:00.000Z')).toEqual(['child#CR-B', 'child#CR-C']);
    await identities.confirm('child#CR-C');
    for (const key of ['child#CR-B', 'child#CR-C', 'child#CR-NEVER']) await identities.removePending({ key });
    expect([await identities.childName('CR-B'), await identities.childName('CR-C')]).toEqual([
      undefined,
      'Aspen Example',
    ]);
  });

  test('that is pending since a moment ago is not yet looked at', async () => {
    await tables.identities.putPending([part('CR-D')], owner('CR-D'));
    expect(await pendingKeys('2026-11-09T14:00:00.000Z')).not.toContain('child#CR-D');
  });

  test('put again stays as it was, pending or confirmed', async () => {
    const { identities } = tables;
    await identities.putPending([part('CR-E')], owner('CR-E'));
    await identities.confirm('child#CR-E');
    expect(await identities.putPending([part('CR-E', 'Another Person')], owner('CR-E'))).toBe(true);
    expect(await identities.childName('CR-E')).toBe('Aspen Example');
    expect(await pendingKeys()).not.toContain('child#CR-E');
  });

  test('put again by another submission stays as it was, and that one puts nothing else', async () => {
    const { identities } = tables;
    const other = { ...owner('CR-H'), digest: 'another report' };
    expect(await identities.putPending([part('CR-H')], owner('CR-H'))).toBe(true);
    const more = { key: birthPart('CR-H'), content: '2011-03-03' };
    expect(await identities.putPending([part('CR-H', 'Another Person'), more], other)).toBe(false);
    expect(await identities.childName('CR-H')).toBe('Aspen Example');
    expect(await identities.birthDate('CR-H', undefined)).toBeUndefined();
    expect(await identities.putPending([], other)).toBe(true);
  });

  test('that was removed cannot be confirmed: the writer of the commit learns that it is gone', async () => {
    await expect(tables.identities.confirmAll([part('CR-GONE')])).rejects.toThrow();
  });

  test('is found under its kind: name, birth date, text and reporter', async () => {
    const { identities } = tables;
    const reporter = { name: 'Invented Teacher', phone: '203-555-0142' };
    await identities.putPending(
      [
        { key: birthPart('CR-F'), content: '2011-03-03' },
        { key: textPart('CR-F', 'NARRATIVE'), content: 'What was said.' },
        { key: reporterPart('CR-F'), content: JSON.stringify(reporter) },
      ],
      owner('CR-F'),
    );
    expect(await identities.birthDate('CR-F', undefined)).toBe('2011-03-03');
    expect(await identities.text('CR-F', 'NARRATIVE')).toBe('What was said.');
    expect(await identities.reporter('CR-F')).toEqual(reporter);
    expect(await identities.childName('CR-F')).toBeUndefined();
    expect(await identities.reporter('CR-G')).toBeUndefined();
  });
});

describe('matching children', () => {
  test('each of two referrals finds the other, once and again', async () => {
    const { match } = tables.identities;
    expect(await match('digest-1', 'CR-1')).toEqual([]);
    expect(await match('digest-1', 'CR-2')).toEqual(['CR-1']);
    expect(await match('digest-1', 'CR-1')).toEqual(['CR-2']);
    expect(await match('digest-1', 'CR-1')).toEqual(['CR-2']);
    expect(await match('digest-1', 'CR-2')).toEqual(['CR-1']);
  });

  test('all at once leaves no child out', async () => {
    const ids = ['CR-P', 'CR-Q', 'CR-R', 'CR-S'];
    await Promise.all(ids.map((id) => tables.identities.match('digest-2', id)));
    for (const id of ids) {
      expect(await tables.identities.match('digest-2', id)).toEqual(ids.filter((other) => other !== id));
    }
  });

  test('of another digest finds no child', async () => {
    expect(await tables.identities.match('digest-3', 'CR-1')).toEqual([]);
  });
});

describe('the index of a name that many children share', () => {
  const marks = (number: number) => JSON.stringify({ number, given: 'x'.repeat(500) });
  const children = 1200;

  test('takes one write unit a child, however many there are, and gives all of them', async () => {
    const { index, lookUp } = tables.identities;
    const written: number[] = [];
    for (let number = 0; number < children; number += 1) {
      const before = tables.units().write;
      await index('a common name', `CR-MANY-${number}`, marks(number));
      written.push(tables.units().write - before);
    }
    expect(new Set(written)).toEqual(new Set([1]));
    const before = tables.units().read;
    const found = await lookUp('a common name');
    expect(Object.keys(found)).toHaveLength(children);
    expect(found['CR-MANY-731']).toBe(marks(731));
    // The stated cost: one read unit for each 4 KB.
    const units = tables.units().read - before;
    expect(units).toBeGreaterThan((children * 500) / 4096);
    expect(units).toBeLessThan((children * 700) / 4096);
  });

  test('loses a child for good once it is taken out, and no other', async () => {
    const { index, lookUp, takeOut } = tables.identities;
    for (const id of ['CR-OUT-1', 'CR-OUT-2']) await index('a rare name', id, marks(1));
    await takeOut('a rare name', 'CR-OUT-1');
    await takeOut('a rare name', 'CR-OUT-1');
    expect(Object.keys(await lookUp('a rare name'))).toEqual(['CR-OUT-2']);
  });
});
