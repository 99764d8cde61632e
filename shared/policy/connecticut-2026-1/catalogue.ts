/**
 * The service catalogue of Connecticut, version 2026.1 (docs/domain.md#service-catalogue). Each row gives the people the service
 * is for, its clocks, and the consent that a referral needs. Where none is listed, the provider asks for its own consent before
 * treatment.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */

import type { Service } from '../../domain/core/vocabulary.ts';
import type { CatalogueEntry } from '../../domain/services/catalogue-entry.ts';

const ours = { source: 'This project', confidence: 'assumed', awaitsLegalSignOff: false } as const;
const child = { isFor: 'the child', ages: { from: 0, to: 20 } } as const;
const unasked = { consent: [], ...ours } as const;

export const catalogue: Readonly<Record<Service, CatalogueEntry>> = {
  'medical-acute-forensic': {
    ...child,
    clocks: ['D17', 'D17b'],
    consent: [],
    urgent: true,
    unreviewed: true,
    source: 'State guidelines under C.G.S. 19a-112a: evidence within 120 hours',
    confidence: 'verified',
    awaitsLegalSignOff: false,
  },
  'medical-nonacute': { ...child, clocks: ['D18', 'D17b'], ...unasked, urgent: true, unreviewed: true },
  'forensic-interview': { ...child, clocks: ['D20'], ...unasked },
  'safe-placement': { ...child, clocks: ['D21'], ...unasked, urgent: true },
  'victim-advocacy': { ...child, clocks: ['D19a', 'D19b'], ...unasked, urgent: true },
  'long-term-survivor-care': {
    isFor: 'the child, after the first response',
    ages: { from: 8, to: 24 },
    clocks: [],
    consent: ['child', 'parent-or-guardian'],
    ...ours,
    awaitsLegalSignOff: true,
  },
  'mental-health': { ...child, clocks: ['D22a', 'D22b'], ...unasked },
  'substance-use': {
    isFor: 'the child, where substances are used',
    ages: { from: 10, to: 24 },
    clocks: ['D23'],
    consent: ['written-part-2'],
    consentFor: 'disclosures-of-the-program',
    part2: true,
    source:
      '42 CFR Part 2: written consent for disclosures from the program, with a notice against telling others; none for the referral to it; who signs for a minor goes by state law (2.14, believed); a compartment of its own is a choice of this product',
    confidence: 'verified',
    awaitsLegalSignOff: true,
  },
  education: { isFor: 'the child of school age', ages: { from: 3, to: 21 }, clocks: ['D23'], ...unasked },
  legal: { ...child, clocks: ['D23'], ...unasked },
  'victim-compensation': { ...child, clocks: ['D23'], ...unasked, unreviewed: true },
  'basic-needs': {
    isFor: 'the child and the people who care for the child',
    ages: { from: 0, to: 24 },
    clocks: [],
    ...unasked,
  },
  'caregiver-support': {
    isFor: 'a parent or guardian who is no part of the trafficking',
    ages: { from: 0, to: 20 },
    clocks: [],
    consent: ['parent-or-guardian'],
    ...ours,
    awaitsLegalSignOff: true,
  },
  'transition-services': {
    isFor: 'the young person who comes of age',
    ages: { from: 14, to: 24 },
    clocks: [],
    ...unasked,
  },
  prevention: { ...child, clocks: [], ...unasked },
};
