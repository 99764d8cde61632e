import type { AllowedCall } from './iam.ts';

/** How often each function and workflow called each action, such as `dynamodb:Query`. */
export type Calls = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Counts allowed calls for the option `onAllowed` of a cloud. */
export function createCallCount() {
  let calls: Record<string, Record<string, number>> = {};
  return {
    note({ owner, action, context }: AllowedCall): void {
      // DynamoDB's own questions to the keys of tables are left out. It keeps answers for five minutes, unlike this cloud.
      if (context['kms:ViaService'] !== undefined) return;
      calls[owner] ??= {};
      calls[owner][action] = (calls[owner][action] ?? 0) + 1;
    },
    /** Counts from here on. */
    clear(): void {
      calls = {};
    },
    /** What was counted so far. */
    calls: (): Calls => structuredClone(calls),
  };
}
