/**
 * Compares a referral again after a correction, and after its seal is lifted. It updates the index, and asks about similar
 * referrals. After a seal it asks the people that the seal names, and takes back the questions about this referral elsewhere.
 */

import type { Seal } from '../../domain/access/access-state.ts';
import { beginDecision } from '../../domain/core/decision.ts';
import type { Referral } from '../../domain/referral.ts';
import { askAboutCandidates } from '../../domain/same-child/ask-about-candidates.ts';
import {
  askTheNamed,
  isAskedAbout,
  isAskedThere,
  mayBeCandidate,
  noteCompared,
  noteUncompared,
  takeBackCandidate,
} from '../../domain/same-child/matches.ts';
import type { CommitContext, Ledger } from '../../store/ledger.ts';
import { tellSealed } from '../access/tell-sealed.ts';
import type { Candidate } from './blind-index.ts';
import { type OnUnreadable, readOthers } from './read-others.ts';
import { type ReindexParts, reindex } from './reindex.ts';

export interface CompareParts extends ReindexParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral' | 'recordAccess'>;
  /** Called for a similar referral whose chain is damaged. The others are compared all the same. */
  readonly onFault?: OnUnreadable | undefined;
}

/**
 * `commitContext` is that of the correction, or of `keep-vault`, which repeats it. A comparison that fails, or that misses a
 * referral, is noted on this one. The note ends with the next whole comparison.
 */
export async function compareAgain(parts: CompareParts, state: Referral, commitContext: CommitContext): Promise<void> {
  let isWhole = true;
  const onFault: OnUnreadable = (error, id) => {
    isWhole = false;
    parts.onFault?.(error, id);
  };
  try {
    await compare({ ...parts, onFault }, state, commitContext);
  } catch (error) {
    await note(parts, state, commitContext, noteUncompared).catch((fault: unknown) => onFault(fault, state.id));
    throw error;
  }
  await note(parts, state, commitContext, isWhole ? noteCompared : noteUncompared);
}

async function note(
  { ledger }: CompareParts,
  { id, sameChild: { uncomparedSince } }: Referral,
  { now }: CommitContext,
  decide: typeof noteCompared,
): Promise<void> {
  if (uncomparedSince === undefined && decide === noteCompared) return;
  const context = { now, actor: { kind: 'function', id: 'compare' }, cause: { kind: 'sweep' } } as const;
  await ledger.changeReferral(id, context, (current, of) => {
    if (!current) return [];
    const decision = beginDecision(current, of);
    decide(decision);
    return decision.events();
  });
}

async function compare(parts: CompareParts, state: Referral, commitContext: CommitContext): Promise<void> {
  const { cause } = commitContext;
  const looking =
    cause.kind === 'command'
      ? ({ ...commitContext, cause: { kind: 'command', name: 'compare-again', id: cause.id } } as const)
      : commitContext;
  const { alike, unlike } = await reindex(parts, state, looking);
  await takeBackUnlike(parts, state, looking, unlike);
  const others = await othersOf(
    parts,
    alike.map(({ id }) => id),
  );
  await tellSealed({ ledger: parts.ledger, now: commitContext.now }, state, alike, others);
  const candidates = alike.filter((_, index) => mayBeCandidate(others[index]));
  if (state.access.seal) return askNamedInstead(parts, state.id, state.access.seal, looking, candidates, others);
  const askedThere = others.flatMap((other) => (other && isAskedThere(state, other) ? [other.id] : []));
  const toAsk = candidates.filter(({ id }) => !askedThere.includes(id));
  if (state.stage !== 'open') return askThereInstead(parts, state, looking, toAsk);
  if (toAsk.length === 0) return;
  await parts.ledger.changeReferral(state.id, looking, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    askAboutCandidates(decision, toAsk);
    return decision.events();
  });
}

const othersOf = ({ ledger, onFault }: CompareParts, ids: readonly string[]) =>
  readOthers(ledger, ids, (error, id) => onFault?.(error, id));

/**
 * A frame with a function as actor and an id that tells nothing. The other chain must not tell what happened to this referral.
 */
const quietly = (
  { digests }: CompareParts,
  { now }: CommitContext,
  name: string,
  ...about: readonly string[]
): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'compare' },
  cause: {
    kind: 'command',
    name,
    id: digests
      .hex(...about)
      .slice(0, 20)
      .toUpperCase(),
  },
});

/** On an ended referral no one answers questions. So the people of the other referral are asked, once. */
async function askThereInstead(
  parts: CompareParts,
  { id, sameChild: { candidates } }: Referral,
  looking: CommitContext,
  alike: readonly Candidate[],
): Promise<void> {
  for (const other of alike) {
    if (candidates.includes(other.id)) continue;
    const commitContext = quietly(parts, looking, 'ask-about-candidate', 'asked there', id, other.id);
    await parts.ledger.changeReferral(other.id, commitContext, (current, context) => {
      if (!current) return [];
      const decision = beginDecision(current, context);
      askAboutCandidates(decision, [{ id, score: other.score }]);
      return decision.events();
    });
  }
}

/** Asks the people that the seal names, except about pairs already answered. A repeat after a stop gives the same. */
async function askNamedInstead(
  parts: CompareParts,
  id: string,
  seal: Seal,
  looking: CommitContext,
  candidates: readonly Candidate[],
  others: readonly (Referral | undefined)[],
): Promise<void> {
  const { ledger } = parts;
  const isSettled = (other: Referral) => other.sameChild.candidates.includes(id) && !isAskedAbout(other, id);
  const settled = others.filter((other) => other && isSettled(other)).map((other) => other?.id);
  const asked = candidates.filter((each) => !settled.includes(each.id));
  // The named people are asked before any question is taken back, so that the question is never lost.
  if (asked.length > 0) {
    await ledger.changeReferral(id, looking, (current, context) => {
      if (!current) return [];
      const decision = beginDecision(current, context);
      askTheNamed(decision, asked);
      return decision.events();
    });
  }
  for (const other of others) if (other) await takeBack(parts, looking, other, id, seal.at);
}

/** Takes back the open question about another referral. `since` tells one occasion from the next. */
async function takeBack(
  parts: CompareParts,
  looking: CommitContext,
  asking: Referral,
  of: string,
  since: string,
): Promise<void> {
  if (!isAskedAbout(asking, of)) return;
  const commitContext = quietly(parts, looking, 'take-back-candidate', 'taken back', of, since, asking.id);
  await parts.ledger.changeReferral(asking.id, commitContext, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    takeBackCandidate(decision, of);
    return decision.events();
  });
}

/** After a correction the two are no longer similar: takes back the questions on both sides. */
async function takeBackUnlike(
  parts: CompareParts,
  state: Referral,
  looking: CommitContext,
  unlike: readonly string[],
): Promise<void> {
  const since = String(state.seq);
  const others = await othersOf(parts, unlike);
  for (const [index, of] of unlike.entries()) {
    await takeBack(parts, looking, state, of, since);
    const other = others[index];
    if (other) await takeBack(parts, looking, other, state.id, since);
  }
}
