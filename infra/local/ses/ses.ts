/**
 * SES v1 of the embedded cloud, with the one call the product makes: SendRawEmail. It checks what AWS would check. It
 * shows the mail in aws-ses-v2-local, and tells of it on the SNS topics of the template's configuration sets.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Activity, Clock } from '../clock/clock.ts';
import { openJournal } from '../data-folder/journal.ts';
import { createQueryService } from '../endpoint/query.ts';
import { type Authorize, localAccount, localRegion, type Principal, Refusal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';
import { type DeliveryOutcome, eventsOf, outcomeOf, suppressionReason } from './delivery-outcomes.ts';
import { type Message, readMessage } from './message.ts';
import { createQuota, type SendLimits } from './quota.ts';
import { readSending } from './sending.ts';
import { startViewer } from './viewer.ts';

/** A mail that went to at least one recipient's server. `at` is an ISO instant, UTC, by the movable clock. */
export interface SentMail {
  readonly messageId: string;
  readonly at: string;
  readonly source: string;
  readonly destinations: readonly string[];
  readonly subject: string;
  /** The MIME message, read as UTF-8. */
  readonly raw: string;
}

export type Ses = Awaited<ReturnType<typeof startSes>>;

/** One line of the journal: a mail that SES accepted, or that all its events were published. */
type Entry = { readonly accepted: Accepted } | { readonly told: string };

interface Accepted {
  readonly mail: SentMail;
  readonly left: boolean;
  /** `sourceArn` is that of the configuration set, on whose behalf SES publishes. */
  readonly events: readonly { readonly topicArn: string; readonly message: string; readonly sourceArn: string }[];
  readonly suppressed: readonly (readonly [address: string, reason: string])[];
}

const arn = (resource: string) => `arn:aws:ses:${localRegion}:${localAccount}:${resource}`;

/**
 * Starts SES with its viewer on `mailPort` (0: any). `publish` is called for each event after the call was answered. It
 * gets each mail's events in their order and at least once. An event that was not published when the process ended is
 * published at the next start with the same `folder`. Throws a sentence where the port is taken or the template holds
 * an event destination other than SNS.
 */
export async function startSes(options: {
  template: Template;
  clock: Clock;
  activity: Activity;
  authorize: Authorize;
  mailPort: number;
  folder?: string;
  limits?: SendLimits;
  /** Mailboxes that are gone, beside those whose address says so: addresses in lower case. */
  gone?: ReadonlySet<string>;
  publish: (topicArn: string, message: string, sourceArn: string) => Promise<void>;
}) {
  const { clock, activity, authorize, publish } = options;
  const sending = readSending(options.template);
  const viewer = await startViewer(options.mailPort);
  if (options.folder !== undefined) mkdirSync(options.folder, { recursive: true });
  const journal = openJournal<Entry>(options.folder === undefined ? undefined : join(options.folder, 'ses.jsonl'));

  const sent: SentMail[] = [];
  const suppressed = new Map<string, string>();
  const quota = createQuota(clock, options.limits);
  const take = ({ mail, left, suppressed: addresses }: Accepted) => {
    if (left) sent.push(mail);
    quota.count(mail.destinations.length, Date.parse(mail.at));
    for (const [address, reason] of addresses) suppressed.set(address, reason);
  };

  const telling = new Set<Promise<void>>();
  const tell = ({ mail, events }: Accepted) => {
    const end = activity.begin();
    const work = new Promise<void>((resolve) => setImmediate(resolve))
      .then(async () => {
        for (const { topicArn, message, sourceArn } of events) await publish(topicArn, message, sourceArn);
        journal.append({ told: mail.messageId });
      })
      // Not told, so told again at the next start: the topic's own trouble is its own to report.
      .catch(() => undefined)
      .finally(() => {
        telling.delete(work);
        end();
      });
    telling.add(work);
  };

  const told = new Set(journal.replayed.flatMap((entry) => ('told' in entry ? [entry.told] : [])));
  for (const entry of journal.replayed) {
    if (!('accepted' in entry)) continue;
    const { mail, left } = entry.accepted;
    take(entry.accepted);
    if (left) viewer.show({ ...mail, at: Date.parse(mail.at), raw: Buffer.from(mail.raw) });
    if (!told.has(mail.messageId)) tell(entry.accepted);
  }

  const send = async (message: Message, principal: Principal): Promise<string> => {
    const { source, recipients, raw } = message;
    // Each address must be allowed by itself, so that no From header hides behind the Source.
    for (const address of message.senders) {
      const identity = sending.identityOf(address) ?? address;
      authorize(principal, 'ses:SendRawEmail', arn(`identity/${identity}`), { 'ses:FromAddress': [address] });
    }
    const name = message.configurationSet;
    authorize(principal, 'ses:SendRawEmail', arn(`configuration-set/${name}`), { 'ses:FromAddress': [source] });
    const set = sending.configurationSet(name);
    if (!set) throw new Refusal('ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`);
    const unverified = message.senders.filter((address) => sending.identityOf(address) === undefined);
    if (unverified.length > 0) {
      throw new Refusal(
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region ${localRegion.toUpperCase()}: ${unverified.join(', ')}`,
      );
    }

    quota.check(recipients.length);
    const reasons = set.suppressedReasons;
    const deliveryOutcomes = new Map(
      recipients.map((address): [string, DeliveryOutcome] => {
        const isSuppressed = reasons.includes(suppressed.get(address.toLowerCase()) ?? '');
        const isGone = options.gone?.has(address.toLowerCase());
        return [address, isSuppressed ? 'suppressed' : isGone ? 'bounced' : outcomeOf(address)];
      }),
    );
    const instant = clock.now();
    const mail: SentMail = {
      messageId: `${randomUUID()}-000000`,
      at: new Date(instant).toISOString(),
      source,
      destinations: recipients,
      subject: message.subject,
      raw: raw.toString('utf8'),
    };
    const described = describe(message, mail, name, principal, sending.identityOf(source) ?? source);
    const accepted: Accepted = {
      mail,
      left: [...deliveryOutcomes.values()].some((outcome) => outcome !== 'suppressed'),
      events: eventsOf(deliveryOutcomes, instant).flatMap(({ type, detail }) =>
        set.topicsFor(type).map((topicArn) => ({
          topicArn,
          message: JSON.stringify({ eventType: type, ...detail, mail: described }),
          sourceArn: arn(`configuration-set/${name}`),
        })),
      ),
      suppressed: [...deliveryOutcomes].flatMap(([address, outcome]): [string, string][] => {
        const reason = suppressionReason(outcome);
        return reason !== undefined && reasons.includes(reason) ? [[address.toLowerCase(), reason]] : [];
      }),
    };
    if (accepted.left) viewer.show({ messageId: mail.messageId, at: instant, source, raw });
    journal.append({ accepted });
    take(accepted);
    tell(accepted);
    return mail.messageId;
  };

  const service = createQueryService('ses', '2010-12-01', {
    SendRawEmail: (form, principal) =>
      activity.track(async () => ({ MessageId: await send(await readMessage(form), principal) })),
  });

  let stopped: Promise<void> | undefined;
  /** Waits for the events being published, so stop what they lead to later. */
  function stop(): Promise<void> {
    stopped ??= (async () => {
      await Promise.all(telling);
      journal.close();
      await viewer.stop();
    })();
    return stopped;
  }

  return {
    service: { ...service, stop },
    /** Where the mail can be read in a browser. */
    url: viewer.url,
    quota,
    /** Oldest first. A mail whose recipients were all suppressed was accepted but never sent. */
    sent: (): readonly SentMail[] => [...sent],
    stop,
  };
}

/** The `mail` part that all events of a mail share. */
function describe(message: Message, mail: SentMail, set: string, principal: Principal, identity: string) {
  const one = (name: string) => message.headers.find((header) => header.name.toLowerCase() === name)?.value;
  const [from, to] = [one('from'), one('to')];
  return {
    timestamp: mail.at,
    source: mail.source,
    sourceArn: arn(`identity/${identity}`),
    sendingAccountId: localAccount,
    messageId: mail.messageId,
    destination: mail.destinations,
    headersTruncated: false,
    headers: message.headers,
    commonHeaders: {
      ...(from === undefined ? {} : { from: [from] }),
      ...(to === undefined ? {} : { to: to.split(/\s*,\s*/) }),
      messageId: mail.messageId,
      subject: mail.subject,
    },
    tags: {
      ...Object.fromEntries(Object.entries(message.tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': [set],
      'ses:operation': ['SendRawEmail'],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [mail.source.slice(mail.source.lastIndexOf('@') + 1)],
      'ses:caller-identity': [principal.kind === 'function' ? principal.logicalId : principal.kind],
    },
  };
}
