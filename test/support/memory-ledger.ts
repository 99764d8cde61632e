/** A ledger and cursors over tables in memory, the stores being the real ones. `tell` writes a story as its commits would have come. */
import { referralId, type Story } from './referral-builder.ts';
import { startTables } from './tables.ts';

export async function startMemoryLedger() {
  const { client, ledger, cursors, stop } = startTables(undefined, () => 0);
  let told = 0;
  return {
    client,
    ledger,
    cursors,
    /** Appends what the story has come to since it was last told. */
    async tell(story: Story): Promise<void> {
      for (const { at, actor, events } of story.commits.slice(told)) {
        await ledger.changeReferral(referralId, { now: at, actor, cause: { kind: 'sweep' } }, () => events);
      }
      told = story.commits.length;
    },
    stop,
  };
}
