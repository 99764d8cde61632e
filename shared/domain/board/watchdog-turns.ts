/** The turns of open referrals with the watchdog, which comes every five minutes: 288 in a day. */

export const turnsOfDay = 288;
const minutesOfTurn = 5;

/** The number of the round at this UTC instant, counted since 1970. */
export const roundAt = (now: string): number => Math.floor(Date.parse(now) / (minutesOfTurn * 60_000));

/** The UTC instant at which this round begins. */
export const beginOf = (round: number): string => new Date(round * minutesOfTurn * 60_000).toISOString();

/** The turn of a referral in each day. It follows from its id, so that each round has as many. */
export const turnOf = (referralId: string): number =>
  [...referralId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % turnsOfDay, 0);

/** An open referral is looked at in one of so many rounds: every six hours. */
export const turnsOfOpen = 72;

/** Under which the board finds the open referrals that a round looks at. `turn`: the number of the round, or a turn of the day. */
export const turnName = (turn: number): string => `turn-${turn % turnsOfOpen}`;
