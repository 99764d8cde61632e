/** People of a played history have no entry in the directory. Pages name them by their role or seat, never by a code. */
import { expect, test } from 'vitest';
import { namesOf } from '../../functions/console/app/lookups.ts';

test.each([
  ['P-PLAYED-HART-LIAISON', 'HART liaison, invented'],
  ['P-PLAYED-SECOND-CARELINE-SUPERVISOR', 'Careline supervisor, invented'],
  ['P-PLAYED-DEPUTY-MEDICAL', 'Medical, invented'],
  ['P-LEFT-1', 'P-LEFT-1'],
])('%s is %s', async (id, name) => {
  const nameOf = await namesOf({ people: async () => [] }, [id]);
  expect(nameOf(id)).toBe(name);
});
