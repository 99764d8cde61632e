/** What EventBridge tells of the start and the end of an execution. */
import { randomUUID } from 'node:crypto';
import { localAccount, localRegion } from '../endpoint/service.ts';
import type { Run } from './interpreter/run.ts';

/** The event that EventBridge delivers; instants in `detail` are epoch milliseconds. */
export type StatusChange = ReturnType<typeof statusChange>;

export function statusChange(run: Run, now: number) {
  const closing = run.status === 'RUNNING' ? undefined : run.events.at(-1)?.details;
  const output = closing?.output ?? null;
  return {
    version: '0',
    id: randomUUID(),
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account: localAccount,
    region: localRegion,
    time: new Date(now).toISOString(),
    resources: [run.arn],
    detail: {
      executionArn: run.arn,
      stateMachineArn: run.machineArn,
      name: run.name,
      status: run.status,
      startDate: run.startedAt,
      stopDate: run.stoppedAt ?? null,
      input: run.input,
      inputDetails: { included: true },
      output,
      outputDetails: output === null ? null : { included: true },
      // As DescribeExecution, which tells a timeout by the status alone.
      error: run.status === 'TIMED_OUT' ? null : (closing?.error ?? null),
      cause: closing?.cause ?? null,
      redriveCount: 0,
    },
  };
}
