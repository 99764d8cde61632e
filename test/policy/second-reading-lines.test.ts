/**
 * Each line of the second reading of the texts, 1 December 2026, and the tests that are named for it. So no line is
 * lost (docs/domain.md#second-reading).
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const clocks = 'policy/second-reading-clocks';

/** The line, the file under `test`, and the title of a test or of a group of tests in it. */
const lines: readonly (readonly [line: number, file: string, title: string])[] = [
  [1, clocks, '11.1 clocks start when the fact was known'],
  [2, clocks, '11.2 prophylaxis: the acute exam is due while it can still begin'],
  [3, clocks, '11.3 the Careline supervisor keeps the exam until a liaison has accepted'],
  [4, clocks, '11.4 assault of unknown time: the acute exam is not now for weeks'],
  [5, clocks, '11.5 third parties and adults: the duties of 17a-101g(a) are law by the alleged person'],
  [6, 'domain/response/finding-notice', '11.6 the notice of a finding (C.G.S. 17a-101k(b))'],
  [6, 'domain/response/finding-notice', '11.6 the safety of the letter'],
  [7, 'domain/response/parents-notice', '11.7 the decision on the notice to the parents (C.G.S. 17a-103b)'],
  [7, 'domain/response/parents-notice', '11.7 the notice that the complaint was substantiated (C.G.S. 17a-103b(b))'],
  [8, 'domain/child/oversight', '11.8 and 11.9 the notices after the investigation, with its records'],
  [9, 'domain/child/oversight', '11.8 and 11.9 the notices after the investigation, with its records'],
  [9, 'domain/child/oversight', '11.9 the person in charge is told at the report, where %s is yes'],
  [10, 'domain/child/tribe', '11.10 the notice to a tribe (C.G.S. 46b-116 and following, 25 U.S.C. 1912(a))'],
  [10, 'domain/child/tribe', '11.10 the earliest day of a proceeding about custody'],
  [11, 'domain/child/transition-plan', '11.11 the clock of the plan'],
  [12, clocks, '11.12 electronic reports: 48 hours run from an oral report alone'],
  [13, clocks, '11.13 the last hour at which a court sits before the hearing and the end of a hold'],
  [14, clocks, '11.14 mandated reporters of 17a-101(b): the written report follows their oral one'],
  [
    15,
    'domain/services/evidence-window',
    '11.15 at 13 to 17 ends the clock, and whether it may waits for counsel and says so',
  ],
  [16, clocks, '11.16 no "made in error" while the child is missing'],
  [
    17,
    'console/form-values',
    '11.17 the return interview asks where the child was, why the child left and what happened, and for the screening',
  ],
  [
    17,
    'domain/missing/returns',
    '11.17 is undone until the child was talked with and screened, with the due instant of D13',
  ],
];

it('each of the 17 lines has a test', () => {
  expect([...new Set(lines.map(([line]) => line))]).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
});

it.each(lines)('line 11.%s is proved in %s: %s', (line, file, title) => {
  expect(title).toMatch(new RegExp(`^(?:11\\.\\d+ and )?11\\.${line} |^11\\.${line} and `));
  const text = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');
  const named = text.split('\n').filter((each) => each.includes(`'${title}',`));
  expect(named).toHaveLength(1);
  expect(named[0]).toMatch(/^(?:\s+|(?:\s*(?:describe|it|test)|.*\]\s*(?:as const)?\s*\))\()'/);
});
