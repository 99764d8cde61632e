/**
 * The audit of one referral for administrators and auditors: commits, waits, deadlines, mail, and whether the chain is intact.
 */

import { executionName } from '../../contracts/tasks.ts';
import { describe } from '../../domain/audit/event-sentences.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { dutiesOf, openDutiesOf } from '../../domain/deadlines/deadline-runs.ts';
import type { Event } from '../../domain/events.ts';
import { nextOfRun } from '../../domain/pathway/runs.ts';
import { type Policy, type Recipient, ruleOf, waitsOn } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasConflict } from '../../domain/team/seats.ts';
import { alertChain, referralChain } from '../../store/chains.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Waits } from '../../store/waits.ts';
import { accessesIn } from '../access/accesses.ts';
import { part2PartsOf, shownOf } from '../access/part-2-records.ts';
import { closedIn, redactReferences } from '../access/redact-references.ts';
import { factsRecorded } from './shown-events.ts';
import { viewDeadline } from './view.ts';

const settling: readonly Event['type'][] = [
  'deadline-kept',
  'deadline-closed-missed',
  'deadline-not-applicable',
  'deadline-ended',
];

/** True where one commit opened and settled the deadline, because the act came before its clock. No run was needed. */
const neverRan = (deadlineId: string, commits: readonly { readonly events: readonly Event[] }[]): boolean =>
  commits.some(({ events }) => {
    const about = events.filter((event) => 'deadlineId' in event && event.deadlineId === deadlineId);
    return about[0]?.type === 'deadline-opened' && about.some(({ type }) => settling.includes(type));
  });

/** The recipient groups that a run of deadlines waits for. Where none of its deadlines is open, those of all count. */
function waitedFor(state: Referral, runId: string, policy: Policy): readonly Recipient[] {
  const open = openDutiesOf(state, runId);
  const duties = open.length > 0 ? open : dutiesOf(state, runId);
  return [...new Set(duties.flatMap((deadline) => waitsOn(ruleOf(policy, deadline), state)))];
}

/** Stands for each person of a provider whose records are kept apart: a name would tell of the treatment. */
export const someProvider = { kind: 'person', id: 'PROVIDER-HELD-APART' } as const;

/**
 * The contacts kept apart by referrals that this one was ever merged into. They may have read this one's note on safe contact.
 */
export async function part2WhereMerged(
  { ledger, policyOf }: { readonly ledger: Pick<Ledger, 'referral'>; readonly policyOf: (version: string) => Policy },
  events: readonly Event[],
): Promise<readonly string[]> {
  const to = new Set(events.flatMap((event) => (event.type === 'merged' ? [event.to] : [])));
  const wholes = await Promise.all([...to].map((id) => ledger.referral(id)));
  return wholes.flatMap((whole) => {
    if (!whole) return [];
    const all = whole.commits.flatMap((commit) => commit.events);
    return [...part2PartsOf(whole.state, policyOf(whole.policy), all).people];
  });
}

/**
 * Undefined for an unknown referral, and for a viewer with a conflict of interest in it. The audit holds nothing of the vault, and nothing of a service kept apart (42 CFR Part 2).
 */
export async function auditReferral(
  {
    ledger,
    waits,
    directory,
    policyOf,
  }: {
    readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'accessRecords' | 'readChecked' | 'doubt'>;
    readonly waits: Pick<Waits, 'of'>;
    readonly directory: Pick<Directory, 'person'>;
    readonly policyOf: (version: string) => Policy;
  },
  referralId: string,
  viewer: { readonly id: string },
) {
  const referral = await ledger.referral(referralId);
  if (!referral || hasConflict(referral.state, viewer.id)) return undefined;
  const { state, commits } = referral;
  const policy = policyOf(referral.policy);
  const events = commits.flatMap((commit) => commit.events);
  const held = part2PartsOf(state, policy, events);
  const hidden = await closedIn(ledger, events, { own: referralId, personId: viewer.id });
  const shown = (of: readonly Event[]) => redactReferences(of, hidden).flatMap((event) => shownOf(event, held) ?? []);
  const alertIds = Object.keys(state.alerts);
  const actors = new Set(commits.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : [])));
  const [saved, lives, chain, alertChains, people, reads, heldThere, doubt] = await Promise.all([
    waits.of(referralId),
    Promise.all(alertIds.map((id) => ledger.alert(id))),
    ledger.readChecked(referralChain(referralId)),
    Promise.all(alertIds.map((id) => ledger.readChecked(alertChain(id)))),
    Promise.all([...actors].map((id) => directory.person(id))),
    ledger.accessRecords(referralId),
    part2WhereMerged({ ledger, policyOf }, events),
    ledger.doubt(referralId),
  ]);
  const accesses = await accessesIn({ directory }, reads);
  const heldReaders = new Set([...held.people, ...heldThere]);
  const titles = new Map(people.map((person) => [person?.id, person?.title]));
  return {
    referralId,
    policy: policy.version,
    stage: state.stage,
    ...(state.access.seal && { seal: state.access.seal }),
    chain: chain.check,
    alertChainsIntact: alertChains.every(({ check }) => check.intact),
    accessChainIntact: reads.every(({ check }) => check.intact),
    /** What was noted since the last word of a supervisor, and all words. */
    doubt: {
      open: doubt.open.map(({ chain: of, cause, place, at }) => ({ chain: of, cause, at, ...whereKnown({ place }) })),
      words: doubt.words.map(({ ground, by, at }) => ({ ground, by, at })),
    },
    commits: commits.map(({ seq, at, actor, onBehalfOf, cause, events: all, stored }) => {
      const isHeld = held.people.has(actor.id);
      const told = shown(all);
      const isTold = told.length === redactReferences(all, hidden).length || cause.kind !== 'command';
      return {
        seq,
        at,
        actor: isHeld ? someProvider : actor,
        who: isHeld ? someProvider.id : (titles.get(actor.id) ?? actor.id),
        ...whereKnown({ onBehalfOf }),
        // The name of the command would tell of a treatment.
        cause: isTold ? cause : { ...cause, name: factsRecorded },
        events: told,
        says: told.map((event) => describe(event, state, policy)),
        hash: stored.hash,
      };
    }),
    runs: [
      {
        run: state.id,
        execution: executionName(state.id, state.generation),
        waitsFor: state.stage === 'open' ? 'people' : 'nothing',
      },
      ...Object.values(state.runs)
        .filter(({ deadlineIds }) => !deadlineIds.every((id) => neverRan(id, commits)))
        .map(({ id, group, generation, deadlineIds }) => ({
          run: id,
          execution: executionName(id, generation),
          waitsFor: openDutiesOf(state, id).length > 0 ? 'people' : 'nothing',
          ...(group !== undefined && { group, deadlineIds: deadlineIds.filter((each) => !held.deadlines.has(each)) }),
        })),
    ],
    waits: saved.map(({ token: _token, ...wait }) => {
      const next = nextOfRun(state, wait.runId, policy);
      return {
        run: wait.runId,
        generation: wait.generation,
        since: wait.enteredAt,
        tries: wait.retryCount + 1,
        on: wait.run === 'referral' ? [wait.waitsFor] : waitedFor(state, wait.runId, policy),
        ...whereKnown({ next }),
      };
    }),
    accesses: accesses.map(({ read, personId, who, ...access }) => ({
      ...access,
      ...(heldReaders.has(personId) ? { personId: someProvider.id, who: someProvider.id } : { personId, who }),
      read: read.filter((field) => field !== 'part2Records'),
    })),
    deadlines: Object.values(state.deadlines)
      .filter(({ id }) => !held.deadlines.has(id))
      .map((deadline) => viewDeadline(deadline, state, policy)),
    alerts: Object.values(state.alerts)
      .map((alert, index) => {
        const { deliveries = [], texts = {} } = lives[index]?.life ?? {};
        const sent = Object.entries(texts).map(([personId, { status, at, because }]) => ({
          personId,
          status,
          at,
          ...whereKnown({ because }),
        }));
        return { ...alert, deliveries, texts: sent };
      })
      .filter(({ id }) => !held.alerts.has(id)),
  };
}
export type Audit = NonNullable<Awaited<ReturnType<typeof auditReferral>>>;
