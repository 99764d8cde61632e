/** Templates about hearings. They name neither the kind of hearing nor the court. */
import { writeTemplate } from './mail-template.ts';

export const hearingTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'hearing-set',
    version: 1,
    en: {
      subject: ['Note the court hearing {by} – {reference}'],
      heading: ['Note the court hearing on {when}'],
      lines: ['It is set for {minutes} minutes.', 'The calendar entry is attached. The page says what to prepare.'],
      button: ['See the hearing'],
    },
    es: {
      subject: ['Anote la audiencia: {by} – {reference}'],
      heading: ['Anote la audiencia del {when}'],
      lines: ['Está fijada para {minutes} minutos.', 'Se adjunta la cita. La página dice qué preparar.'],
      button: ['Ver la audiencia'],
    },
  }),
  writeTemplate({
    id: 'hearing-moved',
    version: 1,
    en: {
      subject: ['Court hearing moved to {by} – {reference}'],
      heading: ['The court hearing moved to {when}'],
      lines: ['It is set for {minutes} minutes.', 'The attached entry replaces the one in your calendar.'],
      button: ['See the hearing'],
    },
    es: {
      subject: ['La audiencia pasa al {by} – {reference}'],
      heading: ['La audiencia pasa al {when}'],
      lines: ['Está fijada para {minutes} minutos.', 'La cita adjunta reemplaza la de su calendario.'],
      button: ['Ver la audiencia'],
    },
  }),
  writeTemplate({
    id: 'hearing-cancelled',
    version: 1,
    en: {
      subject: ['Court hearing {by} is cancelled – {reference}'],
      heading: ['The court hearing on {when} is cancelled'],
      lines: ['The attachment removes it from your calendar.'],
      button: ['See the hearings'],
    },
    es: {
      subject: ['Audiencia cancelada: {by} – {reference}'],
      heading: ['Se canceló la audiencia del {when}'],
      lines: ['El adjunto la quita de su calendario.'],
      button: ['Ver las audiencias'],
    },
  }),
  writeTemplate({
    id: 'hearing-left',
    version: 1,
    en: {
      subject: ['The hearing {by} is not yours – {reference}'],
      heading: ['The court hearing on {when} is no longer yours'],
      lines: ['You no longer prepare it.', 'The attachment removes it from your calendar.'],
      button: ['Check your tasks'],
    },
    es: {
      subject: ['La audiencia ya no es suya: {by} – {reference}'],
      heading: ['La audiencia del {when} ya no es suya'],
      lines: ['Usted ya no la prepara.', 'El adjunto la quita de su calendario.'],
      button: ['Revisar sus tareas'],
    },
  }),
  writeTemplate({
    id: 'hearing-ahead',
    version: 1,
    en: {
      subject: ['Prepare for the court hearing {by} – {reference}'],
      heading: ['Prepare for the court hearing on {when}'],
      lines: ['The page says what to prepare.'],
      button: ['See what to prepare'],
    },
    es: {
      subject: ['Prepare la audiencia: {by} – {reference}'],
      heading: ['Prepare la audiencia del {when}'],
      lines: ['La página dice qué preparar.'],
      button: ['Ver qué preparar'],
    },
  }),
];
