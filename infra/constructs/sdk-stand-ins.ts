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
