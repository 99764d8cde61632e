/** What the demo tells: one timeline of commits and e-mails, and what came out of it. Nothing of the vault is in it. */
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
    readonly deadlines: {
      readonly kept: number;
      readonly late: number;
      readonly missed: number;
      readonly other: number;
      readonly open: number;
    };
    readonly commits: number;
    readonly chainIntact: boolean;
  }[];
  readonly emails: number;
  readonly transitions: number;
}

/** Wording of the ledger that only the machinery needs; an audit shows it, a newcomer's timeline does not. */
const machinery = new Set(['checkpoint-raised', 'pathway-opened', 'alert-requested', 'seat-informed']);

export function tell(told: {
  readonly reportId: string;
  readonly audits: readonly AuditView[];
  readonly sent: readonly SentMail[];
  readonly refused: readonly RefusedAct[];
  readonly transitions: number;
}): Told {
  const { audits, sent } = told;
  const commits = audits.flatMap(({ referralId, commits }) =>
    commits.flatMap(({ at, who, events, says }) =>
      says.flatMap((sentence, index) =>
        machinery.has(events[index]?.type ?? '') ? [] : [{ at, referralId, who, says: sentence }],
      ),
    ),
  );
  const mails = sent.map(({ at, destinations, subject }) => ({
    at,
    referralId: subject.split(':')[0] ?? '',
    who: 'e-mail',
    says: `to ${destinations.join(', ')}: ${subject}`,
  }));
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
        late: deadlines.filter(({ status, late }) => status === 'kept' && late).length,
        missed: deadlines.filter(({ status, missed }) => status === 'missed-closed' || (status === 'open' && missed))
          .length,
        other: deadlines.filter(({ status }) => status === 'ended' || status === 'not-applicable').length,
        open: deadlines.filter(({ status, missed }) => status === 'open' && !missed).length,
      },
      commits: chain.length,
      chainIntact: chain.intact && alertChainsIntact,
    })),
    emails: sent.length,
    transitions: told.transitions,
  };
}

const day = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** The timeline as text for a terminal. */
export function render({ reportId, lines, referrals, refused, emails, transitions }: Told): string {
  const several = referrals.length > 1;
  const rows = lines.map(({ at, referralId, who, says }) => {
    const about = several ? `${referralId}  ` : '';
    return `${day.format(new Date(at)).padEnd(28)}  ${about}${says}${who === 'e-mail' ? '' : `  [${who}]`}`.replace(
      /^(.{28} {2})(.*)$/u,
      (_, when: string, rest: string) => (who === 'e-mail' ? `${when}    ✉ ${rest}` : `${when}${rest}`),
    );
  });
  const results = referrals.map(
    ({ id, stage, deadlines, commits, chainIntact }) =>
      `${id} is ${stage}. Deadlines: ${deadlines.kept} kept, ${deadlines.late} done late, ${deadlines.missed} missed, ` +
      `${deadlines.other} not applicable or ended, ${deadlines.open} open. ` +
      `Chain of ${commits} commits: ${chainIntact ? 'verified, intact' : 'BROKEN'}.`,
  );
  return [
    `Report ${reportId}. All times are New York time.`,
    '',
    ...rows,
    '',
    ...results,
    ...refused.map(({ command, sentence }) => `Refused: ${command}. ${sentence}`),
    `${emails} e-mails, ${transitions} state transitions.`,
  ].join('\n');
}
