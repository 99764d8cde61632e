/** The title of a next step in the language of the page. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import { proposals, type Service } from '../../../shared/domain/core/vocabulary.ts';
import { isMemberAlone, type NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { findRule } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { memberDutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { stepsInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import { stepTitle } from '../../../shared/domain/words/step-titles.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import type { About } from '../app/lookups.ts';
import type { Wording } from '../app/spoken.ts';
import type { Opener } from './referral-pages.ts';

/** The steps of members and providers that no deadline words, by the act that answers them. */
function questionInSpanish(
  { acts: [act], listed }: NextStep,
  { state, visitor }: About,
  { inside }: Wording,
): string | undefined {
  if (listed) return stepTitle(listed.step, listed.subject && inside(listed.subject), 'es');
  switch (act?.command) {
    case 'answer-seat':
      return stepsInSpanish.answerSeat(inside(act.input?.discipline ?? ''));
    case 'sign-confidentiality':
      return conflictOf(state, visitor.id) === undefined ? stepsInSpanish.sign() : stepsInSpanish.findConflict();
    case 'accept-linkage':
    case 'decline-linkage':
      return stepsInSpanish.answerReferral(inside(act.input?.service ?? ''));
    case 'start-linkage':
      return stepsInSpanish.startService(inside(act.input?.service ?? ''));
    default:
      return undefined;
  }
}

/** The two answers to an offer. Each has a form of its own. */
const answersToOffer: readonly CommandName[] = ['accept-linkage', 'decline-linkage'];
const isAnswer = (name: CommandName): boolean => name === 'answer-seat' || answersToOffer.includes(name);

/** A second person agrees to what was proposed, or says no. */
const answersProposal = (name: CommandName): boolean =>
  name === 'refuse-proposal' || proposals.some((each) => name === `agree-${each}`);

/** The child is missing, or is not. */
const answersMissing = (name: CommandName): boolean => name === 'report-missing' || name === 'record-facts';

/**
 * Whether both acts answer the same question. The form of one leads to the other, and the buttons of both have the same
 * weight.
 */
export const isOtherAnswer = (name: CommandName, other: CommandName): boolean =>
  name !== other &&
  [(each: CommandName) => answersToOffer.includes(each), answersProposal, answersMissing].some(
    (asks) => asks(name) && asks(other),
  );

/** The service of a referral to the one provider that said yes to a place. No deadline tells the step of it. */
export const placeOf = (act: NextStep['acts'][number]): Service | undefined =>
  act.command === 'offer-linkage' && act.input?.providerId !== undefined ? act.input.service : undefined;

/** The acts of a step that answer about this seat or service. */
export const answersOf = ({ acts }: NextStep, subject: string | undefined): NextStep['acts'] =>
  acts.filter(
    (act) => (isAnswer(act.command) || placeOf(act) !== undefined) && Object.values(act.input ?? {}).includes(subject),
  );

/** Whether the step is that of this duty, or asks for the answer about this seat or service. */
export const isStepOf = (step: NextStep, { dutyId, subject }: Pick<Opener, 'dutyId' | 'subject'>): boolean =>
  dutyId === undefined ? subject !== undefined && answersOf(step, subject).length > 0 : step.deadlineId === dutyId;

const conflictOf = ({ team }: Referral, personId: string) => team.confidentialityAgreements[personId]?.conflict;

/** What to do, without the code of the rule. */
export function titleOfStep(step: NextStep, about: About, wording: Wording): string {
  if (wording.language === 'en') return step.title;
  const deadline = about.state.deadlines[step.deadlineId ?? ''];
  if (!deadline) return questionInSpanish(step, about, wording) ?? wording.told(step.title) ?? step.title;
  const rule = findRule(about.policy, deadline.rule);
  const own = rule && isMemberAlone(about.state, about.visitor) ? memberDutyTitle(rule, wording.language) : undefined;
  const duty = own ?? wording.duty(about.policy, { rule: deadline.rule, obligation: step.title });
  const title =
    step.status === 'to-explain'
      ? stepsInSpanish[deadline.explanation ? 'countersign' : 'explain'](inside(duty))
      : duty;
  return deadline.subject === undefined ? title : `${title} (${wording.inside(deadline.subject)})`;
}
