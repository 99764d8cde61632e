/** Plays reports through the product and compares which clocks they open, and what is proposed, with the second reading. */
import { isStatutory } from '../../shared/domain/deadlines/deadlines.ts';
import { referral, type Story, type Told } from '../support/referral-builder.ts';
import { oracleOverlays, oracleProposal, oracleRow } from './decision.ts';
import { isLawFor, lawByChild, openedByReport, openedByScreening, type Vignette } from './openings.ts';
import { oracleDue, RULES } from './rules.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** The values that each fact can have. */
type Facts = {
  readonly [Fact in keyof Vignette]: readonly Vignette[Fact][];
};

const known = [true, false, 'unknown'] as const;

/** Every value of every fact that decides which clocks run. Ages: child, guess on both sides of 18, unknown, client's age, adult. */
const facts: Facts = {
  age: [
    [15, 15],
    [15, 19],
    [0, 120],
    [19, 19],
    [24, 24],
    [17, 17],
    [20, 24],
    [11, 15],
  ],
  danger: ['yes', 'no', 'unknown'],
  reporter: ['mandated', 'other', 'anonymous'],
  channel: ['oral', 'electronic', 'unknown'],
  missing: ['no', 'missing', 'returned'],
  perpetrators: [
    ['entrusted'],
    ['caregiver'],
    ['given-access'],
    ['third-party'],
    ['unknown'],
    ['caregiver', 'third-party'],
    ['caregiver', 'unknown'],
    ['given-access', 'third-party'],
    ['none-alleged'],
  ],
  foreignNational: known,
  tribe: known,
  licensedFacility: known,
  school: known,
  resident: known,
  responsibility: known,
  custody: known,
  client: known,
  emancipated: known,
  homeless: known,
  careAtHome: known,
  exploitedFor: ['sex', 'labor', 'sex-and-labor', 'unknown'],
  assaultHours: ['unknown', 'none-known', 2, 70, 73, 119, 121, 400],
  outcome: ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'],
  track: ['investigation', 'assessment', 'information-only'],
};

const word = (fact: boolean | 'unknown') => {
  if (fact === 'unknown') return fact;
  return fact ? 'yes' : 'no';
};

/** An instant so many hours before another. */
const before = (instant: string, hours: number) => new Date(Date.parse(instant) - hours * HOUR).toISOString();

const GUESS_MAY_BE_OFF = 2;

const ageOf = ([least, greatest]: Vignette['age']): Told => {
  if (least === greatest) return { age: least };
  return greatest - least > 2 * GUESS_MAY_BE_OFF ? {} : { guessedAge: least + GUESS_MAY_BE_OFF };
};

/** What the product knows of custody: a legal status. Of an open case outside care: the same field. */
function statusOf({ custody, responsibility }: Vignette): Told {
  if (custody === true) return { legalStatus: 'committed', population: 'in-dcf-care' };
  if (custody === 'unknown') return { legalStatus: 'unknown', population: 'unknown' };
  return { population: 'living-at-home', legalStatus: responsibility === true ? 'open-in-home' : 'none' };
}

/** The report of a vignette, in the words of the product. */
function toldOf(facts: Vignette, receivedAt: string): Told {
  const { assaultHours } = facts;
  return {
    receivedAt,
    ...ageOf(facts.age),
    ...statusOf(facts),
    danger: facts.danger,
    channel: ({ oral: 'phone', electronic: 'form', unknown: 'unknown' } as const)[facts.channel],
    mandated: facts.reporter === 'mandated' ? 'yes' : 'no',
    anonymous: facts.reporter === 'anonymous' ? 'yes' : 'no',
    missingNow: facts.missing === 'no' ? 'no' : 'yes',
    perpetrators: [...facts.perpetrators],
    foreignNational: word(facts.foreignNational),
    tribalMember: word(facts.tribe),
    facilityEmployee: word(facts.licensedFacility),
    schoolEmployee: word(facts.school),
    connecticutResident: word(facts.resident),
    dcfClient: word(facts.client),
    emancipated: word(facts.emancipated),
    homeless: word(facts.homeless),
    homeMeetsNeeds: word(facts.careAtHome),
    exploitedFor: facts.exploitedFor,
    lastAssaultAt: typeof assaultHours === 'number' ? before(receivedAt, assaultHours) : assaultHours,
  };
}

/** The clocks of services, which the texts leave to the catalogue of the policy, and those of the work within the product. */
const ofServices = new Set(['D23', 'D35a', 'D35b']);

const opened = (story: Story): ReadonlySet<string> =>
  new Set(Object.values(story.state.deadlines).map(({ rule }) => rule));

/** One vignette on which the two readings differ. */
export type VignetteDifference = {
  readonly on: string;
  readonly oracle: string;
  readonly product: string;
  readonly facts: Vignette;
};

function differences(
  facts: Vignette,
  stage: string,
  mine: Iterable<string>,
  theirs: Iterable<string>,
): readonly VignetteDifference[] {
  const [oracle, product] = [new Set(mine), new Set(theirs)];
  const found: VignetteDifference[] = [];
  for (const rule of oracle.union(product)) {
    if (ofServices.has(rule) || oracle.has(rule) === product.has(rule)) continue;
    const said = (has: boolean) => (has ? 'opens' : 'does not open');
    found.push({ on: `${rule} ${stage}`, oracle: said(oracle.has(rule)), product: said(product.has(rule)), facts });
  }
  return found;
}

/** The clocks of a story that do not end when the second reading says, each from its own start. */
function lateOrEarly(facts: Vignette, story: Story): readonly VignetteDifference[] {
  const { assaultHours, danger, outcome } = facts;
  const assaultAt =
    typeof assaultHours === 'number' ? Date.parse(story.state.report.receivedAt) - assaultHours * HOUR : undefined;
  return Object.values(story.state.deadlines).flatMap(({ rule, start, due, subject: service }) => {
    const oracle = RULES[rule];
    if (oracle === undefined) return [];
    const variant = { danger, outcome, ...(service && { service }), ...(assaultAt !== undefined && { assaultAt }) };
    const mine = Math.floor(oracleDue(oracle, Date.parse(start), variant) / SECOND) * SECOND;
    if (mine === Date.parse(due)) return [];
    return [{ on: `${rule} from ${start}`, oracle: new Date(mine).toISOString(), product: due, facts }];
  });
}

const said = (isLaw: boolean) => (isLaw ? 'law' : 'policy');

/** The clocks of a missing child that are law in one reading and policy in the other. */
const otherLaw = (facts: Vignette, story: Story): readonly VignetteDifference[] =>
  Object.values(story.state.deadlines).flatMap((deadline) => {
    const { rule } = deadline;
    const [mine, theirs] = [isLawFor(rule, facts), isStatutory(deadline, story.policy)];
    if (!lawByChild.includes(rule) || mine === theirs) return [];
    return [{ on: `${rule}, kind`, oracle: said(mine), product: said(theirs), facts }];
  });

/** Plays one vignette: the report, its track, the return, and the outcome of the screening. */
export function compareVignette(facts: Vignette, receivedAt: string): readonly VignetteDifference[] {
  const story = referral(toldOf(facts, receivedAt)).run().do('classify-report', { track: facts.track });
  if (facts.missing === 'returned') story.do('record-return');
  const atReport = opened(story);
  const found = [...differences(facts, 'by the report', openedByReport(facts), atReport)];
  story.screen(facts.outcome);
  found.push(...lateOrEarly(facts, story), ...otherLaw(facts, story));
  const { proposal } = story.state.eligibility;
  const row = proposal?.row;
  const since = [...opened(story)].filter((rule) => !atReport.has(rule));
  found.push(
    ...differences(facts, 'by the screening', openedByScreening(facts), since),
    ...(row === oracleRow(facts)
      ? []
      : [{ on: `row ${oracleRow(facts)}`, oracle: String(oracleRow(facts)), product: String(row), facts }]),
  );
  const words = oracleProposal(facts)?.toLowerCase().replaceAll('_', '-');
  if (words !== proposal?.outcome)
    found.push({ on: 'proposal', oracle: String(words), product: String(proposal?.outcome), facts });
  const letters = lettersOf(proposal?.overlays ?? []);
  const mine = oracleOverlays(facts).join('');
  if (letters !== mine) found.push({ on: 'overlays', oracle: mine, product: letters, facts });
  return found;
}

const letterOf: Readonly<Record<string, string>> = {
  'removal-review': 'A',
  'police-referral': 'B',
  'abuse-neglect-allegation': 'C',
  'do-not-alert-caregiver': 'C',
  'treat-as-minor-and-ask': 'D',
};

/** The overlays of the product in the letters of the texts. Others have none. */
const lettersOf = (overlays: readonly string[]): string =>
  [...new Set(overlays.flatMap((overlay) => letterOf[overlay] ?? []))].toSorted().join('');

/** Facts drawn at random, each value as likely as the next. They agree with each other. */
export function drawVignette(draw: () => number): Vignette {
  const one = <Value>(values: readonly Value[]): Value => values[Math.floor(draw() * values.length)] as Value;
  const drawn = Object.fromEntries(
    Object.entries(facts).map(([fact, values]) => [fact, one(values as readonly unknown[])]),
  );
  return agreeing(drawn as Vignette);
}

/** Every combination of the facts that the decision rests on; the other facts are drawn once for each. */
export function* everyDecision(draw: () => number): Generator<Vignette> {
  for (const age of facts.age)
    for (const outcome of facts.outcome)
      for (const custody of known)
        for (const client of known)
          for (const emancipated of known)
            for (const resident of known)
              for (const homeless of known)
                for (const careAtHome of known) {
                  const decided = { age, outcome, custody, client, emancipated, resident, homeless, careAtHome };
                  for (const exploitedFor of facts.exploitedFor)
                    yield agreeing({ ...drawVignette(draw), ...decided, exploitedFor });
                }
}

/** A child in custody is a client in the agency's responsibility; unknown custody leaves both open. */
function agreeing(facts: Vignette): Vignette {
  if (facts.custody === true) return { ...facts, responsibility: true, client: true };
  if (facts.custody === 'unknown') return { ...facts, responsibility: facts.client };
  return { ...facts, responsibility: facts.client === true ? true : facts.responsibility === true };
}
