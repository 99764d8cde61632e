/** A part of the opening that could not be decided. `rule` is the clock; `alerts` stands for the alerts of the opening. */
export class ClockFault extends Error {
  override readonly name = 'ClockFault';
  readonly referralId: string;
  readonly rule: string;

  constructor(referralId: string, rule: string, cause: unknown) {
    super(`The part ${rule} of the opening of ${referralId} cannot be computed.`, { cause });
    this.referralId = referralId;
    this.rule = rule;
  }
}
