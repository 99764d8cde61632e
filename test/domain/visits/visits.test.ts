/** The note on the safety of workers: who notes it, and what takes its place. */
import { describe, expect, test } from 'vitest';
import { viewWorkerSafety } from '../../../shared/application/read/visits.ts';
import { commandNamed, isForEmergency } from '../../../shared/domain/commands.ts';
import { visitConcerns } from '../../../shared/domain/core/vocabulary.ts';
import { referral } from '../../support/referral-builder.ts';

const noted = (concerns: readonly string[], more: object = {}) =>
  referral().do('note-worker-safety', { concerns, ...more }, 'careline-worker');

describe('the note', () => {
  test.each(visitConcerns)('tells of %s', (concern) => {
    expect(viewWorkerSafety([noted([concern]).state])).toMatchObject({ concerns: [concern], hasWords: false });
  });

  test('takes the place of the one before, keeps its words, and ends where someone says so', () => {
    const story = noted(['dog-there'], { safetyWords: 'Words.' });
    expect(viewWorkerSafety([story.state])).toMatchObject({ concerns: ['dog-there'], hasWords: true });
    story.do('note-worker-safety', { concerns: ['go-by-two'] }, 'caseworker');
    expect(viewWorkerSafety([story.state])).toMatchObject({ concerns: ['go-by-two'], hasWords: true });
    expect(story.refused('note-worker-safety', {}, 'caseworker')).toBe('empty-safety');
    const both = { concerns: ['dog-there'], safetyOver: 'yes' };
    expect(story.refused('note-worker-safety', both, 'caseworker')).toBe('safety-both');
    expect(viewWorkerSafety([story.state])).toMatchObject({ concerns: ['go-by-two'] });
    story.do('note-worker-safety', { safetyOver: 'yes' }, 'caseworker');
    expect(viewWorkerSafety([story.state])).toBeUndefined();
  });

  test('of a merged referral counts too, by its codes', () => {
    const own = noted(['dog-there']).state;
    const other = noted(['weapon-there'], { safetyWords: 'Words.' }).state;
    expect(viewWorkerSafety([own, other])).toMatchObject({ concerns: ['weapon-there', 'dog-there'], hasWords: false });
    expect(viewWorkerSafety([referral().state])).toBeUndefined();
  });

  test('may be added to by emergency access, and not ended', () => {
    const row = commandNamed('note-worker-safety');
    expect(isForEmergency(row, { concerns: ['police-first'] })).toBe(true);
    expect(isForEmergency(row, { concerns: [] })).toBe(false);
  });
});
