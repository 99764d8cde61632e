/** What is known of the child and of the referral: codes and times, without what the vault holds. */
import type { Child } from 'hono/jsx';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { Place } from '../../../shared/domain/intake/places.ts';
import { exploitedFor } from '../../../shared/domain/intake/report-facts.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { outOfState } from '../../../shared/policy/places/routing.ts';
import { tribes } from '../../../shared/policy/places/tribes.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Lookups, teamNameOf } from '../app/lookups.ts';
import { callFacts } from '../call/scene-view.tsx';

const ageWords = ({ age }: ReferralView['child']) => {
  if (age.known === 'unknown') return 'Unknown';
  if (age.known === 'exact') return `${age.years}`;
  return age.from === age.to ? `about ${age.from}` : `${age.from} to ${age.to}`;
};

const allegedWords = ({ perpetrators: alleged }: ReferralView['child']) =>
  alleged.map((each) => (each === 'unknown' && alleged.length > 1 ? 'Others, not known who' : words(each))).join(', ');

const townWords = ({ child, nearestTowns }: ReferralView, place: Place) => {
  const town = child[place];
  const nearest = nearestTowns[place] ?? [];
  const other = 'Another place, as it was reported above';
  const near = nearest.length > 0 ? `; the nearest towns: ${nearest.join(', ')}` : '';
  return { unknown: 'Unknown', other: `${other}${near}`, [outOfState]: 'Out of state' }[town] ?? town;
};

const tribeName = (id: string): string | undefined => tribes.find((tribe) => tribe.id === id)?.name;

export function Facts({
  view,
  lookups: { nameOf, agencies },
}: {
  readonly view: ReferralView;
  readonly lookups: Pick<Lookups, 'nameOf' | 'agencies'>;
}) {
  const { child, routing, screenings, downgrade, withdrawal } = view;
  const office = offices.find(({ id }) => id === routing?.office)?.name ?? routing?.office ?? '';
  const unconfirmed = routing?.confirmed === false ? ' (proposed, not confirmed yet)' : '';
  const late = view.lateReason === undefined ? '' : `, long after it was received: ${wordsInside(view.lateReason)}`;
  const byWhom = (decision: string, when: string, by: string) =>
    `${words(decision)} ${formatInstant(when)}, by ${nameOf(by)}`;
  const pairs: (readonly [string, Child])[] = [
    ['Stage', words(view.stage)],
    ['Received', formatInstant(view.receivedAt)],
    ['Recorded', `${formatInstant(view.recordedAt)}${late}`],
    ['In danger now', words(view.danger)],
    ['Missing now', words(view.missingNow)],
    ['Age in years', ageWords(child)],
    ['Alleged, by relation to the child', allegedWords(child)],
    ['Exploited for', words(exploitedFor(child))],
    ...callFacts(view),
    ['Lives in', townWords(view, 'residenceTown')],
    ['Happened in', townWords(view, 'occurrenceTown')],
    ['Is now in', townWords(view, 'presentTown')],
    ['Responsible area office', routing ? `${office}, region ${routing.region}${unconfirmed}` : 'Not known yet'],
    [
      'Responds now',
      routing?.responseOffice === undefined
        ? 'The responsible office'
        : (offices.find(({ id }) => id === routing.responseOffice)?.name ?? routing.responseOffice),
    ],
    [
      'Judicial district, team',
      routing ? `${routing.judicialDistrict}, ${teamNameOf(view.team ?? routing.team)}` : 'Not known yet',
    ],
    ['Screening outcome', screenings.length === 0 ? 'Not screened yet' : words(screenings.at(-1)?.outcome ?? '')],
    [
      'HART liaison',
      view.liaison === undefined
        ? 'Not assigned yet'
        : view.liaisonAcceptedAt === undefined
          ? `${nameOf(view.liaison)}, who has not accepted yet`
          : nameOf(view.liaison),
    ],
  ];
  if (view.lowering) {
    pairs.push([
      'Waits for a second person',
      view.lowering.danger === 'unknown'
        ? 'Proposed: danger is unknown now. Until then every clock runs.'
        : 'Proposed: the child is in no danger now. Until then every clock runs.',
    ]);
  }
  if (view.outreachPause) {
    const { agencyId, by, from, until } = view.outreachPause;
    const agency = agencies.find(({ id }) => id === agencyId)?.name ?? agencyId;
    pairs.push([
      'Pause of outreach',
      `For ${agency}, ${formatInstant(from)} to ${formatInstant(until)}, recorded by ${nameOf(by)}`,
    ]);
  }
  const alone = (seenAlone = 'alone-not-known') => `Seen alone: ${wordsInside(seenAlone)}`;
  if (view.childSeen) {
    const { sighting, seenBy, seenAlone, at: seenAt } = view.childSeen;
    const values = { when: formatInstant(seenAt), by: wordsInside(seenBy) };
    pairs.push([
      'Child seen',
      sighting === 'seen'
        ? `Seen ${values.when}: ${values.by}. ${alone(seenAlone)}`
        : `Not yet. Last attempt ${values.when}: ${values.by}`,
    ]);
  } else if (view.stage === 'open') pairs.push(['Child seen', 'Not recorded yet']);
  if (view.interviewHeld) {
    const { saidAt, seenAlone } = view.interviewHeld;
    pairs.push(['Forensic interview held', `Recorded ${formatInstant(saidAt)}. ${alone(seenAlone)}`]);
  }
  for (const { notice, recipient, tribe, mailKind, mailedAt, receivedAt, moreTime } of view.tribeNotices) {
    const receipt = receivedAt === undefined ? 'no receipt recorded yet' : `received ${formatInstant(receivedAt)}`;
    const more = moreTime ? ', asked for more time' : '';
    pairs.push([
      `Notice ${notice} of a proceeding: ${wordsInside(recipient)}`,
      `${tribeName(tribe) ?? 'Another tribe'}: ${wordsInside(mailKind)} ${formatInstant(mailedAt)}, ${receipt}${more}`,
    ]);
  }
  if (child.tribalMember === 'yes') {
    const { earliestProceeding: earliest } = view;
    pairs.push([
      'Proceeding about custody',
      earliest === undefined ? 'None yet: each notice must first be received' : `None before ${formatDate(earliest)}`,
    ]);
  }
  if (view.exParteOrderAt !== undefined) pairs.push(['Ex parte order', formatInstant(view.exParteOrderAt)]);
  for (const [label, given] of [
    ['Notice to the parents', view.parentsNotice],
    ['Notice of substantiation', view.substantiationNotice],
  ] as const) {
    if (given) pairs.push([label, byWhom(given.decision, given.at, given.by)]);
  }
  const { findingNotice: mailed, findingSafety: safety } = view;
  if (mailed) {
    const given = { when: formatInstant(mailed.at), name: nameOf(mailed.by) };
    pairs.push(['Notice of the finding', `Mailed ${given.when}, by ${given.name}`]);
  }
  if (safety) {
    const given = { when: formatInstant(safety.at), name: nameOf(safety.by) };
    const said = {
      yes: `Safe to mail: ${given.when}, by ${given.name}`,
      no: `Do not mail it: ${given.when}, by ${given.name}`,
      asked: `Asked ${given.when}, by ${given.name}`,
    };
    pairs.push(['Counsel on the notice of the finding', said[safety.mayMail ?? 'asked']]);
  }
  if (downgrade)
    pairs.push(['Waits for a second reviewer', `Lower outcome proposed: ${wordsInside(downgrade.outcome)}`]);
  if (withdrawal) {
    const of = withdrawal.of === undefined ? '' : ` (${withdrawal.of})`;
    pairs.push(['Withdrawal proposed', `${words(withdrawal.because)}${of}`]);
  }
  for (const { of, at: found } of view.matches ?? []) {
    pairs.push(['Perhaps the same child, and told to those alone who are named', `${of}, ${formatInstant(found)}`]);
  }
  if (view.legalHold) {
    pairs.push(['Legal hold', `Set ${formatInstant(view.legalHold.at)} by ${nameOf(view.legalHold.by)}`]);
  }
  if (view.erasure) {
    pairs.push(['Erasure proposed', `${words(view.erasure.ground)}, by ${nameOf(view.erasure.proposedBy)}`]);
  }
  if (view.candidates.length > 0) pairs.push(['Perhaps the same child', view.candidates.join(', ')]);
  if (view.siblings.length > 0) pairs.push(['Other children of the report', view.siblings.join(', ')]);
  return (
    <>
      <h2>The referral</h2>
      <SummaryList pairs={pairs} />
    </>
  );
}
