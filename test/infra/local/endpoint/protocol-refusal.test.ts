import { describe, expect, it } from 'vitest';
import { answerTo, askedFor } from '../../../../infra/local/endpoint/protocol-refusal.ts';
import { Refusal } from '../../../../infra/local/endpoint/service.ts';
import { formRequest, requestOf, signedFor } from './ask.ts';

const sentence = 'Nothing <here> & "there".';
const escaped = 'Nothing &lt;here&gt; &amp; &quot;there&quot;.';
const refused = (headers: Readonly<Record<string, string>>) =>
  answerTo({ headers }, new Refusal('UnknownOperation', sentence));
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an error of the embedded cloud', () => {
  it.each(['1.0', '1.1'])('is JSON %s where that was asked, with the name as type', (version) => {
    const type = `application/x-amz-json-${version}`;
    const { headers, body } = refused({ 'x-amz-target': 'Thing.Do', 'content-type': type });
    expect(headers).toMatchObject({ 'content-type': type, 'x-amzn-errortype': 'UnknownOperation' });
    expect(JSON.parse(String(body))).toEqual({ __type: 'UnknownOperation', message: sentence });
  });

  it('is JSON with its name in a header for a REST service', () => {
    const { headers } = refused({ authorization: signedFor('scheduler') });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperation' });
  });

  it.each([
    ['the Query protocol', { ...form }, `<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperation</Code>`],
    ['S3', { authorization: signedFor('s3') }, '<Error><Code>UnknownOperation</Code>'],
  ])('is XML for %s', (_, headers, start) => {
    const { headers: said, body } = refused(headers);
    expect(said['content-type']).toBe('text/xml');
    expect(body).toContain(`${start}<Message>${escaped}</Message>`);
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
    expect(askedFor(requestOf({ method: 'GET', path: '/bucket' }))).toBe('GET /bucket');
  });
});
