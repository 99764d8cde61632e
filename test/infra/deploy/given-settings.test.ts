/** What a person can get wrong in the settings of a deployment: one sentence each, before AWS is asked. */
import { describe, expect, test } from 'vitest';
import {
  deployProblems,
  earlyProblems,
  firstDeploymentProblems,
  mergeSettings,
  readWords,
} from '../../../infra/deploy/given-settings.ts';

const right = { stage: 'training', oncallEmail: 'oncall@agency.example', mailDomain: 'agency.example' };
const own = {
  consoleUrl: 'https://careline.agency.example',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/abc',
};

test('the three settings of a first deployment are enough', () => {
  expect(deployProblems(right)).toEqual([]);
  expect(deployProblems({ ...right, ...own, region: 'us-east-1', account: '111122223333' })).toEqual([]);
});

describe('each of these is refused', () => {
  const { stage: _, ...noStage } = right;
  const { oncallEmail: __, ...noOncall } = right;
  const { mailDomain: ___, ...noDomain } = right;
  const { certificateArn: ____, ...noCertificate } = own;
  const { consoleUrl: _____, ...noAddress } = own;
  const numbered = { ...right, textFrom: 'arn:aws:sms-voice:us-west-2:111122223333:phone-number/phone-1' };
  test.each([
    ['no stage', noStage, 'name the deployment'],
    ['the stage of this machine', { ...right, stage: 'local' }, 'run "npm start"'],
    ['no address on call', noOncall, 'needs the address that gets the alarms'],
    ['no mail domain', noDomain, 'give the domain that you send mail from'],
    ['the mail domain of the samples', { ...right, mailDomain: 'careline.example' }, 'still careline.example'],
    ['an address without its certificate', { ...right, ...noCertificate }, 'Nothing would answer at https://careline'],
    ['a certificate without its address', { ...right, ...noAddress }, 'without "consoleUrl"'],
    ['a certificate of another region', { ...right, ...own, region: 'us-west-2' }, 'must be in us-west-2'],
    ['a certificate of another account', { ...right, ...own, account: '999988887777' }, 'account 999988887777'],
    ['a number of another region', { ...numbered, region: 'us-east-1' }, 'number of "textFrom" must be in us-east-1'],
    ['a sender elsewhere', { ...right, mailFrom: 'careline@other.example' }, 'must be an address at "mailDomain"'],
  ])('%s', (_what, settings, sentence) => {
    expect(deployProblems(settings).join('\n')).toContain(sentence);
    expect(deployProblems(settings)).toHaveLength(1);
  });
});

test('a word that is no setting is told, with those that there are', () => {
  expect(readWords(['stage=training', 'consolUrl=x', 'production']).problems).toEqual([
    '"production" is not understood: give name=value, such as region=us-east-1.',
    expect.stringMatching(/^There is no setting "consolUrl"\. The settings are stage, oncallEmail, /),
  ]);
});

test('a value may hold an equals sign, and an empty one is kept until settings are merged', () => {
  expect(readWords(['mailFrom=a=b@agency.example', 'textFrom=']).given).toEqual({
    mailFrom: 'a=b@agency.example',
    textFrom: '',
  });
});

test('a later deployment needs only what changes, and name= takes a setting back', () => {
  expect(
    mergeSettings({ ...right, ...own }, { oncallEmail: 'desk@agency.example', certificateArn: '', consoleUrl: '' }),
  ).toEqual({
    ...right,
    oncallEmail: 'desk@agency.example',
  });
});

test('what is wrong with the words alone is told without the rest', () => {
  expect(earlyProblems({ oncallEmail: 'desk' })).toEqual([expect.stringContaining('"oncallEmail"')]);
  expect(earlyProblems({ stage: 'local' })).toEqual([expect.stringContaining('npm start')]);
  expect(earlyProblems({ textFrom: '', stage: 'training' })).toEqual([]);
});

test('two settings that do not fit are told early, and one that the stack may remember is not asked for', () => {
  expect(earlyProblems({ codeKeys: '1', codeKeyInUse: '2' })).toEqual([expect.stringContaining('first deploy')]);
  expect(earlyProblems({ ...own, region: 'us-west-2' })).toEqual([expect.stringContaining('must be in us-west-2')]);
  expect(earlyProblems({ certificateArn: own.certificateArn, budgetAmount: '100' })).toEqual([]);
});

test('where AWS cannot be asked, all that a first deployment lacks is told', () => {
  expect(firstDeploymentProblems({ stage: 'training' })).toEqual([
    expect.stringMatching(/^For a first deployment: .*"mailDomain"/),
    expect.stringMatching(/^For a first deployment: .*"oncallEmail"/),
  ]);
  expect(firstDeploymentProblems(right)).toEqual([]);
});
