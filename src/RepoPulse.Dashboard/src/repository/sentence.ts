import type { GitHubEvent } from "../api/types.ts";

type Payload = Record<string, unknown>;

const object = (value: unknown): Payload => (typeof value === "object" && value !== null ? (value as Payload) : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): string => (typeof value === "number" ? `#${value}` : "");

const tellers: Record<string, (payload: Payload) => string> = {
  PushEvent: (p) => `pushed to ${text(p["ref"]).replace("refs/heads/", "") || "a branch"}`,
  PullRequestEvent: (p) => `${text(p["action"]) || "changed"} pull request ${number(p["number"] ?? object(p["pull_request"])["number"])}`,
  PullRequestReviewEvent: (p) => `reviewed pull request ${number(object(p["pull_request"])["number"])}`,
  PullRequestReviewCommentEvent: (p) => `commented on the code of pull request ${number(object(p["pull_request"])["number"])}`,
  IssuesEvent: (p) => `${text(p["action"]) || "changed"} issue ${number(object(p["issue"])["number"])}`,
  IssueCommentEvent: (p) => `commented on ${number(object(p["issue"])["number"])}`,
  CommitCommentEvent: () => "commented on a commit",
  WatchEvent: () => "starred it",
  ForkEvent: () => "forked it",
  CreateEvent: (p) => `created ${text(p["ref_type"])} ${text(p["ref"])}`,
  DeleteEvent: (p) => `deleted ${text(p["ref_type"])} ${text(p["ref"])}`,
  ReleaseEvent: (p) => `released ${text(object(p["release"])["tag_name"])}`,
  GollumEvent: () => "edited the wiki",
  MemberEvent: (p) => `${text(p["action"]) || "added"} ${text(object(p["member"])["login"])} as a member`,
  PublicEvent: () => "made it public",
};

/** What somebody did, as people say it; an event of a kind unknown here is named by its type. */
export const sentence = ({ type, payload }: GitHubEvent): string => (tellers[type]?.(object(payload)) ?? type).trim();
