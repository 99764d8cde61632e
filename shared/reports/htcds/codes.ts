/** Codes of this product as codes of HTCDS. Where several become one, the extension columns keep what is lost. */
import type {
  controlMethods,
  ExploitationPurpose,
  exploitationTypes,
  genders,
  Outcome,
  perpetrators,
  recruitmentMethods,
} from '../../domain/core/vocabulary.ts';

type Codes<List extends readonly string[]> = Readonly<Record<List[number], string | undefined>>;

export const genderCodes: Codes<typeof genders> = {
  girl: 'Feminine',
  boy: 'Masculine',
  'transgender-girl': 'TransgenderFeminine',
  'transgender-boy': 'TransgenderMasculine',
  nonbinary: 'NonConforming',
  other: 'NonConforming',
  unknown: 'NonSpecifiedUnknown',
};

/** Three outcomes become "possible". */
export const statusCodes: Readonly<Record<Outcome, string>> = {
  confirmed: 'ActualVictimOfTrafficking',
  'high-risk': 'PossibleVictimOfTrafficking',
  'at-risk': 'PossibleVictimOfTrafficking',
  'insufficient-info': 'PossibleVictimOfTrafficking',
  'not-indicated': 'NotAVictimOfTrafficking',
};

export const recruitmentCodes: Codes<typeof recruitmentMethods> = {
  abduction: 'Other',
  'educational-facility': 'AtAnEducationalInstitution',
  familial: 'ThroughFamilyOrFamilyEvents',
  internet: 'ThroughOnlineSocialNetworks',
  'marriage-broker': 'Other',
  'intimate-partner': 'Other',
  'job-offer': 'Other',
  'posing-as-benefactor': 'Other',
  'public-area': 'Other',
  'offer-of-accommodation': 'Other',
  shelter: 'Other',
  smuggling: 'Other',
  workplace: 'AtWork',
  other: 'Other',
  unknown: undefined,
};

export const controlCodes: Codes<typeof controlMethods> = {
  'debt-bondage': 'DebtBondage',
  'takes-earnings': 'TakesEarnings',
  'restricts-money': 'RestrictsFinancialAccess',
  threats: 'PhysicalThreats',
  'psychological-abuse': 'PsychologicalAbuse',
  'physical-abuse': 'PhysicalAbuse',
  'sexual-abuse': 'SexualAbuse',
  'false-promises': 'FalsePromises',
  'drugs-or-alcohol': 'PsychoactiveSubstance',
  'restricts-movement': 'Other',
  'restricts-medical-care': 'RestrictsMedicalCare',
  'excessive-work': 'ExcessiveWorkingHours',
  'uses-children': 'ThreatensChildrenFamily',
  'threat-of-police': 'ThreatsLawEnforcement',
  'withholds-necessities': 'WithholdsNecessities',
  'withholds-documents': 'WithholdsDocuments',
  other: 'Other',
  unknown: undefined,
};

/** For sex where only kinds of it are said. `export.ts` passes what the answer and the kinds say together. */
export const purposeCodes: Readonly<Record<ExploitationPurpose, readonly string[]>> = {
  sex: ['SexualExploitation'],
  labor: ['ForcedLabour'],
  'sex-and-labor': ['ForcedLabour', 'SexualExploitation'],
  unknown: [],
};

export const sexCodes: Codes<typeof exploitationTypes> = {
  'commercial-sex': 'Prostitution',
  'explicit-images': 'Pornography',
  'survival-sex': 'Prostitution',
  familial: 'PrivateSexualServices',
  'gang-controlled': 'Prostitution',
  other: undefined,
  unknown: undefined,
};

export const relationCodes: Codes<typeof perpetrators> = {
  caregiver: 'Familial',
  entrusted: 'Acquainted',
  'given-access': 'Acquainted',
  'third-party': 'Unaquainted',
  'none-alleged': undefined,
  unknown: undefined,
};

/** The codes of HTCDS for these of ours, each once, in the order of ours. */
export const translated = <Code extends string>(
  codes: readonly Code[],
  table: Readonly<Record<Code, string | undefined>>,
): readonly string[] => [...new Set(codes.flatMap((code) => table[code] ?? []))];

/** The first of our codes that becomes this one. */
export const backFrom = <Code extends string>(
  code: string,
  table: Readonly<Record<Code, string | undefined>>,
): Code | undefined => (Object.keys(table) as Code[]).find((each) => table[each] === code);
