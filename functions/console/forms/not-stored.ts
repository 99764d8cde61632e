/** What a page shows of a form whose act was not stored: the problems of its fields, or one sentence. */
import type { Problem } from '../../../shared/application/input/problems.ts';

/** The key of the form came before with other content. */
export const sentBefore = 'This form was sent before with other content. Send it again.';

export type NotStored =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'reused' }
  | { readonly kind: 'refused'; readonly refusal: { readonly sentence: string } };

interface Shown {
  readonly says: { readonly problems: readonly Problem[] } | { readonly refusal: string };
  readonly status: 400 | 409;
}

export function notStored(answer: NotStored): Shown {
  switch (answer.kind) {
    case 'invalid':
      return { says: { problems: answer.problems }, status: 400 };
    case 'reused':
      return { says: { refusal: sentBefore }, status: 409 };
    case 'refused':
      return { says: { refusal: answer.refusal.sentence }, status: 409 };
  }
}
