/**
 * The catalogue of the words for the program's codes, by code. A code of `core/vocabulary.ts` without words does not
 * compile. Nor does a role, a seat or a meeting place without Spanish: partners outside DCF read those.
 */
import type * as vocabulary from '../core/vocabulary.ts';
import { inside, type PartnerWords, partner, type StaffWords, staff } from './words.ts';

type Lists = typeof vocabulary;
/** Every code of every list of the vocabulary. */
type Code = {
  [Name in keyof Lists]: Lists[Name] extends readonly (infer Each extends string)[] ? Each : never;
}[keyof Lists];
type PartnerCode = vocabulary.Role | vocabulary.Discipline | vocabulary.MeetingPlace | vocabulary.DutyGroup;

const catalogue = {
  // roles
  'careline-worker': partner('Careline worker', 'personal de Careline'),
  'careline-supervisor': partner('Careline supervisor', 'supervisión de Careline'),
  'careline-manager': partner('Careline manager', 'gerencia de Careline'),
  caseworker: partner('Caseworker', 'trabajo social'),
  'area-supervisor': partner('Area supervisor', 'supervisión del área'),
  'area-director': partner('Area director', 'dirección del área'),
  'area-oncall': partner('Area office on call', 'guardia del área', 'area on call'),
  'director-oncall': partner('Director on call', 'dirección de guardia'),
  'program-manager': partner('Program manager', 'gerencia del programa'),
  'hart-liaison': partner('HART liaison', 'enlace HART'),
  'hart-lead': partner('HART lead', 'coordinación HART'),
  'hart-director': partner('HART director', 'dirección HART'),
  legal: partner('Legal', 'asesoría legal'),
  'aag-liaison': partner("Liaison to the Attorney General's office", 'enlace AAG', 'AAG liaison'),
  'mdt-coordinator': partner('MDT coordinator', 'coordinación del equipo'),
  'mdt-chair': partner('MDT chair', 'presidencia del equipo'),
  'mdt-member': partner('MDT member', 'integrante del equipo'),
  provider: partner('Provider', 'proveedor'),
  administrator: partner('Administrator', 'administración'),
  auditor: partner('Auditor', 'auditoría'),
  evaluator: partner('Evaluator', 'evaluación'),
  trainer: partner('Trainer', 'capacitación'),
  'forum-member': partner('Forum member', 'integrante de foros'),
  // everyDiscipline
  'states-attorney': partner("State's Attorney", 'fiscalía', "state's attorney"),
  dcf: partner('DCF', 'DCF'),
  'law-enforcement': partner('Law enforcement', 'policía'),
  medical: partner('Medical', 'medicina'),
  'mental-health': partner('Mental health', 'salud mental'),
  'forensic-interviewer': partner('Forensic interviewer', 'entrevista forense'),
  'victim-advocate': partner('Victim advocate', 'defensa de víctimas'),
  'youth-service-bureau': partner('Youth service bureau', 'servicios para jóvenes'),
  'team-lead': partner('MDT coordinator or chair', 'coordinación del equipo', 'team lead'),
  love146: partner('Love146', 'Love146'),
  'assistant-attorney-general': partner('Assistant attorney general', 'fiscalía general adjunta'),
  'juvenile-probation': partner('Juvenile probation (CSSD)', 'libertad vigilada juvenil', 'juvenile probation'),
  school: partner('School', 'escuela'),
  'childs-attorney': partner("Child's attorney or guardian ad litem", 'abogacía del menor', 'childs attorney'),
  'federal-law-enforcement': partner(
    'Federal law enforcement (FBI, HSI)',
    'policía federal',
    'federal law enforcement',
  ),
  'survivor-mentor': partner('Survivor mentor', 'mentoría de sobrevivientes'),
  'substance-use-provider': partner(
    'Substance use treatment provider',
    'tratamiento de adicciones',
    'substance use provider',
  ),
  // meetingPlaces
  virtual: partner('By video or telephone', 'por video o teléfono'),
  office: partner('In the office of the team', 'en la oficina del equipo'),
  // meetingWays
  'by-phone': partner('By telephone', 'por teléfono'),
  'by-video': partner('By video', 'por video'),
  // dutyGroups
  'police-notice': partner('Notify the police', 'avisar a la policía', 'notice to the police'),
  'missing-notice': partner(
    'Report the missing child',
    'reportar al menor desaparecido',
    'report of the missing child',
  ),
  'service-plan': partner('Service plan', 'plan de servicios', 'service plan'),
  // services
  'medical-acute-forensic': staff('Acute forensic medical exam'),
  'medical-nonacute': staff('Medical exam, not acute'),
  'forensic-interview': staff('Forensic interview'),
  'safe-placement': staff('Safe placement'),
  'victim-advocacy': staff('Victim advocacy'),
  'long-term-survivor-care': staff('Long term survivor care'),
  'substance-use': staff('Substance use'),
  education: staff('Education'),
  'victim-compensation': staff('Victim compensation'),
  'basic-needs': staff('Basic needs'),
  'caregiver-support': staff('Caregiver support'),
  'transition-services': staff('Transition services'),
  prevention: staff('Prevention'),
  // alertKinds
  'referral-opened': staff('Referral opened'),
  'deadline-opened': staff('Deadline opened'),
  'mdt-invited': staff('Invitation to the team'),
  'linkage-offered': staff('Referral to a service'),
  'answer-needed': staff('Answer needed'),
  checkpoint: staff('Checkpoint'),
  'referral-ended': staff('The referral ended'),
  'report-merged': staff('Report merged'),
  'charges-faced': staff('Charges faced'),
  'tribal-membership': staff('Tribal membership'),
  'removal-review': staff('Removal review'),
  'do-not-alert-caregiver': staff('Do not alert caregiver'),
  'outreach-paused': staff('Outreach paused'),
  'outreach-resumed': staff('Outreach resumed'),
  'meeting-scheduled': staff('Meeting scheduled'),
  'meeting-moved': staff('Meeting moved'),
  'meeting-cancelled': staff('Meeting cancelled'),
  'meeting-left': staff('Meeting left'),
  'seat-removed': staff('Seat removed'),
  'seat-not-reached': staff('Seat not reached'),
  'referral-sealed': staff('Referral sealed'),
  'emergency-access-taken': staff('Emergency access used'),
  'sealed-match': staff('Sealed match'),
  'alarm-over': staff('Alarm over'),
  'holder-changed': staff('Holder changed'),
  'danger-raised': staff('Danger raised'),
  'danger-lifted': staff('Danger lifted'),
  'child-missing': staff('Child missing'),
  'child-returned': staff('Child returned'),
  // accessFindings
  justified: staff('Justified'),
  'not-justified': staff('Not justified'),
  // answers
  yes: staff('Yes'),
  no: staff('No'),
  unknown: staff('Unknown'),
  // checkpointKinds
  remind: staff('Remind'),
  warn: staff('Warn'),
  ring: staff('Ring'),
  due: staff('Due'),
  escalate: staff('Escalate'),
  // consentAnswers
  given: staff('Given'),
  refused: staff('Refused'),
  withdrawn: staff('Withdrawn'),
  // consentKinds
  child: staff('Child'),
  'parent-or-guardian': staff('Parent or guardian'),
  'written-part-2': staff('Written consent of the patient (42 CFR Part 2)'),
  // consentingGuardians
  'another-guardian': staff('Another guardian'),
  // correctable
  childName: staff('Name of the child'),
  phone: staff('Phone'),
  priorIds: staff('References of the child in older records'),
  // dcfHistories
  none: staff('None'),
  'prior-report': staff('Prior report'),
  'prior-open-case': staff('Prior open case'),
  'open-case': staff('Open case'),
  // declineReasons
  'child-declined': staff('Child declined'),
  'family-declined': staff('Family declined'),
  'not-eligible': staff('Not eligible'),
  'waiting-list': staff('Waiting list'),
  'no-provider': staff('No provider offers it'),
  'no-capacity': staff('The provider has no room and no list'),
  'no-longer-needed': staff('No longer needed'),
  'served-elsewhere': staff('Served elsewhere'),
  // definitionBases
  '46a-170': staff('C.G.S. 46a-170'),
  '53a-192a': staff('C.G.S. 53a-192a'),
  tvpa: staff('TVPA (22 U.S.C. 7102)'),
  // disclosureBases
  'cgs-17a-28-police': staff('C.G.S. 17a-28: law enforcement'),
  'cgs-17a-28-prosecutor': staff("C.G.S. 17a-28: State's Attorney"),
  'court-order': staff('Court order'),
  'consent-of-reporter': staff('Consent of reporter'),
  // disclosureRecipients
  police: staff('Police'),
  prosecutor: staff('Prosecutor'),
  // dispositions
  substantiated: staff('Substantiated'),
  'not-substantiated': staff('Not substantiated'),
  // eligibilityOutcomes
  'basis-trafficking': staff('Basis to allege: trafficking'),
  'basis-other-ground': staff('Basis to allege: another ground'),
  'basis-noted': staff('Basis noted, no new petition'),
  'services-only': staff('Services only; no basis to allege now'),
  'prevention-services': staff('Prevention services'),
  'legal-review': staff('Review by counsel'),
  'not-uncared-for': staff('No basis to allege: a client of the department of 18 to 20'),
  'not-eligible-age': staff('Of age: adult services'),
  pending: staff('Pending: not enough information'),
  'no-basis': staff('No basis to allege'),
  // erasureGrounds
  retention: staff('Retention'),
  // exploitationTypes
  'commercial-sex': staff('Commercial sex'),
  'explicit-images': staff('Explicit images'),
  'survival-sex': staff('Survival sex'),
  familial: staff('By the family'),
  'gang-controlled': staff('Controlled by a gang'),
  other: staff('Other'),
  // followUpMonths
  3: staff('3 months'),
  6: staff('6 months'),
  12: staff('12 months'),
  // genders
  girl: staff('Girl'),
  boy: staff('Boy'),
  'transgender-girl': staff('Transgender girl'),
  'transgender-boy': staff('Transgender boy'),
  nonbinary: staff('Nonbinary'),
  // emergencyReasons
  'danger-now': staff('The child is in danger now'),
  'stands-still': staff('It stands still'),
  'fault-mended': staff('The fault is mended'),
  'row-wrong': staff('A row of a list is wrong'),
  'after-restore': staff('After a restore'),
  'covering-for-colleague': staff('Covering for a colleague'),
  'child-found-elsewhere': staff('The child was found elsewhere'),
  // holdEnds
  'petition-filed': staff('Petition filed'),
  'child-released': staff('Child released'),
  // identityPurposes
  'work-on-referral': staff('Work on referral'),
  'answer-alert': staff('Answer alert'),
  'compare-duplicates': staff('Compare duplicates'),
  'contact-family': staff('Contact family'),
  'provide-service': staff('Provide service'),
  'team-review': staff('Team review'),
  'legal-advice': staff('Legal advice'),
  'quality-review': staff('Quality review'),
  // exportPurposes
  'state-audit': staff('State audit'),
  'federal-review': staff('Federal review'),
  // indicatorTopics
  'missing-episodes': staff('Missing episodes'),
  'older-controlling-companion': staff('Older controlling companion'),
  'unexplained-money-or-gifts': staff('Unexplained money or gifts'),
  'hotel-keys': staff('Hotel keys'),
  'online-ads-or-images': staff('Online ads or images'),
  'sti-pregnancy-or-injury': staff('STI, pregnancy or injury'),
  branding: staff('Branding'),
  disclosure: staff('Disclosure'),
  'third-party-or-police-evidence': staff('Third party or police evidence'),
  homelessness: staff('Homelessness'),
  'prior-abuse': staff('Prior abuse'),
  'caregiver-facilitation': staff('Caregiver facilitation'),
  'recruiter-contacts': staff('Recruiter contacts'),
  // instrumentBands
  possible: staff('Possible'),
  clear: staff('Clear'),
  low: staff('Low'),
  medium: staff('Medium'),
  high: staff('High'),
  // instrumentGivers
  detention: staff('Detention'),
  // instruments
  'cse-it': staff('CSE-IT'),
  htst: staff('HTST'),
  'htst-sf': staff('HTST, short form'),
  'short-screen': staff('Short Screen for Child Sex Trafficking'),
  tvit: staff('TVIT'),
  qyit: staff('QYIT (not made for minors)'),
  // interviewAnswers
  scheduled: staff('Scheduled'),
  'held-already': staff('Held already'),
  'not-appropriate': staff('Not appropriate'),
  // languages
  en: staff('English'),
  es: staff('Spanish'),
  // lateReasons
  'system-outage': staff('System outage'),
  'connection-lost': staff('Connection lost'),
  'paper-form': staff('Paper form'),
  'heard-elsewhere': staff('Heard elsewhere'),
  // legalStatuses
  'open-in-home': staff('Open in-home case'),
  'order-of-temporary-custody': staff('Order of temporary custody'),
  committed: staff('Committed to the department'),
  // meetingEnds
  'no-quorum': staff('No quorum'),
  'convener-unavailable': staff('No one can convene it'),
  'held-earlier': staff('Held earlier'),
  // missReasons
  'no-answer-from-agency': staff('No answer from agency'),
  'child-not-located': staff('Child not located'),
  staffing: staff('Staffing'),
  'not-alerted': staff('Not alerted'),
  'report-entered-late': staff('Report entered late'),
  'information-missing': staff('Information missing'),
  // noticeMethods
  'in-person': partner('In person', 'en persona'),
  'secure-message': staff('Secure message'),
  fax: staff('Fax'),
  // outcomes
  confirmed: staff('Confirmed'),
  'high-risk': staff('High risk'),
  'at-risk': staff('At risk'),
  'insufficient-info': staff('Not enough information'),
  'not-indicated': staff('Not indicated'),
  // overlayFlags
  'police-referral': staff('Police referral'),
  'abuse-neglect-allegation': staff('Abuse neglect allegation'),
  'caregiver-not-cleared': staff('Caregiver not cleared'),
  'treat-as-minor-and-ask': staff('Treat as minor and ask'),
  // parentsNoticeMethods
  letter: staff('Letter'),
  // tribeMails
  registered: staff('Registered mail'),
  certified: staff('Certified mail'),
  // licensingAgencies
  'early-childhood': staff('Office of Early Childhood'),
  'public-health': staff('Department of Public Health'),
  'developmental-services': staff('Department of Developmental Services'),
  'addiction-services': staff('Department of Mental Health and Addiction Services'),
  // sightings
  seen: staff('Seen'),
  attempted: staff('Tried, and not seen'),
  // perpetrators
  caregiver: staff('Caregiver'),
  entrusted: staff('Person entrusted with the care of the child'),
  'given-access': staff('Given access by a caregiver'),
  'third-party': staff('Third party'),
  'none-alleged': staff('No trafficker is alleged'),
  // placements
  relative: staff('Relative'),
  'foster-home': staff('Foster home'),
  'congregate-care': staff('Congregate care'),
  shelter: staff('Shelter'),
  independent: staff('Lives independently'),
  // places
  residenceTown: staff('Where the child lives'),
  occurrenceTown: staff('Where it happened'),
  presentTown: staff('Where the child is now'),
  // policeNotices
  state: staff('State'),
  local: staff('Local'),
  missing: staff('Missing'),
  identified: staff('Identified'),
  // populations
  'in-dcf-care': staff('In DCF care'),
  'left-dcf-care': staff('Left DCF care (aged or opted out)'),
  'living-at-home': staff('Living with a parent or guardian'),
  // proposals
  withdrawal: staff('Withdrawal'),
  downgrade: staff('Downgrade'),
  clearance: staff('Clearance'),
  lowering: staff('Lowering'),
  erasure: staff('Erasure'),
  // questions
  routing: staff('Routing'),
  team: staff('Team'),
  vacancy: staff('Vacancy'),
  seat: staff('Seat'),
  // races
  'american-indian': staff('American Indian'),
  asian: staff('Asian'),
  black: staff('Black'),
  hispanic: staff('Hispanic'),
  'pacific-islander': staff('Pacific Islander'),
  white: staff('White'),
  // releaseReasons
  'wrong-tap': staff('Wrong tap'),
  'cannot-do-it': staff('Cannot do it'),
  'does-not-answer': staff('Does not answer'),
  // reporterFields
  reporterName: staff('Name of the reporter'),
  reporterPhone: staff('Telephone of the reporter'),
  reporterEmail: staff('E-mail of the reporter'),
  reporterRelation: staff('What the reporter is to the child'),
  // reporterTypes
  'dcf-staff': staff('DCF staff'),
  court: staff('Court'),
  family: staff('Family'),
  community: staff('Member of the community'),
  hotel: staff('Hotel'),
  // sealReasons
  'workers-family': staff('Workers family'),
  'colleague-involved': staff('Colleague involved'),
  'known-to-staff': staff('Known to staff'),
  'safety-of-child': staff('Safety of child'),
  // confirmGrounds
  restored: staff('What was changed or missing is restored from the backup'),
  compared: staff('I compared it with the people who acted: it is right as it stands'),
  'damage-accepted': staff('It stays damaged, and what is missing was recorded anew'),
  // seatNoReasons
  'on-leave': staff('On leave'),
  workload: staff('Workload'),
  'not-my-district': staff('Not my district'),
  // serviceOutcomes
  'still-served': staff('Still served'),
  completed: staff('Completed'),
  'stopped-by-child': staff('Stopped by child'),
  'stopped-by-family': staff('Stopped by family'),
  'stopped-by-provider': staff('Stopped by provider'),
  'contact-lost': staff('Contact lost'),
  // tracks
  investigation: staff('Investigation'),
  assessment: staff('Family assessment response'),
  'information-only': staff('Information only'),
  'other-agency': staff('Other agency'),
  // callers
  'the-child': staff('The child'),
  'with-the-child': staff('With the child'),
  elsewhere: staff('Somewhere else'),
  // knowingPeople
  'no-one-else': staff('No one else'),
  suspect: staff('A suspect'),
  others: staff('Other people'),
  // callLanguages
  english: staff('English'),
  spanish: staff('Spanish'),
  portuguese: staff('Portuguese'),
  'haitian-creole': staff('Haitian Creole'),
  polish: staff('Polish'),
  mandarin: staff('Mandarin'),
  arabic: staff('Arabic'),
  'sign-language': staff('American Sign Language'),
  // careTimings
  'before-care': staff('Before care'),
  'during-care': staff('During care'),
  'before-and-during-care': staff('Before and during care'),
  'never-in-care': staff('Never in care'),
  // recruitmentMethods
  abduction: staff('Abduction'),
  'educational-facility': staff('School or college'),
  internet: staff('Internet, social media or an online ad'),
  'marriage-broker': staff('International marriage broker'),
  'intimate-partner': staff('Intimate partner or marriage proposal'),
  'job-offer': staff('Job offer or ad'),
  'posing-as-benefactor': staff('Posing as a benefactor'),
  'public-area': staff('Public area'),
  'offer-of-accommodation': staff('Offer of a place to stay'),
  smuggling: staff('Smuggling or ransom'),
  workplace: staff('Workplace'),
  // controlMethods
  'debt-bondage': staff('Debt bondage'),
  'takes-earnings': staff('Takes earnings'),
  'restricts-money': staff('Restricts access to money'),
  threats: staff('Threats'),
  'psychological-abuse': staff('Psychological abuse'),
  'physical-abuse': staff('Physical abuse'),
  'sexual-abuse': staff('Sexual abuse'),
  'false-promises': staff('False promises'),
  'drugs-or-alcohol': staff('Drugs or alcohol'),
  'restricts-movement': staff('Restricts movement'),
  'restricts-medical-care': staff('Restricts medical care'),
  'excessive-work': staff('Excessive working hours'),
  'uses-children': staff('Uses the children of the child'),
  'threat-of-police': staff('Threatens with the police'),
  'withholds-necessities': staff('Withholds food, shelter or clothes'),
  'withholds-documents': staff('Withholds documents'),
  // moveReasons
  'planned-move': staff('Planned move'),
  'safety-of-placement': staff('The placement was not safe'),
  'returned-from-missing': staff('Returned from missing'),
  'placement-ended': staff('The placement ended'),
  // prosecutionSteps
  arrested: staff('Arrested'),
  charged: staff('Charged'),
  convicted: partner('Convicted', 'condenado'),
  acquitted: partner('Acquitted', 'absuelto'),
  'charges-dismissed': partner('Charges dismissed', 'cargos desestimados'),
  'not-prosecuted': staff('Not prosecuted'),
  // chargeEnds
  'not-charged': partner('Not charged', 'sin cargos'),
  diverted: partner('Diverted from the court', 'derivado fuera del tribunal'),
  adjudicated: partner('Adjudicated', 'declarado responsable'),
  vacated: partner('Finding vacated', 'decisión anulada'),
  // hearingKinds
  'preliminary-hearing': partner(
    'Preliminary hearing on temporary custody',
    'audiencia preliminar sobre custodia temporal',
  ),
  'petition-hearing': partner(
    'Hearing on a neglect or uncared-for petition',
    'audiencia sobre una petición de negligencia o desamparo',
  ),
  'custody-review': partner('Review of custody or permanency', 'revisión de custodia o permanencia'),
  'delinquency-hearing': partner('Hearing on charges of the child', 'audiencia sobre cargos del menor'),
  'vacatur-hearing': partner(
    'Hearing to vacate a finding against the child',
    'audiencia para anular una decisión contra el menor',
  ),
  'protective-order-hearing': partner('Hearing on a protective order', 'audiencia sobre una orden de protección'),
  'criminal-hearing': partner('Hearing against an alleged trafficker', 'audiencia contra un presunto tratante'),
  'other-hearing': partner('Another hearing', 'otra audiencia'),
  // hearingResults
  'hearing-held': staff('Held'),
  'hearing-continued': staff('Continued to another time'),
  'hearing-canceled': staff('Canceled'),
  // hearingOutcomes
  'custody-order-sustained': partner(
    'Order of temporary custody sustained',
    'se mantiene la orden de custodia temporal',
  ),
  'custody-order-ended': partner('Order of temporary custody ended', 'termina la orden de custodia temporal'),
  'found-uncared-for': partner('Adjudicated uncared for', 'declarado en desamparo'),
  'found-on-other-ground': partner('Adjudicated on another ground', 'declarado por otro motivo'),
  'committed-to-dcf': partner('Committed to DCF', 'custodia entregada al DCF'),
  'protective-supervision': partner('Protective supervision', 'supervisión de protección'),
  'petition-withdrawn': partner('Petition withdrawn', 'petición retirada'),
  'petition-dismissed': partner('Petition dismissed', 'petición desestimada'),
  'transferred-to-tribe': partner('Transferred to the court of a tribe', 'pasa al tribunal de una tribu'),
  'charges-diverted': partner('Charges diverted from the court', 'cargos derivados fuera del tribunal'),
  'charges-withdrawn': partner('Charges withdrawn', 'cargos retirados'),
  'found-delinquent': partner('Adjudicated delinquent', 'declarado delincuente juvenil'),
  'finding-vacated': partner('Finding vacated by the court', 'decisión anulada por el tribunal'),
  'finding-stands': partner('Finding not vacated', 'decisión no anulada'),
  'order-issued': partner('Order issued', 'orden emitida'),
  'order-denied': partner('Order denied', 'orden denegada'),
  'plea-entered': partner('Plea entered', 'declaración de culpabilidad'),
  'no-decision-yet': partner('No decision yet', 'aún sin decisión'),
  // courtOrders
  'order-placement': partner('Placement ordered', 'se ordena un lugar para vivir'),
  'order-services': partner('Services ordered', 'se ordenan servicios'),
  'order-evaluation': partner('Evaluation ordered', 'se ordena una evaluación'),
  'order-no-contact': partner('No contact with a person', 'sin contacto con una persona'),
  'order-tribe-notice': partner('Notice to a tribe ordered', 'se ordena avisar a una tribu'),
  'order-records': partner('Records ordered', 'se ordenan documentos'),
  'order-interpreter': partner('Interpreter ordered', 'se ordena un intérprete'),
  'order-closed-testimony': partner(
    'Gentler or closed testimony of the child',
    'testimonio protegido o a puerta cerrada',
  ),
  'order-other': partner('Something else ordered', 'se ordena otra cosa'),
  // bookingEnds
  'booking-kept': partner('Kept', 'cumplida'),
  'booking-missed': partner('Missed', 'no cumplida'),
  'booking-canceled': partner('Canceled', 'cancelada'),
  // bookingReasons
  'child-did-not-come': partner('The child did not come', 'el menor no vino'),
  'no-transport': partner('No transport', 'sin transporte'),
  'no-interpreter': partner('No interpreter', 'sin intérprete'),
  'center-canceled': partner('The hospital or center canceled', 'canceló el hospital o centro'),
  // interpreterNeeds
  'none-needed': partner('None needed', 'no hace falta'),
  'center-speaks-it': partner('The center speaks the language', 'el centro habla el idioma'),
  // advocateAnswers
  'advocate-comes': partner('An advocate comes', 'viene la defensa'),
  'no-advocate-yet': partner('No advocate yet', 'aún sin defensa'),
  'child-wants-none': partner('The child wants no advocate', 'el menor no quiere defensa'),
  // secondInterviewReasons
  'new-disclosure': partner('The child told of something new', 'el menor contó algo nuevo'),
  'new-suspect': partner('A new suspect', 'otra persona sospechosa'),
  'recording-failed': partner('The recording failed', 'falló la grabación'),
  'child-asked': partner('The child asked for it', 'el menor lo pidió'),
  // nearness
  'same-town': partner('In the same town', 'en el mismo municipio'),
  'same-office': partner('In the same area office', 'en la misma oficina de área'),
  'same-region': partner('In the same region', 'en la misma región'),
  farther: partner('Farther away', 'más lejos'),
  'distance-not-known': partner('Distance not known', 'distancia no conocida'),
  // placeKinds
  hospital: staff('Hospital'),
  'advocacy-center': staff('Children’s advocacy center'),
  'other-place': staff('Another place'),
  // bookings
  asked: partner('Asked for', 'pedida'),
  booked: partner('Booked', 'reservada'),
  kept: partner('Kept', 'cumplida'),
  missed: partner('Missed', 'no cumplida'),
  canceled: partner('Canceled', 'cancelada'),
  // practicalNeeds
  bed: partner('Bed', 'una cama'),
  ride: partner('Ride', 'transporte'),
  'interpreter-now': partner('Interpreter', 'intérprete'),
  'replacement-phone': partner('Replacement phone', 'un teléfono nuevo'),
  clothes: partner('Clothes', 'ropa'),
  food: partner('Food', 'comida'),
  hygiene: partner('Things to wash', 'artículos de higiene'),
  medicine: partner('Medicine', 'medicinas'),
  papers: partner('Papers', 'documentos'),
  'other-need': partner('Something else', 'otra cosa'),
  // needEnds
  'need-met': partner('Met', 'resuelta'),
  'need-not-met': partner('Could not be met', 'no se pudo resolver'),
  'need-dropped': partner('No longer needed', 'ya no hace falta'),
  'need-open': partner('Open', 'pendiente'),
  'need-overdue': partner('Overdue', 'vencida'),
  'another-person': partner('Another person', 'otra persona'),
  // bedNeeds
  'address-kept-secret': partner('Address kept secret', 'una dirección en secreto'),
  'speaks-the-language': partner('Speaks the language of the child', 'que hable el idioma del menor'),
  'step-free': partner('Without steps', 'sin escalones'),
  'medical-care': partner('Medical care', 'atención médica'),
  'pregnant-or-parenting': partner('For a pregnant or parenting child', 'para menor con embarazo o con hijos'),
  'with-sibling': partner('Together with a sibling', 'junto con un hermano'),
  'with-pet': partner('Together with a pet', 'junto con una mascota'),
  'affirms-gender': partner('Affirms the child’s gender', 'que respete su género'),
  // placeAnswers
  'can-take': partner('Has a place', 'tiene lugar'),
  'full-now': partner('Full now', 'lleno ahora'),
  'ages-do-not-fit': partner('The ages do not fit', 'la edad no corresponde'),
  'needs-do-not-fit': partner('The needs do not fit', 'no puede atender lo que hace falta'),
  'days-do-not-fit': partner('The days do not fit', 'los días no corresponden'),
  'did-not-answer': partner('Did not answer', 'no contestó'),
  // handoffWays
  'met-in-person': partner('The child met the person', 'el menor conoció a la persona'),
  'by-telephone-with-child': partner('By telephone, together with the child', 'por teléfono, junto con el menor'),
  'in-person-without-child': partner('In person, without the child', 'en persona, sin el menor'),
  'by-telephone-without-child': partner('By telephone, without the child', 'por teléfono, sin el menor'),
  // spendLines
  'placement-costs': staff('Placement'),
  treatment: staff('Treatment'),
  'medical-costs': staff('Medical costs'),
  advocacy: staff('Advocacy'),
  'legal-costs': staff('Legal costs'),
  'education-costs': staff('Education costs'),
  transport: staff('Transport'),
  interpretation: staff('Interpretation'),
  // cardMakers
  'child-wrote': staff('The child'),
  'written-together': staff('The child and I, together'),
  // interviewers
  'a-woman': staff('A woman'),
  'a-man': staff('A man'),
  'no-preference': staff('No preference'),
  // reviewDecisions
  'go-on-as-planned': staff('Go on as planned'),
  'change-the-plan': staff('Change the plan'),
  'learn-more-first': staff('Learn more first'),
  'prepare-closing': staff('Prepare to close'),
  // agreedTasks
  'contact-child': staff('Contact the child'),
  'talk-with-family': staff('Talk with the family'),
  'renew-safety-plan': staff('Renew the safety plan'),
  'settle-placement': staff('Settle the placement'),
  'contact-school': staff('Contact the school'),
  'get-records': staff('Get records'),
  'secure-evidence': staff('Secure evidence'),
  'prepare-court': staff('Prepare for court'),
  'get-papers': staff('Get identity papers or benefits'),
  'task-in-minutes': staff('Other: see the minutes'),
  // taskEnds
  'task-done': staff('Done'),
  'task-dropped': staff('No longer needed'),
  // agencies
  'judicial-branch': staff('Judicial Branch'),
  'chief-states-attorney': staff("Chief State's Attorney"),
  'probation-service': staff('Probation (CSSD)'),
  'state-police': staff('State police'),
  'local-police': staff('Local police'),
  'mental-health-agency': staff('Mental health agency'),
  'victim-services': staff('Victim services'),
  'school-district': staff('School district'),
  'consumer-protection': staff('Consumer Protection'),
  'tribal-government': staff('Tribal government'),
  'federal-agency': staff('Federal agency'),
  // agreementKinds
  memorandum: staff('Memorandum of understanding'),
  'data-sharing': staff('Data sharing agreement'),
  'qualified-service-organization': staff('Qualified service organization agreement'),
  // agreementPurposes
  'team-work': staff('Work in teams'),
  'referral-to-services': staff('Referral to services'),
  'data-exchange': staff('Exchange of data'),
  'training-together': staff('Training together'),
  'program-evaluation': staff('Evaluation of the program'),
  'substance-use-services': staff('Substance use services'),
  // sharedData
  'figures-alone': staff('Figures alone'),
  'case-facts': staff('Facts of a case'),
  identities: staff('Who the child is'),
  'health-records': staff('Health records'),
  'education-records': staff('Education records'),
  'substance-use-records': staff('Records of substance use'),
  // sharingBases
  'cgs-17a-28': staff('C.G.S. 17a-28 (records of the department)'),
  'cgs-17a-106a': staff('C.G.S. 17a-106a (multi-disciplinary teams)'),
  'part-2-organization': staff('42 CFR 2.11 and 2.12(c)(4) (qualified service organization)'),
  'hipaa-required-by-law': staff('45 CFR 164.512 (HIPAA)'),
  'ferpa-studies': staff('34 CFR part 99 (FERPA)'),
  'written-consent': staff('Written consent of each person'),
  'other-basis': staff('Another basis, named in the agreement'),
  // forumKinds
  'within-agency': staff('Within one agency'),
  'between-agencies': staff('Between agencies'),
  // forumNames
  'trafficking-council': staff('Trafficking in Persons Council'),
  'governors-task-force': staff("Governor's task force"),
  'hart-committee': staff('HART committee'),
  'hart-and-careline': staff('HART and the Careline'),
  'hart-and-area-offices': staff('HART and the area offices'),
  'team-leaders': staff('Leaders of the teams'),
  'police-and-department': staff('Police and the department'),
  'hospitals-and-centers': staff('Hospitals and advocacy centers'),
  'courts-and-department': staff('Courts and the department'),
  'schools-and-department': staff('Schools and the department'),
  'tribes-and-department': staff('Tribes and the department'),
  'service-providers': staff('Providers of services'),
  'data-coordination': staff('Coordination on data'),
  'training-committee': staff('Training'),
  'survivors-council': staff('Council of survivors'),
  'other-forum': staff('Another forum'),
  // forumActionEnds
  'action-done': staff('Done'),
  'action-dropped': staff('No longer needed'),
  // venueKinds
  casino: staff('Casino'),
  'massage-establishment': staff('Massage establishment'),
  'hotel-or-motel': staff('Hotel or motel'),
  'bar-or-club': staff('Bar or club'),
  'adult-entertainment': staff('Adult entertainment'),
  'nail-or-beauty-salon': staff('Nail or beauty salon'),
  restaurant: staff('Restaurant'),
  'truck-stop': staff('Truck stop'),
  'short-term-rental': staff('Short-term rental'),
  'other-venue': staff('Another venue'),
  // venueConcerns
  'no-license-shown': staff('No license is shown'),
  'license-not-in-force': staff('The license is not in force'),
  'service-beyond-license': staff('Services beyond the license'),
  'locked-or-guarded': staff('Locked or guarded while open'),
  'people-live-there': staff('People seem to live there'),
  'posting-missing': staff('The notice that the law asks for is not posted'),
  'staff-not-trained': staff('Staff were not trained as the law asks'),
  'advertised-for-sex': staff('Advertised for commercial sex'),
  // venueSteps
  'police-clear': staff('Police agree'),
  'police-hold': staff('Police ask to wait'),
  approved: staff('Approved'),
  declined: staff('Declined'),
  // venues
  online: staff('Online'),
  residence: staff('Residence'),
  street: staff('Street'),
} as const satisfies Readonly<Record<Code, StaffWords> & Record<PartnerCode, PartnerWords>>;

/** Codes that are spelled in one event or answer and in no list of the vocabulary. */
const others: Readonly<Record<string, string>> = {
  'same-child-open': 'The same child, whose other referral is open',
  'earlier-closed': 'The same child, whose earlier referral is closed',
  'not-a-duplicate': 'Another child',
  'with-quorum': 'Held, with a quorum',
  'under-waiver': 'Held below quorum, under a waiver',
  'below-quorum': 'Not held: below quorum',
  seats: 'Seats of the team',
  'often-missing': 'Missing more often than the policy names',
  'under-18': 'Under 18',
  'under-12': 'Under 12',
  '12-to-14': '12 to 14',
  '15-to-17': '15 to 17',
  'not-known': 'Not known',
  'facts-recorded': 'Facts about the child were recorded',
  '18-and-over': '18 or older',
  'called-off': 'Called off',
  'missed-closed': 'Closed as missed',
  'not-applicable': 'Does not apply',
  ended: 'No longer asked',
  'out-of-state': 'Out of state',
  'restart-run': 'Start a run again',
  'repair-referral': 'Take up what was left undone',
  'restart-ordered': 'Ordered to start a run again',
  'repair-ordered': 'Ordered to take up what was left undone',
};

const entryOf = (code: string): (StaffWords & Partial<PartnerWords>) | undefined =>
  Object.hasOwn(catalogue, code) ? catalogue[code as Code] : undefined;

/** `hart-lead` → `HART lead`; the first letter is a capital. */
export function words(code: string): string {
  const known = entryOf(code)?.en ?? others[code];
  if (known !== undefined) return known;
  const spaced = code.replaceAll('-', ' ').replace(/\b(hart|mdt|dcf|ncmec)\b/g, (initials) => initials.toUpperCase());
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export const wordsInside = (code: string): string => inside(words(code));

/** The words of a role, a seat or a meeting place within a sentence of a mail: `state's attorney`, or `fiscalía`. */
export const partnerWords = (code: string, language: vocabulary.Language): string =>
  entryOf(code)?.[language === 'es' ? 'es' : 'within'] ?? wordsInside(code);

/** Whether the code has words for partners in Spanish. */
export const hasPartnerWords = (code: string): boolean => entryOf(code)?.es !== undefined;
