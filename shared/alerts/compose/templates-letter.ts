/** Templates of the text around several alerts in one mail. */
import { writeTemplate } from './template.ts';

export const letterTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'several',
    version: 1,
    en: {
      subject: '{first}; and {others} more',
      lines: ['This mail tells of {count} things, the most pressing first. Each has a page of its own.'],
    },
    es: {
      subject: '{first}; y {others} más',
      lines: ['Este mensaje trata de {count} asuntos, primero el más urgente. Cada uno tiene su propia página.'],
    },
  }),
  writeTemplate({
    id: 'digest',
    version: 2,
    en: {
      subject: 'Daily summary: {count} routine items, {missed} overdue',
      plainSubject: 'Daily summary: {count} routine items',
      lines: [
        'These {count} routine items came up since your last summary. Duties of law come first, then the earliest due.',
        'Urgent mail never waits for a summary.',
      ],
    },
    es: {
      subject: 'Resumen del día: {count} asuntos de rutina, {missed} con el plazo vencido',
      plainSubject: 'Resumen del día: {count} asuntos de rutina',
      lines: [
        'Estos {count} asuntos de rutina surgieron desde su último resumen. Primero los deberes legales, luego los que vencen antes.',
        'El correo urgente nunca espera al resumen.',
      ],
    },
  }),
];
