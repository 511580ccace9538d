import { count } from "./number.ts";

const nouns: Record<string, readonly [one: string, many: string]> = {
  "*": ["event", "events"],
  PushEvent: ["push", "pushes"],
  PullRequestEvent: ["pull request", "pull requests"],
  PullRequestReviewEvent: ["review", "reviews"],
  PullRequestReviewCommentEvent: ["review comment", "review comments"],
  PullRequestReviewThreadEvent: ["review thread", "review threads"],
  IssuesEvent: ["issue", "issues"],
  IssueCommentEvent: ["comment", "comments"],
  CommitCommentEvent: ["commit comment", "commit comments"],
  WatchEvent: ["star", "stars"],
  ForkEvent: ["fork", "forks"],
  CreateEvent: ["branch or tag", "branches and tags"],
  DeleteEvent: ["deletion", "deletions"],
  ReleaseEvent: ["release", "releases"],
  GollumEvent: ["wiki edit", "wiki edits"],
  MemberEvent: ["member", "members"],
  PublicEvent: ["publication", "publications"],
  SponsorshipEvent: ["sponsorship", "sponsorships"],
  DiscussionEvent: ["discussion", "discussions"],
};

const bare = (eventType: string): string => eventType.replace(/Event$/, "");

/** What people call events of a type; a type that is not known here keeps GitHub's name. */
export const noun = (eventType: string): string => nouns[eventType]?.[1] ?? bare(eventType);

/** "1 push", "2 pushes" */
export const counted = (events: number, eventType: string): string =>
  `${count(events)} ${nouns[eventType]?.[events === 1 ? 0 : 1] ?? bare(eventType)}`;

export const knownTypes: readonly string[] = Object.keys(nouns).filter((type) => type !== "*");
