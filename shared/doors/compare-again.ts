/** After a correction: the index is brought to what it says now, and of other referrals that are alike a person is asked. */
import { askAboutCandidates } from '../domain/commands-identity.ts';
import { draft } from '../domain/draft.ts';
import type { Referral } from '../domain/referral.ts';
import type { Frame, Ledger } from '../store/ledger.ts';
import { type ReindexParts, reindex } from './reindex.ts';
import { mayBeCandidate } from './take-report.ts';
import { tellSealed } from './tell-sealed.ts';

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
  const alike = await reindex(parts, state, looking);
  const others = await Promise.all(alike.map(async ({ id }) => (await parts.ledger.referral(id))?.state));
  await tellSealed({ ledger: parts.ledger, now: frame.now }, state.id, alike, others);
  const candidates = alike.filter((_, index) => mayBeCandidate(others[index]));
  if (candidates.length === 0) return;
  await parts.ledger.changeReferral(state.id, looking, (current, context) => {
    if (!current) return [];
    const drafted = draft(current, context);
    askAboutCandidates(drafted, candidates);
    return drafted.events();
  });
}
