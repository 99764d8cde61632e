/**
 * Stands in, inside the functions' bundles, for parts of the AWS SDK that no function can reach and that are a quarter
 * of a bundle: `bundle.ts` names this file in their place. An SDK that wants more of them than is here fails to bundle.
 */
// @ts-nocheck


/**
 * For `@aws-sdk/credential-provider-node`, which brings clients for single sign-on and STS, and readers of profiles and
 * of instance metadata. Lambda puts a function's credentials in its environment, and so does the embedded cloud; they
 * hold for as long as the process runs. The provider rejects where they are missing.
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

/** For `@aws-sdk/endpoint-cache`: the DynamoDB client makes one and has no operation that looks into it. */
export class EndpointCache {}

/** For `@smithy/core/event-streams`, loaded for operations that answer with a stream of events; none used here does. */
export const eventStreamSerdeProvider = () => {
  throw new Error('Event streams are left out of the bundles: see infra/constructs/sdk-stand-ins.ts.');
};
export const EventStreamSerde = eventStreamSerdeProvider;
