/**
 * The call screen: a new report, made for a worker on the telephone. The chapters stand in the order of a call, in three
 * parts of one form. Danger, story, the numbers to call, and what to tell callers stand beside them all the time.
 */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { OnCallView } from '../../../shared/application/read/shown-on-call.ts';
import { instant } from '../../../shared/domain/core/event-fields.ts';
import { clockTime, newYorkInstant } from '../../../shared/domain/core/local-time.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { elapsedFrom } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { findRule } from '../../../shared/domain/policy/policy.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { emergency } from '../../../shared/policy/public-hotlines.ts';
import { Alert } from '../app/components/alert.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { Fields } from '../forms/field-view.tsx';
import type { Field } from '../forms/form-fields.ts';
import { PartButtons } from '../forms/part-buttons.tsx';
import { AnswerRow, isAnswer } from './answer-row.tsx';
import {
  beside,
  type Chapter,
  chapters,
  type ReportPart,
  reportParts,
  sharedFields,
  start,
  wordsToChild,
} from './chapters.ts';
import { NumbersToCall } from './numbers-to-call.tsx';
import { carriedIn, childFields, childrenIn, childShownIn, mostChildren, reportFields } from './report-input.ts';
import { sentAddress } from './report-taken.tsx';
import { UnsentReports } from './unsent-reports.tsx';

export interface CallScreenProps {
  readonly frame: Frame;
  /** Who is on call now and tonight. Undefined where that cannot be read. */
  readonly numbers: OnCallView | undefined;
  readonly policy: Policy;
  /** Random, or the id of the reopened draft. A report sent twice is taken once. */
  readonly submission: string;
  readonly typed?: URLSearchParams | undefined;
  /** What it asks now. What the other parts have goes along. */
  readonly part?: ReportPart | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The revision of the last saved draft. */
  readonly revision?: number;
  /** When the server kept these words as a draft, a UTC instant. Absent where it has not. */
  readonly keptAt?: string;
  /** What stands above the form: why it is shown again. */
  readonly news?: Child;
}

/** `children[1].danger` → `Child 2, is the child in danger now?`. */
function labelInReport(path: string): string {
  const [, number, field] = /^children\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const name = (field ?? path).split('.')[0] || 'children';
  return number === undefined ? labelOf(name) : `Child ${Number(number) + 1}, ${labelOf(name)}`;
}

/** As they stand on the screen: what is asked of each child, and then of the call. */
const inOrderOfScreen = [start, ...['child', 'call'].flatMap((of) => chapters.filter((chapter) => chapter.of === of))];

/** The fields of the whole call by name. Those of the reporter stand by themselves. */
const ofCall: readonly Field[] = reportFields.flatMap((field) => (field.kind === 'group' ? field.fields : [field]));

/** In the order of the screen. Problems of no field come first. */
function inOrder(problems: readonly Problem[], count: number): readonly Problem[] {
  const children = [...Array(count).keys()];
  const dangers = children.flatMap((index) => ['danger', ...beside].map((name) => `children[${index}].${name}`));
  const paths = inOrderOfScreen.flatMap(({ id, of, fields }) => [
    ...(of === 'call' ? fields : children.flatMap((index) => fields.map((name) => `children[${index}].${name}`))),
    ...(id === start.id ? [...dangers, 'narrative'] : []),
  ]);
  const placeOf = ({ path }: Problem) => paths.findIndex((each) => path === each || path.startsWith(`${each}.`));
  return problems.toSorted((one, other) => placeOf(one) - placeOf(other));
}

interface Shown {
  readonly typed: URLSearchParams | undefined;
  readonly problems: readonly Problem[];
}

/** Beside these stands whether a child of this name was reported before. */
const tellingWho: readonly string[] = ['name', 'birthDate'];

/** The field as this screen asks it. A choice of the worker's own words where the child is the caller stands beside. */
function Asked({ fields, shown }: { readonly fields: readonly Field[]; readonly shown: Shown }) {
  const form = { id: 'report', ...shown };
  return (
    <>
      {fields.map((field) => {
        const name = field.path.replace(/^children\[\d+\]\./, '');
        const toChild = wordsToChild[name];
        const said = toChild !== undefined && (
          <p class="say to-child">
            <span>Say:</span> “{toChild}”
          </p>
        );
        return (
          <>
            <div class={`asked-field asked-${field.kind}`}>
              {said}
              {isAnswer(field) ? <AnswerRow field={field} form={form} /> : <Fields fields={[field]} form={form} />}
            </div>
            {tellingWho.includes(name) && (
              <div class="asked-alike" data-alike-of={field.path.slice(0, -name.length)} role="status" />
            )}
          </>
        );
      })}
    </>
  );
}

const fieldsIn = ({ of, fields }: Chapter, index: number): readonly Field[] => {
  const there = of === 'call' ? ofCall : childFields(index);
  const paths = of === 'call' ? fields : fields.map((name) => `children[${index}].${name}`);
  return paths.flatMap((path) => there.find((field) => field.path === path) ?? []);
};

function ChapterPart({
  chapter,
  index = 0,
  count,
  shown,
}: {
  readonly chapter: Chapter;
  readonly index?: number;
  readonly count: number;
  readonly shown: Shown;
}) {
  const { id, title, say, sayToChild, note, of } = chapter;
  const own = index === 0 ? id : `${id}-${index + 1}`;
  const child = of === 'child' && count > 1 ? `, child ${index + 1}` : '';
  return (
    <section class="chapter" id={own} aria-labelledby={`${own}-title`} tabindex={-1}>
      <h2 id={`${own}-title`}>
        {title}
        {child}
      </h2>
      {say !== undefined && (
        <p class={sayToChild === undefined ? 'say' : 'say to-adult'}>
          <span>Say:</span> “{say}”
        </p>
      )}
      {sayToChild !== undefined && (
        <p class="say to-child">
          <span>Say:</span> “{sayToChild}”
        </p>
      )}
      {note !== undefined && <p class="chapter-note">{note}</p>}
      <div class="chapter-fields">
        <Asked fields={fieldsIn(chapter, index)} shown={shown} />
      </div>
    </section>
  );
}

/** What a part asks of one more child, after the first. */
const OtherChild = ({
  asked,
  index,
  shown,
  isHidden = false,
}: {
  readonly asked: readonly Chapter[];
  readonly index: number;
  readonly shown: Shown;
  readonly isHidden?: boolean;
}) => (
  <section class="other-child" aria-label={`Child ${index + 1}`} data-child={String(index)} hidden={isHidden}>
    {asked
      .filter(({ of }) => of === 'child')
      .map((chapter) => (
        <ChapterPart chapter={chapter} index={index} count={2} shown={shown} />
      ))}
  </section>
);

/** Beside the story all the time: whether the child is in danger, and the town. The town chooses the number to call. */
const Danger = ({
  index,
  count,
  shown,
  isHidden = false,
}: {
  readonly index: number;
  readonly count: number;
  readonly shown: Shown;
  readonly isHidden?: boolean;
}) => {
  const danger = childFields(index).find(({ path }) => path.endsWith('.danger'));
  return danger ? (
    <div class="danger-row" data-child={String(index)} hidden={isHidden}>
      <AnswerRow
        field={{ ...danger, label: count > 1 ? `Is child ${index + 1} in danger now?` : danger.label, hint: undefined }}
        form={{ id: 'report', ...shown }}
      />
      <Asked fields={fieldsIn({ ...start, of: 'child', fields: beside }, index)} shown={shown} />
    </div>
  ) : null;
};

/**
 * Turns from child to child. The danger of those that are not shown stands on their buttons. Children are added and left out on the
 * page of the call.
 */
const Children = ({
  count,
  child,
  part,
  typed,
}: {
  readonly part: ReportPart;
  readonly count: number;
  readonly child: number;
  readonly typed: URLSearchParams | undefined;
}) => (
  <p class="form-parts" id="children-turned" hidden={count === 1}>
    {[...Array(count).keys()].map((index) => {
      const danger = typed?.get(`children[${index}].danger`);
      return index === child ? (
        <strong aria-current="step">Child {index + 1}</strong>
      ) : (
        <button class="usa-button usa-button--outline" type="submit" name="action" value={`child-${index}`}>
          Child {index + 1}, danger: {danger ? wordsInside(danger) : 'not asked'}
        </button>
      );
    })}
    {part === 'call' && (
      <button
        class="usa-button usa-button--unstyled"
        type="submit"
        name="action"
        value={`remove-${child}`}
        data-leave-out=""
        hidden={child === 0}
      >
        Leave out child {child + 1}
      </button>
    )}
  </p>
);

/** The duties that begin with the call. `when`: the answer that begins it. */
const running = [
  { rule: 'D3', words: 'Police: call now; the law’s latest is', when: 'danger-yes' },
  { rule: 'D1', words: 'Accept or decline by', when: 'always' },
  { rule: 'D6', words: 'Go to the child by', when: 'danger' },
  { rule: 'D12a', words: 'Police and NCMEC by', when: 'missing' },
] as const;

/** `begun`: when the call began, a UTC instant. */
function Clocks({ policy, begun, now }: { readonly policy: Policy; readonly begun: string; readonly now: string }) {
  return (
    <div class="call-clocks" data-clocks={now} data-begun={begun}>
      <p>
        Call: <time data-call-clock="">0:00</time>
      </p>
      {running.flatMap(({ rule: id, words, when }) => {
        const rule = findRule(policy, id);
        if (!rule) return [];
        const due = elapsedFrom(begun, rule.durationInDanger ?? rule.duration);
        return [
          <p class={`when-${when}`}>
            {words} <time data-due={due}>{clockTime(due, now)}</time>
          </p>,
        ];
      })}
    </div>
  );
}

const ToTellCallers = () => (
  <section class="tell" aria-labelledby="tell">
    <h3 id="tell">Tell the caller</h3>
    <ul class="usa-list">
      <li class="to-adult">Do not question the child. Do not confront anyone.</li>
      <li class="to-child">Call back only if the child said yes.</li>
      <li>Do not send, copy or delete images.</li>
      <li>Keep clothes and phone as they are.</li>
    </ul>
    <h3>Never ask</h3>
    <p>Why the child stayed. Whether the child agreed. What was done, in detail.</p>
  </section>
);

const Emergency = () => (
  <section class="emergency" aria-labelledby="emergency">
    <h3 id="emergency">
      <a class="numbers-number" href={telephoneLink(emergency.phone)}>
        {emergency.phone}
      </a>{' '}
      Dial now. Send help first.
    </h3>
    <p>Keep the caller on the line.</p>
  </section>
);

const Contents = ({
  asked,
  part,
  child,
}: {
  readonly asked: readonly Chapter[];
  readonly part: ReportPart;
  readonly child: number;
}) => (
  <nav class="chapters" aria-label="Chapters">
    <ul>
      {(part === 'call' ? [start, ...asked] : asked).map(({ id, title, of }) => (
        <li>
          <a
            href={`#${of === 'child' && child > 0 ? `${id}-${child + 1}` : id}`}
            data-of-child={of === 'child' ? id : undefined}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** The script copies the fields of this child for another one, and puts in that child's number. */
const nextChild = mostChildren;

export function CallScreen({
  frame,
  numbers,
  policy,
  submission,
  typed,
  part = 'call',
  problems = [],
  revision = Number(typed?.get('revision') ?? 0),
  keptAt,
  news,
}: CallScreenProps) {
  const unplaced = typed?.getAll('unplaced') ?? [];
  const count = typed ? childrenIn(typed) : 1;
  const shown = { typed, problems };
  const shownOf = (index: number) => ({ typed: typedOf(typed, index), problems });
  const others = [...Array(count).keys()].slice(1);
  const child = typed ? childShownIn(typed) : 0;
  const isFresh = problems.length === 0 && news === undefined;
  const begun = begunAt(typed, frame.now);
  // A field that is wrong is shown, so that its sentence stands beside it and the summary leads to it.
  const isWrong = (path: string) => problems.some((each) => each.path === path || each.path.startsWith(`${path}.`));
  const isHidden = (index: number) => index !== child && !isWrong(`children[${index}]`);
  const asked = chapters.filter(
    (chapter) =>
      chapter.part === part ||
      [0, ...others].some((index) => fieldsIn(chapter, index).some(({ path }) => isWrong(path))),
  );
  const isStart = part === 'call' || fieldsIn(start, 0).some(({ path }) => isWrong(path));
  const shownPaths = [
    ...(isStart ? start.fields : []),
    'narrative',
    ...[0, ...others].flatMap((index) => [
      ...['danger', ...beside].map((name) => `children[${index}].${name}`),
      ...asked.flatMap((chapter) => fieldsIn(chapter, index).map(({ path }) => path)),
    ]),
  ];
  const ownChild = asked.filter(({ of }) => of === 'child');
  const lastOfCall = asked.filter(({ of }) => of === 'call');
  const [key, writer] = [typed?.get('key') || submission, typed?.get('writer') || submission];
  return (
    // The line of other calls is never on the page of this one.
    <Page
      frame={{ ...frame, unanswered: undefined }}
      title={problems.length > 0 ? 'Please correct: new report' : 'New report'}
    >
      <ErrorSummary form="report" problems={inOrder(problems, count)} labelAt={labelInReport} />
      <h1>New report</h1>
      <form
        class="usa-form call-screen"
        id="call-screen"
        method="post"
        action={`${frame.base}/reports`}
        novalidate
        data-draft={`${frame.base}/drafts/save`}
        data-secret={`${frame.base}/drafts/secret`}
        data-open={`${frame.base}/drafts/open`}
        data-alike={`${frame.base}/search/alike`}
        data-new={`${frame.base}/reports/new`}
        data-address={sentAddress(frame.base, key, writer)}
        data-fresh={isFresh ? 'yes' : 'no'}
      >
        <Token frame={frame} />
        <input type="hidden" name="revision" value={String(revision)} />
        <input type="hidden" name="writer" value={writer} />
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="begun" value={begun} />
        <input type="hidden" name="children" value={String(count)} />
        <input type="hidden" name="child" value={String(child)} />
        <input type="hidden" name="part" value={part} />
        {unplaced.map((line) => (
          <input type="hidden" name="unplaced" value={line} />
        ))}
        {carriedIn(typed, shownPaths).map(([name, value]) => (
          <input type="hidden" name={name} value={value} data-carried="" />
        ))}
        <datalist id="towns">
          {towns.map(({ name, office }) => (
            <option value={name} data-office={office} />
          ))}
        </datalist>
        {/* Without a script, Enter presses the first button of a form. It must not send a report that is half written. */}
        <button class="usa-sr-only" type="submit" name="action" value="keep" tabindex={-1}>
          Keep what I wrote
        </button>
        <div class="call-start">
          {isStart && <ChapterPart chapter={start} count={count} shown={shown} />}
          {part !== 'call' && <PartButtons parts={reportParts} shown={part} class="report-parts" />}
        </div>
        <div class="call-pad">
          {[0, ...others].map((index) => (
            <Danger index={index} count={count} shown={shownOf(index)} isHidden={isHidden(index)} />
          ))}
          <Children count={count} child={child} part={part} typed={typed} />
          <Emergency />
          <NumbersToCall view={numbers} now={frame.now} readerId={frame.visitor?.id} />
          <div class="story" id="story">
            <Asked fields={fieldsIn({ ...start, fields: ['narrative'] }, 0)} shown={shown} />
          </div>
          <Contents asked={asked} part={part} child={child} />
          <ToTellCallers />
        </div>
        <div class="call-rest">
          {/* News of an old draft or of another report never stands above the danger question. */}
          {news}
          <UnsentReports frame={frame} numbers={numbers} />
          {unplaced.length > 0 && (
            <Alert kind="warning" heading="Said elsewhere, without a place in this form">
              <p>Put each line where it belongs. The draft keeps the lines. The report that you send does not.</p>
              <ul class="usa-list">
                {unplaced.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            </Alert>
          )}
          <div data-child="0" hidden={isHidden(0)}>
            {ownChild.map((chapter) => (
              <ChapterPart chapter={chapter} count={count} shown={shownOf(0)} />
            ))}
          </div>
          {others.map((index) => (
            <OtherChild asked={asked} index={index} shown={shownOf(index)} isHidden={isHidden(index)} />
          ))}
          {part === 'call' && count < mostChildren && (
            <p class="add-child">
              <button
                class="usa-button usa-button--outline"
                type="submit"
                name="action"
                value="add"
                id="add-child"
                data-next={String(nextChild)}
                data-shared={sharedFields.join(' ')}
              >
                Add another child
              </button>
            </p>
          )}
          {lastOfCall.map((chapter) => (
            <ChapterPart chapter={chapter} count={count} shown={shown} />
          ))}
          <PartButtons parts={reportParts} shown={part} class="report-parts" />
        </div>
        <div class="call-bar">
          <Clocks policy={policy} begun={begun} now={frame.now} />
          <p class="states">
            <span id="draft-state" role="status">
              {keptAt !== undefined
                ? `Kept as a draft, ${clockTime(keptAt, frame.now)}.`
                : typed
                  ? 'On this page only so far. Write on, and it is kept as a draft.'
                  : 'Nothing is written yet.'}
            </span>{' '}
            <strong id="send-state" role="status" />
          </p>
          <noscript>
            <button class="usa-button usa-button--outline" type="submit" name="action" value="keep">
              Keep what I wrote
            </button>
            <p>Your browser runs no script. Clocks do not run, and nothing is kept until you press a button.</p>
          </noscript>
          {/* The script shows it when a save is refused because another window changed the draft. */}
          <button class="usa-button" type="submit" id="draft-both" formaction={`${frame.base}/drafts/both`} hidden>
            Keep my words, and show me the others
          </button>
          <button class="usa-button" type="submit" name="action" value="send" id="send-report">
            Send the report
          </button>
        </div>
      </form>
      <template id="next-child-danger">
        <Danger index={nextChild} count={2} shown={{ typed: undefined, problems: [] }} />
      </template>
      <template id="next-child">
        <OtherChild asked={asked} index={nextChild} shown={{ typed: undefined, problems: [] }} />
      </template>
    </Page>
  );
}

/**
 * When the call began. A form that comes back goes on with its clock, and a draft with that of its first word.
 * The time of call counts where the person gave an earlier one. A time that is none, or to come, is now.
 */
const begunAt = (typed: URLSearchParams | undefined, now: string): string => {
  const begun = typed?.get('begun') ?? '';
  const read = newYorkInstant(typed?.get('receivedAt') ?? '');
  return [
    now,
    ...(instant.safeParse(begun).success ? [begun] : []),
    ...('instant' in read ? [read.instant] : []),
  ].reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
};

/** A child that was just added has its presets, like a new form. What it shares with the first is there. */
const typedOf = (typed: URLSearchParams | undefined, index: number) =>
  typed && [...typed.keys()].some((name) => name.startsWith(`children[${index}]`)) ? typed : undefined;
