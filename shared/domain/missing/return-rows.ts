/**
 * The register of returns from missing: one line for each absence of each referral, whatever became of the referral.
 * The audited failure of practice is a return without a screening (docs/domain.md#return-without-screening). So no line
 * ever leaves the register.
 */

import * as z from 'zod';
import { isAfter } from '../core/instants.ts';
import { overseers } from '../core/role-groups.ts';
import { outcomes, type Role } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Referral } from '../referral.ts';

/** The roles that read the register: those who answer for the work of others, and those who audit. */
export const returnReaders: readonly Role[] = overseers;

/** The lists of the board with the register's rows. */
export const returnQueues = { all: 'returns', undone: 'returns-undone' } as const;

const instant = z.string();

/** An absence as the board keeps it. Instants are UTC. */
export const absenceOnBoard = z.object({
  number: z.number(),
  missingSince: instant,
  returnedAt: instant.optional(),
  debriefedAt: instant.optional(),
  screenedAt: instant.optional(),
  screening: z.number().optional(),
  outcome: z.enum(outcomes).optional(),
  /** The status of D13, the deadline of the return interview. */
  deadline: z.enum(['open', 'kept', 'missed-closed', 'not-applicable', 'ended']).optional(),
  mergedInto: z.string().optional(),
});
export type AbsenceOnBoard = z.infer<typeof absenceOnBoard>;

/** The acts that the law asks for on a return and that are not done. */
const lacking = ({ returnedAt, debriefedAt, screenedAt }: AbsenceOnBoard): readonly ('debrief' | 'screening')[] =>
  returnedAt === undefined
    ? []
    : [
        ...(debriefedAt === undefined ? (['debrief'] as const) : []),
        ...(screenedAt === undefined ? (['screening'] as const) : []),
      ];

/** The D13 that a return started. */
export const clockOf = (state: Referral, returnedAt: string): Deadline | undefined =>
  Object.values(state.deadlines).findLast(({ rule, start }) => rule === 'D13' && start === returnedAt);

/**
 * A row for the whole register, and one for the list of undone acts. The second has no queue where nothing is undone.
 */
export function returnRows(state: Referral) {
  return state.missing.absences.flatMap(({ seenAlone: _, ...absence }) => {
    const clock = absence.returnedAt === undefined ? undefined : clockOf(state, absence.returnedAt);
    const row = {
      id: `${state.id}#${absence.number}`,
      due: clock?.due ?? absence.returnedAt ?? absence.missingSince,
      ...(clock && { deadlineId: clock.id, rule: clock.rule }),
      absence: {
        ...absence,
        ...(clock && { deadline: clock.status }),
        ...whereKnown({ mergedInto: state.sameChild.mergedInto }),
      },
    };
    const undone = lacking(absence).length > 0;
    return [
      { ...row, kind: 'return', queue: returnQueues.all },
      { ...row, kind: 'return-undone', ...(undone && { queue: returnQueues.undone }) },
    ] as const;
  });
}

export const returnLine = absenceOnBoard.extend({
  referralId: z.string(),
  stage: z.string(),
  office: z.string().optional(),
  /** When D13 is due, and the screening with it. Absent while the child is away. */
  due: instant.optional(),
  status: z.enum(['away', 'undone', 'done']),
  /** What is lacking. */
  undone: z.array(z.enum(['debrief', 'screening'])),
  /** An act was late, or is undone and was due before now. */
  late: z.boolean(),
});
export type ReturnLine = z.infer<typeof returnLine>;

interface RegisterRow {
  readonly referralId: string;
  readonly stage: string;
  readonly office?: string | undefined;
  readonly due: string;
  readonly absence?: AbsenceOnBoard | undefined;
}

/** The line for a row of the board at `now`, a UTC instant. Throws for a row of another list. */
export function lineOf({ referralId, stage, office, due, absence }: RegisterRow, now: string): ReturnLine {
  if (!absence) throw new Error('A row of the register of returns is without its absence.');
  const undone = [...lacking(absence)];
  const away = absence.returnedAt === undefined;
  const lastAct = [absence.debriefedAt ?? now, absence.screenedAt ?? now];
  return {
    ...absence,
    referralId,
    stage,
    ...whereKnown({ office }),
    ...(!away && { due }),
    status: away ? 'away' : undone.length > 0 ? 'undone' : 'done',
    undone,
    late: !away && lastAct.some((at) => isAfter(at, due)),
  };
}
