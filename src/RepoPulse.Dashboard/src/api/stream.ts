import { address, authorization, type Query } from "./client.ts";
import { Problem } from "./problem.ts";
import { MessageReader, type Message } from "./messages.ts";

export type Liveness =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "waiting"; detail: string; untilMs: number }
  | { state: "absent"; detail: string };

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
// The server comments every 15 s: a connection that is silent for three times as long is dead, whatever the network thinks.
const silenceMs = 45_000;

/**
 * Follows the stream until it is stopped. It is read by fetch, because EventSource sends no key; what EventSource would do is done here:
 * it reconnects, after longer and longer waits, and resumes after the last message that it saw.
 */
export function follow(query: Query, onMessage: (message: Message) => void, onLiveness: (liveness: Liveness) => void): () => void {
  const stopped = new AbortController();
  void run(query, onMessage, onLiveness, stopped.signal);
  return () => stopped.abort();
}

async function run(query: Query, onMessage: (message: Message) => void, onLiveness: (liveness: Liveness) => void, stopped: AbortSignal): Promise<void> {
  let lastId = "";
  let waitMs = firstWaitMs;
  while (!stopped.aborted) {
    let detail = "The connection ended.";
    let retryMs: number | null = null;
    try {
      onLiveness({ state: "connecting" });
      await read(query, lastId, stopped, () => onLiveness({ state: "live" }), (message) => {
        if (message.id !== "") lastId = message.id;
        waitMs = firstWaitMs;
        onMessage(message);
      });
    } catch (e) {
      if (stopped.aborted) return;
      if (e instanceof Problem) {
        detail = e.message;
        if (e.status === 401 || e.status === 404 || e.status === 501) return onLiveness({ state: "absent", detail });
        // A position that is too old, or none of this server's: from now on, then. What happened in between shows with the next reading.
        if (e.status === 400 || e.status === 410) lastId = "";
        retryMs = e.retryAfterSeconds === null ? null : e.retryAfterSeconds * 1000;
      }
    }
    // Spread, so that a thousand pages do not come back to a restarted server at the same moment.
    const pause = Math.max(retryMs ?? 0, waitMs * (0.5 + Math.random() / 2));
    onLiveness({ state: "waiting", detail, untilMs: Date.now() + pause });
    await sleep(pause, stopped);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

async function read(query: Query, lastId: string, stopped: AbortSignal, onOpen: () => void, onMessage: (message: Message) => void): Promise<void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), silenceMs);
  try {
    const response = await fetch(address("/api/v1/stream", query), {
      headers: { Accept: "text/event-stream", ...authorization(), ...(lastId === "" ? {} : { "Last-Event-ID": lastId }) },
      cache: "no-store",
      signal: AbortSignal.any([stopped, silent.signal]),
    });
    if (!response.ok || response.body === null) throw await Problem.of(response);
    onOpen();
    const messages = new MessageReader();
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await text.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMs);
      for (const message of messages.read(value)) onMessage(message);
    }
  } finally {
    clearTimeout(timer);
  }
}

function sleep(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
