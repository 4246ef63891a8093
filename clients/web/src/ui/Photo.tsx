import { useState } from "preact/hooks";
import { w } from "../i18n/photos";
import { useLesson } from "../lesson/context";
import { photosOf, pictureOf } from "../lesson/photos";
import "./photo.css";

/** One photo; pressed, it is as large as the page. */
export function Photo({ id, n, width, height }: { id: string; n: number; width: number; height: number }) {
  const lesson = useLesson();
  const [large, setLarge] = useState(false);
  const url = pictureOf(lesson, id);
  if (url === null) return <span class="photo small muted">{w().gone}</span>;
  return (
    <button
      type="button"
      class={`photo ${large ? "large" : ""}`}
      aria-expanded={large}
      aria-label={w().larger(n)}
      onClick={() => setLarge(!large)}
      data-testid={`photo-${n}`}
    >
      {url ? <img src={url} alt={w().nth(n)} width={width} height={height} /> : <span class="photo-place" />}
    </button>
  );
}

/** The photos of a work, to look at. */
export function Photos({ studentId, stepId }: { studentId: string; stepId: string }) {
  const all = photosOf(useLesson(), studentId, stepId);
  if (all.length === 0) return null;
  return (
    <div class="photos" role="group" aria-label={w().title}>
      {all.map(([id, p], i) => (
        <Photo key={id} id={id} n={i + 1} width={p.width} height={p.height} />
      ))}
    </div>
  );
}
