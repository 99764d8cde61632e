/**
 * The ledger: chains of commits, each one DynamoDB item. Only this file adds to them. Every write needs a free place, so an
 * append is atomic and no commit is ever overwritten.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { LedgerBusy } from '../contracts/faults.ts';
import { type Agreement, allAgreements } from '../domain/agreements/agreements.ts';
import type { AlertEvent, AlertLife } from '../domain/alerts/alerts.ts';
import { type CountedMail, countedMail } from '../domain/alerts/counted-mail.ts';
import { type Door, noteOfAct } from '../domain/audit/act-log.ts';
import {
  aboutChain,
  aboutReferral,
  continued,
  type Finding,
  firstOf,
  type MadeFinding,
  mostChains,
  newFindings,
} from '../domain/audit/findings.ts';
import type { Actor } from '../domain/core/commit-head.ts';
import { coreRefusals } from '../domain/core/core-refusals.ts';
import type { Context } from '../domain/core/decision.ts';
import { isRefusal, type Refusal, refuser } from '../domain/core/refusal.ts';
import type { Span } from '../domain/core/spans.ts';
import type { confirmGrounds } from '../domain/core/vocabulary.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import type { Delegation } from '../domain/directory/delegations.ts';
import { allShifts, type Schedule, type ShiftEvent } from '../domain/directory/on-call-shifts.ts';
import { doubtRefusals } from '../domain/doubts/doubt-refusals.ts';
import { type Doubt, type DoubtEvent, type DoubtHistory, newDoubts } from '../domain/doubts/doubts.ts';
import type { ToldDraft } from '../domain/drafts/draft-news.ts';
import type { ReportDraft } from '../domain/drafts/drafts.ts';
import type { Event } from '../domain/events.ts';
import { allForums, type Forum } from '../domain/forums/forums.ts';
import { policyInForce } from '../domain/policy/in-force.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Referral } from '../domain/referral.ts';
import type { ProviderEvent, ProviderState } from '../domain/services/providers.ts';
import type { OpenGap } from '../domain/team/roster-gaps.ts';
import { allTraining, type TrainingState } from '../domain/training/training.ts';
import { allVenues, type VenueConcern } from '../domain/venues/venues.ts';
import {
  accessChain,
  accessKind,
  agreementChain,
  agreementKind,
  alertChain,
  alertKind,
  delegationChain,
  delegationKind,
  doubtChain,
  doubtKind,
  draftChain,
  draftKind,
  draftNewsChain,
  draftNewsKind,
  type FactRead,
  factReadIn,
  findingChain,
  findingKind,
  forumChain,
  forumKind,
  type Kind,
  providerChain,
  providerKind,
  referralChain,
  referralKind,
  rosterChain,
  rosterKind,
  shiftChain,
  shiftKind,
  trainingChain,
  trainingKind,
  venueChain,
  venueKind,
} from './chains.ts';
import {
  type AcceptedCommits,
  acceptedOf,
  type Cause,
  type ChainCheck,
  type Commit,
  type CommitBody,
  commitIn,
  earlierOf,
  encodeCommit,
  isAsWritten,
  noHash,
  type OutlinedRow,
  outlineOf,
  type ReadingOfCommits,
  type StoredCommit,
  sameContent,
} from './commit.ts';
import { type CommitCodes, isOfItsDay, mayWrite, writerOf } from './commit-codes.ts';
import { type CodedCommit, createCommitRows, type Inserted, type Last, storedIn } from './commit-rows.ts';
import { createFinder, createNoteFinder, createPlaceFinder, type FoundPlace } from './found-commits.ts';
import { keepLatest } from './keep-latest.ts';
import type { Code } from './process-keys.ts';
import { createReadingRoom, type FoundDoubt, type Trusting } from './reading-room.ts';
import type { DoubtLook } from './stored-doubts.ts';

/** Who changes, when (a UTC instant), and why. */
export interface CommitContext {
  readonly now: string;
  readonly actor: Actor;
  /** The id of the person on leave for whose sake a delegate acts. */
  readonly onBehalfOf?: string | undefined;
  readonly cause: Cause;
  /** Of the commit that opens a referral: when the Careline heard, an instant. It says which policy the referral is under. */
  readonly receivedAt?: string;
  /** Of the commit that records a sent mail: the mail as it is counted. It stands beside the commit, not in it. */
  readonly mail?: CountedMail;
}

export interface ReferralRead {
  readonly state: Referral;
  readonly commits: readonly Commit<Event>[];
  /** The version of the policy that it is under now. */
  readonly policy: string;
}

/** The answer of a change. `repeated`: the same command id had been carried out before, and this is the state since. */
export interface Changed {
  readonly state: Referral;
  readonly events: readonly Event[];
  readonly repeated: boolean;
}

/** Of its own sentences alone: the functions without a door carry no others. */
const refuse = refuser({ ...coreRefusals, ...doubtRefusals });

/** The answer to an act of a person on a record that is not as it was written. */
const recordInDoubt = refuse('record-in-doubt');

/** The answer to a command whose id was used before with other content. */
export const idReused = refuse('id-reused');

/**
 * `as-read`: decide on the last state that this process has read, for a caller that read it a moment ago. It saves a
 * second read and is as safe. Where another commit took the place since, the chain is read anew. It is also read anew
 * where the decision adds nothing. `as-known`: the same, and the chain counts as empty where this process has read none.
 * That is for a chain that probably has not begun.
 */
export type Reading = 'anew' | 'as-read' | 'as-known';

/**
 * Decides only where this submission comes for the first time. A repeated one decides nothing, and other content under
 * its key gives `idReused`.
 */
function once<Item, Code extends string>(
  commits: readonly Commit<unknown>[],
  { cause }: CommitContext,
  decide: () => readonly Item[] | Refusal<Code>,
): readonly Item[] | Refusal<Code | 'id-reused'> {
  const earlier = earlierOf(commits, cause);
  const isSame = earlier && sameContent(earlier.cause, cause);
  if (isSame === undefined) return decide();
  return isSame ? [] : idReused;
}

/** A cause that names no request yet names this one. That of a person names the door. */
function causeHere(cause: Cause, requestId: string | undefined, door: Door | undefined): Cause {
  if (cause.kind !== 'command' && cause.kind !== 'task') return cause;
  const request = whereKnown({ requestId: cause.requestId ?? requestId });
  return cause.kind === 'task' ? { ...cause, ...request } : { ...cause, ...request, ...whereKnown({ door }) };
}

/** What a commit at this place of a chain holds. */
const bodyOf = (
  chain: string,
  seq: number,
  { now, actor, onBehalfOf, cause }: CommitContext,
  policy: string,
  events: readonly unknown[],
): CommitBody => ({ chain, seq, at: now, actor, ...whereKnown({ onBehalfOf }), cause, policy, events: [...events] });

export type Ledger = ReturnType<typeof createLedger>;

const tries = 10;

/** Refuses an act of a person on a chain that was read so far. `now` is a UTC instant. */
type Guard<Code extends string> = (
  chain: string,
  commits: readonly Commit<unknown>[],
  now: string,
) => Promise<Refusal<Code> | undefined>;

/** A sent mail as the index has it. A note that is none is left out. */
const noted = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('This is no JSON.');
      return z.NEVER;
    }
  })
  .pipe(countedMail);

/** So many chains of findings may be damaged in a day before the alarm alone tells. */
const mostChainsOfDay = 9;

/** That a chain of the day's findings is damaged is a finding of the next one. */
const damagedOf = (day: string, number: number): readonly Finding[] =>
  number === 1 ? [] : [{ what: 'chain-broken', about: aboutReferral(aboutChain(findingChain(day)), undefined) }];

/**
 * `policyOf` gives the released policy of a version. A new referral begins under the one of `released`, oldest first, that
 * was in force when the Careline heard. `random` (0 to 1) and
 * `pause` (milliseconds) are for the jitter between two tries.
 */
export function createLedger(parts: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly policyOf: (version: string) => Policy;
  readonly released: readonly [Policy, ...Policy[]];
  readonly random: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly codes: CommitCodes;
  /** The request that this process serves now: the commits of commands and tasks name it. */
  readonly requestId?: () => string | undefined;
  /** The door that this process is: the commits of commands name it. */
  readonly door?: Door | undefined;
  /** Hears of each commit that was appended. */
  readonly onAppended?: (chain: string, seq: number) => void;
  /** Without it, each commit is read and folded anew. */
  readonly reading?: ReadingOfCommits;
}) {
  const { codes } = parts;
  const { client, table, policyOf, released, random, pause } = parts;
  const rows = createCommitRows({ client, table });
  const room = createReadingRoom({ rows, codes, reading: parts.reading });
  const { doubts } = room;
  const foundIn = createFinder({ client, table });
  const notesIn = createNoteFinder({ client, table });
  const placesIn = createPlaceFinder({ client, table });
  /** The last record of each access chain, as far as this process knows. */
  const lastAccess = new Map<string, Last>();
  /** Notes doubts of a record. The same one is noted once until a supervisor answers it. */
  const noteDoubts = (
    record: string,
    commitContext: CommitContext,
    found: readonly FoundDoubt[],
  ): Promise<DoubtHistory> =>
    room.onReadable(
      doubtChain(record),
      doubtKind,
      (chain) =>
        change<DoubtEvent, DoubtHistory, DoubtHistory>(chain, commitContext, doubtKind, (state) =>
          planned(newDoubts(state, found), commitContext),
        ),
      { goesOn: true },
    );

  /**
   * The refusal of an act of a person on a chain in doubt, as this process has read it. What this process finds by itself is
   * noted first, so that every other process knows.
   */
  async function refuseInDoubt(
    chain: string,
    commits: readonly Commit<unknown>[],
    now: string,
  ): Promise<typeof recordInDoubt | undefined> {
    const found = await room.doubtOfAct(chain, commits);
    if (found === undefined) return undefined;
    if (found !== 'open') {
      const frame = { now, actor: { kind: 'function', id: 'door' }, cause: { kind: 'delivery' } } as const;
      await noteDoubts(aboutChain(chain), frame, [found]);
      room.settle(found.chain);
    }
    return recordInDoubt;
  }

  /** A commit with its hash and its code. `vouches`: all commits before it are as they were written. */
  async function coded(content: CommitBody, prev: string, vouches = false): Promise<CodedCommit> {
    const stored = encodeCommit(content, prev);
    const code = await codes.codeOf(stored.hash, vouches ? 'vouching' : 'commit');
    return { ...stored, ...code, ...(vouches && { vouches }) };
  }

  /** Whether this function may vouch for a chain of these commits. Only a door may, where it finds each as it was written. */
  const mayVouch = async (chain: string, commits: readonly Commit<unknown>[]): Promise<boolean> =>
    codes.writesAs === 'door' &&
    (
      await room.check(
        chain,
        commits.map(({ stored }) => stored),
      )
    ).intact;

  /** Waits after a try that another commit won, longer after each. Chance keeps two from meeting again. */
  const backOff = (round: number) => pause(random() * Math.min(2000, 20 * 2 ** round));

  /**
   * Reads, decides, appends. A lost race reads and decides again. A decision without events appends nothing. Throws,
   * with nothing appended, where a later read could not read or fold the decision.
   */
  async function change<Item extends object, State, Answer>(
    chain: string,
    commitContext: CommitContext,
    kind: Kind<Item, State>,
    attempt: (
      state: State,
      commits: readonly Commit<Item>[],
    ) => { append: readonly Item[]; policy: string; answer: (state: State) => Answer } | Answer,
    reading: Reading = 'anew',
    guard?: Guard<Answer extends Refusal<infer Code> ? Code : never>,
  ): Promise<Answer> {
    const isKnown = reading === 'as-known' || (reading === 'as-read' && room.hasRead(chain));
    let lately = isKnown ? room.knownOf(chain, kind) : undefined;
    for (let round = 0; round < tries; round += 1) {
      const before = lately ?? (await room.read(chain, kind));
      const { commits, state } = before;
      const decided = attempt(state, commits);
      const isPlan = typeof decided === 'object' && decided !== null && 'append' in decided;
      // Only a free place shows that no commit came since.
      if (lately && !(isPlan && decided.append.length > 0)) {
        lately = undefined;
        continue;
      }
      if (!isPlan) return decided as Answer;
      const { append: events, policy, answer } = decided;
      if (events.length === 0) return answer(state);
      const { actor } = commitContext;
      if (!mayWrite(codes.writesAs, { chain, actor, events }))
        throw new Error('A function other than a door must not write such an event: see event-rules.ts.');
      const refusal = await guard?.(chain, commits, commitContext.now);
      if (refusal !== undefined) return refusal as Answer;
      const seq = commits.length + 1;
      const cause = causeHere(commitContext.cause, parts.requestId?.(), parts.door);
      const content = bodyOf(chain, seq, { ...commitContext, cause }, policy, events);
      const prev = commits.findLast(({ isLeftOut }) => !isLeftOut)?.stored.hash ?? noHash;
      const stored = await coded(content, prev, !before.asStored && (await mayVouch(chain, commits)));
      // An unreadable commit would stop every later reader, so it is read and folded before it is appended.
      const after = room.withOwn(before, stored, kind);
      if (
        await rows.append(
          chain,
          seq,
          stored,
          commitContext.now,
          kind.foundBy?.(
            events,
            seq,
            commitContext.now,
            { mail: commitContext.mail, act: noteOfAct(content) },
            after.state,
          ),
        )
      ) {
        room.remember(chain, after);
        parts.onAppended?.(chain, seq);
        return answer(after.state);
      }
      if (!lately) await backOff(round);
      lately = undefined;
    }
    throw new LedgerBusy('The ledger is busy with this referral: try again in a moment.');
  }

  const planned = <Item, State>(events: readonly Item[], { now }: CommitContext) => ({
    append: events,
    policy: policyInForce(released, now).version,
    answer: (after: State) => after,
  });

  /**
   * How functions change one kind of chain. `decide` gets the state, and may run several times. The answer is the state
   * afterwards.
   */
  const byFunctions =
    <Item extends object, State>(chainOf: (id: string) => string, kind: Kind<Item, State>) =>
    (
      id: string,
      commitContext: CommitContext,
      decide: (state: State) => readonly Item[],
      reading?: Reading,
    ): Promise<State> =>
      change<Item, State, State>(
        chainOf(id),
        commitContext,
        kind,
        (state) => planned(decide(state), commitContext),
        reading,
      );

  /**
   * How people change one kind of chain. `decide` gets the state and the number that its commit would have, and may run
   * several times. The answer is the state afterwards, or the refusal. A submission that comes again decides nothing,
   * and gives `id-reused` where its content is another. `guard` may refuse the act of a person before it is appended.
   */
  const byPeople =
    <Item extends object, State, Guarded extends string = never>(
      chainOf: (id: string) => string,
      kindOf: (id: string) => Kind<Item, State>,
      guard?: Guard<Guarded>,
    ) =>
    <Code extends string = never>(
      id: string,
      commitContext: CommitContext,
      decide: (state: State, number: number) => readonly Item[] | Refusal<Code>,
      reading?: Reading,
    ): Promise<State | Refusal<Code | Guarded | 'id-reused'>> =>
      change<Item, State, State | Refusal<Code | Guarded | 'id-reused'>>(
        chainOf(id),
        commitContext,
        kindOf(id),
        (state, commits) => {
          const events = once(commits, commitContext, () => decide(state, commits.length + 1));
          return isRefusal(events) ? events : planned(events, commitContext);
        },
        reading,
        commitContext.actor.kind === 'person' ? guard : undefined,
      );

  /**
   * Where the next record of reads goes. It follows a record that a function wrote. Where the last one is another, the next
   * chain goes on. A forged row must not close a child to everyone.
   */
  async function endOfAccess(first: string): Promise<{ readonly chain: string; readonly last: Last }> {
    for (let number = 1; number <= mostChains; number += 1) {
      const chain = continued(first, number);
      const known = lastAccess.get(chain);
      if (known) return { chain, last: known };
      const { stored, ...last } = await rows.last(chain);
      if (!stored || (await isAsWritten(chain, last.seq, stored, codes))) return { chain, last };
    }
    throw new LedgerBusy('The record of this access could not be written: ask the person on call for this system.');
  }

  const recordOf = (chain: string, seq: number, frame: CommitContext, read: readonly string[]) =>
    bodyOf(chain, seq, { ...frame, cause: causeHere(frame.cause, parts.requestId?.(), parts.door) }, '', [{ read }]);

  /** Appends a record of a read. The log finds it by its instant. */
  const appendRecord = async (content: CommitBody, prev: string): Promise<StoredCommit | undefined> => {
    const { chain, seq, at } = content;
    const stored = await coded(content, prev);
    const note = noteOfAct(content, true);
    const isFirst = await rows.append(chain, seq, stored, at, note === undefined ? undefined : ['act', at, note]);
    return isFirst ? stored : undefined;
  };

  /** The reads of facts that fit. A record that no function wrote is none. */
  async function provedReads(
    commits: readonly Commit<unknown>[],
    fits: (read: FactRead) => boolean,
  ): Promise<readonly FactRead[]> {
    const fitting = commits.flatMap((commit) =>
      factReadIn(commit).flatMap((read) => (fits(read) ? [{ read, commit }] : [])),
    );
    const proved = await Promise.all(
      fitting.map(({ commit: { chain, seq, stored } }) => isAsWritten(chain, seq, stored, codes)),
    );
    return fitting.filter((_, index) => proved[index]).map(({ read }) => read);
  }

  /** The recorded reads of the facts about this child that fit. A record that no function wrote is none. */
  async function factReads(
    referralId: string,
    fits: (read: FactRead) => boolean = () => true,
  ): Promise<readonly FactRead[]> {
    const { readable } = await room.chainsFrom(accessChain(referralId), accessKind);
    return provedReads(
      readable.flatMap(({ commits }) => commits),
      fits,
    );
  }

  return {
    /** The commits of any chain as they are stored now. No earlier read is trusted. */
    readAfresh: (chain: string) => rows.from(chain, 1),

    /** The rows of any chain as they are stored now, each with the place that its key says. */
    placedAfresh: (chain: string) => rows.placed(chain, 1),

    /**
     * The hash that each of these places has now, by `nameOfPlace`. A place without a row is left out. `isConsistent`: as written
     * now, at twice the price.
     */
    hashesAt: rows.hashesAt,

    /** Whether the code of this hash is of a function that writes commits. Rejects where the keys do not answer. */
    isCodeRight: async (commit: Pick<StoredCommit, 'hash' | keyof Code | 'vouches'>): Promise<boolean> =>
      (await writerOf(codes, commit)) !== undefined,

    /**
     * The first doubt of a chain, as this process has read it. A commit does not follow from the one before, has no right
     * code, or is gone. Each commit is asked about once. Undefined where none is in doubt.
     */
    firstInDoubt: (chain: string): Promise<FoundDoubt | undefined> => room.firstDoubt(chain),

    /**
     * The stored commits, read anew, and whether each is as it was written, by a function that may write it.
     * Without `trusting`, each is asked about anew too.
     */
    async readChecked(
      chain: string,
      trusting: Trusting = 'nothing',
    ): Promise<{
      readonly commits: readonly StoredCommit[];
      readonly check: ChainCheck;
      /** Names these commits, where all of them are. The next check may trust it. */
      readonly right?: AcceptedCommits;
    }> {
      const commits = await room.readAfresh(chain);
      const check = await room.check(chain, commits, trusting);
      return { commits, check, ...(check.intact && { right: acceptedOf(commits) }) };
    },

    /**
     * Whether a commit of the stream is as it was written, for chains of every kind. It reads nothing. A key
     * that this process has asked about before costs nothing more. Rejects where the keys do not answer.
     */
    isAsWritten: ({ chain, seq, item }: Inserted): Promise<boolean> => isAsWritten(chain, seq, storedIn(item), codes),

    /** Whether a commit of the stream came on the day of the key that signed it. */
    isOfItsDay: ({ item, arrivedAt }: Inserted): boolean => isOfItsDay(storedIn(item), arrivedAt),

    /** What is in doubt of a record (`aboutChain`), and the words of supervisors. */
    doubt: (record: string): Promise<Doubt> => doubts.read(record),

    noteDoubts,

    /**
     * The rows of these chains that no function wrote as they are, the last ones first. Of each chain, the last 500 rows are asked
     * about, and at most fifty are given.
     */
    async unprovedIn(
      chains: readonly string[],
    ): Promise<readonly (OutlinedRow & { readonly chain: string; readonly place: number })[]> {
      const found = await Promise.all(
        chains.map(async (chain) => {
          const last = (await rows.placed(chain, 1)).slice(-500).toReversed();
          const right = await Promise.all(last.map(({ place, stored }) => isAsWritten(chain, place, stored, codes)));
          const wrong = last.filter((_, index) => !right[index]).slice(0, 50);
          return wrong.map(({ place, stored }) => ({ chain, place, ...outlineOf(stored) }));
        }),
      );
      return found.flat();
    },

    /** What is in doubt of a record, with the name of what is stored now, for `confirmRecord`. */
    lookAtDoubt: (record: string): Promise<DoubtLook> => doubts.look(record),

    /** The refusal of an act on this referral, as this process has read it last. It is decided after access. */
    refuseInDoubt: (id: string, now: string) =>
      refuseInDoubt(referralChain(id), room.knownOf(referralChain(id), referralKind(id)).commits, now),

    /**
     * Records the word of a supervisor about what `seen` names (`lookAtDoubt`). It refuses where anything else was stored or
     * noted since.
     */
    async confirmRecord(
      record: string,
      commitContext: CommitContext,
      { seen, ground }: { readonly seen: string; readonly ground: (typeof confirmGrounds)[number] },
    ): Promise<DoubtHistory | Refusal<'not-in-doubt' | 'record-moved' | 'id-reused'>> {
      const { isOpen, chain, bases } = await doubts.toAccept(record, seen);
      const own = bases?.at(-1)?.count;
      return change<DoubtEvent, DoubtHistory, DoubtHistory | Refusal<'not-in-doubt' | 'record-moved' | 'id-reused'>>(
        chain,
        commitContext,
        doubtKind,
        (_, commits) => {
          const events = once<DoubtEvent, 'not-in-doubt' | 'record-moved'>(commits, commitContext, () => {
            if (!isOpen) return refuse('not-in-doubt');
            if (!bases || own !== commits.length) return refuse('record-moved');
            return [{ type: 'doubt-answered', v: 1, ground, accepted: [...bases] }];
          });
          return isRefusal(events) ? events : planned(events, commitContext);
        },
      );
    },

    /** The place and the hash of a referral's last commit, as it is stored now; 0 where there is none. It costs one read. */
    lastOf: (id: string): Promise<Last> => rows.last(referralChain(id)),

    /** `enough`: where this process has read so many commits before, it reads nothing now. Without, it reads what came since. */
    async referral(id: string, enough?: number): Promise<ReferralRead | undefined> {
      const { state, commits } = await room.read(referralChain(id), referralKind(id), enough);
      return state && commits[0] && { state, commits, policy: state.policy ?? commits[0].policy };
    },

    /**
     * A referral as it was after the first `count` of its commits. A consumer asks for a later place each time, so only
     * the commits in between are folded.
     */
    stateAfter: (id: string, commits: readonly Commit<Event>[], count: number): Referral | undefined =>
      room.stateAfter(referralChain(id), commits, count, referralKind(id)),

    /** `enough` as for `referral`. */
    async alert(
      id: string,
      enough?: number,
    ): Promise<{ readonly life: AlertLife; readonly commits: readonly Commit<AlertEvent>[] }> {
      const { state, commits } = await room.onReadable(alertChain(id), alertKind, (chain) =>
        room.read(chain, alertKind, enough),
      );
      return { life: state, commits };
    },

    /**
     * The only way to change a referral. `decide` gets the state (undefined before the first commit) and its policy,
     * and may run several times. A command whose id was carried out before gives the first answer. It gives `idReused`
     * where its content is known to be another.
     */
    changeReferral(
      id: string,
      commitContext: CommitContext,
      decide: (state: Referral | undefined, context: Context) => readonly Event[] | Refusal,
      reading?: Reading,
    ): Promise<Changed | Refusal | undefined> {
      return change<Event, Referral | undefined, Changed | Refusal | undefined>(
        referralChain(id),
        commitContext,
        referralKind(id),
        (state, commits) => {
          const earlier = earlierOf(commits, commitContext.cause);
          if (earlier && sameContent(earlier.cause, commitContext.cause) === false) return idReused;
          if (earlier && state) return { state, events: earlier.events, repeated: true };
          const { now, actor, receivedAt = now } = commitContext;
          const policy = commits[0]
            ? policyOf(state?.policy ?? commits[0].policy)
            : policyInForce(released, receivedAt);
          const events = decide(state, { now, actor, policy });
          if (isRefusal(events)) return events;
          const [opened] = events;
          // The commit would else name another version than the one that was in force when the Careline heard.
          if (opened?.type === 'referral-opened' && policyInForce(released, opened.receivedAt) !== policy)
            throw new Error('The context of the first commit must say when the report was received.');
          return {
            append: events,
            policy: policy.version,
            answer: (after) => after && { state: after, events, repeated: false },
          };
        },
        reading,
      );
    },

    changeAlert: (
      id: string,
      commitContext: CommitContext,
      decide: (life: AlertLife) => readonly AlertEvent[],
      reading?: Reading,
    ): Promise<AlertLife> =>
      room.onReadable(alertChain(id), alertKind, (chain) =>
        byFunctions<AlertEvent, AlertLife>(() => chain, alertKind)(id, commitContext, decide, reading),
      ),

    async provider(
      id: string,
    ): Promise<{ readonly state: ProviderState | undefined; readonly commits: readonly Commit<ProviderEvent>[] }> {
      return room.read(providerChain(id), providerKind);
    },

    /** Changes a provider's listing. The version is the number of its commits. */
    changeProvider: byPeople(providerChain, () => providerKind, refuseInDoubt),

    /** The open gaps of a team's roster. */
    roster: async (team: string): Promise<readonly OpenGap[]> => (await room.read(rosterChain(team), rosterKind)).state,

    changeRoster: byFunctions(rosterChain, rosterKind),

    /** The watchdog's findings of this day (`YYYY-MM-DD`). */
    findings: async (day: string): Promise<readonly MadeFinding[]> =>
      (await room.read(findingChain(day), findingKind)).state,

    /**
     * Adds what is new of these findings to those of the day. A chain of the day that is not as it was written may hide
     * findings. The next one (`2026-11-28.2`) has them then, and the damaged chain is a doubt of its own.
     */
    async noteFindings(day: string, commitContext: CommitContext, found: readonly Finding[]): Promise<void> {
      if (found.length === 0) return;
      for (let number = 1; number <= mostChainsOfDay; number += 1) {
        const chain = findingChain(number === 1 ? day : `${day}.${number}`);
        const { intact } = await room.check(chain, await rows.from(chain, 1));
        if (!intact) {
          await noteDoubts(aboutChain(chain), commitContext, [{ chain, cause: 'not-as-written' }]);
          continue;
        }
        await change(chain, commitContext, findingKind, (made) =>
          planned(newFindings(made, [...found, ...damagedOf(day, number)]), commitContext),
        );
        return;
      }
      throw new Error('Every chain of findings of this day is damaged.');
    },

    draft: async (id: string): Promise<ReportDraft | undefined> =>
      (await room.read(draftChain(id), draftKind(id))).state,

    /**
     * Changes a draft, or answers with the refusal. Undefined where there is none and none was begun. A doubt refuses
     * nothing here: the words of a report are kept in any case.
     */
    changeDraft: byPeople(draftChain, draftKind),

    /** The news of untouched drafts of this day (`YYYY-MM-DD`). */
    draftNews: async (day: string): Promise<readonly ToldDraft[]> =>
      (await room.read(draftNewsChain(day), draftNewsKind)).state,

    changeDraftNews: byFunctions(draftNewsChain, draftNewsKind),

    /** All delegations that this person ever gave, the number of their commits, and the instant of the last one (UTC). */
    async delegations(personId: string): Promise<{
      readonly given: readonly Delegation[];
      readonly revision: number;
      readonly lastAt?: string | undefined;
    }> {
      const { state, commits } = await room.read(delegationChain(personId), delegationKind(personId));
      return { given: state, revision: commits.length, lastAt: commits.at(-1)?.at };
    },

    /** Changes the delegations of this person, or answers with the refusal. */
    changeDelegations: byPeople(delegationChain, delegationKind, refuseInDoubt),

    /** The on-call shifts, with the commits that say who entered and changed them. */
    async shifts(): Promise<{ readonly schedule: Schedule; readonly commits: readonly Commit<ShiftEvent>[] }> {
      const { state, commits } = await room.read(shiftChain(allShifts), shiftKind);
      return { schedule: state, commits };
    },

    /** Changes the on-call shifts, or answers with the refusal. There is one chain, of `allShifts`. */
    changeShifts: byPeople(shiftChain, () => shiftKind, refuseInDoubt),

    /** Who was trained, the headcounts and the materials. */
    training: async (): Promise<TrainingState> => (await room.read(trainingChain(allTraining), trainingKind)).state,

    /** Changes what is recorded of training, or answers with the refusal. There is one chain, of `allTraining`. */
    changeTraining: byPeople(trainingChain, () => trainingKind, refuseInDoubt),
    /** All agreements, in the order in which they were first recorded. There is one chain, of `allAgreements`. */
    agreements: async (): Promise<readonly Agreement[]> =>
      (await room.read(agreementChain(allAgreements), agreementKind)).state,

    changeAgreements: byPeople(agreementChain, () => agreementKind, refuseInDoubt),

    /** All forums, with their meetings. There is one chain, of `allForums`. */
    forums: async (): Promise<readonly Forum[]> => (await room.read(forumChain(allForums), forumKind)).state,

    changeForums: byPeople(forumChain, () => forumKind, refuseInDoubt),

    /** All concerns about venues. There is one chain, of `allVenues`. */
    venues: async (): Promise<readonly VenueConcern[]> => (await room.read(venueChain(allVenues), venueKind)).state,

    changeVenues: byPeople(venueChain, () => venueKind, refuseInDoubt),

    /**
     * Records that identities are about to be read. Where it throws, they must not be read. Each record follows from the
     * one before it, so that a missing one shows.
     */
    async recordAccess(referralId: string, commitContext: CommitContext, parts: readonly string[]): Promise<void> {
      for (let round = 0; round < tries; round += 1) {
        const { chain, last } = await endOfAccess(accessChain(referralId));
        const seq = last.seq + 1;
        const stored = await appendRecord(recordOf(chain, seq, commitContext, parts), last.hash);
        if (stored) {
          keepLatest(lastAccess, chain, { seq, hash: stored.hash });
          return;
        }
        lastAccess.delete(chain);
        await backOff(round);
      }
      throw new LedgerBusy('The record of this access could not be written: try again in a moment.');
    },

    /**
     * The same for a read of the facts, once. Where a recorded read is the same by `isSame`, it records nothing. Of parallel
     * first reads, one is recorded.
     */
    async recordFactRead(
      referralId: string,
      commitContext: CommitContext,
      parts: readonly string[],
      isSame: (read: FactRead) => boolean,
    ): Promise<void> {
      for (let round = 0; round < tries; round += 1) {
        const { readable } = await room.chainsFrom(accessChain(referralId), accessKind);
        const all = readable.flatMap(({ commits }) => commits);
        if ((await provedReads(all, isSame)).length > 0) return;
        const own = readable[0];
        if (!own) break;
        const seq = own.commits.length + 1;
        const prev = own.commits.at(-1)?.stored.hash ?? noHash;
        if (await appendRecord(recordOf(own.chain, seq, commitContext, parts), prev)) return;
        await backOff(round);
      }
      throw new LedgerBusy('The record of this access could not be written: try again in a moment.');
    },

    factReads,

    /**
     * All records of reads, chain by chain, each with whether it is as it was written. Each is asked about anew. A next chain
     * counts also where the one before it is mended by now.
     */
    async accessRecords(
      referralId: string,
    ): Promise<readonly { readonly commits: readonly StoredCommit[]; readonly check: ChainCheck }[]> {
      // Each of them is read: one that was deleted hides none of those behind it.
      const chains = Array.from({ length: mostChains }, (_, index) => continued(accessChain(referralId), index + 1));
      const stored = await Promise.all(chains.map(async (chain) => ({ chain, commits: await rows.from(chain, 1) })));
      return Promise.all(
        stored
          .filter(({ commits }, index) => index === 0 || commits.length > 0)
          .map(async ({ chain, commits }) => ({ commits, check: await room.check(chain, commits, 'nothing') })),
      );
    },

    /** The referrals whose first commit is in the span, the earliest first. */
    openedIn: async (span: Span): Promise<readonly string[]> => [...(await foundIn(span, 'referral')).keys()],

    /** The places of the acts of the log in the span, with those of commits that open a referral. In no order. */
    actsIn: async (span: Span): Promise<readonly FoundPlace[]> =>
      (await Promise.all([placesIn(span, 'act'), placesIn(span, 'referral')])).flat(),

    /** The records of reads at these places of a chain. A row that is none is left out. `isProved`: a function wrote it. */
    async readsAt(
      chain: string,
      places: ReadonlySet<number>,
    ): Promise<readonly { readonly commit: Commit<unknown>; readonly isProved: boolean }[]> {
      const found = (await rows.placed(chain, Math.min(...places))).filter(({ place }) => places.has(place));
      const read = await Promise.all(
        found.map(async ({ place, stored }) => {
          const [commit] = commitIn(stored);
          return commit && { commit, isProved: await isAsWritten(chain, place, stored, codes) };
        }),
      );
      return read.filter((each) => each !== undefined);
    },

    /** The drafts that were begun or touched in the span. */
    draftsIn: async (span: Span): Promise<readonly string[]> => [...(await foundIn(span, 'draft')).keys()],

    /** The chains of the program that waited for a day in the span, each once by its name. */
    dueIn: async (span: Span): Promise<readonly string[]> => [
      ...new Set((await placesIn(span, 'due')).map(({ chain }) => firstOf(chain))),
    ],

    /** The alerts with a mail leased in the span, each with the place of the last such commit. */
    leasedIn: (span: Span) => foundIn(span, 'lease'),

    /** The alerts with a deferred mail due to go out in the span. Each has the place of the last such commit. */
    deferredIn: (span: Span) => foundIn(span, 'deferred'),

    /** The mails that were sent in the span, each once, the earliest first. */
    async mailsIn(span: Span): Promise<readonly (CountedMail & { readonly at: string })[]> {
      return (await notesIn(span, 'mail')).flatMap(({ at, note }) => {
        const { data } = noted.safeParse(note);
        return data ? [{ ...data, at }] : [];
      });
    },
  };
}
