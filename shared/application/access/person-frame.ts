/** What a commit says of a person's act at a door that is no command on a referral. */
import type { Role } from '../../domain/core/vocabulary.ts';
import { causeOf } from '../input/submission.ts';
import type { Digests } from '../matching/secret.ts';
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

/** How a client names a submission of its own. */
export interface Submission {
  readonly key: string;
  readonly digests: Digests;
}

/** The same of a submission under a key: on what `of` names it is done once, whatever comes under that key later. */
export const keyedFrame = (
  frame: ReturnType<typeof personFrame>,
  of: string,
  sent: unknown,
  { key, digests }: Submission,
) => {
  const { actor, cause } = frame;
  const id = digests.hex('command', actor.id, of, cause.name, key).slice(0, 20).toUpperCase();
  return { ...frame, cause: causeOf(digests, cause.name, id, sent, { requestId: cause.requestId }) };
};
