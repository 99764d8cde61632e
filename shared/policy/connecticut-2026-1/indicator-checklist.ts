/**
 * The indicator checklist of Connecticut, version 2026.1, and the outcome that its answers propose. This project wrote the topics
 * and thresholds after the practice of others. None of it is validated: a trained person decides the outcome.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { ScreeningPolicy } from '../../domain/policy/policy.ts';

const assumed = { source: 'This project', confidence: 'assumed' } as const;

export const screening: ScreeningPolicy = {
  topics: {
    'missing-episodes': {
      weight: 'contributing',
      question: 'Has the child run away or gone missing, from home or from care?',
    },
    'older-controlling-companion': {
      weight: 'strong',
      question: 'Is there an older companion, or one who controls where the child goes and who the child speaks to?',
    },
    'unexplained-money-or-gifts': {
      weight: 'contributing',
      question: 'Does the child have money, clothes, a phone or gifts without an explanation?',
    },
    'hotel-keys': { weight: 'strong', question: 'Has the child had keys of hotels, or been found in one?' },
    'online-ads-or-images': {
      weight: 'strong',
      question: 'Are there advertisements or explicit images of the child, online or on a phone?',
    },
    'sti-pregnancy-or-injury': {
      weight: 'contributing',
      question: 'Is there an infection, a pregnancy or an injury that may come from sexual abuse?',
    },
    branding: {
      weight: 'strong',
      question: 'Does the child have a tattoo or mark that claims the child as a person’s property?',
    },
    disclosure: {
      weight: 'confirming',
      question: 'Has the child said that it had sex, or was made to, for something of value?',
    },
    'third-party-or-police-evidence': {
      weight: 'confirming',
      question: 'Is there evidence of it from the police, a court, a witness or a record?',
    },
    'substance-use': { weight: 'contributing', question: 'Does the child use alcohol or drugs, or is it given them?' },
    homelessness: { weight: 'contributing', question: 'Is the child without a stable place to sleep?' },
    'prior-abuse': { weight: 'contributing', question: 'Was the child abused or neglected before?' },
    'caregiver-facilitation': {
      weight: 'strong',
      question: 'Has a parent or caregiver arranged it, gained from it or looked away?',
    },
    'recruiter-contacts': {
      weight: 'strong',
      question: 'Is the child in contact with a person known or thought to recruit?',
    },
  },
  oftenMissing: 4,
  rules: [
    {
      number: 1,
      when: { confirming: 1 },
      outcome: 'confirmed',
      basis: 'The child disclosed it, or there is evidence of a third party, the police or a court',
      ...assumed,
    },
    { number: 2, when: { strong: 2 }, outcome: 'high-risk', basis: 'Two strong indicators', ...assumed },
    {
      number: 3,
      when: { strong: 1, contributing: 2 },
      outcome: 'high-risk',
      basis: 'A strong indicator with two others',
      ...assumed,
    },
    {
      number: 4,
      when: { contributing: 4 },
      outcome: 'high-risk',
      basis: 'Four indicators, of which none is strong by itself',
      ...assumed,
    },
    {
      number: 5,
      when: { instruments: 'clear' },
      outcome: 'high-risk',
      basis: 'An instrument found a clear concern or a high score',
      ...assumed,
    },
    {
      number: 6,
      when: { oftenMissing: 'yes' },
      outcome: 'high-risk',
      basis: 'Missing more than four times, as the hotline of Texas asks of twelve months',
      ...assumed,
    },
    { number: 7, when: { strong: 1 }, outcome: 'at-risk', basis: 'One strong indicator', ...assumed },
    { number: 8, when: { contributing: 1 }, outcome: 'at-risk', basis: 'An indicator of vulnerability', ...assumed },
    {
      number: 9,
      when: { instruments: 'possible' },
      outcome: 'at-risk',
      basis: 'An instrument found a possible concern or a medium score',
      ...assumed,
    },
    {
      number: 10,
      when: { unknown: 1 },
      outcome: 'insufficient-info',
      basis: 'No indicator is known, and a topic is not answered or a score has no band: unknown is not no',
      ...assumed,
    },
    {
      number: 11,
      when: {},
      outcome: 'not-indicated',
      basis: 'Every topic is answered no, and no instrument found a concern',
      ...assumed,
    },
  ],
};
