import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { DirectoryTable } from './directory-table.ts';
import type { Mail } from './mail.ts';
import { givenBy, type Settings } from './settings.ts';
import type { SignIn } from './sign-in.ts';

export interface OutputProps {
  readonly settings: Settings;
  readonly consoleUrl: string;
  readonly webDoor: RestApi;
  readonly signIn: SignIn;
  readonly mail: Mail;
  readonly directory: Pick<DirectoryTable, 'table' | 'codeKeys'>;
}

/**
 * What the stack tells the operator: where to sign in, what to put into DNS, and whether it is protected. `npm run deploy` and
 * `npm run people` read these outputs.
 */
export function tellOutputs(
  stack: Stack,
  { settings, consoleUrl, webDoor, signIn, mail, directory }: OutputProps,
): void {
  const record = (name: string, value: string, type = 'CNAME') => `${name} ${type} ${value}`;
  const outputs: Readonly<Record<string, readonly [value: string, description: string]>> = {
    SignInAt: [`${consoleUrl}/`, 'Where people sign in.'],
    ...(webDoor.domainName !== undefined && {
      DnsOfConsole: [
        record(webDoor.domainName.domainName, webDoor.domainName.domainNameAliasDomainName),
        'Put this record into DNS, or the console cannot be reached.',
      ],
    }),
    ...Object.fromEntries(
      mail.records.map(({ name, type, value }, index) => [
        `DnsOfMail${index + 1}`,
        [
          record(name, value, type),
          type === 'CNAME'
            ? 'Put this record into DNS, or no mail is sent.'
            : name.startsWith('_dmarc.')
              ? 'Put this record into DNS, unless the domain has one that asks for as much.'
              : 'Put this record into DNS, so that SPF counts for the domain.',
        ],
      ]),
    ),
    Protection: [
      settings.switches.protection ? 'on' : 'OFF: run "npm run deploy" again, which turns it on',
      'Whether tables and people are protected from deletion.',
    ],
    Settings: [
      JSON.stringify(givenBy(settings)),
      'The settings of this deployment. The next one takes over what it is not given.',
    ],
    DirectoryTable: [directory.table.tableName, 'The table of people and their roles.'],
    DirectoryKeys: [directory.codeKeys, 'The keys of the codes of their entries, the current one first.'],
    UserPoolId: [signIn.userPoolId, 'The people who can sign in.'],
    ClientId: [signIn.clientId, 'The client of the sign-in page.'],
  };
  for (const [name, [value, description]] of Object.entries(outputs))
    new CfnOutput(stack, name, { value, description });
}
