/** What a handler of the API gets and gives, by type from its row of the route table. */
import type * as z from 'zod';
import type { Visitor } from '../../shared/application/access/visitor.ts';
import type { Paging } from '../../shared/application/read/queue.ts';
import type { DoorRefusal } from '../../shared/application/routes/door-refusals.ts';
import type { Route } from '../../shared/application/routes/route.ts';
import type { RouteName, RouteTable } from '../../shared/application/routes/route-table.ts';
import type { AnswerName, ApiAnswers } from '../../shared/contracts/api-answers.ts';
import type { CodeOf } from '../../shared/domain/core/refusal.ts';
import type { Decided, No } from './problem.ts';

type Output<Row, Part extends keyof Route> =
  Row extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? z.output<Schema> : undefined;

/** The sequence numbers of the referral that the client accepts. Undefined where it gave no condition. */
export type Condition = { readonly exactly: readonly number[] } | undefined;

/** A request that passed the checks of its row, from the sign-in to the form of the body. */
export interface Asked<Row = Route> {
  readonly visitor: Visitor;
  readonly requestId: string;
  /** UTC instant. */
  readonly now: string;
  readonly params: Output<Row, 'params'>;
  readonly query: Output<Row, 'query'>;
  readonly paging: Row extends { readonly paging: string } ? Paging : undefined;
  /** JSON, as it was sent. The use case holds it against the schema of the row, for both doors. */
  readonly body: Row extends { readonly body: unknown } ? unknown : undefined;
  /** The Idempotency-Key. */
  readonly key: Row extends { readonly key: 'required' }
    ? string
    : Row extends { readonly key: 'optional' }
      ? string | undefined
      : undefined;
  readonly condition: Row extends { readonly ifMatch: true } ? Condition : undefined;
}

/** A request with a body and perhaps a key, whatever its route. */
export type Sent = Pick<
  Asked<{ readonly body: true; readonly key: 'optional' }>,
  'visitor' | 'requestId' | 'now' | 'body' | 'key'
>;

/** An answer as its schema describes it. Schemas are open to later fields, values are read-only. */
type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value as string extends Key ? never : Key]: Shown<Value[Key]> }
    : Value;

type Forbidden<Row> = Row extends { readonly forbidden: infer Name } ? Name : never;
type Misfit<Row> = Row extends { readonly misfit: infer Names } ? Names[keyof Names] : never;

/** A success. A text is written as it is: it is JSON already. */
export interface Done<Body = unknown> {
  readonly done: Body;
  readonly status?: 200 | 201 | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** `done` comes after `headers`, for the rare answer that has any. */
export const done = <Body>(body: Body, more: Omit<Done, 'done'> = {}): Done<Body> => ({ done: body, ...more });

type AnswerOf<Row> = Row extends { readonly answer: infer Name extends AnswerName }
  ? Shown<z.output<ApiAnswers[Name]>>
  : string;

type NoOf<Row> = (Row extends { readonly body: unknown } ? 'invalid' : never) | NamedIn<Row>;

type NamedIn<Row> = Row extends { readonly refusals: readonly (infer Name)[] }
  ? Name | Forbidden<Row> | Misfit<Row>
  : never;

type CodeIn<Row> = Row extends { readonly decides: infer Codes }
  ? Codes extends readonly (infer Key extends string)[]
    ? CodeOf<Key>
    : string
  : never;

export type Answered<Row> =
  | Done<AnswerOf<Row>>
  | (NoOf<Row> extends infer Name ? (Name extends DoorRefusal ? No<Name> : never) : never)
  | (CodeIn<Row> extends never ? never : Decided<CodeIn<Row>>);

export type Handler<Name extends RouteName> = (
  asked: Asked<RouteTable[Name]>,
) => Answered<RouteTable[Name]> | Promise<Answered<RouteTable[Name]>>;

/** One handler for each row: no fewer, and no other. */
export type Handlers<Names extends RouteName = RouteName> = { readonly [Name in Names]: Handler<Name> };
