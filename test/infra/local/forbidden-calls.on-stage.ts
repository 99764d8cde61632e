/**
 * What each function of the stack must not do, tried with its own credentials against the whole cloud. IAM stops a write
 * that answers with the old item, and an append to a foreign kind of chain. A failed condition answers with the item all
 * the same. It is sealed, and the function cannot have it opened.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { beforeAll, describe, expect, it } from 'vitest';
import { localRegion } from '../../../infra/local/endpoint/service.ts';
import { readTemplate } from '../../../infra/local/template/template.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import { inClear } from '../../support/in-clear.ts';
import { reportOf } from '../../support/story.ts';
import { stage } from './shared-stage.ts';

const secrets = { narrative: 'CANARYNARRATIVE', name: 'CANARYCHILD Example', safeContact: 'CANARYCONTACT' };
const isSecret = /CANARY|2012-03-04|203-555-0171/;
const born = { birthDate: '2012-03-04' };
const denied = { name: 'AccessDeniedException' };

const kinds = [
  ...[
    'referral',
    'alert',
    'access',
    'draft',
    'drafts',
    'finding',
    'roster',
    'shift',
    'provider',
    'delegation',
    'training',
    'agreement',
    'forum',
    'venue',
  ],
] as const;
type Kind = (typeof kinds)[number];
const [own, told] = [['referral'], ['draft', 'drafts', 'finding', 'roster', 'shift', 'agreement']] as const;
const door = kinds.filter((kind) => !['finding', 'roster', 'drafts'].includes(kind));

/** The kinds of chains to which each function appends. One that is not here appends to none. */
const appends: Readonly<Record<string, readonly Kind[]>> = {
  AskSameChild: own,
  ProposeEligibility: own,
  DrawRoster: own,
  TakeStep: own,
  RaiseCheckpoint: own,
  AwaitPerson: own,
  React: ['finding'],
  SendAlerts: ['referral', 'alert'],
  RecordDelivery: ['referral', 'alert'],
  RecordLostRun: own,
  Sweep: ['referral', 'alert', ...told],
  KeepVault: ['referral', 'access'],
  AnchorHeads: ['finding'],
  Api: door,
  Console: door,
};
const doors = ['Api', 'Console'];
const functions = [...Object.keys(appends), 'EraseVault', 'AuthorizeRequest', 'ConfirmFactor'];
/** Those that may open content at all. */
const openers = [...doors, 'KeepVault', 'ProposeEligibility'];

const clientsOf = (logicalId: string) => {
  const settings = {
    endpoint: stage.cloud.endpointUrl,
    region: localRegion,
    credentials: { accessKeyId: `LOCAL.${logicalId}`, secretAccessKey: 'local' },
  };
  return { dynamodb: new DynamoDBClient(settings), kms: new KMSClient(settings), ses: new SESClient(settings) };
};
let id = '';
let parts: readonly string[] = [];
let wrapped: Uint8Array = new Uint8Array();
let wrappedOfDraft: Uint8Array = new Uint8Array();
const itemOf = async (table: string, pk: string) =>
  (await stage.dynamodb.send(new GetItemCommand({ TableName: stage.table(table), Key: { pk: { S: pk } } }))).Item;

beforeAll(async () => {
  const { name, safeContact, narrative } = secrets;
  const more = { narrative, reporter: { name: 'CANARYREPORTER', phone: '203-555-0171' } };
  const { body } = await stage.reports({ ...reportOf({ name, safeContact, ...born, phone: '203-555-0171' }), ...more });
  id = String((body.referralIds as readonly string[])[0]);
  const worker = await stage.cloud.token('careline.worker@dcf.example');
  const saved = await fetch(`${stage.cloud.webUrl}/api/v1/drafts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${worker}`, 'content-type': 'application/json', 'idempotency-key': 'CANARYKEY' },
    body: JSON.stringify({ revision: 1, content: { narrative } }),
  });
  const draft = String(((await saved.json()) as { readonly id: string }).id);
  const { Items = [] } = await stage.dynamodb.send(new ScanCommand({ TableName: stage.table('Identities') }));
  parts = Items.map(({ pk }) => pk?.S ?? '').filter((pk) => pk.includes(id) && !pk.startsWith('index#'));
  parts = [...parts, `draft#${draft}`];
  wrapped = (await itemOf('VaultKeys', id))?.wrappedKey?.B ?? wrapped;
  wrappedOfDraft = (await itemOf('VaultKeys', draft))?.wrappedKey?.B ?? wrapped;
});

it('every function of the stack is tried', async () => {
  const { folder } = await synthesize();
  const all = readTemplate(folder).ofType('AWS::Lambda::Function');
  expect(functions.toSorted()).toEqual(all.map(({ logicalId }) => logicalId).toSorted());
});

describe('every table of the vault', () => {
  it('holds no content in clear', async () => {
    expect(parts.map((part) => part.split('#')[0])).toEqual(
      expect.arrayContaining(['child', 'birth', 'known', 'reporter', 'text', 'draft']),
    );
    for (const table of ['Identities', 'VaultKeys']) {
      const { Items = [] } = await stage.dynamodb.send(new ScanCommand({ TableName: stage.table(table) }));
      expect(Items.length).toBeGreaterThan(1);
      expect(inClear(Items)).not.toMatch(isSecret);
    }
  });
});

describe.each(functions)('%s', (logicalId) => {
  let clients: ReturnType<typeof clientsOf>;
  beforeAll(() => {
    clients = clientsOf(logicalId);
    return () => {
      for (const client of Object.values(clients)) client.destroy();
    };
  });

  it('gets no item of the vault by a write that answers with the old item', async () => {
    for (const pk of parts) {
      const to = { TableName: stage.table('Identities'), Key: { pk: { S: pk } }, ReturnValues: 'ALL_OLD' } as const;
      const update = { UpdateExpression: 'SET tried = :yes', ExpressionAttributeValues: { ':yes': { S: 'yes' } } };
      const neverHolds = { ConditionExpression: 'attribute_exists(pk)' };
      await expect(clients.dynamodb.send(new UpdateItemCommand({ ...to, ...update }))).rejects.toMatchObject(denied);
      await expect(clients.dynamodb.send(new DeleteItemCommand({ ...to, ...neverHolds }))).rejects.toMatchObject(
        denied,
      );
      const { Key: Item, ...put } = to;
      await expect(clients.dynamodb.send(new PutItemCommand({ ...put, Item }))).rejects.toMatchObject(denied);
    }
  });

  it('reads nothing in clear by a write whose condition fails', async () => {
    const answered: string[] = [];
    for (const pk of parts) {
      const to = {
        TableName: stage.table('Identities'),
        ConditionExpression: 'attribute_exists(never)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;
      const Key = { pk: { S: pk } };
      const update = { UpdateExpression: 'SET tried = :yes', ExpressionAttributeValues: { ':yes': { S: 'yes' } } };
      for (const command of [
        new UpdateItemCommand({ ...to, Key, ...update }),
        new DeleteItemCommand({ ...to, Key }),
        new PutItemCommand({ ...to, Item: Key }),
      ]) {
        const error = await clients.dynamodb.send(command as UpdateItemCommand).then(
          () => undefined,
          (fault: unknown) => fault,
        );
        expect(error).toMatchObject({
          name: expect.stringMatching(/^(AccessDenied|ConditionalCheckFailed)Exception$/),
        });
        if (!(error instanceof ConditionalCheckFailedException)) continue;
        answered.push(pk);
        expect(inClear(error.Item)).not.toMatch(isSecret);
      }
    }
    // Those that may write into parts do get the item: it must be sealed.
    const writers = [...doors, 'Sweep', 'EraseVault'];
    expect(answered.length > 0).toBe(writers.includes(logicalId));
  });

  it('has the data key of a referral opened only where it reads content, and that of a draft only at the doors', async () => {
    const open = (
      owner: string,
      CiphertextBlob: Uint8Array,
      EncryptionContext: Record<string, string> = { of: owner },
    ) => clients.kms.send(new DecryptCommand({ KeyId: 'WrappingKey', CiphertextBlob, EncryptionContext }));
    const whether = async (asked: Promise<unknown>) =>
      asked.then(
        () => true,
        (fault: Error) => {
          expect(fault.name).toBe('AccessDeniedException');
          return false;
        },
      );
    expect(await whether(open(id, wrapped))).toBe(openers.includes(logicalId));
    const draft = parts.at(-1)?.split('#')[1] ?? '';
    expect(await whether(open(draft, wrappedOfDraft))).toBe(doors.includes(logicalId));
    await expect(open(id, wrapped, {})).rejects.toMatchObject(denied);
    await expect(open(id, wrapped, { of: id, more: 'x' })).rejects.toMatchObject(denied);
    const make = new GenerateDataKeyCommand({
      KeyId: 'WrappingKey',
      KeySpec: 'AES_256',
      EncryptionContext: { of: id },
    });
    expect(await whether(clients.kms.send(make))).toBe(doors.includes(logicalId));
  });

  it('writes over a data key only where it writes content', async () => {
    const overwrite = new UpdateItemCommand({
      TableName: stage.table('VaultKeys'),
      Key: { pk: { S: id } },
      UpdateExpression: 'SET #key = :key',
      // It never holds, so the key stays in any case.
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeNames: { '#key': 'wrappedKey' },
      ExpressionAttributeValues: { ':key': { B: Buffer.from('x') } },
    });
    await expect(clients.dynamodb.send(overwrite)).rejects.toMatchObject(
      doors.includes(logicalId) ? { name: 'ConditionalCheckFailedException' } : denied,
    );
  });

  it('uses the key of a table only through DynamoDB', async () => {
    for (const KeyId of ['IdentitiesKey', 'LedgerKey', 'DirectoryKey']) {
      const make = new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' });
      await expect(clients.kms.send(make)).rejects.toMatchObject(denied);
    }
  });

  it('appends to no foreign kind of chain', async () => {
    const place = (kind: Kind): Record<string, AttributeValue> => ({
      pk: { S: `${kind}#TRIED-${logicalId}` },
      seq: { N: '1' },
    });
    const whether = async (kind: Kind) =>
      clients.dynamodb
        .send(
          // Where it is allowed, the condition keeps the ledger as it is.
          new PutItemCommand({
            TableName: stage.table('Ledger'),
            Item: place(kind),
            ConditionExpression: 'attribute_exists(pk)',
          }),
        )
        .then(
          () => true,
          (fault: Error) => fault.name === 'ConditionalCheckFailedException',
        );
    const may: Kind[] = [];
    for (const kind of kinds) if (await whether(kind)) may.push(kind);
    expect(may.toSorted()).toEqual([...(appends[logicalId] ?? [])].toSorted());
    const wayIn = { TableName: stage.table('Ledger'), Key: place('referral') };
    await expect(clients.dynamodb.send(new UpdateItemCommand(wayIn))).rejects.toMatchObject(denied);
    await expect(clients.dynamodb.send(new DeleteItemCommand(wayIn))).rejects.toMatchObject(denied);
  });

  it('makes no code of an entry of the directory', async () => {
    const Message = Buffer.from('careline key of a process\n2026-11-10\nA');
    const make = new GenerateMacCommand({ KeyId: 'DirectoryCodeKey', MacAlgorithm: 'HMAC_SHA_256', Message });
    await expect(clients.kms.send(make)).rejects.toMatchObject(denied);
  });

  it('changes nothing of a person of the directory', async () => {
    const Key = { pk: { S: 'person#P-CARELINE-WORKER-1' }, sk: { S: 'profile' } };
    const to = { TableName: stage.table('Directory'), Key };
    const change = { UpdateExpression: 'SET #it = :it', ExpressionAttributeValues: { ':it': { S: 'x' } } };
    for (const name of ['roles', 'sub', 'email', 'absentUntil']) {
      const ExpressionAttributeNames = { '#it': name };
      const update = new UpdateItemCommand({ ...to, ...change, ExpressionAttributeNames });
      await expect(clients.dynamodb.send(update)).rejects.toMatchObject(denied);
    }
    const put = new PutItemCommand({ TableName: to.TableName, Item: Key });
    await expect(clients.dynamodb.send(put)).rejects.toMatchObject(denied);
  });

  it('takes no code off an entry, but the watchdog, which names nothing else of it', async () => {
    const Key = { pk: { S: 'person#P-CARELINE-WORKER-1' }, sk: { S: 'profile' } };
    const values = { ':signature': { S: 'none' } };
    const takes = (name: string) =>
      clients.dynamodb.send(
        new UpdateItemCommand({
          TableName: stage.table('Directory'),
          Key,
          UpdateExpression: `REMOVE ${name}`,
          ConditionExpression: 'signature = :signature',
          ExpressionAttributeValues: values,
        }),
      );
    const stopped = logicalId === 'Sweep' ? { name: 'ConditionalCheckFailedException' } : denied;
    await expect(takes('signature')).rejects.toMatchObject(stopped);
    for (const name of ['signedBy', 'writtenAt', 'signature, signedBy'])
      await expect(takes(name)).rejects.toMatchObject(denied);
  });

  it.each([
    ['another address', 'director@careline.example', ['director@careline.example']],
    ['another From header', 'careline@careline.example', ['director@careline.example']],
    ['a second From header', 'careline@careline.example', ['careline@careline.example', 'director@careline.example']],
  ])('sends no mail from %s', async (_, source, froms) => {
    const head = froms.map((from) => `From: ${from}\r\n`).join('');
    const raw = new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from(`${head}To: worker@dcf.example\r\nSubject: Invented\r\n\r\nInvented.`) },
      Source: source,
      Destinations: ['worker@dcf.example'],
      ConfigurationSetName: 'MailConfiguration',
    });
    await expect(clients.ses.send(raw)).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
  });
});
