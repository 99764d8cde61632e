/** The demo's report: one timeline of commits and e-mails, and the outcome. It holds nothing of the vault. */
import type { Calls } from '../iam/count-calls.ts';
import type { SentMail } from '../ses/ses.ts';
import type { AuditView } from './api-client.ts';
import type { RefusedAct } from './play.ts';

export interface Line {
  /** UTC instant. */
  readonly at: string;
  readonly referralId: string;
  readonly who: string;
  readonly says: string;
}

export interface Told {
  readonly reportId: string;
  readonly lines: readonly Line[];
  readonly refused: readonly RefusedAct[];
  readonly referrals: readonly {
    readonly id: string;
    readonly stage: string;
    /** Each deadline is counted once. */
    readonly deadlines: {
      readonly kept: number;
      readonly doneLate: number;
      readonly missedAndOpen: number;
      readonly missedForGood: number;
      readonly notApplicableOrEnded: number;
      readonly open: number;
    };
    readonly commits: number;
    readonly chainIntact: boolean;
  }[];
  readonly emails: number;
  readonly transitions: number;
  /** Of AWS, by function or workflow and action. */
  readonly calls: Calls;
}

const mailer = 'e-mail';

/** Wording of the ledger that only the machinery needs; an audit shows it, a newcomer's timeline does not. */
const machinery = new Set(['checkpoint-raised', 'pathway-opened', 'alert-requested', 'seat-informed']);

export function tell(told: {
  readonly reportId: string;
  readonly audits: readonly AuditView[];
  readonly sent: readonly SentMail[];
  /** Mailboxes whose mail comes back: addresses in lower case. */
  readonly gone: ReadonlySet<string>;
  readonly refused: readonly RefusedAct[];
  readonly transitions: number;
  readonly calls: Calls;
}): Told {
  const { audits, sent } = told;
  const commits = audits.flatMap(({ referralId, commits }) =>
    commits.flatMap(({ at, who, events, says }) =>
      says.flatMap((sentence, index) =>
        machinery.has(events[index]?.type ?? '') ? [] : [{ at, referralId, who, says: sentence }],
      ),
    ),
  );
  const mails = [...Map.groupBy(sent, ({ at, subject }) => `${at} ${subject}`).values()].map((same) => {
    const [{ at, subject }] = same as [SentMail];
    const to = same
      .flatMap(({ destinations }) => destinations)
      .map((address) => (told.gone.has(address.toLowerCase()) ? `${address} (comes back)` : address))
      .join(', ');
    return { at, referralId: subject.split(':')[0] ?? '', who: mailer, says: `✉ ${subject} → ${to}` };
  });
  const lines = [...commits, ...mails].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return {
    reportId: told.reportId,
    lines,
    refused: told.refused,
    referrals: audits.map(({ referralId, stage, deadlines, chain, alertChainsIntact }) => ({
      id: referralId,
      stage,
      deadlines: {
        kept: deadlines.filter(({ status, late }) => status === 'kept' && !late).length,
        doneLate: deadlines.filter(({ status, late }) => status === 'kept' && late).length,
        missedAndOpen: deadlines.filter(({ status, missed }) => status === 'open' && missed).length,
        missedForGood: deadlines.filter(({ status }) => status === 'missed-closed').length,
        notApplicableOrEnded: deadlines.filter(({ status }) => status === 'ended' || status === 'not-applicable')
          .length,
        open: deadlines.filter(({ status, missed }) => status === 'open' && !missed).length,
      },
      commits: chain.length,
      chainIntact: chain.intact && alertChainsIntact,
    })),
    emails: sent.length,
    transitions: told.transitions,
    calls: told.calls,
  };
}

const instant = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
});
const inWords = (at: string) => instant.format(new Date(at));

const width = 110;

/** Wrapped at spaces to the width of a terminal, further lines further in. */
function indented(text: string, by: number): string {
  const rows: string[] = [];
  let row = ' '.repeat(by);
  for (const word of text.split(' ')) {
    if (row.length + word.length > width && row.trim() !== '') {
      rows.push(row.trimEnd());
      row = ' '.repeat(by + 4);
    }
    row += `${word} `;
  }
  return [...rows, row.trimEnd()].join('\n');
}

/** What one person or function did at one instant stands together under them; e-mails stand under what set them off. */
function paragraphs(lines: readonly Line[], several: boolean): readonly string[] {
  const groups: { readonly heading: string; readonly says: string[] }[] = [];
  for (const { at, referralId, who, says } of lines) {
    const when = [inWords(at), ...(several ? [referralId] : [])].join(' · ');
    const heading = who === mailer ? when : `${when} · ${who}`;
    const last = groups.at(-1);
    if (last && (last.heading === heading || (who === mailer && last.heading.startsWith(when)))) last.says.push(says);
    else groups.push({ heading, says: [says] });
  }
  return groups.map(({ heading, says }) => [heading, ...says.map((each) => indented(each, 4))].join('\n'));
}

/** The timeline as text for a terminal. */
export function render({ reportId, lines, referrals, refused, emails, transitions }: Told): string {
  const results = referrals.map(
    ({ id, stage, deadlines, commits, chainIntact }) =>
      `${id} is ${stage}. Deadlines: ${deadlines.kept} kept in time, ${deadlines.doneLate} missed and done late, ` +
      `${deadlines.missedAndOpen} missed and still open, ${deadlines.missedForGood} never done, ` +
      `${deadlines.notApplicableOrEnded} not applicable or ended, ${deadlines.open} open and not yet due. ` +
      `Chain of ${commits} commits: ${chainIntact ? 'verified, intact' : 'BROKEN'}.`,
  );
  return [
    `Report ${reportId}. All times are New York time.`,
    ...paragraphs(lines, referrals.length > 1),
    results.map((result) => indented(result, 0)).join('\n'),
    ...(referrals.some(({ stage }) => stage === 'open')
      ? ['The demo stops here. What is open goes on: its clocks run and its people are alerted until one of them acts.']
      : []),
    ...refused.map(({ at, email, command, sentence }) =>
      indented(`Refused on ${inWords(at)}: ${command} by ${email}. ${sentence}`, 0),
    ),
    `${emails} e-mails, ${transitions} state transitions.`,
  ].join('\n\n');
}
