/** The clocks between a need and the service. A service that is neither started nor declined always has a clock. */

import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { type Service, services } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openAgain, stopBy, tellOfOpened } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines, soonest } from '../deadlines/open-deadlines.ts';
import { findRule, type Milestone, type Policy, ruleIn, windowRuleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { exams, stopOf, windowOf } from './evidence-window.ts';
import type { Linkage } from './service-state.ts';

/** What each status waits for, and the rule that asks for it where the service's own rules do not. */
const waitsFor: Readonly<Partial<Record<Linkage['status'], { readonly rule: string; readonly step: string }>>> = {
  needed: { rule: 'D35a', step: 'offered' },
  offered: { rule: 'D35b', step: 'started' },
  accepted: { rule: 'D35b', step: 'started' },
};

/** Whether this rule does nothing but watch a service that waits. */
export const isWatch = (rule: string): boolean => Object.values(waitsFor).some((waits) => waits.rule === rule);

function isWatched(decision: Decision, service: Service, rule: string, step: string): boolean {
  return openDeadlines(decision.state()).some((deadline) => {
    if (deadline.rule === rule) return deadline.subject === service;
    const { keptBy } = ruleIn(decision.context.policy, deadline.rule);
    const isAbout = deadline.subject === undefined || deadline.subject === service;
    // The rule of an exam within its window asks for the referral to the exam too. So does the offer after the window.
    const asksForAll = step === 'offered' && windowRuleOf(decision.context.policy, service)?.id === deadline.rule;
    const asksForAny = step === 'offered' && exams.includes(service) && keptBy.includes('exam-offered');
    return isAbout && (asksForAll || asksForAny || keptBy.includes(`${step}-${service}` as Milestone));
  });
}

/** Ends the start that an earlier provider owed: another one is asked now. */
export function endStart(decision: Decision, service: Service): void {
  const open = openDeadlineOf(decision.state(), 'D35b', service);
  if (open) decision.add('deadline-ended', { deadlineId: open.id, because: 'superseded' });
}

/** Ends the start that a provider owed who said no, or who waits for a consent. */
function endStarts(decision: Decision): void {
  const {
    services: { linkages },
  } = decision.state();
  for (const { id, rule, subject } of openDeadlines(decision.state())) {
    const linkage = linkages[subject as Service];
    // A gap in supply settles nothing: the clock runs on, though the service counts as declined.
    const isAwaited = linkage !== undefined && !linkage.suspended && linkage.status !== 'needed';
    if (rule !== 'D35b' || isAwaited) continue;
    decision.add('deadline-ended', { deadlineId: id, because: 'superseded' });
  }
}

/**
 * Opens a clock for every service that waits for a person and has no open clock (D35). `start` is the instant of the
 * act, and now by default. Several needs cause one alert.
 */
export function watchLinkages(decision: Decision, start = decision.context.now): void {
  if (decision.state().stage !== 'open') return;
  endStarts(decision);
  const opened: string[] = [];
  for (const { service, status: said, suspended } of Object.values(decision.state().services.linkages)) {
    // Without its consent, the caseworker must ask again, or record a "no".
    const status = suspended && (said === 'offered' || said === 'accepted') ? 'needed' : said;
    const waits = waitsFor[status];
    if (!waits || isWatched(decision, service, waits.rule, waits.step)) continue;
    // The people who refer and accept know of it. Several needs cause one alert, and one for each person who has a
    // service by the team's decision.
    const isSomebodys = decision.state().services.owners[service] !== undefined;
    const quiet = !isSomebodys || status !== 'needed';
    const hardStop = stopOf(decision.state(), service, decision.context.policy);
    openAgain(decision, waits.rule, {
      start,
      subject: service,
      ...(quiet && { quiet }),
      ...whereKnown({ hardStop }),
    });
    const watch = openDeadlineOf(decision.state(), waits.rule, service);
    if (watch && status === 'needed' && !isSomebodys) opened.push(watch.id);
  }
  const [first, ...others] = opened;
  if (first !== undefined) tellOfOpened(decision, first, others);
}

const ofLinkage: readonly string[] = Object.values(waitsFor).map(({ rule }) => rule);

/**
 * After an assault time became known: open clocks of a service with a window end by the new end. One that ended by an
 * earlier assault runs anew.
 */
export function followWindow(decision: Decision): void {
  const { policy, now } = decision.context;
  for (const open of openDeadlines(decision.state())) {
    if (!ofLinkage.includes(open.rule)) continue;
    const stop = windowOf(decision.state(), open.subject as Service, policy, now);
    if (stop === undefined) continue;
    if (open.hardStop === undefined || !isAfter(stop, open.hardStop)) stopBy(decision, open, stop);
    else decision.add('deadline-ended', { deadlineId: open.id, because: 'superseded' });
  }
  watchLinkages(decision);
}

/**
 * The earliest open deadline of this service, by its subject or by the catalogue. A deadline whose subject this reader may not see
 * is of none. Undefined where no clock runs.
 */
export function clockOf<
  D extends Pick<Deadline, 'rule' | 'due' | 'status'> & { readonly subject?: string | undefined },
>(service: Service, deadlines: readonly D[], policy: Policy): D | undefined {
  const isOf = ({ rule, subject }: D) =>
    subject === undefined
      ? findRule(policy, rule)?.subjects === undefined && policy.catalogue[service].clocks.includes(rule)
      : subject === service;
  return soonest(deadlines.filter((each) => each.status === 'open' && isOf(each)));
}

/** The services that the referral has, or that a clock asks for. */
export function servicesIn(state: Referral, policy: Policy): readonly Service[] {
  const open = openDeadlines(state);
  return services.filter((service) => state.services.linkages[service] || clockOf(service, open, policy));
}

/**
 * The open deadline by which the provider acts on this service. The provider is told of it, or it asks for the start.
 * Of several, the earliest.
 */
export const providerDeadline = (state: Referral, service: Service, policy: Policy): Deadline | undefined =>
  soonest(
    openDeadlines(state).filter(({ rule, subject }) => {
      const { alert, keptBy } = ruleIn(policy, rule);
      return subject === service ? alert.includes('provider') : keptBy.includes(`started-${service}` as Milestone);
    }),
  );
