/** The deadlines of a referral, as its state remembers them. */
import type { ForWhom } from '../core/commit-head.ts';
import type { checkpointKinds, DutyGroup, PolicyReason } from '../core/vocabulary.ts';
import type { Duration, SkippedDay } from '../policy/due.ts';
import type { DeadlineEvent } from './deadline-events.ts';

/** One round of calls about a duty. */
export interface Ring {
  /** When the round began. */
  readonly since: string;
  /** The instant from which steps are counted: the beginning, or the first call after the duty was due. */
  readonly from: string;
  /** When people were last called. */
  readonly rangAt: string;
  /** The place in the line that the last call reached, from 0, counted on after the last place. Absent before a call. */
  readonly step?: number;
  /** True where the last call is made because a person gave the duty back. */
  readonly again?: true;
  /** The person who has the child, by the id of the directory, and since when. Absent while it rings. */
  readonly answered?: { readonly by: string; readonly at: string };
}

export interface Checkpoint {
  readonly kind: (typeof checkpointKinds)[number];
  readonly at: string;
}

/** What one run keeps: one deadline by itself, or a group of deadlines. */
export interface DeadlineRun {
  /** The id of its deadline, or of its group: `CR-7F3KD-9QXMTQ.G1`. */
  readonly id: string;
  /** The kind of its group. Absent where it keeps one deadline by itself. */
  readonly group?: DutyGroup;
  readonly generation: number;
  /** In the order in which they were opened. */
  readonly deadlineIds: readonly string[];
}

export interface Deadline {
  readonly id: string;
  /** The group whose run keeps it. Absent where it has a run of its own. */
  readonly group?: { readonly id: string; readonly kind: DutyGroup };
  readonly rule: string;
  readonly start: string;
  readonly due: string;
  /** When it was due by its rule, before any person gave it more time. */
  readonly dueByRule: string;
  /** After this instant the act is of no use. */
  readonly hardStop?: string | undefined;
  readonly duration: Duration;
  readonly skipped: readonly SkippedDay[];
  readonly screening?: number | undefined;
  readonly subject?: string | undefined;
  readonly startedBy?: DeadlineEvent<'deadline-opened'>['startedBy'];
  /** Why the duty, which is law for other children, is only policy for this one. */
  readonly asPolicy?: PolicyReason;
  readonly status: 'open' | 'kept' | 'missed-closed' | 'not-applicable' | 'ended';
  readonly endedBecause?: DeadlineEvent<'deadline-ended'>['because'];
  readonly openedAt: string;
  /** No right code proves its opening. It runs, and keeps no proved clock from opening. */
  readonly isUnproved?: true;
  /** When the milestone took place, which may be earlier than when it was recorded. */
  readonly keptAt?: string;
  readonly late?: boolean;
  readonly missed: boolean;
  readonly explanation?: ForWhom & { readonly reasonCode: string; readonly willBeKept: boolean; readonly by: string };
  readonly countersignedBy?: string | undefined;
  readonly raised: readonly Checkpoint[];
  /** The last round of calls; absent while it has not rung. */
  readonly ring?: Ring | undefined;
  /** The people who got the policy's maximum of mails about it. Absent where none did. */
  readonly atCap?: readonly string[];
  /** The last move. Earlier checkpoints are not made up for. After a move by `policy` a new policy version sets the due instant. */
  readonly moved?: {
    readonly at: string;
    readonly because?: DeadlineEvent<'deadline-tightened'>['because'] | 'extended' | 'policy';
  };
  /** The version it was settled under, where its referral was migrated afterwards. */
  readonly settledUnder?: string;
}
