/** The acts of hearings: the time, what came of one, and that an order is done. */
import * as z from 'zod';
import { courts, hearingRules } from '../../policy/hearing-rules.ts';
import { tooEarlyForTribe } from '../child/tribe-notice.ts';
import { actAt, anyStage, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, idInput, instantInput, someOf } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { custodyRecorders } from '../core/role-groups.ts';
import {
  courtOrders,
  type HearingKind,
  hearingKinds,
  hearingOutcomes,
  hearingResults,
  type Role,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { formatDate, formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { wordsInside } from '../words/code-words.ts';
import { type Hearing, openOrders } from './hearing-state.ts';
import { tellOfHearing } from './tell-of-hearing.ts';

const recorders: readonly Role[] = [...custodyRecorders, 'hart-liaison'];

/** In milliseconds. A later date is a typing error. */
const furthest = 731 * 86_400_000;

const hearingNamed = ({ hearings }: Referral, { hearing: id }: { readonly hearing: string }): Hearing | undefined =>
  hearings?.find((hearing) => hearing.id === id);
const hearingIn = (decision: Decision, id: string): Hearing | undefined =>
  hearingNamed(decision.state(), { hearing: id });

/** A hearing about custody before the tribe's day needs a reason: counsel may judge it an emergency. */
function tribeFirst(decision: Decision, kind: HearingKind, at: string): Refusal | undefined {
  if (!hearingRules[kind].isAboutCustody) return undefined;
  const early = tooEarlyForTribe(decision.state(), at, decision.context.policy);
  if (early === undefined) return undefined;
  return early.day === undefined
    ? refuse('tribe-first/receipt')
    : refuse('tribe-first/day', { day: formatDate(early.day) });
}

/** Why this time cannot be the hearing's. Undefined where it can. */
function wrongTime(decision: Decision, kind: HearingKind, startsAt: string, reason?: string): Refusal | undefined {
  if (Date.parse(startsAt) - Date.parse(decision.context.now) > furthest) {
    return refuse('too-far-ahead/hearing', { startsAt: formatInstant(startsAt) });
  }
  return reason === undefined ? tribeFirst(decision, kind, startsAt) : undefined;
}

/** The preliminary hearing that an ex parte order waits for. Its clock ends, as by its own act. */
function keepPreliminary(decision: Decision, { hearingKind }: Hearing, at: string, reason: string | undefined): void {
  const { exParteOrderAt: order, preliminaryHearingAt: before } = decision.state().response;
  if (hearingKind !== 'preliminary-hearing' || order === undefined || before !== undefined) return;
  decision.add('preliminary-hearing-held', { at, ...whereKnown({ reason }) });
  markKept(decision, 'preliminary-hearing-held', at);
}

const minutes = z.int().min(5, 'Give at least 5 minutes.').max(480, 'Give at most 480 minutes.');

export const hearingCommands = {
  'schedule-hearing': command({
    title: 'Schedule a court hearing',
    inEmergency: 'refused',
    roles: recorders,
    note: 'The docket number and your notes are kept apart. Mail and calendars say neither kind nor court.',
    input: z.strictObject({
      hearingKind: z.enum(hearingKinds),
      court: idInput(),
      startsAt: instantInput('Give date, time and zone of the hearing.'),
      minutes: minutes.default(60),
      docket: freeText('courtWords').optional(),
      notes: freeText('courtWords').optional(),
      reason: freeText('courtWords').optional(),
    }),
    decide(decision, { hearingKind, court, startsAt, minutes: length, docket, notes, reason }) {
      if (!courts.some(({ id }) => id === court)) return refuse('no-such-court');
      if (hearingKind === 'preliminary-hearing') {
        const { exParteOrderAt, preliminaryHearingAt: held } = decision.state().response;
        if (exParteOrderAt === undefined) return refuse('no-order');
        if (held !== undefined) return refuse('hearing-held-already', { hearing: formatInstant(held) });
      }
      const wrong = wrongTime(decision, hearingKind, startsAt, reason);
      if (wrong) return wrong;
      const hearing = `H${(decision.state().hearings?.length ?? 0) + 1}`;
      decision.add('hearing-set', {
        hearing,
        sequence: 0,
        hearingKind,
        court,
        startsAt,
        minutes: length,
        ...whereKnown({ docket, notes, reason }),
      });
      tellOfHearing(decision, hearing, 'meeting-scheduled');
      return undefined;
    },
  }),
  'record-hearing': command({
    title: 'Record what came of a court hearing',
    inEmergency: 'refused',
    stages: anyStage,
    roles: recorders,
    note: 'A court may hear, give another time, or cancel. Next steps follow from what it decided and ordered.',
    input: z.strictObject({
      hearing: idInput(),
      hearingResult: z.enum(hearingResults),
      continuedTo: instantInput('Give date, time and zone of the hearing.').optional(),
      outcome: z.enum(hearingOutcomes).optional(),
      orders: someOf(courtOrders).default([]),
      at: actInstant(),
      notes: freeText('courtWords').optional(),
      reason: freeText('courtWords').optional(),
    }),
    restsOn: hearingNamed,
    decide(decision, { hearing: id, hearingResult, continuedTo, outcome, orders, notes, reason, ...input }) {
      const hearing = hearingIn(decision, id);
      if (!hearing) return refuse('no-such-hearing');
      if (hearing.status !== 'scheduled') return refuse('hearing-over');
      const { now } = decision.context;
      const { hearingKind, court, sequence } = hearing;
      const isHeld = hearingResult === 'hearing-held';
      if (!isHeld && (outcome !== undefined || orders.length > 0)) return refuse('outcome-unasked');
      if (hearingResult !== 'hearing-continued' && continuedTo !== undefined) return refuse('continued-to-unasked');
      if (hearingResult === 'hearing-continued') {
        if (continuedTo === undefined || !isAfter(continuedTo, now)) return refuse('continued-without-time');
        const wrong = wrongTime(decision, hearingKind, continuedTo, reason);
        if (wrong) return wrong;
        decision.add('hearing-set', {
          hearing: id,
          sequence: sequence + 1,
          hearingKind,
          court,
          startsAt: continuedTo,
          minutes: hearing.minutes,
          ...whereKnown({ notes, reason }),
        });
        tellOfHearing(decision, id, 'meeting-moved');
        return undefined;
      }
      if (!isHeld) {
        decision.add('hearing-recorded', {
          hearing: id,
          sequence: sequence + 1,
          hearingResult,
          at: now,
          orders: [],
          ...whereKnown({ notes, reason }),
        });
        tellOfHearing(decision, id, 'meeting-cancelled');
        return undefined;
      }
      if (isAfter(hearing.startsAt, now)) return refuse('hearing-ahead', { startsAt: formatInstant(hearing.startsAt) });
      const at = actAt(decision, input.at ?? hearing.startsAt, true);
      if (isRefusal(at)) return at;
      if (outcome === undefined) return refuse('outcome-missing');
      const { outcomes } = hearingRules[hearingKind];
      if (!outcomes.includes(outcome))
        return refuse('other-outcome', { outcomes: outcomes.map(wordsInside).join(', ') });
      const why = reason ?? hearing.reason;
      const early = why === undefined ? tribeFirst(decision, hearingKind, at) : undefined;
      if (early) return early;
      decision.add('hearing-recorded', {
        hearing: id,
        sequence,
        hearingResult,
        at,
        outcome,
        orders,
        ...whereKnown({ notes, reason }),
      });
      keepPreliminary(decision, hearing, at, why);
      return undefined;
    },
  }),
  'settle-order': command({
    title: 'Record that what the court ordered is done',
    inEmergency: 'refused',
    stages: anyStage,
    roles: recorders,
    note: 'First do what the order asks for. Record it here also where it needs nothing more.',
    input: z.strictObject({ hearing: idInput(), order: z.enum(courtOrders), at: actInstant() }),
    decide(decision, { hearing: id, order, ...input }) {
      const hearing = hearingIn(decision, id);
      if (!hearing) return refuse('no-such-hearing');
      if (!openOrders(hearing).includes(order)) return refuse('no-open-order');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('order-settled', { hearing: id, order, at });
      return undefined;
    },
  }),
};
