import { expect, test } from 'vitest';
import { movedSince, seenAt } from '../../functions/console/referral/changed-since.ts';
import { event } from '../../shared/domain/events.ts';
import { visitor } from '../support/desk.ts';
import { referral } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

const story = () => referral().run().screen('high-risk');
const since = (told: ReturnType<typeof story>) => told.commits.flatMap(({ events }) => events);

test('a reader of the whole referral reads what changed, without the mail', () => {
  const told = story();
  const said = movedSince(
    { state: told.state, since: since(told) },
    { policy: connecticutPolicy, visitor: visitor('caseworker') },
    new Set(),
  );
  expect(said).toContain('What changed: ');
  expect(said).toContain('high risk');
  expect(said).not.toContain('Alert ');
});

test('a provider reads that the referral changed, and not how', () => {
  const told = story();
  const said = movedSince(
    { state: told.state, since: since(told) },
    { policy: connecticutPolicy, visitor: visitor('contact:PV-1') },
    new Set(),
  );
  expect(said).toContain('has changed since you opened this page');
  expect(said).not.toContain('What changed');
  expect(said).not.toContain('high risk');
});

test('a change is not named where it is sealed against the sender of the form', () => {
  const { state } = story();
  const sealed = 'CR-AAAAA-AAAAAA';
  const since = [event('merge-reserved', { from: sealed }), event('candidate-taken-back', { of: sealed })];
  const about = { policy: connecticutPolicy, visitor: visitor('caseworker') };
  expect(movedSince({ state, since }, about, new Set())).toContain(sealed);
  expect(movedSince({ state, since }, about, new Set([sealed]))).not.toContain(sealed);
});

test.each([
  ['7', { shown: 7 }],
  ['0', { shown: 0 }],
  ['', undefined],
  ['-1', undefined],
  ['seven', undefined],
  ['9999999999', undefined],
])('a form with seq %j was made at %j', (seq, seen) => {
  expect(seenAt(new URLSearchParams({ seq }))).toEqual(seen);
  expect(seenAt(new URLSearchParams())).toBeUndefined();
});
