/** What is known of the child and of the referral: codes and times, without what the vault holds. */
import type { Child } from 'hono/jsx';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { Place } from '../../../shared/domain/intake/places.ts';
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
  alleged.map((code) => (code === 'unknown' && alleged.length > 1 ? 'Others, not known who' : words(code))).join(', ');

const townWords = ({ child, nearestTowns }: ReferralView, place: Place) => {
  const town = child[place];
  const nearest = nearestTowns[place] ?? [];
  const other = `Another place, as it was reported above${nearest.length > 0 ? `; the nearest towns: ${nearest.join(', ')}` : ''}`;
  return { unknown: 'Unknown', other, [outOfState]: 'Out of state' }[town] ?? town;
};

const tribeName = (id: string): string => tribes.find((tribe) => tribe.id === id)?.name ?? 'Another tribe';

export function Facts({
  view,
  lookups: { nameOf, agencies },
}: {
  readonly view: ReferralView;
  readonly lookups: Pick<Lookups, 'nameOf' | 'agencies'>;
}) {
  const { child, routing, screenings, downgrade, withdrawal } = view;
  const office = offices.find(({ id }) => id === routing?.office)?.name ?? routing?.office;
  const unconfirmed = routing?.confirmed === false ? ' (proposed, not confirmed yet)' : '';
  const pairs: (readonly [string, Child])[] = [
    ['Stage', words(view.stage)],
    ['Received', formatInstant(view.receivedAt)],
    [
      'Recorded',
      `${formatInstant(view.recordedAt)}${view.lateReason === undefined ? '' : `, long after it was received: ${wordsInside(view.lateReason)}`}`,
    ],
    ['In danger now', words(view.danger)],
    ['Missing now', words(view.missingNow)],
    ['Age in years', ageWords(child)],
    ['Alleged, by relation to the child', allegedWords(child)],
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
    ['Screening outcome', words(screenings.at(-1)?.outcome ?? 'not screened yet')],
    ['HART liaison', view.liaison === undefined ? 'Not assigned yet' : nameOf(view.liaison)],
  ];
  if (view.lowering) {
    const proposed = view.lowering.danger === 'unknown' ? 'danger is unknown now' : 'the child is in no danger now';
    pairs.push(['Waits for a second person', `Proposed: ${proposed}. Until then every clock runs.`]);
  }
  if (view.outreachPause) {
    const { agencyId, by, from, until } = view.outreachPause;
    const agency = agencies.find(({ id }) => id === agencyId)?.name ?? agencyId;
    pairs.push([
      'Pause of outreach',
      `For ${agency}, ${formatInstant(from)} to ${formatInstant(until)}, recorded by ${nameOf(by)}`,
    ]);
  }
  if (view.childSeen) {
    const { sighting, seenBy, at } = view.childSeen;
    pairs.push([
      'Child seen',
      `${sighting === 'seen' ? 'Seen' : 'Not yet. Last attempt'} ${formatInstant(at)}: ${wordsInside(seenBy)}`,
    ]);
  } else if (view.stage === 'open') pairs.push(['Child seen', 'Not recorded yet']);
  for (const { notice, tribe, mailKind, mailedAt, receivedAt, moreTime } of view.tribeNotices) {
    const receipt = receivedAt === undefined ? 'no receipt recorded yet' : `received ${formatInstant(receivedAt)}`;
    const more = moreTime ? ', asked for more time' : '';
    pairs.push([
      `Notice ${notice} to a tribe`,
      `${tribeName(tribe)}: ${wordsInside(mailKind)} ${formatInstant(mailedAt)}, ${receipt}${more}`,
    ]);
  }
  if (child.tribalMember === 'yes') {
    const { earliestProceeding: day } = view;
    pairs.push([
      'Proceeding about custody',
      day === undefined ? 'None yet: the tribe must first receive its notice' : `None before ${formatDate(day)}`,
    ]);
  }
  if (view.exParteOrderAt !== undefined) pairs.push(['Ex parte order', formatInstant(view.exParteOrderAt)]);
  if (view.parentsNotice) {
    const { decision, by, at } = view.parentsNotice;
    pairs.push(['Notice to the parents', `${words(decision)} ${formatInstant(at)} by ${nameOf(by)}`]);
  }
  if (view.findingNotice) {
    const { decision, by, at } = view.findingNotice;
    pairs.push(['Notice of the finding', `${words(decision)} ${formatInstant(at)} by ${nameOf(by)}`]);
  }
  if (downgrade)
    pairs.push(['Waits for a second reviewer', `Lower outcome proposed: ${wordsInside(downgrade.outcome)}`]);
  if (withdrawal) {
    const of = withdrawal.of === undefined ? '' : ` of ${withdrawal.of}`;
    pairs.push(['Withdrawal proposed', `${words(withdrawal.because)}${of}`]);
  }
  for (const { of, at } of view.matches ?? []) {
    pairs.push(['Perhaps the same child, and told to those alone who are named', `${of}, ${formatInstant(at)}`]);
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
