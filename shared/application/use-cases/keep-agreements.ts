/** Keeps the agreements with agencies and providers. Each change is one commit of their chain, with all terms. */
import * as z from 'zod';
import {
  type AgreementState,
  type AgreementStep,
  agreementStateAt,
  agreementSteps,
} from '../../domain/agreements/agreement-states.ts';
import { type Agreement, agreementIdAt, allAgreements, type Terms } from '../../domain/agreements/agreements.ts';
import { idInput, someOf } from '../../domain/core/fields.ts';
import { isRefusal } from '../../domain/core/refusal.ts';
import {
  agencies,
  agreementKinds,
  agreementPurposes,
  type Role,
  services,
  sharedData,
  sharingBases,
} from '../../domain/core/vocabulary.ts';
import { addDays, newYorkDate } from '../../domain/policy/due.ts';
import { refuse } from '../../domain/refusals.ts';
import { agreementRule } from '../../policy/agreement-rules.ts';
import { mdtTeams } from '../../policy/places/geography.ts';
import { canonical } from '../../store/canonical.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import { type Kept, notKept } from '../input/kept.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';

interface AgreementParts {
  readonly ledger: Pick<Ledger, 'agreements' | 'changeAgreements'>;
  readonly directory: Pick<Directory, 'person' | 'providers'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const agreementKeepers: readonly Role[] = ['program-manager', 'hart-director', 'administrator'];
export const agreementReaders: readonly Role[] = [...new Set<Role>([...agreementKeepers, 'legal', ...auditors])];

const day = (described: string) =>
  z.iso
    .date({ error: 'Give a day as YYYY-MM-DD.', abort: true })
    .refine((date) => /^20/.test(date), { error: 'Give a year from 2000 to 2099.', abort: true })
    .meta({ description: described, example: '2027-06-30' });

const ids = (most: number, described: string, example: string) =>
  z
    .array(idInput())
    .max(most, `Name at most ${most}.`)
    .default([])
    .meta({ description: described, example: [example] });

export const agreementInput = z
  .strictObject({
    kind: z.enum(agreementKinds).meta({ example: 'data-sharing' }),
    agencies: someOf(agencies)
      .default([])
      .meta({ description: 'The other parties. The department is always one.', example: ['hospital'] }),
    providers: ids(20, 'Ids of listed providers that are parties.', 'PR-EDUCATION-1'),
    teams: ids(30, 'Ids of the teams that it is for. Empty for the whole state.', 'MDT-HARTFORD'),
    purpose: z.enum(agreementPurposes).meta({ example: 'team-work' }),
    data: someOf(sharedData)
      .default([])
      .meta({ description: 'What is shared. Empty where nothing is.', example: ['case-facts'] }),
    basis: z.enum(sharingBases).meta({ example: 'cgs-17a-106a' }),
    signedOn: day('The day from which it holds, of New York.'),
    expiresOn: day('The last day on which it holds.').optional(),
    reviewOn: day('The day of its next review. Needed where it has no last day.').optional(),
    endedOn: day('The day from which it no longer holds, where it ended early.').optional(),
    keeperId: idInput().optional().meta({
      description: 'The person who gets the reminders. Left out, it is the sender.',
      example: 'P-HART-DIRECTOR',
    }),
    revision: z
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'The revision that was read. 0 for a new one.', example: 0 }),
  })
  .superRefine((given, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const { signedOn, expiresOn, reviewOn, endedOn, kind, data } = given;
    if (given.agencies.length + given.providers.length === 0) problem('agencies', 'Name at least one other party.');
    if (expiresOn !== undefined && expiresOn < signedOn)
      problem('expiresOn', 'The agreement would end before it begins. Give a later day.');
    if (reviewOn !== undefined && reviewOn < signedOn)
      problem('reviewOn', 'The review would be before it begins. Give a later day.');
    if (endedOn !== undefined && endedOn < signedOn)
      problem('endedOn', 'The agreement would end before it begins. Give a later day.');
    if (expiresOn === undefined && reviewOn === undefined)
      problem('reviewOn', 'Give its last day, or the day of its next review.');
    if (kind === 'qualified-service-organization' && given.providers.length === 0)
      problem('providers', 'Name the provider of substance use services.');
    if (kind === 'data-sharing' && data.length === 0) problem('data', 'Choose what is shared.');
  })
  .meta({
    example: {
      kind: 'data-sharing',
      agencies: ['hospital'],
      purpose: 'team-work',
      data: ['case-facts'],
      basis: 'cgs-17a-106a',
      signedOn: '2026-11-01',
      expiresOn: '2028-10-31',
    },
  });

export interface ShownAgreement extends Agreement {
  readonly state: AgreementState;
  readonly mayChange: boolean;
}

const shown = (agreement: Agreement, visitor: Visitor, now: string): ShownAgreement => ({
  ...agreement,
  state: agreementStateAt(agreement, now),
  mayChange: isOneOf(visitor, agreementKeepers),
});

/** All agreements, those that end first before the others. Undefined for a person who may not read them. */
export async function listAgreements(
  { ledger, now }: Pick<AgreementParts, 'ledger' | 'now'>,
  visitor: Visitor,
): Promise<readonly ShownAgreement[] | undefined> {
  if (!isOneOf(visitor, agreementReaders)) return undefined;
  const endOf = ({ expiresOn, reviewOn }: Agreement) => expiresOn ?? reviewOn ?? '';
  return (await ledger.agreements())
    .toSorted((one, other) => (endOf(one) < endOf(other) ? -1 : 1))
    .map((each) => shown(each, visitor, now));
}

/**
 * What this person sees to among the agreements: those that they keep. A program manager also sees to those of others that end
 * soon or expired.
 */
export async function agreementStepsFor(
  { ledger, now }: Pick<AgreementParts, 'ledger' | 'now'>,
  visitor: Visitor,
): Promise<readonly AgreementStep[]> {
  if (!isOneOf(visitor, agreementKeepers)) return [];
  const soon = addDays(newYorkDate(now), agreementRule.managerFrom);
  return agreementSteps(await ledger.agreements(), agreementRule, now).filter(
    ({ agreement, what, on }) =>
      agreement.keeperId === visitor.id || (isOneOf(visitor, ['program-manager']) && what !== 'review' && on <= soon),
  );
}

/** What is wrong with the ids, by field. */
async function unknownIds(
  { directory }: Pick<AgreementParts, 'directory'>,
  given: Pick<Terms, 'providers' | 'teams' | 'keeperId'>,
): Promise<readonly Problem[]> {
  const [keeper, listed] = await Promise.all([
    directory.person(given.keeperId),
    given.providers.length === 0 ? [] : Promise.all(services.map((service) => directory.providers(service))),
  ]);
  const known = new Set(listed.flat().map(({ id }) => id));
  const wrong = (path: string, all: readonly string[], isKnown: (id: string) => boolean, sentence: string) =>
    all.flatMap((id, index) => (isKnown(id) ? [] : [{ path: `${path}[${index}]`, sentence }]));
  return [
    ...wrong('providers', given.providers, (id) => known.has(id), 'No provider with this id is listed.'),
    ...wrong('teams', given.teams, (id) => mdtTeams.some((team) => team.id === id), 'There is no such team.'),
    ...(keeper && isOneOf({ id: keeper.id, roles: keeper.roles.map(({ role }) => role) }, agreementKeepers)
      ? []
      : [{ path: 'keeperId', sentence: 'Name a program manager, HART director or administrator.' }]),
  ];
}

/** Records a new agreement, or all terms of the one with this id. A repeat under its key changes nothing. */
export async function keepAgreement(
  parts: AgreementParts,
  visitor: Visitor,
  id: string | undefined,
  input: unknown,
  submission?: Submission,
): Promise<Kept<ShownAgreement, 'agreement-moved'>> {
  if (!isOneOf(visitor, agreementKeepers)) return { kind: 'forbidden' };
  const parsed = readInput(agreementInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { revision, expiresOn, reviewOn, endedOn, ...rest } = parsed.data;
  const terms: Terms = {
    ...rest,
    keeperId: rest.keeperId ?? visitor.id,
    ...(expiresOn !== undefined && { expiresOn }),
    ...(reviewOn !== undefined && { reviewOn }),
    ...(endedOn !== undefined && { endedOn }),
  };
  const problems = await unknownIds(parts, terms);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const act = id === undefined ? 'record-agreement' : 'change-agreement';
  const plain = personFrame(parts, visitor, act, `${id ?? 'NEW'}.${Date.parse(parts.now)}`, agreementKeepers);
  const frame = submission ? keyedFrame(plain, id ?? allAgreements, parsed.data, submission) : plain;
  let named = id;
  const after = await parts.ledger.changeAgreements(allAgreements, frame, (agreements, place) => {
    const before = agreements.find((each) => each.id === id);
    if (id !== undefined && !before) return refuse('no-such-agreement');
    if ((before?.revision ?? 0) !== revision) return refuse('agreement-moved');
    named = id ?? agreementIdAt(place);
    return [{ type: 'agreement-recorded', v: 1, id: named, ...terms }];
  });
  if (isRefusal(after)) return notKept(after, 'no-such-agreement');
  // A repeat under its key decided nothing. It gets the last one of this person with these terms.
  const same = (each: Agreement) => canonical(termsOf(each)) === canonical(terms) && each.changed.by === visitor.id;
  const agreement = after.findLast((each) => (named === undefined ? same(each) : each.id === named));
  return agreement ? { kind: 'done', value: shown(agreement, visitor, parts.now) } : { kind: 'unknown' };
}

const termsOf = ({ id: _, revision: __, changed: ___, reminders: ____, ...terms }: Agreement): Terms => terms;
