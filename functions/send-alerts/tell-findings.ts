import type { composeFindings } from '../../shared/alerts/compose/compose.ts';
import { noticeKinds } from '../../shared/domain/alerts/notices.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type NoticeParts, noticeFrame, writeToFirst } from './write-to-first.ts';

export interface FindingParts extends NoticeParts {
  readonly ledger: Pick<Ledger, 'findings' | 'changeFindings'>;
  readonly composeFindings: typeof composeFindings;
}

/**
 * Tells an administrator, in one mail, what the watchdog found on this day (`YYYY-MM-DD`) and no mail has told yet. A
 * mail that came back counts as none. Throws where no administrator could be told. The next attempt writes. `now` is a
 * UTC instant.
 */
export async function tellFindings(parts: FindingParts, day: string, now: string): Promise<void> {
  const { ledger, consoleUrl } = parts;
  const findings = (await ledger.findings(day)).filter(({ told }) => told.length === 0);
  if (findings.length === 0) return;
  const compose = (language: 'en' | 'es') => parts.composeFindings({ findings, language, consoleUrl });
  const failed = findings.flatMap((each) => each.failed);
  const notice = {
    role: 'administrator',
    scope: 'state',
    failed,
    compose,
    of: day,
    kind: noticeKinds.finding,
  } as const;
  const personId = await writeToFirst(parts, notice, now);
  if (personId === undefined) throw new Error('No one could be told of what an audit found.');
  await ledger.changeFindings(day, noticeFrame(now), () =>
    findings.map(({ what, about }) => ({ type: 'finding-told', v: 1, what, about, personId })),
  );
}
