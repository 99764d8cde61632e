/** The people of New Haven, and how each deadline is kept: for stories that are played through the HTTP API. */
import type { ReferralView } from '../../shared/application/read/view.ts';
import { noToAll } from './referral-builder.ts';
import type { Stage as CloudStage } from './stage-cloud.ts';

/** What a story needs of its stage: a cloud's, or the one in this process. */
type Stage = Pick<CloudStage, 'does' | 'view' | 'reports'>;

const office = ['caseworker', 'area-supervisor', 'area-director', 'area-oncall'];
const region = ['hart-liaison', 'hart-lead'];
const team = ['mdt-coordinator', 'mdt-chair'];

/**
 * The address of the person in a role, a seat (`seat:medical`) or a service (`provider:prevention`) of New Haven. `2`
 * is the deputy.
 */
export function addressOf(word: string, which: '' | '2' = ''): string {
  const [kind = '', name = ''] = word.split(':');
  if (kind === 'seat') return `mdt.${name}.new-haven${which}@team.example`;
  if (kind === 'provider') return `provider.${name}${which}@provider.example`;
  const role = word.replaceAll('-', '.');
  if (office.includes(word)) return `${role}.new-haven${which}@dcf.example`;
  if (region.includes(word)) return `${role}.south-central${which}@dcf.example`;
  if (team.includes(word)) return `${role}.new-haven${which}@team.example`;
  return `${role}${which}@dcf.example`;
}

/** The directory's id of the person in a role in New Haven. */
export const idOf = (word: string, which: 1 | 2 = 1): string => {
  const [local = ''] = addressOf(word).split('@');
  return `P-${local.replaceAll('.', '-').toUpperCase()}-${which}`;
};

/** A child of New Haven with only the clocks of every report. */
export const child = {
  danger: 'no',
  residenceTown: 'New Haven',
  connecticutResident: 'yes',
  dcfClient: 'no',
  perpetrators: ['caregiver'],
  lastAssaultAt: 'none-known',
  missingNow: 'no',
} as const;

export const reportOf = (...children: readonly object[]) => ({
  narrative: 'An invented narrative.',
  children: children.map((each) => ({ ...child, ...each })),
});

export interface Act {
  readonly by: string;
  readonly command: string;
  readonly input?: object;
  /** What has to be done before it. */
  readonly first?: Act;
}

const police = (...covers: readonly string[]): Act => ({
  by: 'careline-worker',
  command: 'notify-police',
  input: { covers, agencyId: 'A-NEW-HAVEN', personReached: 'The desk', method: 'phone', agencyReference: 'NH-1' },
});
const offer = (by: string, service: string): Act => ({
  by,
  command: 'offer-linkage',
  input: { service, providerId: `PR-${service.toUpperCase()}-1` },
});

export const screening = (outcome: string): Act => ({
  by: 'hart-liaison',
  command: 'screen',
  input: { outcome, definitionBasis: outcome === 'confirmed' ? '53a-192a' : 'none', rationale: 'An invented one.' },
  ...(outcome === 'not-indicated' && {
    first: { by: 'hart-liaison', command: 'answer-checklist', input: { answers: noToAll } },
  }),
});

const required = [
  'states-attorney',
  'dcf',
  'law-enforcement',
  'medical',
  'mental-health',
  'forensic-interviewer',
  'victim-advocate',
];
export const meeting = (more: object = {}): Act => ({
  by: 'mdt-coordinator',
  command: 'record-meeting',
  input: { attended: required, ...more },
});

const noThanks = (service: string): Act => ({
  by: 'caseworker',
  command: 'decline-linkage',
  input: { service, reasonCode: 'child-declined' },
});

/** What a team's case needs beside its own stories: the four linkages of D23, and the interview. */
export const besides: readonly Act[] = [
  ...['education', 'legal', 'substance-use', 'victim-compensation'].map(noThanks),
  { by: 'mdt-coordinator', command: 'settle-interview', input: { answer: 'held-already' } },
];

/** The act that keeps each deadline. What is screened, and how, is for the story to say. */
export const keeping: Readonly<Record<string, Act>> = {
  // An investigation would be due in 45 days: these stories are about the way there.
  D1: { by: 'careline-worker', command: 'classify-report', input: { track: 'information-only' } },
  D2: { by: 'careline-worker', command: 'record-written-report' },
  D3: police('state'),
  D4: police('local'),
  D5: police('identified'),
  D6: { by: 'area-oncall', command: 'start-response' },
  D7: { by: 'caseworker', command: 'start-response' },
  D8: { by: 'hart-lead', command: 'assign-liaison', input: { personId: idOf('hart-liaison') } },
  D9: screening('not-indicated'),
  D10a: { by: 'caseworker', command: 'record-birth-date', input: { birthDate: '2012-05-01' } },
  D10: {
    by: 'area-supervisor',
    command: 'decide-eligibility',
    input: {
      outcome: 'legal-review',
      definitionBasis: 'tvpa',
      legalConsulted: 'no',
      rationale: 'Invented reasons.',
      reason: 'An invented one.',
    },
  },
  D12a: police('missing'),
  D12b: { by: 'caseworker', command: 'notify-ncmec', input: { method: 'phone', caseReference: 'NC-1' } },
  D11: { by: 'legal', command: 'record-hold-end', input: { how: 'petition-filed' } },
  D13: { by: 'caseworker', command: 'record-debrief', input: { learned: 'Invented words.' } },
  D14: { by: 'mdt-coordinator', command: 'inform-seat', input: { discipline: 'medical' } },
  D15: meeting(),
  D16: { by: 'mdt-coordinator', command: 'record-case-review', input: { review: 'An invented review.' } },
  D17: {
    by: 'provider:medical-acute-forensic',
    command: 'start-linkage',
    input: { service: 'medical-acute-forensic' },
    first: offer('hart-liaison', 'medical-acute-forensic'),
  },
  D17b: offer('hart-liaison', 'medical-acute-forensic'),
  D19a: offer('hart-liaison', 'victim-advocacy'),
  D19b: { by: 'provider:victim-advocacy', command: 'record-contact', input: { service: 'victim-advocacy' } },
  D20: { by: 'mdt-coordinator', command: 'settle-interview', input: { answer: 'held-already' } },
  D21: {
    by: 'caseworker',
    command: 'record-safety-plan',
    input: { placement: 'safe-at-home', caregiverOut: 'yes', plan: 'An invented plan.' },
  },
  D22a: offer('caseworker', 'mental-health'),
  D22b: { by: 'provider:mental-health', command: 'start-linkage', input: { service: 'mental-health' } },
  D24: {
    by: 'area-supervisor',
    command: 'record-disposition',
    input: { disposition: 'not-substantiated', reasonableCause: 'no' },
  },
  D24a: { by: 'area-supervisor', command: 'record-reasonable-cause', input: { reasonableCause: 'no' } },
  D25: {
    by: 'caseworker',
    command: 'notify-of-disposition',
    input: { agencyId: 'A-NEW-HAVEN', personReached: 'The desk', prosecutorReached: 'The office', method: 'phone' },
  },
  D26: { by: 'caseworker', command: 'record-evaluation' },
  D27: { by: 'caseworker', command: 'notify-hhs', input: { method: 'phone', caseReference: 'HHS-1' } },
  D28: screening('not-indicated'),
  D29: { by: 'area-supervisor', command: 'sign-off-screening' },
  D30: { by: 'caseworker', command: 'record-adult-handover', input: { consent: 'given' } },
  D31: {
    by: 'careline-worker',
    command: 'answer-duplicate',
    input: { answer: 'not-a-duplicate', reason: 'Invented.' },
  },
  D38: { by: 'caseworker', command: 'withhold-parents-notice', input: { reason: 'An invented reason.' } },
  D33: { by: 'area-supervisor', command: 'close-referral', input: { review: 'An invented review.' } },
};

/** Plays acts one after the other, each of which must be accepted. */
export async function play(stage: Stage, referralId: string, ...acts: readonly Act[]): Promise<ReferralView> {
  let view: ReferralView | undefined;
  for (const { first, by, command, input } of acts) {
    if (first) await play(stage, referralId, first);
    view = await stage.does(addressOf(by), referralId, command, input);
  }
  return view ?? stage.view(referralId);
}

/** Keeps these deadlines, each by its own act. */
export const keep = (stage: Stage, referralId: string, ...rules: readonly string[]) =>
  play(stage, referralId, ...rules.map((rule) => keeping[rule] as Act));

/** Takes a report of one child; the id of the referral. */
export async function report(stage: Stage, facts: object = {}, more: object = {}): Promise<string> {
  const { status, body } = await stage.reports({ ...reportOf(facts), ...more });
  const [id] = (body.referralIds ?? []) as string[];
  if (status !== 201 || id === undefined) throw new Error(`The report was answered ${status}: ${JSON.stringify(body)}`);
  return id;
}

/** The first morning of every child: the worker, the liaison and the office keep D1, D3, D7, D8, D21. */
export const firstMorning = ['D1', 'D24a', 'D3', 'D7', 'D8', 'D21'];

/** `D3 kept`, one word for each deadline, in the order of their opening. */
export const standing = (view: Pick<ReferralView, 'deadlines'>): readonly string[] =>
  view.deadlines
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ rule, status, late, missed }) => `${rule} ${status}${late ? ' late' : missed ? ' missed' : ''}`);

/** The one deadline of this rule. */
export function deadlineOf(view: Pick<ReferralView, 'deadlines'>, rule: string) {
  const found = view.deadlines.findLast((deadline) => deadline.rule === rule);
  if (!found) throw new Error(`There is no deadline ${rule}.`);
  return found;
}
