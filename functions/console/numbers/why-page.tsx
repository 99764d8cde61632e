/** Why a figure is what it is: its definition, its watermark, and the referrals in it. */
import { type Behind, isMonday, type Listed, mostListed } from '../../../shared/application/read/reports.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { measuresVersion } from '../../../shared/reports/measures.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { cellWords, marginWords, nameWords, partWords, splitWords } from './number-words.ts';
import { NumbersSide } from './numbers-frame.tsx';

const figureText = ({ figure, count }: Behind): string =>
  figure === undefined
    ? String(count)
    : [cellWords(figure), marginWords(figure)].filter((text) => text !== '').join(' · ');

/** The rows of the definition: what is counted, of what, and what is left out. */
function definition({ measure, asOf, figure, by, part }: Behind): readonly (readonly [string, string])[] {
  const head = [
    ['This number', ''],
    ...(by !== undefined && part !== undefined ? [[splitWords[by], partWords(by, part)]] : []),
    ...(figure === undefined ? [] : [['Period', nameWords(figure.period)]]),
    ['As of', formatInstant(asOf)],
  ] as [string, string][];
  const counted = isMonday(measure)
    ? [
        ['What counts', measure.counts],
        ['Left out', measure.leftOut],
      ]
    : [
        ['What counts', measure.numerator],
        ['Of', measure.denominator],
        ['Left out', measure.exclusions],
        ['Source', `${measure.source} (${measure.confidence})`],
        ['Definition', `${measure.id}, version ${measuresVersion}`],
      ];
  return [...head.slice(1), ...(counted as [string, string][])];
}

const References = ({
  base,
  title,
  list,
}: {
  readonly base: string;
  readonly title: string;
  readonly list: readonly string[];
}) =>
  list.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul class="usa-list numbers-references">
        {list.map((id) => (
          <li>
            <a class="reference" href={`${base}/referrals/${id}`}>
              {id}
            </a>
          </li>
        ))}
      </ul>
    </>
  );

export interface Cases {
  readonly counting: Listed;
  readonly others: Listed;
}

export function WhyPage({
  frame,
  found,
  cases,
  address,
}: {
  readonly frame: Frame;
  readonly found: Behind;
  /** Undefined where the reader has not said yet that they review the work. */
  readonly cases?: Cases | undefined;
  /** Where the form sends: this page. */
  readonly address: string;
}) {
  const { base } = frame;
  const { measure, figure, counting, others } = found;
  const isTime = figure?.kind === 'time';
  const more = counting.length > mostListed || others.length > mostListed;
  const closed = (cases?.counting.closed ?? 0) + (cases?.others.closed ?? 0);
  return (
    <Page frame={frame} title="Why this number?" side={<NumbersSide frame={frame} here="why" />}>
      <h1>Why this number?</h1>
      <p class="numbers-why">
        {measure.words}: <strong>{figureText(found)}</strong>
      </p>
      <SummaryList pairs={definition(found)} />
      {figure?.kind === 'share' && figure.share === undefined && (
        <p>
          Fewer than 20 cases: there is no percentage. One case more or less would change it by five points or more.
        </p>
      )}
      {figure?.kind === 'share' && figure.interval && (
        <p>The range is the 95% interval of Wilson. With more cases it becomes narrower.</p>
      )}
      {isTime && (
        <p>
          Half of all reached the stage within this time, by the estimator of Aalen and Johansen. A referral that ended
          otherwise never counts as reached.
        </p>
      )}
      <h2>The referrals in it</h2>
      {counting.length + others.length === 0 && <p>No referral that can be named is in this number.</p>}
      {counting.length + others.length > 0 && !cases && (
        <form method="post" action={address}>
          <Token frame={frame} />
          <p>
            This list tells a fact about each child. Show it if you review how the work was handled. Each read is
            recorded in the audit of the referral.
          </p>
          <button class="usa-button" type="submit">
            Show the list and record my review
          </button>
        </form>
      )}
      {cases && (
        <>
          <References
            base={base}
            title={isTime ? 'Still waiting, the longest first' : 'They count'}
            list={cases.counting.referrals}
          />
          <References
            base={base}
            title={isTime ? 'No longer waiting' : 'They are of the whole, and do not count'}
            list={cases.others.referrals}
          />
          {closed > 0 && <p>{closed} more are not open to you.</p>}
          {more && <p>The first {mostListed} of each list are here. The file of the page has every number.</p>}
          <p class="small">Restricted referrals are named in no list.</p>
        </>
      )}
    </Page>
  );
}
