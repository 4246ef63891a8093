// The device's own voices. One that sends the text to its maker is none: what is read here stays here, and a school's box may have no internet.

const voicesComeWithin = 1500;
const synthesis = (): SpeechSynthesis | undefined => globalThis.speechSynthesis;

/** A voice of a language that speaks on the device itself; some browsers know theirs only a moment after they are asked. */
export async function voiceOf(language: string): Promise<SpeechSynthesisVoice | undefined> {
  const speaker = synthesis();
  if (!speaker) return undefined;
  if (speaker.getVoices().length === 0) {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, voicesComeWithin);
      speaker.addEventListener?.(
        "voiceschanged",
        () => {
          clearTimeout(timer);
          done();
        },
        { once: true },
      );
    });
  }
  return speaker.getVoices().find((v) => v.localService && v.lang.toLowerCase().startsWith(language));
}

/** Kept while it is said: a browser forgets an utterance that nobody holds, and its end never comes. */
const held = new Set<SpeechSynthesisUtterance>();

/** Says a text to its end; rejects where the device does not. Another call, or `hush`, ends it without a word. */
export function say(text: string, voice: SpeechSynthesisVoice): Promise<void> {
  hush();
  return new Promise((done, fail) => {
    const utterance = new SpeechSynthesisUtterance(text);
    held.add(utterance);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.95;
    utterance.onend = () => done();
    utterance.onerror = (e) => (e.error === "canceled" || e.error === "interrupted" ? done() : fail(new Error(e.error)));
    synthesis()?.speak(utterance);
  });
}

export const hush = (): void => {
  held.clear();
  synthesis()?.cancel();
};

const rate = 8000;

/** A moment of nothing: played within a press, it lets a phone play what comes later. */
export function silence(): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + 80));
  const text = (at: number, s: string) => {
    for (let i = 0; i < s.length; i++) bytes.setUint8(at + i, s.charCodeAt(i));
  };
  text(0, "RIFF");
  bytes.setUint32(4, 36 + 80, true);
  text(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate, true);
  bytes.setUint16(32, 1, true);
  bytes.setUint16(34, 8, true);
  text(36, "data");
  bytes.setUint32(40, 80, true);
  for (let i = 44; i < 44 + 80; i++) bytes.setUint8(i, 128);
  return new Blob([bytes.buffer], { type: "audio/wav" });
}
