/** `docs/measures.md`: what each measure counts, of what, and what it leaves out. */
import { disclosure } from '../policy/disclosure.ts';
import { calendars } from '../reports/calendars.ts';
import { federalMeasures, fewestForShare, type Measure, measures, measuresVersion } from '../reports/measures.ts';
import { mondayMeasures } from '../reports/monday.ts';
import { practiceWords, scoreMeasures } from '../reports/scorecard.ts';

const kinds: Readonly<Record<Measure['kind'], string>> = {
  count: 'Counts',
  share: 'Shares',
  time: 'Times to a stage, in hours since receipt',
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const tableOf = (heading: string, list: readonly Measure[]): readonly string[] => [
  `## ${heading}`,
  '',
  '| Measure | In words | Counts | Of | Left out | Source |',
  '|---|---|---|---|---|---|',
  ...list.map(({ id, words, numerator, denominator, exclusions, source, confidence }) => {
    const cells = [`\`${id}\``, words, numerator, denominator, exclusions, `${source} (${confidence})`];
    return `| ${cells.map(cell).join(' | ')} |`;
  }),
  '',
];

/** The text of the document, made of the measures. */
export const measuresDocument = (): string =>
  [
    '# Measures',
    '',
    `Made by \`npm run describe\` from the measures of version ${measuresVersion} (\`shared/reports/measures.ts\`). Do not edit it.`,
    '',
    'Every figure belongs to the New York day on which the referral was received. It says its measure, version, period and',
    'watermark, and is made again to the same value from the ledger. `npm run reports` prints it.',
    '',
    `- Below ${fewestForShare} cases there is no percentage and no quantile: the cases are named.`,
    '- Shares have Wilson intervals, and differences have Newcombe intervals, at 95 in 100.',
    '- No figure has a sealed referral. Those who may see them add them to the yearly returns by hand.',
    `- Who cannot open the cases reads the yearly figures alone: children of a ${disclosure.calendar} year that has ended, as they were`,
    `  at its end. Each number is a span of ${disclosure.fewest}, and none is of fewer children (${disclosure.confidence}).`,
    '',
    '## Monday',
    '',
    'How the work stands at an instant, and a week before.',
    '',
    '| Figure | In words | Counts | Left out |',
    '|---|---|---|---|',
    ...mondayMeasures.map(({ id, words, counts, leftOut }) => `| \`${id}\` | ${words} | ${counts} | ${leftOut} |`),
    '',
    '## Calendars',
    '',
    '| Calendar | Begins on | A year is named by |',
    '|---|---|---|',
    ...Object.values(calendars).map(
      ({ words, begins, namedByEnd }) =>
        `| ${words} | ${begins} | the year in which it ${namedByEnd ? 'ends' : 'begins'} |`,
    ),
    '',
    ...(['count', 'share', 'time'] as const).flatMap((kind) =>
      tableOf(
        kinds[kind],
        measures.filter((measure) => measure.kind === kind),
      ),
    ),
    ...tableOf('The federal total, of federal fiscal years alone', federalMeasures),
    '## Scorecard',
    '',
    'Five practices, with three computed measures each. The aims are assumptions of this project.',
    '',
    '| Measure | Practice | In words | Counts |',
    '|---|---|---|---|',
    ...scoreMeasures.map(
      ({ id, practice, words, counts }) => `| \`${id}\` | ${practiceWords[practice]} | ${words} | ${cell(counts)} |`,
    ),
    '',
  ].join('\n');
