/** Which acts of a next step answer the same question, and what a step is about. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import { proposals, type Service } from '../../../shared/domain/core/vocabulary.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import type { Opener } from './referral-pages.ts';

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
