/** The grants of the synthesized roles, taken apart, and which calls used them. */
import type { AllowedCall } from '../../../../infra/local/iam/iam.ts';
import { policiesOf, rolesOf } from '../../../../infra/local/iam/identity-policies.ts';
import { matchesAny, patternOf } from '../../../../infra/local/iam/pattern.ts';
import type { Template } from '../../../../infra/local/template/template.ts';

/** One action on one resource. Where the policy names partition keys, one pattern of them. */
export interface Grant {
  /** The logical id of the function or state machine. */
  readonly owner: string;
  readonly action: string;
  readonly resource: string;
  readonly keys?: string;
  /** In words, what else a call must meet. */
  readonly only?: string;
}

const keysOf = 'dynamodb:LeadingKeys';

const listOf = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

/** The conditions that get words: what a write answers, and what a key or a mail is used for. */
const worded: readonly (readonly [operator: string, key: string, words: (values: string) => string])[] = [
  ['StringEqualsIfExists', 'dynamodb:ReturnValues', (values) => (values === 'NONE' ? '' : `a write answers ${values}`)],
  ['ForAllValues:StringEquals', 'dynamodb:Attributes', (values) => `attributes ${values}`],
  ['ForAllValues:StringNotEquals', 'dynamodb:Attributes', (values) => `never ${values}`],
  ['StringEquals', 'kms:ViaService', (values) => `through ${values.split('.')[0]}`],
  ['StringEquals', 'kms:MacAlgorithm', (values) => `by ${values}`],
  ['StringEquals', 'kms:SigningAlgorithm', (values) => `by ${values}`],
  ['StringLike', 'kms:EncryptionContext:of', (values) => `of ${values}`],
  ['StringEquals', 'ses:FromAddress', (values) => `from ${values}`],
];
type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const wordsOf = (condition: Conditions): string =>
  worded
    .map(([operator, key, words]) => {
      const values = listOf(condition[operator]?.[key]);
      return values.length === 0 ? '' : words(values.join(' or '));
    })
    .filter((words) => words !== '')
    .join(', ');

/** Every grant of the template, by owner. */
export function grantsIn(template: Template): readonly Grant[] {
  return [...rolesOf(template)].flatMap(([owner, role]) =>
    policiesOf(role, template).flatMap(({ statement }) => {
      const condition = statement.Condition as Conditions | undefined;
      const patterns = listOf(condition?.['ForAllValues:StringLike']?.[keysOf]);
      const keyed = patterns.length === 0 ? [{}] : patterns.map((keys) => ({ keys }));
      const only = wordsOf(condition ?? {});
      return listOf(statement.Action).flatMap((action) =>
        listOf(statement.Resource).flatMap((resource) =>
          keyed.map((each) => ({ owner, action, resource, ...each, ...(only !== '' && { only }) })),
        ),
      );
    }),
  );
}

/** Notes each different call once, under the story that made it first. */
export function createUse() {
  const calls = new Map<string, AllowedCall & { readonly story: string }>();
  let story = '';
  return {
    during: (name: string) => {
      story = name;
    },
    note: (call: AllowedCall) => {
      // A partition key is kind and id. The kind is what a grant may name.
      const keys = (call.context[keysOf] ?? []).map((key) => key.replace(/#.*$/, '#'));
      const context = { [keysOf]: [...new Set(keys)] };
      const name = `${call.owner} ${call.action} ${call.resource} ${context[keysOf]}`;
      if (!calls.has(name)) calls.set(name, { ...call, context, story });
    },
    calls: () => [...calls.values()],
  };
}

/** The first story whose call used this grant. Undefined where no call did. */
export function storyThatUsed(
  { owner, action, resource, keys }: Grant,
  calls: ReturnType<ReturnType<typeof createUse>['calls']>,
): string | undefined {
  const [actions, resources] = [[patternOf(action, owner, 'i')], [patternOf(resource, owner)]];
  const named = keys === undefined ? undefined : [patternOf(keys, owner)];
  return calls.find(
    (call) =>
      call.owner === owner &&
      matchesAny(actions, call.action) &&
      matchesAny(resources, call.resource) &&
      (!named || (call.context[keysOf] ?? []).some((key) => matchesAny(named, key))),
  )?.story;
}

interface Exception {
  readonly because: string;
  readonly matches: (grant: Grant) => boolean;
  /** A story may use it all the same, where two things happen at the same moment. */
  readonly byChance?: true;
}

/** Grants that no story in the embedded cloud can use, each with its reason. */
export const exceptions: readonly Exception[] = [
  {
    because: 'the embedded cloud keeps the functions’ logs itself',
    matches: ({ action }) => action.startsWith('logs:'),
  },
  {
    because: 'Lambda reads the stream for the function, and the embedded cloud hands the records over',
    matches: ({ action }) => /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/.test(action),
  },
  {
    because: 'Lambda and EventBridge put what was given up into the queue, and Lambda hands it over again',
    matches: ({ action }) => action.startsWith('sqs:'),
  },
  {
    because: 'DynamoDB asks for these on a key as well as kms:Decrypt, which alone the embedded cloud asks for',
    matches: ({ action, resource }) =>
      /^kms:(DescribeKey|Encrypt|GenerateDataKey|ReEncryptFrom|ReEncryptTo)$/.test(action) &&
      !resource.endsWith('/WrappingKey'),
  },
  {
    because: 'one removal takes the digests of both kinds, and a story meets those that the child happens to have',
    byChance: true,
    matches: ({ action, resource, keys }) =>
      action === 'dynamodb:DeleteItem' && resource.endsWith('/ChildIndex') && /^(equal|sound)#/.test(keys ?? ''),
  },
  {
    because: 'no witness is set on this machine: test/functions/anchor-heads.test.ts',
    matches: ({ owner, action }) => owner === 'AnchorHeads' && action.startsWith('ses:'),
  },
  {
    because: 'only on the day of a reminder: test/functions/watch-due.test.ts',
    byChance: true,
    matches: ({ owner, action, keys }) => owner === 'Sweep' && action === 'dynamodb:PutItem' && keys === 'agreement#*',
  },
  {
    because: 'only for words of a meeting whose commit failed: test/application/use-cases/keep-program.test.ts',
    matches: ({ owner, action, keys }) => owner === 'Sweep' && action === 'dynamodb:UpdateItem' && keys === 'FO-*',
  },
  {
    because:
      'only for a chain that differs, or in the hour in which it is read whole: test/functions/anchor-heads.test.ts',
    matches: ({ owner, action, keys }) =>
      owner === 'AnchorHeads' &&
      ((/^dynamodb:(Query|BatchGetItem)$/.test(action) && !/^(heads|access)#/.test(keys ?? '')) ||
        action === 'kms:VerifyMac' ||
        // The stream has noted the finding of the story first.
        keys === 'finding#*'),
    byChance: true,
  },
  {
    because: 'a team is asked for where its roster has no seat yet: test/alerts/compose/recipients.test.ts',
    matches: ({ owner, action, keys }) =>
      action === 'dynamodb:Query' && keys === 'team#*' && (owner === 'SendAlerts' || owner === 'Api'),
    byChance: true,
  },
  {
    because:
      'only for rows of lists that a person changed, or in the hour of a turn: test/functions/rows-changed.test.ts',
    matches: ({ owner, resource }) => owner === 'Sweep' && /\/Board$/.test(resource),
    byChance: true,
  },
  {
    because: 'only for an older entry that a person put back: test/functions/forged-entries.test.ts',
    matches: ({ owner, action, resource }) =>
      owner === 'Sweep' && action === 'dynamodb:UpdateItem' && /\/Directory$/.test(resource),
  },
  {
    because: 'only for a record in doubt, or in the hour of a chain’s turn: test/store/tampering.test.ts',
    matches: ({ owner, action, keys, resource }) =>
      (owner === 'Sweep' && /^(doubt|delegation|provider)#|^CR-/.test(keys ?? '')) ||
      (owner === 'Api' && /^(finding|drafts|doubt)#/.test(keys ?? '')) ||
      (owner === 'Api' && action === 'kms:VerifyMac' && resource.endsWith('/DoorCodeKey')),
    byChance: true,
  },
  {
    because: 'only where a function has written since a door last vouched: test/store/reading-room.test.ts',
    matches: ({ action, resource }) => action === 'kms:VerifyMac' && resource.endsWith('/TaskCodeKey'),
    byChance: true,
  },
  {
    because: 'only where a commit has no right code: test/store/unproved-events.test.ts',
    matches: ({ action, keys }) => action === 'dynamodb:Query' && keys === 'doubt#*',
    byChance: true,
  },
  {
    because: 'the API does it by the same code, in a story',
    matches: ({ owner, keys, resource }) =>
      owner === 'Console' && (keys !== undefined || resource.endsWith('/WrappingKey')),
    byChance: true,
  },
  {
    because: 'a run is handed over after 300 days: test/workflows/token-protocol.test.ts',
    matches: ({ owner, action, keys }) =>
      owner === 'AwaitPerson' &&
      (action === 'kms:GenerateMac' || (action === 'dynamodb:PutItem' && keys === 'referral#*')),
  },
  {
    because: 'a deadline may be kept or moved while its run begins to wait: test/functions/await-and-react.test.ts',
    matches: ({ owner, action, resource }) =>
      owner === 'AwaitPerson' && action.startsWith('states:SendTask') && resource.endsWith('-deadline'),
    byChance: true,
  },
];

/** A resource without account and region. */
const shortOf = (resource: string) => resource.replace(/^arn:aws:([a-z-]+):[^:]*:[^:]*:/, '$1 ');

/** One line, such as `React: dynamodb:PutItem on dynamodb table/Board`. */
export const nameOf = ({ owner, action, resource, keys }: Grant): string =>
  `${owner}: ${action} on ${shortOf(resource)}${keys === undefined ? '' : `, keys ${keys}`}`;

/** The page that lists what each function and state machine may do. */
export function pageOf(grants: readonly Grant[]): string {
  const owners = [...new Set(grants.map(({ owner }) => owner))].toSorted();
  const tableOf = (owner: string) => {
    const rows = Map.groupBy(
      grants.filter((grant) => grant.owner === owner && !grant.action.startsWith('logs:')),
      ({ resource }) => shortOf(resource),
    );
    return [...rows].toSorted().map(([resource, those]) => {
      const actions = [...new Set(those.map(({ action }) => action))].toSorted();
      const keys = [...new Set(those.flatMap(({ keys: each }) => each ?? []))].toSorted();
      const only = [...new Set(those.flatMap(({ only: words }) => words ?? []))].toSorted();
      return `| ${resource} | ${actions.join(', ')} | ${keys.join(', ')} | ${only.join('; ')} |`;
    });
  };
  return [
    '# Grants',
    '',
    'What each Lambda function and state machine may do, from the synthesized template. Written by a test, which plays',
    'stories through the embedded cloud and fails where no story uses a grant. Not listed: each writes to its own log.',
    'A write never answers with what the item held before.',
    ...owners.flatMap((owner) => [
      '',
      `## ${owner}`,
      '',
      '| On | May | Only items whose partition key is like | Only |',
      '| --- | --- | --- | --- |',
      ...tableOf(owner),
    ]),
    '',
  ].join('\n');
}
