import { stepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { proposalOutcome, propose } from '../../shared/domain/pathway/steps.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openVault } from '../../shared/lambda/open-vault.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { LostContent } from '../../shared/store/sealed-content.ts';

const client = openTables(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now));
const identities = openVault(client, Date.now);

/** Of the identity it reads only the date of birth: its role allows no more. */
export const handler = task(stepInput, taskOutput, async (input) => {
  const now = new Date().toISOString();
  const known = await ledger.referral(input.referralId);
  // Where its key is lost or erased, a person decides without the date, and the clocks go on.
  const birthDate = await identities
    .birthDate(input.referralId, known?.state.identity.birthCorrectedBy)
    .catch((error: unknown) => {
      if (error instanceof LostContent) return undefined;
      throw error;
    });
  return carryOut(
    { ledger, now, name: 'propose-eligibility' },
    input,
    (decision) => propose(decision, birthDate),
    (state) => proposalOutcome(state, birthDate, now),
  );
});
