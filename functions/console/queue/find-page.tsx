/** The search for referrals by facts that identify no child. */
import type { Child } from 'hono/jsx';
import { isOneOf, seesEveryReferral } from '../../../shared/application/access/visitor.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import type { SearchLine } from '../../../shared/contracts/lists.ts';
import { hasDue } from '../../../shared/domain/board/board-rows.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { Day, FilterForm, Select, Tick } from './filter-line.tsx';
import { addressOf, type Chosen, regionChoice, regionWords, stageChoice } from './filter-words.ts';
import { DutyWords, officeWords } from './queue-rows.tsx';

export interface FindPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly chosen: Chosen;
  /** Absent where the chosen filters cannot be used. */
  readonly found?: { readonly referrals: readonly SearchLine[]; readonly next?: string };
  readonly problems: readonly string[];
}

export const FindPage = ({ frame, policy, chosen, found, problems }: FindPageProps) => (
  <Page frame={frame} title="All referrals">
    {problems.length > 0 && (
      <Alert kind="error" heading="Not looked for">
        {problems.join(' ')}
      </Alert>
    )}
    <h1>All referrals</h1>
    <p>Referrals of every stage in your area. To open one by its reference or a receipt, type it at the top.</p>
    <FilterForm action={`${frame.base}/referrals`}>
      <Select choice={stageChoice} chosen={chosen} />
      <Select choice={regionChoice} chosen={chosen} />
      <Day name="from" label="Reported from" chosen={chosen} />
      <Day name="to" label="Reported until" chosen={chosen} />
      <Tick name="overdue" label="Overdue only" chosen={chosen} />
      <Tick name="bounced" label="Undelivered alerts" chosen={chosen} />
    </FilterForm>
    {found && <Found frame={frame} policy={policy} found={found} chosen={chosen} />}
  </Page>
);

/** The order of the search: open ones first unless a day was asked for, then overdue ones. */
const isByHarm = ({ overdue, bounced, stage, from, to }: Chosen): boolean =>
  bounced !== 'yes' && (overdue === 'yes' || (stage === 'open' && !from && !to));

function Found({ frame, policy, found, chosen }: Required<Omit<FindPageProps, 'problems'>>) {
  const { referrals, next } = found;
  return (
    <>
      {referrals.length === 0 ? (
        <p>{next === undefined ? 'None was found.' : 'None was found so far. Look on with the next page.'}</p>
      ) : (
        <Table
          caption={isByHarm(chosen) ? 'Found, most urgent first' : 'Found, the newest report first'}
          heads={['Referral', 'Stage', 'Reported', 'Region and office', 'Screening outcome', 'Do first', 'Due']}
          rows={referrals.map((line): readonly Child[] => [
            <a class="reference" href={`${frame.base}/referrals/${line.referralId}`}>
              {line.referralId}
            </a>,
            words(line.stage),
            line.receivedAt === undefined ? '–' : formatInstant(line.receivedAt),
            line.office === undefined
              ? regionWords(line.region)
              : `${regionWords(line.region)}, ${officeWords(line.office)}`,
            line.outcome === undefined && line.danger === undefined ? '–' : words(line.outcome ?? 'not screened yet'),
            <DutyWords {...line.about} rule={line.rule} missing={line.missing} policy={policy} />,
            line.due !== undefined && hasDue({ due: line.due }) ? (
              <DueTime due={line.due} now={frame.now} short />
            ) : (
              '–'
            ),
          ])}
        />
      )}
      {next !== undefined && (
        <p>
          <a href={addressOf(`${frame.base}/referrals`, chosen, { after: next })} rel="next">
            Next page of what was found
          </a>
        </p>
      )}
    </>
  );
}

/** What the box at the top could not find by, and where to go on. */
export const NotFoundByPage = ({ frame }: { readonly frame: Frame }) => {
  const { base, visitor } = frame;

  const isStaff = visitor !== undefined && isOneOf(visitor, searchers);
  const heading = isStaff ? 'Nothing that is open to you has this number' : 'Nothing has this reference';
  return (
    <Page frame={frame} title={heading}>
      <h1>{heading}</h1>
      {isStaff ? (
        <>
          <p>Check each character with what you were told. Type one of these:</p>
          <ul class="usa-list">
            <li>
              A reference, such as CR-7F3KD-9QXMTQ: five characters in a row are enough, from its start or its end.
            </li>
            <li>A receipt, such as RC-4K7QX-M2D8A1: all of it. A part of a receipt finds nothing.</li>
            <li>A case number of the police, as the record of the notice has it.</li>
          </ul>
          <p>Or look another way:</p>
        </>
      ) : (
        <p>A reference looks like CR-7F3KD-9QXMTQ. Check each character: one of them is wrong or missing.</p>
      )}
      <ul class="usa-list">
        {isStaff && (
          <li>
            <a href={`${base}/search`}>Search by name</a>
          </li>
        )}
        {visitor && seesEveryReferral(visitor) ? (
          <li>
            <a href={`${base}/referrals`}>All referrals, by stage, region or day</a>
          </li>
        ) : (
          <li>
            <a href={`${base}/`}>Your referrals</a>
          </li>
        )}
      </ul>
    </Page>
  );
};

/** A receipt stands for a report, which may be about more than one child. So may a case of the police. */
export const SeveralFoundPage = ({
  frame,
  referralIds,
}: {
  readonly frame: Frame;
  readonly referralIds: readonly string[];
}) => (
  <Page frame={frame} title="Several referrals have this number">
    <h1>Several referrals have this number</h1>
    <p>A report or a case of the police may be about more than one child. Open each.</p>
    <ul class="usa-list">
      {referralIds.map((id) => (
        <li>
          <a class="reference" href={`${frame.base}/referrals/${id}`}>
            {id}
          </a>
        </li>
      ))}
    </ul>
  </Page>
);
