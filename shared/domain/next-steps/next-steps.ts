/** What a referral needs from one person now, the most urgent first, and the acts that record it. Pure. */

import { askedByName } from '../access/emergency-access.ts';
import { answerersOf } from '../approvals/questions.ts';
import { isFirst, proposedAs } from '../approvals/second-person.ts';
import { orderByTime, orderOf } from '../board/harm-order.ts';
import { bookingSteps } from '../bookings/booking-steps.ts';
import { titleOfDuty } from '../calls/call-words.ts';
import { holderOf, isForAgency, policeNoticeOf, rolesToCall } from '../calls/calls.ts';
import { aboutOfDuty } from '../calls/duty-about.ts';
import { earliestProceeding, isBoundToTribe, receiptsAwaited } from '../child/tribe-notice.ts';
import { owesExplanation } from '../closure/closure.ts';
import { mayDo } from '../commands.ts';
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import { teamLeaders } from '../core/role-groups.ts';
import { type Proposed, proposals, type Role } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { changedFact, unlessKnown } from '../deadlines/changed-facts.ts';
import { factsAsked } from '../deadlines/clocks.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { isTooEarly, whyDue } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { scopeOf } from '../directory/scopes.ts';
import { decisionIsAsked, mayContact } from '../eligibility/eligibility.ts';
import { handoffSteps } from '../handoffs/handoff-steps.ts';
import { hearingSteps } from '../hearings/hearing-steps.ts';
import { placesAsked } from '../intake/places.ts';
import { isMissing, mayBeMissing } from '../missing/absences.ts';
import { needSteps, placeFinders } from '../needs/need-steps.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { formatDate, formatInstant } from '../policy/due.ts';
import {
  type AlarmClass,
  type DeadlineRule,
  isRole,
  type Milestone,
  type Policy,
  type Recipient,
  ruleOf,
  waitsOn,
} from '../policy/policy.ts';
import { recoverySteps } from '../recovery/recovery-steps.ts';
import type { Referral } from '../referral.ts';
import { noticeGivenBy, unsafeToMail, unsafeToTell } from '../response/family-notices.ts';
import { dutiesOnAcceptance, liaisonAsked } from '../response/liaison.ts';
import { doNotContact, isHeldUp } from '../response/outreach-pause.ts';
import { pausedUntil } from '../response/paused-until.ts';
import { providerDeadline } from '../services/linkage-clocks.ts';
import { providerAsked } from '../services/provider-asked.ts';
import { seatDeadline } from '../team/mdt.ts';
import { meetingAhead } from '../team/meeting.ts';
import { seatsToCall } from '../team/seat-reach.ts';
import { declinedSeats, emptySeats, isHolder, isTaken } from '../team/seats.ts';
import { wordsInside } from '../words/code-words.ts';
import { memberDutyTitle } from '../words/duty-words.ts';
import { labelOf } from '../words/field-words.ts';
import { inside, keepingCareline, partner, staff } from '../words/words.ts';
import { type Act, answerReferral, askConsent, decline, type Listed, start } from './acts.ts';
import { bookers, department, recordsHearings } from './listed-steps.ts';
import { actsFor } from './milestone-table.ts';

/**
 * The person who asks, with the scope of each role: the state, a region, an office or a team. `onBehalfOf`: the person on
 * leave who delegated it.
 */
export interface Caller extends Person {
  readonly scopes: readonly { readonly role: Role; readonly scope: string; readonly onBehalfOf?: string }[];
}

/** Who takes the call of a duty: police, the national center for missing children, or the roles in line. */
export type Callees = 'police' | 'ncmec' | readonly Role[];

export interface NextStep {
  /** What to do, without the code of the rule. */
  readonly title: string;
  /** What to know before the act, such as that police asked for no contact yet. */
  readonly note?: string;
  readonly deadlineId?: string;
  readonly rule?: string;
  /** The task that its duty belongs to with others: one line with a tick for each. */
  readonly group?: Deadline['group'];
  /** A UTC instant. */
  readonly due?: string;
  /** Why it is due then, in one sentence. */
  readonly why?: string;
  /** `to-explain`: a duty was missed, and its explanation or countersignature is owed. */
  readonly status: 'open' | 'overdue' | 'to-explain';
  /** How loudly its duty calls. Absent where no deadline asks. */
  readonly class?: AlarmClass;
  /** True where this person is asked for it. Otherwise they only may do it. */
  readonly waitsOnYou: boolean;
  /** The acts that this person's roles allow. Empty where another person has to act. */
  readonly acts: readonly Act[];
  /** Where a step without a clock stands in lists. */
  readonly listed?: Listed;
  readonly call?: Callees;
  /** Sorts as text: the position in every list of work. */
  readonly order: string;
}

const never = '9999-12-31T23:59:59Z';

function serves(role: Role, scope: string, state: Referral): boolean {
  return scope === 'state' || !state.places.routing || scope === scopeOf(role, state);
}

const holdsSeat = (state: Referral, { id }: Caller, discipline?: string): boolean =>
  state.team.seats.some((seat) => (discipline === undefined || seat.discipline === discipline) && isHolder(seat, id));

/** Whether the recipient is this person in this referral. `subject` is the service of the deadline. */
export function isMeant(word: Recipient, state: Referral, caller: Caller, subject?: string): boolean {
  if (word === 'provider') return providerAsked(state, subject) === caller.id;
  if (word === 'seats') return holdsSeat(state, caller);
  if (word.startsWith('seat:')) return holdsSeat(state, caller, word.slice('seat:'.length));
  return caller.scopes.some(({ role, scope }) => role === word && serves(role, scope, state));
}

/** Whether the person takes part in the team's duties by a seat alone, and leads no team. */
export const isMemberAlone = (state: Referral, caller: Caller): boolean =>
  holdsSeat(state, caller) && !caller.roles.some((role) => teamLeaders.includes(role));

/** What the duty asks of this reader. A member who leads no team joins the meeting that others convene. */
function titleIn(deadline: Deadline, state: Referral, policy: Policy, asMember: boolean): string {
  const rule = ruleOf(policy, deadline);
  const about = { ...aboutOfDuty(deadline, state, policy), missing: isMissing(state) };
  return (asMember ? memberDutyTitle(rule) : undefined) ?? titleOfDuty(rule, about);
}

/** What is proposed, where this rule waits for an answer, or what is missing. */
const proposed: Readonly<Partial<Record<Milestone, (state: Referral) => readonly string[]>>> = {
  'downgrade-answered': ({ proposals: { downgrade } }) => (downgrade ? [wordsInside(downgrade.outcome)] : []),
  'withdrawal-answered': ({ proposals: { withdrawal } }) => (withdrawal ? [wordsInside(withdrawal.because)] : []),
  'clearance-answered': () => ['no caregiver had a part in it'],
  'lowering-answered': ({ proposals: { lowering } }) => [
    lowering?.danger === 'unknown' ? 'danger unknown' : 'no danger now',
  ],
  'erasure-answered': ({ proposals: { erasure } }) => (erasure ? [wordsInside(erasure.ground)] : []),
  'routing-said': ({ places: { suggestedRouting: leads } }) =>
    leads ? [`it leads to ${leads.office} and ${leads.team}`] : [],
  'seats-filled': (state) => [emptySeats(state).map(wordsInside).join(', ')],
};

const proposedWords = ({ keptBy: [milestone] }: DeadlineRule, state: Referral): readonly string[] =>
  (milestone === undefined ? undefined : proposed[milestone])?.(state) ?? [];

/** Why the family is not told yet, by what is known of the caregiver. */
const notSafeYet: Readonly<Record<ReturnType<typeof mayContact>, string | undefined>> = {
  'ask-first':
    'Tell no one of the family yet: no one knows whether a caregiver had a part in it. Withhold the notice, or ask the area supervisor to confirm it.',
  'not-the-caregiver':
    'Do not tell the caregiver who is said to have had a part in it. Tell another person, withhold the notice, or ask the area supervisor to confirm it.',
  'as-usual': undefined,
};

/** What stands in the way of the letter about the finding, and what to do. Undefined where nothing does. */
function letterWaits({ keptBy }: DeadlineRule, state: Referral): string | undefined {
  if (!keptBy.includes('finding-notified') || unsafeToMail(state, undefined) === undefined) return undefined;
  const { findingSafety } = state.response;
  if (findingSafety === undefined)
    return 'Do not mail it yet: a caregiver may have had a part in it. Ask counsel now. The law writes no exception, and your question stops no clock.';
  return findingSafety.mayMail === 'no'
    ? 'Counsel said: do not mail it. The duty stays until counsel finds that it does not apply.'
    : 'Do not mail it yet: counsel was asked and has not answered.';
}

/** Why the duty waits for the area supervisor's confirmation. Undefined where it does not. */
function unconfirmed({ keptBy }: DeadlineRule, state: Referral): string | undefined {
  const notice = noticeGivenBy(keptBy);
  return notice && unsafeToTell(state, undefined, notice) ? notSafeYet[mayContact(state)] : undefined;
}

/** For the hearing about a member of a tribe: from which day on it may be held. Emergencies are for counsel to judge. */
function waitForTribe({ keptBy }: DeadlineRule, state: Referral, policy: Policy): string | undefined {
  if (!keptBy.includes('preliminary-hearing-held') || !isBoundToTribe(state)) return undefined;
  const day = earliestProceeding(state.response.tribeNotices, policy);
  return day === undefined
    ? 'A notice of the proceeding has no receipt yet, as far as is recorded. Ask counsel before the hearing.'
    : `For the tribe, no proceeding about custody is held before ${formatDate(day)}. Ask counsel before an earlier hearing.`;
}

/** That the ground of the duty is recorded otherwise now, and who decides. Undefined where it holds. */
function groundChanged(deadline: Deadline, state: Referral): string | undefined {
  const changed = changedFact(deadline, state);
  return changed === undefined
    ? undefined
    : `It is recorded now that ${changed}. If that is wrong, correct it. If it is right, counsel finds that this duty does not apply. Until then it stays due.`;
}

/**
 * Who records a duty that this person took on, where their own role cannot. The director on call is one. Undefined where
 * they can.
 */
function recordedByOthers(
  rule: DeadlineRule,
  acts: readonly Act[],
  state: Referral,
  caller: Caller,
): string | undefined {
  const mayRecord = (person: Person) => acts.some(({ command }) => mayDo(command, person));
  if (mayRecord(caller)) return undefined;
  const others = [...new Set([...waitsOn(rule, state), ...rule.escalate])]
    .filter(isRole)
    .filter((role) => mayRecord({ ...caller, roles: [role] }));
  const [last, ...before] = others.map((role) => `the ${wordsInside(role)}`).toReversed();
  const recorders = before.length === 0 ? last : `${before.toReversed().join(', ')} or ${last}`;
  return recorders === undefined
    ? undefined
    : `You took this on. See that it is done, then ask ${recorders} to record it.`;
}

/** Who is called about an open duty. Only a duty of class `now` calls roles. */
function calleesOf(deadline: Deadline, state: Referral, policy: Policy): Callees | undefined {
  const rule = ruleOf(policy, deadline);
  if (policeNoticeOf(rule) !== undefined) return 'police';
  if (isForAgency(rule)) return 'ncmec';
  return alarmClassOf(deadline, state, policy) === 'now' ? rolesToCall(deadline, state, policy) : undefined;
}

/** The steps of deadlines: what is open, and what was missed and is not explained. */
function deadlineSteps(state: Referral, policy: Policy, caller: Caller, now: string): readonly NextStep[] {
  /** The person who said "I'm handling this", whatever their role. */
  const holds = (deadline: Deadline) => holderOf(deadline, state)?.id === caller.id;
  const waits = (deadline: Deadline) => {
    const rule = ruleOf(policy, deadline);
    return (
      askedByName(state, deadline).includes(caller.id) ||
      (unconfirmed(rule, state) !== undefined && isMeant('area-supervisor', state, caller)) ||
      (changedFact(deadline, state) !== undefined && isMeant('legal', state, caller)) ||
      [...waitsOn(rule, state), ...(deadline.missed ? rule.escalate : [])].some((word) =>
        isMeant(word, state, caller, deadline.subject),
      )
    );
  };
  const paused = pausedUntil(state, now);
  const asMember = isMemberAlone(state, caller);
  const common = (deadline: Deadline) => ({
    deadlineId: deadline.id,
    rule: deadline.rule,
    class: alarmClassOf(deadline, state, policy),
    waitsOnYou: waits(deadline),
  });
  const due = openDeadlines(state).filter((deadline) => !isTooEarly(deadline, ruleOf(policy, deadline), now));
  const keep = due.map((deadline): NextStep => {
    const rule = ruleOf(policy, deadline);
    const call = calleesOf(deadline, state, policy);
    const own = ownProposal(rule, state, caller);
    const acts = own ? [takeBack(own)] : actsFor(rule.keptBy, { state, policy, now, subject: deadline.subject });
    const title = titleIn(deadline, state, policy, asMember);
    const notes = [
      ...(own ? [awaitedAnswer(own)] : []),
      ...(holds(deadline) ? [recordedByOthers(rule, acts, state, caller) ?? []] : []),
      ...(paused !== undefined && isHeldUp(deadline, rule.keptBy, policy) ? [doNotContact(paused)] : []),
      unconfirmed(rule, state) ?? [],
      letterWaits(rule, state) ?? [],
      waitForTribe(rule, state, policy) ?? [],
      groundChanged(deadline, state) ?? [],
      unlessKnown(deadline, state) ?? [],
    ].flat();
    return {
      ...common(deadline),
      waitsOnYou: own !== undefined || holds(deadline) || waits(deadline),
      ...whereKnown({ group: deadline.group }),
      title: [own ? `Waits for a second person to ${inside(title)}` : title, ...proposedWords(rule, state)].join(': '),
      ...(notes.length > 0 && { note: notes.join(' ') }),
      why: whyDue(deadline, policy),
      due: deadline.due,
      status: isAfter(deadline.due, now) ? 'open' : 'overdue',
      acts: [...(changedFact(deadline, state) === undefined ? [] : [notApplicable(deadline.id)]), ...acts],
      ...(call && { call }),
      order: orderOf(deadline, state, policy),
    };
  });
  const explain = Object.values(state.deadlines)
    .filter((deadline) => owesExplanation(deadline, policy))
    .map((deadline): NextStep => {
      const { id, explanation } = deadline;
      return {
        ...common(deadline),
        title: `${explanation ? 'Countersign why' : 'Say why'} this was missed: ${inside(titleIn(deadline, state, policy, asMember))}`,
        acts: [explanation ? countersign(id) : explainMiss(id)],
        status: 'to-explain',
        order: orderByTime(never),
      };
    });
  return [...keep, ...explain];
}

/** The kind of proposal that a second person answers by this duty. Undefined for the other duties. */
const proposalOf = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): Proposed | undefined =>
  proposals.find((each) => keptBy.includes(`${each}-answered`));

export const isAboutProposal = (rule: Pick<DeadlineRule, 'keptBy'>): boolean => proposalOf(rule) !== undefined;

/** The proposal of this person, or of one they act for, that the duty has a second person answer. Undefined for the others. */
export function ownProposal(rule: Pick<DeadlineRule, 'keptBy'>, state: Referral, person: Person): Proposed | undefined {
  const proposal = proposalOf(rule);
  const waiting = proposal && state.proposals[proposal];
  return waiting && isFirst(proposedAs(waiting), person) ? proposal : undefined;
}

/** Which roles the person who proposed waits for. */
function awaitedAnswer(proposal: Proposed): string {
  const [last, ...before] = answerersOf[proposal].map((role) => keepingCareline(wordsInside(role))).toReversed();
  return `One of these must answer: ${before.toReversed().join(', ')} or ${last}. You can take it back.`;
}

const takeBack = (proposal: Proposed): Act => ({
  command: 'refuse-proposal',
  input: { proposal },
  button: staff('Take your proposal back'),
});

const notApplicable = (deadlineId: string): Act => ({
  command: 'find-not-applicable',
  input: { deadlineId },
  button: staff('Find that the duty does not apply'),
});
const countersign = (deadlineId: string): Act => ({
  command: 'countersign-miss',
  input: { deadlineId },
  button: partner('Countersign the explanation', 'Firmar también la explicación'),
});
const explainMiss = (deadlineId: string): Act => ({
  command: 'explain-miss',
  input: { deadlineId },
  button: partner('Explain the missed deadline', 'Explicar el plazo incumplido'),
});

interface Question {
  readonly title: string;
  readonly note?: string;
  readonly due?: string | undefined;
  readonly acts: readonly Act[];
  readonly listed?: Listed;
}

const stepOf = ({ title, note, due, acts, listed }: Question, now: string): NextStep => ({
  title,
  ...whereKnown({ note, due, listed }),
  status: due === undefined || isAfter(due, now) ? 'open' : 'overdue',
  waitsOnYou: true,
  acts,
  order: orderByTime(due ?? never),
});

/** Answers that a person owes without a deadline of their own. */
function questionsTo(state: Referral, policy: Policy, caller: Caller, now: string): readonly Question[] {
  if (state.stage !== 'open') return [];
  const means = (...words: readonly Role[]) => words.some((word) => isMeant(word, state, caller));
  const asked: Question[] = [];
  const liaison = liaisonAsked(state);
  const isLiaison = caller.scopes.some(
    ({ role, onBehalfOf = caller.id }) => role === 'hart-liaison' && onBehalfOf === liaison,
  );
  if (isLiaison) {
    asked.push({
      title: 'Accept the assignment as HART liaison',
      note: 'Until then the Careline supervisor keeps the exam.',
      due: dutiesOnAcceptance(state, policy)[0]?.due,
      acts: [{ command: 'accept-assignment', button: staff('Accept the assignment') }],
    });
  }
  const due = seatDeadline(state)?.due;
  for (const seat of state.team.seats) {
    const isSettled = isTaken(seat) || seat.declinedBy?.includes(caller.id);
    if (isSettled || !holdsSeat(state, caller, seat.discipline)) continue;
    asked.push({
      title: `Accept or decline your seat on the team: ${wordsInside(seat.discipline)}`,
      due,
      acts: [
        {
          command: 'answer-seat',
          input: { discipline: seat.discipline },
          asks: ['reasonCode'],
          button: partner('Accept or decline the seat', 'Aceptar o rechazar el puesto'),
        },
      ],
    });
  }
  if (due !== undefined && state.team.seats.length > 0 && !meetingAhead(state) && means('mdt-coordinator')) {
    asked.push({
      title: 'Set the time of the team meeting',
      due,
      acts: [
        { command: 'schedule-meeting', button: partner('Set the time of the meeting', 'Fijar la hora de la reunión') },
      ],
    });
  }
  const toCall = means('mdt-coordinator') ? seatsToCall(state) : [];
  if (toCall.length > 0) {
    asked.push({
      title: `Call each member that no invitation reached: ${toCall.map(wordsInside).join(', ')}`,
      acts: [
        {
          command: 'inform-seat',
          choices: { discipline: toCall },
          button: partner('Record that a member was told', 'Registrar que se avisó a un miembro'),
        },
      ],
    });
  }
  // A required one has a clock of its own (D37g).
  const declined = means('mdt-coordinator', 'mdt-chair')
    ? declinedSeats(state).filter(({ required }) => !required)
    : [];
  for (const { discipline } of declined) {
    asked.push({
      title: `Fill the seat that was declined, or remove it: ${wordsInside(discipline)}`,
      due,
      acts: [
        {
          command: 'invite-seat',
          input: { discipline },
          button: partner('Invite a person to the seat', 'Invitar a una persona al puesto'),
        },
        { command: 'remove-seat', input: { discipline }, button: partner('Remove the seat', 'Quitar el puesto') },
      ],
    });
  }
  const conflict = state.team.confidentialityAgreements[caller.id]?.conflict;
  if (holdsSeat(state, caller) && (conflict === undefined || conflict === 'unknown')) {
    asked.push({
      title:
        conflict === undefined
          ? 'Sign the notice of confidentiality, and say whether you have a conflict of interest'
          : 'Say whether you have a conflict of interest: the coordinator helps you to find out',
      due,
      acts: [
        {
          command: 'sign-confidentiality',
          choices: { conflict: ['no', 'yes', 'unknown'] },
          button: partner('Sign the notice of confidentiality', 'Firmar el aviso de confidencialidad'),
        },
      ],
    });
  }
  for (const { service, status, contactId, suspended } of Object.values(state.services.linkages)) {
    if (contactId !== caller.id || suspended || (status !== 'offered' && status !== 'accepted')) continue;
    const isAnswered = status === 'accepted';
    asked.push({
      title: `${isAnswered ? 'Start the service' : 'Answer the referral to you'}: ${wordsInside(service)}`,
      due: providerDeadline(state, service, policy)?.due,
      // Staff record the consent that the provider's answer needs.
      acts: (isAnswered ? start : answerReferral)({ state, policy, now, subject: service }, service).filter(
        ({ prepares }) => prepares !== true,
      ),
    });
  }
  const ended = means('caseworker', 'hart-liaison')
    ? Object.values(state.services.linkages).filter(({ status, suspended }) => status === 'started' && suspended)
    : [];
  for (const { service } of ended) {
    asked.push({
      title: `The consent ended. Ask for it again, or record that the service is declined: ${wordsInside(service)}`,
      acts: [askConsent(service, policy), ...decline(service)],
    });
  }
  // Only those who would give the notices of a missing child (D12a, D12b).
  if (mayBeMissing(state) && means('careline-worker', 'caseworker')) {
    const { missingAskedAt: askedAt } = state.missing;
    const soFar =
      askedAt === undefined ? 'no answer is recorded yet' : `not known as of ${formatInstant(askedAt)}. Ask again`;
    asked.push({
      title: `Find out whether the child is missing: ${soFar}`,
      acts: [
        { command: 'report-missing', button: staff('Record that the child is missing') },
        { command: 'record-facts', asks: ['missingNow'], button: staff('Record not missing, or not known yet') },
      ],
    });
  }
  // The return starts duties of its own, and a referral of a missing child cannot be closed.
  if (isMissing(state) && means('careline-worker', 'caseworker')) {
    asked.push({
      title: 'When the child is back, record the return',
      acts: [{ command: 'record-return', button: staff("Record the child's return") }],
    });
  }
  const facts = factsAsked(state);
  const hasBegun = Object.keys(state.deadlines).length > 0;
  if (hasBegun && facts.length > 0 && means('caseworker', 'hart-liaison')) {
    asked.push({
      title: 'Find out what is not recorded yet',
      note: `A duty may follow from it: ${facts.map((fact) => labelOf(fact)).join(' ')}`,
      acts: [{ command: 'record-facts', asks: facts, button: staff('Record what is known now') }],
    });
  }
  // The earliest day of a proceeding follows from each receipt.
  const isSettled = state.child.tribalMember === 'no' && !openDeadlineOf(state, 'D42');
  const awaited = isSettled ? [] : receiptsAwaited(state.response.tribeNotices);
  for (const { notice, mailedAt } of means('caseworker', 'legal') ? awaited : []) {
    asked.push({
      title: `When the receipt of notice ${notice} comes back, record its day. It was sent ${formatInstant(mailedAt)}`,
      acts: [
        {
          command: 'record-tribe-receipt',
          input: { notice },
          button: staff('Record that the notice was received'),
        },
      ],
    });
  }
  if (means(...bookers.roles) || bookers.seats.some((seat) => holdsSeat(state, caller, seat))) {
    asked.push(...bookingSteps(state, now), ...handoffSteps(state));
  }
  if (means('caseworker', 'hart-liaison', 'area-supervisor')) asked.push(...recoverySteps(state, now));
  const findsPlaces = placeFinders.some((seat) => holdsSeat(state, caller, seat));
  asked.push(...needSteps(state, caller, { isDepartment: means(...department), findsPlaces }));
  if (means(...recordsHearings)) asked.push(...hearingSteps(state, now));
  if (decisionIsAsked(state)) {
    asked.push({
      title: 'Decide whether there is a basis to allege: a decision is proposed that no clock asks for',
      acts: actsFor(['eligibility-decided'], { state, policy, now, subject: undefined }),
    });
  }
  if (state.places.routing?.confirmed !== true && !state.places.suggestedRouting) {
    asked.push({
      title: state.places.routing ? 'Confirm the office, district and team' : 'Choose the office, district and team',
      acts: actsFor(['team-known'], { state, policy, now, subject: undefined }),
    });
  }
  for (const { place, nearest } of placesAsked(state)) {
    asked.push({
      title: `Say which town is meant: ${inside(labelOf(place))}${nearest.length > 0 ? `. The nearest names: ${nearest.join(', ')}` : ''}`,
      acts: [{ command: 'correct-place', input: { place }, button: staff('Say which town it is') }],
    });
  }
  // Only those who can answer see it.
  return asked.filter(({ acts }) => acts.some(({ command }) => mayDo(command, caller)));
}

/** What a person who was only invited is asked. */
const ofInvitation: readonly string[] = ['answer-seat', 'sign-confidentiality'];

/**
 * All that the referral needs, the most urgent first, in the order of every list of work (`harm-order.ts`). `invitedOnly`: the
 * person was only invited to the team. They read nothing of the case: no deadline, and no need of the child. `now` is a UTC instant.
 */
export function nextSteps(
  state: Referral,
  policy: Policy,
  caller: Caller,
  { now, invitedOnly }: { readonly now: string; readonly invitedOnly: boolean },
): readonly NextStep[] {
  const questions = questionsTo(state, policy, caller, now)
    .filter(({ acts }) => !invitedOnly || acts.some(({ command }) => ofInvitation.includes(command)))
    .map((question) => stepOf(question, now));
  return [...questions, ...(invitedOnly ? [] : deadlineSteps(state, policy, caller, now))]
    .map((step) => ({ ...step, acts: step.acts.filter(({ command }) => mayDo(command, caller)) }))
    .toSorted((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
}
