/** The API's documents, as far as the page reads them. Times are RFC 3339, durations seconds. */

export type State = "watching" | "unwatched" | "notFound" | "gone" | "blocked" | "unauthorized";

export interface WindowCoverage {
  from: string | null;
  complete: boolean;
  gaps: number;
  missingSeconds: number;
}

export interface RepositorySummary {
  repository: string;
  repositoryId: number | null;
  state: State;
  lastEventAt: string | null;
  events: number;
  coverage: WindowCoverage;
}

export interface RepositoryDetails extends RepositorySummary {
  lastPolledAt: string | null;
  nextPollAt: string | null;
  aliases: string[];
}

export interface Series {
  eventType: string;
  events: number;
  limitedBy: "events" | "history" | "duration";
  firstEventAt: string | null;
  lastEventAt: string | null;
  meanIntervalSeconds: number | null;
  medianIntervalSeconds: number | null;
  p95IntervalSeconds: number | null;
  minIntervalSeconds: number | null;
  maxIntervalSeconds: number | null;
  stdDevIntervalSeconds: number | null;
}

export interface Statistics {
  repository: string;
  repositoryId: number | null;
  window: { durationSeconds: number; maxEvents: number };
  coverage: WindowCoverage;
  total: Series;
  byEventType: Series[];
}

export interface Bucket {
  from: string;
  events: number;
  byEventType: Record<string, number>;
}

export interface Activity {
  bucketSeconds: number;
  items: Bucket[];
}

export interface Stretch {
  from: string;
  to: string;
  state: "complete" | "gap" | "repaired";
  reason: string | null;
}

/** GitHub's own JSON, in either of its forms: some archived events bear the repository's name apart. */
export interface GitHubEvent {
  id: string;
  type: string;
  created_at: string;
  actor?: { login?: string } | null;
  repo?: { id?: number; name?: string } | null;
  payload?: Record<string, unknown> | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}
