/** The tribes as a worker sees them: who to call, services, police, and which law asks for the notice. */
import type { Role, Service } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Directory } from '../../store/directory-reads.ts';
import { isOneOf, queueReaders, type Visitor } from '../access/visitor.ts';

export const tribeReaders: readonly Role[] = queueReaders;

export interface ShownTribe {
  readonly id: string;
  readonly name: string;
  readonly recognizedBy: 'federal' | 'state';
  /** Which law asks for the notice. */
  readonly notice: string;
  /** The office that takes calls. Undefined where an administrator has not entered it. */
  readonly office?: string;
  readonly phone?: string;
  readonly services: readonly Service[];
  readonly police?: string;
  readonly policePhone?: string;
}

const noticeOf = {
  federal: 'Federal and state law: 25 U.S.C. 1912(a), and C.G.S. 46b-116 and following.',
  state: 'State law alone: C.G.S. 46b-116 and following.',
} as const;

/** Each tribe of the policy with what is entered of it. Undefined for a person who may not read it. */
export async function tribesFor(
  { directory, policy }: { readonly directory: Pick<Directory, 'tribes'>; readonly policy: Pick<Policy, 'tribes'> },
  visitor: Visitor,
): Promise<readonly ShownTribe[] | undefined> {
  if (!isOneOf(visitor, tribeReaders)) return undefined;
  const entered = new Map((await directory.tribes()).map((each) => [each.id, each]));
  return policy.tribes.list.map(({ id, name, recognizedBy }) => {
    const entry = entered.get(id);
    const { office, phone, services = [], police, policePhone } = entry ?? {};
    const door = whereKnown({ office, phone, police, policePhone });
    return { id, name, recognizedBy, notice: noticeOf[recognizedBy], ...door, services };
  });
}
