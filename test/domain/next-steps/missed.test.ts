/** What a missed duty asks for afterwards: a reason, then the countersignature. */
import { expect, test } from 'vitest';
import { viewNextSteps } from '../../../shared/application/read/shown-next-steps.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

const titles = ({ state, policy, now }: Story, role: Role) =>
  viewNextSteps(state, policy, { ...visitor(role), at: now })
    .filter(({ status }) => status === 'to-explain')
    .map(({ title }) => title);

test('a missed duty asks for its reason, and then for the countersignature', () => {
  const story = referral()
    .run()
    .after('P2D')
    .do('notify-police', { covers: ['state'], agencyId: 'PD-HARTFORD', method: 'phone' });
  const deadlineId = story.deadline('D3').id;
  expect(story.deadline('D3').missed).toBe(true);
  expect(titles(story, 'area-director')).toContain('Say why this was missed: notify law enforcement');
  story.do('explain-miss', { deadlineId, reasonCode: 'staffing', willBeKept: true });
  expect(titles(story, 'area-director')).toContain('Countersign why this was missed: notify law enforcement');
});
