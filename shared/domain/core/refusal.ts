/**
 * The domain's "no": a value with a code for programs and a sentence a person can act on. It never holds a person's
 * data.
 */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly sentence: string;
}

/** One sentence for each refusal. `{name}` stands for a value that the call gives. */
export type Sentences = Readonly<Record<string, string>>;

/** `no-such-seat` of `no-such-seat/policy`: a code with several causes has a key, and a sentence, for each of them. */
export type CodeOf<Key extends string> = Key extends `${infer Code}/${string}` ? Code : Key;

type Names<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Values<Sentence extends string> = [Names<Sentence>] extends [never]
  ? []
  : [values: Readonly<Record<Names<Sentence>, string | number>>];

/** The function that refuses with the sentences of a catalogue. An unknown key and a missing value do not compile. */
export const refuser =
  <const Catalogue extends Sentences>(sentences: Catalogue) =>
  <const Key extends keyof Catalogue & string>(
    key: Key,
    ...[values]: Values<Catalogue[Key]>
  ): Refusal<CodeOf<Key>> => ({
    refused: key.split('/')[0] as CodeOf<Key>,
    sentence: sentences[key]?.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(Object(values)[name])) ?? '',
  });

export const isRefusal = <Other, Code extends string = string>(
  decision: Other | Refusal<Code>,
): decision is Refusal<Code> => typeof decision === 'object' && decision !== null && 'refused' in decision;
