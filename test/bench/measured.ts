/** Everything that one run of the bench measures. */

import type { Score } from '../long/mutation/score.ts';
import type { Suite, SuiteTimes } from '../support/suite-times.ts';
import type { MeasuredBundle } from './bundles.ts';
import type { measureDomain } from './domain.ts';
import type { measureDoors, measureHandler } from './doors.ts';
import type { measureExecutions } from './executions.ts';
import type { Lines } from './lines.ts';
import type { MeasuredMail } from './mail.ts';
import type { Acceptance, MailCount } from './mails.ts';
import type { measureMatching } from './matching.ts';
import type { measurePages } from './pages.ts';
import type { profileDemo } from './profile-demo.ts';
import type { measureCheckpoints, measureReferral } from './referral.ts';
import type { measureSimulator } from './simulator.ts';
import type { measureDemo, measureStart } from './start.ts';

export interface Measured {
  readonly referral: Awaited<ReturnType<typeof measureReferral>>;
  readonly checkpoints: Awaited<ReturnType<typeof measureCheckpoints>>;
  readonly mail: MeasuredMail;
  readonly acceptance: Acceptance;
  readonly mails: { readonly onTime: MailCount; readonly never: MailCount };
  readonly bundles: readonly MeasuredBundle[];
  readonly executions: Awaited<ReturnType<typeof measureExecutions>>;
  readonly start: Awaited<ReturnType<typeof measureStart>>;
  readonly demo: Awaited<ReturnType<typeof measureDemo>>;
  readonly simulator: Awaited<ReturnType<typeof measureSimulator>>;
  readonly domain: ReturnType<typeof measureDomain>;
  readonly matching: Awaited<ReturnType<typeof measureMatching>>;
  readonly handler: Awaited<ReturnType<typeof measureHandler>>;
  readonly doors: Awaited<ReturnType<typeof measureDoors>>;
  readonly pages: Awaited<ReturnType<typeof measurePages>>;
  readonly lines: Lines;
  readonly yardstick: number;
  /** Seconds of a synthesis into an empty folder. */
  readonly synthesis: number;
  readonly profile: Awaited<ReturnType<typeof profileDemo>>;
  /** Of the last whole run here. */
  readonly mutation: Score | undefined;
  readonly suites: Partial<Record<Suite, SuiteTimes>>;
}
