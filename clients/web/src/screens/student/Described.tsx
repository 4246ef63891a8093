import { inLanguage } from "../../i18n";
import { w } from "../../i18n/student";
import type { ImagePlan } from "../../protocol/types";
import { Picture } from "../../ui/Picture";

/** A picture, and behind a press what it shows in words: for who cannot make it out on a small screen. */
export function Described({ image }: { image: ImagePlan | undefined }) {
  const alt = inLanguage(image?.alt);
  return (
    <>
      <Picture image={image} />
      {alt && (
        <details class="described" data-testid="described">
          <summary>{w().described}</summary>
          <p>{alt}</p>
        </details>
      )}
    </>
  );
}
