/** What the API answers about figures. */
import * as z from 'zod';

const instant = z.iso.datetime({ offset: false });

const interval = z.array(z.number()).describe('The 95% interval.');
const hours = z.union([z.number(), z.literal('not-reached')]).meta({ example: 12.5 });

const figure = z.looseObject({
  measure: z.string().describe('The id of docs/measures.md.'),
  version: z.string(),
  period: z.string(),
  asOf: instant,
  kind: z.enum(['count', 'share', 'time']),
  count: z.number().optional(),
  of: z.number().optional(),
  unknown: z.number().describe('Cases of which it is not known. They are in neither of the two.').optional(),
  share: z.number().describe('Absent below 20 cases.').optional(),
  interval: interval.optional(),
  reached: z.number().optional(),
  competing: z.number().optional(),
  waiting: z.number().optional(),
  hours: z.looseObject({ p50: hours, p75: hours, p90: hours }).describe('Absent below 20 referrals.').optional(),
});

export const reportPageAnswer = z
  .looseObject({
    page: z.string(),
    version: z.string().describe('The version of the measures.'),
    asOf: instant.describe('The watermark. What was recorded in the last hour may be missing.'),
    period: z.string(),
    figures: z.array(
      z.looseObject({
        by: z.string().describe('The split that it is a part of.').optional(),
        part: z.string().optional(),
        figure,
      }),
    ),
    withheld: z
      .array(z.looseObject({ measure: z.string(), by: z.string(), count: z.number(), of: z.number().optional() }))
      .describe('Restricted referrals of the whole that are in no part, at least six together.'),
    differences: z.array(
      z.looseObject({
        measure: z.string(),
        by: z.string(),
        one: z.string(),
        other: z.string(),
        sides: z
          .array(z.looseObject({ count: z.number(), of: z.number() }))
          .describe('The cases of one, and of other.'),
        difference: z.number().describe('The share of one minus that of the other.').optional(),
        interval: interval.optional(),
      }),
    ),
  })
  .describe('The figures of a page, and of the year before. It names no referral.');

export const mondayAnswer = z
  .looseObject({
    asOf: instant,
    figures: z.array(
      z.looseObject({
        measure: z.string(),
        count: z.number(),
        weekBefore: z.number(),
        byRegion: z.record(z.string(), z.number()),
      }),
    ),
  })
  .describe('How the work stands now, and a week before. It names no referral.');
