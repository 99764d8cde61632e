/** When the keeper of an agreement is reminded. The days are this project's. */
export interface AgreementRule {
  /** So many days before an agreement ends, the longest first. 0: on its last day. */
  readonly daysBeforeEnd: readonly number[];
  /** The same, before the day of its next review. */
  readonly daysBeforeReview: readonly number[];
  /** From so many days before the end on, the program manager is told as well. */
  readonly managerFrom: number;
  /** From so many days before its end or review on, it is a next step of its keeper. */
  readonly stepFrom: number;
}

export const agreementRule: AgreementRule = {
  daysBeforeEnd: [180, 90, 30, 0],
  daysBeforeReview: [0],
  managerFrom: 30,
  stepFrom: 90,
};
