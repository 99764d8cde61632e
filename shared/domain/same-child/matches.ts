/**
 * Tells a sealed referral of another that may be about the same child. Only the people named by its seal learn of it. A
 * question that was open when it was sealed is then asked of them.
 */
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { endOpen, everOpened, markKept } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import { askAboutCandidates } from './ask-about-candidates.ts';

/** Whether to ask about the other referral: it exists, is not sealed, and was not erased. */
export const mayBeCandidate = (other: Referral | undefined): boolean =>
  other !== undefined && other.access.seal === undefined && other.identity.erased === undefined;

/** Records a match once. `of` is the other referral. `score` is how alike the two are, 0 to 1. */
export function tellOfMatch(decision: Decision, of: string, score: number): void {
  const {
    access: { seal },
    sameChild: { matches = [] },
    identity: { erased },
  } = decision.state();
  if (!seal || erased || matches.some((match) => match.of === of)) return;
  decision.add('match-found', { of, score });
  requestAlert(decision, { kind: 'sealed-match', to: [], people: seal.people });
}

/** Whether the question if `of` is the same child as this one is still open. */
export const isAskedAbout = (state: Referral, of: string): boolean =>
  state.sameChild.candidates.includes(of) &&
  !state.sameChild.answered?.includes(of) &&
  (openDeadlineOf(state, 'D31') !== undefined || !everOpened(state, 'D31'));

/** Whether the question is on the other referral, answered or open. A pair needs only one question. */
export const isAskedThere = ({ id }: Referral, other: Referral): boolean =>
  other.sameChild.candidates.includes(id) && (other.stage === 'open' || !isAskedAbout(other, id));

/**
 * Takes back the question about another referral. The other was sealed meanwhile, so people outside its seal could not
 * answer, or is no longer alike.
 */
export function takeBackCandidate(decision: Decision, of: string): void {
  if (!isAskedAbout(decision.state(), of)) return;
  decision.add('candidate-taken-back', { of });
  const {
    sameChild: { candidates, answered = [] },
  } = decision.state();
  if (candidates.length === 0) endOpen(decision, 'D31');
  else if (candidates.every((each) => answered.includes(each)))
    markKept(decision, 'duplicate-answered', decision.context.now);
}

/** Notes once that the names could not be compared with those of all other referrals, so that a person searches. */
export function noteUncompared(decision: Decision): void {
  if (decision.state().sameChild.uncomparedSince === undefined) decision.add('names-not-compared', {});
}

export function noteCompared(decision: Decision): void {
  if (decision.state().sameChild.uncomparedSince !== undefined) decision.add('names-compared', {});
}

/** A question that was taken back and needs no answer. */
export const isTakenBack = ({ rule, endedBecause }: Deadline): boolean =>
  rule === 'D31' && endedBecause === 'superseded';

/**
 * Asks the people named by the seal the question that others were asked before. In an ended referral, it tells them of
 * the match.
 */
export function askTheNamed(
  decision: Decision,
  alike: readonly { readonly id: string; readonly score: number }[],
): void {
  askAboutCandidates(decision, alike);
  if (decision.state().stage !== 'open') for (const { id, score } of alike) tellOfMatch(decision, id, score);
}
