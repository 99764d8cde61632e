/**
 * A question that waits for an answer has a clock of its own (D37). Silence is noticed, and no proposal waits for ever.
 */

import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { answerersOf } from '../../../shared/domain/approvals/questions.ts';
import { proposals } from '../../../shared/domain/core/vocabulary.ts';
import { isStatutory, whyLines } from '../../../shared/domain/deadlines/deadlines.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

const rules = {
  downgrade: 'D37a',
  withdrawal: 'D37b',
  clearance: 'D37c',
  lowering: 'D37h',
  erasure: 'D37d',
} as const;
const answerers = {
  downgrade: 'hart-director',
  withdrawal: 'careline-manager',
  clearance: 'hart-director',
  lowering: 'area-director',
  erasure: 'program-manager',
} as const;

describe.each(proposals)('a %s that is proposed', (proposal) => {
  const rule = rules[proposal];
  const waiting = () => sceneOf(rule).after('PT1M');

  it('is asked of those who may agree, by an instant', () => {
    const story = waiting();
    const { id } = story.deadline(rule);
    const asked = story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id);
    expect(asked).toHaveLength(1);
    for (const word of asked[0]?.to ?? []) expect(answerersOf[proposal]).toContain(word);
  });

  it('is answered by an agreement, once', () => {
    const story = waiting().do(`agree-${proposal}`, {}, answerers[proposal]);
    expect(story.deadline(rule)).toMatchObject({ status: 'kept', keptAt: story.now });
    expect(story.refused('refuse-proposal', { proposal }, answerers[proposal])).not.toBe('accepted');
  });

  it('is answered by a no, after which everything is as before and it can be made again', () => {
    const story = waiting();
    const { stage } = story.state;
    story.do('refuse-proposal', { proposal }, answerers[proposal]);
    expect(story.deadline(rule)).toMatchObject({ status: 'kept', keptAt: story.now });
    expect(story.state).toMatchObject({ stage });
    expect(story.state.proposals[proposal]).toBeUndefined();
    expect(story.refused(`agree-${proposal}`, {}, answerers[proposal])).toBe('nothing-proposed');
    expect(story.refused('refuse-proposal', { proposal }, answerers[proposal])).toBe('nothing-proposed');
  });

  it('without an answer goes to the next person', () => {
    const story = waiting().after('P20D');
    const escalate = connecticut20261.deadlines.find(({ id }) => id === rule)?.escalate ?? [];
    const { id } = story.deadline(rule);
    expect(story.deadline(rule)).toMatchObject({ status: 'open', missed: true });
    // A call tells some of its groups of other duties only.
    const told = story.all('alert-requested').flatMap((alert): readonly string[] => {
      if (!isAbout(alert, id)) return [];
      return alert.calls?.flatMap(({ to, deadlineIds }) => (deadlineIds.includes(id) ? [to] : [])) ?? alert.to;
    });
    expect(told).toEqual(expect.arrayContaining([...escalate]));
  });
});

describe('a proposal', () => {
  it('is taken back by its proposer, and refused only by those who could approve it', () => {
    const story = sceneOf('D37a');
    expect(story.state.proposals.downgrade?.proposedBy).toBe('HART-LIAISON');
    expect(story.refused('refuse-proposal', { proposal: 'downgrade' }, 'hart-liaison/2')).toBe('not-yours-to-answer');
    story.do('refuse-proposal', { proposal: 'downgrade' }, 'hart-liaison');
    expect(story.state.proposals.downgrade).toBeUndefined();
    expect(story.deadline('D37a').status).toBe('kept');
  });

  it('that lapses ends its clock, and one that is made again has another', () => {
    const story = sceneOf('D37a').do('answer-checklist', { answers: {} });
    expect(story.deadline('D37a').status).toBe('ended');
    story.after('PT1H').screen('at-risk');
    const clocks = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D37a');
    expect(clocks.map(({ status }) => status)).toEqual(['ended', 'open']);
    expect(clocks[1]?.start).toBe(story.now);
  });

  it.each(['D37a', 'D37b'])(
    'of %s that is made again is asked again, even if a lawyer settled the one before',
    (rule) => {
      const story = sceneOf(rule);
      story.do('find-not-applicable', { deadlineId: story.deadline(rule).id });
      expect(story.open()).not.toContain(rule);
      if (rule === 'D37a') story.after('PT1H').screen('at-risk');
      else story.after('PT1H').do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor/2');
      expect(story.deadline(rule)).toMatchObject({ status: 'open', start: story.now });
    },
  );

  it('to erase lapses with a legal hold, which forbids it', () => {
    const story = sceneOf('D37d').do('set-legal-hold', {}, 'legal');
    expect(story.state.proposals.erasure).toBeUndefined();
    expect(story.deadline('D37d').status).toBe('ended');
  });

  it('to clear a caregiver lapses once a caregiver is alleged', () => {
    const story = sceneOf('D37c').do('record-facts', { perpetrators: ['caregiver'] });
    expect(story.state.proposals.clearance).toBeUndefined();
    expect(story.deadline('D37c').status).toBe('ended');
  });

  it('in a referral whose seal names no approver is refused by the stand-in', () => {
    const story = sceneOf('D37a');
    const no = () => story.refused('refuse-proposal', { proposal: 'downgrade' }, 'careline-supervisor');
    expect(no()).toBe('not-yours-to-answer');
    const forPeople = ['CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2', 'HART-LIAISON'];
    story.do('seal-referral', { because: 'workers-family', forPeople }, 'careline-manager');
    expect(no()).toBe('accepted');
  });

  it('that is made twice is asked once, by the first instant', () => {
    const story = sceneOf('D37b');
    const { due } = story.deadline('D37b');
    story.after('PT2H').do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor/2');
    expect(story.open().filter((rule) => rule === 'D37b')).toHaveLength(1);
    expect(story.deadline('D37b').due).toBe(due);
  });
});

describe('an answer is due before the duty that waits for it', () => {
  const halfWay = (from: string, to: string) => new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString();

  it('to lower danger, half-way to the response within two hours, and says why', () => {
    const story = referral().run().after('PT30M');
    const from = story.now;
    story.do('assess-danger', { danger: 'no', reason: 'An invented reason.' });
    const answer = story.deadline('D37h');
    expect(answer.due).toBe(halfWay(from, story.deadline('D6').due));
    expect(whyLines(answer, story.policy)[0]).toMatch(/because another duty waits for the answer/);
  });

  it('to lower danger after the two hours, within its own time', () => {
    const story = referral().run().after('PT3H');
    story.do('assess-danger', { danger: 'no', reason: 'An invented reason.' });
    expect(story.deadline('D37h').moved).toBeUndefined();
  });

  it('to lower an outcome, half-way to the screening that is due', () => {
    const story = referral().run().screen('high-risk').do('report-missing').do('record-return').after('PT1H');
    const from = story.now;
    story.screen('at-risk');
    expect(story.deadline('D37a').due).toBe(halfWay(from, story.deadline('D9').due));
  });

  it('to withdraw, half-way to the first duty that the withdrawal would end', () => {
    const story = referral().run().after('PT30M');
    const from = story.now;
    story.do('propose-withdrawal', { because: 'made-in-error' });
    const ended = Object.values(story.state.deadlines).filter(
      (each) => each.status === 'open' && each.rule !== 'D37b' && !isStatutory(each, story.policy),
    );
    const [first = ''] = ended.map(({ due }) => due).toSorted();
    expect(story.deadline('D37b').due).toBe(halfWay(from, first));
  });

  it('to clear a caregiver, before the notice to the parents', () => {
    const story = referral({ perpetrators: ['caregiver'] }).run();
    story.do('classify-report', { track: 'investigation' }).do('record-facts', { perpetrators: ['third-party'] });
    story.do('propose-clearance', {}, 'caseworker');
    expect(story.deadline('D37c').due < story.deadline('D38').due).toBe(true);
  });
});

describe('who is responsible', () => {
  it('is said again after a place was corrected', () => {
    const story = sceneOf('D37e');
    expect(story.deadline('D37e')).toMatchObject({ status: 'open' });
    story.do('confirm-routing', { office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD' });
    expect(story.deadline('D37e')).toMatchObject({ status: 'kept', keptAt: story.now });
  });

  it('is asked where no team is known, once, and known with the roster', () => {
    const story = sceneOf('D37f');
    story.step('DrawRoster');
    expect(story.open().filter((rule) => rule === 'D37f')).toHaveLength(1);
    story.do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
    expect(story.state.team.id).toBe('MDT-HARTFORD');
    expect(story.deadline('D37f')).toMatchObject({ status: 'kept' });
  });

  it('is asked no more where the child is to have no team after all', () => {
    const story = sceneOf('D37f').screen('at-risk').do('agree-downgrade', {}, 'hart-director');
    expect(story.deadline('D37f')).toMatchObject({ status: 'ended' });
  });
});

describe('a required seat without a holder', () => {
  it('is asked for until a person holds it', () => {
    const story = sceneOf('D37g');
    expect(story.state.team.vacant).toEqual(['medical']);
    story.appoint('medical');
    story.step('DrawRoster');
    expect(story.deadline('D37g')).toMatchObject({ status: 'kept', keptAt: story.now });
  });

  it('is asked for anew where the person invited to it is taken away again', () => {
    const story = sceneOf('D37g');
    story.do('invite-seat', { discipline: 'medical', personId: 'P-ANOTHER' });
    expect(story.deadline('D37g').status).toBe('kept');
    story.after('PT1H').do('remove-seat', { discipline: 'medical' });
    expect(story.deadline('D37g')).toMatchObject({ status: 'open', start: story.now });
  });
});

it('a referral without a proposal asks nothing', () => {
  const story = referral().run().screen('confirmed').tellTeam();
  expect(story.open().filter((rule) => rule.startsWith('D37'))).toEqual([]);
});
