/** The pages of concerns about venues: the list with its form, and the page of one concern. */
import type { ShownConcern, VenueFile } from '../../../shared/application/use-cases/keep-venues.ts';
import { venueConcerns, venueKinds, type venueSteps } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { isoWeekOf, type VenueState } from '../../../shared/domain/venues/venues.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { Field } from '../forms/form-fields.ts';
import { type Attempt, Outcome, optionsOf, PostForm } from './program-form.tsx';

export const venuesPath = '/venue-concerns';
const form = 'venue';

export const venueFields: readonly Field[] = [
  { kind: 'choice', path: 'kind', label: 'Kind of venue', required: true, options: optionsOf(venueKinds) },
  {
    kind: 'line',
    path: 'license',
    label: 'License',
    hint: 'As Consumer Protection writes it, such as HOT.0001234. Leave empty if not known.',
    required: false,
  },
  {
    kind: 'choice',
    path: 'town',
    label: 'Town',
    required: true,
    searched: 'plain',
    options: towns.map(({ name }) => ({ value: name, words: name })),
  },
  { kind: 'choice', path: 'concern', label: 'What the concern is', required: true, options: optionsOf(venueConcerns) },
  {
    kind: 'line',
    path: 'week',
    label: 'Week',
    hint: 'Year and week, such as 2026-W48. Never a day.',
    required: true,
  },
];

const stateWords: Readonly<Record<VenueState, string>> = {
  'waits-for-police': 'Waits for the word of police',
  'held-by-police': 'Police ask to wait',
  'waits-for-approval': 'Waits for a second person',
  approved: 'Approved',
  declined: 'Declined',
};

interface Props {
  readonly frame: Frame;
  readonly submission: string;
  readonly attempt: Attempt;
}

export const VenuesPage = ({
  frame,
  concerns,
  raises,
  submission,
  attempt,
}: Props & { readonly concerns: readonly ShownConcern[]; readonly raises: boolean }) => (
  <Page frame={frame} title="Venue concerns">
    <Outcome form={form} fields={venueFields} {...attempt} />
    <h1>Concerns about venues, for Consumer Protection</h1>
    <p class="prose">
      A concern is about a license and a place, and never about a child. Police agree first. Then a second person
      approves.
    </p>
    {concerns.length === 0 ? (
      <p>No concern is recorded.</p>
    ) : (
      <Table
        caption="The latest first"
        heads={['Concern', 'Venue', 'Town', 'Week', 'State']}
        rows={concerns.map(({ id, kind, town, week, state }) => [
          <a class="reference" href={`${frame.base}${venuesPath}/${id}`}>
            {id}
          </a>,
          words(kind),
          town,
          week,
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
          fields={venueFields}
          path={venuesPath}
          presets={{ week: [isoWeekOf(newYorkDate(frame.now))] }}
          button="Raise the concern"
        />
      </>
    )}
  </Page>
);

interface ConcernProps extends Props {
  readonly concern: ShownConcern;
  readonly nameOf: (personId: string) => string;
  /** The file that was just recorded and made. */
  readonly file?: VenueFile | undefined;
}

const steps: readonly (readonly [
  step: (typeof venueSteps)[number],
  may: 'maySpeakForPolice' | 'mayApprove' | 'mayDecline',
  button: string,
])[] = [
  ['police-clear', 'maySpeakForPolice', 'Record that police agree'],
  ['police-hold', 'maySpeakForPolice', 'Record that police ask to wait'],
  ['approved', 'mayApprove', 'Approve the handover'],
  ['declined', 'mayDecline', 'Decline the concern'],
];

export function ConcernPage({ frame, concern, nameOf, file, submission, attempt }: ConcernProps) {
  const { id, kind, license, town, concern: what, week, raised, police, decided, handovers, state } = concern;
  const done = ({ by, on }: ShownConcern['raised']) => `${nameOf(by)}, ${formatDate(on)}`;
  return (
    <Page frame={frame} title={`Venue concern ${id}`}>
      <Outcome form={form} fields={[]} {...attempt} />
      {file && (
        <Alert kind="success" heading="The handover is recorded">
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
          ['Venue', words(kind)],
          ['License', license ?? 'Not known'],
          ['Town', town],
          ['What the concern is', words(what)],
          ['Week', week],
          ['Raised by', done(raised)],
          ...(police ? ([[police.agrees ? 'Police agree' : 'Police ask to wait', done(police)]] as const) : []),
          ...(decided ? ([[decided.approves ? 'Approved by' : 'Declined by', done(decided)]] as const) : []),
          ...(handovers.length > 0 ? ([['File taken by', handovers.map(done).join('; ')]] as const) : []),
        ]}
      />
      {steps.map(([step, may, button]) =>
        concern[may] ? (
          <PostForm
            {...{ frame, submission, button }}
            form={`${form}-${step}`}
            fields={[]}
            path={`${venuesPath}/${id}`}
            hidden={{ step }}
            isPlain={step === 'police-hold' || step === 'declined'}
          />
        ) : null,
      )}
      {concern.mayTakeFile && (
        <PostForm
          {...{ frame, submission }}
          form={`${form}-file`}
          fields={[]}
          path={`${venuesPath}/${id}/file`}
          button="Record the handover and make the file"
          isPlain={handovers.length > 0}
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
