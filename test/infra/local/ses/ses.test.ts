import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSendQuotaCommand,
  SendEmailCommand,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
} from '@aws-sdk/client-ses';
import { afterEach, describe, expect, test } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { AccessDenied } from '../../../../infra/local/endpoint/service.ts';
import { startSes } from '../../../../infra/local/ses/ses.ts';
import { type Bench, destination, frozenAt, stack, startBench, templateOf, topic } from './ses-over-http.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

async function start(options?: Parameters<typeof startBench>[0]): Promise<Bench> {
  bench = await startBench(options);
  return bench;
}

const raw = (
  to: string | string[],
  headers: string[] = [],
  body = 'A referral waits for you.',
  {
    from = 'Careline <careline@careline.example>',
    ...more
  }: { from?: string } & Partial<SendRawEmailCommandInput> = {},
) =>
  new SendRawEmailCommand({
    ConfigurationSetName: 'Mail',
    Source: 'careline@careline.example',
    Destinations: [to].flat(),
    ...more,
    RawMessage: {
      Data: Buffer.from(
        [
          `From: ${from}`,
          `To: ${[to].flat().join(', ')}`,
          'Subject: =?utf-8?Q?Antwort_n=C3=B6tig?= =?utf-8?B?IQ==?=',
          ...headers,
          '',
          body,
        ].join('\r\n'),
      ),
    },
  });

describe('sending', () => {
  test('a raw mail is accepted, kept with the time of the clock, and shown in the viewer', async () => {
    const { client, ses, clock } = await start();
    await clock.advance(3_600_000);
    const { MessageId } = await client.send(raw('ana@police.example'));
    expect(ses.sent()).toEqual([
      expect.objectContaining({
        messageId: MessageId,
        at: '2027-03-01T10:00:00.000Z',
        source: 'careline@careline.example',
        destinations: ['ana@police.example'],
        subject: 'Antwort nötig!',
        raw: expect.stringContaining('A referral waits for you.'),
      }),
    ]);
    const shown = await fetch(`${ses.url}/store`).then((answer) => answer.json());
    expect(shown).toMatchObject({
      emails: [{ messageId: MessageId, at: frozenAt / 1000 + 3600, body: { text: expect.stringContaining('waits') } }],
    });
    expect(await fetch(ses.url).then((answer) => answer.status)).toBe(200);
  });

  test('destinations of the call win over those in the mail', async () => {
    const { client, ses } = await start();
    await client.send(raw('ana@police.example', [], '', { Destinations: ['ben@police.example'] }));
    expect(ses.sent()[0]?.destinations).toEqual(['ben@police.example']);
  });

  test.each([
    [
      'a sender whose domain is not verified',
      raw('a@b.example', [], '', { Source: 'x@elsewhere.example' }),
      'MessageRejected',
    ],
    [
      'an unknown configuration set',
      raw('a@b.example', [], '', { ConfigurationSetName: 'None' }),
      'ConfigurationSetDoesNotExistException',
    ],
    ['an address without a domain', raw('no-domain'), 'InvalidParameterValue'],
    [
      'a tag with a dot in its value',
      raw('a@b.example', [], '', { Tags: [{ Name: 'alert', Value: 'CR-1.D2' }] }),
      'InvalidParameterValue',
    ],
    [
      'a From header that is not verified',
      raw('a@b.example', [], '', { from: 'x@elsewhere.example' }),
      'MessageRejected',
    ],
  ])('%s is refused and nothing is sent', async (_, command, code) => {
    const { client, ses, types } = await start();
    const error = await client.send(command).catch((refused: Error) => refused);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).name).toBe(code);
    expect(ses.sent()).toEqual([]);
    expect(await types()).toEqual([]);
  });

  test('an action that is not implemented says so', async () => {
    const { client } = await start();
    const Destination = { ToAddresses: ['a@b.example'] };
    const Message = { Subject: { Data: 'x' }, Body: { Text: { Data: 'x' } } };
    const simple = new SendEmailCommand({ Source: 'careline@careline.example', Destination, Message });
    for (const refused of [client.send(simple), client.send(new GetSendQuotaCommand({}))]) {
      await expect(refused).rejects.toMatchObject({
        name: 'InvalidAction',
        message: expect.stringContaining('it has SendRawEmail'),
      });
    }
  });
});

describe('the quota', () => {
  test('of a day that is used up refuses what would go beyond it, until the day has passed', async () => {
    const { client, clock, ses } = await start({ limits: { dailyQuota: 2 } });
    await client.send(raw(['a@b.example', 'c@b.example']));
    await expect(client.send(raw('a@b.example'))).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Daily message quota exceeded.',
    });
    await clock.advance(24 * 3_600_000);
    await client.send(raw('a@b.example'));
    expect(ses.sent()).toHaveLength(2);
  });

  test('may be told to refuse the next mails, and then refuses as many', async () => {
    const { client, ses } = await start();
    ses.quota.limit({ throttleNext: 2 });
    const throttled = { name: 'Throttling', message: 'Maximum sending rate exceeded.' };
    await expect(client.send(raw('a@b.example'))).rejects.toMatchObject(throttled);
    await expect(client.send(raw('a@b.example'))).rejects.toMatchObject(throttled);
    await client.send(raw('a@b.example'));
    expect([ses.sent().length, ses.quota.limits().throttleNext]).toEqual([1, 0]);
  });
});

describe('permission', () => {
  test('is asked for the verified identity and for the configuration set, for the function that calls', async () => {
    const asked: unknown[] = [];
    const { client } = await start({
      authorize: (principal, action, resource) => void asked.push([principal, action, resource]),
    });
    await client.send(raw('ana@police.example', [], '', { from: 'careline@careline.example' }));
    const sender = { kind: 'function', logicalId: 'SendAlerts' };
    expect(asked).toEqual([
      [sender, 'ses:SendRawEmail', 'arn:aws:ses:us-east-1:000000000000:identity/careline.example'],
      [sender, 'ses:SendRawEmail', 'arn:aws:ses:us-east-1:000000000000:configuration-set/Mail'],
    ]);
  });

  test.each([
    ['another From header', raw('a@b.example', [], '', { from: 'director@careline.example' })],
    ['a second From header', raw('a@b.example', ['From: Director <director@careline.example>'])],
  ])('is asked for %s beside the Source', async (_, command) => {
    const asked: unknown[] = [];
    const { client } = await start({ authorize: (_, __, ___, conditions) => void asked.push(conditions) });
    await client.send(command);
    expect(asked).toContainEqual({ 'ses:FromAddress': ['director@careline.example'] });
  });

  test('that is missing is AccessDenied and nothing is sent', async () => {
    const { client, ses } = await start({
      authorize: (_, action, resource) => {
        if (resource.includes('configuration-set')) throw new AccessDenied(`no ${action} on ${resource} for <you>`);
      },
    });
    await expect(client.send(raw('ana@police.example'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('for <you>'),
    });
    expect(ses.sent()).toEqual([]);
  });
});

describe('events', () => {
  test('tell of a delivered mail, with its tags, to the topic of the configuration set', async () => {
    const { client, published, types } = await start();
    const { MessageId } = await client.send(
      raw('ana@police.example', [], '', {
        Tags: [
          { Name: 'alert', Value: 'CR-1_A1' },
          { Name: 'attempt', Value: '2' },
        ],
      }),
    );
    expect(await types()).toEqual(['Send', 'Delivery']);
    expect(published[1]).toMatchObject({
      topicArn: topic,
      event: {
        delivery: { recipients: ['ana@police.example'], timestamp: '2027-03-01T09:00:00.000Z' },
        mail: {
          messageId: MessageId,
          timestamp: '2027-03-01T09:00:00.000Z',
          source: 'careline@careline.example',
          destination: ['ana@police.example'],
          tags: { alert: ['CR-1_A1'], attempt: ['2'], 'ses:configuration-set': ['Mail'] },
        },
      },
    });
  });

  test.each([
    ['complaint.ana@police.example', ['Send', 'Delivery', 'Complaint']],
    ['bounce.ana@police.example', ['Send', 'Bounce Permanent/General']],
    ['delayed@police.example', ['Send', 'DeliveryDelay']],
    ['ana.bounce@police.example', ['Send', 'Delivery']],
  ])('a mail to %s ends as %j', async (address, outcome) => {
    const { client, published, types } = await start();
    await client.send(raw(address));
    await types();
    const told = published.map(({ event: { eventType, bounce } }) =>
      bounce ? `${eventType} ${bounce.bounceType}/${bounce.bounceSubType}` : eventType,
    );
    expect(told).toEqual(outcome);
  });

  test('come separately for recipients of different fates', async () => {
    const { client, published, types } = await start();
    await client.send(raw(['ana@police.example', 'bounce-ben@police.example']));
    expect(await types()).toEqual(['Send', 'Delivery', 'Bounce']);
    expect(published[1]?.event.delivery?.recipients).toEqual(['ana@police.example']);
    expect(published[2]?.event.bounce?.bouncedRecipients).toMatchObject([
      { emailAddress: 'bounce-ben@police.example' },
    ]);
  });

  test('are told only of the types asked for', async () => {
    const { client, types } = await start({ template: templateOf({ ...stack, Events: destination(['delivery']) }) });
    await client.send(raw('ana@police.example'));
    expect(await types()).toEqual(['Delivery']);
  });

  test('an event destination that is not SNS stops the start', async () => {
    const events = destination(['send'], { SnsDestination: undefined });
    await expect(startBench({ template: templateOf({ ...stack, Events: events }) })).rejects.toThrow(
      /Events cannot run here: .*only SNS destinations/,
    );
  });
});

describe('suppression', () => {
  test('an address that bounced gets an accepted call, a bounce and no mail', async () => {
    const { client, ses, published, types } = await start();
    await client.send(raw('bounce-ben@police.example'));
    await client.send(raw('Bounce-Ben@police.example'));
    expect(await types()).toEqual(['Send', 'Bounce', 'Send', 'Bounce']);
    expect(published[3]?.event.bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
    });
    expect(ses.sent()).toHaveLength(1);
  });
});

describe('a restart', () => {
  test('finds the mail, the suppression list and the events not yet told again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ses-'));
    try {
      const first = await start({
        folder,
        publish: async (_, message) => {
          if (message.includes('second')) throw new Error('the topic is away');
        },
      });
      await first.client.send(raw('bounce-ben@police.example'));
      await first.client.send(raw('ana@police.example', [], 'x', { Tags: [{ Name: 'which', Value: 'second' }] }));
      const before = first.ses.sent();
      await first.stop();

      const again = await start({ folder });
      expect(again.ses.sent()).toEqual(before);
      expect(await again.types()).toEqual(['Send', 'Delivery']);
      const shown = await fetch(`${again.ses.url}/store`).then((answer) => answer.json());
      expect(shown).toMatchObject({ emails: before.map(({ messageId }) => ({ messageId })) });
      await again.client.send(raw('bounce-ben@police.example'));
      await again.types();
      expect(again.published.at(-1)?.event.bounce?.bounceSubType).toBe('OnAccountSuppressionList');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the viewer', () => {
  const begin = (mailPort: number) => {
    const activity = createActivity();
    const clock = createClock({ activity, frozenAt });
    const publish = () => Promise.resolve();
    return startSes({ template: templateOf(stack), clock, activity, authorize: () => undefined, mailPort, publish });
  };

  test('says which option chooses another port where its own is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(begin(port)).rejects.toThrow(`Port ${port} is already in use: choose another with --mail-port.`);
    other.close();
  });

  test('listens on the loopback address alone and answers no page of another origin', async () => {
    const ses = await begin(0);
    expect(new URL(ses.url).hostname).toBe('127.0.0.1');
    const foreign = await fetch(`${ses.url}/clear-store`, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
    });
    expect(foreign.status).toBe(403);
    await expect(fetch(ses.url.replace('127.0.0.1', '[::1]'))).rejects.toThrow();
    await ses.stop();
  });
});
