import type { ForWhom } from './commit-head.ts';
import type { Role } from './vocabulary.ts';

/** A person as the application knows them: the id of the directory and their roles. */
export interface Person extends ForWhom {
  readonly id: string;
  readonly roles: readonly Role[];
  /** All people on leave whose work this person does now, where they act for one of them. */
  readonly delegateOf?: readonly string[] | undefined;
}
