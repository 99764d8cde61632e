/** Exports of the audit: the form that asks for one, the list, and the page of one export. */
import type { Problem } from '../../../shared/application/input/problems.ts';
import { exportInput, type ShownExport } from '../../../shared/application/use-cases/keep-exports.ts';
import type { ExportRule, ExportState } from '../../../shared/domain/audit/export-decisions.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { Fields } from '../forms/field-view.tsx';
import { type Field, fieldsOf } from '../forms/form-fields.ts';

export const exportPath = '/export';
const form = 'export';

/** So many exports stand in the list. */
const mostListed = 12;

export interface ExportAttempt {
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

const purposes = fieldsOf(exportInput).filter(({ path }) => path === 'purpose');
const fields: readonly Field[] = [
  ...purposes.map((field) => ({ ...field, label: 'What the export is for' })),
  {
    kind: 'text',
    path: 'referrals',
    label: 'References of referrals',
    hint: 'One on each line. Leave empty to give a period.',
    required: false,
  },
  { kind: 'date', path: 'from', label: 'Opened from', hint: 'Month, day and year, such as 3/1/2026.', required: false },
  { kind: 'date', path: 'to', label: 'Opened until', hint: 'This day is included.', required: false },
];
const labelAt = (path: string): string =>
  fields.find((field) => path === field.path || path.startsWith(`${field.path}[`))?.label ?? 'Export';

const stateWords: Readonly<Record<ExportState, string>> = {
  waits: 'Waits for another administrator',
  approved: 'Approved',
  declined: 'Declined',
  over: 'Its time has passed',
};

const chosenWords = ({ chosen }: ShownExport): string => {
  if ('from' in chosen) return `Referrals opened from ${formatDate(chosen.from)} to ${formatDate(chosen.to)}`;
  return chosen.referrals.length === 1 ? 'One referral' : `${chosen.referrals.length} referrals`;
};

interface ListProps extends ExportAttempt {
  readonly frame: Frame;
  readonly exports: readonly ShownExport[];
  readonly rule: ExportRule;
  readonly nameOf: (personId: string) => string;
  readonly submission: string;
}

export const ExportsPage = ({ frame, exports, rule, nameOf, submission, typed, problems = [], refusal }: ListProps) => (
  <Page frame={frame} title="Export for an auditor">
    <ErrorSummary form={form} heading="Not asked yet" problems={problems} labelAt={labelAt} />
    {refusal !== undefined && (
      <Alert kind="error" heading="Not asked yet" focused>
        {refusal}
      </Alert>
    )}
    <h1>Export for an auditor</h1>
    <p class="prose">
      You ask and say what for. Another administrator approves. You then download one file within {rule.hoursToDownload}{' '}
      hours. Each step is recorded, and each referral shows it in its audit.
    </p>
    <p class="prose">
      The file holds ids, codes and times. It names no child. To read who a child is, open the referral and say your
      purpose.
    </p>
    {exports.length > 0 && (
      <Table
        caption="Exports of this month and the one before, the latest first"
        heads={['Export', 'What', 'What for', 'Asked by', 'State']}
        rows={exports.slice(0, mostListed).map((each) => [
          <a class="reference" href={`${frame.base}${exportPath}/${each.id}`}>
            {each.id}
          </a>,
          chosenWords(each),
          words(each.purpose),
          nameOf(each.asked.by),
          stateWords[each.state],
        ])}
      />
    )}
    <h2>Ask for an export</h2>
    <p class="prose">Name at most {rule.mostReferrals} referrals, or give the days in which they were opened.</p>
    <form class="usa-form usa-form--large" method="post" action={`${frame.base}${exportPath}`} novalidate>
      <Token frame={frame} />
      <input type="hidden" name="key" value={submission} />
      <Fields fields={fields} form={{ id: form, typed, problems }} />
      <button class="usa-button" type="submit">
        Ask for the export
      </button>
    </form>
  </Page>
);

interface ExportProps {
  readonly frame: Frame;
  readonly request: ShownExport;
  readonly nameOf: (personId: string) => string;
  readonly submission: string;
  readonly refusal?: string | undefined;
  /** The file that was just recorded and made. */
  readonly file?: { readonly name: string; readonly zip: string; readonly digest: string; readonly referrals: number };
}

const Act = ({
  frame,
  request,
  submission,
  act,
  button,
  isPlain = false,
}: Pick<ExportProps, 'frame' | 'request' | 'submission'> & {
  readonly act: 'approve' | 'decline' | 'download';
  readonly button: string;
  readonly isPlain?: boolean;
}) => (
  <form class="usa-form usa-form--large" method="post" action={`${frame.base}${exportPath}/${request.id}/${act}`}>
    <Token frame={frame} />
    <input type="hidden" name="key" value={submission} />
    <button class={`usa-button${isPlain ? ' usa-button--outline' : ''}`} type="submit">
      {button}
    </button>
  </form>
);

/** The next step of this person, or the role that the export waits for. */
function NextStep(props: ExportProps) {
  const { request, file } = props;
  const { state, mayApprove, mayDecline, mayDownload, until } = request;
  if (file) return null;
  return (
    <>
      {mayApprove && <Act {...props} act="approve" button="Approve this export" />}
      {mayDownload && <Act {...props} act="download" button="Record the download and make the file" />}
      {mayDecline && (
        <Act
          {...props}
          act="decline"
          button={mayApprove ? 'Decline it' : 'Take this export back'}
          isPlain={mayApprove}
        />
      )}
      {state === 'waits' && !mayApprove && (
        <p class="prose">
          Another administrator opens this page and approves it, until {formatInstant(until)}. Give them its id.
        </p>
      )}
      {state === 'approved' && !mayDownload && (
        <p>The person who asked can download it until {formatInstant(until)}.</p>
      )}
    </>
  );
}

export const ExportPage = (props: ExportProps) => {
  const { frame, request, nameOf, refusal, file } = props;
  const { id, purpose, chosen, asked, approved, declined, downloads, state } = request;
  const done = ({ by, at }: ShownExport['asked']) => `${nameOf(by)}, ${formatInstant(at)}`;
  return (
    <Page frame={frame} title={`Export ${id}`}>
      {refusal !== undefined && (
        <Alert kind="error" heading="Not done" focused>
          {refusal}
        </Alert>
      )}
      {file && (
        <Alert kind="success" heading="The download is recorded">
          <p>
            <a class="usa-button" download={file.name} href={`data:application/zip;base64,${file.zip}`}>
              Save the export
            </a>
          </p>
          <p>
            {file.referrals} {file.referrals === 1 ? 'referral is' : 'referrals are'} in it. Its SHA-256:
          </p>
          <p class="hash">{file.digest}</p>
        </Alert>
      )}
      <h1>Export {id}</h1>
      <p>
        <a href={`${frame.base}${exportPath}`}>All exports</a>
      </p>
      <SummaryList
        pairs={[
          ['State', stateWords[state]],
          ['What', chosenWords(request)],
          ['What for', words(purpose)],
          ['Asked by', done(asked)],
          ...(approved ? ([['Approved by', done(approved)]] as const) : []),
          ...(declined ? ([['Declined by', done(declined)]] as const) : []),
        ]}
      />
      <NextStep {...props} />
      {'referrals' in chosen && (
        <details class="fold">
          <summary>The referrals in it</summary>
          <ul class="usa-list">
            {chosen.referrals.map((each) => (
              <li>
                <a href={`${frame.base}/referrals/${each}/audit`}>
                  <Reference id={each} />
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      {downloads.length > 0 && (
        <Table
          caption="Downloads, the latest first"
          heads={['When', 'By', 'SHA-256 of the file']}
          rows={downloads
            .toReversed()
            .slice(0, mostListed)
            .map(({ at, by, digest }) => [formatInstant(at), nameOf(by), <span class="hash">{digest}</span>])}
        />
      )}
    </Page>
  );
};
