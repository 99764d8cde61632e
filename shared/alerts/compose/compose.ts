/**
 * A mail about an alert, from its template. It leaves the house, so it holds references, codes and instants alone: nothing
 * of the child, the reporter or the place, and no link that acts.
 */

import type { Finding } from '../../domain/audit/findings.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import type { ShiftFault } from '../../domain/directory/shift-alarms.ts';
import type { ReportDraft } from '../../domain/drafts/drafts.ts';
import type { Gap } from '../../domain/team/roster-gaps.ts';
import { type Invitation, invitationOf } from './calendar.ts';
import { type About, factsOf } from './facts.ts';
import { renderHtml } from './html.ts';
import { type Facts, fill, fillFirst, type Template } from './template.ts';
import { mailFrame, templateNamed } from './templates.ts';
import { addresseeWords, findingWords, gapWords, shiftWords, whenWords } from './wording.ts';

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

const teamsPage = '/teams';
const draftsPage = '/drafts';
const onCallPage = '/on-call';

/** The pages that a mail about no alert leads to. */
export const noticePages = (consoleUrl: string): readonly string[] =>
  ['/', teamsPage, draftsPage, onCallPage].map((path) => pageAt(consoleUrl, path));

/** The queue, where somebody signed in sees everything that is asked of them. */
export const homeOf = (consoleUrl: string): string => pageAt(consoleUrl, '/');

/** Everything that one template says of these facts, without its frame. */
function said(template: Template, given: Facts, language: Language) {
  const facts: Facts = given.flags.includes('nothingToDo') ? given : { ...given, flags: [...given.flags, 'toAct'] };
  const { subject, plainSubject, lines } = template[language];
  return {
    subject: fillFirst([subject, plainSubject], facts),
    paragraphs: [...mailFrame[language].before, ...lines].flatMap((line) => fill(line, facts)),
    after: mailFrame[language].after.flatMap((line) => fill(line, facts)),
  };
}

interface Framed {
  readonly template: Template;
  readonly language: Language;
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Where the button leads. */
  readonly link: string;
  readonly links?: readonly string[];
}

/** What is said, with the frame of every mail around it. */
function framed({ template, language, subject, heading, paragraphs, link, links = [link] }: Framed): Message {
  const { button, footer } = mailFrame[language];
  return {
    subject,
    text: `${[heading, ...paragraphs, ['--', ...footer].join('\n')].join('\n\n')}\n`,
    html: renderHtml({ language, subject, heading, paragraphs, link, links, button, footer }),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    template: { id: template.id, version: template.version, frame: mailFrame.version, language },
  };
}

/** A template with its values, in one language. Throws where the subject has a placeholder without a value. */
export function renderTemplate(template: Template, facts: Facts, language: Language): Omit<Message, 'invitation'> {
  const { heading, teamHeading } = mailFrame[language];
  const { subject, paragraphs, after } = said(template, facts, language);
  return framed({
    template,
    language,
    subject,
    paragraphs: [...paragraphs, ...after],
    // One that is about neither is headed by what it says.
    heading: fillFirst([heading, teamHeading, subject], facts),
    link: fillFirst(['{link}'], facts),
  });
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

/** One mail, and from which words each of its alerts was told: their chains keep it. */
export interface Letter {
  readonly message: Message;
  readonly made: readonly Made[];
}

export type Made = Message['template'] & { readonly within?: Pick<Template, 'id' | 'version'> };

/**
 * One mail to one reader about several alerts, the most pressing first; about a single one as `composeAlert` writes it. Each
 * is told in its own words under its own subject, and what stands around every mail is said once. `isDigest`: of whatever
 * referrals. Throws as `composeAlert` does.
 */
export function composeLetter(about: readonly [Composing, ...Composing[]], isDigest = false): Letter {
  const [first] = about;
  if (about.length === 1) {
    const message = composeAlert(first);
    return { message, made: [message.template] };
  }
  const { language } = first.recipient;
  const told = about.map(({ consoleUrl, sender: _, to: __, ...each }) => {
    const link = linkTo(consoleUrl, each.alert.id);
    const facts = factsOf(each, link);
    return { link, facts, template: templateNamed(facts.template) };
  });
  const parts = told.map(({ facts, template }) => said(template, facts, language));
  const around = templateNamed(isDigest ? 'digest' : 'several');
  const referrals = new Set(about.map(({ state }) => state.id));
  const values = {
    reference: first.state.id,
    count: String(about.length),
    others: String(about.length - 1),
    first: parts[0]?.subject ?? '',
  };
  const head = { values, flags: [] };
  // Who is written to as the same for two of them reads it once.
  const before = new Set<string>();
  const onlyOnce = (line: string) => !before.has(line) && before.add(line);
  const paragraphs = [
    ...around[language].lines.flatMap((line) => fill(line, head)),
    ...parts.flatMap(({ subject: title, paragraphs: lines, after }) => [title, ...lines, ...after.filter(onlyOnce)]),
  ];
  const subject = fillFirst([around[language].subject], head);
  const message = framed({
    template: around,
    language,
    subject,
    heading: referrals.size > 1 ? subject : fillFirst([mailFrame[language].heading], head),
    paragraphs,
    link: isDigest ? homeOf(first.consoleUrl) : (told[0]?.link ?? homeOf(first.consoleUrl)),
    links: told.map(({ link }) => link),
  });
  const within = { id: around.id, version: around.version };
  const made = told.map(({ template: { id, version } }) => ({
    id,
    version,
    frame: mailFrame.version,
    language,
    within,
  }));
  return { message, made };
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
    link: pageAt(consoleUrl, teamsPage),
  };
  return renderTemplate(templateNamed('roster-gaps'), { values, flags: [] }, language);
}

/** The mail about a time without a shift, or with two, for whoever keeps them as `as`. It names roles and places, and no person. */
export function composeShifts(about: {
  readonly alarms: readonly ShiftFault[];
  readonly as: string;
  readonly language: Language;
  readonly consoleUrl: string;
}): Message {
  const { alarms, as, language, consoleUrl } = about;
  const values = {
    gaps: alarms.map((alarm) => shiftWords(alarm, language)),
    why: addresseeWords(as, language),
    link: pageAt(consoleUrl, onCallPage),
  };
  return renderTemplate(templateNamed('shifts-at-fault'), { values, flags: [] }, language);
}

/** The mail about what the watchdog found, for an administrator: references and roles, and nothing of the case. */
export function composeFindings(about: {
  readonly findings: readonly Finding[];
  readonly language: Language;
  readonly consoleUrl: string;
}): Message {
  const { findings, language, consoleUrl } = about;
  const values = {
    findings: findings.map((finding) => findingWords(finding, language)),
    why: addresseeWords('administrator', language),
    link: homeOf(consoleUrl),
  };
  return renderTemplate(templateNamed('audit-findings'), { values, flags: [] }, language);
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
    link: pageAt(consoleUrl, draftsPage),
  };
  return renderTemplate(templateNamed('draft-left'), { values, flags: [] }, language);
}
