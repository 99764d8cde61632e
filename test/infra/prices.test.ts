import { expect, test } from 'vitest';
import { readTemplate } from '../../infra/local/template/template.ts';
import { costsOfMonth, sumOf } from '../bench/costs.ts';
import { dollarsFor, hoursOfMonth, prices, pricesAsOf, pricesRegion } from '../bench/prices.ts';
import { stackWith } from './stack-with.ts';

/** As `npm run bench` counts a round of the sweep that finds nothing, in read units. */
const roundUnits = 48;

test('a month in which nothing happens costs at most 24 dollars, with a paging service', () => {
  const { folder } = stackWith({
    stage: 'training',
    consoleUrl: 'https://careline.example',
    oncallEmail: 'oncall@careline.example',
    pageUrl: 'https://pager.example/careline',
  });
  const month = costsOfMonth(readTemplate(folder), roundUnits);
  expect(month.map(({ what }) => what)).toContain('Alarms over alarms');
  expect(sumOf(month)).toBeLessThanOrEqual(24);
});

test('the list has a date, a region, and for each price an amount, a unit and its page', () => {
  expect(pricesAsOf).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  expect(pricesRegion).toBe('us-east-1');
  for (const { dollars, per, unit, page } of Object.values(prices)) {
    expect(dollars).toBeGreaterThan(0);
    expect(per).toBeGreaterThan(0);
    expect(unit).toMatch(/^[\w. -]+$/);
    expect(page).toMatch(/^[a-z0-9-]+\/pricing(\/[a-z-]+)?$/);
  }
});

test.each([
  ['dynamodb-write-unit', 2_000_000, 1.25],
  ['step-functions-transition', 40_000, 1],
  ['ses-mail', 12_000, 1.2],
  ['gateway-cache', hoursOfMonth, 14.6],
] as const)('%s: %i units cost %d dollars', (name, amount, dollars) => {
  expect(dollarsFor(name, amount)).toBeCloseTo(dollars, 10);
});
