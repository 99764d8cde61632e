/** What a sealed referral is told of another that may be about the same child: it alone knows, and so do those alone whom it names. */
import { requestAlert } from './alert-requests.ts';
import type { Draft } from './draft.ts';

/** `of` is the other referral, `score` how far the two are alike, 0 to 1. Told once. */
export function tellOfMatch(draft: Draft, of: string, score: number): void {
  const { seal, matches = [], erased } = draft.state();
  if (!seal || erased || matches.some((match) => match.of === of)) return;
  draft.add('match-found', { of, score });
  requestAlert(draft, { kind: 'sealed-match', to: [], people: seal.people });
}
