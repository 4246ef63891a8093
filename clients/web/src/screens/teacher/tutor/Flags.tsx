import { w } from "../../../i18n/teacher";
import { urgent } from "../../../lesson/threads";

type FlagName = keyof ReturnType<typeof w>["tutor"]["flags"];

const flagWord = (flag: string): string => w().tutor.flags[flag as FlagName] ?? w().tutor.flags.unsafe;

const toneOf = (flag: string): string => (urgent.has(flag) ? "hot" : "warn");

/** Flags of the tutor in words and colours. */
export function Flags({ names }: { names: readonly string[] }) {
  return (
    <>
      {names.map((name) => (
        <span key={name} class={`pill ${toneOf(name)}`}>
          {flagWord(name)}
        </span>
      ))}
    </>
  );
}
