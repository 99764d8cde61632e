/**
 * A Careline in memory. The API, the console and the steps of the runs work over the real stores. A test sets the
 * clock. Every person is invented; there is one in each role, `P-CASEWORKER`, and a second, `P-CASEWORKER.2`.
 */

import { askAboutSameChild } from '../../functions/ask-same-child/ask-same-child.ts';
import { type Visitor, visitorOf } from '../../shared/application/access/visitor.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import type { Evenly } from '../../shared/application/read/evenly.ts';
import { type CommandAnswer, performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import type { TaskOutput } from '../../shared/contracts/tasks.ts';
import { type CommandName, commandNamed } from '../../shared/domain/commands.ts';
import type { Decision } from '../../shared/domain/core/decision.ts';
import { disciplines, type Role, roles, services } from '../../shared/domain/core/vocabulary.ts';
import * as steps from '../../shared/domain/pathway/steps.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { policyOf as releasedPolicyOf } from '../../shared/policy/policies.ts';
import { referralChain } from '../../shared/store/chains.ts';
import type { Consumer } from '../../shared/store/cursors.ts';
import type { DirectoryPerson } from '../../shared/store/directory-reads.ts';
import { unseal } from '../../shared/store/sealed-content.ts';
import { startTables, type Tables } from './tables.ts';

export const team = 'MDT-HARTFORD';
/** A Monday morning, 10:00 in New York. */
const monday = '2026-11-09T15:00:00.000Z';

const scopeOf = (role: Role) => (role.startsWith('mdt-') ? `team-${team}` : 'state');

/** For tests that take no time. */
export const atOnce: Evenly = (work) => work();

const rethrow = (error: unknown): never => {
  throw error;
};

/** `caseworker` or, for the second one, `caseworker/2`; `seat:medical` and `seat:medical/2`; `contact:PV-1`; `caseworker@office-DANBURY`. */
export function personOf(given: string): DirectoryPerson {
  const [as = '', scope] = given.split('@');
  const [, kind, word = '', second = ''] = /^(?:(seat|contact):)?([^/]+)(\/.+)?$/.exec(as) ?? [];
  const number = second.replace('/', '.');
  const role = kind === 'seat' ? 'mdt-member' : kind === 'contact' ? 'provider' : (word as Role);
  const id =
    kind === 'contact'
      ? `${word}.CONTACT`
      : `P-${kind === 'seat' ? 'SEAT-' : ''}${word.toUpperCase()}${number}${scope === undefined ? '' : `.${scope.toUpperCase()}`}`;
  return {
    id,
    name: `Invented ${id}`,
    email: `${id.toLowerCase()}@dcf.example`,
    phone: '203-555-0100',
    title: `Title of ${role}`,
    roles: [{ role, scope: scope ?? scopeOf(role) }],
  };
}

export const visitor = (as: string): Visitor => visitorOf(personOf(as));

const everybody = [
  ...roles.flatMap((role) => [role, `${role}/2`]),
  ...disciplines.flatMap((discipline) => [`seat:${discipline}`, `seat:${discipline}/2`]),
  'contact:PV-1',
  'contact:PV-2',
  'caseworker@office-DANBURY',
];

/** `PD-1` in Hartford, and one in a town that no report names. */
const agencies = [
  { id: 'PD-1', town: 'Hartford' },
  { id: 'PD-UNION', town: 'Union' },
].map(({ id, town }) => ({
  pk: `agency#${town.toUpperCase()}`,
  sk: id,
  id,
  town,
  name: `Police of ${town} (invented)`,
  phone24h: '203-555-0102',
}));

const smallDirectory = [
  ...agencies,
  ...everybody
    .map(personOf)
    .map((person) => ({ pk: `person#${person.id}`, sk: 'profile', sub: `sub-${person.id}`, ...person })),
  ...roles.flatMap((role) =>
    [role, `${role}/2`].map((as, index) => {
      const { id } = personOf(as);
      return { pk: `duty#${role}`, sk: `${scopeOf(role)}#${index + 1}#${id}`, personId: id, order: index + 1 };
    }),
  ),
  ...disciplines.flatMap((discipline) =>
    [`seat:${discipline}`, `seat:${discipline}/2`].map((as, index) => ({
      pk: `team#${team}`,
      sk: `seat#${discipline}#${index + 1}`,
      discipline,
      personId: personOf(as).id,
      order: index + 1,
    })),
  ),
  ...services.flatMap((service) =>
    ['PV-1', 'PV-2'].map((id) => ({
      pk: `provider#${service}`,
      sk: id,
      id,
      name: `House of ${service} (invented)`,
      service,
      regions: ['4'],
      phone: '203-555-0101',
      personId: `${id}.CONTACT`,
    })),
  ),
];

/** A report of one child in Hartford; `child` and the rest as the test needs them. */
export const reportOf = (child: object = {}, more: object = {}) => ({
  narrative: 'An invented narrative.',
  children: [{ danger: 'yes', residenceTown: 'Hartford', lastAssaultAt: 'none-known', ...child }],
  ...more,
});

export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** `start`: for a test to which DynamoDB's own client matters. */
export async function startDesk(
  policies?: Parameters<typeof startTables>[0],
  start: (...given: Parameters<typeof startTables>) => Tables | Promise<Tables> = startTables,
) {
  let drawn = 0;
  // Two reads of one referral in one millisecond draw places one after the other.
  const tables = await start(policies, () => {
    drawn += 1;
    return (drawn % 1000) / 1000;
  });
  const policyOf = policies?.policyOf ?? releasedPolicyOf;
  await tables.enter(smallDirectory);
  const digests = createDigests('the key of these tests');
  let now = monday;
  let submissions = 0;

  const freshKey = () => {
    submissions += 1;
    return `key ${submissions}`;
  };
  const desk = {
    ...tables,
    digests,
    policyOf,
    get now() {
      return now;
    },
    at(instant: string) {
      now = new Date(instant).toISOString();
    },
    /** The dependencies of the API and the console, at this moment. */
    parts: () => ({ ...tables, digests, policyOf, now, evenly: atOnce }),

    report: (input: unknown, { as = 'careline-worker', key = freshKey() } = {}) =>
      takeReport(desk.parts(), visitor(as), key, input),
    /** Takes a report and gives the first referral's reference. Throws where it is not taken. */
    async opened(child: object = {}, more: object = {}): Promise<string> {
      const answer = await desk.report(reportOf(child, more));
      if (answer.kind !== 'taken') throw new Error(`It was not taken: ${JSON.stringify(answer)}`);
      return answer.referralIds[0] ?? '';
    },

    /** The same for a report about these children. Gives each reference, in the order of the children. */
    async openedTogether(children: readonly object[], more: object = {}): Promise<readonly string[]> {
      const answer = await desk.report({
        ...reportOf({}, more),
        children: children.map((child) => reportOf(child).children[0]),
      });
      if (answer.kind !== 'taken') throw new Error(`It was not taken: ${JSON.stringify(answer)}`);
      return answer.referralIds;
    },

    /** As a person does it who has just read what the act replaces or approves. */
    async command(
      referralId: string,
      name: CommandName,
      input: unknown,
      { as, key = freshKey() }: { readonly as: string; readonly key?: string },
    ): Promise<CommandAnswer> {
      const referral = commandNamed(name).restsOn && (await tables.ledger.referral(referralId));
      const seen = referral && { exactly: [referral.state.seq] };
      return performCommand(desk.parts(), visitor(as), { referralId, name, input, key, seen });
    },
    /** Does a command that must be accepted. */
    async do(referralId: string, name: CommandName, input: object, as: string): Promise<void> {
      const answer = await desk.command(referralId, name, input, { as });
      if (answer.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(answer)}`);
    },

    /** Both consumers of the stream have completed the commits up to this place. */
    async followedTo(referralId: string, seq: number, consumers: readonly Consumer[] = ['react', 'send-alerts']) {
      const head = (await tables.ledger.readAfresh(referralChain(referralId)))[seq - 1]?.hash ?? '';
      for (const consumer of consumers) await tables.cursors.advance(referralId, consumer, { seq, head });
    },

    /** Carries out a step of a run as its task function does, by the name of its state. */
    async step(
      referralId: string,
      name: keyof typeof stepNames | 'AskSameChild',
      runId = '',
      generation = 1,
    ): Promise<TaskOutput> {
      const kebab = name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      const input = { referralId, generation, ...(runId !== '' && { runId }) };
      const parts = { ledger: tables.ledger, now, name: kebab };
      if (name === 'AskSameChild') {
        return askAboutSameChild({ ...tables, now, onUnreadable: rethrow }, input, (decide) =>
          carryOut(parts, input, decide),
        );
      }
      const decided = await stepNames[name](referralId, runId);
      if (runId === '') return carryOut(parts, input, decided);
      return carryOut(parts, input, decided, (state, { policy }) => steps.checkpointOutcome(state, runId, policy));
    },

    /** The content of every item of the vault that has one and can be read, by the item's key. */
    async vaultTexts(): Promise<ReadonlyMap<string, string>> {
      const texts = new Map<string, string>();
      for (const { pk, half, content } of await tables.items('Identities')) {
        const part = String(pk);
        const key =
          content !== undefined && (await tables.dataKeys.forPart(part, half === undefined ? undefined : String(half)));
        if (key) texts.set(part, unseal(key, part, content as Uint8Array));
      }
      return texts;
    },

    /** The id of the alert with this number, from 1. */
    async alertId(referralId: string, number = 1): Promise<string> {
      return Object.keys((await desk.state(referralId)).alerts)[number - 1] ?? '';
    },

    async state(referralId: string) {
      const referral = await tables.ledger.referral(referralId);
      if (!referral) throw new Error(`There is no referral ${referralId}.`);
      return referral.state;
    },
  };

  const plain = (decide: (decision: Decision) => void) => async () => decide;
  const stepNames = {
    ProposeEligibility: async (referralId: string, _runId: string) => {
      const born = await tables.identities.birthDate(
        referralId,
        (await tables.ledger.referral(referralId))?.state.identity.birthCorrectedBy,
      );
      return (decision: Decision) => steps.propose(decision, born);
    },
    DrawRoster: async () => {
      const members = membersOf(await tables.directory.seats(team));
      return (decision: Decision) => steps.drawRoster(decision, decision.state().places.routing?.team, members);
    },
    InviteMdt: plain(steps.inviteMdt),
    OpenServices: plain(steps.openServices),
    OpenPreventionServices: plain(steps.openPreventionServices),
    OpenRescreening: plain(steps.openRescreening),
    OpenSignOff: plain(steps.openSignOff),
    OpenClosure: plain(steps.openClosure),
    RaiseCheckpoint: async (_referralId: string, runId: string) => (decision: Decision) =>
      steps.raiseCheckpoint(decision, runId),
  };

  return desk;
}
