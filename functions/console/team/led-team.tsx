/** The team for those who convene it. It tells where each seat stands, the numbers to call, and what they can do. */
import type { Child } from 'hono/jsx';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { isAfter } from '../../../shared/domain/core/instants.ts';
import { shortDate } from '../../../shared/domain/core/local-time.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import { invitationWaits, silentFor, silentSince } from '../../../shared/domain/team/seat-silence.ts';
import { comesFor } from '../../../shared/domain/team/seats.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Explained } from '../app/components/explained.tsx';
import { Phone as PhoneLink } from '../app/components/phone.tsx';
import { Table } from '../app/components/table.tsx';
import type { Reading } from '../referral/reading.tsx';
import { actPath } from '../referral/referral-pages.ts';
import { nameAlone, peopleOf, pledgeWords, reasonWords, type SeatView, seatName } from './team-view.tsx';

interface LedTeamProps {
  readonly reading: Reading;
  readonly view: ReferralView;
  readonly caption: string;
  /** Telephone numbers by person. */
  readonly phones: Readonly<Record<string, string>>;
}

type Stand = 'accepted' | 'silent' | 'not-invited' | 'deputy-next' | 'empty';

/** Where a seat stands. */
function standOf(seat: SeatView): Stand {
  if (seat.answer === 'accepted') return 'accepted';
  const { personId, deputyId, declinedBy, answer, answeredBy } = seat;
  const comes = comesFor({ ...seat, ...(answer && answeredBy && { answered: { answer, by: answeredBy } }) });
  if (comes === undefined) return 'empty';
  if (comes === deputyId && declinedBy?.includes(personId)) return 'deputy-next';
  return seat.invitedAt === undefined ? 'not-invited' : 'silent';
}

/** When each person last answered for a seat, a UTC instant, by seat and person. */
function answersIn({ about: { commits } }: Reading): ReadonlyMap<string, string> {
  return new Map(
    commits.flatMap(({ at, events }) =>
      events.flatMap((event) =>
        event.type === 'seat-answered' ? [[`${event.discipline} ${event.personId}`, at] as const] : [],
      ),
    ),
  );
}

const headings = {
  silent: 'No answer yet',
  'not-invited': 'Not invited yet',
  'deputy-next': 'Waits for the deputy',
  empty: 'No one comes',
} as const;

/** The state of a seat in lines, the most telling first. */
function stateLines(
  seat: SeatView,
  { reading, view }: Pick<LedTeamProps, 'reading' | 'view'>,
  answers: ReadonlyMap<string, string>,
): readonly Child[] {
  const { about, frame, seen } = reading;
  const shortly = (instant: string) => shortDate(instant, frame.now);
  const { nameOf } = about.lookups;
  const { discipline, personId, deputyId, declinedBy = [], answeredBy, invitedAt, informedAt, informedHow } = seat;
  const { deputyAskedAt } = seat;
  const stand = standOf(seat);
  const name = (id: string) => nameAlone(id, nameOf);
  const answeredAt = (id: string) => {
    const when = answers.get(`${discipline} ${id}`);
    return when === undefined ? '' : `, ${shortly(when)}`;
  };
  const opened = (id: string) => {
    const words = seen[id] === undefined ? 'Not opened yet' : `Opened: ${shortly(seen[id])}`;
    return id === deputyId ? `Deputy: ${words}` : words;
  };
  const declined = declinedBy.map((id) => `Declined by ${name(id)}${answeredAt(id)}`);
  const reasons = reasonWords(seat, nameOf);
  if (stand === 'accepted' && answeredBy !== undefined) {
    const agreement = view.confidentialityAgreements[answeredBy];
    return [
      <strong>
        Accepted by {name(answeredBy)}
        {answeredAt(answeredBy)}
      </strong>,
      ...reasons,
      agreement ? pledgeWords[agreement.conflict] : 'Not signed yet',
      ...declined,
    ];
  }
  const since = stand === 'silent' && invitedAt !== undefined ? silentSince(invitedAt, about.policy) : undefined;
  const deputyDue =
    since !== undefined && deputyId !== undefined && deputyAskedAt === undefined
      ? silentFor(since, about.policy.team.deputyAfter.silence, about.policy)
      : undefined;
  const asked = [personId, deputyId].filter((id) => id !== undefined && !declinedBy.includes(id)) as string[];
  const openers = stand === 'silent' && deputyAskedAt === undefined ? asked.slice(0, 1) : asked;
  return [
    <strong>
      {since !== undefined
        ? isAfter(since, frame.now)
          ? `The invitation goes out ${shortly(since)}`
          : `No answer since ${shortly(since)}`
        : (headings[stand as keyof typeof headings] ?? 'No answer yet')}
    </strong>,
    ...declined,
    ...reasons,
    ...(informedAt === undefined || informedHow === 'answered' || declinedBy.length > 0
      ? []
      : [
          informedHow === 'phone'
            ? `Told by phone: ${shortly(informedAt)}`
            : `E-mail delivered: ${shortly(informedAt)}`,
        ]),
    ...(stand === 'not-invited' ? [] : openers.map(opened)),
    ...(deputyAskedAt === undefined ? [] : [`Deputy asked: ${shortly(deputyAskedAt)}`]),
    ...(deputyDue === undefined
      ? []
      : [
          isAfter(deputyDue, frame.now)
            ? `We ask the deputy: ${shortly(deputyDue)}`
            : 'We ask the deputy within minutes.',
        ]),
  ];
}

/** What this reader can do about a seat, each with the words of its link. `isOut`: the invitation has gone out. */
function actsOn(discipline: Discipline, stand: Stand | 'vacant', seat: SeatView | undefined, isOut = true) {
  const isRemovable = seat !== undefined && (!seat.required || seat.invited === true);
  const isAsked = stand === 'silent' || stand === 'deputy-next';
  const isEmpty = stand === 'empty' || stand === 'vacant';
  const acts: readonly (readonly [
    CommandName,
    'Remind' | 'Ask the deputy now' | 'Record a telephone call' | 'Invite another person' | 'Remove the seat',
  ])[] = [
    ...(isAsked && isOut ? [['remind-seats', 'Remind'] as const] : []),
    ...(stand === 'silent' && seat?.deputyId !== undefined && seat.deputyAskedAt === undefined
      ? [['ask-deputies', 'Ask the deputy now'] as const]
      : []),
    ...(isAsked ? [['inform-seat', 'Record a telephone call'] as const] : []),
    ...(isEmpty ? [['invite-seat', 'Invite another person'] as const] : []),
    ...(isRemovable && stand !== 'accepted' ? [['remove-seat', 'Remove the seat'] as const] : []),
  ];
  return { discipline, acts };
}

export function LedTeam({ reading, view, caption, phones }: LedTeamProps) {
  const { frame, about, offered } = reading;
  const { seats, vacant } = view;

  const answers = answersIn(reading);
  const links = ({ discipline, acts }: ReturnType<typeof actsOn>): Child => {
    const own = acts.filter(([name]) => offered.some((each) => each.name === name));
    if (own.length === 0) return '–';
    return own.map(([name, words]) => (
      <div>
        <a href={`${frame.base}${actPath(about.state.id, name, { from: 'team', subject: discipline })}`}>{words}</a>
      </div>
    ));
  };
  const rows = seats.map((seat): readonly Child[] => {
    const stand = standOf(seat);
    return [
      <Explained text={seatName(seat)} />,
      // A seat that is taken needs no call to its other holder.
      peopleOf(seat)
        .filter(({ hasDeclined }, index) => stand !== 'accepted' || index === 0 || hasDeclined)
        .map(({ id, isDeputy, hasDeclined }) => (
          <div>
            {isDeputy && 'Deputy: '}
            {nameAlone(id, about.lookups.nameOf)}
            {id === seat.personId &&
              seat.delegatedBy !== undefined &&
              `, for ${nameAlone(seat.delegatedBy, about.lookups.nameOf)}`}
            {hasDeclined && <strong> (declined)</strong>}, <Phone number={phones[id]} />
          </div>
        )),
      stateLines(seat, { reading, view }, answers).map((line) => <div>{line}</div>),
      links(
        actsOn(seat.discipline, stand, seat, invitationWaits(about.state, seat, about.policy, frame.now) === undefined),
      ),
    ];
  });
  const empty = vacant.map((discipline): readonly Child[] => [
    words(discipline),
    'Vacant',
    '–',
    links(actsOn(discipline, 'vacant', undefined)),
  ]);
  return <Table caption={caption} heads={['Seat', 'Held by', 'State', 'What you can do']} rows={[...rows, ...empty]} />;
}

/** A number to call, in one tap. */
const Phone = ({ number }: { readonly number: string | undefined }) =>
  number === undefined ? <span>No number in the directory</span> : <PhoneLink number={number} />;
