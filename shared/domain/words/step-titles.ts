/** What steps without a clock ask for, in the words of pages and lists. */

/** Each with what it is about inside its sentence, or without. */
export const stepTitles = {
  'meet-need': { en: 'Meet a need of the child', es: 'Atienda una necesidad del menor' },
  'call-back': {
    en: 'Call back the provider that you asked for a place',
    es: 'Vuelva a llamar al proveedor al que preguntó por un lugar',
  },
  'refer-to-place': {
    en: 'Refer the child to the provider that has a place',
    es: 'Remita al menor al proveedor que tiene un lugar',
  },
  'find-place': {
    en: 'Ask another provider for a place: none that was asked has one',
    es: 'Pregunte a otro proveedor por un lugar: ninguno de los consultados tiene',
  },
  'get-time': { en: 'Get a time for the appointment', es: 'Consiga una hora para la cita' },
  'find-advocate': {
    en: 'Find an advocate for the appointment',
    es: 'Busque una persona defensora para la cita',
  },
  'record-kept': { en: 'Record whether it was kept', es: 'Registre si la cita se cumplió' },
  'record-start': { en: 'Record that the service has started', es: 'Registre que comenzó el servicio' },
  'book-again': { en: 'Book it again', es: 'Reserve otra vez' },
  introduce: { en: 'Introduce the child to the new person', es: 'Presente al menor a la nueva persona' },
  'record-hearing': { en: 'Record what came of the hearing', es: 'Registre el resultado de la audiencia' },
  'follow-hearing': { en: 'Record what follows from the hearing', es: 'Registre lo que sigue de la audiencia' },
  'do-order': { en: 'Do what the court ordered', es: 'Haga lo que ordenó el tribunal' },
} as const;

export type ListedStep = keyof typeof stepTitles;
export const listedSteps = Object.keys(stepTitles) as [ListedStep, ...ListedStep[]];

/** The title of a step. `about`: a code in words, as it stands inside a sentence. */
export const stepTitle = (step: ListedStep, about?: string, language: 'en' | 'es' = 'en'): string =>
  [stepTitles[step][language], ...(about === undefined || about === '' ? [] : [about])].join(': ');
