import { useState } from "preact/hooks";
import { w } from "../i18n/photos";
import "./photo.css";

/** @param url undefined while it comes, null where it does not open */
export type ShownPhoto = { id: string; url: string | null | undefined; width: number; height: number };

/** One photo; pressed, it is as large as the page. */
export function Photo({ photo, n }: { photo: ShownPhoto; n: number }) {
  const [large, setLarge] = useState(false);
  if (photo.url === null) return <span class="photo small muted">{w().gone}</span>;
  return (
    <button
      type="button"
      class={`photo ${large ? "large" : ""}`}
      aria-expanded={large}
      aria-label={w().larger(n)}
      onClick={() => setLarge(!large)}
      data-testid={`photo-${n}`}
    >
      {photo.url ? <img src={photo.url} alt={w().nth(n)} width={photo.width} height={photo.height} /> : <span class="photo-place" />}
    </button>
  );
}

/** The photos of a work, to look at. */
export function Photos({ photos }: { photos: readonly ShownPhoto[] }) {
  if (photos.length === 0) return null;
  return (
    <div class="photos" role="group" aria-label={w().title}>
      {photos.map((photo, i) => (
        <Photo key={photo.id} photo={photo} n={i + 1} />
      ))}
    </div>
  );
}
