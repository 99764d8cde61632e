/**
 * Staff and their roles, teams, providers and police agencies. It names professionals, never a child or a reporter. An entry
 * without a right code is as if it were not there. Where the keys do not answer, every read of entries rejects.
 */
import { hash } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  type Discipline,
  everyDiscipline,
  type Role,
  roles,
  type Service,
  services,
} from '../domain/core/vocabulary.ts';
import type { AccessEnd } from '../domain/directory/access-ends.ts';
import type { Delegation } from '../domain/directory/delegations.ts';
import { readEntry } from '../domain/directory/directory-entry.ts';
import { type OnCallEntry, type OnCallPerson, onCallNow } from '../domain/directory/on-call.ts';
import { providerPlace } from '../domain/services/providers.ts';
import { batchGet } from './batch-get.ts';
import { followsFrom, isBorneOut, type StoredRow } from './directory-rows.ts';
import {
  bytesOf,
  codeIn,
  digestOf,
  type EntryCheck,
  type Item,
  isAsEntered,
  isRemoved,
  isRightEntry,
  namesDelegation,
  rememberEntries,
} from './entries.ts';
import { saidBy } from './readable.ts';

export type DirectoryPerson = ReturnType<typeof readEntry> & {
  /**
   * By the chain of shifts: the last end of this person's access, with the roles that the entry has. `byChains` alone gives it.
   * While it holds, the person has no roles.
   */
  readonly ending?: AccessEnd & { readonly isOver: boolean; readonly roles: ReturnType<typeof readEntry>['roles'] };
};

/** The id comes from the key of a profile. An attribute of that name is ignored. */
const profile = z.looseObject({ pk: z.string().regex(/^person#/) }).transform(({ pk, ...stored }) => {
  return readEntry(pk.slice('person#'.length), stored);
});

/** The pattern of ids in the chains of alerts. */
const personId = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

const duty = z.object({ personId, order: z.number() });
/** The person who answers for a role in a scope. Order 1 is on duty, 2 the deputy. */
export type Duty = z.infer<typeof duty>;

/** Its scope is the first part of its key: `office-HARTFORD#1#P-…`. */
const scopedDuty = duty
  .extend({ sk: z.string() })
  .transform(({ sk, ...rest }) => ({ ...rest, scope: sk.split('#')[0] ?? '' }));
export type ScopedDuty = z.infer<typeof scopedDuty>;

const seat = z.object({ discipline: z.enum(everyDiscipline), personId, order: z.number() });
export type SeatHolder = z.infer<typeof seat>;

const provider = z.object({
  id: z.string(),
  name: z.string(),
  service: z.enum(services),
  regions: z.array(z.string()),
  phone: z.string(),
  personId: z.string(),
  ageFrom: z.number().default(0),
  ageTo: z.number().default(99),
  languages: z.array(z.string()).default(['english']),
  /** The number of changes in its chain of the ledger; 0 for an entry that no one changed here. */
  revision: z.number().default(0),
  retired: z.boolean().default(false),
  /** What a hospital or advocacy center says of itself. */
  place: providerPlace.optional(),
  /** When someone last said it, a UTC instant. It comes from the chain alone, and no row has it. */
  saidAt: z.string().optional(),
});
export type Provider = z.infer<typeof provider>;

/** `isEntry`: the command wrote it. Any other row counts by its chain alone. */
export type ProviderRow = Provider & { readonly isEntry: boolean };

/** A row from the chain of the person on leave. `revision` is the length of that chain. */
const delegation = z.object({
  id: z.string(),
  personId,
  delegateId: personId,
  work: z.array(z.enum(roles)),
  from: z.string(),
  until: z.string(),
  givenAt: z.string(),
  endedAt: z.string().exactOptional(),
  endedBy: z.string().exactOptional(),
});

const agency = z.object({ id: z.string(), name: z.string(), phone24h: z.string(), town: z.string() });
export type Agency = z.infer<typeof agency>;

/** What an administrator entered of a tribe: the door of its liaison, its services and its police. */
const tribeEntry = z.object({
  id: z.string(),
  /** The office that takes calls, never a person. */
  office: z.string(),
  phone: z.string(),
  services: z.array(z.enum(services)).default([]),
  police: z.string().exactOptional(),
  policePhone: z.string().exactOptional(),
});
export type TribeEntry = z.infer<typeof tribeEntry>;

/** The partition of the tribes. */
const everyTribe = 'tribes';

function storedRow(item: Item): StoredRow {
  const row = {
    pk: item.pk?.S ?? '',
    sk: item.sk?.S ?? '',
    digest: digestOf(item),
    ...(codeIn(item) ?? { signature: '', signedBy: '' }),
    bytes: bytesOf(item),
    writtenAt: item.writtenAt?.S ?? '',
    namesDelegation: namesDelegation(item),
    revision: item.revision?.N ?? '',
  };
  return { ...row, follows: followsFrom(row), ofAdministrators: ofAdministrators(item) };
}

function ofAdministrators(item: Item): StoredRow['ofAdministrators'] {
  if (isRemoved(item)) return undefined;
  if (item.pk?.S === 'duty#administrator') return 'duty';
  const person = profile.safeParse(saidBy(item)).data;
  return person?.roles.some(({ role }) => role === 'administrator') ? 'person' : undefined;
}

/** The rows that the watchdog reads at most in one look. */
const mostRows = 20_000;

/** These people with the numbers to call: that of the shift, else the person's own. */
export const withNumbers = (
  order: readonly OnCallEntry[],
  person: (id: string) => Promise<{ readonly phone: string } | undefined>,
): Promise<readonly OnCallPerson[]> =>
  Promise.all(
    order.map(async (each) => ({ ...each, phone: each.phone ?? (await person(each.personId))?.phone ?? '' })),
  );

/** The partition with the delegations of all people. */
export const everyDelegation = 'delegations';

export type Directory = ReturnType<typeof createDirectory>;

/** How long the directory's order of a role may be cached, in milliseconds. */
const keptFor = 60_000;

/**
 * `keepsDuties`: for senders of mail, the people on duty by the directory are cached for a minute. People and
 * delegations are read anew each time. So is everything that says what a caller may do. A code is asked about once.
 */
export function createDirectory({
  client,
  table,
  entries: given,
  keepsDuties = false,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly entries: EntryCheck;
  readonly keepsDuties?: boolean;
}) {
  const entries = rememberEntries(given);
  /** The rows of the last look, by the digest of what was stored. Most are as they were, and are not made again. */
  let lastRows: ReadonlyMap<string, StoredRow> = new Map();
  const isEntry = async (item: Item): Promise<boolean> => !isRemoved(item) && isAsEntered(entries, item);
  const entriesAmong = async (items: readonly Item[]): Promise<readonly Item[]> => {
    const answers = await Promise.all(items.map(isEntry));
    return items.filter((_, index) => answers[index]);
  };
  const rowsOf = <Row>(schema: z.ZodType<Row>, items: readonly Item[]): readonly Row[] =>
    items.flatMap((item) => schema.safeParse(saidBy(item)).data ?? []);

  const itemsOf = async (
    condition: string,
    values: Record<string, string>,
    index?: { readonly name: string; readonly key: string },
  ): Promise<readonly Item[]> => {
    const found: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        // Names of attributes may be reserved words, and the index's key is one.
        ...(index && { IndexName: index.name, ExpressionAttributeNames: { [`#${index.key}`]: index.key } }),
        KeyConditionExpression: condition,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]): [string, AttributeValue] => [name, { S: value }]),
        ),
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  };

  /** The readable entries: a malformed one hides none of the others. */
  const query = async <Row>(schema: z.ZodType<Row>, ...asked: Parameters<typeof itemsOf>): Promise<readonly Row[]> =>
    rowsOf(schema, await entriesAmong(await itemsOf(...asked)));

  /** Rows that only name whose chain to read. So they need no code. */
  const delegationsIn = async (pk: string, now: string): Promise<readonly Delegation[]> =>
    rowsOf(delegation, await itemsOf('pk = :pk AND sk > :now', { ':pk': pk, ':now': now }));

  const get = async (pk: string, sk: string): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }))).Item;

  async function person(id: string): Promise<DirectoryPerson | undefined> {
    const item = await get(`person#${id}`, 'profile');
    return item && (await isEntry(item)) ? profile.parse(saidBy(item)) : undefined;
  }

  /** The order of the directory: 1 first. Shifts are another question. */
  async function onDuty(role: Role, scope: string): Promise<readonly Duty[]> {
    const rows = await query(duty, 'pk = :role AND begins_with(sk, :scope)', {
      ':role': `duty#${role}`,
      ':scope': `${scope}#`,
    });
    return rows.toSorted((one, other) => one.order - other.order);
  }

  const kept = new Map<string, { readonly since: number; readonly duties: readonly Duty[] }>();
  async function dutiesAt(role: Role, scope: string, now: string): Promise<readonly Duty[]> {
    const key = `${role} ${scope}`;
    const before = keepsDuties ? kept.get(key) : undefined;
    const age = before === undefined ? Number.NaN : Date.parse(now) - before.since;
    if (before && age >= 0 && age < keptFor) return before.duties;
    const duties = await onDuty(role, scope);
    if (keepsDuties) kept.set(key, { since: Date.parse(now), duties });
    return duties;
  }

  const onCallOrder = async (role: Role, scope: string, now: string): Promise<readonly OnCallEntry[]> =>
    onCallNow([], { role, scope }, await dutiesAt(role, scope, now), now);

  const providerOf = async (item: Item): Promise<readonly ProviderRow[]> => {
    const row = isRemoved(item) ? undefined : provider.safeParse(saidBy(item)).data;
    return row ? [{ ...row, isEntry: await isEntry(item) }] : [];
  };
  const everyProvider = async (service: Service): Promise<readonly ProviderRow[]> => {
    const items = await itemsOf('pk = :service', { ':service': `provider#${service}` });
    return (await Promise.all(items.map(providerOf))).flat();
  };

  return {
    person,

    /** The person of this e-mail address, in lower case as the directory writes it. */
    async personByEmail(email: string): Promise<DirectoryPerson | undefined> {
      return (await query(profile, '#email = :email', { ':email': email }, { name: 'ByEmail', key: 'email' }))[0];
    },

    /** Those of these people who are in the directory, in no order. */
    async people(ids: readonly string[]): Promise<readonly DirectoryPerson[]> {
      const keys = ids.map((id) => ({ pk: { S: `person#${id}` }, sk: { S: 'profile' } }));
      const items = await entriesAmong(await batchGet(client, table, keys, { isConsistent: false }));
      return items.map((item) => profile.parse(saidBy(item)));
    },

    /** The `sub` of a person's account in the pool of sign-ins. Undefined where the directory has none. */
    async accountOf(id: string): Promise<string | undefined> {
      const item = await get(`person#${id}`, 'profile');
      return item && (await isEntry(item)) ? item.sub?.S : undefined;
    },

    /** The person of the sign-in's `sub`. */
    async personBySub(sub: string): Promise<DirectoryPerson | undefined> {
      return (await query(profile, '#sub = :sub', { ':sub': sub }, { name: 'BySub', key: 'sub' }))[0];
    },

    onDuty,

    /**
     * As `onCall`, for callers that read the people themselves. The number is there only where the shift has one of its
     * own. It is the directory's order alone: `byChains` puts the people on shift before it.
     */
    onCallOrder,

    /**
     * The people who answer for a role in a scope at `now` (a UTC instant), with the numbers to call. With `byChains`,
     * people on shift come first by their order, then those of the directory. Each is there once.
     */
    onCall: async (role: Role, scope: string, now: string): Promise<readonly OnCallPerson[]> =>
      withNumbers(await onCallOrder(role, scope, now), person),

    /** All people with a duty of the role, by scope and order. */
    async onDutyAnywhere(role: Role): Promise<readonly ScopedDuty[]> {
      return query(scopedDuty, 'pk = :role', { ':role': `duty#${role}` });
    },

    /** True where a person holds the role in any scope. */
    async isHeld(role: Role): Promise<boolean> {
      return (await query(duty, 'pk = :role', { ':role': `duty#${role}` })).length > 0;
    },

    /** The members of a team, seat by seat, each seat's holder before its deputy. */
    async seats(team: string): Promise<readonly SeatHolder[]> {
      return query(seat, 'pk = :team AND begins_with(sk, :seat)', { ':team': `team#${team}`, ':seat': 'seat#' });
    },

    async seat(team: string, discipline: Discipline): Promise<readonly SeatHolder[]> {
      return query(seat, 'pk = :team AND begins_with(sk, :seat)', {
        ':team': `team#${team}`,
        ':seat': `seat#${discipline}#`,
      });
    },

    /** The providers of a service without the retired ones. Rows of every origin: `byChains` gives those that count. */
    async providers(service: Service): Promise<readonly ProviderRow[]> {
      return (await everyProvider(service)).filter(({ retired }) => !retired);
    },

    /** All providers of a service, the retired ones too. */
    everyProvider,

    /** One provider, retired or not. */
    async provider(service: Service, id: string): Promise<ProviderRow | undefined> {
      const item = await get(`provider#${service}`, id);
      return item && (await providerOf(item))[0];
    },

    /**
     * The delegations of this person that have not reached their end at `now`, a UTC instant. Those ended early are
     * among them.
     */
    delegationsOf: (personId: string, now: string): Promise<readonly Delegation[]> =>
      delegationsIn(`delegation#${personId}`, now),
    /** The delegations to this person, likewise. */
    delegationsTo: (delegateId: string, now: string): Promise<readonly Delegation[]> =>
      delegationsIn(`delegate#${delegateId}`, now),
    /** The delegations of these people, likewise; without `of`, of all people. */
    delegations: async (now: string, of?: readonly string[]): Promise<readonly Delegation[]> =>
      (await delegationsIn(everyDelegation, now)).filter(({ personId: id }) => of === undefined || of.includes(id)),

    /** Every row of the table, as it is stored now: for the watchdog alone. `isWhole`: none was left unread. */
    async rows(): Promise<{ readonly rows: readonly StoredRow[]; readonly isWhole: boolean }> {
      const found = new Map<string, StoredRow>();
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
        for (const item of Items) {
          const text = hash('sha256', JSON.stringify(item), 'base64url');
          found.set(text, lastRows.get(text) ?? storedRow(item));
        }
        if (found.size >= mostRows) break;
      }
      lastRows = found;
      return { rows: [...found.values()], isWhole: found.size < mostRows };
    },

    /** Whether the chain of a row that follows from one says the same. */
    isBorneOut,

    /** Whether a row carries a right code. */
    isRight: ({ digest, signature, signedBy, writtenAt }: StoredRow): Promise<boolean> =>
      isRightEntry(entries, { digest, signature, signedBy, writtenAt }),

    /** What is entered of tribes. One that is not entered is not there. */
    tribes: (): Promise<readonly TribeEntry[]> => query(tribeEntry, 'pk = :tribes', { ':tribes': everyTribe }),

    async agencies(town: string): Promise<readonly Agency[]> {
      return query(agency, 'pk = :town', { ':town': `agency#${town.toUpperCase()}` });
    },

    /** Whether one of these towns has the police agency of this id. */
    async hasAgency(id: string, towns: readonly string[]): Promise<boolean> {
      const names = new Set(towns.map((town) => town.trim().toUpperCase()));
      const found = await Promise.all(
        [...names].map(async (town) => {
          const item = await get(`agency#${town}`, id);
          return item !== undefined && isEntry(item);
        }),
      );
      return found.includes(true);
    },
  };
}
