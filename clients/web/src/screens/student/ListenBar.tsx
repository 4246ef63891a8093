import { useEffect, useRef, useState } from "preact/hooks";
import { refusalOf } from "../../connection/api";
import { spokenSentence } from "../../connection/speechRequests";
import { hush, say, silence, voiceOf } from "../../device/speech";
import { w } from "../../i18n/listen";
import { useLesson } from "../../lesson/context";
import type { Language, Variant } from "../../protocol/types";
import { aloud } from "../../ui/formula/aloud";
import { Button } from "../../ui/parts";
import { jump, listening } from "./listening";

type Mode = "silent" | "loading" | "speaking" | "paused" | "noVoice" | "failed";
type Props = { id: string; variant: Variant; epoch: number; sentences: readonly { text: string; whole: boolean }[] };

/**
 * Reads an explanation aloud sentence by sentence, in a voice of the device, or where it has none of the language, of the server. A pause is the end of a sentence that begins anew: on many phones a voice that
 * was halted does not go on.
 */
export function ListenBar({ id, variant, epoch, sentences }: Props) {
  const lesson = useLesson();
  const [mode, setMode] = useState<Mode>("silent");
  const language = variant.slice(0, 2) as Language;
  const whole = sentences.filter((s) => s.whole);
  const latest = useRef(whole);
  latest.current = whole;
  const turn = useRef(0);
  const sound = useRef<HTMLAudioElement | undefined>(undefined);
  const fetched = useRef(new Map<number, Promise<Blob>>());

  const quiet = () => {
    turn.current++;
    hush();
    sound.current?.pause();
  };
  const stop = (next: Mode = "silent") => {
    quiet();
    listening.value = undefined;
    setMode(next);
  };
  const fetchSentence = (n: number): Promise<Blob> => {
    const known = fetched.current.get(n);
    if (known) return known;
    const going = spokenSentence({ lesson: lesson.classroomId, explanation: id, variant, epoch, sentence: n, ticket: lesson.ticket });
    fetched.current.set(n, going);
    going.catch(() => fetched.current.delete(n));
    return going;
  };
  const play = async (blob: Blob): Promise<void> => {
    const audio = sound.current;
    if (!audio) return;
    const url = URL.createObjectURL(blob);
    try {
      await new Promise<void>((done, fail) => {
        audio.onended = () => done();
        // Paused by whoever wants quiet.
        audio.onpause = () => done();
        audio.onerror = () => fail(new Error("no sound"));
        audio.src = url;
        audio.play().catch(fail);
      });
    } finally {
      URL.revokeObjectURL(url);
    }
  };
  const readFrom = async (from: number) => {
    quiet();
    const mine = turn.current;
    const on = () => turn.current === mine;
    try {
      setMode("loading");
      const voice = await voiceOf(language);
      for (let n = from; on() && n < latest.current.length; n++) {
        listening.value = { id, sentence: n };
        const text = latest.current[n]?.text ?? "";
        if (voice) {
          const spoken = await aloud(text, language);
          if (!on()) return;
          setMode("speaking");
          await say(spoken, voice);
        } else {
          const blob = await fetchSentence(n);
          if (!on()) return;
          setMode("speaking");
          if (n + 1 < latest.current.length) fetchSentence(n + 1).catch(() => {});
          if (blob.size > 0) await play(blob);
        }
      }
      if (on()) stop();
    } catch (error) {
      if (on()) stop(refusalOf(error).code === "no-voice" ? "noVoice" : "failed");
    }
  };
  const press = (from: number) => {
    if (!sound.current) {
      sound.current = new Audio();
      sound.current.src = URL.createObjectURL(silence());
      void sound.current.play().catch(() => {});
    }
    void readFrom(from);
  };

  useEffect(() => () => stop(), []);
  useEffect(() => {
    if (!jump.value) return;
    const { sentence } = jump.value;
    jump.value = undefined;
    if (listening.peek()) press(sentence);
  }, [jump.value]);

  if (whole.length === 0) return null;
  const at = listening.value?.id === id ? listening.value.sentence : 0;
  const isOn = mode === "speaking" || mode === "loading" || mode === "paused";
  return (
    <div class="stack tight listen" data-testid="listen" data-mode={mode}>
      <div class="row wrap">
        {!isOn && (
          <Button kind="line" compact onClick={() => press(0)} data-testid="listen-start">
            <span aria-hidden="true">▶</span> {w().start}
          </Button>
        )}
        {mode === "paused" && (
          <Button compact onClick={() => press(at)} data-testid="listen-go">
            <span aria-hidden="true">▶</span> {w().go}
          </Button>
        )}
        {(mode === "speaking" || mode === "loading") && (
          <Button
            compact
            onClick={() => {
              quiet();
              setMode("paused");
            }}
            data-testid="listen-pause"
          >
            {w().pause}
          </Button>
        )}
        {isOn && (
          <Button kind="quiet" compact onClick={() => stop()} data-testid="listen-stop">
            {w().stop}
          </Button>
        )}
      </div>
      {isOn && (
        <p class="muted small" role="status">
          {mode === "loading" ? w().loading : w().tap}
        </p>
      )}
      {(mode === "noVoice" || mode === "failed") && (
        <p class="small" role="status" data-testid="no-voice">
          {mode === "noVoice" ? w().noVoice : w().failed}
        </p>
      )}
    </div>
  );
}
