/** The walk of `test/infra/local/gateway-walk.on-stage.ts`, further. */
import { it } from 'vitest';
import { walkThroughTheGateway } from '../support/gateway-walk.ts';
import { stageCloud } from '../support/stage-cloud.ts';

it('a longer walk leaks nothing of an ordinary referral, and nothing at all of a sealed one', async () => {
  const stage = await stageCloud();
  try {
    await walkThroughTheGateway(stage, 500);
  } finally {
    await stage.stop();
  }
});
