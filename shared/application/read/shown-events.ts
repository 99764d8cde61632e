/**
 * What an auditor sees of each event: its fields of the pathway, or only that facts were recorded. An event without a row does not compile, nor does a field that it lacks.
 */
import type { CommandName } from '../../domain/commands.ts';
import type { Event, EventOf, EventType } from '../../domain/events.ts';
import { alertClasses } from './field-classes.ts';

type Rows = { readonly [Type in EventType]: readonly (keyof EventOf<Type>)[] | 'fact' };

const pathwayFields = {
  'referral-opened': ['reportId', 'siblings', 'receivedAt', 'recordedAt', 'takenBy', 'lateReason', 'clocksMissing'],
  'call-noted': 'fact',
  'routing-confirmed': [],
  'place-corrected': 'fact',
  'report-classified': [],
  'written-report-received': ['at'],
  'candidates-found': ['candidates'],
  'candidate-taken-back': ['of'],
  'match-found': ['of'],
  'names-not-compared': [],
  'names-compared': [],
  'duplicate-answered': ['answer', 'of'],
  merged: ['to'],
  'merge-reserved': ['from'],
  'merge-reservation-ended': ['from'],
  'merge-undone': ['reopened'],
  'deadline-opened': ['deadlineId', 'rule', 'start', 'due', 'duration', 'skipped', 'asPolicy', 'group'],
  'deadline-tightened': ['deadlineId', 'due', 'start'],
  'deadline-extended': ['deadlineId', 'due'],
  'deadline-moved': ['deadlineId', 'due', 'duration', 'skipped'],
  'deadline-kept': ['deadlineId', 'at', 'late'],
  'deadline-missed': ['deadlineId'],
  'miss-explained': ['deadlineId', 'willBeKept'],
  'miss-countersigned': ['deadlineId'],
  'deadline-closed-missed': ['deadlineId'],
  'deadline-not-applicable': ['deadlineId'],
  'deadline-ended': ['deadlineId', 'because'],
  'checkpoint-raised': ['deadlineId', 'kind', 'at', 'anew', 'step', 'from'],
  'alarm-answered': ['deadlineId', 'personId', 'insteadOf'],
  'alarm-released': ['deadlineId', 'because', 'from'],
  'alarm-stopped': ['deadlineId'],
  'cap-reached': ['deadlineId', 'people'],
  'alert-requested': [
    'alertId',
    'to',
    'people',
    'deadlineId',
    'alsoAbout',
    'checkpoint',
    'calls',
    'deputies',
    'answered',
    'again',
  ],
  'alert-acknowledged': ['alertId', 'calledAt', 'groups'],
  'alert-unreachable': ['alertId', 'groups'],
  'call-recorded': ['deadlineId', 'result', 'personId', 'at'],
  'referral-sealed': ['because', 'people'],
  'seal-lifted': [],
  'reporter-disclosed': ['recipient', 'legalBasis', 'purpose', 'method', 'at'],
  'emergency-access-taken': ['personId', 'because', 'until', 'duties', 'supervisorId'],
  'emergency-access-reviewed': ['use', 'finding'],
  'safe-contact-noted': [],
  'identity-corrected': ['fields'],
  'reporter-corrected': ['fields'],
  'birth-date-recorded': [],
  'legal-hold-set': [],
  'legal-hold-lifted': [],
  'erasure-proposed': ['ground', 'proposedBy'],
  'identities-erased': ['ground', 'proposedBy', 'agreedBy'],
  'proposal-refused': [],
  'danger-assessed': 'fact',
  'lowering-proposed': 'fact',
  'liaison-assigned': ['personId'],
  'liaison-accepted': ['personId'],
  'police-notified': ['method', 'at'],
  'response-started': ['at'],
  'child-seen': 'fact',
  'safety-plan-recorded': 'fact',
  'hold-invoked': 'fact',
  'hold-ended': 'fact',
  'case-reviewed': ['at'],
  'agenda-frozen': ['number'],
  'review-recorded': 'fact',
  'task-agreed': 'fact',
  'task-ended': 'fact',
  'interview-settled': 'fact',
  'interview-scheduled': 'fact',
  'discipline-consulted': ['at'],
  'investigation-disposed': 'fact',
  'reasonable-cause-said': 'fact',
  'disposition-notified': ['method', 'at'],
  'parents-notified': 'fact',
  'parents-notice-withheld': 'fact',
  'parents-notice-approved': 'fact',
  'substantiation-notified': 'fact',
  'substantiation-notice-withheld': 'fact',
  'substantiation-notice-approved': 'fact',
  'finding-notified': 'fact',
  'finding-safety-asked': 'fact',
  'finding-safety-answered': 'fact',
  'outreach-paused': 'fact',
  'outreach-pause-lifted': 'fact',
  'facts-learned': 'fact',
  'profile-learned': 'fact',
  'placement-moved': 'fact',
  'prosecution-recorded': 'fact',
  'charges-ended': 'fact',
  'hearing-set': 'fact',
  'hearing-recorded': 'fact',
  'order-settled': 'fact',
  'booking-set': 'fact',
  'booking-ended': 'fact',
  'need-asked': 'fact',
  'need-ended': 'fact',
  'place-asked': 'fact',
  'place-answered': 'fact',
  'handoff-recorded': 'fact',
  'recovery-plan-written': 'fact',
  'debrief-offered': 'fact',
  'shift-note-left': 'fact',
  'shift-notes-read': 'fact',
  'worker-safety-noted': 'fact',
  'appointment-told': 'fact',
  'card-noted': 'fact',
  'card-consent-recorded': 'fact',
  'card-reviewed': 'fact',
  'charges-recorded': 'fact',
  'care-entered': 'fact',
  'tribe-notified': 'fact',
  'tribe-receipt-recorded': 'fact',
  'tribe-asked-more-time': 'fact',
  'ex-parte-ordered': 'fact',
  'protective-order-held': 'fact',
  'ex-parte-order-corrected': 'fact',
  'preliminary-hearing-held': 'fact',
  'evaluation-held': 'fact',
  'hhs-notified': 'fact',
  'licensing-agency-notified': 'fact',
  'education-notified': 'fact',
  'institution-notified': 'fact',
  'home-state-notified': 'fact',
  'adult-handover': 'fact',
  'adulthood-planned': 'fact',
  'child-missing': 'fact',
  'search-renewed': 'fact',
  'child-returned': 'fact',
  'ncmec-notified': 'fact',
  'return-debriefed': 'fact',
  screened: ['number', 'secondReviewer'],
  'checklist-answered': ['checklist'],
  'instrument-recorded': 'fact',
  'downgrade-proposed': ['proposedBy'],
  'screening-signed-off': [],
  'clearance-proposed': 'fact',
  'caregiver-cleared': 'fact',
  'eligibility-proposed': ['screening', 'ruleSet', 'because'],
  'eligibility-decided': ['ruleSet'],
  'roster-drawn': ['screening', 'team'],
  'mdt-invited': ['screening', 'team'],
  'seat-informed': ['how', 'at'],
  'seat-answered': ['answer', 'personId', 'because', 'suggested', 'delegatedTo', 'proposes'],
  'seat-invited': ['personId', 'required'],
  'seat-removed': ['personId', 'required'],
  'confidentiality-signed': ['personId', 'notice', 'conflict'],
  'mdt-met': ['at', 'quorum'],
  'meeting-set': ['number', 'sequence', 'startsAt', 'minutes', 'place', 'invited'],
  'meeting-place-said': ['number', 'way'],
  'meeting-called-off': ['number', 'sequence', 'because'],
  recommended: 'fact',
  'services-opened': 'fact',
  'linkage-offered': 'fact',
  'linkage-accepted': 'fact',
  'linkage-start-planned': 'fact',
  'linkage-contacted': 'fact',
  'linkage-started': 'fact',
  'linkage-declined': 'fact',
  'consent-recorded': 'fact',
  'part-2-recorded': 'fact',
  'service-outcome-recorded': 'fact',
  'closure-opened': [],
  closed: [],
  'withdrawal-proposed': ['because', 'of', 'proposedBy'],
  withdrawn: ['because', 'agreedBy'],
  'policy-migrated': ['from', 'to', 'reopens', 'proposes'],
  'pathway-opened': ['screening'],
  'restart-ordered': ['run', 'generation', 'because'],
  'repair-ordered': ['because'],
  'run-lost': ['run', 'generation'],
  'run-handed-over': ['run', 'generation'],
  swept: ['found'],
} as const satisfies Rows;

/** Stands in the place of an event or a command whose name alone would tell of the child. */
export const factsRecorded = 'facts-recorded';

/** An event as an auditor sees it. */
export interface ShownEvent {
  readonly type: EventType | typeof factsRecorded;
  readonly v: number;
  readonly [field: string]: unknown;
}

/** What stands for an event that tells of the child. */
export const aboutChild: ShownEvent = { type: factsRecorded, v: 1 };

/** The event without the facts about the child. */
export function asStep(event: Event): ShownEvent {
  const fields: readonly string[] | 'fact' = pathwayFields[event.type];
  if (fields === 'fact') return aboutChild;
  const shown = Object.fromEntries(Object.entries(event).filter(([field]) => fields.includes(field)));
  const kind =
    event.type === 'alert-requested' && alertClasses[event.kind] === 'pathway' ? { kind: event.kind } : undefined;
  return { type: event.type, v: event.v, ...shown, ...kind };
}

/** Whether the event tells of the pathway alone. Then its sentence may be shown. */
export const isWhole = (event: Event): boolean =>
  Object.keys(asStep(event)).length === Object.keys(event).length && asStep(event).type === event.type;

/** Commands whose name tells of the work alone, though what they record tells of the child. */
const namesOfWork = ['screen', 'offer-linkage', 'accept-linkage', 'decline-linkage'] satisfies readonly CommandName[];

/** The name of a command, or that facts were recorded where its name would tell of the child. */
export const stepName = (command: string, events: readonly Event[]): string =>
  events.some((event) => asStep(event).type === factsRecorded) && !namesOfWork.some((name) => name === command)
    ? factsRecorded
    : command;
