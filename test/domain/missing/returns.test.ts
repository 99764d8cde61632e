/** The register of returns. Nothing that happens to a referral removes a return without its follow-up. */
import { describe, expect, it } from 'vitest';
import { boardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { lineOf, returnQueues } from '../../../shared/domain/missing/return-rows.ts';
import { otherReferral } from '../../support/random-story.ts';
import { referral, referralId, type Story } from '../../support/referral-builder.ts';
import { answerTheReport } from '../../support/scenes.ts';

const rowsOf = (story: Story) =>
  boardRows(story.state, story.policy)
    .filter(({ kind }) => kind === 'return' || kind === 'return-undone')
    .map((row) => boardRow.parse(row));
/** The lines of one of the two lists, as they read now. */
const lines = (story: Story, list: keyof typeof returnQueues = 'all') =>
  rowsOf(story)
    .filter(({ queue }) => queue === returnQueues[list])
    .map((row) => lineOf(row, story.now));

/** Missing at nine hours after the report, and back a day later. */
const back = (told = {}) => referral(told).run().after('PT9H').do('report-missing').after('P1D').do('record-return');

describe('a return', () => {
  it('11.17 is undone until the child was talked with and screened, with the due instant of D13', () => {
    const story = back();
    expect(lines(story, 'undone')).toEqual([
      {
        referralId,
        stage: 'open',
        office: 'HARTFORD',
        number: 1,
        missingSince: '2026-11-10T00:00:00.000Z',
        returnedAt: '2026-11-11T00:00:00.000Z',
        deadline: 'open',
        due: '2026-11-12T00:00:00Z',
        status: 'undone',
        undone: ['debrief', 'screening'],
        late: false,
      },
    ]);
    story.after('PT1H').do('record-debrief', { seenAlone: 'seen-alone' });
    expect(lines(story, 'undone')).toMatchObject([{ undone: ['screening'], debriefedAt: '2026-11-11T01:00:00.000Z' }]);
    story.screen('at-risk');
    expect(lines(story, 'undone')).toEqual([]);
    expect(lines(story)).toMatchObject([
      { status: 'done', undone: [], late: false, screening: 1, outcome: 'at-risk', deadline: 'kept' },
    ]);
  });

  it('that is followed up after it was due is late, and one that is not is late from then on', () => {
    const story = back().after('PT25H');
    expect(lines(story, 'undone')).toMatchObject([{ status: 'undone', late: true }]);
    story.do('record-debrief', { seenAlone: 'seen-alone' }).screen('at-risk');
    expect(lines(story)).toMatchObject([{ status: 'done', late: true }]);
  });

  it('is not screened by what was recorded before it, nor by a lower outcome that waits for its second reviewer', () => {
    const story = referral({ missingNow: 'yes' }).run().screen('high-risk').after('P1D').do('record-return');
    expect(lines(story)).toMatchObject([{ undone: ['debrief', 'screening'] }]);
    story.screen('at-risk');
    expect(lines(story)).toMatchObject([{ undone: ['debrief', 'screening'] }]);
    story.do('agree-downgrade', {}, 'hart-lead');
    expect(lines(story)).toMatchObject([{ undone: ['debrief'], screening: 2 }]);
  });

  it('without a screening before the child was gone again stays undone, whatever follows the next one', () => {
    const story = back().after('PT1H').do('report-missing').screen('insufficient-info').after('P1D');
    story
      .do('record-return')
      .after('PT1H')
      .do('record-debrief', { episode: 2, seenAlone: 'seen-alone' })
      .screen('at-risk');
    expect(lines(story).map(({ number, undone }) => [number, undone])).toEqual([
      [1, ['debrief', 'screening']],
      [2, []],
    ]);
  });

  it('has the talk that took place between two absences, also where it is recorded after the second', () => {
    const story = back().after('PT1H').do('report-missing').after('P1D').do('record-return');
    story.do('record-debrief', { at: '2026-11-11T00:30:00Z', seenAlone: 'seen-alone' });
    expect(lines(story).map(({ debriefedAt }) => debriefedAt)).toEqual(['2026-11-11T00:30:00.000Z', undefined]);
  });
});

describe('a child who is still missing', () => {
  it('is in the register and has nothing undone yet; the absence of the report began with it', () => {
    const story = referral({ missingNow: 'yes' }).run();
    expect(lines(story)).toMatchObject([{ status: 'away', undone: [], missingSince: story.state.report.receivedAt }]);
    expect(lines(story, 'undone')).toEqual([]);
  });

  it.each(['no', 'unknown'] as const)(
    'has a missing child only where the report says so: %s is no absence',
    (missingNow) => {
      expect(lines(referral({ missingNow }).run())).toEqual([]);
    },
  );
});

describe('a return that was never followed up stays in the register, undone', () => {
  const undone = (stage: string) => [{ stage, status: 'undone', undone: ['debrief', 'screening'] }];

  it('when the referral is withdrawn', () => {
    const story = back();
    expect(story.refused('propose-withdrawal', { because: 'made-in-error' })).toBe('return-unscreened');
    // Only where a lawyer found that the screening is not owed.
    story
      .do('find-not-applicable', { deadlineId: story.deadline('D9').id })
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-manager');
    expect(lines(story, 'undone')).toMatchObject(undone('withdrawn'));
  });

  it('and is not lost in a merge: the screening, or the missing child, is recorded first', () => {
    const same = { answer: 'same-child-open', of: otherReferral };
    const story = back({ candidates: [otherReferral] });
    expect(story.refused('answer-duplicate', same)).toBe('return-unscreened');
    expect(story.screen('high-risk').refused('answer-duplicate', same)).toBe('accepted');
    expect(lines(story, 'undone')).toMatchObject([
      { ...undone('merged')[0], undone: ['debrief'], mergedInto: otherReferral },
    ]);
    const away = referral({
      missingNow: 'yes',
      candidates: [otherReferral],
      there: {
        missing: { absences: [] },
      },
    }).run();
    expect(away.refused('answer-duplicate', same)).toBe('record-there-first');
  });

  it('also where it came after the end of the referral', () => {
    const story = referral({ missingNow: 'yes' })
      .run()
      .othersAre('closed')
      .do('propose-withdrawal', { because: 'duplicate', of: otherReferral })
      .do('agree-withdrawal', {}, 'careline-manager')
      .do('record-return');
    expect(lines(story, 'undone')).toMatchObject(undone('withdrawn'));
    expect(story.open()).toContain('D13');
  });

  it('has a screening that cannot be extended or waived: it is a duty of law', () => {
    const story = answerTheReport(referral({ missingNow: 'yes' }).run())
      .screen('high-risk')
      .do('record-return');
    const { id } = story.deadline('D9');
    const later = { deadlineId: id, due: '2026-11-11T15:00:00Z' };
    expect(story.refused('extend-deadline', later, 'hart-director')).toBe('statutory');
    const waive = { deadlineId: id, reasonCode: 'staffing', willBeKept: false };
    story.after('P2D').do('explain-miss', waive, 'area-supervisor');
    expect(story.deadline('D9').status).toBe('open');
    story.do('countersign-miss', { deadlineId: id }, 'area-director');
    expect(story.unmet()).toContain('Return 1 from missing has had no screening.');
  });

  it('when its clocks were found not to apply and the referral is closed', () => {
    const story = answerTheReport(referral({ missingNow: 'yes' }).run())
      .screen('not-indicated')
      .do('sign-off-screening');
    story.do('record-return');
    for (const { id, status } of Object.values(story.state.deadlines)) {
      if (status === 'open') story.do('find-not-applicable', { deadlineId: id });
    }
    expect(story.unmet()).toEqual([]);
    story.do('close-referral').after('P90D');
    expect(lines(story, 'undone')).toMatchObject([{ ...undone('closed')[0], deadline: 'not-applicable', late: true }]);
  });
});

it('the rows follow from the ledger alone: folding it again gives the same', () => {
  const story = back()
    .do('record-debrief', { seenAlone: 'seen-alone' })
    .screen('at-risk')
    .do('report-missing')
    .after('PT1H')
    .do('record-return');
  const state = fold(referralId, story.commits);
  if (!state) throw new Error('It folds to nothing.');
  expect(boardRows(state, story.policy)).toEqual(boardRows(story.state, story.policy));
});

it('a row holds ids, codes and instants, and no free text', () => {
  const story = back()
    .do('record-debrief', { learned: 'At her cousin Wren’s.', seenAlone: 'seen-alone' })
    .screen('at-risk');
  expect(JSON.stringify(rowsOf(story))).not.toMatch(/Wren|\.T\d/);
});
