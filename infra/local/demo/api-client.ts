/** The product's HTTP API as the demo's people use it: each with a token of their own. */

export interface DeadlineView {
  readonly id: string;
  readonly rule: string;
  /** The service or the discipline it is about, where there are several of one rule. */
  readonly subject?: string;
  readonly kind: string;
  readonly start: string;
  readonly due: string;
  readonly status: string;
  readonly missed: boolean;
  readonly late: boolean;
  /** Roles and seats that are asked for it. */
  readonly waitsOn: readonly string[];
  readonly owesExplanation: boolean;
  readonly explanation?: { readonly willBeKept: boolean };
  readonly countersignedBy?: string;
}

/** One way to do a step: a command. `input` is sent as it is, and `fields` are filled in. */
export interface ActView {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly fields: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly choices?: readonly string[];
    readonly listedAt?: string;
  }[];
}

export interface StepView {
  readonly title: string;
  readonly deadlineId?: string;
  readonly due?: string;
  readonly acts: readonly ActView[];
}

interface LinkageView {
  readonly service: string;
  readonly status: string;
  readonly providerId?: string;
  readonly contactId?: string;
  readonly suspended?: boolean;
}

export interface ReferralView {
  readonly id: string;
  readonly seq: number;
  readonly stage: string;
  readonly danger: string;
  readonly missing: boolean;
  /** `as-usual`; or which people of the family may not be told. */
  readonly mayContactFamily: string;
  readonly deadlines: readonly DeadlineView[];
  readonly screenings: readonly { readonly outcome: string }[];
  readonly proposal?: { readonly outcome: string };
  readonly decision?: { readonly outcome: string };
  readonly checklist?: unknown;
  readonly screeningProposal?: { readonly facts: readonly { readonly fact: string; readonly said: string }[] };
  readonly downgrade?: unknown;
  readonly lowering?: unknown;
  readonly liaison?: string;
  readonly liaisonAcceptedAt?: string;
  readonly team?: string;
  readonly routing?: {
    readonly town: string;
    readonly region: number;
    readonly office: string;
    readonly judicialDistrict: string;
    readonly team: string;
  };
  readonly seats: readonly {
    readonly discipline: string;
    readonly personId: string;
    readonly deputyId?: string;
    readonly required: boolean;
    readonly answer?: string;
    readonly answeredBy?: string;
  }[];
  /** By the id of the person: who has signed the notice of confidentiality. */
  readonly confidentialityAgreements: Readonly<Record<string, unknown>>;
  readonly meetings: readonly unknown[];
  readonly consents: readonly { readonly service: string }[];
  readonly linkages: Readonly<Record<string, LinkageView>>;
  readonly child: { readonly indicators: readonly string[]; readonly residenceTown: string };
  readonly inTheWayOfClosing: readonly string[];
  /** What the person who reads it can do now, the most urgent first. */
  readonly nextSteps: readonly StepView[];
}

export interface PeopleView {
  readonly roles: readonly { readonly role: string; readonly people: readonly Contact[] }[];
  readonly seats: readonly { readonly discipline: string; readonly holder?: Contact; readonly deputy?: Contact }[];
  readonly providers: readonly { readonly service: string; readonly contact?: Contact }[];
}

interface Contact {
  readonly id: string;
  readonly title: string;
  readonly email: string;
}

export interface AuditView {
  readonly referralId: string;
  readonly stage: string;
  readonly chain: { readonly intact: boolean; readonly length: number; readonly sentence?: string };
  readonly alertChainsIntact: boolean;
  readonly commits: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actor: { readonly kind: string };
    readonly who: string;
    readonly events: readonly { readonly type: string }[];
    readonly says: readonly string[];
  }[];
  readonly deadlines: readonly (DeadlineView & {
    readonly why: string;
    readonly obligation: string;
    readonly keptAt?: string;
  })[];
}

export interface Problem {
  readonly path: string;
  readonly sentence: string;
}

/** An answer that is no success. `problems` is there where fields are wrong. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly problems: readonly Problem[];
  constructor(status: number, detail: string, problems: readonly Problem[] = []) {
    super(detail);
    this.status = status;
    this.problems = problems;
  }
}

export type Api = ReturnType<typeof clientOver>;

/** One request by the person of this address. Rejects with `ApiRefusal` where the answer is no success. */
export type Ask = (
  person: string,
  method: string,
  path: string,
  body?: unknown,
  etag?: string | null,
) => Promise<{ readonly answer: unknown; readonly etag: string | null }>;

/** The refusal that an answer tells. */
export const refusalIn = (
  status: number,
  { detail, message, problems }: { detail?: string; message?: string; problems?: readonly Problem[] },
): ApiRefusal => new ApiRefusal(status, detail ?? message ?? 'no reason given', problems);

/** Asks over HTTP, with a token of each person. */
const askOver =
  ({ webUrl, token }: { readonly webUrl: string; readonly token: (email: string) => Promise<string> }): Ask =>
  async (person, method, path, body, etag) => {
    const response = await fetch(`${webUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token(person)}`,
        'content-type': 'application/json',
        ...(etag && { 'if-match': etag }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw refusalIn(response.status, answer as Parameters<typeof refusalIn>[1]);
    return { answer, etag: response.headers.get('etag') };
  };

export const createApiClient = (cloud: Parameters<typeof askOver>[0]) => clientOver(askOver(cloud));

export function clientOver(ask: Ask) {
  const call = async (...given: Parameters<Ask>): Promise<unknown> => (await ask(...given)).answer;

  /** A person reads what they replace or approve. Mail may have raised the number of the referral since: they read it again. */
  async function perform(person: string, id: string, name: string, input: unknown): Promise<unknown> {
    let etag: string | null | undefined;
    for (let tries = 0; ; tries += 1) {
      try {
        return await call(person, 'POST', `/referrals/${id}/commands/${name}`, input, etag);
      } catch (error) {
        const isUnread = error instanceof ApiRefusal && (error.status === 428 || error.status === 412);
        if (!isUnread || tries === 5) throw error;
        ({ etag } = await ask(person, 'GET', `/referrals/${id}`));
      }
    }
  }
  return {
    report: (person: string, report: unknown) =>
      call(person, 'POST', '/reports', report) as Promise<{ reportId: string; referralIds: readonly string[] }>,
    /** A person without a part in it says the purpose that is suggested to them. */
    referral: async (person: string, id: string): Promise<ReferralView> => {
      const first = (await call(person, 'GET', `/referrals/${id}`)) as ReferralView & { suggestedPurpose?: string };
      const { suggestedPurpose: purpose } = first;
      return purpose === undefined
        ? first
        : ((await call(person, 'GET', `/referrals/${id}?purpose=${purpose}`)) as ReferralView);
    },
    people: (person: string, id: string) => call(person, 'GET', `/referrals/${id}/people`) as Promise<PeopleView>,
    audit: (person: string, id: string) => call(person, 'GET', `/referrals/${id}/audit`) as Promise<AuditView>,
    command: (person: string, id: string, name: string, input: unknown) =>
      perform(person, id, name, input) as Promise<ReferralView>,
    /** The id of the first entry of a list, such as `/providers/education`. */
    firstListed: async (person: string, address: string) => {
      const answer = (await call(person, 'GET', address)) as Readonly<
        Record<string, readonly { readonly id: string }[]>
      >;
      return Object.values(answer).find((list) => Array.isArray(list))?.[0]?.id;
    },
  };
}
