/** What an administrator orders where the work on a referral stands still. */
import { describe, expect, it } from 'vitest';
import { answerTo } from '../../../shared/domain/pathway/runs.ts';
import { restartableRuns } from '../../../shared/domain/pathway/upkeep-commands.ts';
import { referral, referralId } from '../../support/referral-builder.ts';
import { offer, readyToClose } from '../../support/scenes.ts';

const confirmed = () => referral({ danger: 'no' }).run().screen('confirmed').tellTeam();
type Story = ReturnType<typeof confirmed>;
const living = ({ state, policy }: Story) => restartableRuns(state, policy).map(({ name }) => name);
const because = 'stands-still';

describe('a run that is started again', () => {
  it.each([
    ['before its screening', () => referral({ danger: 'yes' }).run()],
    ['at risk', () => referral({ danger: 'no' }).run().screen('at-risk')],
    ['confirmed, its team not told yet', () => referral({ danger: 'no' }).run().screen('confirmed')],
    ['with an offer that waits', () => offer(confirmed(), 'education')],
    ['ready to close', () => readyToClose(confirmed())],
  ])('goes on as its next generation, and no duty, alert or service changes: %s', (_, tell) => {
    const runs = living(tell());
    expect(runs).toContain(referralId);
    for (const run of runs) {
      const story = tell();
      const { deadlines, alerts, services, team } = story.state;
      const before = story.waitOf(run);
      const generation = before?.generation ?? 1;
      story.do('restart-run', { run, because }, 'administrator');
      expect(story.state).toMatchObject({ deadlines, alerts, services, team });
      expect(story.state.runEnds?.[run]).toEqual([{ generation, because: 'ordered', at: story.now }]);
      // The one before is told to end by itself, so there are never two.
      expect(before && answerTo(story.state, before, story.policy)?.outcome).toBe('handed-over');
      expect(story.all('restart-ordered')).toMatchObject([{ run, generation, because }]);
    }
  });

  it('is refused where it ended, where it never was, and where it has just begun again', () => {
    const story = confirmed();
    expect(story.refused('restart-run', { run: `${referralId}.D99.1`, because }, 'administrator')).toBe(
      'run-not-living',
    );
    expect(story.refused('restart-run', { run: 'CR-00000-000000', because }, 'administrator')).toBe('run-not-living');
    story.do('restart-run', { run: referralId, because }, 'administrator');
    expect(story.refused('restart-run', { run: referralId, because }, 'administrator')).toBe('run-just-begun');
    story.after('PT11M').do('restart-run', { run: referralId, because }, 'administrator');
    expect(story.state.generation).toBe(3);
    const ended = Object.keys(story.state.runs).find((run) => !living(story).includes(run));
    expect(story.refused('restart-run', { run: ended ?? '', because }, 'administrator')).toBe('run-not-living');
  });

  it('is not one about records kept apart (42 CFR Part 2), which no list names', () => {
    const story = offer(confirmed(), 'substance-use');
    const held = Object.values(story.state.deadlines).filter(({ subject }) => subject === 'substance-use');
    expect(held.length).toBeGreaterThan(0);
    for (const { id } of held) {
      expect(living(story)).not.toContain(id);
      expect(story.refused('restart-run', { run: id, because }, 'administrator')).toBe('run-not-living');
    }
  });

  it('counts no earlier loss, so a run whose fault was mended is not called failing any more', () => {
    const story = confirmed();
    for (let loss = 0; loss < 3; loss += 1) story.lose(referralId);
    const is = () => restartableRuns(story.state, story.policy)[0]?.is;
    expect(is()).toBe('failing');
    story.after('PT11M').do('restart-run', { run: referralId, because }, 'administrator');
    expect(is()).toBe('handed-over');
    story.lose(referralId);
    expect(is()).toBe('restarted');
  });

  it('may be one of a duty that a closed referral still owes', () => {
    const story = readyToClose(confirmed());
    story.do('close-referral', { review: 'Words.' });
    for (const run of living(story))
      expect(story.refused('restart-run', { run, because }, 'administrator')).toBe('accepted');
    expect(story.refused('restart-run', { run: referralId, because }, 'administrator')).toBe('run-not-living');
  });
});

it('an order to take up what was left undone changes nothing of the referral but its length', () => {
  const story = confirmed();
  const { seq: before, ...state } = story.state;
  story.do('repair-referral', { because }, 'administrator');
  const { seq, ...after } = story.state;
  expect([seq - before, after]).toEqual([1, state]);
});
