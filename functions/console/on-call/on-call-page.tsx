/** The page of who is on call, on a screen, on a phone and on paper. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type {
  OnCallView,
  PlaceOnCall,
  ShownShift,
  shiftHistory,
} from '../../../shared/application/read/shown-on-call.ts';
import { dayTime } from '../../../shared/domain/core/local-time.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { shiftColumns } from '../../../shared/domain/directory/shift-file.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { controlId } from '../forms/field-view.tsx';
import { fileProblems } from '../forms/file-problems.ts';
import { TextLine } from '../forms/text-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import type { ShiftAttempt } from './shift-attempt.ts';

const placeName = (scope: string): string => {
  const id = scope.replace(/^office-/, '');
  return scope === 'state' ? 'The state' : `${offices.find((each) => each.id === id)?.name ?? id} office`;
};

const orderWords = (order: number): string => (order === 1 ? 'first' : order === 2 ? 'backup' : `number ${order}`);

/** A number that a phone dials. */
const CallLink = ({ phone }: { readonly phone: string }) =>
  phone === '' ? <>No number in the directory</> : <a href={telephoneLink(phone)}>{phone}</a>;

interface Row {
  readonly role: string;
  readonly who: string;
  readonly phone: string;
  readonly from: Child;
  readonly to: Child;
  readonly badge?: string;
  readonly link?: Child;
}

/** Who is on duty first, by shift or by the directory's order, and then the coming shifts. */
function rowsOf(place: PlaceOnCall, link: (shift: ShownShift) => Child): readonly Row[] {
  const { role, now, shifts } = place;
  const ofShift = (shift: ShownShift): Row => ({
    role: `${words(role)}, ${orderWords(shift.order)}`,
    who: shift.name,
    phone: shift.phone,
    from: dayTime(shift.from),
    to: dayTime(shift.to),
    ...(shift.onDuty && { badge: 'On duty now' }),
    link: link(shift),
  });
  const running = shifts.filter(({ onDuty }) => onDuty).toSorted((one, other) => one.order - other.order);
  const fallback = running.length > 0 ? [] : now.filter(({ by }) => by === 'directory').slice(0, 2);
  return [
    ...running.map(ofShift),
    ...fallback.map(
      (person, index): Row => ({
        role: words(role),
        who: person.name,
        phone: person.phone,
        from: `${person.says.charAt(0).toUpperCase()}${person.says.slice(1)}`,
        to: '–',
        ...(index === 0 && { badge: 'Call now' }),
      }),
    ),
    ...shifts.filter(({ onDuty }) => !onDuty).map(ofShift),
  ];
}

interface OnCallPageProps {
  readonly frame: Frame;
  readonly view: OnCallView;
  readonly hours: number;
  /** The scope whose shifts are listed. */
  readonly place: string | undefined;
  readonly keeps: (scope: string) => boolean;
  readonly isKeeper: boolean;
  readonly readsHistory: boolean;
  readonly submission: string;
  readonly done: string | undefined;
  readonly attempt: ShiftAttempt | undefined;
}

/** Hours. */
const shortest = 24;
const spanNames: Readonly<Record<number, string>> = { 24: 'Next 24 hours', 168: 'Next 7 days', 336: 'Next 14 days' };
const doneSentences: Readonly<Record<string, string>> = {
  import: 'The shifts are imported.',
  swap: 'The two shifts are swapped.',
  'hand-over': 'The shift is handed over.',
  remove: 'The shift is taken out.',
};

export const OnCallPage = (props: OnCallPageProps) => {
  const { frame, view, hours, place, keeps, isKeeper, readsHistory, submission, done, attempt } = props;
  const { base, now } = frame;
  const byPlace = [...Map.groupBy(view.places, ({ scope }) => scope)].toSorted(([one], [other]) =>
    one === 'state' ? -1 : other === 'state' ? 1 : placeName(one) < placeName(other) ? -1 : 1,
  );
  const problems = fileProblems(attempt?.problems ?? []);
  const chosen = byPlace.find(([scope]) => scope === place);
  const address = (of: string | undefined, span: number) =>
    addressOf(`${base}/on-call`, whereKnown({ place: of, hours: span === shortest ? undefined : String(span) }));
  return (
    <Page frame={frame} title={chosen ? `On call: ${placeName(chosen[0])}` : 'On call'}>
      {done !== undefined && (
        <Alert kind="success" heading="Recorded">
          {doneSentences[done] ?? 'The shifts are changed.'} Alerts follow within a minute.
        </Alert>
      )}
      <ErrorSummary form="import" heading="No shift was imported" problems={problems} labelAt={() => 'File'} />
      {attempt?.refusal !== undefined && (
        <Alert kind="error" heading="Not done" focused>
          {attempt.refusal}
        </Alert>
      )}
      <h1>{chosen ? `On call: ${placeName(chosen[0])}` : 'On call now'}</h1>
      <p>
        {chosen ? `${spanNames[hours]}, as of` : 'As of'} {dayTime(now)}. Where no one is on shift, call in the order of
        the directory.
      </p>
      <p class="on-screen">
        {chosen && (
          <>
            <a href={address(undefined, shortest)}>All places</a>
            {' · '}
          </>
        )}
        {chosen &&
          Object.entries(spanNames).map(([span, name], index) => (
            <>
              {index > 0 && ' · '}
              {span === String(hours) ? <strong>{name}</strong> : <a href={address(place, Number(span))}>{name}</a>}
            </>
          ))}
        {readsHistory && (
          <>
            {chosen && ' · '}
            <a href={`${base}/on-call/history`}>Who changed the shifts</a>
          </>
        )}
      </p>
      {view.faults.length > 0 && (
        <Alert kind="warning" heading="Shifts that need a change within a day">
          <ul class="usa-list">
            {view.faults.map(({ role, scope, says }) => (
              <li>
                {words(role)}, {placeName(scope)}: {says}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {chosen ? (
        <PlaceTable
          scope={chosen[0]}
          rows={chosen[1].flatMap((each) =>
            rowsOf(each, ({ id, name }) =>
              keeps(chosen[0]) ? (
                <a href={`${base}/on-call/shifts/${id}`}>
                  Change<span class="usa-sr-only"> the shift of {name}</span>
                </a>
              ) : undefined,
            ),
          )}
          withLinks={keeps(chosen[0])}
        />
      ) : (
        <NowTable byPlace={byPlace} address={(scope) => address(scope, shortest)} />
      )}
      {isKeeper && !chosen && <ImportForm frame={frame} submission={submission} problems={problems} />}
    </Page>
  );
};

/** Who to call now in each place, one line for each role. The name of a place leads to its shifts. */
const NowTable = ({
  byPlace,
  address,
}: {
  readonly byPlace: readonly (readonly [string, readonly PlaceOnCall[]])[];
  readonly address: (scope: string) => string;
}) => (
  <section class="scroll" tabindex={0} aria-label="On call now">
    <table class="usa-table usa-table--borderless on-call">
      <caption class="usa-sr-only">On call now</caption>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Number</th>
          <th scope="col">Who</th>
          <th scope="col">Role</th>
        </tr>
      </thead>
      <tbody>
        {byPlace.flatMap(([scope, places]) =>
          places.map((place, index) => {
            const [first] = rowsOf(place, () => undefined).filter(({ badge }) => badge !== undefined);
            return (
              <tr id={index === 0 ? scope : undefined}>
                <th scope="row">
                  <a href={address(scope)}>
                    {placeName(scope)}
                    <span class="usa-sr-only">: shifts</span>
                  </a>
                </th>
                <td class="number">{first ? <CallLink phone={first.phone} /> : 'Call the Careline'}</td>
                <td>
                  {first
                    ? `${first.who}${place.now[0]?.by === 'directory' ? ' (no shift: first in the directory)' : ''}`
                    : 'No one'}
                </td>
                <td>{words(place.role)}</td>
              </tr>
            );
          }),
        )}
      </tbody>
    </table>
  </section>
);

const PlaceTable = ({
  scope,
  rows,
  withLinks,
}: {
  readonly scope: string;
  readonly rows: readonly Row[];
  readonly withLinks: boolean;
}) => (
  <section class="scroll" tabindex={0} aria-label={placeName(scope)}>
    <table class="usa-table usa-table--borderless on-call" id={scope}>
      <caption>{placeName(scope)}</caption>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Number</th>
          <th scope="col">Role</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          {withLinks && (
            <th scope="col" class="on-screen">
              Change
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <th scope="row">No one</th>
            <td colspan={withLinks ? 5 : 4}>No shift is entered, and the directory has no one. Call the Careline.</td>
          </tr>
        )}
        {rows.map(({ role, who, phone, from, to, badge, link }) => (
          <tr class={badge === undefined ? undefined : 'on-duty'}>
            <th scope="row">
              {who}
              {badge !== undefined && <span class="badge">{badge}</span>}
            </th>
            <td class="number">
              <CallLink phone={phone} />
            </td>
            <td>{role}</td>
            <td data-label="From">{from}</td>
            <td data-label="To">{to}</td>
            {withLinks && <td class="on-screen">{link}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const example = [
  shiftColumns.join(','),
  'area-oncall,New Haven,p.example@dcf.example,2026-11-27 20:00,2026-11-28 08:00,203-555-0100,1',
  'director-oncall,state,P-EXAMPLE-2,2026-11-27 08:00,2026-11-28 08:00,,1',
].join('\n');

const ImportForm = ({
  frame,
  submission,
  problems,
}: {
  readonly frame: Frame;
  readonly submission: string;
  readonly problems: readonly Problem[];
}) => {
  const id = controlId('import', 'csv');
  const isWrong = problems.length > 0;
  return (
    <section class="on-screen" aria-labelledby="import-heading">
      <h2 id="import-heading">Import shifts</h2>
      <p class="prose">
        Save your spreadsheet as CSV (comma separated) and choose the file. It is imported whole or not at all. For each
        role and office in it, it replaces the shifts that begin within its time. Leave phone empty to use the number in
        the directory.
      </p>
      <pre class="usa-hint scroll" tabindex={0}>
        {example}
      </pre>
      <form
        class="usa-form usa-form--large"
        method="post"
        action={`${frame.base}/on-call/import`}
        enctype="multipart/form-data"
      >
        <Token frame={frame} />
        <input type="hidden" name="key" value={submission} />
        <div class={`usa-form-group${isWrong ? ' usa-form-group--error' : ''}`}>
          <label class="usa-label" for={id}>
            CSV file of shifts
          </label>
          <input
            class="usa-file-input"
            id={id}
            name="csv"
            type="file"
            accept=".csv,text/csv"
            required
            aria-invalid={isWrong ? 'true' : undefined}
          />
        </div>
        <button class="usa-button" type="submit">
          Import shifts
        </button>
      </form>
    </section>
  );
};

interface ShiftPageProps {
  readonly frame: Frame;
  readonly shift: ShownShift;
  /** The shifts of other people in the same role and place. */
  readonly others: readonly ShownShift[];
  readonly submission: string;
  readonly attempt: ShiftAttempt | undefined;
}

const labels: Readonly<Record<string, string>> = {
  withId: 'Swap with',
  person: 'Who takes it',
  phone: 'Number to call',
};
const labelAt = (path: string) => labels[path] ?? 'Shift';

export const ShiftPage = ({ frame, shift, others, submission, attempt }: ShiftPageProps) => {
  const { base } = frame;
  const action = (act: string) => `${base}/on-call/shifts/${shift.id}/${act}`;
  const problems = attempt?.problems ?? [];
  const typed = (form: ShiftAttempt['form'], name: string) =>
    attempt?.form === form ? (attempt.typed?.get(name) ?? '') : '';
  const hidden = (
    <>
      <Token frame={frame} />
      <input type="hidden" name="key" value={submission} />
    </>
  );
  const line = (name: 'person' | 'phone', hint: string) => (
    <TextLine
      form="hand-over"
      name={name}
      label={labels[name] ?? ''}
      value={typed('hand-over', name)}
      hint={hint}
      problems={problems}
    />
  );
  return (
    <Page frame={frame} title="Change a shift">
      <ErrorSummary form={attempt?.form ?? 'shift'} heading="Not done" problems={problems} labelAt={labelAt} />
      {attempt?.refusal !== undefined && (
        <Alert kind="error" heading="Not done" focused>
          {attempt.refusal}
        </Alert>
      )}
      <h1>Change the shift of {shift.name}</h1>
      <SummaryList
        pairs={[
          ['Role', `${words(shift.role)}, ${orderWords(shift.order)}`],
          ['Place', placeName(shift.scope)],
          ['From', dayTime(shift.from)],
          ['To', dayTime(shift.to)],
          ['Number', <CallLink phone={shift.phone} />],
        ]}
      />
      <h2>Hand over</h2>
      <form class="usa-form usa-form--large" method="post" action={action('hand-over')} novalidate>
        {hidden}
        {line('person', 'The e-mail address or the directory id of the person who takes the shift.')}
        {line('phone', 'Leave it empty to use the number in the directory.')}
        <button class="usa-button" type="submit">
          Hand over the shift
        </button>
      </form>
      <h2>Swap</h2>
      {others.length === 0 ? (
        <p>No other person has a shift here in the next 14 days.</p>
      ) : (
        <form class="usa-form usa-form--large" method="post" action={action('swap')}>
          {hidden}
          <label class="usa-label" for={controlId('swap', 'withId')}>
            {labels.withId}
          </label>
          <select class="usa-select" id={controlId('swap', 'withId')} name="withId">
            {others.map((each) => (
              <option value={each.id} selected={each.id === typed('swap', 'withId')}>
                {each.name}: {dayTime(each.from)} to {dayTime(each.to)}, {orderWords(each.order)}
              </option>
            ))}
          </select>
          <button class="usa-button" type="submit">
            Swap the two shifts
          </button>
        </form>
      )}
      <h2>Take out</h2>
      <p>Use this for one of two shifts that overlap. The time is then without this shift.</p>
      <form method="post" action={action('remove')}>
        {hidden}
        <button class="usa-button usa-button--outline" type="submit">
          Take out the shift
        </button>
      </form>
      <p>
        <a href={`${base}/on-call`}>Back to who is on call</a>
      </p>
    </Page>
  );
};

type Change = NonNullable<Awaited<ReturnType<typeof shiftHistory>>>[number];

function changeWords({ events }: Change, nameOf: (id: string) => string): string {
  return events
    .map((event) => {
      switch (event.type) {
        case 'shifts-imported':
          return `Imported ${event.shifts.length}${event.replaced.length > 0 ? `, replaced ${event.replaced.length}` : ''}`;
        case 'shifts-swapped':
          return `Swapped ${event.one} and ${event.other}`;
        case 'shift-handed-over':
          return `Handed ${event.id} over to ${nameOf(event.personId)}`;
        case 'shift-removed':
          return `Took out ${event.id}`;
        case 'access-ended':
          return `Ended the access of ${nameOf(event.personId)} (${wordsInside(event.reason)})`;
        default:
          return '';
      }
    })
    .filter(Boolean)
    .join('; ');
}

export const ShiftHistoryPage = ({
  frame,
  changes,
  nameOf,
}: {
  readonly frame: Frame;
  readonly changes: readonly Change[];
  readonly nameOf: (id: string) => string;
}) => (
  <Page frame={frame} title="Who changed the shifts">
    <h1>Who changed the shifts</h1>
    {changes.length === 0 ? (
      <p>No shift was ever entered.</p>
    ) : (
      <Table
        caption="The latest first"
        heads={['When', 'Who', 'What']}
        rows={changes.map((change) => [
          dayTime(change.at),
          `${nameOf(change.by)}${change.onBehalfOf === undefined ? '' : `, on behalf of ${nameOf(change.onBehalfOf)}`}`,
          changeWords(change, nameOf),
        ])}
      />
    )}
    <p>
      <a href={`${frame.base}/on-call`}>Back to who is on call</a>
    </p>
  </Page>
);
