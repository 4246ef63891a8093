import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say } from "../../../i18n";
import { w } from "../../../i18n/teacher";
import { useLesson } from "../../../lesson/context";
import type { Refusal } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { recordPage } from "./recordPage";

/** The lesson's record for the teacher to keep: a page to print, or the data. */
export function Record() {
  const lesson = useLesson();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const page = () => {
    setBusy(true);
    setRefusal(undefined);
    api
      .record(lesson.classroomId)
      .then((record) => save(recordPage(record, lesson.modelWrites.value ? "model" : "prepared"), `ortaq-${lesson.classroomId}.html`))
      .catch((error) => setRefusal(refusalOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div class="stack tight record">
      <b>{w().record.title}</b>
      <span class="small muted">{w().record.text}</span>
      <div class="row wrap">
        <Button kind="quiet" compact disabled={busy} onClick={page} data-testid="record-html">
          {busy ? w().record.making : w().record.html}
        </Button>
        <a class="btn quiet compact" href={api.recordLink(lesson.classroomId)} download data-testid="record-json">
          {w().record.json}
        </a>
      </div>
      {refusal && (
        <span class="outcome refused" role="alert">
          {say(refusal)}
        </span>
      )}
    </div>
  );
}

function save(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/html;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
