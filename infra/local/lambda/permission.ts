import { matchesAny, patternOf } from '../iam/pattern.ts';
import type { Template } from '../template/template.ts';

/**
 * Throws a sentence unless the template lets an AWS service invoke the function on behalf of `sourceArn`. That is the
 * ARN of a rule, a topic or a method. On AWS a missing AWS::Lambda::Permission shows only as events that never arrive.
 */
export function requirePermission(
  template: Template,
  functionArn: string,
  service: 'apigateway' | 'events' | 'sns',
  sourceArn: string,
): void {
  const name = functionArn.replace(/^.*:function:/, '').replace(/:.*$/, '');
  const granted = template.ofType('AWS::Lambda::Permission').some(({ logicalId, properties }) => {
    const { Action, FunctionName, Principal, SourceArn } = properties;
    if (Action !== 'lambda:InvokeFunction' || Principal !== `${service}.amazonaws.com`) return false;
    if (FunctionName !== functionArn && FunctionName !== name) return false;
    return SourceArn === undefined || matchesAny([patternOf(SourceArn, logicalId)], sourceArn);
  });
  if (granted) return;
  throw new Error(
    `${sourceArn} may not invoke ${name}: the template has no AWS::Lambda::Permission that lets ${service}.amazonaws.com.`,
  );
}
