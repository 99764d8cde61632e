/**
 * Writes `test/fixtures/ledger-v1`: invented referrals and one alert as the present code commits them, and what they
 * fold to. Run it for a version of the events, and where types joined it (`node test/support/write-ledger-fixtures.ts`,
 * then format). It never writes over a file, because a stored commit must be read for ever.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import type { Discipline } from '../../shared/domain/core/vocabulary.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { alertChain, type CommitContext, referralChain } from '../../shared/store/ledger.ts';
import { act, aspen, at, called, lowered, rung } from './danger-fixtures.ts';
import { type Desk, personOf, startDesk } from './desk.ts';
import { noToAll } from './referral-builder.ts';
import { first, second, versionOf } from './second-version.ts';

const folder = new URL('../fixtures/ledger-v1/', import.meta.url);
const notice = {
  agencyId: 'PD-1',
  method: 'phone',
  personReached: 'Sergeant',
  agencyReference: '26-1',
} as const;
const pathway = ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const;

const byFunction = (desk: Desk, name: string, cause: CommitContext['cause']): CommitContext => ({
  now: desk.now,
  actor: { kind: 'function', id: name },
  cause,
});
const commit = (desk: Desk, id: string, name: string, cause: CommitContext['cause'], ...events: readonly Event[]) =>
  desk.ledger.changeReferral(id, byFunction(desk, name, cause), () => events);

/** High-risk, then confirmed: a team, services, a review. */
async function confirmed(desk: Desk): Promise<string> {
  const report = { channel: 'form', reporterType: 'school', mandated: 'yes', anonymous: 'no' };
  const id = await desk.opened(
    { ...aspen, perpetrators: ['third-party'], lastAssaultAt: '2026-11-08T03:00:00Z' },
    report,
  );
  const does = act(desk, id);
  await does('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' }, 'caseworker');
  await does('classify-report', { track: 'investigation' }, 'careline-worker');
  await does('notify-police', { covers: ['state', 'local'], ...notice }, 'careline-worker');
  await does('start-response', {}, 'caseworker');
  await does('record-safety-plan', { placement: 'relative', plan: 'With her aunt.' }, 'caseworker');
  await does('assign-liaison', { personId: personOf('hart-liaison').id }, 'hart-lead');
  await does('answer-checklist', { answers: { branding: 'yes', 'hotel-keys': 'yes' } }, 'hart-liaison');
  await does('screen', { outcome: 'high-risk', rationale: 'What she told.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('acknowledge-alert', { alertId: `${id}.A1` }, 'careline-supervisor');
  await commit(desk, id, 'send-alerts', { kind: 'delivery' }, event('alert-unreachable', { alertId: `${id}.A2` }));
  await commit(
    desk,
    id,
    'record-delivery',
    { kind: 'delivery' },
    event('seat-informed', { discipline: 'dcf', how: 'mail-delivered', at: desk.now }),
  );
  at(desk, 9, 17);
  await does('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
  await does(
    'answer-seat',
    { discipline: 'law-enforcement', answer: 'declined', reasonCode: 'workload' },
    'seat:law-enforcement/2',
  );
  for (const { discipline, informedAt } of (await desk.state(id)).team.seats) {
    if (informedAt === undefined) await does('inform-seat', { discipline }, 'mdt-coordinator');
  }
  at(desk, 9, 18);
  await does(
    'screen',
    {
      outcome: 'confirmed',
      definitionBasis: '53a-192a',
      rationale: 'The messages.',
    },
    'hart-lead',
  );
  for (const step of pathway) await desk.step(id, step);
  await does('record-written-report', {}, 'careline-worker');
  await does(
    'decide-eligibility',
    {
      outcome: 'legal-review',
      definitionBasis: '53a-192a',
      legalConsulted: 'no',
      rationale: 'Invented reasons.',
      reason: 'Another view.',
    },
    'area-supervisor',
  );
  at(desk, 10, 15);
  const attended: readonly Discipline[] = [
    'states-attorney',
    'dcf',
    'medical',
    'law-enforcement',
    'mental-health',
    'forensic-interviewer',
  ];
  const absent = [{ discipline: 'victim-advocate', reason: 'unavailable' }];
  await does(
    'record-meeting',
    { attended, absent, waiver: 'She was heard by telephone.', services: ['education'] },
    'mdt-chair',
  );
  await desk.step(id, 'OpenServices');
  for (const { service } of Object.values((await desk.state(id)).services.linkages)) {
    await does('offer-linkage', { service, providerId: 'PV-1' }, 'hart-liaison');
    if (service === 'education') {
      await does(
        'decline-linkage',
        { service, reasonCode: 'child-declined', reason: 'She goes already.' },
        'caseworker',
      );
      continue;
    }
    await does('accept-linkage', { service }, 'contact:PV-1');
    await does('record-contact', { service }, 'contact:PV-1');
    await does('start-linkage', { service }, 'contact:PV-1');
  }
  await commit(
    desk,
    id,
    'await-person',
    { kind: 'task', run: `${id}-g1` },
    event('run-handed-over', { run: id, generation: 1 }),
  );
  for (const deadline of Object.values((await desk.state(id)).deadlines)) {
    if (deadline.status === 'open')
      await does('find-not-applicable', { deadlineId: deadline.id, reason: 'Settled elsewhere.' }, 'legal');
  }
  await desk.step(id, 'OpenClosure');
  await does('close-referral', { review: 'Everything was done.' }, 'program-manager');
  return id;
}

/** Not indicated after a downgrade; deadlines missed, explained, moved; withdrawn in the end. */
async function withdrawn(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({
    danger: 'unknown',
    residenceTown: 'unknown',
    approximateAge: { from: 12, to: 14 },
    missingEpisodes: 2,
  });
  const does = act(desk, id);
  await does('assess-danger', { danger: 'no', reason: 'With her aunt.' }, 'caseworker');
  await does('agree-lowering', {}, 'area-director');
  await does(
    'extend-deadline',
    { deadlineId: `${id}.D9.1`, due: '2026-11-11T15:00:00Z', reason: 'A storm closed the road.' },
    'hart-lead',
  );
  at(desk, 12, 15);
  for (const rule of ['D1', 'D3', 'D8']) await desk.step(id, 'RaiseCheckpoint', `${id}.${rule}.1`);
  await does(
    'explain-miss',
    { deadlineId: `${id}.D3.1`, reasonCode: 'no-answer-from-agency', willBeKept: false },
    'careline-worker',
  );
  await does('countersign-miss', { deadlineId: `${id}.D3.1` }, 'careline-supervisor');
  await does(
    'explain-miss',
    { deadlineId: `${id}.D8.1`, reasonCode: 'other', reason: 'A storm.', willBeKept: true },
    'hart-lead',
  );
  await commit(
    desk,
    id,
    'record-lost-run',
    { kind: 'lost-run' },
    event('run-lost', { run: `${id}.D9.1`, generation: 1 }),
  );
  await commit(
    desk,
    id,
    'sweep',
    { kind: 'sweep' },
    event('swept', { found: 'lost-run' }),
    event('run-lost', { run: id, generation: 1 }),
  );
  await does('screen', { outcome: 'at-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'OpenPreventionServices'] as const) await desk.step(id, step);
  await does('answer-checklist', { answers: noToAll }, 'hart-liaison');
  await does('screen', { outcome: 'not-indicated', rationale: 'Words.' }, 'hart-liaison');
  await does('agree-downgrade', {}, 'hart-director');
  for (const step of ['ProposeEligibility', 'OpenSignOff'] as const) await desk.step(id, step);
  await does('sign-off-screening', {}, 'careline-supervisor');
  await does('propose-withdrawal', { because: 'made-in-error', reason: 'A wrong number.' }, 'careline-supervisor');
  await does('agree-withdrawal', {}, 'careline-manager');
  return id;
}

/** A decision with all its facts, made again after a fact has changed. An age and a home state that became known. */
async function decided(desk: Desk): Promise<string> {
  at(desk, 13, 15);
  const id = await desk.opened({ danger: 'no', connecticutResident: 'no', perpetrators: ['third-party'] });
  const does = act(desk, id);
  const reasons = { definitionBasis: 'tvpa', legalConsulted: 'no', rationale: 'Words.' };
  await does('screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('decide-eligibility', { outcome: 'legal-review', ...reasons }, 'area-supervisor');
  await does('notify-home-state', { method: 'phone', personReached: 'A desk' }, 'caseworker');
  await does('record-birth-date', { birthDate: '2011-03-03' }, 'caseworker');
  await does('record-facts', { connecticutResident: 'yes', homeless: 'yes', caregiverNamed: 'yes' }, 'caseworker');
  await does('assess-danger', { danger: 'unknown' }, 'caseworker');
  for (const step of pathway) await desk.step(id, step);
  await does('decide-eligibility', { outcome: 'basis-other-ground', ...reasons }, 'area-supervisor');
  return id;
}

/** Consents, records that stand apart, a provider's no and what became of a service. */
async function served(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({ ...aspen, name: 'Linden Example' });
  const does = act(desk, id);
  const service = 'substance-use';
  await does('record-consent', { service, consentKind: 'written-part-2', consentAnswer: 'given' }, 'caseworker');
  await does('offer-linkage', { service, providerId: 'PV-2' }, 'caseworker');
  await does('decline-linkage', { service, reasonCode: 'waiting-list', waitDays: 40 }, 'contact:PV-2');
  await does('offer-linkage', { service, providerId: 'PV-1' }, 'caseworker');
  await does('accept-linkage', { service }, 'contact:PV-1');
  await does('start-linkage', { service }, 'contact:PV-1');
  await does('record-part-2', { part2Record: 'What was said.' }, 'contact:PV-1');
  desk.at('2027-02-08T15:00:00Z');
  await does('record-service-outcome', { service, months: '3', serviceOutcome: 'still-served' }, 'caseworker');
  return id;
}

/** A misspelt town, and a child who is now in another one than where it happened. */
async function misspelt(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({
    danger: 'no',
    residenceTown: 'Hartfrod',
    occurrenceTown: 'Avon',
    presentTown: 'Norwich',
  });
  await act(desk, id)('correct-place', { place: 'residenceTown', townId: 'HARTFORD' }, 'careline-worker');
  return id;
}

/** A team with invited members: who signs, who steps aside, who is removed again. */
async function members(desk: Desk): Promise<string> {
  at(desk, 13, 15);
  const id = await desk.opened({ ...aspen, name: 'Rowan Example' });
  const does = act(desk, id);
  await does('screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('sign-confidentiality', { conflict: 'no' }, 'seat:dcf');
  await does('sign-confidentiality', { conflict: 'unknown' }, 'seat:law-enforcement');
  await does('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
  await does('sign-confidentiality', { conflict: 'yes' }, 'seat:medical/2');
  const reason = 'Why they are needed.';
  const inLine = { discipline: 'medical', personId: personOf('seat:youth-service-bureau').id, reason };
  await does('invite-seat', inLine, 'mdt-coordinator');
  const expert = { discipline: 'school', personId: personOf('hart-liaison').id, reason };
  await does('invite-seat', expert, 'mdt-coordinator');
  await does('remove-seat', { discipline: 'school', reason: 'No longer needed.' }, 'mdt-chair');
  const attended: readonly Discipline[] = ['states-attorney', 'dcf', 'medical', 'law-enforcement', 'victim-advocate'];
  const absent = (['forensic-interviewer', 'mental-health'] as const).map((discipline) => ({
    discipline,
    reason: 'unavailable',
  }));
  await does('record-meeting', { attended, absent }, 'mdt-coordinator');
  await does('record-consultation', { discipline: 'mental-health' }, 'mdt-coordinator');
  return id;
}

/** Opened by a person without access, then sealed, and the seal lifted. */
async function shut(desk: Desk): Promise<string> {
  at(desk, 14, 15);
  const id = await desk.opened({ ...aspen, name: 'Alder Example' });
  const does = act(desk, id);
  await does('note-safe-contact', { safeContact: 'Only at school.' }, 'careline-worker');
  await does('take-emergency-access', { because: 'danger-now', reason: 'She is here.' }, 'caseworker@office-DANBURY');
  const found = { use: 1, finding: 'justified', reason: 'The child stood at the door.' };
  await does('review-emergency-access', found, 'careline-supervisor');
  const people = ['careline-supervisor', 'careline-supervisor/2', 'caseworker'].map((as) => personOf(as).id);
  const encodeCommit = { because: 'workers-family', forPeople: people, reason: 'Her aunt works here.' };
  await does('seal-referral', encodeCommit, 'careline-manager');
  await does('unseal-referral', { reason: 'She left.' }, 'careline-supervisor');
  await does('seal-referral', { ...encodeCommit, because: 'colleague-involved' }, 'careline-manager');
  return id;
}

/** The child of `of` again, missing: screened without enough information, and merged. */
async function merged(desk: Desk, of: string): Promise<string> {
  const id = await desk.opened({ ...aspen, missingNow: 'yes', missingEpisodes: 3 });
  const does = act(desk, id);
  await does('notify-police', { covers: ['missing'], ...notice }, 'caseworker');
  await does('notify-ncmec', { method: 'phone', caseReference: '1' }, 'caseworker');
  await does('screen', { outcome: 'insufficient-info', rationale: 'She is gone.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'OpenRescreening'] as const) await desk.step(id, step);
  await does('record-return', {}, 'caseworker');
  await does('screen', { outcome: 'insufficient-info', rationale: 'She was here for an hour.' }, 'hart-liaison');
  await does('report-missing', {}, 'hart-liaison');
  await act(desk, of)('report-missing', {}, 'hart-liaison');
  await does('answer-duplicate', { answer: 'same-child-open', of, reason: 'Words.' }, 'careline-worker');
  return id;
}

/** The child of another referral, merged and taken back. */
async function unmerged(desk: Desk): Promise<{ readonly unmerged: string; readonly joined: string }> {
  const tree = { ...aspen, name: 'Rowan Example' };
  const of = await desk.opened(tree);
  const id = await desk.opened(tree);
  const does = act(desk, id);
  await does('answer-duplicate', { answer: 'same-child-open', of, reason: 'Words.' }, 'careline-worker');
  await does('undo-merge', { reason: 'A cousin.' }, 'careline-supervisor');
  return { unmerged: id, joined: of };
}

/** A report whose reporter was told to the police. */
async function disclosed(desk: Desk): Promise<string> {
  const id = await desk.opened({ ...aspen, name: 'Sorrel Example' }, { reporter: { name: 'Rowan Example' } });
  const ground = { recipient: 'police', legalBasis: 'cgs-17a-28-police', method: 'phone' };
  await act(desk, id)('disclose-reporter', { ...ground, receivedBy: 'Sergeant', purpose: 'Words.' }, 'legal');
  return id;
}

/** Everything that came to the table of clocks later: a hold, an investigation, reviews, and what became known. */
async function further(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({ ...aspen, name: 'Hazel Example', missingNow: 'yes', foreignNational: 'yes' });
  const does = act(desk, id);
  await does('classify-report', { track: 'investigation' }, 'careline-worker');
  await does('notify-hhs', { method: 'phone', caseReference: '1' }, 'caseworker');
  const reason = 'An invented reason.';
  const until = '2026-11-10T15:00:00Z';
  await does('pause-outreach', { agencyId: 'A-OTHER', personReached: 'A desk', until, reason }, 'caseworker');
  await does('lift-outreach-pause', { reason }, 'hart-liaison');
  await does('withhold-parents-notice', { reason }, 'caseworker');
  await does('approve-parents-notice', { reason }, 'area-supervisor');
  await does('record-parents-notice', { personTold: 'Her aunt.', method: 'phone', reason }, 'caseworker');
  await does('record-facts', { tribalMember: 'no', inFacility: 'yes' }, 'caseworker');
  at(desk, 9, 17);
  await does('record-return', {}, 'caseworker');
  await does('record-debrief', { learned: 'Where she was.' }, 'caseworker');
  await does('invoke-hold', {}, 'area-supervisor');
  await does('screen', { outcome: 'confirmed', definitionBasis: 'tvpa', rationale: 'Words.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('notify-police', { covers: ['identified'], ...notice }, 'caseworker');
  at(desk, 10, 15);
  await does('record-hold-end', { how: 'petition-filed' }, 'legal');
  await does('record-entry-to-care', {}, 'caseworker');
  await does('record-charges', { reason: 'What was charged.' }, 'caseworker');
  const attended: readonly Discipline[] = ['states-attorney', 'dcf', 'medical', 'law-enforcement', 'mental-health'];
  const absent = (['forensic-interviewer', 'victim-advocate'] as const).map((discipline) => ({
    discipline,
    reason: 'unavailable',
  }));
  await does('record-meeting', { attended, absent, waiver: 'By telephone.' }, 'mdt-chair');
  await does('record-consultation', { discipline: 'forensic-interviewer', advice: 'Her view.' }, 'mdt-coordinator');
  await does('settle-interview', { answer: 'scheduled', scheduledFor: '2026-11-12T15:00:00Z' }, 'mdt-coordinator');
  at(desk, 12, 15);
  await does('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' }, 'area-supervisor');
  await does(
    'notify-of-disposition',
    { agencyId: 'A-OTHER', personReached: 'A desk', prosecutorReached: 'An office', method: 'phone' },
    'caseworker',
  );
  await does('record-evaluation', {}, 'caseworker');
  await does('record-case-review', { review: 'What the team said.' }, 'mdt-chair');
  await does('plan-adulthood', { plan: 'Where she will live.' }, 'caseworker');
  return id;
}

/** The checklist and two instruments; a lower outcome agreed to; away twice, and screened after one return of the two. */
async function screened(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({ danger: 'no', approximateAge: 14, residenceTown: 'Hartford', missingEpisodes: 3 });
  const does = act(desk, id);
  const answers = { 'hotel-keys': 'yes', 'substance-use': 'yes', homelessness: 'no' };
  await does('answer-checklist', { answers }, 'hart-liaison');
  const given = { tool: 'cse-it', version: '2.0', administeredBy: 'medical', on: '2026-11-08' };
  await does('record-instrument', { ...given, score: 9.5, band: 'clear' }, 'caseworker');
  await does('record-instrument', { ...given, tool: 'htst-sf', band: 'low' }, 'hart-liaison');
  await does('screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('report-missing', {}, 'caseworker');
  at(desk, 10, 15);
  await does('record-return', {}, 'caseworker');
  await does('report-missing', {}, 'caseworker');
  at(desk, 11, 15);
  await does('record-return', {}, 'caseworker');
  await does('record-debrief', { learned: 'Where he was.' }, 'caseworker');
  await does('answer-checklist', { answers: { ...answers, 'hotel-keys': 'unknown' } }, 'hart-lead');
  await does('screen', { outcome: 'at-risk', rationale: 'Words.' }, 'hart-lead');
  await does('agree-downgrade', {}, 'hart-director');
  return id;
}

/** Of age: handed over, and nothing else. */
async function grown(desk: Desk): Promise<string> {
  at(desk, 12, 15);
  const id = await desk.opened({ danger: 'no', approximateAge: { from: 22, to: 24 }, dcfClient: 'no' });
  await act(desk, id)('record-adult-handover', { consent: 'given' }, 'caseworker');
  return id;
}

/** A meeting that is set, moved, left by a member, and called off. */
async function meetings(desk: Desk): Promise<string> {
  at(desk, 12, 16);
  const id = await desk.opened({ ...aspen, name: 'Rowan Example' });
  const does = act(desk, id);
  await does('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' }, 'caseworker');
  await does('screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of pathway) await desk.step(id, step);
  await does('schedule-meeting', { startsAt: '2026-11-16T15:00:00Z', place: 'office' }, 'mdt-coordinator');
  await does('schedule-meeting', { startsAt: '2026-11-17T15:00:00Z', minutes: 90, place: 'virtual' }, 'mdt-chair');
  await does(
    'answer-seat',
    { discipline: 'law-enforcement', answer: 'declined', reasonCode: 'workload' },
    'seat:law-enforcement',
  );
  await does('cancel-meeting', { because: 'no-quorum' }, 'mdt-chair');
  return id;
}

/** A caregiver who is named, cleared by two people, and a place corrected after the routing was confirmed. */
async function cleared(desk: Desk): Promise<string> {
  at(desk, 12, 17);
  const id = await desk.opened({ ...aspen, name: 'Sorrel Example', perpetrators: ['third-party'] });
  const does = act(desk, id);
  await does('record-facts', { caregiverNamed: 'yes' }, 'caseworker');
  await does('propose-clearance', { reason: 'What was learned.' }, 'caseworker');
  await does('agree-clearance', {}, 'hart-lead');
  await does('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' }, 'caseworker');
  await does('correct-place', { place: 'residenceTown', townId: 'AVON' }, 'careline-worker');
  return id;
}

/** Whose name was corrected, and who was erased after a hold was lifted. */
async function erased(desk: Desk): Promise<string> {
  at(desk, 13, 16);
  const id = await desk.opened({ ...aspen, name: 'Willow Exampel' });
  const does = act(desk, id);
  const reason = 'Invented words.';
  await does('correct-identity', { childName: 'Willow Example', remove: ['phone'], reason }, 'careline-worker');
  await does('propose-withdrawal', { because: 'made-in-error', reason }, 'careline-supervisor');
  await does('agree-withdrawal', {}, 'careline-manager');
  await does('set-legal-hold', { reason }, 'legal');
  await does('lift-legal-hold', { reason }, 'legal');
  await does('propose-erasure', { ground: 'court-order', orderReference: 'No. 1', reason }, 'legal');
  await does('agree-erasure', {}, 'program-manager');
  return id;
}

/** A person declined its withdrawal. */
async function refused(desk: Desk): Promise<string> {
  at(desk, 13, 17);
  const id = await desk.opened({ ...aspen, name: 'Tansy Example' });
  const does = act(desk, id);
  const reason = 'Invented words.';
  await does('propose-withdrawal', { because: 'made-in-error', reason }, 'careline-supervisor');
  await does('refuse-proposal', { proposal: 'withdrawal', reason }, 'careline-manager');
  return id;
}

/** Whose reporter was corrected. */
async function corrected(desk: Desk): Promise<string> {
  at(desk, 13, 17);
  const id = await desk.opened(aspen, { reporter: { name: 'Rowan Exampel', relation: 'teacher' } });
  const input = { reporterName: 'Rowan Example', remove: ['reporterRelation'], reason: 'Invented words.' };
  await act(desk, id)('correct-reporter', input, 'careline-worker');
  return id;
}

/** Sealed, and found to be like another. */
async function matched(desk: Desk): Promise<string> {
  at(desk, 13, 17);
  const child = { ...aspen, name: 'Yarrow Example' };
  const id = await desk.opened(child);
  const people = ['careline-supervisor', 'careline-supervisor/2'].map((as) => personOf(as).id);
  const encodeCommit = { because: 'safety-of-child', forPeople: people, reason: 'Invented words.' };
  await act(desk, id)('seal-referral', encodeCommit, 'careline-manager');
  await desk.opened(child);
  return id;
}

/** A question that was taken back, because its only candidate was sealed. */
async function takenBack(desk: Desk): Promise<string> {
  at(desk, 13, 18);
  const child = { ...aspen, name: 'Sorrel Example' };
  const sealed = await desk.opened(child);
  const id = await desk.opened(child);
  const people = ['careline-supervisor', 'careline-supervisor/2'].map((as) => personOf(as).id);
  const encodeCommit = { because: 'safety-of-child', forPeople: people, reason: 'Invented words.' };
  await act(desk, sealed)('seal-referral', encodeCommit, 'careline-manager');
  return id;
}

async function write(desk: Desk, name: string, chain: string, state: unknown): Promise<void> {
  const content = { chain, commits: await desk.ledger.readAfresh(chain), state };
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx' });
}

/** A deadline that no one kept, until one person had as many mails as one person gets. */
async function capped(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened({ danger: 'no' });
  const capped = { deadlineId: `${id}.D9.1`, people: [personOf('hart-liaison').id] };
  await commit(desk, id, 'send-alerts', { kind: 'delivery' }, event('cap-reached', capped));
  return id;
}

/** Brought under another version, by which clocks move and end. */
async function migrated(): Promise<void> {
  const desk = await startDesk({ policyOf: versionOf, policyInForce: first });
  try {
    at(desk, 9, 15);
    const id = await desk.opened({ danger: 'no' });
    await act(desk, id)('classify-report', { track: 'information-only' }, 'careline-worker');
    at(desk, 9, 16);
    await act(desk, id)(
      'migrate-policy',
      { policy: second.version, reason: 'Counsel asks for it.' },
      'program-manager',
    );
    await write(desk, 'migrated', referralChain(id), await desk.state(id));
  } finally {
    await desk.stop();
  }
}

async function alert(desk: Desk, id: string): Promise<string> {
  const context = byFunction(desk, 'send-alerts', { kind: 'delivery' });
  const sent = (personId: string, order: number): AlertEvent => {
    return { type: 'alert-sent', v: 1, personId, addressedAs: 'careline-supervisor', order, messageId: `M-${order}` };
  };
  const [first, second] = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
  for (const events of [
    [sent(first, 1)],
    [{ type: 'alert-failed', v: 1, personId: first, because: 'bounce' }],
    [sent(second, 2)],
    [{ type: 'alert-delivered', v: 1, personId: second }],
    [{ type: 'alert-exhausted', v: 1, addressedAs: 'legal' }],
  ] as const satisfies readonly (readonly AlertEvent[])[]) {
    await desk.ledger.changeAlert(`${id}.A1`, context, () => events);
  }
  return `${id}.A1`;
}

mkdirSync(folder, { recursive: true });
await migrated();
const desk = await startDesk();
try {
  const ids = { confirmed: await confirmed(desk), withdrawn: await withdrawn(desk), merged: '' };
  ids.merged = await merged(desk, await desk.opened(aspen));
  Object.assign(ids, { further: await further(desk), grown: await grown(desk), screened: await screened(desk) });
  Object.assign(ids, { decided: await decided(desk), meetings: await meetings(desk), members: await members(desk) });
  Object.assign(ids, { served: await served(desk), misspelt: await misspelt(desk), shut: await shut(desk) });
  Object.assign(ids, { cleared: await cleared(desk) });
  Object.assign(ids, await unmerged(desk), { disclosed: await disclosed(desk), erased: await erased(desk) });
  Object.assign(ids, { capped: await capped(desk), lowered: await lowered(desk) });
  Object.assign(ids, { matched: await matched(desk), corrected: await corrected(desk) });
  Object.assign(ids, { called: await called(desk) });
  Object.assign(ids, { refused: await refused(desk), asked: await takenBack(desk), rung: await rung(desk) });
  for (const [name, id] of Object.entries(ids)) await write(desk, name, referralChain(id), await desk.state(id));
  const alertId = await alert(desk, ids.confirmed);
  await write(desk, 'alert', alertChain(alertId), (await desk.ledger.alert(alertId)).life);
} finally {
  await desk.stop();
}
