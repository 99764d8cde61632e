/** The shape of one row of the route table of the API, and of what follows from it by type. */
import type * as z from 'zod';
import type { AnswerName } from '../../contracts/api-answers.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import type { RefusalKey } from '../../domain/refusals.ts';
import type { RateClass } from '../access/rate-limit.ts';
import type { DoorRefusal } from './door-refusals.ts';

export type Tag =
  | 'reports'
  | 'referrals'
  | 'commands'
  | 'lists'
  | 'directory'
  | 'figures'
  | 'training'
  | 'audit'
  | 'program'
  | 'description';

export interface Route {
  readonly method: 'get' | 'post';
  /** Below `/api/v1`, with each parameter as `{name}`. */
  readonly path: `/${string}`;
  readonly title: string;
  readonly tag: Tag;
  /** Each of these roles is enough as far as roles go. All others get `forbidden`. */
  readonly roles: readonly Role[];
  readonly forbidden?: DoorRefusal;
  /** What else the person must be to the referral, in words. */
  readonly relation?: string;
  readonly rate: RateClass;
  /** The parameters of the path. */
  readonly params?: z.ZodObject;
  /** The refusal of a parameter of another shape, by its name. Without it the answer lists the problem, as for a field. */
  readonly misfit?: Readonly<Record<string, DoorRefusal>>;
  readonly query?: z.ZodType;
  /** A list that comes by pages, with the kind of its cursor. */
  readonly paging?: 'page' | 'list' | 'log';
  /** The body. `of-the-command`: the command table has its schema, and the use case reads it. */
  readonly body?: z.ZodType | 'of-the-command';
  /** Whether a submission may, or must, bring an Idempotency-Key. */
  readonly key?: 'optional' | 'required';
  readonly ifMatch?: true;
  /** The name of the answer. Undefined for the description itself. */
  readonly answer?: AnswerName;
  /** The statuses of success; 200 where left out. */
  readonly statuses?: readonly (200 | 201)[];
  /** Each "no" that the handler may give, beside `forbidden`, those of `misfit`, and `invalid` where there is a body. */
  readonly refusals: readonly DoorRefusal[];
  /** The refusals of the domain that the handler may give: 409. */
  readonly decides?: readonly RefusalKey[] | 'of-the-command';
}

/** Rows keep their literal types, so that each handler is typed by its own row. */
export type Routes = Readonly<Record<string, Route>>;
