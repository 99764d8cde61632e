/**
 * The life of one alert, in a chain of its own so that deliveries do not make the referral's chain hot. What ends a life
 * (acknowledged, unreachable) is in the referral's chain as well.
 */
// @ts-nocheck

import * as z from 'zod';
import type { CommitFrame } from './referral.ts';

const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

const schemas = {
  /** Accepted by the mail service for this person, which is not yet delivered, and never acknowledged. */
  'alert-sent': z.object({
    personId: id,
    /** The recipient word that led to this person, such as `hart-lead` or `seat:medical`. */
    as: z.string(),
    /** 1 on duty, 2 the deputy, and so on. */
    order: z.number(),
    messageId: z.string(),
  }),
  'alert-delivered': z.object({ personId: id }),
  'alert-failed': z.object({ personId: id, because: z.enum(['bounce', 'complaint', 'reject']) }),
  /** Nobody was left to write to for this recipient word. */
  'alert-exhausted': z.object({ as: z.string() }),
} as const;

type Schemas = typeof schemas;
export type AlertEvent = {
  [Type in keyof Schemas]: { readonly type: Type; readonly v: 1 } & z.infer<Schemas[Type]>;
}[keyof Schemas];

/** Reads a stored event of an alert's chain. Throws a ZodError naming the field where it is none. */
export function readAlertEvent(stored: unknown): AlertEvent {
  const types = Object.keys(schemas) as [keyof Schemas, ...(keyof Schemas)[]];
  const head = z.object({ type: z.enum(types), v: z.literal(1) }).parse(stored);
  return { ...head, ...schemas[head.type].parse(stored) } as AlertEvent;
}

export interface Delivery {
  readonly personId: string;
  readonly as: string;
  readonly order: number;
  readonly at: string;
  readonly status: 'sent' | 'delivered' | 'failed';
}

export interface AlertLife {
  readonly deliveries: readonly Delivery[];
  /**
   * What was heard of each person's mail, which may come before the commit that says it was sent. A failure is final: a
   * later delivery of the same alert to the same mailbox would not make that mailbox one to rely on.
   */
  readonly heard: Readonly<Record<string, 'delivered' | 'failed'>>;
  /** Recipient words for which nobody is left. */
  readonly exhausted: readonly string[];
}

export const bornAlert: AlertLife = { deliveries: [], heard: {}, exhausted: [] };

function evolveAlert(life: AlertLife, event: AlertEvent, { at }: CommitFrame): AlertLife {
  const hear = (personId: string, news: 'delivered' | 'failed'): AlertLife => {
    const status: typeof news = life.heard[personId] === 'failed' ? 'failed' : news;
    return {
      ...life,
      heard: { ...life.heard, [personId]: status },
      deliveries: life.deliveries.map((delivery) =>
        delivery.personId === personId ? { ...delivery, status } : delivery,
      ),
    };
  };
  if (event.type === 'alert-sent') {
    const { personId, as, order } = event;
    if (life.deliveries.some((delivery) => delivery.personId === personId)) return life;
    const delivery: Delivery = { personId, as, order, at, status: life.heard[personId] ?? 'sent' };
    return { ...life, deliveries: [...life.deliveries, delivery] };
  }
  if (event.type === 'alert-delivered') return hear(event.personId, 'delivered');
  if (event.type === 'alert-failed') return hear(event.personId, 'failed');
  return life.exhausted.includes(event.as) ? life : { ...life, exhausted: [...life.exhausted, event.as] };
}

/** Folds the commits of an alert's chain. */
export function foldAlert(commits: readonly (CommitFrame & { readonly events: readonly AlertEvent[] })[]): AlertLife {
  let life = bornAlert;
  for (const commit of commits) for (const event of commit.events) life = evolveAlert(life, event, commit);
  return life;
}
