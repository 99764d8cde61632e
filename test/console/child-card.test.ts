/** The child's card on pages: it changes what a detective sees. The child's words go to those alone who have a yes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, personOf } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, signedInAs, type Window } from './window.ts';

const words = 'CANARY-my-uncle';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:law-enforcement');
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);
const headOf = (html: string) => /<p class="head-card">.*?<\/p>/s.exec(html)?.[0]?.replace(/<[^>]*>/g, '') ?? '';
const cardOf = (html: string) => /<section id="card".*?<\/section>/s.exec(html)?.[0] ?? '';
const note = (browser: Browser, key: string, more: object = {}) =>
  browser.post(`/referrals/${id}/do/note-card`, {
    key,
    limitsSaid: 'yes',
    madeBy: 'written-together',
    cardLanguage: 'spanish',
    interviewer: 'a-woman',
    askFirst: 'yes',
    mustNotKnow: words,
    ...more,
  });

test('before there is a card, no page speaks of one', async () => {
  const { html } = await (await as('caseworker')).get(`/referrals/${id}/child`);
  expect(headOf(html)).toBe('');
  expect(cardOf(html)).toBe('');
});

test('the form asks for the limits of confidentiality first, and keeps what was typed', async () => {
  const caseworker = await as('caseworker');
  const form = formIn((await caseworker.get(`/referrals/${id}/do/note-card`)).html, 'note-card');
  expect(form.indexOf('limits of confidentiality')).toBeGreaterThan(0);
  expect(form.indexOf('name="limitsSaid"')).toBeLessThan(form.indexOf('name="interviewer"'));
  const answer = await note(caseworker, 'c0', { limitsSaid: 'no' });
  expect(answer.status).toBe(409);
  expect(answer.html).toContain('First tell the child the limits of confidentiality');
  expect(answer.html).toContain(words);
  expect((await note(caseworker, 'c1')).status).toBe(303);
});

test('a detective sees on every page what to do otherwise, and not the words', async () => {
  const detective = await as('seat:law-enforcement');
  for (const page of ['', '/tasks', '/child', '/team', '/do/pause-outreach']) {
    const { html } = await detective.get(`/referrals/${id}${page}`);
    expect(headOf(html), page).toBe(
      'The child’s card: ask the child first · some people must not know · language: Spanish · a woman interviews or examines · see the card',
    );
    expect(html, page).not.toContain(words);
  }
  const { html } = await detective.get(`/referrals/${id}/child`);
  expect(cardOf(html)).toContain('has not said yes to you reading');
  expect(cardOf(html)).toContain('Ask the victim advocate');
  expect(cardOf(html)).toContain('The child named some people');
});

test('who may not write with the child is offered none of its forms, and opens none', async () => {
  const detective = await as('seat:law-enforcement');
  const tasks = (await detective.get(`/referrals/${id}/tasks`)).html;
  for (const name of ['note-card', 'record-card-consent', 'write-recovery-plan']) {
    expect([name, tasks.includes(`do/${name}`)]).toEqual([name, false]);
    const { status, html } = await detective.get(`/referrals/${id}/do/${name}`);
    expect([name, status, html.includes(`id="do-${name}"`)]).toEqual([name, 200, false]);
    expect(html).toContain('There is nothing to record here now');
  }
});

test('the coordinator, the chair and the advocate wait for the words, and none is sent to itself', async () => {
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:victim-advocate');
  for (const who of ['mdt-coordinator', 'mdt-chair', 'seat:victim-advocate']) {
    const card = cardOf((await (await as(who)).get(`/referrals/${id}/child`)).html);
    expect([who, card.includes(words), card.includes('has not said yes to you')]).toEqual([who, false, true]);
    expect([who, card.includes('Ask the victim advocate')]).toEqual([who, who !== 'seat:victim-advocate']);
  }
});

test('the page says how the card was changed', async () => {
  const caseworker = await as('caseworker');
  const changed = async () =>
    /Changed [^<]*the child\./.exec(cardOf((await caseworker.get(`/referrals/${id}/child`)).html))?.[0];
  expect(await changed()).toMatch(/, together with the child\.$/);
  expect((await note(caseworker, 'c-child', { madeBy: 'child-wrote' })).status).toBe(303);
  expect(await changed()).toMatch(/, by the child\.$/);
});

test('a yes without an end is refused at its field', async () => {
  const caseworker = await as('caseworker');
  const open = formIn((await caseworker.get(`/referrals/${id}/do/record-card-consent`)).html, 'record-card-consent');
  expect(open).toContain('Needed for a yes');
  const answer = await caseworker.post(`/referrals/${id}/do/record-card-consent`, {
    key: 'c-open',
    audience: 'police',
    mayReadWords: 'yes',
  });
  expect(answer.status).toBe(409);
  const field = /<input[^>]*id="[^"]*until[^"]*"[^>]*>/.exec(answer.html)?.[0] ?? '';
  expect(field).toContain('aria-invalid="true"');
});

test('a yes of the child shows the words to the police alone, and only until its end', async () => {
  const caseworker = await as('caseworker');
  await caseworker.get(`/referrals/${id}`);
  const answer = await caseworker.post(`/referrals/${id}/do/record-card-consent`, {
    key: 'c2',
    audience: 'police',
    mayReadWords: 'yes',
    until: '2026-11-20T10:00',
  });
  expect(answer.status).toBe(303);
  expect(cardOf((await (await as('seat:law-enforcement')).get(`/referrals/${id}/child`)).html)).toContain(words);
  expect((await (await as('seat:medical')).get(`/referrals/${id}/child`)).html).not.toContain(words);
  const before = desk.now;
  desk.at('2026-11-20T16:00:00Z');
  const { html } = await (await as('seat:law-enforcement')).get(`/referrals/${id}/child`);
  expect(html).not.toContain(words);
  expect(cardOf(html)).toContain('ask the child again');
  desk.at(before);
});

test('a read of the words is recorded first, by its field', async () => {
  const fields = (await desk.items('Ledger'))
    .filter(({ pk }) => pk === `access#${id}`)
    .map(({ body }) => String(body))
    .filter((body) => body.includes(personOf('seat:law-enforcement').id));
  expect(fields.some((body) => body.includes('cardWords'))).toBe(true);
});

test('it is left out of prints until the child asks for paper, and counsel is named', async () => {
  const caseworker = await as('caseworker');
  const before = cardOf((await caseworker.get(`/referrals/${id}/child`)).html);
  expect(before).toMatch(/^<section[^>]*class="on-screen"/);
  expect(before).toContain('Show it to no parent');
  expect((await note(caseworker, 'c3', { onPaper: 'yes' })).status).toBe(303);
  expect(cardOf((await caseworker.get(`/referrals/${id}/child`)).html)).not.toMatch(/^<section[^>]*on-screen/);
});

test('once the child asked for paper, who writes the card with the child prints it, and no one else', async () => {
  const caseworker = await as('caseworker');
  expect((await caseworker.get(`/referrals/${id}/child`)).html).toContain(`/referrals/${id}/card"`);
  const { html } = await caseworker.get(`/referrals/${id}/card`);
  const paper = /<section class="paper-card".*?<\/section>/s.exec(html)?.[0] ?? '';
  expect(paper).toMatch(/My card.*Mi tarjeta.*Spanish.*Español.*A woman.*Una mujer/s);
  expect(paper).not.toContain(words);
  expect(
    (await caseworker.get(`/referrals/${id}/card?mustNotKnow=yes`)).html.match(/paper-card".*?<\/section>/s)?.[0],
  ).toContain(words);
  for (const who of ['seat:law-enforcement', 'auditor', 'administrator']) {
    const browser = await as(who);
    const { status, location, html: shown } = await browser.get(`/referrals/${id}/card`);
    expect([who, status, shown.includes('paper-card')]).toEqual([who, 302, false]);
    expect([who, location.endsWith(`/referrals/${id}`)]).toEqual([who, true]);
  }
});

test('an auditor, an administrator and an invited member see nothing of it', async () => {
  for (const who of ['auditor', 'administrator', 'seat:mental-health']) {
    const { html } = await (await as(who)).get(`/referrals/${id}`);
    expect([headOf(html), html.includes(words)], who).toEqual(['', false]);
  }
});

test('nothing of the words is in the ledger or on the board', async () => {
  for (const table of ['Ledger', 'Board', 'Waits', 'Cursors'] as const)
    expect(JSON.stringify(await desk.items(table)), table).not.toContain(words);
});
