import { expect, test } from 'vitest';
import type { AlertDirectory } from '../../../shared/application/read/contacts.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { findGroups } from '../../support/find-groups.ts';
import { referral } from '../../support/referral-builder.ts';

const everybody: Readonly<Record<string, Role>> = {
  'P-SUPER-1': 'careline-supervisor',
  'P-SUPER-2': 'careline-supervisor',
  'P-MANAGER': 'careline-manager',
  'P-LEAD-1': 'hart-lead',
  'P-LEAD-2': 'hart-lead',
  'P-WORKER': 'caseworker',
};
/** The first of each role is on duty. */
const person = (id: string) => {
  const role = everybody[id];
  return role && { id, email: `${id}@x.example`, phone: '203-555-0100', roles: [{ role }] };
};
const directory: AlertDirectory = {
  person: async (id) => person(id),
  people: async (ids) => ids.flatMap((id) => person(id) ?? []),
  onCallOrder: async (role) =>
    Object.entries(everybody)
      .filter(([id, held]) => held === role && !id.endsWith('-2'))
      .map(([personId]) => ({ personId, by: 'directory' })),
  seats: async () => [{ discipline: 'medical', personId: 'P-WORKER' }],
  delegations: async () => [],
};
const alert = (more: Partial<Alert>): Alert => ({
  id: 'A1',
  kind: 'checkpoint',
  to: [],
  people: [],
  deputies: false,
  requestedAt: '2026-11-09T15:00:00Z',
  unreachable: false,
  ...more,
});
const state: Referral = {
  ...referral().run().state,
  access: {
    ...referral().run().state.access,
    seal: { because: 'workers-family', people: ['P-SUPER-2', 'P-LEAD-2'], at: '2026-11-09T15:00:00Z' },
  },
};
const told = async (more: Partial<Alert>) =>
  (await findGroups(alert(more), state, directory, '2026-11-09T15:00:00Z')).map(({ addressedAs, people }) => [
    addressedAs,
    people.map(({ personId }) => personId),
  ]);

test('mail about a sealed referral goes to named people who hold the role, on duty or not', async () => {
  expect(await told({ to: ['hart-lead', 'careline-supervisor'] })).toEqual([
    ['hart-lead', ['P-LEAD-2']],
    ['careline-supervisor', ['P-SUPER-2']],
  ]);
});

test('mail about a sealed referral goes to a named Careline supervisor where no named person holds the role', async () => {
  expect(await told({ to: ['caseworker', 'seats', 'legal'] })).toEqual([
    ['careline-supervisor for caseworker', ['P-SUPER-2']],
    ['careline-supervisor for seat:medical', ['P-SUPER-2']],
    ['careline-supervisor for legal', ['P-SUPER-2']],
  ]);
});

test('mail about a sealed referral goes to a named Careline manager after the one supervisor', async () => {
  const people = ['P-MANAGER', 'P-SUPER-2'];
  const { seal = { because: 'workers-family', at: '' } } = state.access;
  const one = { ...state, access: { ...state.access, seal: { ...seal, people } } } as Referral;
  const asked = await findGroups(alert({ to: ['legal'] }), one, directory, '2026-11-09T15:00:00Z');
  expect(asked.map((group) => group.people.map(({ personId }) => personId))).toEqual([['P-SUPER-2', 'P-MANAGER']]);
});

test('mail about a sealed referral goes to no person by name unless the seal names them', async () => {
  expect(await told({ people: ['P-WORKER', 'P-LEAD-2', 'P-LEAD-1'] })).toEqual([['person:P-LEAD-2', ['P-LEAD-2']]]);
});
