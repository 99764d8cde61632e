/** The next steps of a referral for one person, with the fields to fill in and the people to call. */

import * as z from 'zod';
import { commandNamed } from '../../domain/commands.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { policePlaces } from '../../domain/intake/places.ts';
import { type Act, callActs } from '../../domain/next-steps/acts.ts';
import { type NextStep, nextSteps } from '../../domain/next-steps/next-steps.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { labelOf } from '../../domain/words/field-words.ts';
import { ncmec } from '../../policy/public-hotlines.ts';
import { asKnownTo } from '../access/part-2-records.ts';
import { isOnlyInvited, seesWhole, type Visitor, within } from '../access/visitor.ts';
import { availableCommands, makesSense } from './available-commands.ts';

const keyOf = ({ command, input }: Act): string => JSON.stringify([command, input]);

/** A question about a service, of which a deadline of the same person asks the same. */
const isAskedTwice = (step: NextStep, steps: readonly NextStep[]): boolean =>
  step.deadlineId === undefined &&
  steps.some(
    ({ deadlineId, waitsOnYou, acts }) =>
      deadlineId !== undefined &&
      waitsOnYou &&
      step.acts.every((act) => acts.some((each) => keyOf(each) === keyOf(act))),
  );

/** All steps, each once, also those that wait on others. A visitor without an instant reads them as of the report. */
const stepsFor = (state: Referral, policy: Policy, visitor: Visitor): readonly NextStep[] =>
  nextSteps(asKnownTo(state, policy, visitor), policy, within(state, visitor), {
    now: visitor.at ?? state.report.recordedAt,
    invitedOnly: isOnlyInvited(state, visitor),
  }).filter((step, _, steps) => !isAskedTwice(step, steps));

/** What waits on this person: first the step of the deadline `firstOf`, then the most urgent. */
export function stepsThatWaitOn(
  state: Referral,
  policy: Policy,
  visitor: Visitor,
  firstOf: readonly string[] = [],
): readonly NextStep[] {
  const steps = stepsFor(state, policy, visitor).filter(({ waitsOnYou }) => waitsOnYou);
  const isFirst = ({ deadlineId }: NextStep) => deadlineId !== undefined && firstOf.includes(deadlineId);
  return [...steps.filter(isFirst), ...steps.filter((each) => !isFirst(each))];
}

/** The town whose police are told: of the incident, of the home, of the child now, then the office's. */
function townOf({ child, places: { routing } }: Referral): string | undefined {
  return [...policePlaces.map(({ place }) => child[place]), routing?.town ?? 'unknown'].find(
    (town) => !['unknown', 'other'].includes(town),
  );
}

/** Where the API lists the ids that a field takes. */
function listOf({ command, input }: Act, field: string, state: Referral): string | undefined {
  if (command === 'record-call' && (field === 'personId' || field === 'agencyId'))
    return `/referrals/${state.id}/calls`;
  const town = townOf(state);
  if (field === 'agencyId' && town !== undefined) return `/agencies/${encodeURIComponent(town)}`;
  if (field === 'providerId' && input && 'service' in input) return `/providers/${input.service}`;
  if (command === 'notify-tribe' && field === 'tribe') return '/tribes';
  if (field === 'consultedId') return '/directory?role=legal';
  if (field !== 'personId') return undefined;
  if (command === 'assign-liaison') return '/directory?role=hart-liaison';
  return command === 'invite-seat' ? '/directory?role=mdt-member' : undefined;
}

/** The codes that a field takes, where it is a list of codes. */
function codesOf(schema: unknown): readonly string[] | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return codesOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return codesOf(schema.element);
  return schema instanceof z.ZodEnum ? schema.options.map(String) : undefined;
}

/** The fields that the person fills in: the required ones, and the optional ones that people usually need. */
function fieldsOf(act: Act, state: Referral) {
  const shape: Readonly<Record<string, z.core.$ZodType>> = commandNamed(act.command).input.shape;
  const given: Readonly<Record<string, unknown>> = act.input ?? {};
  const asks: readonly string[] = act.asks ?? [];
  const fitting: Readonly<Record<string, readonly string[] | undefined>> = act.choices ?? {};
  return Object.entries(shape).flatMap(([name, schema]) => {
    const required = !z.safeParse(schema, undefined).success;
    if (name in given || !(required || asks.includes(name))) return [];
    const choices = fitting[name] ?? codesOf(schema);
    const listedAt = listOf(act, name, state);
    return [
      {
        name,
        label: labelOf(name),
        required,
        ...(choices && { choices }),
        ...whereKnown({ listedAt }),
      },
    ];
  });
}

function viewCallees({ call }: NextStep, state: Referral) {
  if (call === undefined) return undefined;
  if (call === 'ncmec') return { who: call, name: ncmec.name, phone: ncmec.phone } as const;
  const town = townOf(state);
  return call === 'police'
    ? ({ who: call, ...(town !== undefined && { listedAt: `/agencies/${encodeURIComponent(town)}` }) } as const)
    : ({ who: 'roles', roles: call } as const);
}

const viewAct = (act: Act, state: Referral) => ({
  command: act.command,
  button: act.button.en,
  ...('es' in act.button && { buttonInSpanish: act.button.es }),
  input: { ...act.input } as Readonly<Record<string, unknown>>,
  fields: fieldsOf(act, state),
  /** An act that only opens the way leaves its deadline open. */
  settles: act.prepares !== true,
});

/**
 * The steps that this person can do now, the most urgent first. People who see only a part of the referral get only what waits on
 * them.
 */
export function viewNextSteps(whole: Referral, policy: Policy, visitor: Visitor) {
  const state = asKnownTo(whole, policy, visitor);
  const offered = new Set<string>(availableCommands(whole, visitor).map(({ name }) => name));
  // A page of its own reviews an emergency access, so it is no command of the referral's page.
  offered.add('review-emergency-access');
  const isWhole = seesWhole(whole, visitor);
  const person = within(state, visitor);
  return stepsFor(whole, policy, visitor)
    .filter(({ waitsOnYou }) => isWhole || waitsOnYou)
    .flatMap((step) => {
      const { deadlineId, status } = step;
      // The console has a card with a form for each number instead, so pages and mail do not have these.
      const calls =
        isWhole && deadlineId !== undefined && status !== 'to-explain'
          ? callActs(deadlineId, { state, policy }, person)
          : [];
      const acts = [
        ...step.acts.filter(({ command }) => offered.has(command) && makesSense(command, state, visitor)),
        ...calls.filter(({ command }) => offered.has(command)),
      ];
      if (acts.length === 0) return [];
      const { order: _, call: __, ...shown } = step;
      const call = viewCallees(step, state);
      return [{ ...shown, acts: acts.map((act) => viewAct(act, state)), ...(call && { call }) }];
    });
}
