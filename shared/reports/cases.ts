/** How each share is counted: the cases of its denominator, and which of them count. */
import { type chargeEnds, followUpMonths, type Service, type serviceOutcomes } from '../domain/core/vocabulary.ts';
import type { FactDuty, FactRow, FactService } from '../domain/facts/fact-row-shape.ts';
import type { AlarmClass } from '../domain/policy/policy.ts';
import type { CountedChild } from './children.ts';
import { type Cohort, isError, isWorked, perCohort } from './cohort.ts';
import { isBefore, isUpTo } from './utc-instants.ts';

/** One case of a denominator. `counts`: whether it is in the numerator. Undefined where that is not known. */
export interface Case {
  /** The child that it is about: a reference of `childrenOf`. */
  readonly childId: string;
  /** The referrals that explain it. */
  readonly referrals: readonly string[];
  readonly counts: boolean | undefined;
}
type ChargeEnd = (typeof chargeEnds)[number];
type ServiceOutcome = (typeof serviceOutcomes)[number];
export type CasesOf = (cohort: Cohort) => readonly Case[];

const hour = 3_600_000;
const day = 24 * hour;
/** Half a year and a year, in days. */
export const windows = { '6-months': 183, '12-months': 365 } as const;
export type Window = keyof typeof windows;

/** The children with referrals that are worked on, or ended at their proper end, and those referrals. */
const workedIn = perCohort(({ children }) =>
  children.flatMap(({ id: childId, referrals: all }) => {
    const rows = all.filter(isWorked);
    return rows.length === 0 ? [] : [{ childId, rows, referrals: rows.map(({ id }) => id) }];
  }),
);

/** A case for each child among which `among` says so. `counts` says of its referrals whether it is in the numerator. */
export const ofChildren =
  (
    counts: (rows: readonly FactRow[], cohort: Cohort) => boolean | undefined,
    among: (rows: readonly FactRow[]) => boolean = () => true,
  ): CasesOf =>
  (cohort) =>
    workedIn(cohort)
      .filter(({ rows }) => among(rows))
      .map(({ childId, rows, referrals }) => ({ childId, referrals, counts: counts(rows, cohort) }));

/** Whether a child reached a stage by the watermark. */
export const reached =
  (stage: keyof FactRow['stages']) =>
  (rows: readonly FactRow[], { asOf }: Cohort): boolean =>
    rows.some(({ stages }) => isUpTo(stages[stage], asOf));

/** The service rows of a child. */
const servicesIn = (rows: readonly FactRow[], service?: Service): readonly FactService[] =>
  rows.flatMap(({ services }) => services.filter((each) => service === undefined || each.service === service));

/** Declines that leave no need: it is over, or met elsewhere. */
const settles = ['no-longer-needed', 'served-elsewhere'];

/** Whether a need was declined for a reason that leaves it, and was not met since. */
export const isUnmet = ({ startedAt, declines }: FactService): boolean =>
  startedAt === undefined && declines.some(({ reason }) => !settles.includes(reason));

/** Children who need a service, or any; those with a need that is not met count. */
export const unmetNeeds = (service?: Service): CasesOf =>
  ofChildren(
    (rows) => servicesIn(rows, service).some(isUnmet),
    (rows) => servicesIn(rows, service).length > 0,
  );

/** Whether a need of the child is unmet that a provider declined because the child is not eligible. */
export const isMisfit = (rows: readonly FactRow[]): boolean =>
  servicesIn(rows).some((each) => isUnmet(each) && each.declines.some(({ reason }) => reason === 'not-eligible'));

/** Children who need a service, or any; those with one that started count. */
export const startedServices = (service?: Service): CasesOf =>
  ofChildren(
    (rows, { asOf }) => servicesIn(rows, service).some(({ startedAt }) => isUpTo(startedAt, asOf)),
    (rows) => servicesIn(rows, service).length > 0,
  );

/** Children who need an advocate. They count once the advocate reached them, or began to serve them. */
export const reachedByAdvocate: CasesOf = ofChildren(
  (rows, { asOf }) =>
    servicesIn(rows, 'victim-advocacy').some(
      ({ reachedAt, startedAt }) => isUpTo(reachedAt, asOf) || isUpTo(startedAt, asOf),
    ),
  (rows) => servicesIn(rows, 'victim-advocacy').length > 0,
);

/**
 * Each acute exam that was a duty. Those at this step before evidence is gone count. Where the assault's time is not known, the
 * window is not known either. One that can still be in time is no case.
 */
export const examsInWindow =
  (step: 'offeredAt' | 'startedAt'): CasesOf =>
  ({ rows, whole, asOf }) =>
    rows.filter(isWorked).flatMap((row) =>
      row.duties
        .filter(({ rule }) => rule === 'D17')
        .flatMap(({ hardStop }) => {
          const [exam] = servicesIn([row], 'medical-acute-forensic');
          // An exam that started was offered, also where no one recorded the offer.
          const at = [exam?.startedAt, step === 'offeredAt' ? exam?.offeredAt : undefined]
            .filter((each) => isUpTo(each, asOf))
            .toSorted()[0];
          const isOpen = hardStop !== undefined && at === undefined && Date.parse(hardStop) > Date.parse(asOf);
          if (isOpen) return [];
          const counts = hardStop === undefined ? undefined : isUpTo(at, hardStop);
          return [{ childId: whole.get(row.id)?.id ?? row.id, referrals: [row.id], counts }];
        }),
    );

/** Each service that started, with the last outcome recorded. */
const outcomesIn = perCohort(({ rows, whole, asOf }) =>
  rows.filter(isWorked).flatMap(({ id, services }) =>
    services
      .filter(({ startedAt }) => isUpTo(startedAt, asOf))
      .map(({ outcomes }) => ({
        childId: whole.get(id)?.id ?? id,
        referrals: [id],
        last: followUpMonths.flatMap((months) => outcomes[months] ?? []).at(-1) ?? 'unknown',
      })),
  ),
);

/** Each service that started and has an outcome. Those that ended so count. */
export const endedServices =
  (outcome: ServiceOutcome): CasesOf =>
  (cohort) =>
    outcomesIn(cohort).map(({ last, ...each }) => ({
      ...each,
      counts: last === 'unknown' ? undefined : last === outcome,
    }));

/** Children with charges. Those whose charges ended so, by the last end recorded, count. */
export const endedCharges = (end: ChargeEnd): CasesOf =>
  ofChildren(
    (rows) => {
      const last = rows
        .flatMap(({ chargeEnds }) => chargeEnds)
        .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
        .at(-1);
      return last && last.chargesEnd === end;
    },
    (rows) => rows.some(({ charged }) => charged),
  );

/** The referral of each trafficker who was charged or convicted, once for each of them. */
export const chargedTraffickers = ({ rows }: Cohort): readonly string[] =>
  rows
    .filter((row) => !isError(row))
    .flatMap(({ id, prosecutions }) => {
      const charged = prosecutions.filter(
        ({ prosecution }) => prosecution === 'charged' || prosecution === 'convicted',
      );
      return [...new Set(charged.map(({ trafficker }) => trafficker))].map(() => id);
    });

/** Whether a duty was kept by this instant of it. Undefined where that is still open, or no longer asked. */
export function isKept(
  { status, keptAt, ...duty }: FactDuty,
  by: 'dueByRule' | 'due',
  asOf: string,
): boolean | undefined {
  if (status === 'not-applicable' || status === 'ended') return undefined;
  if (status === 'kept' && keptAt !== undefined) return isUpTo(keptAt, duty[by]);
  if (status === 'missed-closed') return false;
  return isBefore(duty[by], asOf) ? false : undefined;
}

interface DutyOf {
  readonly duty: FactDuty;
  readonly childId: string;
  readonly referrals: readonly string[];
}

/** The duties of a cohort by a word of each. */
const dutiesBy = (wordOf: (duty: FactDuty) => string) =>
  perCohort(({ rows, whole }) => {
    const found = new Map<string, DutyOf[]>();
    // A referral made in error is of no child, so no part of the state could have its duties.
    for (const { id, duties } of rows.filter((row) => !isError(row))) {
      const each = { childId: whole.get(id)?.id ?? id, referrals: [id] };
      for (const duty of duties) {
        const word = wordOf(duty);
        const those = found.get(word);
        if (those) those.push({ duty, ...each });
        else found.set(word, [{ duty, ...each }]);
      }
    }
    return found;
  });
const byRule = dutiesBy(({ rule }) => rule);
const byUrgency = dutiesBy(({ kind, class: alarmClass }) => `${kind} ${alarmClass}`);

/** Each duty of these that was due. One that is still open and not yet due is no case. */
const dueOf = (duties: readonly DutyOf[] = [], by: 'dueByRule' | 'due', asOf: string): readonly Case[] =>
  duties.flatMap(({ duty, childId, referrals }) => {
    const counts = isKept(duty, by, asOf);
    return counts === undefined ? [] : [{ childId, referrals, counts }];
  });

export const dutiesOfRule =
  (rule: string): CasesOf =>
  (cohort) =>
    dueOf(byRule(cohort).get(rule), 'dueByRule', cohort.asOf);

export const dutiesOf =
  (kind: FactDuty['kind'], alarmClass: AlarmClass, by: 'dueByRule' | 'due'): CasesOf =>
  (cohort) =>
    dueOf(byUrgency(cohort).get(`${kind} ${alarmClass}`), by, cohort.asOf);

/** Each referral that was screened or is a day old; those screened within 24 hours of receipt count. */
export const screenedInADay: CasesOf = ({ rows, whole, asOf }) =>
  rows.filter(isWorked).flatMap(({ id, receivedAt, stages: { screened } }) => {
    const until = new Date(Date.parse(receivedAt) + day).toISOString();
    const isDone = isUpTo(screened, asOf);
    if (!isDone && !isBefore(until, asOf)) return [];
    return [{ childId: whole.get(id)?.id ?? id, referrals: [id], counts: isDone && isUpTo(screened, until) }];
  });

/** The facts that equity, returns and exports rest on. */
const keyFactOf = {
  gender: ({ now }: FactRow) => now.gender,
  race: ({ now }: FactRow) => now.race.join(),
  placement: ({ now }: FactRow) => now.placement,
  exploitation: ({ now }: FactRow) => now.exploitation.join(),
  population: ({ now }: FactRow) => now.population,
  'legal-status': ({ now }: FactRow) => now.legalStatus,
  language: ({ childLanguage }: FactRow) => childLanguage,
  'care-timing': ({ careTiming }: FactRow) => careTiming,
} as const;
export const keyFacts = Object.keys(keyFactOf);

/** Each key fact of each child; those known in any referral of the child count. */
export const keyFactsKnown: CasesOf = (cohort) =>
  workedIn(cohort).flatMap(({ childId, rows, referrals }) =>
    Object.values(keyFactOf).map((factOf) => ({
      childId,
      referrals,
      counts: rows.some((row) => factOf(row) !== 'unknown'),
    })),
  );

/** Each return from missing in the referrals of the period; those with a screening count. */
export const returns: CasesOf = ({ rows, whole, asOf }) =>
  rows
    .filter((row) => !isError(row))
    .flatMap((row) =>
      row.absences
        .filter(({ returnedAt }) => isUpTo(returnedAt, asOf))
        .map(({ screenedAt }) => ({
          childId: whole.get(row.id)?.id ?? row.id,
          referrals: [row.id],
          counts: isUpTo(screenedAt, asOf),
        })),
    );

/**
 * Children whose first referral of the period lies so many days back at least. `happens` says whether it happened to the child
 * from `from` on and before `until`, in epoch milliseconds.
 */
const withinWindow =
  (window: Window, happens: (child: CountedChild, from: number, until: number) => boolean | undefined): CasesOf =>
  ({ children, whole, asOf }) =>
    children.flatMap((child) => {
      const first = child.referrals.find((row) => !isError(row));
      const known = whole.get(child.id);
      if (!first || !known) return [];
      const from = Date.parse(first.receivedAt);
      const until = from + windows[window] * day;
      if (until > Date.parse(asOf)) return [];
      const counts = happens(known, from, until);
      return counts === undefined
        ? []
        : [{ childId: child.id, referrals: known.referrals.map(({ id }) => id), counts }];
    });

/** Whether an instant lies between two others, in epoch milliseconds. */
const isWithin = (at: string, from: number, until: number): boolean => Date.parse(at) > from && Date.parse(at) < until;

/** A later report about the same child. One of the same call is none. */
export const referredAgain = (window: Window): CasesOf =>
  withinWindow(window, ({ referrals }, from, until) =>
    referrals.some((row) => !isError(row) && isWithin(row.receivedAt, from, until)),
  );

/** Children who were back from missing in that time. Those who went missing again in it count. */
export const missingAgain = (window: Window): CasesOf =>
  withinWindow(window, ({ referrals }, from, until) => {
    const absences = referrals.flatMap((row) => row.absences);
    const back = absences.flatMap(({ returnedAt }) =>
      returnedAt !== undefined && isWithin(returnedAt, from, until) ? [returnedAt] : [],
    );
    if (back.length === 0) return undefined;
    return absences.some(({ missingSince }) => back.some((at) => isWithin(missingSince, Date.parse(at), until)));
  });

/** A move to another placement. */
export const moved = (window: Window): CasesOf =>
  withinWindow(window, ({ referrals }, from, until) =>
    referrals.some(({ moves }) => moves.some(({ at }) => isWithin(at, from, until))),
  );

/** The last screening of a child's referrals. */
const lastScreening = (rows: readonly FactRow[]) =>
  rows
    .flatMap(({ screenings }) => screenings)
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .at(-1);

export const isScreened = (rows: readonly FactRow[]): boolean => lastScreening(rows) !== undefined;
export const hasOutcome =
  (...outcomes: readonly string[]) =>
  (rows: readonly FactRow[]): boolean =>
    outcomes.includes(lastScreening(rows)?.outcome ?? '');

/** The answer to a topic of the checklist: unknown where no referral of the child answers it. */
export const answersTo =
  (topic: string) =>
  (rows: readonly FactRow[]): boolean | undefined => {
    const answers = rows.map(({ checklist }) => checklist[topic]);
    if (answers.includes('yes')) return true;
    return answers.includes('no') ? false : undefined;
  };

/** Evidence that is no answer of the checklist: a substantiated investigation, or a trafficker charged or convicted. */
export const isConfirmedOutside = (rows: readonly FactRow[]): boolean =>
  rows.some(
    ({ disposition, prosecutions }) =>
      disposition === 'substantiated' ||
      prosecutions.some(({ prosecution }) => prosecution === 'charged' || prosecution === 'convicted'),
  );

export const isInCare = (rows: readonly FactRow[]): boolean =>
  rows.some(
    ({ now, enteredCareAt }) =>
      enteredCareAt !== undefined ||
      now.population === 'in-dcf-care' ||
      now.legalStatus === 'order-of-temporary-custody' ||
      now.legalStatus === 'committed',
  );

/** Whether a child is in placement, care or supervision. Unknown where no referral says. */
export function careOf(rows: readonly FactRow[]): boolean | undefined {
  if (isInCare(rows) || rows.some(({ now }) => now.legalStatus === 'open-in-home')) return true;
  return rows.some(({ now }) => now.population !== 'unknown' || now.legalStatus === 'none') ? false : undefined;
}

/** The children whose last screening confirmed it, by whether they are in care. */
export const identifiedVictims =
  (care: boolean | undefined) =>
  ({ children }: Cohort): readonly string[] =>
    children
      .filter(({ referrals }) => hasOutcome('confirmed')(referrals) && careOf(referrals) === care)
      .map(({ id }) => id);
