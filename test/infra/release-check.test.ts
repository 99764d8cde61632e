/** A release writes only what the release before it reads. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requireWritable } from '../../shared/domain/announced-events.ts';
import { type NextRelease, unreadable } from '../support/release-check.ts';

const contract = readFileSync(new URL('../../shared/contracts/tasks.ts', import.meta.url), 'utf8');
const definition = (step: string) =>
  JSON.stringify({ States: { Open: { Type: 'Task', Arguments: { Payload: { step, referralId: '{% $id %}' } } } } });
const running = { readable: { events: { 'referral closed': 'a1' }, policies: { 'connecticut-2026.1': {} } }, contract };
const next: NextRelease = {
  readable: running.readable,
  announced: new Set(),
  policies: [{ version: 'connecticut-2026.1', inForceFrom: '2026-01-01' }],
  definitions: [definition('open-services')],
};
const now = '2027-03-01T12:00:00.000Z';
const newEvent = { ...running.readable, events: { ...running.readable.events, 'referral reopened': 'b2' } };

test('a release that adds nothing may follow', () => {
  expect(unreadable(running, next, now)).toEqual([]);
});

test('a new event is announced first: read, and not written', () => {
  expect(unreadable(running, { ...next, readable: newEvent }, now)).toEqual([
    expect.stringContaining('The event "referral reopened" is new'),
  ]);
  const announced = new Set(['referral reopened']);
  expect(unreadable(running, { ...next, readable: newEvent, announced }, now)).toEqual([]);
  // Once the running release reads it, the next one writes it.
  expect(unreadable({ ...running, readable: newEvent }, { ...next, readable: newEvent }, now)).toEqual([]);
});

test('an announced event cannot be written', () => {
  const announced = new Set(['referral reopened']);
  const write = (chain: string, type: string) => () =>
    requireWritable(chain, [{ type: 'closed' }, { type }], announced);
  expect(write('referral#CR-7F3KD-9QXMTQ', 'reopened')).toThrow(
    'This release reads the event "referral reopened" and does not write it yet.',
  );
  expect(write('referral#CR-7F3KD-9QXMTQ', 'withdrawn')).not.toThrow();
  expect(write('draft#D-1', 'reopened')).not.toThrow();
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
