import type { ComponentChildren } from "preact";

export function Frame({ title, tone, children }: { title: ComponentChildren; tone?: string; children: ComponentChildren }) {
  return (
    <section class={`card signal stack ${tone ?? ""}`}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
