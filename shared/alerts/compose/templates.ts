/**
 * All templates of mail. A released version never changes: new words are a new entry with a higher version, and the old one
 * stays. The chain of an alert names the version of its mails. A test holds the digests of all versions.
 */
import { loadFrame, loadTemplates, type Template, writeFrame, writeTemplate } from './template.ts';
import { accessTemplates } from './templates-access.ts';
import { alarmTemplates } from './templates-alarm.ts';
import { letterTemplates } from './templates-letter.ts';
import { outreachTemplates } from './templates-outreach.ts';
import { teamTemplates } from './templates-team.ts';

export const mailFrame = loadFrame(
  writeFrame({
    version: 4,
    en: {
      heading: 'Referral {reference}',
      teamHeading: 'Team {team}',
      open: '{obligation} ({rule}): by {when}.',
      overdue: '{obligation} ({rule}): OVERDUE, it was due {when}.',
      several: '{asked} There are {count} of these.',
      due: 'due {when}',
      wasDue: 'was due {when}',
      ends: 'ends {stop}',
      also: '{due}; also {others}',
      before: ['Do not contact the child or family before {noContactBefore}: police coordination.'],
      after: [
        {
          when: 'repeat',
          say: 'This is a repeat: it could not be seen whether this mail reached you before. If it did, nothing more is asked.',
        },
        'Time is short. If you cannot open the page, call the Careline now: {urgentCall}.',
        {
          when: 'urgentWithoutNumber',
          say: 'Time is short. If you cannot open the page, call the Careline now.',
        },
        'You get this mail as {why}.',
        { when: 'toAct', say: 'Acknowledge and act here, signed in: {link}' },
        { when: 'nothingToDo', say: 'You can read it here, signed in: {link}' },
        { when: 'answersSeat', say: 'Not yours? Decline on that page. We then ask the other holder of the seat.' },
        { when: 'answersLinkage', say: 'Not yours? Decline on that page. We then look for another provider.' },
        {
          when: 'answersElsewhere',
          say: 'Not yours? Do not forward this e-mail. Call the Careline: {oncall}. We then ask another person.',
        },
      ],
      button: 'Open the page',
      footer: [
        'Confidential, for the person addressed. Names and details are left out on purpose: ask for none by mail.',
        'Do not reply: no one reads this mailbox. It is part of an evaluation of Careline. It replaces no call to the police or the Careline, and is never the notice that a law requires.',
      ],
    },
    es: {
      heading: 'Caso {reference}',
      teamHeading: 'Equipo {team}',
      open: '{obligation} ({rule}): a más tardar el {when}.',
      overdue: '{obligation} ({rule}): VENCIDO; debía hacerse el {when}.',
      several: '{asked} Son {count}.',
      due: 'vence el {when}',
      wasDue: 'venció el {when}',
      ends: 'termina el {stop}',
      also: '{due}; también {others}',
      before: ['No contacte al menor ni a la familia antes del {noContactBefore}: coordinación con la policía.'],
      after: [
        {
          when: 'repeat',
          say: 'Este mensaje es una repetición: no se pudo comprobar si ya lo había recibido. Si lo recibió, no se le pide nada más.',
        },
        'Queda poco tiempo. Si no puede abrir la página, llame ahora a Careline: {urgentCall}.',
        { when: 'urgentWithoutNumber', say: 'Queda poco tiempo. Si no puede abrir la página, llame ahora a Careline.' },
        'Recibe este mensaje como {why}.',
        { when: 'toAct', say: 'Confirme y actúe aquí, con su sesión iniciada: {link}' },
        { when: 'nothingToDo', say: 'Puede leerlo aquí, con su sesión iniciada: {link}' },
        {
          when: 'answersSeat',
          say: '¿No le corresponde? Rechace en esa página. Preguntaremos a la otra persona del puesto.',
        },
        { when: 'answersLinkage', say: '¿No le corresponde? Rechace en esa página. Buscaremos otro proveedor.' },
        {
          when: 'answersElsewhere',
          say: '¿No le corresponde? No reenvíe este mensaje. Llame a Careline: {oncall}. Se lo pediremos a otra persona.',
        },
      ],
      button: 'Abrir la página',
      footer: [
        'Confidencial, para la persona destinataria. Los nombres y detalles se omiten a propósito: no los pida por correo.',
        'No responda: nadie lee este buzón. Es parte de una evaluación de Careline. No sustituye una llamada a la policía ni a Careline, y nunca es el aviso que exige una ley.',
      ],
    },
  }),
);

/** A clock that started: a first line that names its kind, then the same lines for all kinds. */
const started = <const Id extends string>(id: Id, en: string, es: string) => ({
  id,
  version: 1,
  en: {
    subject: '{reference}: for you: {rule} {due}',
    lines: [en, '{asked}', 'This is asked {count} times, each on the page.'],
  },
  es: {
    subject: '{reference}: para usted: {rule} {due}',
    lines: [es, '{asked}', 'Se le pide {count} veces, cada una en la página.'],
  },
});

const deadlineTemplates: readonly unknown[] = [
  started('deadline-opened', 'This is asked of you now.', 'Esto se le pide ahora.'),
  started(
    'police-notice-due',
    'A notice is asked of you now: give it yourself, by telephone or in person, and record it.',
    'Se le pide ahora un aviso: délo usted, por teléfono o en persona, y regístrelo.',
  ),
  started(
    'response-due',
    'A response is asked of you now; record when it began.',
    'Se le pide ahora una respuesta; registre cuándo comenzó.',
  ),
  started(
    'screening-due',
    'A screening is asked of you now; unknown is an answer.',
    'Se le pide ahora una evaluación; «no se sabe» es una respuesta.',
  ),
  writeTemplate({
    id: 'decision-due',
    version: 1,
    en: {
      subject: '{reference}: for you: {rule} {due}',
      lines: [
        'A decision is asked of you now: a basis to allege, never an adjudication. No service waits for it. The page says what is proposed, and what holds beside it.',
        {
          when: 'overtaken',
          say: 'What was decided rests on facts that have changed, and another outcome is proposed now.',
        },
        '{asked}',
      ],
    },
    es: {
      subject: '{reference}: para usted: {rule} {due}',
      lines: [
        'Se le pide ahora una decisión: una base para alegar, nunca un fallo. Ningún servicio espera por ella. La página dice qué se propone, y qué rige además.',
        {
          when: 'overtaken',
          say: 'Lo decidido se basa en hechos que han cambiado, y ahora se propone otro resultado.',
        },
        '{asked}',
      ],
    },
  }),
  writeTemplate({
    id: 'reminder',
    version: 1,
    en: { subject: '{reference}: reminder: {rule} {due}', lines: ['Reminder.', '{asked}'] },
    es: { subject: '{reference}: recordatorio: {rule} {due}', lines: ['Recordatorio.', '{asked}'] },
  }),
  writeTemplate({
    id: 'warning',
    version: 2,
    en: {
      subject: '{reference}: warning: {rule} {due}',
      lines: ['Warning: little time is left.', '{asked}', 'After {stop} it is too late.'],
    },
    es: {
      subject: '{reference}: advertencia: {rule} {due}',
      lines: ['Advertencia: queda poco tiempo.', '{asked}', 'Después de {stop} es demasiado tarde.'],
    },
  }),
  writeTemplate({
    id: 'missed',
    version: 1,
    en: {
      subject: '{reference}: missed: {rule} {due}',
      lines: ['The time is up.', '{asked}', 'Do it still, or say on the page why it is not done.'],
    },
    es: {
      subject: '{reference}: vencido: {rule} {due}',
      lines: ['El plazo terminó.', '{asked}', 'Hágalo todavía, o diga en la página por qué no se hace.'],
    },
  }),
  writeTemplate({
    id: 'escalation',
    version: 2,
    en: {
      subject: '{reference}: escalated: {rule} {due}',
      lines: [
        'Escalation: those asked first have not done it. It stays theirs; see that it is done.',
        '{asked}',
        'After {stop} it is too late.',
      ],
    },
    es: {
      subject: '{reference}: elevado: {rule} {due}',
      lines: [
        'Se eleva a usted: quienes debían hacerlo no lo hicieron. Sigue a su cargo; vea que se haga.',
        '{asked}',
        'Después de {stop} es demasiado tarde.',
      ],
    },
  }),
];

const referralTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'referral-opened',
    version: 2,
    en: {
      subject: '{reference}: new referral, {rule} {due}',
      plainSubject: '{reference}: new referral',
      lines: [
        { when: 'clocksRun', say: 'A new referral was opened, and its clocks are running.' },
        {
          when: 'clocksMissing',
          say: 'A new referral was opened. Some of its deadlines are not set yet, and we write again once they are. Do what is urgent now.',
        },
        {
          when: 'noOffice',
          say: 'No office is known for it, so most of those asked cannot be told: choose the office and the team first.',
        },
        {
          when: 'noTown',
          say: 'A place of it is no town of the state: its page asks which is meant, with the nearest names.',
        },
        'Asked of you: {asked}',
        'Asked of others: {others}. The page says what, by when and why.',
      ],
    },
    es: {
      subject: '{reference}: caso nuevo, {rule} {due}',
      plainSubject: '{reference}: caso nuevo',
      lines: [
        { when: 'clocksRun', say: 'Se abrió un caso nuevo, y sus plazos corren.' },
        {
          when: 'clocksMissing',
          say: 'Se abrió un caso nuevo. Algunos de sus plazos aún no están fijados, y le escribiremos cuando lo estén. Haga ahora lo urgente.',
        },
        {
          when: 'noOffice',
          say: 'No se conoce su oficina, y no se puede avisar a casi nadie: elija primero la oficina y el equipo.',
        },
        {
          when: 'noTown',
          say: 'Un lugar suyo no es ningún municipio del estado: su página pregunta cuál es, con los nombres más cercanos.',
        },
        'Se le pide a usted: {asked}',
        'Se pide a otras personas: {others}. La página dice qué, para cuándo y por qué.',
      ],
    },
  }),
  writeTemplate({
    id: 'referral-withdrawn',
    version: 1,
    en: {
      subject: '{reference}: the referral is withdrawn',
      lines: [
        'It was withdrawn, with the agreement of a second person.',
        'What the law asks for is still owed: {owed}.',
        { when: 'nothingOwed', say: 'Nothing more is asked of you in it.' },
      ],
    },
    es: {
      subject: '{reference}: el caso se retiró',
      lines: [
        'Se retiró, con el acuerdo de una segunda persona.',
        'Lo que exige la ley sigue pendiente: {owed}.',
        { when: 'nothingOwed', say: 'No se le pide nada más en él.' },
      ],
    },
  }),
  writeTemplate({
    id: 'referral-merged',
    version: 1,
    en: {
      subject: '{reference}: the referral is merged into another',
      lines: [
        'It was merged into {otherReference}: what it says counts there. Read it.',
        'What the law asks for is still owed: {owed}.',
        { when: 'nothingOwed', say: 'Nothing more is asked of you in it.' },
      ],
    },
    es: {
      subject: '{reference}: el caso se unió a otro',
      lines: [
        'Se unió a {otherReference}: lo que dice cuenta allí. Léalo.',
        'Lo que exige la ley sigue pendiente: {owed}.',
        { when: 'nothingOwed', say: 'No se le pide nada más en él.' },
      ],
    },
  }),
  writeTemplate({
    id: 'report-merged',
    version: 1,
    en: {
      subject: '{reference}: another report is being merged',
      lines: [
        'Another report about the same child is being merged into this referral: what it says counts here. The page names it. Read it, and check again which people you may contact.',
        'What it asks for that did not run here already has a deadline here now.',
      ],
    },
    es: {
      subject: '{reference}: se une otro aviso',
      lines: [
        'Otro aviso sobre el mismo menor se une a este caso: lo que dice cuenta aquí. La página lo nombra. Léalo, y vuelva a leer a quién puede contactar.',
        'Lo que pide y aún no corría aquí tiene ahora un plazo aquí.',
      ],
    },
  }),
  writeTemplate({
    id: 'referral-closed',
    version: 2,
    en: {
      subject: '{reference}: the referral is closed',
      lines: [
        'It was closed after its final review.',
        'Still to be done after closing: {owed}. The page says by when.',
        { when: 'nothingOwed', say: 'Nothing more is asked of you in it.' },
      ],
    },
    es: {
      subject: '{reference}: el caso se cerró',
      lines: [
        'Se cerró después de su revisión final.',
        'Queda por hacer después del cierre: {owed}. La página dice para cuándo.',
        { when: 'nothingOwed', say: 'No se le pide nada más en él.' },
      ],
    },
  }),
  writeTemplate({
    id: 'answer-needed',
    version: 5,
    en: {
      subject: '{reference}: your answer is needed',
      lines: [
        {
          when: 'decision',
          say: 'A decision is proposed that no clock asks for: decide whether there is a basis to allege. It is never an adjudication, and no service waits for it.',
        },
        'Declined: {declined}. We ask the other holder of the seat, unless they declined too. If no one takes the seat, call the agency. At the meeting, record who came.',
        {
          when: 'conflict',
          say: 'A member has a conflict of interest, and sees nothing of this referral any more. Do not ask for the reason. We ask the other holder of the seat. If there is none, invite another person.',
        },
        {
          when: 'conflictUnknown',
          say: 'A member cannot say whether a conflict of interest stands against their work on this referral: call them (the page of the referral says who). Until they say no, they see the invitation alone.',
        },
        {
          when: 'turnedDown',
          say: 'A provider said no, and the need is still there. Refer to another one; the page says for what.',
        },
        {
          when: 'timeProposed',
          say: 'A member proposes another time for the meeting. The page lists every proposal: set the meeting, or leave it.',
        },
        'The seat {seat} on the team of this referral was declined by its other holder: accept or decline it.',
        { when: 'seatAsked', say: 'Answer by {when}. Silence is not a yes.' },
        { when: 'anyQuestion', say: 'A question about this referral waits for an answer.' },
      ],
    },
    es: {
      subject: '{reference}: se necesita su respuesta',
      lines: [
        {
          when: 'decision',
          say: 'Se propone una decisión que ningún plazo pide: decida si hay una base para alegar. Nunca es un fallo, y ningún servicio espera por ella.',
        },
        'Rechazado: {declined}. Se pregunta a la otra persona del puesto que no ha rechazado; llame a la agencia si nadie lo toma, y registre en la reunión quién vino.',
        {
          when: 'conflict',
          say: 'Una persona del equipo se apartó por un conflicto de interés, y ya no ve nada de este caso. No pida la razón. Se pregunta a la otra persona del puesto; si no hay nadie, invite a alguien.',
        },
        {
          when: 'conflictUnknown',
          say: 'Una persona del equipo no sabe si tiene un conflicto de interés en este caso: llámela (la página del caso dice a quién). Hasta que diga que no, solo ve la invitación.',
        },
        {
          when: 'turnedDown',
          say: 'Un proveedor dijo que no, y la necesidad sigue. Remita a otro; la página dice para qué.',
        },
        {
          when: 'timeProposed',
          say: 'Una persona del equipo propone otra hora para la reunión. La página muestra cada propuesta: fije la reunión, o déjela.',
        },
        'La otra persona del puesto {seat} en el equipo de este caso lo rechazó: acéptelo o rechácelo.',
        { when: 'seatAsked', say: 'Responda a más tardar el {when}. El silencio no es un sí.' },
        { when: 'anyQuestion', say: 'Una pregunta sobre este caso espera una respuesta.' },
      ],
    },
  }),
  writeTemplate({
    id: 'do-not-alert-caregiver',
    version: 1,
    en: {
      subject: '{reference}: read the page before any contact with the family',
      lines: [
        'Before any call, letter or visit to the family, open the page of the referral. It says who must not be told.',
      ],
    },
    es: {
      subject: '{reference}: lea la página antes de contactar a la familia',
      lines: [
        'Antes de que nadie llame, escriba o visite a la familia: abra la página del caso. Dice a quién no se debe avisar.',
      ],
    },
  }),
  // The subject of these would tell something of the child, so only the page has it.
  ...(['removal-review', 'charges-faced', 'tribal-membership'] as const).map((id) => ({
    id,
    version: 1,
    en: {
      subject: '{reference}: a legal duty may follow',
      lines: [
        'Something was recorded that a legal duty may follow from. The page says what, and what is asked of you.',
      ],
    },
    es: {
      subject: '{reference}: puede seguir un deber legal',
      lines: ['Se registró algo de lo que puede seguir un deber legal. La página dice qué, y qué se le pide.'],
    },
  })),
];

export const templates: readonly Template[] = loadTemplates([
  ...referralTemplates,
  ...deadlineTemplates,
  ...alarmTemplates,
  ...letterTemplates,
  ...accessTemplates,
  ...teamTemplates,
  ...outreachTemplates,
]);

/** The latest version of a template. Throws for an unknown id. */
export function templateNamed(id: string): Template {
  const found = templates
    .filter((template) => template.id === id)
    .toSorted((one, other) => other.version - one.version)[0];
  if (!found) throw new Error(`There is no template "${id}".`);
  return found;
}
