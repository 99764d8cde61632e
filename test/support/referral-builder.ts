/**
 * One referral in memory, for tests. People do commands, steps run and time passes. Each accepted decision is a commit
 * as the ledger would hold it. `run()` starts the two workflows as they are written in `workflows`, without any AWS.
 */
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { ringingIn } from '../../shared/domain/alerts/alarms.ts';
import { conditionsOfClosure } from '../../shared/domain/closure/conditions-of-closure.ts';
import { type CommandName, commandNamed, decide, mayDo } from '../../shared/domain/commands.ts';
import type { Lookups } from '../../shared/domain/core/command-lookups.ts';
import type { Actor } from '../../shared/domain/core/commit-head.ts';
import { beginDecision, type Decision } from '../../shared/domain/core/decision.ts';
import type { Person } from '../../shared/domain/core/person.ts';
import { isRefusal, type Refusal } from '../../shared/domain/core/refusal.ts';
import {
  type Discipline,
  disciplines,
  indicatorChecklist,
  indicatorTopics,
  type Role,
  roles,
} from '../../shared/domain/core/vocabulary.ts';
import { dutiesOf } from '../../shared/domain/deadlines/deadline-runs.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { type Event, type EventOf, type EventType, event, readEvent } from '../../shared/domain/events.ts';
import { type FoldedCommit, fold } from '../../shared/domain/fold.ts';
import { openingEvents } from '../../shared/domain/intake/opening.ts';
import type { Place } from '../../shared/domain/intake/places.ts';
import { type AgeFacts, childCodes, reportCodes } from '../../shared/domain/intake/report-facts.ts';
import { type Answer, answerTo, needsNewGeneration } from '../../shared/domain/pathway/runs.ts';
import * as steps from '../../shared/domain/pathway/steps.ts';
import { ageOn, newYorkDate, noticeAhead } from '../../shared/domain/policy/due.ts';
import { type Policy, releaseOf } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { freezeAgenda } from '../../shared/domain/review/agenda.ts';
import { adoptClocks } from '../../shared/domain/same-child/adopted-clocks.ts';
import { tellOfMatch } from '../../shared/domain/same-child/matches.ts';
import type { Member } from '../../shared/domain/team/roster.ts';
import { tellOfSeatsNotReached } from '../../shared/domain/team/seat-reach.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { findPlace } from '../../shared/policy/places/routing.ts';
import { type Run, startOf, walk } from './workflow-walker.ts';

type ChildCodes = z.input<typeof childCodes>;
type ReportCodes = z.input<typeof reportCodes>;

/** What a story says of the report, each in one word. The rest is unknown, and the child is in danger. */
export interface Told extends Partial<ChildCodes>, ReportCodes {
  readonly receivedAt?: string;
  /** When it was entered, where that is later. */
  readonly recordedAt?: string;
  /** Years on the day of the report. */
  readonly age?: number;
  /** Years that the reporter guessed. */
  readonly guessedAge?: number;
  /** In the vault, as the step of the proposal reads it. */
  readonly birthDate?: string;
  /** The other children of the report. */
  readonly siblings?: readonly string[];
  /** Other referrals that may be about the same child. */
  readonly candidates?: readonly string[];
  /** The team of the town, or none where it is unknown. */
  readonly team?: string | 'none';
  /** Seats without a person in the directory. */
  readonly vacant?: readonly Discipline[];
  /** What the other referrals have otherwise than this one; without, they know the same. */
  readonly there?: Partial<Referral>;
  /** The rules of another place; without, those of Connecticut. */
  readonly policy?: Policy;
}

export const referralId = 'CR-7F3KD-9QXMT2';

/** The checklist of a complete screening that finds nothing. */
export const noToAll = Object.fromEntries(indicatorTopics.map((topic) => [topic, 'no']));

/** The longest wait of the definitions, 30 days. */
const longestWait = 30 * 86_400_000;

/** A Monday morning, 10:00 in New York. */
export const monday = '2026-11-09T15:00:00.000Z';

/** What the directory holds of a team: a member and a deputy for each seat. */
export const memberOf = (discipline: Discipline) => ({
  discipline,
  personId: `MEMBER-${discipline.toUpperCase()}`,
  deputyId: `DEPUTY-${discipline.toUpperCase()}`,
});

/**
 * `hart-lead`, or `hart-lead/2` for another one. `seat:medical` is a seat, `contact:PV-1` the provider's person.
 * `caseworker for hart-lead` does the work of a lead on leave.
 */
export function personOf(as: string): Person {
  const [delegate = '', principal] = as.split(' for ');
  if (principal !== undefined) {
    const { id: onBehalfOf, roles } = personOf(principal);
    return { id: personOf(delegate).id, roles, onBehalfOf };
  }
  const [kind = '', name = ''] = as.split(':');
  if (kind === 'deputy') return { id: memberOf(name as Discipline).deputyId, roles: ['mdt-member'] };
  if (kind === 'seat') return { id: memberOf(name as Discipline).personId, roles: ['mdt-member'] };
  if (kind === 'contact') return { id: `${name}.CONTACT`, roles: ['provider'] };
  return { id: as.toUpperCase().replace('/', '.'), roles: [as.split('/')[0] as Role] };
}

const isText = (schema: unknown): boolean => {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return (inner as z.ZodType).meta()?.vault === true;
};

/** The codes of a town's office, district and team. */
export const routingTo = (team: string) => ({
  town: 'Hartford',
  region: 4,
  office: 'HARTFORD',
  judicialDistrict: 'Hartford',
  team,
});

/** Where a story stands: all that changes as it goes on. */
interface Standing {
  readonly policy: Policy;
  readonly born: string | undefined;
  readonly members: readonly Member[];
  readonly now: string;
  readonly texts: number;
  readonly running: boolean;
  readonly answering: boolean;
  readonly others: Referral['stage'];
  readonly referralRun: Run | undefined;
  readonly waitsSince: string;
  readonly deadlineRuns: ReadonlyMap<string, Run>;
  readonly commits: readonly FoldedCommit[];
  readonly state: Referral;
}

/** `from`: where another story stands, to go on from there. */
export function referral(told: Told = {}, from?: Standing) {
  const { receivedAt = monday, recordedAt = receivedAt, age, candidates = [], team = 'MDT-HARTFORD' } = told;
  const { vacant = [], policy: opening = connecticut20261 } = told;
  let policy = from?.policy ?? opening;
  /** Where a story gives the age alone, the birthday is in January. The age holds from then to the year's end. */
  let born =
    from?.born ?? told.birthDate ?? (age === undefined ? undefined : `${Number(receivedAt.slice(0, 4)) - age}-01-02`);
  let members: readonly Member[] =
    from?.members ?? disciplines.filter((discipline) => !vacant.includes(discipline)).map(memberOf);
  let now = from?.now ?? recordedAt;
  let texts = from?.texts ?? 1;
  let running = from?.running ?? false;
  let answering = from?.answering ?? false;
  let others: Referral['stage'] = from?.others ?? 'open';
  let referralRun = from?.referralRun && { ...from.referralRun };
  /** When the referral's run began the wait that it is in. */
  let waitsSince = from?.waitsSince ?? recordedAt;
  // A run changes as it goes on, so each story has its own.
  const deadlineRuns = new Map([...(from?.deadlineRuns ?? [])].map(([id, run]) => [id, { ...run }]));
  const commits = [...(from?.commits ?? [])];
  const text = () => {
    texts += 1;
    return `${referralId}.T${texts}`;
  };
  const opened = event('referral-opened', {
    reportId: 'RP-7F3KD-9QXMT2',
    siblings: [...(told.siblings ?? [])],
    receivedAt,
    recordedAt,
    report: reportCodes.parse(pick(told, reportCodes)),
    child: {
      ...childCodes.parse({ danger: 'yes', lastAssaultAt: 'none-known', ...pick(told, childCodes) }),
      age: ageOf(age, told.guessedAge),
      indicatorChecklist,
    },
    ...(team !== 'none' && { routing: { ...routingTo(team), confirmed: true } }),
    texts: { narrative: `${referralId}.T1` },
  });
  const sender = { kind: 'function', id: 'OPEN-REFERRAL' } as const;
  let state =
    from?.state ??
    commit(
      sender,
      openingEvents({ referralId, opened }, { now, policy, actor: sender }, (error) => {
        throw error;
      }),
    );

  /** Through JSON and back, as the ledger stores it: what cannot be read again is no event. */
  function commit(actor: Actor, events: readonly Event[], onBehalfOf?: string): Referral {
    const stored = events.map((each) => readEvent(JSON.parse(JSON.stringify(each))));
    const next: FoldedCommit = { seq: commits.length + 1, at: now, actor, onBehalfOf, events: stored };
    const folded = fold(referralId, [next], commits.length === 0 ? undefined : state);
    if (!folded) throw new Error('A commit left no referral.');
    commits.push(next);
    policy = releaseOf(opening, folded.policy ?? '') ?? opening;
    return folded;
  }

  function append(actor: Actor, events: readonly Event[], onBehalfOf?: string): readonly Event[] {
    if (events.length > 0) state = commit(actor, events, onBehalfOf);
    return events;
  }

  const stepNames: Readonly<Record<string, (decision: Decision) => void>> = {
    AskSameChild: (decision) => steps.askSameChild(decision, candidates),
    ProposeEligibility: (decision) => steps.propose(decision, born),
    DrawRoster: (decision) => steps.drawRoster(decision, decision.state().places.routing?.team, members),
    InviteMdt: steps.inviteMdt,
    OpenServices: steps.openServices,
    OpenPreventionServices: steps.openPreventionServices,
    OpenRescreening: steps.openRescreening,
    OpenSignOff: steps.openSignOff,
    OpenClosure: steps.openClosure,
  };

  function take(name: string, runId = ''): { readonly answer: Answer; readonly events: readonly Event[] } {
    const actor = { kind: 'function', id: name.toUpperCase() } as const;
    const decision = beginDecision(state, { now, policy, actor });
    const step = stepNames[name];
    if (name !== 'RaiseCheckpoint' && !step) throw new Error(`No step is called ${name}.`);
    if (step) step(decision);
    else steps.raiseCheckpoint(decision, runId);
    const events = append(actor, decision.events());
    const answer = !step
      ? steps.checkpointOutcome(state, runId, policy)
      : name === 'ProposeEligibility'
        ? steps.proposalOutcome(state, born, now)
        : steps.stepOutcome(state);
    return { answer, events };
  }

  function answer(run: Run): Answer | undefined {
    const { wait } = run;
    if (needsNewGeneration(state, wait, now)) {
      const handed = { run: wait.run === 'deadline' ? wait.runId : referralId, generation: wait.generation };
      append({ kind: 'function', id: 'AWAIT-PERSON' }, [event('run-handed-over', handed)]);
    }
    return answerTo(state, wait, policy);
  }

  function advance(run: Run): void {
    let entersAnew = run.timedOut;
    const task = (name: string, id?: string) => {
      entersAnew = true;
      return take(name, id).answer;
    };
    walk(run, { task, answer });
    if (run.wait.run === 'referral' && entersAnew) waitsSince = now;
  }

  /** Starts what the fold says is due, and lets every run go on as far as it can. */
  function settle(): void {
    for (let before = -1; running && before !== commits.length; ) {
      before = commits.length;
      if (referralRun?.wait.generation !== state.generation) referralRun = startOf({ run: 'referral', now, state });
      advance(referralRun);
      for (const { id, generation } of Object.values(state.runs)) {
        const run = deadlineRuns.get(id);
        const duties = dutiesOf(state, id);
        // What a run is told depends on nothing but its deadlines, and on danger.
        const isSeen =
          run?.seen.length === duties.length &&
          duties.every((deadline, index) => run.seen[index] === deadline) &&
          run.seenIn === state.response.danger;
        if (isSeen && run.wait.generation === generation) continue;
        const current =
          run?.wait.generation === generation ? run : startOf({ run: 'deadline', now, state, runId: id, policy });
        deadlineRuns.set(id, current);
        advance(current);
        current.seen = dutiesOf(state, id);
        current.seenIn = state.response.danger;
      }
    }
    if (answering && running && ringingIn(state).length > 0) ask('answer-alarm', {}, 'careline-manager');
  }

  const nextDue = () =>
    [...deadlineRuns.values()]
      .filter((run) => !run.done && run.checkpointAt !== undefined)
      .sort((one, other) => Date.parse(one.checkpointAt ?? '') - Date.parse(other.checkpointAt ?? ''))[0];

  /** The run whose wait ends next, and when: a deadline's at its checkpoint, the referral's after the longest wait. */
  function nextWake(): { readonly run: Run; readonly wakes: string } | undefined {
    const due = nextDue();
    const longest = referralRun?.askAgainAt ?? new Date(Date.parse(waitsSince) + longestWait).toISOString();
    const isFirst = due?.checkpointAt === undefined || Date.parse(longest) < Date.parse(due.checkpointAt);
    if (referralRun && !referralRun.done && isFirst) return { run: referralRun, wakes: longest };
    return due?.checkpointAt === undefined ? undefined : { run: due, wakes: due.checkpointAt };
  }

  function at(instant: string): void {
    if (Date.parse(instant) < Date.parse(now)) throw new Error(`${instant} lies before ${now}.`);
    for (let wake = nextWake(); running && wake; wake = nextWake()) {
      const { run, wakes } = wake;
      if (Date.parse(wakes) > Date.parse(instant)) break;
      now = Date.parse(wakes) > Date.parse(now) ? new Date(wakes).toISOString() : now;
      run.timedOut = true;
      advance(run);
      settle();
    }
    now = new Date(instant).toISOString();
  }

  /** `seen`: the referral as the person read it, by default as it is. */
  function ask(name: CommandName, input: object, as?: string, seen = state): readonly Event[] | Refusal {
    const { roles, input: schema } = commandNamed(name);
    const person = personOf(as ?? roles[0] ?? '');
    if (!mayDo(name, person)) throw new Error(`${person.id} may not do ${name}.`);
    const shape: Readonly<Record<string, unknown>> = schema.shape;
    const written = Object.keys(shape).filter((field) => isText(shape[field]));
    const filled = Object.fromEntries(
      written.filter((field) => !(shape[field] instanceof z.ZodOptional)).map((field) => [field, 'In her own words.']),
    );
    const coded: Record<string, unknown> = { ...schema.parse({ ...filled, ...input }) };
    for (const field of written) if (coded[field] !== undefined) coded[field] = text();
    const given = typeof coded.birthDate === 'string' ? coded.birthDate : undefined;
    if (typeof coded.birthDate === 'string') coded.birthDate = String(ageOn(coded.birthDate, receivedAt));
    const providerId = coded.providerId;
    const { agencyId, personId, consultedId, of, forPeople, place, townId } = coded as Record<string, unknown>;
    const isKnown = ![agencyId, personId, consultedId].includes('NO-ONE');
    const lookups: Partial<Lookups> = {
      ...(typeof townId === 'string' && {
        place: findPlace(state.child, place as Place, townId, newYorkDate(state.report.receivedAt)),
      }),
      provider: {
        contactId: typeof providerId === 'string' && providerId !== 'NO-ONE' ? `${providerId}.CONTACT` : undefined,
      },
      placeAsk: {
        contactId: typeof providerId === 'string' && providerId !== 'NO-ONE' ? `${providerId}.CONTACT` : undefined,
        ask: `PQ-${(state.needs?.places.length ?? 0) + 1}`,
      },
      listing: { fitting: [] },
      agency: { isKnown },
      callee: {
        isKnown,
        isListed: agencyId !== undefined,
        roles: personId === undefined ? [] : rolesOfId(String(personId)),
      },
      liaison: { isKnown },
      counsel: { isKnown },
      member: {
        isKnown,
        isOfDiscipline: !/^(?:MEMBER|DEPUTY)-/.test(String(personId)) || String(personId).endsWith(disciplineOf(coded)),
      },
      ...(Array.isArray(forPeople) && {
        named: forPeople.map((id) => ({ id: String(id), roles: ['careline-supervisor' as const] })),
      }),
      otherReferral: { other: of === 'CR-NOPE' ? undefined : { ...state, stage: others, ...told.there } },
      merged: {},
      mergeTarget: { heldThere: false, isReadThere: true },
      writtenAs: [],
      ...(given !== undefined && { plan: { day: noticeAhead(given, now, policy.calendar) } }),
      reporter: { hasReporter: true },
      supervisor: {
        hasAccess: false,
        supervisorId: undefined,
        duties: person.roles.map((role) => ({ role, scope: 'state' })),
      },
      supervision: {
        reviews: (state.access.emergencyAccesses ?? []).map((_, index) => ({
          use: index + 1,
          personId: person.onBehalfOf ?? person.id,
        })),
      },
    };
    const decision = decide(state, name, coded, { now, policy, person, lookups, seen });
    if (!isRefusal(decision)) {
      born = given ?? born;
      append({ kind: 'person', id: person.id }, decision, person.onBehalfOf);
      settle();
    }
    return decision;
  }

  const story = {
    /** The rules it is under now. */
    get policy() {
      return policy;
    },
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    commits: commits as readonly FoldedCommit[],
    events: () => commits.flatMap(({ events }) => events),
    /** Every event of this type, oldest first. */
    all: <Type extends EventType>(type: Type) =>
      commits.flatMap(({ events }) => events).filter((each): each is Event & EventOf<Type> => each.type === type),
    told,
    /** Where it stands now, for another story that goes on from here. */
    standing: (): Standing => ({
      policy,
      born,
      members,
      now,
      texts,
      running,
      answering,
      others,
      referralRun,
      waitsSince,
      deadlineRuns,
      commits,
      state,
    }),
    /** Starts both workflows; from here on they follow whatever happens. */
    run() {
      running = true;
      settle();
      return story;
    },
    /** From here on a manager of the Careline answers every alarm at once, as supervisors may. */
    answers() {
      answering = true;
      settle();
      return story;
    },
    /** Does a command as the door would: `as` has its role, by default the first that may. Throws where it is refused. */
    do(name: CommandName, input: object = {}, as?: string) {
      const decision = ask(name, input, as);
      if (isRefusal(decision)) throw new Error(`${name} was refused: ${decision.sentence}`);
      return story;
    },
    /** Every other referral that an act names stands there from now on. */
    othersAre(stage: Referral['stage']) {
      others = stage;
      return story;
    },
    ask,
    /** The code of the refusal, or "accepted". */
    refused(name: CommandName, input: object = {}, as?: string): string {
      const decision = ask(name, input, as);
      return isRefusal(decision) ? decision.refused : 'accepted';
    },
    /** Runs one step by the name of its state and gives the events it added. */
    step: (name: string, runId?: string) => take(name, runId).events,
    at(instant: string) {
      at(instant);
      return story;
    },
    /** Lets a time pass, such as `PT12H` or `P3D`, raising what falls due on the way. */
    after(duration: string) {
      at(new Date(Date.parse(now) + Temporal.Duration.from(duration).total({ unit: 'milliseconds' })).toISOString());
      return story;
    },
    /** The run ends without having answered; the next generation starts. */
    lose(run: string) {
      const generation = run === referralId ? state.generation : (state.runs[run]?.generation ?? 1);
      append({ kind: 'function', id: 'REACT' }, [event('run-lost', { run, generation })]);
      settle();
      return story;
    },
    /** Another referral is found to be like this one, which is sealed. */
    matches(of: string) {
      const decision = beginDecision(state, { now, policy, actor: { kind: 'function', id: 'COMPARE' } });
      tellOfMatch(decision, of, 0.9);
      append({ kind: 'function', id: 'COMPARE' }, decision.events());
      return story;
    },
    /** Another referral of the same child is being merged into this one. By default it knows and asks for the same. */
    takesIn(from: Partial<Referral> = {}, isSameReport = false) {
      const decision = beginDecision(state, { now, policy, actor: { kind: 'person', id: 'CARELINE-WORKER' } });
      adoptClocks(decision, { ...state, ...from, id: 'CR-3KT8P-BMNPNT' }, isSameReport);
      append({ kind: 'person', id: 'CARELINE-WORKER' }, decision.events());
      settle();
      return story;
    },
    /** The sweep looks for seats that no invitation reached. */
    looksAtSeats() {
      const decision = beginDecision(state, { now, policy, actor: { kind: 'function', id: 'SWEEP' } });
      tellOfSeatsNotReached(decision);
      append({ kind: 'function', id: 'SWEEP' }, decision.events());
      settle();
      return story;
    },
    /** The sweep looks whether the agenda of the meeting is to be frozen. */
    looksAtAgenda() {
      const decision = beginDecision(state, { now, policy, actor: { kind: 'function', id: 'SWEEP' } });
      freezeAgenda(decision);
      append({ kind: 'function', id: 'SWEEP' }, decision.events());
      settle();
      return story;
    },
    /** The directory has this person from now on; of a discipline alone, the one who is meant by it here. */
    appoint(member: Discipline | Member) {
      members = [...members, typeof member === 'string' ? memberOf(member) : member];
      return story;
    },
    /** Tells every seat by phone that was not told yet. */
    tellTeam() {
      for (const { discipline } of state.team.seats.filter(({ informedAt }) => informedAt === undefined))
        story.do('inform-seat', { discipline });
      return story;
    },
    /** Records an outcome; before "not-indicated", the checklist it follows. */
    screen(outcome: string, as?: string) {
      if (outcome === 'not-indicated' && !isAnswered(state)) story.do('answer-checklist', { answers: noToAll }, as);
      return story.do('screen', { outcome, ...(outcome === 'confirmed' && { definitionBasis: 'tvpa' }) }, as);
    },
    /** The latest deadline of a rule. Throws where there is none. */
    deadline(rule: string): Deadline {
      const found = Object.values(state.deadlines).findLast((deadline) => deadline.rule === rule);
      if (!found) throw new Error(`No deadline ${rule} was opened.`);
      return found;
    },
    /** The latest deadline of a rule that the fact is about: of several, the one of its service or discipline. */
    about: (rule: string, fact: string): Deadline =>
      Object.values(state.deadlines).findLast(
        (deadline) => deadline.rule === rule && deadline.subject !== undefined && fact.endsWith(`-${deadline.subject}`),
      ) ?? story.deadline(rule),
    /** The rules of the open deadlines, in order of opening. */
    open: () =>
      Object.values(state.deadlines)
        .filter(({ status }) => status === 'open')
        .map(({ rule }) => rule),
    /** What still stands in the way of closing. */
    unmet: () => conditionsOfClosure(state, policy),
    /** Where the referral's run stands: the name of its state. */
    standsAt: () => referralRun?.at,
    waitOf: (run: string) => (run === referralId ? referralRun?.wait : deadlineRuns.get(run)?.wait),
  };
  return story;
}

/** The role that is in the id of `personOf`: `AREA-ONCALL.2` → `area-oncall`. */
const rolesOfId = (id: string): readonly Role[] => roles.filter((role) => id.split('.')[0] === role.toUpperCase());

/** Of the seat that a command is about, as the ids of the members end. */
const disciplineOf = ({ discipline }: Record<string, unknown>) => `-${String(discipline).toUpperCase()}`;

const isAnswered = ({ screening: { checklist } }: Referral) =>
  checklist !== undefined && !Object.values(checklist.answers).includes('unknown');

function ageOf(years: number | undefined, guessed: number | undefined): AgeFacts {
  if (years !== undefined) return { known: 'exact', years };
  return guessed === undefined ? { known: 'unknown' } : { known: 'range', from: guessed, to: guessed, estimated: true };
}

export type Story = ReturnType<typeof referral>;

/** Another story that goes on by itself from where this one stands. */
export const fork = (story: Story): Story => referral(story.told, story.standing());

const pick = (told: Told, shape: z.ZodObject) =>
  Object.fromEntries(Object.entries(told).filter(([field]) => Object.hasOwn(shape.shape, field)));
