/** What a referral needs from the signed-in person, and which commands record it. */

import { sidesOf } from '../../../shared/application/access/on-behalf.ts';
import { isOneOf, isOnlyInvited, leadsTeam, type Visitor } from '../../../shared/application/access/visitor.ts';
import { askedByName } from '../../../shared/domain/access/emergency-access.ts';
import { answerersOf } from '../../../shared/domain/approvals/questions.ts';
import { isFirst, proposedAs } from '../../../shared/domain/approvals/second-person.ts';
import { owesExplanation } from '../../../shared/domain/closure/closure.ts';
import { type CommandName, mayDo } from '../../../shared/domain/commands.ts';
import { type Proposed, proposals, type Role } from '../../../shared/domain/core/vocabulary.ts';
import { factsAsked, wasInCareBefore } from '../../../shared/domain/deadlines/clocks.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { everOpened, whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { scopeOf } from '../../../shared/domain/directory/scopes.ts';
import { decisionIsAsked, mayContact } from '../../../shared/domain/eligibility/eligibility.ts';
import { mayCorrectReporter } from '../../../shared/domain/identity/identity-commands.ts';
import { placesAsked } from '../../../shared/domain/intake/places.ts';
import { isMissing, mayBeMissing } from '../../../shared/domain/missing/absences.ts';
import {
  type DeadlineRule,
  type GeneralMilestone,
  type Milestone,
  type Policy,
  type Recipient,
  ruleOf,
  waitsOn,
} from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { doNotContact, isHeldUp } from '../../../shared/domain/response/outreach-pause.ts';
import { maySpeakForPolice } from '../../../shared/domain/response/outreach-pause-commands.ts';
import { pausedUntil } from '../../../shared/domain/response/paused-until.ts';
import { currentScreening } from '../../../shared/domain/screening/current-screening.ts';
import { providerAsked } from '../../../shared/domain/services/provider-asked.ts';
import { consentOf } from '../../../shared/domain/services/service-catalogue.ts';
import { providerDeadline } from '../../../shared/domain/services/service-clocks.ts';
import { seatDeadline } from '../../../shared/domain/team/mdt.ts';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import { isHolder } from '../../../shared/domain/team/seats.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';

export type Presets = Readonly<Record<string, readonly string[]>>;

export interface Answering {
  readonly name: CommandName;
  /** The values that the form starts with, by field. */
  readonly presets: Presets;
}

export interface NextStep {
  readonly words: string;
  readonly why?: string;
  readonly due?: string;
  readonly deadlineId?: string;
  readonly commands: readonly Answering[];
}

const one = (name: CommandName, presets: Presets = {}): readonly Answering[] => [{ name, presets }];

const withService = (name: CommandName, service: string) => one(name, service === '' ? {} : { service: [service] });
/** A referral to a provider, or a no to the service, answers a need. */
const referOrDecline = (service: string) => [...one('offer-linkage'), ...withService('decline-linkage', service)];
const afterMonths = (months: string, service: string) =>
  one('record-service-outcome', { months: [months], ...(service !== '' && { service: [service] }) });

const proposalAnswers = (proposal: Proposed) => [
  ...one(`agree-${proposal}`),
  ...one('refuse-proposal', { proposal: [proposal] }),
];

/** What a person does for a service or with a discipline. Each has one milestone per service or discipline. */
type Step = 'consulted' | 'offered' | 'contacted' | 'started';
type Recording = (about: string) => readonly Answering[];

/**
 * The command that records each milestone. A milestone about a service or discipline is listed by the part before it.
 */
const recordedBy: Readonly<Record<GeneralMilestone | Step, Recording> & Partial<Record<Milestone, Recording>>> = {
  'report-classified': () => one('classify-report'),
  'written-report-received': () => one('record-written-report'),
  'police-notified-state': () => one('notify-police', { covers: ['state'] }),
  'police-notified-local': () => one('notify-police', { covers: ['local'] }),
  'police-notified-missing': () => one('notify-police', { covers: ['missing'] }),
  'police-notified-identified': () => one('notify-police', { covers: ['identified'] }),
  'ncmec-notified': () => one('notify-ncmec'),
  'response-started': () => one('start-response'),
  'liaison-assigned': () => one('assign-liaison'),
  screened: () => [...one('answer-checklist'), ...one('screen')],
  'screening-signed-off': () => one('sign-off-screening'),
  'eligibility-decided': () => one('decide-eligibility'),
  'age-recorded': () => [...one('record-birth-date'), ...one('record-facts')],
  'home-state-notified': () => one('notify-home-state'),
  'safety-plan-recorded': () => one('record-safety-plan'),
  'parents-notified': () => one('record-parents-notice'),
  'parents-notice-withheld': () => one('withhold-parents-notice'),
  'mdt-notified': () => one('inform-seat'),
  'mdt-met': () => one('record-meeting'),
  'duplicate-answered': () => one('answer-duplicate'),
  'downgrade-answered': () => proposalAnswers('downgrade'),
  'withdrawal-answered': () => proposalAnswers('withdrawal'),
  'clearance-answered': () => proposalAnswers('clearance'),
  'lowering-answered': () => proposalAnswers('lowering'),
  'erasure-answered': () => proposalAnswers('erasure'),
  'routing-said': () => one('confirm-routing'),
  'team-known': () => one('confirm-routing'),
  'seats-filled': () => one('invite-seat'),
  'emergency-access-reviewed': () => one('review-emergency-access'),
  closed: () => one('close-referral'),
  'hold-petition-filed': () => one('record-hold-end', { how: ['petition-filed'] }),
  'hold-child-released': () => one('record-hold-end', { how: ['child-released'] }),
  'return-debriefed': () => one('record-debrief'),
  'case-reviewed': () => one('record-case-review'),
  'interview-settled': () => one('settle-interview'),
  'investigation-disposed': () => one('record-disposition'),
  'reasonable-cause-said': () => one('record-reasonable-cause'),
  'disposition-notified': () => one('notify-of-disposition'),
  'evaluation-held': () => one('record-evaluation'),
  'hhs-notified': () => one('notify-hhs'),
  'handover-made': () => one('record-adult-handover', { consent: ['given'] }),
  'handover-refused': () => one('record-adult-handover', { consent: ['refused'] }),
  'adulthood-planned': () => one('plan-adulthood'),
  // The duty to examine comes before the first referral to a provider.
  'started-medical-nonacute': () => [
    ...one('offer-linkage'),
    ...one('start-linkage', { service: ['medical-nonacute'] }),
  ],
  'started-medical-acute-forensic': () => [
    ...one('offer-linkage', { service: ['medical-acute-forensic'] }),
    ...one('start-linkage', { service: ['medical-acute-forensic'] }),
  ],
  'exam-offered': () => one('offer-linkage', { service: ['medical-acute-forensic'] }),
  'exam-declined-by-child': () =>
    one('decline-linkage', { service: ['medical-acute-forensic'], reasonCode: ['child-declined'] }),
  'need-referred': referOrDecline,
  'referral-answered': (service) => [
    ...withService('accept-linkage', service),
    ...withService('decline-linkage', service),
  ],
  'service-started': (service) => withService('start-linkage', service),
  'outcome-after-3-months': (service) => afterMonths('3', service),
  'outcome-after-6-months': (service) => afterMonths('6', service),
  'outcome-after-12-months': (service) => afterMonths('12', service),
  consulted: (discipline) => one('record-consultation', { discipline: [discipline] }),
  offered: referOrDecline,
  contacted: (service) => one('record-contact', { service: [service] }),
  started: (service) => one('start-linkage', { service: [service] }),
};

/** The commands that record a milestone. */
export function commandsForMilestone(milestone: Milestone, subject = ''): readonly Answering[] {
  const [, step = '', about = subject] = /^(offered|contacted|started|consulted)-(.+)$/.exec(milestone) ?? [];
  return (recordedBy[milestone] ?? recordedBy[step as Step])?.(about) ?? [];
}

/** If milestones are about this deadline's own subject, only those count. Each command is named once. */
function answering(facts: readonly Milestone[], subject: string | undefined): readonly Answering[] {
  const own = subject === undefined ? [] : facts.filter((milestone) => milestone.endsWith(`-${subject}`));
  const all = (own.length > 0 ? own : facts).flatMap((milestone) => commandsForMilestone(milestone, subject));
  return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
}

const aboutWords = ({ subject }: Deadline) => (subject === undefined ? '' : ` (${wordsInside(subject)})`);

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
  'seats-filled': ({ team: { vacant } }) => [vacant.map(wordsInside).join(', ')],
};

const proposedWords = ({ keptBy: [milestone] }: DeadlineRule, state: Referral): readonly string[] =>
  (milestone === undefined ? undefined : proposed[milestone])?.(state) ?? [];

function serves(role: Role, scope: string, state: Referral): boolean {
  return scope === 'state' || !state.places.routing || scope === scopeOf(role, state);
}

const holdsSeat = (state: Referral, { id }: Visitor, discipline?: string): boolean =>
  state.team.seats.some((seat) => (discipline === undefined || seat.discipline === discipline) && isHolder(seat, id));

/** Whether the recipient is this person in this referral. `subject` is the service of the deadline. */
export function isMeant(word: Recipient, state: Referral, visitor: Visitor, subject?: string): boolean {
  if (word === 'provider') return providerAsked(state, subject) === visitor.id;
  if (word === 'seats') return holdsSeat(state, visitor);
  if (word.startsWith('seat:')) return holdsSeat(state, visitor, word.slice('seat:'.length));
  return visitor.scopes.some(({ role, scope }) => role === word && serves(role, scope, state));
}

/** The due instant for sorting. A step without a date comes last. */
const soonness = ({ due = '9999-12-31T23:59:59Z' }: NextStep) => Date.parse(due);

/** All that the referral needs from this person now: first `firstOf`, then the soonest. */
export function nextStepsOf(state: Referral, policy: Policy, visitor: Visitor, firstOf?: string): readonly NextStep[] {
  // Deadlines are for those who work the case. A person who is only invited reads the invitation's own date.
  const deadlines = isOnlyInvited(state, visitor) ? [] : deadlinesAsked(state, policy, visitor);
  const asked = [...decisionsAsked(state, policy, visitor), ...deadlines]
    .map((each) => ({ ...each, commands: each.commands.filter(({ name }) => mayDo(name, visitor)) }))
    .toSorted((one, other) => soonness(one) - soonness(other));
  const isFirst = ({ deadlineId }: NextStep) => firstOf !== undefined && deadlineId === firstOf;
  return [...asked.filter(isFirst), ...asked.filter((each) => !isFirst(each))];
}

function deadlinesAsked(state: Referral, policy: Policy, visitor: Visitor): readonly NextStep[] {
  const meant = (deadline: Deadline) => {
    const rule = ruleOf(policy, deadline);
    return (
      askedByName(state, deadline).includes(visitor.id) ||
      [...waitsOn(rule, state), ...(deadline.missed ? rule.escalate : [])].some((word) =>
        isMeant(word, state, visitor, deadline.subject),
      )
    );
  };
  const until = visitor.at === undefined ? state.response.outreachPause?.until : pausedUntil(state, visitor.at);
  const keep = openDeadlines(state)
    .filter(meant)
    .map((deadline): NextStep => {
      const rule = ruleOf(policy, deadline);
      return {
        words: [
          [`${deadline.rule}: ${rule.obligation}${aboutWords(deadline)}`, ...proposedWords(rule, state)].join(': '),
          ...(until !== undefined && isHeldUp(deadline, rule.keptBy, policy) ? [doNotContact(until)] : []),
        ].join('. '),
        why: whyDue(deadline, policy),
        due: deadline.due,
        deadlineId: deadline.id,
        commands: answering(rule.keptBy, deadline.subject),
      };
    });
  const explain = Object.values(state.deadlines)
    .filter((deadline) => owesExplanation(deadline, policy) && meant(deadline))
    .map(({ id, rule, explanation }): NextStep => {
      const presets = { deadlineId: [id] };
      return explanation
        ? { words: `${rule} was missed: countersign the explanation`, commands: one('countersign-miss', presets) }
        : { words: `${rule} was missed: explain why`, commands: one('explain-miss', presets) };
    });
  return [...keep, ...explain];
}

/** Answers that a proposal or question waits for, without a deadline of its own. */
function decisionsAsked(state: Referral, policy: Policy, visitor: Visitor): readonly NextStep[] {
  if (state.stage !== 'open') return [];
  const asked: NextStep[] = [];
  const meeting = seatDeadline(state);
  for (const seat of state.team.seats) {
    const isSettled = seat.answered?.answer === 'accepted' || seat.declinedBy?.includes(visitor.id);
    if (isSettled || !holdsSeat(state, visitor, seat.discipline)) continue;
    asked.push({
      words: `Accept or decline your seat on the team: ${wordsInside(seat.discipline)}`,
      ...(meeting && { due: meeting.due }),
      commands: one('answer-seat', { discipline: [seat.discipline] }),
    });
  }
  const conflict = state.team.confidentialityAgreements[visitor.id]?.conflict;
  if (holdsSeat(state, visitor) && (conflict === undefined || conflict === 'unknown')) {
    asked.push({
      words:
        conflict === undefined
          ? 'Sign the notice of confidentiality, and say whether you have a conflict of interest'
          : 'Say whether you have a conflict of interest: the coordinator helps you to find out',
      ...(meeting && { due: meeting.due }),
      commands: one('sign-confidentiality'),
    });
  }
  for (const { service, status, contactId, suspended } of Object.values(state.services.linkages)) {
    if (contactId !== visitor.id || suspended || (status !== 'offered' && status !== 'accepted')) continue;
    const due = providerDeadline(state, service, policy)?.due;
    const presets = { service: [service] };
    const steps =
      status === 'offered' ? (['accept-linkage', 'decline-linkage'] as const) : (['start-linkage'] as const);
    asked.push({
      words: `${status === 'offered' ? 'Answer the referral to you' : 'Start the service'}: ${wordsInside(service)}`,
      ...(due !== undefined && { due }),
      commands: steps.flatMap((name) => one(name, presets)),
    });
  }
  // Only those who would give the notices of a missing child (D12a, D12b).
  if (
    mayBeMissing(state) &&
    (['careline-worker', 'caseworker'] as const).some((word) => isMeant(word, state, visitor))
  ) {
    asked.push({
      words: 'Find out whether the child is missing: neither yes nor no is recorded',
      commands: [...one('report-missing'), ...one('record-facts', { missingNow: ['no'] })],
    });
  }
  const facts = factsAsked(state);
  const hasBegun = Object.keys(state.deadlines).length > 0;
  if (
    hasBegun &&
    facts.length > 0 &&
    (['caseworker', 'hart-liaison'] as const).some((word) => isMeant(word, state, visitor))
  ) {
    asked.push({
      words: `Find out what is not recorded yet, because a duty may follow from it: ${facts.map((fact) => labelOf(fact)).join(' ')}`,
      commands: one('record-facts'),
    });
  }
  if (decisionIsAsked(state)) {
    const words = 'Decide whether there is a basis to allege: a decision is proposed that no clock asks for';
    asked.push({ words, commands: one('decide-eligibility') });
  }
  if (state.places.routing?.confirmed !== true && !state.places.suggestedRouting && mayDo('confirm-routing', visitor)) {
    asked.push({
      words: state.places.routing ? 'Confirm the office, district and team' : 'Choose the office, district and team',
      commands: one('confirm-routing'),
    });
  }
  for (const { place, nearest } of placesAsked(state)) {
    asked.push({
      words: `Say which town is meant: ${inside(labelOf(place))}${nearest.length > 0 ? `. The nearest names: ${nearest.join(', ')}` : ''}`,
      commands: one('correct-place', { place: [place] }),
    });
  }
  // Only those who can answer a proposal see it.
  return asked.filter(({ commands }) => commands.some(({ name }) => mayDo(name, visitor)));
}

/**
 * True where no proposal waits, or where this person cannot be the second who approves. A person on leave counts
 * through the delegate.
 */
const isNotAsked =
  (proposal: Proposed) =>
  (state: Referral, visitor: Visitor): boolean => {
    const waiting = state.proposals[proposal];
    return (
      !waiting ||
      sidesOf(visitor).every((side) => !isOneOf(side, answerersOf[proposal]) || isFirst(proposedAs(waiting), side))
    );
  };

/** Commands that a page does not offer, because they would be refused or mean nothing. The domain refuses them too. */
const isHidden: Readonly<Partial<Record<CommandName, (state: Referral, visitor: Visitor) => boolean>>> = {
  // The call task has a form for each number instead.
  'record-call': () => true,
  'release-alarm': () => true,
  'agree-clearance': isNotAsked('clearance'),
  'propose-clearance': (state) => mayContact(state) !== 'not-the-caregiver',
  'agree-downgrade': isNotAsked('downgrade'),
  'agree-lowering': isNotAsked('lowering'),
  'agree-withdrawal': isNotAsked('withdrawal'),
  'sign-off-screening': (state) => {
    const screening = currentScreening(state);
    return screening?.outcome !== 'not-indicated' || screening.signedOff;
  },
  'decide-eligibility': ({ eligibility: { proposal } }) => !proposal,
  'report-missing': isMissing,
  'record-return': (state) => !isMissing(state),
  'record-part-2': (state, { id, roles }) =>
    consentOf(state, 'substance-use', 'written-part-2') !== 'given' ||
    (roles.every((role) => role === 'provider') && state.services.linkages['substance-use']?.contactId !== id),
  'record-meeting': ({ team: { seats } }) => seats.length === 0,
  'schedule-meeting': ({ team: { seats } }) => seats.length === 0,
  'cancel-meeting': (state) => !meetingAhead(state),
  'sign-confidentiality': (state, visitor) => !holdsSeat(state, visitor) && !leadsTeam(state, visitor),
  'invite-seat': ({ team: { id: team } }) => team === undefined,
  'answer-duplicate': ({ sameChild: { candidates } }) => candidates.length === 0,
  'unseal-referral': ({ access: { seal } }) => !seal,
  'correct-identity': ({ identity: { erased } }) => erased !== undefined,
  'correct-reporter': (state, visitor) =>
    state.identity.erased !== undefined || sidesOf(visitor).every((side) => !mayCorrectReporter(state, side)),
  'set-legal-hold': ({ identity: { legalHold, erased } }) => legalHold !== undefined || erased !== undefined,
  'lift-legal-hold': ({ identity: { legalHold } }) => !legalHold,
  'propose-erasure': ({ identity: { legalHold, erased } }) => legalHold !== undefined || erased !== undefined,
  'refuse-proposal': (state, visitor) =>
    proposals.every((proposal) => {
      const waiting = state.proposals[proposal];
      const isTheirs = waiting && sidesOf(visitor).some((side) => isFirst(proposedAs(waiting), side));
      return !waiting || !(isTheirs || isOneOf(visitor, answerersOf[proposal]));
    }),
  'agree-erasure': isNotAsked('erasure'),
  'invoke-hold': ({ response: { hold } }) => hold,
  'record-hold-end': ({ response: { hold } }) => !hold,
  'record-debrief': ({ missing: { absences } }) => absences.every(({ returnedAt }) => returnedAt === undefined),
  'record-case-review': ({ team: { meetings } }) => meetings.length === 0,
  'record-consultation': ({ team: { meetings } }) => meetings.length === 0,
  'record-disposition': (state) => !everOpened(state, 'D24'),
  'notify-of-disposition': (state) => !everOpened(state, 'D25'),
  'pause-outreach': (state, visitor) => !maySpeakForPolice(state, visitor),
  'lift-outreach-pause': (state, visitor) =>
    !maySpeakForPolice(state, visitor) || (visitor.at !== undefined && pausedUntil(state, visitor.at) === undefined),
  'record-parents-notice': (state) => !everOpened(state, 'D38'),
  'withhold-parents-notice': (state) => !everOpened(state, 'D38'),
  'approve-parents-notice': (state) =>
    !everOpened(state, 'D38') || mayContact(state) === 'as-usual' || state.response.parentsNoticeApproved !== undefined,
  'record-entry-to-care': (state) => state.response.enteredCare || wasInCareBefore(state),
  'record-evaluation': (state) => !everOpened(state, 'D26'),
  'record-charges': ({ response: { charged } }) => charged,
  'record-adult-handover': (state) => !everOpened(state, 'D30'),
  'notify-home-state': (state) => !everOpened(state, 'D10b'),
};

export const makesSense = (name: CommandName, state: Referral, visitor: Visitor): boolean =>
  isHidden[name]?.(state, visitor) !== true;
