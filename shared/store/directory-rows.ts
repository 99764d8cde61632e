/** Rows of the directory that follow from chains: how each is written, and whether its chain bears it out. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { idPattern } from '../domain/core/ids.ts';
import { services } from '../domain/core/vocabulary.ts';
import type { Delegation } from '../domain/directory/delegations.ts';
import type { ProviderState } from '../domain/services/providers.ts';
import { digestOf, type Item } from './entries.ts';
import type { Ledger } from './ledger.ts';
import { unlessDamaged } from './reading-room.ts';

const marshalled = (row: object): Item => marshall(row, { removeUndefinedValues: true });

export const providerItem = (row: { readonly id: string; readonly service: string }): Item =>
  marshalled({ pk: `provider#${row.service}`, sk: row.id, ...row });

/** A provider as its chain has it. */
export function providerIn(id: string, { service, revision, listing, place }: ProviderState) {
  const { contactId, ...rest } = listing;
  return { ...rest, id, service, personId: contactId, revision, ...(place && { place }) };
}

/** `pk`: under which of its people it stands. */
export const delegationItem = (pk: string, row: Delegation, revision: number): Item =>
  marshalled({ pk, sk: `${row.until}#${row.personId}#${row.id}`, revision, ...row });

/** A row as the watchdog sees it, whatever it says. */
export interface StoredRow {
  readonly pk: string;
  readonly sk: string;
  readonly digest: string;
  /** Empty where it carries no code. */
  readonly signature: string;
  readonly signedBy: string;
  readonly bytes: string;
  /** Empty where it names no instant. */
  readonly writtenAt: string;
  /** It only names whose chain is read. */
  readonly namesDelegation: boolean;
  /** Empty where it has none. */
  readonly revision: string;
  /** The chain that it follows from. Undefined for entries. */
  readonly follows: Follows | undefined;
  /** Whether it makes an administrator, or calls one. A removed entry does neither. */
  readonly ofAdministrators: 'person' | 'duty' | undefined;
}

/** The kind of a chain, and its id. */
export type Follows = readonly [kind: 'provider' | 'delegation', id: string];

/** The chain that a row follows from, with the id of the provider or of the person on leave. Undefined for entries. */
export function followsFrom({
  pk,
  sk,
  signature,
  namesDelegation,
}: Pick<StoredRow, 'pk' | 'sk' | 'signature' | 'namesDelegation'>):
  | readonly [kind: 'provider' | 'delegation', id: string]
  | undefined {
  if (namesDelegation) return ['delegation', sk.split('#')[1] ?? ''];
  return signature === '' && services.some((service) => pk === `provider#${service}`) ? ['provider', sk] : undefined;
}

/** React writes a row within moments of its commit. In milliseconds. */
const writtenWithin = 10 * 60_000;

/** Whether the chain of such a row says the same. `not-yet`: the chain is damaged, or a new commit is not followed yet. */
export async function isBorneOut(
  ledger: Pick<Ledger, 'provider' | 'delegations'>,
  row: StoredRow,
  now: string,
): Promise<'yes' | 'no' | 'not-yet'> {
  const [kind, id] = row.follows ?? [];
  if (kind === undefined || id === undefined || !idPattern.test(id)) return 'no';
  const found =
    kind === 'provider'
      ? unlessDamaged(ledger.provider(id), undefined).then(
          (read) =>
            read && {
              items: read.state ? [providerItem(providerIn(id, read.state))] : [],
              at: read.commits.at(-1)?.at,
            },
        )
      : unlessDamaged(ledger.delegations(id), undefined).then(
          (read) =>
            read && {
              items: read.given.map((each) => delegationItem(row.pk, each, Number(row.revision))),
              at: read.lastAt,
            },
        );
  const read = await found;
  if (!read) return 'not-yet';
  const { items, at } = read;
  if (items.some((item) => item.sk?.S === row.sk && item.pk?.S === row.pk && digestOf(item) === row.digest)) {
    return kind === 'delegation' && !namesOwnPeople(row, items) ? 'no' : 'yes';
  }
  return at !== undefined && Date.parse(now) - Date.parse(at) < writtenWithin ? 'not-yet' : 'no';
}

/** A delegation stands under its two people, and under all. */
const namesOwnPeople = ({ pk, sk }: StoredRow, items: readonly Item[]): boolean =>
  items.some(
    ({ sk: own, personId, delegateId }) =>
      own?.S === sk && [`delegation#${personId?.S}`, `delegate#${delegateId?.S}`, 'delegations'].includes(pk),
  );
