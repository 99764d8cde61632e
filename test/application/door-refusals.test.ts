/** The sentences of the doors name roles as people say them. */
import { expect, test } from 'vitest';
import { doorRefusals } from '../../shared/application/routes/door-refusals.ts';
import { roles } from '../../shared/domain/core/vocabulary.ts';

test('no sentence of a refusal has the code of a role', () => {
  const codes = roles.filter((role) => role.includes('-'));
  const yours = { title: 'Close', roles: codes, own: codes };
  const said = Object.entries(doorRefusals).map(([name, { sentence }]) => [
    name,
    typeof sentence === 'string' ? sentence : name === 'command-not-yours' ? doorRefusals[name].sentence(yours) : '',
  ]);
  const found = said.filter(([, sentence = '']) => codes.some((code) => sentence.includes(code)));
  expect(found).toEqual([]);
  expect(doorRefusals['record-not-yours'].sentence).toContain('careline supervisor');
});
