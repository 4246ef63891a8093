// A picture of a kit: its bytes are at the address of their hash, and never change there.
import { inLanguage } from "../i18n";
import type { ImagePlan } from "../protocol/types";

type Props = { image: ImagePlan | undefined; class?: string /** Who made it, for who prepares a lesson. */; credit?: boolean };

/** Drawn by the browser as an image, so that nothing in a drawing can run; its place is kept until it has come. */
export function Picture({ image, class: extra, credit }: Props) {
  if (!image) return null;
  const caption = inLanguage(image.caption);
  return (
    <figure class={`picture ${extra ?? ""}`}>
      <img
        src={`/api/images/${image.hash}`}
        alt={inLanguage(image.alt)}
        width={image.width}
        height={image.height}
        loading="lazy"
        decoding="async"
      />
      {(caption || credit) && (
        <figcaption>
          {caption}
          {credit && <span class="credit">{image.credit}</span>}
        </figcaption>
      )}
    </figure>
  );
}
