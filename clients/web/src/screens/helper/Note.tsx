import type { ComponentChildren } from "preact";
import { LanguageSwitch, Mark } from "../../ui/parts";

/** Why there is no room to see, calmly. */
export function Note({ title, children }: { title?: string; children?: ComponentChildren }) {
  return (
    <main class="loading helper-note">
      <Mark size={56} />
      <div class="stack" role="status">
        {title && <h1>{title}</h1>}
        {children && <p class={title ? "muted" : ""}>{children}</p>}
      </div>
      <LanguageSwitch short />
    </main>
  );
}
