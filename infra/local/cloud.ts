/**
 * The embedded cloud: every part of it, wired to run one synthesized template on this machine. It is for evaluation,
 * training, development and tests; it listens on the loopback interface alone.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createActivity, createClock, type MovableClock } from './clock/clock.ts';
import { type ClockMemory, rememberClock } from './clock/clock-memory.ts';
import { noteDeployment } from './cloudformation/deployment.ts';
import { createStacks } from './cloudformation/stacks.ts';
import { claimFormat } from './data-folder/kept-file.ts';
import { createDynamoDb } from './dynamodb/dynamodb.ts';
import { startEndpoint } from './endpoint/endpoint.ts';
import { createLocalRoutes } from './endpoint/local-routes.ts';
import type { AwsService } from './endpoint/service.ts';
import { startGateway } from './gateway/gateway.ts';
import { type AllowedCall, createAuthorize } from './iam/iam.ts';
import { startIdentity } from './identity/identity.ts';
import { createTokenTrigger } from './identity/token-trigger.ts';
import { createUserPool } from './identity/user-pool.ts';
import { createKms } from './kms/kms.ts';
import { createBackground } from './lambda/background.ts';
import { startEventSourceMappings } from './lambda/event-source-mapping.ts';
import { createLambda } from './lambda/lambda.ts';
import { startQueueMappings } from './lambda/queue-mapping.ts';
import { createLogs } from './logs/logs.ts';
import { createS3 } from './s3/s3.ts';
import { samplePeople } from './samples/directory.ts';
import { type AskedHistory, writePlayedHistory } from './samples/play-history.ts';
import { seedDirectory } from './samples/seed.ts';
import { requireDeliveries } from './schedule/deliveries.ts';
import { createEvents } from './schedule/event-bus.ts';
import { createTopics } from './schedule/topics.ts';
import { createSecrets } from './secrets/secrets.ts';
import type { SendLimits } from './ses/quota.ts';
import { startSes } from './ses/ses.ts';
import { createStepFunctions } from './stepfunctions/step-functions.ts';
import { createSts } from './sts/sts.ts';
import { readTemplate, type Template } from './template/template.ts';
import { createTextMessages } from './text-messages/text-messages.ts';

export interface CloudOptions {
  /** The folder of the synthesized assembly. */
  readonly assembly: string;
  /** Where everything is kept and found again; without it, in memory. */
  readonly folder?: string;
  /** 0 takes a free one, and so does leaving one out. */
  readonly ports?: {
    readonly web?: number;
    readonly endpoint?: number;
    readonly mail?: number;
    readonly signIn?: number;
  };
  /**
   * Makes the clock stand still at this instant (epoch milliseconds) except when it is moved. A start that finds a folder
   * again must not give an earlier one than the clock had come to.
   */
  readonly frozenAt?: number;
  /** Serves console and API under the stage alone: the address that a deployment without a domain of its own has. */
  readonly underStage?: boolean;
  /** A history of invented referrals, for an empty ledger. */
  readonly history?: AskedHistory | undefined;
  /** What SES refuses from the start; `POST /_local/mail` changes it. */
  readonly mail?: SendLimits;
  /** Mailboxes that are gone: addresses in lower case. */
  readonly gone?: ReadonlySet<string>;
  /** Hears of each call that a function's or a state machine's policies allowed. */
  readonly onAllowed?: (call: AllowedCall) => void;
  /** Receives each line that a function writes, and each fault of the cloud itself. */
  readonly onLog?: (source: string, line: string) => void;
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** The issuer must know the names of claims before its first token. Cognito needs no such list. */
const addedClaims = ['careline_second_factor'];

const portsOf = (ports: CloudOptions['ports']) => ({ web: 0, endpoint: 0, mail: 0, signIn: 0, ...ports });

/** The client id that the console expects in its tokens. */
function clientIdOf(template: Template): string {
  const client = template.ofType('AWS::Cognito::UserPoolClient')[0];
  if (!client) throw new Error('The template has no sign-in client.');
  return client.name;
}

function createLog({ folder, onLog }: CloudOptions): (source: string, line: string) => void {
  if (onLog) return onLog;
  if (folder === undefined) return () => undefined;
  return (source, line) => appendFileSync(join(folder, 'functions.log'), `${source}: ${line}\n`);
}

/** A person's token is used again for five minutes of the clock. The API's authorizer remembers a token as long. */
function rememberTokens(mint: (email: string) => Promise<string>, clock: MovableClock): typeof mint {
  const tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  return (email) => {
    const known = tokens.get(email);
    if (known && clock.now() < known.until) return known.token;
    const token = mint(email);
    tokens.set(email, { token, until: clock.now() + 300_000 });
    return token;
  };
}

/** Node has one time zone for all its threads, and Lambda's is UTC. */
process.env.TZ = 'UTC';

/**
 * Small buffers share a piece of memory of so many bytes, and a kept one keeps all of its piece. With Node's 64 KB, each
 * mail kept for the mail viewer held 65 KB.
 */
Buffer.poolSize = 8 * 1024;

/** Starts everything. Rejects with one clear sentence, and nothing left running, where a part cannot start. */
export async function startCloud(options: CloudOptions) {
  const { folder } = options;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    claimFormat(folder);
  }
  const ports = portsOf(options.ports);
  const log = createLog(options);
  const onFault = (error: unknown) =>
    log('cloud', error instanceof Error ? (error.stack ?? error.message) : String(error));
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };

  try {
    const template = readTemplate(options.assembly);
    const authorize = createAuthorize(template, options.onAllowed);
    requireDeliveries(template);
    const activity = createActivity();
    // A standing clock that was moved says nothing about the real one. The caller keeps its instant.
    const memory: ClockMemory = rememberClock(options.frozenAt === undefined ? folder : undefined);
    const clock = createClock({
      activity,
      offset: memory.offset,
      ...(options.frozenAt !== undefined && { frozenAt: options.frozenAt }),
    });
    stops.push(() => clock.stop());
    const kept = <Name extends string>(name: Name) => (folder === undefined ? {} : { folder: join(folder, name) });

    const deployment = noteDeployment(options.assembly, clock.now(), kept('cloudformation'));

    const kms = createKms({ template, authorize, ...kept('kms') });
    const { useKey } = kms;
    const dynamodb = await createDynamoDb({ template, clock, activity, authorize, useKey, ...kept('dynamodb') });
    stops.push(() => dynamodb.stop());

    const logs = createLogs({ template, clock, authorize });
    // What the functions are told of addresses is filled in below: no function starts before that.
    const addresses = { CONSOLE_URL: '', OIDC_ISSUER: '' };
    const lambda = createLambda({
      template,
      clock,
      activity,
      authorize,
      endpoint: () => endpoint,
      overrides: addresses,
      ...kept('lambda'),
      onLog(source, line) {
        log(source, line);
        logs.append(source, line);
      },
    });
    stops.push(() => lambda.stop());
    const background = createBackground(lambda, activity);

    const untaken: { target: string; sentence: string }[] = [];
    const onUntaken = (target: string, sentence: string) => {
      untaken.push({ target, sentence });
      log('cloud', `${target}: ${sentence}`);
    };
    const topics = createTopics({
      template,
      authorize,
      useKey,
      lambda: background,
      clock,
      activity,
      onFault: onUntaken,
    });
    const events = createEvents({ template, authorize, lambda: background, clock, activity, onFault: onUntaken });
    stops.push(() => events.stop());

    const listening = Promise.withResolvers<void>();
    const stepFunctions = createStepFunctions({
      clock,
      activity,
      authorize,
      ready: listening.promise,
      invoke: background.invoke,
      machines: template.ofType('AWS::StepFunctions::StateMachine').map((resource) => ({
        arn: resource.arn,
        name: resource.name,
        definition: String(resource.properties.DefinitionString),
        roleArn: String(resource.properties.RoleArn),
      })),
      // A machine that the API created has what one of the template with its role has.
      principalOf: (arn, roleArn) => {
        const machines = template.ofType('AWS::StepFunctions::StateMachine');
        const owner =
          machines.find((machine) => machine.arn === arn) ??
          machines.find(({ properties }) => properties.RoleArn === roleArn);
        return { kind: 'function', logicalId: owner?.logicalId ?? '' };
      },
      onStatusChange: (event) => events.put(event),
      ...kept('stepfunctions'),
    });
    stops.push(() => stepFunctions.stop());

    const textMessages = createTextMessages({ authorize, clock, ...kept('text-messages') });
    stops.push(() => textMessages.service.stop());
    const s3 = createS3({ template, authorize, useKey, clock, ...kept('s3') });
    stops.push(() => s3.stop());
    const services: AwsService[] = [
      s3,
      dynamodb.service,
      dynamodb.streamsService,
      stepFunctions.service,
      kms.service,
      createSecrets({ template, authorize, useKey, ...kept('secrets') }),
      lambda.service,
      textMessages.service,
      createSts(template),
      createStacks({ template, authorize, deployment, webUrl: () => addresses.CONSOLE_URL }),
      logs.service,
    ];
    const userPool = createUserPool({ template, authorize, people: samplePeople(), ...kept('identity') });
    services.push(userPool.service);
    const clientId = clientIdOf(template);
    const endpoint = await startEndpoint({
      port: ports.endpoint,
      services,
      activity,
      onFault,
      localRoutes: createLocalRoutes({
        clock,
        memory,
        texts: textMessages.sent,
        people: userPool.everyone,
        token: (email) => identity.mintToken(email),
        mail: { limit: (limits) => ses.quota.limit(limits), limits: () => ses.quota.limits() },
      }),
    });
    stops.push(() => endpoint.stop());

    // The sign-in page takes longest to start, in a thread of its own: the directory is written meanwhile.
    const seeding = seedDirectory(endpoint, template, clock.now());
    seeding.catch(() => undefined);
    const gateway = await startGateway({
      template,
      authorize,
      lambda,
      port: ports.web,
      underStage: options.underStage ?? false,
      clock,
      activity,
      onFault,
      ready: listening.promise,
    });
    stops.push(() => gateway.stop());
    const identity = await startIdentity({
      clock,
      port: ports.signIn,
      clientId,
      redirectUris: [`${gateway.url}/signed-in`],
      postLogoutRedirectUris: [`${gateway.url}/signed-out`, `${gateway.url}/`],
      people: () => userPool.everyone().filter(({ sub }) => userPool.isEnabled(sub)),
      trigger: { names: addedClaims, add: createTokenTrigger({ template, authorize, lambda, clientId }) },
      ...kept('identity'),
    });
    stops.push(() => identity.stop());
    addresses.CONSOLE_URL = gateway.url;
    addresses.OIDC_ISSUER = identity.issuer;

    const ses = await startSes({
      template,
      clock,
      activity,
      authorize,
      mailPort: ports.mail,
      ...(options.mail !== undefined && { limits: options.mail }),
      ...(options.gone !== undefined && { gone: options.gone }),
      // Until every subscriber has it, a process that is killed must tell it again.
      publish: async (topicArn, message, sourceArn) => {
        await topics.publish({ kind: 'service', name: 'ses.amazonaws.com', sourceArn }, topicArn, message);
      },
      ...kept('ses'),
    });
    services.push(ses.service);
    stops.push(() => ses.stop());

    await seeding;
    // Before the stream has readers, as a table is restored.
    if (options.history) await writePlayedHistory(endpoint, template, options.history, clock.now());
    listening.resolve();
    const queues = startQueueMappings({
      template,
      lambda: background,
      activity,
      ...(options.frozenAt !== undefined && { backoff: () => 0 }),
      ...kept('queues'),
    });
    stops.push(() => queues.stop());
    const mappings = startEventSourceMappings({
      template,
      lambda: background,
      streams: dynamodb.streams,
      clock,
      activity,
      onFailure({ mapping, destination: queue, message }) {
        log('cloud', `${mapping} gave a batch up.`);
        queues.send({ queue, body: JSON.stringify(message) });
      },
      ...(options.frozenAt !== undefined && { backoff: () => 0 }),
      ...kept('streams'),
    });
    stops.push(() => mappings.stop());

    return {
      webUrl: gateway.url,
      endpointUrl: endpoint.url,
      mailUrl: ses.url,
      issuer: identity.issuer,
      clock,
      /** What the endpoint answers, by the names of the SDK's client and command, such as `kms:Decrypt`. */
      operations: services.flatMap(({ operations }) => operations),
      /** Resolves once nothing is under way. */
      rest: () => activity.rest(),
      /** Every e-mail that was accepted and not rejected, in order. */
      sent: ses.sent,
      /** Every text message that was taken, in order. */
      texts: textMessages.sent,
      /** A bearer token of a sample person. Rejects for an unknown e-mail address. */
      token: rememberTokens(identity.mintToken, clock),
      transitions: stepFunctions.transitions,
      invocations: lambda.counts,
      units: dynamodb.units,
      unitsByFunction: dynamodb.unitsByFunction,
      /** Runs the watchdog once. Gives the roles that the policy alerts and no person holds. */
      async check(): Promise<readonly string[]> {
        // What was under way when the process ended goes on first: the watchdog would take it for lost.
        await activity.rest();
        const swept = await lambda.invoke('Sweep:live', {});
        if (!swept.ok) throw new Error(`The watchdog failed at the start: ${swept.errorType}.`);
        return (swept.payload as { readonly vacantRoles: readonly string[] }).vacantRoles;
      },
      /** Batches of the streams that were given up, and events that no function took. */
      failures: () => [...queues.unread(), ...untaken],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
