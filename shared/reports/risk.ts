/** Risk factors and early indicators: how common each is, how often unknown, and how often other evidence bears it out. */
import { indicatorTopics } from '../domain/core/vocabulary.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import { cohortOf } from './cohort.ts';
import { shareOf } from './figures.ts';
import { measureNamed } from './measures.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './report-tables.ts';

/** A row for each topic of the checklist. Sealed referrals are left out. */
export function riskTable(rows: readonly FactRow[], period: Period, asOf: string): Table {
  const cohort = cohortOf(rows, period, asOf);
  const sharesOf = (id: string) => {
    const measure = measureNamed(id);
    return shareOf(measure?.kind === 'share' ? measure.cases(cohort) : []);
  };
  return {
    id: 'risk',
    title: 'Indicators among children',
    period: period.name,
    asOf,
    headings: [
      'indicator',
      ...shareHeadings,
      ...['share_unknown', 'unknown_low', 'unknown_high'],
      ...shareHeadings.filter((each) => each !== 'unknown').map((each) => `confirmed_${each}`),
    ],
    rows: indicatorTopics.map((topic) => [
      topic,
      ...shareCells(sharesOf(`indicator-${topic}`)),
      ...shareCells(sharesOf(`unknown-${topic}`)).slice(shareHeadings.indexOf('share')),
      ...shareCells(sharesOf(`confirmed-with-${topic}`)).filter((_, index) => shareHeadings[index] !== 'unknown'),
    ]),
    notes: [
      ...shareNotes,
      'Confirmed means evidence outside the checklist: a substantiated investigation, or a trafficker charged or convicted.',
      'Indicators drive the outcome of a screening, so the outcome is no evidence. Investigators saw the checklist too.',
      'No child has a score. A share says nothing about one child.',
    ],
  };
}
