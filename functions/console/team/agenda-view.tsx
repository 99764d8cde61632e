/** The agenda of a case review. It has what is due, each service, agreed tasks, and questions for each seat. */
import { type AgendaView, agendaFor } from '../../../shared/application/read/shown-agenda.ts';
import { isAfter } from '../../../shared/domain/core/instants.ts';
import { bookable } from '../../../shared/domain/core/vocabulary.ts';
import { isHolder } from '../../../shared/domain/team/seats.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import type { PartnerSentence } from '../../../shared/domain/words/partner-sentences.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { useWording } from '../app/spoken.ts';
import { waitsOn } from '../referral/deadline-view.tsx';
import type { Reading } from '../referral/reading.tsx';
import { actPath, pagePath } from '../referral/referral-pages.ts';

type Asked = readonly [string, AgendaView['prompts'][keyof AgendaView['prompts']]];

export function Agenda({ reading }: { readonly reading: Reading }) {
  const { about, frame, offered, linked, directions } = reading;
  const { say } = useWording();
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
          <a href={set}>{say('Set the time of the meeting')}</a>
        </p>
      )}
      <Linked reading={reading} share={linked.length > 0 ? share : undefined} />
      {record !== undefined && (
        <p class="on-screen">
          <a class="usa-button" href={record}>
            {say('Record the meeting of the team')}
          </a>
        </p>
      )}
      {agenda.last && (
        <>
          <h2>{say('The last review')}</h2>
          <Last last={agenda.last} minutes={directions.minutes} />
        </>
      )}
      <Due reading={reading} agenda={agenda} />
      <ServiceLines reading={reading} agenda={agenda} />
      <Matters agenda={agenda} />
      <Tasks agenda={agenda} />
      {end !== undefined && (
        <p class="on-screen">
          <a href={end}>{say('Record how a task ended')}</a>
        </p>
      )}
      <Prompts reading={reading} agenda={agenda} />
      <p class="quiet">{say('The questions and the five days are assumptions of this project.')}</p>
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
  const { say, code, at } = useWording();
  if (!meeting) return <p>{say('No meeting is set. This is what the team would speak of now.')}</p>;
  const { startsAt, minutes, place, freezesAt } = meeting;
  return (
    <>
      <p>
        <strong>{say('{when}, {minutes} minutes', { when: at(startsAt), minutes })}</strong>, {code(place)}
        {' · '}
        <a href={`${frame.base}${pagePath(about.state.id, 'team')}`}>{say('How to join, and who comes')}</a>
      </p>
      <p>
        {frozenAt === undefined
          ? isAfter(freezesAt, frame.now)
            ? say('The agenda still changes. It is frozen {when}.', { when: at(freezesAt) })
            : say('The agenda still changes. It is frozen within six hours.')
          : say('The agenda was frozen {when}. What changed later is marked.', { when: at(frozenAt) })}
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
  const { say, at } = useWording();
  if (linked.length === 0) return null;
  return (
    <section aria-labelledby="linked">
      <h2 id="linked">{say('Other children of this report')}</h2>
      <ul class="usa-list">
        {linked.map(({ id, startsAt, together }) => (
          <li>
            <a class="reference" href={`${frame.base}${pagePath(id, 'agenda')}`}>
              {id}
            </a>
            {': '}
            {together
              ? say('meets together with this child')
              : startsAt === undefined
                ? say('no meeting is set')
                : say('meets at another time: {when}', { when: at(startsAt) })}
          </li>
        ))}
      </ul>
      {share !== undefined && linked.some(({ startsAt, together }) => startsAt !== undefined && !together) && (
        <p class="on-screen">
          <a href={share}>{say('Meet together')}</a>
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
  const { say, code, at } = useWording();
  return (
    <SummaryList
      pairs={[
        [say('When'), at(last.at)],
        [say('What the team decided'), last.decision === undefined ? '–' : code(last.decision)],
        ...(last.hasMinutes
          ? [[say('Minutes'), minutes === undefined ? say('They cannot be read now.') : minutes] as const]
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
  const wording = useWording();
  const { say, told, duty, inside } = wording;
  if (due.length === 0) return <p>{say('Nothing is due until a month after the meeting.')}</p>;
  return (
    <Table
      caption={say('What is due')}
      heads={[say('Deadline'), say('Due'), say('Asked of'), say('Since it was frozen')]}
      rows={due.map((line) => {
        const shown = whole?.deadlines.find(({ id }) => id === line.id);
        const settled = words(line.status);
        return [
          <>
            {duty(about.policy, line)}
            {line.subject !== undefined && ` (${inside(line.subject)})`}
          </>,
          <DueTime due={line.due} now={frame.now} />,
          shown ? waitsOn(shown, wording) : '–',
          line.status !== 'open' ? (told(settled) ?? settled) : line.added ? say('new') : '–',
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
  const { say, told, code, day } = useWording();
  if (services.length === 0) return <p>{say('No service is needed or recommended.')}</p>;
  const state = (status: string) => told(words(status)) ?? words(status);
  return (
    <Table
      caption={say('Services')}
      heads={[say('Service'), say('State'), say('Last recommendation'), say('Since it was frozen')]}
      rows={services.map(({ service, status, owner, was }) => [
        code(service),
        status === undefined ? say('recommended, not opened yet') : state(status),
        owner === undefined
          ? '–'
          : say('{name}, by {day}', {
              name: owner.personId === undefined ? code(owner.owner) : about.lookups.nameOf(owner.personId),
              day: day(owner.by),
            }),
        was === undefined ? '–' : was === 'none' ? say('new') : say('was: {state}', { state: state(was) }),
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
} as const satisfies Partial<Record<AgendaView['matters'][number]['status'], PartnerSentence>>;

function Matters({ agenda: { matters } }: { readonly agenda: AgendaView }) {
  const { say, code, at: when, day } = useWording();
  const isBooked = matters.some(({ about, isOpen }) => isOpen && bookable.some((each) => each === about));
  return (
    <>
      {matters.length > 0 && (
        <Table
          caption={say('Appointments, needs and court')}
          heads={[say('What'), say('State'), say('When'), say('Since it was frozen')]}
          rows={matters.map(({ about, status, at, from, added }) => [
            code(about),
            status in statusWords ? say(statusWords[status as keyof typeof statusWords]) : code(status),
            at !== undefined
              ? when(at)
              : from !== undefined
                ? say('from {day} on', { day: day(from) })
                : status === 'asked'
                  ? say('no time yet')
                  : '–',
            added ? say('new') : '–',
          ])}
        />
      )}
      {!isBooked && <p>{say('No exam or interview is booked.')}</p>}
      {matters.length === 0 && <p>{say('No need, hearing or court order is open.')}</p>}
    </>
  );
}

function Tasks({ agenda: { tasks } }: { readonly agenda: AgendaView }) {
  const { say, code, day } = useWording();
  if (tasks.length === 0) return <p>{say('No agreed task is open.')}</p>;
  return (
    <Table
      caption={say('Tasks that the team agreed on')}
      heads={[say('Task'), say('Seat'), say('By'), say('State')]}
      rows={tasks.map(({ task, owner, by, ended, isLate }) => [
        code(task),
        code(owner),
        day(by),
        ended ? code(ended.end) : isLate ? <strong>{say('Overdue')}</strong> : say('Open'),
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
  const { say } = useWording();
  const isOwn = (discipline: string) =>
    about.state.team.seats.some((seat) => seat.discipline === discipline && isHolder(seat, about.visitor.id));
  const seats = Object.entries(prompts);
  const [own, others] = [true, false].map((is) => seats.filter(([discipline]) => isOwn(discipline) === is));
  return (
    <>
      {own && own.length > 0 && <h2>{say('What your seat is asked to bring')}</h2>}
      <Questions seats={own} />
      <details>
        <summary>
          {say(own?.length ? 'What the other seats are asked to bring' : 'What each seat is asked to bring')}
        </summary>
        <Questions seats={others} />
      </details>
    </>
  );
}

function Questions({ seats = [] }: { readonly seats: readonly Asked[] | undefined }) {
  const { language, code } = useWording();
  return (
    <dl class="prompts">
      {seats.map(([discipline, asked]) => (
        <>
          <dt>{code(discipline)}</dt>
          {asked?.[language].map((question) => (
            <dd>{question}</dd>
          ))}
        </>
      ))}
    </dl>
  );
}
