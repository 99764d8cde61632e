/** Templates of the end of a call, and of a change of the child's safety. None says more of the child than the duty does. */
import { writeTemplate } from './mail-template.ts';

export const alarmTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'alarm-over',
    version: 3,
    en: {
      subject: ['No call needed: {act} – {reference}'],
      heading: ['No call needed: {task}'],
      lines: ['Another person handles this now, or it is done.', '- {ended}'],
      button: ['See who handles it'],
    },
    es: {
      subject: ['No llame: {act} – {reference}'],
      heading: ['Ya no necesita llamar: {task}'],
      lines: ['Otra persona se encarga ahora, o ya está hecho.', '- {ended}'],
      button: ['Ver quién se encarga'],
    },
  }),
  writeTemplate({
    id: 'alarm-too-late',
    version: 3,
    en: {
      subject: ['Stop calling: too late for this – {reference}'],
      heading: ['Stop calling. It is too late to do this: {task}'],
      lines: ['We call no one else about it.', '- {ended}'],
      button: ['See what to do for the child now'],
    },
    es: {
      subject: ['Deje de llamar: ya es tarde – {reference}'],
      heading: ['Deje de llamar. Ya es tarde para esto: {task}'],
      lines: ['No llamamos a nadie más por esto.', '- {ended}'],
      button: ['Ver qué hacer ahora por el menor'],
    },
  }),
  writeTemplate({
    id: 'alarm-moved',
    version: 1,
    en: {
      subject: ['Merged, see where: {act} – {reference}'],
      heading: ['If you began, go on: {task}'],
      lines: [
        'The two referrals are merged. See in {otherReference} what is still to be done, and record it there.',
        '- {ended}',
      ],
      button: ['See the merged referral'],
    },
    es: {
      subject: ['Unidos, vea dónde: {act} – {reference}'],
      heading: ['Si ya empezó, siga: {task}'],
      lines: ['Los dos casos se unieron. Vea en {otherReference} qué falta por hacer y anótelo allí.', '- {ended}'],
      button: ['Ver el caso unido'],
    },
  }),
  writeTemplate({
    id: 'holder-changed',
    version: 2,
    en: {
      subject: ['Not your task now: {act} – {reference}'],
      heading: ['Another person now handles this: {task}'],
      lines: ['A colleague recorded that you are no longer handling this.', 'Is that wrong? Take it back now.'],
      button: ['Check who is handling it'],
    },
    es: {
      subject: ['Ya no es su tarea: {act} – {reference}'],
      heading: ['Otra persona se encarga ahora: {task}'],
      lines: ['Un colega anotó que usted ya no se encarga de este menor.', '¿Es un error? Retome al menor ahora.'],
      button: ['Ver quién se encarga del menor'],
    },
  }),
  writeTemplate({
    id: 'safety-changed',
    version: 2,
    en: {
      subject: ['URGENT: read what changed – {reference}'],
      heading: ["URGENT: read what changed in the child's safety"],
      lines: ['Read now what changed and what you must do.'],
      button: ['Read what changed'],
    },
    es: {
      subject: ['URGENTE: lea qué cambió – {reference}'],
      heading: ['URGENTE: lea qué cambió en la seguridad del menor'],
      lines: ['Lea ahora qué cambió y qué debe hacer.'],
      button: ['Leer qué cambió'],
    },
  }),
];
