import { useWording } from '../spoken.ts';

/** A sentence of the domain, in the language of the page. One without a translation says that it is in English. */
export function Told({ sentence }: { readonly sentence: string }) {
  const { told, say } = useWording();
  const text = told(sentence);
  if (text !== undefined) return <p>{text}</p>;
  return (
    <p>
      {say('Nothing was recorded. The reason, in English:')} <span lang="en">{sentence}</span>
    </p>
  );
}
