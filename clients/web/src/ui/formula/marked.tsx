// What shows formulas and tables within texts; comes late (see `marks.ts`).
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import type { Language } from "../../protocol/types";
import { Formula } from "./Formula";
import { parts } from "./find";
import type { TableBlock } from "./tables";
import "./marked.css";

export { withoutBegun } from "./find";
export { blocks } from "./tables";

/** It scrolls within its box where a phone is narrower, by a finger or by keys. */
export function Table({ head, rows, ends }: TableBlock) {
  const box = useRef<HTMLDivElement>(null);
  // It takes other room than the lines it was written in: as `Formula`.
  useLayoutEffect(() => {
    box.current?.dispatchEvent(new Event("typeset", { bubbles: true }));
  }, []);
  const at = (i: number) => (ends[i] ? { class: "end" } : {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <div class="table" ref={box} role="region" aria-label={t().table} tabIndex={0}>
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

/** A formula on a line of its own brings its line with it. */
export const standsAlone = (line: string): boolean => /^(?:\$\$|\\\[).*(?:\$\$|\\\])$/.test(line);
