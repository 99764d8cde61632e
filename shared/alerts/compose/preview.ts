/** Sample mails: a template filled with invented values. */

import type { AgreementReminder } from '../../domain/alerts/notices.ts';
import { findingWords } from '../../domain/audit/finding-words.ts';
import { isRefusal, type Refusal, refuser } from '../../domain/core/refusal.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import { languages } from '../../domain/core/vocabulary.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import { partnerWords } from '../../domain/words/code-words.ts';
import { dutyWords } from '../../domain/words/duty-words.ts';
import { linkTo, type Message, renderTemplate } from './compose.ts';
import { capital, type Facts, type Flag, fillAll, flags, type Template } from './mail-template.ts';
import { mailFrame, templates } from './templates.ts';
import {
  addresseeWords,
  agreementWords,
  byWords,
  onCallWords,
  shiftWords,
  spanWords,
  timeWords,
  whenWords,
} from './wording.ts';

const now = '2026-11-09T15:00:00.000Z';
const due = '2026-11-10T03:00:00.000Z';

const rule = { keptBy: ['police-notified-state'] } as const;

const agreement: AgreementReminder = {
  id: 'AG-1',
  kind: 'data-sharing',
  agencies: ['hospital'],
  reminder: { about: 'end', days: 90, on: '2027-02-07', toldIn: 2 },
};

const onCall = { by: 'shift', until: due, phone: '203-555-0107' } as const;

/** Conditions that a preview leaves out, because they exclude others. */
const rare: readonly Flag[] = ['overdue', 'several', 'nothingOwed', 'nothingToDo', 'answersSeat', 'answersLinkage'];

/** An invented value for every placeholder. Every condition holds but the rare ones. */
function sampleFacts(template: Template, language: Language): Facts {
  const words = dutyWords(rule);
  const when = whenWords(due, language, now);
  const draft = language === 'en' ? `DR-7F3KD-9QXMT2: begun ${when}` : `DR-7F3KD-9QXMT2: empezado el ${when}`;
  const ofReferral = JSON.stringify(template.en.subject).includes('{reference}');
  const values = {
    ...(ofReferral && { reference: 'CR-7F3KD-9QXMT2', oncall: onCallWords(onCall, language, now) }),
    otherReference: 'CR-3KT8P-BMNPNT',
    act: words.act[language],
    task: words.task[language],
    button: words.button[language],
    ended: capital(words.task[language]),
    by: byWords(due, language, now),
    when,
    stop: when,
    timeLeft: spanWords(Date.parse(due) - Date.parse(now)),
    others: '6',
    count: '3',
    more: '2',
    missed: '1',
    left: draft,
    expired: draft,
    team: 'Hartford',
    gaps: template.id.startsWith('shift')
      ? shiftWords({ role: 'area-oncall', scope: 'office-NEW-HAVEN', fault: 'empty', to: due }, language, now)
      : gapWords({ discipline: 'medical', gap: 'no-deputy' }, language),
    findings: findingWords({ what: 'run-keeps-failing', about: 'CR-7F3KD-9QXMT2' }, language),
    agreements: agreementWords(agreement, language, now),
    declined: partnerWords('law-enforcement', language),
    seat: partnerWords('medical', language),
    minutes: '60',
    place: partnerWords('virtual', language),
    why: addresseeWords('careline-supervisor', language),
    nextCall: timeWords(due, language),
  };
  const isOverdue = ['missed', 'escalation'].includes(template.id);
  const facts: Facts = {
    values: isOverdue ? { ...values, timeLeft: [], timeOver: '2 h' } : values,
    flags: flags.filter((flag) => (flag === 'overdue' ? isOverdue : !rare.includes(flag))),
  };
  const [line = ''] = fillAll([mailFrame[language].open], facts);
  return { ...facts, values: { ...facts.values, owed: line, lead: capital(`${values.act}`) } };
}

/** The mail of a template with the lines that it can have together. */
export const previewOf = (template: Template, language: Language): Pick<Message, 'subject' | 'text' | 'html'> =>
  renderTemplate(
    template,
    sampleFacts(template, language),
    language,
    linkTo('https://careline.example', 'CR-7F3KD-9QXMT2.A1'),
  );

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
      lines: templates.map(
        (template) => `${template.id.padEnd(width)}  version ${template.version}  ${previewOf(template, 'en').subject}`,
      ),
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
