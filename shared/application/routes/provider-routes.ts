/** Routes of providers and of needs that could not be met. */
import * as z from 'zod';
import { idPattern } from '../../domain/core/ids.ts';
import { services } from '../../domain/core/vocabulary.ts';
import { listingInput, listingKeepers } from '../../domain/services/providers.ts';
import { auditors } from '../access/visitor.ts';
import { planners } from '../read/unmet-needs.ts';
import { listingFilters, providerReaders } from '../use-cases/keep-providers.ts';
import type { Routes } from './route.ts';

const service = z.enum(services).meta({ description: 'A service of the catalogue.', example: 'education' });
const id = z.string().regex(idPattern).meta({
  description: 'The id of the provider: capital letters, digits, dots and hyphens.',
  example: 'PR-EDUCATION-1',
});

export const providerRoutes = {
  'read-providers': {
    method: 'get',
    path: '/providers/{service}',
    title: 'Read the providers of a service',
    tag: 'directory',
    roles: providerReaders,
    forbidden: 'providers-for-work',
    rate: 'person',
    params: z.object({ service: service.meta({ example: 'victim-advocacy' }) }),
    misfit: { service: 'no-such-service' },
    answer: 'Providers',
    refusals: [],
  },
  'list-providers': {
    method: 'get',
    path: '/providers',
    title: 'Read the listing of providers, by service, region, age and language',
    tag: 'directory',
    roles: providerReaders,
    forbidden: 'providers-for-work',
    rate: 'person',
    query: listingFilters,
    answer: 'Providers',
    refusals: [],
  },
  'keep-provider': {
    method: 'post',
    path: '/providers/{service}/{id}',
    title: 'List, change or retire a provider: the whole listing, with the revision that was seen',
    tag: 'directory',
    roles: listingKeepers,
    forbidden: 'listing-for-keepers',
    relation: 'Each change is a commit: who, when, what. An unused id with revision 0 lists a new provider.',
    rate: 'person',
    params: z.object({ service, id }),
    misfit: { service: 'no-such-listing', id: 'no-such-listing' },
    body: listingInput,
    key: 'optional',
    answer: 'Listing',
    refusals: ['provider-moved', 'key-reused'],
    decides: ['record-in-doubt'],
  },
  'read-provider-history': {
    method: 'get',
    path: '/providers/{service}/{id}/history',
    title: 'Read who changed a provider, when and to what',
    tag: 'directory',
    roles: [...listingKeepers, ...auditors],
    forbidden: 'provider-history-for-keepers',
    rate: 'person',
    // The history of a provider is found by its id alone.
    params: z.object({
      service: z.string().meta({ description: 'A service of the catalogue.', example: 'education', enum: services }),
      id,
    }),
    misfit: { service: 'no-such-provider', id: 'no-such-provider' },
    answer: 'ListingHistory',
    refusals: [],
  },
  'count-unmet-needs': {
    method: 'get',
    path: '/unmet-needs',
    title: 'Count the needs that could not be met, by service, region, month and why',
    tag: 'lists',
    roles: planners,
    forbidden: 'unmet-for-planners',
    relation: 'Cells below 6 have no count, and there are no totals: nothing of it tells of one child.',
    rate: 'person',
    answer: 'UnmetNeeds',
    refusals: [],
  },
} as const satisfies Routes;
