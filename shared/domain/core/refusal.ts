/**
 * The domain's "no": a value with a code for programs and a sentence a person can act on. It never holds a person's
 * data.
 */
export interface Refusal {
  readonly refused: string;
  readonly sentence: string;
}

export const refuse = (refused: string, sentence: string): Refusal => ({ refused, sentence });

export const isRefusal = (decision: unknown): decision is Refusal =>
  typeof decision === 'object' && decision !== null && 'refused' in decision;
