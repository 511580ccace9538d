import type { Problem } from "../api/problem.ts";

const titles: Record<number, string> = {
  0: "No answer",
  404: "Not known here",
  429: "Too many requests",
  503: "Not ready yet",
};

export function Failure({ problem }: { problem: Problem }) {
  return (
    <section class="notice" role="alert">
      <h1>{titles[problem.status] ?? "That did not work"}</h1>
      <p>{problem.message}</p>
      {problem.isTransient ? <p class="quiet">The page asks again by itself.</p> : <p><a href="#/">All repositories</a></p>}
    </section>
  );
}
