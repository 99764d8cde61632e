/** A record in doubt, as people meet it on the pages of the console. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { event } from '../../shared/domain/events.ts';
import { encodeCommit, noHash } from '../../shared/store/commit.ts';
import type { Tables } from '../support/tables.ts';
import { report, startConsole, type Window, withoutRandom } from './window.ts';

let tables: Tables;
let window: Window;
let reference: string;
const worker = 'P-CARELINE-WORKER-1';
const supervisor = 'P-CARELINE-SUPERVISOR-1';
const frame = {
  now: '2026-11-09T15:05:00Z',
  actor: { kind: 'function', id: 'react' },
  cause: { kind: 'delivery' },
} as const;
beforeAll(async () => {
  ({ tables, careline: window } = await startConsole());
});
afterAll(() => tables.stop());
beforeEach(async () => {
  reference = await report(await window.person(worker));
  await tables.ledger.noteDoubts(reference, frame, [{ chain: `referral#${reference}`, cause: 'touched' }]);
});

const classify = async (key: string) => {
  const mine = await window.person(worker);
  await mine.get(`/referrals/${reference}`);
  return mine.post(`/referrals/${reference}/do/classify-report`, { track: 'assessment', key });
};

test('the worker sees why an act is not done and what can still be done, and the supervisor confirms it', async () => {
  const mine = await window.person(worker);
  const page = await mine.get(`/referrals/${reference}`);
  expect(page.html).toContain('This record was changed outside this product');
  expect(page.html).toContain('You can still record calls, safety and that the child was seen.');
  const refused = await classify('first');
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('A supervisor must look at it and confirm it first.');
  const shown = await mine.get(`/records/${reference}`);
  expect(shown.html).toContain('A stored entry was changed or removed');
  expect(shown.html).not.toContain('Confirm this record');
  expect(shown.html).toContain('A record in doubt is confirmed by careline supervisor');
  expect((await mine.post(`/records/${reference}`, { seen: 'x', ground: 'compared' })).status).toBe(403);

  const theirs = await window.person(supervisor);
  const form = (await theirs.get(`/records/${reference}`)).html;
  const seen = /name="seen" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const empty = await theirs.post(`/records/${reference}`, { seen, ground: '' });
  expect(empty.status).toBe(400);
  await theirs.get(`/records/${reference}`);
  const done = await theirs.post(`/records/${reference}`, { seen, ground: 'compared' });
  expect(done.status, done.html).toBe(303);
  expect((await theirs.get(`/records/${reference}?done=yes`)).html).toContain('Who confirmed it before');
  expect((await classify('second')).status).toBe(303);
  const admin = await window.person('P-ADMINISTRATOR-1');
  expect((await admin.get(`/referrals/${reference}/audit`)).html).toContain('A supervisor confirmed it');
});

test('a word about less than what is found now is not recorded', async () => {
  const theirs = await window.person(supervisor);
  const form = (await theirs.get(`/records/${reference}`)).html;
  const seen = /name="seen" value="([^"]+)"/.exec(form)?.[1] ?? '';
  await tables.ledger.noteDoubts(reference, frame, [{ chain: `access#${reference}`, cause: 'shorter' }]);
  const late = await theirs.post(`/records/${reference}`, { seen, ground: 'restored' });
  expect(late.status).toBe(409);
  expect(late.html).toContain('More was found in this record since you looked.');
  expect((await classify('third')).status).toBe(409);
});

test('people without access learn nothing: a record of another is as unknown as none', async () => {
  const outside = await window.person('P-MDT-MEDICAL-DANBURY-1');
  const [known, none] = [await outside.get(`/records/${reference}`), await outside.get('/records/CR-00000-000000')];
  expect([known.status, none.status]).toEqual([404, 404]);
  expect(withoutRandom(known.html)).toBe(withoutRandom(none.html));
});

test('lists each entry without a right code by place, time and type, and no word of what it says', async () => {
  const chain = `referral#${reference}`;
  const rows = await tables.ledger.readAfresh(chain);
  const content = {
    ...{
      chain,
      seq: rows.length + 1,
      at: '2026-11-09T15:30:00.000Z',
      policy: '',
      cause: { kind: 'delivery' } as const,
    },
    actor: { kind: 'person', id: 'P-LEGAL' } as const,
    events: [{ type: 'seal-lifted', v: 1, note: 'Wren Example' }, { type: 'Wren Example' }],
  };
  const { text, prev, hash } = encodeCommit(content, rows.at(-1)?.hash ?? noHash);
  const forged = { pk: chain, at: content.at, body: text, prev, hash, signature: 'AAAA', signedBy: 'door' };
  await tables.put('Ledger', [
    { ...forged, seq: content.seq },
    { ...forged, seq: 1e15, body: 'Wren Example' },
  ]);
  const { html } = await (await window.person(supervisor)).get(`/records/${reference}`);
  expect(html).toContain('Entries without a right code');
  expect(html).toContain(`The referral, entry ${content.seq}`);
  expect(html).toContain('seal-lifted');
  expect(html).toContain('It cannot be read');
  expect(html).not.toContain('Wren Example');
});

test('the findings name no referral to an administrator with a conflict of interest in it', async () => {
  const admin = await window.person('P-ADMINISTRATOR-1');
  const shown = async () => (await admin.get('/findings')).html;
  await tables.ledger.noteFindings('2026-11-09', frame, [{ what: 'chain-broken', about: reference }]);
  expect(await shown()).toContain(`${reference}: a stored record`);
  const by = { now: frame.now, actor: { kind: 'person', id: 'P-ADMINISTRATOR-1' } } as const;
  const cause = { kind: 'command', name: 'sign-confidentiality', id: 'C-SIGN' } as const;
  const signed = { personId: 'P-ADMINISTRATOR-1', notice: '1', conflict: 'yes' } as const;
  await tables.ledger.changeReferral(reference, { ...by, cause }, () => [event('confidentiality-signed', signed)]);
  expect(await shown()).not.toContain(reference);
  expect(await shown()).toContain('ANOTHER-REFERRAL: a stored record');
});
