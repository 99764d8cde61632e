/** The pages of forums: the list with the open actions, and the page of one forum with its meetings. */
import {
  actionInput,
  type ForumList,
  forumInput,
  meetingInput,
  type ShownForum,
  type ShownMeeting,
  withdrawalInput,
} from '../../../shared/application/use-cases/keep-forums.ts';
import { forumActionEnds } from '../../../shared/domain/core/vocabulary.ts';
import { type Forum, standingMeetings } from '../../../shared/domain/forums/forums.ts';
import { formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { regions } from '../../../shared/policy/places/geography.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { Field } from '../forms/form-fields.ts';
import { type Attempt, fieldsAsked, Outcome, PostForm } from './program-form.tsx';

export const forumsPath = '/forums';

/** So many actions can be typed at once. More are recorded as another meeting of that day. */
export const actionRows = 4;

export const forumFields = fieldsAsked(forumInput, {
  kind: { label: 'Kind' },
  name: { label: 'Name' },
  region: {
    label: 'Region',
    hint: 'Leave empty for the whole state.',
    kind: 'choice',
    options: regions.map(({ id, name }) => ({ value: String(id), words: `${id} ${name}` })),
  },
  agencies: { label: 'Agencies that take part' },
});

export const meetingFields: readonly Field[] = [
  ...fieldsAsked(meetingInput, {
    heldOn: { label: 'Day of the meeting' },
    place: { label: 'Place', kind: 'line' },
    decisions: {
      label: 'Decisions',
      hint: 'One on each line. Write roles, no names or references, and nothing about a case.',
      kind: 'text',
    },
  }),
  ...Array.from({ length: actionRows }, (_, index): Field => {
    const path = `actions[${index}]`;
    const fields = fieldsAsked(
      actionInput,
      {
        what: { label: 'What is to be done', kind: 'line', required: false },
        owner: { label: 'Agency that does it', required: false },
        dueOn: { label: 'Until', required: false },
      },
      path,
    );
    return { kind: 'group', path, label: `Action ${index + 1}`, required: false, fields };
  }),
];

export const withdrawalFields = fieldsAsked(withdrawalInput, { why: { label: 'Why it is withdrawn' } });
const withdrawalForm = (meetingId: string) => `withdraw-${meetingId}`;

const forumTitle = ({ name, region }: Pick<Forum, 'name' | 'region'>): string =>
  region === undefined ? words(name) : `${words(name)}, region ${region}`;

interface Props {
  readonly frame: Frame;
  readonly submission: string;
  readonly attempt: Attempt;
}

export function ForumsPage({ frame, list, submission, attempt }: Props & { readonly list: ForumList }) {
  const { forums, actions, mayKeep } = list;
  const titleOf = (id: string) => {
    const forum = forums.find((each) => each.id === id);
    return forum ? forumTitle(forum) : id;
  };
  const overdue = actions.filter(({ isOverdue }) => isOverdue).length;
  return (
    <Page frame={frame} title="Forums">
      <Outcome form="forum" fields={forumFields} {...attempt} />
      <h1>Forums</h1>
      <p class="prose">
        Forums speak of the work of agencies, and never of a case. Name no person and no child: write a role. The check
        knows common names only, so read your text once more.
      </p>
      {actions.length === 0 ? (
        <p>No action is open.</p>
      ) : (
        <Table
          caption={`Open actions: ${actions.length}, of them ${overdue} overdue`}
          heads={['Action', 'Agency', 'Until', 'Forum']}
          rows={actions.map(({ what, owner, dueOn, isOverdue, forum }) => [
            what ?? 'Its words are gone',
            words(owner),
            `${formatDate(dueOn)}${isOverdue ? ', overdue' : ''}`,
            <a href={`${frame.base}${forumsPath}/${forum}`}>{titleOf(forum)}</a>,
          ])}
        />
      )}
      {forums.length > 0 && (
        <Table
          caption="All forums"
          heads={['Forum', 'Kind', 'Agencies', 'Meetings', 'Last meeting']}
          rows={forums.map((forum) => {
            const meetings = standingMeetings(forum);
            const last = meetings
              .map(({ heldOn }) => heldOn)
              .toSorted()
              .at(-1);
            return [
              <a href={`${frame.base}${forumsPath}/${forum.id}`}>{forumTitle(forum)}</a>,
              words(forum.kind),
              forum.agencies.map(words).join(', ') || '–',
              String(meetings.length),
              last === undefined ? '–' : formatDate(last),
            ];
          })}
        />
      )}
      {mayKeep && (
        <>
          <h2>Open a forum</h2>
          <PostForm
            {...{ frame, submission, ...attempt }}
            form="forum"
            fields={forumFields}
            path={forumsPath}
            button="Open the forum"
          />
        </>
      )}
    </Page>
  );
}

interface ForumProps extends Props {
  readonly forum: ShownForum;
  readonly newKey: () => string;
  readonly nameOf: (personId: string) => string;
  /** The id of the meeting whose withdrawal was sent and not stored. */
  readonly withdrawing?: string | undefined;
}

export function ForumPage({ frame, forum, submission, newKey, nameOf, attempt, withdrawing }: ForumProps) {
  const { id, kind, agencies: taking, meetings, mayKeep } = forum;
  return (
    <Page frame={frame} title={forumTitle(forum)}>
      {withdrawing === undefined ? (
        <Outcome form="meeting" fields={meetingFields} {...attempt} />
      ) : (
        <Outcome form={withdrawalForm(withdrawing)} fields={withdrawalFields} {...attempt} />
      )}
      <h1>{forumTitle(forum)}</h1>
      <p>
        <a href={`${frame.base}${forumsPath}`}>All forums</a>
      </p>
      <p class="prose">
        {words(kind)}. {taking.length === 0 ? 'No agency is named.' : `Taking part: ${taking.map(words).join(', ')}.`}
      </p>
      {meetings.length === 0 && <p>No meeting is recorded.</p>}
      {meetings.map((meeting) => (
        <Meeting
          {...{ frame, meeting, mayKeep, newKey, nameOf }}
          forumId={id}
          attempt={withdrawing === meeting.id ? attempt : undefined}
        />
      ))}
      {mayKeep && (
        <>
          <h2>Record a meeting</h2>
          <p class="prose">Its texts are read by all members of forums. Nothing is stored where one is refused.</p>
          <PostForm
            {...{ frame, submission, ...(withdrawing === undefined && attempt) }}
            form="meeting"
            fields={meetingFields}
            path={`${forumsPath}/${id}`}
            button="Record the meeting"
          />
        </>
      )}
    </Page>
  );
}

function Meeting({
  frame,
  forumId,
  meeting,
  mayKeep,
  newKey,
  nameOf,
  attempt,
}: Pick<ForumProps, 'frame' | 'newKey' | 'nameOf'> & {
  readonly attempt: Attempt | undefined;
  readonly forumId: string;
  readonly meeting: ShownMeeting;
  readonly mayKeep: boolean;
}) {
  const { id, heldOn, actions, words: said, withdrawn } = meeting;
  const today = newYorkDate(frame.now);
  if (withdrawn)
    return (
      <section aria-label={`Meeting ${id}`}>
        <h2>{formatDate(heldOn)}: withdrawn</h2>
        <p>
          {nameOf(withdrawn.by)} withdrew it on {formatDate(newYorkDate(withdrawn.at))}. Why:{' '}
          {wordsInside(withdrawn.why)}. Its texts and actions are gone.
        </p>
      </section>
    );
  return (
    <section aria-label={`Meeting ${id}`}>
      <h2>{formatDate(heldOn)}</h2>
      {said === undefined && <p>The words of this meeting are gone.</p>}
      {said?.place !== undefined && <p>Place: {said.place}</p>}
      {said && said.decisions.length > 0 && (
        <>
          <h3>Decisions</h3>
          <ul class="usa-list">
            {said.decisions.map((decision) => (
              <li>{decision}</li>
            ))}
          </ul>
        </>
      )}
      {actions.length > 0 && (
        <Table
          caption="Actions"
          heads={['Action', 'Agency', 'Until', 'State', ...(mayKeep ? ['Record'] : [])]}
          rows={actions.map(({ id: actionId, owner, dueOn, ended }, index) => [
            said?.actions[index] ?? 'Its words are gone',
            words(owner),
            formatDate(dueOn),
            ended ? words(ended.how) : dueOn < today ? 'Overdue' : 'Open',
            ...(mayKeep
              ? [
                  ended
                    ? '–'
                    : forumActionEnds.map((how) => (
                        <PostForm
                          frame={frame}
                          form={`end-${actionId}-${how}`}
                          fields={[]}
                          path={`${forumsPath}/${forumId}/actions/${actionId}`}
                          submission={newKey()}
                          hidden={{ how }}
                          button={words(how)}
                          isPlain
                        />
                      )),
                ]
              : []),
          ])}
        />
      )}
      {mayKeep && (
        <details class="fold" open={attempt !== undefined}>
          <summary>Withdraw this meeting</summary>
          <p class="prose">
            Its decisions, actions and texts go for good. Is something to be corrected? Withdraw it, and record it anew.
          </p>
          <PostForm
            {...{ frame, ...attempt }}
            form={withdrawalForm(id)}
            fields={withdrawalFields}
            path={`${forumsPath}/${forumId}/meetings/${id}/withdrawal`}
            submission={newKey()}
            button="Withdraw the meeting"
            isPlain
          />
        </details>
      )}
    </section>
  );
}
