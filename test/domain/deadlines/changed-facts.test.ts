/** A fact that changes ends no duty of law by itself: counsel finds that it does not apply (docs/domain.md#changed-facts). */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const mail = { recipient: 'tribe', tribe: 'MOHEGAN', mailKind: 'certified' };
const stepsOf = ({ state, now }: ReturnType<typeof referral>, role: Role) =>
  nextSteps(
    state,
    policy,
    { id: role.toUpperCase(), roles: [role], scopes: [{ role, scope: 'state' }] },
    { now, invitedOnly: false },
  );
const stepOf = (story: ReturnType<typeof referral>, rule: string, role: Role = 'legal') =>
  stepsOf(story, role).find((step) => step.rule === rule);

/** The duty, the report that opens it, and the answer that takes its ground away. */
const table = [
  ['D4', { perpetrators: ['third-party'] }, { perpetrators: ['caregiver'] }],
  ['D27', { foreignNational: 'yes' }, { foreignNational: 'no' }],
  ['D27', { foreignNational: 'yes' }, { ageClass: '18-and-over' }],
  ['D41a', { facilityEmployee: 'yes' }, { facilityEmployee: 'no' }],
  ['D41b', { schoolEmployee: 'yes' }, { schoolEmployee: 'no' }],
  ['D42', { tribalMember: 'yes', legalStatus: 'committed' }, { tribalMember: 'no' }],
  ['D42a', { tribalMember: 'yes', legalStatus: 'committed' }, { ageClass: '18-and-over' }],
] as const;

describe.each(table)('%s, where %o became %o', (rule, told, learned) => {
  const changed = () =>
    referral({ ...(told as unknown as Told) })
      .run()
      .after('PT1H')
      .do('record-facts', learned);

  it('stays open, and the next step of counsel says why, and what to do', () => {
    const story = changed();
    expect(story.deadline(rule).status).toBe('open');
    const step = stepOf(story, rule);
    expect(step?.note).toMatch(/recorded now that .* counsel finds that this duty does not apply/);
    expect(step).toMatchObject({ waitsOnYou: true });
    expect(step?.acts[0]).toMatchObject({
      command: 'find-not-applicable',
      input: { deadlineId: story.deadline(rule).id },
    });
    story.do('find-not-applicable', { deadlineId: story.deadline(rule).id }, 'legal');
    expect(story.deadline(rule).status).toBe('not-applicable');
  });

  it('is told to counsel once', () => {
    const story = changed();
    const { id } = story.deadline(rule);
    const told = () =>
      story.all('alert-requested').filter(({ deadlineId, to }) => deadlineId === id && to.join() === 'legal').length;
    expect(told()).toBe(1);
    story.do('record-facts', { homeless: 'no' });
    expect(told()).toBe(1);
  });

  it('says nothing of it where the fact holds', () => {
    const story = referral({ ...(told as unknown as Told) }).run();
    expect(stepOf(story, rule)?.note ?? '').not.toContain('recorded now');
    expect(stepOf(story, rule)?.acts.map(({ command }) => command) ?? []).not.toContain('find-not-applicable');
  });
});

describe('a wrong "no" about a tribe that is corrected', () => {
  const denied = () =>
    referral({ tribalMember: 'yes' }).run().do('invoke-hold').do('record-facts', { tribalMember: 'no' });

  it('leaves the duty as it was, due at the same instant', () => {
    const { due } = referral({ tribalMember: 'yes' }).run().do('invoke-hold').deadline('D42');
    const story = denied().after('P1D').do('record-facts', { tribalMember: 'yes' });
    expect(story.deadline('D42')).toMatchObject({ status: 'open', due });
    expect(stepOf(story, 'D42')?.note ?? '').not.toContain('recorded now');
  });

  it('opens the duty anew after counsel had found that it does not apply', () => {
    const story = denied();
    story.do('find-not-applicable', { deadlineId: story.deadline('D42').id }, 'legal').after('P1D');
    story.do('record-facts', { tribalMember: 'yes' });
    expect(story.deadline('D42')).toMatchObject({ status: 'open', start: story.now });
  });

  it('keeps a notice that was given', () => {
    const story = referral({ tribalMember: 'yes' }).run().do('invoke-hold').do('notify-tribe', mail);
    story.do('record-facts', { tribalMember: 'no' }).do('record-facts', { tribalMember: 'yes' });
    expect(story.deadline('D42').status).toBe('kept');
    expect(story.state.response.tribeNotices).toHaveLength(1);
  });
});
