/** The pages of the providers and of the counts of unmet needs. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { UnmetCell } from '../../../shared/application/read/unmet-needs.ts';
import type { historyOf, ListingFilters } from '../../../shared/application/use-cases/keep-providers.ts';
import { bookable, placeKinds, placing, type Service, services } from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt, labelOf } from '../../../shared/domain/words/field-words.ts';
import { disclosure } from '../../../shared/policy/disclosure.ts';
import { regions } from '../../../shared/policy/places/geography.ts';
import type { Provider } from '../../../shared/store/directory-reads.ts';
import { Alert } from '../app/components/alert.tsx';
import { Phone } from '../app/components/phone.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { withPeople } from '../app/people-to-name.ts';
import { controlId, Fields } from '../forms/field-view.tsx';
import type { Field, Option } from '../forms/form-fields.ts';
import { TextLine } from '../forms/text-line.tsx';
import { addressOf, type Chosen } from '../queue/filter-words.ts';

export type TypedProvider = Pick<URLSearchParams, 'get'>;
type NameOf = (personId: string) => string;

/** What a hospital or center says of itself, in one line. */
const placeWords = (place: Provider['place']): string =>
  place === undefined
    ? '–'
    : [
        `${words(place.kind)}, ${place.town}`,
        `${place.openings} open until ${formatDate(place.openUntil)}`,
        place.protocolUntil === undefined ? 'no protocol on file' : `protocol until ${formatDate(place.protocolUntil)}`,
      ].join('; ');

const placeFields = [
  ['town', 'Town where it is'],
  ['openings', 'How many appointments or beds it can give now'],
  ['openUntil', 'Until which day that holds', 'Month, day and year, such as 12/31/2026.'],
  ['protocolUntil', 'Last day of the protocol on file', 'Month, day and year. Leave empty where none is on file.'],
] as const;

const regionWords = (region: string) => {
  const known = regions.find(({ id }) => String(id) === region);
  return known ? `${region} ${known.name}` : region;
};

const Services = ({
  form,
  chosen,
  all,
}: {
  readonly form: string;
  readonly chosen?: string | undefined;
  readonly all?: string;
}) => (
  <>
    <label class="usa-label" for={controlId(form, 'service')}>
      Service
    </label>
    <select class="usa-select" id={controlId(form, 'service')} name="service">
      {all !== undefined && <option value="">{all}</option>}
      {services.map((service) => (
        <option value={service} selected={service === chosen}>
          {words(service)}
        </option>
      ))}
    </select>
  </>
);

export interface ProvidersPageProps {
  readonly frame: Frame;
  readonly filters: ListingFilters;
  readonly wrong: boolean;
  readonly done: boolean;
  readonly providers: readonly Provider[];
  /** Names of providers of substance use services without an agreement that 42 CFR Part 2 names. */
  readonly lacking: readonly string[];
  readonly nameOf: NameOf;
  readonly keeps: boolean;
}

/** More rows than these are chosen from by service. */
const mostRows = 12;

/** Each service with how many of these providers give it, as a link to those alone. */
const ByService = ({
  base,
  filters,
  providers,
}: {
  readonly base: string;
  readonly filters: ListingFilters;
  readonly providers: readonly Provider[];
}) => (
  <>
    <p>{providers.length} listed. Choose a service:</p>
    <ul class="usa-list short-lines">
      {[...Map.groupBy(providers, ({ service }) => service)].map(([service, theirs]) => (
        <li>
          <a href={addressOf(`${base}/providers`, { ...chosenOf(filters), service })}>{words(service)}</a>:{' '}
          {theirs.length}
        </li>
      ))}
    </ul>
  </>
);

/** The filters as the address has them. */
const chosenOf = ({ region, age, language }: ListingFilters): Chosen => ({
  ...whereKnown({ region, language, age: age?.toString() }),
});

export const ProvidersPage = ({
  frame,
  filters,
  wrong,
  done,
  providers,
  lacking,
  nameOf,
  keeps,
}: ProvidersPageProps) => (
  <Page frame={frame} title="Providers">
    {done && (
      <Alert kind="success" heading="Recorded">
        The listing follows in a moment: load this page again.
      </Alert>
    )}
    {wrong && (
      <Alert kind="error" heading="Not looked for">
        A region is its number, and an age is in years. This is the whole listing.
      </Alert>
    )}
    <h1>Providers of services to victims</h1>
    <form class="usa-form usa-form--large" method="get" action={`${frame.base}/providers`}>
      <Services form="filter" chosen={filters.service} all="Every service" />
      <TextLine form="filter" name="region" label="Number of the region" value={filters.region ?? ''} />
      <TextLine form="filter" name="age" label="Age of the child in years" value={filters.age?.toString() ?? ''} />
      <TextLine form="filter" name="language" label="Language" value={filters.language ?? ''} />
      <button class="usa-button" type="submit">
        Show
      </button>
    </form>
    {lacking.length > 0 && filters.service !== undefined && (
      <>
        <p class="prose">
          No qualified service organization agreement is in force with these providers (42 CFR 2.11). It stops no offer.
        </p>
        <ul class="usa-list">
          {lacking.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      </>
    )}
    {providers.length === 0 ? (
      <p>
        No provider is listed for this. Where a child needs it, record that it is declined because no provider offers
        it.
      </p>
    ) : filters.service === undefined && providers.length > mostRows ? (
      <ByService base={frame.base} filters={filters} providers={providers} />
    ) : (
      <Table
        caption={`${providers.length} listed`}
        heads={[
          'Provider',
          'Service',
          'Regions',
          'Ages',
          'Languages',
          'Phone',
          'Who answers',
          'Place, openings and protocol',
          ...(keeps ? ['Change'] : []),
        ]}
        rows={providers.map((provider): readonly Child[] => [
          provider.name,
          words(provider.service),
          provider.regions.map(regionWords).join(', '),
          `${provider.ageFrom} to ${provider.ageTo}`,
          provider.languages.map(words).join(', '),
          <Phone number={provider.phone} />,
          nameOf(provider.personId),
          placeWords(provider.place),
          ...(keeps
            ? [
                <a href={`${frame.base}/providers/edit?service=${provider.service}&id=${provider.id}`}>
                  Change<span class="usa-sr-only"> {provider.name}</span>
                </a>,
              ]
            : []),
        ])}
      />
    )}
    {keeps && (
      <>
        <h2>List another provider</h2>
        <form class="usa-form usa-form--large" method="get" action={`${frame.base}/providers/edit`}>
          <Services form="new" />
          <TextLine form="new" name="id" label="Its id, which stays" hint="Such as PR-EDUCATION-3." value="" />
          <button class="usa-button usa-button--outline" type="submit">
            Next
          </button>
        </form>
      </>
    )}
  </Page>
);

export interface ProviderPageProps {
  readonly frame: Frame;
  readonly service: Service;
  readonly id: string;
  /** Undefined for a provider that is listed now. */
  readonly provider: Provider | undefined;
  readonly history: NonNullable<Awaited<ReturnType<typeof historyOf>>>;
  readonly nameOf: NameOf;
  /** The people who can answer for it. */
  readonly people: readonly Option[];
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

const fields = [
  ['name', 'Name'],
  ['regions', 'Numbers of the regions it serves', 'With commas between them, such as 1, 2, 5.'],
  ['ageFrom', 'Youngest age'],
  ['ageTo', 'Oldest age'],
  ['languages', 'Languages', 'With commas between them, such as english, spanish.'],
  ['phone', 'Phone'],
] as const;

/** The label of a control as the form has it: the fields of a place have their own. */
const labelAtProvider = (path: string): string =>
  placeFields.find(([name]) => path === `place.${name}`)?.[1] ??
  (path === 'place.kind' ? 'Kind of place' : labelAt(path));

/** The person who signs in for the provider. */
export const contactField: Field = {
  path: 'contactId',
  label: labelOf('contactId'),
  hint: 'This person signs in for the provider, and gets its mail.',
  required: true,
  kind: 'person',
  options: [],
};

export function ProviderPage(props: ProviderPageProps) {
  const { frame, service, id, provider, history, nameOf, people, typed, problems = [], refusal } = props;
  const known: Readonly<Record<string, unknown>> = provider ?? {};
  const shownOf = (name: string): string => typed?.get(name) ?? [known[name] ?? ''].flat().join(', ');
  const retired = typed ? typed.get('retired') === 'yes' : (provider?.retired ?? false);
  return (
    <Page frame={frame} title={`Provider ${id}`}>
      <ErrorSummary form="provider" problems={problems} labelAt={labelAtProvider} />
      {refusal !== undefined && (
        <Alert kind="error" heading="Not done" focused>
          {refusal}
        </Alert>
      )}
      <h1>
        {provider ? 'Change' : 'List'} the provider {id} of {wordsInside(service)}
      </h1>
      {provider?.saidAt !== undefined && (
        <p>
          Last verified {formatInstant(provider.saidAt)}. Is all still right? Record it as it is, a day later or more,
          and it is verified again.
        </p>
      )}
      <form class="usa-form usa-form--large" method="post" action={`${frame.base}/providers/edit`} novalidate>
        <Token frame={frame} />
        <input type="hidden" name="service" value={service} />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="revision" value={typed?.get('revision') ?? String(provider?.revision ?? 0)} />
        {fields.map(([name, label, hint]) => (
          <TextLine
            form="provider"
            name={name}
            label={label}
            value={shownOf(name)}
            problems={problems}
            {...(hint !== undefined && { hint })}
          />
        ))}
        {[...bookable, ...placing].some((each) => each === service) && (
          <fieldset class="usa-fieldset">
            <legend class="usa-legend">The place, for appointments or beds</legend>
            <label class="usa-label" for={controlId('provider', 'place.kind')}>
              Kind of place
            </label>
            <select class="usa-select" id={controlId('provider', 'place.kind')} name="place.kind">
              <option value="">Not said</option>
              {placeKinds.map((kind) => (
                <option value={kind} selected={kind === (typed?.get('place.kind') ?? provider?.place?.kind)}>
                  {words(kind)}
                </option>
              ))}
            </select>
            {placeFields.map(([name, label, hint]) => (
              <TextLine
                form="provider"
                name={`place.${name}`}
                label={label}
                value={typed?.get(`place.${name}`) ?? String(provider?.place?.[name] ?? '')}
                problems={problems}
                {...(hint !== undefined && { hint })}
              />
            ))}
          </fieldset>
        )}
        <Fields
          fields={withPeople([contactField], people)}
          form={{
            id: 'provider',
            typed,
            presets: { contactId: provider ? [provider.personId] : [] },
            problems,
          }}
        />
        <div class="usa-checkbox">
          <input
            class="usa-checkbox__input"
            id={controlId('provider', 'retired')}
            type="checkbox"
            name="retired"
            value="yes"
            checked={retired}
          />
          <label class="usa-checkbox__label" for={controlId('provider', 'retired')}>
            Retired: it is asked no more, and what it serves goes on
          </label>
        </div>
        <button class="usa-button" type="submit">
          Record
        </button>
      </form>
      {history.length > 0 && (
        <Table
          caption="Who changed it"
          heads={['Revision', 'When', 'Who', 'What it said then']}
          rows={history.map(({ revision, at, by, events }) => [
            String(revision),
            formatInstant(at),
            nameOf(by),
            events
              .map(
                ({ type, listing: { name, regions: served, ageFrom, ageTo, languages, phone } }) =>
                  `${words(type)}: ${name}; regions ${served.join(', ')}; ages ${ageFrom} to ${ageTo}; ${languages.map(words).join(', ')}; ${phone}`,
              )
              .join('. '),
          ])}
        />
      )}
    </Page>
  );
}

export const UnmetPage = ({ frame, cells }: { readonly frame: Frame; readonly cells: readonly UnmetCell[] }) => (
  <Page frame={frame} title="Unmet needs">
    <h1>Needs that could not be met</h1>
    <p>
      By the month in which it was recorded. A line of fewer than {disclosure.fewest} children is left out, and so are
      totals. Nothing here tells of one child. Each refusal counts, so one child may count several times.
    </p>
    {cells.length === 0 ? (
      <p>There is no line to show.</p>
    ) : (
      <Table
        caption="Unmet needs"
        heads={['Month', 'Region', 'Service', 'Why', 'Who said so', 'How many', 'Waiting list']}
        rows={cells.map(({ month, region, service, reason, by, count, waitDays }) => [
          month,
          region === 'unknown' ? 'Unknown' : regionWords(region),
          words(service),
          words(reason),
          words(by),
          String(count),
          waitDays === undefined ? '–' : `${waitDays} days (the middle one)`,
        ])}
      />
    )}
  </Page>
);
