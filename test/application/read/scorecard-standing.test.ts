/** What the scorecard reads beside referrals: trained people and agreements, now and a year before. */
import { describe, expect, test } from 'vitest';
import { readStanding } from '../../../shared/application/read/scorecard-standing.ts';
import type { Agreement } from '../../../shared/domain/agreements/agreements.ts';
import type { TrainingState } from '../../../shared/domain/training/training.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';

const now = '2026-11-09T15:00:00.000Z';
const office = { agency: 'DCF Hartford', town: 'Hartford', group: 'caseworker' } as const;

/** Each learner was trained on this day. */
const trained = (days: Readonly<Record<string, string>>, headcount?: number): TrainingState =>
  ({
    imports: [
      {
        id: 'TI-1',
        at: now,
        by: 'P-1',
        digest: '',
        sessions: Object.entries(days).map(([learner, date]) => ({
          ...office,
          course: 'general' as const,
          date,
          learners: [learner.padEnd(64, '0')],
        })),
      },
    ],
    headcounts: headcount === undefined ? [] : [{ ...office, count: headcount, asOf: '2026-01-01' }],
    materials: [],
  }) as unknown as TrainingState;
const agreement = (more: Partial<Agreement>): Agreement =>
  ({
    id: 'AG-1',
    data: ['counts'],
    signedOn: '2024-01-01',
    teams: [],
    agencies: [],
    providers: [],
    ...more,
  }) as unknown as Agreement;
const standing = (training: TrainingState, agreements: readonly Agreement[] = []) =>
  readStanding(
    { training: async () => training, agreements: async () => agreements } as unknown as Pick<
      Ledger,
      'training' | 'agreements'
    >,
    now,
  );

describe('training', () => {
  test('counts who is current of the headcount, and a year before without what came later', async () => {
    const state = trained({ a: '2024-01-01', b: '2026-05-01', c: '2023-11-08' }, 10);
    expect(await standing(state)).toMatchObject({
      now: { caseworkers: { count: 2, of: 10 } },
      before: { caseworkers: { count: 2, of: 10 } },
    });
  });

  test.each([
    ['no headcount is known', trained({ a: '2026-05-01' })],
    ['the headcount is smaller than who is current', trained({ a: '2026-05-01', b: '2026-05-01' }, 1)],
  ])('says nothing where %s', async (_, state) => {
    expect((await standing(state)).now).not.toHaveProperty('caseworkers');
  });
});

describe('agreements on data', () => {
  test('count while they are in force, of those made and not ended early', async () => {
    const found = await standing(trained({}), [
      agreement({}),
      agreement({ expiresOn: '2026-01-01' }),
      agreement({ endedOn: '2026-06-01' }),
      agreement({ signedOn: '2026-10-01' }),
      agreement({ data: [] }),
    ]);
    expect(found).toMatchObject({
      now: { agreements: { count: 2, of: 3 } },
      before: { agreements: { count: 3, of: 3 } },
    });
  });

  test('are not recorded where none was made', async () => {
    expect((await standing(trained({}))).now).not.toHaveProperty('agreements');
  });
});
