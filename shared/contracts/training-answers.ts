/** Answers of the API about training. Objects are loose: a later release may add a field. */
import * as z from 'zod';
import { courseCodes, groupCodes, materialKinds, materialLanguages } from '../domain/training/training-codes.ts';

const day = z.iso.date();
const code = z.string().describe('A short code of a person. It is no number of theirs.');
const place = { town: z.string(), agency: z.string() };

const coverage = {
  group: z.enum(groupCodes),
  current: z.int().describe('People who are trained and not due again.'),
  soon: z.int().describe('Those of them who are due again within 90 days.'),
  due: z.int().describe('People who were trained and are due again.'),
  headcount: z.int().describe('All people of the group. Absent where one agency has none.').optional(),
  asOf: day.describe('The oldest day of which a headcount is.').optional(),
  withoutHeadcount: z.int().describe('How many agencies have no headcount.'),
  share: z.int().describe('Of 100. Absent below 20 people.').optional(),
  exceeds: z.boolean().describe('More people are current than the headcount says.').optional(),
};

export const trainingAnswer = z.looseObject({
  asOf: day,
  rules: z.array(
    z.looseObject({
      group: z.enum(groupCodes),
      name: z.string(),
      courses: z.array(z.enum(courseCodes)),
      firstWithinMonths: z.int().optional(),
      everyMonths: z.int(),
      basis: z.enum(['law', 'policy']),
      says: z.string(),
      source: z.string(),
      confidence: z.string(),
      awaitsLegalSignOff: z.boolean(),
    }),
  ),
  groups: z.array(z.looseObject(coverage)),
  towns: z.array(z.looseObject({ ...coverage, town: z.string() })),
  agencies: z.array(z.looseObject({ ...coverage, ...place })),
  baselines: z
    .array(z.looseObject({ words: z.string(), source: z.string(), confidence: z.string() }))
    .describe('What the program announced. These people are not counted here.'),
});

export const trainingDueAnswer = z.looseObject({
  due: z
    .array(
      z.looseObject({
        code,
        group: z.enum(groupCodes),
        ...place,
        course: z.enum(courseCodes),
        date: day,
        dueOn: day,
        standing: z.enum(['soon', 'due']),
      }),
    )
    .describe('The longest due first.'),
});

export const trainingMaterialsAnswer = z.looseObject({
  materials: z.array(
    z.looseObject({
      id: z.string(),
      course: z.enum(courseCodes),
      kind: z.enum(materialKinds),
      language: z.enum(materialLanguages),
      address: z.string(),
      reviewOn: day,
      digest: z.string().describe('The SHA-256 of the file, in hex.'),
      isDue: z.boolean().describe('Its day of review has come.'),
    }),
  ),
});

export const trainingChangedAnswer = z.looseObject({
  lines: z.int().describe('How many lines the file had.').optional(),
  notCounted: z.int().describe('Lines of a course that does not count for their group.').optional(),
  doubles: z
    .looseObject({ inFile: z.array(z.int()), before: z.array(z.int()) })
    .describe('Lines that say what an earlier line of the file, or an import, said. They count once.')
    .optional(),
  imports: z.int().describe('How many imported files count now.'),
  headcounts: z.int().describe('How many agencies and groups have a headcount.'),
  materials: z.int().describe('How many links the list has.'),
});

export const checkedStaffListAnswer = z.looseObject({
  lines: z.array(
    z.looseObject({
      line: z.int().describe('Its place in the file; 1 is the header.'),
      code,
      standing: z.enum(['current', 'soon', 'due', 'never']),
      trainedOn: day.optional(),
      dueOn: day.optional(),
    }),
  ),
});
