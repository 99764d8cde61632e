/** One reader's look at one referral: what they see now, and the acts that they are offered. */
import { askedPurposes, type FactsOpened, openFacts } from '../../../shared/application/access/open-facts.ts';
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import type { Purpose } from '../../../shared/application/access/purposes.ts';
import { closedIn, redactReferences } from '../../../shared/application/access/redact-references.ts';
import { redactUnreadable } from '../../../shared/application/access/redact-sealed.ts';
import { isOneOf, leadsTeam, mayRead, seesEveryReferral, within } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { type CallsParts, callsOf, type ReferralCalls } from '../../../shared/application/read/read-calls.ts';
import { type Directions, readDirections, waysToCome } from '../../../shared/application/read/read-directions.ts';
import { type IdentityView, readIdentities } from '../../../shared/application/read/read-identities.ts';
import { countedWith } from '../../../shared/application/read/safe-contact.ts';
import { linkedChildren } from '../../../shared/application/read/shown-agenda.ts';
import { stepsThatWaitOn } from '../../../shared/application/read/shown-next-steps.ts';
import {
  type FactsView,
  type PathwayView,
  type ShownView,
  showReferral,
  type WorkingView,
  worksOn,
} from '../../../shared/application/read/shown-view.ts';
import type { ProviderView } from '../../../shared/application/read/view.ts';
import type { ReadText, WrittenText } from '../../../shared/application/read/written-texts.ts';
import {
  type SeatLack,
  seatsWithoutAgreement,
  serviceAgreementLack,
} from '../../../shared/domain/agreements/agreement-states.ts';
import type { Agreement } from '../../../shared/domain/agreements/agreements.ts';
import { groupOf } from '../../../shared/domain/alerts/addressed-as.ts';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { ownGroups } from '../../../shared/domain/alerts/recipient-groups.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import { type Doubt, noDoubt } from '../../../shared/domain/doubts/doubts.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { servicesIn } from '../../../shared/domain/services/linkage-clocks.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import type { Frame } from '../app/frame.tsx';
import type { About } from '../app/lookups.ts';
import { lookUp, peopleIn, phonesOf } from '../app/lookups.ts';
import type { ConsoleParts, Place, Request } from '../app/parts.ts';
import { type Offered, offeredCommands } from '../forms/command-form.tsx';
import { tellsOfBefore } from '../forms/standing-codes.ts';
import { peopleInHistory } from './changed-since.ts';
import { acknowledgedAt } from './confirmations.ts';
import { callsFor, mailOf, seenOf, type Trouble } from './mail-view.tsx';
import type { TextMessage } from './text-view.tsx';

export interface Found extends About {
  readonly commits: ReferralRead['commits'];
}

export type ShownAlert = ShownView['alerts'][number] & { readonly acknowledgedAt?: string | undefined };

export interface Reading {
  readonly frame: Frame;
  readonly about: Found;
  /** How much of it this reader sees now. */
  readonly opened: FactsOpened | { readonly depth: 'working' };
  readonly view: ShownView;
  /** The same view by its kind: with the facts, without them, and without them for lack of a purpose. */
  readonly whole: FactsView | undefined;
  readonly limited: PathwayView | WorkingView | undefined;
  readonly working: WorkingView | undefined;
  /** With services and contact. A member who is only invited has none of it. */
  readonly ofCase: FactsView | ProviderView | undefined;
  /** A provider sees its own services alone. */
  readonly offer: ProviderView | undefined;
  /** Whether the record of the read or the vault failed, so that words of the vault are missing. */
  readonly isAway: boolean;
  /** Absent too on a page that has no words of the vault. */
  readonly identities: IdentityView | undefined;
  /** What people wrote, of what the page has and this reader may read. */
  readonly texts: readonly ReadText[];
  /** The address, link or number of the meeting and the interview, on a page that has them. */
  readonly directions: Directions;
  /** The other children of the report that this reader may read, on the page of the agenda. */
  readonly linked: Awaited<ReturnType<typeof linkedChildren>>;
  readonly calls: readonly ReferralCalls[];
  /** What waits on this person, the most urgent first. */
  readonly asked: readonly NextStep[];
  readonly offered: readonly Offered[];
  readonly doubt: Doubt;
  /** Random. A form sent twice does its command once. */
  readonly submission: string;
  readonly alert: ShownAlert | undefined;
  /** Mail that this reader telephones about. Empty for members and providers. */
  readonly trouble: readonly Trouble[];
  readonly textMessages: readonly TextMessage[];
  /** The telephone number of the person on call, where mail is in trouble, and for a person who must go. */
  readonly oncall: string | undefined;
  /** When each invited person first opened the invitation. Empty for members and providers. */
  readonly seen: Readonly<Record<string, string>>;
  /** Telephone numbers of the team by person. Absent for members and providers. */
  readonly phones: Readonly<Record<string, string>> | undefined;
  /** Seats whose agency has no data agreement in force, and why. Empty for members and providers. */
  readonly lacking: readonly SeatLack[];
}

/** What a page of a referral needs beside the referral. */
export interface Needs {
  /** Words of the vault: the read is recorded before they are shown. */
  readonly identities?: boolean;
  readonly mail?: boolean;
  readonly team?: boolean;
  /** Where the meeting and the interview are: the read is recorded too. */
  readonly directions?: boolean;
  /** The other children of the report, and the minutes of the last review. */
  readonly agenda?: boolean;
}

/** Whether the alert went to this person, or to a group of theirs. */
const isOwn = ({ id, people }: ShownView['alerts'][number], { state, visitor }: Found): boolean => {
  const alert = state.alerts[id];
  return people.includes(visitor.id) || (alert !== undefined && ownGroups(visitor, alert, state).length > 0);
};

/** The alert, where this reader sees it. */
export const alertIn = ({ state, policy, visitor, others }: Found, alertId: string) => {
  const { alerts } = showReferral(state, policy, visitor, others, worksOn(state, visitor) ? 'facts' : 'pathway');
  return alerts.find(({ id }) => id === alertId);
};

const mostBefore = 3;
/** The last acts of this kind, where the act takes the place of what stands and its form starts unset. The latest is first. */
export const actsBefore = (name: CommandName, commits: Found['commits']): Found['commits'] =>
  tellsOfBefore(name)
    ? commits
        .filter(({ actor, cause }) => actor.kind === 'person' && cause.kind === 'command' && cause.name === name)
        .slice(-mostBefore)
        .toReversed()
    : [];

export function createReader(parts: ConsoleParts, { frameOf, visitorIn, people }: Place) {
  const { ledger, directory, policyOf, now, newId } = parts;
  const digests = async () => createDigests(await parts.secretKey());

  /** The stores, which read a referral once for this request. The head line of the page may have read it already. */
  const partsIn = (context: Request): Pick<CallsParts, 'ledger' | 'directory'> => context.get('reading') ?? parts;

  /** The agreements. A page of a referral never fails because they cannot be read: undefined then. */
  const agreementsNow = () =>
    ledger.agreements().catch((error: unknown) => {
      parts.onFault(error, 'agreements-away');
      return undefined;
    });
  const providersWithout = (agreements: readonly Agreement[], providers: Found['lookups']['providers']) =>
    new Map(
      providers.flatMap(({ service, id }) => {
        const lack = service === 'substance-use' ? serviceAgreementLack(agreements, id, now()) : undefined;
        return lack ? [[id, lack] as const] : [];
      }),
    );

  /**
   * The referral. Undefined where there is none, or this person may not read it. `form`: the command whose form the page has.
   * `ownServices`: whether the page has the providers of each service of the referral. `authors`: whether the page names all who
   * acted. `textsOf`: the texts of the page, whose authors it names.
   */
  const find = async (
    context: Request,
    id: string,
    {
      alertId,
      form,
      ownServices = false,
      authors = false,
      textsOf,
    }: {
      readonly alertId?: string;
      readonly form?: CommandName;
      readonly ownServices?: boolean;
      readonly authors?: boolean;
      readonly textsOf?: (found: Pick<Found, 'state' | 'policy' | 'visitor' | 'commits'>) => readonly WrittenText[];
    } = {},
  ): Promise<Found | undefined> => {
    const visitor = visitorIn(context);
    const { ledger } = partsIn(context);
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    if (!referral || !mayRead(referral.state, visitor)) return undefined;
    const { commits } = referral;
    const policy = policyOf(referral.policy);
    const [state, others] = await Promise.all([
      redactUnreadable(ledger, referral.state, visitor),
      countedWith(ledger, referral.state),
    ]);
    const acknowledgedBy = state.alerts[alertId ?? '']?.acknowledgedBy;
    const person = within(state, visitor);
    const named = [
      ...(acknowledgedBy === undefined ? [] : [acknowledgedBy]),
      ...(state.calls ?? []).flatMap(({ personId }) => personId ?? []),
      ...(textsOf?.({ state, policy, visitor: person, commits }).map(({ by }) => by) ?? []),
      ...[state, ...others].flatMap(({ whereabouts = [] }) => whereabouts.map(({ recordedBy }) => recordedBy)),
      ...(form ? peopleInHistory(actsBefore(form, commits)) : []),
      ...(authors ? commits.flatMap(({ actor }) => (actor.kind === 'person' ? actor.id : [])) : []),
    ];
    const [lookups, agreements] = await Promise.all([
      lookUp(directory, state, person, {
        form,
        ownServices: ownServices ? servicesIn(state, policy) : [],
        others: named,
        everyone: () => people(person),
      }),
      form === 'offer-linkage' || ownServices ? agreementsNow() : undefined,
    ]);
    const lacking = agreements && providersWithout(agreements, lookups.providers);
    const known = { ...lookups, withoutAgreement: lacking };
    return { state, policy, visitor: person, lookups: known, others, commits };
  };

  /** The commits without the references of other referrals that are closed to the reader. */
  const withoutClosed = async ({ state, visitor, commits }: Found): Promise<ReferralRead['commits']> => {
    const all = commits.flatMap(({ events }) => events);
    const hidden = await closedIn(ledger, all, { own: state.id, personId: visitor.id });
    return commits.map((commit) => ({ ...commit, events: redactReferences(commit.events, hidden) }));
  };

  /** How much this reader sees. One record covers the session, which is named by a digest of its secret. */
  const openFactsIn = async (context: Request, about: Found, purpose: Parameters<typeof openFacts>[3] = {}) => {
    const session = (await digests()).hex('session', context.get('session')?.formToken ?? '').slice(0, 20);
    return openFacts({ ledger, now: now(), session }, about, about.visitor, purpose);
  };

  /** Whether this reader sees the facts now. That they do is recorded. */
  const seesFacts = async (context: Request, about: Found): Promise<boolean> =>
    (await openFactsIn(context, about).catch(() => undefined))?.depth === 'facts';

  /** The purpose that a person without a part in the referral says. Another word than those asked says none. */
  const say = async (context: Request, about: Found, said: string | null): Promise<void> => {
    const asked = askedPurposes.find((each) => each === said);
    if (asked) await openFactsIn(context, about, { said: asked });
  };

  /** Opens the facts, and records the read. The page has the calls and the danger, so it is shown where that fails. */
  async function open(
    context: Request,
    about: Found,
    needs: Needs,
    given: {
      readonly alert?: ShownView['alerts'][number] | undefined;
      /** What people wrote, where the page has it. */
      readonly texts?: readonly WrittenText[];
    } = {},
  ): Promise<Reading> {
    const { state, policy, visitor, others } = about;
    const { alert, texts = [] } = given;
    const who = needs.identities === true;
    let isAway = false;
    const away = (error: unknown): undefined => {
      isAway = true;
      parts.onFault(error, 'facts-away');
    };
    const byAct = alert && isOwn(alert, about) ? ({ byAct: 'answer-alert' } as const) : {};
    // A provider has the purpose by its service. The facts of a case are not for it.
    const byPart: Purpose = alert && isOwn(alert, about) ? 'answer-alert' : 'provide-service';
    const door = { ...parts, now: now(), onUnreadable: (error: unknown) => parts.onFault(error, 'unreadable') };
    /** The read is recorded before the vault is asked. */
    const readFacts = async () => {
      const opened = (await openFactsIn(context, about, byAct).catch(away)) ?? ({ depth: 'working' } as const);
      const purpose = 'purpose' in opened ? opened.purpose : byPart;
      const [identities, directions] = await Promise.all([
        (!who && texts.length === 0) || opened.depth === 'working'
          ? undefined
          : readIdentities(door, visitor, state, purpose, others, { who, texts }).catch(away),
        (needs.directions === true || needs.agenda === true) && opened.depth === 'facts'
          ? readDirections(door, visitor, state, purpose, needs.agenda ? ['minutes'] : waysToCome).catch(away)
          : undefined,
      ]);
      return { opened, identities, directions };
    };
    // A person who convenes a team calls its members.
    const seesNumbers = seesEveryReferral(within(state, visitor)) || leadsTeam(state, visitor);
    const hasTeam = seesNumbers && needs.team === true;
    const [{ opened, identities, directions }, linked, seen, phones, mail, calls, doubt, agreements] =
      await Promise.all([
        readFacts(),
        needs.agenda ? linkedChildren(partsIn(context).ledger, state, visitor) : [],
        hasTeam ? seenOf(parts, state) : {},
        hasTeam ? phonesOf(directory, peopleIn(state.team.seats)) : undefined,
        seesNumbers && needs.mail ? mailOf(parts, asKnownTo(state, policy, visitor)) : undefined,
        callsOf({ ...parts, ...partsIn(context), now: now() }, [state.id], visitor),
        ledger.doubt(state.id).catch(() => noDoubt),
        hasTeam ? agreementsNow() : undefined,
      ]);
    const isTheirs = callsFor(state, visitor);
    const isOfTheirs = ({ addressedAs }: { readonly addressedAs: string }) => isTheirs(groupOf(addressedAs));
    const trouble = mail?.trouble.filter(isOfTheirs) ?? [];
    const hasTrouble = trouble.length > 0 || Object.values(state.alerts).some((each) => each.unreachable);
    const person = within(state, visitor);
    const asks = stepsThatWaitOn(state, policy, visitor, alert ? deadlineIdsOf(alert) : []).filter(
      // Partners are asked only for what they can do. Staff see to it that another person records it.
      ({ acts, note }) => acts.length > 0 || note !== undefined || isOneOf(person, staff),
    );
    const view = showReferral(state, policy, visitor, others, opened.depth);
    const limited = 'shows' in view && view.shows !== 'facts' ? view : undefined;
    const working = limited?.shows === 'working' ? limited : undefined;
    return {
      frame: frameOf(context),
      about,
      opened,
      view,
      whole: 'shows' in view && view.shows === 'facts' ? view : undefined,
      limited,
      working,
      ofCase: 'linkages' in view ? view : undefined,
      offer: 'residenceTown' in view ? view : undefined,
      isAway,
      identities: who ? identities : undefined,
      texts: identities?.texts ?? [],
      directions: directions ?? {},
      linked,
      calls,
      asked: asks,
      offered: working ? [] : offeredCommands(about, asks),
      doubt,
      submission: newId(),
      alert: alert && {
        // What its name tells is shown to this depth alone.
        ...(view.alerts.find(({ id }) => id === alert.id) ?? alert),
        acknowledgedAt: acknowledgedAt(about.commits, alert.id),
      },
      trouble,
      textMessages: mail?.texts.filter(isOfTheirs) ?? [],
      oncall: alert || (mail && hasTrouble) ? await parts.oncall(now(), visitor.id) : undefined,
      seen,
      phones,
      lacking: agreements
        ? seatsWithoutAgreement(
            agreements,
            state.team.id ?? '',
            state.team.seats.map(({ discipline }) => discipline),
            now(),
          )
        : [],
    };
  }

  return {
    find,
    withoutClosed,
    seesFacts,
    say,
    open,
  };
}
