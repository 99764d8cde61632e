/**
 * After a correction, and when a seal is lifted: the index is brought to what it says now, and of other referrals that are alike a person
 * is asked. After a seal it is those whom it names, and what others were asked about it is taken back.
 */

import type { Seal } from '../../domain/access/seal.ts';
import { draft } from '../../domain/core/draft.ts';
import { askAboutCandidates } from '../../domain/identity/identity-commands.ts';
import type { Referral } from '../../domain/referral.ts';
import { askTheNamed, isAskedAbout, takeBackCandidate } from '../../domain/same-child/matches.ts';
import type { Frame, Ledger } from '../../store/ledger.ts';
import { tellSealed } from '../access/tell-sealed.ts';
import { mayBeCandidate } from '../use-cases/take-report.ts';
import type { Candidate } from './blind-index.ts';
import { type ReindexParts, reindex } from './reindex.ts';

export interface CompareParts extends ReindexParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral' | 'recordAccess'>;
}

/** `frame` is that of the correction, or of whoever does it in its place. */
export async function compareAgain(parts: CompareParts, state: Referral, frame: Frame): Promise<void> {
  const { cause } = frame;
  const looking =
    cause.kind === 'command'
      ? ({ ...frame, cause: { kind: 'command', name: 'compare-again', id: cause.id } } as const)
      : frame;
  const { alike, unlike } = await reindex(parts, state, looking);
  await takeBackUnlike(parts, state, looking, unlike);
  const others = await Promise.all(alike.map(async ({ id }) => (await parts.ledger.referral(id))?.state));
  await tellSealed({ ledger: parts.ledger, now: frame.now }, state, alike, others);
  const candidates = alike.filter((_, index) => mayBeCandidate(others[index]));
  if (state.seal) return askNamedInstead(parts, { ...state, seal: state.seal }, looking, candidates, others);
  const askedThere = others.flatMap((other) => (other && isAskedThere(state, other) ? [other.id] : []));
  const toAsk = candidates.filter(({ id }) => !askedThere.includes(id));
  if (state.stage !== 'open') return askThereInstead(parts, state, looking, toAsk);
  if (toAsk.length === 0) return;
  await parts.ledger.changeReferral(state.id, looking, (current, context) => {
    if (!current) return [];
    const drafted = draft(current, context);
    askAboutCandidates(drafted, toAsk);
    return drafted.events();
  });
}

/** Whether it was asked on the other referral, and is answered or can be: of a pair one is asked. */
const isAskedThere = ({ id }: Referral, other: Referral): boolean =>
  other.candidates.includes(id) && (other.stage === 'open' || !isAskedAbout(other, id));

/** By nobody's hand, and under an id that says nothing: the chain of the other must not tell what was done to this referral. */
const quietly = ({ digests }: CompareParts, { now }: Frame, name: string, ...about: readonly string[]): Frame => ({
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

/** Where a referral has ended, nobody answers there any more: whoever works on the other is asked, once. */
async function askThereInstead(
  parts: CompareParts,
  { id, candidates }: Referral,
  looking: Frame,
  alike: readonly Candidate[],
): Promise<void> {
  for (const other of alike) {
    if (candidates.includes(other.id)) continue;
    const frame = quietly(parts, looking, 'ask-about-candidate', 'asked there', id, other.id);
    await parts.ledger.changeReferral(other.id, frame, (current, context) => {
      if (!current) return [];
      const drafted = draft(current, context);
      askAboutCandidates(drafted, [{ id, score: other.score }]);
      return drafted.events();
    });
  }
}

/** Of another that was answered about it already nobody is asked again. Stopped anywhere, it is done again and comes to the same. */
async function askNamedInstead(
  parts: CompareParts,
  { id, seal }: Referral & { readonly seal: Seal },
  looking: Frame,
  candidates: readonly Candidate[],
  others: readonly (Referral | undefined)[],
): Promise<void> {
  const { ledger } = parts;
  const isSettled = (other: Referral) => other.candidates.includes(id) && !isAskedAbout(other, id);
  const settled = others.filter((other) => other && isSettled(other)).map((other) => other?.id);
  const asked = candidates.filter((each) => !settled.includes(each.id));
  // They are asked before nobody else is.
  if (asked.length > 0) {
    await ledger.changeReferral(id, looking, (current, context) => {
      if (!current) return [];
      const drafted = draft(current, context);
      askTheNamed(drafted, asked);
      return drafted.events();
    });
  }
  for (const other of others) if (other) await takeBack(parts, looking, other, id, seal.at);
}

/** What is asked about another, and is not answered; `since` tells one occasion from the next. */
async function takeBack(
  parts: CompareParts,
  looking: Frame,
  asking: Referral,
  of: string,
  since: string,
): Promise<void> {
  if (!isAskedAbout(asking, of)) return;
  const frame = quietly(parts, looking, 'take-back-candidate', 'taken back', of, since, asking.id);
  await parts.ledger.changeReferral(asking.id, frame, (current, context) => {
    if (!current) return [];
    const drafted = draft(current, context);
    takeBackCandidate(drafted, of);
    return drafted.events();
  });
}

/** Corrected, it is like them no more: neither here nor there is anybody asked about the other. */
async function takeBackUnlike(
  parts: CompareParts,
  state: Referral,
  looking: Frame,
  unlike: readonly string[],
): Promise<void> {
  const since = String(state.seq);
  for (const of of unlike) {
    await takeBack(parts, looking, state, of, since);
    const other = (await parts.ledger.referral(of))?.state;
    if (other) await takeBack(parts, looking, other, state.id, since);
  }
}
