import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESClient } from '@aws-sdk/client-ses';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Leak } from '../../shared/alerts/compose/guard.ts';
import { isLate } from '../../shared/alerts/compose/service-level.ts';
import { createMailer } from '../../shared/alerts/send/mailer.ts';
import { createTexter } from '../../shared/alerts/send/texter.ts';
import { askedOnce } from '../../shared/application/read/contacts.ts';
import { isNoticeAbout } from '../../shared/domain/alerts/notices.ts';
import { env, optionalEnv } from '../../shared/lambda/env.ts';
import { createStreamRecords } from '../../shared/lambda/given-up.ts';
import { logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openCursors } from '../../shared/lambda/open-rows.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { sendAlerts, sendNotices, sendToNext } from './send-alerts.ts';
import { sendDigests } from './send-digests.ts';

const { count, publish } = openMetrics(Date.now);
const client = openTables(Date.now);
const codes = openCodes(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, codes);
const directory = byChains(openDirectory(client, { keepsDuties: true }), ledger);
const textFrom = optionalEnv('TEXT_FROM');
const parts = {
  ledger,
  cursors: openCursors(client, codes),
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
  policyOf,
  consoleUrl: env('CONSOLE_URL'),
  sender: env('MAIL_FROM'),
  countUnreachable: () => count('AlertUnreachable'),
  countSeatsNotReached: (seats: number) => count('SeatNotReached', seats),
  countUrgent(requestedAt: readonly string[], accepted: boolean) {
    const acceptedAt = accepted ? new Date().toISOString() : undefined;
    const late = requestedAt.filter((each) => isLate(each, acceptedAt)).length;
    // A metric that is zero counts as well: without it, no share can be computed.
    if (requestedAt.length === 0) return;
    publish(
      new Map([
        ['UrgentMail', requestedAt.length],
        ['UrgentMailLate', late],
      ]),
    );
  },
  countWithheld: (alertId: string, leaks: readonly Leak[]) => {
    logger.error('A mail was withheld: the guard found what must not leave.', { alertId, leaks });
    count('MailWithheld');
  },
};

const onStream = ledgerStream(
  async ({ kind, id, seq }) => {
    const now = new Date().toISOString();
    const work = { ...parts, directory: askedOnce(directory) };
    if (kind === 'referral') await sendAlerts(work, id, now);
    if (kind === 'alert') await sendToNext(work, id, now, seq);
    if (isNoticeAbout(kind)) await sendNotices(work, kind, id, now);
  },
  { readGivenUp: createStreamRecords({ client: new DynamoDBStreamsClient(sdk) }) },
);
const onSchedule = task(z.unknown(), z.void(), () =>
  sendDigests({ ...parts, directory: askedOnce(directory) }, new Date().toISOString()),
);

/** Both the stream and the schedule of the digests call this function, so that one function alone may send mail. */
export const handler = (event: DynamoDBStreamEvent | object, context: Context) =>
  'Records' in event ? onStream(event, context) : onSchedule(event, context);
