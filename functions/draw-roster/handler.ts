import { stepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { drawRoster } from '../../shared/domain/pathway/steps.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';

const client = openTables(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now));
const directory = openDirectory(client);

export const handler = task(stepInput, taskOutput, async (input) => {
  const team = (await ledger.referral(input.referralId))?.state.places.routing?.team;
  const members = team === undefined ? [] : membersOf(await directory.seats(team));
  return carryOut({ ledger, now: new Date().toISOString(), name: 'draw-roster' }, input, (decision) =>
    drawRoster(decision, team, members),
  );
});
