import { Alias, type IFunction, type IVersion, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { nameExactly } from './kept-resources.ts';

/** The one alias of every function. It names the version that is in use. */
const liveAlias = 'live';

/**
 * The alias `live` of the function, made at its first use. Each caller of a function names the alias. So a bad
 * release is taken back by moving it. See docs/decisions/033-versions-and-the-live-alias.md.
 */
export function live(of: LambdaFunction): IFunction {
  const known = of.node.tryFindChild('Live');
  if (known instanceof Alias) return known as IFunction;
  const alias = new Alias(of, 'Live', {
    aliasName: liveAlias,
    // The CDK's own types differ in an optional role, which a version and an alias of the stack always have.
    version: of.currentVersion as IVersion,
    description: 'The version in use: each trigger and each state machine calls this alias.',
  });
  nameExactly(alias, `${of.node.id}Live`);
  return alias as IFunction;
}
