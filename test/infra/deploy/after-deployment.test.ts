import { expect, test } from 'vitest';
import { nextSteps } from '../../../infra/deploy/after-deployment.ts';

const outputs = {
  SignInAt: 'https://careline.agency.example/',
  DnsOfConsole: 'careline.agency.example CNAME d-abc.execute-api.us-east-1.amazonaws.com',
  DnsOfMail1: 'one._domainkey.agency.example CNAME one.dkim.amazonses.com',
  DnsOfMail2: 'two._domainkey.agency.example CNAME two.dkim.amazonses.com',
  Protection: 'OFF: run "npm run deploy" again, which turns it on',
};
const unconfirmed = ['oncall@agency.example', 'https://pager.example/careline'];

test('after a first deployment each thing that is left is one line, protection first', () => {
  const steps = nextSteps({
    outputs,
    isMailVerified: false,
    unprotected: ['Ledger'],
    unconfirmed,
    advice: ['Ask AWS.'],
  });
  expect(steps).toEqual([
    expect.stringMatching(/^PROTECTION IS OFF/),
    expect.stringContaining('careline.agency.example CNAME d-abc'),
    expect.stringMatching(/one\._domainkey.* and two\._domainkey/),
    expect.stringContaining('oncall@agency.example must open the mail'),
    expect.stringContaining('The paging service at https://pager.example/careline must confirm'),
    'Ask AWS.',
  ]);
});

test('once all is done nothing is left', () => {
  const { DnsOfConsole: _, ...done } = { ...outputs, Protection: 'on' };
  const all = { outputs: done, isMailVerified: true, unprotected: [], unconfirmed: [], advice: [] };
  expect(nextSteps(all)).toEqual([]);
  // The word of the output alone is no protection.
  expect(nextSteps({ ...all, unprotected: ['Ledger'] })).toEqual([
    expect.stringMatching(/^PROTECTION IS NOT WHOLE: Ledger can still be deleted/),
  ]);
});
