/** Templates of the text around several alerts in one mail. */
import { writeTemplate } from './mail-template.ts';

export const letterTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'several',
    version: 2,
    en: {
      subject: ['{lead}, {more} more – {reference}', '{lead} +{more} – {reference}', '{lead} – {reference}'],
      heading: ['More for you, the most urgent first'],
      lines: [],
      button: ['{button}'],
    },
    es: {
      subject: ['{lead}, {more} más – {reference}', '{lead} +{more} – {reference}', '{lead} – {reference}'],
      heading: ['Hay más para usted, primero lo más urgente'],
      lines: [],
      button: ['{button}'],
    },
  }),
  writeTemplate({
    id: 'digest',
    version: 4,
    en: {
      subject: [
        'Daily summary: {count} items, {missed} overdue',
        'Daily summary: {count} items',
        'Daily summary: 1 item, {missed} overdue',
        'Daily summary: 1 item',
      ],
      lines: [],
      button: ['See all your tasks'],
    },
    es: {
      subject: [
        'Resumen del día: {count} asuntos, {missed} vencidos',
        'Resumen del día: {count} asuntos',
        'Resumen del día: 1 asunto, {missed} vencido',
        'Resumen del día: 1 asunto',
      ],
      lines: [],
      button: ['Ver todas sus tareas'],
    },
  }),
];
