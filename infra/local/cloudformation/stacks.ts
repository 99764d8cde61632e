/** CloudFormation's view of the one stack that is deployed here: what it holds, and its outputs. */
import { createQueryService } from '../endpoint/query.ts';
import {
  type Authorize,
  type AwsService,
  localAccount,
  localRegion,
  type Principal,
  Refusal,
} from '../endpoint/service.ts';
import { identify } from '../template/resource-kinds.ts';
import type { Resource, Template } from '../template/template.ts';
import type { Deployment } from './deployment.ts';

export interface StackOptions {
  readonly template: Template;
  readonly authorize: Authorize;
  /** What the stack and each resource tell as their time. */
  readonly deployment: Pick<Deployment, 'createdAt' | 'updatedAt'>;
  /** The address of this machine that stands for the stage of the template's gateway. */
  readonly webUrl: () => string;
}

/** Serves DescribeStacks and ListStackResources. */
export function createStacks({ template, authorize, deployment, webUrl }: StackOptions): AwsService {
  const { name } = template.stack;
  const stackId = `arn:aws:cloudformation:${localRegion}:${localAccount}:stack/${name}/local`;
  const { createdAt, updatedAt } = deployment;
  const time = new Date(updatedAt ?? createdAt).toISOString();
  const resources = [...template.resources.values()];

  const allow = (form: URLSearchParams, principal: Principal, action: string): void => {
    const asked = form.get('StackName');
    authorize(principal, `cloudformation:${action}`, asked === null ? '*' : stackId);
    if (asked === null || asked === name || asked === stackId) return;
    throw new Refusal('ValidationError', `Stack with id ${asked} does not exist`);
  };
  const told = (resource: Resource) => ({
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: identify(resource),
    ResourceType: resource.type,
    ResourceStatus: 'CREATE_COMPLETE',
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  });
  /** The gateway's address in AWS is that of this machine here. So is the one that stage `local` has by default. */
  const addressOf = (value: string) =>
    value.replace(
      /^(?:http:\/\/127\.0\.0\.1:\d+|https:\/\/\w+\.execute-api\.[a-z0-9-]+\.amazonaws\.com\/[^/]*)(?:\/|$)/,
      () => `${webUrl()}/`,
    );

  return createQueryService('cloudformation', '2010-05-15', {
    DescribeStacks(form, principal) {
      allow(form, principal, 'DescribeStacks');
      const Outputs = [...template.outputs()].map(([OutputKey, value]) => ({
        OutputKey,
        OutputValue: addressOf(value),
      }));
      return {
        Stacks: {
          member: {
            StackId: stackId,
            StackName: name,
            CreationTime: new Date(createdAt).toISOString(),
            LastUpdatedTime: updatedAt === undefined ? undefined : time,
            StackStatus: updatedAt === undefined ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
            DisableRollback: false,
            DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
            Outputs: { member: Outputs },
          },
        },
      };
    },
    ListStackResources(form, principal) {
      allow(form, principal, 'ListStackResources');
      if (form.get('NextToken') !== null) throw new Refusal('ValidationError', 'All resources are on one page here.');
      return {
        StackResourceSummaries: { member: resources.map((each) => ({ LastUpdatedTimestamp: time, ...told(each) })) },
      };
    },
  });
}
