/** Plays many cases for a test: what broke, and what came about. */
import { type CaseResult, wholeCase } from './case.ts';
import { describeBreaches } from './describe-case.ts';
import { playCases } from './play-cases.ts';
import { shrink } from './shrink.ts';

/** The broken cases of `<seed>/0` to `<seed>/<count - 1>`, each cut down and told. `see` is handed every result; `days` is how long each lasts. */
export async function brokenCases(
  seed: string,
  count: number,
  see: (result: CaseResult) => void = () => undefined,
  days?: number,
): Promise<readonly string[]> {
  const told: string[] = [];
  const choices = Array.from({ length: count }, (_, index) => wholeCase(`${seed}/${index}`, days));
  for await (const result of playCases(choices)) {
    see(result);
    if (result.breaches.length > 0) told.push(describeBreaches(await shrink(result)));
  }
  return told;
}
