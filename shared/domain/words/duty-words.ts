/**
 * What a duty asks of a person, in English and Spanish, by the milestone that keeps it. Pages, lists, calls and mail say
 * the same words. A milestone without words does not compile.
 */
import type { Language } from '../core/vocabulary.ts';
import type { DeadlineRule, GeneralMilestone, Milestone } from '../policy/policy.ts';

/** The same words in each language. */
export type InEach = Readonly<Record<Language, string>>;

export interface DutyWords {
  /** The act for a subject on a lock screen: short, and it names no child. It begins in lower case. */
  readonly act: InEach;
  /** The act on pages and within a mail. It begins in lower case. */
  readonly task: InEach;
  /** The button that leads to the form of the act. */
  readonly button: InEach;
}

const both = ([en, es]: readonly [string, string]): InEach => ({ en, es });
const duty = (
  act: readonly [string, string],
  button: readonly [string, string],
  task: readonly [string, string] = act,
): DutyWords => ({ act: both(act), task: both(task), button: both(button) });

/** For a duty whose name would tell a mailbox of a tribe, a facility or a school. */
const legalNotice = duty(
  ['give a legal notice', 'dé un aviso legal'],
  ['Record the legal notice', 'Registrar el aviso legal'],
  ['give a notice that the law requires', 'dé un aviso que exige la ley'],
);

/** Its words on pages, which tell it. Mail says `legalNotice`. */
const onPage = (en: string, es: string): DutyWords => ({ ...legalNotice, task: both([en, es]) });

const approval = (en: string, es: string): DutyWords =>
  duty(
    ['approve or decline', 'apruebe o rechace'],
    ['Approve or decline', 'Aprobar o rechazar'],
    [`approve or decline ${en}`, `apruebe o rechace ${es}`],
  );

const outcomesAfter = (months: string): DutyWords =>
  duty(
    ['record the outcomes', 'registre los resultados'],
    ['Record the service outcomes', 'Registrar los resultados'],
    [
      `record what became of each service after ${months} months`,
      `registre qué resultó de cada servicio a los ${months} meses`,
    ],
  );

const familyNotice = (en: string, es: string): DutyWords =>
  duty(
    ['decide on a notice', 'decida sobre un aviso'],
    ['Give or withhold the notice', 'Dar o retener el aviso'],
    [`give or withhold the ${en}`, `dé o retenga el ${es}`],
  );
const [parentsNotice, parentsTold, substantiationNotice] = [
  familyNotice('notice to the parents', 'aviso a los padres'),
  familyNotice('spoken notice to the parents', 'aviso verbal a los padres'),
  familyNotice('notice of substantiation to the parents', 'aviso de confirmación a los padres'),
];

const endOfHold = duty(
  ['resolve the hold', 'resuelva retención'],
  ['Record how the hold ended', 'Registrar cómo terminó la retención'],
  ['file the petition, or release the child from the hold', 'presente la petición, o libere al menor de la retención'],
);

const handover = duty(
  ['hand over the case', 'traspase el caso'],
  ['Record the hand-over', 'Registrar el traspaso'],
  ['hand the person over to adult services, with consent', 'pase a la persona a servicios para adultos, si consiente'],
);

const general: Readonly<Record<GeneralMilestone, DutyWords>> = {
  'report-classified': duty(
    ['accept report or not', 'acepte o no el reporte'],
    ['Accept or decline the report', 'Aceptar o no el reporte'],
    ['accept or decline the report', 'acepte o no el reporte'],
  ),
  'written-report-received': duty(
    ['get the written report', 'reciba reporte escrito'],
    ['Record the written report', 'Registrar el reporte escrito'],
    ['get the written report (DCF-136) from the reporter', 'reciba el reporte escrito (DCF-136) de quien reportó'],
  ),
  'police-notified-state': duty(
    ['notify police', 'avise a la policía'],
    ['Record police notice', 'Registrar aviso a la policía'],
    ['notify law enforcement', 'avise a la policía'],
  ),
  'police-notified-local': duty(
    ['tell local police', 'avise a policía local'],
    ['Record police notice', 'Registrar aviso a la policía'],
    ['notify the local police', 'avise a la policía local'],
  ),
  'police-notified-missing': duty(
    ['call police (NCIC)', 'llame a la policía'],
    ['Record police notice', 'Registrar aviso a la policía'],
    ['report the missing child to police, for NCIC', 'reporte a la policía la desaparición del menor, para NCIC'],
  ),
  'police-notified-identified': duty(
    ['notify police', 'avise a la policía'],
    ['Record police notice', 'Registrar aviso a la policía'],
    ['notify police of a confirmed victim', 'avise a la policía de una víctima confirmada'],
  ),
  'ncmec-notified': duty(
    ['report to NCMEC', 'reporte a NCMEC'],
    ['Record the NCMEC report', 'Registrar el reporte a NCMEC'],
    ['report the missing child to NCMEC', 'reporte a NCMEC la desaparición del menor'],
  ),
  'search-renewed': duty(
    ['renew the search', 'renueve búsqueda'],
    ['Record the renewed search', 'Registrar la búsqueda'],
    ['renew the search with police and NCMEC', 'renueve la búsqueda con la policía y NCMEC'],
  ),
  'response-started': duty(
    ['respond', 'responda'],
    ['Record that the response began', 'Registrar que comenzó la respuesta'],
    ['start the response: go to the child', 'inicie la respuesta: vaya a ver al menor'],
  ),
  'child-seen': duty(
    ['visit in person', 'visite en persona'],
    ['Record the visit or attempt', 'Registrar la visita o el intento'],
    ['meet the child face to face', 'hable con el menor cara a cara'],
  ),
  'liaison-assigned': duty(
    ['assign a HART liaison', 'asigne el enlace HART'],
    ['Assign the HART liaison', 'Asignar el enlace HART'],
  ),
  screened: duty(
    ['do the screening', 'haga la evaluación'],
    ['Record the screening outcome', 'Registrar la evaluación'],
    ['screen the child', 'evalúe al menor'],
  ),
  'screening-signed-off': duty(
    ['sign off the screening', 'confirme la evaluación'],
    ['Sign off the screening', 'Confirmar la evaluación'],
    ['sign off that the screening indicated nothing', 'confirme que la evaluación no dio indicios'],
  ),
  'eligibility-decided': duty(
    ['decide on a basis', 'decida si hay base'],
    ['Record your decision', 'Registrar su decisión'],
    ['decide if there is a basis to allege “uncared for”', 'decida si hay base para alegar «desatendido»'],
  ),
  'age-recorded': duty(
    ['find out the age', 'averigüe la edad'],
    ['Record the age', 'Registrar la edad'],
    ["find out the child's age", 'averigüe la edad del menor'],
  ),
  'home-state-notified': duty(
    ['notify the home state', 'avise al otro estado'],
    ['Record the home state notice', 'Registrar el aviso al otro estado'],
    ["notify the child's home state", 'avise al estado de origen del menor'],
  ),
  'safety-plan-recorded': duty(
    ['make a safety plan', 'haga plan seguro'],
    ['Record the safety plan', 'Registrar el plan de seguridad'],
    ['put a safe placement or safety plan in place', 'tenga listo un lugar seguro o un plan de seguridad'],
  ),
  'parents-told': parentsTold,
  'parents-notified': parentsNotice,
  'parents-notice-withheld': parentsNotice,
  'substantiation-notified': substantiationNotice,
  'substantiation-notice-withheld': substantiationNotice,
  'finding-notified': duty(
    ['mail a notice', 'envíe un aviso'],
    ['Record the mailed notice', 'Registrar el aviso enviado'],
    ['mail the notice of the finding, first class', 'envíe el aviso de la conclusión por correo de primera clase'],
  ),
  'finding-safety-answered': duty(
    ['answer a question', 'responda una pregunta'],
    ['Answer the question', 'Responder la pregunta'],
    ['say whether the notice of the finding is safe to mail', 'diga si es seguro enviar el aviso de la conclusión'],
  ),
  'tribe-notified': onPage(
    'notify the tribe by registered or certified mail',
    'avise a la tribu por correo certificado',
  ),
  'licensing-agency-notified': onPage(
    'notify the agency that licenses the facility',
    'avise a la agencia que otorga la licencia del centro',
  ),
  'licensing-records-sent': onPage(
    'send the finding and the records to the agency that licenses the facility',
    'envíe la conclusión y los registros a la agencia de licencias del centro',
  ),
  'custodian-notified': onPage(
    'notify the parent or Indian custodian by registered or certified mail',
    'avise al padre, a la madre o al custodio indígena por correo certificado',
  ),
  'education-notified': onPage('notify the Department of Education', 'avise al Departamento de Educación'),
  'education-results-sent': onPage(
    'send results and records to the superintendent and the Commissioner of Education',
    'envíe resultados y registros al superintendente y al comisionado de Educación',
  ),
  'institution-notified': onPage(
    'tell the person in charge of the facility or school',
    'avise a quien dirige el centro o la escuela',
  ),
  'mdt-met': duty(
    ['convene the team', 'reúna al equipo'],
    ['Record the team meeting', 'Registrar la reunión del equipo'],
  ),
  'duplicate-answered': duty(
    ['compare two referrals', 'compare dos casos'],
    ['Compare the two referrals', 'Comparar los dos casos'],
    ['say whether this is a child we know', 'diga si ya conocemos a este menor'],
  ),
  closed: duty(
    ['review and close', 'revise y cierre'],
    ['Close the referral', 'Cerrar el caso'],
    ['do the final review and close the referral', 'haga la revisión final y cierre el caso'],
  ),
  'hold-petition-filed': endOfHold,
  'hold-child-released': endOfHold,
  'preliminary-hearing-held': duty(
    ['arrange the hearing', 'gestione la audiencia'],
    ['Record the hearing', 'Registrar la audiencia'],
    ['make sure that the preliminary hearing is held', 'asegure que se celebre la audiencia preliminar'],
  ),
  'return-debriefed': duty(
    ['do the return interview', 'haga entrevista de regreso'],
    ['Record the return interview', 'Registrar la entrevista de regreso'],
    ['do the return interview with the child', 'haga la entrevista de regreso con el menor'],
  ),
  'case-reviewed': duty(
    ['review the case', 'revise el caso'],
    ['Record the case review', 'Registrar la revisión del caso'],
    ['review the case in the team', 'revise el caso en el equipo'],
  ),
  'agreed-task-done': duty(
    ['do an agreed task', 'haga la tarea acordada'],
    ['Record that it is done', 'Registrar que está hecho'],
    ['do what the team agreed on', 'haga lo que el equipo acordó'],
  ),
  'interview-settled': duty(
    ['schedule the interview', 'programe la entrevista'],
    ['Schedule the forensic interview', 'Programar la entrevista forense'],
    ['schedule the forensic interview', 'programe la entrevista forense'],
  ),
  'investigation-disposed': duty(
    ['record the disposition', 'registre la conclusión'],
    ['Record the disposition', 'Registrar la conclusión'],
    ['complete the investigation with a disposition', 'complete la investigación con una conclusión'],
  ),
  'reasonable-cause-said': duty(
    ['record reasonable cause', 'diga si hay causa'],
    ['Record reasonable cause', 'Registrar si hay causa razonable'],
    ['record whether there is reasonable cause', 'registre si hay causa razonable'],
  ),
  'disposition-notified': duty(
    ['notify of disposition', 'avise la conclusión'],
    ['Record the notice of disposition', 'Registrar el aviso de la conclusión'],
    [
      "notify the State's Attorney and police of the disposition",
      'avise de la conclusión a la fiscalía y a la policía',
    ],
  ),
  'evaluation-held': duty(
    ['hold the evaluation', 'haga evaluación conjunta'],
    ['Record the evaluation', 'Registrar la evaluación conjunta'],
    [
      'hold the evaluation for a first entry to care',
      'haga la evaluación conjunta por la primera entrada bajo cuidado',
    ],
  ),
  'hhs-notified': duty(
    ['notify HHS', 'avise a HHS'],
    ['Record the HHS notice', 'Registrar el aviso a HHS'],
    ['notify the federal Department of Health and Human Services', 'avise al Departamento federal de Salud'],
  ),
  'handover-made': handover,
  'handover-refused': handover,
  'adulthood-planned': duty(
    ['plan for adulthood', 'planee la vida adulta'],
    ['Record the plan for adulthood', 'Registrar el plan para la vida adulta'],
  ),
  'need-referred': duty(
    ['refer to a provider', 'remita a un proveedor'],
    ['Refer to a provider', 'Remitir a un proveedor'],
    ['refer the child to a provider', 'remita al menor a un proveedor'],
  ),
  'service-started': duty(
    ['start the service', 'inicie el servicio'],
    ['Record that the service started', 'Registrar que comenzó el servicio'],
    ['answer the referral and start the service', 'responda a la remisión e inicie el servicio'],
  ),
  'exam-offered': duty(
    ['offer a medical exam', 'ofrezca un examen médico'],
    ['Refer to a medical exam', 'Remitir a un examen médico'],
    ['offer the child a medical exam', 'ofrezca al menor un examen médico'],
  ),
  'exam-declined-by-child': duty(
    ['record the decision', 'registre la decisión'],
    ["Record the child's decision", 'Registrar la decisión del menor'],
    ["record the child's decision about the exam", 'registre la decisión del menor sobre el examen'],
  ),
  'downgrade-answered': approval('the lower screening outcome', 'el resultado más bajo'),
  'withdrawal-answered': approval('the withdrawal', 'el retiro'),
  'clearance-answered': approval('the correction', 'la corrección'),
  'lowering-answered': approval('the lower danger level', 'el nivel de peligro más bajo'),
  'erasure-answered': approval('the erasure', 'el borrado'),
  'routing-said': duty(
    ['confirm the office', 'confirme la oficina'],
    ['Confirm office and team', 'Confirmar oficina y equipo'],
    ['confirm the office, district and team', 'confirme la oficina, el distrito y el equipo'],
  ),
  'team-known': duty(
    ['choose the team', 'elija el equipo'],
    ['Choose the team', 'Elegir el equipo'],
    ['choose the responsible team', 'elija el equipo responsable'],
  ),
  'seats-filled': duty(
    ['fill the empty seats', 'llene puestos vacantes'],
    ['Invite a person to the seat', 'Invitar a una persona al puesto'],
    ['name a person for each empty required seat', 'nombre a una persona para cada puesto requerido vacante'],
  ),
  'emergency-access-reviewed': duty(
    ['review emergency access', 'revise el acceso'],
    ['Review the emergency access', 'Revisar el acceso de emergencia'],
    ['decide whether the emergency access was justified', 'decida si el acceso de emergencia se justificó'],
  ),
  'outcome-after-3-months': outcomesAfter('3'),
  'outcome-after-6-months': outcomesAfter('6'),
  'outcome-after-12-months': outcomesAfter('12'),
};

/** The steps of milestones that name a service or a discipline, such as `offered` of `offered-education`. */
type Step =
  Exclude<Milestone, GeneralMilestone> extends infer Each
    ? Each extends `${infer First}-${string}`
      ? First
      : never
    : never;

const ofStep: Readonly<Record<Step, DutyWords>> = {
  consulted: duty(
    ['consult the absent seat', 'consulte al ausente'],
    ['Record the consultation', 'Registrar la consulta'],
    ['consult the discipline that missed the meeting', 'consulte a la disciplina que faltó a la reunión'],
  ),
  offered: duty(
    ['refer to the service', 'remita al servicio'],
    ['Refer to a provider', 'Remitir a un proveedor'],
    ['refer the child to the service', 'remita al menor al servicio'],
  ),
  contacted: duty(
    ['make first contact', 'haga primer contacto'],
    ['Record the contact attempt', 'Registrar el intento de contacto'],
    ["attempt the advocate's contact with the child", 'intente el contacto del defensor con el menor'],
  ),
  started: general['service-started'],
};

/** Steps of one service that a mail may name. */
const ofService: Readonly<Partial<Record<Milestone, DutyWords>>> = {
  'offered-victim-advocacy': duty(
    ['refer to an advocate', 'remita a un defensor'],
    ['Refer to an advocate', 'Remitir a un defensor'],
    ['refer the child to a victim advocate', 'remita al menor a un defensor de víctimas'],
  ),
  'offered-mental-health': duty(
    ['refer to an assessment', 'remita a una evaluación'],
    ['Refer to a provider', 'Remitir a un proveedor'],
    ['refer the child to a mental health assessment', 'remita al menor a una evaluación de salud mental'],
  ),
  'started-mental-health': duty(
    ['hold first appointment', 'haga la primera cita'],
    ['Record the first appointment', 'Registrar la primera cita'],
    ['hold the first mental health appointment', 'haga la primera cita de salud mental'],
  ),
  'started-medical-nonacute': duty(
    ['start medical exam', 'inicie el examen'],
    ['Record that the exam started', 'Registrar que comenzó el examen'],
    ['have a doctor examine the child', 'haga que un médico examine al menor'],
  ),
  'started-medical-acute-forensic': duty(
    ['start medical exam', 'inicie el examen'],
    ['Record that the exam started', 'Registrar que comenzó el examen'],
    ['start the forensic medical exam', 'inicie el examen médico forense'],
  ),
};

const wordsFor = (milestone: Milestone): DutyWords =>
  ofService[milestone] ??
  (Object.hasOwn(general, milestone)
    ? general[milestone as GeneralMilestone]
    : ofStep[milestone.split('-')[0] as Step]);

/** For members of the team, who take part in what its leaders convene and record. */
const ofMembers: Readonly<Partial<Record<Milestone, DutyWords>>> = {
  'mdt-met': duty(
    ['join the team meeting', 'participe en la reunión'],
    ['See the team meeting', 'Ver la reunión del equipo'],
    ['join the team meeting', 'participe en la reunión del equipo'],
  ),
};

/**
 * The words of a duty in mail, by its rule. A rule whose words mail hides is a legal notice. `asMember`: the reader only holds
 * a seat of the team.
 */
export const dutyWords = (
  { keptBy, mailedAs }: Pick<DeadlineRule, 'keptBy' | 'mailedAs'>,
  { asMember = false } = {},
): DutyWords => {
  const [milestone] = keptBy;
  if (mailedAs !== undefined || milestone === undefined) return legalNotice;
  return (asMember ? ofMembers[milestone] : undefined) ?? wordsFor(milestone);
};

/** What the duty asks, as every page and list says it. It begins with a capital. */
export const dutyTitle = ({ keptBy: [milestone] }: Pick<DeadlineRule, 'keptBy'>, language: Language = 'en'): string =>
  capital((milestone === undefined ? legalNotice : wordsFor(milestone)).task[language]);

/** The same for a member of the team. Undefined where their words are those of all. */
export const memberDutyTitle = (
  { keptBy: [milestone] }: Pick<DeadlineRule, 'keptBy'>,
  language: Language = 'en',
): string | undefined => {
  const own = milestone === undefined ? undefined : ofMembers[milestone];
  return own && capital(own.task[language]);
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
