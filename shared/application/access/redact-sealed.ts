/**
 * Hides sealed referrals from other views: references in a referral, and the content in an audit. Neither tells that a sealed one
 * exists.
 */

import { shownAlerts } from '../../domain/alerts/alert-duties.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import { isTakenBack } from '../../domain/same-child/matches.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { ShownAudit } from '../read/shown-audit.ts';
import { unreadableAmong } from './redact-references.ts';
import type { Visitor } from './visitor.ts';

/**
 * The state without references of other referrals that this person may not read: following one would give 404. A question was
 * taken back where its only candidate was sealed. It looks to all readers as if it was never asked.
 */
export async function redactUnreadable(
  ledger: Pick<Ledger, 'referral'>,
  asked: Referral,
  visitor: Visitor,
): Promise<Referral> {
  const taken = Object.values(asked.deadlines).filter(isTakenBack);
  const isShown = (deadlineId: string) => taken.every(({ id }) => id !== deadlineId);
  const state: Referral = {
    ...asked,
    deadlines: Object.fromEntries(Object.entries(asked.deadlines).filter(([id]) => isShown(id))),
    alerts: shownAlerts(asked.alerts, (id) => !isShown(id)),
  };
  const { report, sameChild, proposals } = state;
  const { candidates, scores, answered = [], merges, mergedInto, matches = [] } = sameChild;
  const { siblings } = report;
  const { withdrawal } = proposals;
  const merged = merges.map(({ from }) => from);
  const matching = matches.map(({ of }) => of);
  const others = [
    ...new Set([
      ...candidates,
      ...answered,
      ...siblings,
      ...merged,
      ...matching,
      ...[mergedInto, withdrawal?.of].filter((other) => other !== undefined),
    ]),
  ];
  const unread = await unreadableAmong(ledger, others, visitor);
  if (unread.size === 0) return state;
  const isRead = (other: string) => !unread.has(other);
  const { mergedInto: _, ...known } = sameChild;
  return {
    ...state,
    report: { ...report, siblings: siblings.filter(isRead) },
    sameChild: {
      ...known,
      candidates: candidates.filter(isRead),
      ...(sameChild.answered && { answered: answered.filter(isRead) }),
      merges: merges.filter(({ from }) => isRead(from)),
      ...(scores && { scores: Object.fromEntries(Object.entries(scores).filter(([other]) => isRead(other))) }),
      ...(mergedInto !== undefined && isRead(mergedInto) && { mergedInto }),
      ...(sameChild.matches && { matches: matches.filter(({ of }) => isRead(of)) }),
    },
    ...(withdrawal && {
      proposals: { ...proposals, withdrawal: isRead(withdrawal.of ?? '') ? withdrawal : withoutOf(withdrawal) },
    }),
  };
}

const withoutOf = ({ of: _, ...withdrawal }: NonNullable<Referral['proposals']['withdrawal']>) => withdrawal;

const workflow = { kind: 'function', id: 'workflow' } as const;

/**
 * The audit of a sealed referral for a person that the seal does not name.
 * - It shows whether the chain is intact and whether the run waits.
 * - It shows each commit and read: by which person, when, on whose behalf, and by which request.
 * - It shows which fields were read and what for.
 * - It leaves out what happened, to which people, what is due, and the content of the fields.
 */
export const redactContent = ({
  referralId,
  policy,
  stage,
  chain,
  alertChainsIntact,
  accessChainIntact,
  commits,
  runs,
  accesses,
}: Pick<
  ShownAudit,
  | 'referralId'
  | 'policy'
  | 'stage'
  | 'chain'
  | 'alertChainsIntact'
  | 'accessChainIntact'
  | 'commits'
  | 'runs'
  | 'accesses'
>) => ({
  referralId,
  policy,
  stage,
  sealed: true as const,
  chain,
  alertChainsIntact,
  accessChainIntact,
  commits: commits.map(({ seq, at, actor, who, onBehalfOf, cause, hash }) => ({
    seq,
    at,
    // The name of the workflow's step would tell its purpose.
    ...(actor.kind === 'person' ? { actor, who } : { actor: workflow, who: workflow.id }),
    ...whereKnown({ onBehalfOf }),
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
