// A kit's Markdown, the small part a board needs: paragraphs, **bold**, lists, tables, formulas. Text in, text nodes out: never HTML.
import type { ComponentChildren } from "preact";
import type { Language } from "../protocol/types";
import { blocks, type RichBlock } from "./blocks";
import { marks } from "./marks";

type Props = {
  text: string;
  /** In which its first words stand: a question is a heading, its table is below it. Such a text has no other marks than tables and formulas. */
  heading?: "h2" | "h3" | "b" | "p";
  class?: string;
};

export function Rich({ text, heading: As, class: extra }: Props) {
  const more = marks(text);
  const list = (more?.blocks ?? blocks)(text, As !== undefined);
  const shown = list.map((b, i) => {
    if (b.kind === "table") return more && <more.Table key={i} {...b} />;
    if (!As) return <Block key={i} {...b} />;
    const props = { key: i, ...(extra ? { class: extra } : {}), children: formulas(b.lines.join("\n").trim()) };
    return i === 0 ? <As {...props} /> : <p {...props} />;
  });
  return As ? shown : <div class="rich stack">{shown}</div>;
}

function Block({ kind, lines }: RichBlock) {
  if (kind === "p") {
    return (
      <p>
        {lines.map((l, i) => (
          <span key={i}>
            {i > 0 && !standsAlone(l) && !standsAlone(lines[i - 1] ?? "") && <br />}
            {inline(l)}
          </span>
        ))}
      </p>
    );
  }
  const items = lines.map((l, i) => <li key={i}>{inline(l)}</li>);
  return kind === "ul" ? <ul>{items}</ul> : <ol>{items}</ol>;
}

const standsAlone = (line: string): boolean => marks(line)?.standsAlone(line) === true;

/** Formulas in words that are shown as they are written. */
export const formulas = (text: string, lang?: Language): ComponentChildren => marks(text)?.formulas(text, lang) ?? text;

/** **bold** and formulas within a line; everything else stays as it is written. */
export const inline = (line: string, lang?: Language): ComponentChildren[] =>
  marks(line)?.inline(line, lang) ?? line.split(/\*\*(.+?)\*\*/).map((part, i) => (i % 2 ? <b key={i}>{part}</b> : part));

/** A model that writes Markdown all the same: a heading is a sentence, a bullet is a dot. */
export const withoutMarks = (text: string): string => text.replace(/^#{1,6}\s+/, "").replace(/^[-*]\s+/, "• ");
