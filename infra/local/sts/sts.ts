/** STS with the one call that people try first: who am I? */
import { createQueryService } from '../endpoint/query.ts';
import { type AwsService, localAccount, type Principal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';

/** Serves GetCallerIdentity, which needs no permission: an operator counts as the root of the account. */
export const createSts = (template: Template): AwsService =>
  createQueryService('sts', '2011-06-15', {
    GetCallerIdentity: (_form, principal) => ({ ...identityOf(principal, template), Account: localAccount }),
  });

function identityOf(principal: Principal, template: Template) {
  if (principal.kind !== 'function') return { Arn: `arn:aws:iam::${localAccount}:root`, UserId: localAccount };
  const resource = template.resources.get(principal.logicalId);
  const name = resource?.name ?? principal.logicalId;
  const role = String(resource?.properties.Role ?? 'unknown')
    .split('/')
    .at(-1);
  return { Arn: `arn:aws:sts::${localAccount}:assumed-role/${role}/${name}`, UserId: `AROALOCAL:${name}` };
}
