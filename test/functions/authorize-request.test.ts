import { describe, expect, test } from 'vitest';
import { authorizeRequest } from '../../functions/authorize-request/authorize-request.ts';
import { personOf } from '../support/desk.ts';

const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:abc123/prod/GET/api/v1/referrals/CR-7F3KD-9QXMT2';
const leases = { sub: 'sub-1', client_id: 'console', token_use: 'access', amr: ['pwd', 'mfa'] };
const person = personOf('caseworker');

async function authorize(payload: unknown, authorization: string | undefined = 'Bearer a.b.c', factor = false) {
  const asked: string[] = [];
  const answer = await authorizeRequest(
    {
      verify: async (token) => {
        asked.push(token);
        return payload;
      },
      hasSecondFactor: async (token) => factor && token === 'a.b.c',
      directory: { personBySub: async (sub) => (sub === 'sub-1' ? person : undefined) },
      clientId: 'console',
    },
    { methodArn, authorization },
  );
  const [statement] = answer?.policyDocument.Statement ?? [];
  return { answer, asked, effect: statement?.Effect };
}

describe('a caller with a token', () => {
  test('of a person of the directory, with a second factor, is let in to the whole stage', async () => {
    const { answer, asked } = await authorize(leases);
    expect(asked).toEqual(['a.b.c']);
    expect(answer).toEqual({
      principalId: person.id,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: 'arn:aws:execute-api:us-east-1:000000000000:abc123/prod/*',
          },
        ],
      },
      context: { personId: person.id },
    });
  });

  test.each<[string, object]>([
    ['without evidence of a second factor', { ...leases, amr: ['pwd'] }],
    ['that says nothing of how they signed in', { ...leases, amr: undefined }],
    ['of another client', { ...leases, client_id: 'another' }],
    ['that is an id token', { ...leases, token_use: 'id' }],
    ['of a person who is not in the directory', { ...leases, sub: 'sub-2' }],
    ['of no person', { ...leases, sub: '' }],
    ['with nothing in it', {}],
  ])('%s is denied everything', async (_, payload) => {
    const { answer, effect } = await authorize(payload);
    expect([effect, answer?.principalId]).toEqual(['Deny', 'no-one']);
    expect(answer?.policyDocument.Statement[0]).toMatchObject({ Resource: expect.stringMatching(/\/prod\/\*$/) });
  });

  test("that says nothing of a second factor is let in by the pool's answer; one of another client is not", async () => {
    const { amr: _, ...silent } = leases;
    expect((await authorize(silent, 'Bearer a.b.c', true)).effect).toBe('Allow');
    expect((await authorize({ ...silent, client_id: 'another' }, 'Bearer a.b.c', true)).effect).toBe('Deny');
    expect((await authorize({ ...silent, sub: 'sub-2' }, 'Bearer a.b.c', true)).effect).toBe('Deny');
  });

  test('that does not verify is refused, and the gateway answers 401', async () => {
    expect((await authorize(undefined)).answer).toBeUndefined();
  });

  test('that claims roles has none of them: roles come from the directory', async () => {
    const { answer } = await authorize({ ...leases, roles: ['administrator'], 'cognito:groups': ['administrator'] });
    expect(answer?.context).toEqual({ personId: person.id });
  });
});

test.each(['', 'Bearer', 'Bearer ', 'bearer a.b.c', 'Basic YTpi', 'Bearer a b', 'Bearer a.b.c extra', 'Bearer <a>'])(
  'the header %j is refused before any token is read',
  async (authorization) => {
    const { answer, asked } = await authorize(leases, authorization);
    expect([answer, asked]).toEqual([undefined, []]);
  },
);

test('an issuer that does not answer is a fault, and no caller is let in', async () => {
  const failing = authorizeRequest(
    {
      verify: () => Promise.reject(new Error('The issuer of sign-ins answered 503.')),
      hasSecondFactor: async () => true,
      directory: { personBySub: async () => person },
      clientId: 'console',
    },
    { methodArn, authorization: 'Bearer a.b.c' },
  );
  await expect(failing).rejects.toThrow('503');
});
