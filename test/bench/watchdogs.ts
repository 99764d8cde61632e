/** The functions that run by the clock, whatever is open. Their cost is one of the month, and not of a referral. */
export const watchdogs: readonly string[] = ['Sweep', 'KeepVault', 'EraseVault', 'AnchorHeads'];
