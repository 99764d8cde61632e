/** For each command with a free text, a referral that allows it and an input that is accepted. */
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { textFieldsIn } from '../../shared/domain/core/text-fields.ts';
import { disciplines } from '../../shared/domain/core/vocabulary.ts';
import { event } from '../../shared/domain/events.ts';
import { type Desk, personOf } from './desk.ts';
import { noToAll } from './referral-builder.ts';
import { second } from './second-version.ts';

/** The commands with a free text. */
export const textCommands = (Object.keys(commands) as CommandName[]).filter(
  (name) => textFieldsIn(commandNamed(name).input).length > 0,
);

/** Who gives each command, with what beside its texts, and what comes before. */
function scenesOn(desk: Desk) {
  async function nothing() {}
  const intake = (id: string) => desk.step(id, 'AskSameChild');
  async function screened(id: string) {
    await intake(id);
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(id, step);
  }
  const offered = (id: string) =>
    desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
  async function missed(id: string) {
    await intake(id);
    desk.at('2027-11-09T15:00:00Z');
    await desk.step(id, 'RaiseCheckpoint', `${id}.D21.1`);
  }
  async function readyToClose(id: string) {
    await intake(id);
    const notice = { agencyId: 'PD-1', method: 'phone', personReached: 'Words.', agencyReference: 'Words.' };
    await desk.do(id, 'classify-report', { track: 'information-only' }, 'careline-worker');
    await desk.do(id, 'record-reasonable-cause', { reasonableCause: 'no' }, 'area-supervisor');
    await desk.do(id, 'notify-police', { covers: ['state', 'local'], ...notice }, 'caseworker');
    await desk.do(id, 'start-response', {}, 'caseworker');
    await desk.do(id, 'assign-liaison', { personId: 'P-HART-LIAISON' }, 'hart-lead');
    await desk.do(id, 'record-safety-plan', { placement: 'placed', plan: 'An invented plan.' }, 'caseworker');
    await desk.do(
      id,
      'record-child-seen',
      { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' },
      'caseworker',
    );
    await desk.do(id, 'answer-checklist', { answers: noToAll }, 'hart-liaison');
    await desk.do(id, 'screen', { outcome: 'not-indicated', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'OpenSignOff'] as const) await desk.step(id, step);
    await desk.do(id, 'sign-off-screening', {}, 'careline-supervisor');
    await desk.step(id, 'OpenClosure');
  }

  async function met(id: string) {
    await screened(id);
    const attended = disciplines.filter((discipline) => discipline !== 'youth-service-bureau');
    await desk.do(id, 'record-meeting', { attended }, 'mdt-chair');
  }
  async function withTask(id: string) {
    await screened(id);
    const attended = disciplines.filter((discipline) => discipline !== 'youth-service-bureau');
    const tasks = [{ task: 'contact-school', owner: 'dcf' }];
    await desk.do(id, 'record-meeting', { attended, tasks }, 'mdt-chair');
  }
  async function substantiated(id: string) {
    await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
    await desk.do(
      id,
      'record-disposition',
      { disposition: 'substantiated', reasonableCause: 'yes' },
      'area-supervisor',
    );
  }
  const investigated = (id: string) => desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  async function confirmed(id: string) {
    await investigated(id);
    await desk.do(id, 'approve-parents-notice', { reason: 'Invented words.' }, 'area-supervisor');
  }
  async function withFinding(id: string) {
    await substantiated(id);
    await desk.do(id, 'answer-finding-safety', { mayMail: 'yes', reason: 'Invented words.' }, 'legal');
    await desk.do(id, 'approve-substantiation-notice', { reason: 'Invented words.' }, 'area-supervisor');
  }
  const overseen = (id: string) =>
    desk.do(id, 'record-facts', { facilityEmployee: 'yes', schoolEmployee: 'yes' }, 'caseworker');
  async function returned(id: string) {
    await desk.do(id, 'report-missing', {}, 'caseworker');
    await desk.do(id, 'record-return', {}, 'caseworker');
  }

  async function withdrawn(id: string) {
    const input = { because: 'made-in-error', reason: 'Words.' };
    await desk.do(id, 'propose-withdrawal', input, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
  }
  async function merged(id: string) {
    const of = await desk.opened({ perpetrators: ['caregiver'] });
    const frame = { now: desk.now, actor: { kind: 'function', id: 'A-STEP' }, cause: { kind: 'sweep' } } as const;
    await desk.ledger.changeReferral(id, frame, () => [event('candidates-found', { candidates: [of] })]);
    await desk.do(id, 'answer-duplicate', { answer: 'same-child-open', of, reason: 'Words.' }, 'careline-worker');
  }

  const withReporter = (id: string) =>
    desk.do(id, 'correct-reporter', { reporterName: 'A name', reason: 'Invented words.' }, 'careline-worker');

  const ordered = (id: string) => desk.do(id, 'record-ex-parte-order', { at: '2026-11-09T12:00:00Z' }, 'legal');

  /** One accepted input for each command with a free text, on a referral that allows the command. */
  const sealing = { because: 'workers-family', forPeople: ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'] };
  const scenes: Readonly<Partial<Record<CommandName, readonly [string, object, (id: string) => Promise<unknown>]>>> = {
    'notify-police': ['caseworker', { covers: ['state'], agencyId: 'PD-1', method: 'phone' }, nothing],
    'notify-ncmec': ['caseworker', { method: 'phone' }, nothing],
    'record-safety-plan': ['caseworker', { placement: 'placed' }, nothing],
    screen: ['hart-liaison', { outcome: 'high-risk' }, nothing],
    'answer-duplicate': ['careline-worker', { answer: 'not-a-duplicate' }, nothing],
    'disclose-reporter': [
      'legal',
      { recipient: 'police', legalBasis: 'cgs-17a-28-police', method: 'phone' },
      withReporter,
    ],
    'undo-merge': ['careline-supervisor', {}, merged],
    'decide-eligibility': [
      'area-supervisor',
      { outcome: 'services-only', definitionBasis: 'tvpa', legalConsulted: 'no', rationale: 'Invented reasons.' },
      screened,
    ],
    'record-meeting': [
      'mdt-chair',
      {
        attended: ['medical', 'dcf', 'law-enforcement', 'states-attorney'],
        absent: ['mental-health', 'forensic-interviewer', 'victim-advocate'].map((discipline) => ({
          discipline,
          reason: 'no-answer',
        })),
      },
      screened,
    ],
    'invite-seat': [
      'mdt-chair',
      { discipline: 'youth-service-bureau', personId: 'P-SEAT-YOUTH-SERVICE-BUREAU' },
      screened,
    ],
    'remove-seat': [
      'mdt-chair',
      { discipline: 'youth-service-bureau' },
      async (id) => {
        await screened(id);
        const invite = { discipline: 'youth-service-bureau', personId: 'P-SEAT-YOUTH-SERVICE-BUREAU', reason: 'W.' };
        await desk.do(id, 'invite-seat', invite, 'mdt-chair');
      },
    ],
    'assess-danger': ['caseworker', { danger: 'no' }, nothing],
    'propose-clearance': [
      'caseworker',
      {},
      (id) => desk.do(id, 'record-facts', { perpetrators: ['third-party'] }, 'caseworker'),
    ],
    'record-case-review': ['mdt-chair', {}, met],
    'end-task': ['mdt-chair', { task: 'contact-school', end: 'task-dropped' }, withTask],
    'schedule-meeting': [
      'mdt-chair',
      { startsAt: '2026-11-12T15:00:00Z', place: 'virtual', way: 'by-video' },
      screened,
    ],
    'settle-interview': [
      'caseworker',
      { answer: 'scheduled', scheduledFor: '2026-11-13T15:00:00Z', way: 'in-person' },
      nothing,
    ],
    'record-consultation': ['mdt-chair', { discipline: 'medical' }, met],
    'notify-of-disposition': ['legal', { agencyId: 'PD-1', method: 'phone' }, substantiated],
    'record-debrief': ['caseworker', { seenAlone: 'seen-alone' }, returned],
    'notify-hhs': ['legal', { method: 'phone' }, nothing],
    'notify-home-state': ['legal', { method: 'phone' }, nothing],
    'record-birth-date': ['caseworker', { birthDate: '2011-03-03' }, nothing],
    'invoke-hold': ['area-director', {}, nothing],
    'record-call': [
      'careline-worker',
      { deadlineId: 'D6.1', personId: personOf('area-oncall').id, result: 'reached' },
      nothing,
    ],
    'report-missing': ['caseworker', {}, nothing],
    'record-return': ['caseworker', {}, (id) => desk.do(id, 'report-missing', {}, 'caseworker')],
    'record-child-seen': ['caseworker', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' }, nothing],
    'record-entry-to-care': ['caseworker', {}, nothing],
    'record-placement-move': ['caseworker', { placement: 'foster-home', moveReason: 'planned-move' }, nothing],
    'record-charges': ['legal', {}, nothing],
    'pause-outreach': ['caseworker', { agencyId: 'PD-1', until: '2026-11-10T15:00:00Z' }, nothing],
    'lift-outreach-pause': [
      'caseworker',
      {},
      (id) =>
        desk.do(
          id,
          'pause-outreach',
          { agencyId: 'PD-1', until: '2026-11-10T15:00:00Z', personReached: 'Words.', reason: 'Invented words.' },
          'caseworker',
        ),
    ],
    'record-parents-notice': ['caseworker', { method: 'phone' }, confirmed],
    'withhold-parents-notice': ['caseworker', { ground: 'best-interests' }, investigated],
    'approve-parents-notice': ['area-supervisor', {}, investigated],
    'record-substantiation-notice': ['caseworker', { method: 'letter' }, withFinding],
    'withhold-substantiation-notice': ['caseworker', {}, substantiated],
    'approve-substantiation-notice': ['area-supervisor', {}, substantiated],
    'record-finding-notice': ['caseworker', { childLivesThere: 'no' }, withFinding],
    'ask-finding-safety': ['caseworker', {}, substantiated],
    'answer-finding-safety': ['legal', { mayMail: 'no' }, substantiated],
    'notify-licensing-agency': [
      'caseworker',
      { occasion: 'at-the-report', licensingAgency: 'dcf', method: 'phone' },
      overseen,
    ],
    'notify-education': ['caseworker', { occasion: 'at-the-report', method: 'phone' }, overseen],
    'notify-institution': ['caseworker', { method: 'phone' }, overseen],
    'notify-tribe': [
      'legal',
      { recipient: 'tribe', tribe: 'MOHEGAN', mailKind: 'registered' },
      async (id) => {
        await desk.do(id, 'record-facts', { tribalMember: 'yes' }, 'caseworker');
        await desk.do(id, 'invoke-hold', {}, 'area-supervisor');
      },
    ],
    'record-written-report': ['caseworker', {}, nothing],
    'record-protective-order': ['legal', {}, nothing],
    'correct-ex-parte-order': ['legal', { at: '2026-11-09T09:00:00Z' }, ordered],
    'record-preliminary-hearing': ['legal', {}, ordered],
    'renew-search': ['caseworker', {}, (id) => desk.do(id, 'report-missing', {}, 'caseworker')],
    'plan-adulthood': ['caseworker', {}, nothing],
    'record-part-2': [
      'caseworker',
      {},
      (id) =>
        desk.do(
          id,
          'record-consent',
          { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'given' },
          'caseworker',
        ),
    ],
    'decline-linkage': ['caseworker', { service: 'education', reasonCode: 'child-declined' }, offered],
    'extend-deadline': ['area-supervisor', { deadlineId: 'D21.1', due: '2026-11-10T12:00:00Z' }, intake],
    'find-not-applicable': ['legal', { deadlineId: 'D21.1' }, intake],
    'explain-miss': ['caseworker', { deadlineId: 'D21.1', reasonCode: 'other', willBeKept: true }, missed],
    'propose-withdrawal': ['careline-supervisor', { because: 'made-in-error' }, nothing],
    'migrate-policy': ['program-manager', { policy: second.version }, nothing],
    'close-referral': ['area-supervisor', {}, readyToClose],
    'seal-referral': ['careline-manager', sealing, nothing],
    'unseal-referral': [
      'careline-supervisor',
      {},
      (id) => desk.do(id, 'seal-referral', { ...sealing, reason: 'W.' }, 'careline-manager'),
    ],
    'take-emergency-access': ['caseworker@office-DANBURY', { because: 'danger-now' }, nothing],
    'review-emergency-access': [
      'careline-supervisor',
      { use: 1, finding: 'justified' },
      (id) =>
        desk.do(id, 'take-emergency-access', { because: 'danger-now', reason: 'W.' }, 'caseworker@office-DANBURY'),
    ],
    'note-safe-contact': ['caseworker', {}, nothing],
    'schedule-hearing': [
      'hart-liaison',
      { hearingKind: 'delinquency-hearing', court: 'JUVENILE.HARTFORD', startsAt: '2026-11-20T15:00:00Z' },
      nothing,
    ],
    'record-hearing': [
      'hart-liaison',
      { hearing: 'H1', hearingResult: 'hearing-canceled' },
      (id) =>
        desk.do(
          id,
          'schedule-hearing',
          { hearingKind: 'delinquency-hearing', court: 'JUVENILE.HARTFORD', startsAt: '2026-11-20T15:00:00Z' },
          'legal',
        ),
    ],
    'leave-note': ['careline-worker', {}, nothing],
    'note-worker-safety': ['caseworker', { concerns: ['dog-there'] }, nothing],
    'write-recovery-plan': ['caseworker', { readers: ['medical'] }, screened],
    'note-card': ['caseworker', { limitsSaid: 'yes', madeBy: 'child-wrote' }, nothing],
    'review-card': [
      'legal',
      { parentMayRead: 'no' },
      (id) => desk.do(id, 'note-card', { limitsSaid: 'yes', madeBy: 'child-wrote', askFirst: 'yes' }, 'caseworker'),
    ],
    'add-to-report': ['caseworker', { weapon: 'yes' }, nothing],
    'correct-identity': ['caseworker', { childName: '«A name»', phone: '203-555-0188' }, nothing],
    'correct-reporter': ['careline-worker', { reporterName: '«A name»', reporterEmail: '«An address»' }, nothing],
    'set-legal-hold': ['legal', {}, nothing],
    'lift-legal-hold': ['legal', {}, (id) => desk.do(id, 'set-legal-hold', { reason: 'Invented words.' }, 'legal')],
    'refuse-proposal': [
      'careline-manager',
      { proposal: 'withdrawal' },
      (id) => desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor'),
    ],
    'propose-erasure': ['legal', { ground: 'court-order' }, withdrawn],
  };
  return scenes;
}

/**
 * A new referral with this command done, each free text a phrase of its own. `desk` has the policies of `second-version.ts`. Gives
 * the referral, and the texts by field.
 */
export async function playText(desk: Desk, name: CommandName) {
  desk.at('2026-11-09T15:00:00Z');
  const scene = scenesOn(desk)[name];
  if (!scene) throw new Error(`${name} has a free text and no scene: add one here.`);
  const [as, input, prepare] = scene;
  const id = await desk.opened({ perpetrators: ['caregiver'] });
  await prepare(id);
  const fields = textFieldsIn(commandNamed(name).input).map(({ field }) => field);
  const texts = Object.fromEntries(fields.map((field) => [field, `«${name} ${field}»`]));
  const filled = 'deadlineId' in input ? { ...input, deadlineId: `${id}.${input.deadlineId}` } : input;
  await desk.do(id, name, { ...filled, ...texts }, as);
  return { id, as, texts };
}
