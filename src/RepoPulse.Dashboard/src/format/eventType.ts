const nouns: Record<string, string> = {
  "*": "events",
  PushEvent: "pushes",
  PullRequestEvent: "pull requests",
  PullRequestReviewEvent: "reviews",
  PullRequestReviewCommentEvent: "review comments",
  PullRequestReviewThreadEvent: "review threads",
  IssuesEvent: "issues",
  IssueCommentEvent: "comments",
  CommitCommentEvent: "commit comments",
  WatchEvent: "stars",
  ForkEvent: "forks",
  CreateEvent: "branches and tags",
  DeleteEvent: "deletions",
  ReleaseEvent: "releases",
  GollumEvent: "wiki edits",
  MemberEvent: "members",
  PublicEvent: "publications",
  SponsorshipEvent: "sponsorships",
  DiscussionEvent: "discussions",
};

/** What people call events of a type; a type that is not known here keeps GitHub's name. */
export const noun = (eventType: string): string => nouns[eventType] ?? eventType.replace(/Event$/, "");

export const knownTypes: readonly string[] = Object.keys(nouns).filter((type) => type !== "*");
