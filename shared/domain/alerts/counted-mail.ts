/** One sent mail as it is counted: its class, what its loudest alert tells of, and its referrals. */
import * as z from 'zod';
import { alarmClassOfAlert, loudest } from '../policy/alarm-classes.ts';
import { alarmClasses } from '../policy/policy.ts';
import { toldDeadlines } from './alert-duties.ts';
import { isNotice, type Outgoing } from './outgoing.ts';

const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

export const countedMail = z.object({
  personId: id,
  class: z.enum(alarmClasses),
  /** The rule of its loudest alert, such as `D3`. For news without a deadline it is the kind, for a notice `notice`. */
  about: z.string(),
  /** The referrals that it tells of, each once. The first is that of its loudest alert. */
  referrals: z.array(id),
});
export type CountedMail = z.infer<typeof countedMail>;

/** A notice is about no referral. It only informs, so it is routine. */
const notice: Omit<CountedMail, 'personId'> = { class: 'routine', about: 'notice', referrals: [] };

function countAlone(about: Outgoing): Omit<CountedMail, 'personId'> {
  if (isNotice(about)) return notice;
  const { alert, state, policy } = about;
  const [deadline] = toldDeadlines(alert, state);
  return {
    class: alarmClassOfAlert(alert, state, policy),
    about: deadline?.rule ?? alert.kind,
    referrals: [state.id],
  };
}

/** The mail to this person about all of these, as they were when it went out. */
export function countMail(personId: string, told: readonly Outgoing[]): CountedMail {
  const each = told.map(countAlone);
  const its = loudest(each.map(({ class: loudness }) => loudness));
  const first = each.find((one) => one.class === its) ?? notice;
  return { personId, ...first, referrals: [...new Set([first, ...each].flatMap(({ referrals }) => referrals))] };
}
