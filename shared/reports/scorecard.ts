/**
 * The scorecard: five practices, with three computed measures each. No one scores themselves. Shares of a year come from rows of
 * facts. Those of today come from the listing, the training and the agreements. Pure.
 */
import { services } from '../domain/core/vocabulary.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { regions } from '../policy/places/geography.ts';
import { type Cohort, isWorked } from './cohort.ts';
import { type Difference, differenceOver, figureOf, partsOf, type Share, shareFrom, type Tally } from './figures.ts';
import { measureNamed } from './measures.ts';
import type { ListedProvider } from './needs.ts';
import { aimOf, type Target } from './targets.ts';

export const practices = ['screening', 'training', 'listing', 'places', 'data'] as const;
export type Practice = (typeof practices)[number];

/** The practices as the federal government names them. */
export const practiceWords: Readonly<Record<Practice, string>> = {
  screening: 'Mandatory screening',
  training: 'Trained caseworkers',
  listing: 'A central listing of services',
  places: 'Hospitals and advocacy centers',
  data: 'Data that agencies share',
};

/** What was recorded beside referrals, at an instant. A part is absent where no one has recorded it. */
interface Recorded {
  /** Caseworkers, Careline staff and school staff who are current, of all. */
  readonly caseworkers?: Tally;
  readonly careline?: Tally;
  readonly schools?: Tally;
  /** Agreements on data that are in force, of those that were made and not ended. */
  readonly agreements?: Tally;
}

/** At the watermark, and a year before it. */
export interface Standing {
  readonly now: Recorded;
  readonly before: Recorded;
}

interface Asked {
  readonly now: Cohort;
  readonly before: Cohort;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
  readonly listed: readonly ListedProvider[];
  readonly standing?: Standing | undefined;
}

type Value =
  | { readonly kind: 'share'; readonly share: Share; readonly before?: Share }
  | { readonly kind: 'difference'; readonly difference: Difference; readonly before: Difference }
  | { readonly kind: 'not-recorded' };

/** Whether a measure counts the cases of a year, or what stands on the day of the watermark. */
export const spans = ['year', 'day'] as const;
export type Span = (typeof spans)[number];

interface ScoreMeasure {
  readonly id: string;
  readonly span: Span;
  readonly practice: Practice;
  readonly words: string;
  /** What counts, and of what. */
  readonly counts: string;
  /** Where the console shows what it rests on. */
  readonly evidence: string;
  readonly measured: (asked: Asked) => Value;
}

/** A measure of rows, by its id in `measures`. Its evidence is its own page. */
function ofRows(practice: Practice, id: string): ScoreMeasure {
  const measure = measureNamed(id);
  if (measure?.kind !== 'share') throw new RangeError(`There is no share ${id}.`);
  const { words, numerator, denominator } = measure;
  const shareIn = (year: Cohort): Share => {
    const figure = figureOf(measure, year);
    return figure.kind === 'share' ? figure : shareFrom({ count: 0, of: 0, unknown: 0 });
  };
  return {
    id,
    span: 'year',
    practice,
    words,
    counts: `${numerator}. Of: ${denominator}.`,
    evidence: `/numbers/why?measure=${id}`,
    measured: ({ now, before }) => ({ kind: 'share', share: shareIn(now), before: shareIn(before) }),
  };
}

/** A share of today. `beforeOf`: the same a year before, where that is known. */
const ofToday = (
  given: Omit<ScoreMeasure, 'measured' | 'span'>,
  tallyOf: (asked: Asked) => Tally | undefined,
  beforeOf: (asked: Asked) => Tally | undefined = () => undefined,
): ScoreMeasure => ({
  ...given,
  span: 'day',
  measured: (asked) => {
    const [now, before] = [tallyOf(asked), beforeOf(asked)];
    if (!now) return { kind: 'not-recorded' };
    return { kind: 'share', share: shareFrom(now), ...(before && { before: shareFrom(before) }) };
  },
});

/** A share of what was recorded beside referrals. */
const ofRecorded = (given: Omit<ScoreMeasure, 'measured' | 'span'>, part: keyof Recorded): ScoreMeasure =>
  ofToday(
    given,
    ({ standing }) => standing?.now[part],
    ({ standing }) => standing?.before[part],
  );

const tally = (all: readonly boolean[]): Tally => ({ count: all.filter(Boolean).length, of: all.length, unknown: 0 });

const boysMinusGirls = (year: Cohort): Difference => {
  const measure = measureNamed('unscreened-on-return');
  const found = measure && differenceOver(measure, 'gender', ['boy', 'girl'], partsOf(year, 'gender'));
  if (!found) throw new RangeError('There is no share unscreened-on-return.');
  return found;
};

/** Interviews that took place at an advocacy center, of those that were booked and kept. */
function atCenters({ rows }: Cohort, listed: readonly ListedProvider[]): Share {
  const kindOf = (id: string) => listed.find((each) => each.id === id)?.place?.kind;
  const kinds = rows.filter(isWorked).flatMap(({ interviewedAt }) => interviewedAt.map(kindOf));
  const known = kinds.filter((kind) => kind !== undefined);
  const count = known.filter((kind) => kind === 'advocacy-center').length;
  return shareFrom({ count, of: known.length, unknown: kinds.length - known.length });
}

/** So many days a listing counts as verified after someone last said it. */
const verifiedDays = 180;
const day = 86_400_000;

const training = { practice: 'training', evidence: '/training' } as const;
const listing = { practice: 'listing', evidence: '/providers' } as const;

export const scoreMeasures: readonly ScoreMeasure[] = [
  ofRows('screening', 'screened-in-a-day'),
  ofRows('screening', 'screened-on-return'),
  {
    id: 'unscreened-boys-minus-girls',
    span: 'year',
    practice: 'screening',
    words: 'Returns without a screening: boys minus girls',
    counts: 'The share of boys minus the share of girls. Near zero is the aim.',
    evidence: '/numbers/equity?by=gender',
    measured: ({ now, before }) => ({
      kind: 'difference',
      difference: boysMinusGirls(now),
      before: boysMinusGirls(before),
    }),
  },
  ofRecorded(
    {
      id: 'caseworkers-current',
      words: 'Caseworkers current in training',
      counts: 'Of all caseworkers, by the headcount of today.',
      ...training,
    },
    'caseworkers',
  ),
  ofRecorded(
    {
      id: 'careline-current',
      words: 'Careline staff current in training',
      counts: 'Of all staff of the Careline, by the headcount of today.',
      ...training,
    },
    'careline',
  ),
  ofRecorded(
    {
      id: 'schools-current',
      words: 'School staff current in training',
      counts: 'Of all school staff, by the headcount of today.',
      ...training,
    },
    'schools',
  ),
  ofToday(
    {
      id: 'services-listed',
      words: 'Services with a provider, region by region',
      counts: 'Of each service in each of the six regions.',
      ...listing,
    },
    ({ listed }) =>
      tally(
        services.flatMap((service) =>
          regions.map(({ id }) =>
            listed.some((each) => !each.retired && each.service === service && each.regions.includes(String(id))),
          ),
        ),
      ),
  ),
  ofToday(
    {
      id: 'listings-verified',
      words: 'Listings verified within 180 days',
      counts: 'Of all providers listed. An entry that no one has said again here is not verified.',
      ...listing,
    },
    ({ listed, asOf }) =>
      tally(
        listed
          .filter(({ retired }) => !retired)
          .map(({ saidAt }) => saidAt !== undefined && Date.parse(asOf) - Date.parse(saidAt) <= verifiedDays * day),
      ),
  ),
  ofRows('listing', 'unmet-by-misfit'),
  ofRows('places', 'exam-offered-in-time'),
  {
    id: 'interviews-at-centers',
    span: 'year',
    practice: 'places',
    words: 'Interviews at an advocacy center',
    counts: 'Booked interviews that took place there. Of: those whose place is listed.',
    evidence: '/providers',
    measured: ({ now, before, listed }) => ({
      kind: 'share',
      share: atCenters(now, listed),
      before: atCenters(before, listed),
    }),
  },
  ofToday(
    {
      id: 'protocols-in-force',
      practice: 'places',
      words: 'Hospitals and centers with a protocol on file',
      counts: 'Of those that said where they are.',
      evidence: '/providers',
    },
    ({ listed, asOf }) => {
      const places = listed.flatMap(({ id, retired, place }) => (retired || !place ? [] : [[id, place] as const]));
      // One that gives several services is one place.
      return tally([...new Map(places).values()].map(({ protocolUntil = '' }) => protocolUntil >= newYorkDate(asOf)));
    },
  ),
  ofRows('data', 'key-facts-known'),
  ofRows('data', 'care-facts-known'),
  ofRecorded(
    {
      id: 'agreements-in-force',
      practice: 'data',
      words: 'Agreements on data in force',
      counts: 'Of those that were made and not ended.',
      evidence: '/agreements',
    },
    'agreements',
  ),
];

export type Score = Omit<ScoreMeasure, 'measured'> &
  Value & {
    /** What the program aims at. Absent where it has no aim. */
    readonly aim?: Target;
    /** How far the share is from the aim, from 0. Absent where there is no aim, or too few cases. */
    readonly gap?: number;
  };

/** How far a share lies beyond its aim. 0 where the aim is met. */
const gapTo = (share: number, { atLeast = 0, atMost = 1 }: Pick<Target, 'atLeast' | 'atMost'>): number =>
  Math.max(0, atLeast - share, share - atMost);

/** All fifteen, in the order of the practices. */
export const scorecard = (asked: Asked): readonly Score[] =>
  scoreMeasures.map(({ measured, ...measure }) => {
    const value = measured(asked);
    const aim = aimOf(measure.id);
    const share = value.kind === 'share' ? value.share.share : undefined;
    const gap = aim && share !== undefined ? gapTo(share, aim) : undefined;
    return { ...measure, ...value, ...whereKnown({ aim, gap }) };
  });
