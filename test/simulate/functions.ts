/**
 * The functions of the stack as their handlers wire them. Stores over memory take the place of AWS clients, and the
 * instant is the virtual time's. A release is what one process holds: its caches are cold when it is new.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SNSEvent } from 'aws-lambda';
import * as z from 'zod';
import { askAboutSameChild } from '../../functions/ask-same-child/ask-same-child.ts';
import { awaitPerson } from '../../functions/await-person/await-person.ts';
import { checkChain, noteDoubt, tellOfDoubt } from '../../functions/react/note-doubt.ts';
import { react } from '../../functions/react/react.ts';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { recordLostRun } from '../../functions/record-lost-run/record-lost-run.ts';
import { sendAlerts, sendNotices, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import type { Quiet } from '../../functions/sweep/look-at-referral.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { nothingSeen } from '../../functions/sweep/watch-entries.ts';
import type { RunToAskFor } from '../../functions/sweep/watch-runs.ts';
import { decisionOf } from '../../functions/take-step/take-step.ts';
import { readMailNews } from '../../shared/alerts/send/mail-news.ts';
import type { Mailer } from '../../shared/alerts/send/mailer.ts';
import type { Texter } from '../../shared/alerts/send/texter.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { askedOnce } from '../../shared/application/read/contacts.ts';
import { keepFacts } from '../../shared/application/use-cases/keep-facts.ts';
import {
  checkpointInput,
  type StepInput,
  stepInput,
  takeStepInput,
  taskOutput,
  waitInput,
} from '../../shared/contracts/tasks.ts';
import { isNoticeAbout } from '../../shared/domain/alerts/notices.ts';
import type { Role } from '../../shared/domain/core/vocabulary.ts';
import * as steps from '../../shared/domain/pathway/steps.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { notice } from '../../shared/lambda/notice.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { createBoard } from '../../shared/store/board.ts';
import type { ReadingOfCommits } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { type Consumer, createCursors } from '../../shared/store/cursors.ts';
import { createDataKeys } from '../../shared/store/data-keys.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';
import { createRuns } from '../../shared/store/executions.ts';
import { createFacts } from '../../shared/store/facts.ts';
import { createIdentities } from '../../shared/store/identities.ts';
import { createLedger, type Ledger } from '../../shared/store/ledger.ts';
import { createVaultIndex } from '../../shared/store/vault-index.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { wrapInProcess } from '../../shared/store/wrapping-key.ts';
import { directory as sampleDirectory } from './directory.ts';
import { exposed, type Hazard } from './hazard.ts';
import { machineArns } from './workflows.ts';

export interface ReleaseOptions {
  readonly dynamodb: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly mailer: (isDoomed: boolean) => Mailer;
  readonly texter: Texter;
  readonly now: () => string;
  /** From which the ids of referrals are derived. */
  readonly key: string;
  readonly random: () => number;
  readonly onUnreachable: () => void;
  readonly reading: ReadingOfCommits;
  /** The sample directory where it is left out. */
  readonly directory?: Directory;
}

export type Release = ReturnType<typeof createRelease>;

type Handler = (event: unknown) => Promise<unknown>;

const writes = ['changeReferral', 'changeAlert', 'recordAccess'] as const;
const statusChange = z.object({ detail: z.object({ name: z.string() }) });
const nothing = z.void();
const unknownContext = {} as never;

/** What a step decides and, where it is not the outcome of every step, what it tells its run. */
type Decided = readonly [decide: Parameters<typeof carryOut>[2], answer?: Parameters<typeof carryOut>[3]];

/** One for all releases: a later one opens what an earlier one sealed. */
const wrapping = wrapInProcess();

export function createRelease({
  dynamodb: client,
  sfn,
  mailer,
  texter,
  now,
  key,
  random,
  onUnreachable,
  reading,
  directory: rows = sampleDirectory,
}: ReleaseOptions) {
  const ledger: Ledger = createLedger({
    client,
    table: 'Ledger',
    policyOf,
    released,
    random,
    codes: codesInProcess('door'),
    pause: async () => {},
    reading,
  });
  /** As the doors and the sender of mail see it. */
  const directory = byChains(rows, ledger);
  const waits = createWaits({ client, table: 'Waits' });
  const cursors = createCursors({ client, table: 'Cursors', codes: codesInProcess('task') });
  const board = createBoard({ client, table: 'Board' });
  const facts = createFacts({ client, table: 'Facts' });
  const identities = {
    ...createIdentities({
      client,
      table: 'Identities',
      keys: createDataKeys({ client, table: 'VaultKeys', wrapping, now: () => Date.parse(now()) }),
    }),
    ...createVaultIndex({ client, table: 'ChildIndex', vault: 'Identities' }),
  };
  const runs = createRuns({ client: sfn });
  const digests = createDigests(key);
  const settled = new Map<string, number>();
  const held = new Map<Role, string>();
  const quiet = new Map<string, Quiet>();
  const unasked = new Map<string, RunToAskFor>();

  const written = (hazard: Hazard | undefined) => exposed(ledger, writes, hazard);

  const step = (name: string, hazard: Hazard | undefined, decided: (input: StepInput) => Promise<Decided>): Handler =>
    task(stepInput, taskOutput, async (input) => {
      const [decide, answer] = await decided(input);
      return carryOut({ ledger: written(hazard), now: now(), name }, input, decide, answer);
    }) as unknown as Handler;

  /** What a task of a workflow runs. */
  function taskOf(name: string, hazard: Hazard | undefined): Handler {
    if (name === 'take-step') {
      return task(takeStepInput, taskOutput, ({ step: taken, ...input }) =>
        carryOut({ ledger: written(hazard), now: now(), name: taken }, input, decisionOf[taken]),
      ) as unknown as Handler;
    }
    if (name === 'ask-same-child') {
      return task(stepInput, taskOutput, (input) => {
        const parts = { ledger: written(hazard), identities, now: now() };
        const onUnreadable = (error: unknown, referralId: string) =>
          logger.error('A referral of the same child cannot be read.', { referralId, ...faultOf(error) });
        return askAboutSameChild({ ...parts, onUnreadable }, input, (decide) =>
          carryOut({ ...parts, name }, input, decide),
        );
      }) as unknown as Handler;
    }
    if (name === 'propose-eligibility') {
      return step(name, hazard, async ({ referralId }) => {
        const birthDate = await identities.birthDate(
          referralId,
          (await ledger.referral(referralId))?.state.identity.birthCorrectedBy,
        );
        return [
          (decision) => steps.propose(decision, birthDate),
          (state) => steps.proposalOutcome(state, birthDate, now()),
        ];
      });
    }
    if (name === 'draw-roster') {
      return step(name, hazard, async ({ referralId }) => {
        const team = (await ledger.referral(referralId))?.state.places.routing?.team;
        const members = team === undefined ? [] : membersOf(await rows.seats(team));
        return [(decision) => steps.drawRoster(decision, team, members)];
      });
    }
    if (name === 'raise-checkpoint') {
      return task(checkpointInput, taskOutput, (input) =>
        carryOut(
          { ledger: written(hazard), now: now(), name },
          input,
          (decision) => steps.raiseCheckpoint(decision, input.runId),
          (state, { policy }) => steps.checkpointOutcome(state, input.runId, policy),
        ),
      ) as unknown as Handler;
    }
    if (name === 'await-person') {
      const { resume } = exposed(runs, ['resume'], hazard);
      const parts = { ledger: written(hazard), waits: exposed(waits, ['save'], hazard), policyOf, resume };
      return task(waitInput, nothing, (wait) => awaitPerson({ ...parts, now: now() }, wait)) as unknown as Handler;
    }
    if (name === 'record-lost-run') {
      return task(statusChange, nothing, ({ detail }) =>
        recordLostRun({ ledger: written(hazard), now: now() }, detail.name),
      ) as unknown as Handler;
    }
    throw new Error(`The simulator has no function ${name}.`);
  }

  const reactParts = (hazard: Hazard | undefined) => ({
    ledger,
    waits: exposed(waits, ['forget'], hazard),
    board: exposed(board, ['put'], hazard),
    cursors: exposed(cursors, ['advance'], hazard),
    runs: exposed(runs, ['start', 'resume'], hazard),
    machines: machineArns,
    policyOf,
    onUncompared: () => undefined,
  });
  /** What `react` does with a referral: its runs and rows, then its row of facts. */
  async function follow(hazard: Hazard | undefined, id: string): Promise<void> {
    const progress = await cursors.facts(id);
    const read = await react(reactParts(hazard), id);
    const parts = { facts: exposed(facts, ['put'], hazard), cursors: exposed(cursors, ['putFacts'], hazard), policyOf };
    if (read) await keepFacts(parts, read, progress, now());
  }
  /** No one tampers with the ledger here, so a chain in doubt is a fault of the product. */
  const doubtParts = {
    ledger,
    onDoubt: (chain: string) => {
      throw new Error(`The chain ${chain} is in doubt.`);
    },
    onRecord: (record: string) => {
      throw new Error(`The record ${record} is in doubt.`);
    },
    onFault: (fault: unknown) => {
      throw fault;
    },
  };
  const mailerOf = (hazard: Hazard | undefined): Mailer => {
    const { send } = mailer(hazard?.ends === true);
    return {
      async send(mail) {
        hazard?.throwIfOver();
        return send(mail);
      },
    };
  };
  const sendParts = (hazard: Hazard | undefined) => ({
    ledger: written(hazard),
    cursors: exposed(cursors, ['advance'], hazard),
    directory: askedOnce(directory),
    mailer: mailerOf(hazard),
    texter: exposed(texter, ['send'], hazard),
    policyOf,
    consoleUrl: 'https://careline.example/',
    sender: 'careline@careline.example',
    countUnreachable: onUnreachable,
    countSeatsNotReached: () => {},
    countWithheld: () => {
      throw new Error('The guard withheld a mail: no template may say what it found.');
    },
  });

  return {
    ledger,
    identities,
    board,
    facts,
    waits,
    directory,
    digests,
    /** What both doors are handed. */
    door: (hazard: Hazard | undefined) => ({
      ledger: written(hazard),
      identities: exposed(identities, ['putFirst', 'putPending', 'confirmAll'], hazard),
      directory,
      digests,
      policyOf,
      now: now(),
    }),
    run: (name: string, event: unknown, hazard: Hazard | undefined): Promise<unknown> =>
      (taskOf(name, hazard) as (event: unknown, context: never) => Promise<unknown>)(event, unknownContext),
    consume(
      consumer: Consumer,
      event: DynamoDBStreamEvent,
      hazard: Hazard | undefined,
    ): Promise<DynamoDBBatchResponse> {
      const handler =
        consumer === 'react'
          ? ledgerStream(
              async ({ kind, id }) => {
                if (kind === 'referral')
                  await follow(hazard, id).finally(() => checkChain(doubtParts, `referral#${id}`, now()));
                if (kind === 'doubt') await tellOfDoubt(doubtParts, id, now(), (of) => follow(hazard, of));
              },
              { onTampering: (chain) => noteDoubt(doubtParts, { chain, cause: 'touched' }, now()) },
            )
          : ledgerStream(async ({ kind, id, seq }) => {
              if (kind === 'referral') await sendAlerts(sendParts(hazard), id, now());
              if (kind === 'alert') await sendToNext(sendParts(hazard), id, now(), seq);
              if (isNoticeAbout(kind)) await sendNotices(sendParts(hazard), kind, id, now());
            });
      return handler(event, unknownContext) as Promise<DynamoDBBatchResponse>;
    },
    hear(message: string, hazard: Hazard | undefined): Promise<unknown> {
      const handler = notice(async (text) => {
        const news = readMailNews(text);
        if (news)
          await recordDelivery({ ledger: written(hazard), directory: { markMail: async () => {} } }, news, now());
      });
      return handler(
        { Records: [{ Sns: { Message: message } }] } as unknown as SNSEvent,
        unknownContext,
      ) as Promise<unknown>;
    },
    digest: (hazard: Hazard | undefined) => sendDigests(sendParts(hazard), now()),
    sweep: (hazard: Hazard | undefined) =>
      sweep({
        ledger: written(hazard),
        // The simulator leaves out rounds with nothing to do. So no round is made up for.
        cursors: {
          ...cursors,
          round: async () => undefined,
          putRound: async () => {},
          // Nor does a case change an entry of the directory.
          entries: async () => undefined,
          putEntries: async () => {},
        },
        waits,
        board,
        facts: exposed(facts, ['put'], hazard),
        runs,
        machines: machineArns,
        countSeatsNotReached: () => {},
        identities: exposed(identities, ['confirm', 'removePending'], hazard),
        directory: { ...rows, rows: async () => ({ rows: [], isWhole: true }), takeCode: async () => '' },
        entries: nothingSeen(),
        policyOf,
        released,
        settled,
        held,
        quiet,
        unasked,
        backlog: { looks: new Map(), round: undefined, wholeIn: new Map() },
        elapsed: () => 0,
        pause: async () => {},
        now: now(),
      }),
  };
}
