/**
 * The route table of the API. The router, the description, the access matrix and the rate limits come from it. The first row that
 * fits an address answers. `functions/api/api.ts` has one handler for each row.
 */

import { auditRoutes } from './audit-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { listRoutes, registerRoutes } from './list-routes.ts';
import { programRoutes } from './program-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { referralRoutes } from './referral-routes.ts';
import { reportRoutes } from './report-routes.ts';
import type { Routes } from './route.ts';
import { searchRoutes } from './search-routes.ts';
import { shiftRoutes } from './shift-routes.ts';
import { trainingRoutes } from './training-routes.ts';

export const routes = {
  ...referralRoutes,
  ...listRoutes,
  ...reportRoutes,
  ...shiftRoutes,
  ...registerRoutes,
  ...providerRoutes,
  ...draftRoutes,
  ...searchRoutes,
  ...directoryRoutes,
  ...recordRoutes,
  ...trainingRoutes,
  ...auditRoutes,
  ...programRoutes,
  'read-description': {
    method: 'get',
    path: '/openapi.json',
    title: 'Read this document',
    tag: 'description',
    roles: [],
    relation: 'Open to all: no token is needed.',
    rate: 'gateway',
    refusals: [],
  },
} as const satisfies Routes;
export type RouteTable = typeof routes;
export type RouteName = keyof RouteTable;

export const routeNames = Object.keys(routes) as readonly RouteName[];
