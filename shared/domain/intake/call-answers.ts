/**
 * What a call tells beside the coded facts of a report. It is about the call itself, and the scene that workers go to.
 * An answer left out was not asked. `unknown` was asked.
 */
import * as z from 'zod';
import { freeText, someOf } from '../core/fields.ts';
import { answers, callers, callLanguages, knowingPeople } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { placeTexts } from '../whereabouts/place-told.ts';

const answer = z.enum(answers).optional();

/** Of the whole call, as codes. */
export const callCodes = z.object({
  callerIs: z.enum(callers).optional(),
  overheard: answer,
  mayCallBack: answer,
  knowOfCall: someOf(knowingPeople).min(1).optional(),
  language: z.enum(callLanguages).optional(),
});
export type CallAnswers = z.infer<typeof callCodes>;

/** Of one child and the place where workers find the child, as codes. */
export const sceneCodes = z.object({
  hurt: answer,
  overdose: answer,
  suicidal: answer,
  weapon: answer,
  dangerToWorkers: answer,
  otherChildren: answer,
});
export type SceneAnswers = z.infer<typeof sceneCodes>;

/** Of one child, in words. */
export const sceneTexts = z.object({
  ...placeTexts('callNotes'),
  movingWhen: freeText('callNotes').optional(),
  workerSafety: freeText('callNotes').optional(),
  otherChildrenThere: freeText('callNotes').optional(),
  suspect: freeText('callNotes').optional(),
});
export type SceneTexts = z.infer<typeof sceneTexts> & { readonly childsNumber?: string | undefined };

/** The words that are a text of their own in the vault, because a page shows each in its place. */
export const ownTexts = ['whereExactly', 'withWhom', 'workerSafety', 'childsNumber'] as const;

const namesOf = (shape: object) => Object.keys(shape);

/** Only the answers that are there. Undefined where there is none. */
function answersIn<Codes extends object>(given: Codes, shape: object): Codes | undefined {
  const known = namesOf(shape).flatMap((name) => {
    const value = given[name as keyof Codes];
    return value === undefined ? [] : [[name, value] as const];
  });
  return known.length === 0 ? undefined : (Object.fromEntries(known) as Codes);
}

export const callAnswersIn = (given: CallAnswers): CallAnswers | undefined => answersIn(given, callCodes.shape);
export const sceneAnswersIn = (given: SceneAnswers): SceneAnswers | undefined => answersIn(given, sceneCodes.shape);

/** A child who calls gives a number of the child's own. Any other caller's belongs to the reporter, who is kept apart. */
export const childsNumberIn = ({
  callerIs,
  reporter,
}: Pick<CallAnswers, 'callerIs'> & { readonly reporter?: { readonly safeNumber?: string | undefined } | undefined }) =>
  callerIs === 'the-child' ? reporter?.safeNumber || undefined : undefined;

/** The words about the scene as one note, each under its question. `labelOf` gives the label of a field. Empty where there are none. */
export const noteOf = (texts: SceneTexts, labelOf: (field: string) => string): string =>
  [...namesOf(sceneTexts.shape), 'childsNumber']
    .flatMap((name) => {
      const text = texts[name as keyof SceneTexts];
      return text === undefined ? [] : [`${labelOf(name)}${/[.?]$/.test(labelOf(name)) ? '' : ':'} ${text}`];
    })
    .join('\n');

/** A child as reported, without the answers that are no facts of the ledger's first event. */
export function withoutScene<Child extends SceneAnswers & SceneTexts>(
  child: Child,
): Omit<Child, keyof SceneAnswers | keyof SceneTexts> {
  const apart = new Set([...namesOf(sceneCodes.shape), ...namesOf(sceneTexts.shape)]);
  return Object.fromEntries(Object.entries(child).filter(([name]) => !apart.has(name))) as Omit<
    Child,
    keyof SceneAnswers | keyof SceneTexts
  >;
}

const worst = (one: SceneAnswers['hurt'], other: SceneAnswers['hurt']) =>
  (['yes', 'unknown', 'no'] as const).find((each) => each === one || each === other);

/** The scene by several reports about one child: of two answers the more dangerous one counts. */
export function worstScene(scenes: readonly SceneAnswers[]): SceneAnswers | undefined {
  const names = namesOf(sceneCodes.shape) as (keyof SceneAnswers)[];
  const all = names.map((name) => [name, scenes.map((scene) => scene[name]).reduce(worst, undefined)] as const);
  return sceneAnswersIn(whereKnown(Object.fromEntries(all)));
}
