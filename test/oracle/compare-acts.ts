/** Which act starts each clock, and which acts keep it: the second reading, played through the product. */
import type { CommandName } from '../../shared/domain/commands.ts';
import { disciplines } from '../../shared/domain/core/vocabulary.ts';
import { referral, type Story, type Told } from '../support/referral-builder.ts';
import { oracleDue, RULES, type Variant } from './rules.ts';

const HOUR = 3_600_000;
/** How long evidence can be collected after an assault. */
const WINDOW = 120 * HOUR;
const iso = (instant: number): string => new Date(instant).toISOString();
const seconds = (instant: string): number => Date.parse(instant);

type ToldOrNot = Told & { readonly ageUnknown?: true };

/** A report without danger, of a child of 15 who is not missing. */
const begin = (receivedAt: string, { ageUnknown, ...told }: ToldOrNot = {}) =>
  referral({
    receivedAt,
    ...(!ageUnknown && { age: 15 }),
    danger: 'no',
    missingNow: 'no',
    connecticutResident: 'yes',
    ...told,
  }).run();

/** When a clock starts: with the receipt, with the act, or when the act is recorded. */
type Start = 'receipt' | 'act' | 'recording' | 'end of the window';

/** How a clock is started. `at` is the instant of the act, which is recorded later. */
type Opening = {
  readonly rule: string;
  readonly start: Start;
  readonly told?: ToldOrNot;
  /** Hours from the last assault to the report. */
  readonly assaultHours?: number;
  readonly variant?: Variant;
  readonly before?: (story: Story) => unknown;
  readonly act: (story: Story, at: string) => unknown;
  /** The first duty of the report that waits for the answer. The answer is due half-way to it, while that lies ahead. */
  readonly heldUp?: string;
};

const classify = (story: Story) => story.do('classify-report', { track: 'investigation' });
const confirmed = (story: Story) => classify(story).screen('confirmed');
const highRisk = (story: Story) => classify(story).screen('high-risk');
const attendance = (without?: string) => ({
  attended: disciplinesAt(without),
  absent: without === undefined ? [] : [{ discipline: without, reason: 'unavailable' }],
  services: [],
  ...(without !== undefined && { waiver: 'The others agreed.' }),
});
const SEATS: readonly string[] = disciplines.slice(0, 7);
const disciplinesAt = (without?: string) => SEATS.filter((seat) => seat !== without);

/** Tells the whole team by phone; the last seat hears of it at this instant. */
function tellTeam(story: Story, at: string): Story {
  for (const { discipline } of story.state.team.seats) story.do('inform-seat', { discipline, at });
  return story;
}

const offerAt = (service: string) => (story: Story, at: string) => {
  story.do('offer-linkage', { service, providerId: 'PV-1', at });
};
const consented = (service: string) => (story: Story) => {
  for (const consentKind of story.policy.catalogue[service as 'education'].consent)
    story.do('record-consent', { service, consentKind, consentAnswer: 'given' });
};
const startAt = (service: string) => (story: Story, at: string) =>
  story.do('start-linkage', { service, at }, 'contact:PV-1');
const offered = (service: string) => (story: Story) => {
  consented(service)(story);
  offerAt(service)(story, story.now);
};
/** What became of the service is recorded at the end of so many months. */
const reviewed = (story: Story, months: '3' | '6') =>
  story.after('P89D').do('record-service-outcome', { service: 'education', months, serviceOutcome: 'still-served' });
const findAt = (reasonableCause: string) => (story: Story, at: string) =>
  story.do('record-disposition', { disposition: 'substantiated', reasonableCause, at });
/** The area supervisor let the parents be told. */
const mayTell = (story: Story) => classify(story).do('approve-parents-notice');
/** Counsel let the letter go out. */
const foundSafe = (story: Story) => {
  findAt('no')(classify(story), story.now);
  story.do('answer-finding-safety', { mayMail: 'yes' }, 'legal');
};
const learn = (fact: object) => (story: Story) => story.do('record-facts', fact);
const report = () => {};

/** Every clock that a single act starts, with the instant that the texts give as its start. */
export const openings: readonly Opening[] = [
  ...['D1', 'D3', 'D7', 'D8', 'D9', 'D21', 'D39'].map((rule) => ({ rule, start: 'receipt' as const, act: report })),
  { rule: 'D2', start: 'receipt', told: { mandated: 'yes', anonymous: 'no' }, act: report },
  { rule: 'D4', start: 'receipt', told: { perpetrators: ['caregiver', 'third-party'] }, act: report },
  { rule: 'D6', start: 'receipt', told: { danger: 'yes' }, act: report },
  { rule: 'D6', start: 'receipt', told: { danger: 'unknown' }, act: report },
  { rule: 'D21', start: 'receipt', told: { danger: 'unknown' }, variant: { danger: 'unknown' }, act: report },
  { rule: 'D39', start: 'receipt', told: { danger: 'yes' }, variant: { danger: 'yes' }, act: report },
  { rule: 'D12a', start: 'receipt', told: { missingNow: 'yes' }, act: report },
  { rule: 'D12b', start: 'receipt', told: { missingNow: 'yes' }, act: report },
  { rule: 'D45', start: 'receipt', told: { missingNow: 'yes' }, act: report },
  { rule: 'D17', start: 'receipt', told: { lastAssaultAt: 'unknown' }, act: report },
  { rule: 'D17', start: 'receipt', assaultHours: 20, act: report },
  { rule: 'D17', start: 'receipt', assaultHours: 118.5, act: report },
  { rule: 'D17b', start: 'receipt', assaultHours: 121, act: report },
  { rule: 'D31', start: 'recording', told: { candidates: ['CR-2ND-CHILD'] }, act: report },
  {
    rule: 'D18',
    start: 'receipt',
    told: { danger: 'yes' },
    variant: { danger: 'yes' },
    act: (story, at) => story.do('classify-report', { track: 'investigation', at }),
  },
  { rule: 'D27', start: 'receipt', told: { foreignNational: 'yes' }, act: report },
  { rule: 'D41a', start: 'receipt', told: { facilityEmployee: 'yes' }, act: report },
  { rule: 'D41e', start: 'receipt', told: { facilityEmployee: 'yes' }, act: report },
  { rule: 'D41e', start: 'receipt', told: { schoolEmployee: 'yes' }, act: report },
  { rule: 'D41c', start: 'act', told: { inFacility: 'yes' }, before: classify, act: findAt('no') },
  { rule: 'D41d', start: 'act', told: { schoolEmployee: 'yes' }, before: classify, act: findAt('no') },
  { rule: 'D41b', start: 'receipt', told: { schoolEmployee: 'yes' }, act: report },
  { rule: 'D30', start: 'receipt', told: { age: 22 }, act: report },
  { rule: 'D24', start: 'receipt', act: (story, at) => story.do('classify-report', { track: 'investigation', at }) },
  { rule: 'D24a', start: 'receipt', act: (story, at) => story.do('classify-report', { track: 'assessment', at }) },
  { rule: 'D18', start: 'act', act: (story, at) => story.do('classify-report', { track: 'investigation', at }) },
  { rule: 'D38', start: 'act', act: (story, at) => story.do('classify-report', { track: 'investigation', at }) },
  { rule: 'D38a', start: 'act', act: (story, at) => story.do('classify-report', { track: 'investigation', at }) },
  { rule: 'D38c', start: 'act', act: (story, at) => story.do('classify-report', { track: 'assessment', at }) },
  { rule: 'D37j', start: 'recording', before: foundSafe, act: (story) => story.do('ask-finding-safety') },
  { rule: 'D11', start: 'act', before: classify, act: (story, at) => story.do('invoke-hold', { at }) },
  { rule: 'D12a', start: 'act', act: (story, at) => story.do('report-missing', { at }) },
  { rule: 'D12b', start: 'act', act: (story, at) => story.do('report-missing', { at }) },
  { rule: 'D45', start: 'act', act: (story, at) => story.do('report-missing', { at }) },
  {
    rule: 'D45',
    start: 'act',
    told: { missingNow: 'yes' },
    act: (story, at) => story.do('renew-search', { at }),
  },
  { rule: 'D13', start: 'act', told: { missingNow: 'yes' }, act: (story, at) => story.do('record-return', { at }) },
  { rule: 'D39', start: 'act', told: { missingNow: 'yes' }, act: (story, at) => story.do('record-return', { at }) },
  { rule: 'D26', start: 'act', before: classify, act: (story, at) => story.do('record-entry-to-care', { at }) },
  {
    rule: 'D5',
    start: 'act',
    before: confirmed,
    told: { dcfClient: 'no', legalStatus: 'none', population: 'living-at-home' },
    act: (story, at) => story.do('record-entry-to-care', { at }),
  },
  { rule: 'D25', start: 'act', before: classify, act: findAt('yes') },
  { rule: 'D40', start: 'act', before: classify, act: findAt('no') },
  { rule: 'D38b', start: 'act', before: classify, act: findAt('no') },
  {
    rule: 'D4',
    start: 'recording',
    told: { perpetrators: ['caregiver'] },
    act: learn({ perpetrators: ['caregiver', 'third-party'] }),
  },
  {
    rule: 'D17',
    start: 'recording',
    told: { lastAssaultAt: 'none-known' },
    act: (story, at) => story.do('record-facts', { lastAssaultAt: at }),
  },
  { rule: 'D6', start: 'recording', act: (story) => story.do('assess-danger', { danger: 'yes' }) },
  { rule: 'D17b', start: 'end of the window', assaultHours: 119, act: (story) => story.after('PT3H') },
  {
    rule: 'D9',
    start: 'act',
    told: { missingNow: 'yes' },
    before: (story) => story.screen('insufficient-info'),
    act: (story, at) => story.do('record-return', { at }),
  },
  {
    rule: 'D25',
    start: 'act',
    before: (story) => story.do('classify-report', { track: 'assessment' }),
    act: (story, at) => story.do('record-reasonable-cause', { reasonableCause: 'yes', at }),
  },
  {
    rule: 'D36b',
    start: 'act',
    before: offered('education'),
    act: (story, at) => {
      startAt('education')(story, at);
      reviewed(story, '3');
    },
  },
  {
    rule: 'D36c',
    start: 'act',
    before: offered('education'),
    act: (story, at) => {
      startAt('education')(story, at);
      reviewed(story, '3');
      reviewed(story, '6');
    },
  },
  { rule: 'D15', start: 'recording', variant: { outcome: 'confirmed' }, act: confirmed },
  { rule: 'D15', start: 'recording', variant: { outcome: 'high-risk' }, act: highRisk },
  { rule: 'D20', start: 'recording', act: highRisk },
  {
    rule: 'D16',
    start: 'act',
    before: (story) => tellTeam(highRisk(story), story.now),
    act: (story, at) => story.do('record-meeting', { at, ...attendance() }),
  },
  {
    rule: 'D32',
    start: 'act',
    before: (story) => tellTeam(highRisk(story), story.now),
    act: (story, at) => story.do('record-meeting', { at, ...attendance('medical') }),
  },
  {
    rule: 'D19b',
    start: 'act',
    before: (story) => consented('victim-advocacy')(highRisk(story)),
    act: offerAt('victim-advocacy'),
  },
  {
    rule: 'D22b',
    start: 'act',
    before: (story) => consented('mental-health')(highRisk(story)),
    act: offerAt('mental-health'),
  },
  {
    rule: 'D35b',
    start: 'act',
    variant: { service: 'education', danger: 'no' },
    before: consented('education'),
    act: offerAt('education'),
  },
  {
    rule: 'D35b',
    start: 'act',
    variant: { service: 'basic-needs', danger: 'no' },
    before: consented('basic-needs'),
    act: offerAt('basic-needs'),
  },
  {
    rule: 'D35b',
    start: 'act',
    told: { danger: 'unknown' },
    variant: { service: 'education', danger: 'unknown' },
    before: consented('education'),
    act: offerAt('education'),
  },
  {
    rule: 'D36a',
    start: 'act',
    before: (story) => {
      consented('education')(story);
      offerAt('education')(story, story.now);
    },
    act: startAt('education'),
  },
  { rule: 'D10', start: 'recording', act: confirmed, variant: { danger: 'no' } },
  { rule: 'D10', start: 'recording', told: { danger: 'unknown' }, act: highRisk, variant: { danger: 'unknown' } },
  {
    rule: 'D10a',
    start: 'recording',
    told: { ageUnknown: true },
    act: (story) => story.screen('at-risk'),
    variant: { danger: 'no' },
  },
  { rule: 'D10b', start: 'recording', told: { connecticutResident: 'no' }, act: highRisk },
  { rule: 'D5', start: 'recording', told: { population: 'in-dcf-care' }, act: confirmed },
  { rule: 'D19a', start: 'recording', act: highRisk },
  { rule: 'D22a', start: 'recording', act: confirmed },
  { rule: 'D23', start: 'recording', act: highRisk },
  { rule: 'D28', start: 'recording', variant: { outcome: 'at-risk' }, act: (story) => story.screen('at-risk') },
  {
    rule: 'D28',
    start: 'recording',
    variant: { outcome: 'insufficient-info' },
    act: (story) => story.screen('insufficient-info'),
  },
  { rule: 'D29', start: 'recording', act: (story) => story.screen('not-indicated') },
  { rule: 'D27', start: 'recording', act: learn({ foreignNational: 'yes' }) },
  { rule: 'D41a', start: 'recording', act: learn({ facilityEmployee: 'yes' }) },
  { rule: 'D41b', start: 'recording', act: learn({ schoolEmployee: 'yes' }) },
  ...['D42', 'D42a'].flatMap((rule): readonly Opening[] => [
    { rule, start: 'act', told: { tribalMember: 'yes' }, act: (story, at) => story.do('invoke-hold', { at }) },
    {
      rule,
      start: 'act',
      told: { tribalMember: 'yes' },
      act: (story, at) => story.do('record-ex-parte-order', { at }),
    },
    { rule, start: 'recording', before: (story) => story.do('invoke-hold'), act: learn({ tribalMember: 'yes' }) },
  ]),
  { rule: 'D43', start: 'act', before: classify, act: (story, at) => story.do('record-ex-parte-order', { at }) },
  { rule: 'D30', start: 'recording', told: { ageUnknown: true }, act: learn({ ageClass: '18-and-over' }) },
  { rule: 'D37a', start: 'recording', before: highRisk, act: (story) => story.screen('at-risk') },
  {
    rule: 'D37b',
    start: 'recording',
    heldUp: 'D8',
    act: (story) => story.do('propose-withdrawal', { because: 'made-in-error' }),
  },
  {
    rule: 'D37c',
    start: 'recording',
    told: { perpetrators: ['caregiver'] },
    before: learn({ perpetrators: ['third-party'] }),
    act: (story) => story.do('propose-clearance', {}, 'caseworker'),
  },
  {
    rule: 'D37e',
    start: 'recording',
    told: { residenceTown: 'other', team: 'none' },
    before: (story) => story.do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' }),
    act: (story) => story.do('correct-place', { place: 'residenceTown', townId: 'AVON' }),
  },
  { rule: 'D37f', start: 'recording', told: { team: 'none' }, act: highRisk },
  { rule: 'D37g', start: 'recording', told: { vacant: ['medical'] }, act: highRisk },
  {
    rule: 'D37h',
    start: 'recording',
    heldUp: 'D6',
    told: { danger: 'yes' },
    act: (story) => story.do('assess-danger', { danger: 'no', reason: 'An invented reason.' }, 'caseworker'),
  },
  {
    rule: 'D37h',
    start: 'recording',
    heldUp: 'D6',
    told: { danger: 'yes' },
    act: (story) => story.do('assess-danger', { danger: 'unknown', reason: 'An invented reason.' }, 'caseworker'),
  },
  {
    rule: 'D37i',
    start: 'recording',
    act: (story) => story.do('take-emergency-access', { because: 'danger-now' }, 'caseworker'),
  },
];

/** One clock that does not start, or does not end, as the second reading says. */
export type ActDifference = { readonly on: string; readonly oracle: string; readonly product: string };

/** Plays one opening: received at an instant, the act so many hours later, its recording later still. */
export function compareOpening(
  opening: Opening,
  receivedAt: number,
  actAfter: number,
  recordedAfter: number,
): readonly ActDifference[] {
  const { rule, told, assaultHours } = opening;
  const assaultAt = assaultHours === undefined ? undefined : receivedAt - assaultHours * HOUR;
  const variant = { danger: 'no', ...opening.variant, ...(assaultAt !== undefined && { assaultAt }) } as const;
  const on = `${rule} by ${opening.start}, ${Object.values(opening.variant ?? {}).join(' ')}`;
  const lastAssaultAt = assaultAt === undefined ? {} : { lastAssaultAt: iso(assaultAt) };
  const story = begin(iso(receivedAt), { ...told, ...lastAssaultAt });
  opening.before?.(story);
  const before = Object.keys(story.state.deadlines).length;
  const at = receivedAt + actAfter * HOUR;
  if (opening.act !== report) story.at(iso(at + recordedAfter * HOUR));
  opening.act(story, iso(at));
  const starts = {
    receipt: receivedAt,
    act: at,
    recording: seconds(story.now),
    'end of the window': (assaultAt ?? 0) + WINDOW,
  };
  const oracle = RULES[rule];
  const found = Object.values(story.state.deadlines).findLast(
    (deadline) => deadline.rule === rule && (variant.service === undefined || deadline.subject === variant.service),
  );
  if (found === undefined || oracle === undefined)
    return [{ on, oracle: 'opens', product: `does not open after ${before}` }];
  const start = starts[opening.start];
  const ownDue = oracleDue(oracle, start, variant);
  const heldUp = opening.heldUp === undefined ? undefined : RULES[opening.heldUp];
  const heldDue = heldUp === undefined ? 0 : oracleDue(heldUp, receivedAt, variant);
  const inTime = heldDue > start ? Math.min(ownDue, (start + heldDue) / 2) : ownDue;
  const due = Math.floor(inTime / 1000) * 1000;
  const mine = `from ${iso(start)} to ${iso(due)}`;
  const theirs = `from ${iso(seconds(found.start))} to ${iso(seconds(found.due))}`;
  return mine === theirs ? [] : [{ on, oracle: mine, product: theirs }];
}

/** An act, and whether the texts say that it keeps the clock. */
type Keeping = {
  readonly rule: string;
  readonly told?: ToldOrNot;
  readonly before?: (story: Story) => unknown;
  readonly act: readonly [CommandName, object?, string?];
  readonly keeps: boolean;
};

const police = (...covers: string[]): Keeping['act'] => [
  'notify-police',
  { covers, agencyId: 'PD-HARTFORD', method: 'phone' },
];
const decline = (service: string, reasonCode: string): Keeping['act'] => [
  'decline-linkage',
  { service, reasonCode, reason: 'Asked alone.', ...(reasonCode === 'waiting-list' && { waitDays: 30 }) },
  'caseworker',
];
const assault = { lastAssaultAt: 'unknown' } as const;
const EXAM = 'medical-acute-forensic';
const accepted = (service: string) => (story: Story) => {
  offered(service)(story);
  story.do('accept-linkage', { service }, 'contact:PV-1');
};
const likely = (then: (story: Story) => unknown) => (story: Story) => then(highRisk(story));
const supplyGaps = ['waiting-list', 'no-provider', 'no-capacity'];
const answers = ['child-declined', 'family-declined', 'not-eligible', 'no-longer-needed', 'served-elsewhere'];

/** What keeps each clock, and what looks like it and does not. */
export const keepings: readonly Keeping[] = [
  { rule: 'D1', act: ['classify-report', { track: 'assessment' }], keeps: true },
  { rule: 'D2', told: { mandated: 'yes', anonymous: 'no' }, act: ['record-written-report'], keeps: true },
  { rule: 'D3', act: police('state'), keeps: true },
  { rule: 'D3', act: police('local'), keeps: false },
  { rule: 'D4', act: police('local'), keeps: true },
  { rule: 'D4', act: police('state'), keeps: false },
  { rule: 'D3', act: ['start-response'], keeps: false },
  { rule: 'D3', before: classify, act: ['screen', { outcome: 'at-risk' }], keeps: false },
  { rule: 'D6', told: { danger: 'yes' }, act: ['start-response'], keeps: true },
  {
    rule: 'D6',
    told: { danger: 'yes' },
    act: ['assess-danger', { danger: 'no', reason: 'An invented reason.' }, 'caseworker'],
    keeps: false,
  },
  { rule: 'D7', act: ['start-response'], keeps: true },
  { rule: 'D8', act: ['assign-liaison', { personId: 'LIAISON-1' }], keeps: true },
  { rule: 'D9', act: ['screen', { outcome: 'at-risk' }], keeps: true },
  { rule: 'D9', act: ['answer-checklist', { answers: { branding: 'yes' } }], keeps: false },
  {
    rule: 'D11',
    before: (story) => classify(story).do('invoke-hold'),
    act: ['record-hold-end', { how: 'petition-filed' }],
    keeps: true,
  },
  {
    rule: 'D11',
    before: (story) => classify(story).do('invoke-hold'),
    act: ['record-hold-end', { how: 'child-released' }],
    keeps: true,
  },
  { rule: 'D12a', told: { missingNow: 'yes' }, act: police('missing'), keeps: true },
  { rule: 'D12a', told: { missingNow: 'yes' }, act: police('state', 'local'), keeps: false },
  { rule: 'D12b', told: { missingNow: 'yes' }, act: police('missing'), keeps: false },
  { rule: 'D12b', told: { missingNow: 'yes' }, act: ['notify-ncmec', { method: 'phone' }], keeps: true },
  { rule: 'D12a', told: { missingNow: 'yes' }, act: ['notify-ncmec', { method: 'phone' }], keeps: false },
  { rule: 'D45', told: { missingNow: 'yes' }, act: ['notify-ncmec', { method: 'phone' }], keeps: false },
  { rule: 'D45', told: { missingNow: 'yes' }, act: ['renew-search'], keeps: true },
  {
    rule: 'D13',
    told: { missingNow: 'yes' },
    before: (story) => story.do('record-return'),
    act: ['record-debrief', { seenAlone: 'seen-alone' }],
    keeps: true,
  },
  {
    rule: 'D17',
    told: assault,
    before: consented(EXAM),
    act: ['offer-linkage', { service: EXAM, providerId: 'PV-1' }],
    keeps: false,
  },
  {
    rule: 'D17',
    told: assault,
    before: offered(EXAM),
    act: ['accept-linkage', { service: EXAM }, 'contact:PV-1'],
    keeps: false,
  },
  {
    rule: 'D17',
    told: assault,
    before: accepted(EXAM),
    act: ['start-linkage', { service: EXAM }, 'contact:PV-1'],
    keeps: true,
  },
  { rule: 'D17', told: assault, act: decline(EXAM, 'child-declined'), keeps: true },
  { rule: 'D17', told: { ...assault, age: 12 }, act: decline(EXAM, 'child-declined'), keeps: false },
  { rule: 'D17', told: { ...assault, ageUnknown: true }, act: decline(EXAM, 'child-declined'), keeps: false },
  {
    rule: 'D17',
    told: { ...assault, perpetrators: ['caregiver'] },
    act: decline(EXAM, 'family-declined'),
    keeps: false,
  },
  { rule: 'D17', told: { ...assault, perpetrators: ['unknown'] }, act: decline(EXAM, 'family-declined'), keeps: false },
  { rule: 'D17', told: assault, act: decline(EXAM, 'no-provider'), keeps: false },
  {
    rule: 'D19a',
    before: likely(consented('victim-advocacy')),
    act: ['offer-linkage', { service: 'victim-advocacy', providerId: 'PV-1' }],
    keeps: true,
  },
  {
    rule: 'D19b',
    before: likely(offered('victim-advocacy')),
    act: ['record-contact', { service: 'victim-advocacy', reached: 'no' }, 'contact:PV-1'],
    keeps: true,
  },
  {
    rule: 'D19b',
    before: likely(offered('victim-advocacy')),
    act: ['accept-linkage', { service: 'victim-advocacy' }, 'contact:PV-1'],
    keeps: false,
  },
  {
    rule: 'D22a',
    before: likely(consented('mental-health')),
    act: ['offer-linkage', { service: 'mental-health', providerId: 'PV-1' }],
    keeps: true,
  },
  {
    rule: 'D22b',
    before: likely(offered('mental-health')),
    act: ['accept-linkage', { service: 'mental-health' }, 'contact:PV-1'],
    keeps: false,
  },
  {
    rule: 'D22b',
    before: likely(accepted('mental-health')),
    act: ['start-linkage', { service: 'mental-health' }, 'contact:PV-1'],
    keeps: true,
  },
  { rule: 'D21', act: ['record-safety-plan', { placement: 'safe-at-home', caregiverOut: 'yes' }], keeps: true },
  {
    rule: 'D24',
    before: classify,
    act: ['record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' }],
    keeps: true,
  },
  {
    rule: 'D24a',
    before: classify,
    act: ['record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' }],
    keeps: true,
  },
  {
    rule: 'D24a',
    before: classify,
    act: ['record-disposition', { disposition: 'substantiated', reasonableCause: 'unknown' }],
    keeps: false,
  },
  { rule: 'D24a', before: classify, act: ['record-reasonable-cause', { reasonableCause: 'yes' }], keeps: true },
  { rule: 'D24', before: classify, act: ['record-reasonable-cause', { reasonableCause: 'yes' }], keeps: false },
  {
    rule: 'D25',
    before: (story) => findAt('yes')(classify(story), story.now),
    act: ['notify-of-disposition', { agencyId: 'PD-HARTFORD', method: 'phone' }],
    keeps: true,
  },
  {
    rule: 'D26',
    before: (story) => classify(story).do('record-entry-to-care'),
    act: ['record-evaluation'],
    keeps: true,
  },
  { rule: 'D27', told: { foreignNational: 'yes' }, act: ['notify-hhs', { method: 'phone' }], keeps: true },
  { rule: 'D27', told: { foreignNational: 'yes' }, act: police('state', 'local'), keeps: false },
  { rule: 'D29', before: (story) => story.screen('not-indicated'), act: ['sign-off-screening'], keeps: true },
  {
    rule: 'D35b',
    before: offered('education'),
    act: ['accept-linkage', { service: 'education' }, 'contact:PV-1'],
    keeps: false,
  },
  {
    rule: 'D35b',
    before: accepted('education'),
    act: ['start-linkage', { service: 'education' }, 'contact:PV-1'],
    keeps: true,
  },
  ...supplyGaps.map((reason) => ({
    rule: 'D35b',
    before: offered('education'),
    act: decline('education', reason),
    keeps: false,
  })),
  ...answers.map((reason) => ({
    rule: 'D35b',
    before: offered('education'),
    act: decline('education', reason),
    keeps: true,
  })),
  ...supplyGaps.map((reason) => ({
    rule: 'D35a',
    before: (story: Story) => story.screen('at-risk'),
    act: decline('prevention', reason),
    keeps: false,
  })),
  ...answers.map((reason) => ({
    rule: 'D35a',
    before: (story: Story) => story.screen('at-risk'),
    act: decline('prevention', reason),
    keeps: true,
  })),
  { rule: 'D38', before: classify, act: ['withhold-parents-notice', { ground: 'best-interests' }], keeps: true },
  { rule: 'D38a', before: classify, act: ['withhold-parents-notice', { ground: 'best-interests' }], keeps: true },
  { rule: 'D38', before: mayTell, act: ['record-parents-notice', { method: 'letter' }], keeps: true },
  { rule: 'D38', before: mayTell, act: ['record-parents-notice', { method: 'phone' }], keeps: false },
  { rule: 'D38a', before: mayTell, act: ['record-parents-notice', { method: 'phone' }], keeps: true },
  { rule: 'D38a', before: mayTell, act: ['record-parents-notice', { method: 'letter' }], keeps: false },
  { rule: 'D38b', before: foundSafe, act: ['record-finding-notice', { childLivesThere: 'no' }], keeps: false },
  { rule: 'D38b', before: foundSafe, act: ['withhold-substantiation-notice'], keeps: true },
  { rule: 'D40', before: foundSafe, act: ['record-finding-notice', { childLivesThere: 'no' }], keeps: true },
  { rule: 'D40', before: foundSafe, act: ['ask-finding-safety'], keeps: false },
  { rule: 'D40', before: foundSafe, act: ['withhold-substantiation-notice'], keeps: false },
  { rule: 'D39', act: ['record-child-seen', { sighting: 'attempted', seenBy: 'caseworker' }], keeps: false },
  {
    rule: 'D39',
    act: ['record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'police' }],
    keeps: true,
  },
  { rule: 'D39', act: ['start-response'], keeps: false },
  {
    rule: 'D43',
    before: (story) => classify(story).do('record-ex-parte-order'),
    act: ['record-preliminary-hearing'],
    keeps: true,
  },
  {
    rule: 'D43',
    before: (story) => classify(story).do('record-ex-parte-order').do('invoke-hold'),
    act: ['record-hold-end', { how: 'petition-filed' }],
    keeps: false,
  },
  {
    rule: 'D41a',
    told: { facilityEmployee: 'yes' },
    act: ['notify-licensing-agency', { occasion: 'at-the-report', licensingAgency: 'dcf', method: 'phone' }],
    keeps: true,
  },
  {
    rule: 'D41c',
    told: { facilityEmployee: 'yes' },
    before: (story) => {
      story.do('notify-licensing-agency', { occasion: 'at-the-report', licensingAgency: 'dcf', method: 'phone' });
      foundSafe(story);
    },
    act: ['notify-licensing-agency', { occasion: 'after-the-investigation', licensingAgency: 'dcf', method: 'phone' }],
    keeps: true,
  },
  {
    rule: 'D41d',
    told: { schoolEmployee: 'yes' },
    before: foundSafe,
    act: ['notify-education', { occasion: 'at-the-report', method: 'phone' }],
    keeps: false,
  },
  {
    rule: 'D41b',
    told: { schoolEmployee: 'yes' },
    act: ['notify-education', { occasion: 'at-the-report', method: 'phone' }],
    keeps: true,
  },
  {
    rule: 'D41b',
    told: { schoolEmployee: 'yes', facilityEmployee: 'yes' },
    act: ['notify-licensing-agency', { occasion: 'at-the-report', licensingAgency: 'dcf', method: 'phone' }],
    keeps: false,
  },
  {
    rule: 'D37a',
    before: (story) => highRisk(story).screen('at-risk'),
    act: ['agree-downgrade', {}, 'hart-director'],
    keeps: true,
  },
  {
    rule: 'D37h',
    told: { danger: 'yes' },
    before: (story) => story.do('assess-danger', { danger: 'no', reason: 'An invented reason.' }, 'caseworker'),
    act: ['agree-lowering', {}, 'area-director'],
    keeps: true,
  },
];

/** Plays one act an hour after the report, and says where the clock does not stand as the texts have it. */
export function compareKeeping(
  { rule, told, before, act: [name, input, as], keeps }: Keeping,
  receivedAt: number,
): readonly ActDifference[] {
  const story = begin(iso(receivedAt), told);
  story.at(iso(receivedAt + HOUR / 4));
  before?.(story);
  const on = `${rule} by ${name} ${JSON.stringify(input ?? {})}`;
  const said = () => Object.values(story.state.deadlines).findLast((deadline) => deadline.rule === rule);
  const opened = said();
  if (opened?.status !== 'open') return [{ on, oracle: 'open', product: opened?.status ?? 'none' }];
  const done = story.refused(name, input, as);
  if (done !== 'accepted' && keeps) return [{ on, oracle: 'accepted', product: done }];
  const status = story.state.deadlines[opened.id]?.status;
  const wanted = keeps ? 'kept' : 'open';
  return status === wanted ? [] : [{ on, oracle: wanted, product: String(status) }];
}

/** Danger that begins later: each open clock ends by the time in danger from then on, and never later than before. */
export function compareLaterDanger(receivedAt: number, after: number): readonly ActDifference[] {
  const story = highRisk(begin(iso(receivedAt)));
  const before = story.state.deadlines;
  story.at(iso(receivedAt + after * HOUR)).do('assess-danger', { danger: 'yes' });
  return Object.values(before).flatMap(({ id, rule, due, subject, status }) => {
    const oracle = RULES[rule];
    if (oracle?.inDanger === undefined || status !== 'open') return [];
    const anew = oracleDue(oracle, seconds(story.now), { danger: 'yes', ...(subject && { service: subject }) });
    const mine = iso(Math.floor(Math.min(seconds(due), anew) / 1000) * 1000);
    const theirs = iso(seconds(story.state.deadlines[id]?.due ?? ''));
    return mine === theirs ? [] : [{ on: `${rule} in later danger`, oracle: mine, product: theirs }];
  });
}
