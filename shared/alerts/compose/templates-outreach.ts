/** Templates about a pause of outreach. They give its end and no detail, because partners read them. */
import { writeTemplate } from './template.ts';

export const outreachTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'outreach-paused',
    version: 1,
    en: {
      subject: '{reference}: do not contact the family yet',
      lines: [
        'The police asked for time. Wait with outreach, notices to parents and contact by partners.',
        'What danger, a missing child or the acute medical examination asks for does not wait. The deadlines run on.',
      ],
    },
    es: {
      subject: '{reference}: todavía no contacte a la familia',
      lines: [
        'La policía pidió tiempo. Espere antes de cualquier contacto, también de otras organizaciones, y de avisar a los padres.',
        'No espera lo que piden un peligro, un menor desaparecido o el examen médico agudo. Los plazos siguen corriendo.',
      ],
    },
  }),
  writeTemplate({
    id: 'outreach-resumed',
    version: 1,
    en: {
      subject: '{reference}: the pause of outreach is over',
      lines: ['The police no longer ask you to wait. First read on the page who may be contacted, and how.'],
    },
    es: {
      subject: '{reference}: terminó la pausa de los contactos',
      lines: ['La policía ya no pide que espere. Lea primero en la página a quién puede contactar, y cómo.'],
    },
  }),
];
