/**
 * Cases of an HTCDS file as drafts of reports, for a person to complete and send. No referral is made of a file. What a report
 * does not ask stays beside the draft, and in its narrative.
 */
import {
  exploitationPurposes,
  exploitationTypes,
  genders,
  legalStatuses,
  perpetrators,
  placements,
  populations,
  races,
  reporterTypes,
  venues,
} from '../../domain/core/vocabulary.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { backFrom, genderCodes, purposeCodes, relationCodes, sexCodes, translated } from './codes.ts';
import { e164, exploitationOf, filled, type HtcdsCase, namesOf, separator } from './export.ts';

/** What a draft of the console and the API holds, with the field names of a report. */
export interface DraftContent {
  readonly reporterType: (typeof reporterTypes)[number];
  readonly narrative: string;
  readonly children: readonly [Readonly<Record<string, string | readonly string[]>>];
}

export interface HtcdsDraft {
  readonly content: DraftContent;
  /** The fields of the file that do not follow from the content. */
  readonly beside: HtcdsCase;
}

const oneOf = <Code extends string>(codes: readonly Code[], text: string | undefined): Code | undefined =>
  codes.find((code) => code === text);
const someOf = <Code extends string>(codes: readonly Code[], text = ''): readonly Code[] =>
  text.split(separator).flatMap((part) => oneOf(codes, part) ?? []);

/** The codes of the extension column where it has some. Else those behind the codes of the standard. */
function severalFrom<Code extends string>(
  own: readonly Code[],
  ours: string | undefined,
  table: Readonly<Record<Code, string | undefined>>,
  theirs = '',
): readonly Code[] {
  const said = someOf(own, ours);
  return said.length > 0 ? said : theirs.split(separator).flatMap((code) => backFrom(code, table) ?? []);
}

/** What the child was exploited for: by the extension, else by the types of the standard that are asked here. */
function purposeIn({ ct_ExploitedFor, vic_TypeOfExploitation: types = '' }: HtcdsCase) {
  const said = types.split(separator).filter((type) => purposeCodes['sex-and-labor'].includes(type));
  return (
    oneOf(exploitationPurposes, ct_ExploitedFor) ??
    exploitationPurposes.find((each) => said.length > 0 && purposeCodes[each].join() === said.toSorted().join())
  );
}

/** What the standard's own and the extension columns say of the fields of a report. */
function childOf(fields: HtcdsCase): Readonly<Record<string, string | readonly string[]>> {
  const gender =
    oneOf(genders, fields.ct_Gender) ??
    (fields.prs_Gender === undefined ? undefined : backFrom(fields.prs_Gender, genderCodes));
  const exploitation = severalFrom(
    exploitationTypes,
    fields.ct_Exploitation,
    sexCodes,
    fields.vic_TypeOfSexExploitation,
  );
  const relation = severalFrom(
    perpetrators,
    fields.ct_Perpetrators,
    relationCodes,
    fields.vic_RelationshipToTrafficker,
  );
  const name = fields.ct_ChildName ?? [fields.prs_FirstName, fields.prs_SecondName].filter(Boolean).join(' ');
  const lists = {
    race: someOf(races, fields.ct_Race),
    exploitation,
    venue: someOf(venues, fields.ct_Venue),
    perpetrators: relation,
  };
  const texts = {
    name,
    birthDate: fields.prs_Birthdate,
    phone: fields.prs_MobilePhone,
    priorIds: fields.ct_Reference,
    gender,
    exploitedFor: purposeIn(fields),
    population: oneOf(populations, fields.ct_Population),
    legalStatus: oneOf(legalStatuses, fields.ct_LegalStatus),
    placement: oneOf(placements, fields.ct_Placement),
  };
  return {
    // A person must say it: unknown runs the shorter clock.
    danger: 'unknown',
    ...filled(texts),
    ...Object.fromEntries(Object.entries(lists).filter(([, codes]) => codes.length > 0)),
  };
}

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(separator);
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' || value === undefined ? [] : value;

/** The fields of HTCDS that follow from the content of a draft. */
function fieldsOf({ reporterType, children: [child] }: Pick<DraftContent, 'reporterType' | 'children'>): HtcdsCase {
  const { first, second } = namesOf(textOf(child.name));
  const gender = oneOf(genders, textOf(child.gender));
  const exploitation = listOf(child.exploitation).flatMap((each) => oneOf(exploitationTypes, each) ?? []);
  const purpose = oneOf(exploitationPurposes, textOf(child.exploitedFor));
  const relation = listOf(child.perpetrators).flatMap((each) => oneOf(perpetrators, each) ?? []);
  const phone = textOf(child.phone);
  return filled({
    prs_FirstName: first,
    prs_SecondName: second,
    prs_Birthdate: textOf(child.birthDate),
    prs_Gender: gender && genderCodes[gender],
    prs_MobilePhone: phone && (e164(phone) ?? phone),
    vic_RelationshipToTrafficker: translated(relation, relationCodes)[0],
    ...exploitationOf({ exploitation: [...exploitation], exploitedFor: purpose ?? 'unknown' }),
    cas_ReferringOrganisation: reporterType === 'unknown' ? undefined : reporterType,
    ct_Reference: textOf(child.priorIds),
    ct_ReporterType: reporterType,
    ct_ChildName: textOf(child.name),
    ct_Gender: gender,
    ct_Race: textOf(child.race),
    ct_Population: textOf(child.population),
    ct_LegalStatus: textOf(child.legalStatus),
    ct_Placement: textOf(child.placement),
    ct_Exploitation: exploitation.join(separator),
    ct_ExploitedFor: purpose,
    ct_Venue: textOf(child.venue),
    ct_Perpetrators: relation.join(separator),
  });
}

/** Names and numbers of a person do not go into the narrative: they have fields of their own. */
const isPerson = (field: string): boolean => field.startsWith('prs_') || field === 'ct_ChildName';

/** The draft of a case. `now`: the UTC instant of the import. */
export function draftOf(fields: HtcdsCase, now: string): HtcdsDraft {
  const reporterType =
    oneOf(reporterTypes, fields.ct_ReporterType) ?? oneOf(reporterTypes, fields.cas_ReferringOrganisation) ?? 'unknown';
  const children = [childOf(fields)] as const;
  const follows = fieldsOf({ reporterType, children });
  const names = new Set([...Object.keys(fields), ...Object.keys(follows)]);
  const beside = Object.fromEntries(
    [...names].filter((name) => fields[name] !== follows[name]).map((name) => [name, fields[name] ?? '']),
  );
  const lines = Object.entries(beside)
    .filter(([name, value]) => value !== '' && !isPerson(name))
    .map(([name, value]) => `${name}: ${value}`);
  const narrative = [
    `Imported on ${newYorkDate(now)} from a file of the standard HTCDS 2.0. Check every field.`,
    ...lines,
  ];
  return { content: { reporterType, narrative: narrative.join('\n'), children }, beside };
}

/** The case that a draft says, as it was in the file. */
export const caseOfDraft = ({ content, beside }: HtcdsDraft): HtcdsCase => filled({ ...fieldsOf(content), ...beside });
