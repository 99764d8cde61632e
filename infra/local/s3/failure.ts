/** The errors of S3, in its XML form. */
import { randomUUID } from 'node:crypto';
import type { AwsResponse } from '../endpoint/service.ts';
import { element } from './xml.ts';

interface Details {
  /** Further elements of the error, such as the key that is not there. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal of S3 with its HTTP status and code. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly details: Details;
  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const accessDenied = (message = 'Access Denied') => new S3Error(403, 'AccessDenied', message);

export const protectedByLock = () => accessDenied('Access Denied because object protected by object lock.');

export const invalidArgument = (message: string, name: string, value?: string) =>
  new S3Error(400, 'InvalidArgument', message, {
    fields: { ArgumentName: name, ...(value !== undefined && { ArgumentValue: value }) },
  });

export const invalidRequest = (message: string) => new S3Error(400, 'InvalidRequest', message);

export const malformedXml = () =>
  new S3Error(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

export const notImplemented = (message: string, fields: Readonly<Record<string, string>> = {}) =>
  new S3Error(501, 'NotImplemented', message, { fields });

/** For a header whose meaning would be ignored, in AWS's words. */
export const headerNotImplemented = (fields: { readonly Header: string } & Readonly<Record<string, string>>) =>
  notImplemented('A header you provided implies functionality that is not implemented', fields);

export const preconditionFailed = (condition: string) =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    fields: { Condition: condition },
  });

export function errorAnswer({ status, code, message, details }: S3Error): AwsResponse {
  const fields = Object.entries({ Code: code, Message: message, ...details.fields, RequestId: randomUUID() });
  return {
    status,
    headers: { 'content-type': 'application/xml', ...details.headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', ...fields.map(([name, text]) => element(name, text))).xml}`,
  };
}
