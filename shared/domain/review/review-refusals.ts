/** The refusals of the case review. */
export const reviewRefusals = {
  'no-seat-for-task':
    'No one has a seat on the team of this referral for {uninvited}: give the task to a seat that is held.',
  'in-the-past/task': 'An agreed task is due on a day after the meeting: check "by" and "tasksBy".',
  'too-far-ahead/task': 'An agreed task is due within half a year: check "by" and "tasksBy".',
  'task-twice': 'Give each task to one seat. For a second one, write it in the minutes.',
  'no-such-task': 'The team agreed on no such task, or it has ended.',
  'not-your-task': 'This task is of the seat for {owner}. They, or the coordinator, say how it ended.',
  'task-reason': 'Say in "reason" why the task is no longer needed. Only the coordinator or the chair ends it so.',
  'not-of-this-report': 'This referral is not of the same report, or has no meeting ahead that you may see.',
  'other-team': 'The other referral has another team: each team meets by itself.',
} as const;
