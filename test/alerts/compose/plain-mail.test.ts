/** Every mail is measured as its reader meets it: at a glance, on a lock screen, in English or Spanish. */
import { describe, expect, test } from 'vitest';
import { previewOf } from '../../../shared/alerts/compose/preview.ts';
import { templates } from '../../../shared/alerts/compose/templates.ts';
import { type Language, languages, services } from '../../../shared/domain/core/vocabulary.ts';
import { partnerWords, words } from '../../../shared/domain/words/code-words.ts';
import { dutyWords } from '../../../shared/domain/words/duty-words.ts';
import { longSentences, riddleWords } from '../../support/plain-language.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';
import {
  agreementMails,
  draftMails,
  everyMail,
  findingMails,
  gapMails,
  letterMails,
  shiftMails,
} from './every-mail.ts';

const sent = [
  ...everyMail(),
  ...letterMails(),
  ...gapMails(),
  ...draftMails(),
  ...findingMails(),
  ...shiftMails(),
  ...agreementMails(),
].map(({ name, message }) => ({ name, language: message.template.language, ...message }));
const previews = templates.flatMap((template) =>
  languages.map((language) => ({
    name: `preview of ${template.id} in ${language}`,
    language,
    ...previewOf(template, language),
  })),
);
const mails = [...sent, ...previews].map((mail) => [mail.name, mail] as const);

const instant =
  /\w{3}, \w{3} \d+, \d+:\d\d [AP]M|(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo) \d+ de [a-z]+, \d+:\d\d [ap]\. m\./g;

/** The lines of a mail without addresses, each a block of its own. An instant is read as one word. */
const blocksOf = (text: string): string =>
  text
    .replaceAll(instant, 'Time')
    .replaceAll(/: https?:\S+/g, '')
    .split('\n')
    .join('\n\n');

/** Spanish words that leave the reader to guess who acts. */
const spanishRiddles = /\b(?:quienquiera|cualquiera que|aquel que|lo cual|el cual)\b/i;

const verbs: Readonly<Record<Language, RegExp>> = {
  en: /^(?:Accept|Answer|Approve|Assign|Check|Choose|Close|Compare|Confirm|Enter|Fill|Fix|Follow up|Give|I'm handling|Invite|Join|Read|Record|Refer|Review|Schedule|See|Send|Set|Sign)\b/,
  es: /^(?:[A-ZÉ]\p{L}*(?:ar|er|ir)|Dar|Ver|Yo me encargo)(?= |$)/u,
};

describe.each(mails)('the mail %s', (name, { subject, text, html, language }) => {
  test('has a subject of at most 60 characters with what to do first and the reference last', () => {
    expect(subject.length, subject).toBeLessThanOrEqual(60);
    expect(subject).not.toMatch(/^(?:CR|DR|RP)-/);
    if (subject.includes('CR-')) expect(subject).toMatch(/ – CR-[0-9A-Z]{5}-[0-9A-Z]{6}$/);
    // The act is a phrase before the time. A phone shows it whole.
    const [act = ''] = subject.split(/ by | \(| – | antes del |, \d|:? \+\d/);
    expect(act.length, subject).toBeLessThanOrEqual(42);
  });

  test('has one button, whose words say what it does', () => {
    const buttons = [...html.matchAll(/<td class="button"[^>]*><a [^>]*>([^<]*)<\/a>/g)].map(([, words = '']) => words);
    expect(buttons).toHaveLength(1);
    expect(buttons[0]?.replaceAll('&#39;', "'")).toMatch(verbs[language]);
    expect(buttons[0]).not.toMatch(/\b(?:Open|Show|Abrir|Mostrar|page|página)\b/);
  });

  test('names no service of health on a lock screen, and an offer names none at all', () => {
    expect(subject).not.toMatch(/mental|substance|psych|drug|sustancia|psic|droga/i);
    if (!name.includes('linkage-offered')) return;
    const named = services.flatMap((service) => [
      words(service).toLowerCase(),
      partnerWords(service, 'es').toLowerCase(),
    ]);
    expect(named.filter((each) => text.toLowerCase().includes(each))).toEqual([]);
  });

  test('has no sentence over twenty words, and no word that leaves the reader to guess', () => {
    expect(longSentences(blocksOf(text), 20)).toEqual([]);
    expect(riddleWords(blocksOf(text))).toEqual([]);
    expect(text).not.toMatch(/\.\.|\s[.,;:]/);
    expect(text).not.toMatch(spanishRiddles);
  });

  test('has no code of a rule and no value of a list in its sentences', () => {
    const words = text.replaceAll(/https?:\S+/g, '').replaceAll(/\b(?:CR|DR)-[0-9A-Z]{5}-[0-9A-Z]{6}\b/g, '');
    expect(words).not.toMatch(/\bD\d+[a-z]?\b|\b[A-Z]+-[A-Z]+\b|\b(?:mdt|hart|careline)-[a-z]+|\{|\}|undefined|null/);
  });

  test('says first why the reader gets it, and fits a plain screen: heading, language, no wide element', () => {
    expect(text).toMatch(/^(?:You get this because you|Recibe este correo porque usted) /);
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    expect(html).toContain('width:100%;max-width:600px');
  });
});

describe.each(connecticutPolicy.deadlines.map((rule) => [rule.id, rule] as const))('the words of %s', (_, rule) => {
  test('are there in English and Spanish, with an act that names no child and fits the subject of a call', () => {
    const { act, task, button } = dutyWords(rule);
    for (const language of languages) {
      expect(act[language].length).toBeLessThanOrEqual(27);
      expect(act[language]).not.toMatch(/child|minor|menor|niñ|victim|víctima|traffic|trata|sex|abus/i);
      expect(act[language]).toMatch(/^\p{Ll}/u);
      expect(task[language]).toMatch(/^\p{Ll}/u);
      expect(button[language]).toMatch(verbs[language]);
      expect(task[language].split(' ').length).toBeLessThanOrEqual(13);
    }
    expect(act.es).not.toBe(act.en);
    expect(task.es).not.toBe(task.en);
    expect(button.es).not.toBe(button.en);
  });
});
