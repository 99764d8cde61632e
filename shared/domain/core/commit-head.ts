/** What the fold reads of the commit around an event: the actor, the instant, and the person it was for. */
import { whereKnown } from './where-known.ts';

/** The actor. A function acts for the workflow; a person is named by the id of the directory. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'function'; readonly id: string };

/** The id of the person on leave for whose sake a delegate acted. */
export interface ForWhom {
  readonly onBehalfOf?: string | undefined;
}

/** What the fold needs of the commit an event came in. `at` is a UTC instant. */
export interface CommitHead extends ForWhom {
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
  /** No right code proves this commit. What it would open, end or replace does not count (`event-rules.ts`). */
  readonly isUnproved?: true;
}

/** A proposal in the state until a second person answers: its event, its instant, and the person it was for. */
export type Waiting<Proposed> = Proposed & ForWhom & { readonly at: string };

/** When a signature was given by this commit, and the person it was for, as the state remembers it. */
export const signedIn = ({ at, onBehalfOf }: CommitHead): ForWhom & { readonly at: string } => ({
  at,
  ...whereKnown({ onBehalfOf }),
});
