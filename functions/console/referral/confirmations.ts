/** What an act recorded, told to the person who acted: the choice, never the free text. */
import { type CommandName, commandNamed, isCommandName } from '../../../shared/domain/commands.ts';
import type { Event, EventOf } from '../../../shared/domain/events.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { ncmec } from '../../../shared/policy/public-hotlines.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import { lacking } from '../app/page-words.ts';

const notices = {
  state: 'law enforcement',
  local: 'the local police',
  missing: 'the missing child',
  identified: 'the identified victim',
} as const;

const conflictSaid = {
  no: 'You have no conflict of interest, and the referral is open to you.',
  yes: 'You have a conflict of interest, and you step aside.',
  unknown: 'You cannot say yet whether you have a conflict of interest: the coordinator will call you.',
} as const;

const dangerSaid = {
  yes: 'You recorded that the child is in danger now.',
  no: 'You agreed that the child is in no danger now.',
  unknown: 'You recorded that it is unknown whether the child is in danger now.',
} as const;

const callSaid = {
  calling: (callee: string) => `Others see that you are calling ${callee}.`,
  reached: (callee: string) => `You recorded that you reached ${callee}.`,
  'no-answer': (callee: string) => `You recorded no answer from ${callee}.`,
} as const;

type NameOf = (personId: string) => string;
/** The titles of these duties, in quotation marks. */
type DutiesOf = (deadlineIds: readonly string[]) => string;
type Sentences = {
  readonly [Type in Event['type']]?: (event: EventOf<Type>, nameOf: NameOf, duties: string) => string;
};

/** By the event that carries the choice. An event without one needs no sentence: the command's title says it all. */
const sentences: Sentences = {
  'alert-acknowledged': ({ calledAt }) =>
    calledAt === undefined ? 'You acknowledged the alert.' : 'You recorded the call that settles the alert.',
  'call-recorded': ({ result, personId, agencyId }, nameOf) => {
    const callee = personId === undefined ? (agencyId === ncmec.id ? 'NCMEC' : 'the police') : nameOf(personId);
    return callSaid[result](callee);
  },
  'alarm-answered': ({ personId, insteadOf }, nameOf, duties) => {
    // The sentence about the call names them.
    if (personId !== undefined) return `They are handling ${duties} now. We call no one else for it.`;
    const from = insteadOf === undefined ? '' : ` You took over from ${nameOf(insteadOf)}: we tell them.`;
    return `You are handling ${duties} now. We call no one else for it.${from}`;
  },
  'alarm-released': () => 'You recorded that no one is handling this. We call the next person now.',
  'report-classified': ({ track }) =>
    track === 'investigation' || track === 'assessment'
      ? `You accepted the report: ${wordsInside(track)}.`
      : `You did not accept the report: ${wordsInside(track)}.`,
  'danger-assessed': ({ danger }) => dangerSaid[danger],
  'lowering-proposed': ({ danger }) =>
    danger === 'unknown'
      ? 'You proposed that danger is unknown now. It counts once a second person agrees; until then the child counts as in danger.'
      : 'You proposed that the child is in no danger now. It counts once a second person agrees; until then every clock runs.',
  'police-notified': ({ covers }) =>
    `You recorded the notice to the police, which covers: ${covers.map((notice) => notices[notice]).join(', ')}.`,
  'liaison-assigned': ({ personId }, nameOf) =>
    `You assigned the HART liaison: ${nameOf(personId)}. The Careline supervisor keeps the exam until the liaison accepts.`,
  'liaison-accepted': () => 'You accepted the assignment. From now on you keep the exam.',
  screened: ({ outcome, secondReviewer }) =>
    `You ${secondReviewer === undefined ? 'recorded' : 'agreed to'} the screening outcome: ${wordsInside(outcome)}.`,
  'checklist-answered': ({ proposed }) =>
    `You answered the checklist. The rules, which are not validated, propose: ${wordsInside(proposed)}. The outcome is yours to record.`,
  'instrument-recorded': ({ tool, band }) =>
    `You recorded the result of ${wordsInside(tool)}${band === undefined ? '' : `: ${wordsInside(band)}`}.`,
  'downgrade-proposed': ({ outcome }) =>
    `You proposed the lower outcome: ${wordsInside(outcome)}. It counts once a second reviewer agrees.`,
  'eligibility-decided': ({ outcome }) =>
    `You decided, as a basis to allege and no adjudication: ${wordsInside(outcome)}.`,
  'child-seen': ({ sighting, at }) =>
    ({
      seen: `You recorded that the child was seen: ${formatInstant(at)}.`,
      attempted: 'You recorded an attempt to see the child. The deadline runs until the child is seen.',
      'not-seen': 'You recorded that the child was not seen after all. The deadline runs again.',
    })[sighting],
  'safety-plan-recorded': ({ placement }) => `You recorded the safety plan: ${wordsInside(placement)}.`,
  'outreach-paused': ({ until }) => `You paused outreach until ${formatInstant(until)}.`,
  'outreach-pause-lifted': () => 'You lifted the pause of outreach.',
  'parents-notified': ({ at }) => `You recorded the notice to the parents: ${formatInstant(at)}.`,
  'substantiation-notified': ({ at }) => `You recorded the notice of substantiation: ${formatInstant(at)}.`,
  'substantiation-notice-withheld': () => 'You withheld the notice of substantiation.',
  'substantiation-notice-approved': () => 'You confirmed that the notice of substantiation may be given.',
  'finding-notified': ({ at }) => `You recorded that the notice of the finding was mailed: ${formatInstant(at)}.`,
  'finding-safety-asked': () => 'You asked counsel whether the notice of the finding is safe to mail. It stays due.',
  'finding-safety-answered': ({ mayMail }) =>
    mayMail === 'yes'
      ? 'You said that the notice of the finding may be mailed.'
      : 'You said that the notice of the finding is not to be mailed. The duty stays due until you find that it does not apply.',
  'tribe-notified': () => 'You recorded the notice. Record the receipt when it comes back.',
  'tribe-receipt-recorded': ({ earliest }) =>
    `You recorded the receipt. For this notice, no proceeding about custody may be held before ${earliest}.`,
  'tribe-asked-more-time': ({ earliest }) =>
    `You recorded the request. For this notice, no proceeding about custody may be held before ${earliest}.`,
  'licensing-agency-notified': ({ licensingAgency, occasion }) =>
    `You recorded the notice to the licensing agency: ${wordsInside(licensingAgency)}, ${wordsInside(occasion)}.`,
  'education-notified': ({ occasion }) => `You recorded the notice to Education: ${wordsInside(occasion)}.`,
  'institution-notified': () => 'You recorded that the person in charge was told.',
  'parents-notice-withheld': () => 'You withheld the notice to the parents.',
  'parents-notice-approved': () => 'You confirmed that the notice to the parents may be given.',
  'seat-answered': ({ discipline, answer, delegatedTo }, nameOf) =>
    delegatedTo === undefined
      ? `The seat is ${answer}: ${wordsInside(discipline)}.`
      : `You passed the seat on to ${nameOf(delegatedTo)}, who is invited: ${wordsInside(discipline)}.`,
  'seat-informed': ({ discipline }) => `You recorded that this seat was told: ${wordsInside(discipline)}.`,
  'meeting-set': ({ startsAt }) => `You set the meeting of the team: ${formatInstant(startsAt)}.`,
  'charges-ended': ({ chargesEnd }) => `You recorded how the charges of the child ended: ${wordsInside(chargesEnd)}.`,
  'meeting-called-off': ({ because }) =>
    because === 'held-earlier'
      ? 'You recorded that the team has met. The meeting that was planned no longer takes place.'
      : 'You called off the meeting of the team.',
  'seat-invited': ({ discipline, personId }, nameOf) =>
    `You invited ${nameOf(personId)} to the seat: ${wordsInside(discipline)}.`,
  'seat-removed': ({ discipline }) => `You removed the seat: ${wordsInside(discipline)}.`,
  'referral-sealed': () => 'You sealed the referral. Only the people you named can see it.',
  'seal-lifted': () => 'You lifted the seal.',
  'emergency-access-taken': ({ until }) => `You opened the referral until ${formatInstant(until)}.`,
  'call-noted': () => 'You added to what was reported.',
  'safe-contact-noted': () => 'You noted how the child or family may be reached safely.',
  'booking-set': ({ service, startsAt }) =>
    startsAt === undefined
      ? `You recorded that a time is asked for: ${wordsInside(service)}.`
      : `You booked: ${wordsInside(service)}, ${formatInstant(startsAt)}.`,
  'booking-ended': ({ bookingEnd }) => `You recorded of the appointment: ${wordsInside(bookingEnd)}.`,
  'recovery-plan-written': ({ readers }) =>
    `You wrote the plan. It is read by: ${readers.map(wordsInside).join(', ')}. Each read is recorded.`,
  'debrief-offered': () => 'You recorded that a talk was offered. It is in no figure.',
  'shift-note-left': () => 'Your note stands on the Overview for 14 days.',
  'shift-notes-read': () => 'Others see that you have read the notes for the next shift.',
  'worker-safety-noted': () => 'You changed what workers must know before they go there.',
  'need-asked': ({ practicalNeed, neededBy }) =>
    `You noted a need: ${wordsInside(practicalNeed)}, by ${formatInstant(neededBy)}.`,
  'need-ended': ({ needEnd }) => `You recorded of the need: ${wordsInside(needEnd)}.`,
  'place-asked': ({ ask }) => `Say this number on the telephone, and no name: question ${ask}.`,
  'place-answered': ({ placeAnswer }) => `You recorded the answer of the provider: ${wordsInside(placeAnswer)}.`,
  'handoff-recorded': ({ service, handoffWay }) =>
    `You recorded the handoff, ${wordsInside(service)}: ${wordsInside(handoffWay)}.`,
  'hearing-set': ({ sequence, startsAt }) =>
    sequence === 0
      ? `You scheduled the hearing: ${formatInstant(startsAt)}.`
      : `You recorded the new time of the hearing: ${formatInstant(startsAt)}.`,
  'hearing-recorded': ({ hearingResult, outcome }) =>
    outcome === undefined
      ? `You recorded of the hearing: ${wordsInside(hearingResult)}.`
      : `You recorded what the court decided: ${wordsInside(outcome)}. Your tasks say what follows.`,
  'order-settled': ({ order }) => `You recorded as done: ${wordsInside(order)}.`,
  'card-noted': () => 'You changed the child’s card. It is in the head of every page of this referral.',
  'card-consent-recorded': ({ audience, mayReadWords }) =>
    `You recorded what the child says: ${wordsInside(audience)}, ${wordsInside(mayReadWords)}.`,
  'card-reviewed': () => 'You recorded your review of the child’s card for a parent.',
  'confidentiality-signed': ({ conflict }) => `You signed the notice of confidentiality. ${conflictSaid[conflict]}`,
  'clearance-proposed': () =>
    'You proposed that no caregiver had a part in it. It counts once a second person agrees; until then tell no caregiver.',
  'caregiver-cleared': () => 'You agreed that no caregiver had a part in it.',
  'mdt-met': ({ at, quorum, missing, unsigned, shared }) =>
    `You recorded the meeting of ${formatInstant(at)}, ${quorum ? 'which had a quorum' : 'which had no quorum'}. ${
      missing.length + unsigned.length + shared.length === 0
        ? 'Every required discipline sat at it.'
        : `Its composition is not complete: ${lacking(missing, unsigned, shared)}.`
    }`,
  'task-ended': ({ task, end }) => `You recorded of this task: ${wordsInside(task)}, ${wordsInside(end)}.`,
  'linkage-offered': ({ service }) => `You referred to a provider: ${wordsInside(service)}.`,
  'linkage-accepted': ({ service }) => `You accepted the referral: ${wordsInside(service)}.`,
  'linkage-start-planned': ({ startsOn }) => `It can start on ${formatDate(startsOn)}.`,
  'linkage-contacted': ({ service, reached }) =>
    reached === 'yes'
      ? `You recorded that the child was reached: ${wordsInside(service)}.`
      : `You recorded that an attempt did not reach the child: ${wordsInside(service)}.`,
  'linkage-started': ({ service }) => `You recorded that this service has started: ${wordsInside(service)}.`,
  'linkage-declined': ({ service, reasonCode }) =>
    `You recorded that this service is declined: ${wordsInside(service)}, ${wordsInside(reasonCode)}.${
      service === 'medical-acute-forensic' && reasonCode === 'child-declined'
        ? ' Counsel has yet to confirm who decides at 13 to 17.'
        : ''
    }`,
  'place-corrected': ({ place, town }) => `You said of the place: ${wordsInside(place)}, ${town}.`,
  'consent-recorded': ({ service, kind, answer }) =>
    `You recorded a consent to ${wordsInside(service)} (${wordsInside(kind)}): ${answer}.`,
  'service-outcome-recorded': ({ service, months, outcome }) =>
    `You recorded what became of ${wordsInside(service)} after ${months} months: ${wordsInside(outcome)}.`,
  'duplicate-answered': ({ answer, of }) =>
    `You answered: ${wordsInside(answer)}${of === undefined ? '' : ` (${of})`}.`,
  'deadline-extended': ({ due }) => `You gave the deadline time until ${formatInstant(due)}.`,
  'miss-explained': ({ reasonCode, willBeKept }) =>
    `You explained the missed deadline: ${wordsInside(reasonCode)}; it ${willBeKept ? 'is still to be' : 'will not be'} done.`,
  'hold-ended': ({ how }) => `You recorded how the hold ended: ${wordsInside(how)}.`,
  'interview-settled': ({ answer, scheduledFor }) =>
    `You settled the interview: ${wordsInside(answer)}${scheduledFor === undefined ? '' : ` for ${formatInstant(scheduledFor)}`}.`,
  'discipline-consulted': ({ discipline }) =>
    `You recorded that this discipline was consulted: ${wordsInside(discipline)}.`,
  'reasonable-cause-said': ({ reasonableCause }) =>
    `You recorded on reasonable cause to believe that abuse occurred: ${wordsInside(reasonableCause)}.`,
  'investigation-disposed': ({ disposition }) => `You recorded the disposition: ${wordsInside(disposition)}.`,
  'adult-handover': ({ consent }) => `You recorded the answer of the person: consent ${consent}.`,
  'policy-migrated': ({ from, to }) => `You brought the referral from the rules of ${from} under those of ${to}.`,
  'restart-ordered': () => 'You ordered the run to start again. Its next generation begins within seconds.',
  'repair-ordered': () => 'You ordered to take up what was left undone. It begins within seconds.',
  closed: () => 'You closed the referral.',
  'withdrawal-proposed': ({ because }) =>
    `You proposed to withdraw the referral: ${wordsInside(because)}. It counts once a second person agrees.`,
  'routing-confirmed': () => 'You confirmed the office, district and team.',
  'child-missing': () => 'You recorded that the child is missing.',
  'child-returned': ({ at }) => `You recorded that the child returned: ${formatInstant(at)}.`,
  'ncmec-notified': () => 'You recorded the report to NCMEC.',
  'search-renewed': () => 'You recorded that police and NCMEC search again.',
  'return-debriefed': () => 'You recorded the return interview.',
};

/**
 * This person's last act by this command. Read from the ledger, so a made-up address cannot make the page say what did not
 * happen.
 */
export const lastActOf = (
  commits: ReferralRead['commits'],
  personId: string,
  name: CommandName,
): ReferralRead['commits'][number] | undefined =>
  commits.findLast(({ actor, cause }) => actor.id === personId && cause.kind === 'command' && cause.name === name);

/** The acts of this person by commands since the page that showed this sequence number, oldest first. */
export const actsSince = (commits: ReferralRead['commits'], personId: string, shown: number): ReferralRead['commits'] =>
  commits.filter(
    ({ seq, actor, cause }) =>
      seq > shown && actor.id === personId && cause.kind === 'command' && cause.name !== 'acknowledge-alert',
  );

/** The title of the command of an act. */
export const titleOfAct = ({ cause }: Pick<ReferralRead['commits'][number], 'cause'>): string =>
  cause.kind === 'command' && isCommandName(cause.name) ? `${commandNamed(cause.name).title}.` : '';

/** A reminder is a commit of mails alone. Undefined for any other act. */
function reminderIn(events: readonly Event[]): string | undefined {
  const people = new Set(events.flatMap((event) => (event.type === 'alert-requested' ? event.people : [])));
  if (people.size === 0 || events.some(({ type }) => type !== 'alert-requested')) return undefined;
  return `You sent a reminder to ${people.size === 1 ? 'one person' : `${people.size} people`}.`;
}

/** Where to go on after an act that took a child on. A call to an agency leads to the form of its notice. */
function whatBelow(events: readonly Event[]): string | undefined {
  if (!events.some((event) => event.type === 'alarm-answered' && event.personId === undefined)) return undefined;
  if (events.some((event) => event.type === 'call-recorded' && event.agencyId !== undefined))
    return 'Record the notice in the form below.';
  return 'Your tasks below say what to do, and by when.';
}

/** The words about an act. Undefined where it made no choice. */
export function confirmationOf(
  act: Pick<ReferralRead['commits'][number], 'events'> | undefined,
  nameOf: NameOf,
  dutiesOf: DutiesOf,
): string | undefined {
  const events = act?.events ?? [];
  const duties = dutiesOf(events.flatMap((each) => (each.type === 'alarm-answered' ? [each.deadlineId] : [])));
  const sayOf = ({ type }: Event) =>
    sentences[type] as ((event: Event, nameOf: NameOf, duties: string) => string) | undefined;
  const first = events.find((event) => sayOf(event) !== undefined);
  // Some acts say two things: they took a child on, planned a start, or took an answer by telephone.
  const also = events.find(
    ({ type }) =>
      type === 'alarm-answered' ||
      type === 'linkage-start-planned' ||
      (type === 'seat-answered' && first?.type === 'seat-informed'),
  );
  const said = [
    ...[...new Set([first, also])].flatMap((event) => (event ? (sayOf(event)?.(event, nameOf, duties) ?? []) : [])),
    ...[whatBelow(events) ?? []].flat(),
  ];
  return said.length === 0 ? reminderIn(events) : said.join(' ');
}

/** The UTC instant at which a person acknowledged the alert. */
export const acknowledgedAt = (commits: ReferralRead['commits'], alertId: string): string | undefined =>
  commits.find(({ events }) => events.some((event) => event.type === 'alert-acknowledged' && event.alertId === alertId))
    ?.at;
