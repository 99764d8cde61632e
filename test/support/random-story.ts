/**
 * Random lives of a referral. Anyone who may gives any command with any input, steps come at any time, and time passes.
 */
import fc from 'fast-check';
import * as z from 'zod';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import {
  answers,
  type Discipline,
  disciplines,
  perpetrators,
  populations,
} from '../../shared/domain/core/vocabulary.ts';
import type { ChildFacts } from '../../shared/domain/intake/report-facts.ts';
import { noToAll, type Story, type Told } from './referral-builder.ts';

/** Something that only the referral as it is then can tell, such as one of its deadlines. */
interface Pick {
  readonly pick: 'deadline' | 'alert' | 'ago' | 'ahead';
  readonly index: number;
}

export type Act =
  | { readonly kind: 'command'; readonly name: CommandName; readonly input: object; readonly as: number }
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'time'; readonly hours: number }
  | { readonly kind: 'loss'; readonly index: number };

export const otherReferral = 'CR-0THER-0NE000';
export const stepNames = [
  'AskSameChild',
  'ProposeEligibility',
  'DrawRoster',
  'InviteMdt',
  'OpenServices',
  'OpenPreventionServices',
  'OpenRescreening',
  'OpenSignOff',
  'OpenClosure',
] as const;

const pick = (from: Pick['pick']) => fc.nat(1000).map((index): Pick => ({ pick: from, index }));

/** Every set that a report may have: none alleged, or some of the others. */
export const allegedSets: fc.Arbitrary<ChildFacts['perpetrators']> = fc.oneof(
  fc.constant<ChildFacts['perpetrators']>(['none-alleged']),
  fc.subarray([...perpetrators.filter((code) => code !== 'none-alleged')], { minLength: 1 }),
);

/** What a field of this name holds, whatever its schema allows beyond that. */
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  at: fc.option(pick('ago'), { nil: undefined }),
  knownAt: fc.option(pick('ago'), { nil: undefined }),
  screenedAt: fc.option(pick('ago'), { nil: undefined }),
  lastAssaultAt: fc.option(pick('ago'), { nil: undefined }),
  due: pick('ahead'),
  until: pick('ahead'),
  version: fc.constant('2.0'),
  perpetrators: fc.option(
    allegedSets.filter((alleged) => alleged.some((code) => code !== 'unknown')),
    { nil: undefined },
  ),
  on: fc.constantFrom('2026-11-09', '2026-11-30'),
  by: fc.constantFrom(undefined, '2026-11-30', '2027-06-30'),
  linkagesBy: fc.constantFrom(undefined, '2026-11-30', '2027-06-30'),
  tasksBy: fc.constantFrom(undefined, '2026-11-30', '2027-06-30'),
  startsOn: fc.constantFrom(undefined, '2026-11-30', '2027-06-30'),
  proposedTime: fc.oneof(fc.constant(undefined), pick('ahead')),
  scheduledFor: pick('ahead'),
  startsAt: pick('ahead'),
  continuedTo: fc.option(pick('ahead'), { nil: undefined }),
  court: fc.constantFrom('JUVENILE.HARTFORD', 'FEDERAL', 'NO-COURT'),
  hearing: fc.constantFrom('H1', 'H2'),
  booking: fc.constantFrom('B1', 'B2', 'B3'),
  neededBy: pick('ahead'),
  need: fc.constantFrom('N1', 'N2', 'N3'),
  placeFrom: fc.constantFrom('2026-11-09', '2026-11-20', '2026-12-24'),
  placeUntil: fc.constantFrom(undefined, '2026-12-24', '2026-11-01'),
  ask: fc.constantFrom('PQ-1', 'PQ-2', 'PQ-3'),
  minutes: fc.constantFrom(undefined, 15, 90),
  deadlineId: pick('deadline'),
  alertId: pick('alert'),
  of: fc.constantFrom(otherReferral, 'CR-N0T-KN0WN'),
  team: fc.constantFrom('MDT-HARTFORD', 'MDT-MANCHESTER'),
  office: fc.constantFrom('HARTFORD', 'NOWHERE'),
  judicialDistrict: fc.constant('Hartford'),
  birthDate: fc.constantFrom('2008-11-20', '2012-02-29', '2005-01-01'),
  consultedId: fc.constantFrom(undefined, 'LEGAL', 'NO-ONE'),
  providerId: fc.constantFrom('PV-1', 'PV-2', 'NO-ONE'),
  waitDays: fc.constantFrom(undefined, 'unknown', 30),
  month: fc.constantFrom('2026-10', '2026-11'),
};

function inputOf(schema: unknown, name = ''): fc.Arbitrary<unknown> {
  if (byName[name]) return byName[name];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return fc.option(inputOf(schema.unwrap()), { nil: undefined });
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodArray) return fc.uniqueArray(inputOf(schema.element), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.integer({ min: 1, max: 6 });
  if (schema instanceof z.ZodObject) return recordOf(schema.shape);
  return fc.constant('HER-OWN-WORDS-1');
}

const recordOf = (shape: Readonly<Record<string, unknown>>): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, inputOf(schema, name)])));

/** Most random answers leave a topic unknown. Then no person can record that nothing is indicated. */
const checklist = fc.oneof(fc.constant({ answers: noToAll }), recordOf(commandNamed('answer-checklist').input.shape));

/** A meeting says of each discipline whether it came, or it is refused. */
const meeting = fc
  .tuple(fc.subarray([...disciplines], { minLength: 3 }), recordOf(commandNamed('record-meeting').input.shape))
  .map(([attended, input]) => ({
    ...input,
    attended,
    absent: disciplines
      .filter((discipline) => !attended.includes(discipline))
      .map((discipline) => ({ discipline, reason: 'no-answer' })),
  }));

/** What is refused in most of its shapes. */
const shaped: Partial<Record<CommandName, fc.Arbitrary<object>>> = {
  'answer-checklist': checklist,
  'record-meeting': meeting,
  'record-hearing': fc.oneof(
    fc.record({ hearing: fc.constantFrom('H1', 'H2'), hearingResult: fc.constant('hearing-canceled') }),
    fc.record({
      hearing: fc.constantFrom('H1', 'H2'),
      hearingResult: fc.constant('hearing-continued'),
      continuedTo: pick('ahead'),
    }),
    recordOf(commandNamed('record-hearing').input.shape),
  ),
  // A correction without the right time is none.
  'correct-ex-parte-order': fc.record({ at: pick('ago'), reason: fc.constant('HER-OWN-WORDS-1') }),
  // Few answers at random name the other referral and say that it is the same child.
  'answer-duplicate': fc.oneof(
    recordOf(commandNamed('answer-duplicate').input.shape),
    fc.constant({ answer: 'same-child-open', of: otherReferral, reason: 'HER-OWN-WORDS-1' }),
  ),
};

const names = Object.keys(commands) as CommandName[];
/** Those that open the way for others come more often. */
const often: readonly CommandName[] = [
  'answer-checklist',
  'screen',
  'screen',
  'agree-downgrade',
  'offer-linkage',
  'answer-duplicate',
  'inform-seat',
  'propose-withdrawal',
  'agree-withdrawal',
  'close-referral',
  'close-referral',
  'answer-duplicate',
  'answer-duplicate',
];

const command = fc.constantFrom(...names, ...often).chain((name) =>
  fc.record<Act & { kind: 'command' }>({
    kind: fc.constant('command'),
    name: fc.constant(name),
    input: shaped[name] ?? recordOf(commandNamed(name).input.shape),
    as: fc.nat(1000),
  }),
);
const hours = fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.integer({ min: 1, max: 900 }));

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: command },
    { weight: 3, arbitrary: fc.constantFrom(...stepNames).map((name): Act => ({ kind: 'step', name })) },
    { weight: 3, arbitrary: hours.map((some): Act => ({ kind: 'time', hours: some })) },
    { weight: 1, arbitrary: fc.nat(1000).map((index): Act => ({ kind: 'loss', index })) },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);

export const reports: fc.Arbitrary<Told> = fc.record({
  danger: fc.constantFrom(...answers),
  perpetrators: allegedSets,
  missingNow: fc.constantFrom(...answers),
  population: fc.constantFrom(...populations),
  foreignNational: fc.constantFrom(...answers),
  tribalMember: fc.constantFrom(...answers),
  schoolEmployee: fc.constantFrom(...answers),
  mandated: fc.constantFrom(...answers),
  lastAssaultAt: fc.constantFrom('unknown', 'none-known', '2026-11-04T16:00:00Z'),
  age: fc.integer({ min: 10, max: 22 }),
  recordedAt: fc.constantFrom('2026-11-09T15:00:00.000Z', '2026-11-12T09:30:00.000Z'),
  candidates: fc.constantFrom([], [otherReferral]),
  team: fc.constantFrom('MDT-HARTFORD', 'none'),
  vacant: fc.subarray<Discipline>(['medical', 'dcf'], { maxLength: 1 }),
});

/** A person who may: one of three in each role, the holder of the seat, or the provider's contact. */
function actorOf(name: CommandName, input: object, as: number): string {
  const { roles } = commandNamed(name);
  if (name === 'answer-seat' && as % 2 === 0) return `seat:${(input as { discipline: string }).discipline}`;
  const role = roles[as % roles.length] ?? '';
  return role === 'provider' ? `contact:PV-${1 + (as % 2)}` : `${role}/${1 + (as % 3)}`;
}

function resolved(value: unknown, story: Story): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, story));
  if (typeof value !== 'object' || value === null) return value;
  if ('pick' in value) return picked(value as Pick, story);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, resolved(each, story)]));
}

function picked({ pick: from, index }: Pick, { state, now }: Story): string {
  const minutes = (some: number) => new Date(Date.parse(now) + some * 60_000).toISOString();
  if (from === 'ago') return minutes(4 - index * 3);
  if (from === 'ahead') return minutes(index * 60);
  const ids = Object.keys(from === 'deadline' ? state.deadlines : state.alerts);
  return ids[index % ids.length] ?? 'NONE';
}

/** Lets one act happen; gives the refusal's code, or "accepted". */
export function happen(story: Story, act: Act): string {
  if (act.kind === 'time') {
    story.after(`PT${Math.round(act.hours * 3600)}S`);
  } else if (act.kind === 'step') {
    story.step(act.name);
  } else if (act.kind === 'loss') {
    const runs = [story.state.id, ...Object.keys(story.state.runs)];
    story.lose(runs[act.index % runs.length] ?? story.state.id);
  } else {
    const input = resolved(act.input, story) as object;
    return story.refused(act.name, input, actorOf(act.name, input, act.as));
  }
  return 'accepted';
}
