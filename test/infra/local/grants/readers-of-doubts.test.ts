import { expect, test } from 'vitest';
import { readTemplate } from '../../../../infra/local/template/template.ts';
import { synthesize } from '../../../../infra/synthesize.ts';
import { grantsIn } from './grants.ts';

// A commit without a right code counts where a supervisor accepted it. Else one such row would stop calls and mail.
test('every function that reads a referral may ask whether a supervisor accepted what no code proves', async () => {
  const grants = grantsIn(readTemplate((await synthesize()).folder));
  const readersOf = (kind: string) =>
    new Set(
      grants.flatMap(({ owner, action, keys }) => (action === 'dynamodb:Query' && keys === `${kind}#*` ? [owner] : [])),
    );
  const readers = readersOf('referral');
  expect(readers.size).toBeGreaterThan(10);
  expect([...readers].filter((owner) => !readersOf('doubt').has(owner))).toEqual([]);
});
