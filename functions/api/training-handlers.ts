/** Handlers of training: coverage, who is due again, files, staff lists and materials. */
import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import { dueFor, materialsFor, trainingFor } from '../../shared/application/read/shown-training.ts';
import type { trainingRoutes } from '../../shared/application/routes/training-routes.ts';
import {
  addMaterial,
  checkStaffList,
  importHeadcounts,
  importTraining,
  type TrainingAnswer,
  takeBackImport,
  takeMaterialOut,
} from '../../shared/application/use-cases/keep-training.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers, type Sent } from './handlers.ts';
import { no, notStored } from './problem.ts';

export function trainingHandlers(parts: ApiParts): Handlers<keyof typeof trainingRoutes> {
  const doorOf = ({ now, requestId }: Pick<Sent, 'now' | 'requestId'>) => ({ ...parts, now, requestId });
  const submissionOf = ({ key }: Sent) => submissionUnder(parts, key);

  const answered = <Code extends string>(answer: TrainingAnswer<Code>) => {
    switch (answer.kind) {
      case 'forbidden':
        return no('training-for-trainers');
      case 'done': {
        const { state, lines, notCounted, doubles } = answer;
        return done({
          ...whereKnown({ lines, notCounted, doubles }),
          imports: state.imports.filter(({ takenBack }) => !takenBack).length,
          headcounts: state.headcounts.length,
          materials: state.materials.length,
        });
      }
      default:
        return notStored(answer);
    }
  };

  return {
    async 'read-training'(asked) {
      const view = await trainingFor(doorOf(asked), asked.visitor);
      return view ? done(view) : no('training-for-readers');
    },
    async 'read-training-due'(asked) {
      const due = await dueFor(doorOf(asked), asked.visitor);
      return due ? done({ due }) : no('training-for-trainers');
    },
    async 'read-training-materials'(asked) {
      const materials = await materialsFor(doorOf(asked), asked.visitor);
      return materials ? done({ materials }) : no('training-for-readers');
    },
    'import-training': async (asked) =>
      answered(await importTraining(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked))),
    'take-back-training': async (asked) =>
      answered(await takeBackImport(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked))),
    'enter-headcounts': async (asked) =>
      answered(await importHeadcounts(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked))),
    async 'check-staff-list'(asked) {
      const answer = await checkStaffList(doorOf(asked), asked.visitor, asked.body);
      if (answer.kind === 'forbidden') return no('training-for-trainers');
      return answer.kind === 'invalid' ? no('invalid', { problems: answer.problems }) : done({ lines: answer.lines });
    },
    'keep-material': async (asked) =>
      answered(await addMaterial(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked))),
    'remove-material': async (asked) =>
      answered(await takeMaterialOut(doorOf(asked), asked.visitor, asked.body, await submissionOf(asked))),
  };
}
