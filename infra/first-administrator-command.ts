/**
 * `npm run first-administrator -- email=… name="…" phone=… [region=…]`: creates the person who can sign in first, in the user pool
 * and in the directory of the deployed stack.
 */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { shapeProblems } from './constructs/settings.ts';
import { readPlace } from './deploy/account.ts';
import { createFirstAdministrator, readPerson } from './deploy/first-administrator.ts';
import { readPairs } from './deploy/given-settings.ts';
import { Refused, refuseIf, runCommand } from './deploy/refused.ts';

const help =
  'npm run first-administrator -- email=ADDRESS name="NAME" phone=NUMBER [region=REGION]\n' +
  'Creates the first person of a deployed stack. They get a mail with a first password, which is good for three days.';

async function create(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(help);
    return 0;
  }
  const { given, problems } = readPairs(words);
  const { person, problems: wrong } = readPerson(given);
  refuseIf([...problems, ...wrong, ...shapeProblems(given)]);
  const { region, stack, account } = await readPlace(given);
  const { UserPoolId: userPoolId, DirectoryTable: directoryTable, SignInAt: address } = stack?.outputs ?? {};
  if (userPoolId === undefined || directoryTable === undefined) {
    throw new Refused([`There is no deployed stack in ${account}/${region}: run "npm run deploy" first.`]);
  }
  const created = await createFirstAdministrator(person, {
    cognito: new CognitoIdentityProviderClient({ region }),
    dynamodb: new DynamoDBClient({ region }),
    userPoolId,
    directoryTable,
  });
  if (!created)
    throw new Refused([
      'The directory has an administrator already. An operator enters others: see docs/runbooks/first-deployment.md.',
    ]);
  console.log(
    created.isNew
      ? `${person.email} gets a mail with a first password, good for three days. Sign in at ${address}`
      : `${person.email} was in the user pool already, and is now the administrator. Sign in at ${address}`,
  );
  return 0;
}

await runCommand(() => create(process.argv.slice(2)), 'No person was created.');
