/** Spanish for the policy's and the directory's English. A text without Spanish stays English. */

import type { Finding } from '../../domain/audit/findings.ts';
import type { Gap } from '../../domain/team/roster-gaps.ts';

/** Keyed by the policy's English. A reworded rule stays English until it is translated. */
export const spanishObligations: Readonly<Record<string, string>> = {
  'Classify the report': 'Clasificar el reporte',
  'Receive the written report (DCF-136) that the reporter owes':
    'Recibir el reporte escrito (DCF-136) que debe quien reportó',
  'Notify law enforcement': 'Avisar a la policía',
  'Refer to the local police, where any alleged trafficker is no caregiver':
    'Remitir a la policía local, si alguna persona señalada no es cuidadora',
  'Report to law enforcement a child in the responsibility of the department who is identified as a victim':
    'Reportar a la policía un menor a cargo del departamento identificado como víctima',
  'Begin the response to a child in danger': 'Comenzar la respuesta a un menor en peligro',
  'Begin the response': 'Comenzar la respuesta',
  'Assign the HART liaison': 'Asignar el enlace HART',
  'Screen the child': 'Evaluar al menor',
  'Decide whether there is a basis to allege that the child is uncared for':
    'Decidir si hay base para alegar que el menor está desatendido',
  'File for the order of temporary custody, with the petition, or release the child from the 96-hour hold':
    'Presentar la orden de custodia temporal, con la petición, o terminar la retención de 96 horas',
  'Notify the police of a missing child, for the NCIC entry':
    'Avisar a la policía de un menor desaparecido, para el registro NCIC',
  'Report a missing child to the National Center for Missing and Exploited Children':
    'Reportar un menor desaparecido al Centro Nacional para Menores Desaparecidos y Explotados',
  'Talk with the child who returned from missing about why and what happened (D9 runs the screening on return)':
    'Hablar con el menor que regresó sobre por qué se fue y qué pasó (D9 rige la evaluación al regreso)',
  'Notify every required seat of the team': 'Avisar a cada puesto requerido del equipo',
  'Convene the team': 'Convocar al equipo',
  'Review the case in the team': 'Revisar el caso en el equipo',
  "Start the acute medical and forensic exam, or record the child's own decision against it":
    'Comenzar el examen médico y forense agudo, o registrar la decisión propia del menor de no hacerlo',
  'Offer the child a medical exam: the time to collect evidence has passed':
    'Ofrecer al menor un examen médico: pasó el tiempo para recoger evidencia',
  'Have the child examined by a doctor, where the examination is not acute':
    'Hacer que un médico examine al menor, si el examen no es agudo',
  'Refer the child to an advocate': 'Remitir al menor a un defensor de víctimas',
  "Attempt the advocate's contact with the child": 'Intentar el contacto del defensor con el menor',
  "Schedule the one forensic interview at the children's advocacy center":
    'Programar la única entrevista forense en el centro de defensa de menores',
  'Decide on the notice to the parents': 'Decidir sobre el aviso a los padres',
  'Have a safe placement or a safety plan in place': 'Tener un lugar seguro o un plan de seguridad',
  'Refer the child to a mental-health or trauma assessment':
    'Remitir al menor a una evaluación de salud mental o de trauma',
  'Hold the first mental-health appointment': 'Realizar la primera cita de salud mental',
  'Refer the child to the service, or record that it is declined':
    'Remitir al menor al servicio, o registrar que se rechaza',
  'Complete the investigation with a disposition': 'Completar la investigación con una decisión',
  "Notify the State's Attorney and the police that there is reasonable cause to believe abuse occurred, with a copy of the report":
    'Avisar a la fiscalía y a la policía de que hay causa razonable para creer que hubo abuso, con copia del reporte',
  'Say whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred':
    'Decir si hay causa razonable para creer que hubo abuso sexual o abuso físico grave',
  'Have the multidisciplinary evaluation of a child who entered care for the first time':
    'Realizar la evaluación multidisciplinaria de un menor que entra por primera vez bajo cuidado',
  'Notify the federal Department of Health and Human Services (OTIP) of a minor who is a foreign national':
    'Avisar al Departamento federal de Salud y Servicios Humanos (OTIP) de un menor extranjero',
  'Screen the child again': 'Evaluar de nuevo al menor',
  'Sign off that nothing was indicated': 'Confirmar que no hubo indicios',
  'Hand a person who is of age over to adult services, with their consent':
    'Pasar a una persona mayor de edad a los servicios para adultos, con su consentimiento',
  'Answer whether this is a child already known': 'Responder si es un menor ya conocido',
  'Consult the required discipline that was absent from a meeting':
    'Consultar a la disciplina requerida que faltó a una reunión',
  'Review for the last time and close': 'Revisar por última vez y cerrar',
  'Plan what follows the eighteenth birthday, at least 90 days before it':
    'Planear lo que sigue a los dieciocho años, al menos 90 días antes',
  "Find out the child's age, and record it": 'Averiguar la edad del menor, y registrarla',
  'Notify the home state of the child (Interstate Compact on the Placement of Children)':
    'Avisar al estado de origen del menor (Pacto Interestatal sobre la Colocación de Menores)',
  'Refer the child to a provider of the service, or record that it is declined':
    'Remitir al menor a un proveedor del servicio, o registrar que se rechaza',
  'Accept or decline the referral to the provider': 'Aceptar o rechazar la remisión al proveedor',
  'Start the service that was accepted': 'Comenzar el servicio aceptado',
  'Agree to the lower screening outcome that was proposed, or say no':
    'Aceptar el resultado de evaluación más bajo que se propuso, o decir que no',
  'Agree to the withdrawal that was proposed, or say no': 'Aceptar el retiro que se propuso, o decir que no',
  'Agree to the correction that was proposed, or say no': 'Aceptar la corrección que se propuso, o decir que no',
  'Agree that the child is in no danger now, or say no':
    'Aceptar que el menor no está en peligro ahora, o decir que no',
  'Agree to the erasure that was proposed, or say no': 'Aceptar el borrado que se propuso, o decir que no',
  'Confirm again who is responsible, after a place was corrected':
    'Confirmar de nuevo quién responde, después de corregir un lugar',
  'Say which team is responsible: none is known': 'Decir qué equipo responde: no se conoce ninguno',
  'Name a person for each required seat that is vacant': 'Nombrar a alguien para cada puesto requerido vacante',
  'Decide whether the emergency access was justified': 'Decidir si el acceso de emergencia estuvo justificado',
  'Record what became of the service 3 months after its start':
    'Registrar qué resultó del servicio 3 meses después de su comienzo',
  'Record what became of the service 6 months after its start':
    'Registrar qué resultó del servicio 6 meses después de su comienzo',
  'Record what became of the service 12 months after its start':
    'Registrar qué resultó del servicio 12 meses después de su comienzo',
};

/** What is wrong with a seat of a roster. */
export const spanishGaps: Readonly<Record<Gap['gap'], string>> = {
  nobody: 'no lo ocupa nadie',
  'no-deputy': 'no tiene suplente',
  'unknown-person': 'se nombró a alguien que el directorio no tiene',
  'no-email': 'quien lo ocupa o su suplente no tiene correo',
  'no-telephone': 'quien lo ocupa o su suplente no tiene teléfono',
  'unknown-language':
    'a quien lo ocupa o a su suplente se le escribe en inglés, pues el directorio tiene un idioma en que no se escribe',
  'mail-fails': 'el correo a quien lo ocupa o a su suplente es devuelto',
  away: 'quien lo ocupa no está, y no hay nadie en su lugar',
};

/** Roles and disciplines, as they are written within a sentence. */
export const spanishWords: Readonly<Record<string, string>> = {
  'careline-worker': 'personal de Careline',
  'careline-supervisor': 'supervisión de Careline',
  'careline-manager': 'gerencia de Careline',
  caseworker: 'trabajo social',
  'area-supervisor': 'supervisión del área',
  'area-director': 'dirección del área',
  'area-oncall': 'guardia del área',
  'director-oncall': 'dirección de guardia',
  'program-manager': 'gerencia del programa',
  'hart-liaison': 'enlace HART',
  'hart-lead': 'coordinación HART',
  'hart-director': 'dirección HART',
  legal: 'asesoría legal',
  'aag-liaison': 'enlace AAG',
  'mdt-coordinator': 'coordinación del equipo',
  'mdt-chair': 'presidencia del equipo',
  'mdt-member': 'integrante del equipo',
  provider: 'proveedor',
  administrator: 'administración',
  auditor: 'auditoría',
  'states-attorney': 'fiscalía',
  dcf: 'DCF',
  'law-enforcement': 'policía',
  medical: 'medicina',
  'mental-health': 'salud mental',
  'forensic-interviewer': 'entrevista forense',
  'victim-advocate': 'defensa de víctimas',
  'youth-service-bureau': 'servicios para jóvenes',
  'team-lead': 'coordinación del equipo',
  love146: 'Love146',
  'assistant-attorney-general': 'fiscalía general adjunta',
  'juvenile-probation': 'libertad vigilada juvenil',
  school: 'escuela',
  'childs-attorney': 'abogacía del menor',
  'federal-law-enforcement': 'policía federal',
  'survivor-mentor': 'mentoría de sobrevivientes',
  'substance-use-provider': 'tratamiento de adicciones',
  virtual: 'por video o teléfono',
  office: 'en la oficina del equipo',
};

/** Findings of the audit. */
export const spanishFindings: Readonly<Record<Finding['what'], string>> = {
  'chain-broken': 'su cadena de registros no está como se escribió. Trátelo como un incidente y no cambie nada',
  'run-keeps-failing': 'una de sus ejecuciones terminó una y otra vez en un día, y empezarla de nuevo no ayuda',
  'consumer-stuck':
    'lo que piden sus registros no se hace, por más que se pida de nuevo: su correo o sus ejecuciones están parados',
  'role-unheld': 'nadie desempeña esta función, y las reglas le avisan de plazos',
  'no-mailbox':
    'el directorio no tiene para esta persona un correo al que se pueda escribir, así que recibe su correo quien sigue',
  'no-telephone': 'el directorio no tiene un teléfono de esta persona, así que se da el número de quien sigue',
  'no-text-phone':
    'el número para mensajes de texto no es un signo más, el código del país y cifras, así que esta persona no recibe ninguno',
  'unknown-language': 'el directorio da a esta persona un idioma en que no se escribe, así que recibe inglés',
  'unknown-role': 'el directorio da a esta persona una función que no existe, así que no cuenta',
  'unknown-absence': 'el directorio no dice hasta cuándo está ausente esta persona, así que cuenta como presente',
  'unknown-person': 'se dio una tarea a esta persona, a quien el directorio no tiene',
};
