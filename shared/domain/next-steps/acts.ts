/** One act of a person: a command, the input that a duty fixes, and the words of its button. */

import type * as z from 'zod';
import { isRinging } from '../alerts/alarms.ts';
import { mayAnswer } from '../alerts/answering.ts';
import { dutiesByPhone, holderOf, isForAgency, mayCall } from '../calls/calls.ts';
import type { commands } from '../commands.ts';
import type { Person } from '../core/person.ts';
import type { Service } from '../core/vocabulary.ts';
import { declineReasons, supplyGaps } from '../core/vocabulary.ts';
import { type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { childsNoIsNone } from '../services/childs-decision.ts';
import { consentMissing } from '../services/service-catalogue.ts';
import type { ListedStep } from '../words/step-titles.ts';
import { type PartnerWords, partner, type StaffWords, staff } from '../words/words.ts';

type Commands = typeof commands;
type InputOf<Name extends keyof Commands> = z.input<Commands[Name]['input']>;

interface ActOf<Name extends keyof Commands> {
  readonly command: Name;
  /** Words for partners as well, where the command is theirs too. */
  readonly button: StaffWords | PartnerWords;
  /** The fields that the duty decides. */
  readonly input?: Partial<InputOf<Name>>;
  /** The optional fields that a person usually fills in. */
  readonly asks?: readonly (keyof InputOf<Name> & string)[];
  /** The values of a field that fit this referral and settle the duty, the usual one first. */
  readonly choices?: { readonly [Field in keyof InputOf<Name>]?: readonly string[] };
  /** True where it opens the way for the act that settles the duty. The duty is open after it. */
  readonly prepares?: true;
}

/** An act with the input of its own command: an unknown field does not compile. */
export type Act = { readonly [Name in keyof Commands & string]: ActOf<Name> }[keyof Commands & string];

/** A step that no clock asks for. `due`: a UTC instant. */
export interface AskedStep {
  readonly title: string;
  readonly note?: string;
  readonly due?: string;
  readonly acts: readonly Act[];
  /** How lists of people name it. */
  readonly listed?: Listed;
}

/** A step as a list has it, in codes. `from`: since when it can be taken, a UTC instant. Without it, since it is asked. */
export interface Listed {
  readonly step: ListedStep;
  /** Unique among the steps of the referral. */
  readonly key: string;
  /** What it is about, a code. */
  readonly subject?: string;
  readonly from?: string;
}

/** What a row of the table may ask. `subject`: the service or discipline of the deadline. `now` is a UTC instant. */
export interface About {
  readonly state: Referral;
  readonly policy: Policy;
  readonly subject: string | undefined;
  readonly now: string;
}

const preparing = (acts: readonly Act[]): readonly Act[] => acts.map((act) => ({ ...act, prepares: true }));

const isReferred = ({ state }: About, service: Service): boolean =>
  ['offered', 'accepted'].includes(state.services.linkages[service]?.status ?? 'needed');

/** The consent, where the policy asks for one before this act and none is given. */
function consentFirst({ state, policy }: About, service: Service, act: 'refers' | 'answers'): readonly Act[] {
  return consentMissing(state, service, policy, act) === undefined ? [] : [askConsent(service, policy)];
}

export const askConsent = (service: Service, policy: Policy): Act => ({
  command: 'record-consent',
  input: { service, consentAnswer: 'given' },
  choices: { consentKind: policy.catalogue[service].consent },
  asks: ['guardian'],
  button: staff('Record the consent to the service'),
  prepares: true,
});

/** The consent comes first, where the referral needs one. */
export const refer = (about: About, service: Service): readonly Act[] => [
  ...consentFirst(about, service, 'refers'),
  { command: 'offer-linkage', input: { service }, button: staff('Refer to a provider') },
];

/** A "no" of the child, the family or the staff. A gap in supply settles nothing. */
export const decline = (service: Service): readonly Act[] => [
  {
    command: 'decline-linkage',
    input: { service },
    asks: ['reason'],
    choices: { reasonCode: declineReasons.filter((reason) => !supplyGaps.includes(reason)) },
    button: partner('Record that the service is declined', 'Registrar que se rechaza el servicio'),
  },
];

/** Only the child's own "no" ends an acute exam, from an age on. */
export const declineByChild = ({ state }: About, service: Service): readonly Act[] =>
  childsNoIsNone(state, 'reason')
    ? []
    : [
        {
          command: 'decline-linkage',
          input: { service, reasonCode: 'child-declined' },
          asks: ['reason'],
          button: partner("Record the child's own decision", 'Registrar la decisión propia del menor'),
        },
      ];

/** What a provider does once it may: without the consent it would be refused, so the consent alone is named. */
const withConsent = (about: About, service: Service, act: Act): readonly Act[] => {
  const consent = consentFirst(about, service, 'answers');
  return consent.length > 0 ? consent : [act];
};

/** An act that comes after the referral to a provider. */
const onceReferred = (about: About, service: Service, act: Act): readonly Act[] =>
  isReferred(about, service) ? withConsent(about, service, act) : preparing(refer(about, service));

export const start = (about: About, service: Service): readonly Act[] =>
  onceReferred(about, service, {
    command: 'start-linkage',
    input: { service },
    button: partner('Record that the service has started', 'Registrar que comenzó el servicio'),
  });

/** The attempt of the provider to reach the child. */
export const contact = (about: About, service: Service): readonly Act[] =>
  onceReferred(about, service, {
    command: 'record-contact',
    input: { service },
    button: partner('Record the attempt to reach the child', 'Registrar el intento de contactar al menor'),
  });

/** Any exam keeps the offer. After the window it is not acute. */
export const offerExam = (about: About): readonly Act[] =>
  about.state.services.linkages['medical-nonacute']?.status === 'accepted'
    ? start(about, 'medical-nonacute')
    : refer(about, 'medical-nonacute');

/** The answer of a provider: any reason is an answer. */
export const answerReferral = (about: About, service: Service): readonly Act[] => [
  ...withConsent(about, service, {
    command: 'accept-linkage',
    input: { service },
    button: partner('Accept the referral', 'Aceptar la remisión'),
  }),
  {
    command: 'decline-linkage',
    input: { service },
    asks: ['waitDays', 'reason'],
    button: partner('Decline the referral', 'Rechazar la remisión'),
  },
];

/** The provider's answer opens the way, and the start settles it. */
export const putInPlace = (about: About, service: Service): readonly Act[] =>
  about.state.services.linkages[service]?.status === 'offered'
    ? [...preparing(answerReferral(about, service)), ...start(about, service)]
    : start(about, service);

/**
 * What this person can do about a duty that calls now and that no one has. A called person takes it on. A person who may
 * call records the call. The duty is open after it. Empty for other duties. `person`: with only the roles that cover this referral.
 */
export function callActs(deadlineId: string, { state, policy }: Pick<About, 'state' | 'policy'>, person: Person) {
  const deadline = dutiesByPhone(state, policy).find(({ id }) => id === deadlineId);
  if (deadline === undefined || holderOf(deadline, state)) return [];
  const answer: Act = { command: 'answer-alarm', input: { deadlineId }, button: staff("I'm handling this") };
  const call: Act = {
    command: 'record-call',
    input: { deadlineId },
    asks: [isForAgency(ruleOf(policy, deadline)) ? 'agencyId' : 'personId'],
    choices: { result: ['reached', 'no-answer', 'calling'] },
    button: staff('Record the call'),
  };
  return preparing([
    ...(isRinging(deadline) && mayAnswer(deadline, person, state, policy) ? [answer] : []),
    ...(mayCall(person.roles, deadline, state, policy) ? [call] : []),
  ]);
}
