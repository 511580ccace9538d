import { useEffect, useState } from "preact/hooks";
import { keepKey } from "./api/key.ts";
import type { Liveness } from "./api/stream.ts";
import { Overview } from "./overview/overview.tsx";
import { RepositoryPage } from "./repository/repositoryPage.tsx";
import { KeyForm } from "./ui/keyForm.tsx";
import { Header } from "./ui/header.tsx";

/** `#/owner/name` is a repository, all else the overview: an address that can be kept and sent, without the server knowing of it. */
function repositoryOf(hash: string): string | null {
  const match = /^#\/([^/?#]+)\/([^/?#]+)$/.exec(hash);
  return match ? `${decodeURIComponent(match[1]!)}/${decodeURIComponent(match[2]!)}` : null;
}

export function App() {
  const [repository, setRepository] = useState(() => repositoryOf(location.hash));
  const [liveness, setLiveness] = useState<Liveness>({ state: "connecting" });
  const [ageSeconds, setAge] = useState<number | null>(null);
  const [keyNeeded, askKey] = useState<string | null>(null);
  const [session, setSession] = useState(0);

  useEffect(() => {
    const turn = () => setRepository(repositoryOf(location.hash));
    addEventListener("hashchange", turn);
    return () => removeEventListener("hashchange", turn);
  }, []);
  useEffect(() => {
    document.title = repository === null ? "RepoPulse" : `${repository} · RepoPulse`;
    scrollTo(0, 0);
  }, [repository]);

  const shared = { onLiveness: setLiveness, onAge: setAge, onKeyNeeded: askKey };
  return (
    <>
      <Header liveness={liveness} ageSeconds={ageSeconds} />
      <main id="content" tabIndex={-1}>
        {keyNeeded !== null ? (
          <KeyForm
            detail={keyNeeded}
            onKey={(key) => {
              keepKey(key);
              askKey(null);
              setSession(session + 1);
            }}
          />
        ) : repository === null ? (
          <Overview key={session} {...shared} />
        ) : (
          <RepositoryPage key={`${session}:${repository}`} name={repository} {...shared} />
        )}
      </main>
    </>
  );
}

export interface Shared {
  onLiveness: (liveness: Liveness) => void;
  onAge: (ageSeconds: number | null) => void;
  onKeyNeeded: (detail: string) => void;
}
