/**
 * A mail as text and as HTML. Both are made from the same blocks, so they say the same. Mail clients can show the HTML:
 * tables, inline styles, no image, no script, nothing remote. It tells clients that it has a dark scheme of its own.
 */
import type { Language } from '../../domain/core/vocabulary.ts';
import { telephoneLink } from '../../domain/directory/on-call.ts';

/** One piece of a mail, in the order in which it is read. `href` is the page that it leads to. */
export type Block =
  | {
      /** `group`: the heading of a list. `notice`: words that must not be missed. `small`: small print. */
      readonly kind: 'why' | 'heading' | 'group' | 'notice' | 'text' | 'small';
      readonly text: string;
    }
  | { readonly kind: 'item'; readonly text: string; readonly href?: string }
  | { readonly kind: 'button'; readonly text: string; readonly href: string };

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
const size = (pixels: number, line: number) => `${font}font-size:${pixels}px;line-height:${line}px;`;

type Place = 'text' | 'quiet';
const element = (name: string, place: Place, style: string, inner: string): string =>
  `<${name} class="${place}" style="${style}color:${light[place]}">${inner}</${name}>`;

/** The numbers as links that dial. */
const withNumbers = (text: string, phones: readonly string[]): string =>
  phones.reduce(
    (html, phone) =>
      html.replaceAll(
        escapeHtml(phone),
        `<a class="link" href="${telephoneLink(phone)}" style="color:${light.link};white-space:nowrap">${escapeHtml(phone)}</a>`,
      ),
    escapeHtml(text),
  );

const itemHtml = ({ text, href }: { readonly text: string; readonly href?: string }): string => {
  const words = escapeHtml(text);
  const inner =
    href === undefined ? words : `<a class="link" href="${escapeHtml(href)}" style="color:${light.link}">${words}</a>`;
  return element('li', 'text', `margin:0 0 8px;${size(16, 24)}`, inner);
};

const buttonHtml = ({ text, href }: { readonly text: string; readonly href: string }): string =>
  [
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px"><tr>',
    `<td class="button" style="background:${light.button};border-radius:4px">`,
    `<a href="${escapeHtml(href)}" style="display:inline-block;padding:14px 24px;${size(17, 22)}font-weight:bold;color:${light.onButton};text-decoration:none">${escapeHtml(text)}</a>`,
    '</td></tr></table>',
  ].join('');

function blockHtml(block: Exclude<Block, { kind: 'item' }>, phones: readonly string[]): string {
  const inner = withNumbers(block.text, phones);
  switch (block.kind) {
    case 'why':
      return element('p', 'quiet', `margin:0 0 12px;${size(14, 20)}`, inner);
    case 'heading':
      return element('h1', 'text', `margin:0 0 12px;${size(22, 28)}`, inner);
    case 'group':
      return element('h2', 'text', `margin:16px 0 8px;${size(16, 24)}`, inner);
    case 'notice':
      return element('p', 'text', `margin:0 0 12px;font-weight:bold;${size(16, 24)}`, inner);
    case 'text':
      return element('p', 'text', `margin:0 0 12px;${size(16, 24)}`, inner);
    case 'small':
      return element('p', 'quiet', `margin:0 0 6px;${size(13, 18)}`, inner);
    case 'button':
      return buttonHtml(block);
  }
}

/** Blocks in runs: items that follow each other are one list, and so is small print. */
function runsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (['item', 'small'].includes(block.kind) && run?.[0]?.kind === block.kind) run.push(block);
    else runs.push([block]);
  }
  return runs;
}

export interface Rendered {
  readonly language: Language;
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** The telephone numbers that the blocks may hold. */
  readonly phones: readonly string[];
}

/** The mail as plain text. An item or a button is followed by its address. */
export function renderText({ blocks }: Pick<Rendered, 'blocks'>): string {
  const wordsOf = (block: Block): string => {
    const words = 'href' in block && block.href !== undefined ? `${block.text}: ${block.href}` : block.text;
    return block.kind === 'item' ? `- ${words}` : words;
  };
  const paragraphs = runsOf(blocks).map((run) =>
    [...(run[0]?.kind === 'small' ? ['--'] : []), ...run.map(wordsOf)].join('\n'),
  );
  return `${paragraphs.join('\n\n')}\n`;
}

/** The whole document. All text is escaped. Its only addresses are those of the blocks, and the numbers. */
export function renderHtml({ language, subject, blocks, phones }: Rendered): string {
  const body = runsOf(blocks).map((run) => {
    const inner = run.map((block) => (block.kind === 'item' ? itemHtml(block) : blockHtml(block, phones))).join('');
    if (run[0]?.kind === 'item') return `<ul style="margin:0 0 12px;padding:0 0 0 20px">${inner}</ul>`;
    return run[0]?.kind === 'small'
      ? `<div style="margin:20px 0 0;padding:12px 0 0;border-top:1px solid ${light.quiet}">${inner}</div>`
      : inner;
  });
  return [
    `<!doctype html><html lang="${language}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(subject)}</title>`,
    `<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${darkRules}}</style></head>`,
    `<body class="page" style="margin:0;padding:0;background:${light.page}">`,
    `<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${light.page}"><tr><td align="center" style="padding:12px">`,
    `<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:${light.card}"><tr><td align="left" style="padding:20px">`,
    ...body,
    '</td></tr></table></td></tr></table></body></html>\n',
  ].join('\n');
}
