/** One whole cloud in memory, its clock standing still, for the tests that leave it as it was. */
import { afterAll, beforeAll } from 'vitest';
import { type Stage, stageCloud } from '../../support/stage-cloud.ts';

export let stage: Stage;
beforeAll(async () => {
  stage = await stageCloud();
});
afterAll(() => stage.stop());
