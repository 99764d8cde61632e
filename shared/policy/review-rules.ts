/**
 * Rules of the case review, as data. They say when its agenda is frozen, what seats are asked, and how tasks run. They
 * stand beside the versions of the policy, because the team names the day of such a task. All are this project's. DCF
 * Legal has yet to confirm them.
 */
import type { Discipline, Language } from '../domain/core/vocabulary.ts';
import { calendarDays } from './durations.ts';

const assumed = { confidence: 'assumed', awaitsLegalSignOff: true } as const;

export const agendaRule = {
  /** Practice of case reviews, as a page about them says. Not seen in a rule of Connecticut. */
  frozenDaysBefore: 5,
  /** What is due up to so many days after the meeting stands on its agenda. */
  looksDaysAhead: 30,
  source: 'This project; agendas five days ahead are practice of case reviews',
  ...assumed,
} as const;

/** What a seat is asked to bring. None asks for what a child told a person in confidence. */
export const prompts: Readonly<Record<Discipline, Readonly<Record<Language, readonly string[]>>>> = {
  'states-attorney': {
    en: ['What is the state of charges against the trafficker?', 'Which evidence is still missing?'],
    es: ['¿Cómo van los cargos contra el tratante?', '¿Qué pruebas faltan todavía?'],
  },
  dcf: {
    en: ['Is the safety plan still right?', 'Where does the child live, and for how long?', 'Which visit comes next?'],
    es: [
      '¿Sigue siendo adecuado el plan de seguridad?',
      '¿Dónde vive el menor, y por cuánto tiempo?',
      '¿Cuál es la próxima visita?',
    ],
  },
  'law-enforcement': {
    en: ['What is new in the investigation?', 'Must any contact still wait for police?'],
    es: ['¿Qué hay de nuevo en la investigación?', '¿Debe algún contacto esperar todavía a la policía?'],
  },
  medical: {
    en: ['Is any exam or follow-up still open?', 'Which care does the child need next?'],
    es: ['¿Queda algún examen o control pendiente?', '¿Qué atención necesita ahora el menor?'],
  },
  'mental-health': {
    en: ['Has care begun, and does it go on?', 'What helps the child to keep coming? Say nothing told in confidence.'],
    es: ['¿Empezó la atención, y continúa?', '¿Qué ayuda al menor a seguir viniendo? No diga nada dicho en confianza.'],
  },
  'forensic-interviewer': {
    en: ['Was the one interview held, or is it booked?', 'Is there a reason for a second one?'],
    es: ['¿Se hizo la única entrevista, o tiene fecha?', '¿Hay una razón para otra?'],
  },
  'victim-advocate': {
    en: ['What does the child want from this team?', 'What should we stop doing? Say nothing told in confidence.'],
    es: ['¿Qué quiere el menor de este equipo?', '¿Qué debemos dejar de hacer? No diga nada dicho en confianza.'],
  },
  'youth-service-bureau': {
    en: ['Which programs near home are open to the child?'],
    es: ['¿Qué programas cerca de casa puede usar el menor?'],
  },
  'hart-liaison': {
    en: ['Which service is late, and why?', 'Is the screening outcome still right?'],
    es: ['¿Qué servicio va tarde, y por qué?', '¿Sigue siendo correcto el resultado de la evaluación?'],
  },
  'team-lead': {
    en: ['What is overdue, and who can help?'],
    es: ['¿Qué está vencido, y quién puede ayudar?'],
  },
  love146: {
    en: ['Is long-term support offered, and accepted?'],
    es: ['¿Se ofreció apoyo a largo plazo, y se aceptó?'],
  },
  'assistant-attorney-general': {
    en: ['Which dates in court come next?'],
    es: ['¿Cuáles son las próximas fechas en el tribunal?'],
  },
  'juvenile-probation': {
    en: ['Does the child face charges, and can they be diverted?'],
    es: ['¿Enfrenta cargos el menor, y pueden desviarse?'],
  },
  school: {
    en: ['Is the child in school, and safe there?'],
    es: ['¿Va el menor a la escuela, y está a salvo allí?'],
  },
  'childs-attorney': {
    en: ['What does the child ask the team to decide?'],
    es: ['¿Qué pide el menor que el equipo decida?'],
  },
  'federal-law-enforcement': {
    en: ['Is there a federal case, and does it change our plan?'],
    es: ['¿Hay un caso federal, y cambia nuestro plan?'],
  },
  'survivor-mentor': {
    en: ['What would help the child now, from your own knowledge?'],
    es: ['¿Qué ayudaría ahora al menor, por lo que usted conoce?'],
  },
  'substance-use-provider': {
    en: ['Does care go on? Say nothing that the consent does not cover.'],
    es: ['¿Continúa la atención? No diga nada que el consentimiento no cubra.'],
  },
};

/** The order gives each seat its rule for good: new seats come last. */
const owners = Object.keys(prompts) as readonly Discipline[];

const ruleAt = (index: number) => `D46${String.fromCodePoint(97 + index)}`;

/**
 * The clock of a task that the team agreed on: one row for each seat that may own it. It is due on the day that the team
 * names, or after this time where it names none.
 */
export const taskClocks = owners.map(
  (owner, index) =>
    ({
      id: ruleAt(index),
      obligation: 'Do what the team agreed on',
      obligationInSpanish: 'Hacer lo que el equipo acordó',
      kind: 'policy',
      source: 'This project',
      ...assumed,
      clockStart: 'the agreement of the team',
      duration: calendarDays(14),
      keptBy: ['agreed-task-done'],
      closing: 'waits',
      alert: [`seat:${owner}`],
      escalate: ['mdt-coordinator', 'mdt-chair'],
      escalateFrom: 'due',
      alarm: { class: 'routine', source: 'This project', confidence: 'assumed' },
      extension: {
        by: ['mdt-coordinator', 'mdt-chair'],
        atMost: calendarDays(60),
        source: 'This project',
        confidence: 'assumed',
      },
    }) as const,
);

/** The rule of the clock of a task of this seat. */
export const taskRuleOf = (owner: Discipline): string => ruleAt(owners.indexOf(owner));

export const isTaskClock = (ruleId: string): boolean => taskClocks.some(({ id }) => id === ruleId);
