/**
 * Writes `histories.json` beside it: what people did in random referrals, and the clocks that a commit ran for it. It was run at
 * commit dd159333, before clocks were retired. To run it again, copy this folder into a worktree of that commit. There, run
 * `node test/policy/retired-clocks/record-clocks-command.ts`, and copy the result back.
 */
import { writeFileSync } from 'node:fs';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { outcomes } from '../../../shared/domain/core/vocabulary.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { actsFor } from '../../../shared/domain/next-steps/milestone-table.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { type Dice, dice as throwing } from '../../support/dice.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';
import { perform } from '../../support/scenes.ts';
import { clocksOf, type Done, type History, styles } from './histories.ts';

const hour = 3_600_000;
const begun = Date.parse('2026-11-09T15:00:00Z');
const days = 75;
const end = new Date(begun + days * 24 * hour).toISOString();

type Style = (typeof styles)[number];

const toldBy = (dice: Dice): Told => ({
  danger: dice.pick(['yes', 'no', 'unknown']),
  missingNow: dice.pick(['no', 'no', 'yes']),
  lastAssaultAt: dice.pick([
    'none-known',
    'unknown',
    new Date(begun - dice.pick([10, 60, 100, 200]) * hour).toISOString(),
  ]),
  population: dice.pick(['in-dcf-care', 'left-dcf-care', 'living-at-home', 'unknown']),
  foreignNational: dice.pick(['yes', 'no', 'no']),
  perpetrators: dice.pick([['caregiver'], ['third-party'], ['unknown']]),
  age: dice.pick([9, 14, 16]),
  mandated: dice.pick(['yes', 'no']),
});

/** When a person acts on a deadline, in epoch milliseconds. Undefined where no person ever does. */
function plannedFor({ start, due }: Deadline, style: Style, dice: Dice): number | undefined {
  const span = Math.max(hour, Date.parse(due) - Date.parse(start));
  const lateness = Math.min(span * dice.pick([0.1, 0.5]), 48 * hour);
  const onTime = Date.parse(start) + span * dice.pick([0.1, 0.3, 0.6, 0.9]);
  if (style === 'on-time') return onTime;
  if (style === 'late') return Date.parse(due) + lateness;
  if (style === 'never') return dice.chance(0.3) ? onTime : undefined;
  return dice.pick([onTime, onTime, Date.parse(due) + lateness, undefined]);
}

/** What may happen to a child beside the duties. */
const events: readonly (readonly [CommandName, object, string?])[] = [
  ['assess-danger', { danger: 'yes', reason: 'An invented reason.' }],
  ['report-missing', {}],
  ['record-return', {}],
  ['invoke-hold', {}],
  ['record-entry-to-care', {}],
  ['record-facts', { lastAssaultAt: new Date(begun - 20 * hour).toISOString() }],
];

function record(seed: number, style: Style): History {
  const dice = throwing(`${style} ${seed}`);
  const told = toldBy(dice);
  const story = referral(told).run();
  const acts: Done[] = [];
  const does = story.do;
  story.do = (name, input = {}, as) => {
    does(name, input, as);
    acts.push(as === undefined ? [story.now, name, input] : [story.now, name, input, as]);
    return story;
  };
  const planned = new Map<string, number | undefined>();
  const tried = new Map<string, number>();
  const happens = Array.from({ length: 2 }, () => begun + dice.pick([2, 20, 50, 200, 500]) * hour).toSorted(
    (a, b) => a - b,
  );
  const attempt = (act: () => unknown) => {
    try {
      act();
    } catch {
      // Refused: another person was first, or the act does not fit any more. Only what was accepted is recorded.
    }
  };
  for (let steps = 0; steps < 400; steps += 1) {
    const now = Date.parse(story.now);
    for (const deadline of openDeadlines(story.state))
      if (!planned.has(deadline.id)) planned.set(deadline.id, plannedFor(deadline, style, dice));
    const next = openDeadlines(story.state)
      .flatMap((deadline) => {
        const at = planned.get(deadline.id);
        return at === undefined || (tried.get(deadline.id) ?? 0) > 4 ? [] : [{ deadline, at: Math.max(now, at) }];
      })
      .toSorted((one, other) => one.at - other.at)[0];
    const happening = happens[0];
    if (happening !== undefined && (next === undefined || happening <= next.at)) {
      happens.shift();
      story.at(new Date(Math.max(now, happening)).toISOString());
      const [name, input, as] = dice.pick(events);
      attempt(() => story.do(name, input, as));
      continue;
    }
    if (next === undefined || next.at > Date.parse(end)) break;
    story.at(new Date(next.at).toISOString());
    tried.set(next.deadline.id, (tried.get(next.deadline.id) ?? 0) + 1);
    const open = story.state.deadlines[next.deadline.id];
    if (open?.status === 'open') attempt(() => actOn(story, open, dice));
  }
  story.at(end);
  return { seed, style, told, acts, end, clocks: clocksOf(story) };
}

function actOn(story: Story, deadline: Deadline, dice: Dice): void {
  const { keptBy } = ruleOf(story.policy, deadline);
  if (keptBy.includes('screened')) {
    story.screen(dice.pick(outcomes));
    return;
  }
  const { state, policy, now } = story;
  const acts = actsFor(keptBy, { state, policy, now, subject: deadline.subject });
  const act = dice.chance(0.85) ? acts[0] : dice.pick(acts);
  if (act) perform(story, act);
}

if (import.meta.main) {
  const all = styles.flatMap((style, index) =>
    Array.from({ length: 12 }, (_, seed) => record(index * 100 + seed + 1, style)),
  );
  const lines = all.map((each) => JSON.stringify(each));
  writeFileSync(new URL('histories.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
}
