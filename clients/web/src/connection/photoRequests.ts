// Photos of works go over their own requests: bytes and no JSON, and a slow line has longer for them.
import type { Refusal } from "../protocol/types";
import { Refused } from "./api";

const takes = 60_000;

type Asked = { lesson: string; photo: string; ticket?: string | undefined };

export const photoRequests = {
  send: (at: Asked, stepId: string, children: readonly string[], bytes: Blob) =>
    ask(at, "PUT", `?step=${encodeURIComponent(stepId)}&for=${children.join()}`, bytes),
  remove: (at: Asked, children: readonly string[]) => ask(at, "DELETE", `?for=${children.join()}`),
  get: async (at: Asked): Promise<Blob> => (await ask(at, "GET", "")).blob(),
};

export const photoAddress = (lesson: string, photo: string): string => `/api/classrooms/${lesson}/photos/${photo}`;

async function ask({ lesson, photo, ticket }: Asked, method: string, query: string, body?: Blob): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), takes);
  let response: Response;
  try {
    response = await fetch(photoAddress(lesson, photo) + query, {
      method,
      signal: limit.signal,
      headers: {
        ...(method === "GET" ? {} : { "X-Ortaq": "1" }),
        ...(body ? { "Content-Type": "image/jpeg" } : {}),
        ...(ticket ? { Authorization: `Bearer ${ticket}` } : {}),
      },
      ...(body ? { body } : {}),
    });
  } catch {
    throw new Refused({ code: "offline" }, 0);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  const refusal = (await response.json().catch(() => undefined)) as Refusal | undefined;
  throw new Refused(refusal?.code ? refusal : { code: "try-again" }, response.status);
}
