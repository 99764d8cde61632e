/**
 * Which people read which field of the vault, as data. They must also work with the child. The needs of a seat or service are
 * this project's assumption. That the reporter is kept apart is C.G.S. 17a-28 and 17a-101k.
 */
import type { TextKind } from '../domain/core/text-kinds.ts';
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
  'placeNow',
  'safePlace',
  'callNotes',
  'narrative',
  'reporter',
  'withdrawalReason',
  'proposalReasons',
] as const;
export type IdentityField = (typeof identityFields)[number];
/** Records of substance use have a rule of their own (`mayReadPart2`). */
export type VaultField = IdentityField | Exclude<TextKind, 'part2Records'>;

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

/** They may seal and unseal a referral. */
const sealers: readonly Role[] = [
  'careline-supervisor',
  'careline-manager',
  'area-director',
  'hart-director',
  'program-manager',
];
/** A person who tells it to the wrong person ends the safety of the place. */
const ofSafety = {
  staff: [...workers, 'area-oncall', 'area-director', 'director-oncall', 'hart-director'],
  seats: ['dcf', 'hart-liaison'],
  providers: false,
  ...assumed,
} as const;
const forStaff = { staff: 'all', seats: [], providers: false, ...assumed } as const;
/** What the department's own seats know anyway, as they prepare the meeting. */
const forDepartment = { ...forStaff, seats: ['dcf', 'hart-liaison'] } as const;

export const fieldRules: Readonly<Record<VaultField, FieldRule>> = {
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
  // Who goes there, and who sends them.
  placeNow: {
    words: 'Where the child is and who is there',
    staff: 'all',
    seats: [...police, 'dcf', 'hart-liaison'],
    providers: false,
    ...assumed,
  },
  safePlace: { words: 'Where a safe place is and who is there, and where the child is since', ...ofSafety },
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
    staff: [...workers, 'area-oncall'],
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
  safetyPlan: { words: 'Safety plan: what was agreed, and who must not be told', ...ofSafety },
  shiftNotes: { words: 'Notes for the next shift', ...forStaff },
  policeNotices: {
    words: 'Notices to police and prosecutor: person reached, case number',
    staff: 'all',
    seats: [...police, 'states-attorney', 'dcf', 'hart-liaison'],
    providers: false,
    ...assumed,
  },
  searchWords: {
    words: 'Search for the missing child: case number, efforts, why it was told late',
    staff: 'all',
    seats: [...police, 'dcf', 'hart-liaison'],
    providers: false,
    ...assumed,
  },
  agencyNotices: {
    words: 'Notices to other agencies and tribes: person reached, numbers',
    staff: 'all',
    seats: ['dcf', 'hart-liaison', 'assistant-attorney-general'],
    providers: false,
    ...assumed,
  },
  heldPapers: { words: 'Papers held elsewhere: where, who has them, their numbers', ...forDepartment },
  familyNotices: {
    words: 'Notices to parents: person told, and why given, withheld or approved',
    staff: 'all',
    seats: ['dcf', 'hart-liaison', 'assistant-attorney-general'],
    providers: false,
    ...assumed,
  },
  decisionReasons: { words: 'Reasons of decisions', ...forDepartment },
  serviceReasons: { words: 'Why a service was declined', ...forDepartment },
  teamWords: {
    words: 'Team: waiver of a quorum, reasons of seats and tasks, reviews, advice',
    ...forDepartment,
    seats: ['dcf', 'hart-liaison', 'team-lead'],
  },
  directions: { words: 'How to come to a meeting or an interview', ...forStaff, seats: 'all' },
  minutes: { words: 'Minutes of a case review', ...forStaff, seats: 'all' },
  // The partners learn until when the pause lasts, and not who asked for it.
  pauseReasons: { words: 'Pause of outreach: person reached at the police, reason', ...forStaff },
  callResults: { words: 'Notes of calls about urgent duties', ...forStaff },
  identityReasons: { words: 'Why who the child is was corrected', ...forStaff },
  // It may tell of another referral, which is open to fewer people.
  sameChildReasons: {
    words: 'Why it is or is not the same child',
    ...forStaff,
    staff: ['careline-worker', 'careline-supervisor', 'careline-manager'],
  },
  childsAccount: {
    words: 'What the child told after a return, and plans for adulthood',
    ...forDepartment,
    staff: [...workers, 'area-oncall', 'area-director'],
  },
  legalWords: {
    words: 'Reasons of legal holds, erasures and reviews of the card',
    ...forStaff,
    staff: ['legal', 'aag-liaison', 'careline-manager', 'program-manager', 'hart-director'],
  },
  // A colleague may be involved.
  accessReasons: {
    words: 'Reasons of restrictions and emergency access',
    ...forStaff,
    staff: sealers,
  },
  withdrawalReason: { words: 'Reason of a withdrawal', staff: 'all', seats: [], providers: false, ...assumed },
  proposalReasons: { words: 'Reasons of other proposals', staff: 'all', seats: [], providers: false, ...assumed },
};
