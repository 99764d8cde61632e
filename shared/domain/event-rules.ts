/**
 * What each kind of event may do. It says who may write it, and what it does where no right code proves its commit. An
 * event of a new type does not compile before it has its line here. See docs/decisions/034-what-an-unproved-event-may-do.md.
 */
import type { AgreementEvent } from './agreements/agreements.ts';
import type { AlertEvent } from './alerts/alerts.ts';
import type { FindingEvent } from './audit/findings.ts';
import type { DelegationEvent } from './directory/delegations.ts';
import type { ShiftEvent } from './directory/on-call-shifts.ts';
import type { DoubtEvent } from './doubts/doubts.ts';
import type { DraftNewsEvent } from './drafts/draft-news.ts';
import type { DraftEvent } from './drafts/drafts.ts';
import { saysOfCaregiver } from './eligibility/caregiver-topic.ts';
import type { Event } from './events.ts';
import type { ForumEvent } from './forums/forums.ts';
import type { ProviderEvent } from './services/providers.ts';
import type { RosterEvent } from './team/roster-gaps.ts';
import type { TrainingEvent } from './training/training.ts';
import type { VenueEvent } from './venues/venues.ts';

/**
 * - `opens`: gives a person a role, reach or more to read.
 * - `ends`: ends or weakens a call, a clock, a danger, a mail or a duty.
 * - `protects`: a seal, a danger, a clock, a call. It may be believed with a doubt. The fold then leaves out what it would
 *   open or replace.
 * - `informs`: none of these.
 */
export type Effect = 'opens' | 'ends' | 'protects' | 'informs';

/** `doors`: only the API and the console may write it. `all`: the other functions too. */
type Writers = 'doors' | 'all';

type Rules<Of extends { readonly type: string }> = {
  readonly [Type in Of['type']]: readonly [Writers, Effect | ((event: Extract<Of, { readonly type: Type }>) => Effect)];
};

const referral: Rules<Event> = {
  'referral-opened': ['doors', 'protects'],
  // Workers go by its answers, and a later one takes the place of an earlier.
  'call-noted': ['doors', 'opens'],
  'routing-confirmed': ['doors', 'opens'],
  'place-corrected': ['doors', 'opens'],
  'report-classified': ['doors', 'ends'],
  'written-report-received': ['doors', 'informs'],
  'candidates-found': ['all', 'opens'],
  'candidate-taken-back': ['all', 'ends'],
  'match-found': ['all', 'opens'],
  'names-not-compared': ['all', 'protects'],
  'names-compared': ['all', 'ends'],
  'duplicate-answered': ['doors', 'ends'],
  merged: ['doors', 'ends'],
  'merge-reserved': ['doors', 'protects'],
  'merge-reservation-ended': ['doors', 'ends'],
  'merge-undone': ['doors', 'opens'],
  'deadline-opened': ['all', 'protects'],
  // It carries a new time, which could be a later one.
  'deadline-tightened': ['all', 'ends'],
  'deadline-extended': ['doors', 'ends'],
  'deadline-moved': ['doors', 'ends'],
  'deadline-kept': ['all', 'ends'],
  // A miss that counts as found is not found again.
  'deadline-missed': ['all', 'ends'],
  'miss-explained': ['doors', 'ends'],
  'miss-countersigned': ['doors', 'ends'],
  'deadline-closed-missed': ['all', 'ends'],
  'deadline-not-applicable': ['doors', 'ends'],
  'deadline-ended': ['all', 'ends'],
  // A checkpoint that counts as raised is not raised again.
  'checkpoint-raised': ['all', 'ends'],
  'alarm-answered': ['doors', 'ends'],
  // It says from when the next round of calls counts.
  'alarm-released': ['doors', 'ends'],
  'alarm-stopped': ['all', 'ends'],
  'cap-reached': ['all', 'ends'],
  'alert-requested': ['all', 'protects'],
  'alert-acknowledged': ['doors', 'ends'],
  'alert-unreachable': ['all', 'ends'],
  'call-recorded': ['doors', 'ends'],
  'referral-sealed': ['doors', 'protects'],
  'seal-lifted': ['doors', 'opens'],
  'reporter-disclosed': ['doors', 'informs'],
  'emergency-access-taken': ['doors', 'opens'],
  'emergency-access-reviewed': ['doors', 'ends'],
  'safe-contact-noted': ['doors', 'opens'],
  // They take the place of what was said before.
  'identity-corrected': ['doors', 'ends'],
  'reporter-corrected': ['doors', 'ends'],
  'birth-date-recorded': ['doors', 'ends'],
  'legal-hold-set': ['doors', 'protects'],
  'legal-hold-lifted': ['doors', 'ends'],
  // Half of what two people must agree on.
  'erasure-proposed': ['doors', 'ends'],
  'identities-erased': ['doors', 'ends'],
  'proposal-refused': ['doors', 'ends'],
  'danger-assessed': ['doors', ({ danger }) => (danger === 'yes' ? 'protects' : 'ends')],
  'lowering-proposed': ['doors', 'ends'],
  'liaison-assigned': ['doors', 'opens'],
  // It ends the Careline supervisor's part in the exam.
  'liaison-accepted': ['doors', 'ends'],
  'police-notified': ['doors', 'ends'],
  'response-started': ['doors', 'ends'],
  'child-seen': ['doors', 'ends'],
  'safety-plan-recorded': ['doors', 'ends'],
  'hold-invoked': ['doors', 'protects'],
  'hold-ended': ['doors', 'ends'],
  'case-reviewed': ['doors', 'ends'],
  'interview-settled': ['doors', 'ends'],
  'interview-scheduled': ['doors', 'ends'],
  'discipline-consulted': ['doors', 'informs'],
  'investigation-disposed': ['doors', 'ends'],
  'reasonable-cause-said': ['doors', 'ends'],
  'disposition-notified': ['doors', 'ends'],
  'parents-notified': ['doors', 'ends'],
  'parents-notice-withheld': ['doors', 'protects'],
  'parents-notice-approved': ['doors', 'opens'],
  'substantiation-notified': ['doors', 'ends'],
  'substantiation-notice-withheld': ['doors', 'protects'],
  'substantiation-notice-approved': ['doors', 'opens'],
  'finding-notified': ['doors', 'ends'],
  'finding-safety-asked': ['doors', 'protects'],
  'finding-safety-answered': ['doors', 'opens'],
  'outreach-paused': ['doors', 'ends'],
  'outreach-pause-lifted': ['doors', 'opens'],
  'facts-learned': ['doors', 'ends'],
  // They take the place of what was said before. Nothing but numbers reads them.
  'profile-learned': ['doors', 'ends'],
  'placement-moved': ['doors', 'ends'],
  'prosecution-recorded': ['doors', 'informs'],
  'charges-ended': ['doors', 'informs'],
  // It takes the place of what the child had said before. A yes shows the words to more people.
  'card-noted': ['doors', 'ends'],
  'card-consent-recorded': ['doors', ({ mayReadWords }) => (mayReadWords === 'yes' ? 'opens' : 'ends')],
  'card-reviewed': ['doors', ({ parentMayRead }) => (parentMayRead === 'yes' ? 'opens' : 'ends')],
  'hearing-set': ['doors', 'ends'],
  'hearing-recorded': ['doors', 'ends'],
  'order-settled': ['doors', 'ends'],
  'booking-set': ['doors', 'ends'],
  'booking-ended': ['doors', 'ends'],
  'need-asked': ['doors', 'informs'],
  'need-ended': ['doors', 'ends'],
  'place-asked': ['doors', 'informs'],
  'place-answered': ['doors', 'ends'],
  // It ends a next step.
  'handoff-recorded': ['doors', 'ends'],
  // It takes the place of the plan before, and shows the words to the seats it names.
  'recovery-plan-written': ['doors', 'opens'],
  'debrief-offered': ['doors', 'ends'],
  'shift-note-left': ['doors', 'informs'],
  // A note that was read asks no one any more.
  'shift-notes-read': ['doors', 'ends'],
  'worker-safety-noted': ['doors', ({ concerns }) => (concerns.length > 0 ? 'protects' : 'ends')],
  // It may make a mail wait.
  'appointment-told': ['doors', 'ends'],
  // Charges that count as recorded are refused when a person records them.
  'charges-recorded': ['doors', 'ends'],
  // A second entry to care opens no clock.
  'care-entered': ['doors', 'ends'],
  'tribe-notified': ['doors', 'ends'],
  'tribe-receipt-recorded': ['doors', 'ends'],
  'tribe-asked-more-time': ['doors', 'ends'],
  'ex-parte-ordered': ['doors', 'ends'],
  'protective-order-held': ['doors', 'informs'],
  'ex-parte-order-corrected': ['doors', 'ends'],
  'preliminary-hearing-held': ['doors', 'ends'],
  'evaluation-held': ['doors', 'ends'],
  'hhs-notified': ['doors', 'ends'],
  'licensing-agency-notified': ['doors', 'ends'],
  'education-notified': ['doors', 'ends'],
  'institution-notified': ['doors', 'ends'],
  'home-state-notified': ['doors', 'ends'],
  'adult-handover': ['doors', 'ends'],
  'adulthood-planned': ['doors', 'ends'],
  'child-missing': ['doors', 'protects'],
  'search-renewed': ['doors', 'ends'],
  'child-returned': ['doors', 'ends'],
  'ncmec-notified': ['doors', 'ends'],
  'return-debriefed': ['doors', 'ends'],
  // A screening may end a pathway, and opens the child to a team.
  screened: ['doors', 'ends'],
  // Without a caregiver's part it rules one out, and takes the place of earlier answers.
  'checklist-answered': ['doors', ({ answers }) => (saysOfCaregiver(answers, 'yes') ? 'protects' : 'ends')],
  // It ends what waits for a second person.
  'instrument-recorded': ['doors', 'ends'],
  'downgrade-proposed': ['doors', 'ends'],
  'screening-signed-off': ['doors', 'ends'],
  'clearance-proposed': ['doors', 'ends'],
  'caregiver-cleared': ['doors', 'ends'],
  // It takes the place of the proposal before.
  'eligibility-proposed': ['all', 'ends'],
  'eligibility-decided': ['doors', 'ends'],
  'roster-drawn': ['all', 'opens'],
  // It asks every seat anew.
  'mdt-invited': ['all', 'ends'],
  'seat-informed': ['all', 'ends'],
  'seat-answered': ['doors', 'opens'],
  'seat-invited': ['doors', 'opens'],
  'seat-removed': ['doors', 'ends'],
  'confidentiality-signed': ['doors', 'opens'],
  'mdt-met': ['doors', 'ends'],
  'meeting-set': ['all', 'ends'],
  // A later link takes the place of an earlier.
  'meeting-place-said': ['doors', 'ends'],
  'meeting-called-off': ['all', 'ends'],
  // An agenda that counts as frozen is not frozen again.
  'agenda-frozen': ['all', 'ends'],
  // It takes the place of the record of the review before.
  'review-recorded': ['doors', 'ends'],
  // It takes a task from the seat before.
  'task-agreed': ['doors', 'ends'],
  'task-ended': ['doors', 'ends'],
  // It names the people who get mail about a service.
  recommended: ['doors', 'opens'],
  // A service that counts as opened is not opened again, and its recommendation waits no more.
  'services-opened': ['all', 'ends'],
  'linkage-offered': ['doors', 'opens'],
  'linkage-accepted': ['doors', 'opens'],
  'linkage-start-planned': ['doors', 'informs'],
  'linkage-contacted': ['doors', 'ends'],
  'linkage-started': ['doors', 'opens'],
  'linkage-declined': ['doors', 'ends'],
  'consent-recorded': ['doors', 'opens'],
  // It names a text that the provider may read.
  'part-2-recorded': ['doors', 'opens'],
  'service-outcome-recorded': ['doors', 'ends'],
  'closure-opened': ['all', 'ends'],
  closed: ['doors', 'ends'],
  'withdrawal-proposed': ['doors', 'ends'],
  withdrawn: ['doors', 'ends'],
  'policy-migrated': ['doors', 'ends'],
  'pathway-opened': ['all', 'ends'],
  'restart-ordered': ['doors', 'informs'],
  'repair-ordered': ['doors', 'informs'],
  'run-lost': ['all', 'ends'],
  'run-handed-over': ['all', 'ends'],
  swept: ['all', 'ends'],
};

/**
 * A mail that counts as leased, sent, delivered, late or given up is not sent again, or by another sender. So each ends
 * something.
 */
const alert: Rules<AlertEvent> = {
  'alert-deferred': ['all', 'ends'],
  'alert-deferral-ended': ['all', 'ends'],
  'alert-leased': ['all', 'ends'],
  'alert-released': ['all', 'ends'],
  'alert-lapsed': ['all', 'ends'],
  'alert-accepted': ['all', 'ends'],
  'alert-delayed': ['all', 'ends'],
  'alert-late': ['all', 'ends'],
  'alert-seen': ['doors', 'ends'],
  'alert-sent': ['all', 'ends'],
  'alert-delivered': ['all', 'ends'],
  'alert-failed': ['all', 'ends'],
  'alert-exhausted': ['all', 'ends'],
  'alert-text-due': ['all', 'ends'],
  'alert-text-leased': ['all', 'ends'],
  'alert-text-released': ['all', 'ends'],
  'alert-text-sent': ['all', 'ends'],
  'alert-text-failed': ['all', 'ends'],
};

const delegation: Rules<DelegationEvent> = {
  'delegation-given': ['doors', 'opens'],
  // A delegate stands in for a person on leave.
  'delegation-ended': ['doors', 'ends'],
};

const shift: Rules<ShiftEvent> = {
  'shifts-imported': ['doors', 'ends'],
  'shifts-swapped': ['doors', 'ends'],
  'shift-handed-over': ['doors', 'ends'],
  'shift-removed': ['doors', 'ends'],
  // A forged one would lock a person out.
  'access-ended': ['doors', 'ends'],
  // What counts as told is not told again.
  'shift-alarm-raised': ['all', 'ends'],
  'shift-alarm-over': ['all', 'ends'],
};

const provider: Rules<ProviderEvent> = {
  'provider-listed': ['doors', 'opens'],
  'provider-changed': ['doors', 'opens'],
  'provider-retired': ['doors', 'ends'],
  'provider-place-said': ['doors', 'opens'],
};

const draft: Rules<DraftEvent> = {
  'draft-begun': ['doors', 'opens'],
  // It makes its actor a writer, who may read the draft. It puts off the news that a report was begun and not sent.
  'draft-touched': ['doors', 'opens'],
  'draft-left': ['all', 'ends'],
  'draft-submitted': ['doors', 'ends'],
  'draft-discarded': ['doors', 'ends'],
  'draft-expired': ['all', 'ends'],
};

const drafts: Rules<DraftNewsEvent> = { 'drafts-told': ['all', 'ends'] };
// Findings are added only to a chain that is as it was written (`noteFindings`). So a forged one hides none.
const finding: Rules<FindingEvent> = { 'finding-made': ['all', 'informs'] };
const roster: Rules<RosterEvent> = { 'gap-found': ['all', 'ends'], 'gap-filled': ['all', 'ends'] };
const doubt: Rules<DoubtEvent> = {
  'doubt-noted': ['all', 'informs'],
  // Whether a word counts is decided with all that it accepts (`shared/store/stored-doubts.ts`).
  'doubt-answered': ['doors', 'informs'],
};

/** A forged one would make an agency look trained, or untrained. */
const training: Rules<TrainingEvent> = {
  'attendance-imported': ['doors', 'ends'],
  'attendance-taken-back': ['doors', 'ends'],
  'headcounts-entered': ['doors', 'ends'],
  'material-kept': ['doors', 'ends'],
  'material-removed': ['doors', 'ends'],
};
/** Terms take the place of those before, and a reminder that counts as told is not told again. */
const agreement: Rules<AgreementEvent> = {
  'agreement-recorded': ['doors', 'ends'],
  'agreement-reminded': ['all', 'ends'],
};
/** What a forum agreed opens nothing. A forged meeting or end would still be read as one, so it counts with a code alone. */
const forum: Rules<ForumEvent> = {
  'forum-opened': ['doors', 'ends'],
  'forum-met': ['doors', 'ends'],
  'forum-action-ended': ['doors', 'ends'],
  'forum-meeting-withdrawn': ['doors', 'ends'],
};
/** An answer lets a file go out. */
const venue: Rules<VenueEvent> = {
  'venue-raised': ['doors', 'opens'],
  'venue-answered': ['doors', 'opens'],
  'venue-police-answered': ['doors', 'opens'],
  'venue-handed-over': ['doors', 'informs'],
};

type Rule = readonly [Writers, Effect | ((event: never) => Effect)];
/** By kind of chain and type of event. */
export const eventRules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  referral,
  alert,
  delegation,
  shift,
  provider,
  draft,
  drafts,
  finding,
  roster,
  doubt,
  training,
  agreement,
  forum,
  venue,
};

function ruleOf(chain: string, event: unknown): Rule | undefined {
  const [kind = ''] = chain.split('#');
  const type = typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : '';
  const rules = eventRules[kind];
  return rules && Object.hasOwn(rules, type) ? rules[type] : undefined;
}

/** The effect of an event of this chain. The items of an access chain have no type. They are records, which inform. */
export function effectOf(chain: string, event: unknown): Effect {
  const effect = ruleOf(chain, event)?.[1] ?? 'informs';
  return typeof effect === 'function' ? effect(event as never) : effect;
}

/** Whether an event counts where no right code proves its commit. */
export const countsUnproved = (chain: string, event: unknown): boolean =>
  ['protects', 'informs'].includes(effectOf(chain, event));

/** Whether a function other than a door may write this event. */
export const isOfFunctions = (chain: string, event: unknown): boolean =>
  chain.startsWith('access#') || ruleOf(chain, event)?.[0] === 'all';
