/** Several acts of one press on a referral: what can be chosen, and what a sent form orders. Each stays an act of its own. */

import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import { availableCommands } from '../../../shared/application/read/available-commands.ts';
import { offerWaitsUntil } from '../../../shared/domain/alerts/alert-waiting.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { linkers } from '../../../shared/domain/core/role-groups.ts';
import { everyDiscipline, type Service, services } from '../../../shared/domain/core/vocabulary.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { clockOf } from '../../../shared/domain/services/linkage-clocks.ts';
import { providerAsked } from '../../../shared/domain/services/provider-asked.ts';
import { invitationWaits, invitedAt } from '../../../shared/domain/team/seat-silence.ts';
import { comesFor, isAwaited, isTaken } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { About } from '../app/lookups.ts';
import { commandFields } from '../forms/command-fields.ts';
import type { Field, Option } from '../forms/form-fields.ts';
import { readFields } from '../forms/form-values.ts';

export const severalKinds = ['services', 'invitations', 'reminders'] as const;
export type SeveralKind = (typeof severalKinds)[number];

export interface SeveralAct {
  /** The service or the seat, or the command of a reminder. It is in the key of the act, so it stays the same. */
  readonly subject: string;
  readonly words: string;
  readonly name: CommandName;
  readonly input: Readonly<Record<string, unknown>>;
  /** The pairs of the form that order it again. */
  readonly says: readonly (readonly [string, string])[];
  /** What the act asks beside the choice. It is asked where the choice is checked. */
  readonly asks: readonly Field[];
}

export interface LeftOut {
  readonly words: string;
  readonly why: string;
}

/** The commands of each kind. One of them is enough to open its page. A provider declines on its own form. */
export const commandsOfSeveral: Readonly<Record<SeveralKind, readonly CommandName[]>> = {
  services: ['offer-linkage', 'remind-providers'],
  invitations: ['invite-seat'],
  reminders: ['remind-seats', 'remind-providers'],
};

/** The page of the referral where acts of this kind begin. Those who remind providers alone come from the services. */
export function homeOf(kind: SeveralKind, about: About): 'services' | 'team' {
  if (kind === 'reminders') return mayNow(about).has('remind-seats') ? 'team' : 'services';
  return kind === 'services' ? 'services' : 'team';
}

/** The commands that this reader may give now. */
const mayNow = ({ state, visitor }: About): ReadonlySet<CommandName> =>
  new Set(availableCommands(state, visitor).map(({ name }) => name));

const optionsOf = (name: CommandName, path: string, about: About): readonly Option[] => {
  const field = commandFields(name, about)?.find((each) => each.path === path);
  return field && 'options' in field ? field.options : [];
};

/** The control of a service's row. */
export const rowControl = (service: Service): string => `${service}.act`;

/**
 * What this reader can do in the row of each service: refer to a provider, remind it, or decline. `about` has the providers of
 * the form that refers.
 */
export function rowsOfServices(about: About): ReadonlyMap<Service, readonly Option[]> {
  const { policy, visitor } = about;
  const state = asKnownTo(about.state, policy, visitor);
  const may = mayNow(about);
  const offers = may.has('offer-linkage') ? optionsOf('offer-linkage', 'offer', about) : [];
  const silent = may.has('remind-providers') ? optionsOf('remind-providers', 'services', about) : [];
  const declinable = may.has('decline-linkage') ? optionsOf('decline-linkage', 'service', about) : [];
  const reasons = optionsOf('decline-linkage', 'reasonCode', about);
  const isForAll = visitor.roles.some((role) => linkers.includes(role));
  const open = openDeadlines(state);
  const rows = services.map((service): [Service, readonly Option[]] => {
    const status = state.services.linkages[service]?.status ?? (clockOf(service, open, policy) && 'needed');
    if (status === undefined) return [service, []];
    // The Careline supervisor acts on urgent services alone.
    if (!isForAll && !policy.catalogue[service].urgent) return [service, []];
    const providers = ['needed', 'declined', 'offered'].includes(status)
      ? offers.filter(({ value }) => value.startsWith(`${service} `))
      : [];
    return [
      service,
      [
        ...(silent.some(({ value }) => value === service) ? [{ value: 'remind', words: 'Remind the provider' }] : []),
        ...providers.map(({ value, words }) => ({
          value: `refer ${value.slice(service.length + 1)}`,
          words,
          group: status === 'offered' ? 'Refer to another provider' : 'Refer to',
        })),
        ...(declinable.some(({ value }) => value === service)
          ? reasons.map(({ value, words }) => ({ value: `decline ${value}`, words, group: 'Decline' }))
          : []),
      ],
    ];
  });
  return new Map(rows.filter(([, options]) => options.length > 0));
}

/** What each reason of a decline asks besides. */
const askedBy: Readonly<Record<string, string>> = {
  'child-declined': 'reason',
  'no-provider': 'reason',
  'waiting-list': 'waitDays',
};

function declined(service: Service, reasonCode: string, form: URLSearchParams, about: About) {
  const asks = (commandFields('decline-linkage', about) ?? [])
    .filter(({ path }) => path === askedBy[reasonCode])
    .map((field) => ({
      ...field,
      path: `${service}.${field.path}`,
      label: `${words(service)}: ${field.label}`,
      // The hint of the form says when the field is asked. Here it is.
      hint: reasonCode === 'child-declined' ? 'At least ten characters.' : undefined,
      required: true,
    }));
  const { input } = readFields(asks, form);
  return { name: 'decline-linkage', input: { service, reasonCode, ...input }, asks } as const;
}

/** The acts that the rows of the services order. */
function servicesIn(form: URLSearchParams, about: About): readonly SeveralAct[] {
  return services.flatMap((service): readonly SeveralAct[] => {
    const chosen = form.get(rowControl(service)) ?? '';
    const [act, ...rest] = chosen.split(' ');
    const detail = rest.join(' ');
    if (chosen === '') return [];
    const base = { subject: service, says: [[rowControl(service), chosen]], asks: [] } as const;
    if (act === 'remind') {
      const reminder = { name: 'remind-providers', words: `Remind: ${wordsInside(service)}` } as const;
      return [{ ...base, ...reminder, input: { services: [service] } }];
    }
    if (act === 'decline') {
      const said = `Decline: ${wordsInside(service)}, ${wordsInside(detail)}`;
      return [{ ...base, ...declined(service, detail, form, about), words: said }];
    }
    // A choice that no row has is refused by the command, with a sentence.
    const to = about.lookups.providers.find((each) => each.id === detail && each.service === service)?.name;
    const said = `Refer: ${wordsInside(service)}${to === undefined ? '' : `, to ${to}`}`;
    return [{ ...base, name: 'offer-linkage', words: said, input: { service, providerId: detail } }];
  });
}

const ownReason = 'reason';

/** The seats without a person, each with the fields of its invitation, and the reason that all share. */
export function fieldsOfInvitations(about: About): readonly Field[] {
  const fields = mayNow(about).has('invite-seat') ? commandFields('invite-seat', about) : undefined;
  const reason = fields?.find(({ path }) => path === 'reason');
  const consent = fields?.find(({ path }) => path === 'consent');
  if (!reason) return [];
  const seats = about.policy.team.seats.filter(
    ({ discipline, seat }) =>
      seat !== 'invited' &&
      !about.state.team.seats.some((each) => each.discipline === discipline && comesFor(each) !== undefined),
  );
  const rows = seats.flatMap(({ discipline, seat, consentFirst }): readonly Field[] => [
    {
      kind: 'person',
      path: `${discipline}.personId`,
      label: `${words(discipline)}${seat === 'required' ? ', required by law' : ''}`,
      required: false,
      options: about.lookups.invitable.map(({ id, name, title }) => ({ value: id, words: `${name}, ${title}` })),
    },
    ...(consentFirst && consent ? [{ ...consent, path: `${discipline}.consent` }] : []),
  ]);
  return rows.length === 0 ? [] : [...rows, { ...reason, path: ownReason, label: 'Why they are invited' }];
}

/** The ids of the people that a form invites. */
export const invitedIn = (form: URLSearchParams): readonly string[] =>
  everyDiscipline.flatMap((discipline) => form.get(`${discipline}.personId`) || []);

/** The acts of a form whose people are named by id already. */
function invitationsIn(form: URLSearchParams, about: About): readonly SeveralAct[] {
  const reason = form.get(ownReason) ?? '';
  return everyDiscipline.flatMap((discipline): readonly SeveralAct[] => {
    const personId = form.get(`${discipline}.personId`) ?? '';
    const consent = form.get(`${discipline}.consent`) ?? '';
    if (personId === '') return [];
    return [
      {
        subject: discipline,
        words: `${words(discipline)}: ${about.lookups.nameOf(personId)}`,
        name: 'invite-seat',
        input: { discipline, personId, reason: reason.trim(), ...(consent !== '' && { consent }) },
        says: [
          [`${discipline}.personId`, personId],
          ...(consent === '' ? [] : [[`${discipline}.consent`, consent] as const]),
        ],
        asks: [],
      },
    ];
  });
}

/** Until when the e-mail that offers the service waits, a UTC instant. Undefined where it has gone. */
function offerWaits(service: Service, { state, policy }: About, now: string): string | undefined {
  const contactId = providerAsked(state, service);
  return contactId === undefined ? undefined : offerWaitsUntil(contactId, state, policy, now);
}

/** Everyone who is silent now: members of the team and providers. A person whose mail still waits is not asked yet. */
export function silentNow(about: About, now: string): URLSearchParams {
  const { state, policy } = about;
  const may = mayNow(about);
  const seats = state.team.seats.filter(
    (seat) =>
      isAwaited(seat) &&
      invitedAt(state, seat) !== undefined &&
      invitationWaits(state, seat, policy, now) === undefined,
  );
  const form = new URLSearchParams();
  if (may.has('remind-seats')) for (const { discipline } of seats) form.append('seat', discipline);
  for (const [service, options] of rowsOfServices(about))
    if (options.some(({ value }) => value === 'remind') && offerWaits(service, about, now) === undefined)
      form.append('service', service);
  return form;
}

/** One reminder to all members, and one to all providers: a person of two services gets one e-mail. */
function remindersIn(form: URLSearchParams): readonly SeveralAct[] {
  const [disciplines, asked] = [[...new Set(form.getAll('seat'))], [...new Set(form.getAll('service'))]];
  return [
    ...(disciplines.length === 0
      ? []
      : [
          {
            subject: 'remind-seats',
            words: `Remind members of the team: ${disciplines.map(wordsInside).join(', ')}`,
            name: 'remind-seats' as const,
            input: { disciplines },
            says: disciplines.map((value) => ['seat', value] as const),
            asks: [],
          },
        ]),
    ...(asked.length === 0
      ? []
      : [
          {
            subject: 'remind-providers',
            words: `Remind providers: ${asked.map(wordsInside).join(', ')}`,
            name: 'remind-providers' as const,
            input: { services: asked },
            says: asked.map((value) => ['service', value] as const),
            asks: [],
          },
        ]),
  ];
}

export function actsIn(kind: SeveralKind, form: URLSearchParams, about: About): readonly SeveralAct[] {
  switch (kind) {
    case 'services':
      return servicesIn(form, about);
    case 'invitations':
      return invitationsIn(form, about);
    case 'reminders':
      return remindersIn(form);
  }
}

/** What each act of the form shares with the others, to be sent again. */
export const sharedBy = (kind: SeveralKind, form: URLSearchParams): readonly (readonly [string, string])[] =>
  kind === 'invitations' ? [[ownReason, form.get(ownReason) ?? '']] : [];

/** What the reader did not choose, or what needs nothing now, and why. */
export function leftOutOf(
  kind: SeveralKind,
  acts: readonly SeveralAct[],
  about: About,
  now: string,
): readonly LeftOut[] {
  const { lookups } = about;
  const state = asKnownTo(about.state, about.policy, about.visitor);
  const isChosen = (subject: string) => acts.some((act) => act.subject === subject);
  if (kind === 'services') {
    return [...rowsOfServices(about).keys()]
      .filter((service) => !isChosen(service))
      .map((service) => ({ words: words(service), why: 'nothing was chosen in its row' }));
  }
  if (kind === 'invitations') {
    return fieldsOfInvitations(about)
      .filter(({ kind, path }) => kind === 'person' && !isChosen(path.split('.')[0] ?? ''))
      .map(({ label }) => ({ words: label, why: 'no person was named' }));
  }
  const may = mayNow(about);
  const reminded = (field: string) =>
    acts.flatMap(({ says }) => says.flatMap(([name, value]) => (name === field ? value : [])));
  const seats = may.has('remind-seats')
    ? state.team.seats
        .filter(({ discipline }) => !reminded('seat').includes(discipline))
        .map((seat) => {
          const goesOut = invitationWaits(state, seat, about.policy, now);
          return {
            words: `${words(seat.discipline)}: ${lookups.nameOf(comesFor(seat) ?? seat.personId)}`,
            why: isTaken(seat)
              ? 'has accepted'
              : comesFor(seat) === undefined
                ? 'has declined, so invite another person'
                : goesOut === undefined
                  ? 'is not invited yet'
                  : `the invitation goes out at ${clockTime(goesOut, now)}`,
          };
        })
    : [];
  const linked = may.has('remind-providers')
    ? Object.values(state.services.linkages).filter(({ service }) => !reminded('service').includes(service))
    : [];
  const unasked = linked.map(({ service, status, suspended }) => {
    const until = status === 'offered' ? offerWaits(service, about, now) : undefined;
    const whySilent =
      until === undefined ? 'it is not yours to remind' : `its e-mail waits until ${clockTime(until, now)}`;
    return {
      words: words(service),
      why: suspended ? 'its consent is missing' : status === 'offered' ? whySilent : `it is ${wordsInside(status)}`,
    };
  });
  return [...seats, ...unasked];
}
