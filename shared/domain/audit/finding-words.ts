/** The words of the watchdog's findings. They stand apart, so that a function without mail does not carry them. */
import type { Language } from '../core/vocabulary.ts';
import { type EntryFlaw, entryFlaws, flawWords } from '../directory/directory-entry.ts';
import { partnerWords } from '../words/code-words.ts';
import { type PartnerWords, partner } from '../words/words.ts';
import type { Finding, FindingKind } from './findings.ts';

const sentences: Readonly<Record<Exclude<FindingKind, EntryFlaw>, PartnerWords>> = {
  'chain-broken': partner(
    'a stored record, directory entry or list row was changed or is damaged. Treat this as an incident. No one can change a record in doubt until a supervisor confirms it',
    'un registro, una entrada del directorio o una fila de lista cambió o está dañado. Trátelo como un incidente. Nadie puede cambiar un registro en duda hasta que un supervisor lo confirme',
  ),
  'run-keeps-failing': partner(
    'one of its workflow runs failed several times in a day. A restart does not help',
    'una de sus ejecuciones falló varias veces en un día. Reiniciarla no ayuda',
  ),
  'consumer-stuck': partner(
    'its mail or its workflow runs have stopped. Repeated tries did not help',
    'su correo o sus ejecuciones se detuvieron. Varios intentos no ayudaron',
  ),
  'role-vacant': partner(
    'no one holds this role, and deadlines are sent to it',
    'nadie desempeña esta función, y recibe plazos',
  ),
};

/** Of an entry that the operator's command writes, or of all entries. */
const entryWords = partner(
  'an entry of the directory is gone, changed, or an older one. Treat this as an incident. Ask an operator to run npm run people -- list, and to enter it again',
  'una entrada del directorio falta, cambió o es una anterior. Trátelo como un incidente. Pida a un operador que ejecute npm run people -- list y la registre otra vez',
);
const isOfEntry = ({ what, about }: Finding) =>
  what === 'chain-broken' && /^(directory|person|duty|team|agency)(\.|$)/.test(about);

const isFlaw = (what: FindingKind): what is EntryFlaw => entryFlaws.some((flaw) => flaw === what);

/** One sentence that an administrator understands. */
export function findingWords(finding: Finding, language: Language = 'en'): string {
  const { what, about } = finding;
  const sealed = language === 'es' ? 'Un caso restringido' : 'A restricted referral';
  const subject = what === 'role-vacant' ? partnerWords(about, language) : about === 'sealed' ? sealed : about;
  const says = isOfEntry(finding) ? entryWords : isFlaw(what) ? flawWords(what) : sentences[what];
  return `${subject}: ${says[language]}.`;
}
