/** Asking for alerts: who gets mail, about what. The life of each alert is in its own chain, `alerts.ts`. */

import { askedByName } from '../access/emergency-access.ts';
import type { Decision } from '../core/decision.ts';
import { alertIdOf } from '../core/ids.ts';
import type { Discipline, Question } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Checkpoint } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { scopeOf } from '../directory/scopes.ts';
import { overlayInputs } from '../eligibility/eligibility.ts';
import { isMissing } from '../missing/absences.ts';
import { isRole, type Policy, type Recipient, ruleIn, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { providerAsked } from '../services/provider-asked.ts';
import { comesFor, hasSignedAgreement } from '../team/seats.ts';
import { deadlineIdsOf } from './alert-duties.ts';
import type { Alert, GroupCall } from './alert-state.ts';
import { provedAlerts } from './proved-alerts.ts';
import { groupsAsked, groupsLeft, holdsGroup, isAcknowledgedFor, isOneGroup } from './recipient-groups.ts';

interface AlertRequest {
  readonly kind: Alert['kind'];
  readonly to: readonly Recipient[];
  readonly people?: readonly string[];
  readonly deadlineId?: string;
  /** The other deadlines that it tells of: of its group, or of the same call. */
  readonly alsoAbout?: readonly string[];
  readonly checkpoint?: Checkpoint['kind'];
  readonly calls?: readonly GroupCall[];
  readonly about?: Question;
  readonly discipline?: Discipline;
  /** A person asks again for an answer that has not come. */
  readonly again?: true;
}

/**
 * Asks for one alert, and returns its id. Earlier checkpoints of the same deadline may be unacknowledged: then the deputies of those
 * recipient groups get mail as well.
 */
export function requestAlert(decision: Decision, request: AlertRequest): string {
  const state = decision.state();
  const { kind, to, people = [], deadlineId, alsoAbout = [], checkpoint, calls, about, discipline, again } = request;
  const before =
    // A call says by itself who of each group is called.
    calls !== undefined || deadlineId === undefined
      ? []
      : Object.values(state.alerts).filter(
          (alert) =>
            alert.kind === 'checkpoint' &&
            // A call is answered or passed on by itself (`alarms.ts`).
            alert.checkpoint !== 'ring' &&
            deadlineIdsOf(alert).some((id) => id === deadlineId || alsoAbout.includes(id)),
        );
  const groups = groupsAsked({ to: [...to], people }, state);
  /** A recipient group that was not asked before counts as silent while any group that was asked is silent. */
  const hasAnswered = (group: string) =>
    before.every(
      (alert) =>
        groupsLeft(alert, state).length === 0 ||
        (groupsAsked(alert, state).includes(group) && isAcknowledgedFor(group, alert)),
    );
  const answered = before.length > 0 ? groups.filter(hasAnswered) : [];
  const alertId = alertIdOf(state.id, Object.keys(state.alerts).length + 1, decision.context.now);
  decision.add('alert-requested', {
    alertId,
    kind,
    to: [...to],
    people: [...people],
    ...whereKnown({ deadlineId }),
    ...(alsoAbout.length > 0 && { alsoAbout: [...alsoAbout] }),
    ...whereKnown({ checkpoint }),
    ...(calls && { calls: calls.map((call) => ({ ...call, deadlineIds: [...call.deadlineIds] })) }),
    deputies: before.length > 0 && groups.some((group) => !holdsGroup(answered, group) && isOneGroup(group, state)),
    ...(answered.length > 0 && { answered }),
    ...whereKnown({ about, discipline, again }),
  });
  return alertId;
}

/** After a correction of office or team: tells the newly responsible people of the referral, as if it were new. */
export function tellThoseNowResponsible(decision: Decision, before: Referral): void {
  const state = decision.state();
  const asked = openDeadlines(state).flatMap(({ rule }) => waitsOn(ruleIn(decision.context.policy, rule), state));
  const to = [...new Set(asked)].filter((group) => isRole(group) && scopeOf(group, before) !== scopeOf(group, state));
  if (to.length > 0) requestAlert(decision, { kind: 'referral-opened', to });
}

/** All who work on the referral except the providers. */
const workingOn = ({ team: { invited: invitedTeam } }: Referral): readonly Recipient[] => [
  'careline-supervisor',
  'caseworker',
  'hart-liaison',
  ...(invitedTeam === undefined ? [] : (['mdt-coordinator', 'seats'] as const)),
];

/** Those of them who see the child's safety: of the team's members, the ones who have signed. */
function whoSeeSafety(state: Referral): readonly Recipient[] {
  const signed = state.team.seats.filter((seat) => {
    const personId = comesFor(seat);
    return personId !== undefined && hasSignedAgreement(state, personId);
  });
  const signedSeats = signed.map(({ discipline }) => seatWord(discipline));
  return workingOn(state).flatMap((group) => (group === 'seats' ? signedSeats : [group]));
}

/** Another report about the same child is merged into this referral. */
export function tellOfReport(decision: Decision): void {
  requestAlert(decision, { kind: 'report-merged', to: workingOn(decision.state()) });
}

/** The answers about danger, the least first. */
const dangers: readonly Referral['response']['danger'][] = ['no', 'unknown', 'yes'];

/**
 * After any change, with the referral as it was before. Tells at any hour of changed danger, and of a child missing or
 * back.
 */
export function tellOfSafety(decision: Decision, before: Referral): void {
  const { danger } = decision.state().response;
  const missing = isMissing(decision.state());
  const by = dangers.indexOf(danger) - dangers.indexOf(before.response.danger);
  const to = whoSeeSafety(decision.state());
  if (by !== 0) requestAlert(decision, { kind: by > 0 ? 'danger-raised' : 'danger-lifted', to });
  if (missing !== isMissing(before)) requestAlert(decision, { kind: missing ? 'child-missing' : 'child-returned', to });
}

/** The recipients that the open duties wait on, each once. A provider is named, because the alert names no service. */
function owing(
  state: Referral,
  policy: Policy,
): { readonly to: readonly Recipient[]; readonly people: readonly string[] } {
  const owed = openDeadlines(state).map((deadline) => ({ deadline, to: waitsOn(ruleOf(policy, deadline), state) }));
  const contactOf = ({ deadline, to }: (typeof owed)[number]) =>
    to.includes('provider') ? providerAsked(state, deadline.subject) : undefined;
  return {
    to: [...new Set(owed.flatMap(({ to }) => to))].filter((group) => group !== 'provider'),
    people: [...new Set(owed.flatMap((each) => [contactOf(each) ?? [], askedByName(state, each.deadline)].flat()))],
  };
}

/**
 * After a withdrawal, a merge or the closing: tells all who worked on it, inside the department and outside. Where a duty
 * stays open, its people and the coordinator get an alert of their own. The other alert only informs.
 */
export function tellThatItEnded(decision: Decision): void {
  const state = decision.state();
  const { to, people } = owing(state, decision.context.policy);
  const coordinator = to.length > 0 ? workingOn(state).filter((group) => group === 'mdt-coordinator') : [];
  const owe = { to: [...new Set([...to, ...coordinator])], people };
  const contacts = Object.values(state.services.linkages).flatMap(({ status, contactId }) =>
    contactId !== undefined && status !== 'declined' ? [contactId] : [],
  );
  const others = {
    to: workingOn(state).filter((group) => !owe.to.includes(group)),
    people: contacts.filter((id) => !owe.people.includes(id)),
  };
  for (const told of [owe, others]) {
    if (told.to.length + told.people.length > 0) requestAlert(decision, { kind: 'referral-ended', ...told });
  }
}

const wasTold = (state: Referral, kind: Alert['kind']) => provedAlerts(state).some((alert) => alert.kind === kind);

/** The seats that are told of charges for acts of the exploited child: prosecutor, counsel of the child, diversion. */
const ofCharges: readonly Discipline[] = ['states-attorney', 'childs-attorney', 'juvenile-probation'];
const seatWord = (discipline: Discipline) => `seat:${discipline}` as const;

export function tellOfCharges(decision: Decision): void {
  requestAlert(decision, { kind: 'charges-faced', to: ['legal', ...ofCharges.map(seatWord)] });
}

/** After a change of the team: tells people who newly come for one of these seats of the known charges. */
export function tellOfChargesAnew(decision: Decision, before: Referral): void {
  const {
    response: { charged },
    team: { id: team, seats },
  } = decision.state();
  const coming = (of: Referral['team']['seats']) =>
    of.flatMap((seat) => {
      const personId = ofCharges.includes(seat.discipline) ? comesFor(seat) : undefined;
      // An alert to a seat goes to its holder first. A person who comes in the holder's place is named instead.
      return personId === undefined ? [] : [{ seat, personId, isHolder: personId === seat.personId }];
    });
  const known = team === before.team.id ? coming(before.team.seats) : [];
  const joined = coming(seats).filter(({ personId }) => !known.some((each) => each.personId === personId));
  if (!charged || joined.length === 0) return;
  requestAlert(decision, {
    kind: 'charges-faced',
    to: joined.filter(({ isHolder }) => isHolder).map(({ seat }) => seatWord(seat.discipline)),
    people: joined.filter(({ isHolder }) => !isHolder).map(({ personId }) => personId),
  });
}

/** Once for each time a caregiver is named: people read the page before they contact the family (overlay C). */
export function tellOfCaregiver(decision: Decision): void {
  const state = decision.state();
  const {
    eligibility: { clearedAt = '' },
  } = state;
  const isTold = provedAlerts(state).some(
    ({ kind, requestedAt }) => kind === 'do-not-alert-caregiver' && requestedAt > clearedAt,
  );
  if (isTold || overlayInputs(state, undefined).facilitated !== 'yes') return;
  requestAlert(decision, { kind: 'do-not-alert-caregiver', to: ['careline-worker', 'caseworker', 'hart-liaison'] });
}

/**
 * Once while membership of a tribe is unknown and custody is at stake. A lawyer judges what the open question means.
 * Where the child is a member, the clock of the notice tells its people.
 */
export function tellOfTribe(decision: Decision): void {
  const state = decision.state();
  if (state.child.tribalMember !== 'unknown' || wasTold(state, 'tribal-membership')) return;
  requestAlert(decision, { kind: 'tribal-membership', to: ['legal'] });
}
