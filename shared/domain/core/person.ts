/** A person who acts. */
import type { ForWhom } from './commit-head.ts';
import type { Role } from './vocabulary.ts';

/** A person as the door knows them: the id of the directory and the roles they hold. */
export interface Person extends ForWhom {
  readonly id: string;
  readonly roles: readonly Role[];
}
