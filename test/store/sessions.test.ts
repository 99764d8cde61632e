import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../shared/store/sessions.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const id = 'a-random-id-that-only-the-cookie-holds';
/** Longer than the movable clock of the test's tables, so that only the store's own check of expiry is met. */
const end = 4_000_000_000;
const session: Session = { personId: 'P-1', sub: 'sub-1', formToken: 'form token', endsAt: end + 8 * 3600 };

test('a session is given until the second it expires, and not from then on', async () => {
  await tables.sessions.put(id, session, end);
  expect(await tables.sessions.get(id, end - 1)).toEqual({ ...session, expiresAt: end });
  expect(await tables.sessions.get(id, end)).toBeUndefined();
});

test('of a session id only the hash is stored', async () => {
  await tables.sessions.put(id, session, end);
  expect(JSON.stringify(await tables.items('Sessions'))).not.toContain(id);
  const [{ pk } = { pk: '' }] = await tables.items('Sessions');
  expect(pk).toMatch(/^[0-9a-f]{64}$/);
  expect(await tables.sessions.get(String(pk), 0)).toBeUndefined();
});

test('a session that was ended, or never was, belongs to no person', async () => {
  await tables.sessions.put('another', session, end);
  await tables.sessions.end('another');
  await tables.sessions.end('another');
  expect(await tables.sessions.get('another', 0)).toBeUndefined();
  expect(await tables.sessions.get('never', 0)).toBeUndefined();
});

test('a row that the console did not write, or that was changed or moved, is no session and is told of', async () => {
  await tables.sessions.put('whole', session, end);
  const pk = createHash('sha256').update('whole').digest('hex');
  const whole = (await tables.items('Sessions')).find((row) => row.pk === pk);
  const other = createHash('sha256').update('evil').digest('hex');
  const promoted = JSON.stringify({ ...session, personId: 'P-2' });
  const { code: _, ...withoutCode } = whole ?? {};
  for (const row of [
    { ...withoutCode, pk: other },
    { ...whole, pk: other },
    { ...whole, pk: other, content: promoted },
    { ...whole, pk: other, content: 'x' },
    { pk: other, code: '0'.repeat(64), expiresAt: end },
  ]) {
    const before = tables.forgedSessions();
    await tables.put('Sessions', [row]);
    expect(await tables.sessions.get('evil', 0)).toBeUndefined();
    expect(tables.forgedSessions()).toBe(before + 1);
  }
  expect(await tables.sessions.get('whole', 0)).toMatchObject(session);
});

test('a session ends at its end, however late its row says that it expires', async () => {
  await tables.sessions.put('kept', { ...session, endsAt: end }, end + 60);
  expect(await tables.sessions.get('kept', end - 1)).toMatchObject({ expiresAt: end });
  expect(await tables.sessions.get('kept', end)).toBeUndefined();
});

test('a live session can be prolonged, and an ended one stays ended', async () => {
  await tables.sessions.put('used', session, end);
  await tables.sessions.keep('used', end + 60);
  expect(await tables.sessions.get('used', end)).toEqual({ ...session, expiresAt: end + 60 });
  await tables.sessions.end('used');
  await tables.sessions.keep('used', end + 120);
  expect(await tables.sessions.get('used', 0)).toBeUndefined();
});

test('the open sessions of one person are counted, without those that ended, expired or are another person’s', async () => {
  const put = (id: string, personId: string, expiresAt: number) =>
    tables.sessions.put(id, { ...session, personId }, expiresAt);
  await put('count-1', 'P-COUNTED', end + 1);
  await put('count-2', 'P-COUNTED', end + 1);
  await put('count-3', 'P-COUNTED', end);
  await put('count-4', 'P-COUNTED.2', end + 1);
  expect(await tables.sessions.countOf('P-COUNTED', end)).toBe(2);
  await tables.sessions.end('count-2');
  expect(await tables.sessions.countOf('P-COUNTED', end)).toBe(1);
});
