/** Gives back "I'm handling this", so that the next person is called at once. */
import * as z from 'zod';
import { mayAnswer } from '../alerts/answering.ts';
import { callAgain } from '../alerts/calling.ts';
import { anyStage, command } from '../core/command.ts';
import { idInput } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { staff } from '../core/role-groups.ts';
import { releaseReasons } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { holderOf } from './calls.ts';

/** Whether this person recorded that a callee was reached about the duty. */
const recordedIt = ({ calls = [] }: Referral, deadlineId: string, { id }: Person): boolean =>
  calls.findLast((call) => call.deadlineId === deadlineId && call.result === 'reached')?.by === id;

/** Whether this person may say that the duty has no holder. They are its holder, recorded the holder, or may answer. */
export const mayRelease = (
  deadline: Deadline,
  holder: string,
  person: Person,
  state: Referral,
  policy: Policy,
): boolean =>
  [person.id, person.onBehalfOf].includes(holder) ||
  recordedIt(state, deadline.id, person) ||
  mayAnswer(deadline, person, state, policy);

export const holderCommands = {
  'release-alarm': command({
    title: 'No one is handling this: call again',
    inEmergency: 'allowed',
    note: 'Undoes "I\'m handling this" and "Reached": people are called again at once, the next person too. For the person who is handling it, the one who recorded it, and all who may answer.',
    roles: staff,
    stages: anyStage,
    input: z.strictObject({ deadlineId: idInput(), releaseReason: z.enum(releaseReasons) }),
    decide(decision, { deadlineId, releaseReason }, person) {
      const state = decision.state();
      const { policy } = decision.context;
      const deadline = state.deadlines[deadlineId];
      if (!deadline) return refuse('no-such-deadline/field');
      const holder = holderOf(deadline, state);
      if (deadline.status !== 'open' || alarmClassOf(deadline, state, policy) !== 'now' || !holder) {
        return refuse('no-one-has-it');
      }
      if (!mayRelease(deadline, holder.id, person, state, policy)) {
        return refuse('not-to-you/give-back');
      }
      callAgain(decision, deadline, releaseReason, holder.id);
      return undefined;
    },
  }),
};
