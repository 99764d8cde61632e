import type { StepName } from '../../shared/contracts/tasks.ts';
import type { Decision } from '../../shared/domain/core/decision.ts';
import * as steps from '../../shared/domain/pathway/steps.ts';

/** The decision of each step that needs the referral alone. A step of the contract without a decision does not compile. */
export const decisionOf: Readonly<Record<StepName, (decision: Decision) => void>> = {
  'invite-mdt': steps.inviteMdt,
  'open-services': steps.openServices,
  'open-prevention-services': steps.openPreventionServices,
  'open-rescreening': steps.openRescreening,
  'open-sign-off': steps.openSignOff,
  'open-closure': steps.openClosure,
};
