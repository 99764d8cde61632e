/** Reads what a mail is about, by the id of its alert or notice. */
import {
  type Notice,
  type NoticeAbout,
  noticeIdParts,
  noticesOfAgreements,
  noticesOfDay,
  noticesOfDrafts,
  noticesOfRoster,
  noticesOfShifts,
} from '../../domain/alerts/notices.ts';
import { alertIn, type Outgoing } from '../../domain/alerts/outgoing.ts';
import { referralOf } from '../../domain/core/ids.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Ledger } from '../../store/ledger.ts';

export type NoticeLedger = Pick<Ledger, 'draft' | 'draftNews' | 'findings' | 'roster' | 'shifts' | 'agreements'>;

/** The open notices of one subject: a day's drafts or findings (`YYYY-MM-DD`), a team, the shifts, or agreements. */
export async function readNotices(ledger: NoticeLedger, about: NoticeAbout, of: string): Promise<readonly Notice[]> {
  switch (about) {
    case 'drafts': {
      const told = await ledger.draftNews(of);
      const named = await Promise.all([...new Set(told.map(({ id }) => id))].map((id) => ledger.draft(id)));
      const drafts = named.filter((draft) => draft !== undefined);
      return noticesOfDrafts(of, told, new Map(drafts.map((draft) => [draft.id, draft])));
    }
    case 'finding':
      return noticesOfDay(of, await ledger.findings(of));
    case 'roster':
      return noticesOfRoster(of, await ledger.roster(of));
    case 'shift':
      return noticesOfShifts((await ledger.shifts()).schedule.alarms);
    case 'agreement':
      return noticesOfAgreements(await ledger.agreements());
  }
}

export interface OutgoingParts {
  readonly ledger: NoticeLedger & Pick<Ledger, 'referral'>;
  readonly policyOf: (version: string) => Policy;
}

/** The alert or notice of this id. Undefined where it was never requested, or where a notice is over. */
export async function readOutgoing({ ledger, policyOf }: OutgoingParts, id: string): Promise<Outgoing | undefined> {
  const parts = noticeIdParts(id);
  if (parts) {
    const notice = (await readNotices(ledger, parts.about, parts.of)).find((each) => each.id === id);
    return notice && { id, notice };
  }
  const read = await ledger.referral(referralOf(id));
  return read && alertIn(read.state, policyOf(read.policy), id);
}
