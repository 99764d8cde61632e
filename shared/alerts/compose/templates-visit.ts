/** Templates about exams and interviews. They name neither the service nor the place. */
import { writeTemplate } from './mail-template.ts';

export const visitTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'visit-set',
    version: 1,
    en: {
      subject: ['Note the appointment {by} – {reference}'],
      heading: ['Note the appointment on {when}'],
      lines: ['It takes {minutes} minutes.', 'The calendar entry is attached. The page says where, and who comes.'],
      button: ['See the appointment'],
    },
    es: {
      subject: ['Anote la cita: {by} – {reference}'],
      heading: ['Anote la cita del {when}'],
      lines: ['Dura {minutes} minutos.', 'Se adjunta para su calendario. La página dice dónde, y quién viene.'],
      button: ['Ver la cita'],
    },
  }),
  writeTemplate({
    id: 'visit-moved',
    version: 1,
    en: {
      subject: ['Appointment moved to {by} – {reference}'],
      heading: ['The appointment moved to {when}'],
      lines: ['It takes {minutes} minutes.', 'The attached entry replaces the one in your calendar.'],
      button: ['See the appointment'],
    },
    es: {
      subject: ['La cita pasa al {by} – {reference}'],
      heading: ['La cita pasa al {when}'],
      lines: ['Dura {minutes} minutos.', 'Lo adjunto reemplaza lo que está en su calendario.'],
      button: ['Ver la cita'],
    },
  }),
  writeTemplate({
    id: 'visit-cancelled',
    version: 1,
    en: {
      subject: ['Appointment {by} is cancelled – {reference}'],
      heading: ['The appointment on {when} is cancelled'],
      lines: ['The attachment removes it from your calendar.'],
      button: ['See the appointments'],
    },
    es: {
      subject: ['Cita cancelada: {by} – {reference}'],
      heading: ['Se canceló la cita del {when}'],
      lines: ['El adjunto la quita de su calendario.'],
      button: ['Ver las citas'],
    },
  }),
  writeTemplate({
    id: 'visit-left',
    version: 1,
    en: {
      subject: ['The appointment {by} is not yours – {reference}'],
      heading: ['The appointment on {when} is no longer yours'],
      lines: ['You no longer take part.', 'The attachment removes it from your calendar.'],
      button: ['Check your tasks'],
    },
    es: {
      subject: ['La cita ya no es suya: {by} – {reference}'],
      heading: ['La cita del {when} ya no es suya'],
      lines: ['Usted ya no participa.', 'El adjunto la quita de su calendario.'],
      button: ['Revisar sus tareas'],
    },
  }),
];
