/** The children of a report that was just stored, with the next steps of the person who sent it. */
import { ageBandOf } from '../../domain/child/age-band.ts';
import type { AgeBand } from '../../domain/core/age-bands.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { NextStep } from '../../domain/next-steps/next-steps.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { mayRead, type Visitor, within } from '../access/visitor.ts';
import { stepsThatWaitOn } from './shown-next-steps.ts';

/** One child of a report, as its receipt tells the children apart. */
export interface TakenChild {
  readonly referralId: string;
  readonly ageBand: AgeBand;
  readonly gender: string;
  readonly receivedAt: string;
  readonly mandated: string;
  /** What the caller said of the place where the child is. */
  readonly scene?: Referral['report']['scene'];
  /** What waits on the reader, the most urgent first. */
  readonly steps: readonly NextStep[];
}

/** The children of a report that was just stored. One whose record cannot be read is left out. */
export async function readTaken(
  { ledger, policyOf }: { readonly ledger: Pick<Ledger, 'referral'>; readonly policyOf: (version: string) => Policy },
  visitor: Visitor,
  referralIds: readonly string[],
): Promise<readonly TakenChild[]> {
  const found = await Promise.all(referralIds.map((id) => unlessDamaged(ledger.referral(id), undefined)));
  return found.flatMap((read) => {
    if (!read || !mayRead(read.state, visitor)) return [];
    const { state, policy } = read;
    const { child, report } = state;
    return [
      {
        referralId: state.id,
        ageBand: ageBandOf(child),
        gender: child.gender,
        receivedAt: report.receivedAt,
        mandated: report.facts.mandated,
        ...whereKnown({ scene: report.scene }),
        steps: stepsThatWaitOn(state, policyOf(policy), within(state, visitor)),
      },
    ];
  });
}
