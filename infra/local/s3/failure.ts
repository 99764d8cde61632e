/** The errors of S3, in its XML form. */
import { randomUUID } from 'node:crypto';
import type { AwsResponse } from '../endpoint/service.ts';
import { toXml } from '../endpoint/xml.ts';

/** A refusal of S3 with its HTTP status and code. `fields`: further elements, such as the key that is not there. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export const accessDenied = (message = 'Access Denied') => new S3Error(403, 'AccessDenied', message);

export const notImplemented = (message: string) => new S3Error(501, 'NotImplemented', message);

export function errorAnswer({ status, code, message, fields }: S3Error): AwsResponse {
  const content = { Code: code, Message: message, ...fields, RequestId: randomUUID() };
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${toXml(content)}</Error>`,
  };
}
