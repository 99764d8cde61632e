import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { nameExactly } from './kept-resources.ts';
import { createNoticeTopic } from './notice-topic.ts';
import type { Settings } from './settings.ts';

/** Outgoing mail: the permission to send it, the topic with its news, and the DNS records that prove the domain. */
export interface Mail {
  readonly records: readonly { readonly name: string; readonly type: string; readonly value: string }[];
  readonly events: Topic;
  allowSend(grantee: LambdaFunction): void;
}

/**
 * A domain identity, and a configuration set that delivers only over TLS. Opens and clicks are not tracked: there is no tracking
 * domain, and their events are off. The event of a sent mail is on, because the sender may have stopped before it recorded the
 * mail.
 */
export function createMail(scope: Construct, settings: Settings): Mail {
  const events = createNoticeTopic(scope, 'MailEvents', 'ses.amazonaws.com');
  const configurationSet = new ConfigurationSet(scope, 'MailConfiguration', {
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    reputationMetrics: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  nameExactly(configurationSet, 'MailConfiguration');
  configurationSet.addEventDestination('Events', {
    destination: EventDestination.snsTopic(events),
    events: [
      EmailSendingEvent.SEND,
      EmailSendingEvent.DELIVERY,
      EmailSendingEvent.BOUNCE,
      EmailSendingEvent.COMPLAINT,
      EmailSendingEvent.REJECT,
      EmailSendingEvent.DELIVERY_DELAY,
    ],
  });
  const bounceDomain = `bounce.${settings.mailDomain}`;
  const identity = new EmailIdentity(scope, 'MailIdentity', {
    identity: Identity.domain(settings.mailDomain),
    configurationSet,
    // Bounces come as events, and are never forwarded to a mailbox.
    feedbackForwarding: false,
    // The envelope names this domain too, so that SPF counts for it. Without its DNS record SES sends under its own.
    mailFromDomain: bounceDomain,
    mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
  });
  nameExactly(identity, 'MailIdentity');

  const configurationSetArn = Stack.of(scope).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: configurationSet.configurationSetName,
  });
  const anyIdentity = Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
  return {
    events,
    records: [
      ...identity.dkimRecords.map((record) => ({ ...record, type: 'CNAME' })),
      { name: bounceDomain, type: 'MX', value: `10 feedback-smtp.${Stack.of(scope).region}.amazonses.com` },
      { name: bounceDomain, type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' },
      // Without it, any sender may use the domain's name, and large mailboxes refuse what it sends in numbers.
      { name: `_dmarc.${settings.mailDomain}`, type: 'TXT', value: '"v=DMARC1; p=quarantine"' },
    ],
    allowSend(grantee) {
      // In its sandbox SES asks for the identity of a recipient too. Which sender it may be, the condition says.
      allow(grantee, ['ses:SendRawEmail'], [configurationSetArn, anyIdentity], {
        StringEquals: { 'ses:FromAddress': settings.mailFrom },
        // No condition on the name beside it. What SES says of a mail without one is untried, and all mail would be refused.
      });
      if (grantee.role) acknowledgeForced(grantee.role, 'recipients in the sandbox');
      grantee.addEnvironment('MAIL_FROM', settings.mailFrom);
      grantee.addEnvironment('CONFIGURATION_SET', configurationSet.configurationSetName);
    },
  };
}
