import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESClient } from '@aws-sdk/client-ses';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { composeDraftLeft, composeFindings, composeGaps, composeShifts } from '../../shared/alerts/compose/compose.ts';
import { checkedMail, type Leak, noticeLeaks } from '../../shared/alerts/compose/guard.ts';
import {
  askedOnce,
  groupsOf,
  numberFor,
  oncallOf,
  outstanding,
  withDelegates,
} from '../../shared/alerts/compose/recipients.ts';
import { createMailer } from '../../shared/alerts/send/mailer.ts';
import { createTexter } from '../../shared/alerts/send/texter.ts';
import { env, optionalEnv } from '../../shared/lambda/env.ts';
import { logger } from '../../shared/lambda/logger.ts';
import { count } from '../../shared/lambda/metrics.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { task } from '../../shared/lambda/task.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createCursors } from '../../shared/store/cursors.ts';
import { createDirectory } from '../../shared/store/directory.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { sendAlerts, sendToNext } from './send-alerts.ts';
import { sendDigests } from './send-digests.ts';
import { tellDraft } from './tell-draft.ts';
import { tellFindings } from './tell-findings.ts';
import { tellGaps } from './tell-gaps.ts';
import { tellShifts } from './tell-shifts.ts';

const client = new DynamoDBClient(sdk);
const directory = createDirectory({ client, table: env('DIRECTORY_TABLE'), keepsDuties: true });
const textFrom = optionalEnv('TEXT_FROM');
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random),
  cursors: createCursors({ client, table: env('CURSORS_TABLE') }),
  mailer: createMailer({
    // A second try of the SDK could be a second mail. The sender knows of a repeat and marks it.
    client: new SESClient({ ...sdk, maxAttempts: 1 }),
    from: env('MAIL_FROM'),
    configurationSet: env('CONFIGURATION_SET'),
  }),
  texter:
    textFrom === undefined
      ? undefined
      : // A second try of the SDK could be a second text message.
        createTexter({ client: new PinpointSMSVoiceV2Client({ ...sdk, maxAttempts: 1 }), from: textFrom }),
  alerts: { compose: checkedMail, groupsOf, numberFor, oncallOf, outstanding },
  policyOf,
  consoleUrl: env('CONSOLE_URL'),
  sender: env('MAIL_FROM'),
  countUnreachable: () => count('AlertUnreachable'),
  countWithheld: (alertId: string, leaks: readonly Leak[]) => {
    logger.error('A mail was withheld: the guard found what must not leave.', { alertId, leaks });
    count('MailWithheld');
  },
};

const onStream = ledgerStream(async ({ kind, id, seq }) => {
  const now = new Date().toISOString();
  const work = { ...parts, directory: askedOnce(directory) };
  if (kind === 'referral') await sendAlerts(work, id, now);
  if (kind === 'alert') await sendToNext(work, id, now, seq);
  const notices = { ...work, withDelegates, noticeLeaks };
  if (kind === 'draft') await tellDraft({ ...notices, composeDraftLeft }, id, now);
  if (kind === 'roster') await tellGaps({ ...notices, composeGaps }, id, now);
  if (kind === 'shift') await tellShifts({ ...notices, composeShifts }, now);
  if (kind === 'finding') await tellFindings({ ...notices, composeFindings }, id, now);
});
const onSchedule = task(z.unknown(), z.void(), () =>
  sendDigests({ ...parts, directory: askedOnce(directory) }, new Date().toISOString()),
);

/** Both the stream and the schedule of the digests call this function, so that one function alone may send mail. */
export const handler = (event: DynamoDBStreamEvent | object, context: Context) =>
  'Records' in event ? onStream(event, context) : onSchedule(event, context);
