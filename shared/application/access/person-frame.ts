/** Time, actor and cause of a commit by a person, for acts that are not commands on a referral. */

import type { Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { causeOf } from '../input/submission.ts';
import { createDigests, type Digests } from '../matching/secret.ts';
import { principalFor } from './on-behalf.ts';
import type { Visitor } from './visitor.ts';

/**
 * `name` is the act and `id` the thing it changes. The `roles` that may do it show whether a delegate acts. `now` is a UTC
 * instant.
 */
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
  cause: { kind: 'command', name, id, ...whereKnown({ requestId }) } as const,
});

/** The key that a client gives its submission, so that a repeat is answered as before. */
export interface Submission {
  readonly key: string;
  readonly digests: Digests;
}

/** The submission under the key that the client gave, or under a new one. */
export const submissionUnder = async (
  { newId, secretKey }: { readonly newId: () => string; readonly secretKey: () => Promise<string> },
  key: string | undefined,
): Promise<Submission> => ({ key: key ?? newId(), digests: createDigests(await secretKey()) });

/** The frame of a submission with a key. Its command id comes from the key and from `of`, so that a repeat gives the same id. */
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
