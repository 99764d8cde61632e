import { describe, expect, it } from 'vitest';
import { serve } from '../../../../infra/local/endpoint/endpoint.ts';
import type { Principal } from '../../../../infra/local/endpoint/service.ts';
import { createSts } from '../../../../infra/local/sts/sts.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';
import { formRequest } from '../endpoint/ask.ts';

const sts = createSts(templateOf(functionWith('Sweep')));
const ask = (Action: string, principal?: Principal) =>
  serve(formRequest({ Action, Version: '2011-06-15' }, principal), [sts]);

describe('GetCallerIdentity', () => {
  it('names the account and its root for an operator', async () => {
    const { status, body } = await ask('GetCallerIdentity');
    expect(status).toBe(200);
    expect(body).toContain('<Account>000000000000</Account>');
    expect(body).toContain('<Arn>arn:aws:iam::000000000000:root</Arn>');
  });

  it('names the role of a function', async () => {
    const { body } = await ask('GetCallerIdentity', { kind: 'function', logicalId: 'Sweep' });
    expect(body).toContain('<Arn>arn:aws:sts::000000000000:assumed-role/SweepRole/Sweep</Arn>');
  });

  it('is the only action: another is refused by name', async () => {
    const { status, body } = await ask('AssumeRole');
    expect([status, body]).toEqual([400, expect.stringContaining('The embedded sts does not offer AssumeRole')]);
  });
});
