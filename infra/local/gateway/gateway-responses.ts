/** The answers that API Gateway gives itself, with the template's own wording where it has one. */
import * as z from 'zod';
import { readProperties } from '../template/read-properties.ts';
import type { Template } from '../template/template.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

interface Default {
  readonly status: number;
  readonly errorType: string;
  /** Null is what API Gateway says, or does not say, of a broken authorizer. */
  readonly message: string | null;
}

/** MALFORMED_PROXY_RESPONSE is our name: API Gateway has none, only DEFAULT_5XX changes it. */
const defaults = {
  ACCESS_DENIED: {
    status: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: 'AuthorizerConfigurationException', message: null },
  AUTHORIZER_FAILURE: { status: 500, errorType: 'AuthorizerFailureException', message: null },
  BAD_REQUEST: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Endpoint request timed out',
  },
  MALFORMED_PROXY_RESPONSE: {
    status: 502,
    errorType: 'InternalServerErrorException',
    message: 'Internal server error',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
} satisfies Record<string, Default>;

export type ResponseType = keyof typeof defaults;

export type Refuse = (type: ResponseType, requestId: string, message?: string) => GatewayAnswer;

const properties = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z.coerce.number().optional(),
  ResponseParameters: z
    .record(
      z.string().regex(/^gatewayresponse\.header\.[^.]+$/, 'only headers can be set here'),
      z.string().regex(/^('.*'|context\.requestId)$/, 'only fixed values and the id of the request can be set here'),
    )
    .default({}),
  ResponseTemplates: z.strictObject({
    'application/json': z.string().regex(/^[^$]*$/, 'variables are not filled in here'),
  }),
});

/** Throws where a gateway response of the template uses variables or parameters that are not known here. */
export function createRefuse(template: Template): Refuse {
  const own = new Map<string, z.infer<typeof properties>>();
  for (const resource of template.ofType('AWS::ApiGateway::GatewayResponse')) {
    const response = readProperties(resource, properties);
    own.set(response.ResponseType, response);
  }

  return (type, requestId, message) => {
    const standard: Default = defaults[type];
    const changed = own.get(type) ?? own.get(standard.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    return {
      status: changed?.StatusCode ?? standard.status,
      // What the template sets takes the place of what is set anyway.
      headers: [
        ...new Map([
          ['content-type', 'application/json'],
          ['x-amzn-requestid', requestId],
          ['x-amzn-errortype', standard.errorType],
          ...Object.entries(changed?.ResponseParameters ?? {}).map(
            ([name, value]) =>
              [
                name.replace('gatewayresponse.header.', '').toLowerCase(),
                value === 'context.requestId' ? requestId : value.slice(1, -1),
              ] as const,
          ),
        ]),
      ],
      body: Buffer.from(
        changed?.ResponseTemplates['application/json'] ?? JSON.stringify({ message: message ?? standard.message }),
      ),
    };
  };
}
