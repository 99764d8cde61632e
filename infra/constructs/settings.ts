import type { Node } from 'constructs';

/** The choices of a deployment, all from CDK context: `cdk.json` or `-c name=value`. */
export interface Settings {
  /** `local`, `production` or another word of lower-case letters, digits and hyphens. */
  readonly stage: string;
  /** The address of the console, without a trailing slash. */
  readonly consoleUrl: string;
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
  /** ACM certificate for the host of `consoleUrl`. With it the web door answers only on that host, over TLS 1.2. */
  readonly certificateArn: string | undefined;
  readonly codeKeys: CodeKeySettings;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** The keys of the codes of commits, for each of the two holders. Those not in use still verify what they once coded. */
export interface CodeKeySettings {
  /** How many keys there are. A key that coded a commit stays for ever. */
  readonly count: number;
  /** The number, from 1, of the key that codes new commits. */
  readonly inUse: number;
}

/** The embedded cloud accepts it and sends nothing. */
const localTextFrom = 'arn:aws:sms-voice:us-east-1:000000000000:phone-number/phone-local';

/** Reads and checks the context. Throws an Error that says which value to change. */
export function readSettings(node: Node): Settings {
  const optional = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(`Context "${name}" must be text, such as -c ${name}=…`);
    return value;
  };

  const stage = optional('stage') ?? 'local';
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(stage)) {
    throw new Error(`Context "stage" is "${stage}"; use up to 32 lower-case letters, digits and hyphens.`);
  }
  const consoleUrl = (optional('consoleUrl') ?? 'http://127.0.0.1:3000').replace(/\/+$/, '');
  if (stage !== 'local' && !consoleUrl.startsWith('https://')) {
    throw new Error(`Context "consoleUrl" is "${consoleUrl}"; every stage except "local" needs an https:// address.`);
  }
  const mailDomain = optional('mailDomain') ?? 'careline.example';
  const mailFrom = optional('mailFrom') ?? `careline@${mailDomain}`;
  if (!mailFrom.endsWith(`@${mailDomain}`)) {
    throw new Error(`Context "mailFrom" is "${mailFrom}"; it must be an address at "mailDomain" (${mailDomain}).`);
  }
  const textFrom = optional('textFrom') ?? (stage === 'local' ? localTextFrom : undefined);
  if (textFrom !== undefined && !/^arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:\d{12}:phone-number\/[\w-]+$/.test(textFrom)) {
    throw new Error(
      `Context "textFrom" is "${textFrom}"; give the ARN of a phone number of AWS End User Messaging, arn:aws:sms-voice:…:phone-number/….`,
    );
  }
  const number = (name: string): number => {
    const value = optional(name) ?? '1';
    if (!/^[1-9]$/.test(value)) throw new Error(`Context "${name}" is "${value}"; use a number from 1 to 9.`);
    return Number(value);
  };
  const codeKeys = { count: number('codeKeys'), inUse: number('codeKeyInUse') };
  if (codeKeys.inUse > codeKeys.count) {
    throw new Error(
      `Context "codeKeyInUse" is ${codeKeys.inUse}, but "codeKeys" is ${codeKeys.count}: first deploy the new key, then use it.`,
    );
  }
  const oncallEmail = optional('oncallEmail');
  if (stage !== 'local' && oncallEmail === undefined) {
    throw new Error(
      'Context "oncallEmail" is missing; every stage except "local" needs the address that gets the alarms.',
    );
  }
  return {
    stage,
    consoleUrl,
    mailFrom,
    mailDomain,
    signInPrefix: optional('signInPrefix') ?? `careline-${stage}`,
    textFrom,
    oncallEmail,
    certificateArn: optional('certificateArn'),
    codeKeys,
    region: optional('region'),
    account: optional('account'),
  };
}
