/** What a commit says of a person's act at a door that is no command on a referral. */
import type { Role } from '../domain/vocabulary.ts';
import { principalFor } from './on-behalf.ts';
import type { Visitor } from './visitor.ts';

/** `name` of what was done, `id` of what it was done to, and the roles that may do it: they say on whose behalf. `now` is a UTC instant. */
export const personFrame = (
  { now, requestId }: { readonly now: string; readonly requestId?: string | undefined },
  visitor: Visitor,
  name: string,
  id: string,
  roles: readonly Role[] = [],
) => ({
  now,
  actor: { kind: 'person', id: visitor.id } as const,
  onBehalfOf: principalFor(visitor, roles),
  cause: { kind: 'command', name, id, ...(requestId !== undefined && { requestId }) } as const,
});
