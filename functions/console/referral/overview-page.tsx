/** The first page of a referral: what to do next, who the child is, and all clocks in one picture. */
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import { invitationOf } from '../../../shared/application/read/view.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Reference } from '../app/components/reference.tsx';
import { OwnMeeting } from '../team/own-meeting.tsx';
import { Invited } from '../team/team-view.tsx';
import { asksToSign } from './alert-page.tsx';
import { ChildCard } from './card-view.tsx';
import { ClockPicture } from './clock-picture.tsx';
import { DoThisNext } from './do-this-next.tsx';
import { ChildInShort, ChildOfOffer, Identity } from './identity-view.tsx';
import { callsFor, Unanswered } from './mail-view.tsx';
import { MergedInto } from './merged-view.tsx';
import { Handoffs } from './needs-view.tsx';
import { OtherActs } from './other-acts.tsx';
import { Codes } from './purpose-view.tsx';
import type { Reading } from './reading.tsx';
import { ReferralCallsNow } from './referral-calls.tsx';
import { Away, Confirmation, type Done, PurposeAsked, ReferralFrame, SafeContactNote } from './referral-frame.tsx';
import { isToldInHead } from './referral-head.tsx';
import { hasClocks, pagePath } from './referral-pages.ts';
import { SafetyPlan } from './safety-plan.tsx';
import { Services } from './services-view.tsx';
import { ShiftNotes } from './shift-notes-view.tsx';
import { Uncompared } from './uncompared.tsx';
import { RecoveryPlan } from './visit-view.tsx';
import { WhereNow } from './where-now.tsx';
import { WhyItStands } from './why-it-stands.tsx';
import { besideDuties, Reasons } from './words-view.tsx';

export function OverviewPage({ reading, done }: { readonly reading: Reading; readonly done: Done | undefined }) {
  const { frame, about, view, whole, limited, offer, identities, isAway, trouble, oncall } = reading;
  const { state, policy, visitor, lookups } = about;
  const isOffered = Object.values(offer?.linkages ?? {}).some(({ status }) => status === 'offered');

  const stage = wordsInside(view.stage);
  return (
    <ReferralFrame reading={reading} slug="" title="Overview" top={<Away reading={reading} />}>
      <Confirmation reading={reading} done={done} here={pagePath(state.id)} from="" />
      <h1>
        Referral <Reference id={state.id} />
      </h1>
      <WhereNow reading={reading} />
      <ReferralCallsNow reading={reading} />
      {'merges' in view && <MergedInto frame={frame} view={view} />}
      <DoThisNext reading={reading} opener={{ from: '' }} settling={done !== undefined} after="line" />
      <PurposeAsked reading={reading} from="" />
      <ShiftNotes reading={reading} />
      {!isToldInHead(reading) && <SafeContactNote reading={reading} />}
      <Uncompared reading={reading} />
      <Unanswered
        state={asKnownTo(state, policy, visitor)}
        alerts={view.alerts}
        trouble={trouble}
        oncall={oncall}
        isTheirs={callsFor(state, visitor)}
      />
      {asksToSign(reading) && <Invited invitation={invitationOf(state, policy, visitor)} />}
      {whole && !isAway && <SafetyPlan reading={reading} />}
      {whole && !isAway && <WhyItStands reading={reading} />}
      {whole && <OwnMeeting reading={reading} meeting={whole.meeting} />}
      {whole?.missing && <RecoveryPlan reading={reading} plan={whole.recoveryReaders} isMissing />}
      {whole && !isAway && <ChildInShort view={whole} identities={identities} now={frame.now} />}
      {offer && !identities && !isAway && <ChildOfOffer view={offer} isOffered={isOffered} />}
      {offer && <ChildCard reading={reading} card={offer.card} />}
      {offer && identities && !isAway && <Identity identities={identities} now={frame.now} />}
      {offer && (
        <Services
          view={offer}
          policy={policy}
          now={frame.now}
          nameOf={lookups.nameOf}
          providerNameOf={lookups.providerNameOf}
        />
      )}
      {offer && <Handoffs handoffs={offer.handoffs} providerNameOf={lookups.providerNameOf} />}
      {limited && <Codes view={limited} />}
      {hasClocks(reading) && (
        <section aria-labelledby="clocks">
          <h2 id="clocks">All clocks</h2>
          <ClockPicture reading={reading} />
          <p>
            <a href={`${frame.base}${pagePath(state.id, 'clocks')}`}>
              All clocks as a table, with the reason and source of each
            </a>
          </p>
        </section>
      )}
      {whole && (
        <Reasons
          reading={reading}
          texts={besideDuties(reading)}
          heading="Notices: who was reached, and their numbers"
        />
      )}
      {!('shows' in view) && <OtherActs reading={reading} from="" />}
      {view.stage !== 'open' && <p>This referral is {stage}.</p>}
    </ReferralFrame>
  );
}
