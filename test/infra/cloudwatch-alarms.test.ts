/** Each alarm of the deployment, followed from CloudWatch to a person: topic, its policy, its key, its subscription. */
import { beforeAll, expect, test } from 'vitest';
import { undelivered } from '../../infra/local/schedule/deliveries.ts';
import { type Resource, readTemplate, type Template } from '../../infra/local/template/template.ts';
import { listOf } from './assembly.ts';
import { stackWith } from './stack-with.ts';

let template: Template;
beforeAll(() => {
  const { folder } = stackWith({
    stage: 'training',
    consoleUrl: 'https://careline.example',
    oncallEmail: 'oncall@careline.example',
    pageUrl: 'https://pager.example/careline',
  });
  template = readTemplate(folder);
}, 60_000);

/** The alarms that would reach no person: without an action, switched off, or on a topic without a subscription. */
function silentAlarms({ ofType }: Template): readonly string[] {
  const heard = ofType('AWS::SNS::Subscription').map(({ properties }) => properties.TopicArn);
  return ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties: { ActionsEnabled, AlarmActions } }) => {
      const told = [AlarmActions ?? []].flat();
      return ActionsEnabled === false || !told.some((topic) => heard.includes(topic));
    })
    .map(({ logicalId }) => logicalId);
}

/** The template without resources of a type whose id matches. */
const without = (type: string, id: RegExp): Template => ({
  ...template,
  ofType: (wanted) => template.ofType(wanted).filter(({ logicalId }) => wanted !== type || !id.test(logicalId)),
});

test('each alarm reaches the address that is on call', () => {
  expect(template.ofType('AWS::CloudWatch::Alarm').length).toBeGreaterThan(20);
  expect(undelivered(template)).toEqual([]);
  expect(silentAlarms(template)).toEqual([]);
});

test('what cannot wait goes to the paging service too, each by itself, and its end goes by mail alone', () => {
  const [pages] = template.ofType('AWS::SNS::Subscription').filter(({ logicalId }) => logicalId.startsWith('Pages'));
  expect(pages?.properties).toMatchObject({ Protocol: 'https', Endpoint: 'https://pager.example/careline' });
  const topic = pages?.properties.TopicArn;
  const tells = (actions: unknown) => listOf(actions).includes(topic);
  const alarms = template.ofType('AWS::CloudWatch::Alarm');
  const paged = alarms.filter(({ properties }) => tells(properties.AlarmActions));
  expect(paged.map(({ logicalId }) => logicalId.replace(/Alarm\w*$/, '')).toSorted()).toEqual(
    [
      ...['AlertUnreachable', 'LedgerTampered', 'DoorKeepsFailing', 'SweepKeepsRepairing', 'AnchorsMissing'],
      ...['SweepSilent', 'DigestSilent', 'KeepVaultSilent', 'EraseVaultSilent'],
    ].toSorted(),
  );
  expect(alarms.filter(({ properties }) => tells(properties.OKActions))).toEqual([]);
  const rules = template
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => JSON.stringify(properties.Targets ?? []).includes(String(topic)));
  expect(rules.map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/, '')).toSorted()).toEqual([
    'KeyTouched',
    'MailStopped',
    'WatchTouched',
  ]);
});

test('without the address on call, each alarm is silent but those that page', () => {
  const alarms = template.ofType('AWS::CloudWatch::Alarm');
  const paged = alarms.filter(({ properties }) => listOf(properties.AlarmActions).length === 2);
  const silent = silentAlarms(without('AWS::SNS::Subscription', /^Alarms/));
  expect(silent).toHaveLength(alarms.length - paged.length);
  expect(silentAlarms(without('AWS::SNS::Subscription', /^(Alarms|Pages)/))).toHaveLength(alarms.length);
});

test('without the statements of its policies, nothing that a service sends arrives', () => {
  const emptied = ({ KeyPolicy, PolicyDocument, ...rest }: Resource['properties']) => ({
    ...rest,
    ...(KeyPolicy !== undefined && { KeyPolicy: { Statement: [] } }),
    ...(PolicyDocument !== undefined && { PolicyDocument: { Statement: [] } }),
  });
  const bare: Template = {
    ...template,
    ofType: (type) =>
      template
        .ofType(type)
        .map(
          (resource) => Object.create(resource, { properties: { value: emptied(resource.properties) } }) as Resource,
        ),
  };
  // Each tells its topic that it began, and that it is over. Some tell two topics that they began.
  const alarms = template
    .ofType('AWS::CloudWatch::Alarm')
    .reduce((sum, { properties }) => sum + listOf(properties.AlarmActions).length + 1, 0);
  const rules = template
    .ofType('AWS::Events::Rule')
    .reduce((sum, { properties }) => sum + listOf(properties.Targets).length, 0);
  const logs = template.ofType('AWS::Logs::LogGroup').length;
  // Also the news of mail, the queue of its subscription, and nine queues that functions fill.
  // Two queues and two streams feed functions.
  expect(undelivered(bare)).toHaveLength(alarms + rules + logs + 1 + 1 + 9 + 2 + 2);
});
