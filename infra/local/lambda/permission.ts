import { AccessDenied, type Authorize } from '../endpoint/service.ts';

/**
 * Throws a sentence unless the function's own policy lets an AWS service invoke it on behalf of `sourceArn`. That is the
 * ARN of a rule, a topic or a method. On AWS a missing AWS::Lambda::Permission shows only as events that never arrive.
 */
export function requirePermission(
  authorize: Authorize,
  functionArn: string,
  service: 'apigateway' | 'cognito-idp' | 'events' | 'sns',
  sourceArn: string,
): void {
  const principal = { kind: 'service', name: `${service}.amazonaws.com`, sourceArn } as const;
  try {
    authorize(principal, 'lambda:InvokeFunction', functionArn);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    const name = functionArn.replace(/^.*:function:/, '');
    throw new Error(
      `${sourceArn} may not invoke ${name}: the template has no AWS::Lambda::Permission that lets ${service}.amazonaws.com.`,
    );
  }
}
