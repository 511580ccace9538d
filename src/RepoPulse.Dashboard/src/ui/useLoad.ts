import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api/problem.ts";

const retrySeconds = 2;

/** Loads, again every so often, and again where it failed and may succeed. A page that nobody looks at asks for nothing. */
export function useLoad(load: (signal: AbortSignal) => Promise<void>, everySeconds: number, dependencies: readonly unknown[], onKeyNeeded: (detail: string) => void): Problem | null {
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const left = new AbortController();
    let timer = 0;
    const turn = async () => {
      let pause = everySeconds;
      try {
        if (!document.hidden) await latest.current(left.signal);
        setProblem(null);
      } catch (e) {
        if (left.signal.aborted) return;
        if (!(e instanceof Problem)) throw e;
        if (e.status === 401) return onKeyNeeded(e.message);
        setProblem(e);
        pause = e.isTransient ? (e.retryAfterSeconds ?? retrySeconds) : everySeconds;
      }
      if (!left.signal.aborted) timer = window.setTimeout(turn, pause * 1000);
    };
    void turn();
    return () => (left.abort(), clearTimeout(timer));
  }, dependencies);
  return problem;
}

/** The present, in steps. */
export function useNow(everySeconds: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}
