/** Reads a call of SendRawEmail in the Query protocol of SES v1, and the mail in it, into one shape. */
import addressparser from 'nodemailer/lib/addressparser';
import { Refusal } from '../endpoint/service.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface Message {
  readonly raw: Buffer;
  /** The bare address of Source. */
  readonly source: string;
  /** The bare addresses of Source and of every From header. Each must be verified. */
  readonly senders: readonly string[];
  readonly recipients: readonly string[];
  readonly headers: readonly Header[];
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string;
}

const tagShape = /^[A-Za-z0-9_-]{1,256}$/;

/** Reads the form of a SendRawEmail call. Throws a refusal on what SES refuses for its shape. */
export async function readMessage(form: URLSearchParams): Promise<Message> {
  const raw = Buffer.from(needed(form, 'RawMessage.Data'), 'base64');
  const { headers, subject } = await readHead(raw);

  // A mail may hold several From headers, and each reader's program chooses which one it shows.
  const froms = headers.filter(({ name }) => name.toLowerCase() === 'from').map(({ value }) => value);
  const senders = unique([needed(form, 'Source'), ...froms].flatMap(addressesOf));
  const recipients = unique(list(form, 'Destinations').flatMap(addressesOf));
  const malformed = [...senders, ...recipients].find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (malformed !== undefined) throw new Refusal('InvalidParameterValue', `Missing final '@domain': ${malformed}`);

  return {
    raw,
    source: senders[0] ?? '',
    senders,
    recipients,
    headers,
    subject,
    tags: readTags(form),
    configurationSet: needed(form, 'ConfigurationSetName'),
  };
}

function readTags(form: URLSearchParams): Record<string, string> {
  const tags: (readonly [string, string])[] = [];
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n += 1) {
    tags.push([needed(form, `Tags.member.${n}.Name`), needed(form, `Tags.member.${n}.Value`)]);
  }
  const wrong = tags.flat().find((text) => !tagShape.test(text));
  if (wrong !== undefined) {
    const rule = "only alphanumeric ASCII characters, '_', and '-' are allowed.";
    throw new Refusal('InvalidParameterValue', `Invalid tag <${wrong}>: ${rule}`);
  }
  return Object.fromEntries(tags);
}

function needed(form: URLSearchParams, key: string): string {
  const value = form.get(key);
  if (value === null) throw new Refusal('ValidationError', `Missing required parameter ${key}.`);
  return value;
}

function list(form: URLSearchParams, prefix: string): string[] {
  const values: string[] = [];
  for (let n = 1; form.has(`${prefix}.member.${n}`); n += 1) values.push(form.get(`${prefix}.member.${n}`) ?? '');
  return values;
}

/** The headers as they were written, each on one line, and the subject decoded. The parts of the mail are not read. */
async function readHead(raw: Buffer): Promise<{ readonly headers: readonly Header[]; readonly subject: string }> {
  const end = raw.indexOf('\r\n\r\n');
  // At the first mail, because the library takes a quarter of a second to load.
  const { simpleParser } = await import('mailparser');
  const { headerLines, subject = '' } = await simpleParser(end === -1 ? raw : raw.subarray(0, end + 4));
  const headers = headerLines.flatMap(({ line }) => {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replaceAll(/\r?\n[ \t]+/g, ' ');
    return colon < 1 ? [] : [{ name: line.slice(0, colon), value: value.trim() }];
  });
  return { headers, subject };
}

const addressesOf = (field: string): string[] =>
  addressparser(field, { flatten: true }).map(({ address, name }) => address || name);

const unique = (values: readonly string[]) => [...new Set(values)];
