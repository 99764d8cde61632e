/** Answers about exports of the audit. Instants are UTC. */
import * as z from 'zod';
import { exportPurposes } from '../domain/core/vocabulary.ts';

const done = z.looseObject({ by: z.string(), at: z.string() });

export const exportAnswer = z.looseObject({
  id: z.string(),
  purpose: z.enum(exportPurposes),
  chosen: z
    .union([z.looseObject({ referrals: z.array(z.string()) }), z.looseObject({ from: z.string(), to: z.string() })])
    .describe('References, or the New York days in which a referral was opened, both included.'),
  asked: done,
  approved: done.optional(),
  declined: done.optional(),
  downloads: z.array(done.extend({ digest: z.string().describe('The SHA-256 of the file that was sent.') })),
  state: z.enum(['waits', 'approved', 'declined', 'over']),
  until: z.string().describe('Until when it may be approved, or downloaded.'),
  mayApprove: z.boolean(),
  mayDecline: z.boolean(),
  mayDownload: z.boolean(),
});

export const exportsAnswer = z.looseObject({ exports: z.array(exportAnswer) });

export const exportFileAnswer = z.looseObject({
  name: z.string().describe('The name of the file.'),
  digest: z.string().describe('The SHA-256 of the file. The record of the download has it too.'),
  referrals: z.int().describe('How many referrals are in it.'),
  zip: z.string().describe('The file, a zip in base64.'),
});
