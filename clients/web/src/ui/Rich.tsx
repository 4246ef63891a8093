// A kit's Markdown, the small part a board needs: paragraphs, **bold**, lists, tables, formulas. Text in, text nodes out: never HTML.
import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import type { Language } from "../protocol/types";
import { blocks, type RichBlock, type TableBlock } from "./blocks";
import { Formula } from "./formula/Formula";
import { parts, withoutBegun } from "./formula/find";
import "./table.css";

type Props = {
  text: string;
  /** In which the first paragraphs stand: a question is a heading, its table is below it. Such a text has no other marks than tables and formulas. */
  heading?: "h2" | "h3" | "b" | "p";
  class?: string;
};

export function Rich({ text, heading, class: extra }: Props) {
  if (heading) return <Headed text={text} As={heading} extra={extra} />;
  return (
    <div class="rich stack">{blocks(text).map((b, i) => (b.kind === "table" ? <Table key={i} {...b} /> : <Block key={i} {...b} />))}</div>
  );
}

/** Words as they are written, with formulas and tables alone. */
function Headed({ text, As, extra }: { text: string; As: "h2" | "h3" | "b" | "p"; extra: string | undefined }) {
  const list = blocks(text, true);
  return (
    <>
      {list.map((b, i) =>
        b.kind === "table" ? (
          <Table key={i} {...b} />
        ) : i === 0 ? (
          <As key={i} {...(extra ? { class: extra } : {})}>
            {formulas(b.lines.join("\n"))}
          </As>
        ) : (
          <p key={i} {...(extra ? { class: extra } : {})}>
            {formulas(b.lines.join("\n"))}
          </p>
        ),
      )}
    </>
  );
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

/** It scrolls within its box where a phone is narrower, by a finger or by keys. */
function Table({ head, rows, ends }: TableBlock) {
  const at = (i: number) => (ends[i] ? { class: "end" } : {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <div class="table" role="region" aria-label={t().table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              <th key={i} scope="col" {...at(i)}>
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) => (
                <td key={i} {...at(i)}>
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Formulas in words that are shown as they are written. */
export const formulas = (text: string, lang?: Language): ComponentChildren[] =>
  parts(text).map((part, i) => ("tex" in part ? <Formula key={i} {...part} lang={lang} /> : part.text));

/** **bold** and formulas within a line; everything else stays as it is written. */
export function inline(line: string, lang?: Language): ComponentChildren[] {
  const found = parts(line);
  // A formula may stand within bold words: meanwhile one character of no text stands for it.
  const text = found.map((part) => ("tex" in part ? standIn : part.text.replaceAll(standIn, ""))).join("");
  const waiting = found.filter((part) => "tex" in part);
  const back = (words: string): ComponentChildren[] =>
    words.split(standIn).flatMap((piece, i) => {
      const formula = i > 0 ? waiting.shift() : undefined;
      return formula ? [<Formula key={`f${waiting.length}`} {...formula} lang={lang} />, piece] : [piece];
    });
  return text.split(/\*\*(.+?)\*\*/).map((part, i) => (i % 2 ? <b key={i}>{back(part)}</b> : back(part)));
}

const standIn = "\u{f8ff}";

/** A sentence of a stream: what of it may be shown already. */
export const begun = (text: string, whole: boolean): string => (whole ? text : withoutBegun(text));

/** A model that writes Markdown all the same: a heading is a sentence, a bullet is a dot. */
export const withoutMarks = (text: string): string => text.replace(/^#{1,6}\s+/, "").replace(/^[-*]\s+/, "• ");
