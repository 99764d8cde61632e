/** The words of the gaps in a roster. They stand apart, so that a function without mail does not carry them. */
import type { Language } from '../core/vocabulary.ts';
import { partnerWords } from '../words/code-words.ts';
import { type PartnerWords, partner } from '../words/words.ts';
import type { Gap, GapKind } from './roster-gaps.ts';

const sentences: Readonly<Record<GapKind, PartnerWords>> = {
  'no-holder': partner('no one holds it', 'no lo ocupa nadie'),
  'no-deputy': partner('it has no deputy', 'no tiene suplente'),
  'unknown-person': partner(
    'a person named for it is not in the directory, or their access has ended',
    'se nombró a alguien que el directorio no tiene, o cuyo acceso terminó',
  ),
  'no-email': partner('its holder or deputy has no e-mail address', 'quien lo ocupa o su suplente no tiene correo'),
  'no-telephone': partner(
    'its holder or deputy has no telephone number',
    'quien lo ocupa o su suplente no tiene teléfono',
  ),
  'unknown-language': partner(
    'its holder or deputy gets mail in English: we do not write in the language of the directory',
    'quien lo ocupa o su suplente recibe correo en inglés: no escribimos en el idioma del directorio',
  ),
  'mail-fails': partner(
    'mail to its holder or deputy comes back',
    'el correo a quien lo ocupa o a su suplente es devuelto',
  ),
  away: partner('its holder is away, and no deputy is there', 'quien lo ocupa no está, y no hay suplente'),
};

/** One sentence that a coordinator understands. */
export function gapWords({ discipline, gap: kind }: Gap, language: Language = 'en'): string {
  const seat = partnerWords(discipline, language);
  return language === 'es'
    ? `El puesto de ${seat}: ${sentences[kind].es}.`
    : `The ${seat} seat: ${sentences[kind].en}.`;
}
