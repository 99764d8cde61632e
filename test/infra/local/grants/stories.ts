/**
 * What people, clocks and faults do, so that each grant of the stack is used at least once. The stories are played in
 * this order through one embedded cloud. Each brings its own referral.
 */

import { readFileSync } from 'node:fs';
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { createApiClient } from '../../../../infra/local/demo/api-client.ts';
import { play } from '../../../../infra/local/demo/play.ts';
import { localRegion } from '../../../../infra/local/endpoint/service.ts';
import { importSampleShifts } from '../../../../infra/local/samples/import-shifts.ts';
import { sampleShifts } from '../../../../infra/local/samples/shifts.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { newYorkDate } from '../../../../shared/domain/policy/due.ts';
import { isoWeekOf } from '../../../../shared/domain/venues/venues.ts';
import { createDataKeys } from '../../../../shared/store/data-keys.ts';
import { createIdentities } from '../../../../shared/store/identities.ts';
import { createWrappingKey } from '../../../../shared/store/wrapping-key.ts';
import { tuesday } from '../../../support/stage.ts';
import { askApi, type Stage } from '../../../support/stage-cloud.ts';
import { addressOf, idOf, reportOf, screening } from '../../../support/story.ts';
import { createBrowser, type Page } from '../identity/browser.ts';

export interface Story {
  /** What happens, in the words of the list of grants. */
  readonly name: string;
  readonly does: (stage: Stage) => Promise<unknown>;
}

const [worker, supervisor, manager] = [
  addressOf('careline-worker'),
  addressOf('careline-supervisor'),
  addressOf('careline-manager'),
];
const [administrator, liaison] = [addressOf('administrator'), addressOf('hart-liaison')];
const reason = 'Invented for a story.';

/**
 * Asks the API, and throws where the answer is a refusal. Then all that it set off comes to rest. Otherwise the next act
 * of a story may come before a row that the stream's consumers write.
 */
async function ask({ cloud }: Stage, person: string, path: string, body?: unknown, key?: string) {
  const more = { ...whereKnown({ body, key }) };
  const answer = await askApi(cloud, person, path, more);
  await cloud.rest();
  if (answer.status >= 300) throw new Error(`${person} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The referral of a report about one child of New Haven. */
async function opened(stage: Stage, child: object = {}): Promise<string> {
  const { body } = await stage.reports(reportOf(child));
  return String((body.referralIds as readonly string[])[0]);
}

/** The referral of a report that was screened with this outcome. */
async function screened(stage: Stage, outcome: string): Promise<string> {
  const id = await opened(stage);
  const { first, ...last } = screening(outcome);
  for (const { by, command, input } of first ? [first, last] : [last]) {
    await stage.does(addressOf(by), id, command, input);
  }
  return id;
}

/** Every person acts on time until the child's referral is closed. */
async function playedToItsEnd(stage: Stage, example: string): Promise<string> {
  const file = new URL(`../../../../docs/examples/${example}.json`, import.meta.url);
  const { body } = await stage.reports(JSON.parse(readFileSync(file, 'utf8')));
  const ids = body.referralIds as readonly string[];
  const api = createApiClient(stage.cloud);
  await play({ api, clock: stage.cloud.clock, act: 'on-time', onProgress: () => undefined }, ids);
  return String(ids[0]);
}

const atTheMachine = ({ endpointUrl: endpoint }: Stage['cloud']) => ({
  endpoint,
  region: localRegion,
  credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
});

/** The watchdog or a keeper of the vault, before its schedule. */
async function runNow(
  { cloud }: Stage,
  FunctionName: 'Sweep' | 'KeepVault' | 'EraseVault' | 'AnchorHeads',
): Promise<void> {
  // The stream comes first to what a story wrote into the ledger.
  await cloud.rest();
  const client = new LambdaClient(atTheMachine(cloud));
  const { FunctionError } = await client.send(new InvokeCommand({ FunctionName }));
  client.destroy();
  if (FunctionError !== undefined) throw new Error(`${FunctionName}: ${FunctionError}`);
  await cloud.rest();
}

const kindsOfPart = ['child', 'birth', 'known', 'reporter', 'text', 'part2'] as const;

/** Writes into an item of the vault as no function would. */
const writeVault = (
  { dynamodb, table }: Stage,
  pk: string,
  UpdateExpression: string,
  values: Readonly<Record<string, AttributeValue>>,
) =>
  dynamodb.send(
    new UpdateItemCommand({
      TableName: table('Identities'),
      Key: { pk: { S: pk } },
      UpdateExpression,
      ExpressionAttributeValues: values,
    }),
  );

/** A part of each kind under this command, as no single report brings them. */
async function putEveryKind(stage: Stage, referralId: string, command: AttributeValue, since: string): Promise<void> {
  const values = { ':yes': { S: 'yes' }, ':since': { S: since }, ':id': { S: referralId }, ':command': command };
  for (const kind of kindsOfPart) {
    await writeVault(
      stage,
      `${kind}#${referralId}#${command.S}`,
      'SET pending = :yes, pendingSince = :since, referralId = :id, commandId = :command, half = :yes',
      values,
    );
  }
}

/**
 * Leaves the vault as three commands would that stopped half-way. One stopped before it confirmed its parts, one before
 * its commit. One gave a child the name of another child and stopped before it compared the two.
 */
async function leaveHalfDone(stage: Stage, referralId: string, other: string): Promise<void> {
  const { cloud, dynamodb: client, table } = stage;
  const since = new Date(cloud.clock.now() - 3 * 3_600_000).toISOString();
  const kms = new KMSClient(atTheMachine(cloud));
  const wrapping = createWrappingKey({ client: kms, arn: 'WrappingKey' });
  const keys = createDataKeys({ client, table: table('VaultKeys'), wrapping, now: Date.now });
  const vault = createIdentities({ client, table: table('Identities'), keys });
  const Key = { pk: { S: `child#${referralId}` } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table('Identities'), Key }));
  const content = await vault.childName(other);
  if (!Item?.commandId?.S || content === undefined) throw new Error('The vault has no name of these children.');
  await putEveryKind(stage, referralId, Item.commandId, since);
  await putEveryKind(stage, referralId, { S: 'never-committed' }, since);
  await client.send(new DeleteItemCommand({ TableName: table('Identities'), Key }));
  const owner = { referralId, commandId: Item.commandId.S, digest: '', now: since };
  await vault.putPending([{ key: `child#${referralId}`, content }], owner);
  await vault.confirm(`child#${referralId}`);
  kms.destroy();
  await writeVault(stage, `index#${referralId}`, 'SET indexedBy = :what, mark = :mark', {
    ':what': { S: 'out-of-date' },
    ':mark': { S: 'never-compared' },
  });
}

/** Takes what matches out of a table, as a fault or an intruder would. */
async function takeOut(
  { dynamodb, table }: Stage,
  name: 'Waits' | 'Directory' | 'Cursors',
  isMeant: (pk: string, sk: string) => boolean,
): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: table(name) })) {
    for (const { pk, sk } of Items) {
      if (!pk?.S || !sk?.S || !isMeant(pk.S, sk.S)) continue;
      await dynamodb.send(new DeleteItemCommand({ TableName: table(name), Key: { pk, sk } }));
    }
  }
}

/** The console as this person uses it, after signing in. Throws where a page is refused. */
async function signedIn({ cloud: { webUrl, issuer, rest } }: Stage, person: string) {
  const browser = createBrowser('none:');
  const answerTo = (page: Page) =>
    browser.post(new URL(/<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? '', issuer).href, { email: person });
  const queue = await answerTo(await answerTo(await browser.get(`${webUrl}/sign-in`)));
  const token = /name="token" value="([^"]*)"/.exec(queue.html)?.[1] ?? '';
  const shown = async (asked: Promise<Page>): Promise<Page> => {
    const page = await asked;
    await rest();
    if (page.status >= 300) throw new Error(`${person} ${page.url}: ${page.status}`);
    return page;
  };
  return {
    open: (path: string) => shown(browser.get(`${webUrl}${path}`)),
    send: (path: string, form: Record<string, string>) => shown(browser.post(`${webUrl}${path}`, { token, ...form })),
  };
}

/** What a story leaves to be done when the hour is over. */
type Begun = (stage: Stage) => Promise<() => Promise<unknown>>;

/** Stories that need an hour in which no one acts. It costs most of all, so they begin together and share one. */
const inOneHour = (parts: Readonly<Record<string, Begun>>): Story => ({
  name: Object.keys(parts).join('; '),
  async does(stage) {
    const ends: (() => Promise<unknown>)[] = [];
    for (const begin of Object.values(parts)) ends.push(await begin(stage));
    await stage.hours(1.1);
    for (const end of ends) await end();
  },
});

/** In the round of the sweep's daily look. The first story brings the clock to nine in New York. */
export const storiesBegin = '2026-11-10T11:00:30.000Z';

export const stories: readonly Story[] = [
  {
    name: 'the sweep makes its daily look at the chains of the program',
    async does(stage) {
      await runNow(stage, 'Sweep');
      const { clock } = stage.cloud;
      await clock.advance(Date.parse(tuesday) - clock.now());
    },
  },
  { name: 'a supervisor imports the on-call shifts', does: ({ cloud }) => importSampleShifts(cloud) },
  {
    name: 'a trainer imports attendance by the API and in the console, and a worker reads the tribes at both',
    async does(stage) {
      const trainer = addressOf('trainer');
      const csv = (number: string) =>
        `course,date,agency,town,role group,number\npolice,2026-05-01,Hartford Police,Hartford,police,${number}`;
      await ask(stage, trainer, '/training/attendance', { csv: csv('POST-1') });
      const console = await signedIn(stage, trainer);
      await console.open('/training/import');
      await console.send('/training/import', { csv: csv('POST-2') });
      await ask(stage, supervisor, '/tribes');
      await (await signedIn(stage, supervisor)).open('/tribes');
    },
  },
  {
    name: 'a referral is played to its closing, and its audit is read',
    async does(stage) {
      const id = await playedToItsEnd(stage, 'not-indicated');
      await ask(stage, administrator, `/referrals/${id}/audit`);
    },
  },
  {
    name: 'a run is started by hand for a referral and a duty that are over',
    async does(stage) {
      const id = await opened(stage);
      await stage.does(supervisor, id, 'propose-withdrawal', { because: 'made-in-error', reason });
      await stage.does(manager, id, 'agree-withdrawal');
      const { machines } = stage;
      const deadlineId = `${id}.D1.1`;
      for (const [stateMachineArn, input] of [
        [machines.referral, { referralId: id, generation: 1 }],
        [machines.deadline, { referralId: id, deadlineId, generation: 1, checkpointAt: stage.now() }],
      ] as const) {
        await stage.sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
      }
    },
  },
  {
    name: 'a known child is reported again, corrected and erased',
    async does(stage) {
      const child = { name: 'Wren Example', birthDate: '2011-03-04', phone: '203-555-0143' };
      const [first, second] = [await opened(stage, child), await opened(stage, child)];
      await stage.does(worker, second, 'correct-identity', { childName: 'Wrenna Example', reason });
      await runNow(stage, 'KeepVault');
      for (const id of [first, second]) {
        await stage.does(supervisor, id, 'propose-withdrawal', { because: 'made-in-error', reason });
        await stage.does(manager, id, 'agree-withdrawal');
      }
      const ground = { ground: 'court-order', orderReference: 'Invented order 1', reason };
      await stage.does(addressOf('legal'), second, 'propose-erasure', ground);
      await putEveryKind(stage, second, { S: 'long-ago' }, stage.now());
      await stage.does(addressOf('program-manager'), second, 'agree-erasure');
      await runNow(stage, 'EraseVault');
      // Where no part was found for ten minutes, the index forgets the referral.
      await stage.hours(0.25);
      await runNow(stage, 'EraseVault');
    },
  },
  {
    name: 'a supervisor works in the console and signs out',
    async does(stage) {
      const console = await signedIn(stage, supervisor);
      const id = await opened(stage, { name: 'Jay Example', danger: 'yes' });
      for (const path of ['/', '/reports/new', '/drafts', '/calls', '/on-call', '/search', `/referrals/${id}`]) {
        await console.open(path);
      }
      const form = { because: 'made-in-error', reason };
      await console.send(`/referrals/${id}/do/propose-withdrawal`, form);
      await console.send('/on-call/import', { csv: sampleShifts(stage.cloud.clock.now()) });
      // A session is written anew once a minute.
      await stage.cloud.clock.advance(61_000);
      await console.open('/');
      await console.send('/sign-out', {});
    },
  },
  {
    name: 'the mail to each Careline supervisor comes back',
    async does(stage) {
      for (const number of [1, 2])
        await stage.setEmail(`P-CARELINE-SUPERVISOR-${number}`, `bounce.supervisor${number}@dcf.example`);
      await opened(stage);
    },
  },
  inOneHour({
    async 'an erasure is marked and never approved'(stage) {
      const id = await opened(stage, { name: 'Lark Example', birthDate: '2012-02-03' });
      await writeVault(stage, `index#${id}`, 'SET indexedBy = :what, mark = :mark', {
        ':what': { S: 'erasing' },
        ':mark': { S: 'never-approved' },
      });
      return () => runNow(stage, 'EraseVault');
    },
    async 'facts are completed soon after the row of facts was written'(stage) {
      const id = await opened(stage, { name: 'Wren Sample' });
      await stage.does(addressOf('caseworker'), id, 'record-facts', { identifiedBy: 'school' });
      return () => runNow(stage, 'Sweep');
    },
    async 'no one answers for a child in danger'(stage) {
      await opened(stage, { danger: 'yes' });
      return async () => {};
    },
    async 'a Careline worker keeps drafts of a report and discards one, whose content is removed an hour later'(stage) {
      await ask(stage, worker, '/drafts', { revision: 1, content: {} }, 'a draft that is discarded');
      const { drafts } = await ask(stage, worker, '/drafts');
      const [{ id } = { id: '' }] = drafts as readonly { readonly id: string }[];
      await ask(stage, worker, `/drafts/${id}`);
      await ask(stage, worker, `/drafts/${id}/discard`, { because: 'no-report' });
      await ask(stage, administrator, '/drafts/audit');
      return () => runNow(stage, 'Sweep');
    },
    async 'three commands stop half-way, a draft is left, a seat and a duty are vacant, a place in a chain is lost'(
      stage,
    ) {
      await ask(stage, worker, '/drafts', { revision: 1, content: {} }, 'a draft that is left');
      const born = { birthDate: '2012-05-06' };
      const known = await opened(stage, { name: 'Robin Example', ...born });
      const other = await opened(stage, { name: 'Alex Example', ...born });
      await leaveHalfDone(stage, other, known);
      await takeOut(stage, 'Directory', (pk, sk) => pk.startsWith('team#') && sk.startsWith('seat#medical#'));
      await takeOut(stage, 'Directory', (pk) => pk === 'duty#careline-supervisor');
      return async () => {
        await takeOut(stage, 'Cursors', (pk) => pk === known);
        await runNow(stage, 'Sweep');
      };
    },
  }),
  {
    name: 'supervisors note alerts as seen',
    async does(stage) {
      const id = await opened(stage, { danger: 'yes' });
      const { alerts } = await ask(stage, supervisor, `/referrals/${id}`);
      for (const { id: alertId } of alerts as readonly { readonly id: string }[]) {
        await askApi(stage.cloud, supervisor, `/referrals/${id}/alerts/${alertId}/seen`, { body: {} });
      }
    },
  },
  {
    name: 'a treatment program writes a record that is kept apart, and reads it',
    async does(stage) {
      const id = await opened(stage, { name: 'Heron Example' });
      const service = 'substance-use';
      const consent = { service, consentKind: 'written-part-2', consentAnswer: 'given' };
      await stage.does(addressOf('caseworker'), id, 'record-consent', consent);
      await stage.does(liaison, id, 'offer-linkage', { service, providerId: 'PR-SUBSTANCE-USE-1' });
      const program = addressOf('provider:substance-use');
      await stage.does(program, id, 'accept-linkage', { service });
      await stage.does(program, id, 'record-part-2', { part2Record: reason });
      await ask(stage, program, `/referrals/${id}/identities?purpose=provide-service`);
    },
  },
  {
    name: 'a person on leave names a delegate, and a provider is changed',
    async does(stage) {
      const until = new Date(stage.cloud.clock.now() + 86_400_000).toISOString();
      const leave = { delegateId: idOf('hart-liaison', 2), work: ['hart-liaison'], until };
      await ask(stage, liaison, '/delegations', leave);
      const listing = {
        name: 'An invented school office',
        regions: ['2'],
        ageFrom: 5,
        ageTo: 18,
        languages: ['english'],
        phone: '203-555-0142',
        contactId: 'P-PROVIDER-EDUCATION-1',
      };
      await ask(stage, supervisor, '/providers/education/PR-EDUCATION-9', { revision: 0, ...listing });
      await ask(stage, supervisor, '/providers/education');
    },
  },
  {
    name: 'staff look at the lists and search for a child by name',
    async does(stage) {
      for (const path of ['/queue', '/deadlines', '/tasks', '/referrals', '/returns', '/on-call', '/noise']) {
        await ask(stage, supervisor, path);
      }
      for (const path of [
        '/delegations',
        '/directory?role=caseworker',
        '/audit/runs',
        '/audit/log',
        '/team-gaps',
        '/unmet-needs',
        '/searches?day=2026-11-10',
      ]) {
        await ask(stage, administrator, path);
      }
      await ask(stage, worker, '/searches', { name: 'Wren Example', purpose: 'work-on-referral' });
    },
  },
  { name: 'a screening finds a child at risk', does: (stage) => screened(stage, 'at-risk') },
  { name: 'a screening has too little information', does: (stage) => screened(stage, 'insufficient-info') },
  { name: 'a screening finds no indication', does: (stage) => screened(stage, 'not-indicated') },
  { name: 'a screening confirms a victim', does: (stage) => screened(stage, 'confirmed') },
  {
    name: 'a run is stopped by an operator',
    async does(stage) {
      const id = await opened(stage);
      const [run] = await stage.executions(`${id}.G1`);
      await stage.sfn.send(new StopExecutionCommand({ executionArn: run?.arn, cause: 'Stopped by hand.' }));
    },
  },
  {
    name: 'the record of a read is removed from the table',
    async does(stage) {
      const id = await opened(stage);
      await ask(stage, worker, `/referrals/${id}/identities?purpose=work-on-referral`);
      const Key = { pk: { S: `access#${id}` }, seq: { N: '1' } };
      await stage.dynamodb.send(new DeleteItemCommand({ TableName: stage.table('Ledger'), Key }));
    },
  },
  {
    name: 'the chains are anchored and proved, and the last record of a read is gone afterwards',
    async does(stage) {
      const id = await opened(stage);
      await ask(stage, worker, `/referrals/${id}/identities?purpose=work-on-referral`);
      await runNow(stage, 'AnchorHeads');
      const auditor = addressOf('auditor');
      const { problems } = await ask(stage, auditor, `/referrals/${id}/proof`);
      if (JSON.stringify(problems) !== '[]') throw new Error(`The proof has problems: ${JSON.stringify(problems)}`);
      await (await signedIn(stage, auditor)).open(`/referrals/${id}/proof`);
      const Key = { pk: { S: `access#${id}` }, seq: { N: '1' } };
      await stage.dynamodb.send(new DeleteItemCommand({ TableName: stage.table('Ledger'), Key }));
      await runNow(stage, 'AnchorHeads');
    },
  },
  {
    name: 'a Careline worker corrects a name in the console',
    async does(stage) {
      const id = await opened(stage, { name: 'Linden Example', birthDate: '2011-05-18' });
      const console = await signedIn(stage, worker);
      await console.open(`/referrals/${id}`);
      await console.send(`/referrals/${id}/do/correct-identity`, { childName: 'Linda Example', reason });
    },
  },
  {
    name: 'an auditor reads an audit in the console',
    async does(stage) {
      const console = await signedIn(stage, addressOf('auditor'));
      await console.open(`/referrals/${await opened(stage)}/audit`);
    },
  },
  {
    name: 'a supervisor reads the mail load in the console',
    async does(stage) {
      const console = await signedIn(stage, supervisor);
      await console.open('/noise');
    },
  },
  {
    name: 'forums, an agreement and a concern about a venue are kept in the console and by the API',
    async does(stage) {
      const keeper = addressOf('program-manager');
      const today = newYorkDate(stage.now());
      const agreement = {
        ...{ kind: 'memorandum', agencies: ['hospital'], purpose: 'team-work', basis: 'cgs-17a-106a' },
        ...{ signedOn: '2026-01-01', expiresOn: '2040-12-31' },
      };
      await ask(stage, keeper, '/agreements', agreement);
      const { id: forum } = await ask(stage, keeper, '/forums', { kind: 'within-agency', name: 'team-leaders' });
      await ask(stage, keeper, `/forums/${forum}/meetings`, { heldOn: today, decisions: ['One form for all towns'] });
      const venue = { kind: 'casino', town: 'Meriden', concern: 'posting-missing', week: isoWeekOf(today) };
      await ask(stage, keeper, '/venue-concerns', venue);
      const console = await signedIn(stage, keeper);
      await console.send('/agreements', { ...agreement, agencies: 'hospital', keeperId: idOf('program-manager') });
      await console.send(`/forums/${forum}`, { heldOn: today, decisions: 'Two people call' });
      await console.open('/forums');
      await console.send('/venue-concerns', { ...venue, town: 'Hartford' });
      await runNow(stage, 'Sweep');
    },
  },
  {
    name: 'an evaluator and a program manager read figures in the console and by the API',
    async does(stage) {
      const evaluator = addressOf('evaluator');
      const console = await signedIn(stage, evaluator);
      await console.open('/numbers');
      await ask(stage, evaluator, '/reports/yearly');
      await ask(stage, addressOf('program-manager'), '/reports/monday');
    },
  },
  {
    name: 'an administrator ends the access of a person in the console',
    async does(stage) {
      const leaver = addressOf('evaluator');
      const authorization = `Bearer ${await stage.cloud.token(leaver)}`;
      const reads = () => fetch(`${stage.cloud.webUrl}/api/v1/reports/yearly`, { headers: { authorization } });
      if ((await reads()).status !== 200) throw new Error('The evaluator could not read before.');
      const console = await signedIn(stage, administrator);
      const path = `/people/${idOf('evaluator')}`;
      const { html } = await console.open(path);
      const seen = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? '';
      const ended = await console.send(`${path}/end`, { reason: 'left-work', seen });
      if (!ended.html.includes('has ended') || ended.html.includes('is still open'))
        throw new Error('The page does not say that access and account are closed.');
      const refused = await reads();
      const { detail } = (await refused.json()) as { readonly detail?: string };
      if (refused.status !== 403 || !detail?.startsWith('An administrator ended your access.'))
        throw new Error(`Their token was answered ${refused.status}: ${detail}`);
      const pool = new CognitoIdentityProviderClient(atTheMachine(stage.cloud));
      const account = { UserPoolId: stage.poolId, Username: leaver };
      const { Enabled } = await pool.send(new AdminGetUserCommand(account));
      pool.destroy();
      if (Enabled !== false) throw new Error('The account is open still.');
    },
  },
];
