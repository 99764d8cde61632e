/**
 * Which people read which field of the vault, as data. They must also work with the child. The needs of a seat or service are
 * this project's assumption. That the reporter is kept apart is C.G.S. 17a-28 and 17a-101k.
 */
import type { Discipline, Role } from '../domain/core/vocabulary.ts';

export const identityFields = [
  'childName',
  'birthDate',
  'knownBy',
  'safeContact',
  'cardWords',
  'recoveryPlan',
  'safetyWords',
  'courtWords',
  'places',
  'callNotes',
  'narrative',
  'reporter',
  'withdrawalReason',
  'proposalReasons',
] as const;
export type IdentityField = (typeof identityFields)[number];

export interface FieldRule {
  readonly words: string;
  /** Roles of the department's staff. Seats and services are below. */
  readonly staff: 'all' | readonly Role[];
  /** Seats of the team whose holders read it. The coordinator and the chair count as `team-lead`. */
  readonly seats: 'all' | readonly Discipline[];
  /** Whether a provider's contact reads it once it accepted the service. */
  readonly providers: boolean;
  /** Whether the person who took the report reads it, whatever their role. */
  readonly taker?: true;
  readonly source: string;
  readonly confidence: 'stated' | 'assumed';
}

const assumed = { source: 'This project', confidence: 'assumed' } as const;
const police = ['law-enforcement', 'federal-law-enforcement'] as const;
const workers: readonly Role[] = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'caseworker',
  'area-supervisor',
  'hart-liaison',
  'hart-lead',
];

export const fieldRules: Readonly<Record<IdentityField, FieldRule>> = {
  childName: { words: 'Name', staff: 'all', seats: 'all', providers: true, ...assumed },
  birthDate: {
    words: 'Date of birth',
    staff: 'all',
    seats: [
      ...police,
      'states-attorney',
      'dcf',
      'medical',
      'mental-health',
      'forensic-interviewer',
      'victim-advocate',
      'hart-liaison',
      'team-lead',
      'assistant-attorney-general',
      'juvenile-probation',
      'childs-attorney',
    ],
    providers: true,
    ...assumed,
  },
  knownBy: {
    words: 'Telephone, older references',
    staff: 'all',
    seats: [...police, 'dcf', 'hart-liaison'],
    providers: false,
    ...assumed,
  },
  // A person who may contact the family must know which people not to call.
  safeContact: { words: 'Safe contact', staff: 'all', seats: 'all', providers: true, ...assumed },
  // A seat and a provider read the child's words where the child has said yes to them (`mayReadWords`). The child is asked
  // about no coordinator and no chair.
  cardWords: {
    words: 'Words of the child’s card (partners: while the child’s yes holds)',
    staff: 'all',
    seats: [
      ...police,
      'states-attorney',
      'dcf',
      'medical',
      'mental-health',
      'forensic-interviewer',
      'victim-advocate',
      'youth-service-bureau',
      'hart-liaison',
      'love146',
      'assistant-attorney-general',
      'juvenile-probation',
      'school',
      'childs-attorney',
      'survivor-mentor',
      'substance-use-provider',
    ],
    providers: true,
    ...assumed,
  },
  // The plan names the seats that read it (`recovery.plan.readers`). Staff read it by such a seat alone.
  recoveryPlan: { words: 'Plan for the next time missing', staff: [], seats: 'all', providers: false, ...assumed },
  // All who may go there.
  safetyWords: { words: 'Note on the safety of workers', staff: 'all', seats: 'all', providers: true, ...assumed },
  // Juvenile matters are confidential. These people are in court, or prepare it.
  courtWords: {
    words: 'Docket numbers and notes of hearings',
    staff: [
      'caseworker',
      'area-supervisor',
      'area-oncall',
      'area-director',
      'hart-liaison',
      'hart-lead',
      'legal',
      'aag-liaison',
    ],
    seats: [
      'states-attorney',
      'dcf',
      'hart-liaison',
      'assistant-attorney-general',
      'juvenile-probation',
      'childs-attorney',
    ],
    providers: false,
    ...assumed,
  },
  places: {
    words: 'Places in words',
    staff: 'all',
    seats: [...police, 'states-attorney', 'dcf', 'hart-liaison', 'team-lead'],
    providers: false,
    ...assumed,
  },
  // Who goes there must know the place, the people and the dangers.
  callNotes: {
    words: 'Notes of the call: place, people, dangers',
    staff: 'all',
    seats: [...police, 'dcf', 'hart-liaison'],
    providers: false,
    ...assumed,
  },
  narrative: {
    words: 'Narrative, which may name the reporter',
    staff: workers,
    seats: [],
    providers: false,
    ...assumed,
  },
  reporter: {
    words: 'Reporter',
    staff: ['careline-supervisor', 'careline-manager', 'area-supervisor', 'hart-liaison'],
    seats: [],
    providers: false,
    taker: true,
    source: 'C.G.S. 17a-28, 17a-101k; who of the staff: this project',
    confidence: 'assumed',
  },
  withdrawalReason: { words: 'Reason of a withdrawal', staff: 'all', seats: [], providers: false, ...assumed },
  proposalReasons: { words: 'Reasons of other proposals', staff: 'all', seats: [], providers: false, ...assumed },
};
