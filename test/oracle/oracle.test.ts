/**
 * The product against a second reading of the texts and statutes, written without a look at the code. A sample that is always the same;
 * `npm run test:long` compares each day of ten years.
 */
import { describe, expect, it } from 'vitest';
import { released } from '../../shared/policy/policies.ts';
import { randomFrom } from '../support/dice.ts';
import { clockChanges, instantOf, isHoliday, newYork } from './calendar.ts';
import { compareKeeping, compareLaterDanger, compareOpening, keepings, openings } from './compare-acts.ts';
import { compareVignette, drawVignette } from './compare-clocks.ts';
import { compareDue } from './compare-due.ts';
import { compareNoticeDays } from './compare-notice-day.ts';
import { compareRules } from './compare-rules.ts';
import { checklists, compareChecklist, compareReviewers } from './compare-screening.ts';
import { EXPLAINED, unexplained } from './explained.ts';
import { someStarts } from './instants.ts';

const [policy] = released;
const draw = randomFrom(2026);
const monday = Date.parse('2026-11-09T15:00:00Z');

describe('the second reading itself', () => {
  it('has the clocks of New York as the IANA zone has them', () => {
    const zone = new Intl.DateTimeFormat('sv', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let year = 2026; year <= 2036; year += 1) {
      for (const change of Object.values(clockChanges(year))) {
        for (const at of [change - 1000, change, change + 3_600_000]) {
          const { day, time } = newYork(at);
          expect(new Date(day * 86_400_000 + time).toISOString().slice(0, 19).replace('T', ' ')).toBe(zone.format(at));
        }
      }
    }
  });

  it('keeps the holidays of 2027 and the Friday before 2028 begins', () => {
    const kept = [];
    for (let day = Date.UTC(2027, 0, 1) / 86_400_000; day <= Date.UTC(2027, 11, 31) / 86_400_000; day += 1)
      if (isHoliday(day)) kept.push(new Date(instantOf(day, 0)).toISOString().slice(5, 10));
    expect(kept.join(' ')).toBe('01-01 01-18 02-12 02-15 03-26 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31');
  });
});

describe('the product agrees with the second reading', () => {
  it('on the rules there are, on law and policy, and on the class of alarms', () => {
    expect(unexplained(compareRules(policy))).toEqual([]);
  });

  it('on due instants', () => {
    const { compared, differences } = compareDue(policy, someStarts(draw, 350));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(30_000);
    expect(compareNoticeDays(policy, 5)).toEqual([]);
  });

  it.each(openings.map((opening) => [`${opening.rule}, ${opening.start}`, opening] as const))(
    'on what starts %s',
    (_, opening) => {
      const starts = [monday, ...someStarts(draw, 1)];
      expect(unexplained(starts.flatMap((start) => compareOpening(opening, start, draw() * 1.5, draw())))).toEqual([]);
    },
  );

  it.each(keepings.map((keeping) => [`${keeping.rule}: ${keeping.act[0]} ${keeping.keeps}`, keeping] as const))(
    'on what keeps %s',
    (_, keeping) => {
      expect(unexplained(compareKeeping(keeping, monday))).toEqual([]);
    },
  );

  it('on the clocks of a child who comes into danger later', () => {
    const found = someStarts(draw, 20).flatMap((start) => compareLaterDanger(start, draw() * 30));
    expect(unexplained(found)).toEqual([]);
  });

  it('on the clocks and the decision of reports drawn at random', () => {
    const found = Array.from({ length: 200 }, () => compareVignette(drawVignette(draw), '2026-11-09T15:00:00.000Z'));
    expect(unexplained(found.flat())).toEqual([]);
  });

  it('on what a checklist proposes, and on which change needs a second person', () => {
    expect(checklists(draw, 60).flatMap(compareChecklist)).toEqual([]);
    expect(compareReviewers()).toEqual([]);
  });

  it('or a reason says why not', () => {
    for (const { reason } of EXPLAINED) expect(reason).toMatch(/\.$/);
  });
});
