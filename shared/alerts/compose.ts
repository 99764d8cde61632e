/**
 * A mail about an alert, from its template. It leaves the house, so it holds references, codes and instants alone: nothing
 * of the child, the reporter or the place, and no link that acts.
 */
import type { ReportDraft } from '../domain/drafts.ts';
import type { Gap } from '../domain/roster-gaps.ts';
import type { Language } from '../domain/vocabulary.ts';
import { type Invitation, invitationOf } from './calendar.ts';
import { type About, factsOf } from './facts.ts';
import { renderHtml } from './html.ts';
import { type Facts, fill, fillFirst, type Template } from './template.ts';
import { mailFrame, templateNamed } from './templates.ts';
import { addresseeWords, gapWords, whenWords } from './wording.ts';

export interface Message {
  readonly subject: string;
  /** Plain text, which every mailbox shows and which says all that the HTML says. */
  readonly text: string;
  readonly html: string;
  /** Beside those that every mail has. */
  readonly headers: Readonly<Record<string, string>>;
  /** From which words it was made: the chain of the alert keeps it. */
  readonly template: {
    readonly id: string;
    readonly version: number;
    readonly frame: number;
    readonly language: Language;
  };
  readonly invitation?: Invitation;
}

/** The address of the page that an alert asks to open. Opening it never acts. */
export const linkTo = (consoleUrl: string, alertId: string): string => pageAt(consoleUrl, `/alerts/${alertId}`);

const pageAt = (consoleUrl: string, path: string): string => `${consoleUrl.replace(/\/$/, '')}${path}`;

/** A template with its values, in one language. Throws where the subject has a placeholder without a value. */
export function renderTemplate(template: Template, facts: Facts, language: Language): Omit<Message, 'invitation'> {
  const said = template[language];
  const frame = mailFrame[language];
  const subject = fillFirst([said.subject, said.plainSubject], facts);
  const heading = fillFirst([frame.heading, frame.teamHeading], facts);
  const paragraphs = [...said.lines, ...frame.after].flatMap((line) => fill(line, facts));
  const link = fillFirst(['{link}'], facts);
  return {
    subject,
    text: `${[heading, ...paragraphs, ['--', ...frame.footer].join('\n')].join('\n\n')}\n`,
    html: renderHtml({ language, subject, heading, paragraphs, link, button: frame.button, footer: frame.footer }),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    template: { id: template.id, version: template.version, frame: mailFrame.version, language },
  };
}

export interface Composing extends About {
  readonly consoleUrl: string;
  /** The address that mail comes from. */
  readonly sender: string;
  /** The address of the recipient. */
  readonly to: string;
}

/**
 * The mail about `alert` for one recipient, in their language. `now` is a UTC instant; instants in the mail are New York
 * time with their zone. Mail about a meeting carries
 * it for the calendar.
 */
export function composeAlert({ consoleUrl, sender, to, ...about }: Composing): Message {
  const { alert, recipient } = about;
  const link = linkTo(consoleUrl, alert.id);
  const facts = factsOf(about, link);
  const message = renderTemplate(templateNamed(facts.template), facts, recipient.language);
  const invitation = invitationOf({ ...about, template: facts.template, summary: message.subject, link, sender, to });
  return invitation ? { ...message, invitation } : message;
}

/** The mail about the gaps in the roster of a team, for whoever holds `as`. It names no referral, and no person. */
export function composeGaps(about: {
  readonly team: string;
  readonly gaps: readonly Gap[];
  readonly as: string;
  readonly language: Language;
  readonly consoleUrl: string;
}): Message {
  const { team, gaps, as, language, consoleUrl } = about;
  const values = {
    team,
    gaps: gaps.map((gap) => gapWords(gap, language)),
    why: addresseeWords(as, language),
    link: pageAt(consoleUrl, '/teams'),
  };
  return renderTemplate(templateNamed('roster-gaps'), { values, flags: [] }, language);
}

/** The mail about a draft of a report that nobody touches, for a supervisor. It says whose and since when, and nothing of what it says. */
export function composeDraftLeft(about: {
  readonly draft: Pick<ReportDraft, 'id' | 'since' | 'touchedAt'>;
  readonly language: Language;
  readonly consoleUrl: string;
}): Message {
  const { draft, language, consoleUrl } = about;
  const values = {
    reference: draft.id,
    when: whenWords(draft.since, language),
    touched: whenWords(draft.touchedAt, language),
    why: addresseeWords('careline-supervisor', language),
    link: pageAt(consoleUrl, '/drafts'),
  };
  return renderTemplate(templateNamed('draft-left'), { values, flags: [] }, language);
}
