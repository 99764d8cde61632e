/** The Principal element of a resource's own policy. */
import { localAccount } from '../endpoint/service.ts';

/** Who makes a call, as policies name callers. */
export interface Caller {
  /** Every ARN that names the caller: of a role also that of its session. Empty for an AWS service. */
  readonly arns: readonly string[];
  /** The name of an AWS service, such as `cloudwatch.amazonaws.com`. */
  readonly service?: string;
}

/**
 * How a policy names a caller. By `name` it gives permission itself. By `account` it only lets the identity policies of
 * the account decide.
 */
export type NamedBy = 'name' | 'account' | undefined;

export type PrincipalPattern = (caller: Caller) => NamedBy;

export const accountRoot = `arn:aws:iam::${localAccount}:root`;

const listOf = (value: unknown) => [value].flat().map(String);

/** Throws a sentence for a kind of principal that is not known here. IAM takes no part of an ARN, so that throws too. */
export function readPrincipal(principal: unknown, where: string): PrincipalPattern {
  if (principal === undefined) throw new Error(`${where} names no Principal, which a resource's own policy needs.`);
  if (principal === '*') return () => 'name';
  const patterns = Object.entries(principal as Readonly<Record<string, unknown>>).map(([kind, names]) => {
    if (kind === 'AWS') return awsPrincipals(listOf(names), where);
    if (kind === 'Service') return services(listOf(names));
    throw new Error(`${where} names a principal of the kind ${kind}, which the embedded cloud does not evaluate.`);
  });
  return (caller) => {
    const found = patterns.map((pattern) => pattern(caller));
    return found.find((by) => by === 'name') ?? found.find((by) => by === 'account');
  };
}

/** As in IAM, `{"AWS": "*"}` is everyone, services too. */
function awsPrincipals(names: readonly string[], where: string): PrincipalPattern {
  if (names.includes('*')) return () => 'name';
  const partial = names.find((name) => name.includes('*'));
  if (partial !== undefined) throw new Error(`${where} names the principal ${partial}: IAM takes no part of an ARN.`);
  const namesAccount = names.some((name) => name === localAccount || name === accountRoot);
  return ({ arns }) => {
    if (arns.some((arn) => names.includes(arn))) return 'name';
    return namesAccount && arns.length > 0 ? 'account' : undefined;
  };
}

const services =
  (names: readonly string[]): PrincipalPattern =>
  ({ service }) =>
    service !== undefined && names.includes(service) ? 'name' : undefined;
