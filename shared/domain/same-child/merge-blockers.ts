/**
 * Facts of a referral that the other one lacks, into which it would be merged. Its own policy clocks end with it. So
 * each fact that opens a clock, causes an alert or limits contact must be recorded there first. The commands that
 * record it open the clocks and alert there.
 */

import type { Lookups } from '../core/command-lookups.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Answer } from '../core/vocabulary.ts';
import { type FactOfDuty, factsOfDuties, isForAdultServices, wasInCareBefore } from '../deadlines/clocks.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { isClient, isInCare, isMinorSure, thirdPartyAlleged, youngestPossible } from '../intake/report-facts.ts';
import { isMissing } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { pausedUntil } from '../response/paused-until.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { ranks } from '../screening/screening.ts';

/** A "no" is less than an unknown, and an unknown is less than a "yes". */
const weights: Readonly<Record<Answer, number>> = { no: 0, unknown: 1, yes: 2 };

/** A known instant as epoch milliseconds. An unknown one comes before all others. */
const epochOf = (instant: string): number => {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
};

/** The rank of the screening. Without a screening it is the rank that the first one must find at least. */
const rankOf = (state: Referral): number => ranks[currentScreening(state)?.outcome ?? 'insufficient-info'];

const saidYes =
  (fact: FactOfDuty) =>
  (here: Referral, there: Referral): readonly string[] =>
    here.child[fact] === 'yes' && there.child[fact] !== 'yes' ? [`${fact} yes`] : [];

const when = (isSo: boolean, ...said: readonly string[]): readonly string[] => (isSo ? said : []);

const askedServices = ({ services: { linkages } }: Referral) =>
  Object.values(linkages).filter(({ status }) => status !== 'declined');

/**
 * Each fact with the command that records it. `said` gives the facts as a person finds them in the command's fields,
 * none where the other referral knows.
 */
const knowledge: readonly {
  readonly command: string;
  readonly said: (here: Referral, there: Referral, now: string) => readonly string[];
}[] = [
  {
    command: 'pause-outreach',
    said: (here, there, now) => {
      const until = pausedUntil(here, now);
      return when(until !== undefined && epochOf(until) > epochOf(pausedUntil(there, now) ?? ''), 'pause of outreach');
    },
  },
  {
    command: 'assess-danger',
    said: (here, there) =>
      when(weights[here.response.danger] > weights[there.response.danger], `danger ${here.response.danger}`),
  },
  { command: 'report-missing', said: (here, there) => when(isMissing(here) && !isMissing(there), 'missing') },
  {
    command: 'record-facts',
    said: (here, there) =>
      when(mayContact(here) === 'not-the-caregiver' && mayContact(there) !== 'not-the-caregiver', 'caregiverNamed yes'),
  },
  {
    command: 'record-facts',
    said: ({ child }, there) =>
      when(thirdPartyAlleged(child) === 'yes' && thirdPartyAlleged(there.child) === 'no', 'perpetrators third-party'),
  },
  {
    command: 'record-facts',
    said: ({ child }, there) =>
      when(epochOf(child.lastAssaultAt) > epochOf(there.child.lastAssaultAt), 'lastAssaultAt'),
  },
  ...factsOfDuties.map((fact) => ({ command: 'record-facts', said: saidYes(fact) })),
  {
    command: 'record-facts',
    said: ({ child }, there) =>
      when(child.connecticutResident === 'no' && there.child.connecticutResident !== 'no', 'connecticutResident no'),
  },
  {
    command: 'record-facts',
    said: ({ child }, there) =>
      when(
        isInCare(child) && !isInCare(there.child),
        ...when(child.population === 'in-dcf-care', 'population in-dcf-care'),
        ...when(isInCare({ ...child, population: 'unknown' }), `legalStatus ${child.legalStatus}`),
      ),
  },
  {
    command: 'record-facts',
    said: ({ child }, there) => when(child.dcfClient === 'yes' && isClient(there.child) !== 'yes', 'dcfClient yes'),
  },
  {
    command: 'record-entry-to-care',
    said: (here, there) =>
      when(here.response.enteredCare && !there.response.enteredCare && !wasInCareBefore(there), 'first entry to care'),
  },
  { command: 'invoke-hold', said: (here, there) => when(here.response.hold && !there.response.hold, 'hold') },
  {
    command: 'record-charges',
    said: (here, there) => when(here.response.charged && !there.response.charged, 'charges'),
  },
  {
    command: 'record-birth-date',
    said: (here, there) => {
      const isUnderAge = isMinorSure(here.child.age) && youngestPossible(there.child.age) >= 18;
      // A clock that waits for a birthday here needs the date there.
      const waits = ['D30', 'D34', 'D44'].some((rule) => openDeadlineOf(here, rule) !== undefined);
      const isAgeOpen = there.child.age.known !== 'exact' && !isForAdultServices(there);
      return when(isUnderAge || (waits && isAgeOpen), 'birthDate');
    },
  },
  {
    command: 'screen',
    said: (here, there) => {
      const outcome = currentScreening(here)?.outcome;
      return outcome !== undefined && rankOf(here) > rankOf(there) ? [`outcome ${outcome}`] : [];
    },
  },
  {
    command: 'offer-linkage',
    said: (here, there) =>
      askedServices(here).flatMap(({ service, status }) => {
        const other = there.services.linkages[service]?.status;
        const isAsked = other !== undefined && other !== 'declined' && (status === 'needed' || other !== 'needed');
        return when(!isAsked, `service ${service}`);
      }),
  },
];

/**
 * Refuses a merge that would lose facts only this referral knows at `now`, a UTC instant. It names fields and codes
 * alone, for people who may read both.
 */
export function mergeBlockers(
  here: Referral,
  { other }: Pick<Lookups['otherReferral'], 'other'>,
  now: string,
): Refusal | undefined {
  if (!other) return undefined;
  if (here.pathway.clocksMissing || other.pathway.clocksMissing) {
    return refuse('clocks-missing');
  }
  const facts = knowledge.flatMap(({ command, said }) => said(here, other, now).map((fact) => ({ command, fact })));
  if (facts.length === 0) return undefined;
  const listed = [...Map.groupBy(facts, ({ command }) => command)]
    .map(([command, of]) => `${of.map(({ fact }) => fact).join(', ')} (${command})`)
    .join('; ');
  return refuse('record-there-first', { listed });
}
