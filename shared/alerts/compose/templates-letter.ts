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
    version: 1,
    en: {
      subject: 'Daily summary: {count} things for you to know',
      lines: [
        'This is what came up since the last summary and could wait for it: {count} things. What is urgent is never held back for a summary.',
      ],
    },
    es: {
      subject: 'Resumen del día: {count} asuntos para su información',
      lines: [
        'Esto es lo que surgió desde el último resumen y podía esperar: {count} asuntos. Lo urgente nunca se retiene para un resumen.',
      ],
    },
  }),
];
