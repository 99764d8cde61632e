/** The page that a director opens on a Monday: how the work stands now, against a week before. */
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { regions } from '../../../shared/policy/places/geography.ts';
import type { LoadOfWeeks } from '../../../shared/reports/load.ts';
import { type MondayFigure, mondayMeasures } from '../../../shared/reports/monday.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { regionWords, whyAddress } from './number-words.ts';
import { NumbersSide, Watermark } from './numbers-frame.tsx';

export interface Monday {
  readonly asOf: string;
  readonly figures: readonly MondayFigure[];
  readonly overdue: readonly { readonly rule: string; readonly count: number }[];
  readonly load?: LoadOfWeeks | undefined;
}

const wordsOf = (id: string): string => mondayMeasures.find((measure) => measure.id === id)?.words ?? id;

const changeWords = (now: number, before: number): string => {
  if (now === before) return 'the same';
  return now > before ? `${now - before} more` : `${before - now} fewer`;
};

/** What the mail of the program costs its own people. */
export const loadRows = (load: LoadOfWeeks | undefined): readonly (readonly string[])[] =>
  load === undefined
    ? []
    : (
        [
          ['p50', 'Interruptions of a person in a shift, at most in half of the shifts'],
          ['p95', 'The same, in 95 of 100 shifts'],
        ] as const
      ).map(([each, said]) => {
        const [now, before] = [load.now[each], load.weekBefore[each]];
        return [said, String(now), String(before), changeWords(now, before)];
      });

const rulesShown = 6;

const shortNames: Readonly<Record<string, string>> = {
  'monday-not-seen': 'Not seen yet',
  'monday-overdue-law': 'Law overdue',
  'monday-no-bed': 'No bed',
  'monday-unmet': 'Unmet need',
};

export function MondayPage({
  frame,
  policy,
  monday: { asOf, figures, overdue, load },
}: {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly monday: Monday;
}) {
  const { base } = frame;
  const placed = figures.filter(({ measure }) => measure !== 'monday-new');
  const places = [...regions.map(({ id }) => String(id)), 'unknown'];
  const worst = figures
    .filter(({ measure, count, weekBefore }) => measure !== 'monday-new' && count > weekBefore)
    .toSorted((one, other) => other.count - other.weekBefore - (one.count - one.weekBefore))[0];
  return (
    <Page frame={frame} title="Monday" side={<NumbersSide frame={frame} here="monday" />}>
      <h1>Monday</h1>
      <p>How does the work stand now, and what changed in a week?</p>
      <Watermark asOf={asOf} />
      <p>
        <strong>
          {worst
            ? `Grew most since last week: ${wordsOf(worst.measure).toLowerCase()}, ${changeWords(worst.count, worst.weekBefore)}.`
            : 'Nothing on this page grew since last week.'}
        </strong>
      </p>
      <Table
        caption="Now, and a week before"
        heads={['What', 'Now', 'A week before', 'Change']}
        rows={[
          ...figures.map(({ measure, count, weekBefore }) => [
            wordsOf(measure),
            <a href={whyAddress(base, { measure })} aria-label={`${count}: why this number?`}>
              {count}
            </a>,
            String(weekBefore),
            changeWords(count, weekBefore),
          ]),
          ...loadRows(load),
        ]}
        numbers
      />
      <p class="small">
        The home page counts referrals, each once. Here each duty of law and each child counts. Restricted referrals are
        left out here.
      </p>
      <h2>Where</h2>
      <Table
        caption="By region, now"
        heads={['Region', ...placed.map(({ measure }) => shortNames[measure] ?? wordsOf(measure))]}
        rows={places
          .filter((region) => region !== 'unknown' || placed.some(({ byRegion }) => byRegion[region] !== undefined))
          .map((region) => [regionWords(region), ...placed.map(({ byRegion }) => String(byRegion[region] ?? 0))])}
        numbers
      />
      {overdue.length > 0 && (
        <>
          <h2>Overdue duties of law</h2>
          <Table
            caption="By duty, the most first"
            heads={['Duty', 'Overdue']}
            rows={overdue
              .slice(0, rulesShown)
              .map(({ rule, count }) => [findRule(policy, rule)?.obligation ?? rule, String(count)])}
            numbers
          />
        </>
      )}
      <p class="numbers-files">
        The same figures as a file: <a href={`${base}/numbers/monday/csv`}>CSV for a spreadsheet</a> ·{' '}
        <a href={`${base}/numbers/monday/json`}>JSON</a>
      </p>
    </Page>
  );
}
