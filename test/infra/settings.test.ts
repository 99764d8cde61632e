import { RootConstruct } from 'constructs';
import { expect, test } from 'vitest';
import { givenBy, readSettings, settingProblems, settingTable } from '../../infra/constructs/settings.ts';

const usable = { stage: 'training', oncallEmail: 'oncall@careline.example' };

test.each([
  [{ stage: 'Production' }, '"stage"'],
  [{ stage: 'production', consoleUrl: 'http://careline.example' }, 'needs an https:// address'],
  [{ stage: 'production', consoleUrl: 'https://careline.example' }, '"oncallEmail" is missing'],
  [{ codeKeys: '0' }, '"codeKeys" is "0"; it must be a number from 1 to 9'],
  [{ codeKeyInUse: '2' }, 'first deploy the new key, then use it'],
  [{ mailFrom: 'someone@elsewhere.example' }, '"mailDomain"'],
  [{ ...usable, consoleUrl: 'careline.example' }, '"consoleUrl"'],
  [{ ...usable, consoleUrl: 'https://careline.example/console' }, 'without a path'],
  [{ ...usable, certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/example' }, 'without "consoleUrl"'],
  [{ ...usable, certificateArn: 'my-certificate', consoleUrl: 'https://careline.example' }, 'ARN of a certificate'],
  [{ ...usable, oncallEmail: 'the desk' }, 'one e-mail address'],
  [{ ...usable, mailDomain: 'Careline.example' }, 'a domain in lower case'],
  [{ ...usable, signInPrefix: 'my-cognito' }, 'without the words aws, amazon and cognito'],
  [{ ...usable, signInPrefix: 'careline-' }, '"signInPrefix"'],
  [{ ...usable, textFrom: '203-555-0100' }, '"textFrom"'],
  [{ ...usable, region: 'Virginia' }, 'a region such as us-east-1'],
  [{ ...usable, account: '1234' }, 'twelve digits'],
  [{ ...usable, protection: 'yes' }, 'on or off'],
])('the settings %j are refused with a sentence that says what to change', (context, sentence) => {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  expect(() => readSettings(node)).toThrow(sentence);
});

test('every wrong shape is told at once', () => {
  expect(settingProblems({ ...usable, oncallEmail: 'desk', account: '1' })).toHaveLength(2);
});

test('a wrong value is told by the name of its setting', () => {
  for (const name of Object.keys(settingTable)) {
    expect(settingProblems({ ...usable, [name]: '?' })[0]).toContain(`"${name}"`);
  }
});

test('without an own address the console has none in the settings, except on this machine', () => {
  const { node } = new RootConstruct();
  expect(readSettings(node).consoleUrl).toBe('http://127.0.0.1:3000');
  for (const [name, value] of Object.entries(usable)) node.setContext(name, value);
  expect(readSettings(node)).toMatchObject({ consoleUrl: undefined, switches: { protection: false } });
});

const everything = {
  ...usable,
  mailDomain: 'agency.example',
  mailFrom: 'desk@agency.example',
  consoleUrl: 'https://careline.agency.example',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/example',
  signInPrefix: 'careline-agency',
  textFrom: 'arn:aws:sms-voice:us-east-1:000000000000:phone-number/example',
  codeKeys: '2',
  codeKeyInUse: '1',
  budgetAmount: '100.5',
  budgetEmail: 'money@agency.example',
  pageUrl: 'https://pager.example/careline',
  anchorWitnesses: 'records@court.example,inspector@state.example',
  protection: 'on',
  threatProtection: 'on',
  trailOfFunctions: 'off',
  reservedConcurrency: 'off',
};
const givenAgain = (context: Readonly<Record<string, string>>) => {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  return givenBy(readSettings(node));
};

test('each setting but region and account is given again as it was', () => {
  expect(Object.keys(everything).toSorted()).toEqual(
    Object.keys(settingTable)
      .filter((name) => name !== 'region' && name !== 'account')
      .toSorted(),
  );
  expect(givenAgain(everything)).toEqual(everything);
});

test('settings that are given again can be used, and stay the same', () => {
  for (const context of [usable, everything, { ...usable, budgetAmount: '100' }]) {
    const again = givenAgain(context);
    expect(settingProblems(again)).toEqual([]);
    expect(givenAgain(again)).toEqual(again);
  }
});

test('mail about the cost follows the address on call, unless it has an own one', () => {
  expect(givenAgain({ ...usable, budgetAmount: '100' })).not.toHaveProperty('budgetEmail');
});
