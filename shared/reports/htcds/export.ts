/** Referrals as rows of HTCDS 2.0. Without names, unless the caller was given them by a recorded read. */
import type { FactRow } from '../../domain/facts/fact-row-shape.ts';
import { exploitedFor } from '../../domain/intake/report-facts.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { isError } from '../cohort.ts';
import { csvOf } from '../csv.ts';
import {
  controlCodes,
  genderCodes,
  purposeCodes,
  recruitmentCodes,
  relationCodes,
  sexCodes,
  statusCodes,
  translated,
} from './codes.ts';
import { columnsOf, type Dialect, headingsOf } from './dialects.ts';

/** A row of a file, by the names of the field list and of the extensions. A field without a value is absent. */
export type HtcdsCase = Readonly<Record<string, string>>;

/** Who a child is, as a read of the vault gave it. */
export interface Identity {
  readonly childName?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | undefined;
  readonly phone?: string | undefined;
}

/** Several values stand in one cell so. */
export const separator = ';';
const several = (codes: readonly string[]): string => codes.join(separator);
const known = (codes: readonly string[]): string => several(codes.filter((code) => code !== 'unknown'));

/** The fields with a value. */
export const filled = (fields: Readonly<Record<string, string | undefined>>): HtcdsCase =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );

/** A telephone number of North America in E.164. Undefined for any other text. */
export function e164(phone: string): string | undefined {
  const [, ten] = /^1?([2-9]\d{2}[2-9]\d{6})$/.exec(phone.replaceAll(/\D/g, '')) ?? [];
  return ten === undefined ? undefined : `+1${ten}`;
}

/** The name as HTCDS has it: the last word is the second name. */
export function namesOf(childName: string | undefined): { readonly first?: string; readonly second?: string } {
  const words = childName?.trim().split(/\s+/).filter(Boolean) ?? [];
  if (words.length < 2) return words[0] === undefined ? {} : { first: words[0] };
  return { first: words.slice(0, -1).join(' '), second: words.at(-1) ?? '' };
}

/**
 * The types of exploitation, as answered. Where no one answered, kinds stand for sex: each kind of the standard's list
 * is one. No type of sex is said of a child who was exploited for labor alone.
 */
export function exploitationOf(child: Pick<FactRow['now'], 'exploitation' | 'exploitedFor'>) {
  const said = exploitedFor(child);
  const isKnown = child.exploitation.some((each) => each !== 'unknown');
  return {
    vic_TypeOfExploitation: several(purposeCodes[said === 'unknown' && isKnown ? 'sex' : said]),
    vic_TypeOfSexExploitation: said === 'labor' ? undefined : several(translated(child.exploitation, sexCodes)),
  };
}

const closing = ({ stage, withdrawnBecause }: FactRow): string | undefined => {
  if (stage === 'closed') return 'Work on the referral is complete.';
  return stage === 'withdrawn' ? `Withdrawn: ${withdrawnBecause ?? 'no reason recorded'}.` : undefined;
};

/** The case of a referral, without who the child is. */
export function caseOf(row: FactRow): HtcdsCase {
  const last = row.screenings.at(-1);
  const offered = row.services.filter(({ offeredAt }) => offeredAt !== undefined);
  const outgoing = offered.flatMap(({ offeredAt }) => offeredAt ?? []).toSorted()[0];
  return filled({
    prs_Gender: genderCodes[row.now.gender],
    vic_TraffickingStatus: last && statusCodes[last.outcome],
    vic_TraffickingStatusDecisionMakingOrg: last && 'NonPoliceGovernmentalOrganization',
    vic_RelationshipToTrafficker: translated(row.perpetrators, relationCodes)[0],
    vic_MethodOfRecruitment: several(translated(row.recruitment, recruitmentCodes)),
    vic_MethodsOfControl: several(translated(row.control, controlCodes)),
    ...exploitationOf(row.now),
    cas_Status: row.stage === 'open' ? 'Active' : offered.length > 0 ? 'ClosedReferred' : 'Closed',
    cas_ReasonForCaseClosure: closing(row),
    cas_CaseOwner: row.office,
    cas_ReferringOrganisation: row.reporterType === 'unknown' ? undefined : row.reporterType,
    cas_IncomingReferralDate: newYorkDate(row.receivedAt),
    cas_ReasonForIncomingReferral: 'Other',
    cas_ReasonForOutgoingReferral: outgoing && 'AdditionalServicesRequired',
    cas_OutgoingReferralDate: outgoing && newYorkDate(outgoing),
    ct_Reference: row.id,
    ct_ReceivedAt: row.receivedAt,
    ct_ReporterType: row.reporterType,
    ct_Gender: row.now.gender,
    ct_Race: several(row.now.race),
    ct_AgeBand: row.ageBand,
    ct_Region: row.region === undefined ? undefined : String(row.region),
    ct_Population: row.now.population,
    ct_LegalStatus: row.now.legalStatus,
    ct_Placement: row.now.placement,
    ct_Language: row.childLanguage,
    ct_CareTiming: row.careTiming,
    ct_Exploitation: several(row.now.exploitation),
    ct_ExploitedFor: row.now.exploitedFor,
    ct_Venue: several(row.now.venue),
    ct_Perpetrators: several(row.perpetrators),
    ct_Recruitment: known(row.recruitment),
    ct_Control: known(row.control),
    ct_Outcome: last?.outcome,
    ct_DecisionPath: row.decisions.at(-1)?.outcome,
    ct_ServicesOffered: several(offered.map(({ service }) => service)),
  });
}

/** The first day of the month of a day. */
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/**
 * The cases as they go out without names, in the order of their content. They have no reference and no instant. Each day is the first
 * of its month. By these another table would say who the child is.
 */
export const withoutNames = (cases: readonly HtcdsCase[]): readonly HtcdsCase[] =>
  cases
    .map(({ ct_Reference: _, ct_ReceivedAt: __, ...fields }) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, name.endsWith('ReferralDate') ? monthOf(value) : value]),
      ),
    )
    .map((fields) => [JSON.stringify(Object.entries(fields).toSorted()), fields] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, fields]) => fields);

/** The case with who the child is. */
export function withIdentity(fields: HtcdsCase, { childName, birthDate, phone }: Identity): HtcdsCase {
  const { first, second } = namesOf(childName);
  return filled({
    ...fields,
    prs_FirstName: first,
    prs_SecondName: second,
    prs_Birthdate: birthDate,
    prs_MobilePhone: phone && e164(phone),
    ct_ChildName: childName,
  });
}

/** The referrals that a file has: no merged one, none made in error, no sealed one. */
export const exported = (rows: readonly FactRow[]): readonly FactRow[] =>
  rows.filter((row) => row.stage !== 'merged' && !row.sealed && !isError(row));

/** A file of these cases in a dialect. No cell is read as a formula. */
export const htcdsText = (cases: readonly HtcdsCase[], dialect: Dialect): string =>
  csvOf([
    ...headingsOf(dialect),
    ...cases.map((fields) =>
      columnsOf(dialect).map((name) =>
        // The form separates several codes by a blank.
        dialect === 'form' && name.startsWith('vic_') ? fields[name]?.replaceAll(separator, ' ') : fields[name],
      ),
    ),
  ]);
