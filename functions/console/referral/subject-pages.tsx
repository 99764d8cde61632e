/** The pages of a referral beside its overview, each about one subject. */

import type { Child } from 'hono/jsx';
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import type { FactsView } from '../../../shared/application/read/shown-view.ts';
import { stillWaitsUntil } from '../../../shared/domain/alerts/alert-waiting.ts';
import { openDeadlinesInTheWay } from '../../../shared/domain/closure/conditions-of-closure.ts';
import { Agenda } from '../team/agenda-view.tsx';
import { ForensicInterview, Meetings, NextMeeting, saidOf } from '../team/team-view.tsx';
import { MoveMeeting, Team } from '../team/whole-team.tsx';
import { Bookings } from './bookings-view.tsx';
import { ChildCard } from './card-view.tsx';
import { DecisionPart } from './decision-view.tsx';
import { DoThisNext } from './do-this-next.tsx';
import { Facts } from './facts-view.tsx';
import { Identity } from './identity-view.tsx';
import { callsFor, MailTrouble, SentMail } from './mail-view.tsx';
import { Handoffs, PracticalNeeds } from './needs-view.tsx';
import { ActsOf, OtherActs } from './other-acts.tsx';
import type { Found, Reading } from './reading.tsx';
import { Away, Confirmation, type Done, PurposeAsked, ReferralFrame, SafeContactNote } from './referral-frame.tsx';
import { type PageSlug, pageNamed, pagePath } from './referral-pages.ts';
import { Absences, Screenings } from './screening-view.tsx';
import { Needs, ServiceRows } from './services-view.tsx';
import { RecoveryPlan } from './visit-view.tsx';
import { WhereWas } from './where-now.tsx';
import { listedOn, Reasons } from './words-view.tsx';

export interface SubjectProps {
  readonly reading: Reading;
  readonly done: Done | undefined;
}

/** With what the address says after the question mark. */
export interface PagedProps extends SubjectProps {
  readonly query: Readonly<Record<string, string>>;
}

/** A page with its heading. `show` is for readers who have the facts. The others are asked what the facts are for. */
export function SubjectPage({
  reading,
  done,
  slug,
  show,
  told = [],
  children,
}: SubjectProps & {
  readonly slug: PageSlug;
  readonly show?: (whole: FactsView) => Child;
  /** The ids of texts that stand beside what they are about, and not in the list of this page. */
  readonly told?: readonly string[];
  readonly children?: Child;
}) {
  const english = pageNamed(slug)?.title ?? 'Overview';

  const title = english;
  const { whole, about } = reading;
  return (
    <ReferralFrame reading={reading} slug={slug} title={title} top={<Away reading={reading} />}>
      <Confirmation reading={reading} done={done} here={pagePath(about.state.id, slug)} from={slug} />
      <h1>{title}</h1>
      {children}
      {show && whole && show(whole)}
      {whole && <Reasons reading={reading} texts={listedOn(slug, reading).filter(({ id }) => !told.includes(id))} />}
      {show && !whole && <PurposeAsked reading={reading} from={slug} />}
    </ReferralFrame>
  );
}

export const TasksPage = ({ reading, done }: SubjectProps) => (
  <SubjectPage reading={reading} done={done} slug="tasks">
    <DoThisNext reading={reading} opener={{ from: 'tasks' }} settling={done !== undefined} after="short" />
    <PurposeAsked reading={reading} from="tasks" />
  </SubjectPage>
);

export const ActsPage = ({ reading, done }: SubjectProps) => (
  <SubjectPage reading={reading} done={done} slug="acts">
    <PurposeAsked reading={reading} from="acts" />
    <OtherActs reading={reading} from="acts" />
  </SubjectPage>
);

export const ChildPage = ({ reading, done }: SubjectProps) => (
  <SubjectPage
    reading={reading}
    done={done}
    slug="child"
    show={(whole) => (
      <>
        <SafeContactNote reading={reading} />
        <ChildCard reading={reading} card={whole.card} />
        <RecoveryPlan reading={reading} plan={whole.recoveryReaders} isMissing={whole.missing} />
        {!reading.isAway && <Identity identities={reading.identities} now={reading.frame.now} />}
        <WhereWas reading={reading} />
        <Facts view={whole} lookups={reading.about.lookups} />
        <Absences absences={whole.absences} />
      </>
    )}
  />
);

export const TeamPage = ({ reading, done }: SubjectProps) => {
  const { about, directions } = reading;
  const { nameOf } = about.lookups;
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="team"
      show={(whole) => (
        <>
          <NextMeeting
            meeting={whole.meeting}
            {...saidOf('meeting', directions)}
            nameOf={nameOf}
            move={<MoveMeeting reading={reading} />}
          />
          <ForensicInterview interview={whole.interview} {...saidOf('interview', directions)} />
          <Team reading={reading} view={whole} />
          <Meetings view={whole} />
        </>
      )}
    />
  );
};

export const AgendaPage = ({ reading, done }: SubjectProps) => (
  <SubjectPage reading={reading} done={done} slug="agenda" show={() => <Agenda reading={reading} />} />
);

export const ServicesPage = ({ reading, done }: SubjectProps) => {
  const { nameOf, providerNameOf } = reading.about.lookups;
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="services"
      show={(whole) => (
        <>
          <PracticalNeeds needs={whole.needs} providerNameOf={providerNameOf} nameOf={nameOf} />
          <Bookings bookings={whole.bookings} providerNameOf={providerNameOf} />
          <ServiceRows reading={reading} view={whole} nameOf={nameOf} providerNameOf={providerNameOf} />
          <Handoffs handoffs={whole.handoffs} providerNameOf={providerNameOf} />
          <ActsOf reading={reading} subject="Services" from="services" inRows={['remind-providers']} />
          <Needs view={whole} />
        </>
      )}
    />
  );
};

/** The ids of the texts of each screening by its number, and of the decision that stands. */
function rationalesIn({ commits }: Found) {
  const screened = new Map<number, readonly string[]>();
  let decided: readonly string[] = [];
  for (const event of commits.flatMap(({ events }) => events)) {
    if (event.type === 'screened') screened.set(event.number, [event.rationale]);
    if (event.type === 'eligibility-decided') decided = [event.rationale, ...(event.reason ? [event.reason] : [])];
  }
  return { screened, decided };
}

export const DecisionsPage = ({ reading, done }: SubjectProps) => {
  const { about, identities, frame, texts } = reading;
  const { policy, lookups } = about;
  const { screened, decided } = rationalesIn(about);
  const named = (ids: readonly string[] = []) => texts.filter(({ id }) => ids.includes(id));
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="decisions"
      told={[...screened.values(), decided].flat()}
      show={(whole) => (
        <>
          <Screenings
            view={whole}
            policy={policy}
            nameOf={lookups.nameOf}
            reasonsOf={(number) => named(screened.get(number))}
          />
          <DecisionPart
            view={whole}
            policy={policy}
            nameOf={lookups.nameOf}
            identities={identities}
            reasons={named(decided)}
            now={frame.now}
          />
          {whole.stage === 'open' && <Closure reading={reading} view={whole} />}
        </>
      )}
    />
  );
};

/** Open deadlines are counted. Their page lists them. */
function Closure({
  reading: { frame, about },
  view: { inTheWayOfClosing },
}: Pick<SubjectProps, 'reading'> & { readonly view: FactsView }) {
  const count = inTheWayOfClosing.length;
  const ofDeadlines = openDeadlinesInTheWay(asKnownTo(about.state, about.policy, about.visitor), about.policy);
  const others = inTheWayOfClosing.filter((sentence) => !ofDeadlines.includes(sentence));
  return (
    <>
      <h2>Before it can be closed</h2>
      {count === 0 ? (
        <p>Nothing stands in the way of closing.</p>
      ) : (
        <details>
          <summary>
            {count === 1 ? '1 thing stands in the way of closing' : `${count} things stand in the way of closing`}
          </summary>
          <ul class="usa-list">
            {others.length < count && (
              <li>
                Deadlines that are still open: {count - others.length}.{' '}
                <a href={`${frame.base}${pagePath(about.state.id, 'clocks')}`}>All clocks</a>
              </li>
            )}
            {others.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export const MailPage = ({ reading, done }: SubjectProps) => {
  const { frame, about, whole, trouble, textMessages, oncall } = reading;
  const { state, policy, visitor, lookups } = about;
  return (
    <SubjectPage reading={reading} done={done} slug="mail">
      <MailTrouble
        state={asKnownTo(state, policy, visitor)}
        alerts={reading.view.alerts}
        trouble={trouble}
        texts={textMessages}
        now={frame.now}
        oncall={oncall}
        isTheirs={callsFor(state, visitor)}
      />
      {whole && (
        <SentMail
          alerts={whole.alerts}
          nameOf={lookups.nameOf}
          waitsUntil={(alertId) => {
            const alert = state.alerts[alertId];
            return alert && stillWaitsUntil(alert, state, policy, frame.now);
          }}
          now={frame.now}
        />
      )}
    </SubjectPage>
  );
};
