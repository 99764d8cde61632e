/** The sample directory in memory. It answers as the directory does, and tests add people or send them away. */

import { sampleDirectory } from '../../../infra/local/samples/directory.ts';
import type { AlertDirectory } from '../../../shared/application/read/contacts.ts';
import { type Discipline, disciplines, type Language } from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { onCallNow } from '../../../shared/domain/directory/on-call.ts';
import type { Shift } from '../../../shared/domain/directory/shift.ts';
import type { Directory, DirectoryPerson } from '../../../shared/store/directory-reads.ts';
import { memberOf } from '../../support/referral-builder.ts';

export interface Contacts extends Pick<Directory, 'person' | 'people' | 'onCallOrder' | 'seats' | 'delegations'> {
  /** The person is away until this instant. */
  readonly away: Map<string, string>;
  /** Mail to the person comes back. */
  readonly failing: Set<string>;
  /** The language of mail to the person. English by default. */
  readonly language: Map<string, Language>;
  /** The number for text messages of these people. None by default. */
  readonly textPhones: Map<string, string>;
  /** These people are disabled: their entries have no role left. */
  readonly disabled: Set<string>;
  /** No person is found under these ids any more. */
  readonly gone: Set<string>;
  /** The people on a shift, beside the directory's order. */
  readonly shifts: Shift[];
}

/** Includes the members and deputies that the referral builder draws. */
export function sampleContacts(): Contacts {
  const items = sampleDirectory();
  const away = new Map<string, string>();
  const language = new Map<string, Language>();
  const textPhones = new Map<string, string>();
  const gone = new Set<string>();
  const failing = new Set<string>();
  const disabled = new Set<string>();
  const shifts: Shift[] = [];
  const members = new Set(
    disciplines.flatMap((discipline) => [memberOf(discipline).personId, memberOf(discipline).deputyId]),
  );
  const find = (id: string): DirectoryPerson | undefined => {
    const plain = { name: 'Invented Person', phone: '203-555-0100', title: 'Member' };
    const roles = disabled.has(id) ? [] : [{ role: 'mdt-member', scope: 'team-MDT-NEW-HAVEN' } as const];
    if (members.has(id)) return { id, email: `${id.toLowerCase()}@team.example`, ...plain, roles };
    const item = items.find((each) => each.pk === `person#${id}`);
    return item && 'email' in item && 'roles' in item
      ? {
          ...plain,
          id,
          email: item.email,
          phone: item.phone,
          roles: disabled.has(id) ? [] : (item.roles as DirectoryPerson['roles']),
        }
      : undefined;
  };
  async function person(id: string): Promise<DirectoryPerson | undefined> {
    const person = gone.has(id) ? undefined : find(id);
    const absentUntil = away.get(id);
    const spoken = language.get(id);
    const textPhone = textPhones.get(id);
    return (
      person && {
        ...person,
        ...whereKnown({ absentUntil }),
        ...(failing.has(id) && { mailFailsSince: '2026-11-01T12:00:00Z' }),
        ...whereKnown({ language: spoken, textPhone }),
      }
    );
  }
  return {
    away,
    language,
    textPhones,
    gone,
    failing,
    disabled,
    person,
    people: async (ids) => (await Promise.all([...new Set(ids)].map(person))).flatMap((each) => each ?? []),
    shifts,
    async onCallOrder(role, scope, now) {
      const duties = items
        .flatMap((item) =>
          'order' in item && item.pk === `duty#${role}` && item.sk.startsWith(`${scope}#`) ? [item] : [],
        )
        .toSorted((one, other) => one.order - other.order);
      return onCallNow(shifts, { role, scope }, duties, now);
    },
    delegations: async () => [],
    async seats(team) {
      return items.flatMap((item) =>
        'discipline' in item && item.pk === `team#${team}`
          ? [{ discipline: item.discipline as Discipline, personId: item.personId, order: item.order }]
          : [],
      );
    },
  };
}

/** The same directory, in which each person is as `person` says. */
export const withPerson = <Given extends AlertDirectory>(
  directory: Given,
  person: AlertDirectory['person'],
): Omit<Given, 'person' | 'people'> & Pick<AlertDirectory, 'person' | 'people'> => ({
  ...directory,
  person,
  people: async (ids) => (await Promise.all([...new Set(ids)].map(person))).flatMap((each) => each ?? []),
});
