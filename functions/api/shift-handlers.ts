/** Handlers of on-call shifts: the people on call, changes of shifts, and their history. */

import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import { onCallFor, shiftFaults, shiftHistory } from '../../shared/application/read/shown-on-call.ts';
import type { shiftRoutes } from '../../shared/application/routes/shift-routes.ts';
import {
  handShiftOver,
  importShiftFile,
  type ShiftAnswer,
  swapTwoShifts,
  takeShiftOut,
} from '../../shared/application/use-cases/keep-shifts.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { isAhead } from '../../shared/domain/directory/on-call-shifts.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers, type Sent } from './handlers.ts';
import { no, notStored } from './problem.ts';

export function shiftHandlers(parts: ApiParts): Handlers<keyof typeof shiftRoutes> {
  const doorOf = ({ now, requestId }: Pick<Sent, 'now' | 'requestId'>) => ({
    ...parts,
    policy: policyInForce(released, now),
    now,
    requestId,
  });
  const submissionOf = ({ key }: Sent) => submissionUnder(parts, key);

  const answered = <Code extends string>(answer: ShiftAnswer<Code>, now: string) => {
    switch (answer.kind) {
      case 'forbidden':
        return no('shifts-for-keepers');
      case 'done': {
        const { schedule, imported } = answer;
        const { shifts } = schedule;
        const ahead = shifts.filter((each) => isAhead(each, now)).length;
        return done({
          ...whereKnown({ imported }),
          shifts: ahead,
          faults: shiftFaults(shifts, policyInForce(released, now), now),
        });
      }
      default:
        return notStored(answer);
    }
  };

  return {
    async 'read-on-call'(asked) {
      const view = await onCallFor(doorOf(asked), asked.visitor, asked.query.hours);
      return view ? done(view) : no('on-call-for-staff');
    },
    'import-shifts': async (asked) =>
      answered(await importShiftFile(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked)), asked.now),
    'swap-shifts': async (asked) =>
      answered(await swapTwoShifts(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked)), asked.now),
    'hand-over-shift': async (asked) =>
      answered(await handShiftOver(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked)), asked.now),
    'remove-shift': async (asked) =>
      answered(await takeShiftOut(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked)), asked.now),
    async 'read-shift-history'({ visitor }) {
      const changes = await shiftHistory(parts, visitor);
      return changes ? done({ changes }) : no('shift-history-for-keepers');
    },
  };
}
