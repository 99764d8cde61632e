import type { composeGaps } from '../../shared/alerts/compose.ts';
import type { Mailer } from '../../shared/alerts/mailer.ts';
import type { AlertDirectory, withDelegates } from '../../shared/alerts/recipients.ts';
import { isAway } from '../../shared/domain/roster.ts';
import type { RosterEvent } from '../../shared/domain/roster-gaps.ts';
import type { Role } from '../../shared/domain/vocabulary.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface GapParts {
  readonly ledger: Pick<Ledger, 'roster' | 'changeRoster'>;
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  readonly consoleUrl: string;
  readonly composeGaps: typeof composeGaps;
  readonly withDelegates: typeof withDelegates;
}

/**
 * Tells the coordinator of a team and an administrator of the gaps in its roster that nobody was told of yet: once for each
 * gap, until it was filled and is found again. Throws where a mail was not taken; the next attempt writes. `now` is a UTC instant.
 */
export async function tellGaps(
  { ledger, directory, mailer, consoleUrl, composeGaps: compose, withDelegates: standIns }: GapParts,
  team: string,
  now: string,
) {
  const gaps = (await ledger.roster(team)).filter(({ told }) => told.length === 0);
  if (gaps.length === 0) return;
  const told: RosterEvent[] = [];
  for (const [role, scope] of [
    ['mdt-coordinator', `team-${team}`],
    ['administrator', 'state'],
  ] as const) {
    const personId = await writeToFirst(role, scope);
    if (personId === undefined) continue;
    told.push(
      ...gaps.map(({ discipline, gap }): RosterEvent => ({ type: 'gap-told', v: 1, discipline, gap, personId })),
    );
  }
  const frame = { now, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
  await ledger.changeRoster(team, frame, () => told);

  /** The first on duty whom mail can be sent to; who is away is passed over. */
  async function writeToFirst(role: Role, scope: string): Promise<string | undefined> {
    const duty = (await directory.onDuty(role, scope)).map(({ personId }) => personId);
    const { ids, away } = await standIns(directory, duty, role, now);
    for (const personId of ids.filter((id) => !away.has(id))) {
      const person = await directory.person(personId);
      if (!person || isAway(person, now)) continue;
      const { language = 'en' } = person;
      const message = compose({ team, gaps, as: role, language, consoleUrl });
      const tags = { referralId: team, alertId: `${team}.ROSTER`, personId };
      if ((await mailer.send({ ...message, to: person.email, tags })) !== undefined) return personId;
    }
    return undefined;
  }
}
