/**
 * Forums within one agency and between agencies: their meetings, and the actions agreed there. All of them are one chain. It
 * holds codes and days. What was decided is words, so it is in the vault.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import {
  type Agency,
  agencies,
  forumActionEnds,
  forumKinds,
  forumNames,
  meetingWithdrawals,
} from '../core/vocabulary.ts';

/** The name of the one chain. */
export const allForums = 'ALL';
/** The owner of the words of all forums in the vault. It is no referral. */
export const wordsOfForums = 'FO-ALL';

const action = z.object({ id: z.string(), owner: z.enum(agencies), dueOn: z.string() });

/** Days are New York days, `YYYY-MM-DD`. */
export const forumEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('forum-opened'),
    v: z.literal(1),
    id: z.string(),
    kind: z.enum(forumKinds),
    name: z.enum(forumNames),
    /** The number of a region. Absent for the whole state. */
    region: z.int().exactOptional(),
    agencies: z.array(z.enum(agencies)),
  }),
  /** `textId`: of the words in the vault. `decisions`: how many. */
  z.object({
    type: z.literal('forum-met'),
    v: z.literal(1),
    id: z.string(),
    forum: z.string(),
    heldOn: z.string(),
    textId: z.string(),
    decisions: z.int(),
    actions: z.array(action),
  }),
  z.object({
    type: z.literal('forum-action-ended'),
    v: z.literal(1),
    id: z.string(),
    forum: z.string(),
    how: z.enum(forumActionEnds),
  }),
  /** The meeting counts as if it had never been recorded. Its words leave the vault. */
  z.object({
    type: z.literal('forum-meeting-withdrawn'),
    v: z.literal(1),
    id: z.string(),
    forum: z.string(),
    why: z.enum(meetingWithdrawals),
  }),
]);
export type ForumEvent = z.infer<typeof forumEvent>;

/** Reads a stored event. Throws a ZodError that names the field where the event is not valid. */
export const readForumEvent = (stored: unknown): ForumEvent => forumEvent.parse(stored);

/** Who did something, and when: a UTC instant. */
interface Done {
  readonly by: string;
  readonly at: string;
}

interface ForumAction {
  readonly id: string;
  readonly owner: Agency;
  readonly dueOn: string;
  readonly ended?: Done & { readonly how: (typeof forumActionEnds)[number] };
}

export interface ForumMeeting {
  readonly id: string;
  readonly heldOn: string;
  readonly textId: string;
  readonly decisions: number;
  readonly actions: readonly ForumAction[];
  readonly recorded: Done;
  readonly withdrawn?: Done & { readonly why: (typeof meetingWithdrawals)[number] };
}

export interface Forum {
  readonly id: string;
  readonly kind: (typeof forumKinds)[number];
  readonly name: (typeof forumNames)[number];
  readonly region?: number;
  readonly agencies: readonly Agency[];
  readonly opened: Done;
  readonly meetings: readonly ForumMeeting[];
}

type ForumCommit = CommitHead & { readonly events: readonly ForumEvent[] };

function applied(forums: readonly Forum[], event: ForumEvent, done: Done): readonly Forum[] {
  const changed = (id: string, change: (forum: Forum) => Forum) =>
    forums.map((each) => (each.id === id ? change(each) : each));
  switch (event.type) {
    case 'forum-opened': {
      const { type: _, v: __, ...forum } = event;
      return [...forums, { ...forum, opened: done, meetings: [] }];
    }
    case 'forum-met': {
      const { id, heldOn, textId, decisions, actions } = event;
      const meeting = { id, heldOn, textId, decisions, actions, recorded: done };
      return changed(event.forum, (forum) => ({ ...forum, meetings: [...forum.meetings, meeting] }));
    }
    case 'forum-meeting-withdrawn':
      return changed(event.forum, (forum) => ({
        ...forum,
        meetings: forum.meetings.map((each) =>
          each.id === event.id && !each.withdrawn ? { ...each, withdrawn: { ...done, why: event.why } } : each,
        ),
      }));
    case 'forum-action-ended':
      return changed(event.forum, (forum) => ({
        ...forum,
        meetings: forum.meetings.map((meeting) => ({
          ...meeting,
          actions: meeting.actions.map((each) =>
            each.id === event.id && !each.ended ? { ...each, ended: { ...done, how: event.how } } : each,
          ),
        })),
      }));
  }
}

/** The forums after these commits, in the order in which they were opened. */
export function foldForums(commits: readonly ForumCommit[], from: readonly Forum[] = []): readonly Forum[] {
  let forums = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) forums = applied(forums, event, { by: actor.id, at });
  }
  return forums;
}

/** `FO-3`: the id of the forum that the third commit of the chain opens. A meeting is `FO-3.7`, its first action `FO-3.7.1`. */
export const forumIdAt = (place: number): string => `FO-${place}`;
export const forumIdPattern = /^FO-[1-9]\d{0,5}$/;
export const meetingIdPattern = /^FO-[1-9]\d{0,5}\.[1-9]\d{0,5}$/;
export const actionIdPattern = /^FO-[1-9]\d{0,5}\.[1-9]\d{0,5}\.[1-9]\d?$/;

/** The meetings that count: those that are not withdrawn. */
export const standingMeetings = ({ meetings }: Pick<Forum, 'meetings'>): readonly ForumMeeting[] =>
  meetings.filter(({ withdrawn }) => !withdrawn);

/** An action of a forum that is not ended. */
export interface OpenAction extends ForumAction {
  readonly forum: string;
  readonly textId: string;
  /** From 1. */
  readonly place: number;
  readonly isOverdue: boolean;
}

/** The open actions, those that are due first before the others. `today`: a New York day. */
export const openActions = (forums: readonly Forum[], today: string): readonly OpenAction[] =>
  forums
    .flatMap(({ id, meetings }) =>
      standingMeetings({ meetings }).flatMap(({ textId, actions }) =>
        actions.map((each, index) => ({
          ...each,
          forum: id,
          textId,
          place: index + 1,
          isOverdue: each.dueOn < today,
        })),
      ),
    )
    .filter(({ ended }) => !ended)
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0));
