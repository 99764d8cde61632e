import { synthesize } from '../../infra/synthesize.ts';

/** Before the tests of the stack: two files that find it missing at once would both spend half a minute on it. */
export async function setup(): Promise<void> {
  await synthesize();
}
