/** The filters of the queue in words: their names for a form, and a name for a combination of them. */
import { pageOrders } from '../../../shared/application/read/queue.ts';
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
  /** The words of no choice. Absent where one of the options is always chosen. */
  readonly all?: string;
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
export const queueStages: Choice = {
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

export type Order = (typeof pageOrders)[number];
/** The orders of the queue, in words. */
export const orderWords: Readonly<Record<Order, string>> = {
  harm: 'Most urgent first',
  due: 'What is due next first',
  newest: 'Newest report first',
  oldest: 'Oldest report first',
  office: 'By office',
  'waits-on': 'By who must act',
};
const orderChoice: Choice = {
  name: 'order',
  label: 'Order',
  options: pageOrders.map((each) => [each, orderWords[each]]),
};

export const orderIn = ({ order }: Chosen, works: boolean): Order => {
  const usual = works ? 'harm' : 'newest';
  return pageOrders.find((each) => each === order) ?? usual;
};

/** The choices of the queue. Auditors see no concern, and only the order of the report. */
export const queueChoices = (works: boolean): readonly Choice[] =>
  works ? [concernChoice, regionChoice, ownerChoice, queueStages, orderChoice] : [regionChoice, ownerChoice];

/** Whether these leave out no row: an order is no filter. */
export const isUnfiltered = ({ order: _, ...filters }: Chosen): boolean =>
  Object.values(filters).every((each) => !each);

/**
 * The address of the queue with these filters, in this order. The usual order is named only where no filter is: the
 * address without anything is that of the home page.
 */
export function queueAddress(base: string, given: Chosen, order: Order = 'harm'): string {
  const { order: _, ...chosen } = given;
  const isNamed = order !== 'harm' || isUnfiltered(given);
  return `${addressOf(`${base}/`, isNamed ? { ...chosen, order } : chosen)}#open`;
}

/** `Region 4 North Central, overdue only`. It names a filter that a person keeps. */
export function filterWords(chosen: Chosen): string {
  const said = queueChoices(true).flatMap(({ name, label, options }) => {
    const option = options.find(([value]) => value === chosen[name])?.[1];
    if (option === undefined || chosen[name] === 'harm') return [];
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
