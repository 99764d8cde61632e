/** Templates of alarms: a call, its end, and a change of the child's safety. None says more of the child than the duty does. */
import { writeTemplate } from './template.ts';

export const alarmTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'ring',
    version: 2,
    en: {
      subject: '{reference}: call now, {rule} {due}',
      lines: [
        'Act now. Open the page and press "I have this child". It lists the people to call.',
        { when: 'several', say: 'This one call is about all of these:' },
        '{asked}',
        'Not yours? Call {oncall}. Do not forward this e-mail.',
        'No answer by {nextCall}: we call the next person.',
      ],
    },
    es: {
      subject: '{reference}: llame ahora, {rule} {due}',
      lines: [
        'Actúe ahora. Abra la página y pulse «Me encargo de este menor». Ahí dice a quién llamar.',
        { when: 'several', say: 'Esta llamada es por todo esto:' },
        '{asked}',
        '¿No le corresponde? Llame al {oncall}. No reenvíe este mensaje.',
        'Si nadie responde antes de las {nextCall}, llamaremos a la siguiente persona.',
      ],
    },
  }),
  writeTemplate({
    id: 'alarm-over',
    version: 2,
    en: {
      subject: '{reference}: the call is over, {rule}',
      lines: [
        'You were called about this. Another person has it now, or it is done. You do not need to call.',
        'It was about: {ended}.',
        'The page says who has it.',
      ],
    },
    es: {
      subject: '{reference}: la llamada terminó, {rule}',
      lines: [
        'Se le llamó por esto. Otra persona se encarga ahora, o ya está hecho. No necesita llamar.',
        'Se trataba de: {ended}.',
        'La página dice quién se encarga.',
      ],
    },
  }),
  writeTemplate({
    id: 'alarm-too-late',
    version: 2,
    en: {
      subject: '{reference}: stop calling, the time for {rule} has passed',
      lines: [
        'You were called about this. It can no longer be done in time, so we call no one else about it.',
        'It was about: {ended}.',
        'The page says what to do for the child now.',
      ],
    },
    es: {
      subject: '{reference}: deje de llamar, terminó el tiempo de {rule}',
      lines: [
        'Se le llamó por esto. Ya no se puede hacer a tiempo, así que no llamamos a nadie más.',
        'Se trataba de: {ended}.',
        'La página dice qué hacer ahora por el menor.',
      ],
    },
  }),
  writeTemplate({
    id: 'holder-changed',
    version: 1,
    en: {
      subject: '{reference}: this is no longer yours: {rule}',
      lines: [
        'Another person recorded that you no longer have this child. Open the page now: it says who does.',
        'It is about: {obligation} ({rule}). Is that wrong? Press "I have this child" on the page.',
      ],
    },
    es: {
      subject: '{reference}: esto ya no está a su cargo: {rule}',
      lines: [
        'Otra persona anotó que usted ya no se encarga de este menor. Abra la página ahora: dice quién se encarga.',
        'Se trata de: {obligation} ({rule}). ¿Es un error? Pulse «Me encargo de este menor» en la página.',
      ],
    },
  }),
  writeTemplate({
    id: 'safety-changed',
    version: 1,
    en: {
      subject: '{reference}: read the page now',
      lines: ["What we know about the child's safety changed. Open the page now: it says what changed and what to do."],
    },
    es: {
      subject: '{reference}: lea la página ahora',
      lines: [
        'Cambió lo que sabemos de la seguridad del menor. Abra la página ahora: dice qué cambió y qué debe hacer.',
      ],
    },
  }),
];
