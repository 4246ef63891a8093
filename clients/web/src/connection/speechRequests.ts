// A sentence of an explanation in the server's voice, by its number: for a phone that has no voice of the language.
import type { Refusal } from "../protocol/types";
import { Refused } from "./api";

const takes = 20_000;

export type SentenceAt = {
  lesson: string;
  explanation: string;
  variant: string;
  epoch: number;
  sentence: number;
  ticket: string | undefined;
};

/** Empty where nothing in the sentence can be heard. */
export async function spokenSentence({ lesson, explanation, variant, epoch, sentence, ticket }: SentenceAt): Promise<Blob> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), takes);
  try {
    const response = await fetch(`/api/classrooms/${lesson}/explanations/${explanation}/${variant}/${sentence}/speech?epoch=${epoch}`, {
      signal: limit.signal,
      headers: ticket ? { Authorization: `Bearer ${ticket}` } : {},
    });
    if (response.ok) return await response.blob();
    const refusal = (await response.json().catch(() => undefined)) as Refusal | undefined;
    throw new Refused(refusal?.code ? refusal : { code: "try-again" }, response.status);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused({ code: "offline" }, 0);
  } finally {
    clearTimeout(timer);
  }
}
