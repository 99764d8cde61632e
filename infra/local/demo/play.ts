/**
 * The people of the demo. Each reads their next steps from the HTTP API, with a token of their own. They fill in invented values. So the demo can do nothing that a person could not.
 */
import type { MovableClock } from '../clock/clock.ts';
import {
  type ActView,
  type Api,
  ApiRefusal,
  type DeadlineView,
  type PeopleView,
  type ReferralView,
  type StepView,
} from './api-client.ts';
import { reachedFirst } from './bounce.ts';
import { createReferralWatch, watcher } from './watch-referral.ts';

/** How people behave: in good time, after the deadline, not at all, or by saying no where they may. */
export const acts = ['on-time', 'late', 'never', 'decline'] as const;
export type Act = (typeof acts)[number];

/** A role, `seat:<discipline>` or `provider:<service>`. */
type Who = string;

/** A step of a person, with what the values of its fields depend on. */
interface Scene {
  readonly view: ReferralView;
  readonly step: StepView;
  readonly act: Act;
  readonly personId: (who: Who) => string;
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

/** Yes to what was reported; where nothing was, no to each topic that the proposal names as unknown. */
function answersIn({ child: { indicators }, screeningProposal }: ReferralView): Readonly<Record<string, string>> {
  const unknown = screeningProposal?.facts.filter(({ said }) => said === 'unknown') ?? [];
  if (indicators.length === 0) return Object.fromEntries(unknown.map(({ fact }) => [fact, 'no']));
  return Object.fromEntries(indicators.map((topic) => [topic, 'yes']));
}

const isConfirmed = ({ view }: Scene): boolean => outcomeOf(view).outcome === 'confirmed';
const isAbsent = ({ act }: Scene, discipline: string): boolean =>
  act === 'decline' && ['forensic-interviewer', 'mental-health'].includes(discipline);

/** A parent who had no part in it is told, and never the caregiver. */
const toAnotherParent = ({ view }: Scene): object => (view.mayContactFamily === 'as-usual' ? {} : { hadPart: 'no' });

/** The invented values of the fields that an act leaves to a person, by command. */
const values: Readonly<Record<string, (scene: Scene, input: ActView['input']) => object>> = {
  'classify-report': () => ({ track: 'investigation' }),
  'answer-checklist': ({ view }) => ({ answers: answersIn(view) }),
  screen: ({ view }) => outcomeOf(view),
  'assign-liaison': ({ personId }) => ({ personId: personId('hart-liaison') }),
  'decide-eligibility': ({ view, personId }) => ({
    outcome: view.proposal?.outcome,
    definitionBasis: outcomeOf(view).definitionBasis,
    legalConsulted: 'yes',
    consultedId: personId('legal'),
  }),
  'record-birth-date': () => ({ birthDate: '2012-05-01' }),
  'record-child-seen': () => ({ seenAlone: 'seen-alone' }),
  'record-facts': () => ({ ageClass: 'under-18' }),
  'record-safety-plan': () => ({ placement: 'safe-at-home', caregiverOut: 'yes' }),
  'record-parents-notice': toAnotherParent,
  'record-substantiation-notice': toAnotherParent,
  'record-meeting': (scene) => {
    const required = scene.view.seats.filter((seat) => seat.required).map(({ discipline }) => discipline);
    const absent = required.filter((discipline) => isAbsent(scene, discipline));
    return {
      attended: required.filter((discipline) => !absent.includes(discipline)),
      absent: absent.map((discipline) => ({ discipline, reason: 'unavailable' })),
      services: ['education', 'basic-needs'],
    };
  },
  'settle-interview': ({ act, step }) =>
    act === 'decline' ? { answer: 'child-declined' } : { answer: 'scheduled', scheduledFor: step.due },
  'record-disposition': (scene) => ({
    disposition: isConfirmed(scene) ? 'substantiated' : 'not-substantiated',
    reasonableCause: isConfirmed(scene) ? 'yes' : 'no',
  }),
  'record-reasonable-cause': (scene) => ({ reasonableCause: isConfirmed(scene) ? 'yes' : 'no' }),
  'answer-duplicate': () => ({ answer: 'not-a-duplicate' }),
  'decline-linkage': () => ({ reasonCode: 'child-declined', reason: written }),
  'confirm-routing': () => ({ office: 'HARTFORD', team: 'MDT-HARTFORD' }),
  'answer-seat': (scene, { discipline }) =>
    isAbsent(scene, String(discipline)) ? { answer: 'declined', reasonCode: 'workload' } : { answer: 'accepted' },
  'sign-confidentiality': () => ({ conflict: 'no' }),
  'explain-miss': () => ({ reasonCode: 'staffing', willBeKept: true }),
};

/** What stands in fields that many commands have. */
const inFields: Readonly<Record<string, string>> = {
  personReached: desk,
  prosecutorReached: 'The office of the demo',
  method: 'phone',
  mailNumber: 'DEMO-3',
  agencyReference: 'DEMO-1',
  caseReference: 'DEMO-2',
};

/** The act that this demo prefers: a "no" where people may say one, else the usual one. */
const chosenOf = ({ acts }: StepView, act: Act): ActView | undefined =>
  (act === 'decline'
    ? acts.find(
        ({ command, input }) =>
          input.consent === 'refused' ||
          // Of a child who may be under 13, a no to the acute exam is no decision.
          (command === 'decline-linkage' && input.service !== 'medical-acute-forensic'),
      )
    : undefined) ?? acts[0];

/** The input of an act. `listed` asks the API for the first id that a field takes. */
async function inputOf(
  { command, input, fields }: ActView,
  scene: Scene,
  listed: (address: string) => Promise<string>,
): Promise<object> {
  const known: Readonly<Record<string, unknown>> = { ...values[command]?.(scene, input), ...input };
  const asked = fields.filter(({ name, required }) => !(name in known) && (required || name === 'advice'));
  const filled = await Promise.all(
    asked.map(async ({ name, choices, listedAt }) => [
      name,
      inFields[name] ?? (listedAt === undefined ? undefined : await listed(listedAt)) ?? choices?.[0] ?? written,
    ]),
  );
  return { ...known, ...Object.fromEntries(filled) };
}

const hours = 3_600_000;

/** The deadlines that a screening keeps. */
const screens = new Set(['D9', 'D13', 'D28']);

/** When the act comes: after a third of the time, or a third of it late, two days at most. */
function plannedFor({ start, due }: DeadlineView, act: Act): number {
  const span = Math.max(0, Date.parse(due) - Date.parse(start));
  return act === 'late' ? Date.parse(due) + Math.min(span / 3, 48 * hours) + 1000 : Date.parse(start) + span / 3;
}

/** What a person will do. It is a step that the API gives them then, or an act without a step. */
interface Planned {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who may do it, in order: the first who gets the step from the API does it. */
  readonly by: readonly Who[];
  readonly name: string;
  readonly does: { readonly step: (step: StepView) => boolean } | { readonly command: string; readonly input: object };
}

const hasAct =
  (command: string, fixed: Readonly<Record<string, unknown>> = {}) =>
  ({ acts }: StepView): boolean =>
    acts.some(
      (each) =>
        each.command === command && Object.entries(fixed).every(([field, value]) => each.input[field] === value),
    );

/** Who is asked for a deadline first. Then anyone who works on the referral. */
function askedFor({ waitsOn, subject }: DeadlineView, { roles }: PeopleView): readonly Who[] {
  const first = waitsOn
    .filter((who) => who !== 'seats')
    .map((who) => (who === 'provider' ? `provider:${subject}` : who));
  return [...new Set([...first, ...roles.map(({ role }) => role)])];
}

/** What people do without a deadline. `now` is in epoch milliseconds. */
function unasked(view: ReferralView, act: Act, now: number, since: number): readonly Planned[] {
  const planned: Planned[] = [];
  const soon = now + 2 * hours;
  const plan = (at: number, who: Who, name: string, does: Planned['does']) =>
    planned.push({ at, by: [who], name, does });
  if (view.missing) {
    plan(Math.max(now, since + 20 * hours), 'caseworker', 'return', { command: 'record-return', input: {} });
  }
  // The person who began the response and made a plan knows what the report left open.
  const isSafe = view.deadlines.some(({ rule, status }) => rule === 'D21' && status === 'kept');
  if (act === 'on-time' && isSafe && view.danger === 'unknown' && view.lowering === undefined) {
    plan(now, 'caseworker', 'danger', { command: 'assess-danger', input: { danger: 'no', reason: written } });
  }
  if (view.routing === undefined && view.stage === 'open') {
    plan(soon, 'careline-supervisor', 'routing', { step: hasAct('confirm-routing') });
  }
  for (const { discipline, personId, answer, answeredBy = personId } of view.seats) {
    const who = `seat:${discipline}`;
    if (answer === undefined && view.meetings.length === 0) {
      plan(soon, who, `answer ${who}`, { step: hasAct('answer-seat', { discipline }) });
    }
    if (answer === 'accepted' && view.confidentialityAgreements[answeredBy] === undefined) {
      plan(now, who, `sign ${who}`, { step: hasAct('sign-confidentiality') });
    }
  }
  if (view.liaison !== undefined && view.liaisonAcceptedAt === undefined && view.stage === 'open') {
    plan(soon, 'hart-liaison', 'accept the assignment', { step: hasAct('accept-assignment') });
  }
  // A provider in good time answers the referral before it starts the service.
  for (const { service, status, suspended } of Object.values(view.linkages)) {
    if (act !== 'on-time' || status !== 'offered' || suspended) continue;
    plan(soon, `provider:${service}`, `answer ${service}`, { step: hasAct('accept-linkage', { service }) });
  }
  for (const { id, rule, owesExplanation, explanation, countersignedBy } of view.deadlines) {
    if (!owesExplanation) continue;
    if (explanation === undefined) {
      const careline = ['D1', 'D2', 'D3', 'D4', 'D31'].includes(rule);
      plan(soon, careline ? 'careline-worker' : 'caseworker', `explain ${id}`, {
        step: hasAct('explain-miss', { deadlineId: id }),
      });
    } else if (countersignedBy === undefined) {
      plan(soon, 'area-director', `countersign ${id}`, { step: hasAct('countersign-miss', { deadlineId: id }) });
    }
  }
  return planned;
}

export interface PlayOptions {
  readonly api: Api;
  readonly clock: Pick<MovableClock, 'now' | 'advance'>;
  readonly act: Act;
  /** Addresses whose mail comes back, in lower case. Their owners do not act, and the next person does. */
  readonly gone?: ReadonlySet<string>;
  readonly onProgress: (now: number, done: number) => void;
}

/** An act or a reading that was refused, which the timeline would not show. */
export interface RefusedAct {
  readonly at: string;
  readonly email: string;
  /** The command, or `read` where the person is not shown the referral. */
  readonly command: string;
  readonly sentence: string;
}

/** In days. The sample shifts of the demo cover them and two days more, so no mail says that they run out. */
export const longestPlayDays = 60;
const longestPlay = longestPlayDays * 24 * hours;

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
  const listed = asked((address) => api.firstListed(watcher, address));
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
    const plans: (Planned & { readonly id: string; readonly mark: string; readonly people: PeopleView })[] = [];
    for (const id of act === 'never' ? [] : referralIds) {
      const { view, people } = await watch(id);
      const missingSince = view.deadlines.find(({ rule }) => rule === 'D12a')?.start;
      const since = missingSince === undefined ? started : Date.parse(missingSince);
      const kept = view.deadlines
        // What is due after the play, such as what became of a service, is left open.
        .filter(({ status, due }) => status === 'open' && Date.parse(due) <= end)
        // A lower outcome waits for the second person and is not proposed again.
        .filter(({ rule }) => view.downgrade === undefined || !screens.has(rule))
        .map(
          (deadline): Planned => ({
            at: plannedFor(deadline, act),
            by: askedFor(deadline, people),
            name: deadline.id,
            does: {
              step: (step) =>
                step.deadlineId === deadline.id &&
                // A provider who cannot accept yet waits for the consent that staff record.
                (act === 'decline' || step.acts.some(({ command }) => command !== 'decline-linkage')),
            },
          }),
        );
      for (const planned of [...unasked(view, act, clock.now(), since), ...kept]) {
        plans.push({ ...planned, id, people, mark: `${id} ${view.seq} ${planned.name}` });
      }
    }

    const next = plans
      .filter(({ mark }) => !tried.has(mark))
      .reduce<(typeof plans)[number] | undefined>((one, other) => (one && one.at <= other.at ? one : other), undefined);
    if (!next || next.at > end) {
      if (plans.length > 0 || act === 'never') await clock.advance(Math.max(0, end - clock.now()));
      return refused;
    }
    await clock.advance(Math.max(0, next.at - clock.now()));
    tried.add(next.mark);
    await doNext(next);
    await clock.advance(0);
  }

  /**
   * The first person who may does it. A person who does not get the step from the API does nothing, and the next is
   * asked. Each refusal is told at the end.
   */
  async function doNext({ by, does, id, people }: Planned & { readonly id: string; readonly people: PeopleView }) {
    const emails = [...new Set(by.map((who) => emailOf(people, who)).filter((email) => email !== undefined))];
    for (const email of emails) {
      const told = (command: string) => (error: unknown) => {
        if (!(error instanceof ApiRefusal)) throw error;
        refused.push({ at: new Date(clock.now()).toISOString(), email, command, sentence: error.message });
        return undefined;
      };
      const deed = 'step' in does ? await deedOf(email, id, does.step, people).catch(told('read')) : does;
      if (!deed) continue;
      await api.command(email, id, deed.command, deed.input).catch(told(deed.command));
      return;
    }
  }

  /** What this person does for the step. Undefined where the API does not give it to them. */
  async function deedOf(email: string, id: string, isIt: (step: StepView) => boolean, people: PeopleView) {
    const view = await api.referral(email, id);
    const step = view.nextSteps.find(isIt);
    const chosen = step && chosenOf(step, act);
    if (!step || !chosen) return undefined;
    const personId = (role: string) => people.roles.find((each) => each.role === role)?.people[0]?.id ?? 'NO-ONE';
    return { command: chosen.command, input: await inputOf(chosen, { view, step, act, personId }, listed) };
  }
}
