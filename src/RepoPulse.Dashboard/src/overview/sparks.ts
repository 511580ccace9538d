import { api } from "../api/client.ts";
import { Problem } from "../api/problem.ts";

export const bucketSeconds = 3 * 3600;
const buckets = 56;
const atOnce = 4;
const freshMs = 120_000;

interface Spark {
  counts: number[];
  readAtMs: number;
}

/** The activity of rows in view, a few at a time, the latest wish first; what scrolled past unread is not read. */
export class Sparks {
  readonly held = new Map<string, Spark>();
  /** Why there is none: the server keeps no history. */
  absent = false;
  #wanted: string[] = [];
  #reading = new Set<string>();
  #pausedUntilMs = 0;

  constructor(
    private readonly onRead: () => void,
    private readonly signal: AbortSignal,
  ) {}

  want(names: readonly string[]): void {
    const now = Date.now();
    this.#wanted = this.absent ? [] : names.filter((name) => !this.#reading.has(name) && (this.held.get(name)?.readAtMs ?? 0) < now - freshMs);
    this.#pump();
  }

  add(name: string): void {
    const spark = this.held.get(name);
    if (spark) spark.counts = [...spark.counts.slice(0, -1), (spark.counts.at(-1) ?? 0) + 1];
  }

  #pump(): void {
    while (this.#reading.size < atOnce && Date.now() >= this.#pausedUntilMs) {
      const name = this.#wanted.shift();
      if (name === undefined) return;
      void this.#read(name);
    }
  }

  async #read(name: string): Promise<void> {
    this.#reading.add(name);
    try {
      // From a bucket's start: the same question all through a bucket, so that caches and entity tags serve.
      const since = (Math.floor(Date.now() / 1000 / bucketSeconds) - buckets + 1) * bucketSeconds;
      const { body } = await api.activity(name, { bucket: "PT3H", since: new Date(since * 1000).toISOString() }, this.signal);
      this.held.set(name, { counts: body.items.map((bucket) => bucket.events), readAtMs: Date.now() });
    } catch (e) {
      if (!(e instanceof Problem)) return;
      if (e.status === 501) this.absent = true;
      // Held back, not given up: the row asks again when it is looked at.
      else this.#pausedUntilMs = Date.now() + (e.retryAfterSeconds ?? 5) * 1000;
    } finally {
      this.#reading.delete(name);
      this.onRead();
      this.#pump();
    }
  }
}
