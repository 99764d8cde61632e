/** Whether the release before could read what this one writes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type NextRelease, unreadable } from '../support/release-check.ts';

const contract = readFileSync(new URL('../../shared/contracts/tasks.ts', import.meta.url), 'utf8');
const definition = (step: string) =>
  JSON.stringify({ States: { Open: { Type: 'Task', Arguments: { Payload: { step, referralId: '{% $id %}' } } } } });
const running = { readable: { events: { 'referral closed': 'a1' }, policies: { 'connecticut-2026.1': {} } }, contract };
const next: NextRelease = {
  readable: running.readable,
  policies: [{ version: 'connecticut-2026.1', inForceFrom: '2026-01-01' }],
  definitions: [definition('open-services')],
};
const now = '2027-03-01T12:00:00.000Z';

test('a release that adds nothing may follow', () => {
  expect(unreadable(running, next, now)).toEqual([]);
});

test('an event that is new, or that has other fields, is told', () => {
  for (const [name, shape] of [
    ['referral reopened', 'b2'],
    ['referral closed', 'a2'],
  ] as const) {
    const events = { ...running.readable.events, [name]: shape };
    expect(unreadable(running, { ...next, readable: { ...running.readable, events } }, now)).toEqual([
      `The running release does not read the event "${name}" as it is now: once one is written, do not go back to it.`,
    ]);
  }
});

test('a new policy begins only after its release', () => {
  const policies = (inForceFrom: string) => [...next.policies, { version: 'connecticut-2027.1', inForceFrom }];
  expect(unreadable(running, { ...next, policies: policies('2027-02-01') }, now)).toEqual([
    expect.stringContaining('The policy connecticut-2027.1 is in force from 2027-02-01'),
  ]);
  expect(unreadable(running, { ...next, policies: policies('2027-07-01') }, now)).toEqual([]);
});

test('a definition gives a task only words that the functions of the running release take', () => {
  expect(unreadable(running, { ...next, definitions: [definition('open-appeal')] }, now)).toEqual([
    expect.stringContaining('the word "open-appeal"'),
  ]);
});
