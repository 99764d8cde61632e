/**
 * The directory as the ledger bears it out: shifts, delegations and providers come from their chains. A row that no commit
 * wrote turns no mail, no number to call and no offer to another person.
 */
import type { Role, Service } from '../domain/core/vocabulary.ts';
import type { Delegation } from '../domain/directory/delegations.ts';
import { type OnCallEntry, onCallNow } from '../domain/directory/on-call.ts';
import type { Shift } from '../domain/directory/shift.ts';
import { type Directory, type ProviderRow, withNumbers } from './directory-reads.ts';
import { providerIn } from './directory-rows.ts';
import type { Ledger } from './ledger.ts';
import { unlessDamaged } from './reading-room.ts';

type Chains = Pick<Ledger, 'shifts' | 'delegations' | 'provider'>;

/** The delegations that this person on leave gave. A damaged chain delegates nothing. */
export const delegationsBy = async (
  ledger: Pick<Ledger, 'delegations'>,
  personId: string,
): Promise<readonly Delegation[]> => (await unlessDamaged(ledger.delegations(personId), { given: [] })).given;

/**
 * The delegations of the people on leave that these rows name, by their chains. A row only names a person. Anyone who can write
 * into the table can name thousands, so only people of the directory are asked about.
 */
export async function delegationsIn(
  {
    ledger,
    directory,
  }: { readonly ledger: Pick<Ledger, 'delegations'>; readonly directory: Pick<Directory, 'people'> },
  rows: readonly Pick<Delegation, 'personId'>[],
): Promise<readonly Delegation[]> {
  const named = [...new Set(rows.map(({ personId }) => personId))];
  const known = named.length === 0 ? [] : await directory.people(named);
  return (await Promise.all(known.map(({ id }) => delegationsBy(ledger, id)))).flat();
}

/**
 * `rows`: the directory that is read for all else. Shifts are read anew at each call, one read for calls at the same time.
 * Where their chain is damaged, the order of the directory stands alone.
 */
export function byChains(rows: Directory, ledger: Chains): Directory {
  let reading: Promise<readonly Shift[]> | undefined;
  const shiftsNow = (): Promise<readonly Shift[]> => {
    reading ??= unlessDamaged(
      ledger.shifts().then(({ schedule }) => schedule.shifts),
      [],
    ).finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const onCallOrder = async (role: Role, scope: string, now: string): Promise<readonly OnCallEntry[]> => {
    const [shifts, duties] = await Promise.all([shiftsNow(), rows.onCallOrder(role, scope, now)]);
    return onCallNow(shifts, { role, scope }, duties, now);
  };

  /** An entry without a chain stands. Any other row without a chain is none. Of a damaged chain there is no provider. */
  const asInChain = async (row: ProviderRow, service: Service, id = row.id): Promise<ProviderRow | undefined> => {
    if (row.service !== service || row.id !== id) return undefined;
    const read = await unlessDamaged(ledger.provider(id), undefined);
    if (!read) return undefined;
    const { state } = read;
    if (state?.service !== service) return row.isEntry ? row : undefined;
    return { ...providerIn(id, state), saidAt: state.saidAt, isEntry: false };
  };

  return {
    ...rows,
    onCallOrder,
    onCall: async (role, scope, now) => withNumbers(await onCallOrder(role, scope, now), rows.person),
    async delegations(now, of) {
      const named = (await rows.delegations(now)).filter(({ personId }) => of === undefined || of.includes(personId));
      return (await delegationsIn({ ledger, directory: rows }, named)).filter(({ until }) => until > now);
    },
    async providers(service: Service) {
      const found = await Promise.all((await rows.everyProvider(service)).map((row) => asInChain(row, service)));
      return found.flatMap((each) => (each && !each.retired ? [each] : []));
    },
    async provider(service: Service, id: string) {
      const row = await rows.provider(service, id);
      return row && asInChain(row, service, id);
    },
  };
}
