/** The rows of the queue: the child's state, the worst duty, the next one, who it waits on, and where. */
import type { Child } from 'hono/jsx';
import { versionOf } from '../../../shared/application/read/row-version.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { hasDue } from '../../../shared/domain/board/board-rows.ts';
import { titleOfDuty } from '../../../shared/domain/calls/call-words.ts';
import type { DutyAbout } from '../../../shared/domain/calls/duty-about.ts';
import { shortDate } from '../../../shared/domain/core/local-time.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle, memberDutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Tag } from '../app/components/tag.tsx';
import type { Frame } from '../app/frame.tsx';
import { recipientWords } from '../app/page-words.ts';
import type { Order } from './filter-words.ts';

/** The heads of the columns. `sorts`: the orders that a press on the head gives, in turn. */
const heads: readonly { readonly words: string; readonly sorts?: readonly Order[] }[] = [
  { words: 'Referral and child' },
  { words: 'Do first', sorts: ['harm'] },
  { words: 'Due next', sorts: ['due'] },
  { words: 'Waits for', sorts: ['waits-on'] },
  { words: 'Office', sorts: ['office'] },
  { words: 'Received', sorts: ['newest', 'oldest'] },
];
/** Auditors see the pathway alone. */
const labelsOf = (works: boolean): readonly string[] =>
  heads.map(({ words: label }, index) => (index === 0 && !works ? 'Referral' : label));

/** What `aria-sort` says of a column that is sorted so. The order by harm is neither up nor down. */
const sortedAs: Readonly<Record<Order, 'ascending' | 'descending' | 'other'>> = {
  harm: 'other',
  due: 'ascending',
  'waits-on': 'ascending',
  office: 'ascending',
  newest: 'descending',
  oldest: 'ascending',
};
const arrows = { ascending: '▲', descending: '▼', other: '▼' } as const;

/** Where each head of a column leads. */
export interface Sorting {
  readonly now: Order;
  readonly offered: readonly Order[];
  readonly addressOf: (order: Order) => string;
}

/** The head of a column, which sorts the list by it where that is offered. */
function Head({
  label,
  sorts = [],
  by,
}: {
  readonly label: string;
  readonly sorts?: readonly Order[];
  readonly by?: Sorting | undefined;
}) {
  const offered = sorts.filter((order) => by?.offered.includes(order));
  const [first] = offered;
  if (!by || first === undefined) return <th scope="col">{label}</th>;
  const here = offered.indexOf(by.now);
  const next = offered[here + 1] ?? first;
  return (
    <th scope="col" aria-sort={here === -1 ? undefined : sortedAs[by.now]}>
      <a href={by.addressOf(next)}>{label}</a>
      {here !== -1 && <span aria-hidden="true"> {arrows[sortedAs[by.now]]}</span>}
    </th>
  );
}

/** A duty as people say it on the telephone. */
export function DutyWords({
  rule,
  policy,
  asMember = false,
  ...about
}: DutyAbout & {
  readonly rule: string | undefined;
  readonly policy: Policy;
  /** Whether the reader only holds a seat of the team. */
  readonly asMember?: boolean;
}) {
  if (rule === undefined) return <>Nothing is due</>;
  const known = findRule(policy, rule);
  const own = asMember && known ? memberDutyTitle(known) : undefined;
  return <>{own ?? (known ? titleOfDuty(known, about) : 'A duty')}</>;
}

export const isPaused = (until: string | undefined, now: string): until is string =>
  until !== undefined && Date.parse(until) > Date.parse(now);

/** The first thing that a worker looks for: whether the child is in danger or missing, and how old. */
export const ChildTags = ({
  row,
  now,
}: {
  readonly row: Pick<BoardRow, 'danger' | 'missing' | 'ageBand' | 'pausedUntil'>;
  readonly now: string;
}) => {
  const { danger, missing, ageBand, pausedUntil } = row;

  return (
    <>
      {danger === 'yes' && <Tag kind="danger">In danger</Tag>} {missing === true && <Tag kind="missing">Missing</Tag>}{' '}
      {danger === 'unknown' && <Tag kind="plain">Danger unknown</Tag>}{' '}
      {ageBand !== undefined && (
        <span class="small">{ageBand === 'not-known' ? 'Age not known' : `Age ${wordsInside(ageBand)}`}</span>
      )}
      {isPaused(pausedUntil, now) && <strong class="row-note">{doNotContact(pausedUntil)}</strong>}
    </>
  );
};

export const officeWords = (office: string | undefined): string =>
  offices.find(({ id }) => id === office)?.name ?? office ?? 'Not known yet';

export function Place({ row: { office, responseOffice } }: { readonly row: BoardRow }) {
  return (
    <>
      {officeWords(office)}
      {responseOffice !== undefined && responseOffice !== office && `, response by ${officeWords(responseOffice)}`}
    </>
  );
}

export const Due = ({ row: { due }, now }: { readonly row: Pick<BoardRow, 'due'>; readonly now: string }) =>
  hasDue({ due }) ? (
    <span data-left>
      <DueTime due={due} now={now} short />
    </span>
  ) : (
    <>–</>
  );

/** How far the work is: the outcome of the screening, or how the referral ended. */
function stageWords({ stage, outcome, danger }: BoardRow): string {
  if (stage !== 'open') return `${words(stage)}: a duty of law is still open`;
  // An auditor of another office may have this row too, without its outcome.
  return outcome === undefined && danger === undefined ? 'Open' : words(outcome ?? 'not screened yet');
}

const capWords = (rule: string, policy: Policy): string => {
  const known = findRule(policy, rule);
  return known ? dutyTitle(known) : 'a duty';
};

function DoFirst({ row, now, policy }: { readonly row: BoardRow; readonly now: string; readonly policy: Policy }) {
  const { rule, about, missing, missed, atCap = [] } = row;
  return (
    <>
      <DutyWords {...about} rule={rule} missing={missing} policy={policy} />
      <span class="row-note">
        <Due row={row} now={now} />
        {missed > 1 && <span class="small"> · {missed} missed</span>}
      </span>
      {atCap.length > 0 && (
        <span class="small row-note">
          The limit of e-mails to one person is reached:{' '}
          {atCap.map((each) => inside(capWords(each, policy))).join(', ')}
        </span>
      )}
    </>
  );
}

function DueNext({ row, now, policy }: { readonly row: BoardRow; readonly now: string; readonly policy: Policy }) {
  const { nextRule, nextRuleDue, nextAbout, missing } = row;
  if (nextRule === undefined || nextRuleDue === undefined) return <>–</>;
  return (
    <>
      <DutyWords {...nextAbout} rule={nextRule} missing={missing} policy={policy} />
      <span class="row-note">
        <Due row={{ due: nextRuleDue }} now={now} />
      </span>
    </>
  );
}

const waitsWords = ({ waitsOn = [], owner }: BoardRow): string => {
  const said = waitsOn.map((each) => inside(recipientWords(each)));
  const all = said.length > 0 ? said : owner === undefined ? [] : [wordsInside(owner.split('@')[0] ?? '')];
  return all.length === 0 ? '–' : `${all.join(', ')}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface RowsProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly rows: readonly BoardRow[];
  /** Whether the reader works on referrals. Others see the pathway alone. */
  readonly works: boolean;
  /** What stands in the place of rows where there are none. */
  readonly none: string;
}

/** The rows alone, which the page asks for again while it is open. */
export function QueueRows({ frame, policy, rows, works, none }: RowsProps) {
  const { base, now } = frame;
  const labels = labelsOf(works);
  if (rows.length === 0) {
    return (
      <tr>
        <td colspan={labels.length}>{none}</td>
      </tr>
    );
  }
  return (
    <>
      {rows.map((row) => {
        const cells: readonly Child[] = [
          <DoFirst row={row} now={now} policy={policy} />,
          <DueNext row={row} now={now} policy={policy} />,
          capital(waitsWords(row)),
          <Place row={row} />,
          <>
            <span class="received">{row.receivedAt === undefined ? '–' : shortDate(row.receivedAt, now)}</span>
            <span class="small row-note">{stageWords(row)}</span>
          </>,
        ];
        return (
          <tr data-row={row.id} data-version={versionOf(row)}>
            <th scope="row">
              <a class="reference" href={`${base}/referrals/${row.referralId}`}>
                {row.referralId}
              </a>
              {works && (
                <span class="row-note">
                  <ChildTags row={row} now={now} />
                </span>
              )}
            </th>
            {cells.map((cell, index) => (
              <td data-label={labels[index + 1]}>{cell}</td>
            ))}
          </tr>
        );
      })}
    </>
  );
}

/**
 * `live`: the address of the rows of this very list. Without it the table stays as it is. `heading`: the words of the heading
 * above it, which then needs no caption.
 */
export const QueueTable = ({
  caption,
  heading,
  live,
  etag,
  sorting,
  ...rows
}: RowsProps & {
  readonly caption?: string;
  readonly heading?: string;
  readonly live?: string;
  readonly etag?: string;
  readonly sorting?: Sorting;
}) => (
  <section class="scroll" tabindex={0} aria-label={caption ?? 'Rows of the queue'}>
    <table class="usa-table usa-table--borderless usa-table--stacked-header queue" aria-label={heading}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {labelsOf(rows.works).map((label, index) => (
            <Head label={label} sorts={heads[index]?.sorts ?? []} by={sorting} />
          ))}
        </tr>
      </thead>
      <tbody {...(live !== undefined && { 'data-live': live, 'data-etag': etag })}>
        <QueueRows {...rows} />
      </tbody>
    </table>
  </section>
);
