/** Looks for the shortest case that still breaks the same invariant: fewer acts, fewer days, then fewer faults, by halves. */
import { type CaseChoice, type CaseResult, runCase } from './case.ts';

/** How often a case is run again at most. */
const budget = 60;

/** The failing case cut down, as its own result. `run` is for tests. */
export async function shrink(
  failed: CaseResult,
  run: (choice: CaseChoice) => Promise<CaseResult> = (choice) => runCase(choice),
): Promise<CaseResult> {
  const invariants = new Set(failed.breaches.map(({ invariant }) => invariant));
  let shortest = failed;
  let runs = 0;
  const stillFails = async (choice: CaseChoice): Promise<boolean> => {
    if (runs >= budget) return false;
    runs += 1;
    const result = await run(choice);
    if (!result.breaches.some(({ invariant }) => invariants.has(invariant))) return false;
    shortest = result;
    return true;
  };

  /** The least count from 0 to `most` with which it still fails, as far as halving finds it. */
  const fewest = async (most: number, choiceOf: (count: number) => CaseChoice): Promise<void> => {
    let fails = most;
    let holds = -1;
    while (fails - holds > 1) {
      const middle = Math.floor((fails + holds) / 2);
      if (await stillFails(choiceOf(middle))) fails = middle;
      else holds = middle;
    }
  };
  const now = () => shortest.choice;
  await fewest(failed.done.length, (acts) => ({ ...now(), acts }));
  await fewest(Math.max(0, ...shortest.faults.map(({ number }) => number)), (limit) => ({
    ...now(),
    faults: { ...now().faults, limit },
  }));
  await fewest(failed.choice.days, (days) => ({ ...now(), days }));

  // Then whole pieces out of the middle: halves, quarters and so on down to single faults.
  for (let size = Math.ceil(shortest.faults.length / 2); size >= 1 && runs < budget; size = Math.floor(size / 2)) {
    for (let start = 0; start < shortest.faults.length && runs < budget; ) {
      const piece = shortest.faults.slice(start, start + size).map(({ number }) => number);
      const { faults } = now();
      const without = new Set([...faults.without, ...piece]);
      if (!(await stillFails({ ...now(), faults: { ...faults, without } }))) start += size;
    }
  }
  return shortest;
}
