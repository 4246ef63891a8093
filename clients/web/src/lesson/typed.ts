// What a child has typed and not sent: kept on the device with every key, and a while after the last one for the child's next phone.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { onDevice } from "../device/kept";
import type { Lesson } from "./lesson";

type TypedField = "answer" | "idea";
/**
 * @property child whose text it is
 * @property round of the question; 0 of an idea
 * @property children for whom it is kept, where the phone has several
 */
export type TypedAt = { child: string; field: TypedField; of: string; round: number; children?: string[] | undefined };

export type Typed = {
  text: string;
  type: (text: string) => void;
  /** In the field alone: what was sent already is typed over. */
  show: (text: string) => void;
  /** What was refused comes back, before what was begun since. */
  bring: (text: string) => void;
  /** It was sent: nothing is left of it here, nor for another phone. */
  clear: () => void;
};

/** As the server takes it; what is longer stays on the device. */
const longest = 1000;
const quiet = 1500;
const changed = signal(0);

const keyOf = ({ child, field, of, round }: TypedAt): string => `ortaq.typed/${child}/${field}/${of}/${round}`;

const onOtherPhone = (lesson: Lesson, at: TypedAt): string | undefined => {
  const typed = lesson.store.peek("typed").get(`${at.child}/${at.field}/${at.of}`);
  return typed?.round === at.round ? typed.text : undefined;
};

export function useTyped(lesson: Lesson, at: TypedAt): Typed {
  const kept = () => onDevice.get(keyOf(at)) ?? onOtherPhone(lesson, at) ?? "";
  const [text, setText] = useState(kept);
  const latest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isTold = useRef(false);

  const show = (next: string) => {
    latest.current = next;
    setText(next);
  };
  const tell = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const now = latest.current;
    if (now.length > longest) return;
    isTold.current = true;
    const fields = { field: at.field, of: at.of, text: now };
    void lesson.outbox.send("KeepTyped", fields, keyOf(at), at.children).done.then((reply) => {
      // A text of before may have taken its place: what the lesson has is what may go from here.
      if (!reply.refusal && latest.current === now && onOtherPhone(lesson, at) === now) onDevice.set(keyOf(at), undefined);
    });
  };
  const type = (next: string) => {
    show(next);
    onDevice.set(keyOf(at), next);
    clearTimeout(timer.current);
    timer.current = setTimeout(tell, quiet);
  };
  const bring = (back: string) => {
    const now = latest.current;
    if (!now.includes(back)) type(now === "" ? back : `${back}\n${now}`);
  };
  const clear = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    show("");
    onDevice.set(keyOf(at), undefined);
    if (isTold.current || onOtherPhone(lesson, at)) tell();
  };

  useEffect(() => {
    const flush = () => timer.current !== undefined && tell();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, []);
  const there = lesson.store.one("typed", `${at.child}/${at.field}/${at.of}`)?.text;
  useEffect(() => {
    if (there !== undefined && there === onOtherPhone(lesson, at) && there === onDevice.get(keyOf(at))) onDevice.set(keyOf(at), undefined);
  }, [there]);
  useEffect(() => {
    // What an earlier page sent was refused meanwhile, and came back.
    const back = kept();
    if (back.includes(latest.current)) show(back);
  }, [changed.value]);
  return { text, type, show, bring, clear };
}

/** What a page of before had sent, and what is refused now, is in the field of whose words it is again: they are lost nowhere. Returns what ends it. */
export function restoresRefused(lesson: Lesson): () => void {
  let last = lesson.outbox.refused.peek();
  return lesson.outbox.refused.subscribe((refused) => {
    if (refused === last) return;
    last = refused;
    const child = refused?.for?.[0] ?? lesson.store.peek("me").get("")?.studentId;
    const at = refused?.late && child ? placeOf(refused.name, refused.fields, refused.key) : undefined;
    if (!at || !child) return;
    const key = keyOf({ ...at, child });
    const begun = onDevice.get(key) ?? "";
    if (begun.includes(at.text)) return;
    onDevice.set(key, begun === "" ? at.text : `${at.text}\n${begun}`);
    changed.value = changed.peek() + 1;
  });
}

function placeOf(name: string, fields: unknown, key: string | undefined): (Omit<TypedAt, "child"> & { text: string }) | undefined {
  const { stepId, questionId, text } = fields as { stepId?: string; questionId?: string; text?: string };
  if (!text) return undefined;
  if (name === "Contribute" && stepId) return { field: "idea", of: stepId, round: 0, text };
  const round = Number(key?.split("/")[2]);
  return name === "GiveAnswer" && questionId && round > 0 ? { field: "answer", of: questionId, round, text } : undefined;
}
