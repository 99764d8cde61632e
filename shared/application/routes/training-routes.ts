/** Routes of training: coverage, who is due again, attendance, headcounts, staff lists and materials. None is about a referral. */
import { coverageReaders, trainers } from '../read/shown-training.ts';
import { materialInput, removeMaterialInput, takeBackInput, trainingFileInput } from '../use-cases/keep-training.ts';
import type { Routes } from './route.ts';

const read = {
  method: 'get',
  tag: 'training',
  roles: coverageReaders,
  forbidden: 'training-for-readers',
  rate: 'person',
  refusals: [],
} as const;
const change = {
  method: 'post',
  tag: 'training',
  roles: trainers,
  forbidden: 'training-for-trainers',
  rate: 'person',
  key: 'optional',
  answer: 'TrainingChanged',
  refusals: ['key-reused'],
} as const;

export const trainingRoutes = {
  'read-training': {
    ...read,
    path: '/training',
    title: 'Read how many people are trained and current, by group, town and agency',
    relation: 'Counts alone. Below 20 people there is no percentage.',
    answer: 'Training',
  },
  'read-training-due': {
    ...read,
    path: '/training/due',
    title: 'Read who is due again, as short codes, by agency',
    roles: trainers,
    forbidden: 'training-for-trainers',
    relation: 'A staff list that is checked gives the same codes. They are no numbers of people.',
    answer: 'TrainingDue',
  },
  'read-training-materials': {
    ...read,
    path: '/training/materials',
    title: 'Read the materials and recordings: links with language, review day and digest',
    answer: 'TrainingMaterials',
  },
  'import-training': {
    ...change,
    path: '/training/attendance',
    title: 'Import a file of attendance, whole or not at all',
    relation:
      'A line of CSV each: course, date, agency, town, role group, number. The number is stored nowhere: a code is made of it. A wrong field is named by "lines[3].town", 3 its place in the file.',
    body: trainingFileInput,
    decides: ['imported-already', 'record-in-doubt'],
  },
  'take-back-training': {
    ...change,
    path: '/training/take-back',
    title: 'Take a wrong import of attendance back',
    body: takeBackInput,
    decides: ['no-such-import', 'record-in-doubt'],
  },
  'enter-headcounts': {
    ...change,
    path: '/training/headcounts',
    title: 'Enter headcounts of agencies, whole or not at all',
    relation: 'A line of CSV each: agency, town, role group, headcount, as of. The latest day counts.',
    body: trainingFileInput,
    decides: ['record-in-doubt'],
  },
  'check-staff-list': {
    ...read,
    method: 'post',
    roles: trainers,
    forbidden: 'training-for-trainers',
    path: '/training/staff-list',
    title: 'Ask of each line of a staff list whether the person is current',
    relation: 'The same file as for attendance; course and date may be left out. It is stored nowhere.',
    body: trainingFileInput,
    answer: 'CheckedStaffList',
  },
  'keep-material': {
    ...change,
    path: '/training/materials',
    title: 'Put a link into the list of materials',
    body: materialInput,
    decides: ['material-there', 'too-many-materials', 'record-in-doubt'],
  },
  'remove-material': {
    ...change,
    path: '/training/materials/remove',
    title: 'Take a link out of the list of materials',
    body: removeMaterialInput,
    decides: ['no-such-material', 'record-in-doubt'],
  },
} as const satisfies Routes;
