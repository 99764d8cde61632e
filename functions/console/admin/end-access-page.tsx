/** The pages on which an administrator chooses a person, sees what they hold, and ends their access. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type {
  DutyThatGoes,
  HeldBy,
  ShiftsToHandOver,
  StaysWithThem,
} from '../../../shared/application/read/held-by.ts';
import { dayTime } from '../../../shared/domain/core/local-time.ts';
import { accessEndReasons } from '../../../shared/domain/core/vocabulary.ts';
import { type AccessEnd, hasEnded } from '../../../shared/domain/directory/access-ends.ts';
import type { Delegation } from '../../../shared/domain/directory/delegations.ts';
import { keptByThem, noTaker, shownOf } from '../../../shared/domain/directory/end-access.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { Phone } from '../app/components/phone.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { plural, scopeWords } from '../app/page-words.ts';
import { Fields } from '../forms/field-view.tsx';
import type { Field, Option } from '../forms/form-fields.ts';

export interface EndAttempt {
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

export const fieldOfPerson = (options: readonly Option[]): Field => ({
  kind: 'person',
  path: 'personId',
  label: 'Person',
  required: true,
  options,
});

/** The name of the control for the shifts of this role and place. */
export const pathOfShifts = ({ role, scope }: { readonly role: string; readonly scope: string }): string =>
  `shifts/${role}/${scope}`;

interface PeopleProps {
  readonly frame: Frame;
  /** Absent for an auditor, who only reads. */
  readonly field: Field | undefined;
  readonly ends: readonly AccessEnd[];
  readonly isOver: (end: AccessEnd) => boolean;
  readonly nameOf: (id: string) => string;
  readonly problems: readonly Problem[];
  readonly typed: URLSearchParams | undefined;
}

export const PeoplePage = ({ frame, field, ends, isOver, nameOf, problems, typed }: PeopleProps) => (
  <Page frame={frame} title="End access">
    <ErrorSummary form="person" heading="Not found" problems={problems} labelAt={() => 'Person'} />
    <h1>End a person’s access</h1>
    {field && (
      <form class="usa-form usa-form--large" method="post" action={`${frame.base}/people`} novalidate>
        <p>Choose who left, or whose device is lost. Nothing ends before you have seen what they hold.</p>
        <Token frame={frame} />
        <Fields fields={[field]} form={{ id: 'person', typed, problems }} />
        <button class="usa-button" type="submit">
          Show what they hold
        </button>
      </form>
    )}
    {ends.length === 0 ? (
      <p>No access was ended yet.</p>
    ) : (
      <Table
        caption="Access that was ended, the latest first"
        heads={['Person', 'When', 'By', 'Why', 'Now']}
        rows={ends.map((end) => [
          field ? <a href={`${frame.base}/people/${end.personId}`}>{nameOf(end.personId)}</a> : nameOf(end.personId),
          formatInstant(end.at),
          nameOf(end.by),
          words(end.reason),
          isOver(end) ? 'Let in again' : 'Ended',
        ])}
      />
    )}
  </Page>
);

interface EndProps {
  readonly frame: Frame;
  readonly found: HeldBy;
  /** For each thing that stays: who is on duty to be told. */
  readonly told: readonly ({ readonly id: string; readonly phone: string } | undefined)[];
  readonly nameOf: (id: string) => string;
  readonly phones: Readonly<Record<string, string>>;
  readonly delegates: readonly Option[];
  readonly isOneself: boolean;
  /** Gaps and overlaps of the shifts ahead, in the roles and places of the person. */
  readonly faults: number;
  readonly done: string | undefined;
  /** In some referrals the next people were not called. */
  readonly isUntold: boolean;
  readonly submission: string;
  readonly attempt: EndAttempt;
}

const form = 'end';
const placeWords = (scope: string): string => scopeWords(scope) || 'the state';

const noOne: Option = { value: noTaker, words: 'No one: the order of the directory is called' };
const noDelegate: Option = { value: noTaker, words: 'No one acts for them' };
const keep: Option = { value: keptByThem, words: 'Keep them (for a lost device only)' };

function shiftField({ role, scope, shifts, takers }: ShiftsToHandOver): Field {
  const times = shifts.slice(0, 3).map(({ from, to }) => `${dayTime(from)} to ${dayTime(to)}`);
  const more = shifts.length > times.length ? `, and ${shifts.length - times.length} more` : '';
  const lack = takers.length === 0 ? ' No one else holds this role there with a telephone number.' : '';
  return {
    kind: 'choice',
    path: pathOfShifts({ role, scope }),
    label: `Who takes ${plural(shifts.length, 'shift')}: ${wordsInside(role)}, ${placeWords(scope)}`,
    hint: `${times.join('; ')}${more}.${lack}`,
    required: true,
    options: [...takers.map(({ id, name, phone }) => ({ value: id, words: `${name}, ${phone}` })), noOne, keep],
  };
}

const fieldsOf = (
  { groups, held }: HeldBy,
  delegates: readonly Option[],
  nameOf: EndProps['nameOf'],
): readonly Field[] => [
  {
    kind: 'choice',
    path: 'reason',
    label: 'Why it ends',
    required: true,
    radios: true,
    options: accessEndReasons.map((value) => ({ value, words: words(value) })),
  },
  ...groups.map(shiftField),
  ...(held.length === 0
    ? []
    : [
        {
          kind: 'choice',
          path: 'delegations',
          label: `Who acts for ${[...new Set(held.map(({ personId }) => nameOf(personId)))].join(' and ')} instead`,
          hint: held.map(({ work, until }) => `${work.map(words).join(', ')} until ${dayTime(until)}`).join('; '),
          required: true,
          searched: 'plain',
          options: [noDelegate, keep, ...delegates],
        } satisfies Field,
      ]),
];

export function EndAccessPage(props: EndProps) {
  const { frame, found, nameOf, phones, isOneself, done, attempt } = props;
  const { person, sessions, given } = found;
  const { ending } = person;
  const isEnded = hasEnded(ending);
  const untold = props.isUntold || found.duties.length > 0;
  const fields = fieldsOf(found, props.delegates, nameOf);
  const labelAt = (path: string) => fields.find((each) => each.path === path)?.label ?? 'Person';
  const { refusal, problems = [] } = attempt;
  return (
    <Page frame={frame} title={isEnded ? 'Access ended' : 'End access'}>
      {done !== undefined && isEnded && (
        <Alert kind="success" heading={`The access of ${person.name} has ended`}>
          Their next page or request is refused. What you handed over is handed over.
          {!untold && ' Open duties went on: the next people are called or get mail now.'}
          {props.faults > 0 && (
            <>
              {' '}
              <a href={`${frame.base}/on-call`}>On call</a> shows{' '}
              {plural(props.faults, 'gap or overlap', 'gaps or overlaps')} in the shifts ahead.
            </>
          )}
        </Alert>
      )}
      {isEnded && (untold || done === 'open') && (
        <Alert
          kind="warning"
          heading={untold ? 'Some of the next people were not called' : 'Their sign-in account is still open'}
        >
          {done === 'open' && (
            <p>The sign-in service did not answer. They can sign in there, but no page or request opens here.</p>
          )}
          <form method="post" action={`${frame.base}/people/${person.id}/follow-up`}>
            <Token frame={frame} />
            <button class="usa-button" type="submit">
              {untold ? 'Call the next people now' : 'Close the account'}
            </button>
          </form>
        </Alert>
      )}
      <ErrorSummary form={form} heading="Nothing was ended yet" problems={problems} labelAt={labelAt} />
      {refusal !== undefined && (
        <Alert kind="error" heading="Nothing was done" focused>
          {refusal}
        </Alert>
      )}
      <h1>
        {isEnded ? 'Access ended: ' : 'End the access of '}
        {person.name}
      </h1>
      <SummaryList
        pairs={[
          ['Who', [person.title, person.email].filter(Boolean).join(', ')],
          ...(person.phone === '' ? [] : ([['Telephone', <Phone number={person.phone} />]] as const)),
          ['Roles', person.roles.map(({ role, scope }) => `${words(role)}, ${placeWords(scope)}`).join('; ') || 'None'],
          ...(ending
            ? ([
                [
                  isEnded ? 'Ended' : 'Ended before',
                  `${formatInstant(ending.at)}, by ${nameOf(ending.by)}: ${wordsInside(ending.reason)}`,
                ],
              ] as const)
            : []),
        ]}
      />
      {isEnded ? (
        <NextOfOperator email={person.email} reason={ending.reason} />
      ) : isOneself ? (
        <p>You cannot end your own access. Ask another administrator.</p>
      ) : (
        <>
          <h2>What ends at once</h2>
          <ul class="usa-list">
            <li>
              {sessions === 0 ? 'No session is open.' : `${plural(sessions, 'open session')}.`} Each sign-in and access
              token is refused from the next request on.
            </li>
            <Given given={given} nameOf={nameOf} />
          </ul>
          <Goes {...props} duties={found.duties} base={frame.base} />
          <h2>Why, and who takes over</h2>
          <form
            class="usa-form usa-form--large"
            method="post"
            action={`${frame.base}/people/${person.id}/end`}
            novalidate
          >
            <Token frame={frame} />
            <input type="hidden" name="key" value={props.submission} />
            <input
              type="hidden"
              name="seen"
              value={shownOf(
                found.groups.flatMap(({ shifts }) => shifts),
                [...found.held, ...given],
              )}
            />
            <Fields fields={fields} form={{ id: form, typed: attempt.typed, problems }} />
            {found.groups.length === 0 && found.held.length === 0 && (
              <p>They have no shift ahead and act for no one.</p>
            )}
            <p>One press does all of this, or nothing. Your name is recorded with it.</p>
            <button class="usa-button usa-button--secondary" type="submit">
              End the access now
            </button>
          </form>
        </>
      )}
      <Stays stays={found.stays} told={props.told} nameOf={nameOf} phones={phones} base={frame.base} />
      <p>
        <a href={`${frame.base}/people`}>Choose another person</a>
      </p>
    </Page>
  );
}

const Given = ({ given, nameOf }: { readonly given: readonly Delegation[]; readonly nameOf: EndProps['nameOf'] }) => (
  <>
    {given.map(({ delegateId, work, until }) => (
      <li>
        {nameOf(delegateId)} no longer acts for them ({work.map(words).join(', ')}, until {dayTime(until)}).
      </li>
    ))}
  </>
);

const whatStays = ({ kind, code, scope = '' }: StaysWithThem): string => {
  switch (kind) {
    case 'duty':
      return `Order of the directory: ${wordsInside(code)}, ${placeWords(scope)}`;
    case 'seat':
      return `Seat of the team: ${wordsInside(code)}, ${placeWords(scope)}`;
    case 'provider':
      return `Contact of ${scope} (${wordsInside(code)})`;
    case 'liaison':
      return 'HART liaison';
    case 'referral-seat':
      return `Seat on the team: ${wordsInside(code)}`;
    case 'service':
      return `Contact of the service: ${wordsInside(code)}`;
  }
};

/** An operator alone changes entries of the directory. */
const byOperator: readonly StaysWithThem['kind'][] = ['duty', 'seat', 'provider'];

const dial = (nameOf: EndProps['nameOf'], id: string, phone: string | undefined): Child => (
  <>
    {nameOf(id)}
    {phone !== undefined && phone !== '' && (
      <>
        {': '}
        <Phone number={phone} />
      </>
    )}
  </>
);

/** So many duties are listed, the first due at the top. */
const mostShown = 25;

/** The open duties that go on with the end, before it. */
function Goes({
  duties,
  nameOf,
  base,
  frame: { now },
}: Pick<EndProps, 'nameOf' | 'frame'> & { readonly duties: readonly DutyThatGoes[]; readonly base: string }) {
  if (duties.length === 0) return <p>No open duty waits for them.</p>;
  const more = duties.length - mostShown;
  return (
    <>
      <h2>{plural(duties.length, 'open duty', 'open duties')} of theirs</h2>
      <p>
        The next person is called, or gets mail, in the same act. If you hand over a shift that runs now, its new person
        comes first.
      </p>
      <Table
        caption={more > 0 ? `The first ${mostShown}. The other ${more} go on too.` : 'Duties that go on'}
        heads={['What', 'Referral', 'Due', 'Who is next']}
        rows={duties.slice(0, mostShown).map(({ title, referralId, due, isHeld, next }) => [
          isHeld ? `${title}. They are handling it: people are called again` : title,
          <a href={`${base}/referrals/${referralId}`}>
            <Reference id={referralId} />
          </a>,
          <DueTime due={due} now={now} />,
          next ? dial(nameOf, next.id, next.phone) : 'No one: call the Careline',
        ])}
      />
    </>
  );
}

function Stays({
  stays,
  told,
  nameOf,
  phones,
  base,
}: Pick<EndProps, 'told' | 'nameOf' | 'phones'> & { readonly stays: readonly StaysWithThem[]; readonly base: string }) {
  if (stays.length === 0) return <p>They hold no seat and no service that another person must take.</p>;
  return (
    <>
      <h2>What you must hand over by telephone</h2>
      <Table
        caption="No page hands these over"
        heads={['What', 'Referral', 'Who else has it', 'Call']}
        rows={stays.map((each, index) => {
          const who = told[index];
          return [
            whatStays(each),
            each.referralId === undefined ? (
              '–'
            ) : (
              <a href={`${base}/referrals/${each.referralId}`}>
                <Reference id={each.referralId} />
              </a>
            ),
            each.others.length === 0 ? 'No one' : each.others.map((id) => <p>{dial(nameOf, id, phones[id])}</p>),
            who
              ? dial(nameOf, who.id, who.phone)
              : byOperator.includes(each.kind)
                ? 'The operator, who changes the directory'
                : '–',
          ];
        })}
      />
    </>
  );
}

/** What only an operator can do, with the command to hand on. */
const NextOfOperator = ({ email, reason }: { readonly email: string; readonly reason: AccessEnd['reason'] }) => (
  <>
    <h2>Tell the operator</h2>
    {reason === 'device-lost' ? (
      <p class="prose">
        To let them in again, the operator first resets their password and second factor. Then the operator runs{' '}
        <code>npm run people -- enable email={email}</code>. Older sign-ins stay closed.
      </p>
    ) : (
      <p class="prose">
        To clear their roles, order and seats, the operator runs <code>npm run people -- disable email={email}</code>.
        If it was a mistake: <code>npm run people -- enable email={email}</code>.
      </p>
    )}
  </>
);
