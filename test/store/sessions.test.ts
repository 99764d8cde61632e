import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../shared/store/sessions.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const id = 'a-random-id-that-only-the-cookie-holds';
const session: Session = { kind: 'person', personId: 'P-1', formToken: 'form token' };
/** Longer than the movable clock of the test's tables, so that only the store's own check of expiry is met. */
const end = 4_000_000_000;

test('a session is given until the second it expires, and not from then on', async () => {
  await tables.sessions.put(id, session, end);
  expect(await tables.sessions.get(id, end - 1)).toEqual(session);
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

test('a live session can be prolonged, and an ended one stays ended', async () => {
  await tables.sessions.put('used', session, end);
  await tables.sessions.keep('used', end + 60);
  expect(await tables.sessions.get('used', end)).toEqual(session);
  await tables.sessions.end('used');
  await tables.sessions.keep('used', end + 120);
  expect(await tables.sessions.get('used', 0)).toBeUndefined();
});

test('a sign-in under way keeps the values that its return must match', async () => {
  const signIn: Session = { kind: 'sign-in', formToken: 'f', state: 's', verifier: 'v', returnTo: '/queue' };
  await tables.sessions.put('on-the-way', signIn, end);
  expect(await tables.sessions.get('on-the-way', 0)).toEqual(signIn);
});
