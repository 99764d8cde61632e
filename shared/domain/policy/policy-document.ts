/**
 * A policy as a document for a lawyer to mark up. It has every rule in plain words, with an anchor that stays and a
 * line to sign.
 */

import { Temporal } from 'temporal-polyfill';
import {
  indicatorChecklist,
  indicatorTopics,
  outcomes,
  type Role,
  type Service,
  services,
} from '../core/vocabulary.ts';
import { placeOf } from '../directory/scopes.ts';
import { keptWords } from '../next-steps/milestone-table.ts';
import { notValidated, screeningCondition, trainedWords, weightWords } from '../screening/screening-words.ts';
import { consentWords } from '../services/service-catalogue.ts';
import type { Confidence } from './confidence.ts';
import { type Duration, durationWords } from './due.ts';
import { holdsAt, instantOf, startWords } from './in-force.ts';
import { type MapClock, mapOf } from './pathway-map.ts';

import {
  type AlarmClass,
  type AlarmRule,
  type CourtHours,
  type DeadlineRule,
  type EligibilityRule,
  type Extension,
  extensionOf,
  type HardStop,
  type OverlayRule,
  type Policy,
  type Ringing,
} from './policy.ts';
import { differences } from './policy-diff.ts';
import {
  closingWords,
  codeWords,
  confidenceWords,
  fieldWords,
  recipientWords,
  standing,
  timeWords,
} from './rule-words.ts';

/** The source of a holiday, by the name that the calendar gives it. */
export interface HolidaySource {
  readonly name: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** A sentence of the document about what the code infers, beside the rows of the policy. */
export interface DocumentNote {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Clocks that no longer run as they did, and what does their work. */
export interface RetiredClock {
  readonly ids: readonly string[];
  readonly was: string;
  readonly successors: readonly string[];
  readonly now: string;
  readonly reason: string;
}

/** Facts that the document prints beside the data of the policy. */
export interface DocumentSources {
  /** The children that each duty is about, by the id of its rule. */
  readonly appliesTo?: Readonly<Record<string, string>>;
  readonly notes?: readonly DocumentNote[];
  readonly retired?: readonly RetiredClock[];
  readonly holidays: readonly HolidaySource[];
  /** The roles that count as trained to screen. */
  readonly trained?: readonly Role[];
  /** The maximum that the law allows, by rule, for reports received between two dates. */
  readonly limits: readonly {
    readonly rule: string;
    readonly from?: string;
    readonly until?: string;
    readonly atMost: readonly Duration[];
    readonly clause: string;
    readonly confidence: Confidence;
  }[];
}

const holidayYears = [2026, 2027];

/** The text of a table cell, without bars and line breaks of its own. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]) => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows,
  '',
];
const anchor = (id: string) => `<a id="${id.toLowerCase()}"></a>`;
const signature = 'Confirmed by / date';
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const signOff = (waits: boolean) => (waits ? ' **awaits legal sign-off**' : '');

const extensionWords = ({ by, atMost }: Extension) =>
  `${by.map(codeWords).join(', ')}; up to ${durationWords(atMost)} after it was due by the rule, with a reason in words`;

function escalationWords({ escalateFrom }: DeadlineRule, { overdueAt }: Policy): string {
  if (escalateFrom === 'due') return 'when it is due';
  const after = escalateFrom === undefined ? `${percent(overdueAt - 1)} of the time` : durationWords(escalateFrom);
  return `${after} after it was due`;
}

const stopWords = ({ after, from, because, warnBefore, warns, source, confidence }: HardStop) =>
  `${durationWords(after)} after ${from}: ${because}; warnings ${warnBefore.map(durationWords).join(', ')} before it to ${warns.map(recipientWords).join(', ')} (${source}; ${confidence})`;

const earlierStops = ({ hardStop }: DeadlineRule): readonly (readonly [string, string])[] =>
  (hardStop?.earlierStops ?? []).map(({ what, after, warnBefore, source, confidence, awaitsLegalSignOff }) => [
    'Before that',
    `${what} until ${durationWords(after)} after ${hardStop?.from}; warnings ${warnBefore.map(durationWords).join(', ')} before it (${source}; ${confidence})${signOff(awaitsLegalSignOff)}`,
  ]);

const courtWords = ({ from, to, warnBefore, source, confidence, awaitsLegalSignOff }: CourtHours) =>
  `shown, with warnings ${warnBefore.map(durationWords).join(' and ')} before its end, and none before it begins; a court sits from ${from}:00 to ${to}:00 New York time on business days (${source}; ${confidence})${signOff(awaitsLegalSignOff)}`;

const percent = (part: number) => `${Math.round(part * 100)} %`;

function legalLimit(
  { id, statutoryMaximum }: DeadlineRule,
  policy: Policy,
  limits: DocumentSources['limits'],
): string | undefined {
  const start = instantOf(policy.inForceFrom);
  const limit = limits.find((each) => each.rule === id && holdsAt(each, start));
  if (!limit) return statutoryMaximum && durationWords(statutoryMaximum);
  return `${limit.atMost.map(durationWords).join(' or ')} (${limit.clause}; ${limit.confidence})`;
}

const classWords: Readonly<Record<AlarmClass, string>> = {
  now: 'now: at any hour, until a person answers',
  today: 'today: by itself, in waking hours',
  routine: 'routine: in one mail a day',
};

/** `today: …; in danger now: …` */
const alarmWords = ({ class: usual, inDanger, onReturn, forSubject = {}, rings, source, confidence }: AlarmRule) =>
  `${[
    classWords[usual],
    ...(inDanger ? [`in danger ${classWords[inDanger]}`] : []),
    ...(onReturn ? [`once the child is back ${classWords[onReturn]}`] : []),
    ...Object.entries(forSubject).map(([service, its]) => `for ${codeWords(service)} ${classWords[its]}`),
    ...(rings === 'at-opening' ? ['it rings when the duty opens'] : []),
    ...(rings === 'at-part' ? ['it rings once that part of its time is over, and no earlier'] : []),
  ].join('; ')} (${source}; ${confidence})`;

const quietWords = ({ quiet: { from, to }, ringing: { atLeastLeft } }: Policy) =>
  `mail that comes up from ${from}:00 on waits until ${to}:00, and never until its duty is due. At once goes class "now", a missed duty of law, and what tells of a duty or meeting before ${to}:00. So does the first news of one within ${durationWords(atLeastLeft)} after ${to}:00. Any other missed duty waits`;

const ringingWords = (
  {
    fromPart,
    atLeastLeft,
    nextPersonAfter,
    director,
    directorAfter,
    againEvery,
    togetherWithin,
    steadyFor,
    slowestEvery,
    beforeStopEvery,
    redWithin,
    textAfter,
    source,
    confidence,
  }: Ringing,
  afterEscalation: Policy['afterEscalation'],
) =>
  `a duty of class "now" rings when ${percent(fromPart)} of its time is over, or ${durationWords(atLeastLeft)} before it is due, whichever is earlier. While no one answers, the next on shift is called after ${durationWords(nextPersonAfter)}, the ${codeWords(director)} and the escalation after ${durationWords(directorAfter)}. Then every ${durationWords(againEvery)} the next in line is called: ${afterEscalation.map(codeWords).join(', ')}. After the last, the line begins again at the front, and calls the next on shift of each role the second time. An overdue duty begins with the ${codeWords(director)}, and its own people are called with them. A person who took the call keeps the duty until it is due. After that it rings only while doing it still helps the child: danger is not ruled out, the child is missing, or evidence can be taken. Pages show it in red from ${durationWords(redWithin)} before it is due. Any other missed duty is a line until it is explained, and calls no one. Duties of one child that ring, or whose call comes within ${durationWords(togetherWithin)}, are one call: one mail a person, with each duty that this person is called about. After ${durationWords(steadyFor)}, with everyone in line called, it rings less and less often, at least every ${durationWords(slowestEvery)}. Each such call is for the front of the line as well. The page and the number to call stay. Duties of one child are called about in step: from its fourth call on, a duty follows the one whose round began last. Each warning of a hard stop calls everyone in line and begins a new round, unless a person has the duty. From the last warning on it rings at least every ${durationWords(beforeStopEvery)}, and after the stop no more. Where text messages are on, mail that stays unanswered for ${durationWords(textAfter)} is followed by one text message, to a person who gave a number for it (${source}; ${confidence})`;

/** The group of a rule, and the other rules of it. */
function groupWords({ id, group }: DeadlineRule, { deadlines }: Policy): string {
  const others = deadlines.filter((each) => each.group === group && each.id !== id).map((each) => each.id);
  const [title, and] = [codeWords(group ?? ''), others.length > 0 ? `, with ${others.join(', ')}` : ''];
  return `${title}${and}: one line with a tick for each duty, and one mail`;
}

function deadline(rule: DeadlineRule, policy: Policy, { limits, appliesTo }: DocumentSources): readonly string[] {
  const limit = legalLimit(rule, policy, limits);
  const isFor = appliesTo?.[rule.id];
  const extension = extensionOf(rule, policy);
  const facts: readonly (readonly [string, string])[] = [
    ...(isFor === undefined ? [] : [['Applies to', capital(isFor)] as const]),
    ['Time', capital(timeWords(rule))],
    ['Clock starts with', rule.clockStart],
    ...(rule.group ? [['Group', groupWords(rule, policy)] as const] : []),
    ...(rule.hardStop ? [['Hard stop', stopWords(rule.hardStop)] as const] : []),
    ...earlierStops(rule),
    ...(rule.courtHours ? [['Last hour of a court', courtWords(rule.courtHours)] as const] : []),
    [
      'It is',
      `${standing(rule)}${rule.lawFor ? `; only for ${rule.lawFor}, and policy for every other, with the same class of calls` : ''}${signOff(rule.awaitsLegalSignOff)}`,
    ],
    ['Source', rule.source],
    ['Confidence', `${rule.confidence}: ${confidenceWords[rule.confidence]}`],
    ...(limit === undefined ? [] : [['The law allows', limit] as const]),
    ...(rule.ofPathway ? [['Only after', `the outcome ${rule.ofPathway.join(' or ')}`] as const] : []),
    ...(rule.subjects ? [['One each for', rule.subjects.map(codeWords).join(', ')] as const] : []),
    ['Kept when', rule.keptBy.map(keptWords).join('; or ')],
    ['Closing', closingWords[rule.closing]],
    ...(rule.warnAfter
      ? [['Warnings', `${rule.warnAfter.map(durationWords).join(', ')} after the start`] as const]
      : []),
    ...(rule.remindBefore
      ? [
          [
            'Reminders ahead',
            `${rule.remindBefore.join(' and ')} days before the clock starts, in the digest of that day`,
          ] as const,
        ]
      : []),
    ...(rule.answerAt === undefined
      ? []
      : [
          [
            'Reminder',
            `after ${percent(rule.answerAt)} of the time, while the provider has not answered the referral`,
          ] as const,
        ]),
    ['Alarm class', alarmWords(rule.alarm)],
    ...(rule.mailedAs ? [['In mail it is called', rule.mailedAs.en] as const] : []),
    ['Who is told', rule.alert.map(recipientWords).join(', ')],
    ...(rule.alertUntilAccepted
      ? [['Until a HART liaison has accepted', rule.alertUntilAccepted.map(recipientWords).join(', ')] as const]
      : []),
    ['Who is next', `${rule.escalate.map(recipientWords).join(', ')}, ${escalationWords(rule, policy)}`],
    ['Who may extend', extension ? capital(extensionWords(extension)) : 'No one: law is never extended or waived'],
    [signature, ''],
  ];
  return [
    anchor(rule.id),
    `### ${rule.id}. ${rule.obligation}`,
    '',
    ...table(
      ['', ''],
      facts.map(([name, text]) => row(name, text)),
    ),
  ];
}

/** Overlays of one letter are told apart by their position among those of that letter. */
function overlayRow(rule: OverlayRule, index: number, all: readonly OverlayRule[]): string {
  const place = all.slice(0, index).filter(({ letter }) => letter === rule.letter).length + 1;
  return row(
    `${anchor(`overlay-${rule.letter}-${place}`)}${rule.letter}`,
    conditionWords(rule.when),
    `${rule.flags.map(codeWords).join(', ')}: ${rule.says}${opensWords(rule.opens)}`,
    rule.basis,
    rule.confidence,
    '',
  );
}

const conditionWords = (when: EligibilityRule['when'] | OverlayRule['when']): string => {
  const conditions = Object.entries(when).map(([input, values]) => `${fieldWords(input)} is ${values.join(' or ')}`);
  return conditions.length === 0 ? 'always' : conditions.join('; ');
};

const opensWords = (opens: readonly string[] | undefined) => (opens ? ` Begins ${opens.join(', ')}.` : '');

/** Rows of one number are told apart by their position among those of that number. */
function eligibilityRow(rule: EligibilityRule, index: number, all: readonly EligibilityRule[]): string {
  const place = all.slice(0, index).filter(({ number }) => number === rule.number).length + 1;
  return row(
    `${anchor(`eligibility-${rule.number}-${place}`)}${rule.number}`,
    conditionWords(rule.when),
    `${rule.outcome}${opensWords(rule.opens)}`,
    rule.basis,
    rule.confidence,
    '',
  );
}

function holidayRows({ calendar }: Policy, sources: readonly HolidaySource[]): readonly string[] {
  return holidayYears.flatMap((year) => {
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    return Array.from({ length: first.daysInYear }, (_, index) => first.add({ days: index })).flatMap((day) => {
      const name = calendar.why(day.toString());
      if (name === undefined || name === 'Saturday' || name === 'Sunday') return [];
      const known = sources.find((source) => name === source.name || name.startsWith(`${source.name},`));
      const weekday =
        ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][day.dayOfWeek - 1] ?? '';
      return [
        row(`${anchor(`holiday-${day}`)}${day}`, weekday, name, known?.source ?? '', known?.confidence ?? '', ''),
      ];
    });
  });
}

const seatWords = {
  required: 'required',
  conditional: 'conditional: where appropriate, by invitation of the coordinator',
  invited: 'optional, by invitation of the coordinator',
} as const;

function teamRows({ team }: Policy): readonly string[] {
  return team.seats.map(({ discipline, seat, source, confidence, consentFirst, privileged }) =>
    row(
      `${anchor(`discipline-${discipline}`)}${capital(codeWords(discipline))}`,
      [
        seatWords[seat],
        ...(consentFirst ? [`consent first (${consentFirst.source}; ${consentFirst.confidence})`] : []),
        ...(privileged
          ? [`privileged communications, never asked for (${privileged.source}; ${privileged.confidence})`]
          : []),
      ].join('; '),
      source,
      confidence,
      '',
    ),
  );
}

function catalogueRow(service: Service, { catalogue }: Policy): string {
  const { isFor, ages, clocks, consent, consentFor, urgent, part2, source, confidence, awaitsLegalSignOff } =
    catalogue[service];
  const needed = consent.map((kind) => consentWords[kind]).join(' or ') || 'none';
  return row(
    `${anchor(`service-${service}`)}${capital(codeWords(service))}`,
    isFor,
    `${ages.from} to ${ages.to}`,
    clocks.join(', ') || 'D35 alone',
    `${needed}${consentFor ? ', for what the program discloses: none for the referral to it' : ''}${urgent ? '; urgent, waits for nothing' : ''}${part2 ? '; its records stand apart' : ''}${signOff(awaitsLegalSignOff)}`,
    source,
    confidence,
    '',
  );
}
/** The notice that members sign, sentence by sentence. */
const noticeRows = ({ team: { notice } }: Policy): readonly string[] =>
  [...notice.sentences, notice.question].map((sentence, index) =>
    row(`${anchor(`notice-${index + 1}`)}${sentence}`, notice.source, notice.confidence, ''),
  );

/** Each retired clock with what does its work now. */
const retiredLines = (retired: readonly RetiredClock[]): readonly string[] =>
  retired.length === 0
    ? []
    : [
        anchor('retired-clocks'),
        '## Retired clocks',
        '',
        'These clocks of before run no longer, or otherwise. Histories were played under both: each duty of law is due no later, and people are called no later.',
        '',
        ...table(
          ['Clock', 'It was', 'Clocks that do its work', 'Now', 'Reason', signature],
          retired.map(({ ids, was, successors, now, reason }) =>
            row(
              ids.join(', '),
              was,
              successors.map((id) => `[${id}](#${id.toLowerCase()})`).join(', '),
              now,
              reason,
              '',
            ),
          ),
        ),
      ];

/** What the code infers beside the rows, one row each with its anchor. */
const noteLines = (notes: readonly DocumentNote[]): readonly string[] =>
  notes.length === 0
    ? []
    : [
        '## What the rules infer, and what they leave out',
        '',
        ...table(
          ['Subject', 'What holds', 'Source', 'Confidence', signature],
          notes.map(({ id, title, says, source, confidence }) =>
            row(`${anchor(id)}${title}`, says, source, confidence, ''),
          ),
        ),
      ];

const coveredWords = ({ role }: Policy['shifts']['covered'][number]): string =>
  `${codeWords(role).replace('oncall', 'on call')}${placeOf(role) === 'office' ? ' of each office' : ''}`;

/** The picture of the pathway, and the same in two tables. */
function pathway(policy: Policy): readonly string[] {
  const { stages, outcomes: rows } = mapOf(policy);
  const link = (id: string) => `[${id}](#${id.toLowerCase()})`;
  const links = (clocks: readonly MapClock[]) =>
    clocks.map(({ id, time, alarm }) => `${link(id)} ${time}, ${alarm}`).join('; ') || 'none';
  return [
    '## The pathway at a glance',
    '',
    '![The stages of a referral and the clocks of each](pathway.svg)',
    '',
    'Renew the picture with `npm run policy -- map`. The tables say the same. The words now, today and routine are alarm classes.',
    '',
    ...table(
      ['Stage', 'What happens', 'Clocks of law', 'Clocks of policy'],
      stages.map(({ title, says, starts }, index) => {
        const clocks = starts.flatMap((each) => each.clocks);
        const ofKind = (isLaw: boolean) => links(clocks.filter((clock) => clock.isLaw === isLaw));
        return row(`${index + 1}. ${title}`, says, ofKind(true), ofKind(false));
      }),
    ),
    ...table(
      ['Outcome', 'Clocks that start', 'Services that open', 'Decision that the rules propose'],
      rows.map(({ outcome, opens, services: opened, populations }) =>
        row(
          outcome,
          [
            ...opens.map(({ id }) => link(id)),
            ...populations.flatMap(({ population, also }) => also.map((id) => `${link(id)} (${population})`)),
          ].join(', '),
          opened.join(', ') || 'none',
          populations.map(({ population, proposal }) => `${population}: ${proposal}`).join('; '),
        ),
      ),
    ),
  ];
}

/** Since when it is in force, and what changed from the version before. */
function beginning(policy: Policy, before: Policy | undefined): readonly string[] {
  const since = `In force for reports received from ${startWords(policy)} on. It counts when a report was received, not when it was entered.`;
  const rest = 'A referral keeps its version until a person brings it under another one.';
  if (!before) return [since, 'It is the first version, so it holds for earlier reports as well.', rest, ''];
  const found = differences(before, policy);
  return [
    since,
    rest,
    '',
    `## What changed from version ${before.version}`,
    '',
    `Version ${before.version} is in force from ${startWords(before)} until then.`,
    '',
    ...(found.length === 0 ? ['Nothing.'] : found.map((each) => `- ${each}`)),
    '',
  ];
}

/**
 * The whole document in Markdown, ending with a line break. It holds only what the policy and the vocabulary say.
 * `before`: the version before this one.
 */
export function policyDocument(policy: Policy, sources: DocumentSources, before?: Policy): string {
  const { deadlines, remindAt, warnAt, repeatOverdueEvery, mostAlerts, afterEscalation, extension, digest, quiet } =
    policy;
  const law = deadlines.filter(({ kind }) => kind === 'statute').length;
  const lines = [
    `# The rules of ${policy.jurisdiction}, version ${policy.version}`,
    '',
    'Generated from the data by `npm run policy -- document`: do not edit it, mark up a copy. Each row has an anchor that stays and a place',
    'for who confirmed it and when: an empty place means that no one has. None of this is legal advice: what is law still needs the sign-off of',
    'counsel wherever it says so.',
    '',
    ...beginning(policy, before),
    ...table(
      ['Confidence', 'What it means'],
      Object.entries(confidenceWords).map(([word, meaning]) => row(word, meaning)),
    ),
    ...pathway(policy),
    '## Deadlines',
    '',
    `${deadlines.length} deadlines: ${law} of law, ${deadlines.length - law} of policy. Minutes and hours are elapsed time, through nights, weekends and`,
    'changes of the clocks. Calendar days end at the same time of day or after 24 hours each, whichever is earlier. So over the spring change they',
    'are an hour short of 24 hours each, and over the autumn change they end an hour earlier by the clock. Business days are counted from the day',
    'after the event and end at 17:00.',
    '',
    ...table(
      ['For every deadline', '', signature],
      [
        row(
          `${anchor('policy-checkpoints')}Checkpoints`,
          `reminder at ${percent(remindAt)} of the time, warning at ${percent(warnAt)}, due, then the next person; after that again every ${durationWords(repeatOverdueEvery)}. A person who was alerted of a deadline ${mostAlerts} times is told no more. The next are told instead: those of the escalation, then ${afterEscalation.map(codeWords).join(', then ')}, who is told on`,
          '',
        ),
        row(
          `${anchor('policy-outreach-pause')}Pause of outreach`,
          `police may have it paused for ${durationWords(policy.outreachPause.atMost)} at a time, and never for ${policy.outreachPause.never.map(codeWords).join(', ')} (${policy.outreachPause.source}, ${policy.outreachPause.confidence})`,
          '',
        ),
        row(`${anchor('policy-ringing')}Ringing`, ringingWords(policy.ringing, policy.afterEscalation), ''),
        row(
          `${anchor('policy-digest')}Daily digest`,
          `one mail a day to each person, at ${digest.hour}:00, of all that is routine: news, reminders, missed duties and escalations; not a reminder of what is due before it, nor a question, ${digest.businessDaysOnly ? 'on business days' : 'weekends and holidays too'} (${digest.source}, ${digest.confidence})`,
          '',
        ),
        row(
          `${anchor('policy-quiet')}Quiet hours`,
          `${quiet.from === quiet.to ? 'none' : quietWords(policy)} (${quiet.source}, ${quiet.confidence})`,
          '',
        ),
        row(
          `${anchor('policy-shifts')}On-call shifts`,
          `${policy.shifts.covered.map(coveredWords).join(', ')} are covered at every hour; a time without a shift, or with two of one order, is told ${policy.shifts.warnings.map(durationWords).join(' and again ')} ahead (${policy.shifts.source}, ${policy.shifts.confidence})`,
          '',
        ),
        row(
          `${anchor('policy-deputies')}Deputies of a team`,
          `are asked as well where a seat has been silent for ${durationWords(policy.team.deputyAfter.silence)} (${policy.team.deputyAfter.source}, ${policy.team.deputyAfter.confidence})`,
          '',
        ),
        row(
          `${anchor('policy-not-reached')}A seat that was not reached`,
          `is told to the coordinator at once where the invitation failed, and ${durationWords(policy.team.notReachedAfter.time)} after the invitation where no delivery, answer or call is recorded (${policy.team.notReachedAfter.source}, ${policy.team.notReachedAfter.confidence})`,
          '',
        ),
        row(
          `${anchor('policy-extension')}More time, where it is policy`,
          `${extensionWords(extension)} (${extension.source}, ${extension.confidence})`,
          '',
        ),
      ],
    ),
    ...deadlines.flatMap((rule) => deadline(rule, policy, sources)),
    ...retiredLines(sources.retired ?? []),
    ...noteLines(sources.notes ?? []),
    '## Eligibility: is there a basis to allege?',
    '',
    'The first row that matches is proposed; a named person decides. It is a basis to allege, never an adjudication: only a court finds that a',
    'child is uncared for. An age that is not known, or may be under 18, counts as under 18. Services never wait for it.',
    '',
    ...table(['Row', 'When', 'Proposed', 'Basis', 'Confidence', signature], policy.eligibility.map(eligibilityRow)),
    'Beside the proposal, whatever it is, every one of these that matches holds. Both tables are asked again after each screening, whenever a',
    'fact they ask for changes, and once in 30 days. Where the proposal is then another outcome, a person is asked to decide again.',
    '',
    ...table(['Overlay', 'When', 'What it asks', 'Basis', 'Confidence', signature], policy.overlays.map(overlayRow)),
    '## The indicator checklist',
    '',
    `Version ${indicatorChecklist}, written by this project, not validated. Each topic is answered yes, no or unknown; unknown is never read as no.`,
    '',
    ...table(
      ['Topic', 'Question', 'A yes is', signature],
      indicatorTopics.map((topic) => {
        const { question, weight } = policy.screening.topics[topic];
        return row(`${anchor(`indicator-${topic}`)}${capital(codeWords(topic))}`, question, weightWords[weight], '');
      }),
    ),
    '## The proposed screening outcome',
    '',
    notValidated,
    ...(sources.trained ? [trainedWords(sources.trained)] : []),
    '',
    'The first row that matches is proposed, with the facts it rests on. An answer that was not given is unknown. Of several results of',
    'instruments the highest counts: `clear` is clear or high, `possible` is possible or medium. Sex and gender are no input.',
    '',
    ...table(
      ['Row', 'When', 'Proposed', 'Basis', 'Source', 'Confidence', signature],
      policy.screening.rules.map((rule) =>
        row(
          `${anchor(`screening-${rule.number}`)}${rule.number}`,
          screeningCondition(rule, policy),
          rule.outcome,
          rule.basis,
          rule.source,
          rule.confidence,
          '',
        ),
      ),
    ),
    `## Holidays of ${holidayYears.join(' and ')}`,
    '',
    ...table(['Date', 'Day', 'Holiday', 'Source', 'Confidence', signature], holidayRows(policy, sources.holidays)),
    '## The team',
    '',
    ...table(['Discipline', 'Seat', 'Source', 'Confidence', signature], teamRows(policy)),
    `Before members see more than the invitation they sign this notice, version ${policy.team.notice.version}, and answer its question:`,
    '',
    ...table(['Notice of confidentiality', 'Source', 'Confidence', signature], noticeRows(policy)),
    'A quorum is one of each of these, each a person of its own:',
    '',
    ...table(
      ['Quorum', signature],
      policy.quorum.map((group, index) =>
        row(`${anchor(`quorum-${index + 1}`)}${capital(group.map(codeWords).join(' or '))}`, ''),
      ),
    ),
    '## The service catalogue',
    '',
    'Who each service is for and what is needed before the child is referred. No consent counts as given because no one was asked. Acute',
    'medicine and safety wait for none. Where no clock of its own runs, D35 asks for the referral and the start. D36 reviews what became of every service but the exams and compensation.',
    '',
    ...table(
      ['Service', 'For', 'Years', 'Clocks', 'Before the referral', 'Source', 'Confidence', signature],
      services.map((service) => catalogueRow(service, policy)),
    ),
    '## Services opened by each outcome',
    '',
    ...table(
      ['Outcome', 'Services', signature],
      outcomes.map((outcome) =>
        row(
          `${anchor(`services-${outcome}`)}${outcome}`,
          policy.servicesFor[outcome].map(codeWords).join(', ') || 'none',
          '',
        ),
      ),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
