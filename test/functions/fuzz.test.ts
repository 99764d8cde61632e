/** Requests made from the description of the API, against its handlers. `npm run test:long` sends twenty thousand. */
import { describe, expect, test } from 'vitest';
import { apiDescriptionText } from '../support/api-description.ts';
import { randomFrom } from '../support/dice.ts';
import { createFuzz, faultsOf, operationsIn } from '../support/fuzz.ts';
import { fuzzDesk } from '../support/fuzz-desk.ts';

test('no request is a fault, no refusal repeats the input or stores anything, and every chain is intact after', {
  timeout: 60_000,
}, async () => {
  const { findings, statuses, succeeded, chainsIntact } = await fuzzDesk(20261125, 300);
  expect(findings).toEqual([]);
  expect(chainsIntact).toBe(true);
  // The request passed the checks of the API and reached the domain.
  for (const status of [200, 400, 404, 409, 413, 415]) expect([status, statuses[status] ?? 0]).not.toEqual([status, 0]);
  expect(succeeded).toBeGreaterThan(15);
});

describe('the fuzz itself', () => {
  test('makes the same requests of the same seed, of every operation and every kind', () => {
    const operations = operationsIn(JSON.parse(apiDescriptionText()));
    const made = (seed: number) => {
      const fuzz = createFuzz(operations, () => ({}), randomFrom(seed));
      return Array.from({ length: 2000 }, fuzz.next);
    };
    const requests = made(7);
    expect(requests).toEqual(made(7));
    expect(new Set(requests.map(({ operation, method }) => `${method} ${operation}`)).size).toBe(operations.length);
    expect(new Set(requests.map(({ kind }) => kind))).toEqual(new Set(['valid', 'almost', 'hostile']));
  });

  test('notices an echo, a fault, a write by a refused request, and an accepted control character', () => {
    const sent = { secrets: ['ZqWord'], text: '{"narrative":"a\\u0000"}' };
    expect(faultsOf(sent, { status: 400, text: 'ZqWord is wrong', written: false })).toEqual([
      'an echo of what was sent',
    ]);
    expect(faultsOf(sent, { status: 500, text: '', written: false })).toEqual(['a fault']);
    expect(faultsOf(sent, { status: 409, text: '', written: true })).toEqual(['something was stored']);
    expect(faultsOf(sent, { status: 200, text: 'ZqWord', written: true })).toEqual(['a control character was taken']);
    expect(faultsOf({ secrets: ['ZqWord'] }, { status: 200, text: 'ZqWord', written: true })).toEqual([]);
  });
});
