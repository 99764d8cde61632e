/** What EventBridge tells of the start and the end of an execution. */
import { randomUUID } from 'node:crypto';
import { localAccount, localRegion } from '../endpoint/service.ts';
import type { Status } from './interpreter/history.ts';
import type { Run } from './interpreter/run.ts';

/** The event that EventBridge delivers; instants in `detail` are epoch milliseconds. */
export interface StatusChange {
  readonly version: '0';
  readonly id: string;
  readonly source: 'aws.states';
  readonly 'detail-type': 'Step Functions Execution Status Change';
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly executionArn: string;
    readonly stateMachineArn: string;
    readonly name: string;
    readonly status: Status;
    readonly startDate: number;
    readonly stopDate: number | null;
    readonly input: string;
    readonly inputDetails: { readonly included: true };
    readonly output: string | null;
    readonly outputDetails: { readonly included: true } | null;
    readonly error: string | null;
    readonly cause: string | null;
    readonly redriveCount: 0;
  };
}

export function statusChange(run: Run, now: number): StatusChange {
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
