/** Undoing a merge: people work on the referral by itself again. */
import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { command } from '../core/command.ts';
import { freeText } from '../core/fields.ts';
import { followAge, searchRule, seeAfterReturn } from '../deadlines/clocks.ts';
import { endOpen, openAgain, openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { isMissing, screeningClockOf, unscreenedReturns } from '../missing/absences.ts';
import { ruleIn, waitsOn } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';

export const mergeCommands = {
  'undo-merge': command({
    title: 'Undo the merge into another referral',
    inEmergency: 'refused',
    note: 'Its deadlines are open again, with their old due times. The question about other candidates is asked again. Set a called-off meeting of the team again. If the report was classified meanwhile, classify it again.',
    roles: ['careline-supervisor', 'careline-manager'],
    stages: ['merged'],
    input: z.strictObject({ reason: freeText('sameChildReasons') }),
    restsOn: ({ sameChild: { mergedInto } }) => mergedInto,
    needs: 'mergeTarget',
    endsMergeInto: ({ sameChild: { mergedInto } }) => mergedInto,
    decide(decision, { reason }, _, { mergeTarget }) {
      // It changes the history of the other referral too. People who may not see that one cannot undo the merge.
      if (!mergeTarget.isReadThere) {
        return refuse('no-such-merge');
      }
      if (decision.state().identity.erased) {
        return refuse('erased-already/merge');
      }
      const ended = Object.values(decision.state().deadlines).filter(
        ({ status, endedBecause }) => status === 'ended' && endedBecause === 'merged',
      );
      decision.add('merge-undone', { reason, reopened: ended.map(({ id }) => id) });
      // The merge answered for all candidates. The question about those that are left is open again.
      const {
        sameChild: { candidates, answered = [] },
      } = decision.state();
      if (candidates.some((each) => !answered.includes(each))) {
        openAgain(decision, 'D31', { start: decision.context.now, quiet: true });
      }
      // A date of birth may have been recorded meanwhile.
      followAge(decision, decision.state(), decision.context.now);
      // A child who returned during the merge is screened here now.
      for (const { returnedAt } of unscreenedReturns(decision.state())) {
        if (screeningClockOf(decision.state(), returnedAt)) continue;
        openDeadline(decision, 'D9', { start: returnedAt, startedBy: 'child-returned' });
      }
      seeAfterReturn(decision);
      if (!isMissing(decision.state())) endOpen(decision, searchRule);
      const asked = openDeadlines(decision.state()).flatMap(({ rule }) =>
        waitsOn(ruleIn(decision.context.policy, rule), decision.state()),
      );
      // The people who work on it now are told of it, as if it were new.
      if (asked.length > 0) requestAlert(decision, { kind: 'referral-opened', to: [...new Set(asked)] });
      return undefined;
    },
  }),
};
