import type { Node } from 'constructs';
import type { BudgetSettings } from './budget.ts';

/** The choices of a deployment, all from CDK context: `npm run deploy -- name=value …`. */
export interface Settings {
  /** `local`, `production` or another word of lower-case letters, digits and hyphens. */
  readonly stage: string;
  /** The address of the console, without a trailing slash. Undefined: the gateway's own address. */
  readonly consoleUrl: string | undefined;
  readonly mailFrom: string;
  readonly mailDomain: string;
  /** The first part of the hosted sign-in page's address. It must be unique in its AWS region. */
  readonly signInPrefix: string;
  /**
   * ARN of the phone number that text messages come from. Without it none are sent. Locally they go to an inbox of this machine.
   */
  readonly textFrom: string | undefined;
  /** Gets every alarm. Only the stage `local` may do without. */
  readonly oncallEmail: string | undefined;
  /** The paging service that gets what cannot wait for a mailbox. Without it, all alarms are mail alone. */
  readonly pageUrl: string | undefined;
  /** Addresses outside the account that get each root of the anchors. None: no mail. */
  readonly anchorWitnesses: readonly string[];
  /** ACM certificate for the host of `consoleUrl`. With it the web door answers only on that host, over TLS 1.2. */
  readonly certificateArn: string | undefined;
  readonly codeKeys: CodeKeySettings;
  /** None without an amount. */
  readonly budget: BudgetSettings | undefined;
  readonly switches: Switches;
}

/** The keys of the codes of commits, for each of the two holders. Those not in use still verify what they once coded. */
export interface CodeKeySettings {
  /** How many keys there are. A key that coded a commit stays for ever. */
  readonly count: number;
  /** The number, from 1, of the key that codes new commits. */
  readonly inUse: number;
}

/** What is switched on or off. Each is a setting of its own, and all are off unless the table says otherwise. */
export type Switches = Readonly<Record<SwitchName, boolean>>;
export type SwitchName = keyof typeof switchTable;

/** One setting, as `--help` shows it and as it is checked. */
interface Setting {
  readonly what: string;
  readonly example: string;
  /** What a value must look like, and the words for it. */
  readonly shape?: readonly [pattern: RegExp, words: string];
}

const arnOf = (service: string, resource: string) =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}/[\\w-]+$`);

const texts = {
  stage: {
    what: 'names this deployment, such as training or production',
    example: 'training',
    shape: [/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 lower-case letters, digits and hyphens'],
  },
  oncallEmail: {
    what: 'the address that gets the alarms',
    example: 'oncall@your-agency.example',
    shape: [/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[a-z]+$/i, 'one e-mail address'],
  },
  pageUrl: {
    what: 'the address of a paging service that gets the alarms that cannot wait (default: mail alone)',
    example: 'https://events.pager.example/careline',
    shape: [/^https:\/\/[^\s/]+\/\S*$/, 'an https:// address with a path'],
  },
  mailDomain: {
    what: 'the domain that mail is sent from; three DNS records prove that it is yours',
    example: 'your-agency.example',
    shape: [/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain in lower case'],
  },
  mailFrom: {
    what: 'the sender of mail, an address at mailDomain (default: careline@ and mailDomain)',
    example: 'careline@your-agency.example',
    shape: [/^[^\s@<>,;:"()]+@[a-z0-9.-]+$/, 'an address at mailDomain'],
  },
  consoleUrl: {
    what: 'an address of your own for the console and the API, with certificateArn (default: the address of the gateway)',
    example: 'https://careline.your-agency.example',
    shape: [/^https?:\/\/[a-z0-9.-]+(:\d+)?\/*$/, 'https:// and a host, without a path'],
  },
  certificateArn: {
    what: 'the certificate for the host of consoleUrl, from Certificate Manager in the same region',
    example: 'arn:aws:acm:us-east-1:111122223333:certificate/…',
    shape: [/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'the ARN of a certificate, arn:aws:acm:…'],
  },
  signInPrefix: {
    what: 'the first part of the address of the sign-in page, unique in its region (default: careline- and the stage)',
    example: 'careline-your-agency',
    shape: [
      /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'up to 63 lower-case letters, digits and hyphens, without the words aws, amazon and cognito',
    ],
  },
  textFrom: {
    what: 'the number that text messages come from (default: no text messages)',
    example: 'arn:aws:sms-voice:us-east-1:111122223333:phone-number/…',
    shape: [
      arnOf('sms-voice', 'phone-number'),
      'the ARN of a phone number of AWS End User Messaging, arn:aws:sms-voice:…:phone-number/…',
    ],
  },
  codeKeys: {
    what: 'how many keys the codes of commits have had for each holder; raise it to bring in a new one (default: 1)',
    example: '2',
    shape: [/^[1-9]$/, 'a number from 1 to 9'],
  },
  codeKeyInUse: {
    what: 'the number of the key that codes new commits (default: 1)',
    example: '2',
    shape: [/^[1-9]$/, 'a number from 1 to 9'],
  },
  anchorWitnesses: {
    what: 'two addresses outside the account that get each root of the anchors, with a comma (default: no mail)',
    example: 'records@court.example,inspector@state.example',
    shape: [
      /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[a-z]+,[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[a-z]+$/i,
      'two e-mail addresses with a comma between them',
    ],
  },
  budgetAmount: {
    what: 'US dollars a month of this account, with mail before they are used up (default: no budget)',
    example: '100',
    shape: [/^(?!0+(\.0+)?$)\d{1,6}(\.\d{1,2})?$/, 'US dollars a month, such as 100'],
  },
  budgetEmail: {
    what: 'the address that gets mail about the cost (default: oncallEmail)',
    example: 'money@your-agency.example',
    shape: [/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[a-z]+$/i, 'one e-mail address'],
  },
  region: {
    what: 'the AWS region (default: that of your AWS profile)',
    example: 'us-east-1',
    shape: [/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1'],
  },
  account: {
    what: 'the AWS account, so that a wrong profile deploys nothing (default: that of your AWS profile)',
    example: '111122223333',
    shape: [/^\d{12}$/, 'twelve digits'],
  },
} as const satisfies Readonly<Record<string, Setting>>;

const switchTable = {
  protection: 'no table, and not the pool of people, can be deleted; npm run deploy turns it on in its second run',
  threatProtection: 'the pool of people looks for stolen passwords and unusual sign-ins; costs a price for each person',
  trailOfFunctions: 'the trail records what the functions do with the tables too; costs as much as the work itself',
  reservedConcurrency:
    'each function has places that no other takes; on by itself in an account that runs 500 functions at once',
} as const;

const onOrOff: NonNullable<Setting['shape']> = [/^(on|off)$/, 'on or off'];

/** Every setting by name, in the order of `--help`. */
export const settingTable: Readonly<Record<string, Setting>> = {
  ...texts,
  ...Object.fromEntries(
    Object.entries(switchTable).map(([name, what]) => [name, { what, example: 'on', shape: onOrOff }]),
  ),
};

/** The embedded cloud accepts it and sends nothing. */
const localTextFrom = 'arn:aws:sms-voice:us-east-1:000000000000:phone-number/phone-local';
const localConsole = 'http://127.0.0.1:3000';

/** Settings by name, as text. One without a value is not given. */
type Given = Readonly<Record<string, string | undefined>>;

/** One sentence for each value that does not look like what it should be. */
export const shapeProblems = (given: Given): readonly string[] =>
  Object.entries(settingTable).flatMap(([name, { shape }]) => {
    const value = given[name];
    if (value === undefined || shape?.[0].test(value) !== false) return [];
    return [`The setting "${name}" is "${value}"; it must be ${shape[1]}.`];
  });

/** A rule between settings, or of what must be given. */
export interface SettingRule {
  /** The settings that it is about. One that is missing may be remembered by the deployed stack. */
  readonly about: readonly string[];
  readonly when: (given: Given) => boolean;
  readonly sentence: (given: Given) => string;
}

const defaultMailDomain = 'careline.example';
const isLocal = ({ stage = 'local' }: Given) => stage === 'local';

export const settingRules: readonly SettingRule[] = [
  {
    about: ['stage', 'consoleUrl'],
    when: (given) => !isLocal(given) && given.consoleUrl?.startsWith('https://') === false,
    sentence: ({ consoleUrl }) =>
      `The setting "consoleUrl" is "${consoleUrl}"; every stage except "local" needs an https:// address.`,
  },
  {
    about: ['mailFrom', 'mailDomain'],
    when: ({ mailFrom, mailDomain = defaultMailDomain }) => mailFrom?.endsWith(`@${mailDomain}`) === false,
    sentence: ({ mailFrom, mailDomain = defaultMailDomain }) =>
      `The setting "mailFrom" is "${mailFrom}"; it must be an address at "mailDomain" (${mailDomain}).`,
  },
  {
    about: ['oncallEmail'],
    when: (given) => !isLocal(given) && given.oncallEmail === undefined,
    sentence: () =>
      'The setting "oncallEmail" is missing; every stage except "local" needs the address that gets the alarms.',
  },
  {
    about: ['certificateArn', 'consoleUrl'],
    when: ({ certificateArn, consoleUrl }) => certificateArn !== undefined && consoleUrl === undefined,
    sentence: () =>
      'The setting "certificateArn" is given without "consoleUrl"; give the address that the certificate is for.',
  },
  {
    about: ['budgetAmount', 'budgetEmail', 'oncallEmail'],
    when: ({ budgetAmount, budgetEmail, oncallEmail }) =>
      budgetAmount !== undefined && budgetEmail === undefined && oncallEmail === undefined,
    sentence: () =>
      'The setting "budgetAmount" is given without "budgetEmail"; give the address that gets mail about the cost.',
  },
  {
    about: ['codeKeys', 'codeKeyInUse'],
    when: (given) => codeKeysOf(given).inUse > codeKeysOf(given).count,
    sentence: (given) => {
      const { count, inUse } = codeKeysOf(given);
      return `The setting "codeKeyInUse" is ${inUse}, but "codeKeys" is ${count}: first deploy the new key, then use it.`;
    },
  },
];

/** One sentence for each of these rules that the settings break. */
export const brokenRules = (of: readonly SettingRule[], given: Given): readonly string[] =>
  of.flatMap(({ when, sentence }) => (when(given) ? [sentence(given)] : []));

/** True for a rule of which every setting is given, so that nothing which is missing could mend it. */
export const isAbout =
  (given: Given) =>
  ({ about }: SettingRule): boolean =>
    about.every((name) => given[name] !== undefined);

/** One sentence for each thing that is wrong with the settings as they were given. None: they can be used. */
export function settingProblems(given: Given): readonly string[] {
  const shapes = shapeProblems(given);
  return shapes.length > 0 ? shapes : brokenRules(settingRules, given);
}

/** How many code keys these settings make, and which is in use. */
export const codeKeysOf = ({ codeKeys = '1', codeKeyInUse = '1' }: Given): CodeKeySettings => ({
  count: Number(codeKeys),
  inUse: Number(codeKeyInUse),
});

function budgetOf({ budgetAmount, budgetEmail, oncallEmail }: Given): BudgetSettings | undefined {
  const email = budgetEmail ?? oncallEmail;
  return budgetAmount === undefined || email === undefined ? undefined : { amount: Number(budgetAmount), email };
}

/** Reads and checks the context. Throws an Error that says which value to change. */
export function readSettings(node: Node): Settings {
  const optional = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(`The setting "${name}" must be text, such as ${name}=….`);
    return value;
  };
  const given = Object.fromEntries(Object.keys(settingTable).map((name) => [name, optional(name)]));
  const [problem] = settingProblems(given);
  if (problem !== undefined) throw new Error(problem);

  const { stage = 'local', mailDomain = defaultMailDomain } = given;
  return {
    stage,
    consoleUrl: (given.consoleUrl ?? (isLocal(given) ? localConsole : undefined))?.replace(/\/+$/, ''),
    mailFrom: given.mailFrom ?? `careline@${mailDomain}`,
    mailDomain,
    signInPrefix: given.signInPrefix ?? `careline-${stage}`,
    textFrom: given.textFrom ?? (isLocal(given) ? localTextFrom : undefined),
    oncallEmail: given.oncallEmail,
    pageUrl: given.pageUrl,
    anchorWitnesses: given.anchorWitnesses?.split(',') ?? [],
    certificateArn: given.certificateArn,
    codeKeys: codeKeysOf(given),
    budget: budgetOf(given),
    switches: Object.fromEntries(Object.keys(switchTable).map((name) => [name, given[name] === 'on'])) as Switches,
  };
}

/**
 * The settings by the names of `settingTable`, as a person would give them; `readSettings` reads the same from it. Region and
 * account are no part of a stack's settings.
 */
export function givenBy({
  codeKeys,
  budget,
  switches,
  anchorWitnesses,
  ...texts
}: Settings): Readonly<Record<string, string>> {
  const given: Given = {
    ...texts,
    anchorWitnesses: anchorWitnesses.length > 0 ? anchorWitnesses.join(',') : undefined,
    codeKeys: String(codeKeys.count),
    codeKeyInUse: String(codeKeys.inUse),
    budgetAmount: budget && String(budget.amount),
    // The default goes on to follow oncallEmail.
    budgetEmail: budget?.email === texts.oncallEmail ? undefined : budget?.email,
    ...Object.fromEntries(Object.entries(switches).map(([name, on]) => [name, on ? 'on' : 'off'])),
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
