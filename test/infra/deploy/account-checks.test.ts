/** Every state of an account that keeps a deployment from working: one sentence each, before anything is created. */
import { describe, expect, test } from 'vitest';
import type { AccountFacts } from '../../../infra/deploy/account.ts';
import {
  type Asked,
  adviceOf,
  covers,
  hasSucceeded,
  refusalsOf,
  rememberedSettings,
  unreadableSettings,
  withReservations,
} from '../../../infra/deploy/account-checks.ts';

const facts: AccountFacts = {
  bootstrap: 30,
  certificate: undefined,
  prefixOwner: undefined,
  mailDomain: 'absent',
  mailSandbox: false,
  concurrency: 1000,
  copiesApart: true,
  mailEnabled: true,
  mailsADay: 50_000,
};
const settings = {
  stage: 'training',
  oncallEmail: 'oncall@agency.example',
  mailDomain: 'agency.example',
  pageUrl: 'https://pager.example/careline',
};
const fresh: Asked = {
  settings,
  facts,
  reserved: 339,
  place: { account: '111122223333', region: 'us-east-1', caller: 'arn:aws:iam::1:user/pat', stack: undefined },
};
const stackIn = (status: string, remembered: object = settings): Asked['place'] => ({
  ...fresh.place,
  stack: { status, outputs: { Settings: JSON.stringify(remembered), UserPoolId: 'us-east-1_ours' } },
});
const stackHolder = (told: unknown) => ({
  stack: { status: 'CREATE_COMPLETE', outputs: { Settings: JSON.stringify(told) } },
});
const twoKeys = { ...settings, codeKeys: '2', codeKeyInUse: '1' };
const withFacts = (more: Partial<AccountFacts>): Asked => ({ ...fresh, facts: { ...facts, ...more } });
const certificate = { status: 'ISSUED', names: ['agency.example', '*.agency.example'], records: [] };
const own = { ...settings, consoleUrl: 'https://careline.agency.example' };

test('a prepared account without a stack takes the deployment', () => {
  expect(refusalsOf(fresh)).toEqual([]);
  expect(adviceOf(fresh)).toEqual([]);
});

test.each([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'ROLLBACK_COMPLETE',
  'REVIEW_IN_PROGRESS',
])('a stack in the state %s can be deployed over', (status) => {
  expect(refusalsOf({ ...fresh, place: stackIn(status) })).toEqual([]);
});

describe('each of these is refused, and says what to do', () => {
  test.each<[string, Asked, string]>([
    [
      'credentials of another account',
      { ...fresh, settings: { ...settings, account: '999988887777' } },
      'set AWS_PROFILE',
    ],
    [
      'another stage in the same place',
      { ...fresh, place: stackIn('CREATE_COMPLETE', { stage: 'production' }) },
      'there is room for one',
    ],
    ['a stack at work', { ...fresh, place: stackIn('UPDATE_IN_PROGRESS') }, 'wait until it is done'],
    [
      'an update that could not be rolled back',
      { ...fresh, place: stackIn('UPDATE_ROLLBACK_FAILED') },
      'continue-update-rollback',
    ],
    ['a broken first deployment', { ...fresh, place: stackIn('ROLLBACK_FAILED') }, 'npm run destroy'],
    ['a broken destroy', { ...fresh, place: stackIn('DELETE_FAILED') }, 'npm run destroy'],
    [
      'an account that is not bootstrapped',
      withFacts({ bootstrap: undefined }),
      'npx cdk bootstrap aws://111122223333/us-east-1',
    ],
    ['an old bootstrap', withFacts({ bootstrap: 5 }), 'by an old CDK'],
    ['a bootstrap without a version', withFacts({ bootstrap: Number.NaN }), 'by an old CDK'],
    [
      'no such certificate',
      withFacts({ certificate: { ...certificate, status: 'MISSING' } }),
      'request it in Certificate Manager',
    ],
    [
      'a certificate that waits for DNS',
      withFacts({
        certificate: { ...certificate, status: 'PENDING_VALIDATION', records: ['_a.agency.example. CNAME _b.aws.'] },
      }),
      'put _a.agency.example. CNAME _b.aws. into DNS',
    ],
    [
      'an expired certificate',
      withFacts({ certificate: { ...certificate, status: 'EXPIRED' } }),
      'cannot be used (EXPIRED)',
    ],
    [
      'a certificate for another host',
      { ...withFacts({ certificate: { ...certificate, names: ['other.example'] } }), settings: own },
      'for other.example and not for careline.agency.example',
    ],
    ['a sign-in prefix of another pool', withFacts({ prefixOwner: 'us-east-1_other' }), 'than careline-training'],
    ['a mail domain that SES has already', withFacts({ mailDomain: 'verified' }), 'delete that identity in SES'],
    [
      'a new mail domain that SES has already',
      {
        ...withFacts({ mailDomain: 'verified' }),
        place: stackIn('CREATE_COMPLETE', { ...settings, mailDomain: 'old.example' }),
      },
      'delete that identity in SES',
    ],
    [
      'fewer code keys than the stack has',
      { ...fresh, settings: { ...settings, codeKeys: '1' }, place: stackIn('UPDATE_COMPLETE', twoKeys) },
      'The stack has 2 code keys, and "codeKeys" is 1',
    ],
    [
      'the number of code keys taken back',
      { ...fresh, settings, place: stackIn('UPDATE_ROLLBACK_COMPLETE', twoKeys) },
      'give codeKeys=2 or more',
    ],
    [
      'a new code key used in the run that brings it',
      {
        ...fresh,
        settings: { ...settings, codeKeys: '3', codeKeyInUse: '3' },
        place: stackIn('UPDATE_COMPLETE', twoKeys),
      },
      'first deploy with codeKeys=3 alone, and then use the new key in a second run',
    ],
    [
      'a second code key used in the run that brings it',
      {
        ...fresh,
        settings: { ...settings, codeKeys: '2', codeKeyInUse: '2' },
        place: stackIn('CREATE_COMPLETE', settings),
      },
      'first deploy with codeKeys=2 alone',
    ],
    ...['{', 'null', '"on"', '[]'].map((told): [string, Asked, string] => [
      `settings of the stack that cannot be read: ${told}`,
      { ...fresh, place: { ...fresh.place, stack: { status: 'UPDATE_COMPLETE', outputs: { Settings: told } } } },
      'The output "Settings" of the stack cannot be read',
    ]),
    ['copies under the key of their table', withFacts({ copiesApart: false }), 'resource-type-management-preference'],
    ['too few places to reserve', { ...withFacts({ concurrency: 10 }), reserved: 300 }, 'needs 400'],
  ])('%s', (_what, asked, sentence) => {
    expect(refusalsOf(asked)).toHaveLength(1);
    expect(refusalsOf(asked)[0]).toContain(sentence);
  });
});

test('what the stack itself holds is no obstacle to its next deployment', () => {
  const again = {
    ...withFacts({ prefixOwner: 'us-east-1_ours', mailDomain: 'unverified' }),
    place: stackIn('CREATE_COMPLETE'),
  };
  expect(refusalsOf(again)).toEqual([]);
});

test('code keys are moved in two runs, and a first deployment may begin with any', () => {
  const moved = (codeKeys: string, codeKeyInUse: string, place: Asked['place']) =>
    refusalsOf({ ...fresh, settings: { ...settings, codeKeys, codeKeyInUse }, place });
  expect(moved('2', '1', stackIn('CREATE_COMPLETE'))).toEqual([]);
  expect(moved('2', '2', stackIn('UPDATE_COMPLETE', twoKeys))).toEqual([]);
  expect(moved('2', '1', stackIn('UPDATE_COMPLETE', { ...twoKeys, codeKeyInUse: '2' }))).toEqual([]);
  expect(moved('2', '2', fresh.place)).toEqual([]);
  expect(moved('2', '2', { ...fresh.place, stack: { status: 'ROLLBACK_COMPLETE', outputs: {} } })).toEqual([]);
});

test('settings that cannot be read are told before anything is asked for that they may hold', () => {
  expect(unreadableSettings({ stack: { status: 'UPDATE_COMPLETE', outputs: { Settings: '{' } } })).toHaveLength(1);
  expect(unreadableSettings(stackIn('UPDATE_COMPLETE'))).toEqual([]);
  expect(unreadableSettings({ stack: { status: 'ROLLBACK_COMPLETE', outputs: {} } })).toEqual([]);
  expect(unreadableSettings(fresh.place)).toEqual([]);
});

test('a certificate covers its names and one label below a wildcard', () => {
  expect(
    ['agency.example', 'careline.agency.example', 'a.b.agency.example', 'other.example'].map((host) =>
      covers(certificate, host),
    ),
  ).toEqual([true, true, false, false]);
});

test.each([
  ['the sandbox of SES', { mailSandbox: true }, 'Ask AWS for production access'],
  ['mail that SES has stopped', { mailEnabled: false }, 'have it lifted'],
  ['too little mail a day', { mailsADay: 200 }, '200 mails a day'],
  ['ten places', { concurrency: 10 }, 'ask for 1,000 in Service Quotas'],
])('%s can wait, and is told', (_what, more, sentence) => {
  const asked = { ...withFacts(more), ...('concurrency' in more && { reserved: 0 }) };
  expect(refusalsOf(asked)).toEqual([]);
  expect(adviceOf(asked)).toEqual([expect.stringContaining(sentence)]);
});

test('places are reserved by themselves in an account with room, and what the settings say stays', () => {
  expect(withReservations({}, { concurrency: 1000 })).toEqual({ reservedConcurrency: 'on' });
  expect(withReservations({}, { concurrency: 499 })).toEqual({ reservedConcurrency: 'off' });
  expect(withReservations({ reservedConcurrency: 'off' }, { concurrency: 1000 }).reservedConcurrency).toBe('off');
  expect(adviceOf({ ...fresh, reserved: 0 })).toEqual([expect.stringContaining('the account has room')]);
});

test('alarms without a paging service can wait, and are told', () => {
  const { pageUrl: _, ...mailOnly } = settings;
  expect(adviceOf({ ...fresh, settings: mailOnly })).toEqual([expect.stringContaining('give pageUrl')]);
});

test('protection comes only to a stack that once succeeded', () => {
  const states = ['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS'];
  expect(states.map((status) => hasSucceeded(stackIn(status).stack))).toEqual([true, true, false, false]);
  expect(hasSucceeded(undefined)).toBe(false);
});

test('of the settings that a stack tells, those that are no text are left out', () => {
  const told = { ...settings, budget: { amount: 100 }, textFrom: null, region: 5 };
  expect(rememberedSettings(stackHolder(told))).toEqual(settings);
  for (const nothing of [null, 'on', 1]) expect(rememberedSettings(stackHolder(nothing))).toEqual({});
});

test('a stack that tells no settings, or damaged ones, remembers none', () => {
  expect(rememberedSettings(fresh.place)).toEqual({});
  expect(rememberedSettings({ stack: { status: 'CREATE_COMPLETE', outputs: { Settings: '{' } } })).toEqual({});
});
