/**
 * The life of one alert or notice: the outbox has no other. It has a chain of its own, so that deliveries do not make
 * the chain of its subject hot. What ends an alert (acknowledged, unreachable) is in the referral's chain as well.
 *
 * For each person: deferred or leased; then released, lapsed or sent; then delivered, late or failed.
 */

import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { languages } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { type AlertTexts, evolveTexts, isTextEvent, textSchemas } from './alert-text-events.ts';

/** Why a mail failed. */
export const failures = ['bounce', 'complaint', 'reject', 'withheld', 'no-answer'] as const;
export type Failure = (typeof failures)[number];

/** Why the deferral of an alert ended. */
export const deferralEndReasons = ['digest', 'quiet-ended', 'urgent', 'obsolete'] as const;
export type DeferralEndReason = (typeof deferralEndReasons)[number];

const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

/** A mail that was to tell of several alerts or notices. */
const letter = z.object({
  /** Of the alerts or notices, in the order of the mail. */
  ids: z.array(id).min(2),
  digest: z.literal(true).exactOptional(),
});
export type LetterOfLease = z.infer<typeof letter>;

export const alertEventSchemas = {
  /**
   * The alert is not urgent: for this person it is deferred to `until`. That is the next digest or the end of the quiet
   * hours.
   */
  'alert-deferred': z.object({ personId: id, addressedAs: z.string(), order: z.number(), until: z.iso.datetime() }),
  /** The deferral ended: its digest goes out, the quiet hours ended, it became urgent, or nothing is left to tell. */
  'alert-deferral-ended': z.object({ personId: id, because: z.enum(deferralEndReasons) }),
  /**
   * A sender is about to hand the mail to the mail service. Until the lease ends, no other sender does. It ends with
   * its outcome, or once the watchdog records at `until` or later that it lapsed. `also`: the other recipient groups
   * that led to this person. `texts`: the person gave a number for text messages, and gets one if this mail stays
   * unanswered. `mailFails`: the directory says that mail to the person comes back. A delivery of this mail ends that.
   * `letter`: the mail in which the alert goes out, where that may tell of more. One that is not leased for this person
   * is left out. All alerts with a lease of one letter are repeated as one mail.
   */
  'alert-leased': z.object({
    personId: id,
    addressedAs: z.string(),
    order: z.number(),
    /** When the lease expires, a UTC instant. */
    until: z.iso.datetime(),
    also: z.array(z.string()).exactOptional(),
    texts: z.literal(true).exactOptional(),
    mailFails: z.literal(true).exactOptional(),
    letter: letter.exactOptional(),
  }),
  /** The mail service answered that it takes no mail now. Nothing was sent. */
  'alert-released': z.object({ personId: id }),
  /**
   * The holder of the lease did not report back, or the mail service did not take the mail. It is sent again, marked as
   * a repeat where it may have been sent before. A mail that was given up for want of an answer of the mail service is
   * tried again too.
   */
  'alert-lapsed': z.object({ personId: id }),
  /** The mail service reported a mail whose sending was never recorded. The service has it, so it needs no repeat. */
  'alert-accepted': z.object({ personId: id }),
  /** The mail service goes on trying to deliver it. */
  'alert-delayed': z.object({ personId: id }),
  /** No news of it came in time, so the next person gets mail. A delivery may still come. */
  'alert-late': z.object({ personId: id }),
  /** The signed-in person opened its page. That is no answer. */
  'alert-seen': z.object({ personId: id }),
  /** The mail service accepted the mail for this person. That is neither a delivery nor an acknowledgement. */
  'alert-sent': z.object({
    personId: id,
    /** The recipient group that led to this person, such as `hart-lead` or `seat:medical`. */
    addressedAs: z.string(),
    /** 1 on duty, 2 the deputy, and so on. */
    order: z.number(),
    messageId: z.string(),
    /** The template from which the mail was made. */
    template: z
      .object({
        id: z.string(),
        version: z.number(),
        frame: z.number(),
        language: z.enum(languages),
        /** The mail around it, where one mail told of several alerts. */
        within: z.object({ id: z.string(), version: z.number() }).optional(),
      })
      .optional(),
  }),
  'alert-delivered': z.object({ personId: id }),
  /** `withheld`: the guard stopped the mail, so nothing was sent. `no-answer`: the mail service never answered. */
  'alert-failed': z.object({ personId: id, because: z.enum(failures) }),
  /** This recipient group has no one left to write to. */
  'alert-exhausted': z.object({ addressedAs: z.string() }),
  ...textSchemas,
} as const;

type Schemas = typeof alertEventSchemas;
export type AlertEvent = {
  [Type in keyof Schemas]: { readonly type: Type; readonly v: 1 } & z.infer<Schemas[Type]>;
}[keyof Schemas];

const eventHead = z.object({
  type: z.enum(Object.keys(alertEventSchemas) as [keyof Schemas, ...(keyof Schemas)[]]),
  v: z.literal(1),
});

/** Reads a stored event of an alert's chain. Throws a ZodError that names the field where the event is not valid. */
export function readAlertEvent(stored: unknown): AlertEvent {
  const head = eventHead.parse(stored);
  return { ...head, ...alertEventSchemas[head.type].parse(stored) } as AlertEvent;
}

export interface Delivery {
  readonly personId: string;
  readonly addressedAs: string;
  /** The other recipient groups that led to the same person. */
  readonly also?: readonly string[];
  /** The person gave a number for text messages, and gets one if the mail stays unanswered. */
  readonly texts?: true;
  readonly order: number;
  readonly at: string;
  /** `late`: no news of it came in time. */
  readonly status: 'sent' | 'late' | 'delivered' | 'failed';
  readonly because?: Failure;
  /** Its last attempt, or one before, ended without an answer: the mail service may have the mail. */
  readonly doubtful?: true;
  /** The mail service goes on trying. */
  readonly delayed?: true;
}

/** A mail to one person that is about to be sent, or was about to be. */
export interface Lease {
  readonly addressedAs: string;
  readonly also?: readonly string[];
  readonly texts?: true;
  readonly order: number;
  /** When the first attempt began. */
  readonly since: string;
  /** When its last event happened. */
  readonly at: string;
  /** When it expires, a UTC instant. */
  readonly until: string;
  readonly attempts: number;
  /** Attempts since it was first leased or last lapsed. */
  readonly tries: number;
  /** `open`: a sender has it. */
  readonly status: 'open' | 'released' | 'lapsed';
  /** An attempt ended without an answer, so the mail service may have the mail. */
  readonly doubtful: boolean;
}

/** An alert to one person that is deferred to the digest or the end of the quiet hours. Instants are UTC. */
export interface Deferred {
  readonly addressedAs: string;
  readonly order: number;
  readonly since: string;
  readonly until: string;
}

export interface AlertLife {
  readonly deliveries: readonly Delivery[];
  /**
   * The news of each person's mail. News may come before the commit that records the sending. A failure is final: a
   * later delivery to the same mailbox does not make that mailbox reliable.
   */
  readonly heard: Readonly<Record<string, 'delivered' | 'failed'>>;
  /** Recipient groups that have no one left to write to. */
  readonly exhausted: readonly string[];
  /** By person: mails not yet recorded as sent or failed. */
  readonly leases: Readonly<Record<string, Lease>>;
  /**
   * By person: the token of the last lease. It is the place of the lease's commit in this chain. So no two leases share
   * one, and a later lease has a greater one.
   */
  readonly tokens: Readonly<Record<string, number>>;
  /** By person: the letter of the last lease, where that may have told of more than one alert. */
  readonly letters: Readonly<Record<string, LetterOfLease>>;
  /** People whose mail came back before, by the directory at their lease. */
  readonly failing: readonly string[];
  /** By person: those whose mail is deferred. */
  readonly deferred: Readonly<Record<string, Deferred>>;
  /** People whose mail had no news in time. */
  readonly late: readonly string[];
  /** Who opened the page, and when for the first time. */
  readonly seen: Readonly<Record<string, string>>;
  /** The text messages that followed unanswered mail. */
  readonly texts: AlertTexts;
}

/**
 * How often a mail that the mail service turns down is tried at once. Then it rests until the watchdog has it tried
 * again.
 */
const mostAtOnce = 3;

/** Whether this mail rests: each attempt is a commit, whose nudge would otherwise cause the next attempt, for ever. */
export const isResting = ({ status, tries }: Lease): boolean => status === 'released' && tries >= mostAtOnce;

/**
 * Whether the sender with this token may record the outcome of its mail to this person. It may not once its lease
 * lapsed, was released, or another sender has leased the mail. News of the mail service may settle the lease before.
 */
export const holdsLease = ({ leases, tokens }: AlertLife, personId: string, token: number): boolean =>
  tokens[personId] === token && (leases[personId] === undefined || leases[personId].status === 'open');

/** Whether the mail to this person cannot be relied on: it failed, or no news of it came in time. */
export const isLost = ({ heard, late }: AlertLife, personId: string): boolean =>
  heard[personId] === 'failed' || (late.includes(personId) && heard[personId] === undefined);

export const bornAlert: AlertLife = {
  deliveries: [],
  heard: {},
  exhausted: [],
  leases: {},
  tokens: {},
  letters: {},
  failing: [],
  deferred: {},
  late: [],
  seen: {},
  texts: {},
};

const changed = (life: AlertLife, personId: string, change: Partial<Delivery>): AlertLife => ({
  ...life,
  deliveries: life.deliveries.map((each) => (each.personId === personId ? { ...each, ...change } : each)),
});

/** A lease is settled once the outcome of its mail is known. The delivery then stands in its place. */
function settle(
  life: AlertLife,
  personId: string,
  found: Pick<Delivery, 'addressedAs' | 'order' | 'at'> | undefined,
): AlertLife {
  const { [personId]: lease, ...leases } = life.leases;
  const from = found ?? lease;
  if (!from || life.deliveries.some((delivery) => delivery.personId === personId)) return { ...life, leases };
  const { addressedAs, order, at } = from;
  const more = {
    ...(lease?.also && { also: lease.also }),
    ...(lease?.texts && { texts: lease.texts }),
    ...(lease?.doubtful && { doubtful: true as const }),
  };
  const status = life.heard[personId] ?? (life.late.includes(personId) ? 'late' : 'sent');
  return { ...life, leases, deliveries: [...life.deliveries, { personId, addressedAs, ...more, order, at, status }] };
}

/** News of the mail service settles the lease as well, because the sender may be gone before recording the mail. */
function hear(life: AlertLife, personId: string, news: 'delivered' | 'failed', because?: Failure): AlertLife {
  const status = life.heard[personId] === 'failed' ? 'failed' : news;
  const heard = settle({ ...life, heard: { ...life.heard, [personId]: status } }, personId, undefined);
  return changed(heard, personId, { status, ...whereKnown({ because }) });
}

function leased(
  life: AlertLife,
  personId: string,
  {
    addressedAs,
    order,
    also,
    texts,
    until,
    mailFails,
    letter,
  }: Pick<Lease, 'addressedAs' | 'order' | 'also' | 'texts' | 'until'> & {
    readonly mailFails?: true;
    readonly letter?: LetterOfLease;
  },
  { at, seq }: CommitHead,
): AlertLife {
  const before = life.leases[personId];
  const lease: Lease = {
    addressedAs,
    ...(also && { also }),
    ...(texts && { texts }),
    order,
    since: before?.since ?? at,
    at,
    until,
    attempts: (before?.attempts ?? 0) + 1,
    tries: before && before.status !== 'lapsed' ? before.tries + 1 : 1,
    status: 'open',
    doubtful: before?.doubtful ?? false,
  };
  const { [personId]: _, ...letters } = life.letters;
  return {
    ...life,
    letters: letter ? { ...letters, [personId]: letter } : letters,
    leases: { ...life.leases, [personId]: lease },
    tokens: { ...life.tokens, [personId]: seq },
    failing: mailFails ? [...life.failing, personId] : life.failing,
  };
}

/**
 * A mail that the mail service never answered says nothing about the mailbox. It counts as a lease that was never
 * settled.
 */
function revived(life: AlertLife, personId: string, at: string): AlertLife {
  const given = life.deliveries.find((each) => each.personId === personId && each.because === 'no-answer');
  if (!given) return life;
  const { addressedAs, also, texts, order, doubtful = false } = given;
  const { [personId]: _, ...heard } = life.heard;
  const lease: Lease = {
    addressedAs,
    ...(also && { also }),
    ...(texts && { texts }),
    order,
    since: at,
    at,
    until: at,
    attempts: 0,
    tries: 0,
    status: 'lapsed',
    doubtful,
  };
  return {
    ...life,
    heard,
    deliveries: life.deliveries.filter((each) => each !== given),
    leases: { ...life.leases, [personId]: lease },
  };
}

function freed(life: AlertLife, personId: string, status: 'released' | 'lapsed', at: string): AlertLife {
  const lease = life.leases[personId];
  if (!lease) return status === 'lapsed' ? revived(life, personId, at) : life;
  const doubtful = lease.doubtful || (status === 'lapsed' && lease.status === 'open');
  return { ...life, leases: { ...life.leases, [personId]: { ...lease, at, status, doubtful } } };
}

/** A mail that is given up while a sender has it may have been sent. */
function doubted(life: AlertLife, personId: string): AlertLife {
  const lease = life.leases[personId];
  return lease?.status === 'open'
    ? { ...life, leases: { ...life.leases, [personId]: { ...lease, doubtful: true } } }
    : life;
}

/** No news came in time. News that came before stays. */
function late(life: AlertLife, personId: string): AlertLife {
  const after = { ...life, late: [...new Set([...life.late, personId])] };
  return life.heard[personId] === undefined ? changed(after, personId, { status: 'late' }) : after;
}

function evolveAlert(life: AlertLife, event: AlertEvent, commit: CommitHead): AlertLife {
  const { at } = commit;
  if (isTextEvent(event)) return { ...life, texts: evolveTexts(life.texts, event, at) };
  switch (event.type) {
    case 'alert-deferred': {
      const { personId, addressedAs, order, until } = event;
      return { ...life, deferred: { ...life.deferred, [personId]: { addressedAs, order, since: at, until } } };
    }
    case 'alert-deferral-ended': {
      const { [event.personId]: _, ...deferred } = life.deferred;
      return { ...life, deferred };
    }
    case 'alert-leased':
      return leased(life, event.personId, event, commit);
    case 'alert-released':
      return freed(life, event.personId, 'released', at);
    case 'alert-lapsed':
      return freed(life, event.personId, 'lapsed', at);
    case 'alert-sent':
      return settle(life, event.personId, { addressedAs: event.addressedAs, order: event.order, at });
    case 'alert-delivered':
      return hear(life, event.personId, 'delivered');
    case 'alert-failed':
      return hear(
        event.because === 'no-answer' ? doubted(life, event.personId) : life,
        event.personId,
        'failed',
        event.because,
      );
    case 'alert-accepted':
      return settle(life, event.personId, undefined);
    case 'alert-delayed':
      return changed(settle(life, event.personId, undefined), event.personId, { delayed: true });
    case 'alert-late':
      return late(life, event.personId);
    case 'alert-seen':
      return { ...life, seen: { [event.personId]: at, ...life.seen } };
    case 'alert-exhausted':
      return life.exhausted.includes(event.addressedAs)
        ? life
        : { ...life, exhausted: [...life.exhausted, event.addressedAs] };
  }
}

/** Folds the commits of an alert's chain, from nothing or from a known life. */
export function foldAlert(
  commits: readonly (CommitHead & { readonly events: readonly AlertEvent[] })[],
  from = bornAlert,
): AlertLife {
  let life = from;
  for (const commit of commits) for (const event of commit.events) life = evolveAlert(life, event, commit);
  return life;
}
