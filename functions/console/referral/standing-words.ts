/** The words that an act takes the place of, from the vault. Its form is filled with them, and a refused form shows them. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import { isAfter } from '../../../shared/domain/core/instants.ts';
import { placesOf } from '../../../shared/domain/whereabouts/moves.ts';
import { placeIds } from '../../../shared/domain/whereabouts/place-told.ts';
import type { IdentityField } from '../../../shared/policy/identity-fields.ts';
import type { Presets } from '../forms/form-fields.ts';
import { newYorkWall } from '../forms/form-values.ts';
import type { Found, Needs, Reading } from './reading.tsx';

type Words = Readonly<Record<string, string | undefined>>;
type Source = Pick<Reading, 'identities' | 'directions' | 'texts' | 'about' | 'frame'>;

interface Replaced {
  /** What is read for it. The read is recorded first, and none is made by a person who may not. */
  readonly needs: Pick<Needs, 'identities' | 'directions'>;
  /** The words that stand in the place of each field. */
  readonly words: (source: Source) => Words;
  /** Whether some of them were written and cannot be read. */
  readonly isLost: (source: Source) => boolean;
}

const ofVault = (
  fields: readonly IdentityField[],
  words: (identities: NonNullable<Source['identities']>) => Words,
): Replaced => ({
  needs: { identities: true },
  words: ({ identities }) => (identities ? words(identities) : {}),
  isLost: ({ identities }) => fields.some((field) => identities?.unreadable?.includes(field)),
});

const ofDirections = (of: 'meeting' | 'interview'): Replaced => ({
  needs: { directions: true },
  words: ({ directions }) => ({ directions: directions[of] }),
  isLost: ({ directions }) => directions.unreadable?.includes(of) === true,
});

/** The last plan for the child's safety, with the commit that recorded it. */
export function lastPlan(commits: Found['commits']) {
  const commit = commits.findLast(({ events }) => events.some(({ type }) => type === 'safety-plan-recorded'));
  const plan = commit?.events.find((event) => event.type === 'safety-plan-recorded');
  return commit && plan && { seq: commit.seq, by: commit.actor.id, plan };
}

/** The last plan with its words. Undefined where there is none that this reader may read. */
export function standingPlan({ texts, about }: Pick<Source, 'texts' | 'about'>) {
  const last = lastPlan(about.commits);
  const own = texts.filter(({ seq }) => seq === last?.seq);
  return last && own.length > 0 ? { ...last, own } : undefined;
}

/** The words of the last plan. The time until which the child is safe counts while it is ahead. */
function planWords(source: Source): Words {
  const { plan, own = [] } = standingPlan(source) ?? {};
  if (!plan) return {};
  const { placement, until } = plan;
  const isAhead = until !== undefined && isAfter(until, source.frame.now);
  // A child who was seen elsewhere since is not moved back by a plan that is written anew.
  const isThere = placesOf(source.about.state).at(-1)?.stay.by === 'safety-plan-recorded';
  const standing = own.filter(({ field }) => isThere || !(field in placeIds));
  return {
    ...Object.fromEntries(standing.map(({ field, words }) => [field, words])),
    placement,
    ...(isAhead && { until: newYorkWall(until) }),
  };
}

const isPlanLost = (source: Source): boolean =>
  standingPlan(source)?.own.some(({ words }) => words === undefined) === true;

const replaced: Readonly<Partial<Record<CommandName, Replaced>>> = {
  // The note of a merged referral is shown with this one, and is none of its own.
  'note-safe-contact': ofVault(['safeContact'], ({ safeContact, safeContactHere = safeContact }) => ({
    safeContact: safeContactHere,
  })),
  'note-worker-safety': ofVault(['safetyWords'], ({ safetyWords }) => ({ safetyWords })),
  'write-recovery-plan': ofVault(['recoveryPlan'], ({ recoveryPlan = {} }) => ({ ...recoveryPlan })),
  'note-card': ofVault(['cardWords'], ({ cardWords = {} }) => ({ ...cardWords })),
  'correct-identity': ofVault(['childName', 'knownBy'], ({ childName, phone, priorIds }) => ({
    childName,
    phone,
    priorIds,
  })),
  'record-birth-date': ofVault(['birthDate'], ({ birthDate }) => ({ birthDate })),
  'correct-reporter': ofVault(['reporter'], ({ reporter = {} }) => ({
    reporterName: reporter.name,
    reporterPhone: reporter.phone,
    reporterEmail: reporter.email,
    reporterRelation: reporter.relation,
  })),
  'schedule-meeting': ofDirections('meeting'),
  'settle-interview': ofDirections('interview'),
  'record-safety-plan': { needs: {}, words: planWords, isLost: isPlanLost },
};

/** What is read of the vault to fill the form of this act. */
export const standingNeeds = (name: CommandName): Replaced['needs'] => replaced[name]?.needs ?? {};

/** The words that stand now, by the field that would replace them. Empty where none do, or this reader may not read them. */
export function standingWords(name: CommandName, source: Source): readonly (readonly [field: string, words: string])[] {
  const words = Object.entries(replaced[name]?.words(source) ?? {});
  return words.flatMap(([field, said]) => (said === undefined || said === '' ? [] : [[field, said] as const]));
}

/** Whether words that the act would replace were written and cannot be read. Its empty field tells nothing then. */
export const lacksStanding = (name: CommandName, source: Source): boolean => replaced[name]?.isLost(source) === true;

export const wordPresets = (...given: Parameters<typeof standingWords>): Presets =>
  Object.fromEntries(standingWords(...given).map(([field, words]) => [field, [words]]));
