/**
 * Replaces parts of the AWS SDK that no function can reach, and that make a quarter of a bundle. `bundle.ts` puts this file in
 * their place. If the SDK needs more of them than this file has, bundling fails.
 */

/**
 * Replaces `@aws-sdk/credential-provider-node`, which brings clients for single sign-on and STS, and readers of profiles and
 * instance metadata. Lambda and the embedded cloud put a function's credentials into its environment. They are valid as long as
 * the process runs. The provider rejects where they are missing.
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('A function takes its credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: set both.');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};

/** Replaces `@aws-sdk/endpoint-cache`. The DynamoDB client makes one, and none of its operations reads it. */
export class EndpointCache {}

/** Replaces `@smithy/core/event-streams`, for operations that answer with a stream of events. None is used here. */
export const eventStreamSerdeProvider = () => {
  throw new Error('Event streams are left out of the bundles: see infra/constructs/sdk-stand-ins.ts.');
};
export const EventStreamSerde = eventStreamSerdeProvider;
/** S3's client sets up event streams when it is made, for one operation that no function calls. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

interface AddressParameters {
  readonly Region?: string;
  /** An address that was set, such as that of the embedded cloud. */
  readonly Endpoint?: string;
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
}

/** The ends of AWS's addresses by the beginning of a region's name. The others have domains of their own. */
const domains: readonly (readonly [region: RegExp, domain: string])[] = [
  [/^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?!iso)[a-z]+-\d+$/, 'amazonaws.com'],
  [/^us-gov-[a-z]+-\d+$/, 'amazonaws.com'],
  [/^cn-[a-z]+-\d+$/, 'amazonaws.com.cn'],
];

/**
 * Replaces the rules by which a client finds the address of its service (`lighter-sources.ts`). `host`: the service's part of
 * the address. Throws a sentence where an address of another form is asked for.
 */
export const addressOf = (host: string) => {
  const known = new Map<string, { readonly url: URL }>();
  return ({ Region = '', Endpoint, UseFIPS, UseDualStack }: AddressParameters) => {
    const domain = domains.find(([region]) => region.test(Region))?.[1];
    if (UseFIPS || UseDualStack || (Endpoint === undefined && domain === undefined)) {
      throw new Error(
        `No address is known for the service ${host} in the region "${Region}", or one of FIPS or of dual stack is wanted: see infra/constructs/sdk-stand-ins.ts.`,
      );
    }
    const address = Endpoint ?? `https://${host}.${Region}.${domain}`;
    const found = known.get(address) ?? { url: new URL(address) };
    known.set(address, found);
    // The client adds headers of its own to what it gets.
    return { url: found.url, headers: {}, properties: {} };
  };
};
