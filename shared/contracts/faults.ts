/**
 * The workflows' definitions match these faults by name. Each name is a fixed string, because a minifier would change a class
 * name.
 */

/** The append lost ten races for the same chain. A later try helps. */
export class LedgerBusy extends Error {
  override readonly name = 'LedgerBusy';
}

/** A chain is not as it was written, or holds what none of this product's functions wrote. Nothing is added to it. */
export class ChainInDoubt extends Error {
  override readonly name = 'ChainInDoubt';
  readonly chain: string;
  /** The place of the first commit in doubt, from 1. */
  readonly seq: number;
  constructor(chain: string, seq: number) {
    super(`The chain ${chain} is in doubt at commit ${seq}: audit it.`);
    this.chain = chain;
    this.seq = seq;
  }
}

/** A service that this product needs did not answer. A later try helps. */
export class DependencyUnavailable extends Error {
  override readonly name = 'DependencyUnavailable';
}

/** Names and codes of errors of the AWS SDK after which a later try helps. */
const passing =
  /Throttl|TimeoutError|ProvisionedThroughput|RequestLimit|ServiceUnavailable|InternalServerError|ECONN|NetworkingError|Unavailable/;

/** Whether a service did not answer, and a later try helps. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && passing.test(`${error.name} ${'code' in error ? error.code : ''}`);
