/** What a commit says of a person's act at a door that is no command on a referral. */
import type { Visitor } from './visitor.ts';

/** `name` of what was done and `id` of what it was done to. `now` is a UTC instant. */
export const personFrame = (
  { now, requestId }: { readonly now: string; readonly requestId?: string | undefined },
  visitor: Visitor,
  name: string,
  id: string,
) => ({
  now,
  actor: { kind: 'person', id: visitor.id } as const,
  cause: { kind: 'command', name, id, ...(requestId !== undefined && { requestId }) } as const,
});
