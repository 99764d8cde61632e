/** The people of New Haven, and how each deadline is kept: for stories that are played through the HTTP API. */
import type { ReferralView } from '../../shared/application/read/view.ts';
import { type CommandName, commandNamed } from '../../shared/domain/commands.ts';
import type { Act as Named } from '../../shared/domain/next-steps/acts.ts';
import { actsFor } from '../../shared/domain/next-steps/milestone-table.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import { noToAll } from './referral-builder.ts';
import { connecticutPolicy } from './released-policy.ts';
import { perform, sceneOf } from './scenes.ts';
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
  {
    by: 'mdt-coordinator',
    command: 'settle-interview',
    input: { answer: 'held-already', seenAlone: 'alone-not-known' },
  },
];

const notice = { agencyId: 'A-NEW-HAVEN', personReached: 'The desk', method: 'phone' };

/** The invented values of the fields that an act leaves to a person, by command. Some may be the part that the act fixes. */
const values: Readonly<Partial<Record<CommandName, (input: Readonly<Record<string, unknown>>) => object>>> = {
  // An investigation would be due in 45 days: these stories are about the way there.
  'classify-report': () => ({ track: 'information-only' }),
  'notify-police': () => ({ ...notice, agencyReference: 'NH-1' }),
  'notify-of-disposition': () => ({ ...notice, prosecutorReached: 'The office' }),
  'notify-ncmec': () => ({ method: 'phone', caseReference: 'NC-1' }),
  'renew-search': () => ({ effort: 'Invented calls.' }),
  'notify-hhs': () => ({ method: 'phone', caseReference: 'HHS-1' }),
  'record-child-seen': () => ({ seenBy: 'caseworker', seenAlone: 'seen-alone' }),
  'assign-liaison': () => ({ personId: idOf('hart-liaison') }),
  'answer-checklist': () => ({ answers: noToAll }),
  // What is screened, and how, is for the story to say.
  screen: () => ({ outcome: 'not-indicated', definitionBasis: 'none', rationale: 'An invented one.' }),
  'record-birth-date': () => ({ birthDate: '2012-05-01' }),
  'decide-eligibility': () => ({
    outcome: 'legal-review',
    definitionBasis: 'tvpa',
    legalConsulted: 'no',
    rationale: 'Invented reasons.',
    reason: 'An invented one.',
  }),
  'record-debrief': () => ({ learned: 'Invented words.', seenAlone: 'seen-alone' }),
  'inform-seat': () => ({ discipline: 'medical' }),
  'record-meeting': () => ({ attended: required }),
  'record-case-review': () => ({ review: 'An invented review.' }),
  'offer-linkage': ({ service }) => ({ providerId: `PR-${String(service).toUpperCase()}-1` }),
  'record-contact': () => ({ reached: 'no' }),
  'settle-interview': () => ({ answer: 'held-already', seenAlone: 'alone-not-known' }),
  'record-safety-plan': () => ({ placement: 'safe-at-home', caregiverOut: 'yes', plan: 'An invented plan.' }),
  'record-disposition': () => ({ disposition: 'not-substantiated', reasonableCause: 'no' }),
  'record-reasonable-cause': () => ({ reasonableCause: 'no' }),
  'answer-duplicate': () => ({ answer: 'not-a-duplicate', reason: 'Invented.' }),
  'withhold-substantiation-notice': () => ({ reason: 'An invented reason.' }),
  'answer-finding-safety': () => ({ mayMail: 'yes', reason: 'An invented reason.' }),
  'record-finding-notice': () => ({ personTold: 'An invented person.', childLivesThere: 'no' }),
  'notify-licensing-agency': () => ({ licensingAgency: 'other', personReached: 'The desk', method: 'phone' }),
  'notify-institution': () => ({ personReached: 'The desk', method: 'phone' }),
  'notify-tribe': () => ({
    recipient: 'parent',
    tribe: 'MOHEGAN',
    mailKind: 'certified',
    mailNumber: 'R-1',
    addressee: 'The office',
  }),
  'notify-education': () => ({ personReached: 'The desk', method: 'phone' }),
  'withhold-parents-notice': () => ({ ground: 'best-interests', reason: 'An invented reason.' }),
  'close-referral': () => ({ review: 'An invented review.' }),
};

/** Of those who are asked, the first who may. A supervisor of the Careline leaves the act to those who usually do it. */
function byOf({ command, input }: Named, rule: string): string {
  const { roles } = commandNamed(command);
  const asked = ruleIn(connecticutPolicy, rule).alert.filter((word) => word !== 'careline-supervisor');
  const by = asked.find((word) => roles.some((role) => role === word)) ?? roles[0] ?? '';
  const isProviders = by === 'provider' || command === 'start-linkage';
  return isProviders && input && 'service' in input ? `provider:${input.service}` : by;
}

const actOf = (named: Named, rule: string): Act => {
  const { command, input = {} } = named;
  return { by: byOf(named, rule), command, input: { ...values[command]?.(input), ...input } };
};

/** The acts of the table for a deadline as it opens. The last one settles it, and the others open the way. */
function actsOf(rule: string): readonly Named[] {
  const story = sceneOf(rule);
  const acts: Named[] = [];
  for (let isSettled = false; !isSettled; ) {
    const { state, policy, now } = story;
    const { subject } = story.deadline(rule);
    // How a notice to the family is withheld: the stories know of no caregiver without a part in it.
    const named = actsFor(ruleIn(policy, rule).keptBy, { state, policy, subject, now });
    const next = named.find(({ command }) => /^withhold-.*-notice$/.test(command)) ?? named[0];
    if (!next) throw new Error(`The table of next steps names no act for ${rule}.`);
    acts.push(next);
    isSettled = next.prepares !== true;
    if (!isSettled) perform(story, next);
  }
  return acts;
}

function keepingOf(rule: string): Act {
  const [last, ...before] = actsOf(rule).toReversed();
  const first = before.at(0);
  if (!last) throw new Error(`Nothing keeps ${rule}.`);
  return { ...actOf(last, rule), ...(first && { first: actOf(first, rule) }) };
}

/** The act that keeps each deadline, by its rule, as the table of next steps names it. Found when a story asks for it. */
export const keeping: Readonly<Record<string, Act>> = Object.defineProperties(
  {},
  Object.fromEntries(connecticutPolicy.deadlines.map(({ id }) => [id, { get: () => keepingOf(id) }])),
);

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

/** The first morning of every child: the worker, the liaison and the office keep D1, D3, D7, D8, D21, D39. */
export const firstMorning = ['D1', 'D24a', 'D3', 'D7', 'D8', 'D21', 'D39'];

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
