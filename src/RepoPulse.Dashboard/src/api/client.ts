import { readKey } from "./key.ts";
import { Problem } from "./problem.ts";
import type { Activity, GitHubEvent, Page, RepositoryDetails, RepositorySummary, Statistics, Stretch } from "./types.ts";

export type Query = Record<string, string | number | readonly string[] | undefined>;

export interface Answer<T> {
  body: T;
  /** How old the statistics are while the server has lost its store; null while it has not. */
  ageSeconds: number | null;
}

export function authorization(): Record<string, string> {
  const key = readKey();
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The browser's own cache keeps entity tags and asks with them: what has not changed is not sent again. */
export async function get<T>(path: string, query: Query, signal: AbortSignal): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(address(path, query), { headers: { Accept: "application/json", ...authorization() }, signal });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Problem(0, "The server does not answer.", null);
  }
  if (!response.ok) throw await Problem.of(response);
  const age = response.headers.get("Age");
  return { body: (await response.json()) as T, ageSeconds: age === null ? null : Number(age) };
}

const path = (repository: string) => `/api/v1/repositories/${repository.split("/").map(encodeURIComponent).join("/")}`;

export const api = {
  repositories: (query: Query, signal: AbortSignal) => get<Page<RepositorySummary>>("/api/v1/repositories", query, signal),
  statistics: (query: Query, signal: AbortSignal) => get<Page<Statistics>>("/api/v1/statistics", query, signal),
  repository: (name: string, signal: AbortSignal) => get<RepositoryDetails>(path(name), {}, signal),
  statisticsOf: (name: string, signal: AbortSignal) => get<Statistics>(`${path(name)}/statistics`, {}, signal),
  events: (name: string, query: Query, signal: AbortSignal) => get<Page<GitHubEvent>>(`${path(name)}/events`, query, signal),
  activity: (name: string, query: Query, signal: AbortSignal) => get<Activity>(`${path(name)}/activity`, query, signal),
  coverage: (name: string, query: Query, signal: AbortSignal) => get<Page<Stretch>>(`${path(name)}/coverage`, query, signal),
};
