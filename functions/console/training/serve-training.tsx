/** The routes of training. They are about no referral. A GET never acts. */
import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import {
  coverageFile,
  dueFor,
  importsFor,
  keepsTraining,
  materialsFor,
  trainingFor,
} from '../../../shared/application/read/shown-training.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  addMaterial,
  checkStaffList,
  importHeadcounts,
  importTraining,
  type TrainingAnswer,
  takeBackImport,
  takeMaterialOut,
} from '../../../shared/application/use-cases/keep-training.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { notStored } from '../forms/not-stored.ts';
import { csvFile } from '../numbers/files.ts';
import {
  CoveragePage,
  DuePage,
  ImportPage,
  MaterialsPage,
  StaffListPage,
  type TrainingAttempt,
} from './training-pages.tsx';

type Status = 200 | 400 | 409;
type Show = (attempt: TrainingAttempt, status: Status) => Response | Promise<Response>;

const readersAlone = doorRefusals['training-for-readers'].sentence;
const trainersAlone = doorRefusals['training-for-trainers'].sentence;

const doneSentences: Readonly<Record<string, string>> = {
  headcounts: 'The headcounts are entered.',
  'take-back': 'The import is taken back. It counts no more.',
};

/** An address names so many lines. The rest are counted. */
const mostNamed = 20;
const named = (lines: readonly number[]): string => [...lines.slice(0, mostNamed), `of${lines.length}`].join('-');

/** `Lines 4, 9 and 2 more say again …`, from an address. */
function doublesWords(told: string | undefined, words: readonly [one: string, several: string]): string {
  const [, listed = '', all = '0'] = /^((?:\d{1,4}-){0,20})of(\d{1,4})$/.exec(told ?? '') ?? [];
  const lines = listed.split('-').filter(Boolean);
  if (lines.length === 0) return '';
  const more = Number(all) - lines.length;
  const which = more > 0 ? `${lines.join(', ')} and ${more} more` : lines.join(', ');
  return lines.length === 1 ? ` Line ${which} ${words[0]}` : ` Lines ${which} ${words[1]}`;
}

/** The numbers of an import, for the address after it. */
const importedWords = ({
  lines = 0,
  notCounted = 0,
  doubles,
}: Extract<TrainingAnswer, { readonly kind: 'done' }>): string =>
  `&lines=${lines}&left=${notCounted}&twice=${named(doubles?.inFile ?? [])}&before=${named(doubles?.before ?? [])}`;

/** What an import did, from the numbers of its address. */
function doneWords({ done, lines, left, twice, before }: Readonly<Record<string, string>>): string | undefined {
  if (done !== 'attendance') return done === undefined ? undefined : (doneSentences[done] ?? 'It is recorded.');
  const known = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : 0);
  const notCounted = known(left);
  return [
    `The file is imported: ${known(lines)} ${known(lines) === 1 ? 'line' : 'lines'}.`,
    notCounted > 0 ? ` ${notCounted} of them are of a course that does not count for their group.` : '',
    doublesWords(twice, ['repeats an earlier line. It counts once.', 'repeat earlier lines. They count once.']),
    doublesWords(before, ['was recorded before. It counts once.', 'were recorded before. They count once.']),
  ].join('');
}

export function createTraining(parts: ConsoleParts, { frameOf, visitorIn, url, forbidden }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => ({ ...parts, now: parts.now() });
  const sharedIn = (context: Request, attempt?: TrainingAttempt) => ({
    frame: frameOf(context),
    keeps: keepsTraining(visitorIn(context)),
    attempt,
  });
  const submissionOf = (typed: URLSearchParams) => submissionUnder(parts, typed.get('key') || undefined);
  /** The chosen file, or else the pasted lines. */
  const csvIn = (typed: URLSearchParams) => ({ csv: (typed.get('csv') ?? '') || (typed.get('pasted') ?? '') });

  const importPage = async (context: Request, attempt?: TrainingAttempt, status: Status = 200) => {
    const imports = await importsFor(door(), visitorIn(context));
    if (!imports) return forbidden(context, trainersAlone);
    const nameOf = await namesOf(
      parts.directory,
      imports.map(({ by }) => by),
    );
    const page = { imports, nameOf, submission: parts.newId(), done: doneWords(context.req.query()) };
    return context.html(<ImportPage {...sharedIn(context, attempt)} {...page} />, status);
  };
  const materialsPage = async (context: Request, attempt?: TrainingAttempt, status: Status = 200) => {
    const materials = await materialsFor(door(), visitorIn(context));
    if (!materials) return forbidden(context, readersAlone);
    const page = { materials, submission: parts.newId() };
    return context.html(<MaterialsPage {...sharedIn(context, attempt)} {...page} />, status);
  };

  const answered = (
    context: Request,
    answer: TrainingAnswer,
    form: TrainingAttempt['form'],
    { show, next }: { readonly show: Show; readonly next: string },
  ) => {
    const typed = context.get('form');
    switch (answer.kind) {
      case 'forbidden':
        return forbidden(context, trainersAlone);
      case 'done':
        return context.redirect(url(next), 303);
      default: {
        const { says, status } = notStored(answer);
        return show({ form, typed, ...says }, status);
      }
    }
  };
  const onImports = (context: Request) => (attempt: TrainingAttempt, status: Status) =>
    importPage(context, attempt, status);
  const onMaterials = (context: Request) => (attempt: TrainingAttempt, status: Status) =>
    materialsPage(context, attempt, status);

  app.get('/training', async (context) => {
    const view = await trainingFor(door(), visitorIn(context));
    if (!view) return forbidden(context, readersAlone);
    return context.html(<CoveragePage {...sharedIn(context)} view={view} />);
  });
  app.get('/training/coverage.csv', async (context) => {
    const view = await trainingFor(door(), visitorIn(context));
    if (!view) return forbidden(context, readersAlone);
    return csvFile(context, `training-${view.asOf}.csv`, coverageFile(view));
  });
  app.get('/training/due', async (context) => {
    const due = await dueFor(door(), visitorIn(context));
    if (!due) return forbidden(context, trainersAlone);
    return context.html(<DuePage {...sharedIn(context)} due={due} />);
  });
  app.get('/training/import', (context) => importPage(context));
  app.get('/training/materials', (context) => materialsPage(context));
  app.get('/training/staff-list', (context) => {
    if (!keepsTraining(visitorIn(context))) return forbidden(context, trainersAlone);
    return context.html(<StaffListPage {...sharedIn(context)} submission={parts.newId()} lines={undefined} />);
  });

  app.post('/training/import', async (context) => {
    const typed = context.get('form');
    const answer = await importTraining(door(), visitorIn(context), csvIn(typed), await submissionOf(typed));
    const next = `/training/import?done=attendance${answer.kind === 'done' ? importedWords(answer) : ''}`;
    return answered(context, answer, 'attendance', { show: onImports(context), next });
  });
  app.post('/training/headcounts', async (context) => {
    const typed = context.get('form');
    const answer = await importHeadcounts(door(), visitorIn(context), csvIn(typed), await submissionOf(typed));
    return answered(context, answer, 'headcounts', {
      show: onImports(context),
      next: '/training/import?done=headcounts',
    });
  });
  app.post('/training/take-back', async (context) => {
    const typed = context.get('form');
    const input = { importId: typed.get('id') ?? '' };
    const answer = await takeBackImport(door(), visitorIn(context), input, await submissionOf(typed));
    return answered(context, answer, 'take-back', {
      show: onImports(context),
      next: '/training/import?done=take-back',
    });
  });
  app.post('/training/staff-list', async (context) => {
    const typed = context.get('form');
    const answer = await checkStaffList(door(), visitorIn(context), csvIn(typed));
    if (answer.kind === 'forbidden') return forbidden(context, trainersAlone);
    const attempt =
      answer.kind === 'invalid' ? ({ form: 'staff-list', typed, problems: answer.problems } as const) : undefined;
    const page = { submission: parts.newId(), lines: answer.kind === 'done' ? answer.lines : undefined };
    return context.html(<StaffListPage {...sharedIn(context, attempt)} {...page} />, attempt ? 400 : 200);
  });
  app.post('/training/materials', async (context) => {
    const typed = context.get('form');
    const names = ['course', 'kind', 'language', 'address', 'reviewOn', 'digest'];
    const input = Object.fromEntries(names.map((name) => [name, (typed.get(name) ?? '').trim()]));
    const answer = await addMaterial(door(), visitorIn(context), input, await submissionOf(typed));
    return answered(context, answer, 'material', { show: onMaterials(context), next: '/training/materials' });
  });
  app.post('/training/materials/remove', async (context) => {
    const typed = context.get('form');
    const input = { materialId: typed.get('id') ?? '' };
    const answer = await takeMaterialOut(door(), visitorIn(context), input, await submissionOf(typed));
    return answered(context, answer, 'remove-material', { show: onMaterials(context), next: '/training/materials' });
  });
  return app;
}
