/** How many mails one core composes in a second: words, HTML, calendar object, and the guard's check of each. */
import { everyMailOf, stories } from '../alerts/compose/every-mail.ts';

export interface MeasuredMail {
  readonly perSecond: number;
  readonly composed: number;
}

/** Every alert of the stories in both languages, repeated for about two seconds, after a first round to warm up. */
export function measureMail(): MeasuredMail {
  const told = stories();
  everyMailOf(told);
  const began = performance.now();
  let composed = 0;
  while (performance.now() - began < 2000) composed += everyMailOf(told).length;
  return { perSecond: composed / ((performance.now() - began) / 1000), composed };
}
