/** What the API is made with, and what each request carries. */
import type { Visitor } from '../../shared/application/access/visitor.ts';
import type { Evenly } from '../../shared/application/read/evenly.ts';
import type { Lists } from '../../shared/application/read/page-cursors.ts';
import type { Proofs } from '../../shared/application/read/proof-download.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';
import type { Facts } from '../../shared/store/facts.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import type { VaultIndex } from '../../shared/store/vault-index.ts';
import type { Waits } from '../../shared/store/waits.ts';

export interface ApiParts {
  readonly ledger: Ledger;
  readonly identities: Identities & VaultIndex;
  readonly board: Lists;
  /** The rows that figures are made of. */
  readonly facts: Pick<Facts, 'ofMonth'>;
  readonly waits: Pick<Waits, 'of'>;
  readonly directory: Directory;
  /** The key of the vault's digests. */
  readonly secretKey: () => Promise<string>;
  readonly policyOf: (version: string) => Policy;
  /** The id of the person that the authorizer let in, read from the gateway's request. */
  readonly personIdOf: (request: unknown) => string | undefined;
  /** Epoch seconds of the sign-in of the request's token; 0 where the token does not say. */
  readonly signedInAtOf: (request: unknown) => number;
  /** The gateway's id of the request. */
  readonly requestIdOf: (request: unknown) => string | undefined;
  /** For answers whose time must tell nothing. */
  readonly evenly: Evenly;
  /** UTC instant. */
  readonly now: () => string;
  readonly newId: () => string;
  readonly proofs: Proofs;
  /** The text of docs/openapi.json. */
  readonly description: () => string;
  readonly onFault: (error: unknown) => void;
  /** Seconds until this person may send the next request. 0 lets the request in, and counts it. */
  readonly waitFor: (personId: string) => Promise<number>;
}

export type ApiEnv = { Bindings: { requestContext?: unknown }; Variables: { visitor: Visitor; requestId: string } };
