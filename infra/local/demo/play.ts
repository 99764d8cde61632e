/**
 * The people of the demo. A person acts on each deadline, through the HTTP API and with a token of their own. So the
 * demo can do nothing that a person could not.
 */
import type { MovableClock } from '../clock/clock.ts';
import { type Api, ApiRefusal, type DeadlineView, type PeopleView, type ReferralView } from './api-client.ts';
import { reachedFirst } from './bounce.ts';
import { createReferralWatch, watcher } from './watch-referral.ts';

/** How people behave: in good time, after the deadline, not at all, or by saying no where they may. */
export const acts = ['on-time', 'late', 'never', 'decline'] as const;
export type Act = (typeof acts)[number];

/** A role, `seat:<discipline>` or `provider:<service>`. */
type Who = string;

interface Scene {
  readonly view: ReferralView;
  readonly deadline: DeadlineView;
  readonly act: Act;
  readonly agency: string;
  readonly provider: (service: string) => Promise<string>;
  readonly personId: (who: Who) => string;
}

interface Deed {
  readonly who: Who;
  readonly command: string;
  readonly input: object;
}

/** The demo's liaison reads the indicators as a person would: a disclosure or evidence confirms, several others are strong. */
function outcomeOf({ child, missing, screenings }: ReferralView): { outcome: string; definitionBasis: string } {
  const { indicators } = child;
  if (missing) return { outcome: 'insufficient-info', definitionBasis: 'none' };
  const last = screenings.at(-1)?.outcome;
  if (indicators.includes('disclosure') || indicators.includes('third-party-or-police-evidence')) {
    return { outcome: 'confirmed', definitionBasis: '53a-192a' };
  }
  if (indicators.length >= 3) return { outcome: 'high-risk', definitionBasis: 'tvpa' };
  if (indicators.length >= 1 || last === 'at-risk') return { outcome: 'at-risk', definitionBasis: 'none' };
  return { outcome: 'not-indicated', definitionBasis: 'none' };
}

/** What stands where people write. */
const written = 'Written by the demo.';
const desk = 'The desk officer of the demo';

/** The checklist first, then the outcome. No person can answer the checklist of a child who is away. */
const screen = ({ view }: Scene): Deed => {
  if (view.downgrade) return { who: 'hart-director', command: 'agree-downgrade', input: {} };
  return view.missing || view.checklist !== undefined
    ? { who: 'hart-liaison', command: 'screen', input: { ...outcomeOf(view), rationale: written } }
    : { who: 'hart-liaison', command: 'answer-checklist', input: { answers: answersIn(view) } };
};

/** Yes to what was reported; where nothing was, no to each topic that the proposal names as unknown. */
function answersIn({ child: { indicators }, screeningProposal }: ReferralView): Readonly<Record<string, string>> {
  const unknown = screeningProposal?.facts.filter(({ said }) => said === 'unknown') ?? [];
  if (indicators.length === 0) return Object.fromEntries(unknown.map(({ fact }) => [fact, 'no']));
  return Object.fromEntries(indicators.map((topic) => [topic, 'yes']));
}

const notifyPolice =
  (covers: readonly string[]) =>
  (scene: Scene): Deed => ({
    who: 'careline-worker',
    command: 'notify-police',
    input: {
      covers,
      agencyId: scene.agency,
      personReached: desk,
      method: 'phone',
      agencyReference: 'DEMO-1',
    },
  });

/** The consent that a service needs before the child is referred, as in the catalogue of the policy. */
const consents: Readonly<Record<string, string>> = {
  'substance-use': 'written-part-2',
  'long-term-survivor-care': 'child',
  'caregiver-support': 'parent-or-guardian',
};

/** The consent that is still to be asked for. */
function consentFirst(who: Who, service: string, view: ReferralView): Deed | undefined {
  const consentKind = consents[service];
  if (consentKind === undefined || view.consents.some((each) => each.service === service)) return undefined;
  return { who, command: 'record-consent', input: { service, consentKind, consentAnswer: 'given' } };
}

const offer =
  (who: Who, service: string) =>
  async ({ act, provider, view }: Scene): Promise<Deed> => {
    // Of a child who may be under 13, a no to the acute exam is no decision.
    if (act === 'decline' && service !== 'medical-acute-forensic')
      return { who, command: 'decline-linkage', input: { service, reasonCode: 'child-declined' } };
    const consent = consentFirst(who, service, view);
    return consent ?? { who, command: 'offer-linkage', input: { service, providerId: await provider(service) } };
  };

/** The service that a deadline is about. */
const serviceOf = ({ deadline }: Scene): string => deadline.subject ?? '';

/** Referred by staff, then started by the provider. */
const examine =
  (who: Who, service: string) =>
  (scene: Scene): Deed | Promise<Deed> => {
    const status = scene.view.linkages[service]?.status;
    return status === 'offered' || status === 'accepted'
      ? { who: `provider:${service}`, command: 'start-linkage', input: { service } }
      : offer(who, service)(scene);
  };

/** The child's words to these two are privileged, so their consultation is recorded without text. */
const privileged = ['mental-health', 'victim-advocate'];

const recommended = ['education', 'basic-needs'];

/** Who keeps each deadline, and how. */
const deeds: Readonly<Record<string, (scene: Scene) => Deed | Promise<Deed>>> = {
  D1: () => ({ who: 'careline-worker', command: 'classify-report', input: { track: 'investigation' } }),
  D2: () => ({ who: 'careline-worker', command: 'record-written-report', input: {} }),
  D3: notifyPolice(['state']),
  D4: notifyPolice(['local']),
  D5: notifyPolice(['identified']),
  D6: () => ({ who: 'area-oncall', command: 'start-response', input: {} }),
  D7: () => ({ who: 'caseworker', command: 'start-response', input: {} }),
  D8: ({ personId }) => ({
    who: 'hart-lead',
    command: 'assign-liaison',
    input: { personId: personId('hart-liaison') },
  }),
  D9: screen,
  D10: ({ view, personId }) => ({
    who: 'area-supervisor',
    command: 'decide-eligibility',
    input: {
      outcome: view.proposal?.outcome,
      definitionBasis: outcomeOf(view).definitionBasis,
      legalConsulted: 'yes',
      consultedId: personId('legal'),
      rationale: written,
    },
  }),
  D10a: () => ({ who: 'caseworker', command: 'record-facts', input: { ageClass: 'under-18' } }),
  D10b: () => ({ who: 'caseworker', command: 'notify-home-state', input: { method: 'phone', personReached: desk } }),
  D11: () => ({ who: 'legal', command: 'record-hold-end', input: { how: 'petition-filed' } }),
  D12a: notifyPolice(['missing']),
  D12b: () => ({ who: 'caseworker', command: 'notify-ncmec', input: { method: 'phone', caseReference: 'DEMO-2' } }),
  D13: () => ({ who: 'caseworker', command: 'record-debrief', input: { learned: written } }),
  D14: ({ view }) => {
    const seat = view.seats.find(({ required, answer }) => required && answer === undefined);
    return { who: 'mdt-coordinator', command: 'inform-seat', input: { discipline: seat?.discipline } };
  },
  D15: ({ view, act }) => {
    const absent = act === 'decline' ? ['forensic-interviewer', 'mental-health'] : [];
    const required = view.seats.filter((seat) => seat.required).map(({ discipline }) => discipline);
    return {
      who: 'mdt-coordinator',
      command: 'record-meeting',
      input: {
        attended: required.filter((discipline) => !absent.includes(discipline)),
        absent: absent.map((discipline) => ({ discipline, reason: 'unavailable' })),
        services: recommended,
      },
    };
  },
  D16: () => ({ who: 'mdt-coordinator', command: 'record-case-review', input: { review: written } }),
  D17: examine('careline-supervisor', 'medical-acute-forensic'),
  D17b: examine('careline-supervisor', 'medical-nonacute'),
  D19a: offer('hart-liaison', 'victim-advocacy'),
  D19b: () => ({ who: 'provider:victim-advocacy', command: 'record-contact', input: { service: 'victim-advocacy' } }),
  D18: examine('caseworker', 'medical-nonacute'),
  D20: ({ act, deadline }) => ({
    who: 'mdt-coordinator',
    command: 'settle-interview',
    input: act === 'decline' ? { answer: 'child-declined' } : { answer: 'scheduled', scheduledFor: deadline.due },
  }),
  D21: () => ({
    who: 'caseworker',
    command: 'record-safety-plan',
    input: { placement: 'safe-at-home', caregiverOut: 'yes', plan: written },
  }),
  D22a: offer('caseworker', 'mental-health'),
  D22b: () => ({ who: 'provider:mental-health', command: 'start-linkage', input: { service: 'mental-health' } }),
  D23: (scene) => offer('caseworker', serviceOf(scene))(scene),
  D24: ({ view }) => ({
    who: 'area-supervisor',
    command: 'record-disposition',
    input: {
      disposition: outcomeOf(view).outcome === 'confirmed' ? 'substantiated' : 'not-substantiated',
      reasonableCause: outcomeOf(view).outcome === 'confirmed' ? 'yes' : 'no',
    },
  }),
  D24a: ({ view }) => ({
    who: 'area-supervisor',
    command: 'record-reasonable-cause',
    input: { reasonableCause: outcomeOf(view).outcome === 'confirmed' ? 'yes' : 'no' },
  }),
  D25: ({ agency }) => ({
    who: 'caseworker',
    command: 'notify-of-disposition',
    input: { agencyId: agency, personReached: desk, prosecutorReached: 'The office of the demo', method: 'phone' },
  }),
  D26: () => ({ who: 'caseworker', command: 'record-evaluation', input: {} }),
  D27: () => ({ who: 'caseworker', command: 'notify-hhs', input: { method: 'phone', caseReference: 'DEMO-3' } }),
  D28: screen,
  D29: () => ({ who: 'area-supervisor', command: 'sign-off-screening', input: {} }),
  D30: ({ act }) => ({
    who: 'caseworker',
    command: 'record-adult-handover',
    input: { consent: act === 'decline' ? 'refused' : 'given' },
  }),
  D31: () => ({
    who: 'careline-worker',
    command: 'answer-duplicate',
    input: { answer: 'not-a-duplicate', reason: 'Another child by the invented records.' },
  }),
  D32: ({ deadline }) => ({
    who: 'mdt-coordinator',
    command: 'record-consultation',
    input: {
      discipline: deadline.subject,
      ...(privileged.includes(deadline.subject ?? '') ? {} : { advice: written }),
    },
  }),
  D33: () => ({ who: 'caseworker', command: 'close-referral', input: { review: written } }),
  D35a: (scene) => offer('caseworker', serviceOf(scene))(scene),
  D35b: (scene) => {
    const service = serviceOf(scene);
    return { who: `provider:${service}`, command: 'accept-linkage', input: { service } };
  },
  D35c: (scene) => {
    const service = serviceOf(scene);
    return { who: `provider:${service}`, command: 'start-linkage', input: { service } };
  },
  D37h: () => ({ who: 'area-supervisor', command: 'agree-lowering', input: {} }),
  D38: () => ({
    who: 'caseworker',
    command: 'withhold-parents-notice',
    input: { reason: 'Invented: the demo does not know yet whether a caregiver had a part in it.' },
  }),
  D37a: () => ({ who: 'hart-director', command: 'agree-downgrade', input: {} }),
  D34: () => ({ who: 'caseworker', command: 'plan-adulthood', input: { plan: written } }),
};

const hours = 3_600_000;

/** When the act comes: after a third of the time, or a third of it late, two days at most. */
function plannedFor({ start, due }: DeadlineView, act: Act): number {
  const span = Math.max(0, Date.parse(due) - Date.parse(start));
  return act === 'late' ? Date.parse(due) + Math.min(span / 3, 48 * hours) + 1000 : Date.parse(start) + span / 3;
}

interface Planned {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly deed: Deed | Promise<Deed>;
}

/** What people do without a deadline. `now` is in epoch milliseconds. */
function unasked(view: ReferralView, act: Act, now: number, since: number): readonly Planned[] {
  const planned: Planned[] = [];
  const soon = now + 2 * hours;
  const plan = (at: number, who: Who, command: string, input: object) =>
    planned.push({ at, deed: { who, command, input } });
  if (view.missing) plan(Math.max(now, since + 20 * hours), 'caseworker', 'record-return', {});
  // The person who began the response and made a plan knows what the report left open.
  const isSafe = view.deadlines.some(({ rule, status }) => rule === 'D21' && status === 'kept');
  if (act === 'on-time' && isSafe && view.danger === 'unknown' && view.lowering === undefined) {
    plan(now, 'caseworker', 'assess-danger', { danger: 'no', reason: written });
  }
  if (view.routing === undefined && view.stage === 'open') {
    plan(soon, 'careline-supervisor', 'confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
  }
  for (const seat of view.seats) {
    if (seat.answer !== undefined || view.meetings.length > 0) continue;
    const says =
      act === 'decline' && (seat.discipline === 'forensic-interviewer' || seat.discipline === 'mental-health');
    plan(soon, `seat:${seat.discipline}`, 'answer-seat', {
      discipline: seat.discipline,
      ...(says ? { answer: 'declined', reasonCode: 'workload' } : { answer: 'accepted' }),
    });
  }
  for (const { discipline, personId, answer, answeredBy = personId } of view.seats) {
    if (answer !== 'accepted' || view.confidentialityAgreements[answeredBy] !== undefined) continue;
    plan(now, `seat:${discipline}`, 'sign-confidentiality', { conflict: 'no' });
  }
  for (const deadline of view.deadlines) {
    if (!deadline.owesExplanation) continue;
    if (deadline.explanation === undefined) {
      const careline = ['D1', 'D2', 'D3', 'D4', 'D31'].includes(deadline.rule);
      plan(soon, careline ? 'careline-worker' : 'caseworker', 'explain-miss', {
        deadlineId: deadline.id,
        reasonCode: 'staffing',
        willBeKept: true,
      });
    } else if (deadline.countersignedBy === undefined) {
      plan(soon, 'area-director', 'countersign-miss', { deadlineId: deadline.id });
    }
  }
  return planned;
}

export interface PlayOptions {
  readonly api: Api;
  readonly clock: MovableClock;
  readonly act: Act;
  /** Addresses whose mail comes back, in lower case. Their owners do not act, and the next person does. */
  readonly gone?: ReadonlySet<string>;
  readonly onProgress: (now: number, done: number) => void;
}

/** An act that the domain refused, which the timeline would not show. */
export interface RefusedAct {
  readonly at: string;
  readonly email: string;
  readonly command: string;
  readonly sentence: string;
}

const longestPlay = 60 * 24 * hours;

/** The directory does not change while the demo plays: each question is asked once. */
function asked(ask: (about: string) => Promise<string | undefined>): (about: string) => Promise<string> {
  const answers = new Map<string, Promise<string | undefined>>();
  return async (about) => {
    const answer = answers.get(about) ?? ask(about);
    answers.set(about, answer);
    return (await answer) ?? 'NONE';
  };
}

/** Plays until the referrals are closed, or until no person has anything left to do and 60 days have passed. */
export async function play(
  { api, clock, act, gone = new Set(), onProgress }: PlayOptions,
  referralIds: readonly string[],
): Promise<readonly RefusedAct[]> {
  const started = clock.now();
  const end = started + (act === 'never' ? 21 * 24 * hours : longestPlay);
  const refused: RefusedAct[] = [];
  const tried = new Set<string>();
  const provider = asked((service) => api.provider(watcher, service));
  const agencyOf = asked((town) => api.agency(watcher, town));
  const watch = createReferralWatch(api);
  const emailOf = (people: PeopleView, who: Who): string | undefined => {
    const [kind = '', name = ''] = who.split(':');
    if (kind === 'seat') {
      const seat = people.seats.find(({ discipline }) => discipline === name);
      return reachedFirst([seat?.holder, seat?.deputy], gone);
    }
    if (kind === 'provider') return people.providers.find(({ service }) => service === name)?.contact?.email;
    return (
      reachedFirst(people.roles.find(({ role }) => role === kind)?.people ?? [], gone) ??
      (kind === 'careline-supervisor' ? watcher : undefined)
    );
  };

  for (let done = 0; ; done += 1) {
    onProgress(clock.now(), done);
    const plans: {
      readonly planned: Planned;
      readonly people: PeopleView;
      readonly id: string;
      readonly seq: number;
    }[] = [];
    for (const id of act === 'never' ? [] : referralIds) {
      const { view, people } = await watch(id);
      const agency = await agencyOf(view.routing?.town ?? 'Hartford');
      const personId = (role: string) => people.roles.find((each) => each.role === role)?.people[0]?.id ?? 'NO-ONE';
      const missingSince = view.deadlines.find(({ rule }) => rule === 'D12a')?.start;
      const since = missingSince === undefined ? started : Date.parse(missingSince);
      const all = [
        ...unasked(view, act, clock.now(), since),
        ...view.deadlines
          .filter(({ status, rule }) => status === 'open' && deeds[rule] !== undefined)
          .map((deadline) => ({
            at: plannedFor(deadline, act),
            deed: (deeds[deadline.rule] as (typeof deeds)[string])({ view, deadline, act, agency, provider, personId }),
          })),
      ];
      for (const planned of all) plans.push({ planned, people, id, seq: view.seq });
    }

    let next: ((typeof plans)[number] & { readonly deed: Deed; readonly email: string }) | undefined;
    for (const plan of plans) {
      const deed = await plan.planned.deed;
      const email = emailOf(plan.people, deed.who);
      const mark = `${plan.id} ${plan.seq} ${JSON.stringify(deed)}`;
      if (email === undefined || tried.has(mark)) continue;
      if (next === undefined || plan.planned.at < next.planned.at) next = { ...plan, deed, email };
    }
    if (!next || next.planned.at > end) {
      if (plans.length > 0 || act === 'never') await clock.advance(Math.max(0, end - clock.now()));
      return refused;
    }
    await clock.advance(Math.max(0, next.planned.at - clock.now()));
    const { deed, email, id, seq } = next;
    tried.add(`${id} ${seq} ${JSON.stringify(deed)}`);
    try {
      await api.command(email, id, deed.command, deed.input);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      const at = new Date(clock.now()).toISOString();
      refused.push({ at, email, command: deed.command, sentence: error.message });
    }
    await clock.advance(0);
  }
}
