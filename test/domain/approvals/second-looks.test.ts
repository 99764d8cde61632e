import { describe, expect, it } from 'vitest';
import { referral } from '../../support/referral-builder.ts';
import { lowerDanger } from '../../support/scenes.ts';

describe('what an earlier fact does not settle', () => {
  it('a two-hour clock that ran out before anyone said no stays missed', () => {
    const story = referral({ danger: 'unknown' }).run();
    lowerDanger(story.after('PT3H'));
    expect(story.deadline('D6').status).toBe('open');
    expect(story.open()).toContain('D7');
  });

  it('a police notice from before the child went missing again does not count for this time', () => {
    const story = referral({ missingNow: 'no' }).run();
    const before = story.now;
    story.after('PT5H').do('report-missing', {}, 'careline-worker');
    story.do(
      'notify-police',
      { covers: ['missing'], agencyId: 'PD-1', method: 'phone', at: before },
      'careline-worker',
    );
    expect(story.deadline('D12a').status).toBe('open');
    story.do('notify-police', { covers: ['missing'], agencyId: 'PD-1', method: 'phone' }, 'careline-worker');
    expect(story.deadline('D12a').status).toBe('kept');
  });

  it('a proposal for an earlier screening is not decided on', () => {
    const story = referral();
    story.step('AskSameChild');
    story.screen('high-risk').step('ProposeEligibility');
    story.screen('confirmed');
    const decision = {
      outcome: story.state.eligibility.proposal?.outcome,
      definitionBasis: 'tvpa',
      legalConsulted: 'no',
    };
    expect(story.refused('decide-eligibility', decision)).toBe('proposal-outdated');
    story.step('ProposeEligibility');
    expect(
      story.refused('decide-eligibility', { ...decision, outcome: story.state.eligibility.proposal?.outcome }),
    ).toBe('accepted');
  });

  it('a referral does not close without the decision or the sign-off its outcome asks for', () => {
    const suspected = referral().run();
    suspected.screen('high-risk');
    expect(suspected.unmet()).toContain('No one has decided whether there is a basis to allege.');
    const clear = referral().run();
    clear.screen('not-indicated');
    expect(clear.unmet()).toContain('No one has signed off that nothing was indicated.');
  });
});
