/** The five tribes of Connecticut that its Indian Child Welfare Act covers (C.G.S. 46b-116 and following). */
import type { Tribe } from '../../domain/policy/policy.ts';

export const tribes: readonly Tribe[] = [
  { id: 'MOHEGAN', name: 'Mohegan Tribe', recognizedBy: 'federal' },
  { id: 'MASHANTUCKET-PEQUOT', name: 'Mashantucket Pequot Tribal Nation', recognizedBy: 'federal' },
  { id: 'SCHAGHTICOKE', name: 'Schaghticoke', recognizedBy: 'state' },
  { id: 'PAUCATUCK-EASTERN-PEQUOT', name: 'Paucatuck Eastern Pequot', recognizedBy: 'state' },
  { id: 'GOLDEN-HILL-PAUGUSSETT', name: 'Golden Hill Paugussett', recognizedBy: 'state' },
];
