/** The histories that were played under the clocks of before, and the clocks that a story ran. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import { isStatutory } from '../../../shared/domain/deadlines/deadlines.ts';
import type { Story, Told } from '../../support/referral-builder.ts';

export const styles = ['on-time', 'late', 'never', 'mixed'] as const;

/** An accepted act: when (UTC), the command, its input, and who where it is not the first role that may. */
export type Done = readonly [at: string, name: CommandName, input: object, as?: string];

export interface Clocks {
  /** Duties of law: the rule, its start and its due instant (UTC), as they stood at the end. */
  readonly law: readonly (readonly [rule: string, start: string, due: string])[];
  /** Duties that called: the rule, its subject or nothing, and the instant (UTC) of the first call. */
  readonly calls: readonly (readonly [rule: string, subject: string, at: string])[];
}

export interface History {
  readonly seed: number;
  readonly style: (typeof styles)[number];
  readonly told: Told;
  readonly acts: readonly Done[];
  readonly end: string;
  readonly clocks: Clocks;
}

/** The duties of law and the first call of each duty that called in this story. */
export function clocksOf(story: Story): Clocks {
  const deadlines = Object.values(story.state.deadlines);
  const firstCall = new Map<string, string>();
  for (const { deadlineId, kind, at } of story.all('checkpoint-raised'))
    if (kind === 'ring' && !firstCall.has(deadlineId)) firstCall.set(deadlineId, at);
  return {
    law: deadlines
      // What 17a-101g(a) no longer binds for this child runs on as policy, with the same times.
      .filter(
        (deadline) =>
          isStatutory(deadline, story.policy) ||
          deadline.asPolicy === 'third-parties' ||
          deadline.asPolicy === 'of-age',
      )
      .map(({ rule, start, due }) => [rule, start, due]),
    calls: deadlines.flatMap(({ id, rule, subject = '' }) => {
      const at = firstCall.get(id);
      return at === undefined ? [] : [[rule, subject, at] as const];
    }),
  };
}
