import type { Decision } from '../core/decision.ts';
import { openAgain } from '../deadlines/deadlines.ts';

/** Asks a person about referrals that resemble the corrected child and were not asked about. */
export function askAboutCandidates(
  decision: Decision,
  alike: readonly { readonly id: string; readonly score: number }[],
): void {
  const {
    sameChild: { candidates, scores: candidateScores },
    stage,
  } = decision.state();
  const found = alike.filter(({ id }) => !candidates.includes(id));
  if (stage !== 'open' || found.length === 0) return;
  decision.add('candidates-found', {
    candidates: [...candidates, ...found.map(({ id }) => id)],
    scores: { ...candidateScores, ...Object.fromEntries(found.map(({ id, score }) => [id, score])) },
  });
  openAgain(decision, 'D31', { start: decision.context.now });
}
