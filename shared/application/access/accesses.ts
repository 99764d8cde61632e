/**
 * The recorded reads of a child's identity: by which person, when, what and for what purpose. Each is recorded before the read.
 */

import * as z from 'zod';
import type { Actor } from '../../domain/core/commit-head.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { decodeCommit, type StoredCommit } from '../../store/commit.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';

const access = z.object({ read: z.array(z.string()) });

/** A row that is no record is left out. The audit says that the chain is not as it was written. */
function recordIn(stored: StoredCommit) {
  try {
    return [decodeCommit(stored, (event) => access.parse(event))];
  } catch {
    return [];
  }
}

/** A function is never shown as a person, whatever id it gives itself. */
const readerOf = ({ kind, id }: Actor, titles: ReadonlyMap<string | undefined, string | undefined>) =>
  kind === 'person'
    ? { personId: id, who: titles.get(id) ?? id }
    : { personId: `function.${id}`, who: `function.${id}` };

/** The reads in these records, the newest first. One that the product makes by itself has no purpose. */
export async function accessesIn(
  { directory }: { readonly directory: Pick<Directory, 'person'> },
  stored: readonly { readonly commits: readonly StoredCommit[] }[],
) {
  const records = stored.flatMap(({ commits }) => commits).flatMap(recordIn);
  const people = await Promise.all(
    [...new Set(records.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : [])))].map((id) =>
      directory.person(id),
    ),
  );
  const titles = new Map(people.map((person) => [person?.id, person?.title]));
  return records.toReversed().map(({ at, actor, onBehalfOf, cause, events }) => ({
    at,
    ...readerOf(actor, titles),
    ...whereKnown({ onBehalfOf }),
    read: events.flatMap(({ read }) => read),
    ...(cause.kind === 'command' && cause.purpose !== undefined && { purpose: cause.purpose }),
    ...(cause.kind === 'command' && cause.requestId !== undefined && { requestId: cause.requestId }),
  }));
}

/** The recorded reads of a child's identity, of a draft, or of a day of searches, the newest first. */
export const accessesOf = async (
  parts: { readonly ledger: Pick<Ledger, 'accessRecords'>; readonly directory: Pick<Directory, 'person'> },
  id: string,
) => accessesIn(parts, await parts.ledger.accessRecords(id));
