/** The audit of one referral as administrators and auditors see it: without the facts about the child. */
import type { Event } from '../../domain/events.ts';
import { words } from '../../domain/words/code-words.ts';
import { type Audit, auditReferral } from './audit.ts';
import { aboutChild, asStep, factsRecorded, isWhole, stepName } from './shown-events.ts';
import { asClock, asSignal } from './shown-view.ts';

/** The cause without the name of a command that would tell of the child. */
const causeOf = ({ cause, events }: Audit['commits'][number]) =>
  cause.kind === 'command' ? { ...cause, name: stepName(cause.name, events) } : cause;

/** The sentence of an event. Where the event holds facts about the child, it is the name of the step alone. */
const saidOf = (event: Event, says: string): string => (isWhole(event) ? says : words(asStep(event).type));

/** The steps of a commit. One on what is kept apart alone looks like one of facts about the child. */
const stepsOf = ({ cause, events, says }: Audit['commits'][number]) =>
  events.length === 0 && cause.kind === 'command' && cause.name === factsRecorded
    ? { events: [aboutChild], says: [words(factsRecorded)] }
    : { events: events.map(asStep), says: events.map((event, index) => saidOf(event, says[index] ?? '')) };

/** An audit without the facts about the child. */
export const withoutFacts = (audit: Audit) => ({
  ...audit,
  commits: audit.commits.map((commit) => ({
    ...commit,
    cause: causeOf(commit),
    ...stepsOf(commit),
  })),
  deadlines: audit.deadlines.map((deadline) => asClock(deadline, 'pathway')),
  alerts: audit.alerts.map((alert) => asSignal(alert, 'pathway')),
});
export type ShownAudit = ReturnType<typeof withoutFacts>;

/** Undefined for an unknown referral. */
export async function showAudit(
  parts: Parameters<typeof auditReferral>[0],
  referralId: string,
  viewer: { readonly id: string },
): Promise<ShownAudit | undefined> {
  const audit = await auditReferral(parts, referralId, viewer);
  return audit && withoutFacts(audit);
}
