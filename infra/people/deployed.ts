/** Reads and writes the directory of a deployed stack, and the accounts of its people. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { canonical } from '../../shared/store/canonical.ts';
import {
  type EntryCodes,
  type Item,
  isAsEntered,
  isRemoved,
  namesDelegation,
  withCode,
} from '../../shared/store/entries.ts';
import { Refused } from '../deploy/refused.ts';
import { type Book, type Entry, isPerson, keyOf, type PersonEntry } from './book.ts';

export interface Deployed {
  readonly cognito: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly userPoolId: string;
  readonly dynamodb: DynamoDBClient;
  readonly directoryTable: string;
  readonly codes: EntryCodes;
  /** Who runs the command, such as an ARN. */
  readonly writtenBy: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The directory as it is stored. */
export interface Found {
  /** The entries that count, without their codes. */
  readonly book: Book;
  /** Every row by its key, whatever it is. */
  readonly items: ReadonlyMap<string, Item>;
  /** The keys of rows that should have a code and have no right one. */
  readonly wrong: readonly string[];
}

/** So many calls at a time. */
const atOnce = 50;

async function inTurns<Given, Answer>(
  given: readonly Given[],
  work: (each: Given) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let first = 0; first < given.length; first += atOnce)
    answers.push(...(await Promise.all(given.slice(first, first + atOnce).map(work))));
  return answers;
}

/** React writes these rows, and their chains count. */
const isRowOfChains = (item: Item): boolean =>
  namesDelegation(item) || (item.pk?.S?.startsWith('provider#') === true && Number(item.revision?.N ?? 0) > 0);

const itemKey = ({ pk, sk }: Item): string => keyOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' });

/** What an entry says, without who wrote it, its code, and the mark of failing mail. */
function entryOf(item: Item): Entry {
  const { signature: _1, signedBy: _2, writtenBy: _3, writtenAt: _4, mailFailsSince: _5, ...rest } = unmarshall(item);
  return rest as unknown as Entry;
}

export async function readDirectory({
  dynamodb,
  directoryTable,
  codes,
}: Pick<Deployed, 'dynamodb' | 'directoryTable' | 'codes'>): Promise<Found> {
  const items: Item[] = [];
  const pages = paginateScan({ client: dynamodb }, { TableName: directoryTable, ConsistentRead: true });
  for await (const { Items = [] } of pages) items.push(...Items);
  const entries = items.filter((item) => !isRowOfChains(item));
  const answers = await inTurns(entries, (item) => isAsEntered(codes, item));
  const right = entries.filter((item, index) => answers[index] && !isRemoved(item));
  return {
    book: new Map(right.map((item) => [itemKey(item), entryOf(item)])),
    items: new Map(items.map((item) => [itemKey(item), item])),
    wrong: entries.flatMap((item, index) => (answers[index] ? [] : [itemKey(item)])),
  };
}

const attribute = (Name: string, Value: string): AttributeType => ({ Name, Value });

/** The id of the account of this address, which is created where there is none. The pool then mails a first password. */
async function accountOf(
  { cognito, userPoolId }: Pick<Deployed, 'cognito' | 'userPoolId'>,
  { email, name }: Pick<PersonEntry, 'email' | 'name'>,
): Promise<{ readonly sub: string; readonly isNew: boolean }> {
  const subIn = (attributes: readonly AttributeType[] | undefined) => {
    const sub = attributes?.find(({ Name }) => Name === 'sub')?.Value;
    if (sub === undefined) throw new Error('The user pool gave no id for this person: look at them in Cognito.');
    return sub;
  };
  try {
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [attribute('email', email), attribute('email_verified', 'true'), attribute('name', name)],
      }),
    );
    return { sub: subIn(User?.Attributes), isNew: true };
  } catch (error) {
    if ((error as Error).name !== 'UsernameExistsException') throw error;
    const found = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    return { sub: subIn(found.UserAttributes), isNew: false };
  }
}

/** Brings the account of a person in line with their entry. Repeating it changes nothing. */
async function keepAccount(deployed: Deployed, before: PersonEntry | undefined, after: PersonEntry) {
  const { cognito, userPoolId: UserPoolId } = deployed;
  const account = after.sub === undefined ? await accountOf(deployed, after) : { sub: after.sub, isNew: false };
  const { sub: Username } = account;
  if (after.disabled) await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
  // An account that was found may be that of a person who was disabled once.
  else if (before?.disabled || before?.letInAt !== after.letInAt || (after.sub === undefined && !account.isNew))
    await cognito.send(new AdminEnableUserCommand({ UserPoolId, Username }));
  if (before && before.email !== after.email) {
    const UserAttributes = [attribute('email', after.email), attribute('email_verified', 'true')];
    await cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
  }
  return account;
}

/** A later instant than that of the last writing, whatever the clock of this machine says. */
const laterThan = (item: Item | undefined, now: number): string => {
  const last = Date.parse(item?.writtenAt?.S ?? '');
  return new Date(Math.max(now, Number.isNaN(last) ? 0 : last + 1)).toISOString();
};

/** The condition that a row still has the code, of whatever type, that it was read with. */
const asRead = (item: Item | undefined) =>
  item?.signature === undefined
    ? { ConditionExpression: 'attribute_not_exists(signature)' }
    : { ConditionExpression: 'signature = :signature', ExpressionAttributeValues: { ':signature': item.signature } };

function refuseIfChanged(error: unknown): never {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  throw new Refused(['Another command changed the same entry meanwhile. Run this one again: it does what is left.']);
}

export interface Written {
  /** The keys of entries that were written or removed. */
  readonly keys: readonly string[];
  /** The addresses of the people whose account is new. */
  readonly invited: readonly string[];
}

/**
 * Makes the stored directory say what the book says. The accounts come first, then all codes, then the rows. So a run that
 * was cut short is completed by running it again. Throws Refused where an entry was changed meanwhile.
 */
export async function writeDirectory(
  deployed: Deployed,
  { book: before, items }: Found,
  after: Book,
): Promise<Written> {
  const { dynamodb, directoryTable: TableName, codes, writtenBy, now } = deployed;
  const changed = [...after.values()].filter((entry) => canonical(entry) !== canonical(before.get(keyOf(entry))));
  const invited: string[] = [];
  const entries = await inTurns(changed, async (entry): Promise<Entry> => {
    if (!isPerson(entry)) return entry;
    const { sub, isNew } = await keepAccount(deployed, before.get(keyOf(entry)) as PersonEntry | undefined, entry);
    const other = [...after.values()].find((each) => each.sub === sub && keyOf(each) !== keyOf(entry));
    if (other && !entry.disabled)
      throw new Refused([`The account of ${entry.email} is that of another person of the directory.`]);
    if (isNew) invited.push(entry.email);
    return { ...entry, sub };
  });
  const removed = [...before.values()].filter((entry) => !after.has(keyOf(entry)));
  const marks = removed.map((entry): Entry => ({ ...entry, removed: true }));
  // What takes away comes first.
  const coded = await inTurns([...marks, ...entries], (entry) => {
    const last = items.get(keyOf(entry));
    const writing = { writtenBy, writtenAt: laterThan(last, now()) };
    const mark = last?.mailFailsSince ? { mailFailsSince: last.mailFailsSince } : {};
    const isNewAddress = last?.email?.S !== entry.email;
    return withCode(
      codes,
      { ...marshall(entry, { removeUndefinedValues: true }), ...(!isNewAddress && mark) },
      writing,
    );
  });
  await inTurns(coded, (Item) =>
    dynamodb
      .send(new PutItemCommand({ TableName, Item, ...asRead(items.get(itemKey(Item))) }))
      .then(() => undefined, refuseIfChanged),
  );
  return { keys: coded.map(itemKey), invited };
}

/** Deletes a row that was found without a right code, as it was found. Throws Refused where another command wrote it since. */
export async function deleteWrong(
  { dynamodb, directoryTable: TableName }: Pick<Deployed, 'dynamodb' | 'directoryTable'>,
  { items }: Pick<Found, 'items'>,
  key: string,
): Promise<void> {
  const [pk = '', sk = ''] = JSON.parse(key) as readonly string[];
  const Key = { pk: { S: pk }, sk: { S: sk } };
  await dynamodb.send(new DeleteItemCommand({ TableName, Key, ...asRead(items.get(key)) })).catch(refuseIfChanged);
}
