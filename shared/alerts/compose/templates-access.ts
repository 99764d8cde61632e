/** Templates about access to a referral, and about drafts, shifts and audit findings. */
import { writeTemplate } from './mail-template.ts';

export const accessTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'referral-sealed',
    version: 2,
    en: {
      subject: ['Restricted: discuss only as listed – {reference}'],
      heading: ['Restricted. Discuss only with people listed.'],
      lines: [
        'You are one of the people listed for this referral.',
        'You may also get the tasks of a role that no listed person has.',
      ],
      button: ['See the people listed'],
    },
    es: {
      subject: ['Reservado: hable solo con la lista – {reference}'],
      heading: ['Reservado. Hable del caso solo con las personas de la lista.'],
      lines: [
        'Usted es una de las personas de la lista de este caso.',
        'También puede recibir tareas de una función que nadie de la lista tiene.',
      ],
      button: ['Ver las personas de la lista'],
    },
  }),
  writeTemplate({
    id: 'emergency-access-taken',
    version: 3,
    en: {
      subject: [
        { when: 'overdue', say: 'OVERDUE: {act} – {reference}' },
        { when: 'reviews', say: '{act} by {by} – {reference}' },
        { when: 'reviews', say: '{act} ({by}) – {reference}' },
        'Check an emergency access – {reference}',
      ],
      heading: [
        { when: 'overdue', say: 'OVERDUE: {task} (was due {when})' },
        { when: 'reviews', say: '{task} by {when}' },
        'Check an emergency access',
      ],
      lines: [
        'A staff member without access opened this referral for one hour and gave a reason.',
        'The page says who, why, until when, and what they read.',
      ],
      button: ['Review the emergency access'],
    },
    es: {
      subject: [
        { when: 'overdue', say: 'VENCIDO: {act} – {reference}' },
        { when: 'reviews', say: '{act} antes del {by} – {reference}' },
        { when: 'reviews', say: '{act} ({by}) – {reference}' },
        'Revise un acceso de emergencia – {reference}',
      ],
      heading: [
        { when: 'overdue', say: 'VENCIDO: {task} (venció el {when})' },
        { when: 'reviews', say: '{task} antes del {when}' },
        'Revise un acceso de emergencia',
      ],
      lines: [
        'Una persona sin acceso abrió este caso por una hora y dio un motivo.',
        'La página dice quién, por qué, hasta cuándo y qué leyó.',
      ],
      button: ['Revisar el acceso de emergencia'],
    },
  }),
  writeTemplate({
    id: 'sealed-match',
    version: 2,
    en: {
      subject: ['Compare two referrals – {reference}'],
      lines: [
        'A new report may be about the child of this restricted referral. The page says which one.',
        'We told only the people listed. The person who took the report does not know of this referral.',
        'Compare the two. Then agree with the other people listed on what to do.',
      ],
      button: ['Compare the two'],
    },
    es: {
      subject: ['Compare dos casos – {reference}'],
      lines: [
        'Un reporte nuevo puede tratar del menor de este caso reservado. La página dice cuál.',
        'Avisamos solo a las personas de la lista. Quien tomó el reporte no sabe de este caso.',
        'Compare los dos. Luego acuerde qué hacer con las demás personas de la lista.',
      ],
      button: ['Comparar los dos'],
    },
  }),
  writeTemplate({
    id: 'audit-findings',
    version: 2,
    en: {
      subject: ['Resolve audit findings: Careline'],
      heading: ['Resolve these audit findings'],
      lines: [
        'The system cannot mend these problems itself:',
        '- {findings}',
        'You get this mail each day until they are resolved.',
      ],
      button: ['See the findings'],
    },
    es: {
      subject: ['Resuelva hallazgos de auditoría: Careline'],
      heading: ['Resuelva estos hallazgos de la auditoría'],
      lines: [
        'El sistema no puede reparar estos problemas:',
        '- {findings}',
        'Recibirá este correo cada día hasta que se resuelvan.',
      ],
      button: ['Ver los hallazgos'],
    },
  }),
  writeTemplate({
    id: 'shifts-at-fault',
    version: 2,
    en: {
      subject: ['Fix the on-call shifts'],
      lines: ['These on-call shifts need a change:', '- {gaps}', 'If no one is on shift, we call in directory order.'],
      button: ['Fix the shifts'],
    },
    es: {
      subject: ['Corrija los turnos de guardia'],
      lines: [
        'Estos turnos de guardia necesitan un cambio:',
        '- {gaps}',
        'Si no hay nadie de turno, llamamos en el orden del directorio.',
      ],
      button: ['Corregir los turnos'],
    },
  }),
  writeTemplate({
    id: 'agreements-end',
    version: 1,
    en: {
      subject: ['Renew or review agreements'],
      lines: [
        'These agreements need a decision:',
        '- {agreements}',
        'Renew each one, or record that it ends. An expired agreement is shown where it matters.',
      ],
      button: ['See the agreements'],
    },
    es: {
      subject: ['Renueve o revise acuerdos'],
      lines: [
        'Estos acuerdos necesitan una decisión:',
        '- {agreements}',
        'Renueve cada uno, o registre que termina. Un acuerdo vencido se muestra donde importa.',
      ],
      button: ['Ver los acuerdos'],
    },
  }),
  writeTemplate({
    id: 'draft-left',
    version: 4,
    en: {
      subject: ['Send the unsent reports'],
      lines: [
        'Careline staff began these reports and have not sent them. Their clocks run:',
        '- {left}',
        'Ask the person who began each one, or send it yourself.',
        { when: 'draftsExpired', say: 'These drafts ended, because no one changed them. We removed their words:' },
        '- {expired}',
        {
          when: 'draftsExpired',
          say: 'Ask the person who began each one: was the child reported? If not, enter the report again.',
        },
      ],
      button: ['Send the reports'],
    },
    es: {
      subject: ['Envíe los reportes pendientes'],
      lines: [
        'El personal de Careline empezó estos reportes y no los ha enviado. Sus plazos corren:',
        '- {left}',
        'Pregunte a quien empezó cada uno, o envíelo usted.',
        { when: 'draftsExpired', say: 'Estos borradores terminaron, porque nadie los cambió. Borramos sus palabras:' },
        '- {expired}',
        {
          when: 'draftsExpired',
          say: 'Pregunte a quien empezó cada uno si se reportó al menor. Si no, anote el reporte de nuevo.',
        },
      ],
      button: ['Enviar los reportes'],
    },
  }),
  writeTemplate({
    id: 'draft-ended',
    version: 2,
    en: {
      subject: ['Check drafts of reports that ended'],
      lines: [
        'These drafts ended, because no one changed them. We removed their words:',
        '- {expired}',
        'Ask the person who began each one: was the child reported? If not, enter the report again.',
      ],
      button: ['Enter a report again'],
    },
    es: {
      subject: ['Revise borradores que terminaron'],
      lines: [
        'Estos borradores terminaron, porque nadie los cambió. Borramos sus palabras:',
        '- {expired}',
        'Pregunte a quien empezó cada uno si se reportó al menor. Si no, anote el reporte de nuevo.',
      ],
      button: ['Anotar un reporte de nuevo'],
    },
  }),
  writeTemplate({
    id: 'draft-ends-soon',
    version: 2,
    en: {
      subject: ['Send or keep your drafts of reports'],
      lines: [
        'No one has changed these drafts since you wrote in them:',
        '- {left}',
        'When a draft ends, we remove its words. To keep it, change a word or send the report.',
        'Not needed? End the draft yourself.',
      ],
      button: ['Send or keep your drafts'],
    },
    es: {
      subject: ['Envíe o conserve sus borradores'],
      lines: [
        'Nadie ha cambiado estos borradores desde que usted escribió en ellos:',
        '- {left}',
        'Cuando un borrador termina, borramos sus palabras. Para conservarlo, cambie una palabra o envíe el reporte.',
        '¿Ya no hace falta? Termine usted el borrador.',
      ],
      button: ['Enviar o conservar sus borradores'],
    },
  }),
];
