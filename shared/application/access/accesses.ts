/**
 * The recorded reads of a child's identity: by which person, when, what and for what purpose. Each is recorded before the read.
 */

import * as z from 'zod';
import { whereKnown } from '../../domain/core/where-known.ts';
import { accessChain } from '../../store/chains.ts';
import { decodeCommit } from '../../store/commit.ts';
import type { Directory } from '../../store/directory.ts';
import type { Ledger } from '../../store/ledger.ts';

const access = z.object({ read: z.array(z.string()) });

/** The reads, the newest first. One that the product makes by itself has no purpose. */
export async function accessesOf(
  { ledger, directory }: { readonly ledger: Pick<Ledger, 'readAfresh'>; readonly directory: Pick<Directory, 'person'> },
  referralId: string,
) {
  const records = (await ledger.readAfresh(accessChain(referralId))).map((stored) =>
    decodeCommit(stored, (event) => access.parse(event)),
  );
  const people = await Promise.all(
    [...new Set(records.map(({ actor }) => actor.id))].map((id) => directory.person(id)),
  );
  const titles = new Map(people.map((person) => [person?.id, person?.title]));
  return records.toReversed().map(({ at, actor, onBehalfOf, cause, events }) => ({
    at,
    personId: actor.id,
    who: titles.get(actor.id) ?? actor.id,
    ...whereKnown({ onBehalfOf }),
    read: events.flatMap(({ read }) => read),
    ...(cause.kind === 'command' && cause.purpose !== undefined && { purpose: cause.purpose }),
    ...(cause.kind === 'command' && cause.requestId !== undefined && { requestId: cause.requestId }),
  }));
}
