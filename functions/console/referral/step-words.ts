/** The title of a next step in the language of the page. */
import { isMemberAlone, type NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { findRule } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { memberDutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { stepsInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import type { Wording } from '../app/spoken.ts';
import type { About } from '../forms/command-fields.ts';

/** The steps of members and providers that no deadline words, by the act that answers them. */
function questionInSpanish(
  { acts: [act] }: NextStep,
  { state, visitor }: About,
  { inside }: Wording,
): string | undefined {
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

const conflictOf = ({ team }: Referral, personId: string) => team.confidentialityAgreements[personId]?.conflict;

/** What to do, without the code of the rule. */
export function titleOfStep(step: NextStep, about: About, wording: Wording): string {
  if (wording.language === 'en') return step.title;
  const deadline = about.state.deadlines[step.deadlineId ?? ''];
  if (!deadline) return questionInSpanish(step, about, wording) ?? step.title;
  const rule = findRule(about.policy, deadline.rule);
  const own = rule && isMemberAlone(about.state, about.visitor) ? memberDutyTitle(rule, wording.language) : undefined;
  const duty = own ?? wording.duty(about.policy, { rule: deadline.rule, obligation: step.title });
  const title =
    step.status === 'to-explain'
      ? stepsInSpanish[deadline.explanation ? 'countersign' : 'explain'](inside(duty))
      : duty;
  return deadline.subject === undefined ? title : `${title} (${wording.inside(deadline.subject)})`;
}
