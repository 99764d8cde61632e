import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, requestOf } from '../endpoint/ask.ts';
import { type Bench, startBench } from './ses-over-http.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ limits: { dailyQuota: 3 } });
});
afterAll(() => bench.stop());

const headers = { 'content-type': 'application/json' };
async function ask(method: string, path: string, input?: object): Promise<Answered> {
  const request = requestOf({ method, path, headers, body: input === undefined ? '' : JSON.stringify(input) });
  expect(bench.ses.service.handles(request)).toBe(true);
  const { status, headers: said, body } = await bench.ses.service.handle(request);
  return { status, code: said['x-amzn-errortype'], ...(JSON.parse(String(body)) as Record<string, unknown>) };
}
const send = (input: object) => ask('POST', '/v2/email/outbound-emails', input);
const text = { Simple: { Subject: { Data: 'A seat' }, Body: { Text: { Data: 'Please answer.' } } } };
const to = (address: string) => ({
  FromEmailAddress: 'alerts@careline.example',
  Destination: { ToAddresses: [address] },
});

describe('SES v2', () => {
  it('sends a composed mail as v1 does, with its tags', async () => {
    const EmailTags = [{ Name: 'alert', Value: 'A1' }];
    const { MessageId } = await send({
      ...to('mdt@partner.example'),
      Content: text,
      EmailTags,
      ConfigurationSetName: 'Mail',
    });
    expect(bench.ses.sent().at(-1)).toMatchObject({
      messageId: MessageId,
      source: 'alerts@careline.example',
      destinations: ['mdt@partner.example'],
      subject: 'A seat',
    });
    expect(await bench.types()).toEqual(['Send', 'Delivery']);
    expect(bench.published[0]?.event.mail.tags.alert).toEqual(['A1']);
  });

  it('sends a raw mail', async () => {
    const raw = 'From: alerts@careline.example\r\nTo: a@partner.example\r\nSubject: Raw\r\n\r\nHello\r\n';
    expect(await send({ Content: { Raw: { Data: Buffer.from(raw).toString('base64') } } })).toMatchObject({
      status: 200,
    });
    expect(bench.ses.sent().at(-1)).toMatchObject({ subject: 'Raw', destinations: ['a@partner.example'] });
  });

  it('lists the verified identities', async () => {
    expect(await ask('GET', '/v2/email/identities')).toMatchObject({
      EmailIdentities: [{ IdentityType: 'DOMAIN', IdentityName: 'careline.example', SendingEnabled: true }],
    });
  });

  it('names its refusals as v2 does', async () => {
    const unverified = { ...to('a@partner.example'), FromEmailAddress: 'a@elsewhere.example', Content: text };
    expect(await send(unverified)).toMatchObject({ status: 400, code: 'MessageRejected' });
    expect(await send({ ...to('a@partner.example'), Content: text, ConfigurationSetName: 'No' })).toMatchObject({
      status: 404,
      code: 'NotFoundException',
    });
    expect(await send({ ...to('a@partner.example'), Content: { Template: {} } })).toMatchObject({
      status: 400,
      code: 'BadRequestException',
    });
    expect(await send({ FromEmailAddress: 'alerts@careline.example', Content: text })).toMatchObject({
      code: 'BadRequestException',
      message: "Missing required header 'To'.",
    });
    await send({ ...to('a@partner.example'), Content: text });
    expect(await send({ ...to('a@partner.example'), Content: text })).toMatchObject({
      status: 429,
      code: 'TooManyRequestsException',
    });
    expect(await ask('GET', '/v2/email/account')).toMatchObject({ status: 404, code: 'UnknownOperationException' });
  });
});
