import { describe, expect, it } from 'vitest';
import { createStacks } from '../../../../infra/local/cloudformation/stacks.ts';
import { serve } from '../../../../infra/local/endpoint/endpoint.ts';
import { AccessDenied, type Authorize } from '../../../../infra/local/endpoint/service.ts';
import { templateOf } from '../dynamodb/cloud.ts';
import { formRequest } from '../endpoint/ask.ts';

const topics = Object.fromEntries(
  Array.from({ length: 101 }, (_, at) => [`Topic${at}`, { Type: 'AWS::SNS::Topic', Properties: {} }]),
);
const address = { 'Fn::Join': ['', ['https://', { Ref: 'Door' }, '.execute-api.us-east-1.amazonaws.com/local/']] };
const Outputs = {
  Address: { Value: address },
  SignInAt: { Value: 'http://127.0.0.1:3000/' },
  First: { Value: { Ref: 'Topic0' } },
  Elsewhere: { Value: { 'Fn::GetAtt': ['Topic0', 'Unknown'] } },
};
const resources = { ...topics, Door: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Door' } } };
const start = (authorize: Authorize = () => undefined) =>
  createStacks({
    template: templateOf(resources, { Outputs }),
    authorize,
    deployment: { createdAt: Date.parse('2026-11-02T09:00:00Z') },
    webUrl: () => 'http://127.0.0.1:4321',
  });
const ask = async (fields: Readonly<Record<string, string>>, stacks = start()) => {
  const { status, body } = await serve(formRequest({ Version: '2010-05-15', ...fields }), [stacks]);
  return { status, xml: String(body) };
};
const count = (xml: string) => xml.match(/<member>/g)?.length ?? 0;

describe('the stack', () => {
  it('is told with its outputs, and the gateway by its address on this machine', async () => {
    const { status, xml } = await ask({ Action: 'DescribeStacks' });
    expect(status).toBe(200);
    expect(xml).toContain('<StackName>Careline</StackName><CreationTime>2026-11-02T09:00:00.000Z</CreationTime>');
    expect(xml).toContain('<OutputKey>Address</OutputKey><OutputValue>http://127.0.0.1:4321/</OutputValue>');
    expect(xml).toContain('<OutputKey>SignInAt</OutputKey><OutputValue>http://127.0.0.1:4321/</OutputValue>');
    expect(xml).toContain('<OutputKey>First</OutputKey><OutputValue>arn:aws:sns:us-east-1:000000000000:Topic0<');
    expect(xml).not.toContain('Elsewhere');
    expect((await ask({ Action: 'DescribeStacks', StackName: 'Careline' })).status).toBe(200);
  });

  it('of another name does not exist', async () => {
    const { status, xml } = await ask({ Action: 'DescribeStacks', StackName: 'Other' });
    expect([status, xml]).toEqual([
      400,
      expect.stringContaining('<Code>ValidationError</Code><Message>Stack with id Other does not exist</Message>'),
    ]);
  });

  it('lists all its resources at once', async () => {
    const { xml } = await ask({ Action: 'ListStackResources', StackName: 'Careline' });
    expect([count(xml), xml.includes('NextToken')]).toEqual([102, false]);
  });

  it('is told to those alone who may ask', async () => {
    const stacks = start((_principal, action) => {
      throw new AccessDenied(`no principal may perform ${action}`);
    });
    const { status, xml } = await ask({ Action: 'DescribeStacks' }, stacks);
    expect([status, xml]).toEqual([403, expect.stringContaining('may perform cloudformation:DescribeStacks')]);
  });
});
