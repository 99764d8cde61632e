/** Reads a call of the SES v1 Query protocol, and the mail in it, into one shape. */
import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface Message {
  readonly action: 'SendEmail' | 'SendRawEmail';
  readonly raw: Buffer;
  /** The bare address of Source or, without one, of the From header. */
  readonly source: string;
  /** Every bare address that must be verified: Source, From, Sender and Return-Path. Reply-To need not be. */
  readonly claimed: readonly string[];
  /** Each of these addresses with each display name beside it. The name is empty where there is none. */
  readonly senders: readonly { readonly address: string; readonly displayName: string }[];
  readonly recipients: readonly string[];
  readonly headers: readonly Header[];
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
}

/** An answer of SES that is not success. `code` is what the AWS SDK looks at. */
export class SesRefusal extends Error {
  override name = 'SesRefusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const mostRecipients = 50;
const mostBytes = 10 * 1024 * 1024;
const tagShape = /^[A-Za-z0-9_-]{1,256}$/;

/**
 * Reads the form of a SendEmail or SendRawEmail call. SendEmail's parts are composed into the MIME message SES would
 * send, so that both actions are one from here on. Throws `SesRefusal` on what SES refuses for its shape or size.
 */
export async function readMessage(form: URLSearchParams): Promise<Message> {
  const action = form.get('Action') === 'SendRawEmail' ? 'SendRawEmail' : 'SendEmail';
  const raw = action === 'SendRawEmail' ? Buffer.from(needed(form, 'RawMessage.Data'), 'base64') : await compose(form);
  if (raw.length > mostBytes) {
    throw new SesRefusal(
      'InvalidParameterValue',
      `Message length is more than ${mostBytes} bytes long: '${raw.length}'.`,
    );
  }
  const { headers, subject } = await readHead(raw);
  const header = (name: string) => headers.find((each) => each.name.toLowerCase() === name)?.value;

  // A mail may hold several From headers, and each reader's program chooses which one it shows.
  const froms = headers.filter(({ name }) => name.toLowerCase() === 'from').map(({ value }) => value);
  const all = [form.get('Source'), ...froms].flatMap(sendersOf);
  const senders = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
  const source = senders[0]?.address;
  const others = headers
    .filter(({ name }) => /^(sender|return-path)$/i.test(name))
    .flatMap(({ value }) => addressesOf(value));
  const claimed = unique([...senders.map(({ address }) => address), ...others]);
  if (source === undefined) throw new SesRefusal('InvalidParameterValue', "Missing required header 'From'.");

  const named = [
    ...list(form, 'Destinations'),
    ...['To', 'Cc', 'Bcc'].flatMap((field) => list(form, `Destination.${field}Addresses`)),
  ];
  const recipients = unique((named.length > 0 ? named : ['to', 'cc', 'bcc'].map(header)).flatMap(addressesOf));
  if (recipients.length === 0) throw new SesRefusal('InvalidParameterValue', "Missing required header 'To'.");
  if (recipients.length > mostRecipients) {
    throw new SesRefusal('InvalidParameterValue', `Recipient count exceeds ${mostRecipients}.`);
  }
  const malformed = [...claimed, ...recipients].find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (malformed !== undefined) throw new SesRefusal('InvalidParameterValue', `Missing final '@domain': ${malformed}`);

  return {
    action,
    raw,
    source,
    claimed,
    senders,
    recipients,
    headers,
    subject,
    tags: readTags(form, header('x-ses-message-tags')),
    configurationSet: form.get('ConfigurationSetName') ?? header('x-ses-configuration-set'),
  };
}

/** Tags given as parameters win: SES does not join them with those of the header. */
function readTags(form: URLSearchParams, header: string | undefined): Record<string, string> {
  const given: (readonly [string, string])[] = [];
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n += 1) {
    given.push([needed(form, `Tags.member.${n}.Name`), form.get(`Tags.member.${n}.Value`) ?? '']);
  }
  const tags =
    given.length > 0
      ? given
      : (header ?? '')
          .split(',')
          .filter((pair) => pair.trim() !== '')
          .map((pair) => [pair.split('=')[0]?.trim() ?? '', pair.split('=').slice(1).join('=').trim()] as const);
  for (const [name, value] of tags) {
    for (const [what, text] of [
      ['name', name],
      ['value', value],
    ] as const) {
      if (tagShape.test(text)) continue;
      const rule = "only alphanumeric ASCII characters, '_', and '-' are allowed.";
      throw new SesRefusal('InvalidParameterValue', `Invalid tag ${what} <${text}>: ${rule}`);
    }
  }
  return Object.fromEntries(tags);
}

function compose(form: URLSearchParams): Promise<Buffer> {
  const optional = (key: string, field: string) => {
    const value = form.get(key);
    return value === null ? {} : { [field]: value };
  };
  if (!form.has('Message.Body.Text.Data') && !form.has('Message.Body.Html.Data')) {
    throw new SesRefusal('InvalidParameterValue', 'Missing required value: Message.Body.');
  }
  return new MailComposer({
    from: needed(form, 'Source'),
    to: list(form, 'Destination.ToAddresses'),
    cc: list(form, 'Destination.CcAddresses'),
    replyTo: list(form, 'ReplyToAddresses'),
    subject: needed(form, 'Message.Subject.Data'),
    ...optional('Message.Body.Text.Data', 'text'),
    ...optional('Message.Body.Html.Data', 'html'),
  })
    .compile()
    .build();
}

function needed(form: URLSearchParams, key: string): string {
  const value = form.get(key);
  if (value === null) throw new SesRefusal('ValidationError', `Missing required parameter ${key}.`);
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

/** The addresses of a field, each with a display name or an empty one. */
const sendersOf = (field: string | null | undefined) =>
  addressparser(field, { flatten: true }).map(({ address, name }) =>
    address ? { address, displayName: name } : { address: name, displayName: '' },
  );

const addressesOf = (field: string | null | undefined): string[] => sendersOf(field).map(({ address }) => address);

const unique = (values: readonly string[]) => [...new Set(values)];
