/** The table of docs/domain.md#decision-table and its overlays, read a second time. Nothing here imports the product. */

/** The facts that the table rests on. A fact that is not known is `unknown`. */
export type DecisionFacts = {
  /** The least and the greatest age that the child may have. Not known: 0 and 120. */
  readonly age: readonly [number, number];
  readonly emancipated: boolean | 'unknown';
  /** Any client of DCF, in its custody or not. */
  readonly client: boolean | 'unknown';
  /** Committed to DCF, or under an order. */
  readonly custody: boolean | 'unknown';
  readonly resident: boolean | 'unknown';
  readonly outcome: 'confirmed' | 'high-risk' | 'at-risk' | 'insufficient-info' | 'not-indicated';
  readonly homeless: boolean | 'unknown';
  /** Whether the home can give the special care that the child needs. */
  readonly careAtHome: boolean | 'unknown';
  /** What the child was exploited for. Not asked: unknown. */
  readonly exploitedFor: 'sex' | 'labor' | 'sex-and-labor' | 'unknown';
  readonly danger: 'yes' | 'no' | 'unknown';
  /** Each alleged person by relation: a caregiver, a person with access or charge, any other, or not known. */
  readonly perpetrators: readonly (
    | 'caregiver'
    | 'entrusted'
    | 'given-access'
    | 'third-party'
    | 'unknown'
    | 'none-alleged'
  )[];
};

/** Whether the age may lie on both sides of 18. */
export const ageSpans18 = ([least, greatest]: readonly [number, number]): boolean => least < 18 && greatest >= 18;

/** The number of the row that wins, or undefined where the texts have none. */
export const oracleRow = (facts: DecisionFacts): number | undefined => {
  const [least] = facts.age;
  const likely = facts.outcome === 'confirmed' || facts.outcome === 'high-risk';
  const mayBeClient = facts.client !== false || facts.custody === true;
  const otherGround = facts.homeless === true || facts.careAtHome === false;
  const rows: readonly (readonly [number, boolean])[] = [
    [2, least >= 18 && (!mayBeClient || least > 20)],
    [3, least >= 18 && least <= 20 && mayBeClient],
    [4, facts.emancipated === true],
    [14, likely && facts.exploitedFor === 'labor' && !otherGround],
    [5, likely && facts.custody === true],
    [6, facts.outcome === 'confirmed' && facts.resident === true && facts.exploitedFor !== 'labor'],
    [7, (likely && facts.resident === false) || (facts.outcome === 'confirmed' && facts.resident === 'unknown')],
    [8, likely && otherGround],
    [9, facts.outcome === 'high-risk'],
    [10, (facts.outcome === 'at-risk' || facts.outcome === 'not-indicated') && otherGround],
    [11, facts.outcome === 'at-risk'],
    [12, facts.outcome === 'insufficient-info'],
    [13, facts.outcome === 'not-indicated'],
  ];
  return rows.find(([, holds]) => holds)?.[0];
};

const MAY_BE_THIRD_PARTY = new Set<string>(['third-party', 'unknown']);

/** The letters of the overlays that match, in order. */
export const oracleOverlays = (facts: DecisionFacts): readonly string[] => [
  ...(facts.danger !== 'no' && facts.age[0] < 18 ? ['A'] : []),
  ...(facts.perpetrators.some((relation) => MAY_BE_THIRD_PARTY.has(relation)) ? ['B'] : []),
  ...(facts.perpetrators.includes('caregiver') ? ['C'] : []),
  ...(ageSpans18(facts.age) ? ['D'] : []),
];

/** What each row proposes, in capitals. */
const PROPOSALS: Readonly<Record<number, string>> = {
  2: 'NOT_ELIGIBLE_AGE',
  3: 'NOT_UNCARED_FOR',
  4: 'LEGAL_REVIEW',
  5: 'BASIS_NOTED',
  6: 'BASIS_TRAFFICKING',
  7: 'LEGAL_REVIEW',
  8: 'BASIS_OTHER_GROUND',
  9: 'SERVICES_ONLY',
  10: 'BASIS_OTHER_GROUND',
  11: 'PREVENTION_SERVICES',
  12: 'PENDING',
  13: 'NO_BASIS',
  14: 'LEGAL_REVIEW',
};

/** What is proposed. Row 3 is for counsel while it is unknown whether the person is a client. */
export const oracleProposal = (facts: DecisionFacts): string | undefined => {
  const row = oracleRow(facts);
  const isClient = facts.client === true || facts.custody === true;
  return row === 3 && !isClient ? 'LEGAL_REVIEW' : PROPOSALS[row ?? 0];
};
