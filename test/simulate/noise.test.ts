import { beforeAll, expect, it } from 'vitest';
import { noiseOf } from '../../shared/domain/alerts/noise.ts';
import { type CaseResult, runCase } from './case.ts';
import { faultKinds } from './faults.ts';
import type { Manner } from './people.ts';

const play = (manner: Manner): Promise<CaseResult> =>
  runCase({
    seed: 'noise/5',
    days: 3,
    acts: Number.POSITIVE_INFINITY,
    faults: { limit: 0, without: new Set(), off: new Set(faultKinds) },
    manner,
  });

let onTime: CaseResult;
let late: CaseResult;
let never: CaseResult;
beforeAll(async () => {
  onTime = await play('on-time');
  late = await play('late');
  never = await play('never');
});

it('tells each mail as noise, and no invariant breaks', () => {
  for (const { noise, mails, breaches } of [onTime, late, never]) {
    expect(noise).toHaveLength(mails);
    expect(breaches).toEqual([]);
  }
});

it('people who are late, or do nothing, get more mail than those on time', () => {
  const interruptionsIn = ({ noise }: CaseResult) => noiseOf(noise).interruptions;
  expect(interruptionsIn(late)).toBeGreaterThan(interruptionsIn(onTime));
  expect(interruptionsIn(never)).toBeGreaterThan(interruptionsIn(onTime));
});

it('of people who do nothing, the report alone is an act', () => {
  expect(never.done).toHaveLength(1);
});

it('a late police notice costs more mail than one on time', () => {
  const aboutPolice = ({ noise }: CaseResult) => noise.filter(({ about }) => about === 'D3').length;
  expect(aboutPolice(late)).toBeGreaterThan(aboutPolice(onTime));
});
