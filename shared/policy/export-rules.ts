/** How long an export of the audit waits and stands, and how much it holds. The values are this project's. */
import type { ExportRule } from '../domain/audit/export-decisions.ts';

export const exportRule: ExportRule = {
  daysToAnswer: 7,
  hoursToDownload: 72,
  mostReferrals: 40,
  mostBytes: 1_500_000,
};
