/** A referral as both doors show it: codes, ids, instants and what a person may do now. Who the child is comes from `identities.ts`. */
import { conditionsOfClosure, owesExplanation } from '../domain/closure.ts';
import { type CommandName, commandNamed, commands, mayDo } from '../domain/commands.ts';
import { extensionFor, isAfter, nextCheckpoint, whyDue } from '../domain/deadlines.ts';
import {
  decidedOnOldInputs,
  decisionOvertaken,
  mayContact,
  openQuestions,
  overlaysNow,
} from '../domain/eligibility.ts';
import { type Policy, ruleOf } from '../domain/policy.ts';
import type { Alert, Deadline, Linkage, Referral } from '../domain/referral.ts';
import { scopeOf } from '../domain/scopes.ts';
import { proposeScreening, screeningInputs } from '../domain/screening.ts';
import type { Role, Service } from '../domain/vocabulary.ts';
import { linkagesOf, seesWhole, type Visitor } from './visitor.ts';

export function viewDeadline(deadline: Deadline, policy: Policy) {
  const rule = ruleOf(policy, deadline);
  const extension = deadline.status === 'open' ? extensionFor(deadline, policy) : undefined;
  return {
    id: deadline.id,
    rule: deadline.rule,
    obligation: rule.obligation,
    kind: rule.kind,
    source: rule.source,
    confidence: rule.confidence,
    awaitsLegalSignOff: rule.awaitsLegalSignOff,
    start: deadline.start,
    due: deadline.due,
    why: whyDue(deadline, policy),
    status: deadline.status,
    missed: deadline.missed,
    late: deadline.late ?? false,
    ...(deadline.keptAt !== undefined && { keptAt: deadline.keptAt }),
    ...(deadline.subject !== undefined && { subject: deadline.subject }),
    ...(rule.statutoryMaximum && { statutoryMaximum: rule.statutoryMaximum }),
    ...(extension && { extension }),
    waitsOn: rule.alert,
    owesExplanation: owesExplanation(deadline, policy),
    ...(deadline.explanation && { explanation: deadline.explanation }),
    ...(deadline.countersignedBy !== undefined && { countersignedBy: deadline.countersignedBy }),
    ...(deadline.status === 'open' && { next: nextCheckpoint(deadline, policy) }),
  };
}

/** The commands this person's roles allow in this stage; the domain may still refuse one with a sentence. */
export function availableCommands(state: Referral, visitor: Visitor) {
  return (Object.keys(commands) as CommandName[])
    .filter((name) => mayDo(name, visitor) && (commandNamed(name).stages ?? ['open']).includes(state.stage))
    .map((name) => ({ name, title: commandNamed(name).title }));
}

const soonestFirst = (one: Deadline, other: Deadline) => (isAfter(one.due, other.due) ? 1 : -1);

export function viewReferral(state: Referral, policy: Policy, visitor: Visitor) {
  const { texts: _texts, blindIndex: _blind, proposedOn: _grounds, deadlines, alerts, ...rest } = state;
  const overlays = overlaysNow(state, policy);
  return {
    ...rest,
    policy: policy.version,
    hasSafeContact: state.texts.safeContact !== undefined,
    mayContactFamily: mayContact(state),
    /** What holds beside the decision, as the referral is now. */
    overlays: overlays.map(({ letter, flags, says, basis, confidence }) => ({
      letter,
      flags,
      says,
      basis,
      confidence,
    })),
    /** Inputs of the proposal that nobody knows and that would change it. */
    openQuestions: openQuestions(state.proposal?.inputs, policy),
    decisionIsOld: decidedOnOldInputs(state),
    decisionOvertaken: decisionOvertaken(state),
    deadlines: Object.values(deadlines)
      .toSorted(soonestFirst)
      .map((deadline) => viewDeadline(deadline, policy)),
    alerts: Object.values(alerts),
    ...(state.stage === 'open' && {
      screeningProposal: { ...proposeScreening(screeningInputs(state, policy), policy), validated: false as const },
    }),
    inTheWayOfClosing: conditionsOfClosure(state, policy),
    commands: availableCommands(state, visitor),
  };
}
export type ReferralView = ReturnType<typeof viewReferral>;

/** Whom a provider may call about a referral. */
export const answerToProviders: readonly Role[] = ['caseworker', 'hart-liaison'];

/** What a provider sees: its services, their deadlines, what it was written about them, and whom it may call. */
export interface ProviderView {
  readonly id: string;
  readonly seq: number;
  readonly stage: Referral['stage'];
  readonly hasSafeContact: boolean;
  readonly mayContactFamily: ReferralView['mayContactFamily'];
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  readonly deadlines: ReferralView['deadlines'];
  readonly alerts: readonly Alert[];
  /** With the scope in which somebody of the role answers for this referral. */
  readonly responsible: readonly { readonly role: Role; readonly scope: string }[];
  readonly commands: ReturnType<typeof availableCommands>;
}

function viewForProvider(state: Referral, policy: Policy, visitor: Visitor): ProviderView {
  const own = linkagesOf(state, visitor);
  return {
    id: state.id,
    seq: state.seq,
    stage: state.stage,
    hasSafeContact: state.texts.safeContact !== undefined,
    mayContactFamily: mayContact(state),
    linkages: Object.fromEntries(own.map((linkage) => [linkage.service, linkage])),
    deadlines: Object.values(state.deadlines)
      .filter((deadline) => ruleOf(policy, deadline).alert.includes('provider'))
      .filter(({ subject }) => own.some(({ service }) => service === subject))
      .toSorted(soonestFirst)
      .map((deadline) => viewDeadline(deadline, policy)),
    alerts: Object.values(state.alerts).filter(
      ({ people, to, deadlineId }) =>
        people.includes(visitor.id) ||
        (to.includes('provider') &&
          own.some(({ service }) => deadlineId !== undefined && service === state.deadlines[deadlineId]?.subject)),
    ),
    responsible: answerToProviders.flatMap((role) => {
      const scope = scopeOf(role, state);
      return scope === undefined ? [] : [{ role, scope }];
    }),
    commands: availableCommands(state, visitor),
  };
}

/** The referral as this person sees it; a provider's view has no `child`. That the person may read it at all is asked before. */
export const viewFor = (state: Referral, policy: Policy, visitor: Visitor): ReferralView | ProviderView =>
  seesWhole(state, visitor) ? viewReferral(state, policy, visitor) : viewForProvider(state, policy, visitor);
