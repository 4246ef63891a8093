import { inLanguage } from "../../i18n";
import { w } from "../../i18n/board";
import { useLesson } from "../../lesson/context";
import { heatOf } from "../../lesson/heat";
import { sentences } from "../../lesson/texts";
import type { Explanation, Prompt, Trilingual } from "../../protocol/types";
import { AiBadge, aiMark } from "../../ui/AiBadge";
import { Icon } from "../../ui/icons";
import { Bar } from "../../ui/parts";
import { Theirs } from "../../ui/Theirs";
import { PromptFoot } from "./PromptMain";

/** Which sentences the class is lost at, most first. Never who. */
export function HeatList({ id, explanation: e }: { id: string; explanation: Explanation }) {
  const lesson = useLesson();
  const joined = lesson.store.one("pace")?.joined ?? 0;
  const list = sentences(lesson.texts.of(e.number, e.boardVariant).value);
  const spots = (lesson.store.one("heat", id)?.spots ?? [])
    .filter((s) => s.variant === e.boardVariant && s.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 4);
  const most = Math.max(joined / 2, ...spots.map((s) => s.count));
  return (
    <aside class="card side heat">
      <h2>{w().unclear}</h2>
      {spots.map((s) => {
        const heat = heatOf(s.count, joined);
        return (
          <div class="spot" key={s.sentence}>
            <div class="row apart">
              <span class="spoken">{list[s.sentence]?.text.trim() ?? "…"}</span>
              <b class={heat === 3 ? "hot" : ""} role="img" aria-label={w().lost(s.count)}>
                {s.count}
              </b>
            </div>
            <Bar share={s.count / most} tone={heat > 0 ? (`h${heat}` as "h1" | "h2" | "h3") : undefined} label={w().lost(s.count)} />
          </div>
        );
      })}
    </aside>
  );
}

export function PromptSlab({ prompt }: { prompt: Prompt }) {
  return (
    <aside class="card slab side" {...aiMark(prompt.provenance)}>
      <div class="about">
        <AiBadge source={prompt.provenance} edited={prompt.edited} still />
        <span>{w().talk}</span>
      </div>
      <h2 class="ask">{inLanguage(prompt.prompt.question)}</h2>
      <PromptFoot prompt={prompt} />
    </aside>
  );
}

/** Shared ideas, most votes first. */
export function Ideas({ stepId }: { stepId: string }) {
  const ideas = [...useLesson().store.all("contribution")]
    .filter(([, c]) => c.stepId === stepId && !c.hidden)
    .sort(([, a], [, b]) => b.votes - a.votes || Date.parse(a.at) - Date.parse(b.at))
    .slice(0, 6);
  return (
    <aside class="card side">
      <h2>{w().ideas}</h2>
      {ideas.map(([id, c]) => (
        <div class="idea row" key={id}>
          <span class="votes">
            <Icon name="up" size={22} />
            {c.votes}
          </span>
          <p>
            <Theirs>{c.text}</Theirs>
          </p>
        </div>
      ))}
    </aside>
  );
}

/** Why the answer is right, once it is shown. */
export function Why({ text }: { text: Trilingual }) {
  return (
    <aside class="card ok side why">
      <h2>{w().why}</h2>
      <p>{inLanguage(text)}</p>
    </aside>
  );
}
