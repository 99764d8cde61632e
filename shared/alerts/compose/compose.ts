/**
 * Makes the mail about an alert from its template. Mail leaves our systems, so it holds only references, codes and instants. It
 * says nothing of the child, the reporter or the place, and has no link that acts.
 */

import type { DraftsTold, Notice, NoticeReader } from '../../domain/alerts/notices.ts';
import { findingWords } from '../../domain/audit/finding-words.ts';
import type { Finding } from '../../domain/audit/findings.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import type { ShiftFault } from '../../domain/directory/shift-alarms.ts';
import type { ReportDraft } from '../../domain/drafts/drafts.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import type { Gap } from '../../domain/team/roster-gaps.ts';
import { type Invitation, invitationOf } from './calendar.ts';
import { type About, factsOf } from './facts.ts';
import { renderHtml } from './html.ts';
import { type Facts, fill, fillFirst, type Template } from './template.ts';
import { mailFrame, templateNamed } from './templates.ts';
import { tellOnce } from './told-once.ts';
import { addresseeWords, shiftWords, whenWords } from './wording.ts';

export interface Message {
  readonly subject: string;
  /** Plain text, with all that the HTML says. Every mailbox shows it. */
  readonly text: string;
  readonly html: string;
  /** Headers besides those of every mail. */
  readonly headers: Readonly<Record<string, string>>;
  /** The version of the words, for the chain of the alert. */
  readonly template: {
    readonly id: string;
    readonly version: number;
    readonly frame: number;
    readonly language: Language;
  };
  readonly invitation?: Invitation;
}

/** The address of an alert's page. Opening the page never acts. */
export const linkTo = (consoleUrl: string, alertId: string): string => pageAt(consoleUrl, `/alerts/${alertId}`);

const pageAt = (consoleUrl: string, path: string): string => `${consoleUrl.replace(/\/$/, '')}${path}`;

const teamsPage = '/teams';
const draftsPage = '/drafts';
const onCallPage = '/on-call';

/** The pages that notices link to: mails that are about no alert. */
export const noticePages = (consoleUrl: string): readonly string[] =>
  ['/', teamsPage, draftsPage, onCallPage].map((path) => pageAt(consoleUrl, path));

/** The first page, with all tasks of the signed-in person. */
export const homeOf = (consoleUrl: string): string => pageAt(consoleUrl, '/');

/** The sentences of one template for these facts, without the frame. */
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
  /** The address of the button. */
  readonly link: string;
  readonly links?: readonly string[];
}

/** The message, with the frame of every mail around the paragraphs. */
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

/** A template filled with values, in one language. Throws where the subject has a placeholder without a value. */
export function renderTemplate(template: Template, facts: Facts, language: Language): Omit<Message, 'invitation'> {
  const { heading, teamHeading } = mailFrame[language];
  const { subject, paragraphs, after } = said(template, facts, language);
  return framed({
    template,
    language,
    subject,
    paragraphs: [...paragraphs, ...after],
    // A mail about neither a referral nor a team has its subject as heading.
    heading: fillFirst([heading, teamHeading, subject], facts),
    link: fillFirst(['{link}'], facts),
  });
}

export interface Composing extends About {
  readonly consoleUrl: string;
  /** The sender's address. */
  readonly sender: string;
  /** The recipient's address. */
  readonly to: string;
}

/**
 * The mail about `alert` for one recipient, in their language. `now` is a UTC instant; the mail shows New York time with its
 * zone. Mail about a meeting has a calendar object.
 */
export function composeAlert({ consoleUrl, sender, to, ...about }: Composing): Message {
  const { alert, recipient } = about;
  const link = linkTo(consoleUrl, alert.id);
  const facts = factsOf(about, link);
  const message = renderTemplate(templateNamed(facts.template), facts, recipient.language);
  const invitation = invitationOf({ ...about, template: facts.template, summary: message.subject, link, sender, to });
  return invitation ? { ...message, invitation } : message;
}

/** One mail, and the template of each of its alerts for their chains. */
export interface Letter {
  readonly message: Message;
  readonly made: readonly Made[];
}

export type Made = Message['template'] & { readonly within?: Pick<Template, 'id' | 'version'> };

/**
 * One mail to one reader about several alerts, the most urgent first. About a single alert it is the mail of `composeAlert`. Each
 * alert has its own subject and words, and the frame comes once. So does each duty, with its worst state. `isDigest`: the alerts
 * may be of several referrals. Throws as `composeAlert` does.
 */
export function composeLetter(about: readonly [Composing, ...Composing[]], isDigest = false): Letter {
  const { shown, places } = tellOnce(about);
  const [first] = shown;
  if (!first) throw new Error('A letter tells of at least one alert.');
  if (shown.length === 1) {
    const message = composeAlert(first);
    return { message, made: about.map(() => message.template) };
  }
  const { language } = first.recipient;
  const told = shown.map(({ consoleUrl, sender: _, to: __, ...each }) => {
    const link = linkTo(consoleUrl, each.alert.id);
    const facts = factsOf(each, link);
    return { link, facts, template: templateNamed(facts.template) };
  });
  const parts = told.map(({ facts, template }) => said(template, facts, language));
  const around = templateNamed(isDigest ? 'digest' : 'several');
  const referrals = new Set(shown.map(({ state }) => state.id));
  const missed = shown.filter(({ alert: { checkpoint } }) => checkpoint === 'due' || checkpoint === 'escalate').length;
  const values = {
    reference: first.state.id,
    count: String(shown.length),
    others: String(shown.length - 1),
    first: parts[0]?.subject ?? '',
    missed: missed > 0 ? String(missed) : [],
  };
  const head = { values, flags: [] };
  // A line that is the same for two alerts comes once.
  const before = new Set<string>();
  const onlyOnce = (line: string) => !before.has(line) && before.add(line);
  const paragraphs = [
    ...around[language].lines.flatMap((line) => fill(line, head)),
    ...parts.flatMap(({ subject: title, paragraphs: lines, after }) => [title, ...lines, ...after.filter(onlyOnce)]),
  ];
  const { subject: fullSubject, plainSubject } = around[language];
  const subject = fillFirst([fullSubject, plainSubject], head);
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
  const made = places.map((place) => {
    const { id, version } = told[place]?.template ?? around;
    return { id, version, frame: mailFrame.version, language, within };
  });
  return { message, made };
}

export interface ComposingNotice {
  readonly language: Language;
  readonly consoleUrl: string;
  /** An earlier mail of it may have reached the reader: it is unknown whether it did. */
  readonly repeat?: true | undefined;
}

const flagsOf = ({ repeat }: ComposingNotice) => (repeat ? (['repeat'] as const) : []);

/** The role that a notice goes to. A notice to one person has none. */
const roleOf = (reader: NoticeReader): string => ('role' in reader ? reader.role : '');

/** One mail about notices of one subject to one role. All their news is in it, in their order. */
export function composeNotices(notices: readonly [Notice, ...Notice[]], frame: ComposingNotice): Message {
  const [{ of, reader, news }] = notices;
  const all = notices.map((notice) => notice.news);
  switch (news.about) {
    case 'drafts': {
      const told = all.flatMap((each) => (each.about === 'drafts' ? [each] : []));
      return 'personId' in reader
        ? composeDraftsEndSoon({ drafts: told.flatMap(({ endsSoon }) => endsSoon), ...frame })
        : composeDraftsLeft({
            left: told.flatMap(({ left }) => left),
            expired: told.flatMap(({ expired }) => expired),
            ...frame,
          });
    }
    case 'finding':
      return composeFindings({
        findings: all.flatMap((each) => (each.about === 'finding' ? each.findings : [])),
        ...frame,
      });
    case 'roster': {
      const gaps = all.flatMap((each) => (each.about === 'roster' ? each.gaps : []));
      return composeGaps({ team: of, gaps, addressedAs: roleOf(reader), ...frame });
    }
    case 'shift': {
      const alarms = all.flatMap((each) => (each.about === 'shift' ? each.alarms : []));
      return composeShifts({ alarms, addressedAs: roleOf(reader), ...frame });
    }
  }
}

/** The mail about gaps in a team's roster, for the recipient group `as`. It names no referral and no person. */
export function composeGaps(
  about: ComposingNotice & { readonly team: string; readonly gaps: readonly Gap[]; readonly addressedAs: string },
): Message {
  const { team, gaps, addressedAs, language, consoleUrl } = about;
  const values = {
    team,
    gaps: gaps.map((gap) => gapWords(gap, language)),
    why: addresseeWords(addressedAs, language),
    link: pageAt(consoleUrl, teamsPage),
  };
  return renderTemplate(templateNamed('roster-gaps'), { values, flags: flagsOf(about) }, language);
}

/**
 * The mail about gaps and overlaps of shifts, for the recipient group `as` that keeps them. It names roles and places, and no
 * person.
 */
export function composeShifts(
  about: ComposingNotice & { readonly alarms: readonly ShiftFault[]; readonly addressedAs: string },
): Message {
  const { alarms, addressedAs, language, consoleUrl } = about;
  const values = {
    gaps: alarms.map((alarm) => shiftWords(alarm, language)),
    why: addresseeWords(addressedAs, language),
    link: pageAt(consoleUrl, onCallPage),
  };
  return renderTemplate(templateNamed('shifts-at-fault'), { values, flags: flagsOf(about) }, language);
}

/** The mail about findings of the audit, for an administrator. It has references and roles, and nothing of the case. */
export function composeFindings(about: ComposingNotice & { readonly findings: readonly Finding[] }): Message {
  const { findings, language, consoleUrl } = about;
  const values = {
    findings: findings.map((finding) => findingWords(finding, language)),
    why: addresseeWords('administrator', language),
    link: homeOf(consoleUrl),
  };
  return renderTemplate(templateNamed('audit-findings'), { values, flags: flagsOf(about) }, language);
}

type DraftInMail = Pick<ReportDraft, 'id' | 'since' | 'touchedAt'>;

/** One line for a draft: its reference and times, and nothing of its content. */
const draftWords = ({ id, since, touchedAt }: DraftInMail, language: Language): string =>
  language === 'en'
    ? `${id}: begun ${whenWords(since, 'en')}, last changed ${whenWords(touchedAt, 'en')}`
    : `${id}: empezado ${whenWords(since, 'es')}, último cambio ${whenWords(touchedAt, 'es')}`;

/**
 * The mail about all drafts that were left, and all that ended by the rule, for a supervisor. One list may be empty:
 * drafts that ended alone have a mail and subject of their own.
 */
export function composeDraftsLeft(
  about: ComposingNotice & { readonly left: readonly DraftInMail[]; readonly expired: readonly DraftInMail[] },
): Message {
  const { left, expired, language, consoleUrl } = about;
  const values = {
    left: left.map((draft) => draftWords(draft, language)),
    expired: expired.map((draft) => draftWords(draft, language)),
    why: addresseeWords('careline-supervisor', language),
    link: pageAt(consoleUrl, draftsPage),
  };
  const given = left.length > 0 && expired.length > 0 ? (['draftsExpired'] as const) : [];
  const template = templateNamed(left.length > 0 ? 'draft-left' : 'draft-ended');
  return renderTemplate(template, { values, flags: [...given, ...flagsOf(about)] }, language);
}

/** The mail that warns a writer of all drafts of theirs that end soon. */
export function composeDraftsEndSoon(
  about: ComposingNotice & {
    readonly drafts: readonly (DraftInMail & Pick<DraftsTold['endsSoon'][number], 'endsAt'>)[];
  },
): Message {
  const { drafts, language, consoleUrl } = about;
  const ends = language === 'en' ? 'ends' : 'termina';
  const values = {
    left: drafts.map((draft) => `${draftWords(draft, language)}; ${ends} ${whenWords(draft.endsAt, language)}`),
    why: language === 'en' ? 'a writer of these drafts' : 'quien escribió en estos borradores',
    link: pageAt(consoleUrl, draftsPage),
  };
  return renderTemplate(templateNamed('draft-ends-soon'), { values, flags: flagsOf(about) }, language);
}
