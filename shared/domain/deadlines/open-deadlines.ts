import type { Referral } from '../referral.ts';
import type { Deadline } from './deadline-state.ts';

export const openDeadlines = (state: Referral): readonly Deadline[] =>
  Object.values(state.deadlines).filter((deadline) => deadline.status === 'open');

/** Of these the one that is due first. Of several due at one instant, the first. */
export const soonest = <Due extends { readonly due: string }>(all: readonly Due[]): Due | undefined =>
  all.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))[0];

/** The open deadline of this rule and, where given, subject. An unproved one stands for no proved one. */
export const openDeadlineOf = (state: Referral, rule: string, subject?: string): Deadline | undefined =>
  openDeadlines(state).find(
    (deadline) =>
      !deadline.isUnproved && deadline.rule === rule && (subject === undefined || deadline.subject === subject),
  );
