/** The team of a referral: the invitation to it, who sits in it, and its meetings. */
import type { Child } from 'hono/jsx';
import type { Invitation, ReferralView } from '../../../shared/application/read/view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { noticesInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import { Explained } from '../app/components/explained.tsx';
import { Phone as PhoneLink } from '../app/components/phone.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { teamNameOf } from '../app/lookups.ts';
import { useWording } from '../app/spoken.ts';
import { lacking } from '../app/words.ts';

/** The notice of confidentiality to sign. A member sees only this until it is signed. */
export function Invited({ invitation, now }: { readonly invitation: Invitation; readonly now: string }) {
  const { language, say, inside, when } = useWording();
  const seats = invitation.seats
    .map(({ discipline, as }) => `${inside(discipline)}${as === 'deputy' ? ` ${say('(as the deputy)')}` : ''}`)
    .join(', ');
  const translated = language === 'es' ? noticesInSpanish[invitation.notice.version] : undefined;
  const { sentences, question } = translated ?? invitation.notice;
  return (
    <>
      <h2>{say('The invitation')}</h2>
      <p>
        <Explained
          text={say('{team} asks you to take part, for: {seats}.', { team: teamNameOf(invitation.team), seats })}
        />{' '}
        {invitation.answerBy !== undefined && `${say('Answer by {when}.', { when: when(invitation.answerBy, now) })} `}
        {say('Until you sign the notice of confidentiality, you see nothing more.')}
      </p>
      <h3>{say('The notice of confidentiality')}</h3>
      {translated && <p>{say('This is a translation. To read the original, change the language above.')}</p>}
      <ul class="usa-list">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <p class="prose">{question}</p>
    </>
  );
}

const pledgeWords = {
  no: 'Signed, no conflict of interest',
  unknown: 'Signed; cannot say yet whether there is a conflict of interest',
  yes: 'Stepped aside',
} as const;

interface Seen {
  readonly view: ReferralView;
  readonly nameOf: (id: string) => string;
}

/** A seat's answer, and what goes with it. No answer counts as no answer, never as a yes. */
function answerWords(seat: ReferralView['seats'][number], nameOf: Seen['nameOf']): string {
  const { answer, answeredBy, because, suggested, suggestedDiscipline, proposes, deputyAskedAt } = seat;
  const instead = [
    ...(suggested === undefined ? [] : [nameOf(suggested)]),
    ...(suggestedDiscipline === undefined ? [] : [wordsInside(suggestedDiscipline)]),
  ];
  return [
    answer === undefined ? 'No answer yet' : answer === 'accepted' ? 'Yes' : 'No',
    ...(answeredBy === undefined ? [] : [`said ${nameOf(answeredBy)}`]),
    ...(because === undefined ? [] : [`because: ${wordsInside(because)}`]),
    ...(instead.length === 0 ? [] : [`instead: ${instead.join(' or ')}`]),
    ...(proposes === undefined ? [] : [`proposes ${formatInstant(proposes)}`]),
    ...(answer !== undefined || deputyAskedAt === undefined
      ? []
      : [`its deputy was asked as well ${formatInstant(deputyAskedAt)}`]),
  ].join('; ');
}

const whenOr = (instant: string | undefined, otherwise: string) =>
  instant === undefined ? otherwise : formatInstant(instant);

interface TeamProps extends Seen {
  readonly seen: Readonly<Record<string, string>>;
  /** Telephone numbers by person, for staff and for leaders of the team. Absent for all others. */
  readonly phones?: Readonly<Record<string, string>> | undefined;
}

type SeatView = ReferralView['seats'][number];

/** Holder and deputy. The one who comes stands first, and a person who declined is never shown as the one who comes. */
function peopleOf({ personId, deputyId, declinedBy = [], answer, answeredBy }: SeatView) {
  const comes = answer === 'accepted' ? answeredBy : undefined;
  return [{ id: personId, role: '' }, ...(deputyId === undefined ? [] : [{ id: deputyId, role: 'Deputy: ' }])]
    .map((each) => ({ ...each, hasDeclined: declinedBy.includes(each.id) }))
    .toSorted(
      (one, other) =>
        Number(other.id === comes) - Number(one.id === comes) || Number(one.hasDeclined) - Number(other.hasDeclined),
    );
}

export function Team({ view, nameOf, seen, phones }: TeamProps) {
  const { seats, vacant, confidentialityAgreements, team = '' } = view;
  if (seats.length === 0 && vacant.length === 0) return null;
  const aside = Object.entries(confidentialityAgreements).filter(([, { conflict }]) => conflict === 'yes');
  const signed = (id: string) => {
    const confidentialityAgreement = confidentialityAgreements[id];
    return confidentialityAgreement ? pledgeWords[confidentialityAgreement.conflict] : 'Not signed yet';
  };
  const each = (seat: SeatView, tell: (id: string) => Child) =>
    peopleOf(seat).map(({ id, role }) => (
      <div>
        {role}
        {tell(id)}
      </div>
    ));
  return (
    <>
      <Table
        caption={`Team: ${teamNameOf(team)}`}
        heads={['Seat', 'Held by', 'Answer', 'Invitation', 'Confidentiality']}
        rows={[
          ...seats.map((seat) => {
            const { discipline, personId, delegatedBy, invitedAt, informedAt, required, invited } = seat;
            return [
              <Explained
                text={`${words(discipline)}${required ? '' : ' (where appropriate)'}${invited ? ', invited' : ''}`}
              />,
              peopleOf(seat).map(({ id, role, hasDeclined }) => (
                <div>
                  {role}
                  {nameOf(id)}
                  {id === personId && delegatedBy !== undefined && `, for ${nameOf(delegatedBy)}`}
                  {hasDeclined && <strong> (declined)</strong>}
                  {phones && (
                    <>
                      , <Phone number={phones[id]} />
                    </>
                  )}
                </div>
              )),
              answerWords(seat, nameOf),
              <>
                <div>Invited: {whenOr(invitedAt, 'not yet')}</div>
                {informedAt !== undefined && <div>Told: {formatInstant(informedAt)}</div>}
                {phones && each(seat, (id) => whenOr(seen[id], 'Not opened yet'))}
              </>,
              each(seat, signed),
            ];
          }),
          ...vacant.map((discipline) => [words(discipline), 'Vacant', '–', '–', '–']),
        ]}
      />
      {aside.length > 0 && (
        <p>Stepped aside for a conflict of interest: {aside.map(([id]) => nameOf(id)).join('; ')}.</p>
      )}
    </>
  );
}

/** A number to call, in one tap. */
const Phone = ({ number }: { readonly number: string | undefined }) =>
  number === undefined ? <>No number in the directory</> : <PhoneLink number={number} />;

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

/** How to come to a meeting. `said`: the words of the vault, where this reader has them. */
const howToCome = (
  { way, directions }: Place,
  otherwise: string,
  said: string | undefined,
): readonly (readonly [string, Child])[] => [
  ['How', words(way ?? otherwise)],
  [
    'Address, link or number',
    said === undefined ? (
      directions === undefined ? (
        'Not said here. Ask the coordinator.'
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
  said,
  nameOf,
}: {
  readonly meeting: ReferralView['meeting'];
  readonly said: string | undefined;
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
          ...(nameOf ? [['Asked to come', invited.map(nameOf).join(' · ') || 'No one'] as const] : []),
        ]}
      />
    </>
  );
}

/** The forensic interview that is scheduled. */
export const ForensicInterview = ({
  interview,
  said,
}: {
  readonly interview: ReferralView['interview'];
  readonly said: string | undefined;
}) =>
  interview && (
    <>
      <h2>Forensic interview</h2>
      <SummaryList
        pairs={[['Scheduled for', formatInstant(interview.scheduledFor)], ...howToCome(interview, 'Not said', said)]}
      />
    </>
  );

const compositionWords = ({ composition, missing = [], unsigned, shared }: ReferralView['meetings'][number]) =>
  composition === 'incomplete' ? `Not complete: ${lacking(missing, unsigned, shared)}` : words(composition);

/** Two columns: whether a meeting was held, and whether the required disciplines sat at it. */
export const Meetings = ({ view: { meetings } }: Pick<Seen, 'view'>) =>
  meetings.length === 0 ? null : (
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
