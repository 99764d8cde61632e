import { synthesize } from '../../infra/synthesize.ts';

/** Runs before the tests of the stack. Two files that find it missing at once would both spend half a minute. */
export async function setup(): Promise<void> {
  await synthesize();
}
