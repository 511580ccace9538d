/** An answer that is not what was asked for, in the server's own words where it gave any. */
export class Problem extends Error {
  constructor(
    /** 0 where the server did not answer at all. */
    readonly status: number,
    detail: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail);
  }

  /** Whether the same request may succeed later by itself. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }

  static async of(response: Response): Promise<Problem> {
    let detail = `${response.status} ${response.statusText}`;
    try {
      const body = (await response.json()) as { detail?: string };
      detail = body.detail ?? detail;
    } catch {
      // A proxy's page, or nothing: the status has to do.
    }
    const retry = Number(response.headers.get("Retry-After"));
    return new Problem(response.status, detail, Number.isFinite(retry) && retry > 0 ? retry : null);
  }
}
