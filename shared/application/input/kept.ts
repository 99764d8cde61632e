/** The answers of a use case that keeps a chain of the program: one that belongs to no referral. */
import type { Refusal } from '../../domain/core/refusal.ts';
import type { Problem } from './problems.ts';
import type { Reused } from './submission.ts';

export type Kept<Value, Code extends string = never> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknown' }
  | Reused
  | { readonly kind: 'refused'; readonly refusal: Refusal<Code | 'record-in-doubt'> };

/** The answer for a refusal of the chain. `missing`: the one that means that there is no such thing. */
export function notKept<Code extends string, Missing extends Code = never>(
  { refused, sentence }: Refusal<Code>,
  missing?: Missing,
): Exclude<Kept<never, Exclude<Code, 'id-reused' | 'record-in-doubt' | Missing>>, { readonly kind: 'done' }> {
  if (refused === 'id-reused') return { kind: 'reused' };
  if (refused === missing) return { kind: 'unknown' };
  return {
    kind: 'refused',
    refusal: { refused: refused as Exclude<Code, 'id-reused' | 'record-in-doubt' | Missing>, sentence },
  };
}
