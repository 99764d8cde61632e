/**
 * A clock follows the known facts. If it did not apply, it runs once the fact is there after all. If the fact began
 * earlier than recorded, the clock starts there.
 */
import { describe, expect, it } from 'vitest';
import { whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { otherReferral } from '../../support/random-story.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { lowerDanger } from '../../support/scenes.ts';

const reason = 'It does not apply to this child.';
const of = (story: Story, rule: string) => Object.values(story.state.deadlines).filter((each) => each.rule === rule);
const statuses = (story: Story, rule: string) => of(story, rule).map(({ status }) => status);
const excuse = (story: Story, rule: string) =>
  story.do('find-not-applicable', { deadlineId: story.deadline(rule).id, reason });

describe('what a lawyer found not to apply', () => {
  const cases: readonly (readonly [rule: string, why: string, before: () => Story, then: (story: Story) => Story])[] = [
    [
      'D5',
      'entered care since',
      () => referral({ age: 15, legalStatus: 'unknown' }).run().screen('confirmed'),
      (story) => story.do('record-entry-to-care'),
    ],
    [
      'D5',
      'is held since',
      () => referral({ age: 15, legalStatus: 'unknown' }).run().screen('confirmed'),
      (story) => story.do('invoke-hold'),
    ],
    [
      'D5',
      'is committed since',
      () => referral({ age: 15, legalStatus: 'unknown' }).run().screen('confirmed'),
      (story) => story.do('record-facts', { legalStatus: 'committed', population: 'in-dcf-care' }),
    ],
    [
      'D4',
      'is alleged of a third party since',
      () =>
        referral({ perpetrators: ['unknown'] })
          .run()
          .do('record-facts', { perpetrators: ['caregiver'] }),
      (story) => story.do('record-facts', { perpetrators: ['third-party'] }),
    ],
    [
      'D27',
      'is a foreign national after all',
      () => referral({ age: 15, foreignNational: 'yes' }).run().do('record-facts', { foreignNational: 'no' }),
      (story) => story.do('record-facts', { foreignNational: 'yes' }),
    ],
    [
      'D24',
      'is investigated after all',
      () => referral().run().do('classify-report', { track: 'investigation' }),
      (story) => story.do('classify-report', { track: 'investigation' }),
    ],
  ];

  it.each(cases)('%s runs again where the child %s', (rule, _, begun, then) => {
    const story = excuse(begun(), rule).after('P1D');
    expect(statuses(then(story), rule)).toEqual(['not-applicable', 'open']);
  });

  it.each(cases.slice(0, 5))(
    '%s does not, where something else becomes known than that the child %s',
    (rule, _, begun) => {
      const story = excuse(begun(), rule).after('P1D').do('record-facts', { homeless: 'yes' });
      expect(statuses(story, rule)).toEqual(['not-applicable']);
    },
  );

  it('runs again for a second finding that identifies the child, and for a finding that is made again', () => {
    const story = excuse(referral({ age: 15, legalStatus: 'unknown' }).run().screen('confirmed'), 'D5').after('PT1H');
    story.screen('at-risk').do('agree-downgrade', {}, 'hart-lead').after('PT1H').screen('confirmed');
    expect(statuses(story, 'D5')).toEqual(['not-applicable', 'open']);
    const found = referral().run().do('classify-report', { track: 'investigation' }).after('PT2H');
    found.do('record-disposition', {
      disposition: 'substantiated',
      reasonableCause: 'yes',
      at: '2026-11-09T16:00:00Z',
    });
    expect(found.deadline('D25').start).toBe('2026-11-09T16:00:00.000Z');
    excuse(found, 'D25').do('record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' });
    found.do('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' });
    expect(statuses(found, 'D25')).toEqual(['not-applicable', 'open']);
  });
});

describe('the response that is owed whatever becomes of the two hours', () => {
  const ceiling = (story: Story) => of(story, 'D7').map(({ status, due }) => [status, due]);
  /** By policy a day of the three that the law gives. */
  const open = [['open', '2026-11-10T15:00:00Z']];

  it('is owed from the report where a lawyer finds that the two hours do not apply', () => {
    const story = excuse(referral({ danger: 'yes' }).run(), 'D6');
    expect(ceiling(story)).toEqual(open);
    expect(ceiling(lowerDanger(story))).toEqual(open);
  });

  it('is owed where the two hours were missed for good', () => {
    const story = referral({ danger: 'yes' }).run().after('PT3H');
    const { id } = story.deadline('D6');
    story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: false }, 'area-supervisor');
    expect(ceiling(story.do('countersign-miss', { deadlineId: id }, 'area-director'))).toEqual(open);
  });

  it('runs again where danger comes and goes, and not after a response', () => {
    const story = excuse(referral({ danger: 'no' }).run(), 'D7').do('assess-danger', { danger: 'yes' });
    expect(ceiling(lowerDanger(story)).map(([status]) => status)).toEqual(['not-applicable', 'open']);
    const answered = referral({ danger: 'yes' }).run().do('start-response');
    expect(ceiling(lowerDanger(answered))).toEqual([]);
  });
});

describe('the screening on a return', () => {
  const back = () => referral({ missingNow: 'yes' }).run().after('PT5M').do('record-return');
  const ofReturn = (story: Story) => of(story, 'D9').filter(({ startedBy }) => startedBy === 'child-returned');

  it('is a duty of law of its own, where the report had not been screened either', () => {
    const story = back();
    const [clock] = ofReturn(story);
    expect(clock).toMatchObject({ status: 'open', start: '2026-11-09T15:05:00.000Z' });
    const later = { deadlineId: clock?.id ?? '', due: '2026-11-11T15:00:00Z' };
    expect(story.refused('extend-deadline', later, 'hart-director')).toBe('statutory');
    expect(clock && whyDue(clock, story.policy)).toMatch(
      /after the return of the child .*: law, its time set by policy \(42 U\.S\.C\. 671\(a\)\(35\)\(A\)\)$/,
    );
    expect(story.screen('at-risk').open()).not.toContain('D9');
  });

  it('is asked for where the screening of the report is overdue already', () => {
    const story = referral({ missingNow: 'yes' }).run().after('P3D').do('record-return');
    expect(ofReturn(story)).toMatchObject([{ status: 'open' }]);
  });

  it('is not kept by a screening while the child is away again: only a lawyer can settle it', () => {
    const story = back().after('PT1H').do('report-missing').screen('not-indicated');
    expect(ofReturn(story).map(({ status }) => status)).toEqual(['open']);
    story.after('PT1H').do('record-return').screen('not-indicated');
    expect(ofReturn(story).map(({ status }) => status)).toEqual(['open', 'kept']);
    expect(story.unmet()).toContain('Return 1 from missing has had no screening.');
    story.do('find-not-applicable', { deadlineId: ofReturn(story)[0]?.id ?? '', reason });
    expect(story.unmet().join()).not.toContain('has had no screening');
  });

  it('stands in the way of a withdrawal, also of one that was proposed before the return', () => {
    const story = referral({ missingNow: 'yes', candidates: [otherReferral] })
      .run()
      .screen('high-risk');
    story.do('propose-withdrawal', { because: 'duplicate', of: otherReferral }).do('record-return');
    expect(story.refused('agree-withdrawal', {}, 'careline-manager')).toBe('return-unscreened');
    expect(back().refused('propose-withdrawal', { because: 'made-in-error' })).toBe('return-unscreened');
  });

  it('is asked for when a merge is undone in which the child had returned', () => {
    const story = referral({ missingNow: 'yes', candidates: [otherReferral] })
      .run()
      .screen('high-risk');
    story.do('answer-duplicate', { answer: 'same-child-open', of: otherReferral }).after('PT1H').do('record-return');
    expect(ofReturn(story)).toEqual([]);
    story.after('PT1H').do('undo-merge');
    expect(ofReturn(story)).toMatchObject([{ status: 'open', start: '2026-11-09T16:00:00.000Z' }]);
  });
});

describe('the examination', () => {
  it('is asked for anew where there was a later assault, whatever became of the first offer', () => {
    const overdue = referral({ lastAssaultAt: '2026-11-09T10:00:00.000Z' }).run().after('P4D');
    const alerts = overdue.all('alert-requested').length;
    overdue.do('record-facts', { lastAssaultAt: '2026-11-13T10:00:00Z' });
    expect(of(overdue, 'D17').map(({ status, hardStop }) => [status, hardStop])).toEqual([
      ['ended', '2026-11-14T10:00:00Z'],
      ['open', '2026-11-18T10:00:00Z'],
    ]);
    expect(overdue.all('alert-requested').length).toBeGreaterThan(alerts);
    const excused = excuse(referral({ lastAssaultAt: '2026-11-09T10:00:00.000Z' }).run(), 'D17').after('P4D');
    excused.do('record-facts', { lastAssaultAt: '2026-11-13T10:00:00Z' });
    expect(statuses(excused, 'D17')).toEqual(['not-applicable', 'open']);
  });

  it('keeps its four hours where only the time of the assault was said wrong', () => {
    const story = referral({ lastAssaultAt: '2026-11-04T16:00:00.000Z' }).run().after('PT10M');
    story.do('record-facts', { lastAssaultAt: '2026-11-09T10:00:00Z' });
    expect(story.deadline('D17')).toMatchObject({ due: '2026-11-09T19:00:00Z', hardStop: '2026-11-14T10:00:00Z' });
  });
});

describe('what began earlier than was recorded', () => {
  it('is due from there: a hold, and the word that a child is missing', () => {
    const hold = referral().run().do('invoke-hold').after('PT1H');
    expect(hold.refused('invoke-hold', {})).toBe('held-already');
    expect(hold.refused('invoke-hold', { at: '2026-11-09T15:30:00Z' })).toBe('held-already');
    hold.do('invoke-hold', { at: '2026-11-09T03:00:00Z' });
    expect(hold.deadline('D11')).toMatchObject({ start: '2026-11-09T03:00:00.000Z', due: '2026-11-13T03:00:00Z' });
    expect(whyDue(hold.deadline('D11'), hold.policy)).toContain('because it had begun earlier than was recorded');
    const missing = referral({ missingNow: 'no' }).run().after('PT2H').do('report-missing').after('PT1H');
    expect(missing.refused('report-missing', { at: '2026-11-09T17:30:00Z' })).toBe('already-missing');
    missing.do('report-missing', { at: '2026-11-09T15:00:00Z' });
    expect(missing.state.missing.absences).toEqual([{ number: 1, missingSince: '2026-11-09T15:00:00.000Z' }]);
    expect(of(missing, 'D12a')).toMatchObject([{ start: '2026-11-09T15:00:00.000Z', due: '2026-11-09T16:00:00Z' }]);
  });

  it('never contradicts what was before it: no return before the word, and no absence before the last return', () => {
    const story = referral({ missingNow: 'no' }).run().after('PT9H').do('report-missing');
    expect(story.refused('record-return', { at: '2026-11-09T16:00:00Z' })).toBe('before-it-left');
    const back = referral({ missingNow: 'yes' }).run().after('PT9H').do('record-return');
    expect(back.refused('report-missing', { at: '2026-11-09T16:00:00Z' })).toBe('before-the-return');
    back.after('PT1H').do('report-missing');
    expect(back.refused('report-missing', { at: '2026-11-09T16:00:00Z' })).toBe('before-the-return');
  });
});

it('an act on paper is recorded with its time: the classification and the liaison', () => {
  const story = referral()
    .run()
    .after('PT5H')
    .do('classify-report', { track: 'investigation', at: '2026-11-09T15:10:00Z' });
  expect(story.deadline('D1')).toMatchObject({ status: 'kept', keptAt: '2026-11-09T15:10:00.000Z', late: false });
  story.do('assign-liaison', { personId: 'LIAISON', at: '2026-11-09T15:20:00Z' }, 'hart-lead');
  expect(story.deadline('D8')).toMatchObject({ status: 'kept', keptAt: '2026-11-09T15:20:00.000Z' });
});

it('a police officer is a mandated reporter even if the report does not say so, and a neighbour is not', () => {
  const told = { mandated: 'unknown', anonymous: 'no' } as const;
  expect(
    referral({ ...told, reporterType: 'police' })
      .run()
      .open(),
  ).toContain('D2');
  expect(
    referral({ ...told, reporterType: 'community' })
      .run()
      .open(),
  ).not.toContain('D2');
  expect(
    referral({ ...told, mandated: 'no', reporterType: 'police' })
      .run()
      .open(),
  ).not.toContain('D2');
});
