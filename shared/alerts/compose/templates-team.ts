/** Templates about the team, its meetings, and providers. */
import { writeTemplate } from './mail-template.ts';

export const teamTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'mdt-invited',
    version: 4,
    en: {
      subject: [
        { when: 'again', say: 'Reminder: your seat, by {by} – {reference}' },
        { when: 'again', say: 'Reminder: your seat – {reference}' },
        'Accept or decline your seat by {by} – {reference}',
        'Accept or decline your seat – {reference}',
      ],
      heading: ['Accept or decline your team seat by {when}', 'Accept or decline your team seat'],
      lines: [
        { when: 'again', say: 'We have not received your answer yet.' },
        'We ask you to join the multi-disciplinary team (MDT) of this referral.',
        'To accept, sign the confidentiality notice. Also say if you have a conflict of interest.',
        'If you do not answer, we also ask the other holder of the seat.',
      ],
      button: ['Accept or decline the seat'],
    },
    es: {
      subject: [
        { when: 'again', say: 'Recordatorio: puesto antes del {by} – {reference}' },
        { when: 'again', say: 'Recordatorio: su puesto – {reference}' },
        'Acepte o no su puesto antes del {by} – {reference}',
        'Acepte o rechace su puesto – {reference}',
      ],
      heading: ['Acepte o rechace su puesto en el equipo antes del {when}', 'Acepte o rechace su puesto en el equipo'],
      lines: [
        { when: 'again', say: 'Aún no hemos recibido su respuesta.' },
        'Le pedimos unirse al equipo multidisciplinario (MDT) de este caso.',
        'Para aceptar, firme el aviso de confidencialidad. Diga también si tiene un conflicto de interés.',
        'Si no responde, preguntamos también a la otra persona del puesto.',
      ],
      button: ['Aceptar o rechazar el puesto'],
    },
  }),
  writeTemplate({
    id: 'seat-removed',
    version: 2,
    en: {
      subject: ['Nothing more to do: seat ended – {reference}'],
      heading: ['Your seat on a team has ended'],
      lines: ['The coordinator ended your seat on the team of this referral. You have nothing more to do.'],
      button: ['Check your seats'],
    },
    es: {
      subject: ['Nada que hacer: su puesto terminó – {reference}'],
      heading: ['Su puesto en un equipo terminó'],
      lines: ['La coordinación terminó su puesto en el equipo de este caso. No tiene nada más que hacer.'],
      button: ['Revisar sus puestos'],
    },
  }),
  writeTemplate({
    id: 'seat-not-reached',
    version: 2,
    en: {
      subject: ['Call the {seat} member – {reference}', 'Call a team member – {reference}'],
      heading: ['Call the {seat} member of the team'],
      lines: ['We cannot see that the invitation arrived. Tell the member, then record it.'],
      button: ['Record the call'],
    },
    es: {
      subject: ['Llame al puesto de {seat} – {reference}', 'Llame a un miembro del equipo – {reference}'],
      heading: ['Llame al puesto de {seat} del equipo'],
      lines: ['No vemos que la invitación haya llegado. Avise a la persona y luego regístrelo.'],
      button: ['Registrar la llamada'],
    },
  }),
  writeTemplate({
    id: 'roster-gaps',
    version: 3,
    en: {
      subject: ['Fill the seats of the {team} team'],
      lines: ['The roster of this team has gaps:', '- {gaps}', 'Name a person, or correct the directory.'],
      button: ['Fill the seats'],
    },
    es: {
      subject: ['Llene los puestos del equipo de {team}'],
      lines: ['La lista de este equipo tiene vacíos:', '- {gaps}', 'Nombre a una persona, o corrija el directorio.'],
      button: ['Llenar los puestos'],
    },
  }),
  writeTemplate({
    id: 'mdt-invitation-sent',
    version: 2,
    en: {
      subject: [
        { when: 'overdue', say: 'OVERDUE: {act} – {reference}' },
        '{act} by {by} – {reference}',
        'Follow up on invitations – {reference}',
      ],
      heading: [
        { when: 'overdue', say: 'OVERDUE: {task} (was due {when})' },
        '{task} by {when}',
        'Follow up on the team invitations',
      ],
      lines: [
        'We invited each seat of the team.',
        'Call each required seat that mail does not reach. Record each call.',
        '- {tasks}',
      ],
      button: ['See who has answered'],
    },
    es: {
      subject: [
        { when: 'overdue', say: 'VENCIDO: {act} – {reference}' },
        '{act} antes del {by} – {reference}',
        'Siga las invitaciones – {reference}',
      ],
      heading: [
        { when: 'overdue', say: 'VENCIDO: {task} (venció el {when})' },
        '{task} antes del {when}',
        'Dé seguimiento a las invitaciones del equipo',
      ],
      lines: [
        'Invitamos a cada puesto del equipo.',
        'Llame a cada puesto requerido al que no llega el correo. Registre cada llamada.',
        '- {tasks}',
      ],
      button: ['Ver quién ha respondido'],
    },
  }),
  writeTemplate({
    id: 'meeting-scheduled',
    version: 2,
    en: {
      subject: ['Join the team meeting {by} – {reference}'],
      heading: ['Join the team meeting on {when}'],
      lines: ['It takes {minutes} minutes, {place}.', 'The calendar invitation is attached.'],
      button: ['See the meeting details'],
    },
    es: {
      subject: ['Acuda a la reunión: {by} – {reference}'],
      heading: ['Acuda a la reunión del equipo el {when}'],
      lines: ['Dura {minutes} minutos, {place}.', 'Se adjunta la cita para su calendario.'],
      button: ['Ver los detalles de la reunión'],
    },
  }),
  writeTemplate({
    id: 'meeting-agenda',
    version: 1,
    en: {
      subject: ['Read the agenda for {by} – {reference}'],
      heading: ['Read the agenda of the team meeting on {when}'],
      lines: [
        'The agenda stands from now on. It says what your seat is asked to bring.',
        'The meeting takes {minutes} minutes, {place}. The calendar invitation is attached again.',
      ],
      button: ['Read the agenda'],
    },
    es: {
      subject: ['Lea el orden del día: {by} – {reference}'],
      heading: ['Lea el orden del día de la reunión del {when}'],
      lines: [
        'El orden del día queda fijo desde ahora. Dice qué se pide a su puesto.',
        'La reunión dura {minutes} minutos, {place}. Se adjunta otra vez la cita para su calendario.',
      ],
      button: ['Leer el orden del día'],
    },
  }),
  writeTemplate({
    id: 'meeting-moved',
    version: 2,
    en: {
      subject: ['Team meeting moved to {by} – {reference}'],
      heading: ['The team meeting moved to {when}'],
      lines: ['It takes {minutes} minutes, {place}.', 'The attached invitation replaces the one in your calendar.'],
      button: ['See the meeting details'],
    },
    es: {
      subject: ['La reunión pasa al {by} – {reference}'],
      heading: ['La reunión del equipo pasa al {when}'],
      lines: ['Dura {minutes} minutos, {place}.', 'La cita adjunta reemplaza la de su calendario.'],
      button: ['Ver los detalles de la reunión'],
    },
  }),
  writeTemplate({
    id: 'meeting-cancelled',
    version: 2,
    en: {
      subject: ['Team meeting {by} is cancelled – {reference}'],
      heading: ['The team meeting on {when} is cancelled'],
      lines: ['The attachment removes it from your calendar.'],
      button: ['See why it was cancelled'],
    },
    es: {
      subject: ['Reunión cancelada: {by} – {reference}'],
      heading: ['Se canceló la reunión del equipo del {when}'],
      lines: ['El adjunto la quita de su calendario.'],
      button: ['Ver por qué se canceló'],
    },
  }),
  writeTemplate({
    id: 'meeting-met',
    version: 1,
    en: {
      subject: ['The team met already: {by} – {reference}'],
      heading: ['The team met earlier, so it does not meet on {when}'],
      lines: ['The attachment removes that meeting from your calendar.'],
      button: ['See what the team recorded'],
    },
    es: {
      subject: ['El equipo ya se reunió: {by} – {reference}'],
      heading: ['El equipo ya se reunió, así que no se reúne el {when}'],
      lines: ['El adjunto quita esa reunión de su calendario.'],
      button: ['Ver lo que registró el equipo'],
    },
  }),
  writeTemplate({
    id: 'meeting-left',
    version: 2,
    en: {
      subject: ['Do not join the meeting {by} – {reference}'],
      heading: ['Do not join the team meeting on {when}'],
      lines: [
        'You are no longer on the team of this referral.',
        'The attachment removes the meeting from your calendar.',
      ],
      button: ['Check your seats'],
    },
    es: {
      subject: ['No acuda a la reunión: {by} – {reference}'],
      heading: ['No acuda a la reunión del equipo del {when}'],
      lines: ['Usted ya no está en el equipo de este caso.', 'El adjunto quita la reunión de su calendario.'],
      button: ['Revisar sus puestos'],
    },
  }),
  writeTemplate({
    id: 'linkage-offered',
    version: 3,
    en: {
      subject: [
        { when: 'again', say: 'Reminder: a referral to answer by {by} – {reference}' },
        { when: 'again', say: 'Reminder: a referral to answer – {reference}' },
        'Accept or decline a referral by {by} – {reference}',
        'Accept or decline a referral – {reference}',
      ],
      heading: ['Accept or decline a referral by {when}', 'Accept or decline a referral'],
      lines: [
        { when: 'again', say: 'We have not received your answer yet.' },
        'We refer a child to you for a service. Sign in to see which service.',
        'If you accept, record your first contact.',
      ],
      button: ['Accept or decline the referral'],
    },
    es: {
      subject: [
        { when: 'again', say: 'Recordatorio: caso antes del {by} – {reference}' },
        { when: 'again', say: 'Recordatorio: un caso – {reference}' },
        'Acepte o no un caso antes del {by} – {reference}',
        'Acepte o rechace un caso – {reference}',
      ],
      heading: ['Acepte o rechace un caso antes del {when}', 'Acepte o rechace un caso'],
      lines: [
        { when: 'again', say: 'Aún no hemos recibido su respuesta.' },
        'Le remitimos a un menor para un servicio. Inicie sesión para ver cuál.',
        'Si acepta, registre su primer contacto.',
      ],
      button: ['Aceptar o rechazar el caso'],
    },
  }),
];
