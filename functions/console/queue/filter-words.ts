/** The filters of the queue in words: their names for a form, and a name for a combination of them. */
import { concerns } from '../../../shared/domain/board/concerns.ts';
import { regionNumbers } from '../../../shared/domain/board/list-rows.ts';
import { anyStage } from '../../../shared/domain/core/command.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { regions } from '../../../shared/policy/places/geography.ts';
import { figureWords } from './figure-words.ts';

/** The chosen filters of a list, by name. Empty where all rows are shown. */
export type Chosen = Readonly<Record<string, string | undefined>>;

export const regionWords = (number: string): string => {
  const known = regions.find(({ id }) => String(id) === number);
  return known ? `${number} ${known.name}` : 'Not known yet';
};

type Option = readonly [value: string, label: string];

export interface Choice {
  readonly name: string;
  readonly label: string;
  /** The words of no choice. */
  readonly all: string;
  readonly options: readonly Option[];
}

export const regionChoice: Choice = {
  name: 'region',
  label: 'Region',
  all: 'Every region',
  options: regionNumbers.map((each) => [each, regionWords(each)]),
};
export const stageChoice: Choice = {
  name: 'stage',
  label: 'Stage',
  all: 'Every stage',
  options: anyStage.map((each) => [each, words(each)]),
};

/** Without a choice, the queue has open referrals. Ended ones are on it while they owe a duty of law. */
const queueStages: Choice = {
  name: 'stage',
  label: 'Stage',
  all: 'Open',
  options: anyStage.filter((each) => each !== 'open').map((each) => [each, `${words(each)}, duty of law open`]),
};
export const concernChoice: Choice = {
  name: 'concern',
  label: 'What is wrong',
  all: 'Anything',
  options: concerns.map((each) => [each, figureWords[each].label]),
};
const ownerChoice: Choice = {
  name: 'owner',
  label: 'Duties of',
  all: 'Every role',
  options: roles.map((each) => [each, words(each)]),
};
export const orderChoice: Choice = {
  name: 'order',
  label: 'Order',
  all: 'Most urgent first',
  options: [['newest', 'Newest report first']],
};

/** The choices of the queue. Auditors see no concern, and only the order of the report. */
export const queueChoices = (works: boolean): readonly Choice[] =>
  works ? [concernChoice, regionChoice, ownerChoice, queueStages, orderChoice] : [regionChoice, ownerChoice];

/** `Region 4 North Central, overdue only`. It names a filter that a person keeps. */
export function filterWords(chosen: Chosen): string {
  const said = queueChoices(true).flatMap(({ name, label, options }) => {
    const option = options.find(([value]) => value === chosen[name])?.[1];
    if (option === undefined) return [];
    return name === 'concern' || name === 'order'
      ? [option]
      : [`${label} ${name === 'owner' ? wordsInside(chosen[name] ?? '') : option}`];
  });
  const [first = 'Open referrals', ...others] = [...said, ...(chosen.overdue === 'yes' ? ['Overdue only'] : [])];
  return [first, ...others.map((each) => each.charAt(0).toLowerCase() + each.slice(1))].join(', ');
}

/** The address of a list with these filters, and with `mark` that of a later page. */
export const addressOf = (path: string, chosen: Chosen, mark: Chosen = {}): string => {
  const given = Object.entries({ ...chosen, ...mark }).flatMap(([name, value]): [string, string][] =>
    value ? [[name, value]] : [],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};
