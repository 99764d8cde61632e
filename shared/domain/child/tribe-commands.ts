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
import { type Role, tribeMails, tribeRecipients } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { hasProceeding } from '../deadlines/clocks.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { formatInstant, newYorkDate } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { earliestDay, otherTribe, unknownTribe } from './tribe-notice.ts';

/** Who sends a notice to a parent or custodian while a caregiver's part is not ruled out. */
const counsel: readonly Role[] = ['legal', 'aag-liaison'];

/** Whether the first instant lies on a later New York day than the second. A return receipt tells the day alone. */
const isDayAfter = (one: string, other: string): boolean => newYorkDate(one) > newYorkDate(other);

const noticeIn = (decision: Decision, id: string) =>
  decision.state().response.tribeNotices.find(({ notice }) => notice === id);

export const tribeCommands = {
  'notify-tribe': command({
    title: 'Record a notice about an Indian child, by registered or certified mail',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'From a proceeding on: to the tribe, and to the parent or Indian custodian. Where no tribe is known, to the regional director or the Commissioner. Record each receipt when it comes back.',
    stages: stillOwed,
    input: z.strictObject({
      recipient: z.enum(tribeRecipients),
      tribe: idInput(),
      mailKind: z.enum(tribeMails),
      mailNumber: freeText('agencyNotices'),
      addressee: freeText('agencyNotices'),
      at: actInstant(),
    }),
    decide(decision, input, person) {
      const state = decision.state();
      if (state.child.tribalMember !== 'yes') return refuse('no-tribe');
      if (!hasProceeding(state)) return refuse('no-proceeding');
      const known = [...decision.context.policy.tribes.list.map(({ id }) => id), otherTribe, unknownTribe];
      if (!known.includes(input.tribe)) return refuse('no-such-tribe', { tribes: known.join(', ') });
      const isCounsel = person.roles.some((role) => counsel.includes(role));
      if (input.recipient !== 'tribe' && mayContact(state) !== 'as-usual' && !isCounsel)
        return refuse('counsel-notifies-family');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const notice = `N${decision.state().response.tribeNotices.length + 1}`;
      decision.add('tribe-notified', { ...input, notice, at });
      markKept(decision, input.recipient === 'tribe' ? 'tribe-notified' : 'custodian-notified', at);
      return undefined;
    },
  }),
  'record-tribe-receipt': command({
    title: 'Record that the notice was received',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'The day on the return receipt. The earliest day of a proceeding about custody follows from it.',
    stages: stillOwed,
    input: z.strictObject({ notice: idInput(), at: actInstant() }),
    restsOn: ({ response: { tribeNotices } }, { notice: id }) =>
      tribeNotices.find(({ notice }) => notice === id)?.receivedAt,
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
      const earliest = earliestDay(at, notice, decision.context.policy);
      decision.add('tribe-receipt-recorded', { notice: notice.notice, tribe: notice.tribe, at, earliest });
      return undefined;
    },
  }),
  'record-tribe-request': command({
    title: 'Record that the tribe, parent or custodian asked for more time',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'Each of them has a right to it. The earliest day of a proceeding moves. The request may come before the receipt is recorded.',
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
      const earliest =
        receivedAt === undefined
          ? undefined
          : earliestDay(receivedAt, { ...notice, moreTime: true }, decision.context.policy);
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
