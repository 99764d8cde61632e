/** Templates about access to a referral, and about drafts, shifts and audit findings. */
import { writeTemplate } from './template.ts';

export const accessTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'referral-sealed',
    version: 1,
    en: {
      subject: '{reference}: sealed, and you are named',
      lines: [
        'This referral is sealed: only you and the other people who are named can see it. Discuss it only with them. For all others it does not exist.',
        'You may now get the tasks of a role that no named person holds.',
      ],
    },
    es: {
      subject: '{reference}: reservado, con acceso para usted',
      lines: [
        'Este caso está reservado: existe para usted y las demás personas designadas, y para nadie más. No hable de él con quien no esté designado; para esa persona no existe.',
        'Lo que se pide a una función que nadie designado desempeña puede pedírsele ahora a usted.',
      ],
    },
  }),
  writeTemplate({
    id: 'emergency-access-taken',
    version: 2,
    en: {
      subject: '{reference}: emergency access used',
      lines: [
        'A member of staff without access opened this referral for one hour, and gave a reason.',
        'The page says who it was, why, until when, and what that person has opened since.',
        '{asked}',
      ],
    },
    es: {
      subject: '{reference}: se usó un acceso de emergencia',
      lines: [
        'Una persona del departamento sin acceso abrió este caso por una hora y dio un motivo.',
        'La página dice quién fue, por qué, hasta cuándo y qué ha abierto desde entonces.',
        '{asked}',
      ],
    },
  }),
  writeTemplate({
    id: 'sealed-match',
    version: 1,
    en: {
      subject: '{reference}: compare it with another referral',
      lines: [
        'A report has come that may be about the child of this sealed referral. The page of this referral says which one it is. No one else was told. The person who took the report does not know that this referral exists.',
        'Compare the two, and agree with the other people who are named on what to do.',
      ],
    },
    es: {
      subject: '{reference}: compárelo con otro caso',
      lines: [
        'Ha llegado un aviso que puede tratar del menor de este caso reservado. La página de este caso dice cuál es. No se ha informado a nadie más: quien tomó el aviso no sabe que este existe.',
        'Mire los dos y acuerde con las demás personas designadas lo que se debe hacer.',
      ],
    },
  }),
  writeTemplate({
    id: 'audit-findings',
    version: 1,
    en: {
      subject: 'Careline audit: something needs an administrator',
      lines: [
        'The watchdog found what does not mend itself:',
        '{findings}',
        'The audit of each referral says more. As long as it stands, you are told of each once a day.',
      ],
    },
    es: {
      subject: 'Auditoría de Careline: algo requiere a la administración',
      lines: [
        'La vigilancia encontró algo que no se repara por sí solo:',
        '{findings}',
        'La auditoría de cada caso dice más. Mientras dure, se le avisa de cada cosa una vez al día.',
      ],
    },
  }),
  writeTemplate({
    id: 'shifts-at-fault',
    version: 1,
    en: {
      subject: 'On-call shifts need your attention',
      lines: [
        'These on-call shifts need a change:',
        '{gaps}',
        'Where no one is on shift, the order in the directory is used. Import, swap or hand over shifts on the page.',
      ],
    },
    es: {
      subject: 'Los turnos de guardia requieren su atención',
      lines: [
        'Estos turnos de guardia necesitan un cambio:',
        '{gaps}',
        'Cuando no hay nadie de turno, vale el orden del directorio. Importe, intercambie o traspase turnos en la página.',
      ],
    },
  }),
  writeTemplate({
    id: 'draft-left',
    version: 3,
    en: {
      subject: 'Reports were begun and not sent',
      lines: [
        'Careline staff began these reports and have not sent them. Their clocks run:',
        '{left}',
        'Ask the person who began each one, or open it under Drafts and send the report yourself.',
        {
          when: 'draftsExpired',
          say: 'These drafts ended, because no one changed them. Their words were removed:',
        },
        '{expired}',
        {
          when: 'draftsExpired',
          say: 'Ask the person who began each one whether the child was reported. If not, enter the report anew.',
        },
      ],
    },
    es: {
      subject: 'Hay avisos empezados y no enviados',
      lines: [
        'El personal de Careline empezó estos avisos y no los ha enviado. Sus plazos corren:',
        '{left}',
        'Pregunte a quien empezó cada uno, o ábralo en Borradores y envíe usted el aviso.',
        {
          when: 'draftsExpired',
          say: 'Estos borradores terminaron, porque nadie los cambió. Se borraron sus palabras:',
        },
        '{expired}',
        {
          when: 'draftsExpired',
          say: 'Pregunte a quien empezó cada uno si se avisó del menor. Si no, anote el aviso de nuevo.',
        },
      ],
    },
  }),
  writeTemplate({
    id: 'draft-ended',
    version: 1,
    en: {
      subject: 'Drafts of reports ended',
      lines: [
        'These drafts ended, because no one changed them. Their words were removed:',
        '{expired}',
        'Ask the person who began each one whether the child was reported. If not, enter the report anew.',
      ],
    },
    es: {
      subject: 'Terminaron borradores de avisos',
      lines: [
        'Estos borradores terminaron, porque nadie los cambió. Se borraron sus palabras:',
        '{expired}',
        'Pregunte a quien empezó cada uno si se avisó del menor. Si no, anote el aviso de nuevo.',
      ],
    },
  }),
  writeTemplate({
    id: 'draft-ends-soon',
    version: 1,
    en: {
      subject: 'Your drafts of reports end soon',
      lines: [
        'You wrote in these drafts, and no one has changed them since:',
        '{left}',
        'When a draft ends, its words are removed. To keep one, open it and change a word, or send the report.',
        'If no report is needed any more, end the draft under Drafts.',
      ],
    },
    es: {
      subject: 'Sus borradores de avisos terminan pronto',
      lines: [
        'Usted escribió en estos borradores y nadie los ha cambiado desde entonces:',
        '{left}',
        'Cuando un borrador termina, se borran sus palabras. Para conservarlo, ábralo y cambie una palabra, o envíe el aviso.',
        'Si ya no hace falta ningún aviso, termine el borrador en Borradores.',
      ],
    },
  }),
];
