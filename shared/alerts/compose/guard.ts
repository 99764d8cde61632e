/**
 * The last check of a mail before it is sent: a pure function that finds whatever looks like personal data. No template can say
 * such a thing. So anything found is a fault of ours, and the mail is not sent.
 */
import type { Notice } from '../../domain/alerts/notices.ts';
import {
  type Composing,
  type ComposingNotice,
  composeLetter,
  composeNotices,
  homeOf,
  type Letter,
  linkTo,
  type Message,
  noticePages,
} from './compose.ts';
import { newYorkZone } from './invitation.ts';

type Rule = 'canary' | 'birth-date' | 'phone' | 'street-address' | 'e-mail-address' | 'name';
type Where = 'subject' | 'text' | 'html' | 'header' | 'attachment' | 'file-name';

/** The kind and the place of a leak. It never holds the text, because it goes to a log. */
export interface Leak {
  readonly rule: Rule;
  readonly where: Where;
}

/** All parts of a mail that are sent. */
export type MailParts = Pick<Message, 'subject' | 'text' | 'html' | 'headers' | 'invitation'>;

export interface Expected {
  /** Addresses of the directory that this mail may hold: its reader's and ours. */
  readonly emails: readonly string[];
  /** Telephone numbers of the directory that this mail may hold. */
  readonly phones: readonly string[];
  /** The pages that the mail links to. */
  readonly links: readonly string[];
  /** A UTC instant. An instant years before it is no deadline, and may be a date of birth. */
  readonly now: string;
  /** Words planted in the vault, so that a leak shows. */
  readonly canaries?: readonly string[];
}

/** All planted words contain this one, as in `QZCANARY` and `canary-1a2b`. */
const canary = /canary/i;

/** Names of months with no other meaning, full and short, in both languages. */
const plainMonths =
  'january|february|march|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|abr|dic';
/** The last four are also common words. They count only beside a year, or with a day joined to them. */
const months = `${plainMonths}|may|mar|ago|set`;

/**
 * The forms of an instant in our own mail, in both languages and in a calendar object. The only group is the year, which
 * an instant of this year leaves out. A day without its time is in subjects alone.
 */
const ownInstants = [
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d{1,2}(?:, (\d{4}))?, \d{1,2}:\d{2} [AP]M\b/g,
  /\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo) \d{1,2} de [a-z]+(?: de (\d{4}))?, \d{1,2}:\d{2} [ap]\. m\./g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d{1,2}\b(?!,? ?(?:of |in )?['’]?\d{2})/g,
  /(?<!\p{L})(?:lun|mar|mié|jue|vie|sáb|dom) \d{1,2} [a-z]{3}\b(?!,? ?(?:del? |en )?['’]?\d{2})/gu,
  /^DT(?:START|END|STAMP)[^:\n]*:(\d{4})\d{4}T\d{6}Z?$/gm,
];

const rules: readonly (readonly [rule: Rule, shapes: readonly RegExp[]])[] = [
  ['canary', [canary]],
  [
    'birth-date',
    [
      /\b(?:d\.? ?o\.? ?b|date of birth|birth(?: ?da(?:te|y))?|b-?day|born|f(?:echa)?\.? ?(?:de )?nac(?:imiento)?|nacid[oa]|naci[oó]|cumpleaños)\b/i,
      /\b(?:19|20)\d{2} ?[-./·|\\_ ] ?\d{1,2} ?[-./·|\\_ ] ?\d{1,2}\b/,
      /\b\d{1,2} ?[-./·|\\_ ] ?\d{1,2} ?[-./·|\\_ ] ?['’]?(?:(?:19|20)\d{2}|\d{2})\b/,
      /\b(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)/,
      /\b(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2}(?:\d{2})?\b/,
      /\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?:\d{2})?\b/,
      /\b\d{1,2}[-./ ](?:I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[-./ ]\d{2,4}\b/,
      // A month beside a day or a year, in either order; with a day joined to it; or after "of".
      new RegExp(
        `\\b(?:${months})\\.?,? ?(?:\\d{1,2}(?:st|nd|rd|th)?,? )?(?:of |de |del )?['’]?(?:19|20)\\d{2}\\b`,
        'i',
      ),
      new RegExp(`\\b(?:${plainMonths})\\.?,? (?:the )?['’]?\\d{1,2}(?:st|nd|rd|th)?\\b`, 'i'),
      new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th|[.]?[ºª])?[- ](?:of |de )?(?:${plainMonths})\\b`, 'i'),
      new RegExp(
        `\\b\\d{1,2}(?:st|nd|rd|th|[.]?[ºª])?[-/ ]?(?:of |de )?(?:${months})[-./ ]?,? ?(?:de |del )?['’]?(?:19|20)?\\d{2}\\b`,
        'i',
      ),
      new RegExp(`\\b(?:of|de|del) (?:${plainMonths}|may)\\b`, 'i'),
      /\b(?:dos mil|mil novecientos|two thousand|nineteen (?:eighty|ninety)|twenty (?:ten|eleven|twelve|twenty))\b/i,
      /\b(?:\d{1,2}[- ]?(?:years?[- ]old|y\/?o\b|años)|(?:aged?|edad:?|turn(?:s|ed)) \d{1,2}\b)/i,
    ],
  ],
  [
    'phone',
    [
      /(?<![\dA-Z])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-./ ]?)\d{3}[-. ]?\d{4}(?![\dA-Z])/i,
      /(?<![\dA-Z-])\d{3}[-. ]\d{4}(?![\dA-Z-])/i,
      /(?<![\dA-Z-])\d{7}(?![\dA-Z-])/i,
      // Nine digits or more, with any marks between them. Nothing of ours is that long.
      /(?<![\dA-Z])(?:\d[ ().,/*_·|-]{0,3}){8,}\d/i,
    ],
  ],
  [
    'street-address',
    [
      /\b\d{1,6}[a-z]?\s+(?:[nsew]\.?\s+)?(?:[\p{L}.'-]+\s+){1,3}(?:street|str|avenue|ave|road|rd|boulevard|blvd|lane|ln|turnpike|tpke|terrace|ter|parkway|pkwy|highway|hwy|trail|trl|square|sq)\b/iu,
      /\b\d{1,6}\s+(?:\p{Lu}[\p{L}.'-]*\s+){1,3}(?:St|Court|Ct|Drive|Dr|Place|Pl|Way|Circle|Cir|Path|Row|Loop|Run|Crossing|Commons|Green|Hill|Park|Plaza)\b/u,
      /\b\d{1,6}\s+(?!(?:hours?|days?|minutes?|weeks?|months?|business|calendar)\b)[\p{L}.'-]+\s+(?:st|court|ct|drive|dr|place|pl|way|circle|cir)\b/iu,
      /(?<!\p{L})\p{Lu}[\p{L}'-]+ (?:Street|Avenue|Road|Boulevard|Lane|Turnpike|Parkway|Highway)\b/u,
      /(?<!\p{L})\p{Lu}[\p{L}'-]+ (?:St|Ave|Rd|Blvd|Ln|Dr|Ct)\.?,? \d/u,
      /\b\d{2,6}\s+(?:(?:state|old|u\.?s\.?)\s+)?(?:(?:route|rte|rt)\.?|us|sr|ct)[- ]?\d{1,3}\b/i,
      /(?<!\p{L})(?:calle|c\/|avenida|avda|av|carretera|carr|paseo|plaza|callejón|bulevar)\.?\s[^\n]{0,40}\d/iu,
      /\burb(?:\.|anización)\s\p{Lu}/iu,
      /\bp\.? ?o\.? ?b(?:ox)?\b/i,
      /\b(?:apt|apartment|apartamento|apto|depto|dpto|unit|unidad|suite|ste|room|rm|habitación|floor|fl|piso|lot|trailer|bldg|building|edificio|box|apartado|apdo)\.? ?#?\d+[a-z]?\b/i,
      /\b(?:[Aa]pt|[Aa]partment|[Aa]partamento|[Aa]pto|[Dd]e?pto|[Uu]nit|[Ss]uite|[Ss]te|[Rr]oom|[Bb]ldg|[Bb]uilding|[Ee]dificio)\.? #?[A-Z]\b/,
      /\b\d{1,2}(?:st|nd|rd|th|er|[.]?[ºª])\s(?:floor|fl|piso)\b/i,
      /(?<!&)#\d/,
      /(?<![\w-])0\d{4}(?:-\d{4})?(?!\w)/,
      /\b(?:CT|Conn(?:ecticut)?)\.?,? ?0\d{4}(?:-\d{4})?\b/,
      /\b\d{1,2}\.\d{3,}[°NS]?,? ?-?\d{1,3}\.\d{3,}/,
    ],
  ],
  // One character on either side is enough, and far faster than a whole address.
  ['e-mail-address', [/[^\s<>"':;,()](?:@|%40)[^\s<>"':;,()]/, /[[(] ?at ?[\])]/i, /(?<![^\s(:])@\p{L}/u]],
  // No template has a person's name, so the words before a name do not belong in a mail.
  [
    'name',
    [
      /\b(?:a\.?k\.?a|alias|(?:child|minor|menor|reporter)(?:['’]s)? (?:name|is called)|(?:name|nombre) ?:|nombre del|name of (?:the )?child|(?:her|his|their) name is|su nombre es|nickname|apodo|se llama)(?![\p{L}])/iu,
      /(?<!\p{L})(?:goes by|known as|conocid[oa] como|llamad[oa]) \p{Lu}/u,
      /(?<!\p{L})(?:[Cc]hild|[Mm]inor|[Mm]enor|[Nn]iñ[oa]|[Mm]other|[Ff]ather|[Mm]adre|[Pp]adre|[Vv]ictim|[Vv]íctima): ?\p{Lu}/u,
      /\b(?:SSN|social security|seguro social)\b/i,
    ],
  ],
];

const reference = /\b(?:CR|RP)-[0-9A-Z]{5}-[0-9A-Z]{6}(?:\.[0-9A-Z.]+)?\b/g;
const digits = (text: string) => text.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', commat: '@' };

/**
 * The text of an HTML mail as its reader sees it: without tags and entities. The text of attributes is kept, on lines of its own.
 */
function shownBy(html: string): string {
  const attributes = [...html.matchAll(/\b(?:href|src|title|alt|content|value)="([^"]*)"/g)].map(
    ([, value = '']) => value,
  );
  const shown = html.replaceAll(/<style>[\s\S]*?<\/style>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  return `${shown}\n${attributes.join('\n')}`
    .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(code, hex ? 16 : 10), 0x10ffff)),
    )
    .replaceAll(/&([a-z]+);/g, (all, name: string) => entities[name] ?? all);
}

/** The text of a calendar object: lines joined, escapes undone, and the zone's own rules left out. */
const shownByCalendar = (content: string): string =>
  content
    .replaceAll(/\r\n[ \t]/g, '')
    .replaceAll('\r\n', '\n')
    .replace(newYorkZone.join('\n'), '')
    .replaceAll(/\\n/gi, '\n')
    .replaceAll(/\\([\\;,])/g, '$1');

const isAscii = /^[\0-\x7f]*$/;
/** Replaces characters that look alike by one, and drops invisible ones. */
const plain = (text: string) => {
  // Most parts of a mail are plain ASCII, where no character looks like another.
  const alike = isAscii.test(text)
    ? text
    : text
        .normalize('NFKC')
        .replaceAll(/\p{Cf}/gu, '')
        .replaceAll(/[\u2010-\u2015\u2212]/g, '-');
  return alike.replaceAll(/[^\S\n]+/g, ' ');
};

/** Removes what a mail may hold: references, our instants, and the expected addresses and numbers. */
function takingOut({ emails, phones, links, now }: Expected): (text: string) => string {
  const oldest = Number(now.slice(0, 4)) - 2;
  // The longest first, because the link of the first alert is the beginning of the tenth's.
  const ours = links.toSorted((one, other) => other.length - one.length);
  const expected = [
    ...emails.map((email) => new RegExp(`(?<![\\w.+-])${escaped(email)}(?![\\w.-]*\\w)`, 'gi')),
    ...phones.map((phone) => {
      const spread = [...digits(phone)].join('(?:[ ().-]|;?ext=?|x)*');
      return new RegExp(`(?<!\\d)(?:\\+?1[ .-]?)?\\(?${spread}(?!\\d)`, 'gi');
    }),
  ];
  return (text) => {
    let rest = text;
    for (const link of ours) rest = rest.replaceAll(link, ' ');
    rest = rest.replaceAll(reference, ' ');
    for (const shape of ownInstants) {
      // An instant from years ago is no deadline. It stays for the rules to find.
      rest = rest.replaceAll(shape, (all, year?: string | number) =>
        typeof year !== 'string' || Number(year) >= oldest ? ' ' : all,
      );
    }
    for (const shape of expected) rest = rest.replaceAll(shape, ' ');
    return rest;
  };
}

/** All leaks in this mail; empty for a mail that may be sent. */
export function leaksIn(mail: MailParts, expected: Expected): readonly Leak[] {
  const parts: readonly (readonly [Where, string])[] = [
    ['subject', mail.subject],
    ['text', mail.text],
    ['html', shownBy(mail.html)],
    ...Object.entries(mail.headers).map(([name, value]) => ['header', `${name}: ${value}`] as const),
    ...(mail.invitation
      ? ([
          ['attachment', shownByCalendar(mail.invitation.content)],
          ['file-name', mail.invitation.fileName],
        ] as const)
      : []),
  ];
  const planted = (expected.canaries ?? []).map((word) => new RegExp(escaped(word), 'i'));
  const unexpectedIn = takingOut(expected);
  return parts.flatMap(([where, raw]) => {
    const text = unexpectedIn(plain(raw));
    const found = rulesIn(text);
    const isPlanted = planted.some((shape) => shape.test(text)) && !found.includes('canary');
    return [...(isPlanted ? ['canary' as const] : []), ...found].map((rule) => ({ rule, where }));
  });
}

/** A cache of texts without leaks. Once the expected parts are removed, most mails of a template are the same text. */
const clean = new Set<string>();
const mostClean = 500;

/** The rules that match a text. Only a text without a match is cached, so no person's data is. */
function rulesIn(text: string): readonly Rule[] {
  if (clean.has(text)) return [];
  const found = rules.filter(([, shapes]) => shapes.some((shape) => shape.test(text))).map(([rule]) => rule);
  if (found.length === 0) {
    if (clean.size >= mostClean) clean.clear();
    clean.add(text);
  }
  return found;
}

/**
 * One mail to one reader, made by `composeLetter`, with its leaks. A mail with a leak must not be sent. `isDigest`: it is the
 * daily digest.
 */
export function checkedMail(
  about: readonly [Composing, ...Composing[]],
  isDigest = false,
): Letter & { readonly leaks: readonly Leak[] } {
  const [{ consoleUrl, sender, to, oncall, now }] = about;
  const letter = composeLetter(about, isDigest);
  const headers = { ...letter.message.headers, From: sender, To: to };
  const leaks = leaksIn(
    { ...letter.message, headers },
    {
      emails: [sender, to],
      phones: oncall === undefined ? [] : [oncall.phone],
      links: [...about.map(({ alert }) => linkTo(consoleUrl, alert.id)), homeOf(consoleUrl)],
      now,
    },
  );
  return { ...letter, leaks };
}

/** What the guard finds in a mail about notices. One with a leak must not be sent. `now` is a UTC instant. */
export function noticeLeaks(
  message: MailParts,
  about: { readonly sender: string; readonly to: string; readonly consoleUrl: string; readonly now: string },
): readonly Leak[] {
  const { sender, to, consoleUrl, now } = about;
  const headers = { ...message.headers, From: sender, To: to };
  return leaksIn({ ...message, headers }, { emails: [sender, to], phones: [], links: noticePages(consoleUrl), now });
}

/** One mail about notices, made by `composeNotices`, with its leaks. `now` is a UTC instant. */
export function checkedNotice(
  notices: readonly [Notice, ...Notice[]],
  about: ComposingNotice & { readonly sender: string; readonly to: string },
): Letter & { readonly leaks: readonly Leak[] } {
  const message = composeNotices(notices, about);
  return { message, made: notices.map(() => message.template), leaks: noticeLeaks(message, about) };
}
