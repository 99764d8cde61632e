/** Roles without a holder, and faults in the entries of people with duties. */
import { type Finding, flawsOf } from '../../shared/domain/audit/findings.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { isRole, type Policy } from '../../shared/domain/policy/policy.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';

export interface PeopleWatchParts {
  readonly directory: Pick<Directory, 'isHeld' | 'onDutyAnywhere' | 'people'>;
  /**
   * When each role was last found to have a holder. It lives as long as the process, so each role is looked up every six
   * hours.
   */
  readonly held: Map<Role, string>;
  /** UTC instant. */
  readonly now: string;
}

const sixHours = 6 * 3_600_000;

/** The roles that the policy tells of deadlines and that have no holder. */
export async function vacantRoles(
  { directory, held, now }: PeopleWatchParts,
  policy: Policy,
): Promise<readonly Role[]> {
  const named = new Set(
    policy.deadlines.flatMap(({ alert, alertUntilAccepted = [], escalate, hardStop }) =>
      [...alert, ...alertUntilAccepted, ...escalate, ...(hardStop?.warns ?? [])].filter(isRole),
    ),
  );
  const found: Role[] = [];
  const asked = [...named].filter((role) => Date.parse(now) - Date.parse(held.get(role) ?? '1970-01-01') >= sixHours);
  await Promise.all(
    asked.map(async (role) => {
      if (await directory.isHeld(role)) held.set(role, now);
      else found.push(role);
    }),
  );
  return found;
}

/** One role an hour, so each has its turn within a day. */
const roundsOfRole = 12;

/** The faults in the entries of people with the roles whose turn is in these rounds. */
export async function flawedEntries(
  { directory }: PeopleWatchParts,
  rounds: readonly number[],
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const round of rounds.filter((each) => each % roundsOfRole === 0)) {
    const role = roles[(round / roundsOfRole) % roles.length];
    if (role === undefined) continue;
    const asked = (await directory.onDutyAnywhere(role)).map(({ personId }) => personId);
    found.push(...flawsOf(asked, await directory.people(asked)));
  }
  return found;
}
