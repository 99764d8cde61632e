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
