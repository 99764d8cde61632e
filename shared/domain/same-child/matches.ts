/**
 * What a sealed referral is told of another that may be about the same child: it alone knows, and so do those alone whom it names. Where
 * the question was open when it was sealed, it is asked of them.
 */
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { endOpen, everOpened, markKept } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { askAboutCandidates } from '../identity/identity-commands.ts';
import type { Referral } from '../referral.ts';

/** `of` is the other referral, `score` how far the two are alike, 0 to 1. Told once. */
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

/** Whether nobody has answered yet if `of` is the same child as this one. */
export const isAskedAbout = (state: Referral, of: string): boolean =>
  state.sameChild.candidates.includes(of) &&
  !state.sameChild.answered?.includes(of) &&
  (openDeadlineOf(state, 'D31') !== undefined || !everOpened(state, 'D31'));

/** Asks nobody here any more about one that was sealed meanwhile, which whoever may not see it could not answer, or is like this one no more. */
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

/** A question that was taken back, and of which nothing is left to answer. */
export const isTakenBack = ({ rule, endedBecause }: Deadline): boolean =>
  rule === 'D31' && endedBecause === 'superseded';

/** Asks whoever a sealed referral names what was asked of others before; of one that has ended they are told. */
export function askTheNamed(
  decision: Decision,
  alike: readonly { readonly id: string; readonly score: number }[],
): void {
  askAboutCandidates(decision, alike);
  if (decision.state().stage !== 'open') for (const { id, score } of alike) tellOfMatch(decision, id, score);
}
