/** SES v2 in terms of v1. SendEmail becomes the form of SendEmail or SendRawEmail. Errors get the names of v2. */
import * as z from 'zod';
import { refusal } from '../endpoint/refusal.ts';
import {
  AccessDenied,
  type Authorize,
  type AwsRequest,
  type AwsResponse,
  type Principal,
} from '../endpoint/service.ts';
import { type Message, readMessage, SesRefusal } from './message.ts';
import type { Sending } from './sending.ts';

const text = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const addresses = z.array(z.string()).default([]);

/** Strict: what is not here, such as a template, would be accepted and ignored. */
const sendEmail = z.strictObject({
  FromEmailAddress: z.string().optional(),
  Destination: z.strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }).prefault({}),
  ReplyToAddresses: addresses,
  Content: z.union([
    z.strictObject({ Raw: z.strictObject({ Data: z.string() }) }),
    z.strictObject({
      Simple: z.strictObject({
        Subject: text,
        Body: z.strictObject({ Text: text.optional(), Html: text.optional() }),
      }),
    }),
  ]),
  EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  ConfigurationSetName: z.string().optional(),
});

/** The form of v1 that sends the same mail. */
export function formOf(input: z.infer<typeof sendEmail>): URLSearchParams {
  const form = new URLSearchParams();
  const { ToAddresses, CcAddresses, BccAddresses } = input.Destination;
  const members = (prefix: string, values: readonly string[]) => {
    for (const [index, value] of values.entries()) form.set(`${prefix}.member.${index + 1}`, value);
  };
  if (input.FromEmailAddress !== undefined) form.set('Source', input.FromEmailAddress);
  if ('Raw' in input.Content) {
    form.set('Action', 'SendRawEmail');
    form.set('RawMessage.Data', input.Content.Raw.Data);
    members('Destinations', [...ToAddresses, ...CcAddresses, ...BccAddresses]);
  } else {
    const { Subject, Body } = input.Content.Simple;
    form.set('Action', 'SendEmail');
    members('Destination.ToAddresses', ToAddresses);
    members('Destination.CcAddresses', CcAddresses);
    members('Destination.BccAddresses', BccAddresses);
    members('ReplyToAddresses', input.ReplyToAddresses);
    form.set('Message.Subject.Data', Subject.Data);
    if (Body.Text) form.set('Message.Body.Text.Data', Body.Text.Data);
    if (Body.Html) form.set('Message.Body.Html.Data', Body.Html.Data);
  }
  for (const [index, { Name, Value }] of input.EmailTags.entries()) {
    form.set(`Tags.member.${index + 1}.Name`, Name);
    form.set(`Tags.member.${index + 1}.Value`, Value);
  }
  if (input.ConfigurationSetName !== undefined) form.set('ConfigurationSetName', input.ConfigurationSetName);
  return form;
}

/** The names of v1's errors in v2, and their HTTP status. */
const errors: Readonly<Record<string, readonly [name: string, status: number]>> = {
  MessageRejected: ['MessageRejected', 400],
  Throttling: ['TooManyRequestsException', 429],
  ConfigurationSetDoesNotExist: ['NotFoundException', 404],
  ConfigurationSetSendingPausedException: ['SendingPausedException', 400],
};

export interface VersionTwoOptions {
  readonly sending: Pick<Sending, 'identities'>;
  readonly authorize: Authorize;
  /** Sends the mail as v1 does, and gives its id. Rejects with `SesRefusal` and `AccessDenied`. */
  readonly send: (message: Message, principal: Principal) => Promise<string>;
}

/** Answers SendEmail and ListEmailIdentities of v2. */
export function createVersionTwo({ sending, authorize, send }: VersionTwoOptions) {
  const json = (body: object): AwsResponse => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const routes: Readonly<Record<string, (request: AwsRequest) => Promise<AwsResponse>>> = {
    'POST /v2/email/outbound-emails': async ({ body, principal }) => {
      const input = sendEmail.parse(JSON.parse(body.toString('utf8')));
      return json({ MessageId: await send(await readMessage(formOf(input)), principal) });
    },
    'GET /v2/email/identities': async ({ principal }) => {
      authorize(principal, 'ses:ListEmailIdentities', '*');
      return json({
        EmailIdentities: sending.identities().map((IdentityName) => ({
          IdentityType: IdentityName.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
          IdentityName,
          SendingEnabled: true,
          VerificationStatus: 'SUCCESS',
        })),
      });
    },
  };
  return async (request: AwsRequest): Promise<AwsResponse> => {
    const route = routes[`${request.method} ${request.path.replace(/\/$/, '')}`];
    if (!route) {
      const sentence = `The local SES has no ${request.method} ${request.path}: of v2 it has SendEmail and ListEmailIdentities.`;
      return refusal(request, 404, 'UnknownOperationException', sentence);
    }
    try {
      return await route(request);
    } catch (error) {
      if (error instanceof AccessDenied) return refusal(request, 403, error.name, error.message);
      if (error instanceof SesRefusal) {
        const [name, status] = errors[error.code] ?? ['BadRequestException', 400];
        return refusal(request, status, name, error.message);
      }
      if (error instanceof z.ZodError) return refusal(request, 400, 'BadRequestException', z.prettifyError(error));
      if (error instanceof SyntaxError) return refusal(request, 400, 'BadRequestException', error.message);
      throw error;
    }
  };
}
