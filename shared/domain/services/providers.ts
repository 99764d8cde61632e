/**
 * The centralized listing of victim services: the record of each provider, and how it fits a child. It never tells of a
 * child.
 */
import * as z from 'zod';
import type { Actor } from '../core/commit-head.ts';
import { idInput } from '../core/fields.ts';
import { languageInput } from '../core/languages.ts';
import { placeKinds, type Role, services } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { mostYears, youngestPossible } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';

/** The roles that keep the listing. */
export const listingKeepers: readonly Role[] = [
  'careline-supervisor',
  'careline-manager',
  'area-supervisor',
  'program-manager',
];

const line = (most: number) => z.string().trim().min(1).max(most);
const years = z.int().min(0).max(99);

/** The listing of one service of a provider. It has an organization, its line and the id of the person who answers. */
export const listing = z.strictObject({
  name: line(120),
  /** Numbers of regions, as the directory spells them. */
  regions: z
    .array(z.string().regex(/^[1-9]$/, 'A region is its number.'))
    .min(1)
    .max(9),
  ageFrom: years,
  ageTo: years,
  /** In English words in small letters, such as `spanish`. */
  languages: z
    .array(z.string().regex(/^[a-z-]{2,30}$/, 'A language is one word in small letters, such as spanish.'))
    .min(1)
    .max(20),
  phone: line(40),
  contactId: idInput(),
  /** A retired provider is no longer asked. Services that it gives already go on. */
  retired: z.boolean().default(false),
});
export type Listing = z.infer<typeof listing>;

/** What a hospital or advocacy center says of itself, beside its listing. */
export const providerPlace = z.strictObject({
  kind: z.enum(placeKinds),
  /** The town where it is, as the policy spells it. */
  town: z.string().trim().min(1).max(40),
  /** The last day (`YYYY-MM-DD`) for which its protocol is on file. Absent where none is. */
  protocolUntil: z.iso.date().optional(),
  /** How many appointments it can give, and until which day that holds. */
  openings: z.int().min(0).max(99),
  openUntil: z.iso.date(),
});
export type ProviderPlace = z.infer<typeof providerPlace>;

/**
 * What a person sends: the whole listing, and the revision of it that they saw. The revision is 0 for a provider not
 * changed here yet.
 */
export const listingInput = listing
  .extend({
    revision: z.int().min(0),
    languages: z.array(languageInput()).min(1).max(20),
    place: providerPlace
      .optional()
      .meta({ description: 'Of a hospital or advocacy center. What is left out stays as it was.' }),
  })
  .refine((given) => given.ageFrom <= given.ageTo, {
    path: ['ageTo'],
    error: 'The lower age comes first.',
  });

const head = { v: z.literal(1), service: z.enum(services) };
export const providerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('provider-listed'), ...head, listing }),
  z.object({ type: z.literal('provider-changed'), ...head, listing }),
  z.object({ type: z.literal('provider-retired'), ...head, listing }),
  /** The listing as it was or is now, with what the place says of itself. */
  z.object({ type: z.literal('provider-place-said'), ...head, listing, place: providerPlace }),
]);
export type ProviderEvent = z.infer<typeof providerEvent>;
export const readProviderEvent = (stored: unknown): ProviderEvent => providerEvent.parse(stored);

/** A provider as its chain has it. Undefined where it was never changed here. */
export interface ProviderState {
  readonly revision: number;
  readonly service: ProviderEvent['service'];
  readonly listing: Listing;
  /** Absent where it was never said. */
  readonly place?: ProviderPlace;
  /** When it was last listed, changed or confirmed, a UTC instant. */
  readonly saidAt: string;
}

export function foldProvider(
  commits: readonly {
    readonly seq: number;
    readonly at: string;
    readonly events: readonly ProviderEvent[];
    readonly actor: Actor;
  }[],
  from?: ProviderState,
): ProviderState | undefined {
  const last = commits.at(-1);
  const said = commits.findLast(({ events }) => events.length > 0);
  const event = said?.events.at(-1);
  if (!last) return from;
  const placed = commits.flatMap(({ events }) => events).findLast((each) => each.type === 'provider-place-said');
  const place = placed?.place ?? from?.place;
  return said && event
    ? { revision: last.seq, service: event.service, listing: event.listing, saidAt: said.at, ...whereKnown({ place }) }
    : from && { ...from, revision: last.seq };
}

/** The fields of a provider that decide whether it fits. */
type Offered = Pick<Listing, 'regions' | 'ageFrom' | 'ageTo'>;

/**
 * Why a provider does not fit this child, one sentence each. Empty where it fits. An unknown fact of the child counts
 * against no provider.
 */
export function misfits(
  provider: Offered,
  { child, places: { routing } }: Pick<Referral, 'child'> & { readonly places: Pick<Referral['places'], 'routing'> },
): readonly string[] {
  const reasons: string[] = [];
  if (routing && !provider.regions.includes(String(routing.region))) {
    reasons.push(`serves region ${provider.regions.join(', ')} and not region ${routing.region}`);
  }
  if (child.age.known !== 'unknown') {
    const least = youngestPossible(child.age);
    const most = mostYears(child.age) ?? least;
    if (most < provider.ageFrom || least > provider.ageTo)
      reasons.push(`serves ages ${provider.ageFrom} to ${provider.ageTo}`);
  }
  return reasons;
}
