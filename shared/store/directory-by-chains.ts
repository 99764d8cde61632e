/**
 * The directory as the ledger bears it out: shifts, ends of access, delegations and providers come from their chains. A row
 * that no commit wrote turns no mail, no number to call and no offer to another person.
 */
import type { Role, Service } from '../domain/core/vocabulary.ts';
import { type AccessEnd, actsAlsoAs, afterEnds, hasEnded, lastEndOf } from '../domain/directory/access-ends.ts';
import type { Delegation } from '../domain/directory/delegations.ts';
import { type OnCallEntry, onCallNow } from '../domain/directory/on-call.ts';
import { emptySchedule, type Schedule } from '../domain/directory/on-call-shifts.ts';
import { type Directory, type DirectoryPerson, type ProviderRow, withNumbers } from './directory-reads.ts';
import { providerIn } from './directory-rows.ts';
import type { Ledger } from './ledger.ts';
import { unlessDamaged } from './reading-room.ts';

type Chains = Pick<Ledger, 'shifts' | 'delegations' | 'provider'>;

/** Every end of access, in the order of time. A damaged chain ends none: the pool of sign-ins then refuses alone. */
export const endsIn = (ledger: Pick<Ledger, 'shifts'>): Promise<readonly AccessEnd[]> =>
  unlessDamaged(
    ledger.shifts().then(({ schedule }) => schedule.ends),
    [],
  );

/** The delegations that this person on leave gave, after the ends of access. A damaged chain delegates nothing. */
export async function delegationsBy(
  ledger: Pick<Ledger, 'delegations' | 'shifts'>,
  personId: string,
): Promise<readonly Delegation[]> {
  const { given } = await unlessDamaged(ledger.delegations(personId), { given: [] });
  return given.length === 0 ? given : afterEnds(given, await endsIn(ledger));
}

/**
 * The delegations of the people on leave that these rows name, by their chains. A row only names a person. Anyone who can write
 * into the table can name thousands, so only people of the directory are asked about.
 */
export async function delegationsIn(
  {
    ledger,
    directory,
  }: { readonly ledger: Pick<Ledger, 'delegations' | 'shifts'>; readonly directory: Pick<Directory, 'people'> },
  rows: readonly Pick<Delegation, 'personId'>[],
): Promise<readonly Delegation[]> {
  const named = [...new Set(rows.map(({ personId }) => personId))];
  const known = named.length === 0 ? [] : await directory.people(named);
  return (await Promise.all(known.map(({ id }) => delegationsBy(ledger, id)))).flat();
}

/** A person as the ends of access leave them: without roles while one holds. */
function afterEnd(person: DirectoryPerson, ends: readonly AccessEnd[]): DirectoryPerson {
  const ending = lastEndOf(ends, person);
  if (!ending) return person;
  const { roles } = person;
  return { ...person, ...(hasEnded(ending) && { roles: [] }), ending: { ...ending, roles } };
}

/**
 * `rows`: the directory that is read for all else. Shifts are read anew at each call, one read for calls at the same time.
 * Where their chain is damaged, the order of the directory stands alone. One person is read with the latest ends of access.
 * Several are read with those that this process knows. Each request begins with one person.
 */
export function byChains(rows: Directory, ledger: Chains): Directory {
  let known: Schedule | undefined;
  let reading: Promise<Schedule> | undefined;
  const scheduleNow = (): Promise<Schedule> => {
    reading ??= unlessDamaged(
      ledger.shifts().then(({ schedule }) => {
        known = schedule;
        return schedule;
      }),
      { ...emptySchedule, ends: known?.ends ?? [] },
    ).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const endsKnown = async () => (known ?? (await scheduleNow())).ends;

  const people = async (ids: readonly string[]): Promise<readonly DirectoryPerson[]> => {
    const [found, ends] = await Promise.all([rows.people(ids), endsKnown()]);
    return found.map((each) => afterEnd(each, ends));
  };
  const orNone =
    <Given extends string>(ask: (given: Given) => Promise<DirectoryPerson | undefined>) =>
    async (given: Given): Promise<DirectoryPerson | undefined> => {
      const [found, { ends }] = await Promise.all([ask(given), scheduleNow()]);
      return found && afterEnd(found, ends);
    };
  const person = orNone(rows.person);

  /** Those of these people whose access has not ended. */
  async function stillHere<Held extends { readonly personId: string }>(
    held: readonly Held[],
    ends: readonly AccessEnd[],
  ): Promise<readonly Held[]> {
    const named = held.filter(({ personId }) => ends.some((each) => each.personId === personId));
    if (named.length === 0) return held;
    const left = (await rows.people(named.map(({ personId }) => personId))).filter((each) =>
      hasEnded(lastEndOf(ends, each)),
    );
    return held.filter(({ personId }) => !left.some(({ id }) => id === personId));
  }

  const onCallOrder = async (role: Role, scope: string, now: string): Promise<readonly OnCallEntry[]> => {
    const [{ shifts, ends }, duties] = await Promise.all([scheduleNow(), rows.onCallOrder(role, scope, now)]);
    return onCallNow(shifts, { role, scope }, await stillHere(duties, ends), now);
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
    person,
    people,
    personByEmail: orNone(rows.personByEmail),
    personBySub: orNone(rows.personBySub),
    onCallOrder,
    onCall: async (role, scope, now) => withNumbers(await onCallOrder(role, scope, now), rows.person),
    onDuty: async (role, scope) => stillHere(await rows.onDuty(role, scope), await endsKnown()),
    onDutyAnywhere: async (role) => stillHere(await rows.onDutyAnywhere(role), await endsKnown()),
    /** The rows of those whose delegations this person took over are among them. */
    async delegationsTo(delegateId, now) {
      const [own, ends] = await Promise.all([rows.delegationsTo(delegateId, now), endsKnown()]);
      const others = new Set(actsAlsoAs(delegateId, ends)).difference(new Set([delegateId]));
      return [...own, ...(await Promise.all([...others].map((id) => rows.delegationsTo(id, now)))).flat()];
    },
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
