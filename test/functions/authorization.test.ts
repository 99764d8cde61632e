/** Which role may do which act: each command and each route, tried by every role at the API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doorRefusals } from '../../shared/application/routes/door-refusals.ts';
import type { Route } from '../../shared/application/routes/route.ts';
import { type RouteName, routes } from '../../shared/application/routes/route-table.ts';
import { type CommandName, commands } from '../../shared/domain/commands.ts';
import { staff } from '../../shared/domain/core/role-groups.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';

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
  'evaluator',
  'trainer',
  'forum-member',
];

/** They see no referral at all. */
const unseeing: readonly Role[] = ['evaluator', 'trainer', 'forum-member'];
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
  'record-child-seen': [...careline, ...area, 'area-director', 'hart-liaison'],
  'assign-liaison': ['hart-lead', 'hart-director'],
  'accept-assignment': ['hart-liaison'],
  'record-safety-plan': [...careline, ...area],
  'report-missing': [...careline, ...area, 'hart-liaison'],
  'renew-search': [...careline, ...area, 'hart-liaison'],
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
  'remind-seats': team,
  'ask-deputies': team,
  'record-meeting': team,
  'schedule-meeting': team,
  'cancel-meeting': team,
  'share-meeting': team,
  // A member who has not signed is only invited.
  'end-task': seated.filter((role) => role !== 'mdt-member'),
  'offer-linkage': urgentLinkers,
  'remind-providers': urgentLinkers,
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
  'record-placement-move': [...area, 'hart-liaison'],
  'record-prosecution': [...area, 'hart-liaison', 'legal', 'aag-liaison'],
  'ask-booking': [...linkers, ...team],
  'move-booking': [...linkers, ...team],
  'end-booking': [...linkers, ...team],
  'write-recovery-plan': [...careline, ...area, 'hart-liaison', 'hart-lead'],
  'offer-debrief': [...area, 'area-director', 'hart-liaison', 'hart-lead', ...team],
  'note-worker-safety': [...careline, ...area, 'area-director', 'hart-liaison', 'hart-lead', ...team],
  'ask-need': [...careline, ...area, 'hart-liaison', 'hart-lead', ...team],
  'end-need': [...careline, ...area, 'hart-liaison', 'hart-lead', ...team],
  'ask-place': [...careline, ...area, 'hart-liaison', 'hart-lead', ...team],
  'answer-place': [...careline, ...area, 'hart-liaison', 'hart-lead', ...team],
  'record-handoff': [...urgentLinkers, ...team, 'provider'],
  'schedule-hearing': [...area, 'area-director', 'legal', 'aag-liaison', 'hart-liaison'],
  'record-hearing': [...area, 'area-director', 'legal', 'aag-liaison', 'hart-liaison'],
  'settle-order': [...area, 'area-director', 'legal', 'aag-liaison', 'hart-liaison'],
  'note-card': [...careline, ...area, 'hart-liaison', 'hart-lead'],
  'record-card-consent': [...careline, ...area, 'hart-liaison', 'hart-lead'],
  'review-card': ['legal', 'aag-liaison'],
  'record-charges-end': [...area, 'hart-liaison', 'legal', 'aag-liaison'],
  'record-charges': [...careline, ...area, 'hart-liaison', 'legal'],
  // A member of the team only with the seat of law enforcement, after signing.
  'pause-outreach': pausing,
  'lift-outreach-pause': pausing,
  'record-parents-notice': ['caseworker', 'area-supervisor'],
  'withhold-parents-notice': ['caseworker', 'area-supervisor'],
  'approve-parents-notice': ['area-supervisor', 'area-director'],
  'record-substantiation-notice': ['caseworker', 'area-supervisor'],
  'withhold-substantiation-notice': ['caseworker', 'area-supervisor'],
  'approve-substantiation-notice': ['area-supervisor', 'area-director'],
  'record-finding-notice': ['caseworker', 'area-supervisor'],
  'ask-finding-safety': ['caseworker', 'area-supervisor'],
  'answer-finding-safety': ['legal'],
  'notify-tribe': [...area, 'area-director', 'legal', 'aag-liaison'],
  'record-tribe-receipt': [...area, 'area-director', 'legal', 'aag-liaison'],
  'record-tribe-request': [...area, 'area-director', 'legal', 'aag-liaison'],
  'record-protective-order': [...careline, ...area, 'area-director', 'hart-liaison', 'legal', 'aag-liaison'],
  'record-ex-parte-order': [...area, 'area-director', 'legal', 'aag-liaison'],
  'correct-ex-parte-order': [...area, 'area-director', 'legal', 'aag-liaison'],
  'record-preliminary-hearing': [...area, 'area-director', 'legal', 'aag-liaison'],
  'notify-licensing-agency': [...careline, ...area, 'area-director', 'legal'],
  'notify-education': [...careline, ...area, 'area-director', 'legal'],
  'notify-institution': [...careline, ...area, 'area-director', 'legal'],
  'record-adult-handover': [...area, 'hart-liaison'],
  'plan-adulthood': [...area, 'hart-liaison'],
  'extend-deadline': supervisors,
  'find-not-applicable': ['legal'],
  'explain-miss': [...supervisors, 'caseworker', 'careline-worker', 'hart-liaison', 'mdt-coordinator', 'legal'],
  'countersign-miss': supervisors,
  'answer-alarm': roles.filter((role) => !outsiders.includes(role)),
  'record-alert-call': roles.filter(
    (role) => !['administrator', 'auditor', 'mdt-member', 'provider', ...unseeing].includes(role),
  ),
  'leave-note': staff,
  'read-notes': staff,
  'record-call': staff,
  'release-alarm': staff,
  'acknowledge-alert': roles.filter((role) => !['administrator', 'auditor', ...unseeing].includes(role)),
  'propose-withdrawal': ['careline-supervisor'],
  'agree-withdrawal': ['careline-supervisor', 'careline-manager'],
  'migrate-policy': ['program-manager', 'administrator'],
  'restart-run': ['administrator'],
  'repair-referral': ['administrator'],
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
  'add-to-report': [...careline, ...area, 'hart-liaison'],
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
    const readers = roles.filter((role) => !unseeing.includes(role));
    const answers = await Promise.all(readers.map(async (role) => [role, await answer(seen(role))]));
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(readers.map((role) => [role, mayDo[name].includes(role) ? 'invalid' : 'forbidden'])),
    );
    for (const role of unseeing) expect(mayDo[name]).not.toContain(role);
  });

  test('is unknown to people who see no referral, and to a member or provider without a part in it', async () => {
    const unknown = [...unseeing, 'mdt-member', 'provider'];
    expect(await Promise.all(unknown.map(answer))).toEqual(unknown.map(() => 'unknown'));
  });
});

const auditing = ['administrator', 'auditor'] as const;
const departments = [...staff, ...auditing];
const figures = ['careline-manager', 'area-director', 'program-manager', 'hart-director'] as const;
const coverage = ['program-manager', 'hart-director', 'evaluator', 'trainer'] as const;
const listing = ['careline-supervisor', 'careline-manager', 'area-supervisor', 'program-manager'] as const;
const shifts = [
  'careline-supervisor',
  'careline-manager',
  'area-supervisor',
  'area-director',
  'administrator',
] as const;

const agreeing = ['program-manager', 'hart-director', 'administrator'] as const;
const forumKeeping = ['program-manager', 'hart-director', 'hart-lead', 'mdt-coordinator'] as const;
const forumReading = [
  ...forumKeeping,
  'careline-supervisor',
  'careline-manager',
  'area-supervisor',
  'area-director',
  'mdt-chair',
  'legal',
  ...auditing,
  'forum-member',
] as const;
const working = roles.filter((role) => !['evaluator', 'trainer', 'forum-member'].includes(role));
const venues = ['hart-liaison', 'hart-lead', 'hart-director', 'program-manager'] as const;

/** Written a second time on purpose, as above. A route for every role may still refuse by what the person is to the thing. */
const mayUse: Readonly<Record<Exclude<RouteName, 'perform-command' | 'read-description'>, readonly Role[]>> = {
  'take-report': careline,
  'read-referral': roles,
  'read-identities': roles,
  'read-agenda': roles,
  'read-people': roles,
  'read-calls': roles,
  'note-alert-seen': roles,
  'audit-referral': auditing,
  'prove-referral': auditing,
  'read-record': roles,
  'confirm-record': roles,
  'read-queue': departments,
  'read-deadlines': roles,
  'find-referrals': departments,
  'read-runs': auditing,
  'read-run': auditing,
  'read-reviews': [
    ...(['mdt-coordinator', 'mdt-chair', 'careline-supervisor', 'careline-manager', 'area-supervisor'] as const),
    ...(['area-director', 'program-manager', 'hart-lead', 'hart-director'] as const),
  ],
  'read-log': auditing,
  'read-directory': [...departments, 'mdt-coordinator', 'mdt-chair'],
  'read-on-call': departments,
  'import-shifts': shifts,
  'swap-shifts': shifts,
  'hand-over-shift': shifts,
  'remove-shift': shifts,
  'read-shift-history': [...shifts, 'auditor'],
  'read-tasks': roles,
  'read-returns': [
    'careline-supervisor',
    'careline-manager',
    'area-supervisor',
    'area-director',
    'program-manager',
    'hart-lead',
    'hart-director',
  ],
  'read-mail-load': [
    'careline-supervisor',
    'careline-manager',
    'area-supervisor',
    'area-director',
    'program-manager',
    'hart-lead',
    'hart-director',
    'administrator',
  ],
  'read-monday': figures,
  'read-report': figures,
  'read-yearly-returns': figures,
  'read-yearly-figures': [...figures, 'evaluator'],
  'make-return': ['careline-manager', 'program-manager', 'hart-director'],
  'read-team-gaps': [...auditing, 'mdt-coordinator', 'mdt-chair'],
  'read-providers': working,
  'list-providers': working,
  'keep-provider': listing,
  'read-provider-history': [...listing, ...auditing],
  'count-unmet-needs': ['administrator', 'auditor', 'program-manager', 'hart-director'],
  'read-drafts': careline,
  'save-draft': careline,
  'audit-drafts': auditing,
  'read-draft': careline,
  'discard-draft': careline,
  'search-by-name': staff,
  'read-searches': auditing,
  'read-delegations': roles,
  'name-delegate': [...staff, 'mdt-coordinator', 'mdt-chair'],
  'end-delegation': roles,
  'read-agencies': roles,
  'read-tribes': departments,
  'read-training': coverage,
  'read-training-due': ['trainer'],
  'read-training-materials': coverage,
  'import-training': ['trainer'],
  'take-back-training': ['trainer'],
  'enter-headcounts': ['trainer'],
  'check-staff-list': ['trainer'],
  'keep-material': ['trainer'],
  'remove-material': ['trainer'],
  'read-agreements': [...agreeing, 'legal', 'auditor'],
  'record-agreement': agreeing,
  'change-agreement': agreeing,
  'read-forums': forumReading,
  'read-forum': forumReading,
  'open-forum': forumKeeping,
  'record-forum-meeting': forumKeeping,
  'withdraw-forum-meeting': forumKeeping,
  'end-forum-action': forumKeeping,
  'read-venue-concerns': [...venues, ...auditing],
  'raise-venue-concern': venues,
  'answer-venue-concern': [...venues, ...auditing],
  'take-venue-file': venues,
};

describe.each(Object.entries(mayUse) as [keyof typeof mayUse, readonly Role[]][])('the route %s', (name, meant) => {
  const { method, path, forbidden }: Route = routes[name];
  const sentence = forbidden === undefined ? undefined : doorRefusals[forbidden].sentence;

  test('is for its roles, and forbidden to all others before anything of the request is read', async () => {
    const { ask } = openApi(desk);
    // No parameter fits and no body is JSON: only the roles can be the reason of a 403.
    const address = path.replaceAll(/\{\w+\}/g, '-');
    const answers = await Promise.all(
      roles.map(async (role) => {
        const sent = method === 'post' ? { text: '{' } : {};
        const { status, body } = await ask(address, {
          as: personOf(seen(role)).id,
          method: method.toUpperCase(),
          ...sent,
        });
        return [role, status === 403 && body.detail === sentence ? 'forbidden' : status === 403 ? 'refused' : 'let in'];
      }),
    );
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(roles.map((role) => [role, meant.includes(role) ? 'let in' : 'forbidden'])),
    );
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
