/** The shape of one operation of the API, as its description has it. */
import type * as z from 'zod';
import type { Role } from '../domain/core/vocabulary.ts';

export type Status = 400 | 404 | 403 | 409 | 412 | 413 | 415 | 422;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: unknown;
  /** Of one in the query; one in the path always is, a header never. */
  readonly required?: true;
}

export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly title: string;
  readonly tag: 'reports' | 'referrals' | 'lists' | 'directory' | 'audit';
  /** Whose role is enough as far as roles go. */
  readonly roles: readonly Role[];
  /** What else the person must be to the referral. */
  readonly relation?: string;
  readonly parameters: readonly Parameter[];
  readonly input?: z.ZodType;
  readonly answer: z.ZodType;
  /** The answer's name among the schemas. */
  readonly answerName: string;
  readonly refusals: readonly Status[];
}
