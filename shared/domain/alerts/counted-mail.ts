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
  /** The referrals that it tells of, each once. */
  referrals: z.array(id),
});
export type CountedMail = z.infer<typeof countedMail>;

/** A notice is about no referral. It only informs, so it is routine. */
export const countedNotice = { class: 'routine', about: 'notice' } as const;

const countedAlone = (about: Outgoing): Pick<CountedMail, 'class' | 'about'> => {
  if (isNotice(about)) return countedNotice;
  const { alert, state, policy } = about;
  const [deadline] = toldDeadlines(alert, state);
  return { class: alarmClassOfAlert(alert, state, policy), about: deadline?.rule ?? alert.kind };
};

/** The mail to this person about all of these, as they were when it went out. */
export function countMail(personId: string, told: readonly Outgoing[]): CountedMail {
  const each = told.map(countedAlone);
  const its = loudest(each.map(({ class: loudness }) => loudness));
  const { about } = each.find((one) => one.class === its) ?? countedNotice;
  const referrals = new Set(told.flatMap((one) => (isNotice(one) ? [] : [one.state.id])));
  return { personId, class: its, about, referrals: [...referrals] };
}
