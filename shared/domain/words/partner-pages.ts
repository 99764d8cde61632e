/**
 * The Spanish of the pages that partners outside DCF open from mail: invitation, offer, alert. It has the acts of members
 * and providers with their notes, labels of fields, codes, and next steps.
 */
import type { AgeBand } from '../core/age-bands.ts';
import type {
  AlertKind,
  agreedTasks,
  answers,
  callers,
  callLanguages,
  cardMakers,
  checkpointKinds,
  consentAnswers,
  consentKinds,
  declineReasons,
  definitionBases,
  eligibilityOutcomes,
  erasureGrounds,
  exploitationPurposes,
  FollowUpMonths,
  interviewers,
  knowingPeople,
  lateReasons,
  outcomes,
  perpetrators,
  reviewDecisions,
  Service,
  seatNoReasons,
  serviceOutcomes,
  taskEnds,
  tribeMails,
} from '../core/vocabulary.ts';
import { hasPartnerWords, partnerWords, words } from './code-words.ts';

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
  'note-card': 'Escribir la tarjeta del menor con el menor',
  'record-card-consent': 'Registrar quién puede leer las palabras de la tarjeta del menor',
  'end-task': 'Registrar cómo terminó una tarea acordada',
  'ask-booking': 'Reservar un examen o una entrevista, o pedir una hora',
  'move-booking': 'Fijar o cambiar la hora de un examen o una entrevista',
  'end-booking': 'Registrar si se cumplió un examen o una entrevista',
  'write-recovery-plan': 'Escribir el plan para la próxima vez que el menor desaparezca',
  'note-worker-safety': 'Anotar lo que hay que saber antes de ir allí',
  'ask-need': 'Anotar lo que el menor necesita ahora',
  'end-need': 'Registrar que se resolvió una necesidad, o cómo terminó',
  'ask-place': 'Preguntar por teléfono a un proveedor por un lugar donde quedarse',
  'answer-place': 'Registrar lo que dijo un proveedor sobre un lugar',
  'record-handoff': 'Registrar un acompañamiento a un proveedor',
  'acknowledge-alert': 'Yo me encargo',
};

/** What these acts mean, above their forms. An act without a note has none in English either. */
export const notesInSpanish: Readonly<Record<string, string>> = {
  'answer-seat':
    'Si rechaza, diga por qué y a quién preguntar. Si pasa el puesto, invitamos a esa persona. Si propone otra hora, la coordinación decide.',
  'record-contact':
    'Registre solo que hubo un intento o un contacto, y cuándo. Lo que un menor cuenta a quien le defiende es confidencial. No lo escriba aquí.',
  'decline-linkage':
    'Examen agudo: solo la decisión propia del menor, desde los 13 años y con su razón, termina el plazo. El no de un tutor no es el del menor.',
  'sign-confidentiality':
    'Al enviar esto usted firma el aviso. Si tiene un conflicto de interés, se aparta y no tiene que decir por qué. Su puesto pasa a quien le suple.',
  'pause-outreach':
    'Dura como máximo 72 horas. Regístrela otra vez antes de que termine para renovarla. Detiene los contactos y los avisos a los padres. Nunca detiene lo que piden el peligro, una desaparición o el examen agudo.',
  'acknowledge-alert':
    'Si confirma una llamada, usted se encarga, y no llamamos a nadie más. Vale para usted y para quienes representa.',
  'note-card':
    'Diga primero los límites de la confidencialidad. Escriba solo lo que el menor quiere que se diga, con sus palabras. Lo que usted omite queda como estaba.',
  'record-card-consent': 'Pregunte al menor por cada uno, aparte. Un no nunca es razón para preguntar otra vez pronto.',
  'ask-booking': 'Pregunte primero al menor. Una entrevista forense basta. Sin hora, cuenta como pedida.',
  'move-booking': 'Cambie aquí también quién interpreta y si viene la defensa.',
  'end-booking':
    'Nunca escriba lo que se dijo allí. Si no se cumplió, es tarea reservar otra vez, y no es culpa del menor.',
  'write-recovery-plan':
    'Escríbalo junto con el menor. Solo su puesto y los que usted nombra leen las palabras. Cada lectura queda registrada. Reemplaza todo el plan anterior.',
  'note-worker-safety':
    'Está en cada página del caso, para quienes pueden ir allí. Reemplaza la nota anterior. Nunca nombre a quien reportó.',
  'ask-need':
    'Una cama, un viaje, intérprete, un teléfono, ropa o comida. Queda entre sus tareas hasta que se resuelva.',
  'ask-place':
    'Diga la edad, lo que hace falta, los días y el número de esta pregunta. Nunca diga quién es el menor. El proveedor lo sabe cuando acepta una remisión.',
  'answer-place': 'Un sí aún no es una remisión: remita después al menor. Un no no cuenta en ninguna cifra.',
  'record-handoff':
    'Pregunte primero al menor quién debe acompañarle. Registre quién presentó al menor, y nunca lo que se dijo.',
  'lift-outreach-pause': 'Solo cuando la policía diga que el contacto ya no daña su trabajo.',
};

/** The labels of the fields of these acts. */
export const labelsInSpanish: Readonly<Record<string, string>> = {
  discipline: 'Disciplina',
  answer: 'Respuesta',
  reasonCode: 'Razón',
  personId: 'Persona',
  'answer-seat.reasonCode': 'Razón, si rechaza',
  'answer-seat.personId': 'Persona que toma el puesto, o a quien preguntar',
  suggestedDiscipline: 'Si rechaza, qué otra disciplina sugiere',
  proposedTime: 'Si acepta, otra hora para la reunión',
  'accept-linkage.at': 'Cuándo aceptó',
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
  providerId: 'Qué, y dónde',
  startsAt: 'Fecha y hora',
  startsOn: 'Primer día en que puede empezar el servicio',
  minutes: 'Minutos',
  interpreter: 'Intérprete',
  advocate: 'Defensa de víctimas',
  secondReason: 'Por qué una segunda entrevista',
  booking: 'Cita',
  readers: 'Puestos que leen el plan',
  lookFirst: 'Dónde buscar primero',
  callFirst: 'A quién llamar primero',
  safeWords: 'Palabras seguras que el menor conoce',
  concerns: 'Qué hay que saber antes de ir allí',
  safetyOver: '¿Ya nada de esto es cierto?',
  safeContact: 'Contacto seguro: cómo y cuándo se puede contactar al menor o a la familia, y cómo no',
  safetyWords: 'En palabras: por dónde entrar, quién está, qué evitar',
  practicalNeed: 'Qué hace falta',
  neededBy: 'Para cuándo',
  owner: 'Quién se encarga',
  need: 'Necesidad',
  needEnd: 'Cómo terminó',
  metBy: 'Quién la resolvió',
  placeFrom: 'Primera noche',
  placeUntil: 'Último día, si se sabe',
  bedNeeds: 'Qué debe tener el lugar',
  ask: 'Número de la pregunta',
  placeAnswer: 'Qué dijo el proveedor',
  handedBy: 'Quién acompañó',
  handoffWay: 'Cómo, y si estaba el menor',
  bookingEnd: 'Qué pasó',
  bookingReason: 'Por qué no se cumplió',
  seenAlone: '¿Se vio al menor a solas?',
  limitsSaid: '¿Dijo primero los límites de la confidencialidad?',
  madeBy: 'Quién cambia la tarjeta',
  cardLanguage: 'Idioma que el menor quiere hablar',
  interviewer: 'Quién quiere el menor que lo entreviste o examine',
  askFirst: '¿Quiere el menor que le pregunten antes de decidir o pasar algo?',
  onPaper: '¿Pidió el menor la tarjeta en papel?',
  goodTimes: 'Cuándo y cómo contactar al menor, en sus palabras',
  mustNotKnow: 'Quién no debe saberlo, en palabras del menor',
  supportPerson: 'Quién debe estar presente, en palabras del menor',
  task: 'Tarea acordada',
  end: 'Cómo terminó',
  audience: 'Quién leería las palabras de la tarjeta',
  mayReadWords: '¿Puede leer las palabras? Lo que dice el menor',
};

type Chosen =
  | AgeBand
  | AlertKind
  | (typeof checkpointKinds)[number]
  | Service
  | FollowUpMonths
  | (typeof declineReasons)[number]
  | (typeof seatNoReasons)[number]
  | (typeof serviceOutcomes)[number]
  | (typeof answers)[number];

/** The codes that members and providers choose from or read. A code without Spanish does not compile. */
export const codesInSpanish: Readonly<Record<Chosen | 'accepted' | 'declined' | 'delegated' | 'seats', string>> = {
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
  other: 'Otro',
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
  seats: 'Puestos del equipo',
  'under-12': 'Menos de 12',
  '12-to-14': 'De 12 a 14',
  '15-to-17': 'De 15 a 17',
  'under-18': 'Menos de 18',
  '18-and-over': '18 o más',
  'not-known': 'No se sabe',
  'referral-opened': 'Se abrió un caso',
  'deadline-opened': 'Comenzó un plazo',
  'mdt-invited': 'Invitación al equipo',
  'linkage-offered': 'Remisión a su servicio',
  'answer-needed': 'Se necesita una respuesta',
  checkpoint: 'Un plazo',
  'referral-ended': 'El caso terminó',
  'report-merged': 'Se unieron dos casos',
  'charges-faced': 'Se registraron cargos',
  'tribal-membership': 'Pertenencia a una tribu',
  'removal-review': 'Revisión de la separación del hogar',
  'do-not-alert-caregiver': 'No avise al cuidador',
  'outreach-paused': 'Contactos en pausa',
  'outreach-resumed': 'Terminó la pausa de los contactos',
  'meeting-scheduled': 'Reunión del equipo',
  'meeting-moved': 'La reunión del equipo cambió de hora',
  'meeting-cancelled': 'Se canceló la reunión del equipo',
  'meeting-left': 'Ya no asiste a la reunión',
  'seat-removed': 'Su puesto terminó',
  'seat-not-reached': 'No llegó una invitación',
  'referral-sealed': 'Caso restringido',
  'emergency-access-taken': 'Acceso de emergencia',
  'sealed-match': 'Coincide con un caso restringido',
  'alarm-over': 'La alarma terminó',
  'holder-changed': 'Otra persona se encarga',
  'danger-raised': 'El menor está en peligro',
  'danger-lifted': 'Ya no hay peligro',
  'child-missing': 'El menor desapareció',
  'child-returned': 'El menor regresó',
  remind: 'Recordatorio',
  warn: 'Advertencia',
  ring: 'Llamada',
  due: 'Vencimiento',
  escalate: 'Aviso a la supervisión',
};

/** The codes that members read on the pages of a referral, and choose from on none. A code without Spanish does not compile. */
const recordsInSpanish: Readonly<
  Record<
    | (typeof outcomes)[number]
    | (typeof eligibilityOutcomes)[number]
    | (typeof definitionBases)[number]
    | (typeof perpetrators)[number]
    | (typeof exploitationPurposes)[number]
    | (typeof consentKinds)[number]
    | (typeof consentAnswers)[number]
    | (typeof callers)[number]
    | (typeof knowingPeople)[number]
    | (typeof callLanguages)[number]
    | (typeof lateReasons)[number]
    | (typeof erasureGrounds)[number]
    | (typeof tribeMails)[number]
    | (typeof cardMakers)[number]
    | (typeof interviewers)[number]
    | (typeof reviewDecisions)[number]
    | (typeof agreedTasks)[number]
    | (typeof taskEnds)[number]
    | 'prosecutor'
    | 'court'
    | 'provider'
    | 'scheduled'
    | 'held'
    | 'called-off'
    | 'complete'
    | 'with-quorum'
    | 'under-waiver'
    | 'below-quorum'
    | 'withheld'
    | 'made-in-error'
    | 'duplicate'
    | 'police'
    | 'open',
    string
  >
> = {
  confirmed: 'Confirmado',
  'high-risk': 'Riesgo alto',
  'at-risk': 'En riesgo',
  'insufficient-info': 'Falta información',
  'not-indicated': 'Sin indicios',
  '46a-170': 'C.G.S. 46a-170',
  '53a-192a': 'C.G.S. 53a-192a',
  tvpa: 'TVPA (22 U.S.C. 7102)',
  none: 'Ninguna',
  'basis-trafficking': 'Base para alegar: trata',
  'basis-other-ground': 'Base para alegar: otra causa',
  'basis-noted': 'Base anotada, sin nueva petición',
  'services-only': 'Solo servicios',
  'prevention-services': 'Servicios de prevención',
  'legal-review': 'Revisión legal',
  'not-uncared-for': 'Sin desatención',
  'not-eligible-age': 'Fuera de la edad',
  pending: 'Pendiente',
  'no-basis': 'Sin base',
  sex: 'Sexo',
  labor: 'Trabajo forzado, no sexo',
  'sex-and-labor': 'Sexo y trabajo forzado',
  caregiver: 'Un cuidador',
  entrusted: 'Una persona a quien se confió el menor',
  'given-access': 'Una persona a quien un cuidador dio acceso',
  'third-party': 'Otra persona',
  'none-alleged': 'Nadie señalado',
  child: 'Del menor',
  'parent-or-guardian': 'De madre, padre o tutor',
  'written-part-2': 'Por escrito, para uso de sustancias (42 CFR parte 2)',
  given: 'Dado',
  refused: 'Negado',
  withdrawn: 'Retirado',
  'the-child': 'El menor',
  'with-the-child': 'Está con el menor',
  elsewhere: 'En otro lugar',
  'no-one-else': 'Nadie más',
  suspect: 'Una persona sospechosa',
  others: 'Otras personas',
  english: 'Inglés',
  spanish: 'Español',
  portuguese: 'Portugués',
  'haitian-creole': 'Criollo haitiano',
  polish: 'Polaco',
  mandarin: 'Mandarín',
  arabic: 'Árabe',
  'sign-language': 'Lengua de señas americana',
  'system-outage': 'El sistema no funcionaba',
  'connection-lost': 'Se perdió la conexión',
  'paper-form': 'Se anotó en papel',
  'heard-elsewhere': 'Se supo por otra vía',
  retention: 'Terminó el plazo de conservación',
  'court-order': 'Orden judicial',
  registered: 'Correo registrado',
  certified: 'Correo certificado',
  scheduled: 'Fijada',
  held: 'Celebrada',
  'called-off': 'Cancelada',
  complete: 'Completa',
  'with-quorum': 'Sí, con quórum',
  'under-waiver': 'Sí, sin quórum y con dispensa',
  'below-quorum': 'No: faltó el quórum',
  withheld: 'Retenido',
  'made-in-error': 'Se hizo por error',
  duplicate: 'Repetido',
  police: 'Policía',
  open: 'Abierto',
  unknown: 'No se sabe',
  other: 'Otro',
  'child-wrote': 'El menor',
  'written-together': 'El menor conmigo',
  'a-woman': 'Una mujer',
  'a-man': 'Un hombre',
  'no-preference': 'Sin preferencia',
  prosecutor: 'Fiscalía',
  court: 'Tribunal',
  provider: 'Proveedor',
  'go-on-as-planned': 'Seguir según el plan',
  'change-the-plan': 'Cambiar el plan',
  'learn-more-first': 'Saber más primero',
  'prepare-closing': 'Preparar el cierre',
  'contact-child': 'Contactar al menor',
  'talk-with-family': 'Hablar con la familia',
  'renew-safety-plan': 'Renovar el plan de seguridad',
  'settle-placement': 'Resolver dónde vive el menor',
  'contact-school': 'Contactar a la escuela',
  'get-records': 'Obtener documentos del caso',
  'secure-evidence': 'Asegurar las pruebas',
  'prepare-court': 'Preparar el tribunal',
  'get-papers': 'Obtener identificación o beneficios',
  'task-in-minutes': 'Otra: vea el acta',
  'task-done': 'Hecha',
  'task-dropped': 'Ya no hace falta',
};

/** The next steps of members and providers that no deadline words. `about` is the seat or the service in Spanish. */
export const stepsInSpanish = {
  answerSeat: (about: string) => `Acepte o rechace su puesto en el equipo: ${about}`,
  sign: () => 'Firme el aviso de confidencialidad y diga si tiene un conflicto de interés',
  findConflict: () => 'Diga si tiene un conflicto de interés. La coordinación le ayuda a averiguarlo',
  answerReferral: (about: string) => `Responda a la remisión: ${about}`,
  startService: (about: string) => `Inicie el servicio: ${about}`,
  explain: (duty: string) => `Diga por qué no se cumplió: ${duty}`,
  countersign: (duty: string) => `Firme también por qué no se cumplió: ${duty}`,
} as const;

const allInSpanish: Readonly<Record<string, string>> = { ...recordsInSpanish, ...codesInSpanish };

/** The Spanish of a code, with a capital. English where no page of a partner reads it. */
export function spanishWords(code: string): string {
  const said = Object.hasOwn(allInSpanish, code) ? allInSpanish[code] : undefined;
  if (said !== undefined) return said;
  const found = hasPartnerWords(code) ? partnerWords(code, 'es') : words(code);
  return found.charAt(0).toUpperCase() + found.slice(1);
}

/** The notice of confidentiality of a policy, by its version. The English is what a member signs. */
export const noticesInSpanish: Readonly<
  Record<string, { readonly sentences: readonly string[]; readonly question: string }>
> = {
  '2026.1': {
    sentences: [
      'Lo que usted sepa de este caso queda en su equipo: el menor, lo ocurrido y lo dicho.',
      'Úselo solo para el trabajo de este equipo, y no lo escriba en ningún correo. Contarlo a otros puede ser un delito (C.G.S. 17a-28).',
      'Cada vez que usted lea quién es el menor, queda registrado.',
    ],
    question:
      '¿Tiene un conflicto de interés en este caso? Es un vínculo con el menor, la familia o la persona señalada, o un interés propio. Si aún no puede decirlo, responda «No se sabe». La coordinación le llama antes de que usted vea más.',
  },
};
