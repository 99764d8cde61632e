/** Text messages in the life of an alert: their events and the state they lead to. Instants are UTC. */
import * as z from 'zod';

/**
 * Why no text message was sent. `refused`: the number cannot be sent to. `over`: the alert was answered meanwhile, or the
 * person can or may get it no more. `just-texted`: another alert of the referral brought this person the same sentence a
 * moment ago.
 */
const textFailures = ['refused', 'over', 'just-texted'] as const;
export type TextFailure = (typeof textFailures)[number];

const person = { personId: z.string().regex(/^[A-Z0-9.-]{1,64}$/) };

export const textSchemas = {
  /** The mail stayed unanswered, so this person should get a text message. The event nudges the function that sends. */
  'alert-text-due': z.object(person),
  /**
   * One sender is about to hand the message over. No other sender does from now on, so a crash never causes a second
   * one.
   */
  'alert-text-leased': z.object(person),
  /** The text message service answered that it takes no message now. Nothing was sent. */
  'alert-text-released': z.object(person),
  /** The text message service accepted the message, which is not yet a delivery. */
  'alert-text-sent': z.object({ ...person, messageId: z.string() }),
  'alert-text-failed': z.object({ ...person, because: z.enum(textFailures) }),
} as const;

export type TextEvent = {
  [Type in keyof typeof textSchemas]: { readonly type: Type; readonly v: 1 } & z.infer<(typeof textSchemas)[Type]>;
}[keyof typeof textSchemas];

/** The text message to one person about one alert. */
export interface AlertText {
  /** `leased`: handed over, and the outcome is unknown. The message may have been sent. */
  readonly status: 'due' | 'leased' | 'released' | 'sent' | 'failed';
  readonly because?: TextFailure;
  /** When its last event happened. */
  readonly at: string;
  /** How often it became due. */
  readonly tries: number;
}

/** By person. */
export type AlertTexts = Readonly<Record<string, AlertText>>;

const statuses = {
  'alert-text-due': 'due',
  'alert-text-leased': 'leased',
  'alert-text-released': 'released',
  'alert-text-sent': 'sent',
  'alert-text-failed': 'failed',
} as const;

export const isTextEvent = (event: { readonly type: string }): event is TextEvent => event.type in statuses;

/** The text messages of an alert after this event, which happened at `at`. */
export function evolveTexts(texts: AlertTexts, event: TextEvent, at: string): AlertTexts {
  const before = texts[event.personId]?.tries ?? 0;
  const text: AlertText = {
    status: statuses[event.type],
    ...(event.type === 'alert-text-failed' && { because: event.because }),
    at,
    tries: event.type === 'alert-text-due' ? before + 1 : before,
  };
  return { ...texts, [event.personId]: text };
}
