/**
 * One report (a call or a form) about one or more children, as received. It is stored first; everything else follows.
 */
import * as z from 'zod';
import { freeText, instantInput } from '../core/fields.ts';
import { indicatorChecklist, lateReasons } from '../core/vocabulary.ts';
import { isTelephone } from '../directory/directory-entry.ts';
import { ageOn, newYorkDate } from '../policy/due.ts';
import { callCodes, sceneCodes, sceneTexts, withoutScene } from './call-answers.ts';
import {
  type AgeFacts,
  type ChildFacts,
  childCodes,
  contradictsAge,
  estimateMargin,
  isInCare,
  reportCodes,
} from './report-facts.ts';

const name = z.string().trim().max(200).optional();
const contact = z.string().trim().max(300).optional();
/** A part of a number helps to find its holder. A word alone is none. */
const telephone = z
  .string()
  .trim()
  .max(300)
  .refine((text) => text === '' || /\d/.test(text), 'Give a telephone number in digits, or leave it empty.')
  .optional();
/** A number that is called back must be whole. */
const safeNumber = z
  .string()
  .trim()
  .max(300)
  .refine((text) => text === '' || isTelephone(text), 'Give the whole number, with area code, or leave it empty.')
  .optional();

/** The oldest that a report can say, in years. */
const oldest = 30;
const years = z.int().min(0).max(oldest);

/** Codes, and beside them the vault's part: name, date of birth, the child's other names and accounts, safe contact. */
export const childInput = z
  .strictObject({
    name,
    birthDate: z.iso
      .date('Give the date of birth as YYYY-MM-DD, or leave it out.')
      .refine((date) => date >= '1950' || !/^\d{4}-/.test(date), 'Give a year of birth that can be meant.')
      .optional(),
    /** A telephone of the child's own. */
    phone: telephone,
    /** References of the child in older records, of this or another system, separated by commas. */
    priorIds: contact,
    /** In years. Without `to`, an age of `from` or older. */
    approximateAge: z.union([years, z.strictObject({ from: years, to: years.optional() })]).optional(),
    safeContact: freeText('safeContact').optional(),
    ...childCodes.shape,
    ...sceneCodes.shape,
    ...sceneTexts.shape,
    /** A wrong year would drop the clock of the examination. */
    lastAssaultAt: z.union([instantInput(), z.literal('none-known'), z.literal('unknown')]).default('unknown'),
  })
  .refine(({ approximateAge: age }) => typeof age !== 'object' || age.from <= (age.to ?? oldest), {
    path: ['approximateAge'],
    error: 'The lower age comes first.',
  });
export type ChildInput = z.infer<typeof childInput>;

export const reportInput = z.strictObject({
  /** The time of call. Without it, now. */
  receivedAt: instantInput().optional(),
  /** Why it is entered long after the time of call, such as an outage with paper forms. */
  lateReason: z.enum(lateReasons).optional(),
  ...reportCodes.shape,
  ...callCodes.shape,
  reporter: z.strictObject({ name, phone: telephone, email: contact, relation: contact, safeNumber }).optional(),
  narrative: freeText('narrative'),
  children: z.array(childInput).min(1, 'A report is about at least one child.').max(20),
});
export type ReportInput = z.infer<typeof reportInput>;

/** 366 days: a longer time before the entry is a wrong year. */
const longestBefore = 366 * 86_400_000;

/**
 * The report's problems that a schema cannot see, each with the path of its field. They are future dates, and ages that
 * contradict each other. `now` is a UTC instant; the dates of birth are days of New York.
 */
export function problemsOf(
  report: ReportInput,
  now: string,
): readonly { readonly path: string; readonly sentence: string }[] {
  const problems: { path: string; sentence: string }[] = [];
  const ahead = (instant: string) => Date.parse(instant) - Date.parse(now) > 300_000;
  if (report.receivedAt !== undefined && ahead(report.receivedAt)) {
    problems.push({ path: 'receivedAt', sentence: 'The report cannot have been received in the future.' });
  }
  if (report.lateReason !== undefined && report.receivedAt === undefined) {
    problems.push({ path: 'receivedAt', sentence: 'Give the time of call: the clocks run from then.' });
  }
  if (report.receivedAt !== undefined && Date.parse(now) - Date.parse(report.receivedAt) > longestBefore) {
    problems.push({ path: 'receivedAt', sentence: 'The report was received more than a year ago: check the year.' });
  }
  for (const [index, child] of report.children.entries()) {
    if (child.birthDate !== undefined && child.birthDate > newYorkDate(now)) {
      problems.push({ path: `children[${index}].birthDate`, sentence: 'The date of birth cannot be in the future.' });
    }
    if (child.birthDate !== undefined && child.birthDate <= newYorkDate(now)) {
      const years = ageOn(child.birthDate, report.receivedAt ?? now);
      if (contradictsAge(ageFactsOf(undefined, child.approximateAge), years)) {
        problems.push({
          path: `children[${index}].approximateAge`,
          sentence: `The approximate age and the date of birth are more than ${estimateMargin} years apart: check both.`,
        });
      }
    }
    if (child.dcfClient === 'no' && isInCare(child)) {
      problems.push({
        path: `children[${index}].dcfClient`,
        sentence: 'A child in the care of the department is a client of it: check both.',
      });
    }
    if (/^\d/.test(child.lastAssaultAt) && ahead(child.lastAssaultAt)) {
      problems.push({
        path: `children[${index}].lastAssaultAt`,
        sentence: 'The last assault cannot be in the future.',
      });
    }
  }
  return problems;
}

/** How long after the time of call an entry needs a reason, in milliseconds. This project's number. */
const lateFrom = 60 * 60_000;

/**
 * Why a report was entered late, for the ledger: the reason, or `not-said`. Undefined where it was not late. A report
 * is never rejected for being late. Both are UTC instants.
 */
export function whyLate(
  report: Pick<ReportInput, 'lateReason'>,
  receivedAt: string,
  now: string,
): (typeof lateReasons)[number] | 'not-said' | undefined {
  const isLate = Date.parse(now) - Date.parse(receivedAt) >= lateFrom;
  return report.lateReason ?? (isLate ? 'not-said' : undefined);
}

/** The codes of a child, for the ledger. `age` in years on the day of receipt where a date of birth was given. */
export function childFactsOf(child: ChildInput, ageAtReceipt: number | undefined): ChildFacts {
  const {
    name: _name,
    birthDate: _birthDate,
    approximateAge,
    safeContact: _safeContact,
    ...rest
  } = withoutScene(child);
  const { phone: _phone, priorIds: _priorIds, ...codes } = rest;
  return { ...codes, age: ageFactsOf(ageAtReceipt, approximateAge), indicatorChecklist };
}

function ageFactsOf(exact: number | undefined, approximate: ChildInput['approximateAge']): AgeFacts {
  if (exact !== undefined) return { known: 'exact', years: Math.min(exact, oldest) };
  if (approximate === undefined) return { known: 'unknown' };
  return typeof approximate === 'number'
    ? { known: 'range', from: approximate, to: approximate, estimated: true }
    : { known: 'range', from: approximate.from, to: approximate.to ?? oldest, estimated: true };
}
