/** What the invariants are checked on. */
import type { People } from './people.ts';
import type { Reader } from './reader.ts';
import type { World } from './world.ts';

export interface Checked {
  readonly world: World;
  readonly reader: Reader;
  readonly people: People;
}
