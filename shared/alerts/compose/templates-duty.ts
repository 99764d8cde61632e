/** Templates about duties: one started, is near, is overdue, calls. Subject and heading are what to do and by when. */

type Lines = readonly (string | { readonly when: string; readonly say: string })[];
type Each = { readonly en: Lines; readonly es: Lines };
const when = (condition: string, ...texts: readonly string[]): Lines => texts.map((say) => ({ when: condition, say }));

/** The shortest form that still says the act comes last: it is for an act with a long name. */
const overdue: Each = {
  en: when(
    'overdue',
    'OVERDUE: {act} (was due {by}) – {reference}',
    'OVERDUE: {act} ({by}) – {reference}',
    'OVERDUE: {act} – {reference}',
  ),
  es: when(
    'overdue',
    'VENCIDO: {act} (venció {by}) – {reference}',
    'VENCIDO: {act} ({by}) – {reference}',
    'VENCIDO: {act} – {reference}',
  ),
};
const plain: Each = {
  en: ['{act} by {by} – {reference}', '{act} ({by}) – {reference}', '{act} – {reference}'],
  es: ['{act} antes del {by} – {reference}', '{act} ({by}) – {reference}', '{act} – {reference}'],
};

const heading: Each = {
  en: [
    ...when('several', '{count} tasks, the most urgent first'),
    ...when('overdue', 'OVERDUE: {task} (was due {when})'),
    '{task} by {when}',
  ],
  es: [
    ...when('several', '{count} tareas, primero la más urgente'),
    ...when('overdue', 'VENCIDO: {task} (venció el {when})'),
    '{task} antes del {when}',
  ],
};

const times: Each = {
  en: ['- {tasks}', 'Time left when we wrote this: {timeLeft}.', 'Overdue by {timeOver} when we wrote this.'],
  es: [
    '- {tasks}',
    'Tiempo restante al escribir este correo: {timeLeft}.',
    'Vencido por {timeOver} al escribir este correo.',
  ],
};

const task: Each = { en: ['{button}'], es: ['{button}'] };

/** The subjects of these lists in their order, the times, and lines after them. */
function about(
  id: string,
  version: number,
  subjects: readonly Each[],
  lines: Each = { en: [], es: [] },
  { button = task, headed = heading }: { readonly button?: Each; readonly headed?: Each } = {},
): unknown {
  const said = (language: 'en' | 'es') => ({
    subject: subjects.flatMap((each) => each[language]),
    heading: headed[language],
    lines: [...times[language], ...lines[language]],
    button: button[language],
  });
  return { id, version, en: said('en'), es: said('es') };
}

const hardStop: Each = {
  en: ['After {stop} it is too late.'],
  es: ['Después del {stop} será demasiado tarde.'],
};

export const dutyTemplates: readonly unknown[] = [
  about('deadline-opened', 2, [overdue, plain]),
  about('police-notice-due', 2, [overdue, plain], {
    en: ['Call police or go in person. Then record it.'],
    es: ['Llame a la policía o vaya en persona. Luego regístrelo.'],
  }),
  about('response-due', 2, [overdue, plain], {
    en: ['Then record when the response began.'],
    es: ['Luego registre cuándo comenzó la respuesta.'],
  }),
  about('screening-due', 2, [overdue, plain], {
    en: ['You may answer “unknown”.'],
    es: ['Puede responder «no se sabe».'],
  }),
  about('decision-due', 2, [overdue, plain], {
    en: [
      'You decide on a basis to allege. It is not a court finding.',
      'Services do not wait for your decision.',
      { when: 'overtaken', say: 'Facts changed after the last decision. The page proposes another outcome.' },
    ],
    es: [
      'Usted decide si hay base para alegar. No es un fallo judicial.',
      'Los servicios no esperan su decisión.',
      {
        when: 'overtaken',
        say: 'Los hechos cambiaron después de la última decisión. La página propone otro resultado.',
      },
    ],
  }),
  about('reminder', 2, [
    overdue,
    {
      en: ['Reminder: {act} by {by} – {reference}'],
      es: ['Recordatorio: {act} antes del {by} – {reference}'],
    },
    plain,
  ]),
  about(
    'warning',
    3,
    [
      overdue,
      {
        en: ['Due soon: {act} by {by} – {reference}'],
        es: ['Vence pronto: {act} antes del {by} – {reference}'],
      },
      plain,
    ],
    hardStop,
  ),
  about('missed', 2, [overdue, plain], {
    en: ["Do it now, or record why you can't."],
    es: ['Hágalo ahora, o registre por qué no puede.'],
  }),
  about(
    'escalation',
    3,
    [
      {
        en: ['ESCALATED: {act} (was due {by}) – {reference}', 'ESCALATED: {act} ({by}) – {reference}'],
        es: ['ELEVADO: {act} (venció {by}) – {reference}', 'ELEVADO: {act} ({by}) – {reference}'],
      },
      { en: ['ESCALATED: {act} – {reference}'], es: ['ELEVADO: {act} – {reference}'] },
    ],
    {
      en: ['The people whose task this is have not done it. Make sure that they do it.', ...hardStop.en],
      es: ['Las personas a cargo no lo han hecho. Asegúrese de que lo hagan.', ...hardStop.es],
    },
    {
      button: { en: ['Follow up on this task'], es: ['Dar seguimiento a la tarea'] },
      headed: {
        en: [...when('several', '{count} tasks escalated to you'), 'ESCALATED: {task} (was due {when})'],
        es: [...when('several', '{count} tareas elevadas a usted'), 'ELEVADO: {task} (venció el {when})'],
      },
    },
  ),
  about(
    'ring',
    3,
    [
      {
        en: when('overdue', 'URGENT, OVERDUE: {act} – {reference}'),
        es: when('overdue', 'URGENTE, VENCIDO: {act} – {reference}'),
      },
      // Only a call is urgent: it waits for an answer within minutes.
      {
        en: [
          'URGENT: {act} by {by} – {reference}',
          'URGENT: {act} ({by}) – {reference}',
          'URGENT: {act} – {reference}',
        ],
        es: [
          'URGENTE: {act} antes del {by} – {reference}',
          'URGENTE: {act} ({by}) – {reference}',
          'URGENTE: {act} – {reference}',
        ],
      },
    ],
    {
      en: [
        'Say first that you are handling this. Then you see the people to call.',
        'No answer by {nextCall}: we call the next person.',
      ],
      es: [
        'Diga primero que usted se encarga. Después verá a quién llamar.',
        'Sin respuesta antes de {nextCall}, llamamos a la siguiente persona.',
      ],
    },
    { button: { en: ["I'm handling this"], es: ['Yo me encargo'] } },
  ),
];
