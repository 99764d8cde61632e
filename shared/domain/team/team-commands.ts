/** The multi-disciplinary team and the services. */

import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { offerWaitsUntil } from '../alerts/alert-waiting.ts';
import { actAt, command, privilegeNote } from '../core/command.ts';
import type { Lookups } from '../core/command-lookups.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, idInput, instantInput, policeAgreedInput, reasonText, someOf } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { linkers, teamLeaders, urgentLinkers } from '../core/role-groups.ts';
import {
  type AloneAnswer,
  agreedTasks,
  aloneAnswers,
  bookable,
  type Discipline,
  declineReasons,
  everyDiscipline,
  reasonsOfProviders,
  reviewDecisions,
  type Service,
  seatNoReasons,
  seatRoles,
  served,
  services,
  supplyGaps,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { askForExamAgain } from '../deadlines/clocks.ts';
import { markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { formatInstant, newYorkDate } from '../policy/due.ts';
import { ruleIn, windowRuleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { agreedByPolice, heldByPolice, isPausable } from '../response/outreach-pause.ts';
import { agreeTask, unfitTasks } from '../review/agreed-tasks.ts';
import { noReview } from '../review/review-state.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { childsNoIsNone } from '../services/childs-decision.ts';
import { exams } from '../services/evidence-window.ts';
import { endStart, watchLinkages } from '../services/linkage-clocks.ts';
import { followReviews } from '../services/outcome-reviews.ts';
import { isStaff, notTheirLinkage, providerAsked } from '../services/provider-asked.ts';
import { consentMissing } from '../services/service-catalogue.ts';
import { isGiven, type Linkage } from '../services/service-state.ts';
import { incompleteAt, isQuorum, meetAgain, openMeeting, reviewAgain, wasHeld } from './mdt.ts';
import { callOffMeeting, followTeam, meetingAhead } from './meeting.ts';
import { invitedAt } from './seat-silence.ts';
import { comesFor, emptySeats, hasConflict, isHolder, isTaken } from './seats.ts';
import type { Seat } from './team-state.ts';

const seatOf = (decision: Decision, discipline: Discipline) =>
  decision.state().team.seats.find((seat) => seat.discipline === discipline);

/** The provider that the service was given to, and how far it is. Undefined while it is only needed, or declined. */
const givenTo = ({ services: { linkages } }: Referral, { service }: { readonly service: Service }) => {
  const linkage = linkages[service];
  return isGiven(linkage?.status) ? linkage : undefined;
};

/** A provider gets the same refusal for each service that is not theirs, needed or not. */
function linkageOf(
  decision: Decision,
  service: Service,
  from: readonly Linkage['status'][],
  person: Person,
): Linkage | Refusal {
  const notTheirs = notTheirLinkage(decision.state(), service, person);
  if (notTheirs) return notTheirs;
  const linkage = decision.state().services.linkages[service];
  if (!linkage) return refuse('no-such-need', { service });
  if (from.includes(linkage.status)) return linkage;
  return refuse('wrong-step', { service, status: linkage.status, from: from.join(' or ') });
}

interface SeatAnswer {
  readonly answer: 'accepted' | 'declined' | 'delegated';
  readonly reasonCode?: (typeof seatNoReasons)[number] | undefined;
  readonly personId?: string | undefined;
  readonly suggestedDiscipline?: Discipline | undefined;
  readonly proposedTime?: string | undefined;
}

/** Why a detail of an answer does not fit the answer. */
function unfitting(
  decision: Decision,
  seat: Seat,
  given: SeatAnswer,
  person: Person,
  { isKnown, isOfDiscipline }: Lookups['member'],
): Refusal | undefined {
  const { answer, reasonCode, personId, suggestedDiscipline, proposedTime } = given;
  if (answer !== 'declined' && (reasonCode !== undefined || suggestedDiscipline !== undefined)) {
    return refuse('not-a-no/reason');
  }
  if (answer === 'declined' && reasonCode === undefined) {
    return refuse('reason-unsaid');
  }
  if (answer === 'accepted' && personId !== undefined) {
    return refuse('not-a-no/person');
  }
  if (proposedTime !== undefined && answer !== 'accepted') {
    return refuse('not-a-yes');
  }
  if (proposedTime !== undefined && !isAfter(proposedTime, decision.context.now)) {
    return refuse('in-the-past/proposal');
  }
  if (answer === 'delegated' && personId === undefined) {
    return refuse('delegate-unsaid');
  }
  if (personId === undefined) return undefined;
  if (personId === person.id) return refuse('yourself');
  if (!isKnown) {
    return refuse('no-such-member/suggest');
  }
  if (hasConflict(decision.state(), personId)) {
    return refuse('has-conflict/name');
  }
  // The delegate for a required discipline must be of that discipline. No one keeps a list of experts.
  return answer === 'delegated' && seat.required && !isOfDiscipline
    ? refuse('other-discipline', { discipline: seat.discipline })
    : undefined;
}

/** Records the answer of this holder, and asks the next one after a no. */
function takeAnswer(decision: Decision, seat: Seat, holderId: string, given: SeatAnswer): undefined {
  const { discipline } = seat;
  const { answer, personId, proposedTime } = given;
  const before = decision.state();
  const { now } = decision.context;
  decision.add('seat-answered', {
    discipline,
    answer: answer === 'accepted' ? 'accepted' : 'declined',
    personId: holderId,
    ...whereKnown({ because: given.reasonCode }),
    ...(personId !== undefined && (answer === 'delegated' ? { delegatedTo: personId } : { suggested: personId })),
    ...whereKnown({ suggestedDiscipline: given.suggestedDiscipline, proposes: proposedTime }),
  });
  if (answer === 'delegated') {
    requestAlert(decision, { kind: 'mdt-invited', to: [`seat:${discipline}`] });
    followTeam(decision, before);
    return undefined;
  }
  if (seatOf(decision, discipline)?.informedAt === undefined)
    decision.add('seat-informed', { discipline, how: 'answered', at: now });
  if (answer === 'declined') {
    // The other holder of the seat is asked next: an empty chair is found before the meeting, not at it.
    const declined = seatOf(decision, discipline)?.declinedBy ?? [];
    const people = [seat.personId, seat.deputyId].filter((id) => id !== undefined && !declined.includes(id));
    requestAlert(decision, {
      kind: 'answer-needed',
      about: 'seat',
      discipline,
      to: ['mdt-coordinator'],
      people: people as string[],
    });
    // The alert above tells the coordinator of it.
    if (emptySeats(decision.state()).includes(discipline)) openAgain(decision, 'D37g', { start: now, quiet: true });
  } else if (proposedTime !== undefined && proposedTime !== seat.proposes) {
    requestAlert(decision, { kind: 'answer-needed', to: ['mdt-coordinator'] });
  }
  followTeam(decision, before);
  return undefined;
}

/** Sends the invitation again to people of these seats. `personOf` says who, or why the seat cannot be asked. */
function askAgain(
  decision: Decision,
  disciplines: readonly Discipline[],
  personOf: (seat: Seat, asked: string) => string | Refusal,
  again?: true,
): Refusal | undefined {
  const state = decision.state();
  const people: string[] = [];
  for (const discipline of disciplines) {
    const seat = seatOf(decision, discipline);
    if (!seat) return refuse('no-such-seat/team', { discipline });
    const asked = comesFor(seat);
    if (asked === undefined || isTaken(seat) || invitedAt(state, seat) === undefined)
      return refuse('not-silent', { discipline });
    const person = personOf(seat, asked);
    if (isRefusal(person)) return person;
    people.push(person);
  }
  requestAlert(decision, { kind: 'mdt-invited', to: [], people: [...new Set(people)], ...whereKnown({ again }) });
  return undefined;
}

const mayBeBooked: readonly Service[] = bookable;

export const teamCommands = {
  'answer-seat': command({
    title: 'Answer for the seat on the team',
    inEmergency: 'refused',
    roles: seatRoles,
    note: 'If you decline, say why and who to ask instead. If you pass the seat on, we invite that person in your place. If you propose another time, the coordinator decides.',
    input: z.strictObject({
      discipline: z.enum(everyDiscipline),
      answer: z.enum(['accepted', 'declined', 'delegated']),
      /** The reason, which "declined" needs. */
      reasonCode: z.enum(seatNoReasons).optional(),
      /** With "declined", who could sit there instead. With "delegated", who does. */
      personId: idInput().optional(),
      suggestedDiscipline: z.enum(everyDiscipline).optional(),
      /** The time that would suit instead. */
      proposedTime: instantInput('Give date, time and zone of the meeting.').optional(),
    }),
    restsOn: ({ team: { seats } }, { discipline }) => seats.find((seat) => seat.discipline === discipline)?.answered,
    needs: 'member',
    decide(decision, input, person, { member }) {
      const { discipline, answer } = input;
      const seat = seatOf(decision, discipline);
      if (!seat) return refuse('no-such-seat/team', { discipline });
      if (!isHolder(seat, person.id)) return refuse('not-your-seat/answer', { discipline });
      if (answer !== 'accepted' && isTaken(seat) && seat.answered?.by !== person.id) {
        return refuse('seat-taken');
      }
      const wrong = unfitting(decision, seat, input, person, member);
      if (wrong) return wrong;
      return takeAnswer(decision, seat, person.id, input);
    },
  }),
  'inform-seat': command({
    title: 'Record a telephone call to a member of the team',
    inEmergency: 'refused',
    roles: teamLeaders,
    note: 'Record the answer that the member gave on the telephone, or leave it open. The member still signs the notice of confidentiality.',
    input: z.strictObject({
      discipline: z.enum(everyDiscipline),
      answer: z.enum(['accepted', 'declined']).optional(),
      /** The reason, which "declined" needs. */
      reasonCode: z.enum(seatNoReasons).optional(),
      /** Who answered, where it was not the person who is asked first. */
      holderId: idInput().optional(),
      at: actInstant(),
    }),
    restsOn: ({ team: { seats } }, { discipline }) => seats.find((seat) => seat.discipline === discipline)?.answered,
    decide(decision, { discipline, answer, reasonCode, holderId, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const seat = seatOf(decision, discipline);
      if (!seat) return refuse('no-such-seat/team', { discipline });
      if (answer === undefined && seat.informedHow === 'phone') return refuse('already-informed');
      if (answer !== 'declined' && reasonCode !== undefined) return refuse('not-a-no/reason');
      if (answer === 'declined' && reasonCode === undefined) return refuse('reason-unsaid');
      const holder = holderId ?? comesFor(seat) ?? seat.personId;
      if (!isHolder(seat, holder)) return refuse('not-the-holder', { discipline });
      if (answer === 'declined' && isTaken(seat) && seat.answered?.by !== holder) return refuse('seat-taken');
      decision.add('seat-informed', { discipline, how: 'phone', at });
      return answer && takeAnswer(decision, seat, holder, { answer, reasonCode });
    },
  }),
  'remind-seats': command({
    title: 'Remind members who have not answered',
    inEmergency: 'refused',
    roles: teamLeaders,
    note: 'Each member gets the invitation again, by e-mail. When we ask the deputy does not change.',
    input: z.strictObject({ disciplines: someOf(everyDiscipline).min(1) }),
    decide: (decision, { disciplines }) => askAgain(decision, disciplines, (_, asked) => asked, true),
  }),
  'ask-deputies': command({
    title: 'Ask the deputy of a seat now',
    inEmergency: 'refused',
    roles: teamLeaders,
    note: 'The deputy gets the invitation now, by e-mail. The seat stays with its holder until one of them answers.',
    input: z.strictObject({ disciplines: someOf(everyDiscipline).min(1) }),
    decide: (decision, { disciplines }) =>
      askAgain(decision, disciplines, ({ discipline, deputyId }) =>
        deputyId === undefined || hasConflict(decision.state(), deputyId)
          ? refuse('no-deputy', { discipline })
          : deputyId,
      ),
  }),
  'record-meeting': command({
    title: 'Record the meeting of the team',
    inEmergency: 'refused',
    note: privilegeNote,
    roles: teamLeaders,
    input: z.strictObject({
      at: actInstant(),
      attended: someOf(everyDiscipline).min(1),
      absent: z
        .array(
          z.strictObject({
            discipline: z.enum(everyDiscipline),
            reason: z.enum(['unavailable', 'no-answer', 'vacant']),
          }),
        )
        .max(everyDiscipline.length)
        .default([]),
      waiver: freeText('teamWords').optional(),
      services: someOf(services).default([]),
      /** Services to see to, each with its owner. Also the day by which, of each or of all. */
      linkages: z
        .array(
          z.strictObject({
            service: z.enum(services),
            owner: z.enum(['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead']),
            personId: idInput().optional(),
            by: z.iso.date().optional(),
          }),
        )
        .max(services.length)
        .default([]),
      linkagesBy: z.iso.date().optional(),
      reviewDecision: z.enum(reviewDecisions).optional(),
      /** Tasks that the team agreed on, each with the seat that does it. Also the day by which, of each or of all. */
      tasks: z
        .array(
          z.strictObject({
            task: z.enum(agreedTasks),
            owner: z.enum(everyDiscipline),
            by: z.iso.date().optional(),
          }),
        )
        .max(agreedTasks.length)
        .default([]),
      tasksBy: z.iso.date().optional(),
      meetingNotes: freeText('minutes').optional(),
    }),
    restsOn: ({ review: { last, tasks } = noReview }) =>
      last || Object.keys(tasks).length > 0 ? { last, tasks } : undefined,
    decide(
      decision,
      { services: named, linkages, linkagesBy, waiver, reviewDecision, tasks, tasksBy, meetingNotes, ...input },
    ) {
      const {
        team: { seats },
      } = decision.state();
      const { policy } = decision.context;
      if (seats.length === 0) return refuse('no-team');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const suspected = decision.state().screening.list.find(({ outcome }) => served.includes(outcome))?.at;
      if (suspected !== undefined && isAfter(suspected, at)) {
        return refuse('before-the-screening', { suspected: formatInstant(suspected) });
      }
      const both = input.absent.filter(({ discipline }) => input.attended.includes(discipline));
      if (both.length > 0) {
        return refuse('attended-and-absent', { both: both.map(({ discipline }) => discipline).join(', ') });
      }
      const uninvited = input.attended.filter((discipline) => !seats.some((seat) => seat.discipline === discipline));
      if (uninvited.length > 0) {
        return refuse('not-invited', { uninvited: uninvited.join(', ') });
      }
      const silent = policy.requiredDisciplines.filter(
        (discipline) =>
          !input.attended.includes(discipline) && !input.absent.some((absence) => absence.discipline === discipline),
      );
      if (silent.length > 0) {
        return refuse('absence-unexplained', { silent: silent.join(', ') });
      }
      const owners = linkages.map(({ by, ...each }) => ({ ...each, by: by ?? linkagesBy }));
      const dated = owners.flatMap(({ by, ...each }) => (by === undefined ? [] : [{ ...each, by }]));
      if (dated.length < owners.length) {
        return refuse('date-unsaid');
      }
      if (dated.some(({ by }) => by < newYorkDate(at))) {
        return refuse('in-the-past/service');
      }
      const agreed = tasks.map(({ by, ...each }) => ({ ...each, by: by ?? tasksBy }));
      const unfit = unfitTasks(decision.state(), agreed, at);
      if (unfit) return unfit;
      const quorum = isQuorum(seats, input.attended, policy.quorum);
      // Held and complete are two facts: a waiver lets a meeting be held, and completes nothing.
      const incomplete = incompleteAt(decision.state(), input.attended, policy.requiredDisciplines);
      const isHeld = wasHeld({ quorum, ...whereKnown({ waiver }) });
      // A team that meets before its notice is complete has met, so its clock has no purpose left.
      if (isHeld) openMeeting(decision, at);
      // A meeting set for later would stay in every calendar.
      const ahead = meetingAhead(decision.state());
      if (ahead && isAfter(ahead.startsAt, decision.context.now)) callOffMeeting(decision, 'held-earlier');
      decision.add('mdt-met', { ...input, at, quorum, ...incomplete, ...whereKnown({ waiver }) });
      if (isHeld) {
        reviewAgain(decision, 'mdt-met', at);
        askTheAbsent(decision, input.absent, at);
      } else meetAgain(decision, at);
      if (reviewDecision !== undefined || meetingNotes !== undefined) {
        decision.add('review-recorded', { at, ...whereKnown({ decision: reviewDecision, meetingNotes }) });
      }
      for (const task of agreed) agreeTask(decision, task, at);
      const recommended = [...new Set([...named, ...dated.map(({ service }) => service)])];
      const unmet = recommended.filter((service) => !decision.state().services.linkages[service]);
      if (unmet.length + dated.length > 0) {
        decision.add('recommended', { services: unmet, owners: dated });
      }
      // An open need has a running clock, and its new owner is told. D35a tells of a new need.
      for (const { service, owner, personId } of dated) {
        const running = openDeadlines(decision.state()).find(({ subject }) => subject === service);
        if (!running) continue;
        const asked = personId === undefined ? { to: [owner] } : { to: [], people: [personId] };
        requestAlert(decision, { kind: 'deadline-opened', ...asked, deadlineId: running.id });
      }
      return undefined;
    },
  }),
  'offer-linkage': command({
    title: 'Refer to a provider',
    inEmergency: 'refused',
    roles: urgentLinkers,
    input: z.strictObject({ service: z.enum(services), providerId: idInput(), at: actInstant() }),
    restsOn: givenTo,
    needs: 'provider',
    decide(decision, input, person, { provider: { contactId } }) {
      const { service } = input;
      const notTheirs = onlyUrgent(decision, service, person);
      if (notTheirs) return notTheirs;
      if (contactId === undefined) {
        return refuse('no-such-provider', { service });
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const missing = consentMissing(decision.state(), service, decision.context.policy, 'refers');
      if (missing) return missing;
      if (!decision.state().services.linkages[service]) decision.add('services-opened', { services: [service] });
      const linkage = linkageOf(decision, service, ['needed', 'declined', 'offered'], person);
      if (isRefusal(linkage)) return linkage;
      askForExamAgain(decision, service, at);
      endStart(decision, service);
      decision.add('linkage-offered', { ...input, contactId, at });
      markKept(decision, `offered-${service}`, at);
      markKept(decision, 'need-referred', at, service);
      if (exams.includes(service)) markKept(decision, 'exam-offered', at);
      const follows = { 'victim-advocacy': 'D19b', 'mental-health': 'D22b' }[service as string];
      const screening = currentScreening(decision.state());
      if (follows)
        openAgain(decision, follows, {
          start: at,
          subject: service,
          // The person who refers knows of it, and the provider's own alert follows.
          quiet: true,
          ...(screening && { screening: screening.number }),
        });
      watchLinkages(decision, at);
      requestAlert(decision, { kind: 'linkage-offered', to: [], people: [contactId] });
      return undefined;
    },
  }),
  'remind-providers': command({
    title: 'Remind providers who have not answered',
    inEmergency: 'refused',
    roles: urgentLinkers,
    note: 'Each provider gets the referral again, by e-mail. No clock changes.',
    input: z.strictObject({ services: someOf(services).min(1) }),
    decide(decision, { services: asked }, person) {
      const people: string[] = [];
      for (const service of asked) {
        const notYours = onlyUrgent(decision, service, person);
        if (notYours) return notYours;
        const linkage = linkageOf(decision, service, ['offered'], person);
        if (isRefusal(linkage)) return linkage;
        const missing = consentMissing(decision.state(), service, decision.context.policy);
        if (missing) return missing;
        const contactId = providerAsked(decision.state(), service);
        if (contactId === undefined) return refuse('no-such-provider', { service });
        const until = offerWaitsUntil(contactId, decision.state(), decision.context.policy, decision.context.now);
        if (until !== undefined) return refuse('offer-waits', { service, until: formatInstant(until) });
        people.push(contactId);
      }
      requestAlert(decision, { kind: 'linkage-offered', to: [], people: [...new Set(people)], again: true });
      return undefined;
    },
  }),
  'accept-linkage': command({
    title: 'Accept the referral to a provider',
    inEmergency: 'refused',
    roles: [...linkers, 'provider'],
    /** `startsOn`: the first day on which the service can start, in New York. */
    input: z.strictObject({ service: z.enum(services), startsOn: z.iso.date().optional(), at: actInstant() }),
    decide: (decision, { startsOn, ...input }, person) =>
      advance(decision, input, person, { is: 'accepted', startsOn }, ['offered']),
  }),
  'record-contact': command({
    title: "Record the provider's attempt to reach the child",
    note: 'Record only that contact was attempted or made, and when. What a child tells an advocate is privileged (C.G.S. 52-146k): never write it here.',
    inEmergency: 'refused',
    roles: [...linkers, 'provider'],
    input: z.strictObject({
      service: z.enum(services),
      reached: z.enum(['yes', 'no']),
      at: actInstant(),
      policeAgreed: policeAgreedInput(),
    }),
    decide: (decision, { reached, ...input }, person) =>
      advance(decision, input, person, { is: 'contacted', reached }, ['offered', 'accepted']),
  }),
  'start-linkage': command({
    title: 'Record that the service has started',
    inEmergency: 'allowed',
    roles: [...urgentLinkers, 'provider'],
    input: z.strictObject({
      service: z.enum(services),
      at: actInstant(),
      /** Of an exam or interview alone. Where its appointment was recorded as kept, the answer stands there. */
      seenAlone: z.enum(aloneAnswers).optional(),
      policeAgreed: policeAgreedInput(),
    }),
    decide(decision, { seenAlone, ...input }, person) {
      if (seenAlone !== undefined && !mayBeBooked.includes(input.service)) return refuse('seen-alone-unasked');
      return advance(decision, input, person, { is: 'started', seenAlone }, ['offered', 'accepted']);
    },
  }),
  'decline-linkage': command({
    title: 'Record that a service is declined, with the reason',
    inEmergency: 'refused',
    note: "Acute exam: only the child's own decision, from 13 on and with its reason, ends its clock. A later yes or a new referral within the window opens it again. A guardian's no is not the child's. Not confirmed: counsel has yet to say who consents at 13 to 17. An older state guideline asks for no consent of a parent, and no notice to one.",
    roles: [...urgentLinkers, 'provider'],
    input: z
      .strictObject({
        service: z.enum(services),
        reasonCode: z.enum(declineReasons),
        /** For a waiting list, always: the days, or that they are not known. */
        waitDays: z.union([z.int().min(0).max(999), z.literal('unknown')]).optional(),
        reason: freeText('serviceReasons').optional(),
        at: actInstant(),
      })
      .refine(
        ({ reasonCode, reason }) =>
          reasonCode !== 'child-declined' || reasonText('serviceReasons').optional().safeParse(reason).success,
        {
          path: ['reason'],
          error: "Give the child's reason in words, at least ten characters.",
        },
      ),
    restsOn: givenTo,
    needs: 'listing',
    decide(decision, { service, reasonCode, reason, waitDays, ...input }, person, { listing: { fitting } }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (waitDays !== undefined && reasonCode !== 'waiting-list') {
        return refuse('no-waiting-list');
      }
      if (waitDays === undefined && reasonCode === 'waiting-list') {
        return refuse('wait-unsaid');
      }
      const notTheirs = onlyUrgent(decision, service, person);
      if (notTheirs) return notTheirs;
      const { policy } = decision.context;
      const isExam = windowRuleOf(policy, service) !== undefined;
      const byStaff = isStaff(person);
      if (!byStaff && !reasonsOfProviders.some((each) => each === reasonCode)) return refuse('reason-of-staff');
      if (reasonCode === 'family-declined' && isExam && mayContact(decision.state()) !== 'as-usual') {
        return refuse('caregiver-not-ruled-out');
      }
      if (reasonCode === 'family-declined' && mayContact(decision.state()) === 'not-the-caregiver') {
        return refuse('not-the-caregiver/declined');
      }
      if (reasonCode === 'no-provider' && reason === undefined && fitting.length > 0) {
        return refuse('listing-has-some', { fitting: fitting.join(', ') });
      }
      // A child or family may decline before a person asked for the service by name.
      if (byStaff && !decision.state().services.linkages[service])
        decision.add('services-opened', { services: [service] });
      // A started service ends by a "no" alone only where its consent was taken back.
      const stopped = decision.state().services.linkages[service]?.suspended ? (['started'] as const) : [];
      // A child may decide after another person has declined for them.
      const isAsked = openDeadlines(decision.state()).some(({ rule }) =>
        ruleIn(policy, rule).keptBy.includes('exam-declined-by-child'),
      );
      const notTheChilds =
        byStaff && isExam && isAsked && reasonCode === 'child-declined' && childsNoIsNone(decision.state(), reason);
      if (notTheChilds) return notTheChilds;
      const again = isExam && isAsked && reasonCode === 'child-declined' ? (['declined'] as const) : [];
      const linkage = linkageOf(decision, service, ['needed', 'offered', 'accepted', ...stopped, ...again], person);
      if (isRefusal(linkage)) return linkage;
      decision.add('linkage-declined', {
        service,
        reasonCode,
        by: byStaff ? 'staff' : 'provider',
        at,
        ...whereKnown({ reason }),
        ...(typeof waitDays === 'number' && { waitDays }),
      });
      if (!byStaff) {
        // The child still needs it, so its clocks run on. A person must find another provider.
        watchLinkages(decision, at);
        requestAlert(decision, { kind: 'answer-needed', to: ['hart-liaison', 'caseworker'] });
        return undefined;
      }
      // A gap in supply settles nothing, so its clocks run on. Any other answer settles the request.
      if (!supplyGaps.includes(reasonCode)) settle(decision, service, reasonCode, at);
      watchLinkages(decision, at);
      return undefined;
    },
  }),
};

/**
 * A "no" of a child, a family or the staff settles every request for the service. An exam within its window is for the
 * child alone to decline.
 */
function settle(decision: Decision, service: Service, reasonCode: (typeof declineReasons)[number], at: string): void {
  const { policy } = decision.context;
  const isByChild = reasonCode === 'child-declined';
  if (isByChild && exams.includes(service)) markKept(decision, 'exam-offered', at);
  if (windowRuleOf(policy, service)) {
    if (isByChild) markKept(decision, 'exam-declined-by-child', at);
  } else for (const fact of ['offered', 'contacted', 'started'] as const) markKept(decision, `${fact}-${service}`, at);
  for (const fact of ['need-referred', 'service-started'] as const) markKept(decision, fact, at, service);
}

/** A waiver lets the others meet. It does not make the team complete. */
function askTheAbsent(decision: Decision, absent: readonly { readonly discipline: Discipline }[], start: string): void {
  for (const { discipline } of absent) {
    if (!decision.context.policy.requiredDisciplines.includes(discipline)) continue;
    openAgain(decision, 'D32', { start, subject: discipline });
  }
}

/**
 * The Careline supervisor acts only on services that are urgent for the child. The people who work with the child do
 * the rest.
 */
function onlyUrgent(decision: Decision, service: Service, person: Person): Refusal | undefined {
  const isUrgents = isStaff(person) && !person.roles.some((role) => linkers.includes(role));
  return isUrgents && !decision.context.policy.catalogue[service].urgent ? refuse('not-urgent') : undefined;
}

/** The step of a service that a provider takes. `reached`: whether an attempt reached the child. */
type Step =
  | { readonly is: 'started'; readonly seenAlone: AloneAnswer | undefined }
  | { readonly is: 'accepted'; readonly startsOn: string | undefined }
  | { readonly is: 'contacted'; readonly reached: 'yes' | 'no' };

function advance(
  decision: Decision,
  input: {
    readonly service: Service;
    readonly at?: string | undefined;
    readonly policeAgreed?: 'yes' | undefined;
  },
  person: Person,
  step: Step,
  from: readonly Linkage['status'][],
): Refusal | undefined {
  const at = actAt(decision, input.at);
  if (isRefusal(at)) return at;
  const linkage = linkageOf(decision, input.service, from, person);
  if (isRefusal(linkage)) return linkage;
  const notYours = onlyUrgent(decision, input.service, person);
  if (notYours) return notYours;
  const missing = consentMissing(decision.state(), input.service, decision.context.policy);
  if (missing) return missing;
  if (step.is === 'accepted') {
    const { startsOn } = step;
    if (startsOn !== undefined && startsOn < newYorkDate(at)) return refuse('in-the-past/start');
    decision.add('linkage-accepted', { service: input.service, at });
    if (startsOn !== undefined) decision.add('linkage-start-planned', { service: input.service, startsOn });
  } else {
    const { service, policeAgreed } = input;
    const held = isPausable(service, decision.context.policy)
      ? heldByPolice(decision, at, { policeAgreed, isStaff: isStaff(person) })
      : undefined;
    if (held) return held;
    const contact = { service, at, ...agreedByPolice(decision, policeAgreed) };
    if (step.is === 'contacted') decision.add('linkage-contacted', { ...contact, reached: step.reached });
    else decision.add('linkage-started', { ...contact, ...whereKnown({ seenAlone: step.seenAlone }) });
  }
  if (step.is !== 'accepted') markKept(decision, `contacted-${input.service}`, at);
  if (step.is === 'started') {
    markKept(decision, `started-${input.service}`, at);
    markKept(decision, 'service-started', at, input.service);
    if (exams.includes(input.service)) markKept(decision, 'exam-offered', at);
    followReviews(decision);
  }
  watchLinkages(decision, at);
  return undefined;
}
