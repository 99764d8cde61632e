/** The table of milestones against the domain. Each act that it names is accepted, and keeps the duty. */
import { describe, expect, it } from 'vitest';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { rolesOfKind } from '../../../shared/domain/core/role-groups.ts';
import type { Act } from '../../../shared/domain/next-steps/acts.ts';
import { actsFor } from '../../../shared/domain/next-steps/milestone-table.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { fork, type Story } from '../../support/referral-builder.ts';
import { perform, sceneOf } from '../../support/scenes.ts';

/** Acts that settle only their part of a duty, each with the reason. */
const oneOfSeveral: Readonly<Partial<Record<Act['command'], string>>> = {
  'inform-seat': 'each required seat is told by an act of its own',
};

/** Duties that no act keeps at these moments, each with the reason. */
const beforeItsTime: Readonly<Record<string, string>> = {
  D36a: 'what became of a service is recorded two months after its start at the earliest',
  D36b: 'the same, after five months',
  D36c: 'the same, after eleven months',
};

/** The acts for the open deadline of a rule. Empty where none is open. */
function actsOf(story: Story, rule: string): readonly Act[] {
  const deadline = story.deadline(rule);
  if (deadline.status !== 'open') return [];
  const { state, policy, now } = story;
  return actsFor(ruleOf(policy, deadline).keptBy, { state, policy, now, subject: deadline.subject });
}

/** When a duty is looked at, each after the one before. The last is long after it was missed. */
const moments = ['PT1M', 'PT3H', 'P2D', 'P10D'] as const;

describe.each(connecticut20261.deadlines.map(({ id }) => id))('each act that the table names for %s', (rule) => {
  const scene = sceneOf(rule);

  it.each(moments)('is accepted %s later, and settles the duty or opens the way', (moment) => {
    scene.after(moment);
    const acts = actsOf(scene, rule);
    const waits = scene.deadline(rule).status === 'open' && !(rule in beforeItsTime);
    if (waits) expect(acts.length).toBeGreaterThan(0);
    for (const act of acts) {
      const story = fork(scene);
      const { id } = story.deadline(rule);
      perform(story, act);
      const said = `${act.command} ${JSON.stringify(act.input)}`;
      if (act.prepares || act.command in oneOfSeveral) {
        // The way is open: the table names another act now, or the same for another part of the duty.
        const next = actsOf(story, rule);
        expect(
          next.map(({ command, input, choices }) => [command, input, choices]),
          said,
        ).not.toEqual(acts.map(({ command, input, choices }) => [command, input, choices]));
      } else expect(story.state.deadlines[id]?.status, said).toBe('kept');
    }
  });
});

it('gives an act that partners may do its button in Spanish too', () => {
  const partners = rolesOfKind('partner');
  const acts = connecticut20261.deadlines.flatMap(({ id }) => actsOf(sceneOf(id), id));
  const theirs = acts.filter(({ command }) => commandNamed(command).roles.some((role) => partners.includes(role)));
  expect(theirs.length).toBeGreaterThan(15);
  expect(theirs.filter(({ button }) => !('es' in button)).map(({ command }) => command)).toEqual([]);
});
