import { join } from 'node:path';
import { Duration, Stack, Stage } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { accept } from './constructs/accepted-findings.ts';
import { allowText } from './constructs/allow-text-messages.ts';
import { createAnchors } from './constructs/anchors.ts';
import { writeApiDescription } from './constructs/api-description.ts';
import { createBackups } from './constructs/backups.ts';
import { createBudget } from './constructs/budget.ts';
import { bundleFunctions } from './constructs/bundle.ts';
import { createFunction, type FunctionProps } from './constructs/careline-function.ts';
import { createAlarms } from './constructs/cloudwatch-alarms.ts';
import { reserveConcurrency } from './constructs/concurrency.ts';
import { writeConsoleAssets } from './constructs/console-assets.ts';
import { createDashboards } from './constructs/dashboard.ts';
import { createTable, textSortKey } from './constructs/data-table.ts';
import { createDirectoryTable } from './constructs/directory-table.ts';
import { createFailureQueue } from './constructs/failure-queue.ts';
import { createLedger } from './constructs/ledger-table.ts';
import { createMail } from './constructs/mail.ts';
import { tellOutputs } from './constructs/outputs.ts';
import { protectFromDeletion } from './constructs/protection.ts';
import { live } from './constructs/release.ts';
import { createSchedule } from './constructs/schedule.ts';
import { createServiceLevels } from './constructs/service-levels.ts';
import type { Settings } from './constructs/settings.ts';
import { createSignIn } from './constructs/sign-in.ts';
import { createStreamConsumer } from './constructs/stream-consumer.ts';
import { createTrail } from './constructs/trail.ts';
import { createVaultKeys } from './constructs/vault-keys.ts';
import { createVaultSecret } from './constructs/vault-secret.ts';
import { digestOfScript, writeVerifyScript } from './constructs/verify-script.ts';
import { furnishWebDoor, openWebDoor } from './constructs/web-door.ts';
import { allowLookAtRuns, allowOnWorkflows, createWorkflow, nameWorkflow } from './constructs/workflow.ts';

export interface CarelineProps {
  readonly settings: Settings;
  readonly projectFolder: string;
  readonly functionsFolder: string;
  /** Where the bundles of these functions lie already. Without it, they are made. */
  readonly bundlesFolder?: string | undefined;
}

/** The whole deployment: its resources, their permissions, and their triggers. One stack is one jurisdiction. */
export class CarelineStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { settings, projectFolder, functionsFolder, bundlesFolder }: CarelineProps,
  ) {
    super(scope, id, {
      description: `Careline referrals (${settings.stage})`,
      terminationProtection: settings.switches.protection,
      analyticsReporting: false,
    });

    // Data that is kept.
    const ledger = createLedger(this, settings.codeKeys);
    const identities = createTable(this, 'Identities', {
      sensitive: true,
      indexes: {
        ByPending: { keys: ['pending', 'pendingSince'], include: ['referralId', 'commandId', 'half'] },
        // Only keys: the records under a former key of the blind index, and every part of one referral.
        ByIndexKey: { keys: ['indexedBy', 'pk'], include: ['mark'] },
        ByReferral: { keys: ['referralId', 'pk'], include: ['commandId'] },
      },
    });
    // Digests alone, one item for each child under each of its keys.
    const childIndex = createTable(this, 'ChildIndex', { sortKey: textSortKey, sharesKeyOf: identities });
    const vaultKeys = createVaultKeys(this, identities);
    const board = createTable(this, 'Board', {
      sortKey: textSortKey,
      indexes: {
        ByQueue: { keys: ['queue', 'order'] },
        ByOwner: { keys: ['owner', 'order'] },
        // Only keys: the open referrals of each turn of the sweep.
        ByTurn: { keys: ['turn', 'sk'], include: [] },
      },
    });
    const waits = createTable(this, 'Waits', { sortKey: textSortKey });
    // Notes of changed chains end there after a week.
    const cursors = createTable(this, 'Cursors', { sortKey: textSortKey, timeToLiveAttribute: 'expiresAt' });
    const facts = createTable(this, 'Facts', { sortKey: textSortKey });
    const directory = createDirectoryTable(this, settings.codeKeys);
    const sessions = createTable(this, 'Sessions', { timeToLiveAttribute: 'expiresAt' });
    const vaultSecret = createVaultSecret(this, identities);
    const { door: webDoor, consoleUrl } = openWebDoor(this, settings);
    const signIn = createSignIn(this, settings, consoleUrl);
    const mail = createMail(this, settings);
    const anchors = createAnchors(this);

    // The functions, and what they share.
    const outFolder = join(Stage.of(this)?.assetOutdir ?? 'cdk.out', 'functions');
    const bundles = bundleFunctions({ projectFolder, functionsFolder, outFolder, written: bundlesFolder });
    const functions: LambdaFunction[] = [];
    const create = (functionId: string, props: Omit<FunctionProps, 'bundles'> = {}) => {
      const created = createFunction(this, functionId, { ...props, bundles });
      functions.push(created);
      return created;
    };
    const referral = nameWorkflow(this, 'Referral', settings.stage);
    const deadline = nameWorkflow(this, 'Deadline', settings.stage);
    const workflows = [referral, deadline];

    // The steps of a run change the referral alone.
    const itsReferral = ['referral#*'];
    const itsRuns = ['CR-*'];
    // What people are told of that is no referral.
    const tellOfThemselves = ['draft#*', 'drafts#*', 'finding#*', 'roster#*', 'shift#*', 'agreement#*'];
    // A chain that is not as it was written is a doubt of its record, and a finding.
    const doubts = ['finding#*', 'doubt#*'];
    const digestsOfChildren = ['equal#*', 'sound#*'];
    const partsOfAChild = ['child#*', 'birth#*', 'known#*', 'reporter#*', 'text#*', 'part2#*'];

    // Tasks of the referral's run.
    const askSameChild = create('AskSameChild');
    ledger.allowReadAndAppend(askSameChild, itsReferral);
    childIndex.allow(askSameChild, ['PutItem', 'Query'], ['equal#*']);

    const proposeEligibility = create('ProposeEligibility');
    ledger.allowReadAndAppend(proposeEligibility, itsReferral);
    identities.allow(proposeEligibility, ['GetItem'], ['birth#*']);
    vaultKeys.allowOpen(proposeEligibility, ['CR-*']);

    const drawRoster = create('DrawRoster');
    ledger.allowReadAndAppend(drawRoster, itsReferral);
    directory.allowRead(drawRoster, ['Query'], ['team#*']);

    // Every step that needs the referral alone.
    const takeStep = create('TakeStep');
    ledger.allowReadAndAppend(takeStep, itsReferral);

    // Tasks of the deadline's run, and the wait of both runs.
    const raiseCheckpoint = create('RaiseCheckpoint');
    ledger.allowReadAndAppend(raiseCheckpoint, itsReferral);

    const awaitPerson = create('AwaitPerson');
    ledger.allowReadAndAppend(awaitPerson, itsReferral);
    waits.allow(awaitPerson, ['PutItem'], itsRuns);
    allowOnWorkflows(awaitPerson, ['SendTaskSuccess'], workflows);
    allowOnWorkflows(awaitPerson, ['SendTaskFailure'], [deadline]);

    const machines = [
      createWorkflow(this, referral, join(projectFolder, 'workflows/referral.asl.json'), [
        askSameChild,
        proposeEligibility,
        drawRoster,
        takeStep,
        awaitPerson,
      ]),
      createWorkflow(this, deadline, join(projectFolder, 'workflows/deadline.asl.json'), [
        raiseCheckpoint,
        awaitPerson,
      ]),
    ];

    // The two consumers of the ledger's stream.
    const react = create('React', { timeout: Duration.minutes(1) });
    ledger.allowRead(react, [...itsReferral, 'provider#*', 'delegation#*', 'draft#*', ...doubts]);
    ledger.allowAppend(react, doubts);
    waits.allow(react, ['Query', 'DeleteItem'], itsRuns);
    board.allow(react, ['PutItem']);
    facts.allow(react, ['PutItem'], ['month#*']);
    cursors.allow(react, ['GetItem', 'PutItem'], itsRuns);
    // The chains that changed, by the hour.
    cursors.allow(react, ['PutItem'], ['heads#*']);
    directory.allowPut(react, ['provider#*', 'delegation#*', 'delegate#*', 'delegations']);
    allowOnWorkflows(react, ['StartExecution', 'SendTaskSuccess'], workflows);
    allowOnWorkflows(react, ['SendTaskFailure'], [deadline]);

    const failures = createFailureQueue(this, 'EventFailures');
    const sendAlerts = create('SendAlerts', {
      timeout: Duration.minutes(1),
      failures,
      environment: { CONSOLE_URL: consoleUrl },
    });
    // Delegations and shifts say who is called, so they are read where they were written.
    ledger.allowRead(sendAlerts, [...itsReferral, 'alert#*', 'delegation#*', ...tellOfThemselves]);
    ledger.allowAppend(sendAlerts, [...itsReferral, 'alert#*']);
    directory.allowRead(sendAlerts, ['BatchGetItem', 'GetItem'], ['person#*']);
    directory.allowRead(sendAlerts, ['Query'], ['duty#*', 'team#*', 'delegations']);
    cursors.allow(sendAlerts, ['GetItem', 'PutItem'], itsRuns);
    mail.allowSend(sendAlerts);
    allowText(sendAlerts, settings);
    ledger.allowReadByInstant(sendAlerts, ['deferred']);
    const digestSchedule = createSchedule(this, 'DigestSchedule', {
      description: 'Sends what waited for the daily digest or the end of the quiet hours, where its hour has come.',
      everyMinutes: 15,
      target: sendAlerts,
      failures,
    });

    const streamFailures = [
      // It also checks each new commit, of chains of every kind.
      createStreamConsumer(this, ledger, react),
      createStreamConsumer(this, ledger, sendAlerts),
    ];

    // Other triggers of functions: news of mail, a lost run, the clock.
    const recordDelivery = create('RecordDelivery', { failures });
    ledger.allowReadAndAppend(recordDelivery, [...itsReferral, 'alert#*']);
    // It marks failing mail, and can change nothing else of a person.
    directory.allowMark(recordDelivery, ['person#*'], ['mailFailsSince']);
    accept(
      mail.events.addSubscription(new LambdaSubscription(live(recordDelivery), { deadLetterQueue: failures })),
      'CloudFormation-Validate::W3694',
    );

    const recordLostRun = create('RecordLostRun', { failures });
    ledger.allowReadAndAppend(recordLostRun, itsReferral);
    new Rule(this, 'LostRuns', {
      description: 'A run that ended without having come to its end.',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: workflows.map(({ arn }) => arn) },
      },
      targets: [new FunctionTarget(live(recordLostRun), { deadLetterQueue: failures })],
    });

    const onlyChecked = ['access#*', 'delegation#*', 'provider#*', 'training#*', 'forum#*', 'venue#*'];
    const sweep = create('Sweep', { timeout: Duration.minutes(4), memorySize: 512, failures });
    ledger.allowReadAndAppend(sweep, [...itsReferral, 'alert#*', ...tellOfThemselves, 'doubt#*']);
    // It checks chains of every kind, and appends to none of these.
    ledger.allowRead(sweep, onlyChecked);
    ledger.allowReadByInstant(sweep, ['referral', 'draft', 'lease', 'due']);
    cursors.allow(sweep, ['Query', 'PutItem'], itsRuns);
    // How long each chain was at the last look, and which round was the last.
    cursors.allow(sweep, ['GetItem', 'PutItem'], ['sweep']);
    const seen = [...itsReferral, 'alert#*', ...tellOfThemselves, 'doubt#*', ...onlyChecked];
    cursors.allow(sweep, ['BatchGetItem', 'PutItem'], seen);
    waits.allow(sweep, ['Query'], itsRuns);
    board.allowIndexQuery(sweep, 'ByQueue', 'ByTurn');
    // It puts rows right that are not as they were written.
    board.allow(sweep, ['BatchGetItem', 'PutItem']);
    facts.allow(sweep, ['PutItem'], ['month#*']);
    allowLookAtRuns(sweep, workflows);
    // Also the content of a draft that was sent, discarded, or ended by the rule. Each goes with its key.
    identities.allow(sweep, ['UpdateItem', 'DeleteItem'], [...partsOfAChild, 'draft#*']);
    vaultKeys.allowEraseHalf(sweep, ['CR-*', 'FO-*']);
    vaultKeys.allowErase(sweep, ['DR-*']);
    identities.allowIndexQueryOf(sweep, 'ByPending', ['yes']);
    directory.allowRead(sweep, ['BatchGetItem'], ['person#*']);
    directory.allowRead(sweep, ['Query'], ['duty#*', 'team#*', 'delegations', 'provider#*']);
    // It looks for entries that no one wrote with the command, that are older than before, or gone.
    directory.allowReadAll(sweep);
    // It takes the code off an older entry, and can make none.
    directory.allowMark(sweep, ['person#*', 'duty#*', 'team#*', 'agency#*', 'provider#*'], ['signature']);
    cursors.allow(sweep, ['Query', 'PutItem'], ['entries']);
    for (const watcher of [react, sweep]) {
      watcher.addEnvironment('REFERRAL_MACHINE_ARN', referral.arn);
      watcher.addEnvironment('DEADLINE_MACHINE_ARN', deadline.arn);
    }
    const sweepSchedule = createSchedule(this, 'SweepSchedule', {
      description: 'Looks for what was left undone, repairs it, and says so.',
      everyMinutes: 5,
      target: sweep,
      failures,
    });

    // It reads identities to index them again. Of the vault's secret it needs the keys of the index.
    const keepVault = create('KeepVault', { timeout: Duration.minutes(4), memorySize: 512, failures });
    ledger.allowReadAndAppend(keepVault, [...itsReferral, 'access#*']);
    ledger.allowReadByInstant(keepVault, ['referral']);
    identities.allow(keepVault, ['GetItem'], ['child#*', 'birth#*', 'known#*', 'index#*']);
    identities.allow(keepVault, ['UpdateItem'], ['index#*']);
    identities.allowIndexQuery(keepVault, 'ByIndexKey');
    childIndex.allow(keepVault, ['PutItem', 'Query']);
    childIndex.allow(keepVault, ['DeleteItem'], digestsOfChildren);
    vaultKeys.allowOpen(keepVault, ['CR-*']);
    vaultSecret.allowRead(keepVault);
    const keepVaultSchedule = createSchedule(this, 'KeepVaultSchedule', {
      description: 'Indexes anew what another key or a correction asks for.',
      everyMinutes: 30,
      target: keepVault,
      failures,
    });

    // A removal can answer with what it removes. So this function opens nothing.
    const eraseVault = create('EraseVault', { timeout: Duration.minutes(4), failures });
    ledger.allowRead(eraseVault, itsReferral);
    identities.allow(eraseVault, ['GetItem'], ['index#*']);
    identities.allow(eraseVault, ['UpdateItem'], ['index#*']);
    identities.allow(eraseVault, ['DeleteItem'], [...partsOfAChild, 'index#*']);
    childIndex.allow(eraseVault, ['DeleteItem'], digestsOfChildren);
    identities.allowIndexQueryOf(eraseVault, 'ByIndexKey', ['erasing']);
    identities.allowIndexQueryOf(eraseVault, 'ByReferral', ['CR-*']);
    vaultKeys.allowErase(eraseVault, ['CR-*']);
    const eraseVaultSchedule = createSchedule(this, 'EraseVaultSchedule', {
      description: 'Removes what was erased, its keys first.',
      everyMinutes: 30,
      target: eraseVault,
      failures,
    });

    // It compares chains of every kind with what is anchored, and appends doubts alone.
    const verifyScript = writeVerifyScript({ projectFolder, outFolder });
    const anchorHeads = create('AnchorHeads', {
      timeout: Duration.minutes(5),
      memorySize: 512,
      failures,
      environment: {
        ANCHOR_WITNESSES: settings.anchorWitnesses.join(','),
        VERIFY_SCRIPT_DIGEST: digestOfScript(verifyScript),
      },
    });
    ledger.allowRead(anchorHeads, seen);
    ledger.allowLookUp(anchorHeads, seen);
    ledger.allowAppend(anchorHeads, doubts);
    cursors.allow(anchorHeads, ['Query'], ['heads#*']);
    anchors.allowAnchor(anchorHeads);
    mail.allowSend(anchorHeads);
    const anchorSchedule = createSchedule(this, 'AnchorSchedule', {
      description: 'Anchors the chains that changed, and tells of those that are not as they were anchored.',
      everyMinutes: 60,
      target: anchorHeads,
      failures,
    });

    // The API, the console, and the sign-in check.
    const authorizeRequest = create('AuthorizeRequest');
    directory.allowIndexQuery(authorizeRequest, 'BySub');

    const api = create('Api', { memorySize: 512, assets: [writeApiDescription(projectFolder), verifyScript] });
    const console = create('Console', {
      memorySize: 512,
      assets: [writeConsoleAssets({ projectFolder, outFolder }), verifyScript],
      environment: {
        STAGE: settings.stage,
        // Pages lead to executions in AWS's own console. It is granted nothing on them.
        REFERRAL_MACHINE_ARN: referral.arn,
        DEADLINE_MACHINE_ARN: deadline.arn,
      },
    });
    const writtenByDoors = [
      ...['alert#*', 'access#*', 'draft#*', 'shift#*', 'provider#*', 'delegation#*', 'doubt#*'],
      ...['agreement#*', 'forum#*', 'venue#*', 'training#*'],
      ...itsReferral,
    ];
    const readByDoors = ['agency#*', 'delegate#*', 'delegations', 'duty#*', 'provider#*', 'team#*', 'tribes'];
    for (const door of [api, console]) {
      // Findings, vacancies and news of drafts are the watchdogs' alone. A supervisor looks at those that are in doubt.
      ledger.allowRead(door, [...writtenByDoors, 'roster#*', 'finding#*', 'drafts#*']);
      ledger.allowAppend(door, writtenByDoors, 'door');
      identities.allow(door, ['PutItem'], partsOfAChild);
      identities.allow(door, ['GetItem'], [...partsOfAChild, 'draft#*', 'index#*']);
      identities.allow(door, ['UpdateItem'], [...partsOfAChild, 'draft#*', 'index#*']);
      childIndex.allow(door, ['PutItem', 'Query']);
      childIndex.allow(door, ['DeleteItem'], digestsOfChildren);
      vaultKeys.allowSeal(door, ['CR-*', 'DR-*', 'FO-*']);
      board.allowIndexQuery(door, 'ByQueue', 'ByOwner');
      waits.allow(door, ['Query'], itsRuns);
      // The rows that figures are made of: codes and instants, nothing of the vault.
      facts.allow(door, ['Query'], ['month#*']);
      directory.allowRead(door, ['BatchGetItem'], ['person#*']);
      directory.allowRead(door, ['GetItem'], ['person#*', 'agency#*', 'provider#*']);
      directory.allowRead(door, ['Query'], readByDoors);
      directory.allowIndexQuery(door, 'ByEmail');
      vaultSecret.allowRead(door);
      anchors.allowRead(door);
      door.addEnvironment('CONSOLE_URL', consoleUrl);
      // Auditors ask who did what, and which drafts changed. Supervisors ask how much mail went out.
      ledger.allowReadByInstant(door, ['draft', 'mail', 'referral', 'act']);
    }
    directory.allowIndexQuery(console, 'BySub');
    sessions.allow(console, ['GetItem', 'PutItem', 'DeleteItem', 'UpdateItem']);
    // How many sessions of a person an administrator is about to end.
    sessions.allow(console, ['Scan']);
    // The limit of requests of each person, over both doors.
    sessions.allow(api, ['UpdateItem'], ['rate#*']);
    for (const reader of [authorizeRequest, console]) signIn.tell(reader);
    signIn.letClose(console);
    signIn.confirmWith(create('ConfirmFactor'));
    furnishWebDoor(this, webDoor, { api, console, authorizer: authorizeRequest });

    const tables = [ledger, identities, vaultKeys, childIndex, board, waits, cursors, facts, directory, sessions];
    const topics = createAlarms(this, {
      machines,
      failureQueues: [...streamFailures, failures],
      watchedApart: [react, sendAlerts, sweep],
      consumers: [react, sendAlerts],
      schedules: {
        Sweep: sweepSchedule,
        Digest: digestSchedule,
        KeepVault: keepVaultSchedule,
        EraseVault: eraseVaultSchedule,
      },
      anchorSchedule,
      door: webDoor,
      answering: [api, console, authorizeRequest],
      oncallEmail: settings.oncallEmail,
      pageUrl: settings.pageUrl,
    });
    createServiceLevels(this, { topic: topics.mail });
    createDashboards(this, { stage: settings.stage, machines, tables, functions });
    createBudget(this, settings.budget);

    createBackups(this, { kept: [ledger, directory], short: [identities, childIndex, vaultKeys] });
    createTrail(this, {
      tables,
      functions,
      ofFunctionsToo: settings.switches.trailOfFunctions,
      topics,
    });
    reserveConcurrency(functions, settings.switches.reservedConcurrency);
    protectFromDeletion(this, settings.switches.protection);
    tellOutputs(this, { settings, consoleUrl, webDoor, signIn, mail, directory });
  }
}
