/** Templates about a referral: it opened, another report joined it, it ended, it asks a question. */
import { writeTemplate } from './mail-template.ts';

export const referralTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'referral-opened',
    version: 3,
    en: {
      subject: [
        { when: 'overdue', say: 'OVERDUE: {act} ({by}) – {reference}' },
        { when: 'overdue', say: 'OVERDUE: {act} – {reference}' },
        'New: {act} by {by} – {reference}',
        'New: {act} ({by}) – {reference}',
        'New: {act} – {reference}',
        'New referral – {reference}',
      ],
      heading: [
        { when: 'several', say: 'New referral: {count} tasks for you' },
        { when: 'overdue', say: 'New referral. OVERDUE: {task} (was due {when})' },
        'New referral: {task} by {when}',
        'New referral: no task for you yet',
      ],
      lines: [
        '- {tasks}',
        'Time left when we wrote this: {timeLeft}.',
        {
          when: 'clocksMissing',
          say: 'Some due times are not set yet. We write again once they are. Do what is urgent now.',
        },
        { when: 'noOffice', say: 'We know no office for it. Choose the office and the team first.' },
        { when: 'noTown', say: 'Town not recognized. Choose one.' },
        'Tasks of other people: {others}.',
      ],
      button: ['{button}', 'Read the new referral'],
    },
    es: {
      subject: [
        { when: 'overdue', say: 'VENCIDO: {act} ({by}) – {reference}' },
        { when: 'overdue', say: 'VENCIDO: {act} – {reference}' },
        'Nuevo: {act} antes del {by} – {reference}',
        'Nuevo: {act} ({by}) – {reference}',
        'Nuevo: {act} – {reference}',
        'Caso nuevo – {reference}',
      ],
      heading: [
        { when: 'several', say: 'Caso nuevo: {count} tareas para usted' },
        { when: 'overdue', say: 'Caso nuevo. VENCIDO: {task} (venció el {when})' },
        'Caso nuevo: {task} antes del {when}',
        'Caso nuevo: aún sin tareas para usted',
      ],
      lines: [
        '- {tasks}',
        'Tiempo restante al escribir este correo: {timeLeft}.',
        {
          when: 'clocksMissing',
          say: 'Algunos plazos aún no están fijados. Le escribiremos cuando lo estén. Haga ahora lo urgente.',
        },
        { when: 'noOffice', say: 'No conocemos su oficina. Elija primero la oficina y el equipo.' },
        { when: 'noTown', say: 'No reconocemos el municipio. Elija uno.' },
        'Tareas de otras personas: {others}.',
      ],
      button: ['{button}', 'Leer el caso nuevo'],
    },
  }),
  writeTemplate({
    id: 'referral-withdrawn',
    version: 2,
    en: {
      subject: [
        { when: 'nothingOwed', say: 'Stop work: referral withdrawn – {reference}' },
        'Withdrawn, but still {act} – {reference}',
      ],
      heading: [
        { when: 'nothingOwed', say: 'Stop work: this referral is withdrawn' },
        'This referral is withdrawn. The law still asks for your tasks.',
      ],
      lines: [
        'A second person approved the withdrawal.',
        '- {owed}',
        { when: 'nothingOwed', say: 'You have nothing more to do.' },
      ],
      button: ['{button}', 'Read why it was withdrawn'],
    },
    es: {
      subject: [
        { when: 'nothingOwed', say: 'No haga más: caso retirado – {reference}' },
        'Caso retirado, pero {act} – {reference}',
      ],
      heading: [
        { when: 'nothingOwed', say: 'No haga nada más: este caso se retiró' },
        'Este caso se retiró. La ley aún exige sus tareas.',
      ],
      lines: [
        'Una segunda persona aprobó el retiro.',
        '- {owed}',
        { when: 'nothingOwed', say: 'No tiene nada más que hacer.' },
      ],
      button: ['{button}', 'Leer por qué se retiró'],
    },
  }),
  writeTemplate({
    id: 'referral-merged',
    version: 2,
    en: {
      subject: ['Read {otherReference}: merged – {reference}'],
      heading: ['Read {otherReference}: this referral is merged into it'],
      lines: [
        'Its report now counts there.',
        '- {owed}',
        { when: 'nothingOwed', say: 'You have nothing more to do in this referral.' },
      ],
      button: ['Read the other referral'],
    },
    es: {
      subject: ['Lea {otherReference}: casos unidos – {reference}'],
      heading: ['Lea {otherReference}: este caso se unió a ese'],
      lines: [
        'Su reporte cuenta ahora allí.',
        '- {owed}',
        { when: 'nothingOwed', say: 'No tiene nada más que hacer en este caso.' },
      ],
      button: ['Leer el otro caso'],
    },
  }),
  writeTemplate({
    id: 'report-merged',
    version: 2,
    en: {
      subject: ['Read the new report and contacts – {reference}'],
      heading: ['Read the new report, and check again who you may contact'],
      lines: ['Another report about the same child now counts here.', 'New tasks from it run here from now on.'],
      button: ['Read the new report'],
    },
    es: {
      subject: ['Lea el reporte y los contactos – {reference}'],
      heading: ['Lea el reporte nuevo, y revise a quién puede contactar'],
      lines: [
        'Otro reporte sobre el mismo menor cuenta ahora aquí.',
        'Las tareas nuevas que trae corren aquí desde ahora.',
      ],
      button: ['Leer el reporte nuevo'],
    },
  }),
  writeTemplate({
    id: 'referral-closed',
    version: 3,
    en: {
      subject: [
        { when: 'nothingOwed', say: 'Nothing more to do: closed – {reference}' },
        'Closed, but still {act} – {reference}',
      ],
      heading: [
        { when: 'nothingOwed', say: 'Nothing more to do: this referral is closed' },
        'This referral is closed. You still have tasks.',
      ],
      lines: ['It was closed after the final review.', '- {owed}'],
      button: ['{button}', 'Read the final review'],
    },
    es: {
      subject: [
        { when: 'nothingOwed', say: 'Nada más que hacer: caso cerrado – {reference}' },
        'Caso cerrado, pero {act} – {reference}',
      ],
      heading: [
        { when: 'nothingOwed', say: 'Nada más que hacer: este caso se cerró' },
        'Este caso se cerró. Aún tiene tareas.',
      ],
      lines: ['Se cerró después de la revisión final.', '- {owed}'],
      button: ['{button}', 'Leer la revisión final'],
    },
  }),
  writeTemplate({
    id: 'answer-needed',
    version: 7,
    en: {
      subject: [
        { when: 'assigned', say: 'Accept the assignment by {by} – {reference}' },
        { when: 'assigned', say: 'Accept the assignment – {reference}' },
        { when: 'seatAsked', say: 'Accept or decline a seat by {by} – {reference}' },
        { when: 'seatAsked', say: 'Accept or decline a seat – {reference}' },
        { when: 'decision', say: 'Decide on a basis to allege – {reference}' },
        { when: 'conflict', say: 'Fill a seat: conflict of interest – {reference}' },
        { when: 'conflictUnknown', say: 'Call a member about a conflict – {reference}' },
        { when: 'declinedSeat', say: 'Fill a declined seat – {reference}' },
        { when: 'turnedDown', say: 'Refer to another provider – {reference}' },
        { when: 'timeProposed', say: 'Set the team meeting – {reference}' },
        'Answer a question – {reference}',
      ],
      heading: [
        { when: 'assigned', say: 'Accept the assignment as HART liaison by {when}' },
        { when: 'assigned', say: 'Accept the assignment as HART liaison' },
        { when: 'seatAsked', say: 'Accept or decline the {seat} seat by {when}' },
        { when: 'seatAsked', say: 'Accept or decline the {seat} seat' },
        { when: 'decision', say: 'Decide whether there is a basis to allege' },
        { when: 'conflict', say: 'Fill a seat: a member has a conflict of interest' },
        { when: 'conflictUnknown', say: 'Call a member: is there a conflict of interest?' },
        { when: 'declinedSeat', say: 'Fill a declined seat: {declined}' },
        { when: 'turnedDown', say: 'Refer to another provider' },
        { when: 'timeProposed', say: 'Set the team meeting' },
        'Answer a question about this referral',
      ],
      lines: [
        { when: 'assigned', say: 'You were assigned. Until you accept, the Careline supervisor keeps the exam.' },
        { when: 'seatAsked', say: 'The other holder declined this seat.' },
        {
          when: 'decision',
          say: 'The page proposes a decision. Services do not wait for it. It is not a court finding.',
        },
        { when: 'conflict', say: 'The member no longer sees this referral. Do not ask for the reason.' },
        { when: 'conflict', say: 'We ask the other holder of the seat. If there is none, invite another person.' },
        {
          when: 'conflictUnknown',
          say: 'Help the member find out. Until the answer is no, they see only the invitation.',
        },
        { when: 'declinedSeat', say: 'We ask the other holder, unless they declined too. Then call the agency.' },
        { when: 'turnedDown', say: 'A provider said no. The child still needs the service.' },
        { when: 'timeProposed', say: 'A member proposes another time. Set the meeting, or leave it.' },
      ],
      button: [
        { when: 'assigned', say: 'Accept the assignment' },
        { when: 'seatAsked', say: 'Accept or decline the seat' },
        { when: 'decision', say: 'Record your decision' },
        { when: 'conflict', say: 'Invite a person to the seat' },
        { when: 'conflictUnknown', say: 'See the member to call' },
        { when: 'declinedSeat', say: 'Invite a person to the seat' },
        { when: 'turnedDown', say: 'Refer to a provider' },
        { when: 'timeProposed', say: 'Set the team meeting' },
        'Answer the question',
      ],
    },
    es: {
      subject: [
        { when: 'assigned', say: 'Acepte el caso antes del {by} – {reference}' },
        { when: 'assigned', say: 'Acepte la asignación – {reference}' },
        { when: 'seatAsked', say: 'Acepte o no un puesto antes del {by} – {reference}' },
        { when: 'seatAsked', say: 'Acepte o rechace un puesto – {reference}' },
        { when: 'decision', say: 'Decida si hay base para alegar – {reference}' },
        { when: 'conflict', say: 'Llene un puesto: hay un conflicto – {reference}' },
        { when: 'conflictUnknown', say: 'Llame a un miembro: conflicto – {reference}' },
        { when: 'declinedSeat', say: 'Llene un puesto rechazado – {reference}' },
        { when: 'turnedDown', say: 'Remita a otro proveedor – {reference}' },
        { when: 'timeProposed', say: 'Fije la reunión del equipo – {reference}' },
        'Responda una pregunta – {reference}',
      ],
      heading: [
        { when: 'assigned', say: 'Acepte la asignación como enlace HART antes del {when}' },
        { when: 'assigned', say: 'Acepte la asignación como enlace HART' },
        { when: 'seatAsked', say: 'Acepte o rechace el puesto de {seat} antes del {when}' },
        { when: 'seatAsked', say: 'Acepte o rechace el puesto de {seat}' },
        { when: 'decision', say: 'Decida si hay base para alegar' },
        { when: 'conflict', say: 'Llene un puesto: un miembro tiene un conflicto de interés' },
        { when: 'conflictUnknown', say: 'Llame a un miembro: ¿hay un conflicto de interés?' },
        { when: 'declinedSeat', say: 'Llene un puesto rechazado: {declined}' },
        { when: 'turnedDown', say: 'Remita a otro proveedor' },
        { when: 'timeProposed', say: 'Fije la reunión del equipo' },
        'Responda una pregunta sobre este caso',
      ],
      lines: [
        {
          when: 'assigned',
          say: 'Se le asignó este caso. Hasta que acepte, el supervisor de Careline se ocupa del examen.',
        },
        { when: 'seatAsked', say: 'La otra persona del puesto lo rechazó.' },
        {
          when: 'decision',
          say: 'La página propone una decisión. Los servicios no la esperan. No es un fallo judicial.',
        },
        { when: 'conflict', say: 'Esa persona ya no ve este caso. No pregunte la razón.' },
        { when: 'conflict', say: 'Preguntamos a la otra persona del puesto. Si no hay nadie, invite a alguien.' },
        {
          when: 'conflictUnknown',
          say: 'Ayude a esa persona a averiguarlo. Hasta que diga que no, solo ve la invitación.',
        },
        {
          when: 'declinedSeat',
          say: 'Preguntamos a la otra persona del puesto. Si también rechazó, llame a la agencia.',
        },
        { when: 'turnedDown', say: 'Un proveedor dijo que no. El menor aún necesita el servicio.' },
        { when: 'timeProposed', say: 'Un miembro propone otra hora. Fije la reunión, o déjela como está.' },
      ],
      button: [
        { when: 'assigned', say: 'Aceptar la asignación' },
        { when: 'seatAsked', say: 'Aceptar o rechazar el puesto' },
        { when: 'decision', say: 'Registrar su decisión' },
        { when: 'conflict', say: 'Invitar a una persona al puesto' },
        { when: 'conflictUnknown', say: 'Ver a quién llamar' },
        { when: 'declinedSeat', say: 'Invitar a una persona al puesto' },
        { when: 'turnedDown', say: 'Remitir a un proveedor' },
        { when: 'timeProposed', say: 'Fijar la reunión del equipo' },
        'Responder la pregunta',
      ],
    },
  }),
  writeTemplate({
    id: 'do-not-alert-caregiver',
    version: 2,
    en: {
      subject: ['Read before any family contact – {reference}'],
      heading: ['Before you contact the family, read who must not be told'],
      lines: ['Only then call, write to or visit the family.'],
      button: ['Read who must not be told'],
    },
    es: {
      subject: ['Lea antes de contactar a la familia – {reference}'],
      heading: ['Antes de contactar a la familia, lea a quién no se debe avisar'],
      lines: ['Solo después llame, escriba o visite a la familia.'],
      button: ['Leer a quién no se debe avisar'],
    },
  }),
  // The subject of these would tell something of the child, so only the page has it.
  ...(['removal-review', 'charges-faced', 'tribal-membership'] as const).map((id) => ({
    id,
    version: 2,
    en: {
      subject: ['Check a legal duty – {reference}'],
      heading: ['Check a legal duty'],
      lines: ['New facts may create a legal duty. The page says which facts, and what you must do.'],
      button: ['Check the legal duty'],
    },
    es: {
      subject: ['Revise un deber legal – {reference}'],
      heading: ['Revise un deber legal'],
      lines: ['Hechos nuevos pueden crear un deber legal. La página dice qué hechos, y qué debe hacer usted.'],
      button: ['Revisar el deber legal'],
    },
  })),
];
