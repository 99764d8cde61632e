import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';
import { sampleShiftDays, sampleShifts, shiftKeeper } from './shifts.ts';

interface RunningCloud {
  readonly webUrl: string;
  readonly clock: { now(): number };
  token(email: string): Promise<string>;
  rest(): Promise<void>;
}

/**
 * Imports the sample shifts of so many days through the API, as a supervisor would, once for each data folder. Throws a sentence where the API does not
 * take them.
 */
export async function importSampleShifts(cloud: RunningCloud, folder?: string, days = sampleShiftDays): Promise<void> {
  const { found, keep } = openKept(folder, 'sample-shifts.json', z.object({ importedAt: z.number() }));
  if (found) return;
  const now = cloud.clock.now();
  const answer = await fetch(`${cloud.webUrl}/api/v1/shifts/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await cloud.token(shiftKeeper)}`,
      'content-type': 'application/json',
      'idempotency-key': 'sample shifts',
    },
    body: JSON.stringify({ csv: sampleShifts(now, days) }),
  });
  // A start that was cut short after the import finds the key used.
  if (!answer.ok && answer.status !== 422) {
    throw new Error(`The sample shifts were not imported: ${await answer.text()}`);
  }
  await cloud.rest();
  keep({ importedAt: now });
}
