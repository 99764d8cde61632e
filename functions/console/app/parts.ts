/** Everything that the console is handed from outside. */
import type { Context } from 'hono';
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import type { Evenly } from '../../../shared/application/read/evenly.ts';
import type { Lists } from '../../../shared/application/read/page-cursors.ts';
import type { Proofs } from '../../../shared/application/read/proof-download.ts';
import type { CallsParts, UnansweredList } from '../../../shared/application/read/read-calls.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { Directory } from '../../../shared/store/directory-reads.ts';
import type { Facts } from '../../../shared/store/facts.ts';
import type { Identities } from '../../../shared/store/identities.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import type { Sessions } from '../../../shared/store/sessions.ts';
import type { VaultIndex } from '../../../shared/store/vault-index.ts';
import type { Waits } from '../../../shared/store/waits.ts';
import type { Option } from '../forms/form-fields.ts';
import type { Asset } from './assets.ts';
import type { Frame } from './frame.tsx';
import type { Oidc } from './oidc.ts';
import type { SignedInSession } from './session.ts';

export interface ConsoleParts {
  readonly ledger: Ledger;
  readonly identities: Identities & VaultIndex;
  readonly board: Lists;
  /** The rows that figures are made of. */
  readonly facts: Pick<Facts, 'ofMonth'>;
  readonly waits: Pick<Waits, 'of'>;
  readonly directory: Directory;
  /** The telephone number of the person on call at a UTC instant. It is never the reader's own. */
  readonly oncall: (now: string, readerId: string) => Promise<string | undefined>;
  readonly sessions: Sessions;
  readonly oidc: Oidc;
  /** What the pool of sign-ins says of an account, at most a minute ago. Rejects with SignInServiceBusy. */
  readonly lookUpAccount: (sub: string) => Promise<{ readonly enabled: boolean; readonly hasFactor: boolean }>;
  /** Closes an account in the pool of sign-ins. Rejects where the pool does not answer. */
  readonly closeAccount: (sub: string) => Promise<void>;
  /** Seconds until this person may send the next request. 0 lets the request in, and counts it. */
  readonly waitFor: (personId: string) => Promise<number>;
  /** The key of the vault's digests. */
  readonly secretKey: () => Promise<string>;
  readonly policyOf: (version: string) => Policy;
  /** The ARNs of the two state machines: pages lead to their executions. The console calls neither. */
  readonly machines: { readonly referral: string; readonly deadline: string };
  readonly proofs: Proofs;
  /** The console's address, with its path where it has one. */
  readonly consoleUrl: string;
  /** The files that pages load. */
  readonly assets: readonly Asset[];
  /** Every person here is invented: the stage is not production. */
  readonly training: boolean;
  /** For answers whose time must tell nothing. */
  readonly evenly: Evenly;
  /** UTC instant. */
  readonly now: () => string;
  /** Random, and impossible to guess. */
  readonly newId: () => string;
  /** `fault` is the number that the page shows. */
  readonly onFault: (error: unknown, fault: string) => void;
}

export type Request = Context<ConsoleEnv>;
export type NoticeStatus = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503;
type Answered = Response | Promise<Response>;

/** What a folder of the console's pages is handed beside the parts. */
export interface Place {
  readonly frameOf: (context: Request) => Frame;
  readonly visitorIn: (context: Request) => Visitor;
  readonly url: (path: string) => string;
  /** The professionals that a form of this person can name. */
  readonly people: (visitor: Visitor) => Promise<readonly Option[]>;
  /** A page of one sentence. */
  readonly notice: (context: Request, status: NoticeStatus, title: string, sentence: string) => Answered;
  readonly forbidden: (context: Request, sentence: string) => Answered;
  /** One answer for what is not there and for what is closed to this person, so that it tells nothing. */
  readonly notFound: (context: Request) => Answered;
}

export interface ConsoleEnv {
  Variables: {
    session?: SignedInSession;
    form: URLSearchParams;
    unanswered?: Promise<UnansweredList>;
    /** The stores of the calls, which read each thing once for this request. */
    reading?: CallsParts;
  };
}
