import { api } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { RepositorySummary } from "../api/types.ts";

const buckets = 56;
const hour = 3600;
// Lengths that the API takes, and what 56 of each span.
const steps: readonly (readonly [seconds: number, text: string, span: string])[] = [
  [120, "PT2M", "2 h"],
  [900, "PT15M", "14 h"],
  [hour, "PT1H", "2 d"],
  [3 * hour, "PT3H", "7 d"],
];

/** As far back as is known and no further: a level line over hours that nobody watched would show a silence that was none. */
export function spanOf(summary: RepositorySummary, nowMs: number): (typeof steps)[number] {
  const known = summary.coverage.from === null ? 0 : (nowMs - Date.parse(summary.coverage.from)) / 1000;
  return steps.find(([seconds]) => known > 0 && known <= seconds * buckets) ?? steps.at(-1)!;
}

const atOnce = 4;
const freshMs = 120_000;

interface Spark {
  counts: number[];
  span: string;
  readAtMs: number;
}

/** The activity of rows in view, a few at a time, the latest wish first; what scrolled past unread is not read. */
export class Sparks {
  readonly held = new Map<string, Spark>();
  /** Why there is none: the server keeps no history. */
  absent = false;
  #wanted: RepositorySummary[] = [];
  #reading = new Set<string>();
  #pausedUntilMs = 0;

  constructor(
    private readonly onRead: () => void,
    private readonly signal: AbortSignal,
  ) {}

  want(rows: readonly RepositorySummary[]): void {
    const now = Date.now();
    this.#wanted = this.absent ? [] : rows.filter(({ repository }) => !this.#reading.has(repository) && (this.held.get(repository)?.readAtMs ?? 0) < now - freshMs);
    this.#pump();
  }

  add(name: string): void {
    const spark = this.held.get(name);
    if (spark) spark.counts = [...spark.counts.slice(0, -1), (spark.counts.at(-1) ?? 0) + 1];
  }

  #pump(): void {
    while (this.#reading.size < atOnce && Date.now() >= this.#pausedUntilMs) {
      const summary = this.#wanted.shift();
      if (summary === undefined) return;
      void this.#read(summary);
    }
  }

  async #read(summary: RepositorySummary): Promise<void> {
    const name = summary.repository;
    this.#reading.add(name);
    try {
      // From a bucket's start: the same question all through a bucket, so that caches and entity tags serve.
      const [seconds, bucket, span] = spanOf(summary, Date.now());
      const since = (Math.floor(Date.now() / 1000 / seconds) - buckets + 1) * seconds;
      const { body } = await api.activity(name, { bucket, since: new Date(since * 1000).toISOString() }, this.signal);
      this.held.set(name, { counts: body.items.map(({ events }) => events), span, readAtMs: Date.now() });
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
