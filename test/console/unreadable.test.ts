/** A referral's page while words of the vault cannot be read. It says so, and keeps the danger and the calls. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepVault } from '../../functions/keep-vault/keep-vault.ts';
import { compareAgain } from '../../shared/application/matching/compare-again.ts';
import { underBoth } from '../../shared/application/matching/reindex.ts';
import { readIdentities } from '../../shared/application/read/read-identities.ts';
import { outOfDate } from '../../shared/store/vault-index.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk, visitor } from '../support/desk.ts';
import { openConsole } from './window.ts';
import { reportWren, wrensWords } from './wren.ts';

let tables: Desk;
let id: string;
let reports = 0;
beforeAll(async () => {
  tables = await startDesk();
  await tables.seedDirectory();
});
beforeEach(async () => {
  reports += 1;
  id = await reportWren(tables, `Wren Example-${reports}`);
});
afterAll(() => tables.stop());

const cannot = 'This cannot be read. Tell an administrator.';
const doNotCall = 'There is a note on safe contact that cannot be read. Do not call before you know it.';
const away = 'The facts cannot be shown now';
const page = async (identities: Desk['identities'], more: object = {}, path = '/child') => {
  const console = openConsole({ ...tables, identities, ...more });
  const worker = await console.person('P-CARELINE-WORKER-1');
  return worker.get(`/referrals/${id}${path}`);
};
const loseKey = () => tables.client.send(new DeleteItemCommand({ TableName: 'VaultKeys', Key: { pk: { S: id } } }));

test('a lost data key is never an unknown child, nor an empty note on safe contact', async () => {
  await loseKey();
  const { status, html } = await page(tables.openVault());
  expect(status).toBe(200);
  for (const shown of [cannot, doNotCall, 'In danger']) expect(html).toContain(shown);
  for (const wrong of [/Name<\/dt>\s*<dd[^>]*>Unknown/, /Only by text/]) expect(html).not.toMatch(wrong);
  const read = await openApi(tables).ask(`/referrals/${id}/identities?purpose=work-on-referral`, {
    as: 'P-CARELINE-WORKER-1',
  });
  expect([read.status, read.body.unreadable]).toEqual([
    200,
    expect.arrayContaining(['childName', 'narrative', 'safeContact']),
  ]);
});

test('a row that is missing from the vault is never an unknown name, nor a text that was not written', async () => {
  id = await tables.opened(
    { name: 'Wren Example', birthDate: '2011-03-03', phone: '203-555-0188', safeContact: 'Only by text.' },
    { reporter: { name: 'Invented Teacher' } },
  );
  await tables.do(id, 'record-safety-plan', { placement: 'placed', plan: 'An invented plan.' }, 'caseworker');
  const rows = (await tables.items('Identities')).map(({ pk }) => String(pk)).filter((pk) => pk.split('#')[1] === id);
  for (const pk of rows)
    await tables.client.send(new DeleteItemCommand({ TableName: 'Identities', Key: { pk: { S: pk } } }));
  const { html } = await page(tables.openVault());
  for (const label of ['Name', 'Date of birth', 'Telephone and older references'])
    expect(html).toMatch(new RegExp(`${label}</dt>\\s*<dd[^>]*>${cannot}`));
  for (const shown of [doNotCall, `What was reported: ${cannot}`]) expect(html).toContain(shown);
  const history = await page(tables.openVault(), {}, '/history');
  expect(history.html).toContain(cannot);
  const overview = await page(tables.openVault(), {}, '');
  expect(/id="safety-plan".*?<\/section>/s.exec(overview.html)?.[0]).toContain(cannot);
  const taker = { ...visitor('careline-worker'), at: tables.now };
  const read = await readIdentities(tables.parts(), taker, await tables.state(id), 'work-on-referral', []);
  expect(read).toMatchObject({ reporter: undefined, unreadable: expect.arrayContaining(['reporter']) });
});

const loseRow = (pk: string) =>
  tables.client.send(new DeleteItemCommand({ TableName: 'Identities', Key: { pk: { S: pk } } }));

test('a lost name is not compared as unknown, and the answer to the same child says so', async () => {
  const child = { name: `Wren Lostname-${reports}`, birthDate: '2011-03-03' };
  const other = await tables.opened(child);
  id = await tables.opened(child);
  await tables.step(id, 'AskSameChild');
  const before = await tables.identities.indexed(id);
  const form = '/do/answer-duplicate';
  expect((await page(tables.identities, {}, form)).html).not.toContain('cannot be read');
  await loseRow(`child#${id}`);
  await tables.do(id, 'record-birth-date', { birthDate: '2011-03-04', reason: 'The reporter called.' }, 'caseworker');
  expect((await tables.identities.indexed(id))?.keys).toEqual(before?.keys);
  const { sameChild } = await tables.state(id);
  expect([sameChild.candidates.includes(other), sameChild.uncomparedSince]).toEqual([true, tables.now]);
  const answer = (await page(tables.identities, {}, form)).html;
  for (const shown of [
    'Names could not be compared',
    'It was recorded, and cannot be read: Name. Tell an administrator before you answer',
  ])
    expect(answer).toContain(shown);
});

test('a form that would replace lost words says that its field is not empty in truth', async () => {
  const lost = 'Its field is empty here. Tell an administrator before you write over it.';
  const forms = ['/do/note-safe-contact', '/do/correct-identity'];
  for (const form of forms) expect((await page(tables.identities, {}, form)).html).not.toContain(lost);
  await loseRow(`text#${id}#SAFE-CONTACT`);
  await loseRow(`child#${id}`);
  for (const form of forms) expect((await page(tables.identities, {}, form)).html).toContain(lost);
});

test('a part that a person removed as wrong is unknown, and not lost', async () => {
  id = await tables.opened({ name: 'Wren Example', phone: '203-555-0188' });
  await tables.do(id, 'correct-identity', { remove: ['childName'], reason: 'Another child.' }, 'caseworker');
  const { html } = await page(tables.openVault());
  expect(html).toMatch(/Name<\/dt>\s*<dd[^>]*>Unknown/);
  expect(html).toContain('203-555-0188');
  expect(html).not.toContain(cannot);
});

test('words that were changed are marked by themselves, and all others are shown', async () => {
  const Key = { pk: { S: `text#${id}#SAFE-CONTACT` } };
  const { Item } = await tables.client.send(new GetItemCommand({ TableName: 'Identities', Key }));
  const bytes = Buffer.from(Item?.content?.B ?? []);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await tables.client.send(new PutItemCommand({ TableName: 'Identities', Item: { ...Item, content: { B: bytes } } }));
  const { status, html } = await page(tables.openVault());
  expect(status).toBe(200);
  for (const shown of [doNotCall, 'Wren Example', wrensWords]) expect(html).toContain(shown);
  expect(html).not.toContain(cannot);
});

test('while the key service is away, the page has the danger and the calls', async () => {
  const no = () => Promise.reject(new Error('The key service is away.'));
  const { status, html } = await page(tables.openVault({ generate: no, unwrap: no }));
  expect(status).toBe(200);
  for (const shown of [away, doNotCall, 'In danger']) expect(html).toContain(shown);
  for (const hidden of ['Wren Example', 'not for you to read']) expect(html).not.toContain(hidden);
});

test('where the read cannot be recorded, no fact is shown', async () => {
  const no = () => Promise.reject(new Error('No record now.'));
  const ledger = { ...tables.ledger, recordAccess: no, recordFactRead: no };
  const { status, html } = await page(tables.openVault(), { ledger }, '');
  expect(status).toBe(200);
  for (const shown of [away, doNotCall, 'In danger now']) expect(html).toContain(shown);
  for (const hidden of ['Wren Example', 'Alleged', 'Only by text']) expect(html).not.toContain(hidden);
});

test('where the facts are away, the box about it says whether the forms of steps are there', async () => {
  const failing = (name: 'recordAccess' | 'recordFactRead') => ({
    ledger: { ...tables.ledger, [name]: () => Promise.reject(new Error('No record now.')) },
  });
  const commandForm = `/referrals/${id}/do/`;
  const without = (await page(tables.openVault(), failing('recordFactRead'), '')).html;
  expect(without).not.toContain('Calls and steps below still work.');
  expect(without).toContain('The forms of your steps are away too.');
  const withForms = (await page(tables.openVault(), failing('recordAccess'), '')).html;
  expect(withForms).toContain(commandForm);
  expect(withForms).toContain('Calls and steps below still work.');
});

test('a draft whose key is lost says so, and never looks empty', async () => {
  const as = 'P-CARELINE-WORKER-1';
  const headers = { 'Idempotency-Key': `lost ${reports}` };
  const body = { revision: 1, content: { narrative: 'A girl told her teacher.' } };
  const draftId = String((await openApi(tables).ask('/drafts', { as, body, headers })).body.id);
  await tables.client.send(new DeleteItemCommand({ TableName: 'VaultKeys', Key: { pk: { S: draftId } } }));
  const identities = tables.openVault();
  const read = await openApi({ ...tables, identities }).ask(`/drafts/${draftId}`, { as });
  expect([read.status, read.body.isLost, read.body.content]).toEqual([200, true, {}]);
  const worker = await openConsole({ ...tables, identities }).person(as);
  await worker.get('/drafts');
  const { html } = await worker.post('/drafts/open', { id: draftId });
  expect(html).toContain('The words of this draft cannot be read');
});

test('no second data key takes the place of a lost one', async () => {
  await loseKey();
  const part = { key: `text#${id}#LATER`, content: 'Later words' };
  const owner = { referralId: id, commandId: 'LATER', digest: 'LATER', now: '2026-11-09T15:00:00.000Z' };
  await expect(tables.openVault().putPending([part], owner)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
  expect((await tables.items('VaultKeys')).map(({ pk }) => pk)).not.toContain(id);
});

test('a child whose key is lost stays in the index, and the run fails so that its alarm tells', async () => {
  const before = await tables.identities.indexed(id);
  expect(before?.keys).not.toEqual([]);
  await loseKey();
  await tables.identities.markIndex(id, outOfDate, 'A-LATER-LOOK');
  const { faults } = await keepVault({
    ...tables.parts(),
    identities: tables.openVault(),
    application: { compareAgain, underBoth },
    most: 500,
  });
  expect(faults).toContainEqual(expect.objectContaining({ name: 'LostContent' }));
  expect((await tables.identities.indexed(id))?.keys).toEqual(before?.keys);
});
