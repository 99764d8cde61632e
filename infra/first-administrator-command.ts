/**
 * `npm run first-administrator -- email=… name="…" phone=… [region=…]`: creates the person who can sign in first, in the user pool
 * and in the directory of the deployed stack.
 */

import { shapeProblems } from './constructs/settings.ts';
import { createFirstAdministrator, readPerson } from './deploy/first-administrator.ts';
import { readPairs } from './deploy/given-settings.ts';
import { Refused, refuseIf, runCommand } from './deploy/refused.ts';
import { connect, newPersonId, useEndpoint } from './people/connect.ts';

const help =
  'npm run first-administrator -- email=ADDRESS name="NAME" phone=NUMBER [region=REGION]\n' +
  'Creates the first person of a deployed stack. They get a mail with a first password, which is good for three days.';

async function create(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(help);
    return 0;
  }
  const { given, problems } = readPairs(words);
  const { words: person, problems: wrong } = readPerson(given);
  const { endpoint, ...settings } = given;
  refuseIf([...problems, ...wrong, ...shapeProblems(settings)]);
  useEndpoint(endpoint);
  const deployed = await connect(given);
  const created = await createFirstAdministrator(person, deployed, newPersonId);
  if (!created)
    throw new Refused(['The directory has an administrator already. Add others with "npm run people -- add".']);
  console.log(
    created.isNew
      ? `${given.email} gets a mail with a first password, good for three days. Sign in at ${deployed.signInAt}`
      : `${given.email} was in the user pool already, and is now the administrator. Sign in at ${deployed.signInAt}`,
  );
  return 0;
}

await runCommand(() => create(process.argv.slice(2)), 'No person was created.');
