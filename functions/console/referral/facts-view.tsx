/** What is known of the child and of the referral: codes and times, without what the vault holds. */
import type { Child } from 'hono/jsx';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { Place } from '../../../shared/domain/intake/places.ts';
import { exploitedFor } from '../../../shared/domain/intake/report-facts.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { outOfState } from '../../../shared/policy/places/routing.ts';
import { tribes } from '../../../shared/policy/places/tribes.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Lookups, teamNameOf } from '../app/lookups.ts';
import { useWording, type Wording } from '../app/spoken.ts';
import { callFacts } from '../call/scene-view.tsx';

const ageWords = ({ age }: ReferralView['child'], { say }: Wording) => {
  if (age.known === 'unknown') return say('Unknown');
  if (age.known === 'exact') return `${age.years}`;
  return age.from === age.to
    ? say('about {years}', { years: age.from })
    : say('{from} to {to}', { from: age.from, to: age.to });
};

const allegedWords = ({ perpetrators: alleged }: ReferralView['child'], { say, code }: Wording) =>
  alleged
    .map((each) => (each === 'unknown' && alleged.length > 1 ? say('Others, not known who') : code(each)))
    .join(', ');

const townWords = ({ child, nearestTowns }: ReferralView, place: Place, { say }: Wording) => {
  const town = child[place];
  const nearest = nearestTowns[place] ?? [];
  const other = say('Another place, as it was reported above');
  const near = nearest.length > 0 ? `; ${say('the nearest towns: {towns}', { towns: nearest.join(', ') })}` : '';
  return { unknown: say('Unknown'), other: `${other}${near}`, [outOfState]: say('Out of state') }[town] ?? town;
};

const tribeName = (id: string): string | undefined => tribes.find((tribe) => tribe.id === id)?.name;

export function Facts({
  view,
  lookups: { nameOf, agencies },
}: {
  readonly view: ReferralView;
  readonly lookups: Pick<Lookups, 'nameOf' | 'agencies'>;
}) {
  const wording = useWording();
  const { say, code, inside, told, at, day } = wording;
  const { child, routing, screenings, downgrade, withdrawal } = view;
  const office = offices.find(({ id }) => id === routing?.office)?.name ?? routing?.office ?? '';
  const unconfirmed = routing?.confirmed === false ? ` ${say('(proposed, not confirmed yet)')}` : '';
  const late =
    view.lateReason === undefined
      ? ''
      : `, ${say('long after it was received: {reason}', { reason: inside(view.lateReason) })}`;
  const byWhom = (decision: string, when: string, by: string) =>
    say('{decision} {when}, by {name}', { decision: code(decision), when: at(when), name: nameOf(by) });
  const pairs: (readonly [string, Child])[] = [
    [say('Stage'), told(words(view.stage)) ?? code(view.stage)],
    [say('Received'), at(view.receivedAt)],
    [say('Recorded'), `${at(view.recordedAt)}${late}`],
    [say('In danger now'), code(view.danger)],
    [say('Missing now'), code(view.missingNow)],
    [say('Age in years'), ageWords(child, wording)],
    [say('Alleged, by relation to the child'), allegedWords(child, wording)],
    [say('Exploited for'), code(exploitedFor(child))],
    ...callFacts(view, wording),
    [say('Lives in'), townWords(view, 'residenceTown', wording)],
    [say('Happened in'), townWords(view, 'occurrenceTown', wording)],
    [say('Is now in'), townWords(view, 'presentTown', wording)],
    [
      say('Responsible area office'),
      routing
        ? `${say('{office}, region {region}', { office, region: routing.region })}${unconfirmed}`
        : say('Not known yet'),
    ],
    [
      say('Responds now'),
      routing?.responseOffice === undefined
        ? say('The responsible office')
        : (offices.find(({ id }) => id === routing.responseOffice)?.name ?? routing.responseOffice),
    ],
    [
      say('Judicial district, team'),
      routing ? `${routing.judicialDistrict}, ${teamNameOf(view.team ?? routing.team)}` : say('Not known yet'),
    ],
    [
      say('Screening outcome'),
      screenings.length === 0 ? say('Not screened yet') : code(screenings.at(-1)?.outcome ?? ''),
    ],
    [
      say('HART liaison'),
      view.liaison === undefined
        ? say('Not assigned yet')
        : view.liaisonAcceptedAt === undefined
          ? say('{name}, who has not accepted yet', { name: nameOf(view.liaison) })
          : nameOf(view.liaison),
    ],
  ];
  if (view.lowering) {
    pairs.push([
      say('Waits for a second person'),
      say(
        view.lowering.danger === 'unknown'
          ? 'Proposed: danger is unknown now. Until then every clock runs.'
          : 'Proposed: the child is in no danger now. Until then every clock runs.',
      ),
    ]);
  }
  if (view.outreachPause) {
    const { agencyId, by, from, until } = view.outreachPause;
    const agency = agencies.find(({ id }) => id === agencyId)?.name ?? agencyId;
    pairs.push([
      say('Pause of outreach'),
      say('For {agency}, {from} to {until}, recorded by {name}', {
        agency,
        from: at(from),
        until: at(until),
        name: nameOf(by),
      }),
    ]);
  }
  const alone = (seenAlone = 'alone-not-known') => say('Seen alone: {answer}', { answer: inside(seenAlone) });
  if (view.childSeen) {
    const { sighting, seenBy, seenAlone, at: seenAt } = view.childSeen;
    const values = { when: at(seenAt), by: inside(seenBy) };
    pairs.push([
      say('Child seen'),
      sighting === 'seen'
        ? `${say('Seen {when}: {by}', values)}. ${alone(seenAlone)}`
        : say('Not yet. Last attempt {when}: {by}', values),
    ]);
  } else if (view.stage === 'open') pairs.push([say('Child seen'), say('Not recorded yet')]);
  if (view.interviewHeld) {
    const { saidAt, seenAlone } = view.interviewHeld;
    pairs.push([
      say('Forensic interview held'),
      `${say('Recorded {when}', { when: at(saidAt) })}. ${alone(seenAlone)}`,
    ]);
  }
  for (const { notice, recipient, tribe, mailKind, mailedAt, receivedAt, moreTime } of view.tribeNotices) {
    const receipt =
      receivedAt === undefined ? say('no receipt recorded yet') : say('received {when}', { when: at(receivedAt) });
    const more = moreTime ? `, ${say('asked for more time')}` : '';
    pairs.push([
      say('Notice {notice} of a proceeding: {recipient}', { notice, recipient: inside(recipient) }),
      `${tribeName(tribe) ?? say('Another tribe')}: ${inside(mailKind)} ${at(mailedAt)}, ${receipt}${more}`,
    ]);
  }
  if (child.tribalMember === 'yes') {
    const { earliestProceeding: earliest } = view;
    pairs.push([
      say('Proceeding about custody'),
      earliest === undefined
        ? say('None yet: each notice must first be received')
        : say('None before {day}', { day: day(earliest) }),
    ]);
  }
  if (view.exParteOrderAt !== undefined) pairs.push([say('Ex parte order'), at(view.exParteOrderAt)]);
  for (const [label, given] of [
    ['Notice to the parents', view.parentsNotice],
    ['Notice of substantiation', view.substantiationNotice],
  ] as const) {
    if (given) pairs.push([say(label), byWhom(given.decision, given.at, given.by)]);
  }
  const { findingNotice: mailed, findingSafety: safety } = view;
  if (mailed) {
    const given = { when: at(mailed.at), name: nameOf(mailed.by) };
    pairs.push([say('Notice of the finding'), say('Mailed {when}, by {name}', given)]);
  }
  if (safety) {
    const given = { when: at(safety.at), name: nameOf(safety.by) };
    const said = {
      yes: say('Safe to mail: {when}, by {name}', given),
      no: say('Do not mail it: {when}, by {name}', given),
      asked: say('Asked {when}, by {name}', given),
    };
    pairs.push([say('Counsel on the notice of the finding'), said[safety.mayMail ?? 'asked']]);
  }
  if (downgrade)
    pairs.push([
      say('Waits for a second reviewer'),
      say('Lower outcome proposed: {outcome}', { outcome: inside(downgrade.outcome) }),
    ]);
  if (withdrawal) {
    const of = withdrawal.of === undefined ? '' : ` (${withdrawal.of})`;
    pairs.push([say('Withdrawal proposed'), `${code(withdrawal.because)}${of}`]);
  }
  for (const { of, at: found } of view.matches ?? []) {
    pairs.push([say('Perhaps the same child, and told to those alone who are named'), `${of}, ${at(found)}`]);
  }
  if (view.legalHold) {
    pairs.push([
      say('Legal hold'),
      say('Set {when} by {name}', { when: at(view.legalHold.at), name: nameOf(view.legalHold.by) }),
    ]);
  }
  if (view.erasure) {
    pairs.push([
      say('Erasure proposed'),
      say('{ground}, by {name}', { ground: code(view.erasure.ground), name: nameOf(view.erasure.proposedBy) }),
    ]);
  }
  if (view.candidates.length > 0) pairs.push([say('Perhaps the same child'), view.candidates.join(', ')]);
  if (view.siblings.length > 0) pairs.push([say('Other children of the report'), view.siblings.join(', ')]);
  return (
    <>
      <h2>{say('The referral')}</h2>
      <SummaryList pairs={pairs} />
    </>
  );
}
