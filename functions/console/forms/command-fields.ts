/** The form of each command: the fields of its schema. In the place of ids, the choices of this referral. */

import { type Visitor, within } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { AgreementLack } from '../../../shared/domain/agreements/agreement-states.ts';
import { isRinging } from '../../../shared/domain/alerts/alarms.ts';
import { groupsLeftToCall } from '../../../shared/domain/alerts/alert-commands.ts';
import { groupsLeft, groupsLeftTo } from '../../../shared/domain/alerts/recipient-groups.ts';
import type { StoredRun } from '../../../shared/domain/board/run-rows.ts';
import { hadInterview, isRunning } from '../../../shared/domain/bookings/booking-state.ts';
import { titleOfDuty } from '../../../shared/domain/calls/call-words.ts';
import { holderOf, policeNoticeOf } from '../../../shared/domain/calls/calls.ts';
import { aboutOfDuty } from '../../../shared/domain/calls/duty-about.ts';
import {
  isBoundToTribe,
  otherTribe,
  type TribeNotice,
  unknownTribe,
} from '../../../shared/domain/child/tribe-notice.ts';
import { owesExplanation } from '../../../shared/domain/closure/closure.ts';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { readReference } from '../../../shared/domain/core/ids.ts';
import { linkers } from '../../../shared/domain/core/role-groups.ts';
import {
  bookable,
  declineReasons,
  indicatorTopics,
  places,
  placing,
  reasonsOfProviders,
  type Service,
  services,
  sightings,
} from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { extensionFor } from '../../../shared/domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { handoffServices } from '../../../shared/domain/handoffs/handoff-services.ts';
import { type Hearing, openOrders } from '../../../shared/domain/hearings/hearing-state.ts';
import { placesAsked, policePlaces } from '../../../shared/domain/intake/places.ts';
import { exploitedFor } from '../../../shared/domain/intake/report-facts.ts';
import { openAsks, openNeeds } from '../../../shared/domain/needs/need-state.ts';
import { placeFound } from '../../../shared/domain/needs/need-steps.ts';
import { isMeant, type NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { restartableRuns } from '../../../shared/domain/pathway/upkeep-commands.ts';
import { formatDate, formatInstant, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { findRule, type Policy, ruleOf } from '../../../shared/domain/policy/policy.ts';
import { ownSeats } from '../../../shared/domain/recovery/recovery-commands.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { type FamilyNotice, familyNotices } from '../../../shared/domain/response/family-notices.ts';
import { tasksFor } from '../../../shared/domain/review/agreed-tasks.ts';
import { hasOpenings, isProtocolOnFile, nearestFirst, nearnessOf } from '../../../shared/domain/services/nearest.ts';
import { isStaff } from '../../../shared/domain/services/provider-asked.ts';
import { misfits } from '../../../shared/domain/services/providers.ts';
import type { Linkage } from '../../../shared/domain/services/service-state.ts';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import { comesFor, isAwaited, isHolder, isTaken } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { courts, hearingRules } from '../../../shared/policy/hearing-rules.ts';
import { mdtTeams, offices, regions } from '../../../shared/policy/places/geography.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { statePolice } from '../../../shared/policy/public-hotlines.ts';
import type { About, Lookups } from '../app/lookups.ts';
import { lackWords, recipientWords } from '../app/page-words.ts';
import { type Field, fieldsOf, type Option, type Presets } from './form-fields.ts';
import { standingAnswers } from './standing-codes.ts';

const deadlinesWhere =
  (holds: (deadline: Deadline, about: About) => boolean) =>
  (about: About): readonly Option[] =>
    Object.values(about.state.deadlines)
      .filter((deadline) => holds(deadline, about))
      .map((deadline) => {
        const { id, due } = deadline;
        const title = titleOfDuty(ruleOf(about.policy, deadline), aboutOfDuty(deadline, about.state, about.policy));
        return { value: id, words: `${title} · due ${formatInstant(due)}` };
      });

const tribeNotices =
  (isMeant: (notice: TribeNotice) => boolean) =>
  ({ state, policy }: About): readonly Option[] =>
    state.response.tribeNotices.filter(isMeant).map(({ notice, recipient, tribe, mailedAt }) => {
      const known = policy.tribes.list.find(({ id }) => id === tribe)?.name;
      const name = known ?? (tribe === unknownTribe ? 'Regional director' : 'Another tribe');
      const to = recipient === 'tribe' ? name : `${words(recipient)}, about ${name}`;
      return { value: notice, words: `${notice}: ${to}, sent ${formatInstant(mailedAt)}` };
    });

const isOpen = ({ status }: Deadline) => status === 'open';

/** A code and the instant of it, such as an alert and when it was asked for. */
const dated = (value: string, code: string, at: string): Option => ({
  value,
  words: `${words(code)}, ${formatInstant(at)}`,
});

const serviceOption = ({ service }: { readonly service: Service }): Option => ({
  value: service,
  words: words(service),
});

/** A provider answers for its own referrals only, also where it is invited to a seat. */
const linkagesWhere =
  (isMeant: (linkage: Linkage) => boolean) =>
  ({ state, visitor }: About): readonly Option[] =>
    Object.values(state.services.linkages)
      .filter((linkage) => isMeant(linkage) && (isStaff(visitor) || linkage.contactId === visitor.id))
      .map(serviceOption);

const linkagesIn = (...statuses: readonly Linkage['status'][]) =>
  linkagesWhere(({ status }) => statuses.includes(status));

const refers = ({ roles }: Visitor): boolean => roles.some((role) => linkers.includes(role));

/**
 * The services that can be declined. A provider answers its own referrals. Staff also record a no to a service without
 * a provider, as where the child does not consent. They also record the end of a service whose consent was withdrawn.
 */
const declinable = (about: About): readonly Option[] => {
  const { state, visitor } = about;
  const stopped = Object.values(state.services.linkages).filter(
    ({ status, suspended }) => status === 'started' && suspended,
  );
  const known = [
    ...linkagesIn('needed', 'offered', 'accepted')(about),
    ...stopped.filter(({ contactId }) => refers(visitor) || contactId === visitor.id).map(serviceOption),
  ];
  if (!refers(visitor)) return known;
  const notAsked = services.filter((service) => state.services.linkages[service] === undefined);
  return [
    ...known.map((option) => ({ ...option, group: 'Needed or referred' })),
    ...notAsked.map((service) => ({ ...serviceOption({ service }), group: 'Not referred to a provider yet' })),
  ];
};

const seatsWhere =
  (holds: (seat: Referral['team']['seats'][number], about: About) => boolean) =>
  (about: About): readonly Option[] =>
    about.state.team.seats
      .filter((seat) => holds(seat, about))
      .map(({ discipline, personId }) => ({
        value: discipline,
        words: `${words(discipline)}: ${about.lookups.nameOf(personId)}`,
      }));

const seatGroups = {
  required: 'Required by law, and vacant',
  conditional: 'Where appropriate',
  invited: 'Experts and others with something to say',
} as const;

/** The required disciplines, and the invited ones. */
const onTeam = ({ state, policy }: About): readonly Option[] =>
  policy.team.seats
    .map(({ discipline }) => discipline)
    .filter(
      (discipline) =>
        policy.requiredDisciplines.includes(discipline) ||
        state.team.seats.some((seat) => seat.discipline === discipline),
    )
    .map((discipline) => ({ value: discipline, words: words(discipline) }));

const isHeld = (deadline: Deadline, state: Referral): boolean =>
  isOpen(deadline) && holderOf(deadline, state) !== undefined;

/**
 * The notices that this referral owes or owed, each by the rule of its duty and its source. Those that are due come first, and one
 * that was given says so.
 */
const noticesIn = ({ policy, state }: About): readonly Option[] => {
  const open = openDeadlines(state).map(({ rule }) => rule);
  const owed = Object.values(state.deadlines)
    .filter(({ status }) => status !== 'not-applicable' && status !== 'ended')
    .map(({ rule }) => rule);
  // Before its clocks open, a referral has no duty yet.
  const isOffered = (rule: string) => owed.length === 0 || owed.includes(rule);
  const wasKept = (rule: string) =>
    Object.values(state.deadlines).some((each) => each.rule === rule && each.status === 'kept');
  return policy.deadlines
    .flatMap(({ id, keptBy, source }) => {
      const notice = policeNoticeOf({ keptBy });
      const [clause] = source.split(/[;:]/);
      const given = !open.includes(id) && wasKept(id) ? '. Recorded already' : '';
      return notice === undefined || !isOffered(id)
        ? []
        : [{ id, value: notice, words: `${dutyTitle({ keptBy })} · ${clause}${given}` }];
    })
    .toSorted((one, other) => Number(open.includes(other.id)) - Number(open.includes(one.id)))
    .map(({ id: _, ...option }) => option);
};

const townOption = (name: string, group: string): Option => ({
  value: name.toUpperCase().replaceAll(' ', '-'),
  words: name,
  group,
});

/** The nearest to the words of the report come first. */
const townsFor = ({ state }: About): readonly Option[] => {
  const nearest = [...new Set(placesAsked(state).flatMap((asked) => asked.nearest))];
  return [
    ...nearest.map((name) => townOption(name, 'Nearest to what was reported')),
    { value: 'OUT-OF-STATE', words: 'Out of state', group: 'No town of the state' },
    { value: 'UNKNOWN', words: 'Unknown', group: 'No town of the state' },
    ...towns.filter(({ name }) => !nearest.includes(name)).map(({ name }) => townOption(name, 'All other towns')),
  ];
};

const bookingsIn = ({ state: { bookings = [] } }: About): readonly Option[] =>
  bookings
    .filter(isRunning)
    .map(({ id, service, startsAt }) =>
      startsAt === undefined ? { value: id, words: `${words(service)}, no time yet` } : dated(id, service, startsAt),
    );

/** The notice that a record may correct: the one given last. */
const noticeGiven =
  (notice: FamilyNotice) =>
  ({ state: { response } }: About): readonly Option[] => {
    const given = response[familyNotices[notice].decided];
    return given?.decision === 'given'
      ? [{ value: 'yes', words: `Yes, it corrects the notice of ${formatInstant(given.at)}. I tell no one by it.` }]
      : [];
  };

const hasPlaces = (service: Service): boolean => placing.some((each) => each === service);

/** When the form is shown: a UTC instant. */
const nowFor = ({ state, visitor }: Pick<About, 'state' | 'visitor'>): string => visitor.at ?? state.report.receivedAt;

/** The providers of each service: those with openings first, then the nearest. Each says why. */
const nearestOf = (among: readonly Service[], { state, lookups, visitor }: About): readonly Option[] =>
  among.flatMap((service) => {
    const today = newYorkDate(nowFor({ state, visitor }));
    const those = lookups.providers.filter((provider) => provider.service === service && !provider.retired);
    return nearestFirst(those, state, today).map(({ id, name, phone, languages, place, ...provider }) => {
      const openings = {
        yes: `${place?.openings ?? ''} open until ${formatDate(place?.openUntil ?? today)}`,
        no: 'full now',
        unknown: 'openings not known: call',
      };
      const protocol = isProtocolOnFile(place, today) ? 'protocol on file' : 'no protocol on file';
      const details = [
        name,
        phone,
        ...(place ? [words(nearnessOf(place, state))] : []),
        openings[hasOpenings(place, today)],
        ...(hasPlaces(service) ? [] : [protocol]),
        languages.map(words).join(', '),
      ];
      const reasons = misfits(provider, state);
      const notes = reasons.length > 0 ? [`does not fit: ${reasons.join('; ')}`] : [];
      return { value: `${service} ${id}`, words: withNotes(details.join(' · '), notes), group: words(service) };
    });
  });

/** The seats of the team, and the department, which is there without a team too. */
const seatsOrDepartment = ({ state }: About): readonly Option[] =>
  [...new Set<string>(['dcf', ...state.team.seats.map(({ discipline }) => discipline)])].map((value) => ({
    value,
    words: words(value),
  }));

const isAhead = ({ status }: Hearing): boolean => status === 'scheduled';

const hearingsWhere =
  (isMeant: (hearing: Hearing) => boolean) =>
  ({ state: { hearings = [] } }: About): readonly Option[] =>
    hearings.filter(isMeant).map(({ id, hearingKind, startsAt }) => dated(id, hearingKind, startsAt));

/** What the hearings that are set may decide. */
const outcomesFor = ({ state: { hearings = [] } }: About): readonly Option[] =>
  [...new Set(hearings.filter(isAhead).flatMap(({ hearingKind }) => hearingRules[hearingKind].outcomes))].map(
    (value) => ({ value, words: words(value) }),
  );

/** The courts of the referral's own district come first. */
const courtsFor = ({ state }: About): readonly Option[] => {
  const near = state.places.routing?.judicialDistrict?.toUpperCase().replaceAll(' ', '-');
  const isNear = ({ id }: { readonly id: string }) => near !== undefined && id.endsWith(`.${near}`);
  return [
    ...courts.filter(isNear).map(({ id, name }) => ({ value: id, words: name, group: 'In this district' })),
    ...courts.filter((court) => !isNear(court)).map(({ id, name, group }) => ({ value: id, words: name, group })),
  ];
};

/** The choices, by command and field. A command with a required choice and no option is not offered. */
const choices: Readonly<Partial<Record<CommandName, Readonly<Record<string, (about: About) => readonly Option[]>>>>> = {
  'answer-alarm': {
    deadlineId: deadlinesWhere((deadline, { state }) => isRinging(deadline) || isHeld(deadline, state)),
    insteadOf: ({ state, visitor, lookups }) =>
      [...new Set(openDeadlines(state).flatMap((deadline) => holderOf(deadline, state)?.id ?? []))]
        .filter((id) => id !== visitor.id)
        .map((value) => ({ value, words: lookups.nameOf(value) })),
  },
  'write-recovery-plan': {
    readers: ({ state }) => state.team.seats.map(({ discipline }) => ({ value: discipline, words: words(discipline) })),
  },
  'ask-need': { owner: seatsOrDepartment },
  'end-need': {
    need: ({ state }) =>
      openNeeds(state).map(({ id, practicalNeed, neededBy }) => ({
        value: id,
        words: `${words(practicalNeed)}, by ${formatInstant(neededBy)}`,
      })),
    metBy: (about) => [
      ...seatsOrDepartment(about),
      ...(['provider', 'another-person'] as const).map((value) => ({ value, words: words(value) })),
    ],
  },
  'answer-place': {
    ask: ({ state, lookups }) =>
      openAsks(state).map(({ ask, providerId }) => ({
        value: ask,
        words: `${lookups.providerNameOf(providerId)}, question ${ask}`,
      })),
  },
  'record-handoff': {
    service: ({ state, visitor }) => handoffServices(state, within(state, visitor)).map(serviceOption),
    handedBy: seatsOrDepartment,
  },
  'move-booking': { booking: bookingsIn },
  'end-booking': { booking: bookingsIn },
  'schedule-hearing': { court: courtsFor },
  'record-hearing': { hearing: hearingsWhere(isAhead), outcome: outcomesFor },
  'settle-order': {
    hearing: hearingsWhere((hearing) => openOrders(hearing).length > 0),
    order: ({ state: { hearings = [] } }) =>
      [...new Set(hearings.flatMap(openOrders))].map((value) => ({ value, words: words(value) })),
  },
  'release-alarm': { deadlineId: deadlinesWhere((deadline, { state }) => isHeld(deadline, state)) },
  'extend-deadline': {
    deadlineId: deadlinesWhere(
      (deadline, { policy }) => isOpen(deadline) && extensionFor(deadline, policy) !== undefined,
    ),
  },
  'find-not-applicable': { deadlineId: deadlinesWhere(isOpen) },
  'explain-miss': {
    deadlineId: deadlinesWhere(
      (deadline, { policy }) =>
        (deadline.missed || deadline.late === true) && (isOpen(deadline) || owesExplanation(deadline, policy)),
    ),
  },
  'countersign-miss': {
    deadlineId: deadlinesWhere(
      ({ explanation, countersignedBy }) => explanation !== undefined && countersignedBy === undefined,
    ),
  },
  'acknowledge-alert': {
    alertId: ({ state, visitor }) =>
      Object.values(state.alerts)
        .filter(
          (alert) =>
            groupsLeftTo(visitor, alert, state).length > 0 &&
            (alert.people.includes(visitor.id) || alert.to.some((word) => isMeant(word, state, visitor))),
        )
        .map(({ id, kind, requestedAt }) => dated(id, kind, requestedAt)),
  },
  'record-alert-call': {
    alertId: ({ state }) =>
      Object.values(state.alerts)
        .filter((alert) => groupsLeft(alert, state).length > 0)
        .map(({ id, kind, requestedAt }) => dated(id, kind, requestedAt)),
    discipline: seatsWhere(() => true),
    group: ({ state, visitor, lookups }) =>
      [...new Set(Object.values(state.alerts).flatMap((alert) => groupsLeftToCall(visitor, alert, state)))].map(
        (value) => ({
          value,
          words: value.startsWith('person:') ? lookups.nameOf(value.slice('person:'.length)) : recipientWords(value),
        }),
      ),
  },
  'answer-seat': {
    discipline: seatsWhere((seat, { visitor }) => isHolder(seat, visitor.id)),
  },
  'invite-seat': {
    discipline: ({ state, policy }) =>
      policy.team.seats
        .filter(
          ({ discipline }) =>
            !state.team.seats.some((seat) => seat.discipline === discipline && comesFor(seat) !== undefined),
        )
        .map(({ discipline, seat, consentFirst }) => ({
          value: discipline,
          words: `${words(discipline)}${consentFirst ? ' (written consent of the child first)' : ''}`,
          group: seatGroups[seat],
        })),
  },
  'remove-seat': { discipline: seatsWhere(({ required, invited }) => !required || invited === true) },
  // There is something to take back only once the child is said to be seen.
  'record-child-seen': {
    sighting: ({ state }) =>
      sightings
        .filter((value) => value !== 'not-seen' || state.response.childSeen?.sighting === 'seen')
        .map((value) => ({ value, words: words(value) })),
  },
  'record-meeting': { attended: onTeam },
  'share-meeting': { of: ({ state }) => state.report.siblings.map((value) => ({ value, words: value })) },
  'end-task': {
    task: ({ state, visitor }) =>
      tasksFor(state, visitor).map(({ task, owner }) => ({ value: task, words: `${words(task)}: ${words(owner)}` })),
  },
  'record-consultation': { discipline: onTeam },
  'inform-seat': {
    discipline: seatsWhere((seat) => !isTaken(seat)),
    holderId: ({ state, lookups }) =>
      state.team.seats
        .filter((seat) => !isTaken(seat))
        .flatMap(({ discipline, personId, deputyId }) =>
          [personId, deputyId].flatMap((id) =>
            id === undefined ? [] : [{ value: id, words: `${lookups.nameOf(id)}: ${words(discipline)}` }],
          ),
        ),
  },
  'remind-seats': { disciplines: seatsWhere(isAwaited) },
  'ask-deputies': { disciplines: seatsWhere((seat) => isAwaited(seat) && seat.deputyId !== undefined) },
  'remind-providers': {
    services: linkagesWhere(({ status, suspended }) => status === 'offered' && suspended !== true),
  },
  'accept-linkage': { service: linkagesIn('offered') },
  'record-contact': { service: linkagesIn('offered', 'accepted') },
  'start-linkage': { service: linkagesIn('offered', 'accepted') },
  'decline-linkage': {
    service: declinable,
    reasonCode: ({ visitor }) =>
      (refers(visitor) ? declineReasons : reasonsOfProviders).map((value) => ({ value, words: words(value) })),
  },
  // A service that was stopped since has an outcome too.
  'record-service-outcome': { service: linkagesWhere(({ startedAt }) => startedAt !== undefined) },
  'answer-duplicate': {
    of: ({ state }) =>
      state.sameChild.candidates.map((id) => {
        const score = state.sameChild.scores?.[id];
        return { value: id, words: score === undefined ? id : `${id}, alike to ${Math.round(score * 100)} in 100` };
      }),
  },
  'notify-tribe': {
    tribe: ({ policy }) => [
      ...policy.tribes.list.map(({ id, name, recognizedBy }) => ({
        value: id,
        words: `${name} (${recognizedBy === 'federal' ? 'federally' : 'state'} recognized)`,
      })),
      { value: otherTribe, words: 'Another tribe' },
      { value: unknownTribe, words: 'No tribe is known: regional director or Commissioner' },
    ],
  },
  'record-tribe-receipt': { notice: tribeNotices(() => true) },
  'record-tribe-request': { notice: tribeNotices(({ moreTime }) => !moreTime) },
  // Each place says the town that stands.
  'correct-place': {
    place: ({ state: { child } }) =>
      places.map((value) => ({ value, words: `${words(value)}: ${words(child[value])}` })),
    townId: townsFor,
  },
  'notify-police': { covers: noticesIn },
  'record-parents-notice': { corrects: noticeGiven('parents') },
  'record-substantiation-notice': { corrects: noticeGiven('substantiation') },
  'decide-eligibility': {
    consultedId: ({ lookups }) =>
      lookups.lawyers.map(({ id, name, title }) => ({ value: id, words: `${name}, ${title}` })),
  },
  'restart-run': {
    run: ({ state, policy }) =>
      apart(restartableRuns(state, policy).map((run) => ({ value: run.name, words: runTitle(run, policy) }))),
  },
  'migrate-policy': {
    policy: ({ policy }) =>
      (policy.released?.() ?? [])
        .filter(({ version, jurisdiction }) => version !== policy.version && jurisdiction === policy.jurisdiction)
        .map(({ version }) => ({ value: version, words: version })),
  },
  'assign-liaison': {
    personId: ({ lookups }) =>
      lookups.liaisons.map(({ id, name, title }) => ({ value: id, words: `${name}, ${title}` })),
  },
};

/** Choices that read alike have the last part of their id too. */
const apart = (options: readonly Option[]): readonly Option[] =>
  options.map(({ value, words: said }) => ({
    value,
    words:
      options.filter((other) => other.words === said).length > 1
        ? `${said} (${value.split('.').slice(1).join('.')})`
        : said,
  }));

/** A duty may be settled under a policy that is no longer the one of its referral. */
const runTitle = ({ rule, due }: StoredRun, policy: Policy): string => {
  if (rule === undefined || due === undefined) return 'The pathway of the referral';
  const known = findRule(policy, rule);
  return `${known ? dutyTitle(known) : 'A duty under other rules'}, due ${formatInstant(due)}`;
};

/** The id can still be typed where no choice is known. */
const agencyField = (field: Field, { lookups, state }: About): Field =>
  lookups.agencies.length === 0
    ? {
        ...field,
        kind: 'line',
        hint: `No agency is known for the towns of this referral. Write its id, such as A-HARTFORD, ${statePolice.id} or A-OTHER.`,
      }
    : {
        ...field,
        kind: 'choice',
        options: [
          ...lookups.agencies.map(({ id, name, phone24h, town }) => ({
            value: id,
            words: `${name}, day and night ${phone24h}`,
            group:
              policePlaces.find(({ place }) => state.child[place].toUpperCase() === town.toUpperCase())?.words ??
              'Of the responsible office',
          })),
          {
            value: statePolice.id,
            words: `${statePolice.name}, day and night ${statePolice.phone}`,
            group: 'Elsewhere',
          },
          { value: 'A-OTHER', words: 'Another one: say below which it is', group: 'Elsewhere' },
        ],
      };

const choice = (path: string, options: readonly Option[]): Field & { readonly kind: 'choice' } => ({
  path,
  label: labelOf(path),
  required: true,
  kind: 'choice',
  options,
});

const questionOf = ({ path }: Field, { screening }: Policy): string | undefined =>
  indicatorTopics.filter((topic) => path.endsWith(`.${topic}`)).map((topic) => screening.topics[topic].question)[0];
/** What speaks against the provider: that it does not fit the child, and that it was the last to decline. */
function notesOn(provider: Lookups['providers'][number], state: Referral): readonly string[] {
  const linkage = state.services.linkages[provider.service];
  const declined = linkage?.turnedDown === true && linkage.providerId === provider.id;
  return [...(declined ? ['declined this referral'] : []), ...misfitNote(provider, state)];
}

function misfitNote(...fit: Parameters<typeof misfits>): readonly string[] {
  const reasons = misfits(...fit);
  return reasons.length > 0 ? [`does not fit: ${reasons.join('; ')}`] : [];
}

const withNotes = (said: string, notes: readonly string[]): string =>
  [said, ...notes.map((note) => `(${note})`)].join(' ');

const noteOnAgreement = (lack: AgreementLack | undefined): readonly string[] =>
  lack ? [`no qualified service agreement in force: ${lackWords(lack)}`] : [];

/** In each service, providers that fit the child come first. The others say why they do not fit. */
const providersFor = (
  { providers, withoutAgreement }: Pick<Lookups, 'providers' | 'withoutAgreement'>,
  state: Referral,
): readonly Option[] =>
  [...Map.groupBy(providers, ({ service }) => service)].flatMap(([service, group]) =>
    group
      .map((provider) => ({ provider, notes: notesOn(provider, state) }))
      .toSorted((one, other) => one.notes.length - other.notes.length)
      .map(({ provider: { id, name, phone, languages }, notes }) => ({
        value: `${service} ${id}`,
        words: withNotes(`${name}, ${phone}, ${languages.map(words).join(', ')}`, [
          ...notes,
          ...noteOnAgreement(withoutAgreement?.get(id)),
        ]),
        group: words(service),
      })),
  );

const seatAnswers: Readonly<Record<string, string>> = {
  accepted: 'Accept',
  declined: 'Decline',
  delegated: 'Pass the seat on to another person',
};
const seatLabels: Readonly<Record<string, string>> = {
  reasonCode: 'Reason, if you decline',
  personId: 'Person who takes the seat, or a person to ask instead',
  suggestedDiscipline: 'Discipline to ask instead, if you decline',
  proposedTime: 'Another meeting time, if you accept',
};

/** Who reads the plan beside the seats that are named. Staff without a seat learn it before they store the plan. */
const readersHint = (state: Referral, personId: string): string =>
  ownSeats(state, personId).length > 0
    ? 'Your own seat always reads the plan too.'
    : 'You hold no seat of this team, so you cannot read the plan once it is stored.';

/** The service and the provider of one choice, such as `education PV-1`. Neither where none was made. */
function providerIn(chosen: unknown) {
  const [service, providerId] = String(chosen ?? '').split(' ');
  return providerId === undefined ? {} : { service, providerId };
}

/** The fields, one of which says something else. */
const saying = (
  fields: readonly Field[],
  path: string,
  words: Readonly<Partial<Pick<Field, 'label' | 'hint'>>>,
): readonly Field[] => fields.map((field) => (field.path === path ? { ...field, ...words } : field));

/** Forms that differ from their schema, and the way from their fields back to the input. */
const reshaped: Readonly<
  Partial<
    Record<
      CommandName,
      {
        readonly fields?: (fields: readonly Field[], about: About) => readonly Field[];
        readonly input: (typed: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
        /** The control of the form that asks for a field of the input. */
        readonly askedBy?: Readonly<Record<string, string>>;
      }
    >
  >
> = {
  // A provider belongs to one service, so one choice says both.
  'offer-linkage': {
    fields: (fields, { lookups, state }) => [
      { ...choice('offer', providersFor(lookups, state)), searched: 'headed' as const },
      ...fields.filter(({ path }) => path === 'at'),
    ],
    input: ({ offer, ...rest }) => ({ ...rest, ...providerIn(offer) }),
    askedBy: { service: 'offer', providerId: 'offer' },
  },
  'remind-providers': {
    fields: (fields) => fields.map((field) => ({ ...field, label: 'Services whose provider is reminded' })),
    input: (typed) => typed,
  },
  'decline-linkage': {
    fields: (fields) =>
      saying(fields, 'reason', { hint: 'If the child declined: at least ten characters. The acute exam needs it.' }),
    input: (typed) => typed,
  },
  screen: {
    fields: (fields, { state }) =>
      saying(fields, 'exploitedFor', {
        hint: `Recorded now: ${wordsInside(exploitedFor(state.child))}. Choose none to keep it.`,
      }),
    input: (typed) => typed,
  },
  // Each field says with which answer it goes.
  'answer-seat': {
    fields: (fields) =>
      fields.map((field) => {
        const label = seatLabels[field.path] ?? field.label;
        if (field.path !== 'answer' || field.kind !== 'choice') return { ...field, label };
        const options = field.options.map(({ value, words: other }) => ({ value, words: seatAnswers[value] ?? other }));
        return { ...field, label, options };
      }),
    input: (typed) => typed,
  },
  'accept-linkage': {
    fields: (fields, { visitor }) =>
      saying(fields, 'at', { label: isStaff(visitor) ? 'When the provider accepted' : 'When you accepted' }),
    input: (typed) => typed,
  },
  'record-card-consent': {
    fields: (fields) =>
      saying(fields, 'until', {
        hint: 'Needed for a yes: at most a year ahead. Leave empty for a no. New York time.',
      }),
    input: (typed) => typed,
  },
  // Which absence it is about is asked only where there were several.
  'notify-police': { fields: withoutEpisode, input: (typed) => typed },
  'notify-ncmec': { fields: withoutEpisode, input: (typed) => typed },
  // Each topic is a question with its three answers in sight.
  'answer-checklist': {
    fields: (fields, { policy, state }) =>
      fields.map((group) =>
        group.kind === 'group'
          ? {
              ...group,
              hint: [group.hint, sinceWhen(state)].filter((each) => each !== undefined).join(' '),
              fields: group.fields.map((field) => ({
                ...field,
                hint: questionOf(field, policy),
                ...(field.kind === 'choice' && { radios: true as const }),
              })),
            }
          : group,
      ),
    input: (typed) => typed,
  },
  // Only news of an assault is recorded here. What is not known needs no answer, except whether the child is missing.
  'record-facts': {
    fields: (fields) =>
      fields.map((field) => {
        if (field.path === 'lastAssaultAt') {
          return { ...field, kind: 'instant' as const, hint: 'Leave empty if nothing new is known.' };
        }
        return field.path === 'missingNow' && field.kind === 'choice'
          ? {
              ...field,
              hint: 'If the child is missing, record that instead: it has a form of its own.',
              options: [
                { value: 'no', words: 'No' },
                { value: 'unknown', words: 'Not known yet: someone asked, and could not find out' },
              ],
            }
          : field;
      }),
    input: (typed) => typed,
  },
  // The office must lie in its region, and the team in its district.
  'confirm-routing': {
    fields: () => [
      choice(
        'office',
        offices.map(({ id, name, region }) => ({
          value: id,
          words: name,
          group: `Region ${region}, ${regions.find((each) => each.id === region)?.name}`,
        })),
      ),
      choice(
        'team',
        mdtTeams.map(({ id, name, judicialDistrict }) => ({
          value: id,
          words: name,
          group: `Judicial district ${judicialDistrict}`,
        })),
      ),
      {
        ...choice(
          'responseOffice',
          offices.map(({ id, name }) => ({ value: id, words: name })),
        ),
        required: false,
      },
    ],
    input: (typed) => typed,
  },
  // How people meet says the kind of place too.
  'schedule-meeting': {
    fields: (fields, { state }) =>
      fields.flatMap((field): readonly Field[] => {
        if (field.path === 'place') return [];
        if (field.path === 'directions' && meetingAhead(state)?.directions !== undefined) {
          return [{ ...field, hint: 'It is kept in the vault. Leave empty to keep what was said.' }];
        }
        return field.path === 'way' && field.kind === 'choice' ? [{ ...field, required: true }] : [field];
      }),
    input: ({ way, ...rest }) =>
      way === undefined ? rest : { ...rest, way, place: way === 'in-person' ? 'office' : 'virtual' },
    askedBy: { place: 'way' },
  },
  'ask-booking': {
    fields: (fields, about) => [
      { ...choice('providerId', nearestOf(bookable, about)), label: 'What, and where', searched: 'headed' as const },
      ...fields
        .filter(({ path }) => path !== 'service' && path !== 'providerId')
        .filter(({ path }) => path !== 'secondReason' || hadInterview(about.state, nowFor(about)))
        .map((field) => (field.path === 'startsAt' ? { ...field, label: 'Date and time, where there is one' } : field)),
    ],
    input: ({ providerId: chosen, ...rest }) => ({ ...rest, ...providerIn(chosen) }),
    askedBy: { service: 'providerId' },
  },
  'write-recovery-plan': {
    fields: (fields, { state, visitor }) => saying(fields, 'readers', { hint: readersHint(state, visitor.id) }),
    input: (typed) => typed,
  },
  'ask-place': {
    fields: (fields, about) => [
      { ...choice('providerId', nearestOf(placing, about)), label: 'Which provider', searched: 'headed' as const },
      ...fields.filter(({ path }) => path !== 'service' && path !== 'providerId'),
    ],
    input: ({ providerId: chosen, ...rest }) => ({ ...rest, ...providerIn(chosen) }),
    askedBy: { service: 'providerId' },
  },
  'move-booking': {
    fields: (fields) => saying(fields, 'startsAt', { label: 'Date and time' }),
    input: (typed) => typed,
  },
  'schedule-hearing': { fields: ofHearing, input: (typed) => typed },
  'record-hearing': { fields: ofHearing, input: (typed) => typed },
  'propose-withdrawal': { input: withReference },
  'record-meeting': {
    fields: (fields, about) =>
      fields.map((field) => {
        if (field.kind === 'each' && field.path === 'absent') return { ...field, rows: onTeam(about) };
        if (field.kind === 'each' && field.path === 'linkages')
          return { ...field, rows: withoutNeedFolded(field.rows, about) };
        if (field.kind === 'each' && field.path === 'tasks') return { ...field, options: onTeam(about) };
        if (field.kind === 'choices' && field.path === 'services')
          return { ...field, options: withoutNeedFolded(field.options, about) };
        return field;
      }),
    input: (typed) => typed,
  },
  // People of the roster and region come first. Any other person of the directory can be named too.
  'invite-seat': {
    fields: (fields, { lookups }) =>
      fields.flatMap((field): readonly Field[] => {
        if (field.path !== 'personId') return [field];
        const listed = lookups.invitable.map(({ id, name, title }) => ({ value: id, words: `${name}, ${title}` }));
        const other: Field = { ...field, label: 'Or another person', required: false };
        return listed.length === 0
          ? [field]
          : [{ ...choice('member', listed), required: false, searched: 'plain' as const }, other];
      }),
    input({ member, personId, ...rest }) {
      const id = personId ?? member;
      return { ...rest, ...whereKnown({ personId: id }) };
    },
  },
};

const hearingLabels: Readonly<Record<string, string>> = {
  startsAt: 'Date and time of the hearing',
  outcome: 'What the court decided, if it was held',
  at: 'When it was held, if not at the time set',
  reason: 'Why it is before the tribe’s day, if it is',
};

/** A reason is asked for only where a tribe is to be notified. */
function ofHearing(fields: readonly Field[], { state }: About): readonly Field[] {
  return fields
    .filter(({ path }) => path !== 'reason' || isBoundToTribe(state))
    .map((field) => ({
      ...field,
      label: hearingLabels[field.path] ?? field.label,
      ...(field.path === 'at' && { hint: 'New York time. Leave empty if it was at the time set.' }),
    }));
}

/** A team mostly speaks of the services that the child needs already. */
const withoutNeedFolded = (options: readonly Option[], { state }: About): readonly Option[] =>
  options.map((option) => ({ ...option, folded: !Object.hasOwn(state.services.linkages, option.value) }));

function withoutEpisode(fields: readonly Field[], { state }: About): readonly Field[] {
  return state.missing.absences.length > 1 ? fields : fields.filter(({ path }) => path !== 'episode');
}

function withReference({ of, ...rest }: Readonly<Record<string, unknown>>) {
  return typeof of === 'string' ? { ...rest, of: readReference('CR', of) ?? of } : rest;
}

/** The fields of a command's form in this referral. Undefined where a required choice has no option. */
export function commandFields(name: CommandName, about: About): readonly Field[] | undefined {
  const schema = fieldsOf(commandNamed(name).input);
  const fields = (reshaped[name]?.fields?.(schema, about) ?? schema).map((field): Field => {
    if (field.path === 'agencyId') return agencyField(field, about);
    const options = choices[name]?.[field.path]?.(about);
    if (!options) return field.kind === 'person' ? { ...field, options: about.lookups.people } : field;
    if (field.kind === 'choices') return { ...field, options };
    return { ...field, kind: 'choice', options, ...(searched.has(field.path) && { searched: 'plain' }) };
  });
  const stuck = fields.some((field) => field.kind === 'choice' && field.required && field.options.length === 0);
  if (stuck) return undefined;
  return fields.filter((field) => !askedOfSome.has(field.path) || field.kind !== 'choice' || field.options.length > 0);
}

/** The problems of an input by the controls of its form, each sentence once for a control. */
export function problemsAsAsked(name: CommandName, problems: readonly Problem[]): readonly Problem[] {
  const { askedBy = {} } = reshaped[name] ?? {};
  return problems
    .map((problem) => {
      const control = askedBy[problem.path];
      return control === undefined ? problem : { path: control, sentence: 'Choose one from the list.' };
    })
    .filter(
      (problem, index, all) =>
        all.findIndex(({ path, sentence }) => path === problem.path && sentence === problem.sentence) === index,
    );
}

/** The choices that are not asked where they have no option. */
const askedOfSome: ReadonlySet<string> = new Set(['corrects']);

/** The choices that may be long lists of towns or people. */
const searched: ReadonlySet<string> = new Set(['consultedId', 'court', 'insteadOf', 'personId', 'townId']);

/** The typed values of the command's form, as the command's input. */
export const commandInput = (name: CommandName, typed: Readonly<Record<string, unknown>>) =>
  reshaped[name]?.input(typed) ?? typed;

/** Since when the answers stand that the checklist is filled in with. Undefined where none does. */
function sinceWhen(state: Referral): string | undefined {
  if (Object.keys(standingAnswers(state)).length === 0) return undefined;
  const { checklist } = state.screening;
  return checklist
    ? `Filled in: the answers of ${formatInstant(checklist.at)}. Change what is wrong.`
    : `Filled in: what the report of ${formatInstant(state.report.receivedAt)} says. Change what is wrong.`;
}

/** The presets of the notice to police after a call reached an agency: the agency, and the open notices. */
export function reachedByCall(name: CommandName, { state, policy }: About): Presets {
  if (name !== 'notify-police') return {};
  const open = openDeadlines(state).flatMap((deadline) => {
    const notice = policeNoticeOf(ruleOf(policy, deadline));
    return notice === undefined ? [] : [{ id: deadline.id, notice }];
  });
  const reached = state.calls?.findLast(
    ({ result, agencyId, deadlineId }) =>
      result === 'reached' && agencyId !== undefined && open.some(({ id }) => id === deadlineId),
  );
  if (reached?.agencyId === undefined) return {};
  return { agencyId: [reached.agencyId], covers: open.map(({ notice }) => notice), method: ['phone'] };
}

/** The provider that said yes to a place, where `acts` ask for a referral to its service alone. */
export function placePreset(name: CommandName, { state }: About, acts: NextStep['acts']): Presets {
  const found = name === 'offer-linkage' && acts.length > 0 ? placeFound(state) : undefined;
  return found && acts.every((act) => act.command === 'offer-linkage' && act.input?.service === found.service)
    ? { offer: [`${found.service} ${found.providerId}`] }
    : {};
}
