/** What a referral says of others, and what administrators are shown of a sealed one: neither tells that a sealed one is there. */

import type { Referral } from '../../domain/referral.ts';
import { isTakenBack } from '../../domain/same-child/matches.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Audit } from '../read/audit.ts';
import type { Visitor } from './visitor.ts';
import { unreadAmong } from './without-others.ts';

/**
 * The state without the references of other referrals that this person may not read: they would be 404 to them. A question that was taken
 * back, because its only candidate was sealed, looks for everybody as if it had never been asked.
 */
export async function withoutUnread(
  ledger: Pick<Ledger, 'referral'>,
  asked: Referral,
  visitor: Visitor,
): Promise<Referral> {
  const taken = Object.values(asked.deadlines).filter(isTakenBack);
  const isShown = (deadlineId?: string) => taken.every(({ id }) => id !== deadlineId);
  const state: Referral = {
    ...asked,
    deadlines: Object.fromEntries(Object.entries(asked.deadlines).filter(([id]) => isShown(id))),
    alerts: Object.fromEntries(Object.entries(asked.alerts).filter(([, { deadlineId }]) => isShown(deadlineId))),
  };
  const {
    candidates,
    candidateScores,
    answered = [],
    siblings,
    attachments,
    attachedTo,
    withdrawal,
    matches = [],
    ...rest
  } = state;
  const resting = attachments.map(({ from }) => from);
  const matching = matches.map(({ of }) => of);
  const others = [
    ...new Set([
      ...candidates,
      ...answered,
      ...siblings,
      ...resting,
      ...matching,
      ...[attachedTo, withdrawal?.of].filter((other) => other !== undefined),
    ]),
  ];
  const unread = await unreadAmong(ledger, others, visitor);
  if (unread.size === 0) return state;
  return {
    ...rest,
    candidates: candidates.filter((other) => !unread.has(other)),
    ...(state.answered && { answered: answered.filter((other) => !unread.has(other)) }),
    siblings: siblings.filter((other) => !unread.has(other)),
    attachments: attachments.filter(({ from }) => !unread.has(from)),
    ...(candidateScores && {
      candidateScores: Object.fromEntries(Object.entries(candidateScores).filter(([other]) => !unread.has(other))),
    }),
    ...(attachedTo !== undefined && !unread.has(attachedTo) && { attachedTo }),
    ...(withdrawal && { withdrawal: unread.has(withdrawal.of ?? '') ? withoutOf(withdrawal) : withdrawal }),
    ...(state.matches && { matches: matches.filter(({ of }) => !unread.has(of)) }),
  };
}

const withoutOf = ({ of: _, ...withdrawal }: NonNullable<Referral['withdrawal']>) => withdrawal;

const workflow = { kind: 'function', id: 'workflow' } as const;

/**
 * The audit of a sealed referral for whom it does not name: that its chain is intact, who committed and who read when and on whose
 * behalf, by which request, which fields were read and what for, and whether its run waits. What happened, to whom, and what is due
 * is not there, nor what was read in those fields.
 */
export const withoutContent = ({
  referralId,
  policy,
  stage,
  chain,
  alertChainsIntact,
  commits,
  runs,
  accesses,
}: Audit) => ({
  referralId,
  policy,
  stage,
  sealed: true as const,
  chain,
  alertChainsIntact,
  commits: commits.map(({ seq, at, actor, who, onBehalfOf, cause, hash }) => ({
    seq,
    at,
    // Which step of the workflow it was would tell what it was for.
    ...(actor.kind === 'person' ? { actor, who } : { actor: workflow, who: workflow.id }),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    cause: {
      kind: cause.kind,
      ...(cause.kind === 'command' && cause.requestId !== undefined && { requestId: cause.requestId }),
    },
    events: [],
    says: [],
    hash,
  })),
  runs: runs.filter(({ run }) => run === referralId),
  waits: [],
  deadlines: [],
  alerts: [],
  accesses,
});
