import type { composeGaps } from '../../shared/alerts/compose/compose.ts';
import { noticeKinds, rosterReaders } from '../../shared/domain/alerts/notices.ts';
import { type RosterEvent, untoldAs } from '../../shared/domain/team/roster-gaps.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type NoticeParts, noticeFrame, writeToFirst } from './write-to-first.ts';

export interface GapParts extends NoticeParts {
  readonly ledger: Pick<Ledger, 'roster' | 'changeRoster'>;
  readonly composeGaps: typeof composeGaps;
}

/**
 * Tells the coordinator of a team and an administrator about the gaps in its roster, once for each gap. A gap that was
 * filled and is found again is told again. The next person is told where the mail came back. Throws where a mail was
 * refused. The next attempt writes. `now` is a UTC instant.
 */
export async function tellGaps(parts: GapParts, team: string, now: string) {
  const { ledger, consoleUrl } = parts;
  const open = await ledger.roster(team);
  const told: RosterEvent[] = [];
  for (const as of rosterReaders) {
    const gaps = untoldAs(open, as);
    if (gaps.length === 0) continue;
    const compose = (language: 'en' | 'es') => parts.composeGaps({ team, gaps, addressedAs: as, language, consoleUrl });
    const scope = as === 'mdt-coordinator' ? `team-${team}` : 'state';
    const failed = gaps.flatMap((each) => each.failed);
    const notice = { role: as, scope, failed, compose, of: team, kind: noticeKinds.roster };
    const personId = await writeToFirst(parts, notice, now);
    if (personId === undefined) continue;
    told.push(
      ...gaps.map(({ discipline, gap }): RosterEvent => ({ type: 'gap-told', v: 1, discipline, gap, personId, as })),
    );
  }
  await ledger.changeRoster(team, noticeFrame(now), () => told);
}
