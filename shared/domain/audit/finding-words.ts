/** The words of the watchdog's findings. They stand apart, so that a function without mail does not carry them. */
import type { Language } from '../core/vocabulary.ts';
import { type EntryFlaw, entryFlaws, flawWords } from '../directory/directory-entry.ts';
import { partnerWords } from '../words/code-words.ts';
import { type PartnerWords, partner } from '../words/words.ts';
import type { Finding, FindingKind } from './findings.ts';

const sentences: Readonly<Record<Exclude<FindingKind, EntryFlaw>, PartnerWords>> = {
  'chain-broken': partner(
    'its record, its entry in the directory, or a row of its lists is not as it was written. Treat it as an incident. Where the record is in doubt, people cannot change it until a supervisor has confirmed it',
    'su registro, su entrada en el directorio o una fila de sus listas no está como se escribió. Trátelo como un incidente. Si el registro está en duda, nadie puede cambiarlo hasta que un supervisor lo confirme',
  ),
  'run-keeps-failing': partner(
    'one of its runs ended again and again within a day, and starting it anew does not help',
    'una de sus ejecuciones terminó una y otra vez en un día, y empezarla de nuevo no ayuda',
  ),
  'consumer-stuck': partner(
    'work that its commits ask for stays undone after repeated tries: its mail or its runs stand still',
    'lo que piden sus registros no se hace, por más que se pida de nuevo: su correo o sus ejecuciones están parados',
  ),
  'role-vacant': partner(
    'no one holds this role, and the rules tell it of deadlines',
    'nadie desempeña esta función, y las reglas le avisan de plazos',
  ),
};

const isFlaw = (what: FindingKind): what is EntryFlaw => entryFlaws.some((flaw) => flaw === what);

/** One sentence that an administrator understands. */
export function findingWords({ what, about }: Finding, language: Language = 'en'): string {
  const sealed = language === 'es' ? 'Un caso reservado' : 'A sealed referral';
  const subject = what === 'role-vacant' ? partnerWords(about, language) : about === 'sealed' ? sealed : about;
  return `${subject}: ${(isFlaw(what) ? flawWords(what) : sentences[what])[language]}.`;
}
