/**
 * The sentences of the pages that partners outside DCF open from mail, by their English. A page that says another sentence there
 * does not compile. `{name}` stands for a value.
 */

import type { Language } from '../core/vocabulary.ts';

const inSpanish = {
  // Around each page
  'Skip to main content': 'Ir al contenido',
  'About this site': 'Sobre este sitio',
  'State of Connecticut': 'Estado de Connecticut',
  'Department of Children and Families': 'Departamento de Niños y Familias',
  'Training: every person here is invented.': 'Práctica: todas las personas aquí son inventadas.',
  'Never enter a real person.': 'Nunca anote a una persona real.',
  'Careline referrals': 'Casos de Careline',
  Menu: 'Menú',
  Main: 'Principal',
  More: 'Más',
  Reference: 'Referencia',
  Find: 'Buscar',
  'Sign out': 'Cerrar sesión',
  'Your referrals': 'Sus casos',
  'Your next steps': 'Sus próximos pasos',
  Providers: 'Proveedores',
  Help: 'Ayuda',
  'Careline, day and night': 'Careline, día y noche',
  'A child is in danger now': 'Un menor está en peligro ahora',
  'This site gives no legal advice. All times are New York time.':
    'Este sitio no da asesoría legal. Todas las horas son de Nueva York.',
  'Your session': 'Su sesión',
  'Stay signed in': 'Seguir con la sesión',
  'Your session ends at {time}. What you typed is kept for you.':
    'Su sesión termina a las {time}. Guardamos lo que escribió.',
  'Your session has ended': 'Su sesión terminó',
  'This page was closed, so that no other person reads it.': 'Cerramos esta página para que nadie más la lea.',
  'Sign in again': 'Iniciar sesión de nuevo',
  'This page was hidden, so that no other person reads it. What you typed was not sent. It is not lost.':
    'Ocultamos esta página para que nadie más la lea. Lo que escribió no se envió, y no se perdió.',
  'Sign in in another tab': 'Inicie sesión en otra pestaña',
  'Come back to this tab. What you typed is here again.': 'Vuelva a esta pestaña. Aquí está lo que escribió.',

  // Pages of one sentence
  'Not there, or not for you': 'No existe, o no es para usted',
  'There is no referral with this reference, or it is not open to you. Check each letter of the reference.':
    'No hay un caso con esta referencia, o no está abierto para usted. Revise cada letra.',
  'There is no such page': 'Esa página no existe',
  'Check the address, or choose a page from the menu.': 'Revise la dirección, o elija una página del menú.',
  'Not for your role': 'No es para su función',
  'Busy: please try again': 'Ocupado: intente de nuevo',
  'Another person is working on the same referral. Go back and send it again.':
    'Otra persona trabaja en el mismo caso. Regrese y envíelo de nuevo.',
  'A service did not answer. Go back and send it again: nothing is done twice.':
    'Un servicio no respondió. Regrese y envíelo de nuevo: nada se hace dos veces.',
  'Something failed here': 'Algo falló aquí',
  'Please send it again': 'Envíelo de nuevo, por favor',
  'This form was from an earlier sign-in, so nothing was done. Go back, load the page again and repeat it.':
    'Este formulario era de una sesión anterior, así que no se hizo nada. Regrese, recargue la página y repítalo.',

  // The head and the sides of a referral
  'Referral {id}': 'Caso {id}',
  Referral: 'Caso',
  'Pages of this referral': 'Páginas de este caso',
  'This referral in short': 'Este caso en breve',
  Overview: 'Resumen',
  Tasks: 'Tareas',
  'Child and report': 'Menor y reporte',
  Team: 'Equipo',
  Services: 'Servicios',
  Decisions: 'Decisiones',
  Mail: 'Correo',
  History: 'Historial',
  '{page} (in English)': '{page} (en inglés)',
  'In danger': 'En peligro',
  'Danger unknown': 'No se sabe si hay peligro',
  'Not in danger now': 'Sin peligro ahora',
  Missing: 'Desaparecido',
  'Missing: not known': 'No se sabe si desapareció',
  Restricted: 'Restringido',
  'Safe contact': 'Contacto seguro',
  'read the note first': 'lea primero la nota',
  'Step {number} of {all}: {title}': 'Paso {number} de {all}: {title}',
  'Progress of this referral': 'Avance de este caso',
  Report: 'Reporte',
  Screening: 'Evaluación',
  Decision: 'Decisión',
  Closing: 'Cierre',
  ': done': ': hecho',
  ': now': ': ahora',
  ': later': ': después',

  // Times
  'Due {left}': 'Vence {left}',

  // What warns first
  'Before you call back': 'Antes de devolver la llamada',
  'Do not call the caller back.': 'No devuelva la llamada.',
  'The child called, and has not agreed to a call back.':
    'Llamó el menor, y no ha aceptado que le devuelvan la llamada.',
  'Someone could hear the caller.': 'Alguien podía oír a quien llamó.',
  'Before you go there': 'Antes de ir allí',
  'There is a weapon.': 'Hay un arma.',
  'There is a danger to workers.': 'Hay peligro para el personal.',
  'The child is hurt.': 'El menor está herido.',
  'An overdose is possible.': 'Puede haber una sobredosis.',
  'The child speaks of suicide.': 'El menor habla de suicidio.',
  'Other children are there.': 'Hay otros menores allí.',
  'Asked, and not known: {answers}': 'Se preguntó, y no se sabe: {answers}',
  'Is there a weapon?': '¿Hay un arma?',
  'Is there a danger to workers there?': '¿Hay peligro allí para el personal?',
  'Is the child hurt?': '¿Está herido el menor?',
  'Is an overdose possible?': '¿Puede haber una sobredosis?',
  'Does the child speak of suicide?': '¿Habla el menor de suicidio?',
  'Are other children there?': '¿Hay otros menores allí?',
  'Do not tell the caregiver': 'No avise al cuidador',
  'A caregiver may have taken part. Do not call, write to or visit that caregiver. Leave no message at home. Ask the assigned social worker first.':
    'Es posible que un cuidador haya participado. No llame, escriba ni visite a ese cuidador. No deje mensajes en casa. Pregunte primero al trabajo social asignado.',
  'Before you contact the family': 'Antes de contactar a la familia',
  'We do not know yet whether a caregiver took part. Ask the assigned social worker before you tell any caregiver.':
    'Aún no sabemos si participó un cuidador. Pregunte al trabajo social asignado antes de avisar a un cuidador.',
  'Wait with outreach, notices to parents and contact by partners. Danger, a missing child and the acute exam do not wait. The deadlines run on.':
    'Espere con los contactos y los avisos a los padres. El peligro, la desaparición y el examen agudo no esperan. Los plazos siguen.',
  'This record was changed outside this product': 'Este registro se cambió fuera de este sistema',
  'You can still record calls, safety and that the child was seen. A supervisor must look at everything else first.':
    'Aún puede registrar llamadas, la seguridad y que se vio al menor. Lo demás lo revisa primero una supervisión.',
  'The facts cannot be shown now': 'Los datos no se pueden mostrar ahora',
  'Calls and steps below still work. Load this page again in a minute for the rest.':
    'Las llamadas y los pasos de abajo sí funcionan. Recargue esta página en un minuto para ver lo demás.',
  'Calls below still work. The forms of your steps are away too. Load this page again in a minute. Is it urgent? Call the Careline supervisor on duty.':
    'Las llamadas de abajo sí funcionan, pero no los formularios. Recargue esta página en un minuto. ¿Es urgente? Llame a la supervisión de Careline.',

  Then: 'Después',
  // What was recorded
  Recorded: 'Registrado',
  'This was recorded already': 'Esto ya estaba registrado',
  'This was recorded already, at {when}': 'Esto ya se registró: {when}',
  'Recorded already: {title}': 'Ya registrado: {title}',
  'Nothing new was stored.': 'No se guardó nada nuevo.',
  'Is this another one? Record it too': '¿Es otro? Regístrelo también',
  'Yes, record another one': 'Sí, registrar otro',
  'The next tasks may take a few seconds to appear:': 'Lo que sigue puede tardar unos segundos:',
  'load this page again': 'recargue esta página',
  'Wrong?': '¿Es un error?',
  'Correct this': 'Corríjalo',

  // Safe contact and the child
  'There is a note on safe contact that cannot be read. Do not call before you know it.':
    'Hay una nota de contacto seguro que no se puede leer. No llame antes de conocerla.',
  'There is a note on safe contact. Accept the referral to read it. Contact no one before that.':
    'Hay una nota de contacto seguro. Acepte la remisión para leerla. No contacte a nadie antes.',
  'There is a note on safe contact. Choose a reason to read it. Contact no one before that.':
    'Hay una nota de contacto seguro. Elija una razón para leerla. No contacte a nadie antes.',
  'There is a note on safe contact that is not for you to read. Ask the assigned social worker before you contact anyone.':
    'Hay una nota de contacto seguro que usted no puede leer. Pregunte al trabajo social asignado antes de contactar a alguien.',
  // Exams and interviews
  Appointment: 'Cita',
  'Exams and interviews': 'Exámenes y entrevistas',
  What: 'Qué',
  Where: 'Dónde',
  Interpreter: 'Intérprete',
  Advocate: 'Defensa de víctimas',
  'A second one: {reason}': 'Una segunda: {reason}',
  'moved: {count}': 'cambios de hora: {count}',
  'no time yet': 'aún sin hora',
  'See the appointment': 'Ver la cita',
  // Before a visit, and the plan for the next time missing
  'Workers: read this before you go there': 'Lea esto antes de ir allí',
  'The caller told more about this. Ask the assigned social worker first.':
    'Quien llamó dijo más sobre esto. Pregunte primero al trabajo social asignado.',
  'Read what the caller said about this': 'Lea lo que dijo quien llamó',
  'The note cannot be read now. Ask the assigned social worker first.':
    'La nota no se puede leer ahora. Pregunte primero al trabajo social asignado.',
  'Read the note first': 'Lea primero la nota',
  'Noted {when}.': 'Anotado: {when}.',
  'Plan for the next time missing': 'Plan para la próxima desaparición',
  'Where to look first': 'Dónde buscar primero',
  'Who to call first': 'A quién llamar primero',
  'Safe words': 'Palabras seguras',
  'The child is missing. Call one of these seats now, and ask what the plan says: {seats}.':
    'El menor desapareció. Llame ahora a uno de estos puestos y pregunte qué dice el plan: {seats}.',
  'Named seats alone read this plan: {seats}. Ask one of them what it says.':
    'Solo los puestos nombrados leen este plan: {seats}. Pregunte a uno de ellos qué dice.',
  'Your own seat always reads the plan too.': 'Su propio puesto siempre lee el plan también.',
  'The plan cannot be read now. Try again soon.': 'El plan no se puede leer ahora. Intente pronto otra vez.',
  'Written {when}.': 'Escrito: {when}.',
  // Needs, places and handoffs
  'What the child needs now': 'Lo que el menor necesita ahora',
  'By when': 'Para cuándo',
  'Who sees to it': 'Quién se encarga',
  'Providers asked for a place': 'Proveedores a quienes se preguntó por un lugar',
  'What was asked': 'Qué se preguntó',
  'no answer yet': 'aún sin respuesta',
  'from {day} on': 'desde el {day}',
  'from {from} to {until}': 'del {from} al {until}',
  'Warm handoffs': 'Acompañamientos a proveedores',
  From: 'De',
  To: 'A',
  // Hearings
  'Court hearing': 'Audiencia del tribunal',
  'Hearings ahead': 'Audiencias por venir',
  'Earlier hearings': 'Audiencias anteriores',
  'No hearing is set.': 'No hay audiencia fijada.',
  Court: 'Tribunal',
  Set: 'Fijada',
  Canceled: 'Cancelada',
  'moved once': 'cambió de hora una vez',
  'moved {count} times': 'cambió de hora {count} veces',
  Length: 'Duración',
  '{minutes} minutes': '{minutes} minutos',
  'Docket number': 'Número de expediente',
  Notes: 'Notas',
  'The docket number and the notes cannot be read now. Try again soon.':
    'El número de expediente y las notas no se pueden leer ahora. Intente pronto otra vez.',
  'Before this hearing': 'Antes de esta audiencia',
  'What the court ordered': 'Lo que ordenó el tribunal',
  'to do': 'por hacer',
  'done {when}': 'hecho: {when}',
  'Charges of the child': 'Cargos del menor',
  'The child faces charges for acts done while exploited. Counsel was told.':
    'El menor tiene cargos por actos cometidos mientras era explotado. Se avisó a la asesoría legal.',
  'How they ended is not recorded yet.': 'Aún no se registró cómo terminaron.',
  'The receipt of the notice to the tribe is not recorded. Ask counsel before the hearing.':
    'No se registró que la tribu recibió el aviso. Pregunte a la asesoría legal antes de la audiencia.',
  'Counsel confirms that each notice is served, and that of a tribe.':
    'La asesoría legal confirma que se entregó cada aviso, también el de una tribu.',
  'The caseworker brings placement, services and school up to date.':
    'El trabajo social pone al día el lugar para vivir, los servicios y la escuela.',
  'The advocate asks the child what the court should hear.':
    'La defensa de víctimas pregunta al menor qué debe oír el tribunal.',
  'Counsel of the child knows of the screening outcome.': 'La abogacía del menor conoce el resultado de la evaluación.',
  'The State’s Attorney is told that the acts may be part of the exploitation.':
    'La fiscalía sabe que los actos pueden ser parte de la explotación.',
  'Juvenile probation has a plan for diversion ready.':
    'La libertad vigilada juvenil tiene listo un plan fuera del tribunal.',
  'Counsel of the child has the record of the screening, where the court may see it.':
    'La abogacía del menor tiene el registro de la evaluación, donde el tribunal puede verlo.',
  'The advocate asks the child who must not come near.':
    'La defensa de víctimas pregunta al menor quién no debe acercarse.',
  'Police know how to serve the order.': 'La policía sabe cómo entregar la orden.',
  'The State’s Attorney says whether the child is to testify, and asks for the gentlest way.':
    'La fiscalía dice si el menor va a declarar, y pide la forma menos dura.',
  'The advocate plans transport, an interpreter and who sits beside the child.':
    'La defensa de víctimas prevé el transporte, un intérprete y quién acompaña al menor.',
  'Counsel says what the court will ask.': 'La asesoría legal dice qué preguntará el tribunal.',
  canceled: 'cancelada',
  'See the hearing and what to prepare': 'Ver la audiencia y qué preparar',
  // The child's card
  'The child’s card': 'La tarjeta del menor',
  'see the card': 'vea la tarjeta',
  'ask the child first': 'pregunte primero al menor',
  'some people must not know': 'hay personas que no deben saberlo',
  'language: {language}': 'idioma: {language}',
  'a woman interviews or examines': 'que sea una mujer quien entreviste o examine',
  'a man interviews or examines': 'que sea un hombre quien entreviste o examine',
  'Ask the child first': 'Preguntar primero al menor',
  Language: 'Idioma',
  'Interview and exam by': 'Entrevista y examen por',
  'When and how to reach the child': 'Cuándo y cómo contactar al menor',
  'Who must not know': 'Quién no debe saberlo',
  'Who should be there': 'Quién debe estar presente',
  'The child’s words cannot be read now. Contact no one before you know them.':
    'Las palabras del menor no se pueden leer ahora. No contacte a nadie antes de conocerlas.',
  'The child has not said yes to you reading the child’s own words.':
    'El menor no ha aceptado que usted lea sus propias palabras.',
  'Ask the victim advocate.': 'Pregunte a la defensa de víctimas.',
  'Ask the child, and record the answer.': 'Pregunte al menor y registre su respuesta.',
  'Who may read the child’s words': 'Quién puede leer las palabras del menor',
  'ask the child again': 'pregunte otra vez al menor',
  'until {when}': 'hasta {when}',
  'Changed {when}, by the child.': 'Cambiada {when}, por el menor.',
  'Changed {when}, together with the child.': 'Cambiada {when}, junto con el menor.',
  'The child asked for it on paper.': 'El menor la pidió en papel.',
  'The child did not ask for it on paper, so it is left out of prints.':
    'El menor no la pidió en papel, y no sale al imprimir.',
  'Counsel agrees that a parent may read it, if the child says yes.':
    'El área legal acepta que un padre la lea, si el menor dice que sí.',
  'Show it to no parent: counsel has not agreed to the card as it is now.':
    'No la muestre a ningún padre: el área legal no ha aceptado la tarjeta como está ahora.',

  'The child': 'El menor',
  Child: 'Menor',
  'age {age}': 'edad: {age}',
  Age: 'Edad',
  'Lives in': 'Vive en',
  Unknown: 'No se sabe',
  'Another place': 'Otro lugar',
  'Name unknown': 'No se conoce el nombre',
  'Accept the referral to see who the child is. If the service does not fit, decline it.':
    'Acepte la remisión para ver quién es el menor. Si el servicio no encaja, rechácela.',
  'Who the child is, is not for you to read.': 'Usted no puede leer quién es el menor.',
  'Who the child is was erased {when} ({ground}).': 'Quién es el menor se borró el {when} ({ground}).',
  'This cannot be read. Tell an administrator.': 'Esto no se puede leer. Avise a la administración.',
  Name: 'Nombre',
  'Date of birth': 'Fecha de nacimiento',
  Telephone: 'Teléfono',
  'Telephone and older references': 'Teléfono y referencias anteriores',
  'References in older records': 'Referencias en registros anteriores',
  Reporter: 'Quien reportó',
  'Safe number of the caller': 'Número seguro de quien llamó',
  'Look above whether we may call back, and who may hear it.':
    'Vea arriba si podemos devolver la llamada, y quién puede oírla.',
  'Records of substance use, which stand apart': 'Registros de uso de sustancias, que están aparte',
  '42 CFR part 2 protects these records. Tell no one about them without the written consent of the patient.':
    '42 CFR parte 2 protege estos registros. No hable de ellos sin el consentimiento escrito del paciente.',
  'Records of substance use': 'Registros de uso de sustancias',
  'Places as they were reported': 'Lugares, como se reportaron',
  'Why a withdrawal is proposed': 'Por qué se propone un retiro',
  'Why something is proposed': 'Por qué se propone algo',
  'What was reported': 'Lo que se reportó',
  'What the caller said of the place and the people': 'Lo que dijo quien llamó sobre el lugar y las personas',

  // The invitation and the alert
  'You are invited to the {team}': 'Le invitamos al equipo: {team}',
  News: 'Novedades',
  'Answer by {when}': 'Responda a más tardar: {when}',
  'Answer by {when}.': 'Responda a más tardar: {when}.',
  'Without an answer we also ask the other holder of the seat.':
    'Sin respuesta, preguntamos también a la otra persona del puesto.',
  'Accept the seat: {seat}': 'Aceptar el puesto: {seat}',
  'Decline, or pass the seat on': 'Rechazar, o pasar el puesto a otra persona',
  'The alert you opened': 'El aviso que abrió',
  'Press the button to take these duties on. Then we call no one else:':
    'Oprima el botón para asumir estas tareas. Entonces no llamamos a nadie más:',
  '{duty}, due {when}': '{duty}, vence el {when}',
  "I'm handling this": 'Yo me encargo',
  'Acknowledged by {name}': 'Lo confirmó {name}',
  'Sent {when}.': 'Enviado el {when}.',
  'Sent {when} to {recipients}.': 'Enviado el {when}, para: {recipients}.',
  'the person named': 'la persona nombrada',
  'Charges are recorded for acts that may have been done while exploited. An exploited person is a victim.':
    'Hay cargos por actos que quizá ocurrieron durante la explotación. Una persona explotada es una víctima.',
  'Under 18 it is a defense (C.G.S. 53a-192a). Judgments may be vacated (Public Act 21-103).':
    'Con menos de 18 años es una defensa (C.G.S. 53a-192a). Las sentencias se pueden anular (Public Act 21-103).',
  'Prosecutor and counsel: weigh whether to charge at all, and diversion with juvenile probation.':
    'Fiscalía y abogacía: consideren si acusar, y la alternativa de libertad vigilada juvenil.',
  'Open the referral': 'Abrir el caso',
  'The invitation': 'La invitación',
  '{team} asks you to take part, for: {seats}.': 'El equipo {team} le pide participar, en: {seats}.',
  'Until you sign the notice of confidentiality, you see nothing more.':
    'Hasta firmar el aviso de confidencialidad, no verá nada más.',
  '(as the deputy)': '(como suplente)',
  'The notice of confidentiality': 'El aviso de confidencialidad',
  'This is a translation. To read the original, change the language above.':
    'Es una traducción. Para leer el original, cambie el idioma arriba.',

  // The home page, and the list of all next steps
  Today: 'Hoy',
  'Invitations to answer': 'Invitaciones sin responder',
  'Offers to answer': 'Remisiones sin responder',
  'Your tasks overdue': 'Sus tareas vencidas',
  'Your tasks due today': 'Sus tareas que vencen hoy',
  'Nothing waits for you.': 'No tiene nada pendiente.',
  'See all your next steps': 'Ver todos sus próximos pasos',
  'Your next steps, most urgent first': 'Sus próximos pasos, lo más urgente primero',
  'Next page of your next steps': 'Página siguiente de sus próximos pasos',
  'All your tasks in all referrals.': 'Todas sus tareas en todos los casos.',
  'Your overdue tasks in all referrals.': 'Sus tareas vencidas en todos los casos.',
  'None of your tasks is overdue.': 'Ninguna de sus tareas está vencida.',
  'Show all': 'Ver todas',
  'Overdue only': 'Solo las vencidas',
  'Do this': 'Haga esto',
  Due: 'Vence',
  Office: 'Oficina',
  'set by law': 'lo fija la ley',
  'set by policy': 'lo fija la norma',
  'A duty': 'Una tarea',
  'Read the referral that you are named in': 'Lea el caso en el que se le nombra',
  'after the return': 'después del regreso',
  'missing since {when}': 'desaparecido desde el {when}',
  'Age {age}': 'Edad: {age}',
  'Age not known': 'No se sabe la edad',

  // Do this next
  'Do this next': 'Haga esto ahora',
  'You have no task yet. The next one may be a few seconds away: load this page again to see it.':
    'Aún no tiene tareas. La próxima puede tardar unos segundos: recargue esta página para verla.',
  'You have no task in this referral now.': 'No tiene tareas en este caso ahora.',
  'The first deadlines are not open yet. The system opens them within minutes. Do what is urgent now, and load this page again.':
    'Los primeros plazos aún no están abiertos. El sistema los abre en minutos. Haga ahora lo urgente, y recargue esta página.',
  'Why?': '¿Por qué?',
  'Call {name}:': 'Llame a {name}:',
  '{count} duties, each with its own record': '{count} tareas, cada una con su registro',
  'What you can do here': 'Lo que puede hacer aquí',
  'Other actions': 'Otras acciones',
  'Danger, missing': 'Peligro, desaparición',
  Notices: 'Avisos',
  'Court, tribe, family': 'Tribunal, tribu, familia',
  'Deadlines and mail': 'Plazos y correo',
  'Access, closing': 'Acceso, cierre',
  'There is nothing beside your tasks.': 'No hay nada más aparte de sus tareas.',
  'Nothing here is for you to do.': 'Aquí no hay nada que usted deba hacer.',
  'Load this page again to see what else you can do.': 'Recargue esta página para ver qué más puede hacer.',
  'Choose a reason first to see what you can do.': 'Elija primero una razón para ver qué puede hacer.',
  'rule {rule}': 'regla {rule}',
  law: 'ley',
  policy: 'norma',

  // The page of an act
  'Not done yet: {title}': 'Aún no se hizo: {title}',
  'Back to {page}': 'Volver: {page}',
  'the alert': 'el aviso',
  'This completes:': 'Con esto se completa:',
  'This completes one of these:': 'Con esto se completa una de estas tareas:',
  'This is added to the referral with your name and the time.': 'Esto se agrega al caso con su nombre y la hora.',
  Cancel: 'Cancelar',
  Or: 'O bien',
  'There is nothing to record here now: it is done, or it does not apply to this referral.':
    'Ahora no hay nada que registrar aquí: ya se hizo, o no se aplica a este caso.',
  'Not done yet, please correct this: {title}': 'Aún no se hizo. Corrija esto: {title}',
  'Not done yet': 'Aún no se hizo',
  'This form was sent before with other content, so nothing was stored now. To add what it says now, send it again.':
    'Este formulario ya se envió con otro contenido, así que no se guardó nada. Para agregar lo nuevo, envíelo otra vez.',
  'The referral has changed since you opened this page, so nothing was stored.':
    'El caso cambió desde que abrió esta página, así que no se guardó nada.',
  'This page shows it as it is now. Your words are still in the form: send them again if they still hold.':
    'Esta página lo muestra como está ahora. Lo que escribió sigue en el formulario: envíelo otra vez si aún vale.',
  'Nothing was recorded. The reason, in English:': 'No se registró nada. La razón, en inglés:',
  Record: 'Registrar',
  'Yes, do this': 'Sí, hacerlo',
  '(required)': '(obligatorio)',
  'Choose one': 'Elija',
  'Not chosen': 'Sin elegir',
  'Choose a person': 'Elija a una persona',
  'Not in the list?': '¿No está en la lista?',
  'E-mail address of another person': 'Correo electrónico de otra persona',

  // Other referrals of the child
  'Names could not be compared': 'No se pudieron comparar los nombres',
  'We could not check all other referrals for the same child ({when}). We try again every half hour.':
    'No pudimos revisar si otros casos son del mismo menor ({when}). Lo intentamos cada media hora.',
  'Ask a Careline supervisor to search for the child by name.':
    'Pida a la supervisión de Careline que busque al menor por su nombre.',
  'This referral is merged into that one, and the work goes on there. The duties of this report stay here.':
    'Este caso se unió a aquel, y el trabajo sigue allí. Las tareas de este reporte quedan aquí.',
  'That referral is about the same child, and is merged into this one. Read it as well.':
    'Aquel caso es del mismo menor, y se unió a este. Léalo también.',
  'There is another note on how the child may be contacted safely, and it is not shown to you. Do not contact the family yet. First ask a Careline supervisor who can read the note which people you may call.':
    'Hay otra nota de contacto seguro que usted no puede ver. No contacte aún a la familia. Pregunte primero a la supervisión de Careline a quién puede llamar.',

  // Team and meetings
  '{unanswered} of {all} members have not answered.': '{unanswered} de {all} integrantes aún no responden.',
  'All seats of the team': 'Todos los puestos del equipo',
  Seat: 'Puesto',
  'Held by': 'Quién lo tiene',
  Answer: 'Respuesta',
  'What you can do': 'Qué puede hacer',
  'No answer since {when}': 'Sin respuesta desde: {when}',
  'Not invited yet': 'Aún sin invitar',
  'Waits for the deputy': 'Espera a quien suple',
  'No one comes': 'No viene nadie',
  'Opened: {when}': 'Abierta: {when}',
  'Not opened yet': 'Aún sin abrir',
  'Told by phone: {when}': 'Enterado por teléfono: {when}',
  'Deputy asked: {when}': 'Se preguntó a quien suple: {when}',
  'We ask the deputy: {when}': 'Preguntaremos a quien suple: {when}',
  'We ask the deputy within minutes.': 'Preguntaremos a quien suple en unos minutos.',
  'No number in the directory': 'Sin número en el directorio',
  'Record that you told them': 'Registrar que usted les avisó',
  'Invite another person': 'Invitar a otra persona',
  'Remove the seat': 'Quitar el puesto',
  Confidentiality: 'Confidencialidad',
  Deputy: 'Suplente',
  Vacant: 'Vacante',
  '(where appropriate)': '(si corresponde)',
  invited: 'con invitación',
  'for {name}': 'en lugar de {name}',
  '(declined)': '(rechazó)',
  'No answer yet': 'Aún sin respuesta',
  Accepted: 'Aceptó',
  Declined: 'Rechazó',
  'Accepted by {name}': 'Aceptó {name}',
  'Declined by {name}': 'Rechazó {name}',
  'because: {reason}': 'porque: {reason}',
  'instead: {others}': 'en su lugar: {others}',
  or: 'o',
  'proposes {when}': 'propone: {when}',
  'deputy asked {when}': 'se preguntó a quien suple, el {when}',
  'Signed, no conflict of interest': 'Firmó, sin conflicto de interés',
  'Signed; cannot say yet whether there is a conflict of interest':
    'Firmó; aún no sabe si tiene un conflicto de interés',
  'Stepped aside': 'Se apartó',
  'Not signed yet': 'Aún no firmó',
  'No data agreement is in force for: {seats}.': 'No hay un acuerdo de datos vigente para: {seats}.',
  'The data agreement expired on {day}: {seats}.': 'El acuerdo de datos venció el {day}: {seats}.',
  'The data agreement ended on {day}: {seats}.': 'El acuerdo de datos terminó el {day}: {seats}.',
  'The data agreement begins on {day}: {seats}.': 'El acuerdo de datos comienza el {day}: {seats}.',
  'Stepped aside for a conflict of interest: {names}.': 'Se apartaron por un conflicto de interés: {names}.',
  // The agenda
  Agenda: 'Orden del día',
  'No meeting is set. This is what the team would speak of now.':
    'No hay reunión fijada. De esto hablaría el equipo ahora.',
  'The agenda still changes. It is frozen {when}.': 'El orden del día todavía cambia. Queda fijo: {when}.',
  'The agenda still changes. It is frozen within six hours.':
    'El orden del día todavía cambia. Queda fijo en seis horas o menos.',
  'The agenda was frozen {when}. What changed later is marked.':
    'El orden del día quedó fijo: {when}. Lo que cambió después está marcado.',
  'Record the review': 'Registrar la revisión',
  'The last review': 'La última revisión',
  'What the team decided': 'Qué decidió el equipo',
  Minutes: 'Acta',
  'They cannot be read now.': 'No se puede leer ahora.',
  'What is due': 'Qué está por vencer',
  'Nothing is due until a month after the meeting.': 'Nada vence hasta un mes después de la reunión.',
  'Since it was frozen': 'Desde que quedó fijo',
  new: 'nuevo',
  'was: {state}': 'antes: {state}',
  'No service is needed or recommended.': 'No se necesita ni se recomienda ningún servicio.',
  'Last recommendation': 'Última recomendación',
  'recommended, not opened yet': 'recomendado, sin abrir todavía',
  'Tasks that the team agreed on': 'Tareas que el equipo acordó',
  'No agreed task is open.': 'No hay tareas acordadas abiertas.',
  Task: 'Tarea',
  By: 'A más tardar',
  Overdue: 'Vencida',
  'Record how a task ended': 'Registrar cómo terminó una tarea',
  'What each seat is asked to bring': 'Qué se pide a cada puesto',
  'What your seat is asked to bring': 'Qué se pide a su puesto',
  'What the other seats are asked to bring': 'Qué se pide a los otros puestos',
  'The questions and the five days are assumptions of this project.':
    'Las preguntas y los cinco días son suposiciones de este proyecto.',
  'Other children of this report': 'Otros menores de este reporte',
  'meets together with this child': 'se reúne junto con este menor',
  'no meeting is set': 'sin reunión fijada',
  'meets at another time: {when}': 'se reúne a otra hora: {when}',
  'Meet together': 'Reunirse juntos',
  'Next meeting': 'Próxima reunión',
  'Join the team meeting': 'Participe en la reunión del equipo',
  'How to join, and who comes': 'Cómo participar y quién viene',
  'You cannot come then? Propose another time': '¿No puede venir a esa hora? Proponga otra',
  Starts: 'Comienza',
  '{when}, {minutes} minutes': '{when}, {minutes} minutos',
  How: 'Cómo',
  'Not said': 'No se dijo',
  'Address, link or number': 'Dirección, enlace o número',
  'Not recorded yet. The coordinator can add it.': 'Aún no está registrado. La coordinación puede agregarlo.',
  'Only people who signed the notice of confidentiality read it.':
    'Solo lo lee quien firmó el aviso de confidencialidad.',
  'Asked to come': 'Se pide que vengan',
  'No one': 'Nadie',
  'Scheduled for': 'Fijada para',
  When: 'Cuándo',
  Held: 'Se celebró',
  'Who attended': 'Quién asistió',
  'Composition that the law asks for': 'Composición que pide la ley',
  'Not complete': 'Incompleta',
  'absent: {disciplines}': 'no vino: {disciplines}',
  'without a signature: {disciplines}': 'sin firma: {disciplines}',
  'one person for two seats: {disciplines}': 'una persona para dos puestos: {disciplines}',

  // Services
  '{name}, by {day}': '{name}, a más tardar el {day}',
  Consents: 'Consentimientos',
  Whose: 'De quién',
  'Needs that could not be met': 'Necesidades que no se pudieron atender',
  Why: 'Por qué',
  'Who said so': 'Quién lo dijo',
  '{reason} of {days} days': '{reason} de {days} días',

  // Child and report
  'about {years}': 'unos {years}',
  '{from} to {to}': 'de {from} a {to}',
  'Others, not known who': 'Otras personas, no se sabe quién',
  'Another place, as it was reported above': 'Otro lugar, como se reportó arriba',
  'the nearest towns: {towns}': 'los municipios más parecidos: {towns}',
  'Out of state': 'Fuera del estado',
  '(proposed, not confirmed yet)': '(propuesto, aún sin confirmar)',
  'long after it was received: {reason}': 'mucho después de recibirse: {reason}',
  '{decision} {when}, by {name}': '{decision} el {when}, por {name}',
  Stage: 'Etapa',
  Received: 'Recibido',
  'In danger now': 'En peligro ahora',
  'Missing now': 'Desaparecido ahora',
  'Age in years': 'Edad en años',
  'Alleged, by relation to the child': 'Personas señaladas, por su relación con el menor',
  'Happened in': 'Ocurrió en',
  'Is now in': 'Está ahora en',
  'Responsible area office': 'Oficina de área responsable',
  '{office}, region {region}': '{office}, región {region}',
  'Not known yet': 'Aún no se sabe',
  'Responds now': 'Responde ahora',
  'The responsible office': 'La oficina responsable',
  'Judicial district, team': 'Distrito judicial, equipo',
  'Screening outcome': 'Resultado de la evaluación',
  'Not screened yet': 'Aún sin evaluar',
  'HART liaison': 'Enlace HART',
  'Not assigned yet': 'Aún sin asignar',
  'Waits for a second person': 'Espera a una segunda persona',
  'Proposed: danger is unknown now. Until then every clock runs.':
    'Propuesta: ahora no se sabe si hay peligro. Hasta entonces corren todos los plazos.',
  'Proposed: the child is in no danger now. Until then every clock runs.':
    'Propuesta: el menor ya no está en peligro. Hasta entonces corren todos los plazos.',
  'Pause of outreach': 'Pausa de los contactos',
  'For {agency}, {from} to {until}, recorded by {name}': 'Para {agency}, del {from} al {until}; lo registró {name}',
  'Child seen': 'Se vio al menor',
  'Seen {when}: {by}': 'Sí, el {when}: {by}',
  'Not yet. Last attempt {when}: {by}': 'Aún no. Último intento, el {when}: {by}',
  'Not recorded yet': 'Aún sin registrar',
  'no receipt recorded yet': 'aún sin acuse registrado',
  'received {when}': 'recibido el {when}',
  'asked for more time': 'pidió más tiempo',
  'Notice {notice} to a tribe': 'Aviso {notice} a una tribu',
  'Another tribe': 'Otra tribu',
  'Proceeding about custody': 'Procedimiento sobre la custodia',
  'None yet: the tribe must first receive its notice': 'Aún ninguno: antes la tribu debe recibir su aviso',
  'None before {day}': 'Ninguno antes del {day}',
  'Ex parte order': 'Orden ex parte',
  'Notice to the parents': 'Aviso a los padres',
  'Notice of the finding': 'Aviso de la conclusión',
  'Waits for a second reviewer': 'Espera a una segunda revisión',
  'Lower outcome proposed: {outcome}': 'Se propone un resultado más bajo: {outcome}',
  'Withdrawal proposed': 'Se propone un retiro',
  'Perhaps the same child, and told to those alone who are named':
    'Quizá el mismo menor; solo lo saben las personas nombradas',
  'Legal hold': 'Retención legal',
  'Set {when} by {name}': 'Puesta el {when} por {name}',
  'Erasure proposed': 'Se propone un borrado',
  '{ground}, by {name}': '{ground}, por {name}',
  'Perhaps the same child': 'Quizá el mismo menor',
  'Other children of the report': 'Otros menores del reporte',
  'The referral': 'El caso',
  'Missing, and what was done on the return': 'Desapariciones, y qué se hizo al regreso',
  Absence: 'Ausencia',
  'Missing since': 'Desde cuándo',
  Returned: 'Regresó',
  'Talked with': 'Se habló con el menor',
  'Screened on return': 'Evaluado al regreso',
  'Not yet': 'Aún no',
  'Not recorded': 'Sin registrar',

  // Decisions
  Proposed: 'Propuesta',
  'No proposal yet': 'Aún sin propuesta',
  Decided: 'Decisión',
  'Not decided yet': 'Aún sin decisión',
  'The proposal rests on': 'La propuesta se basa en',
  'The decision rested on': 'La decisión se basó en',
  'Not known, and would change the proposal': 'No se sabe, y cambiaría la propuesta',
  'Is there a basis to allege?': '¿Hay base para alegar?',
  'A basis to allege that the child is uncared for is no adjudication: only a court finds that.':
    'Tener base para alegar que el menor está desatendido no es una sentencia: eso lo decide un tribunal.',
  'No service waits for this decision.': 'Ningún servicio espera esta decisión.',
  'The decision rests on facts that have changed': 'La decisión se basa en datos que cambiaron',
  'The rules propose another outcome now. Decide again.': 'Las reglas proponen ahora otro resultado. Decida de nuevo.',
  'The rules propose the same on the present facts.': 'Las reglas proponen lo mismo con los datos de ahora.',
  'The definition leaves a gap': 'La definición deja un vacío',
  'Beside it, whatever is decided': 'Además, se decida lo que se decida',
  'Done.': 'Hecho.',
  'There was a birthday since the proposal': 'Hubo un cumpleaños desde la propuesta',
  'By the date of birth the age is now {today}; the proposal rests on {before}.':
    'Por la fecha de nacimiento, la edad es ahora: {today}. La propuesta se basa en: {before}.',
  '{outcome}, where {proposed} was proposed': '{outcome}, y se había propuesto: {proposed}',
  'definition: {basis}': 'definición: {basis}',
  'counsel consulted: {counsel}': 'asesoría legal consultada: {counsel}',
  'Checklist {checklist}, answered and no outcome recorded on it yet':
    'Lista {checklist}, respondida y aún sin resultado registrado',
  'Outcomes recorded, the last one counts': 'Resultados registrados; vale el último',
  Outcome: 'Resultado',
  'The rules had proposed': 'Las reglas habían propuesto',
  Checklist: 'Lista de indicios',
  'Every answer of screening {number}': 'Cada respuesta de la evaluación {number}',
  'Checklist {checklist} of screening {number}': 'Lista {checklist} de la evaluación {number}',
  'The rules propose now:': 'Las reglas proponen ahora:',
  'The checklist was answered {when} by {name}.': 'La lista se respondió el {when}, por {name}.',
  'The checklist for the next screening has no answers yet: every topic is unknown.':
    'La lista de la próxima evaluación aún no tiene respuestas: no se sabe nada de sus temas.',
  'The rules are this project’s own and not validated. A trained person records the outcome.':
    'Las reglas son propias de este proyecto y no están validadas. Una persona capacitada registra el resultado.',
  'Not answered: every topic is unknown': 'Sin respuestas: no se sabe nada de los temas',
  '{yes} yes, {no} no, {unknown} unknown · answered by {name}':
    '{yes} sí, {no} no, {unknown} no se sabe · respondió {name}',
  Topic: 'Tema',
  Question: 'Pregunta',
  'Results of screening instruments': 'Resultados de instrumentos de evaluación',
  Instrument: 'Instrumento',
  Version: 'Versión',
  Score: 'Puntuación',
  Band: 'Nivel',
  'Administered by': 'Quién lo aplicó',
  On: 'Fecha',
  'Before it can be closed': 'Antes de poder cerrarlo',
  'Nothing stands in the way of closing.': 'Nada impide cerrarlo.',
  '1 thing stands in the way of closing': '1 cosa impide cerrarlo',
  '{count} things stand in the way of closing': '{count} cosas impiden cerrarlo',

  // History
  'Nothing was recorded before.': 'No se registró nada antes.',
  'What it recorded': 'Qué registró',
  'Earlier entries': 'Entradas anteriores',
  'Missed: {duty}': 'Incumplido: {duty}',
  'Report received': 'Reporte recibido',
  'Fill in “{field}”.': 'Complete «{field}».',

  // Services, clocks
  Service: 'Servicio',
  State: 'Estado',
  'Whose it is, and by when': 'De quién es, y para cuándo',
  Provider: 'Proveedor',
  Contact: 'Contacto',
  'What became of it': 'Qué resultó',
  'can start on {day}': 'puede empezar el {day}',
  'stopped: the consent is missing': 'detenido: falta el consentimiento',
  'the provider declined': 'el proveedor dijo que no',
  '{months} months: {outcome}': '{months} meses: {outcome}',
  'All clocks': 'Todos los plazos',
  'All clocks as a table, with the reason and source of each':
    'Lo mismo en una tabla, con la razón y la fuente de cada uno',
  'The clocks of this referral start in a moment: load this page again to see them.':
    'Los plazos de este caso comienzan en un momento: recargue esta página para verlos.',
  Deadlines: 'Plazos',
  Deadline: 'Plazo',
  'Asked of': 'A quién se pide',
  'When, and why then': 'Cuándo, y por qué',
  Source: 'Fuente',
  'Due {when}': 'Vence el {when}',
  'This referral is {stage}.': 'Este caso está {stage}.',
  '{all} clocks since the report: {kept} kept, {running} running, {missed} overdue. The table below says the same.':
    '{all} plazos desde el reporte: {kept} cumplidos, {running} en curso, {missed} vencidos. La tabla de abajo dice lo mismo.',
  'Full bar: law. Outlined bar: policy. Triangle: a person was called. Time since the report, in growing steps.':
    'Barra llena: ley. Barra con borde: norma. Triángulo: se llamó a una persona. Tiempo desde el reporte, en pasos crecientes.',
  'Meetings of the team': 'Reuniones del equipo',
  'Services that started': 'Servicios que comenzaron',
  now: 'ahora',
  kept: 'cumplido',
  'kept late': 'cumplido tarde',
  running: 'en curso',
  overdue: 'vencido',
  ended: 'terminado',
  '1 hour': '1 hora',
  '12 hours': '12 horas',
  '3 days': '3 días',
  '2 weeks': '2 semanas',
  '2 months': '2 meses',
  '1 year': '1 año',
  Open: 'Abierto',
  'Open, missed': 'Abierto, incumplido',
  late: 'tarde',
  'still needs an explanation': 'falta una explicación',
} as const;

/** A sentence that the pages of partners say, in English. */
export type PartnerSentence = keyof typeof inSpanish;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The values of a sentence. A missing or an unknown one does not compile. */
export type ValuesOf<Text> = [NamesIn<Text>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<Text>, string | number>>];

/** The sentence in this language, with its values. */
export function sentenceIn<const Text extends PartnerSentence>(
  language: Language,
  text: Text,
  ...[values]: ValuesOf<Text>
): string {
  const said: string = language === 'es' ? inSpanish[text] : text;
  const filled = said.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(Object(values)[name]));
  // A Spanish time ends with a full stop of its own.
  return filled.replace(/\.\.$/, '.');
}

/** Whether the pages of partners say this sentence, without a value. */
export const isPartnerSentence = (text: string): text is PartnerSentence => Object.hasOwn(inSpanish, text);
