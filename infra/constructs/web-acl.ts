import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

/**
 * Where reports are entered, in console and API, with or without the stage. No rule of the web ACL blocks here.
 */
const reportRoutes = '^(/[a-z][a-z0-9-]*)?(/api/v1)?/(reports|drafts)(/[a-z0-9-]*)?$';

/**
 * The rules of each managed group that read bodies, and the one for long queries. They only count, everywhere: each form of the console has free text.
 * Bodies go into no SQL, no file name and no page unescaped. The cursor of a list may be longer than the 2,048 bytes that AWS
 * takes for a long query. From AWS's lists of the baseline and use-case groups.
 */
const countingRules = {
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY',
    'EC2MetaDataSSRF_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'CrossSiteScripting_BODY',
    'SizeRestrictions_QUERYSTRING',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
  AWSManagedRulesSQLiRuleSet: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
  AWSManagedRulesAmazonIpReputationList: [],
} as const;

/** Requests of one address in five minutes. An office of fifty people shares one address. */
const mostOfOneAddress = 10_000;

const tooMany = JSON.stringify({
  type: 'about:blank',
  title: 'Too many requests',
  status: 429,
  detail:
    'Your network sent too many requests: wait five minutes. Reports are never stopped. To report by telephone, call the Careline at 1-800-842-2288. A child in danger now: 911.',
});

/** Stands in each rule that leaves reports alone. One rule that labels them for all would cost a dollar a month. */
const notReport = {
  notStatement: {
    statement: {
      regexMatchStatement: {
        fieldToMatch: { uriPath: {} },
        regexString: reportRoutes,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    },
  },
};
const seen = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName });

/**
 * The web ACL of the web door. A rate rule and the managed groups block, but never where a report is entered. Sampled
 * requests stay off, because a sample holds a path.
 */
export function createWebAcl(scope: Construct, stageArn: string): void {
  const groups = Object.entries(countingRules).map(([name, counted], index) => ({
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        // A group without such rules has nothing to count on a report.
        ...(counted.length === 0 && { scopeDownStatement: notReport }),
      },
    },
    visibilityConfig: seen(name),
  }));
  const acl = new CfnWebACL(scope, 'WebDoorAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    customResponseBodies: { TooMany: { contentType: 'APPLICATION_JSON', content: tooMany } },
    rules: [
      {
        name: 'RateOfOneAddress',
        priority: 0,
        action: {
          block: {
            customResponse: {
              responseCode: 429,
              customResponseBodyKey: 'TooMany',
              responseHeaders: [{ name: 'Retry-After', value: '300' }],
            },
          },
        },
        statement: {
          rateBasedStatement: {
            limit: mostOfOneAddress,
            aggregateKeyType: 'IP',
            evaluationWindowSec: 300,
            scopeDownStatement: notReport,
          },
        },
        visibilityConfig: seen('RateOfOneAddress'),
      },
      ...groups,
    ],
    visibilityConfig: seen('WebDoorAcl'),
  });
  new CfnWebACLAssociation(scope, 'WebDoorAclAtStage', { resourceArn: stageArn, webAclArn: acl.attrArn });
}
