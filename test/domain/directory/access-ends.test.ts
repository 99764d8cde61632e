import { expect, test } from 'vitest';
import { type AccessEnd, actsAlsoAs, afterEnds, lastEndOf } from '../../../shared/domain/directory/access-ends.ts';
import type { Delegation } from '../../../shared/domain/directory/delegations.ts';

const noon = '2026-11-09T17:00:00.000Z';
const end = (personId: string, delegatesTo?: string, at = noon): AccessEnd => ({
  personId,
  reason: 'left-work',
  at,
  by: 'P-ADMIN',
  ...(delegatesTo !== undefined && { delegatesTo }),
});
const delegation = (personId: string, delegateId: string, givenAt = '2026-11-08T17:00:00.000Z'): Delegation => ({
  id: 'DG-1',
  personId,
  delegateId,
  work: ['caseworker'],
  from: givenAt,
  until: '2026-11-20T17:00:00.000Z',
  givenAt,
});
const delegateAfter = (given: Delegation, ...ends: readonly AccessEnd[]) => {
  const [after] = afterEnds([given], ends);
  return after?.endedAt === undefined ? after?.delegateId : `ended by ${after.endedBy} at ${after.endedAt}`;
};

test.each([
  ['what the person gave has ended', delegation('P-1', 'P-2'), [end('P-1', 'P-3')], `ended by P-ADMIN at ${noon}`],
  [
    'what the person held has ended where no one was named',
    delegation('P-2', 'P-1'),
    [end('P-1')],
    `ended by P-ADMIN at ${noon}`,
  ],
  ['what the person held goes to the one who was named', delegation('P-2', 'P-1'), [end('P-1', 'P-3')], 'P-3'],
  [
    'from one to the next, where that person leaves too',
    delegation('P-2', 'P-1'),
    [end('P-1', 'P-3'), end('P-3', 'P-4', '2026-11-10T17:00:00.000Z')],
    'P-4',
  ],
  ['no one acts for themselves', delegation('P-3', 'P-1'), [end('P-1', 'P-3')], `ended by P-ADMIN at ${noon}`],
  ['one who lost a device keeps it', delegation('P-2', 'P-1'), [end('P-1', 'P-1')], 'P-1'],
  ['what was given later stands', delegation('P-2', 'P-1', '2026-11-09T18:00:00.000Z'), [end('P-1', 'P-3')], 'P-1'],
  ['other people’s delegations stand', delegation('P-5', 'P-6'), [end('P-1', 'P-3')], 'P-6'],
])('%s', (_, given, ends, after) => {
  expect(delegateAfter(given, ...ends)).toBe(after);
});

test('an end holds until the person is let in after it', () => {
  const ends = [end('P-1'), end('P-2')];
  expect(lastEndOf(ends, { id: 'P-1' })?.isOver).toBe(false);
  expect(lastEndOf(ends, { id: 'P-1', letInAt: noon })?.isOver).toBe(false);
  expect(lastEndOf(ends, { id: 'P-1', letInAt: '2026-11-09T17:00:01.000Z' })?.isOver).toBe(true);
  expect(
    lastEndOf([...ends, end('P-1', undefined, '2026-12-01T17:00:00.000Z')], {
      id: 'P-1',
      letInAt: '2026-11-10T17:00:00.000Z',
    })?.isOver,
  ).toBe(false);
  expect(lastEndOf(ends, { id: 'P-3' })).toBeUndefined();
});

test('whose rows are read for a person who took over, also where two took over from each other', () => {
  expect(actsAlsoAs('P-3', [end('P-1', 'P-2'), end('P-2', 'P-3')])).toEqual(['P-3', 'P-2', 'P-1']);
  expect(new Set(actsAlsoAs('P-1', [end('P-1', 'P-2'), end('P-2', 'P-1'), end('P-1', 'P-1')]))).toEqual(
    new Set(['P-1', 'P-2']),
  );
});
