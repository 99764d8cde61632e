/**
 * The command table: the single list of what a person can do to a referral. The API and its description, the console
 * and its forms, and the authorization tests come from it. Reports are received by `report.ts`: they make the referral.
 */

import { accessCommands } from './access/access-commands.ts';
import { disclosureCommands } from './access/disclosure-commands.ts';
import { emergencyAccessOf } from './access/emergency-access.ts';
import { alertCommands } from './alerts/alert-commands.ts';
import { tellOfSafety } from './alerts/alert-requests.ts';
import { watchAlarms } from './alerts/calling.ts';
import { proposalCommands } from './approvals/decline-approval.ts';
import { watchQuestions } from './approvals/questions.ts';
import { bookingCommands } from './bookings/booking-commands.ts';
import { callCommands } from './calls/call-commands.ts';
import { holderCommands } from './calls/holder-commands.ts';
import { cardCommands } from './card/card-commands.ts';
import { childCommands } from './child/child-commands.ts';
import { courtCommands } from './child/court-commands.ts';
import { oversightCommands } from './child/oversight-commands.ts';
import { tribeCommands } from './child/tribe-commands.ts';
import { closureCommands } from './closure/closure-commands.ts';
import { actorOf, type Command } from './core/command.ts';
import type { Lookups } from './core/command-lookups.ts';
import { beginDecision } from './core/decision.ts';
import type { Person } from './core/person.ts';
import type { Refusal } from './core/refusal.ts';
import { isSame } from './core/standing.ts';
import { tellOfChangedFacts } from './deadlines/changed-facts.ts';
import { deadlineCommands } from './deadlines/deadline-commands.ts';
import { caregiverCommands } from './eligibility/caregiver-commands.ts';
import { decisionCommands } from './eligibility/decision-commands.ts';
import type { Event } from './events.ts';
import { profileCommands } from './facts/profile-commands.ts';
import { handoffCommands } from './handoffs/handoff-commands.ts';
import { hearingCommands } from './hearings/hearing-commands.ts';
import { identityCommands } from './identity/identity-commands.ts';
import { intakeCommands } from './intake/intake-commands.ts';
import { placeCommands } from './intake/place-commands.ts';
import { needCommands } from './needs/need-commands.ts';
import { upkeepCommands } from './pathway/upkeep-commands.ts';
import type { Policy } from './policy/policy.ts';
import { policyCommands } from './policy/policy-commands.ts';
import { recoveryCommands } from './recovery/recovery-commands.ts';
import type { Referral } from './referral.ts';
import { refuse } from './refusals.ts';
import { childSeenCommands } from './response/child-seen-commands.ts';
import { dangerCommands } from './response/danger-commands.ts';
import { familyNoticeCommands } from './response/family-notice-commands.ts';
import { reviewCommands } from './response/investigation-commands.ts';
import { outreachCommands } from './response/outreach-pause-commands.ts';
import { reviewMeetingCommands } from './review/review-commands.ts';
import { mergeCommands } from './same-child/merge-commands.ts';
import { checklistCommands } from './screening/checklist-commands.ts';
import { screeningCommands } from './screening/screening-commands.ts';
import { serviceCommands } from './services/service-commands.ts';
import { shiftNoteCommands } from './shift-notes/shift-note-commands.ts';
import { meetingCommands } from './team/meeting-commands.ts';
import { memberCommands } from './team/member-commands.ts';
import { teamCommands } from './team/team-commands.ts';
import { visitCommands } from './visits/visit-commands.ts';

export const commands = {
  ...intakeCommands,
  ...dangerCommands,
  ...childSeenCommands,
  ...mergeCommands,
  ...checklistCommands,
  ...caregiverCommands,
  ...placeCommands,
  ...screeningCommands,
  ...decisionCommands,
  ...teamCommands,
  ...meetingCommands,
  ...reviewMeetingCommands,
  ...serviceCommands,
  ...memberCommands,
  ...reviewCommands,
  ...childCommands,
  ...profileCommands,
  ...cardCommands,
  ...hearingCommands,
  ...bookingCommands,
  ...needCommands,
  ...handoffCommands,
  ...recoveryCommands,
  ...shiftNoteCommands,
  ...visitCommands,
  ...courtCommands,
  ...tribeCommands,
  ...oversightCommands,
  ...familyNoticeCommands,
  ...outreachCommands,
  ...deadlineCommands,
  ...disclosureCommands,
  ...alertCommands,
  ...callCommands,
  ...holderCommands,
  ...closureCommands,
  ...policyCommands,
  ...upkeepCommands,
  ...proposalCommands,
  ...accessCommands,
  ...identityCommands,
};
export type CommandName = Extract<keyof typeof commands, string>;

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name);
export const commandNamed = (name: CommandName): Command => commands[name];

/** True where one of the person's roles allows the command. The domain may still refuse it in this referral's state. */
export const mayDo = (name: CommandName, person: Person): boolean =>
  commandNamed(name).roles.some((role) => person.roles.includes(role));

/** Whether this act protects the child now. Emergency access and a record in doubt allow only such acts. */
export const isForEmergency = ({ inEmergency }: Pick<Command, 'inEmergency'>, input: unknown): boolean =>
  typeof inEmergency === 'string' ? inEmergency === 'allowed' : !inEmergency.unless(input);

/** A refusal where what the act replaces, or agrees to, is not what the person read. `seen`: the referral as they read it. */
function notAsRead(
  { restsOn, title }: Command,
  input: unknown,
  { state, seen, person }: { readonly state: Referral; readonly seen: Referral | undefined; readonly person: Person },
): Refusal | undefined {
  if (!restsOn) return undefined;
  const stands = restsOn(state, input, person);
  if (seen) return isSame(restsOn(seen, input, person), stands) ? undefined : refuse('changed-since-read', { title });
  return stands === undefined ? undefined : refuse('read-first', { title });
}

/**
 * The events of a command in this state, or a refusal. `input` was parsed by the command's schema. It has the id of a
 * vault text in place of each free text. `now` is a UTC instant. `seen`: the referral as the person read it. Without it
 * they replace nothing and agree to nothing.
 */
export function decide(
  state: Referral,
  name: CommandName,
  input: unknown,
  context: {
    readonly now: string;
    readonly policy: Policy;
    readonly person: Person;
    readonly lookups?: Partial<Lookups>;
    readonly seen?: Referral | undefined;
  },
): readonly Event[] | Refusal {
  const row = commandNamed(name);
  const stages = row.stages ?? ['open'];
  if (!stages.includes(state.stage)) {
    return refuse('wrong-stage', { stage: state.stage, title: row.title });
  }
  const { person, now, policy } = context;
  if (!isForEmergency(row, input) && emergencyAccessOf(state, person.id, now)) {
    return refuse('emergency-access-only', { title: row.title });
  }
  const decision = beginDecision(state, { now, policy, actor: actorOf(person), onBehalfOf: person.onBehalfOf });
  const refusal = row.decide(decision, input, person, context.lookups ?? {});
  if (refusal) return refusal;
  // An act that had been done before leaves everything as it was.
  if (decision.events().length > 0) {
    const unread = notAsRead(row, input, { state, seen: context.seen, person });
    if (unread) return unread;
    watchQuestions(decision, state);
    tellOfSafety(decision, state);
    tellOfChangedFacts(decision, state);
    watchAlarms(decision, state);
  }
  return decision.events();
}
