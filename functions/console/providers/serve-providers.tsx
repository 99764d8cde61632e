/** The routes of the providers, the tribes and the counts of unmet needs. They are about no referral. */

import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { tribesFor } from '../../../shared/application/read/shown-tribes.ts';
import { planners, unmetNeeds } from '../../../shared/application/read/unmet-needs.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  historyOf,
  keepProvider,
  type ListingFilters,
  listingFilters,
  listProviders,
  providerReaders,
} from '../../../shared/application/use-cases/keep-providers.ts';
import { serviceAgreementLack } from '../../../shared/domain/agreements/agreement-states.ts';
import { idPattern } from '../../../shared/domain/core/ids.ts';
import { services } from '../../../shared/domain/core/vocabulary.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { listingKeepers } from '../../../shared/domain/services/providers.ts';
import { released } from '../../../shared/policy/policies.ts';
import { givenIn } from '../app/given.ts';
import { namesOf } from '../app/lookups.ts';
import { lackWords } from '../app/page-words.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { dayOf, inWords } from '../forms/form-values.ts';
import { namePeople } from '../forms/named-people.ts';
import { contactField, ProviderPage, ProvidersPage, type TypedProvider, UnmetPage } from './provider-pages.tsx';
import { TribesPage } from './tribes-page.tsx';

const words = (text: string | null) => (text ?? '').split(/[\s,]+/).filter(Boolean);

const placeOf = (form: TypedProvider): object => {
  const said = (name: string) => (form.get(`place.${name}`) ?? '').trim();
  return {
    kind: said('kind'),
    town: said('town'),
    openings: Number(said('openings') || Number.NaN),
    openUntil: dayOf(said('openUntil')),
    ...(said('protocolUntil') !== '' && { protocolUntil: dayOf(said('protocolUntil')) }),
  };
};

/** The typed values, as the application takes them. It also names a number that is none. */
const inputOf = (form: TypedProvider): object => ({
  name: form.get('name') ?? '',
  regions: words(form.get('regions')),
  ageFrom: Number(form.get('ageFrom') || Number.NaN),
  ageTo: Number(form.get('ageTo') || Number.NaN),
  languages: words((form.get('languages') ?? '').toLowerCase()),
  phone: form.get('phone') ?? '',
  contactId: (form.get('contactId') ?? '').trim().toUpperCase(),
  ...((form.get('place.kind') ?? '') !== '' && { place: placeOf(form) }),
  retired: form.get('retired') === 'yes',
  revision: Number(form.get('revision') ?? 0),
});

/** The pages of the providers. A GET never acts. */
export function createProviderPages(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, people, notice, forbidden }: Place,
): Hono<ConsoleEnv> {
  const { ledger, directory, board, now } = parts;
  const app = new Hono<ConsoleEnv>();

  app.get('/tribes', async (context) => {
    const policy = policyInForce(released, now());
    const tribes = await tribesFor({ directory, policy }, visitorIn(context));
    if (!tribes) return forbidden(context, doorRefusals['tribes-for-staff'].sentence);
    return context.html(<TribesPage frame={frameOf(context)} tribes={tribes} />);
  });

  app.get('/providers', async (context) => {
    if (!isOneOf(visitorIn(context), providerReaders))
      return forbidden(context, doorRefusals['providers-for-work'].sentence);
    const { done, ...given } = givenIn(context);
    const read = listingFilters.safeParse(given);
    const filters: ListingFilters = read.success ? read.data : {};
    const providers = await listProviders(directory, filters);
    const treats = providers.filter((provider) => provider.service === 'substance-use');
    const agreements = treats.length > 0 ? await ledger.agreements() : [];
    const nameOf = await namesOf(
      directory,
      providers.map(({ personId }) => personId),
    );
    return context.html(
      <ProvidersPage
        frame={frameOf(context)}
        filters={filters}
        wrong={!read.success}
        done={done !== undefined}
        providers={providers}
        lacking={treats.flatMap(({ id, name }) => {
          const lack = serviceAgreementLack(agreements, id, now());
          return lack ? [`${name}: ${lackWords(lack)}`] : [];
        })}
        nameOf={nameOf}
        keeps={isOneOf(visitorIn(context), listingKeepers)}
      />,
    );
  });

  const page = async (
    context: Request,
    attempt: {
      readonly typed?: URLSearchParams;
      readonly problems?: readonly Problem[];
      readonly refusal?: string;
    } = {},
    status: 200 | 400 | 409 = 200,
  ) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, listingKeepers)) {
      return notice(context, 403, 'Not for your role', doorRefusals['listing-for-keepers'].sentence);
    }
    const asked = attempt.typed ?? new URLSearchParams(context.req.query());
    const service = services.find((known) => known === asked.get('service'));
    const id = (asked.get('id') ?? '').trim().toUpperCase();
    if (!service || !idPattern.test(id)) {
      return notice(
        context,
        404,
        'There is no such provider',
        'Choose a service, and give an id of capital letters, digits, dots and hyphens, such as PR-EDUCATION-3.',
      );
    }
    const [provider, history = []] = await Promise.all([
      directory.provider(service, id),
      historyOf(ledger, visitor, id),
    ]);
    const nameOf = await namesOf(
      directory,
      history.map(({ by }) => by),
    );
    return context.html(
      <ProviderPage
        frame={frameOf(context)}
        service={service}
        id={id}
        provider={provider}
        history={history}
        nameOf={nameOf}
        people={await people(visitor)}
        {...attempt}
      />,
      status,
    );
  };
  app.get('/providers/edit', (context) => page(context));

  app.post('/providers/edit', async (context) => {
    const typed = context.get('form');
    const service = services.find((known) => known === typed.get('service'));
    const id = (typed.get('id') ?? '').trim().toUpperCase();
    if (!service || !idPattern.test(id)) return page(context, { typed });
    const door = { ...parts, now: now() };
    const named = await namePeople([contactField], typed, directory);
    if (named.problems.length > 0) return page(context, { typed, problems: named.problems }, 400);
    const answer = await keepProvider(door, visitorIn(context), { service, id }, inputOf(named.form));
    switch (answer.kind) {
      case 'forbidden':
        return notice(context, 403, 'Not for your role', doorRefusals['listing-for-keepers'].sentence);
      case 'invalid':
        return page(context, { typed, problems: inWords(answer.problems) }, 400);
      case 'reused':
        return page(context, { typed, refusal: 'This was sent before with other content: load the page again.' }, 409);
      case 'refused':
        return page(context, { typed, refusal: answer.refusal.sentence }, 409);
      case 'changed-meanwhile':
        return page(
          context,
          {
            typed,
            refusal: `Another person has changed this provider since: it is at revision ${answer.revision}. Load the page again, and make your change there if it still holds.`,
          },
          409,
        );
      case 'done':
        return context.redirect(url(`/providers?service=${service}&done=yes`), 303);
    }
  });

  app.get('/unmet-needs', async (context) =>
    isOneOf(visitorIn(context), planners)
      ? context.html(<UnmetPage frame={frameOf(context)} cells={await unmetNeeds(board)} />)
      : notice(context, 403, 'Not for your role', doorRefusals['unmet-for-planners'].sentence),
  );
  return app;
}
