import { type Event, type EventOf, type EventType, event } from '../events.ts';
import { evolve } from '../fold.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Actor, ForWhom } from './commit-head.ts';

/** The context of a decision beside the state. `now` is a UTC instant. */
export interface Context extends ForWhom {
  readonly now: string;
  readonly actor: Actor;
  readonly policy: Policy;
}

/** A decision in the making. Each event it adds is folded at once, so the next line decides on the new state. */
export interface Decision {
  readonly context: Context;
  state(): Referral;
  add<Type extends EventType>(type: Type, data: Omit<EventOf<Type>, 'type' | 'v'>): void;
  events(): readonly Event[];
}

export function beginDecision(state: Referral, context: Context): Decision {
  let current = state;
  const added: Event[] = [];
  const { now: at, actor, onBehalfOf } = context;
  const frame = { seq: state.seq + 1, at, actor, onBehalfOf };
  return {
    context,
    state: () => current,
    add(type, data) {
      const made = event(type, data as Parameters<typeof event<typeof type>>[1]) as Event;
      added.push(made);
      current = evolve(current, made, frame, current.id);
    },
    events: () => added,
  };
}
