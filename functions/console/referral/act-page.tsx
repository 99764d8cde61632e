/** The page of one act: what it changes, its form, and the answer where it was refused. */

import type { Child } from 'hono/jsx';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { type NextStep, ownProposal } from '../../../shared/domain/next-steps/next-steps.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { ButtonLink } from '../app/components/button-link.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { ErrorSummary } from '../app/layout.tsx';
import type { About } from '../app/lookups.ts';
import { type Attempt, buttonOf, CommandForm, formFor, noteIn, type Offered, titleOf } from '../forms/command-form.tsx';
import type { Field } from '../forms/form-fields.ts';
import { isToFill } from '../forms/form-values.ts';
import { inWords } from '../forms/refused-field.ts';
import { standing } from '../forms/standing-codes.ts';
import { withStanding } from '../forms/stood.ts';
import { Notice } from '../team/team-view.tsx';
import { DecisionProposal } from './decision-view.tsx';
import { Recorded, recordedIn } from './history-page.tsx';
import { CallWords } from './identity-view.tsx';
import { ProposedParts } from './proposed-view.tsx';
import type { Found, Reading } from './reading.tsx';
import { Away, alreadyWords, Confirmation, type Done, PurposeAsked, ReferralFrame } from './referral-frame.tsx';
import { actPath, type Opener, pageNamed, pagePath } from './referral-pages.ts';
import { Proposal } from './screening-view.tsx';
import { lacksStanding, standingWords, wordPresets } from './standing-words.ts';
import { isOtherAnswer, isStepOf } from './step-words.ts';
import { Uncompared, UnreadChild } from './uncompared.tsx';

interface ActPageProps {
  readonly reading: Reading;
  readonly name: CommandName;
  readonly opener: Opener;
  readonly attempt?: Attempt | undefined;
  /** The part of a long form that the address names. */
  readonly part?: string | undefined;
  /** The child's other referral that a proposal names, where this reader may read its facts. */
  readonly other?: Referral | undefined;
  /** The act before it, which led here. */
  readonly done?: Done | undefined;
  /** The commits of the same act before, the latest first, without what is closed to this reader. */
  readonly before?: Found['commits'];
}

/** The page on which the form was opened, without the base. */
export const wayBack = (referralId: string, { from, alertId }: Opener): string =>
  alertId === undefined ? pagePath(referralId, from) : `/alerts/${alertId}`;

export function ActPage({ reading, name, opener, attempt: given, part, other, done, before = [] }: ActPageProps) {
  const { frame, about, asked, offered, submission, working, whole } = reading;
  const { id, seq } = about.state;

  const words = wordPresets(name, reading);
  const stands = { ...standing(name, about), ...words };
  const attempt = given && {
    ...given,
    typed: given.recorded ? given.typed : withStanding(given.typed, stands),
    problems: given.problems.map((each) => ({
      ...each,
      sentence: isToFill(each.sentence) ? `Fill in “${labelAt(each.path)}”.` : inWords(each.sentence),
    })),
  };
  const ofTask = asked.filter((step) => isStepOf(step, opener));
  const isOffered = offered.some((each) => each.name === name);
  // The choices of a form tell of the child, so a reader without a purpose has none.
  const form =
    !working && (isOffered || attempt)
      ? formFor(name, withProvidersFor(about, ofTask, name), ofTask.length > 0 ? ofTask : asked)
      : undefined;
  const back = `${frame.base}${wayBack(id, opener)}`;
  const title = takesBack(name, asked, about) ? 'Take your proposal back' : titleOf(name);
  const page = pageNamed(opener.from ?? '')?.title ?? 'Overview';
  const backWords = `Back to ${opener.alertId === undefined ? page : 'the alert'}`;
  const another = attempt && (attempt.recorded || attempt.typed.get('another') === 'yes') ? 'yes' : undefined;
  const formOf = (form: Offered) => (
    <CommandForm
      frame={frame}
      referralId={id}
      offered={{ ...form, presets: { ...presetsBy(opener, form), ...form.presets, ...words } }}
      stood={stands}
      submission={submission}
      seq={seq}
      hidden={{ from: opener.from, alert: opener.alertId, for: opener.dutyId, of: opener.subject, another }}
      attempt={attempt}
      part={part}
    />
  );
  return (
    <ReferralFrame
      reading={reading}
      title={titleAfter(attempt, title)}
      top={
        <>
          {attempt && !attempt.recorded && !attempt.isTurned && <NotDone attempt={attempt} />}
          <Away reading={reading} />
        </>
      }
    >
      <Confirmation reading={reading} done={done} here={actPath(id, name, opener)} from={opener.from ?? ''} />
      {!attempt?.recorded && (
        <p>
          <a href={back}>{backWords}</a>
        </p>
      )}
      <h1>{title}</h1>
      {attempt?.recorded && (
        <RecordedAlready attempt={attempt} now={frame.now} back={<ButtonLink href={back}>{backWords}</ButtonLink>} />
      )}
      {working && <PurposeAsked reading={reading} from={opener.from ?? ''} />}
      {form && attempt?.recorded ? (
        isOffered &&
        isPossible(form, attempt.typed) && (
          <details class="fold">
            <summary>Is this another one? Record it too</summary>
            {formOf(form)}
          </details>
        )
      ) : form ? (
        <>
          {attempt?.refusal !== undefined && <RecordedNow reading={reading} name={name} />}
          <ProposedParts reading={reading} name={name} other={other} />
          <RecordedBefore reading={reading} name={name} before={before} />
          <Changes reading={reading} name={name} opener={opener} />
          <OtherAnswer reading={reading} name={name} opener={opener} />
          {lacksStanding(name, reading) && <UnreadStanding />}
          {name === 'answer-duplicate' && (
            <>
              <Uncompared reading={reading} />
              <UnreadChild reading={reading} />
            </>
          )}
          {name === 'screen' && whole && <Proposal view={whole} nameOf={about.lookups.nameOf} />}
          {name === 'decide-eligibility' && whole && <DecisionProposal view={whole} />}
          {name === 'sign-confidentiality' && <Notice notice={about.policy.team.notice} />}
          <BesideStory reading={reading} name={name}>
            {formOf(form)}
            <p>
              <a href={back}>Cancel</a>
            </p>
          </BesideStory>
        </>
      ) : (
        !working && <p>There is nothing to record here now: it is done, or it does not apply to this referral.</p>
      )}
    </ReferralFrame>
  );
}

/** The acts that judge what was reported. Their forms stand beside it. */
const judging: readonly CommandName[] = ['classify-report', 'answer-checklist', 'screen'];

export const readsStory = (name: CommandName): boolean => judging.includes(name);

/** A form with the story and what the caller said later in sight while it is filled in. */
function BesideStory({
  reading: { frame, identities },
  name,
  children,
}: Pick<ActPageProps, 'reading' | 'name'> & { readonly children: Child }) {
  const { narrative, callNotes } = identities ?? {};
  if (!readsStory(name) || (narrative === undefined && callNotes === undefined)) return <>{children}</>;
  return (
    <div class="with-story">
      <section class="story-beside" aria-labelledby="story-beside" tabindex={0}>
        <h2 id="story-beside">What was reported</h2>
        {narrative !== undefined && <p class="prose">{narrative}</p>}
        <CallWords said={callNotes} now={frame.now} />
      </section>
      <div>{children}</div>
    </div>
  );
}

/** What the page tells on which the form was opened: the run of a duty, and the seat or service. */
function presetsBy({ dutyId, subject }: Opener, { fields }: Offered): Offered['presets'] {
  const chosenIn = (field: Field): readonly string[] =>
    field.kind === 'choice' || field.kind === 'choices'
      ? field.options.map(({ value }) => value).filter((value) => value === subject)
      : [];
  const about = fields.find((field) => chosenIn(field).length > 0);
  return {
    ...(dutyId !== undefined && { run: [dutyId] }),
    ...(about && { [about.path]: chosenIn(about) }),
  };
}

/** Whether the form still has each choice that was made. An offer that was accepted, for one, is no choice any more. */
const isPossible = ({ fields }: Offered, typed: URLSearchParams): boolean =>
  fields.every(
    (field) =>
      field.kind !== 'choice' ||
      typed.getAll(field.path).every((chosen) => chosen === '' || field.options.some(({ value }) => value === chosen)),
  );

/** What the tab of the browser says of the attempt. */
function titleAfter(attempt: Attempt | undefined, title: string): string {
  if (!attempt || attempt.isTurned) return title;
  return attempt.recorded ? `Recorded already: ${title}` : `Not done yet: ${title}`;
}

/** That the same was recorded before, what it was, and the way on. */
function RecordedAlready({
  attempt: { name, recorded },
  now,
  back,
}: {
  readonly attempt: Attempt;
  readonly now: string;
  /** The link to the page where the form was opened. */
  readonly back: Child;
}) {
  return (
    <Alert kind="info" heading={alreadyWords(recorded?.at, now)} focused>
      <p>{recorded?.sentence ?? titleOf(name)}</p>
      <p>Nothing new was stored.</p>
      <p>{back}</p>
    </Alert>
  );
}

/** The way to the form of the other answer, where a step asks for one of two. A person who may agree may say no. */
function OtherAnswer({
  reading: { frame, about, asked, offered },
  name,
  opener,
}: Pick<ActPageProps, 'reading' | 'name' | 'opener'>) {
  const step = asked.find(({ acts }) => acts.some(({ command }) => command === name));
  const mayDecline = isOtherAnswer(name, 'refuse-proposal') && offered.some((each) => each.name === 'refuse-proposal');
  const other =
    step?.acts.find(({ command }) => isOtherAnswer(name, command))?.command ??
    (mayDecline ? 'refuse-proposal' : undefined);
  if (!other) return null;
  const words = (step && buttonOf(other, step.acts)) ?? titleOf(other);
  return (
    <p>
      Or:{' '}
      <a class="usa-button usa-button--outline" href={`${frame.base}${actPath(about.state.id, other, opener)}`}>
        {words}
      </a>
    </p>
  );
}

/** Only the providers of the service that the task asks for. All, where the directory has none for it. */
function withProvidersFor(about: About, ofTask: readonly NextStep[], name: CommandName): About {
  const { service } = inputOf(ofTask, name);
  const providers = about.lookups.providers.filter((provider) => provider.service === service);
  return providers.length === 0 ? about : { ...about, lookups: { ...about.lookups, providers } };
}

type Fixed = Readonly<Record<string, unknown>>;

/** What the task fixes of the act. */
const inputOf = (
  steps: readonly { readonly acts: readonly { readonly command: string; readonly input?: Fixed }[] }[],
  name: CommandName,
): Fixed => steps.flatMap(({ acts }) => acts).find(({ command }) => command === name)?.input ?? {};

/** Whether one record of the act may settle both: what both fix is the same. */
const agree = (one: Fixed, other: Fixed): boolean =>
  Object.entries(one).every(([field, value]) => !(field in other) || String(other[field]) === String(value));

/** Whether the form takes back what this reader proposed, and answers no duty of theirs. */
function takesBack(name: CommandName, asked: readonly NextStep[], { state, policy, visitor }: About): boolean {
  const refused = asked.filter(({ acts }) => acts.some(({ command }) => command === 'refuse-proposal'));
  return (
    name === 'refuse-proposal' &&
    refused.length > 0 &&
    refused.every(({ rule }) => rule !== undefined && ownProposal(ruleIn(policy, rule), state, visitor) !== undefined)
  );
}

/** What the act settles, by the table of next steps, and the note of the act. */
function Changes({ reading, name, opener }: Pick<ActPageProps, 'reading' | 'name' | 'opener'>) {
  const { asked, about, view, frame } = reading;

  // The note on declining is about the acute exam alone.
  const isOfAcuteExam = 'linkages' in view && view.linkages['medical-acute-forensic'] !== undefined;
  const note = name === 'decline-linkage' && !isOfAcuteExam ? undefined : noteIn(name);
  const titleIn = (title: string, deadlineId: string | undefined) => {
    const step = asked.find((each) => each.title === title && each.deadlineId === deadlineId);
    return step ? step.title : title;
  };
  const fixed = inputOf(
    asked.filter((step) => isStepOf(step, opener)),
    name,
  );
  const settled = view.nextSteps.filter(({ acts }) =>
    acts.some(({ command, settles, input = {} }) => command === name && settles && agree(fixed, input)),
  );
  const first = inputOf(settled, name);
  const isOneOf = settled.some((step) => !agree(first, inputOf([step], name)));
  if (takesBack(name, asked, about)) return note === undefined ? null : <p class="prose">{note}</p>;
  // The heading above names the one duty already.
  const isSaidAbove = settled.length === 1 && settled[0]?.title === commandNamed(name).title;
  return (
    <>
      {isSaidAbove ? (
        settled[0]?.due !== undefined && (
          <p>
            <DueTime due={settled[0].due} now={frame.now} sentence />
          </p>
        )
      ) : settled.length > 0 ? (
        <>
          <p>
            {isOneOf && name === 'notify-police'
              ? 'This completes each that you tick:'
              : isOneOf
                ? 'This completes one of these:'
                : 'This completes:'}
          </p>
          <ul class="usa-list">
            {settled.map(({ title, due, deadlineId }) => (
              <li>
                {titleIn(title, deadlineId)}
                {due !== undefined && (
                  <>
                    {' · '}
                    <DueTime due={due} now={frame.now} sentence />
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>This is added to the referral with your name and the time.</p>
      )}
      {note !== undefined && <p class="prose">{note}</p>}
    </>
  );
}

/**
 * What the same act recorded before, above a form that starts unset. Its words stand on the page of its subject. Who does not read
 * the facts sees their own acts alone. A provider would learn what became of the services of others.
 */
function RecordedBefore({
  reading,
  name,
  before,
}: Pick<ActPageProps, 'reading' | 'name'> & { before: Found['commits'] }) {
  const { about, frame, whole, working } = reading;

  const { lookups } = about;
  const danger = (whole ?? working) !== undefined && name === 'assess-danger' && about.state.response.danger;
  // An act of which the reader may know nothing leaves no line, and so no name and time.
  const acts = before.filter(
    (commit) => (whole !== undefined || commit.actor.id === about.visitor.id) && recordedIn(about, commit).length > 0,
  );
  if (acts.length === 0 && !danger) return null;
  return (
    <section aria-labelledby="recorded-before">
      <h2 id="recorded-before">Recorded before</h2>
      {danger && <p>On record now: danger, {wordsInside(danger)}.</p>}
      <ol class="history">
        {acts.map((commit) => (
          <li>
            <p class="small">
              {clockTime(commit.at, frame.now)}, {lookups.nameOf(commit.actor.id)}
            </p>
            <Recorded about={about} commit={commit} nameOf={lookups.nameOf} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The words as they are recorded now, above a form that would have taken the place of them unread. */
function RecordedNow({ reading, name }: Pick<ActPageProps, 'reading' | 'name'>) {
  const words = standingWords(name, reading);
  if (words.length === 0) return null;
  return (
    <section>
      <h2>Recorded now</h2>
      <SummaryList pairs={words.map(([field, said]) => [labelAt(field), <span class="prose">{said}</span>])} />
    </section>
  );
}

/** Above a form whose field is empty because what stands cannot be read. */
function UnreadStanding() {
  return (
    <Alert kind="warning" heading="What was written before cannot be read">
      <p>Its field is empty here. Tell an administrator before you write over it.</p>
    </Alert>
  );
}

function NotDone({ attempt: { name, problems, refusal } }: { readonly attempt: Attempt }) {
  if (refusal === undefined) {
    const heading = `Not done yet, please correct this: ${titleOf(name)}`;
    return <ErrorSummary form={name} heading={heading} problems={problems} labelAt={labelAt} />;
  }
  return (
    <Alert kind="error" heading="Not done yet" focused>
      <p>{inWords(refusal)}</p>
    </Alert>
  );
}
