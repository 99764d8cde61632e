/** The team of a referral: the invitation to it, who sits in it, and its meetings. */
import type { Child } from 'hono/jsx';
import type { Directions } from '../../../shared/application/read/read-directions.ts';
import type { Invitation, ReferralView } from '../../../shared/application/read/view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Explained } from '../app/components/explained.tsx';
import { Phone as PhoneLink } from '../app/components/phone.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { teamNameOf } from '../app/lookups.ts';
import { lacking } from '../app/page-words.ts';
import { unreadableWords } from '../referral/identity-view.tsx';

/** The notice of confidentiality. */
export function Notice({ notice }: Pick<Invitation, 'notice'>) {
  const { sentences, question } = notice;
  return (
    <>
      <h2>The notice of confidentiality</h2>
      <ul class="usa-list">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <p class="prose">{question}</p>
    </>
  );
}

/** The invitation, and the notice to sign. A member sees only this until it is signed. */
export function Invited({ invitation }: { readonly invitation: Invitation }) {
  const seats = invitation.seats
    .map(({ discipline, as }) => `${wordsInside(discipline)}${as === 'deputy' ? ' (as the deputy)' : ''}`)
    .join(', ');
  const hasAccepted = invitation.seats.every(({ answer }) => answer === 'accepted');
  return (
    <>
      <h2>The invitation</h2>
      <p>
        {!hasAccepted && (
          <>
            <Explained text={`${teamNameOf(invitation.team)} asks you to take part, for: ${seats}.`} />{' '}
            {invitation.answerBy !== undefined && `Answer by ${formatInstant(invitation.answerBy)}. `}
          </>
        )}
        Until you sign the notice of confidentiality, you see nothing more.
      </p>
      <Notice notice={invitation.notice} />
    </>
  );
}

export const pledgeWords = {
  no: 'Signed, no conflict of interest',
  unknown: 'Signed; cannot say yet whether there is a conflict of interest',
  yes: 'Stepped aside',
} as const;

interface Seen {
  readonly view: ReferralView;
  readonly nameOf: (id: string) => string;
}

/** The name without the title: the seat beside it says what the person is. */
export const nameAlone = (id: string, nameOf: Seen['nameOf']): string => nameOf(id).split(', ')[0] ?? id;

/** What was said beside an answer: the reason, who to ask instead, and another time. */
export function reasonWords(
  { because, suggested, suggestedDiscipline, proposes }: SeatView,
  nameOf: Seen['nameOf'],
): readonly string[] {
  const instead = [
    ...(suggested === undefined ? [] : [nameOf(suggested)]),
    ...(suggestedDiscipline === undefined ? [] : [wordsInside(suggestedDiscipline)]),
  ];
  return [
    ...(because === undefined ? [] : [`because: ${wordsInside(because)}`]),
    ...(instead.length === 0 ? [] : [`instead: ${instead.join(' or ')}`]),
    ...(proposes === undefined ? [] : [`proposes ${formatInstant(proposes)}`]),
  ];
}

/** A seat's answer, and what goes with it. No answer counts as no answer, never as a yes. */
function answerWords(seat: SeatView, nameOf: Seen['nameOf']): string {
  const { answer, answeredBy, deputyAskedAt } = seat;
  const by = answeredBy === undefined ? undefined : { name: nameAlone(answeredBy, nameOf) };
  return [
    answer === undefined
      ? 'No answer yet'
      : by === undefined
        ? answer === 'accepted'
          ? 'Accepted'
          : 'Declined'
        : answer === 'accepted'
          ? `Accepted by ${by.name}`
          : `Declined by ${by.name}`,
    ...reasonWords(seat, nameOf),
    ...(answer !== undefined || deputyAskedAt === undefined ? [] : [`deputy asked ${formatInstant(deputyAskedAt)}`]),
  ].join('; ');
}

/** The seat as the table names it. */
export const seatName = ({ discipline, required, invited }: SeatView): string =>
  `${words(discipline)}${required ? '' : ' (where appropriate)'}${invited ? ', invited' : ''}`;

export type SeatView = ReferralView['seats'][number];

/** Holder and deputy. The one who comes stands first, and a person who declined is never shown as the one who comes. */
export function peopleOf({ personId, deputyId, declinedBy = [], answer, answeredBy }: SeatView) {
  const comes = answer === 'accepted' ? answeredBy : undefined;
  return [{ id: personId, isDeputy: false }, ...(deputyId === undefined ? [] : [{ id: deputyId, isDeputy: true }])]
    .map((each) => ({ ...each, hasDeclined: declinedBy.includes(each.id) }))
    .toSorted(
      (one, other) =>
        Number(other.id === comes) - Number(one.id === comes) || Number(one.hasDeclined) - Number(other.hasDeclined),
    );
}

/** The seats as a member reads them. Their own stand first; the others need no act of theirs, so they are folded. */
export function MembersTeam({
  view,
  nameOf,
  caption,
  readerId,
}: Seen & { readonly caption: string; readonly readerId: string }) {
  const { seats, vacant, confidentialityAgreements } = view;

  const agreementOf = (id: string) => confidentialityAgreements[id];
  const signed = (id: string) => {
    const agreement = agreementOf(id);
    return agreement ? pledgeWords[agreement.conflict] : 'Not signed yet';
  };
  // The signature of the other holder is told once it is there.
  const signers = (seat: SeatView) =>
    peopleOf(seat).filter(({ id }, index) => index === 0 || agreementOf(id) !== undefined);
  // A seat is answered before the notice is signed, and the answer says that it is open.
  const needsNoSignatureYet = (seat: SeatView) =>
    seat.answer === undefined && peopleOf(seat).every(({ id }) => agreementOf(id) === undefined);
  const roleOf = ({ isDeputy }: { readonly isDeputy: boolean }) => (isDeputy ? 'Deputy: ' : '');
  const heads = ['Seat', 'Held by', 'Answer', 'Confidentiality'];
  const rowOf = (seat: SeatView): readonly Child[] => [
    <Explained text={seatName(seat)} />,
    peopleOf(seat).map(({ id, isDeputy, hasDeclined }) => (
      <div>
        {roleOf({ isDeputy })}
        {nameAlone(id, nameOf)}
        {id === seat.personId && seat.delegatedBy !== undefined && `, for ${nameAlone(seat.delegatedBy, nameOf)}`}
        {hasDeclined && <strong> (declined)</strong>}
      </div>
    )),
    answerWords(seat, nameOf),
    needsNoSignatureYet(seat)
      ? '–'
      : signers(seat).map((person) => (
          <div>
            {roleOf(person)}
            {signed(person.id)}
          </div>
        )),
  ];
  const all = [...seats.map(rowOf), ...vacant.map((discipline) => [words(discipline), 'Vacant', '–', '–'])];
  const own = seats.filter((seat) => peopleOf(seat).some(({ id }) => id === readerId)).map(rowOf);
  return (
    <>
      <Table caption={caption} heads={heads} rows={own.length > 0 ? own : all} />
      {own.length > 0 && (
        <details class="fold">
          <summary>All seats of the team</summary>
          <Table caption="All seats of the team" heads={heads} rows={all} />
        </details>
      )}
    </>
  );
}

const link = /(https:\/\/[^\s<>"]*[^\s<>",.;)]|(?:\+1[ -])?\(?\d{3}\)?[ -]\d{3}-\d{4})/;

/** The address, link or number in words. A link and a number are one tap away. */
const Words = ({ text }: { readonly text: string }) => (
  <span class="prose">
    {text
      .split(link)
      .map((part, index) =>
        index % 2 === 0 ? part : part.startsWith('https://') ? <a href={part}>{part}</a> : <PhoneLink number={part} />,
      )}
  </span>
);

type Place = Pick<NonNullable<ReferralView['meeting']>, 'way' | 'directions'>;

/** The words of the vault, where this reader has them, or that they were written and cannot be read. */
interface Said {
  readonly said: string | undefined;
  readonly isLost: boolean;
}

/** What was said of how to come to the meeting or the interview. */
export const saidOf = (of: 'meeting' | 'interview', directions: Directions): Said => ({
  said: directions[of],
  isLost: directions.unreadable?.includes(of) === true,
});

/** How to come to a meeting. */
const howToCome = (
  { way, directions }: Place,
  otherwise: string | undefined,
  { said, isLost }: Said,
): readonly (readonly [string, Child])[] => [
  ['How', way === undefined && otherwise === undefined ? 'Not said' : words(way ?? otherwise ?? '')],
  [
    'Address, link or number',
    isLost ? (
      unreadableWords
    ) : said === undefined ? (
      directions === undefined ? (
        'Not recorded yet. The coordinator can add it.'
      ) : (
        'Only people who signed the notice of confidentiality read it.'
      )
    ) : (
      <Words text={said} />
    ),
  ],
];

/** The meeting of the team that was set last. */
export function NextMeeting({
  meeting,
  nameOf,
  move,
  ...said
}: Said & {
  readonly meeting: ReferralView['meeting'];
  /** The link by which this reader moves it. */
  readonly move?: Child;
  /** Absent where the reader has not signed yet: then no other member is named. */
  readonly nameOf: ((id: string) => string) | undefined;
}) {
  if (!meeting) return null;
  const { status, startsAt, minutes, place, invited } = meeting;

  return (
    <>
      <h2>Next meeting</h2>
      <SummaryList
        pairs={[
          ['State', words(status)],
          ['Starts', `${formatInstant(startsAt)}, ${minutes} minutes`],
          ...(status === 'scheduled' ? howToCome(meeting, place, said) : []),
          ...(nameOf
            ? [['Asked to come', invited.map((id) => nameAlone(id, nameOf)).join(' · ') || 'No one'] as const]
            : []),
        ]}
      />
      {move}
    </>
  );
}

/** The forensic interview that is scheduled. */
export const ForensicInterview = ({
  interview,
  ...said
}: Said & {
  readonly interview: ReferralView['interview'];
}) => {
  return (
    interview && (
      <>
        <h2>{words('forensic-interview')}</h2>
        <SummaryList
          pairs={[['Scheduled for', formatInstant(interview.scheduledFor)], ...howToCome(interview, undefined, said)]}
        />
      </>
    )
  );
};

/** Why the composition was not complete, or that it was. */
function compositionWords({ composition, missing = [], unsigned, shared }: ReferralView['meetings'][number]): string {
  if (composition !== 'incomplete') return words(composition);
  return `Not complete: ${lacking(missing, unsigned, shared)}`;
}

/** Two columns: whether a meeting was held, and whether the required disciplines sat at it. */
export function Meetings({ view: { meetings } }: Pick<Seen, 'view'>) {
  return meetings.length === 0 ? null : (
    <Table
      caption="Meetings of the team"
      heads={['When', 'Held', 'Who attended', 'Composition that the law asks for']}
      rows={meetings.map((meeting) => [
        formatInstant(meeting.at),
        <Explained text={words(meeting.held)} />,
        meeting.attended.map(wordsInside).join(', '),
        compositionWords(meeting),
      ])}
    />
  );
}
