// A lesson's record as a page to print: one HTML file without scripts. Every text in it is escaped; every AI text carries `data-ai` and a badge.

import { inLanguage, language, ownNames, say, t } from "../../../i18n";
import { w as photo } from "../../../i18n/photos";
import { w } from "../../../i18n/teacher";
import { knownSource } from "../../../lesson/explanations";
import { outlineOf } from "../../../lesson/inkOutline";
import { boardHeight, boardWidth, decode } from "../../../lesson/inkPoints";
import { byTime } from "../../../lesson/time";
import type { LessonRecord } from "../../../protocol/http";
import type { Entities, Kind, Language, Level, Source, Trilingual } from "../../../protocol/types";
import { aiMark, badgeText, isPrepared } from "../../../ui/AiBadge";
import { inWords } from "../../../ui/formula/find";
import { withoutTables } from "../../../ui/formula/tables";
import { grouped } from "../../../ui/numbers";

/** A record holds each variant with its text, and while that is still streaming, whether it is prepared. */
type WithText = { text?: string; prepared?: boolean; measure?: { words: number; longWords: number } };

export const escaped = (text: string): string =>
  text.replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/\p{Cc}/gu, (c) => (c === "\n" || c === "\t" ? c : ""));

/** A text in paragraphs. */
const said = (text: string | undefined, name = ""): string => (text ? `<p${name ? ` class="${name}"` : ""}>${escaped(text)}</p>` : "");
const titled = (title: string, text: string | undefined): string => (text ? `<p><b>${escaped(title)}:</b> ${escaped(text)}</p>` : "");
/** The page has no scripts that could set formulas: those of a kit, a model or a teacher stand in signs. What a child wrote stands as it is. */
const inSigns = (text: string): string => inWords(withoutTables(text));
const plain = (text: Trilingual | undefined): string => inSigns(inLanguage(text));

/** A text of an AI or of the kit's author in its frame: the mark for machines, the badge and the source for people. */
function ai(source: Source, edited: boolean, editedBy: string | undefined, body: string, lang?: string): string {
  const mark = aiMark(source);
  const words = t().provenance;
  const p = typeof source === "string" ? undefined : source;
  const facts = p
    ? [
        p.provider !== "prepared" && p.provider,
        p.provider !== "prepared" && p.model,
        p.template,
        p.tokens > 0 && `${words.tokens.toLowerCase()}: ${grouped(p.tokens)}`,
        p.milliseconds > 0 && words.seconds((p.milliseconds / 1000).toFixed(1)),
        p.cached && words.cached,
        p.cause && `${words.cause} ${say(p.cause)}`,
        editedBy && `${words.editedBy}: ${editedBy}`,
      ].filter(Boolean)
    : [];
  return `<div class="${isPrepared(source) ? "prepared" : "ai"}" data-ai="${mark["data-ai"]}"${mark["data-ai-cached"] ? ' data-ai-cached="true"' : ""}${lang ? ` lang="${escaped(lang)}"` : ""}>
<p class="badge"><b>${escaped(badgeText(source, edited))}</b> <small>${escaped(facts.join(" · "))}</small></p>
${body}</div>`;
}

/** @param unknown who writes where a text has no provenance yet */
export function recordPage(record: LessonRecord, unknown: "model" | "prepared"): string {
  const all = <K extends Kind>(kind: K): [string, Entities[K]][] =>
    record.entities.filter((x) => x.kind === kind).map((x) => [x.id, x.value as Entities[K]]);
  const plan = all("plan")[0]?.[1];
  const pace = all("pace")[0]?.[1];
  const seats = new Map(all("seat"));
  const steps = new Map(all("step"));
  const name = (id: string | undefined): string => (id ? (seats.get(id)?.nickname ?? "…") : "");
  const time = (at: string | undefined): string => (at ? new Date(at).toLocaleString(language.value) : "");
  const title = `${plain(plan?.title)} · ${plan?.className ?? ""}`;

  const explanations = (stepId: string) =>
    all("explanation")
      .filter(([, e]) => e.stepId === stepId)
      .sort(([, a], [, b]) => byTime(a.startedAt, b.startedAt))
      .map(
        ([, e]) => `<h3>${escaped(t().kinds.explain)}: ${escaped(plain(e.topic))}</h3>
${e.variants
  .map((v) => {
    const [l, level] = v.variant.split("-") as [Language, Level];
    const why = v.failure ? said(say(v.failure), "muted") : "";
    const { text, prepared, measure } = v as WithText;
    const read = measure ? said(w().record.measure(measure.words.toFixed(1), `${Math.round(measure.longWords * 100)}`), "muted") : "";
    const source = knownSource(v.provenance) ?? (prepared === undefined ? unknown : prepared ? "prepared" : "model");
    return `<h4>${escaped(ownNames[l].full)} · ${escaped(t().levels[level])}</h4>
${text ? ai(source, false, undefined, said(inSigns(text)) + read + why, l) : why}`;
  })
  .join("\n")}`,
      )
      .join("\n");

  const prompts = (stepId: string) =>
    all("prompt")
      .filter(([id]) => id === stepId)
      .map(
        ([, p]) => `<h3>${escaped(w().record.picked)}</h3>
${ai(
  p.provenance,
  p.edited,
  p.editedBy,
  said(plain(p.prompt.question), "lead") +
    titled(w().discuss.make, plain(p.prompt.make)) +
    titled(w().discuss.materials, plain(p.prompt.materials)) +
    titled(w().discuss.roles, p.prompt.roles.map(plain).join("; ")) +
    titled(w().discuss.sharing, plain(p.prompt.sharing)),
)}`,
      )
      .join("\n");

  const ideas = (stepId: string) => {
    const list = all("contribution").filter(([, c]) => c.stepId === stepId);
    if (list.length === 0) return "";
    return `<h3>${escaped(w().discuss.ideas)}</h3>\n<ul>${list
      .map(
        ([, c]) =>
          `<li>${escaped(c.text)} <small>${escaped(`${t().team(c.team)} · ${name(c.studentId)} · ${t().votes(c.votes)}`)}</small></li>`,
      )
      .join("")}</ul>`;
  };

  // What was drawn over the step, as it stood at the end: the words below it are above on this page.
  const ink = (stepId: string) => {
    const strokes = all("stroke")
      .filter(([, s]) => s.stepId === stepId)
      .sort(([, a], [, b]) => a.number - b.number);
    if (strokes.length === 0) return "";
    return `<h3>${escaped(w().record.ink)}</h3>
<svg class="ink" viewBox="0 0 ${boardWidth} ${boardHeight}" role="img" aria-label="${escaped(w().record.ink)}">${strokes
      .map(([, s]) => `<path class="${escaped(`${s.tool} ${s.colour}`)}" d="${outlineOf(s.tool, decode(s.points))}"/>`)
      .join("")}</svg>`;
  };

  const questions = (stepId: string) =>
    all("question")
      .filter(([, q]) => (q.stepId ?? "") === stepId)
      .sort(([, a], [, b]) => byTime(a.askedAt, b.askedAt))
      .map(([id, q]) => {
        const answers = all("answer").filter(([, a]) => a.questionId === id && a.text);
        const rounds = (all("tally").find(([of]) => of === id)?.[1].rounds ?? []).map(
          (r) =>
            `<li>${escaped(w().ask.round(r.round))}${r.byHand === undefined ? "" : ` (${escaped(w().ask.countedByHand(r.byHand))})`}: ${escaped(
              r.counts.map((c) => `${plain(q.options.find((o) => o.id === c.key)?.text) || c.key} – ${c.count}`).join("; ") ||
                t().answers(r.answered),
            )}</li>`,
        );
        const texts = answers.map(([, a]) => `<li>${escaped(a.text ?? "")} <small>${escaped(name(a.studentId))}</small></li>`);
        return `<h3>${escaped(t().kinds.ask)}: ${escaped(plain(q.text))}</h3>\n<ul>${[...rounds, ...texts].join("")}</ul>`;
      })
      .join("\n");

  const works = (stepId: string) => {
    const descriptors = (steps.get(stepId)?.task?.criteria ?? []).flatMap((c) => c.descriptors);
    return all("work")
      .filter(([, x]) => x.stepId === stepId)
      .sort(([, a], [, b]) => name(a.studentId).localeCompare(name(b.studentId)))
      .map(([, x]) => {
        const feedback = all("feedback")
          .filter(([, f]) => f.studentId === x.studentId && f.stepId === stepId && f.items.length > 0)
          .map(([, f]) =>
            ai(
              knownSource(f.provenance) ?? unknown,
              f.edited,
              f.editedBy,
              titled(w().work.feedback, f.status === "released" ? w().work.released : w().work.queue) +
                said(f.note && inSigns(f.note)) +
                `<ul>${f.items
                  .map(
                    (i) =>
                      `<li>${escaped(plain(descriptors.find((d) => d.id === i.descriptorId)?.text))}${i.verdict ? ` – <b>${escaped(t().verdicts[i.verdict])}</b>` : ""}${
                        i.quote ? ` «${escaped(i.quote)}»` : ""
                      }${i.nextStep ? ` → ${escaped(inSigns(i.nextStep))}` : ""}</li>`,
                  )
                  .join("")}</ul>` +
                titled(w().work.reply, f.reply),
            ),
          );
        const mark = all("mark").find(([, m]) => m.studentId === x.studentId && m.stepId === stepId)?.[1];
        const photos = all("photo").filter(([, p]) => p.studentId === x.studentId && p.stepId === stepId).length;
        return `<h3>${escaped(name(x.studentId))}: ${escaped(w().work.status[x.status])}${photos > 0 ? ` · ${escaped(photo().one(photos))}` : ""}${mark ? ` · ${escaped(w().work.mark)}: ${mark.mark}` : ""}</h3>
${said(x.submission ?? x.text, "work")}${titled(w().work.own, x.ownContribution)}${titled(w().work.reflection, x.reflection)}${titled(w().work.sources, x.sources?.join("; "))}${titled(w().record.before, x.previousSubmission)}
${feedback.join("\n")}`;
      })
      .join("\n");
  };

  const threads = () => {
    const list = all("exchange").sort(([, a], [, b]) => byTime(a.at, b.at));
    if (list.length === 0) return "";
    return `<section><h2>${escaped(w().tutor.threads(new Set(list.map(([, e]) => e.studentId)).size))}</h2>${list
      .map(
        ([, e]) => `<h3>${escaped(name(e.studentId))} <small>${escaped(time(e.at))}</small></h3>${said(e.question, "work")}
${e.answer === undefined ? said(e.failure ? say(e.failure) : "", "muted") : ai(knownSource(e.provenance) ?? unknown, false, undefined, said(inSigns(e.answer)))}`,
      )
      .join("\n")}</section>`;
  };

  const part = (head: string, body: string): string => (body.trim() ? `<section><h2>${escaped(head)}</h2>\n${body}</section>` : "");
  const body = (plan?.steps ?? [])
    .map((s, i) =>
      part(
        `${i + 1}. ${plain(s.title)}`,
        [explanations(s.id), prompts(s.id), ideas(s.id), questions(s.id), ink(s.id), works(s.id)].filter((x) => x.trim()).join("\n"),
      ),
    )
    .join("\n");
  return `<!doctype html>
<html lang="${language.value}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="muted">${escaped([plan?.teacherName, time(pace?.startedAt), t().students(seats.size), w().record.exported(time(record.exportedAt))].filter(Boolean).join(" · "))}</p>
${body}
${part(w().ask.own, questions(""))}
${threads()}
</body>
</html>
`;
}

const style = `body{font:16px/1.5 "Noto Sans",system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#16202a}
h1{font-size:1.6em}h2{font-size:1.25em;border-top:1px solid #ccd3da;padding-top:.8em}h3{font-size:1em;margin-bottom:.2em}h4{font-size:.9em;margin:.6em 0 .2em;color:#4d5965}
p{margin:.3em 0;white-space:pre-line}small,.muted{color:#4d5965}.lead{font-weight:600}
.ai{border-left:4px solid #5b45c9;background:#f3f0fd;padding:.4em .9em;margin:.4em 0;break-inside:avoid}.ai .badge b{color:#5b45c9}
.prepared{border-left:4px solid #8a95a1;padding:.4em .9em;margin:.4em 0;break-inside:avoid}
.ink{width:100%;max-width:32em;border:1px solid #ccd3da}.ink .coral{fill:#c8452f}.ink .sky{fill:#0a6f80}.ink .sun{fill:#f3b530}.ink .highlighter{fill-opacity:.42}
.work{border-left:4px solid #ccd3da;padding-left:.9em}
@media print{body{margin:0;max-width:none;font-size:11pt}.ai{-webkit-print-color-adjust:exact;print-color-adjust:exact}}`;
