/** Time until a stage where some still wait and some can never reach it: Aalen and Johansen's estimator. Times are in hours. */

/** How a wait stands: it reached the stage, it ended otherwise so that no stage follows, or it goes on. */
export interface Wait {
  readonly hours: number;
  readonly end: 'reached' | 'competing' | 'waiting';
}

/** The share of all that reached the stage within so many hours. It only grows. */
export interface Step {
  readonly hours: number;
  readonly share: number;
}

/**
 * The cumulative incidence of the stage, at each time at which it was reached. Who still waits counts as long as they waited,
 * and a competing end never counts as reached. At equal times, ends come before waits that go on.
 */
export function incidence(waits: readonly Wait[]): readonly Step[] {
  const sorted = waits.toSorted((one, other) => one.hours - other.hours);
  const steps: Step[] = [];
  let atRisk = sorted.length;
  let stillFree = 1;
  let share = 0;
  for (let index = 0; index < sorted.length; ) {
    const hours = sorted[index]?.hours ?? 0;
    let [reached, ended, gone] = [0, 0, 0];
    for (; sorted[index]?.hours === hours; index += 1) {
      gone += 1;
      if (sorted[index]?.end === 'reached') reached += 1;
      if (sorted[index]?.end !== 'waiting') ended += 1;
    }
    share += (stillFree * reached) / atRisk;
    stillFree *= 1 - ended / atRisk;
    atRisk -= gone;
    if (reached > 0) steps.push({ hours, share });
  }
  return steps;
}

/** The least hours within which this part of all had reached the stage, or that it was not reached. */
export const quantileOf = (steps: readonly Step[], part: number): number | 'not-reached' =>
  // A sum of fractions may lie just below a half that it is.
  steps.find(({ share }) => share >= part - 1e-12)?.hours ?? 'not-reached';
