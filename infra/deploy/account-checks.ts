/** What keeps an account from taking the deployment, and what it should still do. Pure: facts in, sentences out. */
import { codeKeysOf } from '../constructs/settings.ts';
import type { AccountFacts, Certificate, Place } from './account.ts';
import type { Given } from './given-settings.ts';

/** The oldest bootstrap stack that the CDK's template asks for. */
const leastBootstrap = 6;

/** What AWS keeps free for functions that reserve nothing. */
export const unreservedConcurrency = 100;

/** Assumed for a state's busiest day: 20 new referrals, of 51 mails each in the demo, ten times over. */
export const leastMails = 10_000;

export interface Asked {
  readonly settings: Given;
  readonly place: Place;
  readonly facts: AccountFacts;
  /** How many places the settings reserve for functions; 0 where they reserve none. */
  readonly reserved: number;
}

interface Check {
  readonly when: (asked: Asked) => boolean;
  readonly sentence: (asked: Asked) => string;
}

/** States of a stack that a deployment goes over: there is nothing, or what is there can be updated. */
const deployable =
  /^(REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE|CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/;
const statusOf = ({ place }: Asked) => place.stack?.status ?? '';

/** True once a deployment of this stack has succeeded, so that an update that fails goes back to it. */
export const hasSucceeded = (stack: Place['stack']): boolean =>
  stack !== undefined &&
  deployable.test(stack.status) &&
  !/^(REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE)$/.test(stack.status);

const unreadable =
  'The output "Settings" of the stack cannot be read, so nothing tells how many code keys there are: mend that output in the template (aws cloudformation get-template --stack-name Careline), and update the stack with it first.';

const hostOf = ({ settings }: Asked) => new URL(settings.consoleUrl ?? 'https://invalid').hostname;

/** Whether the certificate is for the host: by its name, or by a wildcard for its last labels. */
export function covers({ names }: Pick<Certificate, 'names'>, host: string): boolean {
  const parent = host.replace(/^[^.]+/, '*');
  return names.some((name) => name.toLowerCase() === host || name.toLowerCase() === parent);
}

const refusals: Readonly<Record<string, Check>> = {
  account: {
    when: ({ settings, place }) => settings.account !== undefined && settings.account !== place.account,
    sentence: ({ settings, place }) =>
      `These credentials are of the account ${place.account}, and the settings name ${settings.account}: set AWS_PROFILE to the right one.`,
  },
  stage: {
    when: ({ settings, place }) => {
      const before = rememberedSettings(place).stage;
      return before !== undefined && before !== settings.stage;
    },
    sentence: ({ settings, place }) =>
      `The stage "${rememberedSettings(place).stage}" is deployed in this account and region, and there is room for one: give its name, or another region or account for "${settings.stage}".`,
  },
  'settings that cannot be read': {
    when: ({ place }) => toldSettings(place) === undefined,
    sentence: () => unreadable,
  },
  'fewer code keys': {
    when: ({ settings, place }) => codeKeysOf(settings).count < codeKeysOf(rememberedSettings(place)).count,
    sentence: ({ settings, place }) => {
      const { count } = codeKeysOf(rememberedSettings(place));
      return `The stack has ${count} code keys, and "codeKeys" is ${codeKeysOf(settings).count}: give codeKeys=${count} or more, for no commit under a lost key can be checked.`;
    },
  },
  'new code key in use': {
    when: ({ settings, place }) =>
      hasSucceeded(place.stack) && codeKeysOf(settings).inUse > codeKeysOf(rememberedSettings(place)).count,
    sentence: ({ settings }) => {
      const { count, inUse } = codeKeysOf(settings);
      return `No function that runs now knows the code key ${inUse}: first deploy with codeKeys=${count} alone, and then use the new key in a second run.`;
    },
  },
  busy: {
    when: (asked) => /_IN_PROGRESS$/.test(statusOf(asked)) && !deployable.test(statusOf(asked)),
    sentence: (asked) => `CloudFormation is still at work on the stack (${statusOf(asked)}): wait until it is done.`,
  },
  stuck: {
    when: (asked) => statusOf(asked) === 'UPDATE_ROLLBACK_FAILED',
    sentence: () =>
      'The last update could not be rolled back: run "aws cloudformation continue-update-rollback --stack-name Careline" first.',
  },
  broken: {
    when: (asked) => /^(CREATE_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(statusOf(asked)),
    sentence: (asked) =>
      `An earlier deployment left the stack in the state ${statusOf(asked)}: run "npm run destroy" first, then deploy again.`,
  },
  bootstrap: {
    when: ({ facts }) => facts.bootstrap === undefined,
    sentence: ({ place }) =>
      `The account is not prepared for the CDK in this region: run "npx cdk bootstrap aws://${place.account}/${place.region}".`,
  },
  'old bootstrap': {
    when: ({ facts }) => facts.bootstrap !== undefined && !(facts.bootstrap >= leastBootstrap),
    sentence: ({ place }) =>
      `The account was prepared by an old CDK: run "npx cdk bootstrap aws://${place.account}/${place.region}" again.`,
  },
  'no certificate': {
    when: ({ facts }) => facts.certificate?.status === 'MISSING',
    sentence: ({ place }) =>
      `There is no such certificate in ${place.account}/${place.region}: request it in Certificate Manager there, and give its ARN.`,
  },
  'pending certificate': {
    when: ({ facts }) => facts.certificate?.status === 'PENDING_VALIDATION',
    sentence: ({ facts }) =>
      `The certificate waits for DNS: put ${facts.certificate?.records.join(' and ') || 'its records'} into DNS, and deploy once it is issued.`,
  },
  'bad certificate': {
    when: ({ facts }) => !['ISSUED', 'MISSING', 'PENDING_VALIDATION', undefined].includes(facts.certificate?.status),
    sentence: ({ facts }) => `The certificate cannot be used (${facts.certificate?.status}): request a new one.`,
  },
  'other certificate': {
    when: (asked) => asked.facts.certificate?.status === 'ISSUED' && !covers(asked.facts.certificate, hostOf(asked)),
    sentence: (asked) =>
      `The certificate is for ${asked.facts.certificate?.names[0]} and not for ${hostOf(asked)}: request one for that host.`,
  },
  'sign-in prefix': {
    when: ({ facts, place }) =>
      facts.prefixOwner !== undefined && facts.prefixOwner !== place.stack?.outputs.UserPoolId,
    sentence: ({ settings }) =>
      `The address of the sign-in page is taken by another pool of this account: give another signInPrefix than ${settings.signInPrefix ?? `careline-${settings.stage}`}.`,
  },
  'mail domain': {
    when: ({ facts, place, settings }) => {
      const isOurs = hasSucceeded(place.stack) && rememberedSettings(place).mailDomain === settings.mailDomain;
      return facts.mailDomain !== 'absent' && !isOurs;
    },
    sentence: ({ settings }) =>
      `SES has the domain ${settings.mailDomain} already, and the stack creates it: delete that identity in SES, or give another mailDomain.`,
  },
  copies: {
    when: ({ facts }) => !facts.copiesApart,
    sentence: () =>
      'AWS Backup does not manage DynamoDB by itself in this region, so copies would be under the keys of their tables: run "aws backup update-region-settings --resource-type-management-preference DynamoDB=true".',
  },
  concurrency: {
    when: ({ facts, reserved }) => reserved > 0 && facts.concurrency - reserved < unreservedConcurrency,
    sentence: ({ facts, reserved }) =>
      `The account runs ${facts.concurrency} functions at once, and reservedConcurrency=on needs ${reserved + unreservedConcurrency}: ask for more in Service Quotas, or leave it off.`,
  },
};

/** An account that runs so many functions at once has places to reserve, and enough left for all others. */
const roomToReserve = 500;

/** Clocks and mail have places of their own wherever the account has room, unless the settings say otherwise. */
export const withReservations = (settings: Given, { concurrency }: Pick<AccountFacts, 'concurrency'>): Given => ({
  ...settings,
  reservedConcurrency: settings.reservedConcurrency ?? (concurrency >= roomToReserve ? 'on' : 'off'),
});

/** None of these stops a deployment: they matter before the first real referral. */
const advice: Readonly<Record<string, Check>> = {
  'mail sandbox': {
    when: ({ facts }) => facts.mailSandbox,
    sentence: () =>
      'SES is in its sandbox: mail reaches verified addresses alone. Ask AWS for production access (SES, Account dashboard).',
  },
  'no page': {
    when: ({ settings }) => settings.pageUrl === undefined,
    sentence: () =>
      'Alarms that cannot wait arrive by mail alone: give pageUrl, the address of a paging service, so that they wake a person.',
  },
  'mail stopped': {
    when: ({ facts }) => !facts.mailEnabled,
    sentence: () => 'SES has stopped all mail of this account: see why in SES (Account dashboard), and have it lifted.',
  },
  'little mail a day': {
    when: ({ facts }) => !facts.mailSandbox && facts.mailsADay < leastMails,
    sentence: ({ facts }) =>
      `SES lets this account send ${facts.mailsADay} mails a day, and a day with many alarms sends ${leastMails}: ask AWS for more (Service Quotas, SES).`,
  },
  'few at once': {
    when: ({ facts }) => facts.concurrency < roomToReserve,
    sentence: ({ facts }) =>
      `The account runs ${facts.concurrency} functions at once, too few to keep places for clocks and mail: ask for 1,000 in Service Quotas (Lambda, concurrent executions), and deploy again with reservedConcurrency=on.`,
  },
  'nothing reserved': {
    when: ({ facts, reserved }) => facts.concurrency >= roomToReserve && reserved === 0,
    sentence: () =>
      'No places are kept for clocks and mail, and the account has room: deploy again with reservedConcurrency=on.',
  },
};

const sentencesOf = (table: Readonly<Record<string, Check>>, asked: Asked) =>
  Object.values(table).flatMap(({ when, sentence }) => (when(asked) ? [sentence(asked)] : []));

/** A sentence for each thing that must be done before anything is created. */
export const refusalsOf = (asked: Asked): readonly string[] => sentencesOf(refusals, asked);

/** A sentence for each thing that can wait, and should not be forgotten. */
export const adviceOf = (asked: Asked): readonly string[] => sentencesOf(advice, asked);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (told: Readonly<Record<string, unknown>>): Given =>
  Object.fromEntries(Object.entries(told).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** Undefined where the output cannot be read. */
function toldSettings({ stack }: Pick<Place, 'stack'>): Given | undefined {
  try {
    const told: unknown = JSON.parse(stack?.outputs.Settings ?? '{}');
    return isRecord(told) ? textsOf(told) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The settings of the deployed stack, as its output tells them. What is no text is left out. None where there is no stack, or
 * one that tells none, or none that can be read.
 */
export const rememberedSettings = (place: Pick<Place, 'stack'>): Given => toldSettings(place) ?? {};

/** A sentence where the stack tells settings that cannot be read. To be told first: what it remembers would seem missing. */
export const unreadableSettings = (place: Pick<Place, 'stack'>): readonly string[] =>
  toldSettings(place) === undefined ? [unreadable] : [];
