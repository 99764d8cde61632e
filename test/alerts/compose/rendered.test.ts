import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { type Message, noticePages } from '../../../shared/alerts/compose/compose.ts';
import { palette } from '../../../shared/alerts/compose/html.ts';
import { createMailer } from '../../../shared/alerts/send/mailer.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import {
  agreementMails,
  draftMails,
  everyMail,
  findingMails,
  gapMails,
  letterMails,
  post,
  shiftMails,
} from './every-mail.ts';

/** The rules of every mail, also of a mail about no alert or about several. */
interface Rendered {
  readonly name: string;
  readonly message: Message;
  /** The pages that the mail links to. */
  readonly links: readonly string[];
}

const ofAlerts = everyMail();
const alertPage = (id: string) => `${post.consoleUrl}/alerts/${id}`;
const mails: readonly Rendered[] = [
  ...ofAlerts.map(({ alert, ...mail }) => ({ ...mail, links: [alertPage(alert.id)] })),
  ...letterMails().map(({ state, ...mail }) => ({
    ...mail,
    links: [`${post.consoleUrl}/`, ...Object.keys(state.alerts).map(alertPage)],
  })),
  ...[...gapMails(), ...draftMails(), ...findingMails(), ...shiftMails(), ...agreementMails()].map((mail) => ({
    ...mail,
    links: noticePages(post.consoleUrl),
  })),
];
const named = mails.map((mail) => [mail.name, mail] as const);

/** The mail as a parser that knows nothing of the product reads it. */
async function travelled({ message }: Rendered): Promise<ParsedMail> {
  const client = new SESClient({ region: 'us-east-1' });
  const ses = mockClient(client);
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  const { send } = createMailer({ client, from: post.sender, configurationSet: 'MailConfiguration' });
  const { template: _, ...content } = message;
  await send({
    to: post.to,
    ...content,
    tags: { referralId: 'CR-7F3KD-9QXMT2', alertId: 'CR-7F3KD-9QXMT2.A1', personId: 'P-1' },
  });
  const [call] = ses.commandCalls(SendRawEmailCommand);
  return simpleParser(Buffer.from(call?.args[0].input.RawMessage?.Data ?? []));
}

describe.each(named)('the mail %s', (_, mail) => {
  test('arrives as it was written: subject, text, HTML, language, calendar', async () => {
    const { message } = mail;
    const parsed = await travelled(mail);
    expect(parsed.subject).toBe(message.subject);
    expect(parsed.text?.replaceAll('\r\n', '\n').trim()).toBe(message.text.trim());
    expect(String(parsed.html).trim()).toBe(message.html.trim());
    expect(parsed.headers.get('content-language')).toBe(message.template.language);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect([...parsed.headers.keys()]).not.toContain('list-unsubscribe');
    const calendars = parsed.attachments.filter(({ contentType }) => /calendar|ics/.test(contentType));
    expect(calendars.length > 0).toBe(message.invitation !== undefined);
    for (const { content } of calendars) {
      const calendar = new ICAL.Component(ICAL.parse(content.toString()));
      expect(calendar.getFirstPropertyValue('method')).toBe(message.invitation?.method);
    }
  });

  test('says in HTML what it says as text', () => {
    const { text, html } = mail.message;
    const shown = html
      .replaceAll(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
      // Where the text writes out the address of an item or a button, the HTML has it behind the words.
      .replaceAll(/<a [^>]*href="(http[^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
      .replaceAll('</li>', '\n')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"');
    const lines = text.split('\n').map((line) => line.replace(/^- /, ''));
    for (const line of lines.filter((each) => /\w/.test(each))) expect(shown).toContain(line);
  });

  test('is HTML that mail clients render: a table, styles inline, a language, and nothing from elsewhere', () => {
    const { html, template } = mail.message;
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${template.language}" dir="ltr">`));
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme:dark)');
    expect(html.match(/<table /g)?.length).toBe(html.match(/role="presentation"/g)?.length);
    expect(html).not.toMatch(
      /<(?:img|script|link|iframe|form|input|video|object)\b|url\(|@import|onload|javascript:|data:/i,
    );
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(0);
    const known = [...mail.links, telephoneLink(post.oncall.phone)];
    expect(addresses.filter((address) => !known.includes(address ?? ''))).toEqual([]);
    // Every element that shows words has its colour inline, for clients that drop style sheets.
    for (const [element] of html.matchAll(/<(?:p|h1|h2|li|a)\b[^>]*>/g)) expect(element).toMatch(/style="[^"]*color:#/);
  });

  test('names neither the kind of case nor the child in its subject', () => {
    expect(mail.message.subject).not.toMatch(
      /traffic|exploit|sex|abuse|victim|child|minor|uncared|trata|explot|abus|v[ií]ctima|menor|niñ/i,
    );
  });
});

describe.each(ofAlerts.map((mail) => [mail.name, mail] as const))(
  'the mail %s, which is about one alert,',
  (_, mail) => {
    test('ends its subject with the reference', () => {
      expect(mail.message.subject).toMatch(/ – CR-7F3KD-9QXMT2$/);
    });

    test('says the due time with weekday, date and time, and the zone once, and never relative to the reading', () => {
      const { text, subject, template } = mail.message;
      expect(`${subject} ${text}`).not.toMatch(
        /\b(?:tomorrow|today|yesterday|in \d+ (?:minutes|min|hours|h|days|d)|within|ago|mañana|hoy|ayer|dentro de|en \d+ (?:minutos|horas|días|min|h|d))\b/i,
      );
      const times = text.match(/.{0,24}\b\d{1,2}:\d{2} (?:[AP]M|[ap]\. m\.)/g) ?? [];
      const whole =
        template.language === 'en' ? /\w{3}, \w{3} \d+, \d+:\d\d [AP]M$/ : /\d+ de [a-z]+, \d+:\d\d [ap]\. m\.$/;
      for (const time of times.filter((each) => !/answer by|respuesta antes/i.test(each))) expect(time).toMatch(whole);
      expect(text.match(/Eastern Time|horas son del Este/g)).toHaveLength(1);
    });

    test('says first why the reader gets it, then what to do, and after the button the number to call', () => {
      const { text, template } = mail.message;
      const [why, not] =
        template.language === 'en'
          ? [/^You get this because you /, /Not yours\b|Questions\?/]
          : [/^Recibe este correo porque usted /, /¿No le corresponde|¿Dudas\?/];
      expect(text).toMatch(why);
      const [, afterButton = ''] = text.split(`${alertPage(mail.alert.id)}\n`);
      expect(afterButton).toMatch(not);
      expect(afterButton).toContain(post.oncall.phone);
      expect(text.split(post.oncall.phone)).toHaveLength(2);
      expect(mail.message.html).toContain(`href="${telephoneLink(post.oncall.phone)}"`);
      expect(text).not.toMatch(/token|[?&]\w+=/);
    });
  },
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the colours of a mail', () => {
  test('are measured as WCAG measures them', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test.each(Object.entries(palette))('can be read in the %s scheme', (_, colours) => {
    const pairs = [
      [colours.text, colours.card],
      [colours.quiet, colours.card],
      [colours.link, colours.card],
      [colours.onButton, colours.button],
    ] as const;
    for (const [front, back] of pairs) expect(contrast(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test('are all from the palette', () => {
    const known = new Set(Object.values(palette).flatMap((colours) => Object.values<string>(colours)));
    const used = mails.flatMap(
      ({ message: { html } }) => html.replaceAll(/&#\d+;/g, '').match(/#[0-9a-f]{3,8}\b/gi) ?? [],
    );
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((colour) => !known.has(colour))).toEqual([]);
  });

  test('have a rule for each class with an inline colour, where a client shows both schemes', () => {
    const [html = ''] = mails.map(({ message }) => message.html);
    const classes = new Set([...html.matchAll(/class="(\w+)"/g)].map(([, name]) => name));
    const style = html.slice(html.indexOf('<style>'), html.indexOf('</style>'));
    for (const name of classes) expect(style).toContain(`.${name}{`);
  });
});
