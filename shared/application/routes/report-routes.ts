/** Routes of figures: the page of Monday, and the pages of a year. They name no referral. */
import * as z from 'zod';
import { pageNames } from '../../reports/figure-pages.ts';
import { noFilters } from '../read/queue.ts';
import { reportFilters, reportReaders, returnFilters } from '../read/reports.ts';
import { yearlyFilters, yearlyReaders } from '../read/yearly-figures.ts';
import { askedReturn, returnMakers } from '../use-cases/make-return.ts';
import type { Routes } from './route.ts';

const report = {
  method: 'get',
  tag: 'figures',
  rate: 'person',
  roles: reportReaders,
  forbidden: 'reports-for-planners',
  relation: 'Figures alone, without the referrals behind them.',
} as const;

export const reportRoutes = {
  'read-monday': {
    ...report,
    path: '/reports/monday',
    title: 'Read how the work stands now, against a week before',
    query: noFilters,
    answer: 'Monday',
    refusals: [],
  },
  'read-yearly-returns': {
    ...report,
    path: '/reports/returns',
    title: 'Read the figures of the yearly returns',
    query: returnFilters,
    answer: 'YearlyReturns',
    refusals: ['year-not-begun'],
  },
  'read-yearly-figures': {
    ...report,
    roles: yearlyReaders,
    forbidden: 'yearly-for-readers',
    path: '/reports/yearly',
    title: 'Read the figures of a year that has ended, for readers who cannot open the cases',
    relation: 'No number is of fewer than six children. A read by an evaluator is recorded first.',
    query: yearlyFilters,
    answer: 'YearlyFigures',
    refusals: ['year-not-settled'],
  },
  'make-return': {
    ...report,
    method: 'post',
    roles: returnMakers,
    forbidden: 'returns-for-makers',
    path: '/reports/returns/file',
    title: 'Make the file of a return, which is recorded in each referral first',
    relation: 'Each referral of the file must be open to the caller.',
    body: askedReturn,
    answer: 'ReturnFile',
    refusals: [
      'invalid',
      'return-not-whole',
      'return-unreadable',
      'return-too-large',
      'return-period-runs',
      'return-goes-on',
      'no-such-return',
    ],
  },
  'read-report': {
    ...report,
    path: '/reports/{page}',
    title: 'Read the figures of a year',
    params: z.object({
      page: z.enum(pageNames as [string, ...string[]]).meta({ description: 'The page.', example: 'on-time' }),
    }),
    misfit: { page: 'year-not-begun' },
    query: reportFilters,
    answer: 'ReportPage',
    refusals: ['year-not-begun'],
  },
} as const satisfies Routes;
