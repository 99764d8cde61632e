/** What the child's printed card says, in Spanish: the child's own paper, and what a family may read. */
import type { callLanguages, interviewers } from '../core/vocabulary.ts';

/** The answers of the card that are printed in words. */
type Code = Exclude<(typeof callLanguages)[number] | (typeof interviewers)[number], 'unknown' | 'no-preference'>;

/** Each line of the card by its English. */
export const linesInSpanish = {
  'My card': 'Mi tarjeta',
  'Ask me first, before you do anything.': 'Pregúnteme primero, antes de hacer nada.',
  'My language': 'Mi idioma',
  'Interview and exam by': 'Entrevista y examen a cargo de',
  'When and how to reach me': 'Cuándo y cómo comunicarse conmigo',
  'Who should be with me': 'Quién debe estar conmigo',
  'Who must not know': 'Quién no debe saberlo',
  'I am getting help after sex trafficking.': 'Estoy recibiendo ayuda después de la trata sexual.',
  'In danger: call 911. To talk or text at any hour: 988.':
    'En peligro: llame al 911. Para hablar o enviar un mensaje de texto a cualquier hora: 988.',
} as const;
export type CardLine = keyof typeof linesInSpanish;

export const answersInSpanish: Readonly<Record<Code, string>> = {
  english: 'Inglés',
  spanish: 'Español',
  portuguese: 'Portugués',
  'haitian-creole': 'Criollo haitiano',
  polish: 'Polaco',
  mandarin: 'Mandarín',
  arabic: 'Árabe',
  'sign-language': 'Lengua de señas americana',
  other: 'Otro',
  'a-woman': 'Una mujer',
  'a-man': 'Un hombre',
};
