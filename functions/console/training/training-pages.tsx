/** The pages of training: coverage, files, a staff list to check, and materials. They name no one. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type {
  ShownCoverage,
  ShownImport,
  ShownMaterial,
  TrainingView,
} from '../../../shared/application/read/shown-training.ts';
import type { CheckedLine } from '../../../shared/application/use-cases/keep-training.ts';
import { dayTime } from '../../../shared/domain/core/local-time.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { placeWords } from '../../../shared/domain/training/agency-name.ts';
import type { DueAgain } from '../../../shared/domain/training/coverage.ts';
import { materialKinds, materialLanguages } from '../../../shared/domain/training/training-codes.ts';
import { attendanceColumns, headcountColumns } from '../../../shared/domain/training/training-files.ts';
import { courses, soonDays, trainingRules } from '../../../shared/policy/training-rules.ts';
import { fewestForShare } from '../../../shared/reports/measures.ts';
import { Alert } from '../app/components/alert.tsx';
import { SideNavigation } from '../app/components/side-navigation.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { controlId } from '../forms/field-view.tsx';
import { fileProblems } from '../forms/file-problems.ts';
import { TextLine, type TextLineProps } from '../forms/text-line.tsx';

/** What a page shows of a form that was sent and refused. */
export interface TrainingAttempt {
  readonly form: 'attendance' | 'headcounts' | 'take-back' | 'staff-list' | 'material' | 'remove-material';
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

interface Shared {
  readonly frame: Frame;
  readonly keeps: boolean;
  readonly attempt?: TrainingAttempt | undefined;
}

const groupName = (group: string): string => trainingRules.find((rule) => rule.group === group)?.name ?? group;
const courseName = (code: string): string => courses.find((course) => course.code === code)?.name ?? code;
/** `Haitian creole` of `haitian-creole`. */
const codeWords = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;

const sureness: Readonly<Record<string, string>> = {
  verified: 'seen in the law',
  summary: 'seen in a summary',
  believed: 'believed',
  doubtful: 'doubtful',
  assumed: 'assumed',
};

const Side = ({ frame: { base }, keeps, here }: Shared & { readonly here: string }) => (
  <SideNavigation
    label="Training"
    here={`${base}${here}`}
    links={[
      { href: `${base}/training`, words: 'Coverage' },
      ...(keeps
        ? [
            { href: `${base}/training/import`, words: 'Import' },
            { href: `${base}/training/due`, words: 'Due again' },
            { href: `${base}/training/staff-list`, words: 'Check a staff list' },
          ]
        : []),
      { href: `${base}/training/materials`, words: 'Materials' },
    ]}
  />
);

const Refused = ({ attempt }: Pick<Shared, 'attempt'>) =>
  attempt?.refusal === undefined ? null : (
    <Alert kind="error" heading="Not done" focused>
      {attempt.refusal}
    </Alert>
  );

const headcountWords = ({ headcount, asOf, withoutHeadcount }: ShownCoverage, isAgency = false): string => {
  if (headcount !== undefined) return `${headcount}, of ${formatDate(asOf ?? '')}`;
  return isAgency || withoutHeadcount === 0 ? 'Headcount unknown' : `Unknown for ${withoutHeadcount}`;
};

const shareWords = ({ share, exceeds }: ShownCoverage): string =>
  exceeds ? 'Check the headcount' : share === undefined ? '–' : `${share}%`;

const counts = (coverage: ShownCoverage, isAgency = false): readonly Child[] => [
  String(coverage.current),
  headcountWords(coverage, isAgency),
  shareWords(coverage),
  String(coverage.soon),
  String(coverage.due),
];
const countHeads = ['Current', 'Of', 'Percent', `Due in ${soonDays} days`, 'Due again'];

const hasPeople = ({ current, due, headcount = 0 }: ShownCoverage): boolean => current + due + headcount > 0;

export const CoveragePage = ({ frame, keeps, view }: Shared & { readonly view: TrainingView }) => (
  <Page frame={frame} title="Training" side={<Side frame={frame} keeps={keeps} here="/training" />}>
    <h1>Training</h1>
    <p>
      People who are trained and current, on {formatDate(view.asOf)}. Each person counts once, at their last agency. No
      one is named. Below {fewestForShare} people there is no percentage.
    </p>
    <Table
      caption="By group"
      heads={['Group', ...countHeads]}
      rows={view.groups.map((each): readonly Child[] => [groupName(each.group), ...counts(each)])}
    />
    <p class="on-screen">
      <a href={`${frame.base}/training/coverage.csv`}>Download as CSV</a>
    </p>
    {view.agencies.length === 0 ? (
      <p>No attendance and no headcount is entered yet.</p>
    ) : (
      <>
        <Table
          caption="By town"
          heads={['Town', 'Group', ...countHeads]}
          rows={view.towns
            .filter(hasPeople)
            .map((each): readonly Child[] => [placeWords(each.town), groupName(each.group), ...counts(each)])}
        />
        <Table
          caption="By agency"
          heads={['Agency', 'Town', 'Group', ...countHeads]}
          rows={view.agencies
            .filter(hasPeople)
            .map((each): readonly Child[] => [
              placeWords(each.agency),
              placeWords(each.town),
              groupName(each.group),
              ...counts(each, true),
            ])}
        />
      </>
    )}
    <h2>Before this record</h2>
    <p>The program announced these figures. They are not counted above, and must not be added to them.</p>
    <ul class="usa-list">
      {view.baselines.map(({ words, source, confidence }) => (
        <li>
          {words}. <span class="small">{`${source} (${sureness[confidence]}).`}</span>
        </li>
      ))}
    </ul>
    <h2>When training is due</h2>
    <Table
      caption="Rules"
      heads={['Group', 'Law or policy', 'What it says', 'Courses', 'Source']}
      rows={view.rules.map((rule) => [
        rule.name,
        rule.basis === 'law' ? 'Law' : 'Policy',
        rule.says,
        rule.courses.map(courseName).join(', '),
        `${rule.source} (${sureness[rule.confidence]}${rule.awaitsLegalSignOff ? ', awaits legal sign-off' : ''})`,
      ])}
    />
    <Table
      caption="Courses"
      heads={['Course', 'Minutes', 'Languages', 'Source']}
      rows={courses.map(({ name, minutes: [least, most], languages, source, confidence }) => [
        name,
        `${least} to ${most}`,
        languages.join(', '),
        `${source} (${sureness[confidence]})`,
      ])}
    />
  </Page>
);

const samples = {
  attendance: [
    attendanceColumns.join(','),
    'police,2026-05-01,Hartford Police,Hartford,police,POST-10001',
    'general,5/12/2026,Milford Schools,Milford,school-employee,20417',
  ],
  headcounts: [headcountColumns.join(','), 'Hartford Police,Hartford,police,380,2026-07-01'],
  'staff-list': [
    attendanceColumns.slice(2).join(','),
    'Hartford Police,Hartford,police,POST-10001',
    'Hartford Police,Hartford,police,POST-10002',
  ],
} as const;

/** A form that takes a file or pasted lines. */
function FileForm(props: {
  readonly frame: Frame;
  readonly form: 'attendance' | 'headcounts' | 'staff-list';
  readonly action: string;
  readonly button: string;
  readonly label: string;
  readonly submission: string;
  readonly attempt: TrainingAttempt | undefined;
}) {
  const { frame, form, action, button, label, submission, attempt } = props;
  const [file, pasted] = [controlId(form, 'csv'), controlId(form, 'pasted')];
  const isWrong = attempt?.form === form && (attempt.problems ?? []).length > 0;
  const typed = attempt?.form === form ? (attempt.typed?.get('pasted') ?? '') : '';
  return (
    <>
      <pre class="usa-hint scroll" tabindex={0}>
        {samples[form].join('\n')}
      </pre>
      <form
        class="usa-form usa-form--large on-screen"
        method="post"
        action={`${frame.base}${action}`}
        enctype="multipart/form-data"
      >
        <Token frame={frame} />
        <input type="hidden" name="key" value={submission} />
        <div class={`usa-form-group${isWrong ? ' usa-form-group--error' : ''}`}>
          <label class="usa-label" for={file}>
            CSV {label}
          </label>
          <input
            class="usa-file-input"
            id={file}
            name="csv"
            type="file"
            accept=".csv,text/csv"
            aria-invalid={isWrong ? 'true' : undefined}
          />
        </div>
        <div class="usa-form-group">
          <label class="usa-label" for={pasted}>
            Or paste its lines
          </label>
          <textarea class="usa-textarea" id={pasted} name="pasted" rows={4} autocomplete="off">
            {typed}
          </textarea>
        </div>
        <button class="usa-button" type="submit">
          {button}
        </button>
      </form>
    </>
  );
}

const FileProblems = ({
  form,
  heading,
  attempt,
}: Pick<Shared, 'attempt'> & { readonly form: string; readonly heading: string }) => (
  <ErrorSummary
    form={form}
    heading={heading}
    problems={attempt?.form === form ? fileProblems(attempt.problems ?? []) : []}
    labelAt={() => 'File'}
  />
);

const groupList = trainingRules.map(({ group }) => group).join(', ');
const courseList = courses.map(({ code }) => code).join(', ');

interface ImportPageProps extends Shared {
  readonly imports: readonly ShownImport[];
  readonly nameOf: (personId: string) => string;
  readonly submission: string;
  readonly done: string | undefined;
}

export const ImportPage = ({ frame, keeps, attempt, imports, nameOf, submission, done }: ImportPageProps) => (
  <Page frame={frame} title="Import training" side={<Side frame={frame} keeps={keeps} here="/training/import" />}>
    {done !== undefined && (
      <Alert kind="success" heading="Recorded">
        {done}
      </Alert>
    )}
    <FileProblems form="attendance" heading="Nothing was imported" attempt={attempt} />
    <FileProblems form="headcounts" heading="No headcount was entered" attempt={attempt} />
    <Refused attempt={attempt} />
    <h1>Import training</h1>
    <h2>Attendance</h2>
    <p class="prose">
      Save your spreadsheet as CSV. Give numbers, never names. The number becomes a code and is then forgotten. A file
      is imported whole or not at all.
    </p>
    <p class="small">
      Courses: {courseList}. Groups: {groupList}.
    </p>
    <FileForm
      frame={frame}
      form="attendance"
      action="/training/import"
      button="Import attendance"
      label="file of attendance"
      submission={submission}
      attempt={attempt}
    />
    <h2>Headcounts</h2>
    <p class="prose">How many people of a group work at an agency. The latest day counts.</p>
    <FileForm
      frame={frame}
      form="headcounts"
      action="/training/headcounts"
      button="Enter headcounts"
      label="file of headcounts"
      submission={submission}
      attempt={attempt}
    />
    <h2>What was imported</h2>
    {imports.length === 0 ? (
      <p>Nothing yet.</p>
    ) : (
      <Table
        caption="Files of attendance, the latest first"
        heads={['Import', 'When', 'Who', 'People', 'Agencies', 'Take back']}
        rows={imports.map(({ id, at, by, people, agencies, takenBackAt }): readonly Child[] => [
          id,
          dayTime(at),
          nameOf(by),
          String(people),
          String(agencies),
          takenBackAt === undefined ? (
            <form method="post" action={`${frame.base}/training/take-back`}>
              <Token frame={frame} />
              <input type="hidden" name="key" value={submission} />
              <input type="hidden" name="id" value={id} />
              <button
                class="usa-button usa-button--outline"
                type="submit"
                aria-label={`Take back this import of ${dayTime(at)}`}
              >
                Take back this import
              </button>
            </form>
          ) : (
            `Taken back ${dayTime(takenBackAt)}`
          ),
        ])}
      />
    )}
  </Page>
);

export const DuePage = ({ frame, keeps, due }: Shared & { readonly due: readonly DueAgain[] }) => {
  const agencies = Map.groupBy(
    due,
    ({ agency, town, group }) => `${placeWords(agency)}, ${placeWords(town)}: ${groupName(group)}`,
  );
  return (
    <Page frame={frame} title="Due again" side={<Side frame={frame} keeps={keeps} here="/training/due" />}>
      <h1>Due again</h1>
      <p class="prose">
        People whose training is over, or ends within {soonDays} days. A code is no number of theirs. To match it, check
        the staff list of the agency: each line then has its code.
      </p>
      {due.length === 0 && <p>No one is due.</p>}
      {[...agencies]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, people]) => (
          <Table
            caption={`${name} (${people.length})`}
            heads={['Code', 'Trained on', 'Due on', 'State']}
            rows={people.map(({ code, date, dueOn, standing }) => [
              code,
              formatDate(date),
              formatDate(dueOn),
              standing === 'due' ? 'Due again' : 'Due soon',
            ])}
          />
        ))}
    </Page>
  );
};

const standingWords: Readonly<Record<CheckedLine['standing'], string>> = {
  current: 'Current',
  soon: 'Current, due soon',
  due: 'Due again',
  never: 'Never trained, as far as is recorded',
};

interface StaffListPageProps extends Shared {
  readonly submission: string;
  readonly lines: readonly CheckedLine[] | undefined;
}

export const StaffListPage = ({ frame, keeps, attempt, submission, lines }: StaffListPageProps) => (
  <Page
    frame={frame}
    title="Check a staff list"
    side={<Side frame={frame} keeps={keeps} here="/training/staff-list" />}
  >
    <FileProblems form="staff-list" heading="The staff list was not checked" attempt={attempt} />
    <h1>Check a staff list</h1>
    {lines !== undefined && (
      <>
        <p>
          {(['current', 'soon', 'due', 'never'] as const)
            .map((each) => `${standingWords[each]}: ${lines.filter(({ standing }) => standing === each).length}`)
            .join(' · ')}
          . Nothing was stored.
        </p>
        <Table
          caption="Each line of your staff list"
          heads={['Line', 'State', 'Trained on', 'Due on', 'Code']}
          rows={lines.map(({ line, standing, trainedOn, dueOn, code }) => [
            String(line),
            standingWords[standing],
            trainedOn === undefined ? '–' : formatDate(trainedOn),
            dueOn === undefined ? '–' : formatDate(dueOn),
            code,
          ])}
        />
      </>
    )}
    <p class="prose">
      The answer says of each line whether the person is current. The staff list is stored nowhere. Columns course and
      date may be left out.
    </p>
    <FileForm
      frame={frame}
      form="staff-list"
      action="/training/staff-list"
      button="Check the staff list"
      label="staff list"
      submission={submission}
      attempt={attempt}
    />
  </Page>
);

const materialLabels: Readonly<Record<string, string>> = {
  course: 'Course',
  kind: 'Kind',
  language: 'Language',
  address: 'Address',
  reviewOn: 'Day of the next review',
  digest: 'SHA-256 of the file',
};

interface MaterialsPageProps extends Shared {
  readonly materials: readonly ShownMaterial[];
  readonly submission: string;
}

export const MaterialsPage = ({ frame, keeps, attempt, materials, submission }: MaterialsPageProps) => {
  const problems = attempt?.form === 'material' ? (attempt.problems ?? []) : [];
  const typed = (name: string) => (attempt?.form === 'material' ? (attempt.typed?.get(name) ?? '') : '');
  return (
    <Page
      frame={frame}
      title="Training materials"
      side={<Side frame={frame} keeps={keeps} here="/training/materials" />}
    >
      <ErrorSummary form="material" problems={problems} labelAt={(path) => materialLabels[path] ?? 'Link'} />
      <Refused attempt={attempt} />
      <h1>Materials and recordings</h1>
      {materials.length === 0 ? (
        <p>No link is in the list yet.</p>
      ) : (
        <Table
          caption="Links"
          heads={['Course', 'Kind', 'Address', 'Review by', 'SHA-256', ...(keeps ? ['Take out'] : [])]}
          rows={materials.map((each): readonly Child[] => [
            courseName(each.course),
            `${codeWords(each.kind)}, ${codeWords(each.language)}`,
            <a href={each.address} rel="noreferrer">
              {each.address}
            </a>,
            `${formatDate(each.reviewOn)}${each.isDue ? ': review it now' : ''}`,
            <Digest digest={each.digest} />,
            ...(keeps
              ? [
                  <form method="post" action={`${frame.base}/training/materials/remove`}>
                    <Token frame={frame} />
                    <input type="hidden" name="key" value={submission} />
                    <input type="hidden" name="id" value={each.id} />
                    <button
                      class="usa-button usa-button--outline"
                      type="submit"
                      aria-label={`Take out this link: ${courseName(each.course)}, ${codeWords(each.kind)}, ${codeWords(each.language)}`}
                    >
                      Take out this link
                    </button>
                  </form>,
                ]
              : []),
          ])}
        />
      )}
      {keeps && (
        <section class="on-screen">
          <h2>Add a link</h2>
          <p class="prose">
            The file stays where it is. Its SHA-256 shows later whether it was changed. On a computer,{' '}
            <code>sha256sum FILE</code> gives it.
          </p>
          <form class="usa-form usa-form--large" method="post" action={`${frame.base}/training/materials`} novalidate>
            <Token frame={frame} />
            <input type="hidden" name="key" value={submission} />
            <Choice name="course" options={courses.map(({ code, name }) => [code, name])} chosen={typed('course')} />
            <Choice name="kind" options={materialKinds.map((kind) => [kind, codeWords(kind)])} chosen={typed('kind')} />
            <Choice
              name="language"
              options={materialLanguages.map((each) => [each, codeWords(each)])}
              chosen={typed('language')}
            />
            <Line
              name="address"
              type="url"
              hint="It begins with https://"
              value={typed('address')}
              problems={problems}
            />
            <Line name="reviewOn" type="date" value={typed('reviewOn')} problems={problems} />
            <Line
              name="digest"
              type="text"
              hint="64 digits and letters a to f"
              value={typed('digest')}
              problems={problems}
            />
            <button class="usa-button" type="submit">
              Add the link
            </button>
          </form>
        </section>
      )}
    </Page>
  );
};

/** In parts of sixteen letters, so that it breaks into lines. It is copied as one. */
const Digest = ({ digest }: { readonly digest: string }) => (
  <code>
    {(digest.match(/.{1,16}/g) ?? []).map((part) => (
      <>
        {part}
        <wbr />
      </>
    ))}
  </code>
);

const Choice = ({
  name,
  options,
  chosen,
}: {
  readonly name: string;
  readonly options: readonly (readonly [value: string, said: string])[];
  readonly chosen: string;
}) => (
  <div class="usa-form-group">
    <label class="usa-label" for={controlId('material', name)}>
      {materialLabels[name]}
    </label>
    <select class="usa-select" id={controlId('material', name)} name={name}>
      {options.map(([value, said]) => (
        <option value={value} selected={value === chosen}>
          {said}
        </option>
      ))}
    </select>
  </div>
);

const Line = (props: Omit<TextLineProps, 'form' | 'label'>) => (
  <TextLine form="material" label={materialLabels[props.name] ?? 'Link'} {...props} />
);
