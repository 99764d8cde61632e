/** The page of what is sent to others once a year: the federal total, AFCARS, the police, and HTCDS. */
import type { Child } from 'hono/jsx';
import type { Purpose } from '../../../shared/application/access/purposes.ts';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { returnMakers } from '../../../shared/application/use-cases/make-return.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { lastDayOf, type Period } from '../../../shared/reports/calendars.ts';
import { dialects } from '../../../shared/reports/htcds/dialects.ts';
import type { Matched } from '../../../shared/reports/returns.ts';
import type { Reconciled, ReturnFileName, ReturnsReport } from '../../../shared/reports/returns-report.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { FilterForm } from '../queue/filter-line.tsx';
import { whyAddress } from './number-words.ts';
import { NumbersSide, Watermark, YearSelect } from './numbers-frame.tsx';

/** What came of a form of the page. */
export type Came =
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }
  | { readonly kind: 'checked'; readonly cases: number }
  | { readonly kind: 'answers'; readonly agency: string; readonly found: Reconciled };

interface ReturnsProps {
  readonly frame: Frame;
  readonly report: ReturnsReport;
  readonly came?: Came | undefined;
}

const span = ({ from, before }: Period): string =>
  `${formatDate(from)} to ${formatDate(lastDayOf({ name: '', from, before }))}`;

/** A button that makes a file, with what it is asked for. */
const FileForm = ({
  frame,
  report: { year },
  file,
  button,
  agency,
  children,
}: ReturnsProps & {
  readonly file: ReturnFileName;
  readonly button: string;
  readonly agency?: string;
  readonly children?: Child;
}) => (
  <form method="post" action={`${frame.base}/numbers/returns/file`} class="on-screen">
    <Token frame={frame} />
    <input type="hidden" name="file" value={file} />
    <input type="hidden" name="year" value={String(year)} />
    {agency !== undefined && <input type="hidden" name="agency" value={agency} />}
    {children}
    <button class="usa-button usa-button--outline" type="submit">
      {button}
    </button>
  </form>
);

const Choice = ({
  id,
  name,
  label,
  options,
}: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, said: string])[];
}) => (
  <>
    <label class="usa-label" for={id}>
      {label}
    </label>
    <select class="usa-select" id={id} name={name}>
      {options.map(([value, said]) => (
        <option value={value}>{said}</option>
      ))}
    </select>
  </>
);

const FileInput = ({ id, label }: { readonly id: string; readonly label: string }) => (
  <>
    <label class="usa-label" for={id}>
      {label}
    </label>
    <input class="usa-file-input" id={id} name="csv" type="file" accept=".csv,text/csv" required />
  </>
);

const stateWords: Readonly<Record<Matched, string>> = {
  matched: 'Matched',
  unknown: 'Unknown to the agency',
  'not-answered': 'Not answered',
};

/** Ids of agencies stand in the lists. This one stands for all that the directory lacks. */
const agencyWords = (agency: string): string => (agency === 'A-OTHER' ? 'Another agency' : agency);

const Answers = ({ agency, found }: Extract<Came, { kind: 'answers' }>) => (
  <section>
    <h2>What {agencyWords(agency)} answered</h2>
    <p>
      {Object.entries(found.counts)
        .map(([state, count]) => `${stateWords[state as Matched]}: ${count}`)
        .join(' · ')}
      . Nothing was stored: keep the agency’s file.
    </p>
    <Table
      caption="Each notice of the list, with the answer"
      heads={['Referral', 'Notified on', 'Number of the agency', 'State']}
      rows={found.rows.map(({ reference, day, agencyNumber, state }) => [
        reference,
        formatDate(day),
        agencyNumber ?? '–',
        stateWords[state],
      ])}
    />
  </section>
);

const Outcome = ({ came }: { readonly came: Came | undefined }) => {
  if (came?.kind === 'refused')
    return (
      <Alert kind="error" heading="No file was made, and nothing was stored" focused>
        <ul class="usa-list">
          {came.sentences.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </Alert>
    );
  if (came?.kind === 'checked')
    return (
      <Alert kind="success" heading="Nothing to correct" focused>
        <p>{came.cases} cases. Nothing was stored.</p>
      </Alert>
    );
  return came?.kind === 'answers' ? <Answers {...came} /> : null;
};

/** What those who answer for a return read names for. */
const namePurposes = ['quality-review', 'work-on-referral'] as const satisfies readonly Purpose[];
const dialectWords = { standard: 'The field list', spreadsheet: 'The spreadsheet', form: 'The form' } as const;

const Afcars = (props: ReturnsProps & { readonly makes: boolean }) => (
  <>
    <h2>AFCARS: elements 106 to 111</h2>
    <p>Children in care, for each half of the year. Complete the facts of the open referrals, then make the file.</p>
    <Table
      caption="By half of the year"
      heads={['Half', 'Children complete', 'Victims among them', 'Referrals with unknown facts']}
      rows={props.report.halves.map(({ period, hasEnded, complete, victims, unknown }) => [
        `${span(period)}${hasEnded ? '' : ', so far'}`,
        ...[complete, victims, unknown].map(String),
      ])}
      numbers
    />
    {props.makes && (
      <div class="returns-files">
        {props.report.halves
          .filter(({ hasEnded }) => hasEnded)
          .map(({ half }) => (
            <>
              <FileForm {...props} file={`afcars-${half}`} button={`Elements, half ${half} (CSV)`} />
              <FileForm {...props} file={`afcars-unknown-${half}`} button={`Unknown facts, half ${half} (CSV)`} />
            </>
          ))}
      </div>
    )}
  </>
);

const Police = (props: ReturnsProps & { readonly makes: boolean }) => {
  const { frame, report, makes } = props;
  const { agencies, reconciled, reconciledHasEnded, year } = report;
  return (
    <>
      <h2>Reconciliation with the police by October 1, {year}</h2>
      <p>
        {span(reconciled)}. Each agency gets its list, and writes its own number beside each reference, or <em>none</em>
        .<small class="margin">C.G.S. 51-286h</small>
      </p>
      {agencies.length === 0 ? (
        <p>No agency was notified in this time.</p>
      ) : (
        <Table
          caption="What each agency was told of"
          heads={['Agency', 'Notices', 'Referrals', ...(makes && reconciledHasEnded ? ['List'] : [])]}
          rows={agencies.map(({ agency, notices, referrals }) => [
            agencyWords(agency),
            String(notices),
            String(referrals),
            ...(makes && reconciledHasEnded
              ? [
                  <FileForm
                    {...props}
                    file="reconciliation"
                    agency={agency}
                    button={`List for ${agencyWords(agency)} (CSV)`}
                  />,
                ]
              : []),
          ])}
          numbers
        />
      )}
      {!reconciledHasEnded && <p>This time has not ended, so there is no list yet.</p>}
      {makes && reconciledHasEnded && agencies.length > 0 && (
        <form
          method="post"
          action={`${frame.base}/numbers/returns/answers`}
          enctype="multipart/form-data"
          class="on-screen"
        >
          <Token frame={frame} />
          <input type="hidden" name="year" value={String(year)} />
          <Choice
            id="answers-agency"
            name="agency"
            label="Agency that answered"
            options={agencies.map(({ agency }) => [agency, agencyWords(agency)] as const)}
          />
          <FileInput id="answers-csv" label="Its list with answers (CSV)" />
          <button class="usa-button usa-button--outline" type="submit">
            Compare the answers
          </button>
        </form>
      )}
    </>
  );
};

const FederalNumber = ({
  base,
  measure,
  year,
  count,
}: {
  readonly base: string;
  readonly measure: string;
  readonly year: number;
  readonly count: number;
}) => (
  <a href={whyAddress(base, { measure, calendar: 'federal-fiscal', year })} aria-label={`${count}: why this number?`}>
    {count}
  </a>
);

export function ReturnsPage(props: ReturnsProps) {
  const { frame, report, came } = props;
  const { base, visitor } = frame;
  const makes = visitor !== undefined && isOneOf(visitor, returnMakers);
  const { total, period, hasEnded, year, asOf, cases } = report;
  return (
    <Page frame={frame} title="Returns" side={<NumbersSide frame={frame} here="returns" />}>
      <h1>Returns</h1>
      <p>What do we owe others each year, and do our facts suffice?</p>
      <Outcome came={came} />
      <FilterForm action={`${base}/numbers/returns`} button="Show this year">
        <YearSelect calendar="federal-fiscal" year={year} asOf={asOf} />
      </FilterForm>
      <p>
        <strong>
          Federal fiscal year {year}: {span(period)}.
        </strong>{' '}
        {!hasEnded && 'This year has not ended: it is counted as it stands.'}
      </p>
      <Watermark asOf={asOf} />
      {makes && (
        <p>
          A file tells facts about children. Make one if you answer for the return. Each referral in it is recorded as
          read first.
        </p>
      )}
      <h2>Federal total</h2>
      <p class="numbers-why">
        Victims of sex trafficking in placement, care or supervision:{' '}
        <strong>
          <FederalNumber base={base} measure="federal-total" year={year} count={total.total} />
        </strong>
      </p>
      <p>
        Children whose last screening confirmed it, each once.{' '}
        {total.careUnknown > 0 && (
          <>
            Of <FederalNumber base={base} measure="federal-total-care-unknown" year={year} count={total.careUnknown} />{' '}
            more, the care is not known: complete their facts first.
          </>
        )}
        <small class="margin">42 U.S.C. 671(a)(34)(B)</small>
      </p>
      <Afcars {...props} makes={makes} />
      <Police {...props} makes={makes} />
      <h2>HTCDS 2.0: exchange with other programs</h2>
      <p>
        {cases} cases were received in the year. Merged referrals and those made in error are left out. A file without
        names has no reference, and each day is the first of its month.
      </p>
      {makes && (
        <div class="returns-files">
          <FileForm {...props} file="htcds" button="Cases without names (CSV)">
            <Choice
              id="htcds-dialect"
              name="dialect"
              label="Spelling of the headings"
              options={dialects.map((each) => [each, dialectWords[each]] as const)}
            />
          </FileForm>
          <FileForm {...props} file="htcds" button="Cases with names (CSV)">
            <Choice
              id="htcds-purpose"
              name="purpose"
              label="What you need the names for"
              options={[['', 'Choose a purpose'] as const, ...namePurposes.map((each) => [each, words(each)] as const)]}
            />
            <input type="hidden" name="named" value="yes" />
          </FileForm>
        </div>
      )}
      <form method="post" action={`${base}/numbers/returns/check`} enctype="multipart/form-data" class="on-screen">
        <Token frame={frame} />
        <input type="hidden" name="year" value={String(year)} />
        <FileInput id="htcds-csv" label="Check a file of another program (CSV)" />
        <button class="usa-button usa-button--outline" type="submit">
          Check the file
        </button>
      </form>
      <p class="small">Restricted referrals are in no file. Those who may see them answer for them.</p>
    </Page>
  );
}
