/**
 * The simulator itself: it finds a broken product, and a case is the same wherever it is played. Each part here is broken on
 * purpose, and the invariant that it breaks says so. `.ci/run` runs it.
 */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import { expect, test } from 'vitest';
import { logger } from '../../shared/lambda/logger.ts';
import { type CaseChoice, runCase, wholeCase } from '../simulate/case.ts';
import { describeBreaches } from '../simulate/describe-case.ts';
import { playCases } from '../simulate/play-cases.ts';
import { shrink } from '../simulate/shrink.ts';
import type { Sabotage } from '../simulate/world.ts';

type Send = (command: unknown) => Promise<object>;

/** The client, but what `drops` picks is answered as done and never done. */
function dropping<Client extends object>(client: Client, drops: (command: unknown) => boolean): Client {
  const { send } = client as { readonly send: Send };
  return Object.assign(Object.create(client) as Client, {
    send: async (command: unknown) => (drops(command) ? {} : send(command)),
  });
}

const taken: DynamoDBBatchResponse = { batchItemFailures: [] };

const broken: readonly (readonly [invariants: readonly number[], what: string, sabotage: Sabotage])[] = [
  [
    [0],
    'a checkpoint is never raised, and its run asks again every second',
    {
      // A day of a product in order takes 5,300.
      mostSteps: 12_000,
      release: (release) => ({
        ...release,
        run: async (name, event, hazard) =>
          name === 'raise-checkpoint'
            ? { outcome: 'moved', checkpointAt: (event as { readonly checkpointAt: string }).checkpointAt }
            : release.run(name, event, hazard),
      }),
    },
  ],
  [
    [1],
    'runs are not started',
    {
      parts: (parts) => ({ ...parts, sfn: dropping(parts.sfn, (command) => command instanceof StartExecutionCommand) }),
    },
  ],
  [
    [2, 7],
    'runs of deadlines are not started, so that none passes a call on',
    {
      parts: (parts) => ({
        ...parts,
        sfn: dropping(
          parts.sfn,
          (command) => command instanceof StartExecutionCommand && /deadline/i.test(`${command.input.stateMachineArn}`),
        ),
      }),
    },
  ],
  [
    [3],
    'a repeated submission counts as a new one',
    {
      release: (release) => {
        let count = 0;
        return {
          ...release,
          door: (hazard) => {
            const door = release.door(hazard);
            const changeReferral: typeof door.ledger.changeReferral = (id, context, decide) => {
              count += 1;
              const { cause } = context;
              const renamed = cause.kind === 'command' ? { ...cause, id: `${cause.id}.${count}` } : cause;
              return door.ledger.changeReferral(id, { ...context, cause: renamed }, decide);
            };
            return { ...door, ledger: { ...door.ledger, changeReferral } };
          },
        };
      },
    },
  ],
  [
    [4],
    'rows of the board are not written',
    {
      parts: (parts) => ({
        ...parts,
        dynamodb: dropping(
          parts.dynamodb,
          (command) => command instanceof PutItemCommand && command.input.TableName === 'Board',
        ),
      }),
    },
  ],
  [
    [5],
    'alerts are not sent',
    {
      release: (release) => ({
        ...release,
        consume: async (consumer, event, hazard) =>
          consumer === 'send-alerts' ? taken : release.consume(consumer, event, hazard),
      }),
    },
  ],
  [
    [5],
    'every mail is sent twice',
    {
      parts: (parts) => ({
        ...parts,
        mailer: (isDoomed) => ({
          send: async (mail) => {
            await parts.mailer(isDoomed).send(mail);
            return parts.mailer(isDoomed).send(mail);
          },
        }),
      }),
    },
  ],
  [
    [7],
    'calls are not mailed',
    {
      parts: (parts) => ({
        ...parts,
        mailer: (isDoomed) => ({
          send: async (mail) => (/^URGENT[:,]/.test(mail.subject) ? 'mail-never' : parts.mailer(isDoomed).send(mail)),
        }),
      }),
    },
  ],
  [
    [8],
    'every text message is sent twice',
    {
      parts: (parts) => ({
        ...parts,
        texter: {
          send: async (text) => {
            await parts.texter.send(text);
            return parts.texter.send(text);
          },
        },
      }),
    },
  ],
  [
    [8],
    'a text message says what it is about',
    {
      parts: (parts) => ({
        ...parts,
        texter: {
          send: ({ deskPhone, ...text }) => parts.texter.send({ ...text, deskPhone: `${deskPhone}, about a child` }),
        },
      }),
    },
  ],
  [
    [8],
    'the watchdog makes no text message due',
    {
      release: (release) => ({
        ...release,
        sweep: async () => ({ looked: 0, repaired: {}, vacantRoles: [], refusals: 0, unasked: 0, faults: [] }),
      }),
    },
  ],
  [
    [6],
    'a log line names the child',
    {
      release: (release) => ({
        ...release,
        run: async (name, event, hazard) => {
          const { referralId } = event as { readonly referralId: string };
          if (name === 'ask-same-child') logger.info(`Deadlines of ${await release.identities.childName(referralId)}.`);
          return release.run(name, event, hazard);
        },
      }),
    },
  ],
];

const calm: CaseChoice = { ...wholeCase('sabotage/0', 14), faults: { limit: 0, without: new Set(), off: new Set() } };
/** A day of acts breaks each of them. Without acts every duty of the report would ring for three days. */
const aDay: CaseChoice = { ...calm, days: 1 };

test('a product in order breaks nothing', async () => {
  const { breaches, known } = await runCase(calm);
  expect([...breaches, ...known]).toEqual([]);
});

test.each(broken)('invariant %j is broken, and said to be, where %s', async (invariants, _, sabotage) => {
  const { breaches } = await runCase(aDay, sabotage);
  expect(breaches.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining([...invariants]));
});

test('a breach is printed with its seed, the shortest case that was found, and its timeline', {
  timeout: 300_000,
}, async () => {
  // Each try plays the case again: a name in the log shows at once, and nothing else is broken.
  const [, , sabotage] = broken.find(([[invariant]]) => invariant === 6) ?? [];
  const failed = await runCase({ ...aDay, acts: 5 }, sabotage);
  expect(failed.done.length).toBeGreaterThan(1);
  const shortest = await shrink(failed, (choice) => runCase(choice, sabotage));
  expect(shortest.choice).toMatchObject({ acts: 1, days: 0 });
  const told = describeBreaches(shortest);
  expect(told).toContain('--only sabotage/0 --days 0 --acts 1');
  expect(told).toContain('referral-opened');
});

test('a case is the same in a thread of its own, and comes in its turn', async () => {
  const choices = ['same', 'other', 'third'].map((seed) => wholeCase(seed, 3));
  const alone: string[] = [];
  for (const choice of choices) alone.push((await runCase(choice)).ledger);
  const together: string[] = [];
  for await (const { ledger } of playCases(choices, 2)) together.push(ledger);
  expect(together).toEqual(alone);
});
