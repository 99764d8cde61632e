/** People of a played history have no entry in the directory. Pages name them by their role or seat, never by a code. */
import { expect, test } from 'vitest';
import { namesOf } from '../../functions/console/app/lookups.ts';
import { startConfirmed } from './confirmed.ts';
import { openConsole, signedInAs } from './window.ts';

test.each([
  ['P-PLAYED-HART-LIAISON', 'HART liaison, invented'],
  ['P-PLAYED-SECOND-CARELINE-SUPERVISOR', 'Careline supervisor, invented'],
  ['P-PLAYED-DEPUTY-MEDICAL', 'Medical, invented'],
  ['P-LEFT-1', 'P-LEFT-1'],
])('%s is %s', async (id, name) => {
  const nameOf = await namesOf({ people: async () => [] }, [id]);
  expect(nameOf(id)).toBe(name);
});

test('the history of a referral names people, and shows no id of one', async () => {
  const { desk, id } = await startConfirmed();
  try {
    const console = openConsole(desk, { parts: { now: () => desk.now } });
    const { html } = await (await signedInAs(console, 'caseworker')).get(`/referrals/${id}/history`);
    const text = html.slice(html.indexOf('<main'), html.indexOf('</main>')).replaceAll(/<[^>]+>/g, ' ');
    expect(text).toContain('HART liaison');
    // The desk names each person “Invented”, and the id.
    expect(text.match(/(?<!Invented )\bP-[A-Z][A-Z0-9-]+/g)).toBeNull();
  } finally {
    await desk.stop();
  }
});
