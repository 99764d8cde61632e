/** The people of one case: who acts when, early, late, twice, at once with another person, wrongly or never. */

import { type Visitor, visitorOf } from '../../shared/application/access/visitor.ts';
import type { CommandAnswer } from '../../shared/application/use-cases/perform-command.ts';
import { ringingIn } from '../../shared/domain/alerts/alarms.ts';
import { quietUntil } from '../../shared/domain/alerts/alert-waiting.ts';
import { type Role, releaseReasons } from '../../shared/domain/core/vocabulary.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { scopeOf } from '../../shared/domain/directory/scopes.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { liaisonAsked } from '../../shared/domain/response/liaison.ts';
import { type Dice, dice } from '../support/dice.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { type Act, keepingOf, leftUndone, reportBy, route, somethingElse, withdrawal, wrongly } from './acts.ts';
import { directory } from './directory.ts';
import type { Reader } from './reader.ts';
import { NoAnswer, type World } from './world.ts';

export interface Done {
  /** From 1, in the order in which they were done. */
  readonly number: number;
  readonly at: string;
  readonly what: string;
  readonly answer: string;
}

export interface People {
  readonly done: readonly Done[];
  /** What no retry may do: the sentences are breaches of invariant 3. */
  readonly changedAnswers: readonly string[];
  /** Messages that left a door. */
  readonly said: readonly string[];
  stop(): void;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The person that `by` of an act leads to. `which` is 0 for the person on duty, 1 for the deputy. */
export async function personBy(by: string, state: Referral, which: number): Promise<Visitor | undefined> {
  const [kind = '', name = ''] = by.split(':');
  const found = async (id: string | undefined) => {
    const person = id === undefined ? undefined : await directory.person(id);
    return person && visitorOf(person);
  };
  if (kind === 'person') return found(name);
  if (kind === 'provider')
    return found(Object.values(state.services.linkages).find(({ service }) => service === name)?.contactId);
  const role = by as Role;
  const duty = await directory.onDuty(role, scopeOf(role, state) ?? 'state');
  return found(duty[which % Math.max(1, duty.length)]?.personId);
}

export interface PeopleOptions {
  readonly world: World;
  readonly reader: Reader;
  readonly seed: string;
  /** Acts after this many are not done. */
  readonly limit: number;
  readonly days: number;
  /** All keep their duties in this manner, and do nothing else. Without it each does as the dice say. */
  readonly manner?: Manner | undefined;
}

/** How all people of a plain history keep their duties. */
export const manners = ['on-time', 'late', 'never'] as const;
export type Manner = (typeof manners)[number];

/** When people see to an open duty, as parts of its time. */
const triesOf: Readonly<Record<Manner, readonly number[]>> = {
  'on-time': [0.2, 0.35, 0.5, 0.65, 0.8, 0.95],
  late: [1.3, 1.5, 1.8, 2.2, 3, 4],
  never: [],
};

export function sendPeople({ world, reader, seed, limit, days, manner }: PeopleOptions): People {
  const { time, faults } = world;
  const done: Done[] = [];
  const changedAnswers: string[] = [];
  const said: string[] = [];
  const planned = new Set<string>();
  const starts = time.now();
  const ends = starts + days * day;
  let number = 0;
  let keys = 0;
  let stopped = false;

  const answered = (what: string, answer: CommandAnswer | { readonly kind: string }): string => {
    if ('refusal' in answer) return `refused: ${answer.refusal.refused}`;
    if ('problems' in answer) return `invalid: ${JSON.stringify(answer.problems)}`;
    if ('repeated' in answer && answer.repeated) return 'done before';
    return what === '' ? answer.kind : answer.kind;
  };

  const freshKey = () => {
    keys += 1;
    return `key ${keys}`;
  };

  /** `shown` is the number of the referral that the person read. Where it has moved on, they read it again and send it again. */
  async function submit(
    visitor: Visitor,
    { id: referralId, seq }: Referral,
    { command, input }: Act,
    key: string,
  ): Promise<string> {
    let shown = seq;
    for (let tries = 0; tries < 6; tries += 1) {
      try {
        const answer = await world.command(visitor, { referralId, name: command, input, key, seen: { shown } });
        said.push(JSON.stringify('state' in answer ? answer.kind : answer));
        if (answer.kind !== 'changed-meanwhile') return answered(command, answer);
        shown = answer.state.seq;
        await time.after(minute);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        said.push(error.message);
        await time.after(dicePeople.between(20_000, 400_000));
      }
    }
    return 'no answer';
  }

  const dicePeople: Dice = dice(`${seed}/people`);

  /** Some decisions may not be repeated by a second submission of the same key. */
  async function perform(referralId: string, act: Act): Promise<void> {
    if (stopped || number >= limit) return;
    number += 1;
    const mine = number;
    const at = time.iso();
    const state = (await reader.referral(referralId))?.state;
    const visitor = state && (await personBy(act.by, state, 0));
    if (!state || !visitor) return;
    const key = freshKey();
    const what = `${visitor.id}: ${act.command} ${JSON.stringify(act.input)}`;
    const submissions = [submit(visitor, state, act, key)];
    if (faults.happens('two-at-once', act.command)) {
      const other = await personBy(act.by, state, 1);
      if (other && other.id !== visitor.id) submissions.push(submit(other, state, act, freshKey()));
    }
    if (faults.happens('sent-twice', act.command)) submissions.push(submit(visitor, state, act, key));
    const answers = await Promise.all(submissions);
    done.push({ number: mine, at, what: `${referralId} ${what}`, answer: answers.join(' | ') });
    if (!answers[0]?.startsWith('done')) return;
    // The same again, later: the answer must be the first one's.
    if (manner !== undefined || !dicePeople.chance(0.1)) return;
    const before = (await reader.referral(referralId))?.state.seq;
    const again = await submit(visitor, state, act, key);
    const known = (await reader.commitsOf(referralId)).filter(
      ({ cause }) => cause.kind === 'command' && cause.name === act.command,
    );
    const ids = known.map(({ cause }) => (cause.kind === 'command' ? cause.id : ''));
    // Of two people at once, one may find the act done. That leaves no commit of theirs, and sent again it is found
    // done again.
    const isTheirs = known.some((commit) => commit.actor.id === visitor.id && commit.at >= at);
    if (again !== 'done before' && again !== 'no answer' && isTheirs) {
      changedAnswers.push(`${what} was answered ${answers[0]} and, sent again, ${again} (sequence ${before}).`);
    }
    if (new Set(ids).size !== ids.length) changedAnswers.push(`${what} was recorded twice.`);
  }

  const at = (instant: number, work: () => Promise<void>) => {
    if (instant >= ends) return;
    time.at(Math.max(instant, time.now() + 1000), () => void work());
  };

  function planFor(deadline: Deadline, state: Referral): void {
    const now = time.now();
    const due = Math.max(Date.parse(deadline.due), now + 60_000);
    const keep = async (wrong: boolean) => {
      const current = (await reader.referral(state.id))?.state;
      const open = current?.deadlines[deadline.id];
      if (!current || !open) return;
      const right = keepingOf(dicePeople, current, open, time.iso());
      await perform(state.id, wrong ? wrongly(dicePeople, right) : right);
    };
    if (manner !== undefined) {
      // Some duties need several acts, one after another.
      for (const part of triesOf[manner]) {
        at(now + part * dicePeople.between(0.9, 1) * (due - now), async () => {
          const open = (await reader.referral(state.id))?.state.deadlines[deadline.id];
          if (open?.status === 'open') await keep(false);
        });
      }
      return;
    }
    const way = dicePeople.weighted({ early: 50, late: 22, never: 10, twice: 8, wrongly: 10 });
    if (way === 'never') return;
    const when =
      way === 'late'
        ? due + dicePeople.between(0.02, 1.2) * Math.min(due - now, 10 * day)
        : now + dicePeople.between(0.02, 0.97) * (due - now);
    if (way === 'wrongly') at(when, () => keep(true));
    at(way === 'wrongly' ? when + 600_000 : when, () => keep(false));
    if (way === 'twice') at(when + dicePeople.between(0, 2 * hour), () => keep(false));
  }

  /** Of those who are called one answers within minutes, where they are awake: at night fewer are. */
  function planAnswer({ id, ring }: Deadline, state: Referral): void {
    const name = `${id}@${ring?.rangAt}`;
    const call = Object.values(state.alerts).findLast(
      (alert) => alert.checkpoint === 'ring' && alert.deadlineId === id,
    );
    if (planned.has(name) || !call || manner === 'never') return;
    planned.add(name);
    const isNight = quietUntil(time.iso(), connecticutPolicy) !== undefined;
    if (!dicePeople.chance(isNight ? 0.45 : 0.8)) return;
    const by = dicePeople.pick(call.to);
    if (by === undefined) return;
    at(time.now() + dicePeople.between(minute, 14 * minute), () =>
      perform(state.id, {
        by,
        ...dicePeople.pick([
          { command: 'answer-alarm', input: { deadlineId: id } },
          { command: 'answer-alarm', input: {} },
          { command: 'acknowledge-alert', input: { alertId: call.id } },
        ] as const),
      }),
    );
  }

  /** One in ten of those who answered for a child pressed by mistake, or a supervisor takes the child over. */
  function planSecondThought({ id, ring }: Deadline, state: Referral): void {
    if (!ring?.answered || manner !== undefined) return;
    const { by: holder, at: answeredAt } = ring.answered;
    const name = `${id}@had ${answeredAt}`;
    if (planned.has(name)) return;
    planned.add(name);
    if (!dicePeople.chance(0.1)) return;
    at(time.now() + dicePeople.between(minute, 40 * minute), () =>
      perform(state.id, {
        by: 'careline-supervisor',
        ...dicePeople.pick([
          { command: 'release-alarm', input: { deadlineId: id, releaseReason: dicePeople.pick(releaseReasons) } },
          { command: 'answer-alarm', input: { deadlineId: id, insteadOf: holder } },
        ] as const),
      }),
    );
  }

  /** An assigned liaison accepts within the hour. */
  function planAcceptance(state: Referral): void {
    const liaison = liaisonAsked(state);
    const name = `${state.id} accepted by ${liaison}`;
    if (liaison === undefined || manner === 'never' || planned.has(name)) return;
    planned.add(name);
    at(time.now() + 25 * minute, () =>
      perform(state.id, { by: `person:${liaison}`, command: 'accept-assignment', input: {} }),
    );
  }

  async function notice(referralId: string): Promise<void> {
    const state = (await reader.referral(referralId))?.state;
    if (!state) return;
    for (const deadline of ringingIn(state)) planAnswer(deadline, state);
    for (const deadline of openDeadlines(state)) planSecondThought(deadline, state);
    planAcceptance(state);
    for (const deadline of openDeadlines(state)) {
      const name = `${deadline.id}@${deadline.due}`;
      if (planned.has(name)) continue;
      planned.add(name);
      planFor(deadline, state);
    }
  }

  function follow(referralId: string): void {
    if (manner !== undefined) {
      // Without an office, no one there could keep anything.
      if (manner !== 'never') {
        at(time.now() + 5 * minute, async () => {
          const state = (await reader.referral(referralId))?.state;
          if (state && state.places.routing === undefined) await perform(referralId, route);
        });
      }
      return;
    }
    for (let count = dicePeople.pick([0, 2, 5, 8]); count > 0; count -= 1) {
      at(starts + dicePeople.next() ** 2 * (ends - starts), async () => {
        const state = (await reader.referral(referralId))?.state;
        if (state) await perform(referralId, somethingElse(dicePeople, state));
      });
    }
    if (dicePeople.chance(0.06)) {
      const proposed = starts + dicePeople.next() * 10 * day;
      at(proposed, () => perform(referralId, withdrawal.propose));
      at(proposed + dicePeople.between(hour, 2 * day), () => perform(referralId, withdrawal.agree));
    }
    // A diligent supervisor now and then, or no one.
    for (let visits = dicePeople.pick([0, 1, 3, 4]); visits > 0; visits -= 1) {
      at(starts + dicePeople.between(0.2, 1) * (ends - starts), async () => {
        for (let rounds = 0; rounds < 3; rounds += 1) {
          const state = (await reader.referral(referralId))?.state;
          if (!state) return;
          for (const act of leftUndone(dicePeople, state, time.iso())) await perform(referralId, act);
          await time.after(60_000);
        }
      });
    }
  }

  async function report(again: boolean): Promise<void> {
    if (number >= limit) return;
    number += 1;
    const worker = await directory.person('P-CARELINE-WORKER-1');
    if (!worker) throw new Error('The sample directory has no careline worker.');
    const input = reportBy(dicePeople, again);
    const key = freshKey();
    const mine = number;
    for (;;) {
      try {
        const answer = await world.report(visitorOf(worker), key, input);
        done.push({
          number: mine,
          at: time.iso(),
          what: `report ${JSON.stringify(input)}`,
          answer: answered('', answer),
        });
        if (answer.kind === 'taken') for (const id of answer.referralIds) follow(id);
        else said.push(JSON.stringify(answer));
        return;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        await time.after(dicePeople.between(20_000, 200_000));
      }
    }
  }

  const noticing = new Set<string>();
  world.onAppend(({ pk }) => {
    const id = pk?.S?.startsWith('referral#') ? pk.S.slice('referral#'.length) : undefined;
    if (id === undefined || noticing.has(id)) return;
    noticing.add(id);
    // Once everything of this instant is there.
    time.at(time.now(), () => {
      noticing.delete(id);
      void notice(id);
    });
  });
  const twice = manner === undefined && dicePeople.chance(0.1);
  time.at(starts, () => void report(twice));
  if (twice) time.at(starts + dicePeople.between(hour, 5 * day), () => void report(true));

  return {
    done,
    changedAnswers,
    said,
    stop() {
      stopped = true;
    },
  };
}
