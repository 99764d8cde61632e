/**
 * Notices: news about drafts, a roster, the shifts, agreements or a day's findings. None of these is a referral. A notice has the
 * same life as an alert of a referral, in a chain of its own (alerts.ts). It is requested by the commit that records
 * the news, so its id holds the place of that commit.
 */
import { agreementRule } from '../../policy/agreement-rules.ts';
import { draftRule } from '../../policy/draft-rules.ts';
import { standingReminders } from '../agreements/agreement-states.ts';
import { type Agreement, allAgreements, type Reminder } from '../agreements/agreements.ts';
import type { MadeFinding } from '../audit/findings.ts';
import type { Role } from '../core/vocabulary.ts';
import { allShifts } from '../directory/on-call-shifts.ts';
import { type OpenAlarm, readersOf } from '../directory/shift-alarms.ts';
import { isStill, type ToldDraft } from '../drafts/draft-news.ts';
import { expiresAt, type ReportDraft } from '../drafts/drafts.ts';
import type { OpenGap } from '../team/roster-gaps.ts';

/** By chain of the ledger: the word in the id of a notice about it. */
const noticeWords = {
  drafts: 'DRAFTS',
  finding: 'AUDIT',
  roster: 'ROSTER',
  shift: 'SHIFTS',
  agreement: 'AGREEMENTS',
} as const;
export type NoticeAbout = keyof typeof noticeWords;

/** Exactly one recipient group gets a notice: the people with this role in this scope, or one person. */
export interface NoticeDuty {
  readonly role: Role;
  readonly scope: string;
}
export type NoticeReader = NoticeDuty | { readonly personId: string };

/** What a notice tells. */
export type NoticeNews =
  | ({ readonly about: 'drafts' } & DraftsTold)
  | { readonly about: 'finding'; readonly findings: readonly MadeFinding[] }
  | { readonly about: 'roster'; readonly gaps: readonly OpenGap[] }
  | { readonly about: 'shift'; readonly alarms: readonly OpenAlarm[] }
  | { readonly about: 'agreement'; readonly reminders: readonly AgreementReminder[] };

/** An agreement with the reminder that its keeper gets. */
export interface AgreementReminder extends Pick<Agreement, 'id' | 'kind' | 'agencies'> {
  readonly reminder: Reminder;
}

/** Untouched drafts by what became of them. A writer is told of `endsSoon` alone, a supervisor of the others. */
export interface DraftsTold {
  readonly left: readonly ReportDraft[];
  /** `endsAt`: a UTC instant. */
  readonly endsSoon: readonly (ReportDraft & { readonly endsAt: string })[];
  readonly expired: readonly ReportDraft[];
}

export interface Notice {
  readonly id: string;
  /** The team or day (`YYYY-MM-DD`) that it is about, `SCHEDULE` for the shifts, or `ALL` for agreements. */
  readonly of: string;
  readonly reader: NoticeReader;
  /** People who are asked last, because the news is about their own work. */
  readonly askedLast?: readonly string[];
  readonly news: NoticeNews;
}

const idOf = (about: NoticeAbout, of: string, place: number, { role, scope }: NoticeDuty): string => {
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

/**
 * The notices about untouched drafts of this day. One is to a Careline supervisor. Each writer of drafts that end soon
 * gets one. `drafts` are those named, as they are now. Drafts that changed since are left out.
 */
export function noticesOfDrafts(
  day: string,
  told: readonly ToldDraft[],
  drafts: ReadonlyMap<string, ReportDraft>,
): readonly Notice[] {
  const draftsOf = (news: readonly ToldDraft[]) =>
    news.flatMap((each) => (isStill(each, drafts.get(each.id)) ? (drafts.get(each.id) ?? []) : []));
  return [...Map.groupBy(told, ({ toldIn }) => toldIn)].flatMap(([place, all]): readonly Notice[] => {
    const { left = [], expired = [], 'ends-soon': endsSoon = [] } = Object.groupBy(all, ({ stage }) => stage);
    const reader = { role: 'careline-supervisor', scope: 'state' } as const;
    const news = { left: draftsOf(left), endsSoon: [], expired: draftsOf(expired) };
    const owners = [...news.left, ...news.expired].map(({ ownerId }) => ownerId);
    return [
      ...(owners.length === 0
        ? []
        : [
            {
              id: idOf('drafts', day, place, reader),
              of: day,
              reader,
              askedLast: owners,
              news: { about: 'drafts', ...news } as const,
            },
          ]),
      ...[...Map.groupBy(endsSoon, ({ part }) => part)].flatMap(([part, own]): readonly Notice[] => {
        const open = draftsOf(own).map((draft) => ({ ...draft, endsAt: expiresAt(draft, draftRule) }));
        const personId = own[0]?.personId;
        if (personId === undefined || open.length === 0) return [];
        // A person's id may have the full length of an id. So the notice has a number in its place.
        const id = [day, noticeWords.drafts, place, `WRITER-${part}`].join('.');
        return [
          { id, of: day, reader: { personId }, news: { about: 'drafts', left: [], endsSoon: open, expired: [] } },
        ];
      }),
    ];
  });
}

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
    (role): NoticeDuty => ({
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

/**
 * The notices of agreements that end or are to be reviewed: to the keeper of each. Shortly before the end and after it, the
 * program manager is told as well.
 */
export function noticesOfAgreements(agreements: readonly Agreement[]): readonly Notice[] {
  const told = agreements.flatMap(({ id, kind, agencies, keeperId, ...rest }) =>
    standingReminders({ id, kind, agencies, keeperId, ...rest }, agreementRule).map((reminder) => ({
      keeperId,
      place: reminder.toldIn,
      news: { id, kind, agencies, reminder },
    })),
  );
  return [...Map.groupBy(told, ({ place }) => place)].flatMap(([place, all]): readonly Notice[] => {
    const noticeTo = (id: string, reader: NoticeReader, reminders: readonly AgreementReminder[]): Notice => ({
      id,
      of: allAgreements,
      reader,
      news: { about: 'agreement', reminders },
    });
    // A person's id may have the full length of an id. So the notice has a number in its place.
    const toKeepers = [...Map.groupBy(all, ({ keeperId }) => keeperId)].map(([personId, own], index) =>
      noticeTo(
        [allAgreements, noticeWords.agreement, place, `KEEPER-${index + 1}`].join('.'),
        { personId },
        own.map(({ news }) => news),
      ),
    );
    const late = all.map(({ news }) => news).filter(({ reminder: { days, about } }) => isLate(about, days));
    const manager = { role: 'program-manager', scope: 'state' } as const;
    return late.length === 0
      ? toKeepers
      : [...toKeepers, noticeTo(idOf('agreement', allAgreements, place, manager), manager, late)];
  });
}

const isLate = (about: Reminder['about'], days: number) => about === 'end' && days <= agreementRule.managerFrom;

/** Whether a chain of this kind is the subject of notices. */
export const isNoticeAbout = (kind: string): kind is NoticeAbout => kind in noticeWords;
