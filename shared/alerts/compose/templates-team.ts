/** Templates about the team, its meetings, and providers. */
import { writeTemplate } from './template.ts';

export const teamTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'mdt-invited',
    version: 2,
    en: {
      subject: '{reference}: you are asked to join a team',
      lines: [
        'You are asked to take your seat on the multi-disciplinary team of this referral: accept or decline, sign the notice of confidentiality, and say whether you have a conflict of interest. Until then you see no more than this.',
        'Answer by {when}. Silence is not a yes.',
      ],
    },
    es: {
      subject: '{reference}: se le pide unirse a un equipo',
      lines: [
        'Se le pide tomar su puesto en el equipo multidisciplinario de este caso: acepte o rechace, firme el aviso de confidencialidad y diga si tiene un conflicto de interés. Hasta entonces no ve más que esto.',
        'Responda a más tardar el {when}. El silencio no es un sí.',
      ],
    },
  }),
  writeTemplate({
    id: 'seat-removed',
    version: 1,
    en: {
      subject: '{reference}: your seat on a team has ended',
      lines: ['The coordinator has ended your seat on the team of this referral. Nothing more is asked of you in it.'],
    },
    es: {
      subject: '{reference}: su puesto en un equipo terminó',
      lines: ['La coordinación terminó su puesto en el equipo de este caso. No se le pide nada más en él.'],
    },
  }),
  writeTemplate({
    id: 'seat-not-reached',
    version: 1,
    en: {
      subject: '{reference}: an invitation to the team did not arrive',
      lines: [
        'Nothing shows that the invitation reached this seat: {seat}. Call the member, and record on the page that you told them.',
      ],
    },
    es: {
      subject: '{reference}: una invitación al equipo no llegó',
      lines: [
        'Nada muestra que la invitación llegó a este puesto: {seat}. Llame a la persona y registre en la página que le avisó.',
      ],
    },
  }),
  writeTemplate({
    id: 'roster-gaps',
    version: 2,
    en: {
      subject: '{team}: seats need your attention',
      lines: [
        'The roster of this team has gaps. No referral may need the seat yet; when one does, it must not be empty.',
        '{gaps}',
        'Name a person, or have the directory corrected. You get one mail for each gap.',
      ],
    },
    es: {
      subject: '{team}: hay puestos que requieren su atención',
      lines: [
        'La lista de este equipo tiene vacíos. Quizá ningún caso necesite aún el puesto; cuando uno lo necesite, no debe estar vacío.',
        '{gaps}',
        'Nombre a alguien, o pida que se corrija el directorio. Se le avisa una vez de cada vacío.',
      ],
    },
  }),
  writeTemplate({
    id: 'mdt-invitation-sent',
    version: 1,
    en: {
      subject: '{reference}: a team is invited',
      lines: [
        'The seats of the team are asked to join. Call every required seat that mail does not reach, and record that you did.',
        '{asked}',
      ],
    },
    es: {
      subject: '{reference}: se invitó a un equipo',
      lines: [
        'Se pide a los puestos del equipo que se unan. Llame a cada puesto requerido al que no llegue el correo, y registre que lo hizo.',
        '{asked}',
      ],
    },
  }),
  writeTemplate({
    id: 'meeting-scheduled',
    version: 1,
    en: {
      subject: '{reference}: team meeting {when}',
      lines: ['The team meets {when}, for {minutes} minutes, {place}. The invitation for your calendar is attached.'],
    },
    es: {
      subject: '{reference}: reunión del equipo, {when}',
      lines: ['El equipo se reúne el {when}, por {minutes} minutos, {place}. Se adjunta la cita para su calendario.'],
    },
  }),
  writeTemplate({
    id: 'meeting-moved',
    version: 1,
    en: {
      subject: '{reference}: team meeting moved to {when}',
      lines: [
        'The meeting of the team was changed: it is now {when}, for {minutes} minutes, {place}. The attached invitation replaces the one in your calendar.',
      ],
    },
    es: {
      subject: '{reference}: la reunión pasa al {when}',
      lines: [
        'La reunión del equipo cambió: ahora es el {when}, por {minutes} minutos, {place}. La cita adjunta reemplaza la de su calendario.',
      ],
    },
  }),
  writeTemplate({
    id: 'meeting-cancelled',
    version: 1,
    en: {
      subject: '{reference}: team meeting cancelled',
      lines: ['The meeting of the team of {when} does not take place. The attachment removes it from your calendar.'],
    },
    es: {
      subject: '{reference}: reunión del equipo cancelada',
      lines: ['La reunión del equipo del {when} no tendrá lugar. El adjunto la quita de su calendario.'],
    },
  }),
  writeTemplate({
    id: 'meeting-left',
    version: 1,
    en: {
      subject: '{reference}: a team meeting is not yours any more',
      lines: [
        'You are not on the team of this referral any more, so its meeting of {when} is not yours. The attachment removes it from your calendar.',
      ],
    },
    es: {
      subject: '{reference}: una reunión ya no le corresponde',
      lines: [
        'Ya no está en el equipo de este caso, así que su reunión del {when} no le corresponde. El adjunto la quita de su calendario.',
      ],
    },
  }),
  writeTemplate({
    id: 'linkage-offered',
    version: 1,
    en: {
      subject: '{reference}: a referral is offered to you',
      lines: [
        'You are asked to take on a service for this referral: accept or decline, and record the first contact. The page says which service.',
      ],
    },
    es: {
      subject: '{reference}: se le ofrece un caso',
      lines: [
        'Se le pide prestar un servicio en este caso: acepte o rechace, y registre el primer contacto. La página dice cuál servicio.',
      ],
    },
  }),
];
