/** The pages of a referral, in the order of the side navigation. Each says for which readers it holds something. */
import { auditors, isOneOf, leadsTeam, seesEveryReferral } from '../../../shared/application/access/visitor.ts';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { TextKind } from '../../../shared/domain/core/text-kinds.ts';
import type { Needs, Reading } from './reading.tsx';

interface ReferralPage {
  /** The last part of the address. */
  readonly slug: string;
  readonly title: string;
  readonly needs: Needs;
  readonly holds: (reading: Reading) => boolean;
}

/** The facts, or the question what they are for. */
const isOfCase = ({ whole, working }: Reading): boolean => whole !== undefined || working !== undefined;

const hasServices = ({ whole }: Reading): boolean =>
  whole === undefined ||
  whole.needs !== undefined ||
  Object.keys(whole.linkages).length + whole.consents.length + whole.unmetNeeds.length + (whole.bookings ?? []).length >
    0;

/** Whether the referral has anything of a court. */
const hasCourt = ({ whole }: Reading): boolean =>
  whole !== undefined && ((whole.hearings ?? []).length > 0 || whole.charged || whole.exParteOrderAt !== undefined);

const hasTeam = ({ about: { state } }: Reading): boolean =>
  state.team.seats.length + state.team.vacant.length + state.team.meetings.length > 0;

/** Mail in trouble is for people who telephone its recipients. */
const telephones = ({ limited, about: { state, visitor } }: Reading): boolean =>
  !limited && (seesEveryReferral(visitor) || leadsTeam(state, visitor));

/** Whether this reader sees deadlines, or will once they start. */
export const hasClocks = ({ whole, ofCase, limited }: Reading): boolean =>
  (whole ?? limited) !== undefined || (ofCase?.deadlines.length ?? 0) > 0;

export const pages = [
  { slug: '', title: 'Overview', needs: { identities: true, mail: true }, holds: () => true },
  { slug: 'tasks', title: 'Tasks', needs: {}, holds: ({ view }) => 'shows' in view },
  { slug: 'acts', title: 'Other actions', needs: {}, holds: ({ view }) => 'shows' in view },
  { slug: 'child', title: 'Child and report', needs: { identities: true }, holds: isOfCase },
  {
    slug: 'card',
    title: 'Card on paper',
    needs: { identities: true },
    // The child asked for it, and who writes it with the child gives it.
    holds: ({ whole, about: { state, visitor } }) =>
      whole?.card?.onPaper === 'yes' && makesSense('record-card-consent', state, visitor),
  },
  {
    slug: 'team',
    title: 'Team',
    needs: { team: true, directions: true },
    holds: (reading) => isOfCase(reading) && hasTeam(reading),
  },
  {
    slug: 'agenda',
    title: 'Agenda',
    needs: { agenda: true },
    holds: (reading) => isOfCase(reading) && hasTeam(reading),
  },
  {
    slug: 'services',
    title: 'Services',
    needs: {},
    holds: (reading) => isOfCase(reading) && hasServices(reading),
  },
  { slug: 'clocks', title: 'All clocks', needs: {}, holds: hasClocks },
  { slug: 'decisions', title: 'Decisions', needs: { identities: true }, holds: isOfCase },
  { slug: 'court', title: 'Court', needs: { identities: true }, holds: hasCourt },
  { slug: 'mail', title: 'Mail', needs: { mail: true }, holds: telephones },
  { slug: 'history', title: 'History', needs: {}, holds: isOfCase },
] as const satisfies readonly ReferralPage[];

export type PageSlug = (typeof pages)[number]['slug'];

/**
 * Where the texts of each kind stand, beside the history, which has all of them. `own`: in a place of its own, as words of the
 * child or of the report. `beside`: at the duty that the act settled. `listed`: with the act, its time and its author.
 */
export const kindPages: Readonly<
  Record<TextKind, { readonly page: PageSlug; readonly as: 'own' | 'beside' | 'listed' }>
> = {
  narrative: { page: 'child', as: 'own' },
  callNotes: { page: 'child', as: 'own' },
  safeContact: { page: 'child', as: 'own' },
  cardWords: { page: 'child', as: 'own' },
  recoveryPlan: { page: 'child', as: 'own' },
  safetyWords: { page: 'child', as: 'own' },
  part2Records: { page: 'child', as: 'own' },
  childsAccount: { page: 'child', as: 'listed' },
  heldPapers: { page: 'child', as: 'listed' },
  identityReasons: { page: 'child', as: 'listed' },
  sameChildReasons: { page: 'child', as: 'listed' },
  reporter: { page: 'child', as: 'listed' },
  safetyPlan: { page: '', as: 'own' },
  shiftNotes: { page: '', as: 'listed' },
  safePlace: { page: 'child', as: 'own' },
  policeNotices: { page: '', as: 'beside' },
  searchWords: { page: '', as: 'beside' },
  agencyNotices: { page: '', as: 'beside' },
  familyNotices: { page: '', as: 'beside' },
  callResults: { page: 'tasks', as: 'listed' },
  teamWords: { page: 'team', as: 'listed' },
  directions: { page: 'team', as: 'own' },
  minutes: { page: 'agenda', as: 'own' },
  serviceReasons: { page: 'services', as: 'listed' },
  decisionReasons: { page: 'decisions', as: 'listed' },
  pauseReasons: { page: 'decisions', as: 'listed' },
  legalWords: { page: 'decisions', as: 'listed' },
  accessReasons: { page: 'decisions', as: 'listed' },
  courtWords: { page: 'court', as: 'listed' },
};

export const pageNamed = (slug: string | null | undefined) => pages.find((page) => page.slug === slug);

export const pagesFor = (reading: Reading) => pages.filter(({ holds }) => holds(reading));

export const isAuditor = ({ about: { visitor } }: Reading): boolean => isOneOf(visitor, auditors);

/** The path of a page of the referral, without the base of the console. */
export const pagePath = (referralId: string, slug: PageSlug = ''): string =>
  slug === '' ? `/referrals/${referralId}` : `/referrals/${referralId}/${slug}`;

/** Where a form is opened: on a page of the referral or on an alert. */
export interface Opener {
  readonly from?: PageSlug | undefined;
  readonly alertId?: string | undefined;
  /** The deadline whose act it is. */
  readonly dutyId?: string | undefined;
  /** The seat or the service that is answered, where no deadline tells it. */
  readonly subject?: string | undefined;
}

/** The path of the page with the form of one act. It names ids alone. */
export const actPath = (referralId: string, name: CommandName, opener: Opener = {}): string =>
  `/referrals/${referralId}/do/${name}${queryOf(opener)}`;

/** The fields of an address that tell where a form was opened, and for what. */
function queryOf({ from, alertId, dutyId, subject }: Opener): string {
  const query = new URLSearchParams({
    ...(from && { from }),
    ...(alertId !== undefined && { alert: alertId }),
    ...(dutyId !== undefined && { for: dutyId }),
    ...(subject !== undefined && { of: subject }),
  });
  return query.size > 0 ? `?${query}` : '';
}

/** The path that leads to the form of a task's act. Where there are several, it leads to the referral. */
export const taskPath = (referralId: string, task: Pick<Opener, 'dutyId' | 'subject'>): string => {
  const query = queryOf(task);
  return `/referrals/${referralId}${query === '' ? '' : `/do${query}`}`;
};
