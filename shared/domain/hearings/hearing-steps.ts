/** What follows from hearings: record what came of each, do what the court decided, and do what it ordered. Pure. */
import { dayAfter, isAfter } from '../core/instants.ts';
import type { CourtOrder, HearingKind, HearingOutcome } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { profileOf } from '../facts/profile-state.ts';
import type { Act, AskedStep } from '../next-steps/acts.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { wordsInside } from '../words/code-words.ts';
import { stepTitle } from '../words/step-titles.ts';
import { staff } from '../words/words.ts';
import { type Hearing, isAhead, openOrders } from './hearing-state.ts';

/** What a decision of the court asks for, until the referral says so. */
interface Follow {
  readonly title: string;
  readonly act: Act;
  readonly isDone: (state: Referral, hearing: Hearing) => boolean;
}

type LegalStatus = Exclude<Referral['child']['legalStatus'], 'unknown'>;
type ChargeEnd = 'diverted' | 'withdrawn' | 'adjudicated' | 'vacated';

const status = (legalStatus: LegalStatus): Follow => ({
  title: 'Record the legal status after the hearing',
  act: {
    command: 'record-facts',
    input: { legalStatus },
    asks: ['legalStatus'],
    button: staff('Record the legal status'),
  },
  isDone: ({ child }) => child.legalStatus === legalStatus,
});

const charges = (chargesEnd: ChargeEnd): Follow => ({
  title: 'Record how the charges of the child ended',
  act: { command: 'record-charges-end', input: { chargesEnd }, button: staff('Record how the charges ended') },
  isDone: (state, { heldAt = '' }) =>
    !state.response.charged ||
    (profileOf(state).chargeEnds ?? []).some(({ chargesEnd: end, at }) => end === chargesEnd && !isAfter(heldAt, at)),
});

const prosecution = (step: 'convicted' | 'acquitted' | 'charges-dismissed'): Follow => ({
  title: 'Record the step in the prosecution of the trafficker',
  act: { command: 'record-prosecution', input: { prosecution: step }, button: staff('Record the step') },
  isDone: (state, { heldAt = '' }) =>
    profileOf(state).prosecutions.some(({ prosecution: said, at }) => said === step && !isAfter(heldAt, at)),
});

/** The table of next steps after a decision. A decision without a row asks for nothing. */
const followsOutcome: Readonly<Partial<Record<HearingOutcome, Follow>>> = {
  'custody-order-sustained': status('order-of-temporary-custody'),
  'custody-order-ended': {
    ...status('open-in-home'),
    act: { command: 'record-facts', asks: ['legalStatus', 'population'], button: staff('Record the legal status') },
    isDone: ({ child }) => child.legalStatus !== 'order-of-temporary-custody',
  },
  'committed-to-dcf': status('committed'),
  'charges-diverted': charges('diverted'),
  'charges-withdrawn': charges('withdrawn'),
  'found-delinquent': charges('adjudicated'),
  'finding-vacated': charges('vacated'),
  convicted: prosecution('convicted'),
  acquitted: prosecution('acquitted'),
  'charges-dismissed': prosecution('charges-dismissed'),
};

/** The act that an order asks for, beside the record that it is done. */
const followsOrder: Readonly<Partial<Record<CourtOrder, Act>>> = {
  'order-placement': { command: 'record-placement-move', button: staff('Record the placement') },
  'order-services': { command: 'offer-linkage', button: staff('Refer to a provider') },
  'order-evaluation': {
    command: 'offer-linkage',
    input: { service: 'mental-health' },
    button: staff('Refer to a provider'),
  },
  'order-no-contact': { command: 'note-safe-contact', button: staff('Note who must not be contacted') },
  'order-tribe-notice': { command: 'notify-tribe', button: staff('Record the notice to the tribe') },
};

const charged: readonly HearingKind[] = ['delinquency-hearing', 'vacatur-hearing'];

/** The steps for people who record hearings. `now` is a UTC instant. */
export function hearingSteps(state: Referral, now: string): readonly AskedStep[] {
  return (state.hearings ?? []).flatMap((hearing): readonly AskedStep[] => {
    const { id, hearingKind, startsAt, outcome } = hearing;
    const about = `${wordsInside(hearingKind)}, ${formatInstant(startsAt)}`;
    if (hearing.status === 'scheduled') {
      return isAhead(hearing, now)
        ? []
        : [
            {
              title: stepTitle('record-hearing', about),
              listed: { step: 'record-hearing', key: `${id}-outcome`, subject: hearingKind, from: startsAt },
              due: dayAfter(startsAt),
              acts: [
                {
                  command: 'record-hearing',
                  input: { hearing: id },
                  asks: ['outcome', 'orders'],
                  button: staff('Record what came of the hearing'),
                },
              ],
            },
          ];
    }
    const follow = outcome === undefined ? undefined : followsOutcome[outcome];
    const isOpen = follow && !follow.isDone(state, hearing);
    const unknownCharges =
      charged.includes(hearingKind) && hearing.status === 'held' && !state.response.charged
        ? [
            {
              title: `Record the charges first, so that their end counts: ${about}`,
              listed: { step: 'follow-hearing', key: `${id}-charges`, subject: hearingKind } as const,
              acts: [{ command: 'record-charges', button: staff('Record the charges') } as const],
            },
          ]
        : [];
    return [
      ...unknownCharges,
      ...(isOpen
        ? [
            {
              title: `${follow.title}: ${wordsInside(outcome ?? '')}`,
              listed: { step: 'follow-hearing', key: `${id}-follow`, ...whereKnown({ subject: outcome }) } as const,
              acts: [follow.act],
            },
          ]
        : []),
      ...openOrders(hearing).map((order) => ({
        title: stepTitle('do-order', wordsInside(order)),
        listed: { step: 'do-order', key: `${id}-${order}`, subject: order } as const,
        note: `Ordered at the hearing: ${about}`,
        acts: [
          ...[followsOrder[order] ?? []].flat(),
          {
            command: 'settle-order',
            input: { hearing: id, order },
            button: staff('Record that it is done'),
          } as const,
        ],
      })),
    ];
  });
}
