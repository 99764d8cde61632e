/** The functions of a deployed stack, their versions and the alias `live`, in an account or in the embedded cloud. */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteFunctionCommand,
  type LambdaClient,
  paginateListAliases,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { namesInStack, stackName } from '../deploy/account.ts';
import type { DeployedFunction, Move, PublishedVersion } from './version-moves.ts';

export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

const liveAlias = 'live';

/** When the last deployment began, a UTC instant. Undefined where the stack was deployed only once. */
export async function lastDeployment({ cloudFormation }: Pick<Clients, 'cloudFormation'>): Promise<string | undefined> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
  return stack?.LastUpdatedTime?.toISOString();
}

async function deployedFunction(client: LambdaClient, functionName: string): Promise<DeployedFunction> {
  const versions: PublishedVersion[] = [];
  for await (const page of paginateListVersionsByFunction({ client }, { FunctionName: functionName })) {
    for (const { Version, LastModified } of page.Versions ?? []) {
      if (Version === undefined || Version === '$LATEST' || LastModified === undefined) continue;
      // Lambda writes `+0000`, which is no offset of ISO 8601.
      versions.push({ number: Number(Version), at: new Date(LastModified.replace('+0000', 'Z')).toISOString() });
    }
  }
  let live: number | undefined;
  for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName: functionName })) {
    const found = Aliases.find(({ Name }) => Name === liveAlias)?.FunctionVersion;
    if (found !== undefined) live = Number(found);
  }
  return { functionName, live, versions };
}

/** In the order of the stack. */
export async function deployedFunctions(clients: Clients): Promise<readonly DeployedFunction[]> {
  const found: DeployedFunction[] = [];
  const named = await namesInStack(clients.cloudFormation);
  for (const name of named('AWS::Lambda::Function')) found.push(await deployedFunction(clients.lambda, name));
  return found;
}

/** Moves `live` of one function. New calls meet the version at once; what runs goes on with its own. */
export async function move({ lambda }: Pick<Clients, 'lambda'>, { functionName, to }: Move): Promise<void> {
  await lambda.send(
    new UpdateAliasCommand({ FunctionName: functionName, Name: liveAlias, FunctionVersion: `${to.number}` }),
  );
}

/** AWS refuses a version that an alias names. */
export async function removeVersion(
  { lambda }: Pick<Clients, 'lambda'>,
  functionName: string,
  number: number,
): Promise<void> {
  await lambda.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: `${number}` }));
}
