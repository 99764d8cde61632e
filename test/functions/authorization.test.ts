/** Which role may do which act: every command of the table by every role, at the API itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandName, commands } from '../../shared/domain/commands.ts';
import { staff } from '../../shared/domain/core/role-groups.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened();
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
    await desk.step(id, step);
  await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
});
afterAll(() => desk.stop());

const careline = ['careline-worker', 'careline-supervisor', 'careline-manager'] as const;
const area = ['caseworker', 'area-supervisor', 'area-oncall'] as const;
const linkers = ['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead'] as const;
/** Urgent services alone. The domain refuses the others. */
const urgentLinkers = [...linkers, 'careline-supervisor'] as const;
const supervisors = [
  'careline-supervisor',
  'careline-manager',
  'area-supervisor',
  'area-director',
  'hart-lead',
  'hart-director',
  'mdt-chair',
  'program-manager',
] as const;
const team = ['mdt-coordinator', 'mdt-chair'] as const;

const sealers = [
  'careline-supervisor',
  'careline-manager',
  'area-director',
  'hart-director',
  'program-manager',
] as const;
const outsiders: readonly Role[] = [
  'mdt-member',
  'mdt-coordinator',
  'mdt-chair',
  'provider',
  'administrator',
  'auditor',
];

const pausing = [...careline, ...area, 'area-director', 'hart-liaison', 'hart-lead', 'hart-director'] as const;
const seated = ['mdt-member', ...team, 'hart-liaison', 'hart-lead', 'aag-liaison', 'provider'] as const;

/** Written a second time on purpose. A change of rights is made in two places. */
const mayDo: Readonly<Record<CommandName, readonly Role[]>> = {
  'classify-report': careline,
  'assess-danger': [...careline, ...area],
  'record-written-report': [...careline, 'caseworker'],
  'notify-police': [...careline, ...area, 'hart-liaison'],
  'notify-ncmec': [...careline, ...area],
  'start-response': [...area, 'area-director', 'careline-supervisor'],
  'assign-liaison': ['hart-lead', 'hart-director'],
  'record-safety-plan': [...careline, ...area],
  'report-missing': [...careline, ...area, 'hart-liaison'],
  'record-return': [...careline, ...area, 'hart-liaison'],
  'answer-duplicate': careline,
  'disclose-reporter': ['careline-supervisor', 'careline-manager', 'area-supervisor', 'legal'],
  'undo-merge': ['careline-supervisor', 'careline-manager'],
  'confirm-routing': [...careline, ...area, 'area-director'],
  'answer-checklist': ['hart-liaison', 'hart-lead'],
  'record-instrument': ['hart-liaison', 'hart-lead', 'caseworker', 'area-supervisor'],
  'correct-place': [...careline, ...area],
  screen: ['hart-liaison', 'hart-lead'],
  'agree-downgrade': ['hart-lead', 'hart-director'],
  'propose-clearance': ['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead', 'legal'],
  'agree-clearance': ['hart-lead', 'hart-director'],
  'agree-lowering': ['careline-supervisor', 'careline-manager', 'area-supervisor', 'area-director', 'director-oncall'],
  'sign-off-screening': ['careline-supervisor', 'careline-manager', 'area-supervisor'],
  'decide-eligibility': ['area-supervisor', 'program-manager'],
  'record-birth-date': [...careline, ...area, 'hart-liaison', 'legal'],
  'notify-home-state': [...area, 'legal', 'program-manager'],
  'answer-seat': seated,
  'sign-confidentiality': seated,
  'invite-seat': team,
  'remove-seat': team,
  'inform-seat': team,
  'record-meeting': team,
  'schedule-meeting': team,
  'cancel-meeting': team,
  'offer-linkage': urgentLinkers,
  'accept-linkage': [...linkers, 'provider'],
  'record-contact': [...linkers, 'provider'],
  'start-linkage': [...urgentLinkers, 'provider'],
  'decline-linkage': [...urgentLinkers, 'provider'],
  'record-consent': linkers,
  'record-part-2': ['caseworker', 'hart-liaison', 'provider'],
  'record-service-outcome': [...linkers, 'provider'],
  'record-case-review': team,
  'settle-interview': [...team, 'caseworker'],
  'record-consultation': team,
  'record-disposition': ['area-supervisor', 'area-director', 'program-manager'],
  'record-reasonable-cause': ['area-supervisor', 'area-director', 'program-manager'],
  'notify-of-disposition': ['caseworker', 'area-supervisor', 'legal'],
  'invoke-hold': [...area, 'area-director', 'legal'],
  'record-hold-end': [...area, 'area-director', 'legal', 'aag-liaison'],
  'record-debrief': [...area, 'hart-liaison'],
  'record-entry-to-care': area,
  'record-evaluation': area,
  'notify-hhs': [...area, 'legal'],
  'record-facts': [...careline, ...area, 'hart-liaison', 'legal'],
  'record-charges': [...careline, ...area, 'hart-liaison', 'legal'],
  // A member of the team only with the seat of law enforcement, after signing.
  'pause-outreach': pausing,
  'lift-outreach-pause': pausing,
  'record-parents-notice': ['caseworker', 'area-supervisor'],
  'withhold-parents-notice': ['caseworker', 'area-supervisor'],
  'approve-parents-notice': ['area-supervisor', 'area-director'],
  'record-adult-handover': [...area, 'hart-liaison'],
  'plan-adulthood': [...area, 'hart-liaison'],
  'extend-deadline': supervisors,
  'find-not-applicable': ['legal'],
  'explain-miss': [...supervisors, 'caseworker', 'careline-worker', 'hart-liaison', 'mdt-coordinator', 'legal'],
  'countersign-miss': supervisors,
  'answer-alarm': roles.filter((role) => !outsiders.includes(role)),
  'record-alert-call': roles.filter((role) => !['administrator', 'auditor', 'mdt-member', 'provider'].includes(role)),
  'record-call': staff,
  'release-alarm': staff,
  'acknowledge-alert': roles.filter((role) => role !== 'administrator' && role !== 'auditor'),
  'propose-withdrawal': ['careline-supervisor'],
  'agree-withdrawal': ['careline-supervisor', 'careline-manager'],
  'migrate-policy': ['program-manager', 'administrator'],
  'seal-referral': sealers,
  'unseal-referral': sealers,
  'correct-identity': [...careline, ...area, 'hart-liaison', 'legal'],
  'correct-reporter': [...careline, 'area-supervisor', 'hart-liaison'],
  'set-legal-hold': ['legal', 'aag-liaison', 'careline-manager', 'program-manager'],
  'lift-legal-hold': ['legal', 'aag-liaison'],
  'propose-erasure': ['careline-manager', 'program-manager', 'hart-director', 'legal'],
  'agree-erasure': ['careline-manager', 'program-manager', 'hart-director', 'legal'],
  'refuse-proposal': [
    'careline-worker',
    'careline-supervisor',
    'careline-manager',
    'area-director',
    'area-oncall',
    'director-oncall',
    'caseworker',
    'area-supervisor',
    'hart-liaison',
    'hart-lead',
    'hart-director',
    'program-manager',
    'legal',
  ],
  'take-emergency-access': roles.filter((role) => !outsiders.includes(role)),
  'review-emergency-access': [
    'careline-supervisor',
    'careline-manager',
    'program-manager',
    'area-supervisor',
    'area-director',
    'hart-lead',
    'hart-director',
  ],
  'note-safe-contact': [...careline, ...area, 'hart-liaison'],
  'close-referral': ['caseworker', 'area-supervisor', 'program-manager', 'careline-supervisor', 'careline-manager'],
};

/** A person in this role who sees the referral: by the role, by a seat or by an offer. */
const seen = (role: Role) => ({ 'mdt-member': 'seat:medical', provider: 'contact:PV-1' })[role as string] ?? role;

describe.each(Object.keys(commands) as CommandName[])('the command %s', (name) => {
  /** No command takes this input, so an allowed command ends with "invalid". */
  const input = { unknown: 1 };
  const answer = async (as: string) => (await desk.command(id, name, input, { as })).kind;

  test('is for its roles, and forbidden to all others', async () => {
    const answers = await Promise.all(roles.map(async (role) => [role, await answer(seen(role))]));
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(roles.map((role) => [role, mayDo[name].includes(role) ? 'invalid' : 'forbidden'])),
    );
  });

  test('is unknown to a member or provider without a part in the referral', async () => {
    expect([await answer('mdt-member'), await answer('provider')]).toEqual(['unknown', 'unknown']);
  });
});

test('the law enforcement member pauses outreach once they have signed, and no other member', async () => {
  const team = await desk.opened({ name: 'Alder Example' });
  await desk.do(team, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(team, step);
  const asked = { agencyId: 'PD-1', personReached: 'Words.', until: '2026-11-10T15:00:00Z', reason: 'Invented words.' };
  const pause = async (as: string) => (await desk.command(team, 'pause-outreach', asked, { as })).kind;
  expect(await pause('seat:law-enforcement')).toBe('forbidden');
  for (const as of ['seat:law-enforcement', 'seat:medical'])
    await desk.do(team, 'sign-confidentiality', { conflict: 'no' }, as);
  expect(await pause('seat:medical')).toBe('refused');
  expect(await pause('seat:law-enforcement')).toBe('done');
});

test('no command that was tried here has changed anything', async () => {
  expect((await desk.state(id)).seq).toBe(7);
});
