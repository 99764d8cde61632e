/** The ex parte order of temporary custody, and the preliminary hearing after it (docs/domain.md#preliminary-hearing). */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, heldPaper, instantInput, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { areaOffice, careline, custodyRecorders } from '../core/role-groups.ts';
import { whereKnown } from '../core/where-known.ts';
import { followTribe } from '../deadlines/clocks.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { beganEarlier, markKept, openAgain, openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { isSurelyOfAge } from '../eligibility/eligibility.ts';
import { isInCare } from '../intake/report-facts.ts';
import { dueAt, formatDate, formatInstant } from '../policy/due.ts';
import { findRule } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { factsOfCare, followCare } from './entry-to-care.ts';
import { tooEarlyForTribe } from './tribe-notice.ts';

/** Moves a clock that began with the order to the right time of it. */
function beginAt(decision: Decision, open: Deadline, at: string): void {
  if (isAfter(open.start, at)) {
    beganEarlier(decision, open, at);
    return;
  }
  decision.add('deadline-ended', { deadlineId: open.id, because: 'superseded' });
  openDeadline(decision, open.rule, { start: at });
}

/** The hearing counted as in time, and is late by the right time of the order. Its clock says so. */
function hearingIsLate(decision: Decision, at: string, hearing: string): void {
  const { policy } = decision.context;
  const rule = findRule(policy, 'D43');
  const last = Object.values(decision.state().deadlines).findLast(({ rule: id }) => id === 'D43');
  if (!rule || last?.status !== 'kept' || last.late) return;
  if (!isAfter(hearing, dueAt(at, rule.duration, policy.calendar).due)) return;
  openDeadline(decision, 'D43', { start: at, quiet: true });
  markKept(decision, 'preliminary-hearing-held', hearing);
}

/** A hearing before the tribe's day needs a reason: counsel may judge it an emergency (docs/domain.md#icwa). */
function reasonForTribe(decision: Decision, at: string): Refusal | undefined {
  const early = tooEarlyForTribe(decision.state(), at, decision.context.policy);
  if (early === undefined) return undefined;
  return early.day === undefined
    ? refuse('reason-missing/before-the-receipt')
    : refuse('reason-missing/before-the-tribes-day', { day: formatDate(early.day) });
}

export const courtCommands = {
  'record-ex-parte-order': command({
    title: 'Record an ex parte order of temporary custody',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'When the court gave the order. The preliminary hearing is due ten days after it.',
    input: z.strictObject({ at: actInstant() }),
    decide(decision, input) {
      const before = decision.state();
      if (isSurelyOfAge(before)) return refuse('of-age/order');
      if (openDeadlineOf(before, 'D43')) return refuse('ordered-already');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('ex-parte-ordered', { at });
      openAgain(decision, 'D43', { start: at });
      followTribe(decision, before, at);
      if (!isInCare(before.child)) {
        decision.add('facts-learned', {
          ...factsOfCare(before.child),
          legalStatus: 'order-of-temporary-custody',
          knownAt: at,
        });
        followCare(decision, before, { start: at });
      }
      return undefined;
    },
  }),
  'record-protective-order': command({
    title: 'Record where a protective or restraining order is held',
    inEmergency: 'refused',
    roles: [...careline, ...areaOffice, 'area-director', 'hart-liaison', 'legal', 'aag-liaison'],
    note: 'Record it once you have seen the order: your name and the time are kept, and no file. If it moves, record it again: the latest record counts.',
    input: z.strictObject(heldPaper()),
    decide(decision, input) {
      decision.add('protective-order-held', input);
      return undefined;
    },
  }),
  'correct-ex-parte-order': command({
    title: 'Correct when the ex parte order was given',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'The preliminary hearing is due ten days after the right time. So is the evaluation moved, where the order began it.',
    stages: stillOwed,
    input: z.strictObject({
      at: instantInput('Give date, time and zone of the order.'),
      reason: reasonText('courtWords'),
    }),
    restsOn: ({ response: { exParteOrderAt } }) => exParteOrderAt,
    decide(decision, { reason, ...input }) {
      const { exParteOrderAt: was, preliminaryHearingAt: hearing } = decision.state().response;
      if (was === undefined) return refuse('no-order');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      if (Date.parse(at) === Date.parse(was)) return refuse('order-unchanged');
      if (hearing !== undefined && isAfter(at, hearing))
        return refuse('after-the-hearing', { hearing: formatInstant(hearing) });
      const ofOrder = ['D43', 'D26'].flatMap((rule) => {
        const open = openDeadlineOf(decision.state(), rule);
        return open?.start === was ? [open] : [];
      });
      const missed = ofOrder.find(({ missed }) => missed);
      // One that was due before it was recorded could not be kept: the wrong time alone missed it.
      if (missed && isAfter(missed.due, missed.openedAt) && isAfter(at, was)) {
        const due = formatInstant(missed.due);
        return missed.rule === 'D43'
          ? refuse('hearing-missed/hearing', { due })
          : refuse('hearing-missed/evaluation', { due });
      }
      decision.add('ex-parte-order-corrected', { at, was, reason });
      for (const open of ofOrder) beginAt(decision, open, at);
      if (hearing !== undefined) hearingIsLate(decision, at, hearing);
      return undefined;
    },
  }),
  'record-preliminary-hearing': command({
    title: 'Record that the preliminary hearing was held',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'Where a tribe is to be notified, a hearing before its day needs a reason. Ask counsel before such a hearing.',
    stages: stillOwed,
    input: z.strictObject({ at: actInstant(), reason: freeText('courtWords').optional() }),
    decide(decision, { reason, ...input }) {
      const { exParteOrderAt: order, preliminaryHearingAt: before } = decision.state().response;
      if (order === undefined) return refuse('no-order');
      if (before !== undefined) return refuse('hearing-held-already', { hearing: formatInstant(before) });
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      if (isAfter(order, at)) return refuse('before-the-order', { order: formatInstant(order) });
      const tooEarly = reason === undefined ? reasonForTribe(decision, at) : undefined;
      if (tooEarly) return tooEarly;
      decision.add('preliminary-hearing-held', { at, ...whereKnown({ reason }) });
      markKept(decision, 'preliminary-hearing-held', at);
      return undefined;
    },
  }),
};
