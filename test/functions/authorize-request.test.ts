import { describe, expect, test } from 'vitest';
import { type AuthorizeParts, authorizeRequest } from '../../functions/authorize-request/authorize-request.ts';
import { personOf } from '../support/desk.ts';

const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:abc123/prod/GET/api/v1/referrals/CR-7F3KD-9QXMT2';
const leases = { sub: 'sub-1', client_id: 'console', token_use: 'access', careline_second_factor: 'verified' };
const open = { enabled: true, hasFactor: false };
const person = personOf('caseworker');

async function authorize(payload: unknown, authorization: string | undefined = 'Bearer a.b.c', account = open) {
  const asked: string[] = [];
  const answer = await authorizeRequest(
    {
      verify: async (token) => {
        asked.push(token);
        return payload;
      },
      lookUpAccount: async (sub) =>
        sub === 'sub-1' || sub === 'sub-2' ? account : { enabled: false, hasFactor: false },
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
      context: { personId: person.id, signedInAt: 0 },
    });
  });

  test('that was renewed tells when the person signed in, and not when it was renewed', async () => {
    const signedInAt = async (times: object) => (await authorize({ ...leases, ...times })).answer?.context?.signedInAt;
    expect(await signedInAt({ auth_time: 1_700_000_000, iat: 1_700_003_000 })).toBe(1_700_000_000);
    expect(await signedInAt({ iat: 1_700_003_000 })).toBe(1_700_003_000);
    expect(await signedInAt({ iat: 'yesterday' })).toBe(0);
  });

  test.each<[string, object]>([
    ['without evidence of a second factor', { ...leases, careline_second_factor: undefined }],
    ['with evidence that no trigger of ours writes', { ...leases, careline_second_factor: 'yes' }],
    ['with evidence of another kind', { ...leases, careline_second_factor: undefined, amr: ['mfa'] }],
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
    const { careline_second_factor: _, ...silent } = leases;
    const listed = { enabled: true, hasFactor: true };
    expect((await authorize(silent, 'Bearer a.b.c', listed)).effect).toBe('Allow');
    expect((await authorize({ ...silent, client_id: 'another' }, 'Bearer a.b.c', listed)).effect).toBe('Deny');
    expect((await authorize({ ...silent, sub: 'sub-2' }, 'Bearer a.b.c', listed)).effect).toBe('Deny');
  });

  test('of a person who was disabled since is denied everything, whatever the token says', async () => {
    expect((await authorize(leases, 'Bearer a.b.c', { enabled: false, hasFactor: true })).effect).toBe('Deny');
  });

  test('is a fault where the pool said nothing yet, and so no refusal that is kept', async () => {
    const unknown = { ...leases, careline_second_factor: 'unknown' };
    await expect(authorize(unknown)).rejects.toThrow('has not said yet');
    expect((await authorize(unknown, 'Bearer a.b.c', { enabled: true, hasFactor: true })).effect).toBe('Allow');
  });

  test('that does not verify is refused, and the gateway answers 401', async () => {
    expect((await authorize(undefined)).answer).toBeUndefined();
  });

  test('that claims roles has none of them: roles come from the directory', async () => {
    const { answer } = await authorize({ ...leases, roles: ['administrator'], 'cognito:groups': ['administrator'] });
    expect(answer?.context).toEqual({ personId: person.id, signedInAt: 0 });
  });
});

test.each(['', 'Bearer', 'Bearer ', 'bearer a.b.c', 'Basic YTpi', 'Bearer a b', 'Bearer a.b.c extra', 'Bearer <a>'])(
  'the header %j is refused before any token is read',
  async (authorization) => {
    const { answer, asked } = await authorize(leases, authorization);
    expect([answer, asked]).toEqual([undefined, []]);
  },
);

test.each<[string, Partial<AuthorizeParts>]>([
  ['an issuer', { verify: () => Promise.reject(new Error('It does not answer.')) }],
  ['a pool of sign-ins', { lookUpAccount: () => Promise.reject(new Error('It does not answer.')) }],
  ['a directory', { directory: { personBySub: () => Promise.reject(new Error('It does not answer.')) } }],
])('%s that does not answer is a fault, and no caller is let in', async (_, parts) => {
  const failing = authorizeRequest(
    {
      verify: async () => leases,
      lookUpAccount: async () => open,
      directory: { personBySub: async () => person },
      clientId: 'console',
      ...parts,
    },
    { methodArn, authorization: 'Bearer a.b.c' },
  );
  await expect(failing).rejects.toThrow('It does not answer.');
});
