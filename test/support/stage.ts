/** What stories have in common on every stage: when they begin, what the API answers, what their audit tells. */
import type { Audit } from '../../shared/application/read/audit.ts';
import type { EventOf, EventType } from '../../shared/domain/events.ts';

/** A Tuesday, 9:00 in New York; no holiday but Veterans' Day (Wednesday) and Thanksgiving lies in the weeks after it. */
export const tuesday = '2026-11-10T14:00:00.000Z';

export interface Answered {
  readonly status: number;
  readonly body: { readonly [field: string]: unknown };
}

/** The events of one type, in order, each with the instant of its commit. */
export const eventsIn = <Type extends EventType>(audit: Audit, type: Type) =>
  audit.commits.flatMap(({ at, actor, events }) =>
    events.flatMap((each) =>
      each.type === type ? [{ committedAt: at, by: actor.id, ...(each as EventOf<Type>) }] : [],
    ),
  );
