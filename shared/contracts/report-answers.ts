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

const week = z.looseObject({ p50: z.number(), p95: z.number() });
const load = z
  .looseObject({ now: week, weekBefore: week })
  .describe(
    'Interruptions of one person in one shift, at most: in half of the shifts, and in 95 of 100. By mail, in seven days.',
  );
const ofGrantYear = {
  measure: z.string(),
  source: z.string(),
  confidence: z.string(),
};

const score = z.looseObject({
  count: z.number().optional(),
  of: z.number().optional(),
  share: z.number().optional(),
  difference: z.number().optional(),
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
    targets: z
      .array(
        z.looseObject({
          ...ofGrantYear,
          grantYear: z.number(),
          atLeast: z.number().optional(),
          atMost: z.number().optional(),
          verdict: z.enum(['met', 'not-met', 'too-few', 'no-target']),
        }),
      )
      .describe('What the figures of grant years are held against. On the page of evaluation.')
      .optional(),
    baselines: z.array(z.looseObject({ ...ofGrantYear, words: z.string() })).optional(),
    gaps: z
      .array(
        z.looseObject({
          service: z.string(),
          unmet: z.looseObject({ count: z.number(), of: z.number() }),
          kinds: z.record(z.string(), z.number()).describe('Children by what keeps them from the service.'),
          waitDays: z.number().describe('The median of known waits. Absent below 20 children.').optional(),
          listed: z.number().describe('Providers listed now.'),
        }),
      )
      .describe('Why needs are not met. On the page of needs.')
      .optional(),
    links: z
      .looseObject({ changed: z.number(), afterTheYear: z.number() })
      .describe(
        'Referrals whose link to another one of the same child was made or undone: ever, and after the year had ended. It restates the count of children.',
      )
      .optional(),
    load: load.describe('On the page of what is on time.').optional(),
    scores: z
      .array(
        z.looseObject({
          id: z.string(),
          practice: z.string(),
          span: z
            .enum(['year', 'day'])
            .describe('Whether it is of the year of the page, or of the day of the watermark.'),
          words: z.string(),
          counts: z.string().describe('What counts, and of what.'),
          kind: z.enum(['share', 'difference', 'not-recorded']),
          now: score.optional(),
          before: score.optional(),
          atLeast: z.number().optional(),
          atMost: z.number().optional(),
          gap: z.number().describe('How far it is from the aim.').optional(),
        }),
      )
      .describe('Fifteen measures of five practices. On the page of the scorecard.')
      .optional(),
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
    load,
  })
  .describe('How the work stands now, and a week before. It names no referral.');

const period = z.looseObject({ name: z.string(), from: z.iso.date(), before: z.iso.date() });

export const returnsAnswer = z
  .looseObject({
    year: z.number(),
    asOf: instant,
    period: period.describe('The federal fiscal year.'),
    hasEnded: z.boolean(),
    total: z
      .looseObject({ total: z.number(), careUnknown: z.number() })
      .describe(
        '42 U.S.C. 671(a)(34)(B): identified children in placement, care or supervision, and those for whose care no answer is recorded.',
      ),
    halves: z
      .array(
        z.looseObject({
          half: z.union([z.literal(1), z.literal(2)]),
          period,
          hasEnded: z.boolean(),
          complete: z.number().describe('Children in care whose facts suffice.'),
          victims: z.number(),
          unknown: z.number().describe('Referrals whose facts do not suffice.'),
        }),
      )
      .describe('The two report periods of AFCARS, as far as they have begun.'),
    reconciled: period.describe('The state fiscal year, which is reconciled with the police by October 1.'),
    reconciledHasEnded: z.boolean(),
    agencies: z.array(z.looseObject({ agency: z.string(), notices: z.number(), referrals: z.number() })),
    cases: z.number().describe('Cases of HTCDS.'),
  })
  .describe('The figures of the yearly returns. It names no referral.');

const span = z.looseObject({ from: z.number(), to: z.number() }).describe('The number lies between the two.');

export const yearlyAnswer = z
  .looseObject({
    version: z.string().describe('The version of the measures.'),
    period,
    year: z.number(),
    asOf: instant.describe('When the year ended. What was recorded later never counts.'),
    fewest: z.number().describe('Fewer children than this are in no number.'),
    children: span.describe('Children with a referral received in the year.').optional(),
    sections: z.array(
      z.looseObject({
        title: z.string(),
        lines: z.array(z.looseObject({ measure: z.string(), words: z.string(), children: span, of: span })),
      }),
    ),
  })
  .describe('The figures of a year, of distinct children. A line of too few children is left out.');

export const returnFileAnswer = z
  .looseObject({
    name: z.string(),
    csv: z.string().describe('The file as text. No cell is read as a formula.'),
    rows: z.number(),
  })
  .describe('A file of a return. Each referral in it was recorded as read.');
