/** Each alarm of the deployment, followed from CloudWatch to a person: topic, its policy, its key, its subscription. */
import { beforeAll, expect, test } from 'vitest';
import { undelivered } from '../../infra/local/schedule/deliveries.ts';
import { type Resource, readTemplate, type Template } from '../../infra/local/template/template.ts';
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
  return ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
    .flatMap((type) => ofType(type))
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

test('what cannot wait goes to the paging service too, by a topic of its own', () => {
  const [page] = template.ofType('AWS::CloudWatch::CompositeAlarm');
  const rule = String(page?.properties.AlarmRule);
  const named = template
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ arn }) => rule.includes(arn))
    .map(({ logicalId }) => logicalId.replace(/Alarm\w*$/, ''));
  expect(named.toSorted()).toEqual(
    [
      ...['AlertUnreachable', 'LedgerTampered', 'DoorFails'],
      ...['SweepSilent', 'DigestSilent', 'KeepVaultSilent', 'EraseVaultSilent'],
    ].toSorted(),
  );
  const [pages] = template.ofType('AWS::SNS::Subscription').filter(({ logicalId }) => logicalId.startsWith('Pages'));
  expect(pages?.properties).toMatchObject({ Protocol: 'https', Endpoint: 'https://pager.example/careline' });
  expect(page?.properties.AlarmActions).toEqual([pages?.properties.TopicArn]);
  expect(silentAlarms(without('AWS::SNS::Subscription', /^Pages/))).toEqual([page?.logicalId]);
});

test('without the address on call, each alarm is silent', () => {
  const alarms = template.ofType('AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId);
  // What cannot wait still reaches the paging service.
  expect(silentAlarms(without('AWS::SNS::Subscription', /^Alarms/))).toEqual(alarms);
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
  // Each tells its topic that it began, and that it is over.
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].reduce(
    (sum, type) => sum + 2 * template.ofType(type).length,
    0,
  );
  const rules = template.ofType('AWS::Events::Rule').length;
  const logs = template.ofType('AWS::Logs::LogGroup').length;
  // Also the news of mail, the queue of its subscription, and nine queues that functions fill.
  // Two queues and two streams feed functions.
  expect(undelivered(bare)).toHaveLength(alarms + rules + logs + 1 + 1 + 9 + 2 + 2);
});
