/** Looks up what a command's input names, before the domain decides. */
import { writtenAs } from '../../domain/alerts/alert-watch.ts';
import type { Lookups, Need } from '../../domain/core/command-lookups.ts';
import { isReference, referenceFrom } from '../../domain/core/ids.ts';
import { staff } from '../../domain/core/role-groups.ts';
import { type Discipline, type Service, seatRoles } from '../../domain/core/vocabulary.ts';
import { holdsUp } from '../../domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../domain/deadlines/open-deadlines.ts';
import { supervisionOf } from '../../domain/directory/scopes.ts';
import type { Place } from '../../domain/intake/places.ts';
import { noNeeds } from '../../domain/needs/need-state.ts';
import { newYorkDate, noticeAhead } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { MergedReferral } from '../../domain/same-child/same-child-state.ts';
import { misfits } from '../../domain/services/providers.ts';
import { mdtTeams } from '../../policy/places/geography.ts';
import { findPlace } from '../../policy/places/routing.ts';
import { towns } from '../../policy/places/towns.ts';
import { ncmec, statePolice } from '../../policy/public-hotlines.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import type { Identities } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { reviewsOf } from '../access/emergency-access-report.ts';
import { mayRead, ownOf, type Visitor, visitorOf, within } from '../access/visitor.ts';
import { type CallDirectory, idsToCall } from '../read/read-calls.ts';
import { reporterNow } from '../read/reporter-now.ts';
import type { Digests } from './secret.ts';

export interface LookUpParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert'>;
  readonly directory: Pick<Directory, 'person' | 'provider' | 'providers' | 'hasAgency' | 'onDuty' | 'seat'> &
    CallDirectory;
  readonly identities: Pick<Identities, 'reporter'>;
  readonly digests: Digests;
  readonly policyOf: (version: string) => Policy;
}

/** The parsed input of a command, with its date of birth. Each lookup below reads the fields that its commands have. */
type Coded = Readonly<Record<string, unknown>>;

/** `policy`: that of the referral. `now`: a UTC instant. */
type Looking = LookUpParts & { readonly policy: Policy; readonly now: string };

/** The roles of a person that cover this referral. */
const rolesHere = (state: Referral, person: DirectoryPerson, now: string) =>
  within(state, visitorOf(person, now)).roles;

/** Looks up what one need names. */
type LookUp<Name extends Need> = (
  parts: Looking,
  visitor: Visitor,
  state: Referral,
  coded: Coded,
) => Promise<Lookups[Name]>;

const lookUps: { readonly [Name in Need]: LookUp<Name> } = {
  async provider({ directory }, _visitor, _state, { service, providerId }) {
    const found = await directory.provider(service as Service, String(providerId));
    return { contactId: found?.retired ? undefined : found?.personId };
  },

  async placeAsk(parts, visitor, state, coded) {
    const { contactId } = await lookUps.provider(parts, visitor, state, coded);
    const number = (state.needs ?? noNeeds).places.length + 1;
    return { contactId, ask: referenceFrom('PQ', parts.digests.bytes('place-ask', state.id, String(number))) };
  },

  async listing({ directory }, _visitor, state, { service }) {
    const providers = await directory.providers(service as Service);
    return { fitting: providers.filter((each) => misfits(each, state).length === 0).map(({ id }) => id) };
  },

  async reporter({ identities }, _visitor, { id, identity: { corrections = {} } }) {
    return { hasReporter: (await reporterNow(identities, id, corrections)) !== undefined };
  },

  async place(_parts, _visitor, { child, report: { receivedAt } }, { place, townId }) {
    return findPlace(child, place as Place, String(townId), newYorkDate(receivedAt));
  },

  // The directory lists agencies by town. The towns of the referral come first, because they are nearly always enough.
  async agency({ directory }, _visitor, { child, places: { routing } }, { agencyId }) {
    if (agencyId === statePolice.id) return { isKnown: true };
    const near = [child.residenceTown, child.occurrenceTown, child.presentTown, routing?.town ?? 'unknown'];
    const has = (places: readonly string[]) => directory.hasAgency(String(agencyId), places);
    return { isKnown: (await has(near)) || (await has(towns.map(({ name }) => name))) };
  },

  async callee(parts, visitor, state, coded) {
    const { directory, policy, now } = parts;
    const listed = await idsToCall(directory, state, policy, String(coded.deadlineId), now);
    if (typeof coded.agencyId === 'string') {
      const { isKnown } =
        coded.agencyId === ncmec.id ? { isKnown: true } : await lookUps.agency(parts, visitor, state, coded);
      // Where no town is known no agency is listed, and the caller finds out which one it is.
      return { isKnown, isListed: listed.length === 0 || listed.includes(coded.agencyId), roles: [] };
    }
    const person = await directory.person(String(coded.personId));
    const isListed = person !== undefined && listed.includes(person.id);
    return {
      isKnown: person !== undefined,
      isListed,
      // A person on shift here may answer, wherever their role counts.
      roles:
        person === undefined ? [] : isListed ? person.roles.map(({ role }) => role) : rolesHere(state, person, now),
    };
  },

  async liaison({ directory }, _visitor, _state, { personId }) {
    const person = await directory.person(String(personId));
    return { isKnown: person?.roles.some(({ role }) => role === 'hart-liaison') ?? false };
  },

  async counsel({ directory }, _visitor, _state, { consultedId }) {
    const person = typeof consultedId === 'string' ? await directory.person(consultedId) : undefined;
    return { isKnown: person?.roles.some(({ role }) => role === 'legal' || role === 'aag-liaison') ?? false };
  },

  async member({ directory }, _visitor, { team: { id: team } }, { personId, discipline, answer }) {
    const person = await directory.person(String(personId));
    const isKnown = person?.roles.some(({ role }) => seatRoles.includes(role)) ?? false;
    if (!isKnown || answer !== 'delegated') return { isKnown };
    // The directory lists seats by team. The team of the referral comes first, because it is often enough.
    const sitsOn = async (id: string) =>
      (await directory.seat(id, discipline as Discipline)).some((seat) => seat.personId === personId);
    const own = team !== undefined && (await sitsOn(team));
    return { isKnown, isOfDiscipline: own || (await Promise.all(mdtTeams.map(({ id }) => sitsOn(id)))).includes(true) };
  },

  async named({ directory }, _visitor, _state, { forPeople }) {
    const found = await Promise.all([forPeople].flat().map((id) => directory.person(String(id))));
    return found.flatMap((person) => (person ? [visitorOf(person)] : []));
  },

  async supervisor({ directory }, visitor, state) {
    const duties = ownOf(visitor).scopes.filter(({ role }) => staff.includes(role));
    const onDuty = await Promise.all(
      duties.map(async ({ role, scope }) => {
        const supervision = supervisionOf(role, scope);
        return supervision ? directory.onDuty(supervision.role, supervision.scope) : [];
      }),
    );
    const supervisorId = onDuty.flat().find(({ personId }) => personId !== visitor.id)?.personId;
    return {
      hasAccess: mayRead(state, visitor),
      supervisorId,
      duties: duties.map(({ role, scope }) => ({ role, scope })),
    };
  },

  async supervision(_parts, visitor, state) {
    return { reviews: reviewsOf(state, visitor) };
  },

  // The input names the other referral, or the proposal does. One that this person may not read is treated as missing.
  async otherReferral(parts, visitor, state, { of = state.proposals.withdrawal?.of }) {
    const { ledger } = parts;
    const known = typeof of === 'string' && isReference('CR', of) ? await ledger.referral(of) : undefined;
    const other = known && mayRead(known.state, visitor) ? known.state : undefined;
    return {
      other,
      merged: await referralsMergedInto(parts, state),
    };
  },

  async mergeTarget({ ledger }, visitor, { sameChild: { mergedInto } }) {
    const other = mergedInto === undefined ? undefined : await ledger.referral(mergedInto);
    return {
      heldThere: other?.state.identity.legalHold !== undefined,
      isReadThere: other !== undefined && mayRead(other.state, visitor),
    };
  },

  // An alert of another referral does not count.
  async writtenAs({ ledger }, { id }, { alerts }, { alertId }) {
    const alert = alerts[String(alertId)];
    return alert ? writtenAs((await ledger.alert(alert.id)).life, id) : [];
  },

  // The ledger never tells the date itself. This day is rounded to the month.
  async plan({ policy, now }, _visitor, _state, { birthDate }) {
    return { day: noticeAhead(String(birthDate), now, policy.calendar) };
  },

  async merged(parts, _visitor, state) {
    return { merged: await referralsMergedInto(parts, state) };
  },
};

/**
 * The referrals that are merged into this one by their own state. All count, even where this person may not read them: none may
 * be lost.
 */
async function referralsMergedInto(
  { ledger, policyOf }: LookUpParts,
  { id, sameChild: { merges } }: Referral,
): Promise<readonly MergedReferral[]> {
  const others = await Promise.all(merges.map(({ from }) => ledger.referral(from)));
  return others.flatMap((other) => {
    if (other?.state.sameChild.mergedInto !== id) return [];
    const owes = openDeadlines(other.state).filter((each) => holdsUp(each, policyOf(other.policy)));
    return [{ id: other.state.id, owes: owes.map(({ rule }) => rule) }];
  });
}

/** What a command declares that it looks up, under the name of its need; nothing of one that declares none. */
export async function lookUp(
  parts: Looking,
  visitor: Visitor,
  needs: Need | undefined,
  state: Referral,
  coded: Coded,
): Promise<Partial<Lookups>> {
  return needs === undefined ? {} : { [needs]: await lookUps[needs](parts, visitor, state, coded) };
}
