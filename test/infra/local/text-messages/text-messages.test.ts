import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, it } from 'vitest';
import { inboxPage } from '../../../../infra/local/text-messages/inbox.ts';
import { createTextMessages } from '../../../../infra/local/text-messages/text-messages.ts';
import { createTexter } from '../../../../shared/alerts/send/texter.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { functionWith } from '../dynamodb/cloud.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import { partsOver, serveOver } from '../endpoint/over-http.ts';

const from = 'arn:aws:sms-voice:us-east-1:000000000000:phone-number/phone-local';
const resources = {
  ...functionWith('SendAlerts', { Effect: 'Allow', Action: 'sms-voice:SendTextMessage', Resource: from }),
  ...functionWith('Sweep'),
};
const frozenAt = Date.parse('2026-11-27T09:11:00Z');

async function start(folder?: string) {
  const texts = createTextMessages(partsOver(resources, { now: frozenAt, ...whereKnown({ folder }) }));
  return { texts, ...(await serveOver([texts.service], PinpointSMSVoiceV2Client)) };
}

describe('a text message', () => {
  it('says which number to call, and nothing else', async () => {
    const { texts, as } = await start();
    const { send } = createTexter({ client: as('SendAlerts'), from });
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
    const { send } = createTexter({ client: before.as('SendAlerts'), from });
    await send({ to: '+12035550188', deskPhone: '203-555-0100', language: 'en' });
    await before.stop();
    expect((await start(folder)).texts.sent()).toEqual(before.texts.sent());
  });

  it('to what is no number is given up: trying again would not help', async () => {
    const { texts, as } = await start();
    const { send } = createTexter({ client: as('SendAlerts'), from });
    expect(await send({ to: 'ask the desk', deskPhone: '203-555-0100', language: 'en' })).toBeUndefined();
    expect(texts.sent()).toEqual([]);
  });

  it('is refused to a function without the grant', async () => {
    const { texts, as } = await start();
    const { send } = createTexter({ client: as('Sweep'), from });
    await expect(send({ to: '+12035550188', deskPhone: '203-555-0100', language: 'en' })).rejects.toThrow(
      /not authorized to perform: sms-voice:SendTextMessage/,
    );
    expect(texts.sent()).toEqual([]);
  });

  it('names the fields that are wrong, and never what they hold', async () => {
    const { as } = await start();
    const call = new SendTextMessageCommand({
      DestinationPhoneNumber: '5550188',
      OriginationIdentity: from,
      MessageBody: 'Hello',
      MessageType: 'PROMOTIONAL',
      TimeToLive: 60,
    });
    const refusal = as('SendAlerts').send(call);
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
