/** The bench measures the API over stores of its own, which must know all that the API asks of them. */
import { expect, test } from 'vitest';
import { measureHandler } from './doors.ts';

test('the stores of the bench answer each request that it measures', async () => {
  const middles = await measureHandler(2);
  expect(Object.keys(middles).toSorted()).toEqual(['queue', 'read', 'search', 'submit']);
  for (const milliseconds of Object.values(middles)) expect(milliseconds).toBeGreaterThan(0);
});
