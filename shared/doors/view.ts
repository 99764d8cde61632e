/** A referral as both doors show it: codes, ids, instants and what a person may do now. Who the child is comes from `identities.ts`. */
import { conditionsOfClosure, owesExplanation } from '../domain/closure.ts';
import { type CommandName, commandNamed, commands, mayDo } from '../domain/commands.ts';
import { extensionFor, isAfter, nextCheckpoint, whyDue } from '../domain/deadlines.ts';
import { type Policy, ruleIn } from '../domain/policy.ts';
import type { Deadline, Referral } from '../domain/referral.ts';
import type { Visitor } from './visitor.ts';

export function viewDeadline(deadline: Deadline, policy: Policy) {
  const rule = ruleIn(policy, deadline.rule);
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

export function viewReferral(state: Referral, policy: Policy, visitor: Visitor) {
  const { texts: _texts, blindIndex: _blind, deadlines, alerts, ...rest } = state;
  return {
    ...rest,
    policy: policy.version,
    hasSafeContact: state.texts.safeContact !== undefined,
    deadlines: Object.values(deadlines)
      .toSorted((one, other) => (isAfter(one.due, other.due) ? 1 : -1))
      .map((deadline) => viewDeadline(deadline, policy)),
    alerts: Object.values(alerts),
    inTheWayOfClosing: conditionsOfClosure(state, policy),
    commands: availableCommands(state, visitor),
  };
}
export type ReferralView = ReturnType<typeof viewReferral>;
