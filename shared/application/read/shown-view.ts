/**
 * The one place that decides how much of a referral a reader sees, by the class of each field. Pages and API read a referral
 * from here, so none of them can show a fact by mistake.
 */
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { staff } from '../../domain/core/role-groups.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasSignedAgreement } from '../../domain/team/seats.ts';
import { isOneOf, leadsTeam, sitsOn, type Visitor, within } from '../access/visitor.ts';
import { alertClasses, type FieldClass, fieldClasses } from './field-classes.ts';
import { type InvitationView, type ProviderView, type ReferralView, viewFor } from './view.ts';

/** How much of a whole referral a reader sees. Each has what the one before has. */
export const depths = ['pathway', 'working', 'facts'] as const;
export type Depth = (typeof depths)[number];

const shownClasses: Readonly<Record<Depth, readonly FieldClass[]>> = {
  pathway: ['pathway'],
  working: ['pathway', 'working'],
  facts: ['pathway', 'working', 'fact'],
};

/** Whether this person works on the referral: staff whose role covers it, leaders of its team, members who signed. */
export const worksOn = (state: Referral, visitor: Visitor): boolean =>
  isOneOf(within(state, visitor), staff) ||
  leadsTeam(state, visitor) ||
  (sitsOn(state, visitor) && hasSignedAgreement(state, visitor.id));

type FieldsOf<Shown extends FieldClass> = {
  readonly [Field in keyof ReferralView as (typeof fieldClasses)[Field] extends Shown
    ? Field
    : never]: Field extends keyof Reduced ? Reduced[Field] : ReferralView[Field];
};

/** A deadline, whole or as a clock. */
export type ShownDeadline = Omit<ReferralView['deadlines'][number], 'subject' | 'why' | 'explanation'> &
  Partial<Pick<ReferralView['deadlines'][number], 'subject' | 'why' | 'explanation'>>;
type ShownAlert = Omit<Alert, 'kind' | 'about' | 'discipline' | 'appointment'> & {
  readonly kind?: Alert['kind'];
  readonly appointment?: string;
};
interface Reduced {
  readonly deadlines: readonly ShownDeadline[];
  readonly alerts: readonly ShownAlert[];
}

/** A referral without the facts about the child. */
export type PathwayView = FieldsOf<'pathway'> & { readonly shows: 'pathway' };
export type WorkingView = FieldsOf<'pathway' | 'working'> & { readonly shows: 'working' };
export type FactsView = ReferralView & { readonly shows: 'facts' };
export type WholeView = PathwayView | WorkingView | FactsView;
export type ShownView = WholeView | ProviderView | InvitationView;

/** A deadline as a clock. Its service and the reasons of a miss tell of the child. */
export function asClock(
  { subject: _, why, explanation: __, ...deadline }: ReferralView['deadlines'][number],
  depth: Depth,
): ShownDeadline {
  return depth === 'pathway' ? deadline : { ...deadline, why };
}

/** An alert without what it tells of the child. */
export function asSignal<Given extends Pick<Alert, 'kind' | 'about' | 'discipline' | 'appointment'>>(
  { kind, about: _, discipline: __, appointment: ___, ...alert }: Given,
  depth: Depth,
): Omit<Given, 'kind' | 'about' | 'discipline' | 'appointment'> & { readonly kind?: Alert['kind'] } {
  return { ...alert, ...(shownClasses[depth].includes(alertClasses[kind]) && { kind }) };
}

/** The steps that wait on this person. A step about a service tells what the child needs. */
const ownSteps = (steps: ReferralView['nextSteps']): ReferralView['nextSteps'] =>
  steps.filter(({ waitsOnYou, acts }) => waitsOnYou && acts.every(({ input }) => !('service' in input)));

function reduced(view: ReferralView, depth: Exclude<Depth, 'facts'>): WholeView {
  const shown = Object.entries(view).filter(([field]) =>
    shownClasses[depth].includes(fieldClasses[field as keyof ReferralView]),
  );
  return {
    ...Object.fromEntries(shown),
    deadlines: view.deadlines.map((deadline) => asClock(deadline, depth)),
    alerts: view.alerts.map((alert) => asSignal(alert, depth)),
    nextSteps: ownSteps(view.nextSteps),
    shows: depth,
  } as unknown as WholeView;
}

/**
 * The referral as this person sees it, to this depth. A provider sees its own services alone, and an invited member the
 * invitation: neither has facts. The caller has checked that the person may read it, and has recorded a read of facts
 * (`openFacts`). `others`: the merged referrals, as for `viewFor`.
 */
export function showReferral(
  state: Referral,
  policy: Policy,
  visitor: Visitor,
  others: readonly Referral[],
  depth: Depth,
): ShownView {
  const view = viewFor(state, policy, visitor, others);
  if (!('child' in view)) return view;
  return depth === 'facts' ? { ...view, shows: 'facts' } : reduced(view, depth);
}
