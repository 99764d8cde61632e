/** The agenda of a case review. It has what is due, each service, agreed tasks, and questions for each seat. */
import { type AgendaView, agendaFor } from '../../../shared/application/read/shown-agenda.ts';
import { isAfter } from '../../../shared/domain/core/instants.ts';
import { bookable } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { isHolder } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { dutyTitleIn } from '../app/page-words.ts';
import { waitsOn } from '../referral/deadline-view.tsx';
import type { Reading } from '../referral/reading.tsx';
import { actPath, pagePath } from '../referral/referral-pages.ts';

type Asked = readonly [string, AgendaView['prompts'][keyof AgendaView['prompts']]];

export function Agenda({ reading }: { readonly reading: Reading }) {
  const { about, frame, offered, linked, directions } = reading;

  const agenda = agendaFor(about, about.policy, about.visitor, frame.now);
  const act = (name: 'record-meeting' | 'schedule-meeting' | 'share-meeting' | 'end-task') =>
    offered.some((each) => each.name === name)
      ? `${frame.base}${actPath(about.state.id, name, { from: 'agenda' })}`
      : undefined;
  const [record, set, end, share] = [
    act('record-meeting'),
    act('schedule-meeting'),
    act('end-task'),
    act('share-meeting'),
  ];
  return (
    <>
      <Standing reading={reading} agenda={agenda} />
      {set !== undefined && !agenda.meeting && (
        <p class="on-screen">
          <a href={set}>Set the time of the meeting</a>
        </p>
      )}
      <Linked reading={reading} share={linked.length > 0 ? share : undefined} />
      {record !== undefined && (
        <p class="on-screen">
          <a class="usa-button" href={record}>
            Record the meeting of the team
          </a>
        </p>
      )}
      {agenda.last && (
        <>
          <h2>The last review</h2>
          <Last last={agenda.last} minutes={directions.minutes} />
        </>
      )}
      <Due reading={reading} agenda={agenda} />
      <ServiceLines reading={reading} agenda={agenda} />
      <Matters agenda={agenda} />
      <Tasks agenda={agenda} />
      {end !== undefined && (
        <p class="on-screen">
          <a href={end}>Record how a task ended</a>
        </p>
      )}
      <Prompts reading={reading} agenda={agenda} />
      <p class="quiet">The questions and the five days are assumptions of this project.</p>
    </>
  );
}

/** When the team meets, and whether the agenda still changes. */
function Standing({
  reading: { about, frame },
  agenda: { meeting, frozenAt },
}: {
  readonly reading: Reading;
  readonly agenda: AgendaView;
}) {
  if (!meeting) return <p>No meeting is set. This is what the team would speak of now.</p>;
  const { startsAt, minutes, place, freezesAt } = meeting;
  return (
    <>
      <p>
        <strong>
          {formatInstant(startsAt)}, {minutes} minutes
        </strong>
        , {words(place)}
        {' · '}
        <a href={`${frame.base}${pagePath(about.state.id, 'team')}`}>How to join, and who comes</a>
      </p>
      <p>
        {frozenAt === undefined
          ? isAfter(freezesAt, frame.now)
            ? `The agenda still changes. It is frozen ${formatInstant(freezesAt)}.`
            : 'The agenda still changes. It is frozen within six hours.'
          : `The agenda was frozen ${formatInstant(frozenAt)}. What changed later is marked.`}
      </p>
    </>
  );
}

/** The other children of the report, each with the time of its meeting. */
function Linked({
  reading: { linked, frame },
  share,
}: {
  readonly reading: Reading;
  readonly share: string | undefined;
}) {
  if (linked.length === 0) return null;
  return (
    <section aria-labelledby="linked">
      <h2 id="linked">Other children of this report</h2>
      <ul class="usa-list">
        {linked.map(({ id, startsAt, together }) => (
          <li>
            <a class="reference" href={`${frame.base}${pagePath(id, 'agenda')}`}>
              {id}
            </a>
            {': '}
            {together
              ? 'meets together with this child'
              : startsAt === undefined
                ? 'no meeting is set'
                : `meets at another time: ${formatInstant(startsAt)}`}
          </li>
        ))}
      </ul>
      {share !== undefined && linked.some(({ startsAt, together }) => startsAt !== undefined && !together) && (
        <p class="on-screen">
          <a href={share}>Meet together</a>
        </p>
      )}
    </section>
  );
}

function Last({
  last,
  minutes,
}: {
  readonly last: NonNullable<AgendaView['last']>;
  readonly minutes: string | undefined;
}) {
  return (
    <SummaryList
      pairs={[
        ['When', formatInstant(last.at)],
        ['What the team decided', last.decision === undefined ? '–' : words(last.decision)],
        ...(last.hasMinutes
          ? [['Minutes', minutes === undefined ? 'They cannot be read now.' : minutes] as const]
          : []),
      ]}
    />
  );
}

function Due({
  reading: { about, whole, frame },
  agenda: { due },
}: {
  readonly reading: Reading;
  readonly agenda: AgendaView;
}) {
  if (due.length === 0) return <p>Nothing is due until a month after the meeting.</p>;
  return (
    <Table
      caption="What is due"
      heads={['Deadline', 'Due', 'Asked of', 'Since it was frozen']}
      rows={due.map((line) => {
        const shown = whole?.deadlines.find(({ id }) => id === line.id);
        const settled = words(line.status);
        return [
          <>
            {dutyTitleIn(about.policy, line)}
            {line.subject !== undefined && ` (${wordsInside(line.subject)})`}
          </>,
          <DueTime due={line.due} now={frame.now} />,
          shown ? waitsOn(shown) : '–',
          line.status !== 'open' ? settled : line.added ? 'new' : '–',
        ];
      })}
    />
  );
}

function ServiceLines({
  reading: { about },
  agenda: { services },
}: {
  readonly reading: Reading;
  readonly agenda: AgendaView;
}) {
  if (services.length === 0) return <p>No service is needed or recommended.</p>;
  const state = (status: string) => words(status);
  return (
    <Table
      caption="Services"
      heads={['Service', 'State', 'Last recommendation', 'Since it was frozen']}
      rows={services.map(({ service, status, owner, was }) => [
        words(service),
        status === undefined ? 'recommended, not opened yet' : state(status),
        owner === undefined
          ? '–'
          : `${owner.personId === undefined ? words(owner.owner) : about.lookups.nameOf(owner.personId)}, by ${formatDate(owner.by)}`,
        was === undefined ? '–' : was === 'none' ? 'new' : `was: ${state(was)}`,
      ])}
    />
  );
}

/** The words of a status that is no code of its own. */
const statusWords = {
  'place-sought': 'No place found yet',
  'place-found': 'A provider has a place',
  'place-settled': 'Settled',
  scheduled: 'Set',
  held: 'Held',
  'called-off': 'Canceled',
  'order-open': 'To do',
  'order-settled': 'Done',
} as const;

function Matters({ agenda: { matters } }: { readonly agenda: AgendaView }) {
  const isBooked = matters.some(({ about, isOpen }) => isOpen && bookable.some((each) => each === about));
  return (
    <>
      {matters.length > 0 && (
        <Table
          caption="Appointments, needs and court"
          heads={['What', 'State', 'When', 'Since it was frozen']}
          rows={matters.map(({ about, status, at, from, added }) => [
            words(about),
            status in statusWords ? statusWords[status as keyof typeof statusWords] : words(status),
            at !== undefined
              ? formatInstant(at)
              : from !== undefined
                ? `from ${formatDate(from)} on`
                : status === 'asked'
                  ? 'no time yet'
                  : '–',
            added ? 'new' : '–',
          ])}
        />
      )}
      {!isBooked && <p>No exam or interview is booked.</p>}
      {matters.length === 0 && <p>No need, hearing or court order is open.</p>}
    </>
  );
}

function Tasks({ agenda: { tasks } }: { readonly agenda: AgendaView }) {
  if (tasks.length === 0) return <p>No agreed task is open.</p>;
  return (
    <Table
      caption="Tasks that the team agreed on"
      heads={['Task', 'Seat', 'By', 'State']}
      rows={tasks.map(({ task, owner, by, ended, isLate }) => [
        words(task),
        words(owner),
        formatDate(by),
        ended ? words(ended.end) : isLate ? <strong>Overdue</strong> : 'Open',
      ])}
    />
  );
}

/** The questions for the reader's own seat, and behind a click those for all others. */
function Prompts({
  reading: { about },
  agenda: { prompts },
}: {
  readonly reading: Reading;
  readonly agenda: AgendaView;
}) {
  const isOwn = (discipline: string) =>
    about.state.team.seats.some((seat) => seat.discipline === discipline && isHolder(seat, about.visitor.id));
  const seats = Object.entries(prompts);
  const [own, others] = [true, false].map((is) => seats.filter(([discipline]) => isOwn(discipline) === is));
  return (
    <>
      {own && own.length > 0 && <h2>What your seat is asked to bring</h2>}
      <Questions seats={own} />
      <details>
        <summary>
          {own?.length ? 'What the other seats are asked to bring' : 'What each seat is asked to bring'}
        </summary>
        <Questions seats={others} />
      </details>
    </>
  );
}

function Questions({ seats = [] }: { readonly seats: readonly Asked[] | undefined }) {
  return (
    <dl class="prompts">
      {seats.map(([discipline, asked]) => (
        <>
          <dt>{words(discipline)}</dt>
          {asked?.en.map((question) => (
            <dd>{question}</dd>
          ))}
        </>
      ))}
    </dl>
  );
}
