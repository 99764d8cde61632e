/** Compares what the checklist proposes, and which change of outcome needs a second person, with the second reading. */
import { type IndicatorTopic, indicatorTopics } from '../../shared/domain/core/vocabulary.ts';
import { referral } from '../support/referral-builder.ts';
import { mayPropose, needsSecondReviewer, OUTCOMES } from './screening.ts';

export type ScreeningDifference = { readonly on: string; readonly oracle: string; readonly product: string };

const confirming: readonly IndicatorTopic[] = ['disclosure', 'third-party-or-police-evidence'];
type Answers = Readonly<Record<string, 'yes' | 'no' | 'unknown'>>;

/** Each topic answered alone with yes, all with no, and some drawn at random. */
export function checklists(draw: () => number, count: number): readonly Answers[] {
  const all = (answer: 'yes' | 'no' | 'unknown'): Answers =>
    Object.fromEntries(indicatorTopics.map((topic) => [topic, answer]));
  const drawn = Array.from({ length: count }, () => {
    const rate = draw();
    const one = () => (draw() < rate * 0.2 ? 'yes' : draw() < 0.9 ? 'no' : 'unknown');
    return Object.fromEntries(indicatorTopics.map((topic) => [topic, one()])) as Answers;
  });
  const alone = indicatorTopics.flatMap((topic) => [
    { ...all('no'), [topic]: 'yes' },
    { ...all('no'), [topic]: 'unknown' },
  ]);
  return [all('no'), all('unknown'), all('yes'), ...(alone as readonly Answers[]), ...drawn];
}

export function compareChecklist(answers: Answers): readonly ScreeningDifference[] {
  const story = referral({ missingNow: 'no' }).run().do('answer-checklist', { answers });
  const proposed = story.all('checklist-answered').at(-1)?.proposed ?? 'none';
  const yes = indicatorTopics.filter((topic) => answers[topic] === 'yes');
  const may = mayPropose({
    confirmed: yes.some((topic) => confirming.includes(topic)),
    indicated: yes.length > 0,
    complete: !Object.values(answers).includes('unknown'),
  });
  return may.includes(proposed) ? [] : [{ on: yes.join(' '), oracle: may.join(' or '), product: proposed }];
}

/** Every outcome after every other. */
export function compareReviewers(): readonly ScreeningDifference[] {
  return OUTCOMES.flatMap((before) =>
    OUTCOMES.flatMap((after) => {
      if (before === after) return [];
      const story = referral({ age: 15, missingNow: 'no' }).run().screen(before).after('PT1H').screen(after);
      const said = (needs: boolean) => (needs ? 'a second reviewer' : 'at once');
      const [oracle, product] = [needsSecondReviewer(before, after), story.state.proposals.downgrade !== undefined];
      return oracle === product ? [] : [{ on: `${before} to ${after}`, oracle: said(oracle), product: said(product) }];
    }),
  );
}
