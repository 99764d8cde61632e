/**
 * A stage for whole stories without a cloud. The functions, the API and both state machines of the simulator run in one
 * process. They use its tables in memory, virtual time and no faults. Tests of the wire, IAM, bundles or a crash need
 * `stage-cloud.ts`.
 */

import { randomUUID } from 'node:crypto';
import { createApi } from '../../functions/api/api.ts';
import { eventsOf, outcomeOf, suppressionReason } from '../../infra/local/ses/delivery-outcomes.ts';
import { encodeTags } from '../../shared/alerts/compose/tags.ts';
import type { Mailer } from '../../shared/alerts/send/mailer.ts';
import { type Audit, auditReferral } from '../../shared/application/read/audit.ts';
import type { ReferralView } from '../../shared/application/read/view.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { isMailbox } from '../../shared/domain/directory/directory-entry.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createDirectory } from '../../shared/store/directory-reads.ts';
import { entryCodesInProcess } from '../../shared/store/entries.ts';
import { hearLog } from '../simulate/case.ts';
import { directoryItems } from '../simulate/directory.ts';
import { faultKinds } from '../simulate/faults.ts';
import { createMemoryTables, type Item, type TableName } from '../simulate/memory-tables.ts';
import { createWorld } from '../simulate/world.ts';
import { notAnchored } from './not-anchored.ts';
import { commandedIn, readFirst } from './read-first.ts';
import { type Answered, tuesday } from './stage.ts';
import { entered } from './tables.ts';

const nothingFails = { limit: 0, without: new Set<number>(), off: new Set(faultKinds) };
const secret = 'the key of these stories';

/** A mail as SES accepted it; `at` is a UTC instant. */
interface Accepted {
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The sample directory for one stage, in which an entry may be changed. */
function openDirectory() {
  const tables = createMemoryTables(directoryItems, () => undefined);
  const client = tables.client(
    () => 0,
    () => true,
  );
  const find = (name: 'id' | 'email', value: string): Item => {
    const found = tables.items('Directory').find((item) => item[name]?.S === value);
    if (!found) throw new Error(`The sample directory has no ${value}.`);
    return found;
  };
  return {
    directory: createDirectory({ client, table: 'Directory', entries: entryCodesInProcess() }),
    /** The id of the person who has this e-mail address. Throws where no one has. */
    idOf: (email: string): string => find('email', email).id?.S ?? '',
    async setEmail(personId: string, email: string): Promise<void> {
      tables.put('Directory', await entered({ ...find('id', personId), email: { S: email } }));
    },
  };
}

export type StoryStage = ReturnType<typeof stageInProcess>;

/** Starts the stage with the clock at `startsAt` (UTC). */
export function stageInProcess(startsAt: string = tuesday) {
  const faults: string[] = [];
  const sent: Accepted[] = [];
  /** Addresses that have bounced or complained: SES sends no mail to them any more. */
  const suppressed = new Set<string>();
  let count = 0;
  const { directory, idOf, setEmail } = openDirectory();
  const people = new Map<string, string>();
  const release = hearLog((line) => {
    if (line.includes('"ERROR"')) faults.push(line);
  });

  const mailer: Mailer = {
    async send({ to, subject, text, tags: mailTags }) {
      if (!isMailbox(to)) return undefined;
      const now = world.time.now();
      const tags = Object.fromEntries(encodeTags(mailTags).map(({ Name, Value }) => [Name, [Value]]));
      const fate = suppressed.has(to) ? 'suppressed' : outcomeOf(to);
      if (suppressionReason(fate)) suppressed.add(to);
      if (fate !== 'suppressed') sent.push({ at: world.time.iso(), to, subject, text });
      count += 1;
      for (const { type, detail } of eventsOf(new Map([[to, fate]]), now))
        world.time.at(now, () => world.hear(JSON.stringify({ eventType: type, ...detail, mail: { tags } })));
      return `mail-${count}`;
    },
  };

  const world = createWorld(secret, Date.parse(startsAt), nothingFails, {
    parts: (parts) => ({ ...parts, directory, mailer: () => mailer }),
    // The scenes of a file are many referrals in one world.
    mostSteps: 500_000,
  });
  const { time, tables } = world;
  const stores = { ...world.release(), policyOf };
  const api = createApi({
    ...stores,
    secretKey: async () => secret,
    evenly: (work) => work(),
    personIdOf: (request) => (request as { readonly personId?: string }).personId,
    signedInAtOf: () => 0,
    requestIdOf: () => undefined,
    now: time.iso,
    newId: randomUUID,
    proofs: notAnchored,
    description: () => '{}',
    onFault: (fault) => void faults.push(String((fault as Error).stack ?? fault)),
    waitFor: async () => 0,
  });

  /** One request to the API by the person with this e-mail address, without waiting for what follows from it. */
  async function asks(
    email: string,
    path: string,
    { body, key }: { readonly body?: unknown; readonly key?: string } = {},
  ): Promise<Answered> {
    const personId = people.get(email) ?? idOf(email);
    // An address may be changed meanwhile; who signs in is the same.
    people.set(email, personId);
    const request = async (address: string, init?: RequestInit) =>
      api.request(`/api/v1${address}`, init ?? {}, { requestContext: { personId } });
    const send = (given: object = {}) =>
      request(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...whereKnown({ 'idempotency-key': key }), ...given },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const about = commandedIn(path);
    const response = about === undefined ? await send() : await readFirst(send, () => request(about));
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }
  const rest = () => time.runUntil(time.now());
  const tries = async (email: string, referralId: string, command: string, input: object = {}) => {
    const answer = await asks(email, `/referrals/${referralId}/commands/${command}`, { body: input });
    await rest();
    return answer;
  };

  return {
    /** What the functions complained of. */
    faults,
    /** How many batches of the stream were given up. */
    givenUp: () => world.counts().givenUp,
    now: time.iso,
    rest,
    asks,
    tries,

    /** Takes a report and comes to rest; the answer as it came. */
    async reports(body: unknown, { by = 'careline.worker@dcf.example', key }: { by?: string; key?: string } = {}) {
      const answer = await asks(by, '/reports', { body, ...whereKnown({ key }) });
      await rest();
      return answer;
    },

    /** Does a command that must be accepted. */
    async does(email: string, referralId: string, command: string, input: object = {}): Promise<ReferralView> {
      const { status, body } = await tries(email, referralId, command, input);
      if (status !== 200) throw new Error(`${email}, ${command}: ${status} ${JSON.stringify(body)}`);
      return body as unknown as ReferralView;
    },

    view: async (referralId: string): Promise<ReferralView> =>
      (await asks('careline.supervisor@dcf.example', `/referrals/${referralId}?purpose=work-on-referral`))
        .body as unknown as ReferralView,

    /** The whole account, with the facts that no auditor is shown. */
    audit: async (referralId: string): Promise<Audit> =>
      JSON.parse(JSON.stringify(await auditReferral(stores, referralId, { id: idOf('auditor@dcf.example') }))),

    /** Moves the clock to a UTC instant that has not passed. */
    until: (instant: string) => time.runUntil(Date.parse(instant)),
    hours: (amount: number) => time.runUntil(time.now() + Math.round(amount * 3_600_000)),

    /** The addresses that mails about a referral went to, with instant, subject and text. */
    mails: (referralId: string): readonly Accepted[] => sent.filter(({ subject }) => subject.includes(referralId)),

    /** The executions whose name begins so: of a referral and its deadlines. Oldest first. */
    executions: (name: string) =>
      world
        .workflows()
        .runs()
        .filter((run) => run.name.startsWith(name)),
    /** An operator stops the execution of this name. */
    async stopRun(name: string): Promise<void> {
      const run = world
        .workflows()
        .running()
        .find((each) => each.name === name);
      if (run) world.workflows().abort(run);
      await rest();
    },

    /** The mailbox of a person, from now on. */
    setEmail,
    /** Puts an item into a table past every store, or takes the one of this key out of it. */
    putItem: (table: TableName, item: Item) => tables.put(table, item),
    deleteItem: (table: TableName, key: Item) => tables.remove(table, key),

    stop(): void {
      world.stop();
      release();
    },
  };
}
