/** A form that replaces words is filled with them. A form from before a change stores nothing and shows it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { formIn, hidden, openConsole, signedInAs } from './window.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

test('the second note on safe contact, from another tab, takes the place of no first one unread', async () => {
  const id = await desk.opened();
  const worker = await signedInAs(openConsole(desk, { parts: { now: () => desk.now } }), 'caseworker');
  const path = `/referrals/${id}/do/note-safe-contact`;
  const tabs = [(await worker.get(path)).html, (await worker.get(path)).html];
  const send = (html: string | undefined, safeContact: string) =>
    worker.post(path, { seq: hidden(html ?? '', 'seq'), key: hidden(html ?? '', 'key'), safeContact });
  expect((await send(tabs[0], 'Call the aunt, before noon.')).status).toBe(303);
  const before = await desk.state(id);
  const refused = await send(tabs[1], 'Call the school.');
  expect([refused.status, (await desk.state(id)).seq]).toEqual([409, before.seq]);
  expect(refused.html).toMatch(/nothing was stored/);
  expect(refused.html).toMatch(/Recorded now.*Call the aunt, before noon\./s);
  expect(formIn(refused.html, 'note-safe-contact')).toContain('Call the school.');
  expect(formIn((await worker.get(path)).html, 'note-safe-contact')).toContain('Call the aunt, before noon.');
});

test('what the report said of name, telephone and birth date stays to be read once it was corrected', async () => {
  const id = await desk.opened({ name: 'Cedar Exampel', phone: '203-555-0122', birthDate: '2012-05-05' });
  const worker = await signedInAs(openConsole(desk, { parts: { now: () => desk.now } }), 'caseworker');
  const child = async () => (await worker.get(`/referrals/${id}/child`)).html;
  expect(await child()).not.toContain('as the report said');
  const corrected = { childName: 'Cedar Example', phone: '203-555-0199', reason: 'The school said so.' };
  await desk.do(id, 'correct-identity', corrected, 'caseworker');
  await desk.do(id, 'record-birth-date', { birthDate: '2012-05-15', reason: 'The school said so.' }, 'caseworker');
  const html = await child();
  for (const [label, words] of [
    ['Name', 'Cedar Exampel'],
    ['Telephone', '203-555-0122'],
    ['Date of birth', 'Sat May 5, 2012'],
  ])
    expect(html).toMatch(new RegExp(`${label}, as the report said</dt><dd[^>]*>${words}<`));
  expect(html).toContain('203-555-0199');
});

test('the note on safe contact of the report is read in History once a later one took its place, by those who may', async () => {
  const id = await desk.opened({ safeContact: 'Only at school, before noon.' });
  await desk.do(id, 'note-safe-contact', { safeContact: 'Call the aunt.' }, 'caseworker');
  const console = openConsole(desk, { parts: { now: () => desk.now } });
  const historyFor = async (who: string) =>
    (await (await signedInAs(console, who)).get(`/referrals/${id}/history`)).html;
  expect(await historyFor('careline-worker')).toMatch(/Report received.*Only at school, before noon\./s);
  expect(await historyFor('administrator')).not.toContain('Only at school');
});

test('the note of the referral itself fills the form after a merge, and not the note of the merged one', async () => {
  const child = { name: 'Fern Example', birthDate: '2011-03-04' };
  const id = await desk.opened({ ...child, safeContact: 'Only at school.' });
  const other = await desk.opened({ ...child, safeContact: 'Never tell the stepfather.' });
  await desk.do(
    other,
    'answer-duplicate',
    { answer: 'same-child-open', of: id, reason: 'One name.' },
    'careline-worker',
  );
  const worker = await signedInAs(openConsole(desk, { parts: { now: () => desk.now } }), 'careline-worker');
  const { html } = await worker.get(`/referrals/${id}/do/note-safe-contact`);
  expect(html).toContain('Never tell the stepfather.');
  expect(asShown(html, 'note-safe-contact')).toMatchObject({ safeContact: 'Only at school.' });
});

/** The form as a browser sends it untouched: its hidden fields, and what its controls hold. */
function asShown(html: string, name: string): Record<string, string> {
  const form = formIn(html, name as 'screen');
  const inputs = [...form.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
    const [, field = ''] = / name="([^"]*)"/.exec(input) ?? [];
    const [, value = ''] = / value="([^"]*)"/.exec(input) ?? [];
    return /type="(radio|checkbox)"/.test(input) && !/ checked/.test(input) ? [] : [[field, value] as const];
  });
  const areas = [...form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g)].map(
    ([, field = '', value = '']) => [field, value] as const,
  );
  return Object.fromEntries([...inputs, ...areas]);
}

test('a corrected name corrects the name alone, and keeps a number that another person corrected meanwhile', async () => {
  const id = await desk.opened({ name: 'Wren Exampel', phone: '203-555-0100' });
  const console = openConsole(desk, { parts: { now: () => desk.now } });
  const worker = await signedInAs(console, 'caseworker');
  const path = `/referrals/${id}/do/correct-identity`;
  const first = asShown((await worker.get(path)).html, 'correct-identity');
  expect(first).toMatchObject({ childName: 'Wren Exampel', phone: '203-555-0100' });
  const corrected = { ...first, childName: 'Wren Example', reason: 'The school spelled it.' };
  expect((await worker.post(path, corrected)).status).toBe(303);
  const { commits } = (await desk.ledger.referral(id)) ?? { commits: [] };
  expect(commits.at(-1)?.events).toMatchObject([{ type: 'identity-corrected', fields: ['childName'] }]);

  const older = asShown((await worker.get(path)).html, 'correct-identity');
  const number = { phone: '203-555-0199', reason: 'The child said so.' };
  await desk.do(id, 'correct-identity', number, 'careline-supervisor');
  const refused = await worker.post(path, { ...older, childName: 'Wren Sample', reason: 'She spelled it.' });
  expect([refused.status, refused.html]).toEqual([409, expect.stringMatching(/nothing was stored/)]);
  // What this person wrote is still there. What they only saw is as it is now.
  expect(asShown(refused.html, 'correct-identity')).toMatchObject({ childName: 'Wren Sample', phone: '203-555-0199' });
});

test('who reported is filled in for a person who may read it alone', async () => {
  const id = await desk.opened({}, { anonymous: 'no', reporter: { name: 'Rowan Example', phone: '203-555-0111' } });
  const console = openConsole(desk, { parts: { now: () => desk.now } });
  const path = `/referrals/${id}/do/correct-reporter`;
  const taker = await signedInAs(console, 'careline-worker');
  expect(asShown((await taker.get(path)).html, 'correct-reporter')).toMatchObject({ reporterName: 'Rowan Example' });
  expect(JSON.stringify(await desk.ledger.accessRecords(id))).toContain('reporter');
  // Another worker of the Careline did not take the report.
  const other = await (await signedInAs(console, 'careline-worker/2')).get(path);
  expect(formIn(other.html, 'correct-reporter')).toBe('');
  expect(other.html).not.toContain('Rowan Example');
});

test('the second safety plan, from another tab, takes the place of no first one unread', async () => {
  const id = await desk.opened({ danger: 'yes' });
  const worker = await signedInAs(openConsole(desk, { parts: { now: () => desk.now } }), 'caseworker');
  const path = `/referrals/${id}/do/record-safety-plan`;
  const older = asShown((await worker.get(path)).html, 'record-safety-plan');
  const plan = { placement: 'relative', plan: 'She sleeps there.', notToTell: 'Her uncle.' };
  await desk.do(id, 'record-safety-plan', plan, 'careline-supervisor');
  const refused = await worker.post(path, { ...older, placement: 'placed', plan: 'A bed for tonight.' });
  expect(refused.status).toBe(409);
  expect(refused.html).toMatch(/Recorded now.*She sleeps there\..*Her uncle\./s);
  const again = asShown(refused.html, 'record-safety-plan');
  expect(again).toMatchObject({ plan: 'A bed for tonight.', notToTell: 'Her uncle.' });
});
