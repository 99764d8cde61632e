import { aboutChain, aboutReferral, dayOf } from '../../shared/domain/audit/findings.ts';
import { isReference } from '../../shared/domain/core/ids.ts';
import { longestChain, type NotedDoubt } from '../../shared/domain/doubts/doubts.ts';
import type { Inserted } from '../../shared/store/commit-rows.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface DoubtParts {
  readonly ledger: Pick<
    Ledger,
    'referral' | 'firstInDoubt' | 'isAsWritten' | 'isOfItsDay' | 'noteFindings' | 'noteDoubts' | 'doubt'
  >;
  /** Counts the chain for an alarm, and logs it. */
  readonly onDoubt: (chain: string) => void;
  /** Counts a record that people cannot change now, for an alarm. */
  readonly onRecord: (record: string) => void;
  /** How many findings this process has named on a day. Absent where it names all. */
  readonly named?: Map<string, number>;
  /** The finding could not be noted. The alarm tells of the chain all the same. */
  readonly onFault: (fault: unknown) => void;
}

/** A person can write any number as a place. */
const placeIn = (seq: number): { readonly place?: number } =>
  Number.isSafeInteger(seq) && seq > 0 ? { place: seq } : {};

const frameAt = (now: string) =>
  ({ now, actor: { kind: 'function', id: 'react' }, cause: { kind: 'delivery' } }) as const;

/**
 * Each finding is a mail, and is noted after all those of the day were read. A person can write thousands of rows. So after this
 * many of a day, one finding stands for all others. Their doubts are noted all the same, and the watchdog names each in its turn.
 */
export const mostNamed = 100;

/** Notes that a record is in doubt as a finding of the day. The finding makes the mail to an administrator. */
async function noteFinding({ ledger, named }: DoubtParts, record: string, now: string): Promise<void> {
  const before = named?.get(dayOf(now)) ?? 0;
  if (before > mostNamed) return;
  if (before === 0) named?.clear();
  named?.set(dayOf(now), before + 1);
  if (before === mostNamed) {
    await ledger.noteFindings(dayOf(now), frameAt(now), [{ what: 'chain-broken', about: 'ledger' }]);
    return;
  }
  // Where the referral cannot be read, whether it is sealed is unknown, and the damage weighs more.
  const referral = await ledger.referral(record).catch(() => undefined);
  const about = aboutReferral(record, referral?.state);
  await ledger.noteFindings(dayOf(now), frameAt(now), [{ what: 'chain-broken', about }]);
}

/**
 * Counts a chain that is not as it was written, and notes the doubt and a finding of the day. From then on no person changes its
 * record without a supervisor's word. Never rejects: the work on the chain goes on, with its calls and clocks. `now` is a UTC
 * instant.
 */
export async function noteDoubt(
  parts: DoubtParts,
  found: Pick<NotedDoubt, 'chain' | 'cause' | 'place'>,
  now: string,
): Promise<void> {
  const record = aboutChain(found.chain);
  // A person can write any name of a chain.
  const noted = { ...found, chain: found.chain.slice(0, longestChain) };
  parts.onDoubt(found.chain);
  // Each of the two is tried, whatever becomes of the other.
  await Promise.all([
    parts.ledger.noteDoubts(record, frameAt(now), [noted]).catch(parts.onFault),
    noteFinding(parts, record, now).catch(parts.onFault),
  ]);
}

/** Notes the doubt of this chain where a commit that this process has read is in doubt. Never rejects. */
export async function checkChain(parts: DoubtParts, chain: string, now: string): Promise<void> {
  const found = await parts.ledger.firstInDoubt(chain).catch((fault: unknown) => parts.onFault(fault));
  if (found) await noteDoubt(parts, found, now);
}

/**
 * Notes the doubt of a new commit, of a chain of any kind, that no function wrote so. One that came on another day than its key is
 * told alone. Its record stays open to people, because a restore writes old commits anew. Never rejects.
 */
export async function checkInserted(parts: DoubtParts, inserted: Inserted, now: string): Promise<void> {
  const { chain, seq } = inserted;
  const isRight = await parts.ledger.isAsWritten(inserted).catch((fault: unknown) => parts.onFault(fault));
  if (isRight === false) await noteDoubt(parts, { chain, cause: 'not-as-written', ...placeIn(seq) }, now);
  if (isRight !== true || parts.ledger.isOfItsDay(inserted)) return;
  parts.onDoubt(chain);
  await noteFinding(parts, aboutChain(chain), now).catch(parts.onFault);
}

/**
 * Counts and mails a doubt that was noted, by whatever function. Where none is open, a supervisor's word has answered all, and
 * what it accepted counts. Then `follow` takes up the referral, so that a wait for it ends. Rejects only where that does.
 */
export async function tellOfDoubt(
  parts: DoubtParts,
  record: string,
  now: string,
  follow: (referralId: string) => Promise<unknown>,
): Promise<void> {
  try {
    const { open } = await parts.ledger.doubt(record);
    if (open.length > 0) {
      parts.onRecord(record);
      await noteFinding(parts, record, now);
      return;
    }
  } catch (fault) {
    parts.onFault(fault);
    return;
  }
  if (isReference('CR', record)) await follow(record);
}
