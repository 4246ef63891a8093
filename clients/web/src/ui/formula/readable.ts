// A formula in one line of plain signs: shown until it can be set, and where it never can. Whatever it is not sure of is enclosed, and what it does not
// know keeps its name: another formula must never read the same.

const signs: Record<string, string> = {
  cdot: "·",
  times: "×",
  div: "÷",
  pm: "±",
  mp: "∓",
  lt: "<",
  gt: ">",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  equiv: "≡",
  sim: "~",
  infty: "∞",
  to: "→",
  rightarrow: "→",
  leftarrow: "←",
  Rightarrow: "⇒",
  Leftrightarrow: "⇔",
  degree: "°",
  circ: "°",
  prime: "′",
  angle: "∠",
  triangle: "△",
  parallel: "∥",
  perp: "⟂",
  in: "∈",
  notin: "∉",
  cup: "∪",
  cap: "∩",
  subset: "⊂",
  emptyset: "∅",
  varnothing: "∅",
  ldots: "…",
  dots: "…",
  cdots: "…",
  quad: " ",
  qquad: " ",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  eta: "η",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  varphi: "φ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Pi: "Π",
  Sigma: "Σ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
}; // prettier-ignore

/** What they hold is shown as it is. */
const worded = new Set(["text", "textbf", "textit", "textrm", "mbox", "mathrm", "mathbf", "mathit", "operatorname"]);
const around = new Set([
  "cancel",
  "boxed",
  "overline",
  "underline",
  "displaystyle",
  "limits",
  "big",
  "Big",
  "bigl",
  "bigr",
  "Bigl",
  "Bigr",
]);
const fractions = new Set(["frac", "dfrac", "tfrac", "cfrac"]);
const raised: Record<string, string> = { 2: "²", 3: "³", 4: "⁴", n: "ⁿ" };

/** Deeper than any formula is: the rest is left as it was written. */
const deepest = 20;

export function readable(tex: string): string {
  const text = line(tex, 0);
  return text
    .replace(/\s+/g, " ")
    .replace(/ ([,;])/g, "$1")
    .trim();
}

function line(tex: string, depth: number): string {
  if (depth > deepest) return tex.replace(/[{}\\]/g, "");
  let at = 0;
  let out = "";
  /** A group or a sign by itself, and what follows it is next. */
  const raw = (): string => {
    while (tex[at] === " ") at++;
    if (tex[at] === "{") {
      const end = closes(tex, at);
      const inner = tex.slice(at + 1, end);
      at = end + 1;
      return inner;
    }
    const one = /^(?:\\(?:[a-zA-Z]+|.)|.)/su.exec(tex.slice(at))?.[0] ?? "";
    at += one.length;
    return one;
  };
  const part = (): string => line(raw(), depth + 1).trim();
  const optional = (): string | undefined => {
    if (tex[at] !== "[") return undefined;
    const end = tex.indexOf("]", at);
    if (end < 0) return undefined;
    const inner = tex.slice(at + 1, end);
    at = end + 1;
    return line(inner, depth + 1).trim();
  };
  const add = (text: string, isApart = false) => {
    // 1 1/2 is not 11/2.
    const glued = isApart && /[\p{L}\p{Nd})]$/u.test(out);
    out += glued ? ` ${text}` : text;
  };
  const command = (name: string): void => {
    if (fractions.has(name)) {
      const [over, under] = [part(), raw()];
      const below = line(under, depth + 1).trim();
      add(`${upper.test(over) ? over : `(${over})`}/${lower.test(below) || isWord(under, below) ? below : `(${below})`}`, true);
      // What follows is beside it, not under it.
      if (/^\s*[\p{L}\p{Nd}\\(]/u.test(tex.slice(at)) && !/^\s*\\(?:right|end|\\|[,;:!])/.test(tex.slice(at))) out += " ";
    } else if (name === "sqrt") {
      const degree = optional();
      const of = part();
      const sign = degree === undefined ? "√" : degree in raised ? `${raised[degree]}√` : `√[${degree}]`;
      add(`${sign}${single.test(of) ? of : `(${of})`}`, /\p{Nd}$/u.test(out) && degree !== undefined);
    } else if (name === "binom") add(`binom(${part()}, ${part()})`, true);
    else if (worded.has(name))
      add(
        raw()
          .replace(/\\([%$&#_{}])/g, "$1")
          .replace(/[{}]/g, ""),
      );
    else if (name === "ce" || name === "pu") add(chemistry(raw(), depth + 1));
    else if (name === "begin") {
      const kind = raw();
      if (/^(?:array|tabular)$/.test(kind) && tex[at] === "{") raw();
    } else if (name === "end") raw();
    else if (name === "left" || name === "right") {
      if (tex[at] === ".") at++;
    } else if (!around.has(name)) out += signs[name] ?? ` ${name} `;
  };
  while (at < tex.length) {
    const c = tex[at] ?? "";
    if (c === "\\") {
      const name = /^[a-zA-Z]+/.exec(tex.slice(at + 1))?.[0];
      at += 1 + (name?.length ?? 1);
      if (name) command(name);
      else {
        const sign = tex[at - 1] ?? "";
        out += sign === "\\" ? "; " : sign === "!" ? "" : /[,;: ]/.test(sign) ? " " : sign;
      }
    } else if (c === "^" || c === "_") {
      at++;
      const of = part();
      if (/^[°′]$/.test(of)) out += of;
      else out += c + (single.test(of) ? of : `(${of})`);
    } else if (c === "{") add(part());
    else {
      out += c === "&" || c === "~" ? " " : c === "}" ? "" : c;
      at++;
    }
  }
  return out;
}

/** Its own arrows, and indices and charges as they are written. */
function chemistry(text: string, depth: number): string {
  const arrows = text.replace(/<=>|<->|->|<-/g, (arrow) => (arrow === "->" ? "→" : arrow === "<-" ? "←" : "⇄"));
  return arrows
    .replace(/\\[a-zA-Z]+(?:\s*\{(?:[^{}]|\{[^{}]*\})*\})*/g, (command) => line(command, depth))
    .replace(/\\(.)/g, "$1")
    .replace(/[{}]/g, "");
}

/** One sign, one number, or what is enclosed already. */
const single = /^(?:[\p{Nd}]+(?:[.,]\p{Nd}+)?|.|\([^()]*\))$/su;
const upper = /^(?:[\p{L}\p{N}.,^_]*|\([^()]*\))$/u;
const lower = single;
/** The name of a quantity, not letters that are multiplied. */
const isWord = (raw: string, text: string): boolean => /^\\(?:text|mbox|mathrm)\s*\{/.test(raw) && /^\p{L}+$/u.test(text);

function closes(tex: string, at: number): number {
  let depth = 0;
  for (let i = at; i < tex.length; i++) {
    if (tex[i] === "\\") i++;
    else if (tex[i] === "{") depth++;
    else if (tex[i] === "}" && --depth === 0) return i;
  }
  return tex.length;
}
