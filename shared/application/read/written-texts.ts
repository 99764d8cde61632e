/** The texts that people wrote in their acts on a referral, as the ledger names them. */
import { type CommandName, commandNamed, isCommandName } from '../../domain/commands.ts';
import { type TextField, textFieldsIn, textIdOf } from '../../domain/core/text-fields.ts';
import type { Discipline } from '../../domain/core/vocabulary.ts';
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { ReferralRead } from '../../store/ledger.ts';
import { eventsFor } from '../access/events-for.ts';
import { mayReadPart2, type Visitor } from '../access/visitor.ts';
import { fieldsFor } from '../input/readable-fields.ts';

export interface WrittenText extends TextField {
  /** The id of the text in the vault. */
  readonly id: string;
  readonly command: CommandName;
  /** The commit of the act: its number, UTC instant and author. */
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  /** The deadlines that the act kept, extended, explained or ended. */
  readonly deadlineIds: readonly string[];
  /** Of a recovery plan: the seats that its author named. */
  readonly planReaders?: readonly Discipline[];
}

/** A text as this reader may read it. Without words: it cannot be read, because its row or its key is lost. */
export interface ReadText extends WrittenText {
  readonly words?: string;
}

const settling = ['deadline-kept', 'deadline-extended', 'deadline-not-applicable', 'miss-explained'] as const;
const isSettling = (event: Event): event is Extract<Event, { type: (typeof settling)[number] }> =>
  settling.some((type) => type === event.type);

/** The note on safe contact of the report. A later one takes its place, so it is read as if it had been noted then. */
function reportedIn(event: Event, told: Pick<WrittenText, 'seq' | 'at' | 'by'>): readonly WrittenText[] {
  const id = event.type === 'referral-opened' ? event.texts.safeContact : undefined;
  if (id === undefined) return [];
  return [{ field: 'safeContact', kind: 'safeContact', id, command: 'note-safe-contact', ...told, deadlineIds: [] }];
}

/**
 * The texts of these commits, in their order. An event of the commit names each text. A commit that no right code wrote
 * names none: it could give a text another kind, and so other readers.
 */
const writtenIn = (commits: ReferralRead['commits']): readonly WrittenText[] =>
  commits.flatMap(({ seq, at, actor, cause, events, isUnproved }) => {
    if (isUnproved || cause.kind !== 'command') return [];
    if (!isCommandName(cause.name)) return events.flatMap((event) => reportedIn(event, { seq, at, by: actor.id }));
    const command = cause.name;
    const named = JSON.stringify(events);
    const deadlineIds = events.filter(isSettling).map(({ deadlineId }) => deadlineId);
    const plan = events.find((event) => event.type === 'recovery-plan-written');
    return textFieldsIn(commandNamed(command).input).flatMap(({ field, kind }) => {
      const id = textIdOf(cause.id, field);
      if (!named.includes(`"${id}"`)) return [];
      return {
        field,
        kind,
        id,
        command,
        seq,
        at,
        by: actor.id,
        deadlineIds,
        ...(plan && { planReaders: plan.readers }),
      };
    });
  });

/** The same, of the events that this reader may know of. */
export function writtenFor(
  visitor: Visitor,
  { commits, ...about }: Pick<ReferralRead, 'state' | 'commits'> & { readonly policy: Policy },
): readonly WrittenText[] {
  const shown = eventsFor(visitor, about);
  return writtenIn(commits.map((commit) => ({ ...commit, events: [...shown(commit.events)] })));
}

/** The referral as if this were the plan for the next time the child is missing. */
function withPlanFor(state: Referral, readers: readonly Discipline[]): Referral {
  const { recovery } = state;
  return recovery?.plan
    ? { ...state, recovery: { ...recovery, plan: { ...recovery.plan, readers: [...readers] } } }
    : state;
}

/** Those of the texts that the person may read. `visitor` has the roles of one side (`sidesOf`). */
export function textsFor<Text extends WrittenText>(
  state: Referral,
  visitor: Visitor,
  texts: readonly Text[],
): readonly Text[] {
  const fields = fieldsFor(state, visitor);
  /** Other agencies read what the child's card says now. What the child took back stays with the department. */
  const isOnCard = ({ id }: Text) => Object.values(state.card?.texts ?? {}).includes(id);
  const { card: _, ...withoutCard } = state;
  const withoutConsent = fieldsFor(withoutCard, visitor);
  return texts.filter((text) => {
    const { kind, planReaders } = text;
    if (kind === 'part2Records') return mayReadPart2(state, visitor);
    if (kind === 'recoveryPlan') return fieldsFor(withPlanFor(state, planReaders ?? []), visitor).has(kind);
    if (kind === 'cardWords' && !isOnCard(text)) return withoutConsent.has(kind);
    return fields.has(kind);
  });
}
