/**
 * The Spanish of the pages that partners outside DCF open from mail: invitation, offer, alert. It has the acts of members
 * and providers, labels of fields, codes to choose from, and next steps.
 */
import type {
  answers,
  declineReasons,
  FollowUpMonths,
  Service,
  seatNoReasons,
  serviceOutcomes,
} from '../core/vocabulary.ts';

/** The acts of members and providers, as the heading of a form. */
export const actsInSpanish: Readonly<Record<string, string>> = {
  'answer-seat': 'Responder sobre el puesto en el equipo',
  'accept-linkage': 'Aceptar la remisión',
  'record-contact': 'Registrar el intento de contactar al menor',
  'start-linkage': 'Registrar que comenzó el servicio',
  'decline-linkage': 'Registrar que se rechaza el servicio, y la razón',
  'record-part-2': 'Agregar al registro de uso de sustancias, que está aparte',
  'record-service-outcome': 'Registrar qué resultó del servicio a los 3, 6 o 12 meses',
  'sign-confidentiality': 'Firmar el aviso de confidencialidad y decir si tiene un conflicto de interés',
  'pause-outreach': 'Pausar los contactos porque la policía lo pide, o renovar la pausa',
  'lift-outreach-pause': 'Terminar la pausa de los contactos',
  'acknowledge-alert': 'Yo me encargo',
};

/** The labels of the fields of these acts. */
export const labelsInSpanish: Readonly<Record<string, string>> = {
  discipline: 'Disciplina',
  answer: 'Respuesta',
  reasonCode: 'Razón',
  personId: 'Persona',
  suggestedDiscipline: 'Si no acepta, qué otra disciplina sugiere',
  proposedTime: 'Otra hora para la reunión',
  service: 'Servicio',
  at: 'Cuándo ocurrió',
  reached: '¿Se logró contactar al menor?',
  policeAgreed: '¿La policía estuvo de acuerdo con este contacto?',
  waitDays: 'Duración de la lista de espera, en días',
  reason: 'Razón, en sus palabras',
  part2Record: 'Registro de uso de sustancias, aparte de los demás',
  months: 'Tiempo desde el comienzo',
  serviceOutcome: 'Qué resultó del servicio',
  conflict: '¿Tiene un conflicto de interés en este caso?',
  agencyId: 'Agencia',
  personReached: 'Persona con quien habló',
  until: 'Hasta cuándo',
  alertId: 'Aviso',
};

type Chosen =
  | Service
  | FollowUpMonths
  | (typeof declineReasons)[number]
  | (typeof seatNoReasons)[number]
  | (typeof serviceOutcomes)[number]
  | (typeof answers)[number];

/** The codes that members and providers choose from or read. A code without Spanish does not compile. */
export const codesInSpanish: Readonly<Record<Chosen | 'accepted' | 'declined' | 'delegated', string>> = {
  'medical-acute-forensic': 'Examen médico forense agudo',
  'medical-nonacute': 'Examen médico, no agudo',
  'forensic-interview': 'Entrevista forense',
  'safe-placement': 'Lugar seguro',
  'victim-advocacy': 'Defensa de víctimas',
  'mental-health': 'Salud mental',
  'long-term-survivor-care': 'Atención a largo plazo para sobrevivientes',
  'substance-use': 'Uso de sustancias',
  education: 'Educación',
  legal: 'Asesoría legal',
  'victim-compensation': 'Compensación a víctimas',
  'basic-needs': 'Necesidades básicas',
  'caregiver-support': 'Apoyo a cuidadores',
  'transition-services': 'Servicios de transición',
  prevention: 'Prevención',
  3: '3 meses',
  6: '6 meses',
  12: '12 meses',
  'child-declined': 'El menor no quiso',
  'family-declined': 'La familia no quiso',
  'not-eligible': 'No cumple los requisitos',
  'waiting-list': 'Lista de espera',
  'no-provider': 'Ningún proveedor lo ofrece',
  'no-capacity': 'El proveedor no tiene cupo ni lista',
  'no-longer-needed': 'Ya no hace falta',
  'served-elsewhere': 'Ya lo recibe en otro lugar',
  'on-leave': 'De licencia',
  workload: 'Carga de trabajo',
  'not-my-district': 'No es mi distrito',
  other: 'Otra razón',
  'still-served': 'Aún recibe el servicio',
  completed: 'Completado',
  'stopped-by-child': 'El menor lo dejó',
  'stopped-by-family': 'La familia lo dejó',
  'stopped-by-provider': 'El proveedor lo terminó',
  'contact-lost': 'Se perdió el contacto',
  yes: 'Sí',
  no: 'No',
  unknown: 'No se sabe',
  accepted: 'Acepto',
  declined: 'Rechazo',
  delegated: 'Lo paso a otra persona',
};

/** The next steps of members and providers that no deadline words. `about` is the seat or the service in Spanish. */
export const stepsInSpanish = {
  answerSeat: (about: string) => `Acepte o rechace su puesto en el equipo: ${about}`,
  sign: () => 'Firme el aviso de confidencialidad y diga si tiene un conflicto de interés',
  findConflict: () => 'Diga si tiene un conflicto de interés. La coordinación le ayuda a averiguarlo',
  answerReferral: (about: string) => `Responda a la remisión: ${about}`,
  startService: (about: string) => `Inicie el servicio: ${about}`,
} as const;
