import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { afterEach, describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { type Endpoint, startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { inboxPage } from '../../../../infra/local/text-messages/inbox.ts';
import { createTextMessages } from '../../../../infra/local/text-messages/text-messages.ts';
import { createTexter } from '../../../../shared/alerts/send/texter.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';
import { newFolder } from '../dynamodb/new-folder.ts';

const from = 'arn:aws:sms-voice:us-east-1:000000000000:phone-number/phone-local';
const resources = {
  ...functionWith('SendAlerts', { Effect: 'Allow', Action: 'sms-voice:SendTextMessage', Resource: from }),
  ...functionWith('Sweep'),
};
const frozenAt = Date.parse('2026-11-27T09:11:00Z');

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.stop());

async function start(folder?: string) {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt });
  const parts = { clock, authorize: createAuthorize(templateOf(resources)) };
  const texts = createTextMessages({ ...parts, ...whereKnown({ folder }) });
  endpoint = await startEndpoint({ port: 0, services: [texts.service], activity });
  const url = endpoint.url;
  const clientOf = (accessKeyId: string) =>
    new PinpointSMSVoiceV2Client({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  return { texts, clientOf };
}

describe('a text message', () => {
  it('says which number to call, and nothing else', async () => {
    const { texts, clientOf } = await start();
    const { send } = createTexter({ client: clientOf('LOCAL.SendAlerts'), from });
    const messageId = await send({ to: '+12035550188', deskPhone: '203-555-0100', language: 'en' });
    expect(texts.sent()).toEqual([
      {
        messageId,
        at: '2026-11-27T09:11:00.000Z',
        to: '+12035550188',
        body: 'Careline, URGENT: the duty desk has something to tell you. Read our e-mail now, or call the desk: 203-555-0100',
      },
    ]);
  });

  it('is still in the inbox after a restart', async () => {
    const folder = newFolder();
    const before = await start(folder);
    const { send } = createTexter({ client: before.clientOf('LOCAL.SendAlerts'), from });
    await send({ to: '+12035550188', deskPhone: '203-555-0100', language: 'en' });
    await before.texts.service.stop();
    await endpoint?.stop();
    const after = await start(folder);
    expect(after.texts.sent()).toEqual(before.texts.sent());
    await after.texts.service.stop();
  });

  it('to what is no number is given up: trying again would not help', async () => {
    const { texts, clientOf } = await start();
    const { send } = createTexter({ client: clientOf('LOCAL.SendAlerts'), from });
    expect(await send({ to: 'ask the desk', deskPhone: '203-555-0100', language: 'en' })).toBeUndefined();
    expect(texts.sent()).toEqual([]);
  });

  it('is refused to a function without the grant', async () => {
    const { texts, clientOf } = await start();
    const { send } = createTexter({ client: clientOf('LOCAL.Sweep'), from });
    await expect(send({ to: '+12035550188', deskPhone: '203-555-0100', language: 'en' })).rejects.toThrow(
      /not authorized to perform: sms-voice:SendTextMessage/,
    );
    expect(texts.sent()).toEqual([]);
  });

  it('names the fields that are wrong, and never what they hold', async () => {
    const { clientOf } = await start();
    const call = new SendTextMessageCommand({
      DestinationPhoneNumber: '5550188',
      OriginationIdentity: from,
      MessageBody: 'Hello',
      MessageType: 'PROMOTIONAL',
      TimeToLive: 60,
    });
    const refusal = clientOf('LOCAL.SendAlerts').send(call);
    await expect(refusal).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(refusal).rejects.toThrow(/^(?=.*"TimeToLive")(?=.*DestinationPhoneNumber: )(?=.*MessageType: )/);
    await expect(refusal).rejects.not.toThrow(/5550188/);
  });
});

describe('the inbox', () => {
  it('shows the newest first, in New York time, and escapes what it shows', () => {
    const text = { messageId: 'm-1', at: '2026-11-27T09:11:00.000Z', to: '+12035550188', body: 'a < b & "c"' };
    const page = String(inboxPage([text, { ...text, at: '2026-11-27T09:12:00.000Z', body: 'later' }]).body);
    expect(page).toContain('Fri, Nov 27, 4:11');
    expect(page).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(page.indexOf('later')).toBeLessThan(page.indexOf('a &lt;'));
  });

  it('says that there is none', () => {
    expect(String(inboxPage([]).body)).toContain('No text message was sent.');
  });
});
