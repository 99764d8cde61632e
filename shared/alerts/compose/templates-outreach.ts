/** Templates about a pause of outreach. They give its end and no detail, because partners read them. */
import { writeTemplate } from './mail-template.ts';

export const outreachTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'outreach-paused',
    version: 2,
    en: {
      subject: ['Do not contact the family yet – {reference}'],
      lines: [
        'Police asked for time. Wait with outreach, notices to parents and contact by partners.',
        'Do not wait in danger, for a missing child or for the acute medical exam.',
        'Deadlines keep running.',
      ],
      button: ['See what must wait'],
    },
    es: {
      subject: ['No contacte aún a la familia – {reference}'],
      lines: [
        'La policía pidió tiempo. Espere antes de contactos, avisos a los padres y contactos de otras organizaciones.',
        'No espere si hay peligro, un menor desaparecido o un examen médico agudo.',
        'Los plazos siguen corriendo.',
      ],
      button: ['Ver qué debe esperar'],
    },
  }),
  writeTemplate({
    id: 'outreach-resumed',
    version: 2,
    en: {
      subject: ['Read who you may contact now – {reference}'],
      lines: ['Police no longer ask you to wait. First read who you may contact, and how.'],
      button: ['See who you may contact'],
    },
    es: {
      subject: ['Lea a quién puede contactar ya – {reference}'],
      lines: ['La policía ya no pide que espere. Lea primero a quién puede contactar, y cómo.'],
      button: ['Ver a quién puede contactar'],
    },
  }),
];
