/**
 * All templates of mail. A released version never changes: new words are a new entry with a higher version, and the old one
 * stays. The chain of an alert names the version of its mails. A test holds the digests of all versions.
 */
import { loadFrame, loadTemplates, type Template, writeFrame } from './mail-template.ts';
import { accessTemplates } from './templates-access.ts';
import { alarmTemplates } from './templates-alarm.ts';
import { dutyTemplates } from './templates-duty.ts';
import { hearingTemplates } from './templates-hearing.ts';
import { letterTemplates } from './templates-letter.ts';
import { outreachTemplates } from './templates-outreach.ts';
import { referralTemplates } from './templates-referral.ts';
import { teamTemplates } from './templates-team.ts';
import { visitTemplates } from './templates-visit.ts';

export const mailFrame = loadFrame(
  writeFrame({
    version: 5,
    en: {
      why: 'You get this because you {why}.',
      reference: 'Referral {reference}',
      newReference: 'New referral {reference}',
      open: '{task} by {when}',
      overdue: 'OVERDUE: {task} (was due {when})',
      escalated: 'ESCALATED: {task} (was due {when})',
      several: '{task}, {count} times',
      before: ['Do not contact the child or family before {noContactBefore}: police coordination.'],
      call: [
        {
          when: 'answersSeat',
          say: 'Not yours? Decline it. We ask the other holder of the seat. Questions? Call the Careline: {oncall}.',
        },
        {
          when: 'answersLinkage',
          say: 'Not yours? Decline it. We look for another provider. Questions? Call the Careline: {oncall}.',
        },
        { when: 'nothingToDo', say: 'Questions? Call the Careline: {oncall}.' },
        {
          when: 'hurry',
          say: 'Not yours, or the page does not open? Call the Careline now: {oncall}. We then ask another person.',
        },
        'Not yours? Call the Careline: {oncall}. We then ask another person.',
        { when: 'answersSeat', say: 'Not yours? Decline it. We ask the other holder of the seat.' },
        { when: 'answersLinkage', say: 'Not yours? Decline it. We look for another provider.' },
        { when: 'nothingToDo', say: 'Questions? Call the Careline.' },
        { when: 'hurry', say: 'Not yours, or the page does not open? Call the Careline now.' },
        'Not yours? Call the Careline.',
      ],
      after: [
        { when: 'repeat', say: 'This is a repeat: we cannot see whether the first mail arrived.' },
        { when: 'repeat', say: 'Do you have the first one? Then this one asks for nothing more.' },
      ],
      footer: [
        'Times are Eastern Time. Sign in to read and act: a link alone does nothing.',
        'Confidential, for you only. Do not reply or forward: no one reads this mailbox.',
        'Names and details are left out on purpose. Do not ask for them by mail.',
        'This mail is part of an evaluation of Careline. It replaces no call to police or the Careline.',
        'It is never the notice that a law requires.',
      ],
    },
    es: {
      why: 'Recibe este correo porque usted {why}.',
      reference: 'Caso {reference}',
      newReference: 'Caso nuevo {reference}',
      open: '{task} antes del {when}',
      overdue: 'VENCIDO: {task} (venció el {when})',
      escalated: 'ELEVADO: {task} (venció el {when})',
      several: '{task}, {count} veces',
      before: ['Policía: no contacte al menor ni a la familia antes del {noContactBefore}'],
      call: [
        {
          when: 'answersSeat',
          say: '¿No le corresponde? Rechace. Preguntamos a la otra persona del puesto. ¿Dudas? Llame a Careline: {oncall}.',
        },
        {
          when: 'answersLinkage',
          say: '¿No le corresponde? Rechace. Buscamos otro proveedor. ¿Dudas? Llame a Careline: {oncall}.',
        },
        { when: 'nothingToDo', say: '¿Dudas? Llame a Careline: {oncall}.' },
        {
          when: 'hurry',
          say: '¿No le corresponde, o no abre la página? Llame ya a Careline: {oncall}. Se lo pediremos a otra persona.',
        },
        '¿No le corresponde? Llame a Careline: {oncall}. Se lo pediremos a otra persona.',
        { when: 'answersSeat', say: '¿No le corresponde? Rechace. Preguntamos a la otra persona del puesto.' },
        { when: 'answersLinkage', say: '¿No le corresponde? Rechace. Buscamos otro proveedor.' },
        { when: 'nothingToDo', say: '¿Dudas? Llame a Careline.' },
        { when: 'hurry', say: '¿No le corresponde, o no abre la página? Llame ya a Careline.' },
        '¿No le corresponde? Llame a Careline.',
      ],
      after: [
        { when: 'repeat', say: 'Este correo se repite: no vemos si el primero llegó.' },
        { when: 'repeat', say: '¿Tiene el primero? Entonces este no pide nada más.' },
      ],
      footer: [
        'Las horas son del Este. Inicie sesión para leer y actuar: un enlace por sí solo no hace nada.',
        'Confidencial, solo para usted. No responda ni reenvíe: nadie lee este buzón.',
        'Los nombres y detalles se omiten a propósito. No los pida por correo.',
        'Este correo es parte de una evaluación de Careline. No sustituye una llamada a la policía ni a Careline.',
        'Nunca es el aviso que exige una ley.',
      ],
    },
  }),
);

export const templates: readonly Template[] = loadTemplates([
  ...referralTemplates,
  ...dutyTemplates,
  ...alarmTemplates,
  ...letterTemplates,
  ...accessTemplates,
  ...teamTemplates,
  ...outreachTemplates,
  ...hearingTemplates,
  ...visitTemplates,
]);

/** The latest version of a template. Throws for an unknown id. */
export function templateNamed(id: string): Template {
  const found = templates
    .filter((template) => template.id === id)
    .toSorted((one, other) => other.version - one.version)[0];
  if (!found) throw new Error(`There is no template "${id}".`);
  return found;
}
