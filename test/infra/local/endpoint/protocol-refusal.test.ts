import { describe, expect, it } from 'vitest';
import { askedFor, refusal } from '../../../../infra/local/endpoint/protocol-refusal.ts';
import { formRequest, requestOf, signedFor } from './ask.ts';

const sentence = 'Nothing <here> & "there".';
const escaped = 'Nothing &lt;here&gt; &amp; &quot;there&quot;.';
const answerTo = (headers: Readonly<Record<string, string>>) => refusal({ headers }, 400, 'UnknownOperation', sentence);
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an error of the embedded cloud', () => {
  it.each(['1.0', '1.1'])('is JSON %s where that was asked, with the name as type', (version) => {
    const type = `application/x-amz-json-${version}`;
    const { headers, body } = answerTo({ 'x-amz-target': 'Thing.Do', 'content-type': type });
    expect(headers).toMatchObject({ 'content-type': type, 'x-amzn-errortype': 'UnknownOperation' });
    expect(JSON.parse(String(body))).toEqual({ __type: 'UnknownOperation', message: sentence });
  });

  it('is JSON with its name in a header for a REST service', () => {
    const { headers } = answerTo({ authorization: signedFor('scheduler') });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperation' });
  });

  it.each([
    ['the Query protocol', { ...form }, `<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperation</Code>`],
    ['EC2', { ...form, authorization: signedFor('ec2') }, '<Response><Errors><Error><Code>UnknownOperation</Code>'],
    ['S3', { authorization: signedFor('s3') }, '<Error><Code>UnknownOperation</Code>'],
    ['Route 53', { authorization: signedFor('route53') }, '<ErrorResponse><Error><Code>UnknownOperation</Code>'],
  ])('is XML for %s', (_, headers, start) => {
    const { headers: said, body } = answerTo(headers);
    expect(said['content-type']).toBe('text/xml');
    expect(body).toContain(`${start}<Message>${escaped}</Message>`);
  });

  it('is CBOR for the RPC protocol of that name: a map of two texts', () => {
    const { headers, body } = answerTo({ 'smithy-protocol': 'rpc-v2-cbor' });
    expect(headers).toMatchObject({ 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    const bytes = body as Buffer;
    expect([bytes[0], bytes[1]]).toEqual([0xa2, 0x66]);
    expect(bytes.subarray(2, 8).toString()).toBe('__type');
    expect(bytes[8]).toBe(0x70);
    expect(bytes.subarray(9, 25).toString()).toBe('UnknownOperation');
    // 25 bytes are too many for a length of its own: it follows in two bytes.
    expect(bytes.subarray(33, 36)).toEqual(Buffer.from([0x79, 0, sentence.length]));
    expect(bytes.subarray(36).toString()).toBe(sentence);
  });

  it('names what was asked for', () => {
    const iam = formRequest({ Action: 'ListUsers', Version: '2010-05-08' });
    expect(askedFor({ ...iam, headers: { ...iam.headers, authorization: signedFor('iam') } })).toBe(
      'ListUsers of the service iam',
    );
    expect(askedFor(iam)).toBe('The action ListUsers');
    expect(askedFor(requestOf({ headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } }))).toBe(
      'The call AmazonSQS.ListQueues',
    );
    const headers = { 'smithy-protocol': 'rpc-v2-cbor', authorization: signedFor('monitoring') };
    expect(askedFor(requestOf({ path: '/service/GraniteService/operation/ListMetrics', headers }))).toBe(
      'ListMetrics of the service monitoring',
    );
    expect(askedFor(requestOf({ method: 'GET', path: '/bucket' }))).toBe('GET /bucket');
  });
});
