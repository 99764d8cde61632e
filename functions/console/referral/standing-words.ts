/** The words that an act takes the place of, from the vault. Its form is filled with them, and a refused form shows them. */
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Presets } from '../forms/command-fields.ts';
import type { Reading } from './reading.tsx';

type Words = Readonly<Record<string, string | undefined>>;

/** By command, the words that stand in the place of each of its fields. */
const wordsOf: Readonly<Partial<Record<CommandName, (identities: IdentityView) => Words>>> = {
  'note-safe-contact': ({ safeContact }) => ({ safeContact }),
  'note-worker-safety': ({ safetyWords }) => ({ safetyWords }),
  'write-recovery-plan': ({ recoveryPlan = {} }) => ({ ...recoveryPlan }),
  'note-card': ({ cardWords = {} }) => ({ ...cardWords }),
};

/** Whether the form of this act is filled from the vault, so that the read is recorded first. */
export const replacesWords = (name: CommandName): boolean => wordsOf[name] !== undefined;

/** The words that stand now, by the field that would replace them. Empty where none do, or this reader may not read them. */
export function standingWords(
  name: CommandName,
  { identities, about }: Pick<Reading, 'identities' | 'about'>,
): readonly (readonly [field: string, words: string])[] {
  // The note of a merged referral is shown with this one, and is none of its own.
  if (!identities || (name === 'note-safe-contact' && about.others.length > 0)) return [];
  const words = Object.entries(wordsOf[name]?.(identities) ?? {});
  return words.flatMap(([field, said]) => (said === undefined ? [] : [[field, said] as const]));
}

export const wordPresets = (...given: Parameters<typeof standingWords>): Presets =>
  Object.fromEntries(standingWords(...given).map(([field, words]) => [field, [words]]));
