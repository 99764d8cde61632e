/** Where each clock's start comes from. An act with an instant of its own starts its clock, and not its recording. */
import type { EventOf, EventType } from '../events.ts';
import type { ClockStart } from '../policy/policy.ts';

/** A field of an event that holds the instant of an act. Or the event's commit, where the recording is the act itself. */
export type StartField = {
  [Type in EventType]: `${Type}.${Exclude<keyof EventOf<Type> & string, 'type' | 'v'>}` | `${Type}, recorded`;
}[EventType];

/** No event has the days of the plan before eighteen. They come from the date of birth in the vault. */
export const startFields: Readonly<Record<ClockStart, readonly StartField[]>> = {
  'receipt of the report': ['referral-opened.receivedAt'],
  'the screening outcome': ['screened.screenedAt'],
  'the notice to the team': ['mdt-invited, recorded', 'mdt-met.at'],
  'the referral to the provider': ['linkage-offered.at'],
  'the information that the child is missing': ['referral-opened.receivedAt', 'child-missing.informedAt'],
  'the news that the child is missing, or the last renewed search': [
    'referral-opened.receivedAt',
    'child-missing.informedAt',
    'search-renewed.at',
  ],
  'the return of the child': ['child-returned.at'],
  'the identification as a victim': [
    'screened.screenedAt',
    'hold-invoked.at',
    'care-entered.at',
    'facts-learned.knownAt',
  ],
  'the invocation of the hold': ['hold-invoked.at'],
  'the ex parte order': ['ex-parte-ordered.at', 'ex-parte-order-corrected.at'],
  'the last meeting or review of the team': ['mdt-met.at', 'case-reviewed.at'],
  'the agreement of the team': ['task-agreed.at'],
  'the meeting without the discipline': ['mdt-met.at'],
  'the classification as an investigation': ['report-classified.at'],
  'the reasonable cause to believe that abuse occurred': ['reasonable-cause-said.at'],
  'the acceptance for assessment': ['report-classified.at'],
  'the finding of the investigation': ['investigation-disposed.at'],
  'the proceeding about a member of a tribe, or the word of membership during it': [
    'referral-opened.receivedAt',
    'hold-invoked.at',
    'hold-ended.at',
    'ex-parte-ordered.at',
    'facts-learned.knownAt',
  ],
  'the word that an employee of a facility is alleged': ['referral-opened.receivedAt', 'facts-learned.knownAt'],
  'the word that a school employee is alleged': ['referral-opened.receivedAt', 'facts-learned.knownAt'],
  'the first entry to care': ['care-entered.at', 'facts-learned.knownAt'],
  'the discovery that a foreign national may be a victim': ['referral-opened.receivedAt', 'facts-learned.knownAt'],
  'the word that the person is of age': [
    'referral-opened.receivedAt',
    'facts-learned.knownAt',
    'birth-date-recorded.knownAt',
    'eligibility-proposed, recorded',
  ],
  'the last business day before the month that holds the 90th day before the eighteenth birthday': [],
  'the first of the month after the one that holds the 90th day before the eighteenth birthday': [],
  'the candidates found': ['candidates-found, recorded'],
  'the conditions of closure met': ['closure-opened, recorded'],
  'the proposal for a child of another state': ['eligibility-proposed, recorded'],
  'the need for the service': ['services-opened, recorded', 'linkage-declined.at', 'consent-recorded.at'],
  'the first start of a service': ['linkage-started.at'],
  'the proposal': [
    'downgrade-proposed, recorded',
    'withdrawal-proposed, recorded',
    'clearance-proposed, recorded',
    'lowering-proposed, recorded',
    'erasure-proposed, recorded',
  ],
  'the corrected place': ['place-corrected, recorded'],
  'the word that no team is known': ['screened, recorded'],
  'the word that a required seat is vacant': ['roster-drawn, recorded'],
  'the emergency access': ['emergency-access-taken, recorded'],
  'the question of safety': ['finding-safety-asked, recorded'],
};
