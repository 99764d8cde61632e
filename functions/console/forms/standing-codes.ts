/**
 * The codes and times that an act takes the place of. Its form starts with them. A judgment starts unset, and so does each
 * time of an act: no default decides for a person. Its page says above the form what was recorded before.
 */
import { isRunning } from '../../../shared/domain/bookings/booking-state.ts';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { profileFacts } from '../../../shared/domain/facts/profile-events.ts';
import { routingToConfirm } from '../../../shared/domain/intake/places.ts';
import { learnedFacts } from '../../../shared/domain/intake/report-facts.ts';
import { ownSeats } from '../../../shared/domain/recovery/recovery-commands.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import type { About } from '../app/lookups.ts';
import type { Presets } from './form-fields.ts';
import { newYorkWall } from './form-values.ts';

/**
 * The last answers that no screening has recorded yet. Before the first screening, the report's indicators count as
 * yes.
 */
export function standingAnswers({ screening: { checklist, list: screenings }, child, missing }: Referral): Presets {
  const { missingEpisodes: episodes } = child;
  const wasMissing = missing.absences.length > 0 || (episodes !== 'unknown' && episodes > 0);
  const known = wasMissing ? [['missing-episodes', 'yes'] as const] : [];
  const reported = screenings.length === 0 ? child.indicators.map((topic) => [topic, 'yes'] as const) : [];
  // An answer of a person stands over what is recorded. "Unknown" is none.
  const given = Object.entries(checklist?.answers ?? {});
  const answers = checklist
    ? [...given, ...known.filter(([topic]) => checklist.answers[topic] === 'unknown')]
    : [...known, ...reported];
  return Object.fromEntries(answers.map(([topic, answer]) => [`answers.${topic}`, [answer]]));
}

/** Codes and lists of codes that someone said. Unknown is no answer. */
const saidOf = (fields: readonly string[], known: Readonly<Record<string, unknown>>): Presets =>
  Object.fromEntries(
    fields
      .map((field) => [field, [known[field]].flat()] as const)
      .filter(([, said]) => said.every((each) => typeof each === 'string') && said.some((each) => each !== 'unknown'))
      .map(([field, said]) => [field, said.map(String)] as const),
  );

/** A UTC instant as a form has it. */
const wall = (at: string | undefined): readonly string[] =>
  at === undefined ? [] : [newYorkWall(at) ?? ''].filter(Boolean);

/** All that was said of the child. Whether the child is missing is told by an act of its own. */
function standingFacts({ child, profile }: Referral): Presets {
  const { perpetrators } = child;
  const fields = [...Object.keys(learnedFacts.shape), ...Object.keys(profileFacts.shape)].filter(
    (field) => !['lastAssaultAt', 'missingNow', 'perpetrators'].includes(field),
  );
  return {
    ...saidOf(fields, { ...child, ...profile?.known }),
    perpetrators: perpetrators.filter((code, _, all) => code !== 'unknown' || all.length > 1),
    lastAssaultAt: wall(child.lastAssaultAt),
  };
}

const standingOf: Readonly<Partial<Record<CommandName, (about: Pick<About, 'state' | 'visitor'>) => Presets>>> = {
  'answer-checklist': ({ state }) => standingAnswers(state),
  'record-facts': ({ state }) => standingFacts(state),
  'add-to-report': ({ state: { report } }) => saidOf(Object.keys(report.scene ?? {}), report.scene ?? {}),
  'note-card': ({ state: { card } }) => saidOf(Object.keys(card?.answers ?? {}), card?.answers ?? {}),
  'note-worker-safety': ({ state: { visits } }) => ({ concerns: [...(visits?.concerns ?? [])] }),
  'write-recovery-plan': ({ state, visitor }) => ({
    readers: [...new Set([...(state.recovery?.plan?.readers ?? []), ...ownSeats(state, visitor.id)])],
  }),
  'seal-referral': ({ state: { access } }) => ({ forPeople: [...(access.seal?.people ?? [])] }),
  'settle-interview': ({ state: { response } }) => ({
    scheduledFor: wall(response.interview?.scheduledFor),
    way: [response.interview?.way ?? []].flat(),
  }),
  'correct-ex-parte-order': ({ state: { response } }) => ({ at: wall(response.exParteOrderAt) }),
  'record-hearing': ({ state: { hearings = [] } }) => {
    const [only, ...others] = hearings.filter(({ status }) => status === 'scheduled');
    return only && others.length === 0 ? { hearing: [only.id] } : {};
  },
  'move-booking': ({ state: { bookings = [] } }) => {
    const [only, ...others] = bookings.filter(isRunning);
    if (!only || others.length > 0) return {};
    const { id, startsAt, minutes, interpreter, advocate } = only;
    return {
      booking: [id],
      startsAt: wall(startsAt),
      minutes: [String(minutes)],
      interpreter: [interpreter],
      advocate: [advocate],
    };
  },
  'schedule-meeting': ({ state }) => {
    const meeting = meetingAhead(state);
    if (!meeting) return {};
    const { startsAt, minutes, place, way = place === 'office' ? 'in-person' : undefined } = meeting;
    return { startsAt: wall(startsAt), minutes: [String(minutes)], way: [way ?? []].flat() };
  },
  'confirm-routing': ({ state }) => {
    const proposed = routingToConfirm(state);
    if (!proposed) return {};
    const { office, team, responseOffice } = proposed;
    return { office: [office], team: [team], responseOffice: [responseOffice ?? []].flat() };
  },
};

/** The codes and times with which the form of a command starts, by field. Empty where nothing stands. */
export const standing = (name: CommandName, about: Pick<About, 'state' | 'visitor'>): Presets =>
  standingOf[name]?.(about) ?? {};

/** Acts whose form starts with all that stands. */
const filled: ReadonlySet<CommandName> = new Set<CommandName>([
  'add-to-report',
  'answer-checklist',
  'confirm-routing',
  'correct-identity',
  'correct-place',
  'correct-reporter',
  'note-card',
  'note-safe-contact',
  'note-worker-safety',
  'record-birth-date',
  'record-facts',
  'record-safety-plan',
  'schedule-meeting',
  'write-recovery-plan',
]);

/** Whether the page of an act says above its form what the same act recorded before. A new judgment starts unset. */
export const tellsOfBefore = (name: CommandName): boolean =>
  commandNamed(name).restsOn !== undefined && !filled.has(name);
