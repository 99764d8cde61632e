import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { allow } from './careline-function.ts';
import type { Settings } from './settings.ts';

/**
 * Lets a function send text messages from the one number of the deployment, where it has one. Without a number nothing is granted, and
 * no text message leaves. The number is registered and activated by hand: docs/runbooks/text-messages.md.
 */
export function allowText(grantee: LambdaFunction, { textFrom }: Pick<Settings, 'textFrom'>): void {
  if (textFrom === undefined) return;
  allow(grantee, ['sms-voice:SendTextMessage'], [textFrom]);
  grantee.addEnvironment('TEXT_FROM', textFrom);
}
