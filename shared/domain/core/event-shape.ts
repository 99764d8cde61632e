/** The shape of one stored event, made of the schemas of its subject. */
import type * as z from 'zod';
import type { CommitFrame } from './commit-frame.ts';

/** An event of this type among these schemas, in the present version. */
export type EventIn<Schemas extends Record<string, z.ZodType>, Type extends keyof Schemas> = {
  readonly type: Type;
  readonly v: 1;
} & z.infer<Schemas[Type]>;

/** By type of event, what a state is after it. */
export type Evolvers<State, Schemas extends Record<string, z.ZodType>> = {
  readonly [Type in keyof Schemas]: (state: State, event: EventIn<Schemas, Type>, frame: CommitFrame) => State;
};

/** Of an event that is only a record: the state stays as it was. */
export const unchanged = <State>(state: State): State => state;
