/**
 * The Spanish of sentences that reach a page with their values: refusals of a partner's acts, problems and hints. A refusal carries its sentence alone, so the Spanish is found by the English that it was made from.
 */
import type { RefusalKey } from '../refusals.ts';
import { refusals } from '../refusals.ts';

/** The refusals of the acts of members and providers. */
const refusalsInSpanish: Readonly<Partial<Record<RefusalKey, string>>> = {
  'not-a-booker':
    'Del equipo, reservan la defensa de víctimas, quien entrevista y el puesto médico. Pídalo a la defensa.',
  'no-such-provider': 'El directorio no tiene ese proveedor para {service}.',
  'booked-already': 'Ya se pidió o se reservó. Cambie esa cita, o registre cómo terminó.',
  'second-interview': 'Ya hubo una entrevista forense, y una basta (C.G.S. 17a-101h). Diga por qué hace falta otra.',
  'second-unasked': 'Aún no hubo una entrevista forense. Omita la razón de una segunda.',
  'interpreter-first': 'El menor habla {language}. Diga qué intérprete viene, o que el centro habla el idioma.',
  'in-the-past/booking': 'La cita sería {startsAt}, y ya pasó. Dé una hora que esté por venir.',
  'too-far-ahead/booking': 'La cita sería {startsAt}. Dé una hora dentro de medio año.',
  'no-such-booking': 'No hay una cita con ese número.',
  'booking-over': 'Esta cita ya terminó. Pida otra.',
  'booking-without-time': 'Esta cita aún no tiene hora. Fíjela primero, o cancele la cita.',
  'booking-ahead': 'La cita es {startsAt}. Registre después si se cumplió.',
  'booking-reason-missing': 'Diga por qué no se cumplió.',
  'booking-reason-unasked': 'Una cita que se cumplió no necesita razón. Omítala.',
  'empty-plan': 'Escriba al menos una parte del plan.',
  'no-seat-for-plan': 'El equipo no tiene ese puesto: {readers}. Elija puestos del equipo.',
  'in-the-past/need': 'Sería para el {neededBy}, y ya pasó. Dé una hora que esté por venir.',
  'too-far-ahead/need': 'Sería para el {neededBy}. Dé una hora dentro de tres meses.',
  'no-seat-for-need': 'El equipo no tiene ese puesto: {owner}. Omítalo, o elija un puesto del equipo.',
  'need-open-already': 'Esta necesidad ya está pendiente. Registre cómo terminó antes de pedirla otra vez.',
  'unknown-need': 'No hay una necesidad con ese número.',
  'need-over': 'Esta necesidad ya terminó. Pídala otra vez.',
  'need-met-by-whom': 'Diga quién la resolvió.',
  'need-not-met': 'Solo una necesidad resuelta tiene quien la resolvió. Omítalo.',
  'in-the-past/place': 'La primera noche sería el {placeFrom}, y ya pasó. Dé un día desde hoy.',
  'too-far-ahead/place': 'La primera noche sería el {placeFrom}. Dé un día dentro de tres meses.',
  'place-ends-before': 'El último día es anterior al primero. Corrija los días.',
  'place-asked-already': 'Ya se preguntó a este proveedor. Registre primero su respuesta.',
  'no-such-ask': 'No hay una pregunta a un proveedor con ese número.',
  'ask-over': 'El proveedor ya respondió. Pregunte otra vez, con otro número.',
  'no-seat-for-handoff': 'El equipo no tiene ese puesto: {handedBy}. Elija un puesto del equipo, o el departamento.',
  'limits-first':
    'Diga primero al menor los límites de la confidencialidad: qué debe usted pasar, y a quién. Después escriban la tarjeta juntos.',
  'empty-card': 'Anote al menos una cosa que el menor quiere.',
  'no-card': 'Aún no hay tarjeta. Escríbala primero con el menor.',
  'consent-without-end': 'Diga hasta qué día acepta el menor. Un sí termina en un año como máximo.',
  'consent-past': 'Dé una hora que esté por venir, dentro de un año como máximo.',
  'counsel-first':
    'El área legal no ha revisado esta tarjeta para un padre, o cambió desde entonces. Pídale primero que la revise.',
  'not-with-the-child':
    'Solo un puesto que habla con el menor cambia la tarjeta: medicina, salud mental, entrevista, defensa o abogacía del menor.',
  'no-such-task': 'El equipo no acordó esa tarea, o ya terminó.',
  'empty-safety': 'Elija al menos una cosa que hay que saber. ¿Ya nada es cierto? Dígalo en "safetyOver".',
  'safety-both': 'Usted dice que ya nada es cierto, y también qué lo es. Elija una de las dos.',
  'not-your-task': 'Esta tarea es del puesto de {owner}. Ese puesto, o la coordinación, dice cómo terminó.',
  'task-reason':
    'Diga en "reason" por qué la tarea ya no hace falta. Solo la coordinación o la presidencia la termina así.',
  'not-your-seat/sign': 'Usted no tiene un puesto en el equipo de este caso, así que no hay nada que firmar.',
  'no-such-seat/team': 'El equipo de este caso no tiene un puesto de {discipline}.',
  'not-a-no/reason': 'Una razón, y otra disciplina que preguntar, van solo con un rechazo.',
  'reason-unsaid': 'Diga por qué rechaza el puesto.',
  'not-a-no/person': 'Otra persona va solo con un rechazo, o cuando pasa el puesto.',
  'not-a-yes': 'Otra hora para la reunión va solo si acepta el puesto.',
  'in-the-past/proposal': 'La hora que propone ya pasó: dé una que esté por venir.',
  'delegate-unsaid': 'Diga quién toma el puesto en su lugar.',
  yourself: 'Nombre a una persona que no sea usted.',
  'no-such-member/suggest':
    'El directorio no tiene a esa persona para un puesto del equipo: pregunte a la coordinación.',
  'has-conflict/name': 'Esa persona tiene un conflicto de interés en este caso: nombre a otra.',
  'other-discipline':
    'El directorio no tiene a esa persona para {discipline}. Nombre a otra, o pida a la administración que la anote.',
  'not-your-seat/answer': 'El puesto de {discipline} es de otra persona.',
  'seat-taken': 'La otra persona del puesto ya lo aceptó: solo ella puede dejarlo.',
  'no-such-need': 'El servicio {service} no está entre lo que este caso necesita.',
  'wrong-step': 'El servicio {service} ya está en otro paso: este paso no le sigue.',
  'not-your-linkage': 'Ninguna remisión de este servicio se dirige a usted.',
  'in-the-past/start': 'El día de "startsOn" es anterior al de la respuesta: dé ese día o uno posterior.',
  'reason-of-staff': 'Un proveedor responde por sí mismo: si otro ofrece el servicio lo dice el departamento.',
  'no-waiting-list': 'La duración de la espera va solo con la razón «lista de espera».',
  'wait-unsaid': 'Diga cuántos días dura la espera, o que no se sabe.',
  'consent-missing/service':
    'El servicio {service} necesita antes un consentimiento. El trabajo social lo pide y lo registra. La atención médica aguda y la seguridad nunca esperan.',
  'caregiver-not-ruled-out':
    'Nadie ha descartado que participara un cuidador, así que el no de un tutor no termina nada. Pregunte al menor, y registre su propia decisión.',
  'not-the-caregiver/declined':
    'Es posible que un cuidador haya participado, así que el no de la familia no rechaza nada. Pregunte al menor y dé otra razón.',
  'too-young-to-decide':
    'Este menor tiene o puede tener menos de 13 años, así que su propio no no termina el examen. Pregunte al trabajo social, y siga ofreciendo el examen.',
  'reason-missing/childs-decision': 'Diga cómo decidió el menor, en palabras de al menos diez letras.',
  'not-started': 'El servicio {service} no ha comenzado, así que aún no hay un resultado.',
  'too-early': 'El resultado a los {months} meses se puede registrar desde el {from}.',
  overtaken: 'El caso cambió mientras se decidía esto.',
  'id-reused': 'Antes se envió otra cosa con este formulario, y eso vale.',
  'wrong-stage': 'El caso ya no está abierto, así que esto ya no se puede hacer.',
  'in-the-future/act': 'Esa hora está en el futuro. Dé la hora en que ocurrió.',
  'before-the-report': 'El acto tiene una fecha anterior al reporte. Dé la hora en que ocurrió.',
  'no-such-agency': 'El directorio no tiene esa agencia. Elija otra.',
  'police-agreed-by-staff':
    '{pause} Solo el personal puede decir que la policía estuvo de acuerdo. Pregunte al trabajo social.',
  'outreach-paused/partner': '{pause} Pregunte al trabajo social asignado.',
  'not-the-police': 'En el equipo, solo la policía hace una pausa de los contactos o la termina.',
  'pause-too-long': 'Una pausa dura como máximo 72 horas. Dé un final más cercano, y renuévela antes.',
  'paused-already': 'Los contactos ya están en pausa: dé un final posterior, o termine la pausa.',
  'not-paused': 'Los contactos no están en pausa, así que no hay nada que terminar.',
};

/** Problems and hints of their forms, by the English. */
const othersInSpanish: Readonly<Record<string, string>> = {
  'For the tribe, no proceeding about custody is held before {day}. Ask counsel.':
    'Por la tribu, no hay audiencia sobre custodia antes del {day}. Pregunte a la asesoría legal.',
  'Do not contact the child or family before {when}: police coordination.':
    'No contacte al menor ni a la familia antes del {when}: lo pide la policía.',
  'Choose one of: {choices}.': 'Elija una de las opciones.',
  'Give a date and a time, such as 11/25/2026, 10:15 AM.': 'Dé una fecha y una hora, como 11/25/2026, 10:15 AM.',
  'This time does not exist: the clocks in New York went forward over it. Give another.':
    'Esa hora no existe: los relojes de Nueva York se adelantaron. Dé otra.',
  'Give date, time and zone of the meeting.': 'Dé la fecha y la hora de la reunión.',
  'Give date, time and zone, such as 2026-11-25T15:00:00-05:00.': 'Dé una fecha y una hora.',
  'Give a year from 2000 to 2099.': 'Dé un año entre 2000 y 2099.',
  'Give a number in digits, or leave it empty.': 'Dé un número en cifras, o déjelo vacío.',
  'Write something here.': 'Escriba algo aquí.',
  'Give the reason in words: at least ten letters or digits.':
    'Dé la razón en palabras: al menos diez letras o cifras.',
  'An id has only capital letters, digits, dots and hyphens.': 'Elija a una persona de la lista.',
  'No person in the directory has this e-mail address.': 'Nadie en el directorio tiene este correo.',
  'New York time.': 'Hora de Nueva York.',
  'Get a time for the appointment: {what}': 'Consiga una hora para la cita: {what}',
  'Record whether it was kept: {what}, {when}': 'Registre si se cumplió: {what}, {when}',
  'Find an advocate for the appointment: {what}, {when}': 'Busque defensa para la cita: {what}, {when}',
  'Book it again: {what}': 'Reserve otra vez: {what}',
  'Meet a need of the child: {what}, by {when}': 'Resuelva una necesidad del menor: {what}, a más tardar: {when}',
  '{agency}, day and night {phone}': '{agency}, día y noche {phone}',
  'A number. Leave empty for an hour.': 'Un número. Déjelo vacío si es una hora.',
  'Month, day and year, such as 11/25/2026.': 'Mes, día y año, como 11/25/2026.',
  'serves region {regions} and not region {region}': 'atiende la región {regions} y no la región {region}',
  'serves ages {from} to {to}': 'atiende edades de {from} a {to}',
  'Month, day and year. Leave empty if you do not know yet.': 'Mes, día y año. Déjelo vacío si aún no lo sabe.',
  'Needed where the child was seen. "Not known" is an answer.':
    'Hace falta si se vio al menor. «No se sabe» es una respuesta.',
  'If the child declined: at least ten characters. The acute exam needs it.':
    'Si el menor rechazó: al menos diez caracteres. El examen agudo lo necesita.',
  'Needed for a yes: at most a year ahead. Leave empty for a no. New York time.':
    'Hace falta para un sí: un año como máximo. Déjelo vacío si es un no. Hora de Nueva York.',
  'New York time. Leave empty if it is now.': 'Hora de Nueva York. Déjelo vacío si es ahora.',
  'New York time. Leave empty if the time of the meeting suits you.':
    'Hora de Nueva York. Déjelo vacío si la hora de la reunión le conviene.',
  'For a waiting list alone: a number, or the word unknown.':
    'Solo para una lista de espera: un número, o la palabra unknown.',
  'Only the provider of the service, the caseworker and the liaison can read it, while the consent stands.':
    'Solo lo leen el proveedor del servicio, el trabajo social y el enlace, mientras valga el consentimiento.',
  'Day and night': 'Día y noche',
  Elsewhere: 'En otro lugar',
  'Of the responsible office': 'De la oficina responsable',
  'Another one: say below which it is': 'Otra: diga abajo cuál es',
  'Is the caller the child, or with the child?': '¿Llama el menor, o alguien que está con él?',
  'Can anyone hear the caller?': '¿Puede alguien oír la llamada?',
  'May we call back?': '¿Podemos devolver la llamada?',
  'Who knows of this call?': '¿Quién sabe de esta llamada?',
  'Language of the caller': 'Idioma de quien llama',
  Needed: 'Se necesita',
  Offered: 'Remitido',
  Accepted: 'Aceptado',
  Started: 'Comenzado',
  Declined: 'Rechazado',
  Closed: 'Cerrado',
  Withdrawn: 'Retirado',
  Merged: 'Unido a otro',
  closed: 'cerrado',
  withdrawn: 'retirado',
  merged: 'unido a otro',
  'Seats of the team': 'Puestos del equipo',
  Kept: 'Cumplido',
  'Closed as missed': 'Cerrado como incumplido',
  'Does not apply': 'No se aplica',
  'No longer asked': 'Ya no se pide',
};

/** An English sentence as the pattern of what it becomes, by names of its values. */
const patternOf = (english: string): RegExp =>
  new RegExp(
    `^${english.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>.*?)`)}$`,
  );

/** Made once, when a page first needs it. */
let patterns: readonly (readonly [RegExp, string])[] | undefined;
const allPatterns = () => {
  patterns ??= [
    ...Object.entries(refusalsInSpanish).map(([key, es]) => [patternOf(refusals[key as RefusalKey]), es] as const),
    ...Object.entries(othersInSpanish).map(([en, es]) => [patternOf(en), es] as const),
  ];
  return patterns;
};

/**
 * A filled sentence in Spanish. `valueIn` gives the Spanish of a value, such as the words of a code or of an instant. Undefined where
 * the sentence has no Spanish.
 */
export function toldInSpanish(sentence: string, valueIn: (value: string) => string): string | undefined {
  for (const [pattern, es] of allPatterns()) {
    const found = pattern.exec(sentence);
    if (found)
      return es.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = found.groups?.[name] ?? '';
        return toldInSpanish(value, valueIn) ?? valueIn(value);
      });
  }
  return undefined;
}
