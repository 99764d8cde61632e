/**
 * Keeps forums, their meetings and their actions. Each act is one commit of their chain. Words go into the vault before it, after
 * the guard has read them.
 */
import * as z from 'zod';
import { someOf } from '../../domain/core/fields.ts';
import { isRefusal } from '../../domain/core/refusal.ts';
import { overseers, teamLeaders } from '../../domain/core/role-groups.ts';
import {
  agencies,
  forumActionEnds,
  forumKinds,
  forumNames,
  meetingWithdrawals,
  type Role,
} from '../../domain/core/vocabulary.ts';
import {
  allForums,
  type Forum,
  type ForumMeeting,
  forumIdAt,
  type OpenAction,
  openActions,
  standingMeetings,
  wordsOfForums,
} from '../../domain/forums/forums.ts';
import { guardedText } from '../../domain/forums/guarded-text.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { refuse } from '../../domain/refusals.ts';
import { regions } from '../../policy/places/geography.ts';
import { type Identities, textPart } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import { type Kept, notKept } from '../input/kept.ts';
import { readInput } from '../input/read-input.ts';

interface ForumParts {
  readonly ledger: Pick<Ledger, 'forums' | 'changeForums'>;
  readonly identities: Pick<Identities, 'putPending' | 'confirmAll' | 'text' | 'awaitRemoval' | 'closeText'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const forumKeepers: readonly Role[] = ['program-manager', 'hart-director', 'hart-lead', 'mdt-coordinator'];
export const forumReaders: readonly Role[] = [
  ...new Set<Role>([...forumKeepers, ...overseers, ...teamLeaders, 'legal', ...auditors, 'forum-member']),
];

const mostActions = 12;
const mostDecisions = 12;

const day = (described: string) =>
  z.iso
    .date({ error: 'Give a day as YYYY-MM-DD.', abort: true })
    .refine((date) => /^20/.test(date), { error: 'Give a year from 2000 to 2099.', abort: true })
    .meta({ description: described, example: '2026-12-01' });

export const forumInput = z
  .strictObject({
    kind: z.enum(forumKinds).meta({ example: 'between-agencies' }),
    name: z
      .enum(forumNames)
      .meta({ description: 'From a list, so that no name is a person’s.', example: 'hart-committee' }),
    region: z
      .string()
      .refine((id) => regions.some((each) => String(each.id) === id), 'Give the number of a region.')
      .optional()
      .meta({ description: 'The number of its region. Left out: the whole state.', example: '4' }),
    agencies: someOf(agencies)
      .default([])
      .meta({ description: 'The agencies that take part.', example: ['dcf', 'local-police'] }),
  })
  .meta({ example: { kind: 'between-agencies', name: 'police-and-department', agencies: ['dcf', 'local-police'] } });

export const actionInput = z.strictObject({
  what: guardedText(200).meta({ example: 'Send the form to the liaisons' }),
  owner: z.enum(agencies).meta({ description: 'The agency that does it.', example: 'dcf' }),
  dueOn: day('Until when.'),
});

export const meetingInput = z
  .strictObject({
    heldOn: day('The New York day of the meeting.'),
    place: guardedText(120)
      .optional()
      .meta({ description: 'Where it was held. It is kept in the vault.', example: 'Room 4 of the central office' }),
    decisions: z
      .array(guardedText(400).meta({ example: 'We use one form for all towns' }))
      .max(mostDecisions, `Give at most ${mostDecisions}.`)
      .default([])
      .meta({ description: 'What was decided. It is kept in the vault.' }),
    actions: z
      .array(actionInput)
      .max(mostActions, `Give at most ${mostActions}.`)
      .default([])
      .meta({ description: 'What was agreed, by which agency and until when.' }),
  })
  .superRefine(({ heldOn, decisions, actions }, context) => {
    if (decisions.length + actions.length === 0)
      context.addIssue({ code: 'custom', path: ['decisions'], message: 'Give a decision or an action.' });
    for (const [index, { dueOn }] of actions.entries()) {
      if (dueOn < heldOn)
        context.addIssue({
          code: 'custom',
          path: ['actions', index, 'dueOn'],
          message: 'The action would be due before the meeting. Give a later day.',
        });
    }
  })
  .meta({
    example: {
      heldOn: '2026-11-20',
      decisions: ['We use one form for all towns'],
      actions: [{ what: 'Send the form to the liaisons', owner: 'dcf', dueOn: '2026-12-15' }],
    },
  });

export const actionEndInput = z
  .strictObject({ how: z.enum(forumActionEnds, { error: 'Choose how the action ended.' }) })
  .meta({ example: { how: 'action-done' } });

export const withdrawalInput = z
  .strictObject({ why: z.enum(meetingWithdrawals, { error: 'Choose why the meeting is withdrawn.' }) })
  .meta({ example: { why: 'recorded-twice' } });

/** The words of a meeting. They are undefined where the vault has lost them. */
const meetingWords = z.object({
  place: z.string().optional(),
  decisions: z.array(z.string()),
  actions: z.array(z.string()),
});
type MeetingWords = z.infer<typeof meetingWords>;

interface ShownAction extends OpenAction {
  /** The words of it. Absent where the vault has none. */
  readonly what?: string | undefined;
}
export interface ShownMeeting extends ForumMeeting {
  readonly words?: MeetingWords | undefined;
}
export interface ShownForum extends Omit<Forum, 'meetings'> {
  /** The latest first. */
  readonly meetings: readonly ShownMeeting[];
  readonly mayKeep: boolean;
}
export interface ForumList {
  readonly forums: readonly Forum[];
  /** Open ones, those that are due first before the others. */
  readonly actions: readonly ShownAction[];
  readonly mayKeep: boolean;
}

const wordsAt = async ({ identities }: Pick<ForumParts, 'identities'>, textId: string) => {
  const text = await identities.text(wordsOfForums, textId);
  return text === undefined ? undefined : meetingWords.parse(JSON.parse(text));
};

/** Of a withdrawn meeting, its day and the withdrawal alone are shown. */
const withoutWithdrawn = (meeting: ForumMeeting): ForumMeeting =>
  meeting.withdrawn ? { ...meeting, decisions: 0, actions: [] } : meeting;

/** The forums and their open actions. Undefined for a person who may not read them. */
export async function listForums(parts: ForumParts, visitor: Visitor): Promise<ForumList | undefined> {
  if (!isOneOf(visitor, forumReaders)) return undefined;
  const forums = await parts.ledger.forums();
  const open = openActions(forums, newYorkDate(parts.now));
  const ids = [...new Set(open.map(({ textId }) => textId))];
  const words = new Map(await Promise.all(ids.map(async (id) => [id, await wordsAt(parts, id)] as const)));
  return {
    forums: forums.map((each) => ({ ...each, meetings: each.meetings.map(withoutWithdrawn) })),
    actions: open.map((each) => ({ ...each, what: words.get(each.textId)?.actions[each.place - 1] })),
    mayKeep: isOneOf(visitor, forumKeepers),
  };
}

async function shown(parts: ForumParts, forum: Forum, visitor: Visitor): Promise<ShownForum> {
  const meetings = await Promise.all(
    forum.meetings.map(async (meeting) =>
      meeting.withdrawn ? withoutWithdrawn(meeting) : { ...meeting, words: await wordsAt(parts, meeting.textId) },
    ),
  );
  return {
    ...forum,
    meetings: meetings.toSorted((one, other) => (one.heldOn < other.heldOn ? 1 : -1)),
    mayKeep: isOneOf(visitor, forumKeepers),
  };
}

/** The answer to an act on a forum that was stored: the forum as it is now. */
async function kept(parts: ForumParts, forums: readonly Forum[], id: string, visitor: Visitor) {
  const forum = forums.find((each) => each.id === id);
  return forum
    ? ({ kind: 'done', value: await shown(parts, forum, visitor) } as const)
    : ({ kind: 'unknown' } as const);
}

/** Undefined where there is no such forum for this person. */
export async function readForum(parts: ForumParts, visitor: Visitor, id: string): Promise<ShownForum | undefined> {
  if (!isOneOf(visitor, forumReaders)) return undefined;
  const forum = (await parts.ledger.forums()).find((each) => each.id === id);
  return forum && shown(parts, forum, visitor);
}

/** Opens a forum. A repeat under its key opens none. */
export async function openForum(
  parts: ForumParts,
  visitor: Visitor,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownForum>> {
  if (!isOneOf(visitor, forumKeepers)) return { kind: 'forbidden' };
  const parsed = readInput(forumInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { region, ...given } = parsed.data;
  const plain = personFrame(parts, visitor, 'open-forum', allForums, forumKeepers);
  const frame = keyedFrame(plain, allForums, parsed.data, submission);
  let id: string | undefined;
  const after = await parts.ledger.changeForums(allForums, frame, (_, place) => {
    id = forumIdAt(place);
    return [{ type: 'forum-opened', v: 1, id, ...given, ...(region !== undefined && { region: Number(region) }) }];
  });
  if (isRefusal(after)) return notKept(after);
  const forum = after.findLast((each) =>
    id === undefined ? each.opened.by === visitor.id && each.name === given.name : each.id === id,
  );
  return forum ? { kind: 'done', value: await shown(parts, forum, visitor) } : { kind: 'unknown' };
}

/** Records a meeting with its decisions and actions. Nothing is stored where the guard refuses one of its texts. */
export async function recordMeeting(
  parts: ForumParts,
  visitor: Visitor,
  id: string,
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownForum>> {
  if (!isOneOf(visitor, forumKeepers)) return { kind: 'forbidden' };
  const known = await parts.ledger.forums();
  if (!known.some((each) => each.id === id)) return { kind: 'unknown' };
  const parsed = readInput(meetingInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { heldOn, place, decisions, actions } = parsed.data;
  if (heldOn > newYorkDate(parts.now))
    return { kind: 'invalid', problems: [{ path: 'heldOn', sentence: 'This day has not come yet.' }] };
  const plain = personFrame(parts, visitor, 'record-forum-meeting', id, forumKeepers);
  const frame = keyedFrame(plain, id, parsed.data, submission);
  const textId = frame.cause.id;
  const words: MeetingWords = {
    ...(place !== undefined && { place }),
    decisions,
    actions: actions.map(({ what }) => what),
  };
  const part = { key: textPart(wordsOfForums, textId), content: JSON.stringify(words) };
  const owner = { referralId: wordsOfForums, commandId: textId, digest: frame.cause.digest, now: parts.now };
  // A repeat brings no words back that were taken away.
  const isWithdrawn = (forums: readonly Forum[]) =>
    forums.some(({ meetings }) => meetings.some((each) => each.textId === textId && each.withdrawn));
  if (!isWithdrawn(known) && !(await parts.identities.putPending([part], owner))) return { kind: 'reused' };
  const after = await parts.ledger.changeForums(allForums, frame, (forums, number) => {
    if (!forums.some((each) => each.id === id)) return refuse('no-such-forum');
    const meeting = `${id}.${number}`;
    const agreed = actions.map(({ owner: agency, dueOn }, index) => ({
      id: `${meeting}.${index + 1}`,
      owner: agency,
      dueOn,
    }));
    return [
      {
        type: 'forum-met',
        v: 1,
        id: meeting,
        forum: id,
        heldOn,
        textId,
        decisions: decisions.length,
        actions: agreed,
      },
    ];
  });
  if (isRefusal(after)) return notKept(after, 'no-such-forum');
  if (!isWithdrawn(after)) await parts.identities.confirmAll([part]);
  return kept(parts, after, id, visitor);
}

/** Ends an action as done or no longer needed. One that is ended already is no open action. */
export async function endForumAction(
  parts: ForumParts,
  visitor: Visitor,
  { forum: id, action }: { readonly forum: string; readonly action: string },
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownForum, 'no-such-forum-action'>> {
  if (!isOneOf(visitor, forumKeepers)) return { kind: 'forbidden' };
  const parsed = readInput(actionEndInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const plain = personFrame(parts, visitor, 'end-forum-action', action, forumKeepers);
  const frame = keyedFrame(plain, action, parsed.data, submission);
  const after = await parts.ledger.changeForums(allForums, frame, (forums) => {
    const forum = forums.find((each) => each.id === id);
    if (!forum) return refuse('no-such-forum');
    const known = standingMeetings(forum)
      .flatMap((meeting) => meeting.actions)
      .find((each) => each.id === action);
    if (!known || known.ended) return refuse('no-such-forum-action');
    return [{ type: 'forum-action-ended', v: 1, id: action, forum: id, how: parsed.data.how }];
  });
  if (isRefusal(after)) return notKept(after, 'no-such-forum');
  return kept(parts, after, id, visitor);
}

/**
 * Withdraws a meeting, with its decisions and actions. Its words can be read by no one from then on, and leave the vault. A
 * corrected meeting is recorded anew.
 */
export async function withdrawMeeting(
  parts: ForumParts,
  visitor: Visitor,
  { forum: id, meeting }: { readonly forum: string; readonly meeting: string },
  input: unknown,
  submission: Submission,
): Promise<Kept<ShownForum, 'no-such-forum-meeting'>> {
  if (!isOneOf(visitor, forumKeepers)) return { kind: 'forbidden' };
  const forum = (await parts.ledger.forums()).find((each) => each.id === id);
  if (!forum) return { kind: 'unknown' };
  const parsed = readInput(withdrawalInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const textIds = forum.meetings.flatMap((each) => (each.id === meeting ? [each.textId] : []));
  const keys = textIds.map((textId) => textPart(wordsOfForums, textId));
  const plain = personFrame(parts, visitor, 'withdraw-forum-meeting', meeting, forumKeepers);
  const frame = keyedFrame(plain, meeting, parsed.data, submission);
  for (const key of keys) await parts.identities.awaitRemoval(key, parts.now);
  const after = await parts.ledger.changeForums(allForums, frame, (forums) => {
    const now = forums.find((each) => each.id === id);
    if (!now) return refuse('no-such-forum');
    if (!standingMeetings(now).some((each) => each.id === meeting)) return refuse('no-such-forum-meeting');
    return [{ type: 'forum-meeting-withdrawn', v: 1, id: meeting, forum: id, why: parsed.data.why }];
  });
  if (isRefusal(after)) return notKept(after, 'no-such-forum');
  for (const key of keys) await parts.identities.closeText(key, parts.now);
  return kept(parts, after, id, visitor);
}
