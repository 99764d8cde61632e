import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { allow } from './careline-function.ts';
import type { Settings } from './settings.ts';

/**
 * Lets a function send text messages from the deployment's one number. Without a number it grants nothing, and no text message is
 * sent. A person registers and activates the number: docs/runbooks/text-messages.md.
 */
export function allowText(grantee: LambdaFunction, { textFrom }: Pick<Settings, 'textFrom'>): void {
  if (textFrom === undefined) return;
  allow(grantee, ['sms-voice:SendTextMessage'], [textFrom]);
  grantee.addEnvironment('TEXT_FROM', textFrom);
}
