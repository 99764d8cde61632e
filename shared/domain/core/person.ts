import type { ForWhom } from './commit-head.ts';
import type { Role } from './vocabulary.ts';

/** A person as the application knows them: the id of the directory and their roles. */
export interface Person extends ForWhom {
  readonly id: string;
  readonly roles: readonly Role[];
}
