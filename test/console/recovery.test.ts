/** The note on the safety of workers, and the recovery plan, on pages: who sees which words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, personOf } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, openedBy, plain, type Window } from './window.ts';

const canary = { look: 'CANARY-bus-station', call: 'CANARY-aunt', safe: 'CANARY-blue-kite', dog: 'CANARY-back-door' };

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  for (const seat of ['law-enforcement', 'victim-advocate'])
    await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, `seat:${seat}`);
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => openedBy(careline, who, id);
const seqOf = (form: string) => /name="seq" value="(\d+)"/.exec(form)?.[1] ?? '';
const act = (browser: Browser, name: string, key: string, input: object) =>
  browser.post(`/referrals/${id}/do/${name}`, { key, ...input });
const words = Object.values(canary);
const foundIn = (html: string) => words.filter((word) => html.includes(word));
const heading = 'Workers: read this before you go there';

test('a note on the safety of workers stands on every page, for all who may go there', async () => {
  const worker = await as('careline-worker');
  const input = { concerns: 'dog-there', safetyWords: `Use the ${canary.dog}.` };
  expect((await act(worker, 'note-worker-safety', 's1', input)).status).toBe(303);
  await desk.do(id, 'accept-linkage', { service: 'victim-advocacy' }, 'contact:PV-1');
  for (const who of ['caseworker', 'seat:law-enforcement', 'seat:victim-advocate', 'contact:PV-1']) {
    const reader = await as(who);
    const { html } = await reader.get(`/referrals/${id}`);
    expect([who, plain(html).includes(heading), plain(html).includes('There is a dog')]).toEqual([who, true, true]);
    expect([who, foundIn(html)]).toEqual([who, [canary.dog]]);
  }
  const caseworker = await as('caseworker');
  for (const page of ['/tasks', '/child', '/services', '/do/record-child-seen']) {
    expect([page, plain((await caseworker.get(`/referrals/${id}${page}`)).html).includes(heading)]).toEqual([
      page,
      true,
    ]);
  }
});

test('its form has what stands, and an empty one takes nothing away', async () => {
  const caseworker = await as('caseworker');
  const form = (await caseworker.get(`/referrals/${id}/do/note-worker-safety`)).html;
  expect(form).toMatch(/value="dog-there"[^>]* checked/);
  const empty = await act(caseworker, 'note-worker-safety', 's-empty', {});
  expect([empty.status, plain(empty.html).includes('Choose at least one thing')]).toEqual([409, true]);
  expect(plain((await caseworker.get(`/referrals/${id}`)).html)).toContain('There is a dog');
});

test('a form that was open before a colleague changed the note stores nothing, and has what stands now', async () => {
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:medical');
  const medical = await as('seat:medical');
  const form = formIn((await medical.get(`/referrals/${id}/do/note-worker-safety`)).html, 'note-worker-safety');
  const changed = { concerns: ['dog-there', 'police-first'] };
  await desk.do(id, 'note-worker-safety', changed, 'seat:victim-advocate');
  const answer = await act(medical, 'note-worker-safety', 's-old', { seq: seqOf(form), concerns: 'dog-there' });
  expect(answer.status).toBe(409);
  const page = plain(answer.html);
  expect(page).toContain('The referral has changed since you opened this page');
  expect(page).toMatch(/What changed: [^.]*police/);
  expect((await desk.state(id)).visits?.concerns).toEqual(changed.concerns);
  expect(page.split(heading)[1]?.slice(0, 200)).toContain('police');
});

test('the page that a mail opens has it too', async () => {
  const [alertId] = Object.keys((await desk.state(id)).alerts);
  const { html } = await (await as('caseworker')).get(`/alerts/${alertId}`);
  expect(plain(html)).toContain(heading);
});

test('who is only invited, and an auditor, read none of it', async () => {
  for (const who of ['seat:mental-health', 'auditor', 'contact:PV-2']) {
    expect([who, plain((await (await as(who)).get(`/referrals/${id}`)).html).includes('There is a dog')]).toEqual([
      who,
      false,
    ]);
  }
  expect((await (await as('auditor')).get(`/referrals/${id}/audit`)).html).not.toMatch(/dog|CANARY/i);
});

test('an advocate writes the plan, and only the named seats read its words', async () => {
  const advocate = await as('seat:victim-advocate');
  const form = formIn((await advocate.get(`/referrals/${id}/do/write-recovery-plan`)).html, 'write-recovery-plan');
  expect(plain(form)).toContain('Your own seat always reads the plan too.');
  expect(form).toMatch(/value="victim-advocate"[^>]* checked/);
  const answer = await act(advocate, 'write-recovery-plan', 'r1', {
    readers: 'law-enforcement',
    lookFirst: canary.look,
    callFirst: canary.call,
    safeWords: canary.safe,
  });
  expect(answer.status).toBe(303);
  const readers = { readers: 'law-enforcement', lookFirst: 'An old form.', seq: seqOf(form) };
  expect((await act(await as('seat:medical'), 'write-recovery-plan', 'r-old', readers)).status).toBe(409);
  const planWords = [canary.look, canary.call, canary.safe];
  const read = async (who: string) =>
    foundIn((await (await as(who)).get(`/referrals/${id}/child`)).html).filter((word) => word !== canary.dog);
  expect(await read('seat:law-enforcement')).toEqual(planWords);
  expect(await read('seat:victim-advocate')).toEqual(planWords);
  for (const who of ['seat:medical', 'caseworker', 'careline-supervisor', 'hart-liaison', 'contact:PV-1']) {
    expect([who, await read(who)]).toEqual([who, []]);
  }
  const page = plain((await (await as('caseworker')).get(`/referrals/${id}/child`)).html);
  expect(page).toContain('Named seats alone read this plan: Law enforcement, Victim advocate. Ask one of them');
  const ofStaff = await (await as('caseworker')).get(`/referrals/${id}/do/write-recovery-plan`);
  expect(plain(formIn(ofStaff.html, 'write-recovery-plan'))).toContain('You hold no seat of this team');
});

test('a danger that the call told has the link to its words for those who may read them', async () => {
  const knife = 'CANARY-kitchen-drawer';
  await desk.do(
    id,
    'add-to-report',
    { notes: `A knife is in the ${knife}.`, dangerToWorkers: 'yes' },
    'careline-worker',
  );
  const boxOn = async (who: string, path: string) => {
    const { html } = await (await as(who)).get(path);
    const box = (html.split('Before you go there')[1] ?? '').split('</div>')[0] ?? '';
    return { box, times: html.split(knife).length - 1 };
  };
  const [alertId] = Object.keys((await desk.state(id)).alerts);
  for (const path of [`/referrals/${id}`, `/alerts/${alertId}`]) {
    const { box, times } = await boxOn('caseworker', path);
    expect([path, box.includes('href="#call-notes"'), times]).toEqual([path, true, 1]);
  }
  expect(await boxOn('seat:law-enforcement', `/referrals/${id}`)).toMatchObject({ times: 1 });
  for (const page of ['tasks', 'services', 'do/record-child-seen']) {
    const { box, times } = await boxOn('caseworker', `/referrals/${id}/${page}`);
    expect([page, box.includes(`/referrals/${id}/child#call-notes"`), times]).toEqual([page, true, 0]);
  }
  const child = await boxOn('caseworker', `/referrals/${id}/child`);
  expect([child.box.includes('#call-notes"'), child.times]).toEqual([true, 1]);
  for (const page of ['', '/tasks']) {
    const { box, times } = await boxOn('seat:victim-advocate', `/referrals/${id}${page}`);
    expect([page, plain(box).includes('Ask the assigned social worker'), times]).toEqual([page, true, 0]);
    expect(box).not.toContain('#call-notes');
  }
});

test('who makes a call sees that workers must be warned, and where it is read', async () => {
  const worker = await as('careline-worker');
  const { html } = await worker.get(`/calls/panel?from=report&of=${id}`);
  const line = /<p class="calls-warn">(.*?)<\/p>/.exec(html)?.[1] ?? '';
  expect(plain(line)).toContain('Danger to workers');
  expect(line).toContain(`/referrals/${id}"`);
  expect(foundIn(html)).toEqual([]);
  // The box above the calls of a referral has the words.
  expect((await worker.get(`/calls/panel?from=referral&of=${id}`)).html).not.toContain('calls-warn');
});

test('a read of the plan is recorded first, and for no one who cannot read it', async () => {
  const reads = (await desk.items('Ledger'))
    .filter(({ pk }) => pk === `access#${id}`)
    .map(({ body }) => String(body))
    .filter((body) => body.includes('recoveryPlan'));
  expect(reads.length).toBeGreaterThan(0);
  const readers = [personOf('seat:law-enforcement').id, personOf('seat:victim-advocate').id];
  expect(reads.filter((body) => readers.every((each) => !body.includes(each)))).toEqual([]);
});

test('while the child is missing, the others are told which seats to call', async () => {
  await desk.do(id, 'report-missing', {}, 'caseworker');
  const page = plain((await (await as('careline-supervisor')).get(`/referrals/${id}`)).html);
  expect(page).toContain('Call one of these seats now');
  await desk.do(id, 'record-return', {}, 'caseworker');
});

test('after the return the caseworker is asked to offer a talk, and once recorded no longer', async () => {
  const caseworker = await as('caseworker');
  const title = 'Offer a talk to the people who searched for the child';
  expect(plain((await caseworker.get(`/referrals/${id}/tasks`)).html)).toContain(title);
  expect((await act(caseworker, 'offer-debrief', 'd1', { episode: '1' })).status).toBe(303);
  expect(plain((await caseworker.get(`/referrals/${id}/tasks`)).html)).not.toContain(title);
});

test('no word of the note or the plan leaves the vault', async () => {
  for (const table of ['Ledger', 'Board', 'ChildIndex', 'Directory'] as const) {
    expect([table, foundIn(JSON.stringify(await desk.items(table)))]).toEqual([table, []]);
  }
});
