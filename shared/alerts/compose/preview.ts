/** Sample mails: a template filled with invented values. */

import { findingWords } from '../../domain/audit/finding-words.ts';
import { isRefusal, type Refusal, refuser } from '../../domain/core/refusal.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import { languages } from '../../domain/core/vocabulary.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import { partnerWords } from '../../domain/words/code-words.ts';
import { linkTo, type Message, renderTemplate } from './compose.ts';
import { type Facts, fillFirst, flags, type Template } from './template.ts';
import { mailFrame, templates } from './templates.ts';
import { addresseeWords, obligationWords, onCallWords, timeWords, whenWords } from './wording.ts';

const due = '2026-11-10T03:00:00.000Z';

const rule = { obligation: 'Notify law enforcement', obligationInSpanish: 'Avisar a la policía' };

const onCall = { by: 'shift', until: due, phone: '203-555-0107' } as const;

/** An invented value for every placeholder. Every condition holds. */
function sampleFacts(language: Language): Facts {
  const values = {
    reference: 'CR-7F3KD-9QXMT2',
    otherReference: 'CR-3KT8P-BMNPNT',
    obligation: obligationWords(rule, language),
    ended: `${obligationWords(rule, language)} (D3)`,
    rule: 'D3',
    when: whenWords(due, language),
    stop: whenWords(due, language),
    touched: whenWords(due, language),
    others: 'D1, D6, D8',
    count: '3',
    first: 'CR-7F3KD-9QXMT2: for you: D3 due Tue Nov 10, 2026, 3:00 AM EST',
    owed: 'D1, D3',
    team: 'MDT-HARTFORD',
    gaps: gapWords({ discipline: 'medical', gap: 'no-deputy' }, language),
    findings: findingWords({ what: 'run-keeps-failing', about: 'CR-7F3KD-9QXMT2' }, language),
    declined: partnerWords('law-enforcement', language),
    seat: partnerWords('medical', language),
    minutes: '60',
    place: partnerWords('virtual', language),
    why: addresseeWords('careline-supervisor for hart-lead', language),
    link: linkTo('https://careline.example', 'CR-7F3KD-9QXMT2.A1'),
    oncall: onCallWords(onCall, language),
    nextCall: timeWords(due, language),
    urgentCall: onCallWords(onCall, language),
    noContactBefore: whenWords(due, language),
  } as const;
  const facts = { values, flags: flags.filter((flag) => flag !== 'urgentWithoutNumber') };
  const say = (text: string) => fillFirst([text], facts);
  const { open, due: dueWords } = mailFrame[language];
  return { ...facts, values: { ...values, asked: say(open), due: say(dueWords) } };
}

/** The mail of a template with every line that it can have. */
export const previewOf = (template: Template, language: Language): Pick<Message, 'subject' | 'text' | 'html'> =>
  renderTemplate(template, sampleFacts(language), language);

interface Preview {
  /** The first part of the files' names: `reminder.en`. */
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const usage =
  'Use "npm run mail -- list", or "npm run mail -- preview ID" with "--lang es" for Spanish and "--out FOLDER" for another place.';

/** What the command line of sample mails refuses. */
const refuse = refuser({
  'usage/whole': usage,
  'usage/template': `Name the template to preview. ${usage}`,
  'no-such-template': 'There is no template "{id}": see "npm run mail -- list".',
  'no-such-language': 'Give one of {languages} after --lang.',
});

export interface Asked {
  readonly lines?: readonly string[];
  readonly preview?: Preview;
  readonly folder?: string;
}

/** The answer to these arguments: lines to print, or a mail to write into a folder. A refusal is one sentence. */
export function askedForMail(args: readonly string[]): Asked | Refusal {
  const [what, id, ...options] = args;
  if (what === 'list' && id === undefined) {
    const width = Math.max(...templates.map((template) => template.id.length));
    return {
      lines: templates.map(({ id: name, version, en }) => `${name.padEnd(width)}  version ${version}  ${en.subject}`),
    };
  }
  if (what !== 'preview') return refuse('usage/whole');
  if (id === undefined || id.startsWith('--')) return refuse('usage/template');
  const template = templates.filter((each) => each.id === id).at(-1);
  if (!template) return refuse('no-such-template', { id });
  const given = readOptions(options);
  if (isRefusal(given)) return given;
  const { language, folder } = given;
  return { folder, preview: { name: `${id}.${language}`, ...previewOf(template, language) } };
}

function readOptions(options: readonly string[]): { readonly language: Language; readonly folder: string } | Refusal {
  let language: Language = 'en';
  let folder = 'mail-preview';
  for (let at = 0; at < options.length; at += 2) {
    const [name, value] = [options[at], options[at + 1]];
    const chosen = languages.find((each) => each === value);
    if (name === '--lang') {
      if (!chosen) return refuse('no-such-language', { languages: languages.join(', ') });
      language = chosen;
    } else if (name === '--out' && value !== undefined) folder = value;
    else return refuse('usage/whole');
  }
  return { language, folder };
}
