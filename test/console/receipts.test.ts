/** A receipt opens its referral. What is restricted and what is not there have the same answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiptOf } from '../../shared/application/matching/receipts.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { openConsole, plain, signedInAs, type Window, withoutRandom } from './window.ts';

/** The key of the console of these tests. */
const digests = createDigests('a key for tests');
let desk: Desk;
let careline: Window;
let known: string;
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  known = await desk.opened({ name: 'Wren Example' }, { mandated: 'yes', reporterType: 'school' });
}, 60_000);
afterAll(() => desk.stop());

/** What the box at the top of each page sends. */
const find = async (who: string, reference: string) => {
  const browser = await signedInAs(careline, who);
  await browser.get('/help');
  return browser.post('/find', { reference });
};
const at = (id: string | undefined) => `http://127.0.0.1:3000/referrals/${id}`;

const receiptFor = (id: string | undefined) => receiptOf(id ?? '', digests);

test('the receipt on a written report opens its referral', async () => {
  const receipt = receiptFor(known);
  for (const typed of [receipt, receipt.toLowerCase().replaceAll('-', ' '), receipt.slice(3)]) {
    const { status, location } = await find('careline-worker', typed);
    expect([status, location]).toEqual([303, at(known)]);
  }
  expect((await find('careline-worker', known)).location).toBe(at(known));
  const box = (await (await signedInAs(careline, 'careline-worker')).get('/help')).html;
  expect(/<form class="shell-find"[^>]*/.exec(box)?.[0]).toContain('method="post"');
});

test('one receipt of a report about more children lists each that the reader may open', async () => {
  const [first, second] = await desk.openedTogether([{ name: 'Lark Example' }, { name: 'Finch Example' }]);
  const { status, html } = await find('careline-worker', receiptFor(first));
  expect(status).toBe(200);
  expect(html).toContain(`/referrals/${first}"`);
  expect(html).toContain(`/referrals/${second}"`);
  expect(html).not.toContain('Lark');
  const forPeople = ['careline-supervisor', 'careline-supervisor/2', 'careline-manager'].map((as) => personOf(as).id);
  const input = { because: 'workers-family', forPeople, reason: 'Invented words.' };
  await desk.do(first ?? '', 'seal-referral', input, 'careline-manager');
  expect((await find('careline-worker', receiptFor(first))).location).toBe(at(second));
});

test('an unknown receipt, one of a restricted referral and one of an erased one have the same answer', async () => {
  const closed = await desk.opened({ name: 'Heron Example' }, { mandated: 'yes', reporterType: 'school' });
  const forPeople = ['careline-supervisor', 'careline-supervisor/2', 'careline-manager'].map((as) => personOf(as).id);
  const input = { because: 'workers-family', forPeople, reason: 'Invented words.' };
  await desk.do(closed, 'seal-referral', input, 'careline-manager');
  const pages = [];
  for (const receipt of [receiptFor(closed), receiptOf('CR-00000-000000', digests)]) {
    const { status, html } = await find('careline-worker', receipt);
    pages.push([status, plain(withoutRandom(html)).replace(/[0-9a-f-]{20,}/g, '')]);
    expect(html).not.toContain(closed);
    expect(html).not.toContain(receipt);
  }
  expect(pages[0]?.[0]).toBe(404);
  expect(pages[0]).toEqual(pages[1]);
});

test('a receipt finds nothing for people who are no staff, and a mistyped one is told', async () => {
  for (const who of ['seat:medical', 'auditor', 'contact:PV-1']) {
    expect([who, (await find(who, receiptFor(known))).status]).toEqual([who, 403]);
  }
  const { status, html } = await find('careline-worker', 'RC-12345-678901');
  expect(status).toBe(404);
  expect(plain(html)).toContain('one of them is wrong, or is too many');
});

test('a part of a receipt is told as a part, with what to type, and not as wrong', async () => {
  for (const typed of [receiptFor(known).slice(0, 8), 'rc 4k7qx']) {
    const { status, html } = await find('careline-worker', typed);
    expect(status).toBe(404);
    expect(plain(html)).toContain('Type the whole receipt');
    expect(plain(html)).toContain('has 11 characters after RC, such as RC-4K7QX-M2D8A1. Here are 5.');
    expect(plain(html)).not.toContain('is wrong');
  }
});

test('each receipt that was looked for is recorded before its answer, as a digest', async () => {
  const rows = (await desk.items('Ledger')).map(({ pk, body }) => [String(pk), String(body)]);
  const looked = rows.filter(([, body]) => body?.includes('find-by-receipt'));
  expect(looked.filter(([pk]) => pk?.startsWith('access#SEARCHES-')).length).toBe(7);
  expect(looked.filter(([pk]) => pk === `access#${known}`).length).toBe(3);
  expect(rows.filter(([, body]) => body?.includes(receiptFor(known)))).toEqual([]);
});
