/** @jsxImportSource preact */
const LINK = /((?:https?:\/\/|mailto:)[^\s<>"']*[^\s<>"'.,;:!?)\]])/gi;

/** Text as text nodes; http, https and mailto addresses become links that give nothing away. */
export function LinkedText({ text }: { text: string }) {
  return <>{text.split(LINK).map((part, place) => place % 2
    ? <a key={place} href={part} target="_blank" rel="noopener noreferrer">{part}</a> : part)}</>;
}
