/**
 * Makes the mail about an alert from its template. Mail leaves our systems, so it holds only references, codes and instants. It
 * says nothing of the child, the reporter or the place, and has no link that acts.
 */

import type { AgreementReminder, DraftsTold, Notice, NoticeReader } from '../../domain/alerts/notices.ts';
import { findingWords } from '../../domain/audit/finding-words.ts';
import type { Finding } from '../../domain/audit/findings.ts';
import type { Language } from '../../domain/core/vocabulary.ts';
import type { ShiftFault } from '../../domain/directory/shift-alarms.ts';
import type { ReportDraft } from '../../domain/drafts/drafts.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import type { Gap } from '../../domain/team/roster-gaps.ts';
import { type Block, renderHtml, renderText } from './html.ts';
import { type Invitation, invitationOf } from './invitation.ts';
import { type About, type AlertFacts, factsOf, taskLines } from './mail-facts.ts';
import { type Facts, fillAll, fillFirst, type Template } from './mail-template.ts';
import { mailFrame, templateNamed } from './templates.ts';
import { tellOnce } from './told-once.ts';
import { addresseeWords, agreementWords, shiftWords, teamWords, whenWords } from './wording.ts';

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
const agreementsPage = '/agreements';

/** The pages that notices link to: mails that are about no alert. */
export const noticePages = (consoleUrl: string): readonly string[] =>
  ['/', teamsPage, draftsPage, onCallPage, agreementsPage].map((path) => pageAt(consoleUrl, path));

/** The first page, with all tasks of the signed-in person. */
export const homeOf = (consoleUrl: string): string => pageAt(consoleUrl, '/');

/** Phones cut a subject at about 40 characters, and the reference comes last. */
const mostInSubject = 60;

const withoutReference = (subject: string, { values: { reference } }: Facts): string =>
  subject.replace(` – ${reference}`, '');

/** What the subject, the heading and the button of a template say for these facts. */
function titlesOf(template: Template, facts: Facts, language: Language) {
  const { subject: subjects, heading, button } = template[language];
  const subject = fillFirst(subjects, facts, mostInSubject);
  return {
    subject,
    heading: heading ? fillFirst(heading, facts) : withoutReference(subject, facts),
    button: fillFirst(button, facts),
  };
}

/** A line of a template as a block. */
const blockOf = (line: string): Block =>
  line.startsWith('- ') ? { kind: 'item', text: line.slice(2) } : { kind: 'text', text: line };

/** Blocks of these lines, each of one kind. */
const blocksOf = (kind: 'why' | 'notice' | 'text' | 'small', lines: readonly string[]): readonly Block[] =>
  lines.map((text) => ({ kind, text }));

interface Framed {
  readonly template: Template;
  readonly language: Language;
  readonly facts: Facts;
  readonly subject: string;
  /** The blocks from the heading to the button. */
  readonly body: readonly Block[];
  /** The blocks between the button and the number to call. */
  readonly more?: readonly Block[];
}

/** The message: why the reader gets it, the body, the number to call and the small print. */
function framed({ template, language, facts, subject, body, more = [] }: Framed): Message {
  const { why, call, after, footer } = mailFrame[language];
  const { oncall } = facts.values;
  const blocks: readonly Block[] = [
    ...blocksOf('why', fillAll([why], facts)),
    ...body,
    ...more,
    // A mail about no referral has no number to call.
    ...(facts.values.reference === undefined ? [] : blocksOf('text', [fillFirst(call, facts)])),
    ...blocksOf('text', fillAll(after, facts)),
    ...blocksOf('small', footer),
  ];
  const phones = typeof oncall === 'string' ? [oncall.split(' (')[0] ?? oncall] : [];
  return {
    subject,
    text: renderText({ blocks }),
    html: renderHtml({ language, subject, blocks, phones }),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    template: { id: template.id, version: template.version, frame: mailFrame.version, language },
  };
}

/** Warnings, the heading, the reference and the lines of one alert or notice. */
function bodyOf(template: Template, facts: Facts, language: Language, link: string) {
  const { heading, button, subject } = titlesOf(template, facts, language);
  const { reference, before } = mailFrame[language];
  const blocks: readonly Block[] = [
    ...blocksOf('notice', fillAll(before, facts)),
    { kind: 'heading', text: heading },
    ...blocksOf('why', fillAll([reference], facts)),
    ...fillAll(template[language].lines, facts).map(blockOf),
    { kind: 'button', text: button, href: link },
  ];
  return { subject, button, blocks };
}

/** A template filled with values, in one language. `link`: the page of the act. Throws where a text has no value. */
export function renderTemplate(
  template: Template,
  facts: Facts,
  language: Language,
  link: string,
): Omit<Message, 'invitation'> {
  const { subject, blocks } = bodyOf(template, facts, language, link);
  return framed({ template, language, facts, subject, body: blocks });
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
  const facts = factsOf(about);
  const message = renderTemplate(templateNamed(facts.template), facts, recipient.language, link);
  const invitation = invitationOf({ ...about, template: facts.template, summary: message.subject, link, sender, to });
  return invitation ? { ...message, invitation } : message;
}

/** One mail, and the template of each of its alerts for their chains. */
export interface Letter {
  readonly message: Message;
  readonly made: readonly Made[];
}

export type Made = Message['template'] & { readonly within?: Pick<Template, 'id' | 'version'> };

/** One alert of a letter. */
interface Told {
  readonly about: Composing;
  readonly facts: AlertFacts;
  readonly template: Template;
  readonly link: string;
}

/**
 * The lines of a list about one alert: one for each duty that is not in `before`. It adds them there. Each line leads
 * to the page of the alert. Without a duty it is the heading of its mail.
 */
function itemsOf({ facts, template, about, link }: Told, before: Set<string>): readonly Block[] {
  // A call keeps its line and its page, whatever else the mail tells of the duty.
  const isCall = about.alert.checkpoint === 'ring';
  const asks = facts.asks.filter(({ id }) => isCall || !before.has(id));
  for (const { id } of asks) before.add(id);
  const lines =
    facts.asks.length > 0 ? taskLines(asks, about) : [titlesOf(template, facts, about.recipient.language).heading];
  return lines.map((text) => ({ kind: 'item', text, href: link }));
}

/** The alerts as lists, one for each referral, with its warnings. Referrals and lines keep their order. */
function listsOf(told: readonly Told[], language: Language, lead?: Told): readonly Block[] {
  const { reference, newReference, before } = mailFrame[language];
  const duties = new Set(lead?.facts.asks.map(({ id }) => id));
  const byReferral = Map.groupBy(told, ({ about: { state } }) => state.id);
  return [...byReferral.values()].flatMap((ofOne): readonly Block[] => {
    const [first] = ofOne;
    const warnings = new Set(ofOne.flatMap(({ facts }) => fillAll(before, facts)));
    const isNew = ofOne.some(({ about: { alert } }) => alert.kind === 'referral-opened');
    const items = ofOne.flatMap((each) => itemsOf(each, duties));
    return first === undefined || items.length === 0
      ? []
      : [
          ...fillAll([isNew ? newReference : reference], first.facts).map((text): Block => ({ kind: 'group', text })),
          ...blocksOf('notice', [...warnings]),
          ...items,
        ];
  });
}

/** How many lines these lists have. No value where there is none. */
const itemCount = (lists: readonly Block[]): string | readonly string[] => {
  const { length } = lists.filter(({ kind }) => kind === 'item');
  return length > 0 ? String(length) : [];
};

const isMissed = ({ about: { alert } }: Told): boolean => alert.checkpoint === 'due' || alert.checkpoint === 'escalate';

/**
 * One mail to one reader about several alerts, the most urgent first. About a single alert it is the mail of `composeAlert`.
 * It tells of the first as the mail about it would, and has a line for each other. A digest has a line for each. Each duty
 * is told once, in its worst state. `isDigest`: the alerts may be of several referrals. Throws as `composeAlert` does.
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
  const told = shown.map((each): Told => {
    const facts = factsOf(each);
    return {
      about: each,
      facts,
      template: templateNamed(facts.template),
      link: linkTo(each.consoleUrl, each.alert.id),
    };
  });
  const [lead, ...others] = told;
  if (!lead) throw new Error('A letter tells of at least one alert.');
  const around = templateNamed(isDigest ? 'digest' : 'several');
  const body = bodyOf(lead.template, lead.facts, language, lead.link);
  const [all, rest] = [listsOf(told, language), listsOf(others, language, lead)];
  const count = itemCount(all);
  const values = {
    ...lead.facts.values,
    why: [...new Set(told.flatMap(({ facts }) => facts.values.why ?? []))],
    lead: withoutReference(body.subject, lead.facts),
    button: body.button,
    // One has no number: its subject is in the singular.
    count: count === '1' ? [] : count,
    more: itemCount(rest),
    missed: itemCount(listsOf(told.filter(isMissed), language)),
  };
  const flagged = new Set(told.flatMap(({ facts: { flags } }) => flags));
  // The rest of the flags says whose the task of the first alert is.
  const flags = isDigest
    ? (['nothingToDo', 'repeat'] as const)
    : (['hurry', 'repeat', 'answersSeat', 'answersLinkage'] as const);
  const facts = { values, flags: flags.filter((flag) => flag === 'nothingToDo' || flagged.has(flag)) };
  const { subject, heading, button } = titlesOf(around, facts, language);
  const message = isDigest
    ? framed({
        template: around,
        language,
        facts,
        subject,
        body: [
          { kind: 'heading', text: heading },
          ...all,
          { kind: 'button', text: button, href: homeOf(first.consoleUrl) },
        ],
      })
    : framed({
        template: around,
        language,
        facts,
        subject,
        body: body.blocks,
        more: rest.length > 0 ? [{ kind: 'group', text: heading }, ...rest] : [],
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
  /** The writing of the mail, a UTC instant. */
  readonly now: string;
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
    case 'agreement': {
      const reminders = all.flatMap((each) => (each.about === 'agreement' ? each.reminders : []));
      return composeAgreements({ reminders, addressedAs: roleOf(reader), ...frame });
    }
  }
}

/** A mail about a team and no referral names the team that its reader coordinates. */
const teamReason = (team: string, addressedAs: string, language: Language): string =>
  addressedAs === 'mdt-coordinator'
    ? { en: `coordinate the ${teamWords(team)} team`, es: `coordina el equipo de ${teamWords(team)}` }[language]
    : addresseeWords(addressedAs, language);

/** The mail about gaps in a team's roster, for the recipient group `as`. It names no referral and no person. */
export function composeGaps(
  about: ComposingNotice & { readonly team: string; readonly gaps: readonly Gap[]; readonly addressedAs: string },
): Message {
  const { team, gaps, addressedAs, language, consoleUrl } = about;
  const values = {
    team: teamWords(team),
    gaps: gaps.map((gap) => gapWords(gap, language)),
    why: teamReason(team, addressedAs, language),
  };
  const facts = { values, flags: flagsOf(about) };
  return renderTemplate(templateNamed('roster-gaps'), facts, language, pageAt(consoleUrl, teamsPage));
}

/**
 * The mail about gaps and overlaps of shifts, for the recipient group `as` that keeps them. It names roles and places, and no
 * person.
 */
export function composeShifts(
  about: ComposingNotice & { readonly alarms: readonly ShiftFault[]; readonly addressedAs: string },
): Message {
  const { alarms, addressedAs, language, consoleUrl, now } = about;
  const values = {
    gaps: alarms.map((alarm) => shiftWords(alarm, language, now)),
    why: addresseeWords(addressedAs, language),
  };
  const facts = { values, flags: flagsOf(about) };
  return renderTemplate(templateNamed('shifts-at-fault'), facts, language, pageAt(consoleUrl, onCallPage));
}

/**
 * The mail about agreements that end or are to be reviewed. It names kinds of agencies, and no person. An empty `addressedAs` is
 * the keeper, by name.
 */
export function composeAgreements(
  about: ComposingNotice & { readonly reminders: readonly AgreementReminder[]; readonly addressedAs: string },
): Message {
  const { reminders, addressedAs, language, consoleUrl, now } = about;
  const keeper = { en: 'keep these agreements', es: 'está a cargo de estos acuerdos' }[language];
  const values = {
    agreements: reminders.map((each) => agreementWords(each, language, now)),
    why: addressedAs === '' ? keeper : addresseeWords(addressedAs, language),
  };
  const facts = { values, flags: flagsOf(about) };
  return renderTemplate(templateNamed('agreements-end'), facts, language, pageAt(consoleUrl, agreementsPage));
}

/** The mail about findings of the audit, for an administrator. It has references and roles, and nothing of the case. */
export function composeFindings(about: ComposingNotice & { readonly findings: readonly Finding[] }): Message {
  const { findings, language, consoleUrl } = about;
  const values = {
    findings: findings.map((finding) => findingWords(finding, language)),
    why: addresseeWords('administrator', language),
  };
  const facts = { values, flags: flagsOf(about) };
  return renderTemplate(templateNamed('audit-findings'), facts, language, homeOf(consoleUrl));
}

type DraftInMail = Pick<ReportDraft, 'id' | 'since' | 'touchedAt'>;

/** One line for a draft: its reference and times, and nothing of its content. */
const draftWords = ({ id, since, touchedAt }: DraftInMail, language: Language, now: string): string =>
  language === 'en'
    ? `${id}: begun ${whenWords(since, 'en', now)}, last changed ${whenWords(touchedAt, 'en', now)}`
    : `${id}: empezado el ${whenWords(since, 'es', now)}, último cambio el ${whenWords(touchedAt, 'es', now)}`;

/**
 * The mail about all drafts that were left, and all that ended by the rule, for a supervisor. One list may be empty:
 * drafts that ended alone have a mail and subject of their own.
 */
export function composeDraftsLeft(
  about: ComposingNotice & { readonly left: readonly DraftInMail[]; readonly expired: readonly DraftInMail[] },
): Message {
  const { left, expired, language, consoleUrl, now } = about;
  const values = {
    left: left.map((draft) => draftWords(draft, language, now)),
    expired: expired.map((draft) => draftWords(draft, language, now)),
    why: addresseeWords('careline-supervisor', language),
  };
  const given = left.length > 0 && expired.length > 0 ? (['draftsExpired'] as const) : [];
  const template = templateNamed(left.length > 0 ? 'draft-left' : 'draft-ended');
  const facts = { values, flags: [...given, ...flagsOf(about)] };
  return renderTemplate(template, facts, language, pageAt(consoleUrl, draftsPage));
}

/** The mail that warns a writer of all drafts of theirs that end soon. */
export function composeDraftsEndSoon(
  about: ComposingNotice & {
    readonly drafts: readonly (DraftInMail & Pick<DraftsTold['endsSoon'][number], 'endsAt'>)[];
  },
): Message {
  const { drafts, language, consoleUrl, now } = about;
  const ends = language === 'en' ? 'ends' : 'termina el';
  const values = {
    left: drafts.map(
      (draft) => `${draftWords(draft, language, now)}; ${ends} ${whenWords(draft.endsAt, language, now)}`,
    ),
    why: language === 'en' ? 'wrote in these drafts' : 'escribió en estos borradores',
  };
  const facts = { values, flags: flagsOf(about) };
  return renderTemplate(templateNamed('draft-ends-soon'), facts, language, pageAt(consoleUrl, draftsPage));
}
