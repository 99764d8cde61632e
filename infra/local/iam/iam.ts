/**
 * Evaluates the synthesized policies for every call: those of the caller's role, and the resource's own. So a missing
 * grant fails on this machine as it would in AWS.
 */

import { AccessDenied, type Authorize, localAccount, type Principal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';
import type { Context } from './conditions.ts';
import { policiesOf, rolesOf } from './identity-policies.ts';
import { accountRoot, type Caller } from './principal-pattern.ts';
import { resourcePoliciesOf, standsAt } from './resource-policies.ts';
import { holds, type ResourceStatement, readStatement, type Statement, speaksOf } from './statement.ts';

/** A call that an identity policy allowed. `context` has its condition keys, such as the partition keys that it names. */
export interface AllowedCall {
  /** The logical id of the function or state machine. */
  readonly owner: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

interface Identity extends Caller {
  readonly statements: readonly Statement[];
  /** The condition keys that each of its calls has. */
  readonly context: Context;
  /** As AWS's sentence of a denial names it. */
  readonly title: string;
  /** The root of the account needs no identity policy. */
  readonly isRoot?: true;
}

/** What speaks of one action on one resource. Only the conditions are left to look at. */
interface Speaking {
  readonly identity: readonly Statement[];
  /** Undefined where the resource has no policy. */
  readonly resource: readonly ResourceStatement[] | undefined;
}

const mostRemembered = 5000;

/** The endpoint stands for AWS's own over TLS, and binds to this machine alone. */
const ofEveryCall: Context = { 'aws:SecureTransport': ['true'] };

const operator: Identity = {
  title: `User: ${accountRoot}`,
  arns: [accountRoot],
  statements: [],
  context: { ...ofEveryCall, 'aws:PrincipalArn': [accountRoot] },
  isRoot: true,
};

const unknownIdentity = (logicalId: string): Identity => ({
  title: `User: arn:aws:sts::${localAccount}:assumed-role/unknown/${logicalId}`,
  arns: [],
  statements: [],
  context: ofEveryCall,
});

const serviceIdentity = (name: string, sourceArn: string): Identity => ({
  title: `Service: ${name} on behalf of ${sourceArn}`,
  arns: [],
  service: name,
  statements: [],
  context: { ...ofEveryCall, 'aws:SourceAccount': [localAccount], 'aws:SourceArn': [sourceArn] },
});

function identitiesOf(template: Template): ReadonlyMap<string, Identity> {
  return new Map(
    [...rolesOf(template)].map(([owner, role]) => {
      const session = `arn:aws:sts::${localAccount}:assumed-role/${role.name}/${owner}`;
      const identity: Identity = {
        title: `User: ${session}`,
        arns: [role.arn, session],
        statements: policiesOf(role, template).map(({ statement, where }) => readStatement(statement, where)),
        context: { ...ofEveryCall, 'aws:PrincipalArn': [role.arn] },
      };
      return [owner, identity];
    }),
  );
}

/**
 * Decides as IAM does within one account. A Deny that applies wins. Else an identity policy or the resource's own policy
 * must allow the call. A KMS key is stricter: its policy must allow the caller, or leave it to the account's identity
 * policies. An AWS service has no identity policy, so it always needs the resource's. Trust policies and service control
 * policies are not evaluated.
 *
 * Throws a sentence at creation for an element, operator or condition key that it does not evaluate. An operator of
 * this machine counts as the account's root. A function that is not in the template may do nothing. `onAllowed` hears
 * of each call of a function or state machine that its identity policies allowed.
 */
export function createAuthorize(template: Template, onAllowed?: (call: AllowedCall) => void): Authorize {
  const identities = identitiesOf(template);
  const resourcePolicies = resourcePoliciesOf(template);

  const identify = (principal: Principal): Identity => {
    switch (principal.kind) {
      case 'operator':
        return operator;
      case 'service':
        return serviceIdentity(principal.name, principal.sourceArn);
      case 'function':
        return identities.get(principal.logicalId) ?? unknownIdentity(principal.logicalId);
    }
  };

  // The same few actions on the same few resources: only the conditions depend on more than these.
  const remembered = new Map<string, Speaking>();
  const speakingOf = (identity: Identity, action: string, resource: string): Speaking => {
    const key = `${identity.title} ${action} ${resource}`;
    const known = remembered.get(key);
    if (known) return known;
    const policies = resourcePolicies.filter(({ owner }) => standsAt(owner, resource));
    const found: Speaking = {
      identity: identity.statements.filter((statement) => speaksOf(statement, action, resource)),
      resource:
        policies.length === 0
          ? undefined
          : policies
              .flatMap(({ statements }) => statements)
              .filter((each) => speaksOf(each, action, resource) && each.principal(identity) !== undefined),
    };
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, found);
    return found;
  };

  return (principal, action, resource, ofCall = {}) => {
    const identity = identify(principal);
    const speaking = speakingOf(identity, action, resource);
    if (identity.isRoot && speaking.resource === undefined) return;
    const context = { ...identity.context, ...ofCall };
    const own = speaking.identity.filter((statement) => holds(statement, context));
    const atResource = (speaking.resource ?? []).filter((statement) => holds(statement, context));

    const denials = { 'an identity-based policy': own, 'a resource-based policy': atResource };
    const [denial] = Object.entries(denials).find(([, statements]) => statements.some(({ allows }) => !allows)) ?? [];
    const ownAllows = own.length > 0;
    const named = atResource.map(({ principal: pattern }) => pattern(identity));
    const resourceAllows = named.includes('name');
    const isKey = action.startsWith('kms:') && speaking.resource !== undefined;
    const leftToAccount = isKey ? named.includes('account') : true;
    if (denial === undefined) {
      if (ownAllows && leftToAccount && principal.kind === 'function') {
        onAllowed?.({ owner: principal.logicalId, action, resource, context: ofCall });
        return;
      }
      if (resourceAllows || (identity.isRoot && leftToAccount)) return;
    }
    const missing = principal.kind === 'service' || (isKey && !leftToAccount) ? 'resource-based' : 'identity-based';
    const reason =
      denial === undefined
        ? `because no ${missing} policy allows the ${action} action`
        : `with an explicit deny in ${denial}`;
    throw new AccessDenied(
      `${identity.title} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    );
  };
}
