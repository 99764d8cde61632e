/** Step Functions on the given folder. Its functions say on stdout that they are called, and take a moment. */
import { setTimeout } from 'node:timers/promises';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startStepFunctions } from '../../../../infra/local/stepfunctions/server.ts';

const activity = createActivity();
const server = await startStepFunctions({
  port: 0,
  dataDir: process.argv[2] ?? '',
  clock: createClock({ activity }),
  activity,
  async invokeLambda(_, payload) {
    process.stdout.write(`asked ${JSON.stringify(payload)}\n`);
    await setTimeout(25);
    return { ok: true, payload };
  },
});
process.stdout.write(`${server.url}\n`);
