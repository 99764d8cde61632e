/** What a definition is once it is read: states with compiled fields. */
import type { Template } from './expressions.ts';

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

/** How a state is left. `next` undefined: it is the last one. */
export interface Exit {
  readonly output: Template | undefined;
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

/** `resource`: what `lambda:invoke` it is. */
export interface TaskState extends Named, Exit {
  readonly type: 'Task';
  readonly resource: string;
  readonly arguments: Template;
  readonly timeoutSeconds: Field | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
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
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export type State =
  | TaskState
  | WaitState
  | ChoiceState
  | FailState
  | (Named & Exit & { readonly type: 'Pass' | 'Succeed' });

export interface Definition {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}
