/**
 * What each screening outcome opens for a child of each population. Each pair is played through the decisions of the
 * pathway itself. So the answer cannot differ from what a referral does.
 */
import { beginDecision, type Decision } from '../core/decision.ts';
import {
  type EligibilityOutcome,
  indicatorChecklist,
  type Outcome,
  outcomes,
  type populations,
  type Service,
} from '../core/vocabulary.ts';
import { event } from '../events.ts';
import { fold } from '../fold.ts';
import { openingEvents } from '../intake/opening.ts';
import { childCodes, reportCodes } from '../intake/report-facts.ts';
import {
  drawRoster,
  inviteMdt,
  openPreventionServices,
  openRescreening,
  openServices,
  openSignOff,
  propose,
} from '../pathway/steps.ts';
import type { Referral } from '../referral.ts';
import type { Policy } from './policy.ts';

/** The populations of the source document; a child whose population is unknown is asked about. */
export type KnownPopulation = Exclude<(typeof populations)[number], 'unknown'>;

export interface OpenedByOutcome {
  readonly outcome: Outcome;
  /** The rules whose clocks open for every population, in the order of the policy. */
  readonly rules: readonly string[];
  readonly services: readonly Service[];
  readonly populations: readonly {
    readonly population: KnownPopulation;
    /** The decision that the rules propose. A person decides. */
    readonly proposal: EligibilityOutcome;
    /** The rules whose clocks open beside those for every population. */
    readonly rules: readonly string[];
  }[];
}

/** A child of 15 who lives in the state; what the population leaves open stays unknown. */
const childOf: Readonly<Record<KnownPopulation, object>> = {
  'in-dcf-care': { legalStatus: 'committed', dcfClient: 'yes' },
  'left-dcf-care': { legalStatus: 'none', dcfClient: 'no' },
  'living-at-home': { legalStatus: 'none', dcfClient: 'no' },
};
const knownPopulations = Object.keys(childOf) as readonly KnownPopulation[];

/** Any instant does: the rules that open do not depend on it. */
const at = '2026-11-09T15:00:00.000Z';
const actor = { kind: 'function', id: 'policy-map' } as const;
const id = 'CR-0000000000';

function reported(policy: Policy, population: KnownPopulation): Referral {
  const opened = event('referral-opened', {
    reportId: 'RP-0000000000',
    siblings: [],
    receivedAt: at,
    recordedAt: at,
    report: reportCodes.parse({}),
    child: {
      ...childCodes.parse({
        danger: 'no',
        population,
        connecticutResident: 'yes',
        emancipated: 'no',
        ...childOf[population],
      }),
      age: { known: 'exact', years: 15 },
      indicatorChecklist,
    },
    texts: { narrative: 'T-1' },
  });
  const events = openingEvents({ referralId: id, opened }, { now: at, actor, policy }, (fault) => {
    throw fault;
  });
  const state = fold(id, [{ seq: 1, at, actor, events }]);
  if (!state) throw new Error('The invented report opens no referral.');
  return state;
}

const rulesIn = (decision: Decision): ReadonlySet<string> =>
  new Set(Object.values(decision.state().deadlines).map(({ rule }) => rule));

function play(policy: Policy, outcome: Outcome, population: KnownPopulation) {
  const decision = beginDecision(reported(policy, population), { now: at, actor, policy });
  const before = rulesIn(decision);
  decision.add('screened', {
    number: 1,
    outcome,
    indicators: [],
    checklist: indicatorChecklist,
    definitionBasis: outcome === 'confirmed' ? '46a-170' : 'none',
    rationale: 'T-2',
    screenedAt: at,
    answers: {},
    proposed: { outcome, rule: 1, facts: [] },
  });
  propose(decision, undefined);
  // A team with a person on each seat: a gap in a team is no matter of the outcome.
  const members = policy.requiredDisciplines.map((discipline) => ({
    discipline,
    personId: `P-${discipline.toUpperCase()}`,
  }));
  drawRoster(decision, policy.geography.teams[0]?.id, members);
  inviteMdt(decision);
  openPreventionServices(decision);
  openRescreening(decision);
  openSignOff(decision);
  openServices(decision);
  const { eligibility, services } = decision.state();
  if (!eligibility.proposal) throw new Error(`No decision was proposed after the outcome ${outcome}.`);
  const after = rulesIn(decision);
  return {
    population,
    proposal: eligibility.proposal.outcome,
    rules: policy.deadlines.map((rule) => rule.id).filter((rule) => after.has(rule) && !before.has(rule)),
    services: Object.keys(services.linkages) as readonly Service[],
  };
}

/** One row for each outcome, in the order of the vocabulary. */
export const openedByOutcome = (policy: Policy): readonly OpenedByOutcome[] =>
  outcomes.map((outcome) => {
    const played = knownPopulations.map((population) => play(policy, outcome, population));
    const forAll = (rule: string) => played.every(({ rules }) => rules.includes(rule));
    return {
      outcome,
      rules: (played[0]?.rules ?? []).filter(forAll),
      services: policy.servicesFor[outcome].filter((service) =>
        played.every((each) => each.services.includes(service)),
      ),
      populations: played.map(({ population, proposal, rules }) => ({
        population,
        proposal,
        rules: rules.filter((rule) => !forAll(rule)),
      })),
    };
  });
