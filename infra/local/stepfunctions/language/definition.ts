/** What a definition is once it is read: states with compiled fields. */
import type { Template } from './expressions.ts';
import type { Diagnostic } from './schema.ts';

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

/** How a state is left. `next` undefined: it is the last one of its workflow. */
export interface Exit {
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
  readonly next: string | undefined;
}

export interface Catcher extends Exit {
  readonly errors: readonly string[];
}

/** A field of one value, with its name and what is written there for messages. */
export interface Field {
  readonly name: string;
  readonly written: unknown;
  readonly value: Template;
}

interface Named {
  readonly name: string;
}

interface Handling {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** `resource`: the whole ARN of a function, or what `lambda:invoke` it is. */
export interface TaskState extends Named, Exit, Handling {
  readonly type: 'Task';
  readonly resource: string;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Field | undefined;
  readonly heartbeatSeconds: Field | undefined;
}

export interface ParallelState extends Named, Exit, Handling {
  readonly type: 'Parallel';
  readonly arguments: Template | undefined;
  readonly branches: readonly Workflow[];
}

export interface MapState extends Named, Exit, Handling {
  readonly type: 'Map';
  readonly items: Field | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Field | undefined;
  /** How many failures are tolerated: evaluated and checked, and without effect on an inline Map, as on AWS. */
  readonly tolerated: readonly (Field & { readonly most: number })[];
  readonly processor: Workflow;
}

export interface WaitState extends Named, Exit {
  readonly type: 'Wait';
  readonly seconds: Field | undefined;
  readonly timestamp: Field | undefined;
}

export interface ChoiceState extends Named, Exit {
  readonly type: 'Choice';
  readonly choices: readonly (Exit & { readonly condition: Field })[];
}

export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error: Field | undefined;
  readonly cause: Field | undefined;
}

export type State =
  | TaskState
  | ParallelState
  | MapState
  | WaitState
  | ChoiceState
  | FailState
  | (Named & Exit & { readonly type: 'Pass' | 'Succeed' });

export interface Workflow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Definition extends Workflow {
  /** The whole execution's limit, if the definition sets one below the service's year. */
  readonly timeoutSeconds: number | undefined;
  /** What AWS takes and this reader would not have written: a reference that can only fail. */
  readonly warnings: readonly Diagnostic[];
  /** The variables that each state reads, by the state's name, for those that read any. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}
