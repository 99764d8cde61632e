/** What invented people say and do: the report of an invented child, and the values that an act leaves open. */
import * as z from 'zod';
import type { CommandName } from '../../domain/commands.ts';
import {
  aloneAnswers,
  exploitationTypes,
  indicatorTopics,
  type Outcome,
  recruitmentMethods,
  reporterTypes,
  venues,
} from '../../domain/core/vocabulary.ts';
import { childCodes, reportCodes } from '../../domain/intake/report-facts.ts';
import type { Act } from '../../domain/next-steps/acts.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Dice } from './dice.ts';

/** The towns of the invented children: two of each region, so that every office and team has work. */
const homes = [
  ...['Bridgeport', 'Stamford', 'New Haven', 'Milford', 'Norwich', 'New London'],
  ...['Hartford', 'Manchester', 'Waterbury', 'Torrington', 'New Britain', 'Meriden'],
];

/** How a child turns out, so that all acts about one child agree with each other. */
export interface Course {
  readonly outcome: Outcome;
  readonly years: number;
  readonly born: string;
  readonly yes: readonly string[];
}

const coursesOf = { confirmed: 3, 'high-risk': 4, 'at-risk': 3, 'not-indicated': 2 } as const;

export function courseOf(dice: Dice, receivedAt: string): Course {
  const outcome = dice.weighted(coursesOf);
  const years = Math.floor(dice.between(11, 18));
  const many = { confirmed: 6, 'high-risk': 4, 'at-risk': 2, 'not-indicated': 0 }[outcome];
  const yes = indicatorTopics.filter(() => dice.chance(many / indicatorTopics.length));
  return { outcome, years, born: `${Number(receivedAt.slice(0, 4)) - years}-01-02`, yes };
}

/** The codes of the report of one call, and of the child. Much is unknown, as on a call. */
export function reportedChild(dice: Dice, { years, yes }: Course) {
  const town = dice.pick(homes);
  const isKnown = (rate: number) => dice.chance(rate);
  const gender = isKnown(0.9) ? dice.weighted({ girl: 78, boy: 16, 'transgender-girl': 2, nonbinary: 4 }) : 'unknown';
  const population = dice.weighted({ 'in-dcf-care': 35, 'left-dcf-care': 10, 'living-at-home': 45, unknown: 10 });
  const isInCare = population === 'in-dcf-care';
  return {
    report: reportCodes.parse({
      channel: dice.pick(['phone', 'form']),
      reporterType: dice.pick(reporterTypes),
      mandated: dice.pick(['yes', 'yes', 'no']),
      anonymous: 'no',
    }),
    child: {
      ...childCodes.parse({
        danger: dice.weighted({ yes: 15, no: 75, unknown: 10 }),
        gender,
        race: isKnown(0.6) ? [dice.pick(['black', 'hispanic', 'white', 'asian'])] : ['unknown'],
        residenceTown: town,
        occurrenceTown: town,
        presentTown: town,
        connecticutResident: 'yes',
        population,
        legalStatus: isInCare ? 'committed' : 'none',
        placement: isInCare ? dice.pick(['foster-home', 'congregate-care', 'relative']) : 'parent-or-guardian',
        dcfClient: isInCare ? 'yes' : dice.pick(['yes', 'no', 'no']),
        emancipated: 'no',
        homeless: 'no',
        homeMeetsNeeds: 'yes',
        missingNow: dice.weighted({ yes: 12, no: 88 }),
        indicators: yes.filter(() => dice.chance(0.6)),
        exploitation: isKnown(0.5) ? [dice.pick(exploitationTypes)] : ['unknown'],
        exploitedFor: isKnown(0.5) ? dice.weighted({ sex: 80, labor: 8, 'sex-and-labor': 12 }) : 'unknown',
        venue: isKnown(0.5) ? [dice.pick(venues)] : ['unknown'],
        perpetrators: [dice.weighted({ 'third-party': 55, unknown: 30, caregiver: 15 })],
        foreignNational: 'no',
        tribalMember: 'no',
        inFacility: 'no',
        facilityEmployee: 'no',
        schoolEmployee: 'no',
        lastAssaultAt: 'none-known',
      }),
      age: { known: 'exact' as const, years },
      indicatorChecklist: 'generic-2026.1',
    },
    town,
  };
}

/** The facts that staff complete later. Some stay unknown. */
export const completedFacts = (dice: Dice) => ({
  race: [dice.pick(['black', 'hispanic', 'white', 'asian'] as const)],
  childLanguage: dice.weighted({ english: 80, spanish: 17, portuguese: 3 }),
  careTiming: dice.pick(['before-care', 'during-care', 'never-in-care'] as const),
  identifiedBy: dice.pick(['dcf-staff', 'school', 'police', 'medical'] as const),
  ...(dice.chance(0.5) && { recruitment: [dice.pick(recruitmentMethods.slice(0, -1))] }),
  ...(dice.chance(0.5) && { control: [dice.pick(['threats', 'takes-earnings', 'drugs-or-alcohol'] as const)] }),
});

/** Every topic, answered as the child's course is. A complete checklist has no unknown. */
const answersOf = ({ yes }: Course) =>
  Object.fromEntries(indicatorTopics.map((topic) => [topic, yes.includes(topic) ? 'yes' : 'no']));

interface Scene {
  readonly state: Referral;
  readonly course: Course;
  readonly dice: Dice;
  readonly required: readonly string[];
}

/** The values that an act cannot leave to chance, by its command. */
const values: Readonly<Partial<Record<CommandName, (scene: Scene) => object>>> = {
  'answer-checklist': ({ course }) => ({ answers: answersOf(course) }),
  screen: ({ course: { outcome } }) => ({
    outcome,
    definitionBasis: outcome === 'confirmed' ? '53a-192a' : 'none',
  }),
  'decide-eligibility': ({ state }) => ({
    outcome: state.eligibility.proposal?.outcome,
    definitionBasis: 'tvpa',
    legalConsulted: 'no',
  }),
  'record-meeting': ({ state: { team }, required, dice }) => {
    const away = dice.chance(0.2) ? required.slice(0, 1) : [];
    const absent = required.filter((each) => away.includes(each) || team.vacant.some((vacant) => vacant === each));
    return {
      attended: required.filter((each) => !absent.includes(each)),
      absent: absent.map((discipline) => ({ discipline, reason: 'no-answer' })),
      ...(dice.chance(0.5) && { services: [dice.pick(['education', 'basic-needs', 'transition-services'])] }),
    };
  },
  'record-child-seen': ({ dice }) =>
    dice.pick(['seen', 'seen', 'seen', 'attempted']) === 'seen'
      ? { sighting: 'seen', seenAlone: dice.pick(aloneAnswers) }
      : { sighting: 'attempted' },
  'record-safety-plan': () => ({ placement: 'placed' }),
  'settle-interview': ({ dice }) =>
    dice.pick(['held-already', 'held-already', 'child-declined']) === 'held-already'
      ? { answer: 'held-already', seenAlone: dice.pick(aloneAnswers) }
      : { answer: 'child-declined' },
  'record-disposition': ({ course }) => {
    const isSo = course.outcome === 'confirmed';
    return { disposition: isSo ? 'substantiated' : 'not-substantiated', reasonableCause: isSo ? 'yes' : 'no' };
  },
  'record-reasonable-cause': ({ course }) => ({ reasonableCause: course.outcome === 'confirmed' ? 'yes' : 'no' }),
  'classify-report': ({ dice }) => ({ track: dice.pick(['investigation', 'investigation', 'assessment']) }),
  'decline-linkage': ({ dice }) => ({ reasonCode: dice.pick(['child-declined', 'family-declined', 'not-eligible']) }),
  'record-contact': ({ dice }) => ({ reached: dice.pick(['yes', 'yes', 'no']) }),
  'record-service-outcome': ({ dice }) => ({
    serviceOutcome: dice.pick(['still-served', 'completed', 'stopped-by-child', 'contact-lost']),
  }),
  'answer-duplicate': () => ({ answer: 'not-a-duplicate' }),
  'confirm-routing': () => ({ office: 'HARTFORD', team: 'MDT-HARTFORD' }),
  'explain-miss': () => ({ reasonCode: 'staffing', willBeKept: true }),
  'offer-linkage': () => ({ providerId: 'PR-PLAYED' }),
  'record-birth-date': ({ course }) => ({ birthDate: course.born }),
};

/** Ids of invented people and places, by the field that takes one. */
const ids: Readonly<Record<string, string>> = { agencyId: 'A-OTHER', personId: 'P-PLAYED-1', providerId: 'PR-PLAYED' };

const peel = (schema: unknown): { readonly inner: unknown; readonly required: boolean } => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return { inner: peel(schema.unwrap()).inner, required: false };
  return schema instanceof z.ZodPipe ? peel(schema.in) : { inner: schema, required: true };
};

/** A field's first choice, id or code. A text is written by `coded`. */
function chosenFor(field: string, inner: unknown, { choices }: Act): unknown {
  const listed = (choices as Readonly<Record<string, readonly string[]>> | undefined)?.[field]?.[0];
  if (listed !== undefined || ids[field] !== undefined) return listed ?? ids[field];
  return inner instanceof z.ZodEnum ? inner.options[0] : undefined;
}

const isText = (inner: unknown): boolean => inner instanceof z.ZodType && inner.meta()?.vault === true;

/**
 * The input of an act as the domain takes it. Each text that a person must write has an id of the vault, from `text`.
 * Undefined where a field stays without a value that its schema takes.
 */
export function inputOf(
  act: Act,
  schema: z.ZodObject,
  scene: Scene,
  text: () => string,
): Record<string, unknown> | undefined {
  const given: Record<string, unknown> = { ...values[act.command]?.(scene), ...act.input };
  const fields = Object.entries(schema.shape).map(([name, field]) => ({ name, ...peel(field) }));
  for (const { name, inner, required } of fields) {
    if (given[name] !== undefined) continue;
    if (isText(inner)) {
      if (required || name === 'reason' || (act.asks ?? []).some((asked) => asked === name))
        given[name] = 'In invented words.';
    } else if (required) given[name] = chosenFor(name, inner, act);
  }
  const read = schema.safeParse(given);
  if (!read.success) return undefined;
  const coded: Record<string, unknown> = { ...read.data };
  for (const { name, inner } of fields) if (isText(inner) && coded[name] !== undefined) coded[name] = text();
  return coded;
}
