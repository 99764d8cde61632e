/**
 * A mail as HTML that mail clients can show: one table, inline styles, no image, no script, nothing remote. It tells clients that
 * it has a dark scheme of its own.
 */
import type { Language } from '../../domain/core/vocabulary.ts';

/** All colors, in pairs of text and background. Each pair has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const palette = {
  light: {
    page: '#f0f0f0',
    card: '#ffffff',
    text: '#1b1b1b',
    quiet: '#565c65',
    link: '#005ea2',
    button: '#005ea2',
    onButton: '#ffffff',
  },
  dark: {
    page: '#171717',
    card: '#242424',
    text: '#f0f0f0',
    quiet: '#b8bcc2',
    link: '#8ab8f0',
    button: '#73b3e7',
    onButton: '#171717',
  },
} as const;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

const { light, dark } = palette;
const darkRules = [
  `.page{background:${dark.page}!important}`,
  `.card{background:${dark.card}!important}`,
  `.text{color:${dark.text}!important}`,
  `.quiet{color:${dark.quiet}!important}`,
  `.link{color:${dark.link}!important}`,
  `.button{background:${dark.button}!important}`,
  `.button a{color:${dark.onButton}!important}`,
].join('');

const font = 'font-family:Arial,Helvetica,sans-serif;';
/**
 * Finds these addresses in escaped text. The longest comes first, because the link of the first alert is the beginning of the
 * tenth's.
 */
const linksIn = (links: readonly string[]): RegExp => {
  const shapes = links
    .toSorted((one, other) => other.length - one.length)
    .map((link) => RegExp.escape(escapeHtml(link)));
  return new RegExp(`(?:${shapes.join('|')})(?![\\w-])`, 'g');
};
const paragraph = (text: string, links: RegExp): string => {
  const body = escapeHtml(text).replaceAll(
    links,
    (address) => `<a class="link" href="${address}" style="color:${light.link};word-break:break-all">${address}</a>`,
  );
  return `<p class="text" style="margin:0 0 16px;${font}font-size:16px;line-height:24px;color:${light.text}">${body}</p>`;
};

export interface Rendered {
  readonly language: Language;
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** The address of the button. */
  readonly link: string;
  /** All addresses that a paragraph may hold. */
  readonly links: readonly string[];
  readonly button: string;
  readonly footer: readonly string[];
}

/** The whole document. All text is escaped. Its only addresses are `link` and `links`. */
export function renderHtml({ language, subject, heading, paragraphs, link, links, button, footer }: Rendered): string {
  const addresses = linksIn(links);
  return [
    `<!doctype html><html lang="${language}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(subject)}</title>`,
    `<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${darkRules}}</style></head>`,
    `<body class="page" style="margin:0;padding:0;background:${light.page}">`,
    `<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${light.page}"><tr><td align="center" style="padding:16px">`,
    `<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:${light.card}"><tr><td style="padding:24px">`,
    `<h1 class="text" style="margin:0 0 16px;${font}font-size:22px;line-height:28px;color:${light.text}">${escapeHtml(heading)}</h1>`,
    ...paragraphs.map((text) => paragraph(text, addresses)),
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px"><tr><td class="button" style="background:${light.button};padding:12px 20px">`,
    `<a href="${escapeHtml(link)}" style="${font}font-size:16px;font-weight:bold;color:${light.onButton};text-decoration:none">${escapeHtml(button)}</a></td></tr></table>`,
    ...footer.map(
      (text) =>
        `<p class="quiet" style="margin:0 0 8px;${font}font-size:13px;line-height:18px;color:${light.quiet}">${escapeHtml(text)}</p>`,
    ),
    '</td></tr></table></td></tr></table></body></html>\n',
  ].join('\n');
}
