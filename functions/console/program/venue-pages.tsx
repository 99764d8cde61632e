/** The pages of concerns about venues: the list with its form, and the page of one concern. */
import {
  policeWordInput,
  type ShownConcern,
  type VenueFile,
  venueInput,
} from '../../../shared/application/use-cases/keep-venues.ts';
import { addDays, formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import {
  isoWeekOf,
  mondayOf,
  type PoliceSaid,
  type VenueAnswer,
  type VenueState,
} from '../../../shared/domain/venues/venues.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { Field } from '../forms/form-fields.ts';
import { type Attempt, fieldsAsked, Outcome, PostForm } from './program-form.tsx';

export const venuesPath = '/venue-concerns';
const form = 'venue';

/** `Week of Mon Nov 23, 2026`, of an ISO week. */
const weekWords = (week: string): string => `Week of ${formatDate(mondayOf(week))}`;

/** The weeks of a year, the latest first. */
const weeksUpTo = (today: string) =>
  Array.from({ length: 52 }, (_, back) => isoWeekOf(addDays(today, -7 * back))).map((value) => ({
    value,
    words: weekWords(value),
  }));

/** The fields of a concern. `now` is a UTC instant. */
export const venueFields = (now: string): readonly Field[] =>
  fieldsAsked(venueInput, {
    kind: { label: 'Kind of venue' },
    license: {
      label: 'License',
      hint: 'As Consumer Protection writes it, such as HOT.0001234. Leave empty if not known.',
    },
    town: {
      label: 'Town',
      kind: 'choice',
      searched: 'plain',
      options: towns.map(({ name }) => ({ value: name, words: name })),
    },
    concern: { label: 'What the concern is' },
    week: {
      label: 'Week',
      hint: 'A week begins on its Monday. No day is kept.',
      kind: 'choice',
      options: weeksUpTo(newYorkDate(now)),
    },
  });

type Agencies = readonly { readonly id: string; readonly name: string }[];

/** The fields of what police answered. */
export const policeFields = (agencies: Agencies): readonly Field[] =>
  fieldsAsked(policeWordInput, {
    agency: {
      label: 'Police agency that answered',
      hint: 'Those of the town, and the State Police. Give no officer’s name.',
      kind: 'choice',
      options: agencies.map(({ id, name }) => ({ value: id, words: name })),
    },
    answeredOn: { label: 'Day of the answer' },
    step: { label: 'What police answered' },
    until: { label: 'Hold until', hint: 'For a hold alone. Leave empty if police did not say.' },
  });

const stateWords: Readonly<Record<VenueState, string>> = {
  'waits-for-police': 'Waits for the word of police',
  'held-by-police': 'Held by police',
  'waits-for-approval': 'Waits for a second person',
  approved: 'Approved, not handed over yet',
  'handed-over': 'Handed over',
  declined: 'Declined',
};

const agencyWords = ({ agency }: PoliceSaid, agencies: Agencies): string =>
  agency === undefined
    ? 'Not recorded'
    : (agencies.find(({ id }) => id === agency)?.name ?? 'No longer in the directory');

/** All words of police, each with its agency and who recorded it. A hold that stands says so. */
function PoliceWords({ concern: { policeWords, holds }, nameOf, agencies, today }: PoliceProps) {
  if (policeWords.length === 0) return null;
  const holdWords = (word: PoliceSaid) => {
    if (word.agrees) return '–';
    const until = word.until === undefined ? 'Police did not say' : formatDate(word.until);
    if (!holds.includes(word)) return `${until}. It no longer stands.`;
    return word.until !== undefined && word.until < today ? `${until}. That day is over: ask police again.` : until;
  };
  return (
    <Table
      caption="What police answered, the latest first"
      heads={['Police agency', 'Answer', 'Day of the answer', 'Hold until', 'Recorded by']}
      rows={policeWords
        .toReversed()
        .map((word) => [
          agencyWords(word, agencies),
          words(word.agrees ? 'police-clear' : 'police-hold'),
          word.answeredOn === undefined ? 'Not recorded' : formatDate(word.answeredOn),
          holdWords(word),
          `${nameOf(word.by)}, ${formatDate(word.on)}`,
        ])}
    />
  );
}

/** Links to these concerns, each with what tells it apart. */
const Concerns = ({ frame, concerns }: { readonly frame: Frame; readonly concerns: readonly ShownConcern[] }) => (
  <ul class="usa-list">
    {concerns.map(({ id, week, concern, state }) => (
      <li>
        <a class="reference" href={`${frame.base}${venuesPath}/${id}`}>
          {id}
        </a>
        : {words(concern)}. {weekWords(week)}. {stateWords[state]}.
      </li>
    ))}
  </ul>
);

interface Props {
  readonly frame: Frame;
  readonly submission: string;
  readonly attempt: Attempt;
}

export const VenuesPage = ({
  frame,
  concerns,
  raises,
  equal,
  submission,
  attempt,
}: Props & {
  readonly concerns: readonly ShownConcern[];
  readonly raises: boolean;
  /** Those that may be the one that was typed. */
  readonly equal: readonly ShownConcern[];
}) => (
  <Page frame={frame} title="Venue concerns">
    <Outcome form={form} fields={venueFields(frame.now)} {...attempt} />
    {equal.length > 0 && (
      <Alert kind="warning" heading="Equal concerns">
        <Concerns frame={frame} concerns={equal} />
        <p>Is it one of these? Then there is nothing more to do. If not, use the button at the end of this page.</p>
      </Alert>
    )}
    <h1>Concerns about venues, for Consumer Protection</h1>
    <p class="prose">
      A concern is about a license and a place, and never about a child. Police say first that it is clear to send. Then
      a second person approves.
    </p>
    {concerns.length === 0 ? (
      <p>No concern is recorded.</p>
    ) : (
      <Table
        caption="The latest first"
        heads={['Concern', 'Venue', 'License', 'Town', 'Week', 'State']}
        rows={concerns.map(({ id, kind, license, town, week, state }) => [
          <a class="reference" href={`${frame.base}${venuesPath}/${id}`}>
            {id}
          </a>,
          words(kind),
          license ?? 'Not known',
          town,
          weekWords(week),
          stateWords[state],
        ])}
      />
    )}
    {raises && (
      <>
        <h2>Raise a concern</h2>
        <p class="prose">There is no field for words. Write no name into the license.</p>
        <PostForm
          {...{ frame, form, submission, ...attempt }}
          fields={venueFields(frame.now)}
          path={venuesPath}
          presets={{ week: [isoWeekOf(newYorkDate(frame.now))] }}
          hidden={equal.length > 0 ? { besides: equal.map(({ id }) => id).join(',') } : {}}
          button={equal.length > 0 ? 'Raise it as another concern' : 'Raise the concern'}
        />
      </>
    )}
  </Page>
);

interface ConcernProps extends Props {
  readonly concern: ShownConcern;
  readonly nameOf: (personId: string) => string;
  /** The police agencies of the town, and the State Police. */
  readonly agencies: Agencies;
  /** Those of the same kind, license and town. */
  readonly equal: readonly ShownConcern[];
  /** The file that was just recorded and made. */
  readonly file?: VenueFile | undefined;
}

type PoliceProps = Pick<ConcernProps, 'concern' | 'nameOf' | 'agencies'> & { readonly today: string };

/** The answers of the second person. */
const steps = [
  ['approved', 'mayApprove', 'Approve the handover'],
  ['declined', 'mayDecline', 'Decline the concern'],
] as const satisfies readonly (readonly [VenueAnswer['step'], keyof ShownConcern, string])[];

export function ConcernPage(props: ConcernProps) {
  const { frame, concern, nameOf, agencies, equal, file, submission, attempt } = props;
  const {
    id,
    kind,
    license,
    town,
    concern: what,
    week,
    raised,
    holds,
    decided,
    canceledApprovals,
    handovers,
    state,
  } = concern;
  const done = ({ by, on }: ShownConcern['raised']) => `${nameOf(by)}, ${formatDate(on)}`;
  const today = newYorkDate(frame.now);
  const isHeld = state === 'held-by-police';
  const [handover, ...again] = handovers;
  const asked = policeFields(agencies);
  return (
    <Page frame={frame} title={`Venue concern ${id}`}>
      <Outcome form={`${form}-police`} fields={asked} {...attempt} />
      {file && (
        <Alert kind="success" heading={again.length > 0 ? 'Recorded: the same file was taken again' : 'Handed over'}>
          <p>
            <a
              class="usa-button"
              download={file.name}
              href={`data:text/csv;base64,${Buffer.from(file.csv).toString('base64')}`}
            >
              Save the file
            </a>
          </p>
          <p>Give it to Consumer Protection. Its SHA-256:</p>
          <p class="hash">{file.digest}</p>
        </Alert>
      )}
      <h1>Venue concern {id}</h1>
      <p>
        <a href={`${frame.base}${venuesPath}`}>All venue concerns</a>
      </p>
      <SummaryList
        pairs={[
          ['State', stateWords[state]],
          ...(isHeld ? ([['Waits for', holds.map((hold) => agencyWords(hold, agencies)).join('; ')]] as const) : []),
          ['Venue', words(kind)],
          ['License', license ?? 'Not known'],
          ['Town', town],
          ['What the concern is', words(what)],
          ['Week', weekWords(week)],
          ['Raised by', done(raised)],
          ...(canceledApprovals.length > 0
            ? ([['Approval that a hold canceled', canceledApprovals.map(done).join('; ')]] as const)
            : []),
          ...(decided ? ([[decided.approves ? 'Approved by' : 'Declined by', done(decided)]] as const) : []),
          ...(handover ? ([['Handed over by', done(handover)]] as const) : []),
          ...(again.length > 0 ? ([['Same file taken again by', again.map(done).join('; ')]] as const) : []),
        ]}
      />
      {equal.length > 0 && (
        <section>
          <h2>Equal concerns</h2>
          <p class="prose">They have the same kind, license and town, within four weeks. Read them before you act.</p>
          <Concerns frame={frame} concerns={equal} />
        </section>
      )}
      <PoliceWords {...{ concern, nameOf, agencies, today }} />
      {isHeld && (
        <p class="prose">
          Each agency that asks to wait must say clear to send. Until then, no one can approve or hand over this
          concern.
        </p>
      )}
      {concern.maySpeakForPolice && (
        <>
          <h2>The word of police</h2>
          <PostForm
            {...{ frame, submission, ...attempt }}
            form={`${form}-police`}
            fields={asked}
            path={`${venuesPath}/${id}`}
            presets={{ answeredOn: [today] }}
            button="Record what police answered"
          />
        </>
      )}
      {steps.map(([step, may, button]) =>
        concern[may] ? (
          <PostForm
            {...{ frame, submission, button }}
            form={`${form}-${step}`}
            fields={[]}
            path={`${venuesPath}/${id}`}
            hidden={{ step }}
            isPlain={step === 'declined'}
          />
        ) : null,
      )}
      {concern.mayTakeFile && (
        <PostForm
          {...{ frame, submission }}
          form={`${form}-file`}
          fields={[]}
          path={`${venuesPath}/${id}/file`}
          button={handover ? 'Record that you take the same file again' : 'Record the handover and make the file'}
          isPlain={handover !== undefined}
        />
      )}
      {state === 'waits-for-police' && !concern.maySpeakForPolice && (
        <p class="prose">A HART liaison or lead asks police, and records their answer here.</p>
      )}
      {state === 'waits-for-approval' && !concern.mayApprove && (
        <p class="prose">Another person opens this page and approves it: a HART director or program manager.</p>
      )}
    </Page>
  );
}
