/**
 * The notice to a tribe, its receipt, and the request for more time (C.G.S. 46b-116 and following, 25 U.S.C. 1912(a)). See
 * docs/domain.md#icwa.
 */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, idInput } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { custodyRecorders } from '../core/role-groups.ts';
import { tribeMails } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { formatInstant, newYorkDate } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { earliestDay, otherTribe } from './tribe-notice.ts';

/** Whether the first instant lies on a later New York day than the second. A return receipt tells the day alone. */
const isDayAfter = (one: string, other: string): boolean => newYorkDate(one) > newYorkDate(other);

const noticeIn = (decision: Decision, id: string) =>
  decision.state().response.tribeNotices.find(({ notice }) => notice === id);

export const tribeCommands = {
  'notify-tribe': command({
    title: 'Record the notice to a tribe, by registered or certified mail',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'A return receipt is asked for. Each notice has its own id. Record its receipt when it comes back.',
    stages: stillOwed,
    input: z.strictObject({
      tribe: idInput(),
      mailKind: z.enum(tribeMails),
      mailNumber: freeText(),
      addressee: freeText(),
      at: actInstant(),
    }),
    decide(decision, input) {
      if (decision.state().child.tribalMember !== 'yes') return refuse('no-tribe');
      const known = decision.context.policy.tribes.list.map(({ id }) => id);
      if (input.tribe !== otherTribe && !known.includes(input.tribe)) {
        return refuse('no-such-tribe', { tribes: [...known, otherTribe].join(', ') });
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const notice = `N${decision.state().response.tribeNotices.length + 1}`;
      decision.add('tribe-notified', { ...input, notice, at });
      markKept(decision, 'tribe-notified', at);
      return undefined;
    },
  }),
  'record-tribe-receipt': command({
    title: 'Record that the tribe received the notice',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'The day on the return receipt. The earliest day of a proceeding about custody follows from it.',
    stages: stillOwed,
    input: z.strictObject({ notice: idInput(), at: actInstant() }),
    decide(decision, input) {
      const notice = noticeIn(decision, input.notice);
      if (!notice) return refuse('tribe-not-notified');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (isAfter(notice.mailedAt, at)) return refuse('received-before-sent', { at: formatInstant(notice.mailedAt) });
      const { askedAt } = notice;
      if (askedAt !== undefined && isDayAfter(at, askedAt)) {
        return refuse('received-after-request', { at: formatInstant(askedAt) });
      }
      const earliest = earliestDay(at, notice.moreTime === true, decision.context.policy);
      decision.add('tribe-receipt-recorded', { notice: notice.notice, tribe: notice.tribe, at, earliest });
      return undefined;
    },
  }),
  'record-tribe-request': command({
    title: 'Record that the tribe asked for more time',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'The tribe has a right to it. The earliest day of a proceeding moves. The request may come before the receipt is recorded.',
    stages: stillOwed,
    input: z.strictObject({ notice: idInput(), at: actInstant() }),
    decide(decision, input) {
      const notice = noticeIn(decision, input.notice);
      if (!notice) return refuse('tribe-not-notified');
      if (notice.moreTime) return refuse('more-time-already');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const { receivedAt, mailedAt } = notice;
      if (isDayAfter(mailedAt, at)) return refuse('asked-before-sent', { at: formatInstant(mailedAt) });
      if (receivedAt !== undefined && isDayAfter(receivedAt, at)) {
        return refuse('asked-before-receipt', { at: formatInstant(receivedAt) });
      }
      const earliest = receivedAt === undefined ? undefined : earliestDay(receivedAt, true, decision.context.policy);
      decision.add('tribe-asked-more-time', {
        notice: notice.notice,
        tribe: notice.tribe,
        at,
        ...whereKnown({ earliest }),
      });
      return undefined;
    },
  }),
};
