/**
 * Keeps and reads the list of providers. Each change is a commit in the provider's own chain, and the table follows by the
 * stream.
 */
import * as z from 'zod';
import { languageInput } from '../../domain/core/languages.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { type Role, rolesOfWork, type Service, services } from '../../domain/core/vocabulary.ts';
import { type Listing, listingInput, listingKeepers } from '../../domain/services/providers.ts';
import { towns } from '../../policy/places/towns.ts';
import { canonical } from '../../store/canonical.ts';
import type { Directory, Provider } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';

export interface ProviderParts {
  readonly ledger: Pick<Ledger, 'provider' | 'changeProvider'>;
  readonly directory: Pick<Directory, 'person' | 'providers' | 'provider'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const listingFilters = z.strictObject({
  service: z.enum(services).optional().meta({ description: 'A service of the catalogue.', example: 'education' }),
  region: z
    .string()
    .regex(/^[1-9]$/, 'Give the number of a region.')
    .optional()
    .meta({ description: 'The number of a region.', example: '4' }),
  age: z.coerce
    .number('Give an age in years.')
    .int()
    .min(0)
    .max(99)
    .optional()
    .meta({ description: 'In years.', example: 15 }),
  language: languageInput().optional().meta({ description: 'One word, such as spanish.', example: 'spanish' }),
});
export type ListingFilters = z.infer<typeof listingFilters>;

/** A listing has telephones of safe places. Roles that see no referral have no use for it. */
export const providerReaders: readonly Role[] = rolesOfWork;

/** The listed providers that meet every filter, by service and name. */
export async function listProviders(
  directory: Pick<Directory, 'providers'>,
  { service, region, age, language }: ListingFilters,
): Promise<readonly Provider[]> {
  const found = await Promise.all((service ? [service] : services).map((each) => directory.providers(each)));
  return found
    .flatMap((providers) => providers.toSorted((one, other) => (one.name < other.name ? -1 : 1)))
    .filter(
      ({ regions, ageFrom, ageTo, languages }) =>
        (region === undefined || regions.includes(region)) &&
        (age === undefined || (ageFrom <= age && age <= ageTo)) &&
        (language === undefined || languages.includes(language)),
    );
}

const day = 86_400_000;

export type ListingAnswer =
  | { readonly kind: 'done'; readonly revision: number; readonly listing: Listing }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | Reused
  | { readonly kind: 'refused'; readonly refusal: Refusal<'record-in-doubt'> }
  /** Another person changed it since. Nothing was done. */
  | { readonly kind: 'changed-meanwhile'; readonly revision: number };

/**
 * Lists a provider (revision 0 and an unused id), changes it, verifies it, or retires it. The input is the whole listing, with the
 * revision that was read. A repeat changes nothing. The same listing, a day later or more, verifies it.
 */
export async function keepProvider(
  { ledger, directory, now, requestId }: ProviderParts,
  visitor: Visitor,
  { service, id }: { readonly service: Service; readonly id: string },
  input: unknown,
  submission?: Submission,
): Promise<ListingAnswer> {
  if (!isOneOf(visitor, listingKeepers)) return { kind: 'forbidden' };
  const parsed = readInput(listingInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { revision, place, ...listing } = parsed.data;
  if (place && !towns.some(({ name }) => name === place.town)) {
    return { kind: 'invalid', problems: [{ path: 'place.town', sentence: 'Town not recognized. Choose one.' }] };
  }
  const contact = await directory.person(listing.contactId);
  if (!contact?.roles.some(({ role }) => role === 'provider')) {
    const sentence = 'No person with this id is a contact of a provider. Choose one from the directory.';
    return { kind: 'invalid', problems: [{ path: 'contactId', sentence }] };
  }
  const isKnown = revision > 0 || (await directory.provider(service, id)) !== undefined;
  const plain = personFrame({ now, requestId }, visitor, 'keep-provider', `${id}.V${revision + 1}`, listingKeepers);
  const frame = submission ? keyedFrame(plain, id, parsed.data, submission) : plain;
  let changedMeanwhile: number | undefined;
  const after = await ledger.changeProvider(id, frame, (state) => {
    const current = state?.revision ?? 0;
    const isPlaceSame = place === undefined || canonical(state?.place ?? {}) === canonical(place);
    const isSame = state?.service === service && canonical(state.listing) === canonical(listing) && isPlaceSame;
    changedMeanwhile = undefined;
    // The same change came before. The same listing a day later verifies it.
    const isFresh = state && Date.parse(now) - Date.parse(state.saidAt) < day;
    if (isSame && ((current === revision && isFresh) || current === revision + 1)) return [];
    if (current !== revision || (state && state.service !== service)) {
      changedMeanwhile = current;
      return [];
    }
    const type = listing.retired ? 'provider-retired' : isKnown ? 'provider-changed' : 'provider-listed';
    return place !== undefined && !isPlaceSame && !listing.retired
      ? [{ type: 'provider-place-said', v: 1, service, listing, place }]
      : [{ type, v: 1, service, listing }];
  });
  if (isRefusal(after)) {
    const { refused, sentence } = after;
    return refused === 'id-reused' ? { kind: 'reused' } : { kind: 'refused', refusal: { refused, sentence } };
  }
  return changedMeanwhile === undefined
    ? { kind: 'done', revision: after?.revision ?? revision, listing }
    : { kind: 'changed-meanwhile', revision: changedMeanwhile };
}

/** The changes of a provider, the oldest first. Undefined for a person who may not read them. */
export async function historyOf(ledger: Pick<Ledger, 'provider'>, visitor: Visitor, id: string) {
  if (!isOneOf(visitor, [...listingKeepers, ...auditors])) return undefined;
  const { commits } = await ledger.provider(id);
  return commits.map(({ seq, at, actor, events }) => ({ revision: seq, at, by: actor.id, events }));
}
