/** The word for how a mail is addressed: a recipient group, or a person in its place. */

/** Why a person gets mail in the place of a recipient group. No person of it is known, or all are at the mail cap. */
export const insteadOf = { unknown: ' for ', atCap: ' after ' } as const;
const joint = new RegExp(Object.values(insteadOf).join('|'));

/** The recipient group that led to a person: `hart-lead` of `careline-supervisor for hart-lead`. */
export const groupOf = (addressedAs: string): string => addressedAs.split(joint).at(-1) ?? addressedAs;

/** The role in which a person is asked: `careline-supervisor` of `careline-supervisor for hart-lead`. */
export const askedAs = (addressedAs: string): string => addressedAs.split(joint)[0] ?? addressedAs;
