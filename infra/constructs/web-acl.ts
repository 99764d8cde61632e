import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

/**
 * Where reports are entered, in console and API, with or without the stage. Here a high rate alone blocks.
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
  AWSManagedRulesAmazonIpReputationList: [],
} as const;

/** Requests of one address in five minutes. An office of fifty people shares one address. */
const mostOfOneAddress = 10_000;
/**
 * Of all requests, reports included. A draft is kept each few seconds. So a hundred people who write at once make 10,000 in five
 * minutes, and no shift comes near this. A flood of reports would use up the places of the functions that take them.
 */
const mostWithReports = 40_000;

const tooMany = JSON.stringify({
  type: 'about:blank',
  title: 'Too many requests',
  status: 429,
  detail:
    'Your network sent too many requests: wait five minutes. To report by telephone, call the Careline at 1-800-842-2288. A child in danger now: 911.',
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

/** Refuses an address with more requests than `limit` in five minutes, of those that `scopeDownStatement` leaves. */
const rate = (name: string, priority: number, limit: number, scopeDownStatement?: typeof notReport) => ({
  name,
  priority,
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
      limit,
      aggregateKeyType: 'IP',
      evaluationWindowSec: 300,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  visibilityConfig: seen(name),
});

/**
 * The web ACL of the web door. A rate rule and the managed groups block, but never where a report is entered. There a second, higher rate does. Sampled
 * requests stay off, because a sample holds a path.
 */
export function createWebAcl(scope: Construct, stageArn: string): void {
  const groups = Object.entries(countingRules).map(([name, counted], index) => ({
    name,
    priority: index + 2,
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
      rate('RateOfOneAddress', 0, mostOfOneAddress, notReport),
      rate('RateWithReports', 1, mostWithReports),
      ...groups,
    ],
    visibilityConfig: seen('WebDoorAcl'),
  });
  new CfnWebACLAssociation(scope, 'WebDoorAclAtStage', { resourceArn: stageArn, webAclArn: acl.attrArn });
}
