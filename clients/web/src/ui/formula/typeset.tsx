// Sets TeX as MathML with temml, in elements of the page's own making: no HTML is read. Comes late (see `Formula.tsx`).

import type { VNode } from "preact";
import { createElement } from "preact";
import temml from "temml";
import type { Language } from "../../protocol/types";
import { cleaned, type MathItem } from "./nodes";
import { isChemical, spoken } from "./spoken";
import "./formula.css";

/** What defines, leads out of the page, names, colours, or takes room without limit; `Formulas` of Classroom.Kits has the same list. */
export const forbidden =
  /\\(?:[gex]?def|let|futurelet|global|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment|href|url|includegraphics|html\w*|class|id|style|data|cssId|(?:text|page|f)?color(?:box)?|definecolor|tag|label|(?:eq)?ref|rule|raisebox|input|include|unicode|char|verb)(?![a-zA-Z])/;

/** @returns undefined where the TeX is wrong, or asks for what is not allowed */
export function typeset(tex: string, block: boolean, language: Language): VNode | undefined {
  if (forbidden.test(tex)) return undefined;
  try {
    const built = temml.__renderToMathMLTree(tex, {
      displayMode: block,
      throwOnError: true,
      trust: false,
      annotate: false,
      strict: false,
      wrap: "none",
      maxSize: [12, 12],
      maxExpand: 300,
      macros: {},
    });
    const math = cleaned(built, isChemical(tex));
    return drawn(math, {
      role: "math",
      "aria-label": spoken(math, tex, language),
      // A fraction in a line is as large as in a formula of its own: a child reads its figures from the last row.
      displaystyle: "true",
      ...(block ? { display: "block" } : {}),
    }) as VNode;
  } catch {
    return undefined;
  }
}

function drawn(item: MathItem, more: Record<string, string> = {}): VNode | string {
  if (item.name === "") return item.text;
  const style: Record<string, string> = {};
  const props: Record<string, unknown> = { ...more };
  for (const [name, value] of Object.entries(item.attributes)) {
    if (name.startsWith("style.")) style[name.slice("style.".length)] = value;
    else props[name] = value;
  }
  // The letters of formulas that Unicode has of its own are in no font of a cheap phone: a slanted letter is.
  if (item.name === "mi" && props.mathvariant !== "normal" && [...item.text, ...item.kids.map((k) => k.text)].join("").length === 1)
    props.class = "letter";
  if (Object.keys(style).length > 0) props.style = style;
  return createElement(item.name, props, ...item.kids.map((kid) => drawn(kid)));
}
