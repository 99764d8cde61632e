/** The templates about who gets at a referral. */
import { writeTemplate } from './template.ts';

export const accessTemplates: readonly unknown[] = [
  writeTemplate({
    id: 'referral-sealed',
    version: 1,
    en: {
      subject: '{reference}: sealed, and you are named',
      lines: [
        'This referral is sealed: it is there for you and the others who are named, and for nobody else. Do not speak of it to anybody who is not named; to them it does not exist.',
        'What is asked of a role that nobody named holds may now be asked of you.',
      ],
    },
    es: {
      subject: '{reference}: reservado, con acceso para usted',
      lines: [
        'Este caso está reservado: existe para usted y las demás personas designadas, y para nadie más. No hable de él con quien no esté designado; para esa persona no existe.',
        'Lo que se pide a una función que nadie designado desempeña puede pedírsele ahora a usted.',
      ],
    },
  }),
  writeTemplate({
    id: 'glass-broken',
    version: 1,
    en: {
      subject: '{reference}: opened by somebody without access',
      lines: [
        'Somebody who works under you, or for whom you keep watch, had no access to this referral and has opened it for an hour, with a reason. The audit says who it was: ask them about it.',
      ],
    },
    es: {
      subject: '{reference}: abierto por alguien sin acceso',
      lines: [
        'Alguien que trabaja bajo su supervisión o vigilancia no tenía acceso a este caso y lo ha abierto por una hora, con un motivo. La auditoría dice quién fue: pregúntele.',
      ],
    },
  }),
  writeTemplate({
    id: 'sealed-match',
    version: 1,
    en: {
      subject: '{reference}: compare it with another referral',
      lines: [
        'A report has come that may be about the child of this sealed referral. The page of this referral says which one it is. Nobody else was told: whoever took the report does not know that this one is there.',
        'Look at the two, and agree with the others who are named on what is to be done.',
      ],
    },
    es: {
      subject: '{reference}: compárelo con otro caso',
      lines: [
        'Ha llegado un aviso que puede tratar del menor de este caso reservado. La página de este caso dice cuál es. No se ha informado a nadie más: quien tomó el aviso no sabe que este existe.',
        'Mire los dos y acuerde con las demás personas designadas lo que se debe hacer.',
      ],
    },
  }),
];
