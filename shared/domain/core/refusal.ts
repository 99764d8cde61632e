/**
 * The domain's "no": a value with a code for programs and a sentence a person can act on. It never holds a person's
 * data.
 */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly sentence: string;
}

export const refuse = <const Code extends string>(refused: Code, sentence: string): Refusal<Code> => ({
  refused,
  sentence,
});

export const isRefusal = <Other, Code extends string = string>(
  decision: Other | Refusal<Code>,
): decision is Refusal<Code> => typeof decision === 'object' && decision !== null && 'refused' in decision;
