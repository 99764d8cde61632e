/** What the fold reads of the commit around an event: who did it, when, and on whose behalf. */

/** Who did it. A function acts for the workflow; a person is named by the id of the directory. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'function'; readonly id: string };

/** The id of the person on leave on whose behalf a person did it. */
export interface ForWhom {
  readonly onBehalfOf?: string | undefined;
}

/** What the fold needs of the commit an event came in. `at` is a UTC instant. */
export interface CommitHead extends ForWhom {
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
}

/** A proposal as the state keeps it until a second person answers: its event, when it was made, and on whose behalf. */
export type Waiting<Proposed> = Proposed & ForWhom & { readonly at: string };

/** When something was signed by this commit, and on whose behalf, as the state remembers it. */
export const signedIn = ({ at, onBehalfOf }: CommitHead): ForWhom & { readonly at: string } => ({
  at,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});
