import type { composeGaps } from '../../shared/alerts/compose.ts';
import type { RosterEvent } from '../../shared/domain/roster-gaps.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type NoticeParts, noticeFrame, writeToFirst } from './write-to-first.ts';

export interface GapParts extends NoticeParts {
  readonly ledger: Pick<Ledger, 'roster' | 'changeRoster'>;
  readonly composeGaps: typeof composeGaps;
}

/**
 * Tells the coordinator of a team and an administrator of the gaps in its roster that nobody was told of yet: once for each
 * gap, until it was filled and is found again. Throws where a mail was not taken; the next attempt writes. `now` is a UTC instant.
 */
export async function tellGaps(parts: GapParts, team: string, now: string) {
  const { ledger, consoleUrl } = parts;
  const gaps = (await ledger.roster(team)).filter(({ told }) => told.length === 0);
  if (gaps.length === 0) return;
  const told: RosterEvent[] = [];
  for (const [role, scope] of [
    ['mdt-coordinator', `team-${team}`],
    ['administrator', 'state'],
  ] as const) {
    const compose = (language: 'en' | 'es') => parts.composeGaps({ team, gaps, as: role, language, consoleUrl });
    const personId = await writeToFirst(parts, { role, scope, compose, of: team, kind: 'ROSTER' }, now);
    if (personId === undefined) continue;
    told.push(
      ...gaps.map(({ discipline, gap }): RosterEvent => ({ type: 'gap-told', v: 1, discipline, gap, personId })),
    );
  }
  await ledger.changeRoster(team, noticeFrame(now), () => told);
}
