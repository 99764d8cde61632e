/**
 * Routes that search by name, and that list searches for auditors. A name is in the body, never in an address, because addresses
 * get logged.
 */
import * as z from 'zod';
import { auditors } from '../access/visitor.ts';
import { searchers, searchInput } from '../read/search.ts';
import type { Routes } from './route.ts';

export const searchRoutes = {
  'search-by-name': {
    method: 'post',
    path: '/searches',
    title: 'Search by the name of a child, exactly or as it may be spelled',
    tag: 'referrals',
    roles: searchers,
    forbidden: 'search-for-staff',
    relation:
      'Recorded with its purpose before it is made, and each referral before it is shown. What is sealed for others, of another office or erased is not there. No name is decrypted. Under a key that came before it is made again, and recorded again: what is found is what there is now.',
    rate: 'person',
    body: searchInput,
    key: 'optional',
    answer: 'Found',
    refusals: ['key-reused'],
  },
  'read-searches': {
    method: 'get',
    path: '/searches',
    title: 'Read who searched by name on a day, when and what for',
    tag: 'audit',
    roles: auditors,
    forbidden: 'searches-for-auditors',
    rate: 'person',
    query: z.strictObject({
      day: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/, 'Give a day as YYYY-MM-DD, or nothing for today (UTC).')
        .optional()
        .meta({ description: 'A day, UTC; without it, today.', example: '2026-11-25', format: 'date' }),
    }),
    answer: 'Searches',
    refusals: [],
  },
} as const satisfies Routes;
