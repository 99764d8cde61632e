/** Sample mails: a template filled with invented values. */

import type { AgreementReminder } from '../../domain/alerts/notices.ts';
import { findingWords } from '../../domain/audit/finding-words.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import { partnerWords } from '../../domain/words/code-words.ts';
import { dutyWords } from '../../domain/words/duty-words.ts';
import { linkTo, type Message, renderTemplate } from './compose.ts';
import { capital, type Facts, type Flag, fillAll, flags, type Template } from './mail-template.ts';
import { mailFrame } from './templates.ts';
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
