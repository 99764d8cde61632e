/**
 * The embedded cloud as a stage for whole stories. It runs the synthesized stack in memory at virtual time. People act
 * through the HTTP API with tokens of their own. It gives the views that an audit has of the outcome.
 */

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { paginateListExecutions, paginateListStateMachines, SFNClient } from '@aws-sdk/client-sfn';
import { type Cloud, type CloudOptions, startCloud } from '../../infra/local/cloud.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import { readTemplate } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import type { Audit } from '../../shared/application/read/audit.ts';
import type { ReferralView } from '../../shared/application/read/view.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { createEntryCodes, withCode } from '../../shared/store/entries.ts';
import { createKeyService } from '../../shared/store/key-codes.ts';
import { commandedIn, readFirst } from './read-first.ts';
import { type Answered, tuesday } from './stage.ts';

export type Stage = Awaited<ReturnType<typeof stageCloud>>;

/** Clients of the AWS endpoint for a person at the machine. */
export function operatorOf({ endpointUrl }: Pick<Cloud, 'endpointUrl'>) {
  const settings = {
    endpoint: endpointUrl,
    region: localRegion,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  };
  return { sfn: new SFNClient(settings), dynamodb: new DynamoDBClient(settings), kms: new KMSClient(settings) };
}

/** One request to the API with the token of a sample person. */
export async function askApi(
  cloud: Pick<Cloud, 'webUrl' | 'token'>,
  person: string,
  path: string,
  { body, key }: { readonly body?: unknown; readonly key?: string } = {},
): Promise<Answered> {
  const authorization = `Bearer ${await cloud.token(person)}`;
  const send = (given: object = {}) =>
    fetch(`${cloud.webUrl}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        ...whereKnown({ 'idempotency-key': key }),
        ...given,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const about = commandedIn(path);
  const read = () => fetch(`${cloud.webUrl}/api/v1${about}`, { headers: { authorization } });
  const response = about === undefined ? await send() : await readFirst(send, read);
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

/** Every execution of both machines: name and status, oldest first. */
export async function executionsOf(
  sfn: SFNClient,
): Promise<readonly { readonly name: string; readonly status: string; readonly arn: string }[]> {
  const found: { name: string; status: string; arn: string }[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: sfn }, {})) {
    for (const { stateMachineArn } of stateMachines) {
      for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
        found.push(
          ...executions.map(({ name = '', status = '', executionArn = '' }) => ({ name, status, arn: executionArn })),
        );
      }
    }
  }
  return found.toReversed();
}

/** Starts the stage with the clock standing at `startsAt` (UTC). */
export async function stageCloud(startsAt: string = tuesday, options: Pick<CloudOptions, 'onAllowed' | 'gone'> = {}) {
  const { folder } = await synthesize();
  const { resources, outputs } = readTemplate(folder);
  const faults: string[] = [];
  const cloud = await startCloud({
    assembly: folder,
    ...options,
    frozenAt: Date.parse(startsAt),
    onLog: (source, line) => {
      if (source === 'cloud' || line.includes('"ERROR"')) faults.push(`${source}: ${line}`);
    },
  });
  const { sfn, dynamodb, kms } = operatorOf(cloud);

  /** Gives a sample person another address, as the command that writes entries does. */
  async function setEmail(personId: string, email: string): Promise<void> {
    const TableName = resources.get('Directory')?.name ?? '';
    const Key = { pk: { S: `person#${personId}` }, sk: { S: 'profile' } };
    const { Item = {} } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
    const directory = (outputs().get('DirectoryKeys') ?? '').split(',');
    const codes = createEntryCodes(createKeyService({ directory }, { client: kms }));
    const writtenAt = new Date(Date.parse(Item.writtenAt?.S ?? '') + 1).toISOString();
    const writing = { writtenBy: 'a story', writtenAt };
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: await withCode(codes, { ...Item, email: { S: email } }, writing) }),
    );
  }

  const tries = async (person: string, referralId: string, command: string, input: object = {}, key?: string) => {
    const body = await askApi(cloud, person, `/referrals/${referralId}/commands/${command}`, {
      body: input,
      ...whereKnown({ key }),
    });
    await cloud.rest();
    return body;
  };

  return {
    cloud,
    sfn,
    dynamodb,
    /** What the functions and the cloud itself complained of. */
    faults,
    now: () => new Date(cloud.clock.now()).toISOString(),
    /** The name of a table by its id in the stack. */
    table: (id: string) => resources.get(id)?.name ?? '',
    poolId: outputs().get('UserPoolId') ?? '',
    /** The ARNs of the two state machines. */
    machines: { referral: resources.get('Referral')?.arn ?? '', deadline: resources.get('Deadline')?.arn ?? '' },
    tries,
    setEmail,

    /** Takes a report and comes to rest; the answer as it came. */
    async reports(body: unknown, { by = 'careline.worker@dcf.example', key }: { by?: string; key?: string } = {}) {
      const answer = await askApi(cloud, by, '/reports', { body, ...whereKnown({ key }) });
      await cloud.rest();
      return answer;
    },

    /** Does a command that must be accepted. */
    async does(person: string, referralId: string, command: string, input: object = {}): Promise<ReferralView> {
      const { status, body } = await tries(person, referralId, command, input);
      if (status !== 200) throw new Error(`${person}, ${command}: ${status} ${JSON.stringify(body)}`);
      return body as unknown as ReferralView;
    },

    async view(referralId: string): Promise<ReferralView> {
      return (
        await askApi(cloud, 'careline.supervisor@dcf.example', `/referrals/${referralId}?purpose=work-on-referral`)
      ).body as unknown as ReferralView;
    },

    async audit(referralId: string): Promise<Audit> {
      return (await askApi(cloud, 'auditor@dcf.example', `/referrals/${referralId}/audit`)).body as unknown as Audit;
    },

    ask: (person: string, path: string) => askApi(cloud, person, path),

    /** Moves the clock to a UTC instant that has not passed. */
    async until(instant: string): Promise<void> {
      await cloud.clock.advance(Date.parse(instant) - cloud.clock.now());
    },
    hours: (amount: number) => cloud.clock.advance(amount * 3_600_000),

    /** The addresses that mails about a referral went to, with instant and subject. */
    mails: (referralId: string) =>
      cloud
        .sent()
        .filter(({ subject }) => subject.includes(referralId))
        .map(({ at, destinations, subject }) => ({ at, to: destinations.join(), subject })),

    /** The executions of a referral and its deadlines. */
    async executions(referralId: string) {
      return (await executionsOf(sfn)).filter(({ name }) => name.startsWith(referralId));
    },

    async stop(): Promise<void> {
      sfn.destroy();
      dynamodb.destroy();
      await cloud.stop();
    },
  };
}
