// A kit's Markdown, the small part a board needs: paragraphs, **bold**, lists. Text in, text nodes out: never HTML.
import type { ComponentChildren } from "preact";

export function Rich({ text }: { text: string }) {
  return (
    <div class="rich stack">
      {blocks(text).map((b, i) => (
        <Block key={i} {...b} />
      ))}
    </div>
  );
}

type Kind = "p" | "ul" | "ol";
export type RichBlock = { kind: Kind; lines: string[] };

export function blocks(text: string): RichBlock[] {
  const list: RichBlock[] = [];
  let open = false;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const bullet = /^[-*•] (.*)$/.exec(line)?.[1];
    const number = /^\d+[.)] (.*)$/.exec(line)?.[1];
    const kind: Kind = bullet !== undefined ? "ul" : number !== undefined ? "ol" : "p";
    const last = list.at(-1);
    if (line === "") open = false;
    else if (last && last.kind === kind && open) last.lines.push(bullet ?? number ?? line);
    else {
      list.push({ kind, lines: [bullet ?? number ?? line.replace(/^#+ /, "")] });
      open = true;
    }
  }
  return list;
}

function Block({ kind, lines }: RichBlock) {
  if (kind === "p") {
    return (
      <p>
        {lines.map((l, i) => (
          <span key={i}>
            {i > 0 && <br />}
            {inline(l)}
          </span>
        ))}
      </p>
    );
  }
  const items = lines.map((l, i) => <li key={i}>{inline(l)}</li>);
  return kind === "ul" ? <ul>{items}</ul> : <ol>{items}</ol>;
}

/** **bold** within a line; everything else stays as it is written. */
export function inline(line: string): ComponentChildren[] {
  return line.split(/\*\*(.+?)\*\*/).map((part, i) => (i % 2 ? <b key={i}>{part}</b> : part));
}

/** A model that writes Markdown all the same: a heading is a sentence, a bullet is a dot. */
export const withoutMarks = (text: string): string => text.replace(/^#{1,6}\s+/, "").replace(/^[-*]\s+/, "• ");
