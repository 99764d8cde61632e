/** The throttle of the stage, at times that the test gives. */
import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../../../infra/local/gateway/throttle.ts';
import { type WrittenResource, writeTemplate } from '../lambda/hand-written.ts';
import { door, start } from './door.ts';

const stage = (settings: object): Readonly<Record<string, WrittenResource>> => ({
  DoorStage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Door' }, StageName: 'local', MethodSettings: [settings] },
  },
});
const all = { ResourcePath: '/*', HttpMethod: '*' };
const three = stage({ ...all, ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3 });

describe('the throttle', () => {
  it('lets in the burst, and after it as many as the rate gives back', () => {
    let now = 0;
    const mayComeIn = createThrottle(writeTemplate({ ...door, ...three }), () => now);
    expect([mayComeIn(), mayComeIn(), mayComeIn(), mayComeIn()]).toEqual([true, true, true, false]);
    now = 500;
    expect([mayComeIn(), mayComeIn()]).toEqual([true, false]);
    now = 60_000;
    expect([mayComeIn(), mayComeIn(), mayComeIn(), mayComeIn()]).toEqual([true, true, true, false]);
  });

  it('is none where the template has none, and a limit for one method stops the start', () => {
    expect(createThrottle(writeTemplate({ ...door, ...stage(all) }), () => 0)()).toBe(true);
    const one = stage({ ...all, HttpMethod: 'GET', ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3 });
    expect(() => createThrottle(writeTemplate({ ...door, ...one }), () => 0)).toThrow('one limit for all methods');
  });

  it('answers 429 with the words and the Retry-After of the template', async () => {
    const Throttled = {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: { Ref: 'Door' },
        ResponseType: 'THROTTLED',
        ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
        ResponseTemplates: { 'application/json': '{"message":"In a second."}' },
      },
    };
    const none = stage({ ...all, ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 });
    const { url, events } = await start({}, { resources: { ...none, Throttled } });
    expect((await fetch(url)).status).toBe(200);
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '1',
      { message: 'In a second.' },
    ]);
    expect(events).toHaveLength(1);
  });
});
