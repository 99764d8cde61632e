/** What the domain's own arithmetic costs on one core: in this process, with nothing stored and nothing sent. */
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { type FoldedCommit, fold } from '../../shared/domain/fold.ts';
import { openingEvents } from '../../shared/domain/intake/opening.ts';
import * as steps from '../../shared/domain/pathway/steps.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

const rounds = 2000;
const commits = 200;

/** The median of many rounds, in microseconds, after as many that warm up the engine. */
function microseconds(work: () => unknown): number {
  const times = Array.from({ length: 2 * rounds }, () => {
    const began = performance.now();
    work();
    return 1000 * (performance.now() - began);
  });
  return times.slice(rounds).toSorted((one, other) => one - other)[rounds / 2] ?? Number.NaN;
}

/** From a report to the open pathway: the report's deadlines, a confirmed screening, the proposal, and the deadlines that follow. */
function measureDecisions(): { readonly microseconds: number; readonly deadlines: number } {
  const told = { age: 15, danger: 'yes', mandated: 'yes', missingNow: 'yes', foreignNational: 'yes' } as const;
  const story = referral({ ...told, perpetrators: ['third-party'] });
  const [opened] = story.all('referral-opened');
  const { now } = story;
  if (!opened) throw new Error('A story begins with a report.');
  const frame = { now, policy: connecticutPolicy, actor: { kind: 'function', id: 'bench' } } as const;
  const decide = () => {
    const events = openingEvents({ referralId, opened }, frame, (error) => {
      throw error;
    });
    const state = fold(referralId, [{ seq: 1, at: now, actor: frame.actor, events }]);
    if (!state) throw new Error('The report left no referral.');
    const decision = beginDecision(state, frame);
    decision.add('screened', {
      number: 1,
      outcome: 'confirmed',
      indicators: ['disclosure'],
      checklist: 'generic-2026.1',
      definitionBasis: 'tvpa',
      rationale: `${referralId}.T2`,
      screenedAt: now,
      answers: { disclosure: 'yes' },
      proposed: { outcome: 'confirmed', rule: 1, facts: [{ fact: 'disclosure', said: 'yes' }] },
    });
    steps.propose(decision, '2011-01-02');
    steps.inviteMdt(decision);
    steps.openServices(decision);
    return decision.state();
  };
  return { microseconds: microseconds(decide), deadlines: Object.keys(decide().deadlines).length };
}

/** A referral of 200 commits. It begins with the acts, checkpoints and alerts of a real one. */
function longLife(): readonly FoldedCommit[] {
  const story = referral({ age: 15, perpetrators: ['third-party'] })
    .run()
    .screen('confirmed')
    .tellTeam()
    .after('P20D');
  const life = story.commits.slice(0, commits);
  const alerts = Object.keys(story.state.alerts);
  const more = Array.from({ length: commits - life.length }, (_, index): FoldedCommit => {
    const alertId = alerts[index % alerts.length] ?? '';
    const events: readonly Event[] = [
      event('alert-acknowledged', { alertId, groups: [...(story.state.alerts[alertId]?.to ?? [])] }),
    ];
    return { seq: life.length + index + 1, at: story.now, actor: { kind: 'person', id: 'P-1' }, events };
  });
  return [...life, ...more];
}

/** Both in microseconds, on one core. */
export function measureDomain() {
  const life = longLife();
  return { decisions: measureDecisions(), fold: microseconds(() => fold(referralId, life)), commits: life.length };
}
