/** What the functions of the template wrote, by log group, since this process started. */
import type { Clock } from '../clock/clock.ts';
import type { Template } from '../template/template.ts';

/** `at` in epoch milliseconds, by the movable clock. Numbers count from 0 in each group, without gaps. */
export interface LogLine {
  readonly number: number;
  readonly at: number;
  readonly message: string;
}

export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly retentionInDays: number | undefined;
  readonly createdAt: number;
  /** The newest lines, oldest first. */
  readonly lines: readonly LogLine[];
}

export interface LogLines {
  /** In the order of their names. */
  readonly groups: ReadonlyMap<string, LogGroup>;
  /** Keeps a line that a function wrote. */
  append(functionLogicalId: string, message: string): void;
}

/** Lines kept of each group: about 1 MB. `functions.log` in the data folder holds them all. */
const mostKept = 3000;

export function createLogLines(template: Template, clock: Clock): LogLines {
  const groups = new Map<string, LogGroup & { lines: LogLine[] }>(
    template
      .ofType('AWS::Logs::LogGroup')
      .map(({ name, arn, properties }) => ({
        name,
        arn,
        retentionInDays: properties.RetentionInDays === undefined ? undefined : Number(properties.RetentionInDays),
        createdAt: clock.now(),
        lines: [],
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((group) => [group.name, group]),
  );
  const written = new Map<string, number>();
  const groupOf = new Map(
    template.ofType('AWS::Lambda::Function').map(({ logicalId, name, properties }) => {
      const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: unknown };
      return [logicalId, String(LogGroup ?? `/aws/lambda/${name}`)];
    }),
  );
  return {
    groups,
    append(functionLogicalId, message) {
      const group = groups.get(groupOf.get(functionLogicalId) ?? '');
      if (!group) return;
      const number = written.get(group.name) ?? 0;
      written.set(group.name, number + 1);
      group.lines.push({ number, at: clock.now(), message });
      if (group.lines.length > mostKept) group.lines.splice(0, group.lines.length - mostKept);
    },
  };
}
