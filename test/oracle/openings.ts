/** Which clocks a history opens, by the texts alone. Nothing here imports the product. */
import { ageSpans18, type DecisionFacts, oracleRow } from './decision.ts';

type Known = boolean | 'unknown';

/** The facts of a report and of the first days that decide which clocks run. */
export type Vignette = DecisionFacts & {
  readonly reporter: 'mandated' | 'other' | 'anonymous';
  /** How the report came. Only an oral one is to be followed by a written one. */
  readonly channel: 'oral' | 'electronic' | 'unknown';
  readonly missing: 'no' | 'missing' | 'returned';
  readonly foreignNational: Known;
  readonly tribe: Known;
  /** Whether an alleged person works for a licensed facility, or for a school. */
  readonly licensedFacility: Known;
  readonly school: Known;
  /** In the agency's placement, care or supervision. */
  readonly responsibility: Known;
  /** Hours from the last assault to the report, or unknown. */
  readonly assaultHours: number | 'unknown' | 'none-known';
  readonly track: 'investigation' | 'assessment' | 'information-only';
};

const THIRD_PARTY = new Set<string>(['third-party', 'unknown']);
const WINDOW_HOURS = 120;
const when = (holds: boolean, ...rules: string[]): readonly string[] => (holds ? rules : []);

/** Whether a person is alleged who is no caregiver, or whose relation is not known. */
const anyThirdParty = ({ perpetrators }: Vignette): boolean =>
  perpetrators.some((relation) => THIRD_PARTY.has(relation));

/** The clock of the exam goes by the window. Where no assault is known there is none. */
function examClocks({ assaultHours }: Vignette): readonly string[] {
  if (assaultHours === 'none-known') return [];
  return assaultHours !== 'unknown' && assaultHours > WINDOW_HOURS ? ['D17b'] : ['D17'];
}

/** The plan before eighteen is asked for once the date of birth is known: law for a child in care, policy for every other. */
const isSeventeen = ({ age: [least, greatest] }: Vignette): boolean => least === 17 && greatest === 17;

/** A known client of DCF is served under the existing plan until 21. */
const isKnownClient = ({ age, client, custody }: Vignette): boolean =>
  age[0] <= 20 && (client === true || custody === true);

/** The clocks that a report opens once it is classified on its track. */
export const openedByReport = (facts: Vignette): readonly string[] => [
  'D1',
  ...when(facts.reporter === 'mandated' && facts.channel !== 'electronic', 'D2'),
  'D3',
  ...when(anyThirdParty(facts), 'D4'),
  facts.danger === 'no' ? 'D7' : 'D6',
  'D8',
  'D9',
  ...when(facts.missing !== 'no', 'D12a', 'D12b', 'D45'),
  ...when(facts.missing === 'returned', 'D13'),
  ...examClocks(facts),
  ...when(facts.track === 'investigation', 'D18'),
  'D21',
  ...when(facts.track === 'investigation', 'D24'),
  'D24a',
  ...when(facts.foreignNational === true && facts.age[0] < 18, 'D27'),
  ...when(facts.age[0] >= 18 && !isKnownClient(facts), 'D30'),
  ...when(facts.track === 'investigation' && facts.age[0] < 18, 'D38', 'D38a'),
  ...when(facts.track === 'assessment' && facts.age[0] < 18, 'D38c'),
  ...when(facts.missing !== 'missing', 'D39'),
  ...when(facts.licensedFacility === true, 'D41a'),
  ...when(facts.school === true, 'D41b'),
  ...when(facts.licensedFacility === true || facts.school === true, 'D41e'),
  // Notice to a tribe is of a proceeding. A child in custody has one.
  ...when(facts.tribe === true && facts.custody === true && facts.age[0] < 18, 'D42', 'D42a'),
];

/** The clocks that the outcome of the screening opens beside those of the report. The clocks of services stand apart. */
export const openedByScreening = (facts: Vignette): readonly string[] => {
  const likely = facts.outcome === 'confirmed' || facts.outcome === 'high-risk';
  return [
    ...when(facts.outcome === 'confirmed' && facts.responsibility !== false, 'D5'),
    ...when(likely, 'D10'),
    ...when(ageSpans18(facts.age), 'D10a'),
    ...when(isSeventeen(facts), 'D34'),
    ...when(isSeventeen(facts) && facts.custody === true, 'D44'),
    ...when([7, 14].includes(oracleRow(facts) ?? 0) && facts.resident === false, 'D10b'),
    ...when(likely, 'D15', 'D19a', 'D20', 'D22a'),
    ...when(facts.outcome === 'at-risk' || facts.outcome === 'insufficient-info', 'D28'),
    ...when(facts.outcome === 'not-indicated', 'D29'),
  ];
};

/** Rules that are law for a child in the agency's responsibility alone (docs/domain.md#whose-duty). */
const OF_THE_AGENCY: readonly string[] = ['D12a', 'D12b', 'D13'];
/** Rules of 17a-101g(a), which binds by the alleged person and the age (docs/domain.md#third-party). */
const OF_THE_INVESTIGATION: readonly string[] = ['D1', 'D6', 'D7', 'D24'];
/** Rules that are law or policy by the child. */
export const lawByChild: readonly string[] = [...OF_THE_AGENCY, ...OF_THE_INVESTIGATION];

/** A person who is responsible for the child, entrusted, given access or unknown; or no one is alleged. */
const isInvestigated = ({ age, perpetrators }: Vignette): boolean =>
  age[0] < 18 && perpetrators.some((relation) => relation !== 'third-party');

/** Unknown counts as law. */
export const isLawFor = (rule: string, facts: Vignette): boolean =>
  OF_THE_INVESTIGATION.includes(rule) ? isInvestigated(facts) : facts.responsibility !== false;
