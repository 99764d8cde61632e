/**
 * Each checklist of docs/adding.md, proven: an invented role, seat, service and so on is added in memory, and the places that the
 * compiler or the check of the policy then names are the places that the checklist links.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { templateNamed } from '../../shared/alerts/compose/templates.ts';
import { stepNames } from '../../shared/contracts/tasks.ts';
import { closureRefusals } from '../../shared/domain/closure/closure-refusals.ts';
import { refusals } from '../../shared/domain/refusals.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../shared/policy/law/connecticut-law.ts';
import { loaded, problemsOf } from '../../shared/policy/law/law.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { type Complaint, complaintsWith, type Insertion } from '../support/compile-with.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(join(projectFolder, 'docs/adding.md'), 'utf8');

/** The files that the numbered steps of a checklist link, from the top of the repository. */
function placesOf(heading: string): readonly string[] {
  const section = guide.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const steps = section.split('\n').filter((line) => /^(\d+\.| {2}) /.test(line));
  const places = steps.flatMap((line) => [...line.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path = '']) => path));
  return [...new Set(places)].toSorted();
}

const vocabulary = 'shared/domain/core/vocabulary.ts';
const row = `{
    id: 'D99',
    obligation: 'Invented',
    obligationInSpanish: 'Inventado',
    ...policy,
    source: 'Invented',
    confidence: 'assumed',
    clockStart: receipt,
    duration: hours(1),
    keptBy: ['invented-milestone'],
    closing: 'ends',
    alert: ['careline-supervisor'],
    escalate: ['careline-manager'],
  },
  `;

/** What is added of each kind, by the heading of its checklist. `finds` is what the complaints about it say. */
const invented: Readonly<Record<string, readonly (Insertion & { readonly finds: RegExp })[]>> = {
  'A role': [
    {
      // The type of the missing route names every role.
      finds: /^(?!.*invented-route).*invented-role/s,
      file: vocabulary,
      before: '] as const;\nexport type Role ',
      text: "  'invented-role',\n",
    },
  ],
  'A discipline': [
    {
      finds: /invented-discipline/,
      file: vocabulary,
      before: "  'substance-use-provider',\n] as const;",
      text: "  'invented-discipline',\n",
    },
  ],
  'A step of the pathway': [
    {
      finds: /invented-step/,
      file: 'shared/contracts/tasks.ts',
      before: '] as const;\nexport type StepName ',
      text: "  'invented-step',\n",
    },
  ],
  'A service': [
    {
      finds: /invented-service/,
      file: vocabulary,
      before: '] as const;\nexport type Service ',
      text: "  'invented-service',\n",
    },
  ],
  'A route': [
    {
      finds: /invented-route/,
      file: 'shared/application/routes/list-routes.ts',
      before: '} as const satisfies Routes;\n\nexport const registerRoutes',
      text: "  'invented-route': { ...list, path: '/invented', title: 'Invented', roles, answer: 'Page' },\n",
    },
  ],
  'A refusal': [
    {
      finds: /invented-refusal/,
      file: 'shared/domain/closure/closure-commands.ts',
      before: "        return refuse('which-referral');",
      text: "        if (input.because) return refuse('invented-refusal', { invented: 1 });\n",
    },
  ],
  'A mail': [
    {
      finds: /invented-alert/,
      file: vocabulary,
      before: '] as const;\nexport type AlertKind ',
      text: "  'invented-alert',\n",
    },
  ],
  'A field': [
    {
      finds: /inventedField/,
      file: 'shared/domain/intake/report-facts.ts',
      before: '  foreignNational: answer,\n',
      text: '  inventedField: answer,\n',
    },
  ],
  'A deadline': [
    {
      finds: /invented-milestone/,
      file: 'shared/domain/policy/policy.ts',
      before: "  'report-classified',\n",
      text: "  'invented-milestone',\n",
    },
    {
      finds: /D99/,
      file: 'shared/policy/connecticut-2026-1/deadline-rules.ts',
      before: "{\n    id: 'D2',",
      text: row,
    },
  ],
  'A command': [
    {
      finds: /inventedInput|"invented-command"/,
      file: 'shared/domain/closure/closure-commands.ts',
      before: "  'close-referral': command({",
      text: "  'invented-command': command({ title: 'Invent', roles: [], inEmergency: 'refused', input: z.strictObject({ inventedInput: z.string() }), decide: () => undefined }),\n",
    },
    {
      finds: /invented-event/,
      file: 'shared/domain/closure/closure-events.ts',
      before: "  'closure-opened': ",
      text: "  'invented-event': z.object({}),\n",
    },
  ],
};

const insertions = Object.values(invented).flat();

describe('a checklist of docs/adding.md', () => {
  let complaints: readonly Complaint[] = [];
  // It compiles the product once, for half a minute of processor time where anything of it has changed.
  beforeAll(() => {
    complaints = complaintsWith(insertions);
  }, 900_000);

  test('is proven by inventions alone: each complaint of the compiler is about one of them', () => {
    expect(complaints.filter(({ says }) => !insertions.some(({ finds }) => finds.test(says)))).toEqual([]);
  });

  test.each(Object.entries(invented))(
    '%s links every place that does not compile without it, and no other',
    (heading, added) => {
      const named = complaints.filter(({ says }) => added.some(({ finds }) => finds.test(says)));
      const places = [...new Set([...added, ...named].map(({ file }) => file))].toSorted();
      expect(named.length).toBeGreaterThan(0);
      expect(placesOf(heading)).toEqual([...new Set([...places, ...checkedOtherwise(heading)])].toSorted());
    },
  );
});

/** Places that no type can hold, each with the check that names what was forgotten there. */
function checkedOtherwise(heading: string): readonly string[] {
  if (heading === 'A mail') {
    expect(() => templateNamed('invented-alert')).toThrow('There is no template "invented-alert"');
    return ['shared/alerts/compose/templates.ts'];
  }
  if (heading === 'A step of the pathway') {
    // `test/workflows/definitions.test.ts` looks for a state of every step.
    const definition = 'workflows/referral.asl.json';
    const text = readFileSync(join(projectFolder, definition), 'utf8');
    const named = (step: string) => text.includes(`"step": "${step}"`);
    expect([named('invented-step'), stepNames.every(named)]).toEqual([false, true]);
    return [definition];
  }
  if (heading === 'A refusal') {
    expect(Object.keys(closureRefusals).filter((key) => !(key in refusals))).toEqual([]);
    return ['shared/domain/closure/closure-refusals.ts'];
  }
  if (heading === 'A deadline') {
    const text = globSync('shared/domain/**/*.ts', { cwd: projectFolder }).map((file) =>
      readFileSync(join(projectFolder, file), 'utf8'),
    );
    const { eligibility, overlays } = connecticut20261;
    const byTable = [...eligibility, ...overlays].flatMap(({ opens: ids = [] }) => ids);
    const opens = (id: string) => byTable.includes(id) || text.some((each) => each.includes(`'${id}'`));
    expect(opens('D99')).toBe(false);
    expect(connecticut20261.deadlines.map(({ id }) => id).filter((id) => !opens(id))).toEqual([]);
    return ['shared/domain/deadlines/clocks.ts'];
  }
  return [];
}

describe('a policy version', () => {
  test('bears a name of its own, and is there for a referral once it is in the list of released ones', () => {
    expect(() => loaded([connecticut20261, connecticut20261], connecticutLaw)).toThrow('give it one of its own');
    expect(() => policyOf('connecticut-2026.2')).toThrow('This release does not hold the policy connecticut-2026.2');
    expect(placesOf('A policy version')).toEqual(['shared/policy/connecticut-2026-1.ts', 'shared/policy/policies.ts']);
  });
});

test('another jurisdiction is bound by a law of its own', () => {
  expect(problemsOf({ ...connecticut20261, jurisdiction: 'Altamira' }, connecticutLaw)).toContain(
    'It is not bound by the law of Connecticut.',
  );
});
