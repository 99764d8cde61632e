/**
 * What mail costs its readers: the mails and interruptions of the last week, of the whole state. It names no person and
 * no referral, and no rule that concerned few children.
 */
import { type Noise, type NoiseOfRule, noiseOf } from '../../domain/alerts/noise.ts';
import { overseers } from '../../domain/core/role-groups.ts';
import { hoursBack } from '../../domain/core/spans.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { disclosure } from '../../policy/disclosure.ts';
import type { Ledger } from '../../store/ledger.ts';
import { alertClasses } from './field-classes.ts';

/** The roles that answer for the work of others, and administrators. */
export const mailLoadReaders: readonly Role[] = [...overseers, 'administrator'];

const week = 7 * 24;

type Counts = Pick<NoiseOfRule, 'mails' | 'interruptions' | 'byClass'>;

export interface MailLoad extends Omit<Noise, 'byRule'> {
  /** The start of the week, a UTC instant. The week ends now. */
  readonly since: string;
  /** The most first. Each mail counts once. */
  readonly byRule: readonly (Counts & Pick<NoiseOfRule, 'about'>)[];
  /** All rules and news together that were about fewer than `disclosure.fewest` referrals each. Absent where there are none. */
  readonly rare?: Counts;
}

/** A notice is about no child. Of a rare duty, such as that of a tribe, the name alone could lead to one. */
const isRare = ({ about, referrals }: NoiseOfRule): boolean => about !== 'notice' && referrals < disclosure.fewest;

/** News whose name tells of children. Administrators see it with what is rare, and not by its name. */
const tellsOfChildren = ({ about }: NoiseOfRule): boolean =>
  Object.entries(alertClasses).some(([kind, its]) => kind === about && its !== 'pathway');

const together = (rules: readonly NoiseOfRule[]): Counts => {
  const sum = (count: (rule: NoiseOfRule) => number) => rules.reduce((total, rule) => total + count(rule), 0);
  return {
    mails: sum(({ mails }) => mails),
    interruptions: sum(({ interruptions }) => interruptions),
    byClass: {
      now: sum(({ byClass }) => byClass.now),
      today: sum(({ byClass }) => byClass.today),
      routine: sum(({ byClass }) => byClass.routine),
    },
  };
};

/**
 * The counts of the mails that went out in the week before `now`, a UTC instant. It reads an index alone, no chain. `works`:
 * whether the reader works on referrals (`readsToWork`).
 */
export async function mailLoad(ledger: Pick<Ledger, 'mailsIn'>, now: string, works: boolean): Promise<MailLoad> {
  const span = hoursBack(now, 0, week);
  const { byRule, ...noise } = noiseOf(await ledger.mailsIn(span));
  const isHidden = (rule: NoiseOfRule) => isRare(rule) || (!works && tellsOfChildren(rule));
  const rare = byRule.filter(isHidden);
  return {
    since: span.from,
    ...noise,
    byRule: byRule.filter((rule) => !isHidden(rule)).map(({ referrals: _, ...shown }) => shown),
    ...(rare.length > 0 && { rare: together(rare) }),
  };
}
