/**
 * Notices: news about a draft, a roster, the shifts or a day's findings. None of these is a referral. A notice has the
 * same life as an alert of a referral, in a chain of its own (alerts.ts). It is requested by the commit that records
 * the news, so its id holds the place of that commit.
 */
import type { MadeFinding } from '../audit/findings.ts';
import type { Role } from '../core/vocabulary.ts';
import { type OpenAlarm, readersOf } from '../directory/shift-alarms.ts';
import { allShifts } from '../directory/shifts.ts';
import type { ReportDraft } from '../drafts/drafts.ts';
import type { OpenGap } from '../team/roster-gaps.ts';

/** By chain of the ledger: the word in the id of a notice about it. */
const noticeWords = { draft: 'LEFT', finding: 'AUDIT', roster: 'ROSTER', shift: 'SHIFTS' } as const;
export type NoticeAbout = keyof typeof noticeWords;

/** Exactly one recipient group gets a notice: the people with this role in this scope. */
export interface NoticeReader {
  readonly role: Role;
  readonly scope: string;
}

/** What a notice tells. */
export type NoticeNews =
  | { readonly about: 'draft'; readonly draft: ReportDraft }
  | { readonly about: 'finding'; readonly findings: readonly MadeFinding[] }
  | { readonly about: 'roster'; readonly gaps: readonly OpenGap[] }
  | { readonly about: 'shift'; readonly alarms: readonly OpenAlarm[] };

export interface Notice {
  readonly id: string;
  /** The draft, team or day (`YYYY-MM-DD`) that it is about, or `SCHEDULE` for the shifts. */
  readonly of: string;
  readonly reader: NoticeReader;
  /** A person who is asked last, because the news is about their own work. */
  readonly askedLast?: string;
  readonly news: NoticeNews;
}

const idOf = (about: NoticeAbout, of: string, place: number, { role, scope }: NoticeReader): string => {
  const office = scope.startsWith('office-') ? [scope.slice('office-'.length)] : [];
  return [of, noticeWords[about], place, role.toUpperCase(), ...office].join('.');
};

const pattern = new RegExp(`^(.+)[.](${Object.values(noticeWords).join('|')})[.][0-9]+[.]`);

/** What the notice of this id is about. Undefined for the id of an alert of a referral. */
export function noticeIdParts(id: string): { readonly about: NoticeAbout; readonly of: string } | undefined {
  const [, of, word] = pattern.exec(id) ?? [];
  const about = (Object.keys(noticeWords) as NoticeAbout[]).find((each) => noticeWords[each] === word);
  return of === undefined || about === undefined ? undefined : { about, of };
}

/** The notice about a draft that is left untouched: to a Careline supervisor, and to its writer last. */
export const noticesOfDraft = (draft: ReportDraft | undefined): readonly Notice[] => {
  if (draft?.status !== 'open' || draft.leftIn === undefined) return [];
  const reader = { role: 'careline-supervisor', scope: 'state' } as const;
  const id = idOf('draft', draft.id, draft.leftIn, reader);
  return [{ id, of: draft.id, reader, askedLast: draft.ownerId, news: { about: 'draft', draft } }];
};

/** The notices about what the watchdog found on this day, to an administrator: one for each look with a finding. */
export function noticesOfDay(day: string, made: readonly MadeFinding[]): readonly Notice[] {
  const reader = { role: 'administrator', scope: 'state' } as const;
  return [...Map.groupBy(made, ({ madeIn }) => madeIn)].map(([place, findings]) => ({
    id: idOf('finding', day, place, reader),
    of: day,
    reader,
    news: { about: 'finding', findings },
  }));
}

/** Who is told of the gaps in a roster. */
export const rosterReaders = ['mdt-coordinator', 'administrator'] as const satisfies readonly Role[];

/** The notices about open gaps in the roster of a team: to its coordinator, and to an administrator. */
export function noticesOfRoster(team: string, open: readonly OpenGap[]): readonly Notice[] {
  const readers = rosterReaders.map(
    (role): NoticeReader => ({
      role,
      scope: role === 'mdt-coordinator' ? `team-${team}` : 'state',
    }),
  );
  const looks = [...Map.groupBy(open, ({ foundIn }) => foundIn)];
  return readers.flatMap((reader) =>
    looks.map(
      ([place, gaps]): Notice => ({
        id: idOf('roster', team, place, reader),
        of: team,
        reader,
        news: { about: 'roster', gaps },
      }),
    ),
  );
}

/** The notices about open faults of the shifts. Each keeper of shifts is told of their own. */
export function noticesOfShifts(open: readonly OpenAlarm[]): readonly Notice[] {
  const told = open.flatMap((alarm) =>
    readersOf(alarm).map(([role, scope]) => {
      const reader = { role, scope };
      return { id: idOf('shift', allShifts, alarm.raisedIn, reader), reader, alarm };
    }),
  );
  return [...Map.groupBy(told, ({ id }) => id).values()].flatMap((group): Notice[] => {
    const [first] = group;
    if (!first) return [];
    const { id, reader } = first;
    return [{ id, of: allShifts, reader, news: { about: 'shift', alarms: group.map(({ alarm }) => alarm) } }];
  });
}

/** Whether a chain of this kind is the subject of notices. */
export const isNoticeAbout = (kind: string): kind is NoticeAbout => kind in noticeWords;
