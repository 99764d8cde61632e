import { fileURLToPath } from 'node:url';
import { readDefinition } from '../../../../infra/constructs/machine-definition.ts';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { serve } from '../../../../infra/local/endpoint/endpoint.ts';
import type { Authorize, AwsRequest, Principal } from '../../../../infra/local/endpoint/service.ts';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import type { StatusChange } from '../../../../infra/local/stepfunctions/status-change.ts';
import { createStepFunctions } from '../../../../infra/local/stepfunctions/step-functions.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { operator, requestOf } from '../endpoint/ask.ts';

export const noon = Date.parse('2026-03-02T12:00:00Z');
export const machineArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
export const executionArn = (machine: string, name: string) =>
  `arn:aws:states:us-east-1:000000000000:execution:${machine}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Each placeholder resolved to a function of that name. */
const resolved = (definition: string) =>
  definition.replace(/\$\{(\w+)FunctionArn\}/g, (_, word: string) => functionArn(word));

/** A workflow of the product. */
export const workflow = (name: 'referral' | 'deadline') =>
  resolved(readDefinition(fileURLToPath(new URL(`../../../../workflows/${name}.asl.json`, import.meta.url))));

export const machine = (definition: object) => JSON.stringify({ QueryLanguage: 'JSONata', ...definition });

/** A machine of one Task, with `more` merged into the task. Where there is a Catch, a Pass state catches. */
export const oneTask = (more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'Ask', Payload: { attempt: '{% $states.context.State.RetryCount %}' } },
        Output: '{% $states.result.Payload %}',
        TimeoutSeconds: 60,
        End: true,
        ...more,
      },
      ...(more.Catch ? { Caught: { Type: 'Pass', End: true } } : {}),
    },
  });

export interface Call {
  readonly function: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** The members that the tests read from answers of any action. */
export interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly executionArn: string;
  readonly startDate: number;
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextToken?: string;
  readonly events: readonly HistoryRow[];
  readonly executions: readonly { readonly name: string; readonly status: string }[];
  readonly stateMachines: readonly { readonly name: string }[];
}

export interface HistoryRow {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly timestamp: number;
  readonly [details: string]: unknown;
}

interface StageOptions {
  readonly machines?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly at?: number;
  readonly answer?: (call: Call) => Promise<InvokeAnswer> | InvokeAnswer;
  readonly authorize?: Authorize;
  readonly ready?: Promise<unknown>;
  readonly principalOf?: (machineArn: string, roleArn: string) => Principal;
}

export const ok = (payload: unknown): InvokeAnswer => ({ ok: true, payload });

export const requestFor = (action: string, body: unknown, principal: Principal = operator): AwsRequest =>
  requestOf({
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${action}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    principal,
  });

/** Step Functions at a standing clock with a fake Lambda; `answer` is what each invocation gives. */
export function createStage(options: StageOptions = {}) {
  const { machines = {}, folder, at = noon, answer = () => ok({}), authorize, ready, principalOf } = options;
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: at });
  const calls: Call[] = [];
  const changes: StatusChange[] = [];
  const stepFunctions = createStepFunctions({
    clock,
    activity,
    ...whereKnown({ folder, ready }),
    machines: Object.entries(machines).map(([name, definition]) => ({ arn: machineArn(name), name, definition })),
    async invoke(arn, payload) {
      const call = {
        function: arn.slice(functionArn('').length),
        payload: payload as Call['payload'],
        at: clock.now(),
      };
      calls.push(call);
      return answer(call);
    },
    authorize: authorize ?? (() => undefined),
    principalOf: principalOf ?? ((arn) => ({ kind: 'function', logicalId: `${arn.split(':').at(-1)}Role` })),
    onStatusChange: (event) => void changes.push(event),
  });

  const call = async (action: string, body: unknown, principal?: Principal): Promise<Answer> =>
    JSON.parse(String((await serve(requestFor(action, body, principal), [stepFunctions.service])).body));

  return {
    ...stepFunctions,
    clock,
    activity,
    calls,
    changes,
    call,
    /** Starts an execution and waits for rest; answers with its ARN. */
    async start(machine: string, name: string, input: unknown = {}) {
      const body = { stateMachineArn: machineArn(machine), name, input: JSON.stringify(input) };
      const answer = await call('StartExecution', body);
      await activity.rest();
      return answer.executionArn;
    },
    async describe(executionArn: string) {
      await activity.rest();
      return call('DescribeExecution', { executionArn });
    },
    async history(executionArn: string): Promise<readonly HistoryRow[]> {
      await activity.rest();
      return (await call('GetExecutionHistory', { executionArn, maxResults: 1000 })).events;
    },
    async types(executionArn: string) {
      return (await this.history(executionArn)).map((event) => event.type);
    },
    async stop() {
      await stepFunctions.stop();
      clock.stop();
    },
  };
}
