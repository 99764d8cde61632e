/** Whether the child was seen alone: asked at each sighting, exam and interview. No default answers it. */
import type { Refusal } from '../core/refusal.ts';
import type { AloneAnswer } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';

/** Refuses a child who was seen without an answer, and an answer where no one saw the child. */
export function aloneUnsaid(wasSeen: boolean, seenAlone: AloneAnswer | undefined): Refusal | undefined {
  if (wasSeen && seenAlone === undefined) return refuse('seen-alone-unsaid');
  return !wasSeen && seenAlone !== undefined ? refuse('seen-alone-unasked') : undefined;
}
