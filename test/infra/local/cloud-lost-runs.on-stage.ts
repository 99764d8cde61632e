/** A run that ends unseen, in the whole cloud. Its record says that it waits, and only Step Functions knows better. */
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { eventsIn } from '../../support/stage.ts';
import { report } from '../../support/story.ts';
import { stage } from './shared-stage.ts';

describe('in the whole cloud', () => {
  it('the sweep asks about a run without life, restarts it, and leaves the living ones', async () => {
    const id = await report(stage);
    // After three losses in an hour, the event of a fourth is not taken.
    for (let generation = 1; generation <= 4; generation += 1) {
      const run = (await stage.executions(id)).find(({ name }) => name === `${id}-g${generation}`);
      await stage.sfn.send(new StopExecutionCommand({ executionArn: run?.arn, cause: 'Stopped by hand.' }));
      await stage.cloud.rest();
    }
    const running = async () =>
      (await stage.executions(id)).filter(({ name, status }) => name.startsWith(`${id}-`) && status === 'RUNNING');
    expect(await running()).toEqual([]);
    const { seq } = await stage.view(id);
    // Its wait is still there, and no one acts.
    await stage.hours(2.5);
    expect((await running()).map(({ name }) => name)).toEqual([`${id}-g5`]);
    const lost = eventsIn(await stage.audit(id), 'run-lost').filter(({ run }) => run === id);
    expect(lost.map(({ by }) => by)).toEqual(['record-lost-run', 'record-lost-run', 'record-lost-run', 'sweep']);
    expect((await stage.view(id)).seq).toBeGreaterThan(seq);
  });
});
