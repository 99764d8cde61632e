/** What the actions of the Step Functions API have in common: their errors, their table, names, ARNs and pages. */
import * as z from 'zod';
import { JsonRefusal } from '../endpoint/json.ts';
import type { Authorize, Principal } from '../endpoint/service.ts';
import type { Engine } from './interpreter/engine.ts';
import type { Run } from './interpreter/run.ts';
import { maxPayload } from './interpreter/step.ts';
import type { Machine } from './machines.ts';

export interface Action {
  readonly input: z.ZodType;
  run(input: unknown, principal: Principal): object;
}

/** Adds an action. Every action authorizes its caller, with `allow`, before it tells anything. */
export type Define = <Schema extends z.ZodType>(
  name: string,
  input: Schema,
  run: (input: z.infer<Schema>, allow: (resource: string) => void) => object,
) => void;

export const defineIn =
  (actions: Map<string, Action>, authorize: Authorize): Define =>
  (name, input, run) =>
    void actions.set(name, {
      input,
      run: (value, principal) => run(value as never, (resource) => authorize(principal, `states:${name}`, resource)),
    });

export const arn = z.string().min(1).max(256);
export const payload = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= maxPayload, 'Member must have length less than or equal to 262144');
export const failure = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };
export const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };

export const secondsOf = (instant: number) => instant / 1000;

/** What is wrong with a JSON text; undefined where it is JSON. */
export const jsonFault = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;
export function checkName(name: string): void {
  if (name.length < 1 || name.length > 80 || forbidden.test(name)) {
    throw new JsonRefusal('InvalidName', `Invalid Name: '${name}'`);
  }
}

const arnOf = {
  stateMachine: /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:.+/,
  execution: /^arn:aws:states:[a-z0-9-]+:\d{12}:execution:.+/,
};
export function checkArn(value: string, kind: keyof typeof arnOf): void {
  if (!arnOf[kind].test(value)) {
    throw new JsonRefusal('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${value}'`);
  }
}

export function machineOf(engine: Engine, stateMachineArn: string): Machine {
  checkArn(stateMachineArn, 'stateMachine');
  const machine = engine.machines.get(stateMachineArn);
  if (machine) return machine;
  throw new JsonRefusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
}

export function runOf(engine: Engine, executionArn: string): Run {
  checkArn(executionArn, 'execution');
  const run = engine.run(executionArn);
  if (run) return run;
  throw new JsonRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
}

const invalidPage = () => new JsonRefusal('InvalidToken', "Invalid Token: 'Invalid pagination token'");

/** A page token holds the position at which the next page begins, from 0 up to `end`. */
export function pageStart(token: string | undefined, first: number, end: number): number {
  if (token === undefined) return first;
  const start = Number(Buffer.from(token, 'base64').toString());
  const isOurs = /^[A-Za-z0-9+/=]+$/.test(token) && Number.isInteger(start) && start >= 0 && start < end;
  if (!isOurs) throw invalidPage();
  return start;
}
export const pageToken = (start: number) => ({ nextToken: Buffer.from(String(start)).toString('base64') });
